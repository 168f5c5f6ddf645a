"""What happens to bookings as days pass: confirming is asked for, and how it went.

Every one of these may run twice. What has been told is a step of the request's record, so that a run
takes those that still are to be told and no others.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import QuerySet

from activity.schedule import Job
from network.facilities.bookings.services import lapse_booking
from network.facilities.enquiries import telling
from network.facilities.enquiries.record import not_recorded, record
from network.facilities.models import Booking, BookingState, Outcome
from network.transitions import NotPossibleError

CONFIRMED_WITHIN: Final = timedelta(days=2)
# In the evening of the day nobody has looked at the results yet.
ASKED_AFTER: Final = timedelta(hours=12)
# Whoever starts the job again after a year asks nobody of what is long past.
ASKED_UNTIL: Final = timedelta(days=30)
AT_ONCE: Final = 500


def follow_up_bookings(now: datetime) -> None:
    """Remind hosts of what they are to confirm, end what nobody confirmed, ask how the rest went."""
    _each(unconfirmed(now), _remind_host)
    _each(tentative().filter(ends_at__lte=now), lapse_booking)
    _each(to_be_told_of(now), _ask_both)


def tentative() -> QuerySet[Booking]:
    """Bookings that the host has not confirmed."""
    found: QuerySet[Booking] = Booking.objects.filter(state=BookingState.TENTATIVE)
    return found


def unconfirmed(now: datetime) -> QuerySet[Booking]:
    """Those that have waited for their host too long, and of which it was not reminded yet."""
    waited = tentative().filter(created_at__lte=now - CONFIRMED_WITHIN, ends_at__gt=now)
    return waited.filter(not_recorded("booking-unconfirmed", "request"))


def to_be_told_of(now: datetime) -> QuerySet[Booking]:
    """Those whose time is over, and of which nobody was asked yet how it went."""
    over: QuerySet[Booking] = Booking.objects.filter(
        state__in=(BookingState.CONFIRMED, BookingState.DONE),
        ends_at__gt=now - ASKED_UNTIL,
        ends_at__lte=now - ASKED_AFTER,
    )
    return over.filter(not_recorded("booking-ended", "request"))


def _each(found: QuerySet[Booking], act: Callable[[Booking], None]) -> None:
    """Act on each in a transaction of its own, so that one that fails does not undo the others."""
    with_parties = found.select_related("request__enquiry__asker", "request__facility")
    for booking in list(with_parties.order_by("pk")[:AT_ONCE]):
        try:
            with transaction.atomic():
                act(booking)
        except NotPossibleError:
            # Somebody confirmed or cancelled it in the same moment.
            continue


def _remind_host(booking: Booking) -> None:
    request = booking.request
    record(request.enquiry, "booking-unconfirmed", None, request)
    telling.tell_host(request, "unconfirmed", None, key=f"booking.unconfirmed.{booking.pk}")


def _ask_both(booking: Booking) -> None:
    request = booking.request
    record(request.enquiry, "booking-ended", None, request)
    told = set(Outcome.objects.filter(booking=booking).values_list("by_host", flat=True))
    if True not in told:
        telling.tell_host(request, "ended", None, key=f"booking.ended.host.{booking.pk}")
    if False not in told:
        telling.tell_asker(request, "ended", None, key=f"booking.ended.asker.{booking.pk}")


JOB: Final = Job("facilities.bookings", follow_up_bookings, timedelta(hours=1))
