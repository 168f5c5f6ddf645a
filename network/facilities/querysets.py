"""Reading test facilities."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db.models import Q, QuerySet

from accounts.roles import AnyUser, roles_of
from network.facilities.models.freshness import FreshnessStep

if TYPE_CHECKING:
    from network.facilities.models import Facility  # noqa: F401 - named in quotes below


_PUBLIC: Final = Q(published=True) & ~Q(freshness=FreshnessStep.HIDDEN)


class FacilityQuerySet(QuerySet["Facility"]):
    """Test facilities."""

    def public(self) -> FacilityQuerySet:
        """Those that anybody may see: published ones, unless nobody has confirmed them for long."""
        return self.filter(_PUBLIC)

    def visible_to(self, user: AnyUser) -> FacilityQuerySet:
        """Public ones; others only to their host, their park's staff and administrators."""
        roles = roles_of(user)
        if roles.network_administrator:
            return self.all()
        if not (roles.organisations or roles.parks):
            return self.public()
        return self.filter(_PUBLIC | Q(host__in=roles.organisations) | Q(park__in=roles.parks))
