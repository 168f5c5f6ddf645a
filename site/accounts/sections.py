"""What one's account leads to: its own pages, and those that rooms add.

A room registers a section from ``AppConfig.ready``; the overview at ``/konto/`` lists them all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import TextChoices
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from ui.chrome import Link

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


class Group(TextChoices):
    """The headings of the overview, in their order."""

    NETWORK = "network", _("In the network")
    PERSON = "person", _("About you")
    SECURITY = "security", _("Logging in")
    DATA = "data", _("Your data")


@dataclass(frozen=True, slots=True)
class Section:
    """A page of one's own. ``view`` is its name, without arguments; ``note`` says how it stands.

    ``note`` gives a short line, or "" for none; ``icon`` is one of the sprite. ``is_for`` says whose
    it is, where it is not everybody's; it is asked on every visit of "My page", so it costs nothing.
    ``is_shortcut`` is for what "My page" leads to also when nothing waits there.
    """

    label: str | StrPromise
    view: str
    note: Callable[[User], str] | None = None
    icon: str = "person"
    group: Group = Group.NETWORK
    is_for: Callable[[User], bool] | None = None
    is_shortcut: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A section as the overview shows it."""

    link: Link
    note: str
    icon: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A group of the overview with its entries."""

    label: str
    entries: tuple[Entry, ...]


_registered: Final[dict[str, Section]] = {}


def register(*sections: Section) -> None:
    """Add sections; called from ``AppConfig.ready``. The same view again changes nothing."""
    for section in sections:
        _registered.setdefault(section.view, section)


def overview(user: User) -> list[Heading]:
    """All sections for ``user`` in the active language, by heading."""
    found = [
        Heading(
            str(group.label),
            tuple(_entry(each, user) for each in _of(group, user)),
        )
        for group in Group
    ]
    return [heading for heading in found if heading.entries]


def shortcuts(user: User) -> list[Entry]:
    """The sections that "My page" leads ``user`` to, without notes."""
    return [
        Entry(Link(str(each.label), reverse(each.view)), "", each.icon)
        for group in Group
        for each in _of(group, user)
        if each.is_shortcut
    ]


def _of(group: Group, user: User) -> list[Section]:
    return [
        each
        for each in _registered.values()
        if each.group is group and (each.is_for is None or each.is_for(user))
    ]


def _entry(section: Section, user: User) -> Entry:
    note = section.note(user) if section.note else ""
    return Entry(Link(str(section.label), reverse(section.view)), note, section.icon)
