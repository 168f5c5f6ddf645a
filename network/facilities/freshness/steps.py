"""When an entry is asked for, marked, ranked lower and hidden: days, and nothing but days.

Days are calendar days in the site's time zone, so no change of the clocks moves a step. Hiding is
reckoned from the request to confirm: an entry that was old when it was asked for counts as if its
time had come on that day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from network.facilities.models.freshness import Freshness, FreshnessStep

# Nobody is hidden who has not had this long to answer, and heard of it this long before.
LEAST_TIME_TO_ANSWER: Final = 60
LEAST_WARNING: Final = 7
MOST_DAYS: Final = 3650


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Days since an entry was confirmed; ``remind`` is days before it is hidden.

    Raises ImproperlyConfigured for days that are not in order, or leave too little time.
    """

    ask: int
    mark: int
    lower: int
    hide: int
    remind: int

    def __post_init__(self) -> None:
        if not 0 < self.ask < self.mark < self.lower < self.hide - self.remind <= MOST_DAYS:
            raise ImproperlyConfigured(
                "PARKNETT_CONFIRM_ASK_DAYS, _MARK_DAYS, _LOWER_DAYS and _HIDE_DAYS must grow in this "
                f"order, with _REMIND_DAYS before the last, and stay below {MOST_DAYS}: {self}"
            )
        if self.hide - self.ask < LEAST_TIME_TO_ANSWER or self.remind < LEAST_WARNING:
            raise ImproperlyConfigured(
                f"PARKNETT_CONFIRM_HIDE_DAYS must be {LEAST_TIME_TO_ANSWER} days after _ASK_DAYS, and "
                f"PARKNETT_CONFIRM_REMIND_DAYS at least {LEAST_WARNING}: {self}"
            )

    @property
    def days(self) -> Mapping[FreshnessStep, int]:
        """The age at which each step comes, in their order."""
        return {
            FreshnessStep.ASKED: self.ask,
            FreshnessStep.MARKED: self.mark,
            FreshnessStep.LOWERED: self.lower,
            FreshnessStep.REMINDED: self.hide - self.remind,
            FreshnessStep.HIDDEN: self.hide,
        }


def thresholds() -> Thresholds:
    """The days of the settings."""
    return Thresholds(**settings.FACILITY_CONFIRMATION_DAYS)


@dataclass(frozen=True, slots=True)
class Age:
    """What the steps of one entry are reckoned from."""

    step: FreshnessStep
    confirmed_on: date | None
    created_at: datetime
    asked_on: date | None
    step_on: date | None

    @property
    def since(self) -> date:
        """The day it was last confirmed, or else made."""
        return _since(self.confirmed_on, self.created_at)


def step_on(age: Age, today: date, days: Thresholds) -> FreshnessStep:
    """The step that the entry should be at; the same on the same day however often it is asked.

    No entry gets past the request before it was made, nor hidden without the warning before.
    """
    if (today - age.since).days < days.ask:
        return FreshnessStep.FRESH
    if age.asked_on is None:
        return FreshnessStep.ASKED
    counted_from = max(age.since, age.asked_on - timedelta(days=days.ask))
    passed = [step for step, day in days.days.items() if (today - counted_from).days >= day]
    furthest = passed[-1] if passed else FreshnessStep.ASKED
    if furthest == FreshnessStep.HIDDEN and not _was_warned(age, today, days):
        return FreshnessStep.REMINDED
    return furthest


def _was_warned(age: Age, today: date, days: Thresholds) -> bool:
    if age.step == FreshnessStep.HIDDEN:
        return True
    warned = age.step == FreshnessStep.REMINDED and age.step_on is not None
    return warned and (today - (age.step_on or today)).days >= days.remind


def hides_on(age: Age, days: Thresholds) -> date | None:
    """The first day on which the entry can be hidden; None while nobody was asked."""
    if age.asked_on is None:
        return None
    counted_from = max(age.since, age.asked_on - timedelta(days=days.ask))
    day = counted_from + timedelta(days=days.hide)
    if age.step == FreshnessStep.REMINDED and age.step_on is not None:
        return max(day, age.step_on + timedelta(days=days.remind))
    return day


def shown_state(
    step: str, confirmed_on: date | None, created_at: datetime, *, today: date | None = None
) -> Freshness:
    """What readers are told; the day alone tells whether it is due or stale."""
    if step == FreshnessStep.HIDDEN:
        return Freshness.HIDDEN
    age, days = (today or timezone.localdate()) - _since(confirmed_on, created_at), thresholds()
    if age.days >= days.mark:
        return Freshness.STALE
    return Freshness.DUE if age.days >= days.ask else Freshness.CONFIRMED


def is_due(confirmed_on: date | None, today: date) -> bool:
    """Whether something confirmed on that day is old enough to be asked for again."""
    return confirmed_on is None or (today - confirmed_on).days >= thresholds().ask


def due_before(days: int, today: date) -> datetime:
    """The moment before which something was made that is ``days`` days old or older."""
    first_young_day = today - timedelta(days=days - 1)
    midnight = datetime.combine(first_young_day, datetime.min.time())
    return timezone.make_aware(midnight, timezone.get_default_timezone())


def _since(confirmed_on: date | None, created_at: datetime) -> date:
    return confirmed_on or timezone.localdate(created_at)


def age_of(facility: Any) -> Age:
    """What the steps of a facility (or of a row of its fields) are reckoned from."""
    return Age(
        FreshnessStep(facility.freshness),
        facility.confirmed_on,
        facility.created_at,
        facility.asked_on,
        facility.freshness_on,
    )
