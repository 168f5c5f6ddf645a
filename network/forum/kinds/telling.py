"""What people are told of questions that were sent on to them, and of their own needs."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from activity.kinds import Kind, Message
from activity.models import Event
from activity.things import split
from network.forum.kinds.due import NEED_DUE, STILL_OPEN
from network.forum.kinds.routing import ROUTED
from network.forum.models import Need, RoutedQuestion, Thread

GROUP: Final = gettext_lazy("The forum")


def because(routed: RoutedQuestion) -> str:
    """Why somebody was sent a question, in a sentence."""
    if routed.organisation:
        return _("You get this because %(organisation)s declares: %(competence)s.") % {
            "organisation": routed.organisation,
            "competence": routed.because,
        }
    return _("You get this because you declared: %(competence)s.") % {"competence": routed.because}


def _numbers(events: Sequence[Event]) -> dict[int, int]:
    return {event.pk: split(event.thing)[1] for event in events}


def _routed_messages(events: Sequence[Event], user: User) -> Mapping[int, Message]:
    numbers = _numbers(events)
    visible = Thread.objects.visible_to(user).filter(pk__in=set(numbers.values())).values("pk")
    sent = RoutedQuestion.objects.filter(user=user, thread__in=visible).select_related("thread")
    found = {each.thread_id: each for each in sent}
    return {
        pk: Message(
            _("Can you answer this? %(title)s") % {"title": found[number].thread.title},
            found[number].thread.get_absolute_url(),
            f"{because(found[number])}\n\n"
            + _("Nobody has answered yet. A pointer to somebody else helps, too."),
            _("Read and answer"),
        )
        for pk, number in numbers.items()
        if number in found
    }


def _need_messages(events: Sequence[Event], user: User) -> Mapping[int, Message]:
    numbers = _numbers(events)
    own = Need.objects.listed().filter(thread__author=user.pk).select_related("thread")
    found = own.in_bulk(list(numbers.values()))
    return {
        event.pk: _need_message(event, found[numbers[event.pk]])
        for event in events
        if numbers[event.pk] in found
    }


def _need_message(event: Event, need: Need) -> Message:
    title = {"title": need.thread.title}
    if event.kind == NEED_DUE:
        day = date_format(need.deadline, "SHORT_DATE_FORMAT") if need.deadline else ""
        return Message(
            _("The deadline is near: %(title)s") % title,
            need.thread.get_absolute_url(),
            _("You gave %(day)s as the deadline. See what fits, or give it more time.")
            % {"day": day},
            _("See what fits"),
        )
    return Message(
        _("Is this still open? %(title)s") % title,
        need.thread.get_absolute_url(),
        _("Say whether it is met or no longer wanted, or set a new deadline."),
        _("Say how it stands"),
    )


def _routed_readers(event: Event, people: Sequence[User]) -> Collection[int]:
    return [user.pk for user in people if _routed_messages([event], user)]


def _need_readers(event: Event, people: Sequence[User]) -> Collection[int]:
    return [user.pk for user in people if _need_messages([event], user)]


def _kind(name: str, label: str | Promise) -> Kind:
    messages = _routed_messages if name == ROUTED else _need_messages
    return Kind(
        name,
        label,
        GROUP,
        message=lambda event, user: messages([event], user)[event.pk],
        may_see=lambda event, user: bool(messages([event], user)),
        messages=messages,
        readers=_routed_readers if name == ROUTED else _need_readers,
    )


KINDS: Final = (
    _kind(ROUTED, gettext_lazy("Unanswered questions about what I know")),
    _kind(NEED_DUE, gettext_lazy("The deadline of something I need or offer")),
    _kind(STILL_OPEN, gettext_lazy("Whether something I need or offer is still open")),
)
