"""Writing an enquiry: text, files and the facilities it is for. Nothing of it is sent here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.roles import roles_of
from network.facilities.enquiries.parties import Party
from network.facilities.enquiries.record import after_working_days, record
from network.facilities.models import (
    Attachment,
    Enquiry,
    EnquiryState,
    Facility,
    FacilityRequest,
    Message,
    Offer,
    RequestState,
)
from network.facilities.models.correspondence import MAX_ATTACHMENTS
from network.transitions import NotPossibleError, moving
from ui.uploads import note_file, plain_name, taking_files_back

MOST_FACILITIES: Final = 10
WRITABLE: Final = (EnquiryState.DRAFT, EnquiryState.UNVERIFIED)


@transaction.atomic
def start_draft(party: Party, values: Mapping[str, Any]) -> Enquiry:
    """Keep a new draft with ``values`` by field; it is the person's, or the browser's that holds it."""
    person = party.person
    enquiry: Enquiry = Enquiry(
        asker=person,
        language=(get_language() or "nb")[:2],
        respond_by=after_working_days(timezone.localdate()),
    )
    if person is not None and len(own := roles_of(person).organisations) == 1:
        enquiry.organisation_id = next(iter(own))
    _set(enquiry, values)
    enquiry.save()
    record(enquiry, "drafted", person)
    return enquiry


@transaction.atomic
def save_draft(enquiry: Enquiry, values: Mapping[str, Any]) -> Enquiry:
    """Change what is written. Raises NotPossibleError once the enquiry is sent."""
    _require_writable(enquiry)
    _set(enquiry, values)
    if enquiry.state == EnquiryState.UNVERIFIED:
        enquiry.take_back()
    with moving():
        enquiry.save()
    return enquiry


@transaction.atomic
def claim_draft(enquiry: Enquiry, party: Party) -> Enquiry:
    """Give a draft that was begun without a log-in to the person who has now logged in."""
    person = party.person
    if enquiry.asker_id is None and person is not None and enquiry.state == EnquiryState.DRAFT:
        enquiry.asker = person
        enquiry.guest_email = enquiry.guest_name = ""
        enquiry.save(update_fields=["asker", "guest_email", "guest_name"])
        record(enquiry, "claimed", person)
    return enquiry


@transaction.atomic
def delete_draft(enquiry: Enquiry) -> None:
    """Throw away what was never sent, with its files."""
    _require_writable(enquiry)
    forget_files(enquiry.attachments.all())
    enquiry.delete()


@transaction.atomic
def choose_facilities(enquiry: Enquiry, facilities: Iterable[Facility]) -> int:
    """Add facilities, each once; gives how many were added.

    Raises NotPossibleError for more than ten in all.
    """
    _require_writable(enquiry)
    there = set(enquiry.requests.values_list("facility_id", flat=True))
    new = [facility for facility in facilities if facility.pk not in there]
    if len(there) + len(new) > MOST_FACILITIES:
        raise NotPossibleError(_("You can ask ten facilities at most."))
    FacilityRequest.objects.bulk_create(
        (FacilityRequest(enquiry=enquiry, facility=each, host_id=each.host_id) for each in new),
        ignore_conflicts=True,
    )
    return len(new)


@transaction.atomic
def leave_out_facility(enquiry: Enquiry, facility_id: int) -> None:
    """Take a facility out of the choice."""
    _require_writable(enquiry)
    enquiry.requests.filter(facility_id=facility_id, state=RequestState.CHOSEN).delete()


@taking_files_back
@transaction.atomic
def attach(
    enquiry: Enquiry,
    files: Iterable[UploadedFile[Any]],
    *,
    request: FacilityRequest | None = None,
    message: Message | None = None,
    offer: Offer | None = None,
) -> list[Attachment]:
    """Keep files, which their form has checked, in the private storage.

    Raises NotPossibleError above ten files of the statement or of one request.
    """
    files = list(files)
    if not files:
        return []
    if request is None:
        _require_writable(enquiry)
    if enquiry.attachments.filter(request=request).count() + len(files) > MAX_ATTACHMENTS:
        raise NotPossibleError(_("There can be ten files at most."))
    attachments = []
    for file in files:
        attachment = Attachment(
            enquiry=enquiry,
            request=request,
            message=message,
            offer=offer,
            name=plain_name(file.name or ""),
            size=file.size or 0,
        )
        attachment.file.save(file.name or "", file, save=False)
        note_file(attachment.file)
        attachment.save()
        attachments.append(attachment)
    return attachments


@transaction.atomic
def remove_attachment(attachment: Attachment) -> None:
    """Take a file out of a draft."""
    _require_writable(attachment.enquiry)
    forget_files([attachment])
    attachment.delete()


def forget_files(attachments: Iterable[Attachment]) -> None:
    """Delete the files behind attachments when the transaction is through, not before."""
    for attachment in attachments:
        transaction.on_commit(partial(attachment.file.storage.delete, attachment.file.name or ""))


def _set(enquiry: Enquiry, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(enquiry, name, value)


def _require_writable(enquiry: Enquiry) -> None:
    if enquiry.state not in WRITABLE:
        raise NotPossibleError(_("The enquiry is sent, and can no longer be changed."))
