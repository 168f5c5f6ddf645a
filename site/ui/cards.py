"""What a card of a registry shows; rooms build these from their own objects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fact:
    """A short fact on a card: an icon of the sprite, what it is (read aloud) and its text."""

    icon: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Card:
    """A registry object in a list.

    ``kind`` is the type in words ("Testfasilitet"), ``color`` one of the theme's (``accent``,
    ``copper``, ``info``, ``neutral``). ``summary`` may be safe HTML with ``<mark>``. ``language``
    is set only when title and summary are not in the page's language. ``key`` names the object in
    the map and in the comparison; ``comparable`` adds the checkbox.
    """

    url: str
    title: str
    kind: str = ""
    icon: str = ""
    color: str = "accent"
    summary: str = ""
    tags: Sequence[str] = ()
    facts: Sequence[Fact] = ()
    is_sample: bool = False
    distance_km: float | None = None
    language: str = ""
    key: str = ""
    comparable: bool = False
