"""What this room holds about a person: which organisations they belong to."""

from __future__ import annotations

from collections.abc import Iterable

from accounts.models import User
from accounts.personal import PersonalData, Row
from network.organisations.models import Membership
from network.organisations.services import remove_member


def _memberships(user: User) -> Iterable[Row]:
    rows = Membership.objects.filter(user=user).select_related("organisation")
    for row in rows:
        yield {"organisation": row.organisation.name, "administrator": row.administrator}


def _leave_organisations(user: User) -> None:
    for row in Membership.objects.filter(user=user).select_related("organisation"):
        remove_member(row.organisation, user)


MEMBERSHIPS = PersonalData(
    "memberships", ("organisations.Membership",), _memberships, _leave_organisations
)
