"""Signed addresses in letters with which one confirms a facility without logging in.

An address is bound to the facility, to whom it was sent and to the day of the request. It holds as
long as that person or address still answers for the facility.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.core import signing
from django.urls import reverse

from accounts.models import User
from network.facilities.models import Facility
from network.facilities.permissions import can_edit_facility

_SALT: Final = "facilities.freshness.confirm"
# The letters of the later steps bring new ones.
LINK_SECONDS: Final = 120 * 24 * 3600


@dataclass(frozen=True, slots=True)
class ConfirmLink:
    """What an address stands for: ``user`` is None for the facility's contact."""

    facility: Facility
    asked_on: date
    user: User | None

    @property
    def is_done(self) -> bool:
        """Whether somebody has confirmed it since it was asked for."""
        confirmed = self.facility.confirmed_on
        return self.facility.asked_on is None and bool(confirmed and confirmed >= self.asked_on)


def link_for(facility: Facility, to: User | str) -> str:
    """The path at which ``to``, a person or the contact's address, confirms; in the active language.

    Raises ValueError for a facility that nobody has been asked about.
    """
    if facility.asked_on is None:
        raise ValueError(f"nobody was asked to confirm {facility.pk}")
    who = to.pk if isinstance(to, User) else to.lower()
    token = signing.dumps([facility.pk, who, facility.asked_on.isoformat()], salt=_SALT)
    return reverse("facilities:confirm-by-link", args=[token])


def link_of(token: str, *, lock: bool = False) -> ConfirmLink | None:
    """What a token stands for; None when it is forged, too old, or no longer for whom it was sent.

    With ``lock`` the facility is held until the transaction ends, where the database can.
    """
    try:
        content: Any = signing.loads(token, salt=_SALT, max_age=LINK_SECONDS)
        pk, who, day = content
        asked_on = date.fromisoformat(day)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    found = Facility.objects.select_related("park", "host")
    if lock:
        found = found.select_for_update(of=("self",))
    facility = found.filter(pk=pk).first()
    if facility is None:
        return None
    user = User.objects.filter(pk=who, is_active=True).first() if isinstance(who, int) else None
    if isinstance(who, int):
        answers = user is not None and can_edit_facility(user, facility)
    else:
        answers = facility.contact_email.lower() == who
    link = ConfirmLink(facility, asked_on, user)
    is_current = facility.asked_on == asked_on or link.is_done
    return link if answers and is_current else None
