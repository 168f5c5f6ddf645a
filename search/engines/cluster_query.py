"""From a request and a plan to a query of Elasticsearch or OpenSearch.

The same clauses as in :mod:`search.engines.embedded_query`, so that both find and rank alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Final

from elasticsearch.dsl import A, Q, Search
from elasticsearch.dsl.aggs import Agg
from elasticsearch.dsl.query import Query

from search.engines.base import (
    FIELD_BOOSTS,
    MAX_BUCKETS,
    PREFERRED_BOOST,
    SEVERAL,
    Likeness,
    Worth,
    deciding,
    phrase_worths,
    worths,
)
from search.indexing import title_field
from search.language.plan import Group, QueryPlan
from search.query import MAX_RESULTS, SearchRequest, Sort

# Part of an index's name: a new shape needs a new index.
SCHEMA_VERSION: Final = "4"
# Servers refuse queries of more than 1,024 clauses.
MAX_CLAUSES: Final = 900
# The name of the count for facets in which nothing is chosen; no facet is called so.
UNCHOSEN: Final = "_unchosen"

SORTS: Final = {
    Sort.NEWEST: ["-published", "key"],
    Sort.CONFIRMED: ["-confirmed", "key"],
}

# Which documents hold a term is all that is asked: no frequencies, positions or lengths.
_TERMS: Final = {
    "type": "text",
    "analyzer": "whitespace",
    "index_options": "docs",
    "norms": False,
}
MAPPINGS: Final[dict[str, Any]] = {
    "dynamic": "strict",
    "_source": {"enabled": False},
    "properties": {
        "key": {"type": "keyword", "store": True},
        "stamp": {"type": "keyword", "store": True},
        "type": {"type": "keyword"},
        "audience": {"type": "keyword"},
        "facet": {"type": "keyword"},
        "counted": {"type": "keyword"},
        "title": _TERMS,
        "keywords": _TERMS,
        "text": _TERMS,
        "prefix": _TERMS,
        "rank": {"type": "double"},
        "title_order": {"type": "long"},
        "title_order_en": {"type": "long"},
        "published": {"type": "integer"},
        "confirmed": {"type": "integer"},
        "place": {"type": "geo_point"},
    },
}
SETTINGS: Final[dict[str, Any]] = {
    "number_of_shards": 1,
    "number_of_replicas": 0,
    "refresh_interval": "1s",
    "max_result_window": MAX_RESULTS,
    "index.max_terms_count": 65_536,
}


def search(request: SearchRequest, plan: QueryPlan) -> Search:
    """Everything ``request`` asks for; counts lift a facet's own choice."""
    found = Search().query(_query(request, plan)).extra(track_total_hits=True)
    chosen = {facet: _chosen(facet, values) for facet, values in request.filters.items()}
    if chosen:
        # After the query, so that a facet's own choice does not empty its other counts; who may
        # see what is decided in the query, before anything is counted.
        found = found.post_filter(_all(chosen.values()))
    for facet in chosen.keys() & set(request.facets):
        others = [query for name, query in chosen.items() if name != facet]
        found.aggs.bucket(facet, _counts(others))
    if request.facets:
        # One count serves all facets in which nothing is chosen.
        found.aggs.bucket(UNCHOSEN, _counts(list(chosen.values())))
    found = _ordered(found, request, plan)
    return found[request.offset : min(request.offset + request.size, MAX_RESULTS)]


def following(
    request: SearchRequest, plan: QueryPlan, after: Sequence[Any] | None, size: int
) -> Search:
    """The ``size`` entries of everything ``request`` finds that come behind the one ``after``."""
    found = search(replace(request, facets=(), page=1, size=size), plan)
    return found.extra(search_after=list(after)) if after is not None else found


def alike(request: SearchRequest, likeness: Likeness) -> Search:
    """Entries that share facets or title words with the one asked about, itself left out."""
    shared = [_gain(Worth("facet", boost, (token,))) for token, boost in likeness.facets]
    shared += [
        _best(Worth(field, boost, (word,)) for field, boost in FIELD_BOOSTS.items())
        for word in likeness.words
    ]
    if not shared:
        return Search().query("match_none")[: request.size]
    query = Q(
        "bool",
        filter=[*_filters(request), *_all_chosen(request)],
        must=[Q("bool", should=shared, minimum_should_match=1)],
        must_not=[Q("term", key=likeness.key)],
    )
    found = Search().query(_ranked(query)).sort("_score", "key").extra(track_total_hits=True)
    return found[: request.size]


def completion(request: SearchRequest, prefix: str) -> Search:
    """Visible entries of which a title word starts with ``prefix``."""
    parts = [Q("term", prefix=part) for part in prefix.split()]
    query = Q("bool", filter=[*_filters(request), *_all_chosen(request), *parts])
    return Search().query(query)[: request.size]


def _query(request: SearchRequest, plan: QueryPlan) -> Query:
    clauses: dict[str, list[Query]] = {"filter": _filters(request)}
    if plan.nonsense:
        return Q("match_none")
    if not plan.empty:
        plan = _bounded(plan)
        clauses["filter"].append(_gate(plan))
        clauses["should"] = [
            *(_best(worths(group), SEVERAL) for group in plan.groups),
            *(_best(phrase_worths(words)) for words in plan.phrases),
        ]
        if plan.preferred:
            met = _any_gate(plan, plan.preferred)
            preferred = Q("constant_score", filter=met, boost=PREFERRED_BOOST)
            clauses["should"].append(preferred)
    if plan.empty or request.sort is not Sort.RELEVANCE:
        return Q("bool", filter=clauses["filter"])
    return _ranked(Q("bool", **clauses))


def _ranked(query: Query) -> Query:
    """Scores multiplied by the ranks of entries."""
    return Q("function_score", query=query, field_value_factor={"field": "rank", "missing": 1.0})


def _filters(request: SearchRequest) -> list[Query]:
    """Audience first: it is part of every query and of every count."""
    found = [Q("terms", audience=sorted(request.audience))]
    if request.types:
        found.append(Q("terms", type=list(request.types)))
    if request.near is not None and request.radius_km is not None:
        place = {"lat": request.near.lat, "lon": request.near.lon}
        found.append(Q("geo_distance", distance=f"{request.radius_km}km", place=place))
    return found


def _chosen(facet: str, values: Sequence[str]) -> Query:
    return Q("terms", facet=[f"{facet}:{value}" for value in values])


def _all_chosen(request: SearchRequest) -> list[Query]:
    return [_chosen(facet, values) for facet, values in request.filters.items()]


def _counts(filters: Sequence[Query]) -> Agg[Any]:
    wrapped = A("filter", filter=_all(filters) if filters else Q("match_all"))
    wrapped.bucket("values", A("terms", field="counted", size=MAX_BUCKETS))
    return wrapped


def _ordered(found: Search, request: SearchRequest, plan: QueryPlan) -> Search:
    if request.near is not None:
        place = {"lat": request.near.lat, "lon": request.near.lon}
        distance: Any = {"_geo_distance": {"place": place, "unit": "km", "order": "asc"}}
        if request.sort is Sort.DISTANCE:
            return found.sort(distance, "_score", "key")
        # Last, it orders nothing any more, but brings the distance along.
        return found.sort(*_order(request, plan), distance)
    return found.sort(*_order(request, plan))


def _order(request: SearchRequest, plan: QueryPlan) -> list[str]:
    if request.sort is Sort.TITLE:
        return [title_field(request.language), "key"]
    # Without a query everything scores alike, and the rank is the order.
    return SORTS.get(request.sort, ["-rank" if plan.empty else "_score", "key"])


def _all(queries: Iterable[Query]) -> Query:
    return Q("bool", filter=list(queries))


def _gate(plan: QueryPlan) -> Query:
    """What an entry must meet: one of the plan's sets of groups, and the unfinished word."""
    parts = [_any_gate(plan, plan.gates)] if plan.gates else []
    if plan.prefix:
        parts.append(Q("term", prefix=plan.prefix))
    return _all(parts)


def _any_gate(plan: QueryPlan, gates: Iterable[Sequence[int]]) -> Query:
    """Entries that meet all groups of one of ``gates``."""
    ways = [_all(_met(plan.groups[index]) for index in gate) for gate in gates]
    return Q("bool", should=ways, minimum_should_match=1)


def _met(group: Group) -> Query:
    """Whether an entry meets a group at all."""
    single, together = deciding(group)
    ways = [Q("terms", text=single)] if single else []
    ways += [_all_in("text", tokens) for tokens in together]
    return Q("bool", should=ways, minimum_should_match=1) if ways else Q("match_none")


def _all_in(field: str, tokens: Sequence[str]) -> Query:
    return _all(Q("term", **{field: token}) for token in tokens)


def _best(gains: Iterable[Worth], others: float = 0.0) -> Query:
    """Scores the dearest of ``gains`` that an entry has, and ``others`` of the sum of the rest."""
    return Q("dis_max", queries=[_gain(worth) for worth in gains], tie_breaker=others)


def _gain(worth: Worth) -> Query:
    if worth.any_of:
        met = Q("terms", **{worth.field: list(worth.any_of)})
    else:
        met = _all_in(worth.field, worth.all_of)
    return Q("constant_score", filter=met, boost=worth.value)


def _bounded(plan: QueryPlan) -> QueryPlan:
    """The plan without its weakest alternatives where it would have too many clauses."""
    clauses = sum(len(option.terms) * 4 for group in plan.groups for option in group.alternatives)
    if clauses <= MAX_CLAUSES:
        return plan
    share = MAX_CLAUSES / clauses
    groups = []
    for group in plan.groups:
        strongest = sorted(group.alternatives, key=lambda option: -option.weight)
        kept = max(1, int(len(strongest) * share))
        groups.append(replace(group, alternatives=tuple(strongest[:kept])))
    return replace(plan, groups=tuple(groups))
