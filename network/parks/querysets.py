"""Reading parks."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.roles import AnyUser


class ParkQuerySet(QuerySet["Park"]):
    """Parks."""

    def visible_to(self, user: AnyUser) -> ParkQuerySet:
        """Every park is public."""
        return self.all()
