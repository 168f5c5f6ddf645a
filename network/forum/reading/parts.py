"""What other parts of the forum put into a post on the page of a thread.

A page shows twenty posts, and asks each part once for all of them: files, cards of what posts link
to, reactions, what one can do with a post, what moderators can. Parts are registered in
``AppConfig.ready``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from django.http import HttpRequest
from django.utils.safestring import SafeString

from network.forum.models import Thread


class Place(StrEnum):
    """Where in a post a part stands."""

    BELOW = "below"
    ACTIONS = "actions"


@dataclass(frozen=True, slots=True)
class ShownPost:
    """A post as a page reads it. ``is_shown`` is whether the reader sees what it says."""

    pk: int
    number: int
    author_id: int | None
    author: str
    byline: str
    html: str
    state: str
    created_at: datetime
    edited_at: datetime | None
    replies_to: int | None
    reactions: Mapping[str, int]
    has_files: bool
    has_references: bool
    by_mail: bool
    is_shown: bool


Render = Callable[[HttpRequest, Thread, Sequence[ShownPost]], Mapping[int, SafeString]]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of each post.

    ``render`` takes the request, the thread and those posts of the page that the reader sees, and
    gives safe HTML by the posts' numbers in the database; posts without anything are left out. It
    costs one query at most, and none where ``has_files`` or ``has_references`` say so. In the place
    "actions" each piece is one or several ``<li>``.
    """

    name: str
    place: Place
    render: Render
    position: int = 100


_parts: Final[dict[str, Part]] = {}


def register(part: Part) -> None:
    """Add a part. Raises ValueError when its name is taken."""
    if part.name in _parts:
        raise ValueError(f"the part {part.name} is registered already")
    _parts[part.name] = part


def rendered(
    request: HttpRequest, thread: Thread, posts: Sequence[ShownPost]
) -> Mapping[Place, Mapping[int, str]]:
    """Everything that parts show in these posts, by place and post, in the order of positions."""
    found: dict[Place, dict[int, Any]] = {place: {} for place in Place}
    shown = [post for post in posts if post.is_shown]
    for part in sorted(_parts.values(), key=lambda part: part.position):
        texts = found[part.place]
        for pk, html in part.render(request, thread, shown).items():
            texts[pk] = texts.get(pk, "") + html
    return found
