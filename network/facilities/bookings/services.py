"""Every change of a booking, and of when a facility can be booked."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime, time
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from network.facilities.bookings.hours import (
    LONGEST_BLACKOUT,
    TakenError,
    move_hours,
    take_hours,
    why_not_bookable,
)
from network.facilities.bookings.permissions import keeps_calendar
from network.facilities.enquiries import telling
from network.facilities.enquiries.parties import Party
from network.facilities.enquiries.permissions import answers, asks
from network.facilities.enquiries.record import record
from network.facilities.models import (
    Blackout,
    Booking,
    BookingState,
    CalendarFeed,
    CalendarSettings,
    Facility,
    FacilityRequest,
    Offer,
    OpeningPeriod,
    Outcome,
)
from network.transitions import NotPossibleError, moving

PROPOSAL: Final = ("proposed_starts_at", "proposed_ends_at", "proposed_by_host")


@transaction.atomic
def book(request: FacilityRequest, offer: Offer) -> Booking:
    """Set the offered time aside, in the transaction that accepts the offer.

    Raises NotPossibleError if any hour of it has been taken.
    """
    booking: Booking = Booking.objects.create(
        request=request,
        offer=offer,
        facility_id=request.facility_id,
        starts_at=offer.starts_at,
        ends_at=offer.ends_at,
    )
    try:
        take_hours(request.facility_id, offer.starts_at, offer.ends_at, booking=booking)
    except TakenError as error:
        raise NotPossibleError(
            _("Somebody else has booked that time. Ask the host to propose another one.")
        ) from error
    return booking


@transaction.atomic
def confirm_booking(booking: Booking, *, by: User) -> None:
    """The host says that the time holds."""
    _require_host(by, booking)
    with moving():
        booking.confirm()
        _save(booking)
    step = record(booking.request.enquiry, "confirmed", by, booking.request)
    telling.tell_asker(booking.request, "confirmed", step)


@transaction.atomic
def finish_booking(booking: Booking, *, by: User) -> None:
    """The host says that the work is done; not before it has begun."""
    _require_host(by, booking)
    if booking.starts_at > timezone.now():
        raise NotPossibleError(_("The work has not begun yet."))
    with moving():
        booking.finish()
        _save(booking)
    step = record(booking.request.enquiry, "done", by, booking.request)
    telling.tell_asker(booking.request, "done", step)


@transaction.atomic
def cancel_booking(booking: Booking, reason: str, *, by: Party) -> None:
    """Either side calls it off and says why; the time is free again."""
    as_host = _require_party(by, booking)
    if not reason.strip():
        raise NotPossibleError(_("Say why; the other party reads it."))
    booking.cancel_reason, booking.cancelled_by_host = reason.strip(), as_host
    with moving():
        booking.cancel()
        _forget_proposal(booking)
        _save(booking, "cancel_reason", "cancelled_by_host")
    booking.hours.all().delete()
    _tell_other(booking, "cancelled", as_host=as_host, by=by)


@transaction.atomic
def lapse_booking(booking: Booking) -> None:
    """End a booking whose time has passed without the host confirming it; neither side did it."""
    with moving():
        booking.cancel()
        _forget_proposal(booking)
        _save(booking)
    booking.hours.all().delete()
    step = record(booking.request.enquiry, "booking-lapsed", None, booking.request)
    telling.tell_host(booking.request, "lapsed", step)
    telling.tell_asker(booking.request, "lapsed", step)


@transaction.atomic
def propose_time(booking: Booking, starts_at: datetime, ends_at: datetime, *, by: Party) -> None:
    """Ask the other side for another time. Nothing moves before it agrees."""
    as_host = _require_party(by, booking)
    _require_active(booking)
    if problem := why_not_bookable(booking.facility_id, starts_at, ends_at, but=booking):
        raise NotPossibleError(problem)
    booking.proposed_starts_at, booking.proposed_ends_at = starts_at, ends_at
    booking.proposed_by_host = as_host
    with moving():
        booking.save(
            update_fields=[*PROPOSAL, "changed_at"],
        )
    _tell_other(booking, "proposed", as_host=as_host, by=by)


@transaction.atomic
def agree_to_time(booking: Booking, *, by: Party) -> None:
    """Move the booking to the proposed time, if it still is free."""
    as_host = _require_party(by, booking)
    _require_active(booking)
    starts_at, ends_at = booking.proposed_starts_at, booking.proposed_ends_at
    if starts_at is None or ends_at is None or booking.proposed_by_host == as_host:
        raise NotPossibleError(_("There is no proposal to agree to."))
    # Of two who answer the same proposal, one moves the booking.
    mine = Booking.objects.filter(
        pk=booking.pk, proposed_starts_at=starts_at, sequence=booking.sequence, state=booking.state
    )
    if not mine.update(sequence=booking.sequence + 1):
        raise NotPossibleError(_("There is no proposal to agree to."))
    try:
        move_hours(booking, starts_at, ends_at)
    except TakenError as error:
        raise NotPossibleError(
            _("The proposed time has been taken; propose another one.")
        ) from error
    booking.starts_at, booking.ends_at = starts_at, ends_at
    _forget_proposal(booking)
    with moving():
        _save(booking, "starts_at", "ends_at")
    _tell_other(booking, "moved", as_host=as_host, by=by)


@transaction.atomic
def decline_time(booking: Booking, *, by: Party) -> None:
    """Keep the time as it is; also for who proposed another one and thinks better of it."""
    as_host = _require_party(by, booking)
    if booking.proposed_starts_at is None:
        raise NotPossibleError(_("There is no proposal to agree to."))
    _forget_proposal(booking)
    booking.save(update_fields=[*PROPOSAL, "changed_at"])
    _tell_other(booking, "kept", as_host=as_host, by=by)


@transaction.atomic
def record_outcome(booking: Booking, values: Mapping[str, Any], *, by: Party) -> Outcome:
    """Keep how one side says that it went; it may say so again. Not before the work has begun.

    A host that says that the work was done, and whose time is over, need not say so once more.
    """
    as_host = _require_party(by, booking)
    if not may_record_outcome(booking):
        raise NotPossibleError(_("The work has not begun yet."))
    outcome, is_new = Outcome.objects.update_or_create(
        booking=booking, by_host=as_host, defaults={**values, "written_by": by.person}
    )
    is_over = booking.state == BookingState.CONFIRMED and booking.ends_at <= timezone.now()
    if as_host and is_over and outcome.done != Outcome.Done.NOT:
        with moving():
            booking.finish()
            _save(booking)
    if is_new:
        _tell_other(booking, "outcome", as_host=as_host, by=by)
    else:
        record(booking.request.enquiry, "booking-outcome", by.person, booking.request)
    # The facility's page shows what may be shown of it, and is kept until the facility changes.
    Facility.objects.filter(pk=booking.facility_id).update(updated_at=timezone.now())
    return outcome


def may_record_outcome(booking: Booking) -> bool:
    """Whether there is something to tell of."""
    return booking.state == BookingState.DONE or (
        booking.state == BookingState.CONFIRMED and booking.starts_at <= timezone.now()
    )


@transaction.atomic
def set_opening_hours(
    facility: Facility,
    periods: Mapping[int, tuple[time, time] | None],
    *,
    shows_free_busy: bool,
    by: User,
) -> None:
    """Say when the facility is open on each weekday (Monday is 0), and what others see."""
    _require_keeper(by, facility)
    for weekday, period in periods.items():
        if period is None:
            facility.opening_periods.filter(weekday=weekday).delete()
        else:
            OpeningPeriod.objects.update_or_create(
                facility=facility,
                weekday=weekday,
                defaults={"opens": period[0], "closes": period[1]},
            )
    CalendarSettings.objects.update_or_create(
        facility=facility, defaults={"shows_free_busy": shows_free_busy}
    )


@transaction.atomic
def black_out(
    facility: Facility, starts_at: datetime, ends_at: datetime, reason: str, *, by: User
) -> Blackout:
    """Close the facility for a time. Raises NotPossibleError if somebody has booked any of it."""
    _require_keeper(by, facility)
    if ends_at <= starts_at:
        raise NotPossibleError(_("The time must not end before it starts."))
    if ends_at - starts_at > LONGEST_BLACKOUT:
        raise NotPossibleError(_("A blackout period is 92 days long at most."))
    blackout = Blackout.objects.create(
        facility=facility, starts_at=starts_at, ends_at=ends_at, reason=reason
    )
    try:
        take_hours(facility.pk, starts_at, ends_at, blackout=blackout)
    except TakenError as error:
        raise NotPossibleError(
            _("There is a booking or another blackout period in that time.")
        ) from error
    return blackout


@transaction.atomic
def lift_blackout(blackout: Blackout, *, by: User) -> None:
    """Open the facility again."""
    _require_keeper(by, blackout.facility)
    blackout.delete()


@transaction.atomic
def make_feed(user: User, facility: Facility | None) -> str:
    """A new private calendar address for the person; the one they had stops working.

    Gives the key, which is not kept and cannot be shown again.
    """
    if facility is not None:
        _require_keeper(user, facility)
    CalendarFeed.objects.filter(user=user, facility=facility).delete()
    key = secrets.token_urlsafe(32)
    CalendarFeed.objects.create(user=user, facility=facility, digest=feed_digest(key))
    return key


def cancel_bookings_of(user: User) -> None:
    """Call off what a person who leaves has booked and that is still to come; the hosts are told."""
    ahead = Booking.objects.filter(
        request__enquiry__asker=user,
        state__in=(BookingState.TENTATIVE, BookingState.CONFIRMED),
        starts_at__gt=timezone.now(),
    )
    for booking in ahead.select_related("request__enquiry__asker", "request__facility"):
        cancel_booking(booking, _("Who asked has left the site."), by=Party(user))


def stop_feed(user: User, facility: Facility | None) -> None:
    """Let the private address stop working."""
    CalendarFeed.objects.filter(user=user, facility=facility).delete()


def feed_digest(key: str) -> str:
    """What is kept of a feed's key."""
    return hashlib.sha256(key.encode()).hexdigest()


def _save(booking: Booking, *fields: str) -> None:
    """Save a change that calendars must learn of."""
    booking.sequence += 1
    booking.save(update_fields=["state", "sequence", "changed_at", *PROPOSAL, *fields])


def _forget_proposal(booking: Booking) -> None:
    booking.proposed_starts_at = booking.proposed_ends_at = booking.proposed_by_host = None


def _require_active(booking: Booking) -> None:
    if not booking.is_active:
        raise NotPossibleError(_("The booking is over."))


def _require_host(by: User, booking: Booking) -> None:
    if not answers(by, booking.request):
        raise PermissionDenied


def _require_party(by: Party, booking: Booking) -> bool:
    """Whether the party acts as host. Who is both acts as host."""
    if answers(by.user, booking.request):
        return True
    if not asks(by, booking.request.enquiry):
        raise PermissionDenied
    return False


def _require_keeper(by: User, facility: Facility) -> None:
    if not keeps_calendar(by, facility):
        raise PermissionDenied


def _tell_other(booking: Booking, what: str, *, as_host: bool, by: Party) -> None:
    request = booking.request
    step = record(request.enquiry, f"booking-{what}", by.person, request)
    if as_host:
        telling.tell_asker(request, what, step)
    else:
        telling.tell_host(request, what, step)
