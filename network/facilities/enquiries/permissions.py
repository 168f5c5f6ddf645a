"""Who may read and do what with enquiries. Whoever may not is told that there is nothing."""

from __future__ import annotations

from accounts.roles import AnyUser, roles_of
from network.facilities.enquiries.parties import Party
from network.facilities.models import (
    Attachment,
    Enquiry,
    EnquiryState,
    FacilityRequest,
    RequestState,
)


def asks(party: Party, enquiry: Enquiry) -> bool:
    """Whether the enquiry is the party's own; one without an account is the browser's that has it."""
    if enquiry.asker_id is not None:
        return party.user.is_authenticated and enquiry.asker_id == party.user.pk
    is_guests = bool(enquiry.guest_email) or enquiry.state == EnquiryState.DRAFT
    return is_guests and enquiry.pk in party.guest_of


def answers(user: AnyUser, request: FacilityRequest) -> bool:
    """Whether ``user`` administers the host that the request was sent to."""
    return (
        request.state != RequestState.CHOSEN
        and request.enquiry.state not in {EnquiryState.DRAFT, EnquiryState.UNVERIFIED}
        and request.host_id in roles_of(user).administers
    )


def assists(user: AnyUser, request: FacilityRequest) -> bool:
    """Whether ``user`` is staff of the facility's park and was invited by a party to read along."""
    return request.staff_invited and request.facility.park_id in roles_of(user).parks


def reads(party: Party, request: FacilityRequest) -> bool:
    """Whether the texts of the request are for the party."""
    return (
        asks(party, request.enquiry) or answers(party.user, request) or assists(party.user, request)
    )


def oversees(user: AnyUser) -> bool:
    """Whether ``user`` sees how enquiries go, without their texts."""
    roles = roles_of(user)
    return bool(roles.network_administrator or roles.parks)


def reads_attachment(party: Party, attachment: Attachment) -> bool:
    """A file of the statement is for all hosts that may know who asks, others for two parties."""
    enquiry = attachment.enquiry
    if asks(party, enquiry):
        return True
    if attachment.request is not None:
        requests = [attachment.request]
    else:
        requests = list(enquiry.requests.select_related("facility"))
    for request in requests:
        request.enquiry = enquiry
    return any(
        (answers(party.user, request) or assists(party.user, request)) and request.shows_asker
        for request in requests
    )
