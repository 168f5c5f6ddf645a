"""Groups of a plan in the making, and the plan that is made of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from search.language import analyse, gates
from search.language.analyse import Word
from search.language.expansion import form_alternative
from search.language.lexicon import Form
from search.language.plan import Alternative, Group, QueryPlan
from search.language.reading import Reading, Role, Token
from search.language.spelling import Vocabulary

MAX_GROUPS: Final = 10
PARTS: Final = 0.75
BACKWARDS: Final = 0.65
SPECIFIC_PART: Final = 0.55
SCATTERED: Final = 0.6
GENERIC: Final = 0.3
_WEAK: Final = 0.45
_MAX_PHRASE: Final = 6


@dataclass(slots=True)
class Draft:
    """A group in the making: the tokens it stands for and what is known of it."""

    surface: str
    tokens: tuple[int, ...]
    alternatives: tuple[Alternative, ...]
    concepts: tuple[str, ...] = ()
    weight: float = gates.OBJECT
    required: bool = True
    foreign: bool = False
    covers: frozenset[int] = frozenset()
    terms: frozenset[str] = frozenset()
    respelled: dict[str, str] = field(default_factory=dict)


def typed_phrase(form: Form) -> list[Alternative]:
    """A phrase as typed: together, or scattered when more than one of its words is telling."""
    telling = [term for term in form if term not in analyse.generic_terms()]
    scattered = SCATTERED if len(telling) > 1 else _WEAK
    return [form_alternative(form, 1.0), Alternative(form, scattered)]


def taken_apart(word: Word, *, known: bool) -> list[Alternative]:
    """A compound's parts: together either way round, or those not generic when no concept helps."""
    if len(word.parts) < 2:  # noqa: PLR2004
        return []
    backwards = tuple(reversed(word.parts))
    scattered = SCATTERED if len(word.parts) > 2 else _WEAK  # noqa: PLR2004
    apart = [
        Alternative(word.parts, PARTS, near=True),
        Alternative(backwards, BACKWARDS, near=True),
        Alternative(word.parts, scattered),
    ]
    telling = tuple(part for part in word.parts if part not in analyse.generic_terms())
    if telling and len(telling) < len(word.parts):
        apart[-1] = replace(apart[-1], weight=_WEAK)
        if not known:
            apart.append(Alternative(telling, SPECIFIC_PART))
    return apart


def scaled(alternatives: Iterable[Alternative], factor: float) -> list[Alternative]:
    """``alternatives`` with weights times ``factor``."""
    return [replace(each, weight=round(each.weight * factor, 3)) for each in alternatives]


def generic(token: Token, position: int) -> Draft:
    """A draft for a generic word, which ranks and decides nothing."""
    alternatives = (Alternative((token.word.term,), GENERIC),)
    return Draft(token.surface, (position,), alternatives, required=False,
                  terms=frozenset({token.word.term}))  # fmt: skip


def quoted(terms: tuple[str, ...]) -> Draft:
    """A draft for a phrase in quotes, whose words must stand together."""
    return Draft(" ".join(terms), (), (form_alternative(terms, 1.0),), weight=gates.ACTION)


def is_foreign(draft: Draft, vocabulary: Vocabulary) -> bool:
    """Whether no entry can meet the draft, as far as the vocabulary knows."""
    if not vocabulary.entries:
        return False
    return not any(
        all(_countless(term) or vocabulary.spread(term) for term in alternative.terms)
        for alternative in draft.alternatives
        if alternative.decisive
    )


def _countless(term: str) -> bool:
    """Whether a vocabulary does not count the term: numbers, codes and the shortest acronyms."""
    return len(term) < 3 or not term.isalpha()  # noqa: PLR2004


def plan_of(reading: Reading, drafts: list[Draft], unfinished: str, *, strict: bool) -> QueryPlan:
    """The plan of ``drafts``; ``unfinished`` is the beginning of the word being typed."""
    drafts = _bounded(drafts)
    groups = tuple(Group(d.surface, d.alternatives, d.required) for d in drafts)
    ideas = [
        gates.Idea(index, draft.weight, draft.covers or frozenset({index}), draft.foreign)
        for index, draft in enumerate(drafts)
        if draft.required
    ]
    accept = gates.gates(ideas, strict=strict)
    plan = QueryPlan(
        text=reading.text.strip(),
        groups=groups,
        minimum=min((len(gate) for gate in accept), default=0),
        phrases=_phrases(reading),
        prefix=unfinished,
        correction=_correction(reading.text, drafts),
        accept=accept,
        spoken=reading.spoken,
    )
    return plan.with_wider()


def _bounded(drafts: list[Draft]) -> list[Draft]:
    """At most ten groups. Generic ones go first; indices that drafts cover stay right."""
    if len(drafts) <= MAX_GROUPS:
        return drafts
    order = sorted(range(len(drafts)), key=lambda i: (not drafts[i].required, -drafts[i].weight, i))
    kept = sorted(order[:MAX_GROUPS])
    moved = {old: new for new, old in enumerate(kept)}
    bounded = []
    for index in kept:
        draft = drafts[index]
        if draft.covers:
            draft.covers = frozenset(moved[each] for each in draft.covers if each in moved)
            if not draft.covers:
                draft.required = False
        bounded.append(draft)
    return bounded


def _phrases(reading: Reading) -> tuple[tuple[str, ...], ...]:
    terms = tuple(t.word.term for t in reading.tokens if t.role is not Role.CODE)
    whole = (terms[:_MAX_PHRASE],) if len(terms) > 1 else ()
    return tuple(dict.fromkeys((*reading.quoted, *whole)))


def _correction(text: str, drafts: list[Draft]) -> str:
    respelled = text
    for draft in drafts:
        for wrong, right in draft.respelled.items():
            respelled = respelled.replace(wrong, right)
    return "" if respelled == text else " ".join(respelled.split())
