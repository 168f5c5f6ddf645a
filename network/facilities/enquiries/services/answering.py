"""What a host does with a request: promise silence, ask, offer, refuse. Only the host's people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from network.facilities.bookings.hours import why_not_bookable
from network.facilities.enquiries import telling
from network.facilities.enquiries.permissions import answers
from network.facilities.enquiries.record import record
from network.facilities.enquiries.services.drafts import attach
from network.facilities.models import (
    AnswerTemplate,
    FacilityRequest,
    Message,
    Offer,
    OfferState,
)
from network.transitions import NotPossibleError, moving
from ui.uploads import taking_files_back


@dataclass(frozen=True, slots=True)
class OfferData:
    """What a host offers; price in kroner without VAT, times with zone and in whole hours."""

    price: Decimal
    price_per: str
    starts_at: datetime
    ends_at: datetime
    valid_until: date
    conditions: str


@transaction.atomic
def promise_confidentiality(request: FacilityRequest, *, by: User) -> None:
    """Commit the host to silence; from now on it sees who asks."""
    _require_host(by, request)
    now = timezone.now()
    promised = FacilityRequest.objects.filter(pk=request.pk, promised_at=None)
    if promised.update(promised_at=now, promised_by=by):
        request.promised_at, request.promised_by = now, by
        step = record(request.enquiry, "promised", by, request)
        telling.tell_asker(request, "promised", step)


@taking_files_back
@transaction.atomic
def ask_question(
    request: FacilityRequest, text: str, *, by: User, files: Iterable[UploadedFile[Any]] = ()
) -> Message:
    """Ask for what is missing."""
    _require_host(by, request)
    _move(request, "ask")
    message = _write(request, Message.Kind.QUESTION, text, by, files)
    telling.tell_asker(request, "question", record(request.enquiry, "question", by, request))
    return message


@taking_files_back
@transaction.atomic
def make_offer(
    request: FacilityRequest, data: OfferData, *, by: User, files: Iterable[UploadedFile[Any]] = ()
) -> Offer:
    """Offer the work at a price and a time; an earlier offer is replaced.

    Raises NotPossibleError for a time at which the facility cannot be booked.
    """
    _require_host(by, request)
    if problem := why_not_bookable(request.facility_id, data.starts_at, data.ends_at):
        raise NotPossibleError(problem)
    if data.valid_until < timezone.localdate():
        raise NotPossibleError(_("The offer would have lapsed before it is made."))
    _move(request, "offer")
    request.offers.filter(state=OfferState.OPEN).update(state=OfferState.REPLACED)
    offer = Offer.objects.create(
        request=request,
        price=data.price,
        price_per=data.price_per,
        starts_at=data.starts_at,
        ends_at=data.ends_at,
        valid_until=data.valid_until,
        conditions=data.conditions,
        made_by=by,
    )
    attach(request.enquiry, files, request=request, offer=offer)
    telling.tell_asker(request, "offered", record(request.enquiry, "offered", by, request))
    return offer


@transaction.atomic
def refuse_request(request: FacilityRequest, reason: str, text: str, *, by: User) -> None:
    """Say no, and why."""
    _require_host(by, request)
    if not reason:
        raise NotPossibleError(_("Say why, so that who asks can look elsewhere."))
    request.refusal_reason = reason
    _move(request, "refuse", "refusal_reason")
    request.offers.filter(state=OfferState.OPEN).update(state=OfferState.CLOSED)
    if text:
        _write(request, Message.Kind.REFUSAL, text, by, ())
    telling.tell_asker(request, "refused", record(request.enquiry, "refused", by, request))


def save_template(template: AnswerTemplate, *, by: User) -> AnswerTemplate:
    """Keep a text that the organisation often answers with."""
    if not template.organisation.memberships.filter(user=by, administrator=True).exists():
        raise PermissionDenied
    template.full_clean()
    template.save()
    return template


def delete_template(template: AnswerTemplate, *, by: User) -> None:
    """Forget such a text."""
    if not template.organisation.memberships.filter(user=by, administrator=True).exists():
        raise PermissionDenied
    template.delete()


def _require_host(by: User, request: FacilityRequest) -> None:
    if not answers(by, request):
        raise PermissionDenied


def _move(request: FacilityRequest, transition: str, *fields: str) -> None:
    """Carry out a transition of the host's and note when it first answered."""
    if not request.enquiry.is_open:
        raise NotPossibleError(_("The enquiry is no longer open."))
    with moving():
        getattr(request, transition)()
        request.first_answer_at = request.first_answer_at or timezone.now()
        request.save(update_fields=["state", "first_answer_at", "changed_at", *fields])


def _write(
    request: FacilityRequest,
    kind: str,
    text: str,
    by: User,
    files: Iterable[UploadedFile[Any]],
) -> Message:
    message = Message.objects.create(request=request, author=by, by_host=True, kind=kind, text=text)
    attach(request.enquiry, files, request=request, message=message)
    return message
