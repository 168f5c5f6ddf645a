"""Reading questions, needs and policy matters."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from django.db.models import Q, QuerySet

from accounts.roles import AnyUser
from network.forum.querysets import of_visible_thread

if TYPE_CHECKING:
    # Named in quotes below.
    from network.forum.models import Need, PolicyMatter  # noqa: F401

PUBLIC_STAGES: Final = ("submitted", "concluded")


class NeedQuerySet(QuerySet["Need"]):
    """Needs and offers."""

    def visible_to(self, user: AnyUser) -> NeedQuerySet:
        """Those whose threads the person may read."""
        return self.filter(of_visible_thread(user))

    def listed(self) -> NeedQuerySet:
        """Open ones that everybody sees who reads their category."""
        return self.filter(state="open", thread__state="published", thread__merged_into=None)

    def due_between(self, first: date, last: date) -> NeedQuerySet:
        """Open ones whose deadline is on one of these days."""
        return self.listed().filter(deadline__gte=first, deadline__lte=last)


class MatterQuerySet(QuerySet["PolicyMatter"]):
    """Policy matters."""

    def public(self) -> MatterQuerySet:
        """Those that have been submitted, whatever the category they were discussed in."""
        return self.filter(stage__in=PUBLIC_STAGES, thread__state="published")

    def visible_to(self, user: AnyUser) -> MatterQuerySet:
        """Those that have been submitted, and those whose threads the person may read."""
        submitted = Q(stage__in=PUBLIC_STAGES, thread__state="published")
        return self.filter(submitted | of_visible_thread(user))
