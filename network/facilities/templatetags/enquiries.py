"""Prices and periods as offers and bookings show them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import date_format

from network.facilities.enquiries.reading import price_shown
from network.facilities.models import Booking, Offer

register = template.Library()


@register.filter
def price(offer: Offer) -> str:
    """``{{ offer|price }}``: amount and what it is for."""
    return price_shown(offer)


@register.filter
def period(thing: Any) -> str:
    """``{{ booking|period }}``: from when to when, the day once if it is the same."""
    return between(thing.starts_at, thing.ends_at)


@register.filter
def proposed_period(booking: Booking) -> str:
    """``{{ booking|proposed_period }}``: the time that one side proposes; empty without."""
    if booking.proposed_starts_at is None or booking.proposed_ends_at is None:
        return ""
    return between(booking.proposed_starts_at, booking.proposed_ends_at)


def between(starts_at: datetime, ends_at: datetime) -> str:
    """Two times as a period in local time: "3. des. 2026 08:00–16:00"."""
    begin, end = timezone.localtime(starts_at), timezone.localtime(ends_at)
    first = date_format(begin, "SHORT_DATETIME_FORMAT")
    if begin.date() == end.date():
        return f"{first}–{end:%H:%M}"
    return f"{first} – {date_format(end, 'SHORT_DATETIME_FORMAT')}"
