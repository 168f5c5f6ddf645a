"""A facility's month: days with what they hold, for its host and, as free and busy, for others."""

from __future__ import annotations

import calendar as months
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any, Final

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from network.facilities.bookings.querysets import bookings_between
from network.facilities.models import Blackout, BookingState, Facility, OpeningPeriod

MONTHS_AHEAD: Final = 24
MONTHS_BACK: Final = 24


@dataclass(frozen=True, slots=True)
class Entry:
    """What a day holds: a text, when, how it looks, and where it leads ("" for others)."""

    text: str
    hours: str
    tone: str
    url_pk: int = 0


@dataclass(slots=True)
class Day:
    """One day of the month's weeks."""

    day: date
    in_month: bool
    is_today: bool
    is_open: bool
    entries: list[Entry] = field(default_factory=list)


class MonthCalendar:
    """A month of one facility; ``month`` is "2026-11", else the present one. Three queries."""

    def __init__(self, facility: Facility, month: str, *, keeper: bool) -> None:
        self.facility = facility
        self.keeper = keeper
        self.today = timezone.localdate()
        self.first = _first_of(month, self.today)
        self.weeks_of_days = months.Calendar().monthdatescalendar(self.first.year, self.first.month)

    @property
    def title(self) -> str:
        """The month and year."""
        return date_format(self.first, "YEAR_MONTH_FORMAT")

    @property
    def previous(self) -> str:
        """The month before."""
        return f"{self.first - timedelta(days=1):%Y-%m}"

    @property
    def following(self) -> str:
        """The month after."""
        return f"{self.first + timedelta(days=31):%Y-%m}"

    @property
    def weekdays(self) -> list[tuple[str, str]]:
        """The days of the week in short and in full, Monday first."""
        monday = date(2024, 1, 1)
        days = [monday + timedelta(days=number) for number in range(7)]
        return [(date_format(day, "D"), date_format(day, "l")) for day in days]

    @cached_property
    def periods(self) -> dict[int, OpeningPeriod]:
        """When it is open, by weekday."""
        found = OpeningPeriod.objects.filter(facility=self.facility)
        return {period.weekday: period for period in found}

    @cached_property
    def _entries(self) -> dict[date, list[Entry]]:
        begin, end = (
            _midnight(self.weeks_of_days[0][0]),
            _midnight(self.weeks_of_days[-1][-1] + timedelta(days=1)),
        )
        entries: dict[date, list[Entry]] = defaultdict(list)
        rows: list[tuple[Any, ...]] = list(
            bookings_between(self.facility, begin, end).values_list(
                "pk", "starts_at", "ends_at", "state", "request__enquiry__title"
            )[:500]
        )
        for pk, starts_at, ends_at, state, title in rows:
            confirmed = state != BookingState.TENTATIVE
            tone = "success" if confirmed else "warning"
            text = title if self.keeper else pgettext("calendar", "Busy")
            self._spread(entries, starts_at, ends_at, text, tone, pk if self.keeper else 0)
        closed = Blackout.objects.filter(
            facility=self.facility, starts_at__lt=end, ends_at__gt=begin
        )
        for starts_at, ends_at, reason in closed.values_list("starts_at", "ends_at", "reason"):
            text = (self.keeper and reason) or pgettext("calendar", "Closed")
            self._spread(entries, starts_at, ends_at, text, "neutral", 0)
        return entries

    def _spread(
        self,
        entries: dict[date, list[Entry]],
        starts_at: datetime,
        ends_at: datetime,
        text: str,
        tone: str,
        pk: int,
    ) -> None:
        """Put what lasts into each of its days, with the hours that it has there."""
        begin, end = timezone.localtime(starts_at), timezone.localtime(ends_at)
        day = max(begin.date(), self.weeks_of_days[0][0])
        last = min(end.date(), self.weeks_of_days[-1][-1])
        while day <= last:
            opens = f"{begin:%H:%M}" if day == begin.date() else "00:00"
            closes = f"{end:%H:%M}" if day == end.date() else "24:00"
            if closes != "00:00":
                whole = opens == "00:00" and closes == "24:00"
                hours = _("all day") if whole else f"{opens}–{closes}"
                entries[day].append(Entry(text, hours, tone, pk))
            day += timedelta(days=1)

    @cached_property
    def weeks(self) -> Sequence[Sequence[Day]]:
        """The month's weeks, from Monday."""
        return [[self._day(day) for day in week] for week in self.weeks_of_days]

    @property
    def days(self) -> list[Day]:
        """The month as a list: the days that hold something."""
        return [day for week in self.weeks for day in week if day.in_month and day.entries]

    def _day(self, day: date) -> Day:
        return Day(
            day=day,
            in_month=day.month == self.first.month,
            is_today=day == self.today,
            is_open=not self.periods or day.weekday() in self.periods,
            entries=self._entries.get(day, []),
        )


def _first_of(month: str, today: date) -> date:
    """The first day of the month asked for, within two years from now."""
    this = today.replace(day=1)
    try:
        asked = datetime.strptime(month, "%Y-%m").date()  # noqa: DTZ007 - a month has no time zone
    except ValueError:
        return this
    distance = (asked.year - this.year) * 12 + asked.month - this.month
    return asked if -MONTHS_BACK <= distance <= MONTHS_AHEAD else this


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=timezone.get_default_timezone())
