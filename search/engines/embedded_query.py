"""From a request and a plan to a tantivy query."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

import tantivy
from tantivy import Occur, Query

from search.documents import priors
from search.engines.base import (
    FIELD_BOOSTS,
    FRESH_STEPS,
    MAX_BUCKETS,
    PHRASE_BOOST,
    PREFERRED_BOOST,
    Likeness,
)
from search.indexing import title_field, today
from search.language.plan import NEAR_SLOP, Alternative, Group, QueryPlan
from search.query import SearchRequest, Sort

# Part of a generation's name: a new shape needs a new index.
SCHEMA_VERSION: Final = "3"

SORTS: Final = {
    Sort.NEWEST: ("published", tantivy.Order.Desc),
    Sort.CONFIRMED: ("confirmed", tantivy.Order.Desc),
}
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
    for name in ("title", "keywords", "text"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    builder.add_text_field("prefix", tokenizer_name="whitespace", index_option="basic")
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
        clauses += [(Occur.Should, _group(group)) for group in plan.groups]
        clauses += [(Occur.Should, _phrase(words)) for words in plan.phrases]
        if plan.preferred:
            met = Query.const_score_query(_any_gate(plan, plan.preferred), PREFERRED_BOOST)
            clauses.append((Occur.Should, met))
        clauses += [(Occur.Should, _fresh(days, boost)) for days, boost in FRESH_STEPS]
        clauses += [(Occur.Should, _of_type(name, boost)) for name, boost in priors()]
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


def order(request: SearchRequest) -> tuple[str | None, tantivy.Order]:
    """The field to order by, none for the best match first, and which way."""
    if request.sort is Sort.TITLE:
        return title_field(request.language), tantivy.Order.Asc
    return SORTS.get(request.sort, (None, tantivy.Order.Desc))


def completion(request: SearchRequest, prefix: str) -> Query:
    """Visible entries of which a title word starts with ``prefix``."""
    return all_of([*filters(request), *(any_of("prefix", [part]) for part in prefix.split())])


def any_of(field: str, values: Sequence[str]) -> Query:
    """Entries that hold one of ``values``; none when there are none."""
    if len(values) == 1:
        return Query.term_query(SCHEMA, field, values[0], "basic")
    return Query.term_set_query(SCHEMA, field, list(values))


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
    ways = [all_of([_met(plan.groups[index]) for index in gate]) for gate in gates]
    return Query.boolean_query([(Occur.Should, way) for way in ways])


def _met(group: Group) -> Query:
    """Whether an entry meets a group at all; one set of single terms, then the rest."""
    decisive = [option for option in group.alternatives if option.decisive]
    single = [option.terms[0] for option in decisive if len(option.terms) == 1]
    ways = [any_of("text", single)] if single else []
    ways += [_occurs(option) for option in decisive if len(option.terms) > 1]
    if not ways:
        return Query.empty_query()
    return Query.boolean_query([(Occur.Should, way) for way in ways])


def _occurs(option: Alternative) -> Query:
    if option.near:
        return Query.phrase_query(SCHEMA, "text", list(option.terms), NEAR_SLOP)
    return all_of([any_of("text", [term]) for term in option.terms])


def _group(group: Group) -> Query:
    return Query.disjunction_max_query([_alternative(option) for option in group.alternatives])


def _alternative(option: Alternative) -> Query:
    if len(option.terms) == 1:
        return Query.boost_query(_term(option.terms[0]), option.weight)
    if option.near:
        scored = _best(
            Query.phrase_query(SCHEMA, field, list(option.terms), NEAR_SLOP)
            for field in FIELD_BOOSTS
        )
    else:
        scored = all_of([_term(term) for term in option.terms])
    return Query.boost_query(scored, option.weight / len(option.terms))


def _term(term: str) -> Query:
    return _best(Query.term_query(SCHEMA, field, term, "freq") for field in FIELD_BOOSTS)


def _best(per_field: Iterable[Query]) -> Query:
    """The best of the three fields, each with its boost; queries come in the fields' order."""
    boosted = zip(per_field, FIELD_BOOSTS.values(), strict=True)
    return Query.disjunction_max_query([Query.boost_query(part, boost) for part, boost in boosted])


def _phrase(words: tuple[str, ...]) -> Query:
    exact = _best(Query.phrase_query(SCHEMA, field, list(words)) for field in FIELD_BOOSTS)
    return Query.boost_query(exact, PHRASE_BOOST / len(words))


def _fresh(days: int, boost: float) -> Query:
    since = Query.range_query(
        SCHEMA, "confirmed", tantivy.FieldType.Integer, lower_bound=today() - days
    )
    return Query.const_score_query(since, boost)


def _of_type(name: str, boost: float) -> Query:
    return Query.const_score_query(any_of("type", [name]), boost)


def alike(request: SearchRequest, likeness: Likeness) -> Query:
    """Entries that share facets or title words with the one asked about, itself left out."""
    shared = [
        Query.boost_query(Query.term_query(SCHEMA, "facet", token, "basic"), boost)
        for token, boost in likeness.facets
    ]
    shared += [_term(word) for word in likeness.words]
    if not shared:
        return Query.empty_query()
    return Query.boolean_query(
        [
            *((Occur.Must, _silent(part)) for part in filters(request)),
            (Occur.Must, Query.boolean_query([(Occur.Should, part) for part in shared])),
            (Occur.MustNot, any_of("key", [likeness.key])),
        ]
    )
