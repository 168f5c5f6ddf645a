"""Kinds of notifications whose events are each about one row of a table.

The event's data holds the row's key as ``row``, and nothing that somebody wrote: what is told is
read anew each time, by whoever may see it then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from accounts.models import User
from activity.kinds import Kind, Message
from activity.models import Event

if TYPE_CHECKING:
    from django.utils.functional import Promise

Rows = Mapping[int, Any]


def row_kind(
    name: str,
    label: str | Promise,
    group: str | Promise,
    rows: Callable[[Iterable[int], User], Rows],
    message: Callable[[Any], Message],
) -> Kind:
    """A kind about rows; ``rows`` gives, by key, those of them that a person may see."""

    def told(event: Event, user: User) -> Message:
        return message(rows([row_of(event)], user)[row_of(event)])

    def may_see(event: Event, user: User) -> bool:
        return row_of(event) in rows([row_of(event)], user)

    def messages(events: Sequence[Event], user: User) -> Mapping[int, Message]:
        found = rows([row_of(event) for event in events], user)
        return {
            event.pk: message(found[row_of(event)]) for event in events if row_of(event) in found
        }

    return Kind(name, label, group, message=told, may_see=may_see, messages=messages)


def row_of(event: Event) -> int:
    """The key of the row that an event is about."""
    return int(event.data["row"])


def by_key(found: Iterable[Any]) -> Rows:
    """Rows by their keys."""
    return {row.pk: row for row in found}
