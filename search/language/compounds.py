"""Taking Norwegian compounds apart.

"overskuddsvarme" is found by "varme" because its parts are indexed beside it. A word is split into
dictionary parts only, as few as possible, with the linking letters that Norwegian puts between
them and the three equal consonants it never writes ("metallegering"). Where only the end is known
("grafenmembran"), the end must be long.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from search.language.dictionary import Dictionary

_MIN_COMPOUND: Final = 6
_MIN_PART: Final = 3
_MAX_PARTS: Final = 5
_MIN_KNOWN_HEAD: Final = 5
_MIN_UNKNOWN: Final = 4
_MIN_TEST: Final = 4
_TEST: Final = frozenset({"test"})
_ENGLISH: Final = re.compile(r"(?:tion|ness|ous|ized|ised|able|ance|ture)s?$")
_PART_COST: Final = 10
_SHORT_PARTS: Final = frozenset({"el", "is", "øl", "co2", "uv", "ir", "3d", "pc", "tv"})
_VOWELS: Final = frozenset("aeiouyæøå")


def split(word: str, dictionary: Dictionary) -> tuple[str, ...]:
    """Terms of the parts of a folded ``word`` in order; empty when it is no compound."""
    if len(word) < _MIN_COMPOUND or _ENGLISH.search(word):
        return ()
    best = _Splitter(word, dictionary).best(0, _MAX_PARTS)
    return best.terms if best is not None and len(best.terms) > 1 else ()


def split_off_head(word: str, dictionary: Dictionary) -> tuple[str, str]:
    """An unknown beginning and the term of a long known end, or two empty strings."""
    for start in range(_MIN_UNKNOWN, len(word) - _MIN_TEST + 1):
        beginning, end = word[:start], word[start:]
        term = dictionary.head(end)
        if term is None or not _VOWELS & set(beginning):
            continue
        if len(end) >= _MIN_KNOWN_HEAD or term in _TEST:
            return beginning, term
    return "", ""


class _Split(NamedTuple):
    """A way to take a word apart; ``cost`` prefers few parts, then few linking letters."""

    cost: int
    terms: tuple[str, ...]


class _Splitter:
    """Finds the cheapest split of one word, the longest first part among equals."""

    __slots__ = ("_dictionary", "_memo", "_word")

    def __init__(self, word: str, dictionary: Dictionary) -> None:
        self._word = word
        self._dictionary = dictionary
        self._memo: dict[tuple[int, int], _Split | None] = {}

    def best(self, start: int, budget: int) -> _Split | None:
        """The split of the word from ``start`` into at most ``budget`` parts, or None."""
        if budget == 0:
            return None
        key = (start, budget)
        if key not in self._memo:
            self._memo[key] = self._search(start, budget)
        return self._memo[key]

    def _search(self, start: int, budget: int) -> _Split | None:
        rest = self._word[start:]
        head = self._dictionary.head(rest) if len(rest) >= _MIN_PART else None
        if head is not None:
            return _Split(_PART_COST, (head,))
        found: _Split | None = None
        for end in range(len(self._word) - _MIN_PART + 1, start + 1, -1):
            term = self._modifier(start, end)
            if term is None:
                continue
            link = self._word[start:end] not in self._dictionary.bare
            for following in self._starts_after(end):
                tail = self.best(following, budget - 1)
                if tail is None:
                    continue
                cost = tail.cost + _PART_COST + link
                if found is None or cost < found.cost:
                    found = _Split(cost, (term, *tail.terms))
        return found

    def _modifier(self, start: int, end: int) -> str | None:
        piece = self._word[start:end]
        if len(piece) < _MIN_PART and piece not in _SHORT_PARTS:
            return None
        return self._dictionary.modifiers.get(piece)

    def _starts_after(self, end: int) -> tuple[int, ...]:
        """Where the next part may begin: two equal consonants may stand for three."""
        word = self._word
        if word[end - 1] == word[end - 2] and word[end - 1] not in _VOWELS:
            return (end, end - 1)
        return (end,)
