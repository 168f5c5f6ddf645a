"""Figures of enquiries by facility and year, for hosts, staff of parks and the network."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.roles import roles_of
from network.facilities.enquiries.yearly import (
    STAGES,
    YearFigures,
    figure_columns,
    figure_rows,
    reads_figures,
)
from network.facilities.spreadsheets import CONTENT_TYPES, write_table

MOST_LISTED = 200


@require_safe
@login_required
@never_cache
def figures(request: HttpRequest, slug: str = "") -> HttpResponse:
    """All facilities of a year, or one with the companies that asked by size and trade."""
    shown = _figures(request)
    facility = shown.facility(slug) if slug else None
    if slug and facility is None:
        raise Http404
    context = {
        "figures": shown,
        "facility": facility,
        "facilities": shown.facilities[:MOST_LISTED],
        "stages": STAGES,
        "as_host": bool(roles_of(request.user).administers),
    }
    return render(request, "facilities/enquiries/figures.html", context)


@require_safe
@login_required
@never_cache
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """The same as a table."""
    shown = _figures(request)
    content = write_table(kind, figure_columns(), figure_rows(shown))
    response = HttpResponse(content, content_type=CONTENT_TYPES[kind])
    name = f"{_('enquiry-figures')}-{shown.year}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _figures(request: HttpRequest) -> YearFigures:
    if not reads_figures(request.user):
        raise Http404
    return YearFigures(request.user, request.GET.get("ar", ""))
