"""What the front page says of the network: what is new, how much there is, and the parks.

Which entries are shown is looked up once a minute and process; which version each of them is in, and
that anybody may see it, is asked on each request, so that nothing withdrawn lingers.
"""

from __future__ import annotations

import time
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final
from urllib.parse import quote_plus

from django.db.models import Count, QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy

from pages.places import place_url
from search.documents import documents
from search.models import SearchEntry
from search.query import PUBLIC
from ui.maps import MapPoint, park_map

if TYPE_CHECKING:
    from pages.models.home import HomePage

KEPT_SECONDS: Final = 60.0
NEW_ENTRIES: Final = 6
MOST_PARKS: Final = 24
# They come with the network, not one by one.
NO_NEWS: Final = ("park", "organisation")
FIGURES: Final = (
    ("facility", "facilities", gettext_lazy("test facilities")),
    ("park", "parks", gettext_lazy("industrial parks")),
    ("organisation", "organisations", gettext_lazy("organisations")),
)
SHOWN_FIELDS: Final = (
    "key", "type", "title_nb", "title_en", "summary_nb", "summary_en", "url_nb", "url_en",
    "meta", "lat", "lon", "published_at",
)  # fmt: skip
MAP_LABEL: Final = gettext_lazy("Map of the parks of the network")


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry in the reader's language; ``language`` is set when its title is in another."""

    title: str
    url: str
    kind: str
    icon: str
    summary: str
    place: str
    at: datetime | None
    is_sample: bool
    language: str


@dataclass(frozen=True, slots=True)
class Figure:
    """How many there are of something, and where they are listed."""

    count: int
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class _Standing:
    """What to show: keys of the newest entries and of the parks, and counts by type."""

    newest: tuple[str, ...]
    parks: tuple[str, ...]
    counts: Mapping[str, int]
    read_at: float


_standings: list[_Standing] = []


def public_entries() -> QuerySet[SearchEntry]:
    """Entries that anybody may see; what is public carries no other token."""
    return SearchEntry.objects.filter(audience=[PUBLIC])


def newest_entries() -> QuerySet[SearchEntry]:
    """Public entries of the kinds that make news, the latest first."""
    return (
        public_entries()
        .filter(published_at__isnull=False)
        .exclude(type__in=NO_NEWS)
        .order_by("-published_at", "key")
    )


def forget_front_page() -> None:
    """Look up anew what to show the next time."""
    _standings.clear()


class FrontPage:
    """What the front page shows of the network; entries are read when they are first asked for.

    ``versions`` tells in what state each of them is now: what is no longer public is not in it.
    """

    def __init__(self, page: HomePage) -> None:
        self._page = page
        self._standing = _standing()
        keys = (*self._standing.newest, *self._standing.parks)
        rows = public_entries().filter(key__in=keys).order_by("key")
        self.versions: tuple[tuple[str, int], ...] = tuple(rows.values_list("key", "version"))

    @property
    def state(self) -> Hashable:
        """All that decides what is shown."""
        return self._standing.newest, self._standing.parks, self.figures, self.versions

    @cached_property
    def _entries(self) -> dict[str, SearchEntry]:
        keys = [key for key, _ in self.versions]
        return public_entries().only(*SHOWN_FIELDS).in_bulk(keys)

    @cached_property
    def news(self) -> list[Shown]:
        """The newest entries."""
        return [shown(entry) for entry in self._of(self._standing.newest)]

    @cached_property
    def parks(self) -> list[Shown]:
        """All parks by name."""
        return [shown(entry) for entry in self._of(self._standing.parks)]

    @cached_property
    def park_map(self) -> SafeString | str:
        """The parks on a drawn map."""
        return _map_of(self._of(self._standing.parks))

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """How much there is of what."""
        return tuple(
            Figure(count, str(label), place_url(place))
            for kind, place, label in FIGURES
            if (count := self._standing.counts.get(kind, 0))
        )

    @property
    def examples(self) -> list[dict[str, str]]:
        """Searches to try."""
        return _examples(self._page)

    @property
    def suggest_url(self) -> str:
        """Where the search field asks for suggestions."""
        return _suggest_url()

    @property
    def parks_url(self) -> str:
        """Where all parks are listed."""
        return place_url("parks")

    def _of(self, keys: Sequence[str]) -> list[SearchEntry]:
        return [self._entries[key] for key in keys if key in self._entries]


def _standing() -> _Standing:
    if not _standings or time.monotonic() - _standings[-1].read_at > KEPT_SECONDS:
        newest = newest_entries().exclude(type="page").values_list("key", flat=True)
        parks = public_entries().filter(type="park").order_by("title_nb")
        counts = public_entries().values_list("type").annotate(Count("key")).order_by()
        _standings[:] = [
            _Standing(
                newest=tuple(newest[:NEW_ENTRIES]),
                parks=tuple(parks.values_list("key", flat=True)[:MOST_PARKS]),
                counts=dict(counts),
                read_at=time.monotonic(),
            )
        ]
    return _standings[-1]


def shown(entry: SearchEntry) -> Shown:
    """The entry as a reader of the active language sees it."""
    english = _reads_english()
    document = documents().get(entry.type)
    return Shown(
        title=(entry.title_en if english else "") or entry.title_nb,
        url=entry.url_en if english else entry.url_nb,
        kind=str(document.label) if document else "",
        icon=document.icon if document else "document",
        summary=(entry.summary_en if english else "") or entry.summary_nb,
        place=str(entry.meta.get("place") or ""),
        at=entry.published_at,
        is_sample=bool(entry.meta.get("sample")),
        language="nb" if english and not entry.title_en else "",
    )


def _map_of(parks: Sequence[SearchEntry]) -> SafeString | str:
    english = _reads_english()
    points = tuple(
        MapPoint(
            park.lat,
            park.lon,
            (park.title_en if english else "") or park.title_nb,
            park.url_en if english else park.url_nb,
        )
        for park in parks
        if park.lat is not None and park.lon is not None
    )
    return _drawn(points, str(MAP_LABEL)) if points else ""


@lru_cache(maxsize=8)
def _drawn(points: tuple[MapPoint, ...], label: str) -> SafeString:
    return park_map(points, label)


def _examples(page: HomePage) -> list[dict[str, str]]:
    url = place_url("search")
    if not url:
        return []
    return [
        {"label": text, "url": f"{url}?q={quote_plus(text)}"}
        for block in page.search_examples
        if (text := str(block.value))
    ]


def _suggest_url() -> str:
    try:
        return reverse("search:suggestions")
    except NoReverseMatch:
        return ""


def _reads_english() -> bool:
    return (get_language() or "").startswith("en")
