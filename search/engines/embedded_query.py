"""From a request and a plan to a tantivy query."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

import tantivy
from tantivy import Occur, Query

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
from search.query import SearchRequest, Sort

# Part of a generation's name: a new shape needs a new index.
SCHEMA_VERSION: Final = "4"

SORTS: Final = {
    Sort.NEWEST: ("published", tantivy.Order.Desc),
    Sort.CONFIRMED: ("confirmed", tantivy.Order.Desc),
}
RANK: Final = "rank"
# Up to so many values one by one; a set has a cost of its own.
MANY: Final = 40
FACET_COUNTS: Final[dict[str, Any]] = {
    "values": {"terms": {"field": "counted", "size": MAX_BUCKETS}}
}


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("key", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("stamp", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("type", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("audience", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("facet", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("counted", fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field(
        "place", stored=True, fast=True, tokenizer_name="raw", index_option="basic"
    )
    for name in ("title", "keywords", "text", "prefix"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="basic")
    builder.add_float_field(RANK, fast=True)
    for name in ("title_order", "title_order_en", "published", "confirmed"):
        builder.add_integer_field(name, indexed=True, fast=True)
    return builder.build()


SCHEMA: Final = _schema()


def query(request: SearchRequest, plan: QueryPlan, *, scored: bool = True) -> Query:
    """Everything ``request`` asks for but order and place; to count only, it need not be scored."""
    clauses: list[tuple[Occur, Query]] = [(Occur.Must, _silent(part)) for part in filters(request)]
    if plan.nonsense:
        return Query.empty_query()
    if not plan.empty:
        clauses.append((Occur.Must, _silent(_gate(plan))))
    if not plan.empty and scored:
        clauses += [(Occur.Should, _best(worths(group), SEVERAL)) for group in plan.groups]
        clauses += [(Occur.Should, _best(phrase_worths(words))) for words in plan.phrases]
        if plan.preferred:
            met = Query.const_score_query(_any_gate(plan, plan.preferred), PREFERRED_BOOST)
            clauses.append((Occur.Should, met))
    if len(clauses) == 1:
        return clauses[0][1]
    return Query.boolean_query(clauses)


def filters(request: SearchRequest) -> list[Query]:
    """Audience first: it is part of every query and of every count."""
    found = [any_of("audience", sorted(request.audience))]
    if request.types:
        found.append(any_of("type", request.types))
    for facet, values in request.filters.items():
        found.append(any_of("facet", [f"{facet}:{value}" for value in values]))
    return found


def order(request: SearchRequest, plan: QueryPlan) -> tuple[str | None, tantivy.Order]:
    """The field to order by, none for the best match first, and which way."""
    if request.sort is Sort.TITLE:
        return title_field(request.language), tantivy.Order.Asc
    # Without a query everything scores alike, and the rank is the order.
    return SORTS.get(request.sort, (RANK if plan.empty else None, tantivy.Order.Desc))


def completion(request: SearchRequest, prefix: str) -> Query:
    """Visible entries of which a title word starts with ``prefix``."""
    return all_of([*filters(request), *(any_of("prefix", [part]) for part in prefix.split())])


def any_of(field: str, values: Sequence[str]) -> Query:
    """Entries that hold one of ``values``; none when there are none."""
    if len(values) == 1:
        return Query.term_query(SCHEMA, field, values[0], "basic")
    if len(values) > MANY:
        return Query.term_set_query(SCHEMA, field, list(values))
    return either(Query.term_query(SCHEMA, field, value, "basic") for value in values)


def either(queries: Iterable[Query]) -> Query:
    """Entries that match any of the queries."""
    return Query.boolean_query([(Occur.Should, part) for part in queries])


def all_of(queries: Iterable[Query]) -> Query:
    """Entries that match every query."""
    return Query.boolean_query([(Occur.Must, part) for part in queries])


def placeless() -> Query:
    """Entries that have no place."""
    return Query.boolean_query(
        [(Occur.Must, Query.all_query()), (Occur.MustNot, Query.exists_query("place"))]
    )


def _silent(part: Query) -> Query:
    """Matches without counting in the score."""
    return Query.const_score_query(part, 0.0)


def _gate(plan: QueryPlan) -> Query:
    """What an entry must meet: one of the plan's sets of groups, and the unfinished word."""
    parts = [_any_gate(plan, plan.gates)] if plan.gates else []
    if plan.prefix:
        parts.append(any_of("prefix", [plan.prefix]))
    return all_of(parts)


def _any_gate(plan: QueryPlan, gates: Iterable[Sequence[int]]) -> Query:
    """Entries that meet all groups of one of ``gates``."""
    return either(all_of(_met(plan.groups[index]) for index in gate) for gate in gates)


def _met(group: Group) -> Query:
    """Whether an entry meets a group at all."""
    single, together = deciding(group)
    ways = [any_of("text", single)] if single else []
    return either([*ways, *(_all_in("text", tokens) for tokens in together)])


def _all_in(field: str, tokens: Sequence[str]) -> Query:
    return all_of(any_of(field, [token]) for token in tokens)


def _best(gains: Iterable[Worth], others: float = 0.0) -> Query:
    """Scores the dearest of ``gains`` that an entry has, and ``others`` of the sum of the rest."""
    return Query.disjunction_max_query([_gain(worth) for worth in gains], others)


def _gain(worth: Worth) -> Query:
    if worth.any_of:
        return Query.const_score_query(any_of(worth.field, worth.any_of), worth.value)
    return Query.const_score_query(_all_in(worth.field, worth.all_of), worth.value)


def alike(request: SearchRequest, likeness: Likeness) -> Query:
    """Entries that share facets or title words with the one asked about, itself left out."""
    shared = [_gain(Worth("facet", boost, (token,))) for token, boost in likeness.facets]
    shared += [
        _best(Worth(field, boost, (word,)) for field, boost in FIELD_BOOSTS.items())
        for word in likeness.words
    ]
    if not shared:
        return Query.empty_query()
    return Query.boolean_query(
        [
            *((Occur.Must, _silent(part)) for part in filters(request)),
            (Occur.Must, either(shared)),
            (Occur.MustNot, any_of("key", [likeness.key])),
        ]
    )
