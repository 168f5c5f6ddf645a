"""An enquiry goes out: at once for people with a log-in, by a mailed link for guests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from network.facilities.enquiries import telling
from network.facilities.enquiries.record import record, record_all
from network.facilities.enquiries.unattended import ATTENDED, tell_of_unattended
from network.facilities.models import (
    Enquiry,
    EnquiryState,
    Facility,
    FacilityRequest,
    RequestState,
)
from network.transitions import NotPossibleError, moving


def send_enquiry(enquiry: Enquiry, *, by: User) -> list[FacilityRequest]:
    """Send a person's own enquiry to the facilities they chose.

    Raises NotPossibleError if there is nothing to send or nobody to send it to.
    """
    _require_complete(enquiry)
    return _send(enquiry, by)


@transaction.atomic
def ask_for_verification(enquiry: Enquiry, values: Mapping[str, Any]) -> None:
    """Mail a guest the link with which the enquiry goes out; ``values`` say who they are."""
    _require_complete(enquiry)
    for name, value in values.items():
        setattr(enquiry, name, value)
    enquiry.guest_email = enquiry.guest_email.lower()
    with moving():
        if enquiry.state == EnquiryState.UNVERIFIED:
            enquiry.take_back()
        enquiry.await_verification()
        enquiry.save()
    step = record(enquiry, "unverified", None)
    telling.post_verification(enquiry, step)


@transaction.atomic
def verify_enquiry(enquiry: Enquiry, *, by: User | None = None) -> list[FacilityRequest]:
    """A guest followed the link and pressed the button: the address is theirs, the enquiry goes out."""
    requests = _send(enquiry, by)
    telling.post_receipt(enquiry)
    return requests


@transaction.atomic
def claim_enquiries(user: User, addresses: list[str]) -> int:
    """Give a person the enquiries that were asked from addresses that they have verified."""
    addresses = [address.lower() for address in addresses]
    waiting = (
        Enquiry.objects.filter(asker=None, guest_email__in=addresses)
        .exclude(state__in=(EnquiryState.DRAFT, EnquiryState.UNVERIFIED))
        .only("pk")
    )
    enquiries = list(waiting)
    if not enquiries:
        return 0
    pks = [enquiry.pk for enquiry in enquiries]
    claimed: int = Enquiry.objects.filter(pk__in=pks, asker=None).update(asker=user)
    for enquiry in enquiries:
        record(enquiry, "claimed", user)
    return claimed


def chosen_requests(enquiry: Enquiry) -> QuerySet[FacilityRequest]:
    """The choice, with the facilities at hand; ``attended`` says if somebody can answer by log-in."""
    chosen: QuerySet[FacilityRequest] = enquiry.requests.filter(state=RequestState.CHOSEN)
    return chosen.select_related("facility").annotate(attended=ATTENDED)


@transaction.atomic
def _send(enquiry: Enquiry, by: User | None) -> list[FacilityRequest]:
    now = timezone.now()
    with moving():
        enquiry.send()
        enquiry.sent_at = now
        enquiry.save(update_fields=["state", "sent_at", "changed_at"])
    chosen = list(chosen_requests(enquiry))
    requests = [each for each in chosen if each.facility.is_public]
    if not requests:
        raise NotPossibleError(_("None of the chosen facilities takes enquiries any more."))
    for request in requests:
        if request.host_id != request.facility.host_id:
            # Who answers is settled now; the facility has changed hands since it was chosen.
            request.host_id = request.facility.host_id
            request.save(update_fields=["host"])
        request.send()
    FacilityRequest.objects.filter(pk__in=[each.pk for each in requests]).update(
        state=RequestState.SENT, sent_at=now, respond_by=enquiry.respond_by, changed_at=now
    )
    if len(requests) < len(chosen):
        enquiry.requests.filter(state=RequestState.CHOSEN).delete()
    record_all(requests, "sent", by)
    for request in requests:
        request.respond_by = enquiry.respond_by
    telling.tell_hosts_of_enquiry(enquiry, requests, by)
    tell_of_unattended(requests)
    return requests


def _require_complete(enquiry: Enquiry) -> None:
    if not (enquiry.title.strip() and enquiry.problem.strip()):
        raise NotPossibleError(_("Write what the problem is before you send the enquiry."))
    if enquiry.respond_by < timezone.localdate():
        raise NotPossibleError(_("The day for answers has passed; choose a later one."))
    visible = Facility.objects.public().filter(requests__enquiry=enquiry)
    if not visible.exists():
        raise NotPossibleError(_("Choose at least one facility to ask."))
