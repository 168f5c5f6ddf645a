"""What a text is about, compared with short phrases such as the competences people declare.

No engine is asked: the text's own terms, and what the language layer takes to mean the same, are
held against the terms of each phrase. A text is interpreted once; a phrase then costs microseconds,
so thousands can be compared.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from textwrap import wrap
from typing import Final

from search.knowledge import Knowledge, knowledge
from search.language.analyse import Word, generic_terms, index_terms, word
from search.language.normalise import clean, words
from search.query import MAX_QUERY_LENGTH

# What is only told in passing says less than what stands in the title.
IN_PASSING: Final = 0.6
# Less of a phrase than this is met by accident.
ENOUGH: Final = 0.5
READ: Final = 1_500
MAX_PHRASE: Final = 200


class Subject:
    """What a text with this title is about; the first 1,500 characters of it are read."""

    def __init__(self, title: str, text: str = "") -> None:
        self._known: Knowledge = knowledge()
        self._terms: dict[str, float] = {}
        # What takes several words to say, by its first one.
        self._expressions: dict[str, list[tuple[frozenset[str], float]]] = defaultdict(list)
        for passage, weight in ((title, 1.0), (text[:READ], IN_PASSING)):
            for terms, said in self._read(passage):
                self._know(terms, said * weight)

    def nearness(self, phrase: str) -> float:
        """How much of ``phrase`` the text is about, and how telling that is; 0 for too little.

        Comparable between phrases of one subject. Generic words of the trade ("testing") and stop
        words count nothing.
        """
        analysed = [word(raw) for raw in words(clean(phrase[:MAX_PHRASE]))]
        said_together = self._said_together({each.term for each in analysed})
        met, told = 0.0, 0.0
        for each in analysed:
            if not each.term or (_is_generic(each) and each.term not in said_together):
                continue
            rarity = self._rarity(each.term)
            told += rarity
            met += rarity * max(self._share(each), said_together.get(each.term, 0.0))
        share = met / told if told else 0.0
        return met * share if share >= ENOUGH * IN_PASSING else 0.0

    def _know(self, terms: tuple[str, ...], weight: float) -> None:
        joined = "".join(terms)
        self._terms[joined] = max(self._terms.get(joined, 0.0), weight)
        if len(terms) > 1:
            self._expressions[terms[0]].append((frozenset(terms), weight))

    def _read(self, passage: str) -> Iterator[tuple[tuple[str, ...], float]]:
        terms = index_terms(passage)
        generic = generic_terms()
        for term in (*terms.words, *terms.parts):
            if term not in generic:
                yield (term,), 1.0
        for piece in wrap(passage, MAX_QUERY_LENGTH):
            for group in self._known.plan(piece, False).groups:
                if not group.required:
                    continue
                for option in group.alternatives:
                    if option.decisive:
                        yield option.terms, option.weight

    def _said_together(self, terms: set[str]) -> dict[str, float]:
        """The terms of a phrase that are one of the expressions for what the text is about."""
        found: dict[str, float] = {}
        for first in terms.intersection(self._expressions):
            for expression, weight in self._expressions[first]:
                if expression <= terms:
                    found |= {term: max(found.get(term, 0.0), weight) for term in expression}
        return found

    def _share(self, analysed: Word) -> float:
        """How much of a word is met: a compound also by those of its parts that tell something."""
        whole = self._terms.get(analysed.term, 0.0)
        telling = [part for part in analysed.parts if part not in generic_terms()]
        if not telling:
            return whole
        parts = sum(self._terms.get(part, 0.0) for part in telling) / len(telling)
        return max(whole, parts)

    def _rarity(self, term: str) -> float:
        """How many public entries lack the term, on the logarithmic scale of BM25."""
        vocabulary = self._known.vocabulary
        held = vocabulary.spread(term)
        return math.log(1 + (max(vocabulary.entries - held, 0) + 0.5) / (held + 0.5))


def _is_generic(analysed: Word) -> bool:
    generic = generic_terms()
    if analysed.term in generic:
        return True
    return bool(analysed.parts) and generic.issuperset(analysed.parts)
