"""Which saved searches can match an entry at all, without asking an engine.

A search is interpreted once, and what is kept of it are the tokens that an entry must hold. An entry
is looked up by its own tokens, and only the searches of which it holds all that is needed are left for
the engine, so ten thousand searches cost next to nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from sys import intern
from typing import Any, Final, NamedTuple

from alerts.wanted import request_of
from search.indexing import IndexDocument
from search.knowledge import knowledge, plan_of
from search.language.analyse import fingerprint
from search.language.plan import QueryPlan
from search.query import PUBLIC, SearchRequest

# Searches beyond these are run against every entry.
KEPT: Final = 50_000


class Wish(NamedTuple):
    """What is searched, apart from who does: a list, a canonical query, and a language."""

    list_name: str
    query: str
    language: str


class Need(NamedTuple):
    """What an entry must hold to be found: one token of each set of one of ``ways`` and of ``choices``.

    ``tokens`` are those by which the search is looked up; an entry that holds none is not found.
    """

    tokens: tuple[str, ...]
    ways: tuple[tuple[frozenset[str], ...], ...]
    choices: tuple[frozenset[str], ...]

    def is_met(self, held: set[str]) -> bool:
        """Whether an entry with these tokens may be found."""
        return all(not held.isdisjoint(choice) for choice in self.choices) and any(
            all(not held.isdisjoint(terms) for terms in way) for way in self.ways
        )


class Sieve:
    """The tokens of many wishes; they are made anew when words come to mean something else."""

    def __init__(self) -> None:
        self._stamp: tuple[Any, ...] = ()
        self._by_token: dict[str, set[Wish]] = defaultdict(set)
        self._kept: dict[Wish, Need] = {}
        # Many searches name the same words, and need keep them only once.
        self._same: dict[frozenset[str], frozenset[str]] = {}
        self._always: set[Wish] = set()

    def hold(self, wishes: Iterable[Wish]) -> None:
        """Hold these wishes and no others."""
        wanted = set(wishes)
        stamp = (fingerprint(), knowledge().meaning)
        if stamp != self._stamp:
            self._stamp, self._kept = stamp, {}
            self._by_token.clear()
            self._same.clear()
        for wish in self._kept.keys() - wanted:
            for token in self._kept.pop(wish).tokens:
                self._by_token[token].discard(wish)
        self._always = set()
        for wish in wanted - self._kept.keys():
            if len(self._kept) >= KEPT:
                self._always.add(wish)
                continue
            need = self._sharing(_need_of(wish))
            self._kept[wish] = need
            for token in need.tokens:
                self._by_token[token].add(wish)

    def _sharing(self, need: Need) -> Need:
        def same(terms: frozenset[str]) -> frozenset[str]:
            return self._same.setdefault(terms, terms)

        return Need(
            need.tokens,
            tuple(tuple(map(same, way)) for way in need.ways),
            tuple(map(same, need.choices)),
        )

    def possible(self, document: IndexDocument) -> set[Wish]:
        """The wishes that the entry may meet; an engine says which of them it does."""
        found: set[Wish] = set()
        tokens = {*document.text.split(), *map(_facet, document.facets), _type(document.type)}
        for token in tokens:
            if wishes := self._by_token.get(token):
                found |= wishes
        return self._always | {wish for wish in found if self._kept[wish].is_met(tokens)}


_NOTHING: Final = Need((), (), ())


def _need_of(wish: Wish) -> Need:
    """What an entry must hold to be found; it has no tokens where nothing can be found."""
    request = request_of(*wish[:2], language=wish.language, audience=(PUBLIC,))
    if request is None:
        return _NOTHING
    plan = plan_of(request.text)
    if plan.nonsense:
        return _NOTHING
    choices = _choices(request)
    if not plan.empty:
        ways = _ways(plan)
        # For each way of being found, the terms of the idea that has fewest of them.
        tokens = {token for way in ways for token in min(way, key=len)}
    else:
        ways = [()]
        types = frozenset(_type(each) for each in request.types)
        fewest: frozenset[str] = min(choices, key=len, default=types)
        tokens = set(fewest)
    return Need(tuple(map(intern, sorted(tokens))), tuple(ways), tuple(choices))


def _ways(plan: QueryPlan) -> list[tuple[frozenset[str], ...]]:
    """The ways of being found: for each idea of a way, the first words of what can stand for it."""
    terms = [
        frozenset(intern(option.tokens[0]) for option in group.alternatives if option.decisive)
        for group in plan.groups
    ]
    return [tuple(terms[index] for index in gate) for gate in plan.gates]


def _choices(request: SearchRequest) -> Sequence[frozenset[str]]:
    return [
        frozenset(_facet(f"{name}:{value}") for value in values)
        for name, values in request.filters.items()
    ]


def _facet(token: str) -> str:
    return f"={token}"


def _type(name: str) -> str:
    return f"=type={name}"
