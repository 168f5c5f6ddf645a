"""The stand-in: answers from the projection with the database when the engine does not.

It knows words and their stems, but no ranking beyond "in the title first", and looks at a bounded
number of entries. Good enough to go on working, and marked as such.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import QuerySet

from search.documents import STANDING
from search.engines.base import Answer, buckets
from search.geography import kilometres
from search.indexing import document_of, title_order
from search.language.plan import QueryPlan
from search.models import SearchEntry
from search.query import Bucket, Hit, Point, SearchRequest, Sort

MAX_ENTRIES: Final = 2_000
CHUNK: Final = 500


@dataclass(frozen=True, slots=True)
class _Found:
    entry: SearchEntry
    score: float
    distance: float | None


def answer(request: SearchRequest, plan: QueryPlan) -> Answer:
    """What ``request`` finds among the first ``MAX_ENTRIES`` entries it could concern."""
    if plan.nonsense:
        return Answer((), 0, {})
    matching = list(_matching(_readable(_entries(request)[:MAX_ENTRIES], request), request, plan))
    found = [match for match in matching if _passes(match.entry, request)]
    found.sort(key=_order(request))
    page = found[request.offset : request.offset + request.size]
    hits = tuple(Hit(match.entry.key, match.score, match.distance) for match in page)
    return Answer(hits, len(found), _facets(matching, request))


def keys(request: SearchRequest, plan: QueryPlan) -> Iterator[str]:
    """The key of everything that ``request`` finds, last confirmed first, read bit by bit."""
    if plan.nonsense:
        return
    entries = _entries(request).iterator(chunk_size=CHUNK)
    for match in _matching(_readable(entries, request), request, plan):
        if _passes(match.entry, request):
            yield match.entry.key


def _entries(request: SearchRequest) -> QuerySet[SearchEntry]:
    entries = SearchEntry.objects.order_by("-confirmed_on", "key")
    return entries.filter(type__in=request.types) if request.types else entries


def _readable(entries: Iterable[SearchEntry], request: SearchRequest) -> Iterator[SearchEntry]:
    return (entry for entry in entries if request.audience.intersection(entry.audience))


def _matching(
    entries: Iterable[SearchEntry], request: SearchRequest, plan: QueryPlan
) -> Iterable[_Found]:
    for entry in entries:
        distance = _distance(entry, request.near)
        if request.radius_km is not None and (distance is None or distance > request.radius_km):
            continue
        score = 1.0 if plan.empty else _score(entry, plan)
        if score > 0:
            yield _Found(entry, score, distance)


def _score(entry: SearchEntry, plan: QueryPlan) -> float:
    document = document_of(entry)
    text, title = set(document.text.split()), set(document.title.split())
    met = [
        max(
            (option.weight for option in group.alternatives if text.issuperset(option.terms)),
            default=0.0,
        )
        for group in plan.groups
    ]
    decisive = {
        index
        for index, group in enumerate(plan.groups)
        if any(option.decisive and text.issuperset(option.terms) for option in group.alternatives)
    }
    if plan.prefix and plan.prefix not in document.prefixes.split():
        return 0.0
    if plan.gates and not any(decisive.issuperset(gate) for gate in plan.gates):
        return 0.0
    in_title = sum(
        any(title.issuperset(option.terms) for option in group.alternatives)
        for group in plan.groups
    )
    return sum(met) + in_title + bool(plan.prefix)


def _passes(entry: SearchEntry, request: SearchRequest, but: str = "") -> bool:
    return all(
        facet == but or set(values).intersection(entry.facets.get(facet, ()))
        for facet, values in request.filters.items()
    )


def _facets(matching: list[_Found], request: SearchRequest) -> dict[str, tuple[Bucket, ...]]:
    found = {}
    for facet in request.facets:
        counts = Counter(
            value
            for match in matching
            if _passes(match.entry, request, but=facet)
            for value in match.entry.facets.get(facet, ())
        )
        found[facet] = buckets(counts.items(), request.filters.get(facet, ()))
    return found


def _order(request: SearchRequest) -> Callable[[_Found], Any]:
    def by_title(match: _Found) -> Any:
        english = request.language.startswith("en") and match.entry.title_en
        return title_order(english or match.entry.title_nb)

    def by_newest(match: _Found) -> Any:
        published = match.entry.published_at
        return -published.timestamp() if published else 0.0

    def by_confirmed(match: _Found) -> Any:
        confirmed = match.entry.confirmed_on
        return -confirmed.toordinal() if confirmed else 0

    def by_distance(match: _Found) -> Any:
        return match.distance if match.distance is not None else float("inf")

    def by_relevance(match: _Found) -> Any:
        return -match.score, STANDING in match.entry.facets

    return {
        Sort.TITLE: by_title,
        Sort.NEWEST: by_newest,
        Sort.CONFIRMED: by_confirmed,
        Sort.DISTANCE: by_distance if request.near else by_relevance,
    }.get(request.sort, by_relevance)


def _distance(entry: SearchEntry, near: Point | None) -> float | None:
    if near is None or entry.lat is None or entry.lon is None:
        return None
    return kilometres(Point(entry.lat, entry.lon), near)
