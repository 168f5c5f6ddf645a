"""Times as they stand beside what people write: the hour of today, else the day.

A list shows a hundred of them, so a day is put into words once.
"""

from __future__ import annotations

from datetime import date, datetime, tzinfo
from functools import lru_cache
from typing import Final

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

DAYS_KEPT: Final = 2000


class Clock:
    """What time and language it is for a reader, asked once for a page."""

    def __init__(self) -> None:
        self._zone: tzinfo = timezone.get_current_timezone()
        self._today = timezone.localdate()
        self._language = get_language() or "nb"
        self._today_at = pgettext("time", "today %(time)s")

    def short(self, at: datetime) -> str:
        """The hour if it is today, else day and month, and the year if it is another one."""
        local = at.astimezone(self._zone)
        day = local.date()
        if day == self._today:
            return self._today_at % {"time": f"{local:%H:%M}"}
        return _day(day, self._language, with_year=day.year != self._today.year)

    def element(self, at: datetime) -> str:
        """A ``<time>`` with the short form."""
        return (
            f'<time datetime="{at.isoformat(timespec="seconds")}">{escape(self.short(at))}</time>'
        )

    def full(self, at: datetime) -> str:
        """A ``<time>`` with day, year and hour."""
        local = at.astimezone(self._zone)
        text = _("%(day)s at %(time)s") % {
            "day": _day(local.date(), self._language, with_year=True),
            "time": f"{local:%H:%M}",
        }
        return f'<time datetime="{at.isoformat(timespec="seconds")}">{escape(text)}</time>'


@lru_cache(DAYS_KEPT)
def _day(day: date, _language: str, *, with_year: bool) -> str:
    return date_format(day, "DATE_FORMAT" if with_year else "MONTH_DAY_FORMAT")
