"""What facets there are and what their values are called.

A room registers the facets it fills from ``AppConfig.ready``. Names of values are kept in the
process for a minute, since every result page shows dozens of them.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from search.query import Bucket

NAMES_KEPT_SECONDS: Final = 60.0

Names = Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Facet:
    """A way to narrow a search.

    ``label`` is lazily translated; ``names`` reads slug → (Norwegian, English) of all values. One
    that is not ``counted`` only narrows; it may have any number of values. ``unlisted`` reads the
    slugs of values that one can narrow by, but that are not offered.
    """

    name: str
    label: Any
    names: Callable[[], Names]
    counted: bool = True
    unlisted: Callable[[], Collection[str]] = frozenset


_facets: dict[str, Facet] = {}
_names: dict[str, tuple[float, Names]] = {}
_unlisted: dict[str, tuple[float, Collection[str]]] = {}


def register(facet: Facet) -> None:
    """Make a facet known; called from ``AppConfig.ready``."""
    _facets[facet.name] = facet


def facets() -> Mapping[str, Facet]:
    """All facets by name, in the order in which they were registered."""
    return _facets


def is_counted(name: str) -> bool:
    """Whether an engine counts the values of a facet; it does if nobody has registered it."""
    facet = _facets.get(name)
    return facet is None or facet.counted


def value_name(facet: str, slug: str, language: str) -> str:
    """What a value is called in ``language``; its slug when it is not known."""
    pair = _names_of(facet).get(slug)
    if pair is None:
        return slug
    return (pair[1] if language.startswith("en") else pair[0]) or pair[0]


def value_names(facet: str, language: str) -> dict[str, str]:
    """What all values of a facet are called in ``language``, by slug and in the order of names."""
    named = {slug: value_name(facet, slug, language) for slug in _names_of(facet)}
    return dict(sorted(named.items(), key=lambda each: each[1].casefold()))


def offered(facet: str, buckets: tuple[Bucket, ...]) -> tuple[Bucket, ...]:
    """The values that stand among those to choose from; a chosen one always does."""
    unlisted = _unlisted_of(facet)
    if not unlisted:
        return buckets
    return tuple(bucket for bucket in buckets if bucket.selected or bucket.value not in unlisted)


def forget_names() -> None:
    """Read the names anew the next time they are asked for."""
    _names.clear()
    _unlisted.clear()


def _unlisted_of(facet: str) -> Collection[str]:
    kept = _unlisted.get(facet)
    now = time.monotonic()
    if kept is None or now - kept[0] > NAMES_KEPT_SECONDS:
        known = _facets.get(facet)
        kept = (now, known.unlisted() if known else ())
        _unlisted[facet] = kept
    return kept[1]


def _names_of(facet: str) -> Names:
    kept = _names.get(facet)
    now = time.monotonic()
    if kept is None or now - kept[0] > NAMES_KEPT_SECONDS:
        known = _facets.get(facet)
        kept = (now, known.names() if known else {})
        _names[facet] = kept
    return kept[1]
