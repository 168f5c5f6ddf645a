"""Which saved searches can match an entry at all, without asking an engine.

A search is interpreted once, and what is kept of it are a few tokens of which an entry must hold
one. An entry is then looked up by its own tokens, so ten thousand searches cost next to nothing.
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


class Sieve:
    """The tokens of many wishes; they are made anew when words come to mean something else."""

    def __init__(self) -> None:
        self._stamp: tuple[Any, ...] = ()
        self._by_token: dict[str, set[Wish]] = defaultdict(set)
        self._kept: dict[Wish, tuple[str, ...]] = {}
        self._always: set[Wish] = set()

    def hold(self, wishes: Iterable[Wish]) -> None:
        """Hold these wishes and no others."""
        wanted = set(wishes)
        stamp = (fingerprint(), knowledge().meaning)
        if stamp != self._stamp:
            self._stamp, self._kept = stamp, {}
            self._by_token.clear()
        for wish in self._kept.keys() - wanted:
            for token in self._kept.pop(wish):
                self._by_token[token].discard(wish)
        self._always = set()
        for wish in wanted - self._kept.keys():
            if len(self._kept) >= KEPT:
                self._always.add(wish)
                continue
            tokens = tuple(map(intern, sorted(_tokens_of(wish))))
            self._kept[wish] = tokens
            for token in tokens:
                self._by_token[token].add(wish)

    def possible(self, document: IndexDocument) -> set[Wish]:
        """The wishes that the entry may meet; an engine says which of them it does."""
        found = set(self._always)
        tokens = {*document.text.split(), *map(_facet, document.facets), _type(document.type)}
        for token in tokens:
            if wishes := self._by_token.get(token):
                found |= wishes
        return found


def _tokens_of(wish: Wish) -> set[str]:
    """Tokens of which an entry must hold one to be found; none where nothing can be found."""
    request = request_of(*wish[:2], language=wish.language, audience=(PUBLIC,))
    if request is None:
        return set()
    plan = plan_of(request.text)
    if plan.nonsense:
        return set()
    if not plan.empty:
        return _words(plan)
    return min(_choices(request), key=len, default={_type(each) for each in request.types})


def _words(plan: QueryPlan) -> set[str]:
    """For each way of being found, the terms of the idea that has fewest of them."""
    terms = [
        {option.tokens[0] for option in group.alternatives if option.decisive}
        for group in plan.groups
    ]
    found: set[str] = set()
    for gate in plan.gates:
        found |= min((terms[index] for index in gate), key=len)
    return found


def _choices(request: SearchRequest) -> Sequence[set[str]]:
    return [
        {_facet(f"{name}:{value}") for value in values} for name, values in request.filters.items()
    ]


def _facet(token: str) -> str:
    return f"={token}"


def _type(name: str) -> str:
    return f"=type={name}"
