"""Known words, how common they are, and which of them a typing error may have meant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final, Protocol

from rapidfuzz import process
from rapidfuzz.distance import OSA

from search.language import analyse
from search.language.normalise import fold, skeleton

_SHORTEST: Final = 4
_TWO_ERRORS_FROM: Final = 8
_CANDIDATES: Final = 5


class Vocabulary(Protocol):
    """What the interpretation of a query needs to know about the indexed texts."""

    def frequency(self, surface_word: str) -> int:
        """How many entries contain the folded word."""
        ...

    def spread(self, term: str) -> int:
        """How many entries contain the index term, about."""
        ...

    def closest(self, word: str) -> list[str]:
        """Known words within the allowed number of typing errors, the likeliest first."""
        ...

    def spelt(self, word: str) -> list[str]:
        """Known words that read the same in plain spelling ("maling", "måling")."""
        ...

    @property
    def entries(self) -> int:
        """How many entries there are."""
        ...


def allowed_errors(length: int) -> int:
    """Typing errors forgiven in a word: 1 for 4 to 7 letters, 2 from 8 (a swap counts as one)."""
    if length < _SHORTEST:
        return 0
    return 1 if length < _TWO_ERRORS_FROM else 2


def likely_meant(typed: str, known: str) -> bool:
    """Whether the error is one of fingers: short words differ too little to forgive any other.

    Four letters may be swapped; five may also have one too many or too few; where two errors are
    forgiven, the first two letters must stand (or be swapped).
    """
    length = min(len(typed), len(known))
    swapped = sorted(typed) == sorted(known)
    if length <= _SHORTEST:
        return swapped
    if length == _SHORTEST + 1:
        return swapped or len(typed) != len(known)
    return OSA.distance(typed, known) == 1 or sorted(typed[:2]) == sorted(known[:2])


def distance(typed: str, known: str) -> int:
    """Typing errors between two words, both read in plain spelling."""
    return OSA.distance(skeleton(fold(typed)), skeleton(fold(known)))


class WordList:
    """A vocabulary in memory.

    ``counts`` maps folded surface words to the number of entries with them; ``entries`` is how many
    entries there are in all.
    """

    def __init__(self, counts: Mapping[str, int], entries: int = 0) -> None:
        self._counts = dict(counts)
        self._entries = entries or max(self._counts.values(), default=0)
        self._buckets: dict[tuple[str, int], dict[str, str]] = defaultdict(dict)
        for known in self._counts:
            plain = skeleton(known)
            if len(plain) >= _SHORTEST - 1:
                self._buckets[plain[0], len(plain)][known] = plain
        self._spread: dict[str, int] | None = None

    @classmethod
    def of_texts(cls, texts: Iterable[str]) -> WordList:
        """The vocabulary of ``texts``, each one entry."""
        counts: dict[str, int] = defaultdict(int)
        entries = 0
        for text in texts:
            entries += 1
            for known in analyse.surface_words(text):
                counts[known] += 1
        return cls(counts, entries)

    def __contains__(self, word: str) -> bool:
        return word in self._counts

    @property
    def entries(self) -> int:
        """How many entries there are."""
        return self._entries

    def frequency(self, surface_word: str) -> int:
        """How many entries contain the folded word."""
        return self._counts.get(surface_word, 0)

    def spread(self, term: str) -> int:
        """How many entries contain the index term: an upper bound from its surface words."""
        if self._spread is None:
            self._spread = self._count_terms()
        return min(self._spread.get(term, 0), self._entries)

    def closest(self, word: str) -> list[str]:
        """Known words within the allowed errors; fewest errors first, then the most common."""
        plain = skeleton(fold(word))
        errors = allowed_errors(len(plain))
        if not errors:
            return []
        found: list[tuple[float, int, str]] = []
        for first in {plain[0], plain[1]}:
            for length in range(len(plain) - errors, len(plain) + errors + 1):
                bucket = self._buckets.get((first, length))
                if bucket:
                    found += self._near(plain, bucket, errors)
        return [known for _, _, known in sorted(found)[:_CANDIDATES]]

    def spelt(self, word: str) -> list[str]:
        """Known words that read the same in plain spelling, the most common first."""
        plain = skeleton(fold(word))
        bucket = self._buckets.get((plain[:1], len(plain)), {})
        return sorted(
            (known for known, spelling in bucket.items() if spelling == plain),
            key=lambda known: -self._counts[known],
        )

    def _near(
        self, plain: str, bucket: dict[str, str], errors: int
    ) -> list[tuple[float, int, str]]:
        hits = process.extract(
            plain, bucket, scorer=OSA.distance, score_cutoff=errors, limit=_CANDIDATES
        )
        return [
            (distance, -self._counts[known], known)
            for near, distance, known in hits
            if likely_meant(plain, near)
        ]

    def _count_terms(self) -> dict[str, int]:
        spread: dict[str, int] = defaultdict(int)
        for known, count in self._counts.items():
            analysed = analyse.word(known)
            for term in {analysed.term, *analysed.inner}:
                spread[term] += count
        return dict(spread)
