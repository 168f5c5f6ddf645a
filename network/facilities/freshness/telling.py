"""Telling those who answer for a facility of each step: people by notification, contacts by letter."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import override

from accounts.models import User
from activity.letters import post
from activity.services import notify
from activity.things import Link
from network.facilities.enquiries.parties import administrators_of
from network.facilities.following import thing_of
from network.facilities.freshness import words
from network.facilities.freshness.links import link_for
from network.facilities.models import Facility, FreshnessStep
from network.parks.models import ParkStaff

# The park's staff hear of it when there is little time left.
TOLD_TO_STAFF: Final = frozenset({FreshnessStep.REMINDED, FreshnessStep.HIDDEN})


def tell(facility: Facility) -> None:
    """Tell of the step that the facility has come to, once in each round."""
    key = f"{words.kind_of(facility)}:{facility.pk}:{facility.asked_on}:{facility.freshness}"
    people = administrators_of([facility.host_id])
    to = list(people)
    if facility.freshness in TOLD_TO_STAFF:
        known = {person.pk for person in people}
        to += [person for person in _staff_of(facility.park_id) if person.pk not in known]
    # Without anybody to tell, the letter to the contact is all there is.
    if to:
        notify(
            words.kind_of(facility),
            thing_of(facility.pk),
            to=to,
            data={"round": f"{facility.asked_on}", "step": facility.freshness},
            key=key,
        )
    _write_to_contact(facility, people, key)


def _write_to_contact(facility: Facility, people: list[User], key: str) -> None:
    address = facility.contact_email
    if not address or address.lower() in {person.email.lower() for person in people}:
        return
    try:
        validate_email(address)
    except ValidationError:
        # Imported tables hold what was never an address.
        return
    with override(settings.LANGUAGE_CODE):
        title, text = words.title_and_text(facility)
        paragraphs = [text, words.why_you()]
        action = Link(words.action(), link_for(facility, address))
    post(
        key,
        to=address,
        language=settings.LANGUAGE_CODE,
        subject=title,
        paragraphs=paragraphs,
        action=action,
    )


def _staff_of(park: int) -> list[User]:
    rows = ParkStaff.objects.filter(park=park, user__is_active=True).select_related("user")
    return [row.user for row in rows.order_by("user_id")]
