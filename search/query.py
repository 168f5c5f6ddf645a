"""One request and one result, whatever engine answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

MAX_QUERY_LENGTH: Final = 200
MAX_PAGE_SIZE: Final = 50
MAX_RESULTS: Final = 10_000
PUBLIC: Final = "public"


class Sort(StrEnum):
    """How hits are ordered; ties are always broken by key."""

    RELEVANCE = "relevance"
    TITLE = "title"
    NEWEST = "newest"
    CONFIRMED = "confirmed"
    DISTANCE = "distance"


@dataclass(frozen=True, slots=True)
class Point:
    """A place on earth in degrees, WGS 84."""

    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """What somebody asks for.

    ``filters`` maps a facet's name to slugs: any of them within a facet, all facets together.
    ``audience`` holds the reader's tokens; an entry is found only if it carries one of them.
    ``radius_km`` needs ``near``. ``prefix`` says that the reader is still typing: where the words
    find nothing, the last one is taken as the beginning of a word. ``facets`` names the facets to
    count.
    """

    text: str = ""
    language: str = "nb"
    types: tuple[str, ...] = ()
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    audience: frozenset[str] = frozenset({PUBLIC})
    near: Point | None = None
    radius_km: float | None = None
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    size: int = 20
    facets: tuple[str, ...] = ()
    prefix: bool = False

    @property
    def offset(self) -> int:
        """Index of the first hit of the page, zero-based."""
        return (self.page - 1) * self.size

    def without(self, facet: str) -> SearchRequest:
        """The same request with the filter on ``facet`` lifted."""
        return replace(self, filters={k: v for k, v in self.filters.items() if k != facet})


@dataclass(frozen=True, slots=True)
class Hit:
    """A found entry: its key (``type:id``), score and, when asked near a place, kilometres away."""

    key: str
    score: float
    distance_km: float | None = None


@dataclass(frozen=True, slots=True)
class Bucket:
    """One value of a facet and how many entries choosing it would leave."""

    value: str
    count: int
    selected: bool = False


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What an engine found. ``facets`` holds buckets, most frequent first, then by value."""

    hits: tuple[Hit, ...] = ()
    total: int = 0
    facets: Mapping[str, tuple[Bucket, ...]] = field(default_factory=dict)
    suggestions: tuple[str, ...] = ()
    took_ms: float = 0.0
    engine: str = ""
    degraded: bool = False
