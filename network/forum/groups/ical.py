"""Meetings for calendar programs: one as a file, many as a feed, by RFC 5545.

The UID stays the same for the whole life of a meeting, SEQUENCE grows with each change that matters,
and what was cancelled stays in the calendar as cancelled, so that nobody keeps a ghost.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event, vText
from icalendar.prop import vUri

from network.forum.models import Meeting, WorkingGroup
from network.forum.text import plain

CONTENT_TYPE: Final = "text/calendar; charset=utf-8"
DESCRIPTION_LENGTH: Final = 2000


def calendar_of(meetings: Iterable[Meeting], name: str = "") -> bytes:
    """The meetings, which have their groups at hand, as an iCalendar file."""
    calendar = Calendar()
    calendar.add("prodid", "-//Parknett//Meetings//NO")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    if name:
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    for meeting in meetings:
        calendar.add_component(_event(meeting))
    # Some programs show another time without the zone's own rules.
    calendar.add_missing_timezones()
    content: bytes = calendar.to_ical()
    return content


def _event(meeting: Meeting) -> Event:
    base = settings.BASE_URL.rstrip("/")
    event = Event()
    event.add("uid", f"{meeting.uid}@{urlsplit(base).hostname or 'localhost'}")
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", meeting.changed_at.astimezone(UTC))
    event.add("last-modified", meeting.changed_at.astimezone(UTC))
    event.add("created", meeting.created_at.astimezone(UTC))
    event.add("dtstart", _local(meeting.starts_at))
    event.add("dtend", _local(meeting.ends_at))
    event.add("summary", f"{meeting.title} · {meeting.group.name}")
    event.add("status", vText("CANCELLED" if meeting.is_cancelled else "CONFIRMED"))
    if where := meeting.place or meeting.link:
        event.add("location", where)
    described = [plain(meeting.agenda)[:DESCRIPTION_LENGTH], meeting.link if meeting.place else ""]
    if text := "\n\n".join(filter(None, described)):
        event.add("description", text)
    event.add("url", vUri(f"{base}{meeting.get_absolute_url()}"))
    is_open = meeting.group.openness == WorkingGroup.Openness.OPEN
    # For programs that show a calendar to others.
    event.add("class", "PUBLIC" if is_open else "PRIVATE")
    return event


def _local(at: datetime) -> datetime:
    return at.astimezone(timezone.get_default_timezone())
