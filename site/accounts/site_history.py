"""Wagtail's report of everything that everybody has changed, for network administrators alone.

Wagtail shows it to whoever may edit anything of a kind; here that would tell park staff and
organisations who belongs to the others. Put these addresses before Wagtail's own.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.reports.audit_logging import LogEntriesView

from accounts.roles import roles_of


class NetworkHistoryView(LogEntriesView):
    """The report; 404 for everybody else."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the report to those it is for."""
        if not roles_of(request.user).network_administrator:
            raise Http404
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response


urlpatterns = [
    path("", require_admin_access(NetworkHistoryView.as_view())),
    path("results/", require_admin_access(NetworkHistoryView.as_view(results_only=True))),
]
