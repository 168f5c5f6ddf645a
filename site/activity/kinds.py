"""What can be told, as the rooms declare it. The mechanism knows no kind by itself."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from ui.chrome import Link

if TYPE_CHECKING:
    from django.utils.functional import Promise
    from django.utils.safestring import SafeString

    from activity.models import Event


class Timing(TextChoices):
    """When something is told by e-mail; whether it is told on the site is a choice of its own."""

    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("In a daily summary")
    WEEKLY = "weekly", _("In a weekly summary")
    NEVER = "never", _("Never")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a list in a message: a link, and a short note beside it."""

    link: Link
    note: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A list in a message, under its heading."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Message:
    """A notification in the active language.

    ``title`` is one plain line, ``url`` a path on this site, ``text`` plain text with blank lines
    between paragraphs, ``action`` the label of the e-mail's button ("Read the answer"). Where that
    is a part of something longer, an e-mail of its own has the ``whole`` of it as plain text and as
    ``html``, which must be safe. ``listings`` stand below either, ``reply_to`` is where an answer by
    e-mail goes.
    """

    title: str
    url: str
    text: str = ""
    action: str = ""
    whole: str = ""
    html: SafeString | str = ""
    listings: tuple[Listing, ...] = ()
    reply_to: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of notification.

    ``name`` is stable ("facilities.enquiry_answered"); ``label`` and ``group`` stand on the page of
    choices. ``may_see`` is asked when a notification is written, shown and sent; nothing of an event
    is told to whom it refuses. ``default`` and ``on_site`` hold until a person chooses.

    Two optional functions do the same for many at once, and should be given where a page of
    notifications or ten thousand followers would otherwise be a query each: ``messages`` gives the
    messages, by event id, of those events that one person may see; ``readers`` gives the ids of
    those people who may see one event.
    """

    name: str
    label: str | Promise
    group: str | Promise
    message: Callable[[Event, User], Message]
    may_see: Callable[[Event, User], bool]
    default: Timing = Timing.AT_ONCE
    on_site: bool = True
    messages: Callable[[Sequence[Event], User], Mapping[int, Message]] | None = None
    readers: Callable[[Event, Sequence[User]], Collection[int]] | None = None


_kinds: Final[dict[str, Kind]] = {}


def register_kind(kind: Kind) -> None:
    """Add a kind; called from ``AppConfig.ready``. Raises ValueError when its name is taken."""
    if kind.name in _kinds:
        raise ValueError(f"the kind {kind.name} is registered already")
    _kinds[kind.name] = kind


def kinds() -> tuple[Kind, ...]:
    """All kinds, in the order in which the rooms registered them."""
    return tuple(_kinds.values())


def kind_named(name: str) -> Kind | None:
    """The kind, or None for one whose room has gone."""
    return _kinds.get(name)
