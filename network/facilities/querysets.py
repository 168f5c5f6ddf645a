"""Reading test facilities."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from accounts.roles import AnyUser, roles_of

if TYPE_CHECKING:
    from network.facilities.models import Facility  # noqa: F401 - named in quotes below


class FacilityQuerySet(QuerySet["Facility"]):
    """Test facilities."""

    def public(self) -> FacilityQuerySet:
        """Those that anybody may see."""
        return self.filter(published=True)

    def visible_to(self, user: AnyUser) -> FacilityQuerySet:
        """Published ones; drafts only to their host, their park's staff and administrators."""
        roles = roles_of(user)
        if roles.network_administrator:
            return self.all()
        if not (roles.organisations or roles.parks):
            return self.public()
        return self.filter(
            Q(published=True) | Q(host__in=roles.organisations) | Q(park__in=roles.parks)
        )
