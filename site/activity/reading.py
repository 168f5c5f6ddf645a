"""What a person may be shown of their notifications."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from accounts.models import User
from activity.kinds import Kind, Message, kind_named
from activity.models import Event, Follow, Notification


@dataclass(frozen=True, slots=True)
class Told:
    """A notification with what it says, in the active language."""

    notification: Notification
    kind: Kind
    message: Message

    @property
    def is_unread(self) -> bool:
        """Whether the person has not read it."""
        return self.notification.read_at is None


def told(rows: Sequence[Notification], user: User) -> list[Told]:
    """Those of a person's notifications whose events they may see now, in the order given.

    The events must have been read with the rows. Asks once for each kind that can answer for many.
    """
    by_kind: dict[str, list[Event]] = defaultdict(list)
    for row in rows:
        by_kind[row.kind].append(row.event)
    messages: dict[int, Message] = {}
    for name, events in by_kind.items():
        kind = kind_named(name)
        if kind is not None:
            messages.update(_messages(kind, events, user))
    return [
        Told(row, kind, messages[row.event_id])
        for row in rows
        if row.event_id in messages and (kind := kind_named(row.kind)) is not None
    ]


def _messages(kind: Kind, events: Sequence[Event], user: User) -> Mapping[int, Message]:
    if kind.messages is not None:
        return kind.messages(events, user)
    return {event.pk: kind.message(event, user) for event in events if kind.may_see(event, user)}


def worth_mailing(rows: Sequence[Notification], user: User) -> list[Told]:
    """What is still to be told by e-mail: not read on the site, not muted, and visible to the person."""
    waiting = [row for row in rows if not (row.on_site and row.read_at)]
    if not waiting:
        return []
    muted = set(
        Follow.objects.filter(
            user=user,
            state=Follow.State.MUTED,
            thing__in={thing for row in waiting for thing in (row.thing, row.because) if thing},
        ).values_list("thing", flat=True)
    )
    return told([row for row in waiting if not muted & {row.thing, row.because}], user)
