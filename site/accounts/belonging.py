"""Whom people belong to, in words, as the rooms tell it; for lists of people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Final

# Ids of users → pairs of a user's id and the name of what they belong to.
Source = Callable[[Sequence[int]], Iterable[tuple[int, str]]]

_sources: Final[list[Source]] = []


def provide(source: Source) -> None:
    """Register where it is found; called from ``AppConfig.ready``."""
    _sources.append(source)


def names_of(user_ids: Sequence[int]) -> dict[int, list[str]]:
    """What each of them belongs to, with one query for each source."""
    found: dict[int, list[str]] = defaultdict(list)
    for source in _sources:
        for user_id, name in source(user_ids):
            found[user_id].append(name)
    return found
