"""What this process knows of words: the lexicon with everybody's synonyms, and the known words.

Both change while the site runs (an editor adds a synonym, a new entry brings new words). A process
looks every ``LOOK_SECONDS`` whether they did, and never in the way of more than one reader.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from django.db.models import Count, Max

from search import words
from search.language.interpret import interpret
from search.language.lexicon import Lexicon, shipped
from search.language.plan import QueryPlan
from search.language.spelling import WordList
from search.models import SynonymSet, Word

LOOK_SECONDS: Final = 15.0
PLANS_KEPT: Final = 512


@dataclass(frozen=True)
class SynonymSource:
    """Where a room keeps synonyms: ``stamp`` changes when ``read`` would give something else."""

    stamp: Callable[[], Any]
    read: Callable[[], Iterable[Sequence[str]]]


@dataclass(frozen=True)
class Knowledge:
    """A lexicon and a word list that belong together, with the plans made by them."""

    stamp: tuple[Any, ...]
    lexicon: Lexicon
    vocabulary: WordList
    plan: Callable[[str, bool], QueryPlan]

    @property
    def meaning(self) -> tuple[Any, ...]:
        """Changes with anybody's synonyms, but not when a new entry brings words of its own."""
        changed, count, _, *sources = self.stamp
        return (changed, count, *sources)


_sources: list[SynonymSource] = []
_lock = threading.Lock()
_known: Knowledge | None = None
_looked_at: float = 0.0


def provide_synonyms(source: SynonymSource) -> None:
    """Let the search know a room's synonyms; called from ``AppConfig.ready``."""
    _sources.append(source)


def plan_of(text: str, *, prefix: bool = False) -> QueryPlan:
    """What ``text`` means, by what is known now."""
    return knowledge().plan(text, prefix)


def knowledge() -> Knowledge:
    """What this process knows, at most ``LOOK_SECONDS`` old."""
    global _known, _looked_at  # noqa: PLW0603 - one per process, replaced as a whole
    known = _known
    if known is not None and time.monotonic() - _looked_at < LOOK_SECONDS:
        return known
    if not _lock.acquire(blocking=known is None):
        assert known is not None
        return known
    try:
        stamp = _stamp()
        if known is None or known.stamp != stamp:
            _known = known = _learn(stamp)
        _looked_at = time.monotonic()
        return known
    finally:
        _lock.release()


def forget() -> None:
    """Look anew at the next question."""
    global _looked_at  # noqa: PLW0603 - see knowledge()
    _looked_at = 0.0


def _stamp() -> tuple[Any, ...]:
    editors = SynonymSet.objects.aggregate(Max("updated_at"), Count("pk"))
    return (*editors.values(), Word.objects.count(), *(source.stamp() for source in _sources))


def _learn(stamp: tuple[Any, ...]) -> Knowledge:
    sets = [
        [word.strip() for word in row.split(",") if word.strip()]
        for row in SynonymSet.objects.filter(active=True).values_list("words", flat=True)
    ]
    for source in _sources:
        sets.extend(list(words) for words in source.read())
    lexicon = shipped().with_synonyms(sets)
    # How many entries there are is read from the words as well: those of public entries alone.
    vocabulary = WordList(words.frequencies())

    @lru_cache(maxsize=PLANS_KEPT)
    def plan(text: str, prefix: bool) -> QueryPlan:  # noqa: FBT001 - a key of the cache
        return interpret(text, lexicon=lexicon, vocabulary=vocabulary, prefix=prefix)

    return Knowledge(stamp, lexicon, vocabulary, plan)
