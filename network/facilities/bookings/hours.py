"""Hours of a facility: which an appointment takes, and whether they can be had.

Time is taken in whole hours of UTC. Everywhere in Norway local time differs from it by whole hours.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.facilities.models import Blackout, Booking, OpeningPeriod, TakenHour

HOUR: Final = timedelta(hours=1)
LONGEST: Final = timedelta(days=31)
LONGEST_BLACKOUT: Final = timedelta(days=92)


class TakenError(Exception):
    """An hour of the time is somebody else's."""


def hours_between(starts_at: datetime, ends_at: datetime) -> Iterator[datetime]:
    """The hours from ``starts_at`` up to ``ends_at``, as they begin, in UTC."""
    hour = starts_at.astimezone(UTC)
    end = ends_at.astimezone(UTC)
    while hour < end:
        yield hour
        hour += HOUR


def take_hours(
    facility_id: int,
    starts_at: datetime,
    ends_at: datetime,
    *,
    booking: Booking | None = None,
    blackout: Blackout | None = None,
) -> None:
    """Take the hours for a booking or a blackout. Raises TakenError if any of them is taken.

    The unique constraint decides, so of two who come at the same time one has all and one nothing.
    Hours are written in order, so that two never wait for each other.
    """
    rows = [
        TakenHour(facility_id=facility_id, hour=hour, booking=booking, blackout=blackout)
        for hour in hours_between(starts_at, ends_at)
    ]
    try:
        with transaction.atomic():
            TakenHour.objects.bulk_create(rows)
    except IntegrityError as error:
        raise TakenError from error


def move_hours(booking: Booking, starts_at: datetime, ends_at: datetime) -> None:
    """Give a booking other hours: first those that are new, then the old ones go.

    Raises TakenError; nothing is given up then.
    """
    held = set(booking.hours.values_list("hour", flat=True))
    wanted = list(hours_between(starts_at, ends_at))
    rows = [
        TakenHour(facility_id=booking.facility_id, hour=hour, booking=booking)
        for hour in wanted
        if hour not in held
    ]
    try:
        with transaction.atomic():
            TakenHour.objects.bulk_create(rows)
    except IntegrityError as error:
        raise TakenError from error
    booking.hours.exclude(hour__in=wanted).delete()


def is_taken(
    facility_id: int, starts_at: datetime, ends_at: datetime, *, but: Booking | None = None
) -> bool:
    """Whether any of the hours is taken now; only :func:`take_hours` can promise that it is not."""
    taken = TakenHour.objects.filter(facility=facility_id, hour__gte=starts_at, hour__lt=ends_at)
    if but is not None:
        taken = taken.exclude(booking=but)
    return taken.exists()


def why_not_bookable(
    facility_id: int, starts_at: datetime, ends_at: datetime, *, but: Booking | None = None
) -> str:
    """Why the facility cannot be had then, for the reader; empty when it can."""
    problem = _why_no_booking(starts_at, ends_at)
    if problem:
        return problem
    if not _is_open(facility_id, starts_at, ends_at):
        return _("The facility is closed when the time begins or ends. See the opening hours.")
    if is_taken(facility_id, starts_at, ends_at, but=but):
        return _("The facility is taken for some of that time. See the calendar.")
    return ""


def _why_no_booking(starts_at: datetime, ends_at: datetime) -> str:
    """What is wrong with the time itself."""
    if any(at.minute or at.second or at.microsecond for at in (starts_at, ends_at)):
        return _("Give the time in whole hours.")
    if ends_at <= starts_at:
        return _("The time must not end before it starts.")
    if starts_at < timezone.now():
        return _("The time has passed already.")
    if ends_at - starts_at > LONGEST:
        return _("A booking is 31 days long at most.")
    return ""


def _is_open(facility_id: int, starts_at: datetime, ends_at: datetime) -> bool:
    """Whether somebody is there at the beginning and the end; in between a test may run alone."""
    periods = {
        period.weekday: period for period in OpeningPeriod.objects.filter(facility=facility_id)
    }
    if not periods:
        return True
    begin = timezone.localtime(starts_at)
    # What ends at midnight ends on the day before.
    end = timezone.localtime(ends_at - timedelta(minutes=1))
    first, last = periods.get(begin.weekday()), periods.get(end.weekday())
    return (
        first is not None
        and last is not None
        and first.opens <= begin.time() < first.closes
        and last.opens <= end.time() < last.closes
    )
