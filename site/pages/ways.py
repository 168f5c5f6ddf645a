"""The ways in from the front page, worked out once per version of it.

Taking a stream apart and looking up where its links lead costs as much as all the rest of the page's
content, and changes only when an editor changes something.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import get_language

if TYPE_CHECKING:
    from pages.models.home import HomePage

KEPT_SECONDS: Final = 60.0


@dataclass(frozen=True, slots=True)
class Way:
    """A way in whose target exists."""

    icon: str
    title: str
    text: str
    url: str


_kept: dict[tuple[Any, ...], tuple[float, list[Way]]] = {}


def ways_of(page: HomePage, *, is_preview: bool = False) -> list[Way]:
    """The ways of the page that lead somewhere; read anew after a minute, or for a preview."""
    if is_preview:
        return _read(page)
    version = (page.pk, page.latest_revision_id, page.last_published_at, get_language())
    known = _kept.get(version)
    if known is None or time.monotonic() - known[0] > KEPT_SECONDS:
        forget_older(page)
        known = _kept[version] = (time.monotonic(), _read(page))
    return known[1]


def forget_older(page: HomePage) -> None:
    """Drop what is kept of other versions of the page."""
    for version in [version for version in _kept if version[0] == page.pk]:
        _kept.pop(version, None)


def forget_ways() -> None:
    """Work out all ways anew the next time."""
    _kept.clear()


def _read(page: HomePage) -> list[Way]:
    values = (block.value for block in page.ways)
    return [
        Way(value["icon"], value["title"], value["text"] or "", url)
        for value in values
        if (url := value["link"].url)
    ]
