"""Reading organisations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from accounts.roles import AnyUser, roles_of

if TYPE_CHECKING:
    from network.organisations.models import Organisation  # noqa: F401 - named in quotes below


class OrganisationQuerySet(QuerySet["Organisation"]):
    """Organisations."""

    def public(self) -> OrganisationQuerySet:
        """Those that anybody may see."""
        return self.filter(published=True)

    def visible_to(self, user: AnyUser) -> OrganisationQuerySet:
        """Published ones; others only to their own people, park staff and administrators."""
        roles = roles_of(user)
        if roles.network_administrator:
            return self.all()
        if not (roles.organisations or roles.parks):
            return self.public()
        return self.filter(
            Q(published=True) | Q(pk__in=roles.organisations) | Q(parks__in=roles.parks)
        ).distinct()
