"""Reading what readers made of articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from accounts.roles import AnyUser
from network.organisations.models import Organisation

if TYPE_CHECKING:
    from pages.practice.models import Adoption  # noqa: F401 - named in quotes below


class AdoptionQuerySet(QuerySet["Adoption"]):
    """Adoptions."""

    def visible_to(self, user: AnyUser) -> AdoptionQuerySet:
        """Those by parks, and by organisations that the person may see."""
        organisations = Organisation.objects.visible_to(user)
        return self.filter(
            Q(organisation__isnull=True) | Q(organisation__in=organisations.values("pk"))
        )
