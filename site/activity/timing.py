"""When an e-mail is due: at once but not in quiet hours, or at the hour of a summary.

All hours are wall-clock hours of the person's time zone. An hour that the clock skips counts as the
one after it, and of an hour that comes twice the first one counts, so that every day has one summary.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.utils import timezone

from accounts.models import User
from activity.kinds import Timing
from activity.models import Preferences

ONE_DAY: Final = timedelta(days=1)
DAYS_OF_A_WEEK: Final = 7


def mail_time(timing: str, now: datetime, user: User, wishes: Preferences) -> datetime | None:
    """When something that happened ``now`` is due by e-mail; None where it never is."""
    zone = zone_of(user)
    if timing == Timing.AT_ONCE:
        return end_of_quiet(now, zone, wishes.quiet_from, wishes.quiet_until)
    if timing == Timing.DAILY:
        return next_digest(now, zone, wishes.digest_hour)
    if timing == Timing.WEEKLY:
        return next_digest(now, zone, wishes.digest_hour, wishes.digest_weekday)
    return None


def zone_of(user: User) -> ZoneInfo:
    """The person's time zone, else the site's."""
    return _zone(user.time_zone or settings.TIME_ZONE)


@lru_cache(maxsize=256)
def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo(settings.TIME_ZONE)


def end_of_quiet(now: datetime, zone: ZoneInfo, since: time | None, until: time | None) -> datetime:
    """``now``, or the end of the quiet hours that it falls into; they may go past midnight."""
    if since is None or until is None or since == until:
        return now
    local = now.astimezone(zone)
    at = local.time()
    if since < until:
        quiet, day = since <= at < until, local.date()
    else:
        quiet = at >= since or at < until
        day = local.date() + ONE_DAY if at >= since else local.date()
    end = _utc(datetime.combine(day, until, tzinfo=zone))
    return max(now, end) if quiet else now


def next_digest(now: datetime, zone: ZoneInfo, hour: int, weekday: int | None = None) -> datetime:
    """The next time after ``now`` that it is ``hour`` o'clock, on ``weekday`` (Monday is 0) if given."""
    day = now.astimezone(zone).date()
    if weekday is not None:
        day += timedelta(days=(weekday - day.weekday()) % DAYS_OF_A_WEEK)
    step = ONE_DAY if weekday is None else ONE_DAY * DAYS_OF_A_WEEK
    due = _utc(datetime.combine(day, time(hour), tzinfo=zone))
    return due if due > now else _utc(datetime.combine(day + step, time(hour), tzinfo=zone))


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(timezone.get_default_timezone()).astimezone(ZoneInfo("UTC"))
