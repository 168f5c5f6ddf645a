"""What every engine offers, and the weights they share.

The score of an entry is the sum over the query's groups of its best alternative in the best of three
fields, and a little of the others; plus what phrases add; times the entry's rank. It depends on the
query, the entry and the words of public entries, and on nothing else in the index, so that what is
hidden can neither move a hit nor show in its score.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol, TypeVar

from search.indexing import IndexDocument
from search.language.analyse import fingerprint
from search.language.plan import Alternative, Group, QueryPlan, pairs
from search.query import Bucket, Hit, SearchRequest

# A word in the name of a thing says most about it, the trade's terms come next, running text last.
FIELD_BOOSTS: Final = {"title": 2.0, "keywords": 1.5, "text": 1.0}
PHRASE_BOOST: Final = 6.0
# Who holds several names of what is sought, or the same in several fields, is more about it.
SEVERAL: Final = 0.1
# Two words the other way round are nearly as good as in order.
REVERSED: Final = 0.9
# Scores are told apart in steps, so that what is worth the same is asked for at once.
STEP: Final = 0.5
# More than any sum of groups: what meets the query goes before what only meets a part of it.
PREFERRED_BOOST: Final = 100.0
# What makes two entries alike: what they do, then to what, then by which standard; then the rest.
LIKENESS: Final = {
    "method": 3.0,
    "standard": 1.5,
    "material": 1.5,
    "focus": 1.0,
    "theme": 0.5,
    "kind": 0.3,
}
MAX_BUCKETS: Final = 2_000


class EngineError(Exception):
    """The engine did not answer, or answered with an error."""


class RefusedError(EngineError):
    """The engine will never take some documents as they are; it has taken the others.

    ``reasons`` tells why, by key.
    """

    def __init__(self, reasons: Mapping[str, str]) -> None:
        super().__init__("; ".join(f"{key}: {reason}" for key, reason in reasons.items()))
        self.reasons = reasons


@dataclass(frozen=True, slots=True)
class Answer:
    """What an engine found, before anything is loaded or checked."""

    hits: tuple[Hit, ...]
    total: int
    facets: dict[str, tuple[Bucket, ...]]


@dataclass(frozen=True, slots=True)
class Worth:
    """What an entry gains that holds one of ``any_of`` in ``field``, or else ``all_of``."""

    field: str
    value: float
    any_of: tuple[str, ...] = ()
    all_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Likeness:
    """What makes other entries similar to ``key``: facet tokens with boosts, and title terms."""

    key: str
    facets: tuple[tuple[str, float], ...]
    words: tuple[str, ...]


class Writer(Protocol):
    """Writes into one index; what is written can be found after :meth:`commit`."""

    index: str

    def add(self, documents: Iterable[IndexDocument]) -> None:
        """Add documents whose keys the index does not have; quicker than :meth:`write`."""

    def write(self, documents: Iterable[IndexDocument]) -> None:
        """Add documents, replacing those with the same key unless theirs are newer.

        Raises RefusedError, after it has written the others, for those that cannot be indexed.
        """

    def delete(self, deletions: Iterable[tuple[str, int]]) -> None:
        """Remove by key; the number is the version that announced the deletion."""

    def commit(self) -> None:
        """Make everything written so far findable."""

    def close(self) -> None:
        """Let go of the index; what was not committed is lost."""


W = TypeVar("W", bound=Writer)


class Engine(Protocol[W]):
    """A search engine. Every method raises EngineError when it cannot do its work in time."""

    name: str

    def answer(self, request: SearchRequest, plan: QueryPlan) -> Answer:
        """Find, count and order."""

    def keys(self, request: SearchRequest, plan: QueryPlan) -> Iterator[str]:
        """The key of everything that is found, however many, in order; pages and counts apart."""

    def similar(self, request: SearchRequest, likeness: Likeness) -> Answer:
        """The entries most like one; only the first page."""

    def complete(self, request: SearchRequest, prefix: str) -> Sequence[str]:
        """Keys of visible entries of which a title word starts with ``prefix``."""

    def writer(self) -> W:
        """A writer into the index in use, made when there is none."""

    def fresh(self) -> W:
        """A writer into a new, empty index that nobody reads yet."""

    def adopt(self, writer: W) -> None:
        """Make a fresh writer's index the one in use and throw all others away."""

    def abandon(self, writer: W) -> None:
        """Throw away an index that is not in use, whole or half-built."""

    def stamps(self) -> Iterator[tuple[str, str]]:
        """Key and stamp of everything in the index, in no order."""

    def current(self) -> str | None:
        """The name of the index in use; it changes when a fresh one is adopted."""

    def ready(self) -> bool:
        """Whether there is an index of the present shape."""

    def describe(self) -> dict[str, object]:
        """What ``search_status`` prints: address, index, number of entries, size in bytes."""


def worths(group: Group) -> list[Worth]:
    """What a group's alternatives are worth in each field; the dearest counts whole."""
    best: dict[tuple[str, ...], float] = {}
    for option in group.alternatives:
        for tokens, share in _ways(option):
            best[tokens] = max(best.get(tokens, 0.0), option.weight * option.rarity * share)
    alike: dict[tuple[str, float], list[str]] = defaultdict(list)
    together = []
    for field, boost in FIELD_BOOSTS.items():
        for tokens, value in best.items():
            stepped = max(round(value * boost / STEP), 1) * STEP
            if len(tokens) == 1:
                alike[field, stepped].append(tokens[0])
            else:
                together.append(Worth(field, stepped, all_of=tokens))
    return [Worth(*key, any_of=tuple(tokens)) for key, tokens in alike.items()] + together


def phrase_worths(words: Sequence[str]) -> list[Worth]:
    """What it adds when the words stand in the order in which they were typed."""
    return [
        Worth(field, PHRASE_BOOST * boost, all_of=pairs(words))
        for field, boost in FIELD_BOOSTS.items()
    ]


def deciding(group: Group) -> tuple[list[str], list[tuple[str, ...]]]:
    """What meets a group: any one of the tokens, or all of any one of the sequences."""
    ways = [
        tokens for option in group.alternatives if option.decisive for tokens, _ in _ways(option)
    ]
    single = dict.fromkeys(tokens[0] for tokens in ways if len(tokens) == 1)
    return list(single), [tokens for tokens in dict.fromkeys(ways) if len(tokens) > 1]


def _ways(option: Alternative) -> Iterator[tuple[tuple[str, ...], float]]:
    yield option.tokens, 1.0
    if option.near and len(option.terms) == 2:  # noqa: PLR2004 - a pair
        yield pairs(option.terms[::-1]), REVERSED
        yield ("".join(option.terms),), 1.0


def reach(plan: QueryPlan) -> float:
    """The score of an entry that meets the best of everything asked for."""
    dearest = max(FIELD_BOOSTS.values())
    best = (
        max((option.weight * option.rarity for option in group.alternatives), default=0.0)
        for group in plan.groups
    )
    return dearest * (sum(best) + PHRASE_BOOST * len(plan.phrases))


def generation_prefix(schema_version: str) -> str:
    """How the name of an index begins that has this schema and whose texts were analysed as now."""
    return f"{schema_version}-{fingerprint()[:8]}-"


def buckets(counts: Iterable[tuple[str, int]], chosen: Sequence[str]) -> tuple[Bucket, ...]:
    """Buckets in their order, the chosen values among them even when they count nothing."""
    known = dict(counts)
    for value in chosen:
        known.setdefault(value, 0)
    return tuple(
        Bucket(value, count, selected=value in chosen)
        for value, count in sorted(known.items(), key=lambda pair: (-pair[1], pair[0]))
    )
