"""What waits for an editor, on the first page of the admin."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.db.models import Q
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component
from wagtail.models import Page
from wagtail.permissions import policy_registry

from pages.search_admin import MAY_LOOK_AFTER_SEARCH, unhandled
from search.models import SearchEntry

STALE_AFTER: Final = timedelta(days=365)
RECENT: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A number of things to do, and where to do them."""

    count: int
    label: str
    url: str


class WaitingPanel(Component):
    """Figures with links; each only for those who can do something about it."""

    name = "waiting"
    order = 50
    template_name = "pages/admin/waiting_panel.html"

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """The template's context."""
        found = [*self._drafts(), *self._unconfirmed(), *self._fruitless()]
        return {"figures": found}

    def _drafts(self) -> list[Waiting]:
        policy = policy_registry.get_by_type(Page)
        editable = policy.instances_user_has_permission_for(self.request.user, "change")
        if not policy.user_has_any_permission(self.request.user, {"change"}):
            return []
        count = editable.filter(has_unpublished_changes=True).count()
        url = f"{reverse('wagtailadmin_explore_root')}?has_unpublished_changes=true"
        return [Waiting(count, _("pages with changes that are not published"), url)]

    def _unconfirmed(self) -> list[Waiting]:
        url = _first_url("wagtailsnippets_facilities_facility:list")
        if not (url and self.request.user.has_perm("facilities.change_facility")):
            return []
        before = timezone.localdate() - STALE_AFTER
        count = SearchEntry.objects.filter(
            Q(confirmed_on__isnull=True) | Q(confirmed_on__lt=before), type="facility"
        ).count()
        return [Waiting(count, _("facilities not confirmed for a year"), url)]

    def _fruitless(self) -> list[Waiting]:
        if not self.request.user.has_perm(MAY_LOOK_AFTER_SEARCH):
            return []
        count = unhandled().filter(last_at__gte=timezone.now() - RECENT).count()
        url = f"{reverse('wagtailsnippets_search_fruitlesssearch:list')}?handled=false"
        return [Waiting(count, _("searches without results in the last 30 days"), url)]


def _first_url(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
