"""Who takes part in an enquiry: people with a log-in, and guests who came by a mailed link."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from django.core import signing
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import override

from accounts.models import User
from accounts.roles import AnyUser
from network.facilities.models import Enquiry, EnquiryState
from network.organisations.models import Organisation

SESSION_KEY: Final = "enquiries"
MOST_IN_SESSION: Final = 20
LINK_SALT: Final = "facilities.enquiries.guest"
LINK_SECONDS: Final = 180 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Party:
    """Who acts: ``user``, and the enquiries that the browser holds without a log-in."""

    user: AnyUser
    guest_of: frozenset[int] = field(default_factory=frozenset)

    @property
    def person(self) -> User | None:
        """The person, if they are logged in."""
        return self.user if isinstance(self.user, User) else None


def party_of(request: HttpRequest) -> Party:
    """The party behind a request."""
    held = request.session.get(SESSION_KEY) or ()
    return Party(request.user, frozenset(pk for pk in held if isinstance(pk, int)))


def hold(request: HttpRequest, enquiry: Enquiry) -> None:
    """Let this browser reach an enquiry that nobody's account has."""
    held = [pk for pk in request.session.get(SESSION_KEY, []) if pk != enquiry.pk]
    request.session[SESSION_KEY] = [*held, enquiry.pk][-MOST_IN_SESSION:]


def guest_path(enquiry: Enquiry) -> str:
    """The path of the link that is mailed to a guest, in their language."""
    token = signing.dumps([enquiry.pk, enquiry.guest_email.lower()], salt=LINK_SALT)
    with override(enquiry.language):
        return reverse("enquiries:guest", args=[token])


def enquiry_of_link(token: str) -> Enquiry | None:
    """The guest's enquiry that a mailed link names; None once somebody's account has it."""
    try:
        content: Any = signing.loads(token, salt=LINK_SALT, max_age=LINK_SECONDS)
        pk, email = content
    except (signing.BadSignature, ValueError, TypeError):
        return None
    enquiry: Enquiry | None = (
        Enquiry.objects.filter(pk=pk, asker=None).exclude(state=EnquiryState.DRAFT).first()
    )
    if enquiry is None or enquiry.guest_email.lower() != email:
        return None
    return enquiry


def administrators_of(hosts: Iterable[int]) -> list[User]:
    """The people who answer for these organisations."""
    return list(
        User.objects.filter(
            is_active=True,
            memberships__organisation__in=list(hosts),
            memberships__administrator=True,
        )
        .order_by("pk")
        .distinct()
    )


def asking_name(enquiry: Enquiry) -> str:
    """Who asks, as a host may be told: the person and the company."""
    if enquiry.asker is not None:
        organisation: Organisation | None = enquiry.organisation
        company = organisation.title if organisation else enquiry.guest_company
        return " · ".join(filter(None, (company, enquiry.asker.get_full_name())))
    return " · ".join(filter(None, (enquiry.guest_company, enquiry.guest_name)))
