"""What a server of a cluster answered, as the search reads it."""

from __future__ import annotations

from typing import Any, Final

from search.engines.base import buckets
from search.engines.cluster_query import UNCHOSEN
from search.query import Bucket, Hit, SearchRequest, Sort

# What is read of an answer. A key comes from its column, which spares looking up each document.
READ: Final = (
    "hits.total.value",
    "hits.hits._score",
    "hits.hits.sort",
    "hits.hits.fields.key",
    "aggregations.*.values.buckets.key",
    "aggregations.*.values.buckets.doc_count",
)
KEYS_ALONE: Final[dict[str, Any]] = {"stored_fields": "_none_", "docvalue_fields": ["key"]}


def hit_of(hit: dict[str, Any], request: SearchRequest | None = None) -> Hit:
    """A hit, with its distance where ``request`` asks near a place."""
    distance = None
    if request is not None and request.near is not None:
        # Where the query puts it; without a place the server says "Infinity".
        told = hit["sort"][0 if request.sort is Sort.DISTANCE else -1]
        distance = told if isinstance(told, float) and told != float("inf") else None
    return Hit(key_of(hit), float(hit.get("_score") or 0.0), distance)


def hits_of(found: dict[str, Any]) -> list[dict[str, Any]]:
    """The hits of an answer, of which the server leaves out what is empty."""
    hits: list[dict[str, Any]] = found["hits"].get("hits", [])
    return hits


def key_of(hit: dict[str, Any]) -> str:
    """The key of a hit."""
    return str(hit["fields"]["key"][0])


def counts_of(found: dict[str, Any], request: SearchRequest) -> dict[str, tuple[Bucket, ...]]:
    """Buckets per facet, from one count for each facet with a choice and one for all others."""
    by_aggregation = {name: _by_facet(counted) for name, counted in found.items()}
    chosen = request.filters.keys()
    return {
        facet: buckets(
            by_aggregation.get(facet if facet in chosen else UNCHOSEN, {}).get(facet, ()),
            request.filters.get(facet, ()),
        )
        for facet in request.facets
    }


def _by_facet(counted: dict[str, Any]) -> dict[str, list[tuple[str, int]]]:
    values: dict[str, list[tuple[str, int]]] = {}
    for item in counted.get("values", {}).get("buckets", ()):
        facet, _, value = str(item["key"]).partition(":")
        values.setdefault(facet, []).append((value, int(item["doc_count"])))
    return values
