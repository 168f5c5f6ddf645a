"""Reading parks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from accounts.roles import AnyUser

if TYPE_CHECKING:
    from network.parks.models import Park  # noqa: F401 - named in quotes below


class ParkQuerySet(QuerySet["Park"]):
    """Parks."""

    def visible_to(self, user: AnyUser) -> ParkQuerySet:
        """Every park is public."""
        return self.all()
