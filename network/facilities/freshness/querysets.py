"""Reading facilities by how they stand with being confirmed."""

from __future__ import annotations

from datetime import date

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from accounts.roles import AnyUser, roles_of
from network.facilities.freshness.steps import Thresholds, due_before
from network.facilities.models import Facility, FreshnessStep
from network.facilities.permissions import facilities_within_reach


def followed_up() -> QuerySet[Facility]:
    """What owners are asked about: published entries that are not samples."""
    found: QuerySet[Facility] = Facility.objects.filter(published=True, sample=False)
    return found


def to_look_at(today: date, days: Thresholds) -> QuerySet[Facility]:
    """Entries that are due or have been; those that nobody was asked about come first.

    What is found is a superset of what has a step to take, and in SQL on both databases.
    """
    old = Q(confirmed_on__lt=_day_after(today, days.ask))
    never = Q(confirmed_on=None, created_at__lt=due_before(days.ask, today))
    return followed_up().filter(old | never | ~Q(freshness=FreshnessStep.FRESH))


def to_confirm(user: AnyUser) -> QuerySet[Facility]:
    """The facilities that ``user`` looks after and has been asked about, the oldest first."""
    roles = roles_of(user)
    asked = followed_up().exclude(freshness=FreshnessStep.FRESH)
    if not roles.network_administrator:
        asked = asked.filter(facilities_within_reach(roles))
    since = Coalesce(F("confirmed_on"), TruncDate("created_at"))
    return asked.order_by(since.asc(), "pk")


def _day_after(today: date, days: int) -> date:
    return timezone.localdate(due_before(days, today))
