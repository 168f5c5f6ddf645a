"""What happens by itself as days pass: reminders, overdue notices, lapsed offers, old drafts.

Every one of these may run twice: what is told has a key, what changes is changed where it still is
as it was.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from activity.schedule import Job
from network.facilities.enquiries import telling
from network.facilities.enquiries.record import after_working_days, not_recorded, record
from network.facilities.enquiries.response import reckon_response_times
from network.facilities.enquiries.services.drafts import delete_draft
from network.facilities.enquiries.unattended import unattended, write_to_contact
from network.facilities.models import (
    Enquiry,
    EnquiryState,
    FacilityRequest,
    Offer,
    OfferState,
    RequestState,
)
from network.facilities.models.request import WAITS_FOR_HOST
from network.transitions import NotPossibleError, moving

REMINDED_DAYS_BEFORE: Final = 2
LAPSING_DAYS_BEFORE: Final = 2
# An answer that is this many working days late is not waited for any more.
GIVEN_UP_AFTER: Final = 20
UNSENT_KEPT: Final = timedelta(days=30)
AT_ONCE: Final = 500


def remind(now: datetime) -> None:
    """Tell hosts what is due soon, and everybody concerned what is overdue."""
    today = timezone.localdate(now)
    soon = today + timedelta(days=REMINDED_DAYS_BEFORE)
    _each(_waiting(today, soon, untold="reminder"), _remind_host)
    # Only what went overdue lately: whoever starts the job again after a year floods nobody.
    late = _waiting(today - timedelta(days=14), today - timedelta(days=1), untold="overdue")
    _each(late, _tell_overdue)
    lapsing = Offer.objects.filter(
        not_recorded("lapsing", "request", since="made_at"),
        state=OfferState.OPEN,
        valid_until__gte=today,
        valid_until__lte=today + timedelta(days=LAPSING_DAYS_BEFORE),
        request__state=RequestState.OFFERED,
    ).select_related("request__enquiry__asker", "request__facility")
    for offer in lapsing.order_by("pk")[:AT_ONCE]:
        with transaction.atomic():
            record(offer.request.enquiry, "lapsing", None, offer.request)
            key = f"enquiry.lapsing.{offer.pk}"
            telling.tell_asker(offer.request, "lapsing", None, key=key)


def expire(now: datetime) -> None:
    """Close offers that have lapsed and requests that nobody will answer any more."""
    today = timezone.localdate(now)
    lapsed = FacilityRequest.objects.filter(
        state=RequestState.OFFERED, offers__state=OfferState.OPEN, offers__valid_until__lt=today
    )
    _each(lapsed, _expire)
    silent = FacilityRequest.objects.filter(
        state__in=WAITS_FOR_HOST, respond_by__lt=today - timedelta(days=GIVEN_UP_AFTER)
    )
    _each(silent, lambda request: _expire_silent(request, today))


def forget_unsent(now: datetime) -> None:
    """Delete what visitors began to write and never sent."""
    old = Enquiry.objects.filter(
        asker=None,
        state__in=(EnquiryState.DRAFT, EnquiryState.UNVERIFIED),
        changed_at__lt=now - UNSENT_KEPT,
    )
    for enquiry in old.order_by("pk")[:AT_ONCE]:
        delete_draft(enquiry)


def _waiting(first: date, last: date, *, untold: str) -> QuerySet[FacilityRequest]:
    """What is due from ``first`` to ``last`` and was not told of yet, so that a run comes further."""
    found: QuerySet[FacilityRequest] = FacilityRequest.objects.filter(
        not_recorded(untold), state__in=WAITS_FOR_HOST, respond_by__gte=first, respond_by__lte=last
    )
    return found


def _each(found: QuerySet[FacilityRequest], act: Callable[[FacilityRequest], None]) -> None:
    """Act on each in a transaction of its own, so that one that fails does not undo the others."""
    with_parties = found.select_related("enquiry__asker", "facility")
    for request in list(with_parties.order_by("pk")[:AT_ONCE]):
        with transaction.atomic():
            act(request)


def _remind_host(request: FacilityRequest) -> None:
    record(request.enquiry, "reminder", None, request)
    telling.tell_host(request, "reminder", None, key=f"enquiry.reminder.{request.pk}")
    if unattended([request]):
        write_to_contact(request, key=f"enquiry.reminder.contact.{request.pk}")


def _tell_overdue(request: FacilityRequest) -> None:
    record(request.enquiry, "overdue", None, request)
    telling.tell_host(request, "overdue", None, key=f"enquiry.overdue.host.{request.pk}")
    telling.tell_asker(request, "overdue", None, key=f"enquiry.overdue.asker.{request.pk}")
    telling.tell_staff(request, "overdue", key=f"enquiry.overdue.staff.{request.pk}")


def _expire(request: FacilityRequest) -> None:
    try:
        with moving(), transaction.atomic():
            request.expire()
            request.save(update_fields=["state", "changed_at"])
    except NotPossibleError:
        # Somebody answered or accepted in the same moment, which counts for more.
        return
    request.offers.filter(state=OfferState.OPEN).update(state=OfferState.CLOSED)
    step = record(request.enquiry, "expired", None, request)
    telling.tell_asker(request, "expired", step)


def _expire_silent(request: FacilityRequest, today: date) -> None:
    if request.respond_by and after_working_days(request.respond_by, GIVEN_UP_AFTER) < today:
        _expire(request)


JOBS: Final = (
    Job("facilities.remind", remind, timedelta(hours=1)),
    Job("facilities.expire", expire, timedelta(hours=1)),
    Job("facilities.response_times", reckon_response_times, timedelta(hours=24)),
    Job("facilities.forget_unsent", forget_unsent, timedelta(hours=24)),
)
