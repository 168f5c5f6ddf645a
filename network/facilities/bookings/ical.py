"""Bookings for calendar programs: one as a file, many as a feed, by RFC 5545.

The UID stays the same for the whole life of a booking, SEQUENCE grows with each change of it, and
what was cancelled stays in the calendar as cancelled, so that nobody keeps a ghost.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar, Event, vText
from icalendar.prop import vUri

from network.facilities.models import Booking, BookingState

CONTENT_TYPE: Final = "text/calendar; charset=utf-8"
STATUS: Final = {
    BookingState.TENTATIVE: "TENTATIVE",
    BookingState.CONFIRMED: "CONFIRMED",
    BookingState.DONE: "CONFIRMED",
    BookingState.CANCELLED: "CANCELLED",
}


def calendar_of(bookings: Iterable[Booking], name: str = "") -> bytes:
    """The bookings, which have facility and enquiry at hand, as an iCalendar file."""
    calendar = Calendar()
    calendar.add("prodid", "-//Parknett//Bookings//NO")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    if name:
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    for booking in bookings:
        calendar.add_component(_event(booking))
    # Some programs show another time without the zone's own rules.
    calendar.add_missing_timezones()
    content: bytes = calendar.to_ical()
    return content


def _event(booking: Booking) -> Event:
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    event = Event()
    event.add("uid", f"{booking.uid}@{host}")
    event.add("sequence", booking.sequence)
    event.add("dtstamp", booking.changed_at.astimezone(UTC))
    event.add("last-modified", booking.changed_at.astimezone(UTC))
    event.add("created", booking.created_at.astimezone(UTC))
    event.add("dtstart", _local(booking.starts_at))
    event.add("dtend", _local(booking.ends_at))
    event.add("summary", f"{booking.facility.name} · {booking.request.enquiry.title}")
    event.add("status", vText(STATUS[BookingState(booking.state)]))
    if place := booking.facility.place or booking.facility.park.name:
        event.add("location", place)
    path = reverse("bookings:detail", args=[booking.pk])
    event.add("url", vUri(f"{settings.BASE_URL.rstrip('/')}{path}"))
    # Private, for programs that show a calendar to others.
    event.add("class", "PRIVATE")
    return event


def _local(at: datetime) -> datetime:
    return at.astimezone(timezone.get_default_timezone())
