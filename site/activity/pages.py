"""What the pages of this room show, read with a bounded number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from accounts.models import User
from activity.kinds import kinds
from activity.models import Follow, Notification
from activity.querysets import NotificationQuerySet
from activity.reading import Told, told
from activity.services import mark_read
from activity.things import Link, describe, split, types

PAGE_LENGTH: Final = 20
FOLLOWED_SHOWN: Final = 500
MAX_PAGES_LOOKED_AT: Final = 5


@dataclass(frozen=True, slots=True)
class NotificationPage:
    """A page of notifications, unread ones first; ``older`` is where the next one begins."""

    items: tuple[Told, ...]
    older: str


@dataclass(frozen=True, slots=True)
class GroupLink:
    """A heading by which notifications are filtered; ``slug`` is what the address says."""

    slug: str
    label: str
    current: bool


@dataclass(frozen=True, slots=True)
class Followed:
    """A thing that a person follows or has muted."""

    thing: str
    link: Link
    is_muted: bool


@dataclass(frozen=True, slots=True)
class FollowedGroup:
    """The followed things of one type."""

    label: str
    items: tuple[Followed, ...]


def notification_page(user: User, group: str = "", start: str = "") -> NotificationPage:
    """Up to twenty notifications from ``start`` on ("u12": unread ones older than the twelfth).

    What the person may no longer see is left out and counted as read, so that the number in the
    header is one that can be brought down.
    """
    items: list[Told] = []
    for _ in range(MAX_PAGES_LOOKED_AT):
        rows = _rows(user, group, start)
        shown = told(rows, user)
        _count_as_read(user, rows, shown)
        items += shown
        start = _after(rows) if len(rows) == PAGE_LENGTH else ""
        if items or not start:
            break
    return NotificationPage(tuple(items), start)


def _rows(user: User, group: str, start: str) -> list[Notification]:
    rows = Notification.objects.on_site_of(user).select_related("event").order_by("-pk")
    names = _kinds_of(group)
    if names is not None:
        rows = rows.filter(kind__in=names)
    part, before = start[:1], start[1:]
    found: list[Notification] = []
    if part != "r":
        found += _before(rows.filter(read_at=None), before)[:PAGE_LENGTH]
        before = ""
    if len(found) < PAGE_LENGTH:
        found += _before(rows.filter(read_at__isnull=False), before)[: PAGE_LENGTH - len(found)]
    return found


def _before(rows: NotificationQuerySet, number: str) -> NotificationQuerySet:
    return rows.filter(pk__lt=int(number)) if number.isdecimal() else rows


def _after(rows: Sequence[Notification]) -> str:
    last = rows[-1]
    return f"{'r' if last.read_at else 'u'}{last.pk}"


def _count_as_read(user: User, rows: Iterable[Notification], shown: Iterable[Told]) -> None:
    visible = {each.notification.pk for each in shown}
    hidden = [row.pk for row in rows if row.read_at is None and row.pk not in visible]
    if hidden:
        mark_read(user, hidden)


def group_links(current: str) -> list[GroupLink]:
    """The headings of all kinds, each once."""
    return [GroupLink(slug, label, slug == current) for slug, label in _groups().items()]


def _groups() -> dict[str, str]:
    """Labels of the groups by what stands for them in addresses: their first kind's room and name."""
    found: dict[str, str] = {}
    for kind in kinds():
        label = str(kind.group)
        if label not in found.values():
            found[kind.name] = label
    return found


def _kinds_of(group: str) -> list[str] | None:
    label = _groups().get(group)
    if label is None:
        return None
    return [kind.name for kind in kinds() if str(kind.group) == label]


def page_url(base: str, group: str, start: str) -> str:
    """The address of a page of notifications."""
    parameters = {name: value for name, value in (("group", group), ("from", start)) if value}
    return f"{base}?{urlencode(parameters)}" if parameters else base


def followed(user: User, limit: int = FOLLOWED_SHOWN) -> list[FollowedGroup]:
    """What the person follows or has muted and may see, by type. One query, and one for each type."""
    states = dict(
        Follow.objects.filter(user=user).order_by("-pk").values_list("thing", "state")[:limit]
    )
    links = describe(states, user)
    groups = []
    for each in types():
        items = [
            Followed(thing, link, states[thing] == Follow.State.MUTED)
            for thing, link in links.items()
            if split(thing)[0] == each.name
        ]
        if items:
            items.sort(key=lambda item: item.link.label.casefold())
            groups.append(FollowedGroup(str(each.label), tuple(items)))
    return groups
