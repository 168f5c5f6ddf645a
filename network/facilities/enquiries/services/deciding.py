"""What the one who asks does: answer questions, accept an offer, withdraw, close."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.facilities.bookings.services import book
from network.facilities.enquiries import telling
from network.facilities.enquiries.parties import Party
from network.facilities.enquiries.permissions import answers, asks, reads
from network.facilities.enquiries.record import record, record_all
from network.facilities.enquiries.services.drafts import attach
from network.facilities.models import (
    Booking,
    Enquiry,
    Facility,
    FacilityRequest,
    Message,
    Offer,
    OfferState,
    RequestState,
)
from network.facilities.models.request import UNDECIDED
from network.transitions import NotPossibleError, moving
from ui.uploads import taking_files_back


@taking_files_back
@transaction.atomic
def answer_question(
    request: FacilityRequest, text: str, *, by: Party, files: Iterable[UploadedFile[Any]] = ()
) -> Message:
    """Tell the host what it asked for; it is its turn again."""
    _require_asker(by, request.enquiry)
    _require_open(request.enquiry)
    with moving():
        request.answer()
        request.save(update_fields=["state", "changed_at"])
    message = _write(request, Message.Kind.ANSWER, text, by, files, by_host=False)
    step = record(request.enquiry, "answered", by.person, request)
    telling.tell_host(request, "answered", step)
    return message


@taking_files_back
@transaction.atomic
def write_message(
    request: FacilityRequest, text: str, *, by: Party, files: Iterable[UploadedFile[Any]] = ()
) -> Message:
    """Write to the other party, before and after an agreement."""
    as_host = answers(by.user, request)
    if not (as_host or asks(by, request.enquiry)):
        raise PermissionDenied
    message = _write(request, Message.Kind.PLAIN, text, by, files, by_host=as_host)
    step = record(request.enquiry, "message", by.person, request)
    if as_host:
        telling.tell_asker(request, "message", step)
    else:
        telling.tell_host(request, "message", step)
    return message


@transaction.atomic
def accept_offer(offer: Offer, *, by: Party) -> Booking:
    """Take an offer: the enquiry is decided, the time is booked, the others are told.

    Each row is changed only if it still is as it must be, so that of two who press at the same
    time one gets a NotPossibleError, as does whoever is too late.
    """
    request = offer.request
    enquiry = request.enquiry
    _require_asker(by, enquiry)
    with moving():
        enquiry.decide()
        enquiry.save(update_fields=["state", "changed_at"])
        request.accept()
        request.save(update_fields=["state", "changed_at"])
    taken = Offer.objects.filter(
        pk=offer.pk, state=OfferState.OPEN, valid_until__gte=timezone.localdate()
    ).update(state=OfferState.ACCEPTED)
    if not taken:
        raise NotPossibleError(
            _("The offer has lapsed or was replaced. Ask the host for a new one.")
        )
    # Hidden because nobody confirmed it, it still has the host who made the offer.
    if not Facility.objects.filter(pk=request.facility_id, published=True).exists():
        raise NotPossibleError(_("The facility has been taken off the site in the meantime."))
    booking = book(request, offer)
    step = record(enquiry, "accepted", by.person, request)
    telling.tell_host(request, "accepted", step)
    _end_the_others(enquiry, request, by)
    return booking


@transaction.atomic
def withdraw_enquiry(enquiry: Enquiry, *, by: Party) -> None:
    """No longer ask anybody."""
    _require_asker(by, enquiry)
    with moving():
        enquiry.withdraw()
        enquiry.save(update_fields=["state", "changed_at"])
    _end(enquiry, list(_undecided(enquiry)), RequestState.WITHDRAWN, by)


@transaction.atomic
def close_enquiry(enquiry: Enquiry, *, by: Party) -> None:
    """None of the offers suited; those who still wait are told."""
    _require_asker(by, enquiry)
    with moving():
        enquiry.close()
        enquiry.save(update_fields=["state", "changed_at"])
    _end(enquiry, list(_undecided(enquiry)), RequestState.DECLINED, by, what="closed")


@transaction.atomic
def withdraw_request(request: FacilityRequest, *, by: Party) -> None:
    """No longer ask this one facility."""
    _require_asker(by, request.enquiry)
    with moving():
        request.withdraw()
        request.save(update_fields=["state", "changed_at"])
    request.offers.filter(state=OfferState.OPEN).update(state=OfferState.CLOSED)
    step = record(request.enquiry, "withdrawn", by.person, request)
    telling.tell_host(request, "withdrawn", step)


@transaction.atomic
def invite_staff(request: FacilityRequest, *, by: Party, invited: bool) -> None:
    """Let the staff of the facility's park read along, or no longer."""
    if not (answers(by.user, request) or asks(by, request.enquiry)) or not reads(by, request):
        raise PermissionDenied
    changed = FacilityRequest.objects.filter(pk=request.pk).exclude(staff_invited=invited)
    if changed.update(staff_invited=invited):
        request.staff_invited = invited
        what = "staff-invited" if invited else "staff-excluded"
        record(request.enquiry, what, by.person, request)


def _undecided(enquiry: Enquiry) -> Iterable[FacilityRequest]:
    return enquiry.requests.filter(state__in=UNDECIDED).select_related("facility")


def _end_the_others(enquiry: Enquiry, accepted: FacilityRequest, by: Party) -> None:
    others = [each for each in _undecided(enquiry) if each.pk != accepted.pk]
    _end(enquiry, others, RequestState.DECLINED, by)


def _end(
    enquiry: Enquiry,
    requests: list[FacilityRequest],
    state: RequestState,
    by: Party,
    *,
    what: str = "",
) -> None:
    """Bring what is still open to its end, in one statement for all of them."""
    pks = [request.pk for request in requests]
    FacilityRequest.objects.filter(pk__in=pks, state__in=UNDECIDED).update(
        state=state, changed_at=timezone.now()
    )
    Offer.objects.filter(request__in=pks, state=OfferState.OPEN).update(state=OfferState.CLOSED)
    for step, request in zip(
        record_all(requests, what or state.value, by.person), requests, strict=True
    ):
        request.enquiry = enquiry
        telling.tell_host(request, what or state.value, step)


def _require_asker(by: Party, enquiry: Enquiry) -> None:
    if not asks(by, enquiry):
        raise PermissionDenied


def _require_open(enquiry: Enquiry) -> None:
    if not enquiry.is_open:
        raise NotPossibleError(_("The enquiry is no longer open."))


def _write(
    request: FacilityRequest,
    kind: str,
    text: str,
    by: Party,
    files: Iterable[UploadedFile[Any]],
    *,
    by_host: bool,
) -> Message:
    message = Message.objects.create(
        request=request, author=by.person, by_host=by_host, kind=kind, text=text
    )
    attach(request.enquiry, files, request=request, message=message)
    return message
