"""Kinds of notifications about confirming; what has been confirmed meanwhile is not told any more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activity.kinds import Kind, Message, Timing
from activity.models import Event
from activity.things import split
from network.facilities.freshness import words
from network.facilities.freshness.links import link_for
from network.facilities.models import Facility
from network.facilities.permissions import can_edit_facility


def _messages(events: Sequence[Event], user: User) -> Mapping[int, Message]:
    pks = {event.pk: split(event.thing)[1] for event in events}
    visible = Facility.objects.visible_to(user).filter(pk__in=set(pks.values()))
    found = {each.pk: each for each in visible if can_edit_facility(user, each)}
    return {
        event.pk: _message(event, facility, user)
        for event in events
        if (facility := found.get(pks[event.pk])) and _is_open(event, facility)
    }


def _is_open(event: Event, facility: Facility) -> bool:
    return facility.published and f"{facility.asked_on}" == event.data["round"]


def _message(event: Event, facility: Facility, user: User) -> Message:
    title, text = words.title_and_text(facility, event.data["step"])
    return Message(title, link_for(facility, user), text, words.action())


def _one_message(event: Event, user: User) -> Message:
    return _messages([event], user)[event.pk]


def _may_see(event: Event, user: User) -> bool:
    return bool(_messages([event], user))


_GROUP: Final = _("Test facilities that I look after")

# A host of many facilities gets one summary a day, not a letter for each.
KINDS: Final = (
    Kind(
        words.DUE,
        _("Is everything still right?"),
        _GROUP,
        _one_message,
        _may_see,
        Timing.DAILY,
        messages=_messages,
    ),
    Kind(
        words.HIDING,
        _("It is hidden unless somebody confirms it"),
        _GROUP,
        _one_message,
        _may_see,
        Timing.DAILY,
        messages=_messages,
    ),
)
