"""What can be followed and told about, named by text as in the search: ``"facility:12"``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from accounts.models import User
from ui.chrome import Link

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from activity.models import Event

__all__ = ["Link", "ThingType", "describe", "may_see", "register_thing", "split", "types"]

MAX_LENGTH: Final = 80


Describe = Callable[[Sequence[int], User], Mapping[int, Link]]


@dataclass(frozen=True, slots=True)
class ThingType:
    """A type of things; ``label`` is its plural, for headings ("Test facilities")."""

    name: str
    label: str | Promise
    describe: Describe


_types: Final[dict[str, ThingType]] = {}


def register_thing(name: str, label: str | Promise, describe: Describe) -> None:
    """Let things of a type be followed; called from ``AppConfig.ready``.

    ``describe`` gives name and address, in the active language, of those of the ids that the person
    may see. Raises ValueError when the type is registered already.
    """
    if name in _types:
        raise ValueError(f"the type {name} is registered already")
    _types[name] = ThingType(name, label, describe)


def types() -> tuple[ThingType, ...]:
    """All types, in the order in which the rooms registered them."""
    return tuple(_types.values())


def split(thing: str) -> tuple[str, int]:
    """Type and id. Raises ValueError for what names no thing."""
    name, separator, number = thing.partition(":")
    if not (name and separator and number.isdecimal()) or len(thing) > MAX_LENGTH:
        raise ValueError(f"{thing!r} names no thing")
    return name, int(number)


def describe(things: Iterable[str], user: User) -> dict[str, Link]:
    """Names and addresses of those things that the person may see, asked once for each type."""
    wanted: dict[str, list[int]] = defaultdict(list)
    for thing in dict.fromkeys(things):
        name, number = split(thing)
        wanted[name].append(number)
    return {
        f"{name}:{number}": link
        for name, numbers in wanted.items()
        if name in _types
        for number, link in _types[name].describe(numbers, user).items()
    }


def may_see(event: Event, user: User) -> bool:
    """Whether the person may see what an event is about: for kinds that need no rule of their own."""
    return event.thing in describe([event.thing], user)
