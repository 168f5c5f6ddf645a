"""What else an idea is found by: other names, narrower, related and broader ideas.

Weights fall with the distance of meaning. What weighs less than
:data:`search.language.plan.DECISIVE_WEIGHT` raises entries that are found anyway, but finds none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from search.language import analyse
from search.language.lexicon import SYNONYMS, Concept, Form, Lexicon
from search.language.plan import Alternative

MAX_ALTERNATIVES: Final = 32
SAME: Final = 0.9
EQUIVALENT: Final = 0.85
ALONGSIDE: Final = 0.55
CODE: Final = 0.6
NARROWER: Final = 0.7
NARROWER_STILL: Final = 0.55
ANSWERS: Final = 0.65
TELLS: Final = 0.55
RELATED: Final = 0.4
BROADER: Final = 0.3
_OWN_FORMS: Final = 18
_FORMS_OF_OTHERS: Final = 3
_CODES: Final = 3
_SYNONYMS: Final = 6
# Room for what was typed and its parts, so that nothing above is crowded out later.
_TYPED: Final = 4

# A problem or a property is answered by the methods it is linked with; nobody "has" a problem.
_ANSWERED: Final = frozenset({"problem", "property"})
_ANSWERING: Final = frozenset({"method", "equipment", "process"})


def expand(keys: Iterable[str], lexicon: Lexicon) -> tuple[Alternative, ...]:
    """Alternatives for the concepts ``keys``, the weightiest first, at most 32."""
    key = tuple(keys)
    cached = lexicon.expansions.get(key)
    if cached is None:
        cached = lexicon.expansions[key] = _expanded(key, lexicon)
    found: tuple[Alternative, ...] = cached
    return found


def _expanded(keys: tuple[str, ...], lexicon: Lexicon) -> tuple[Alternative, ...]:
    """What concepts give, with some room kept for what people of this site call them."""
    named = [key for key in keys if not key.startswith(SYNONYMS)]
    own = strongest(each for key in named for each in _alternatives(key, lexicon))
    known = {alternative.terms for alternative in own}
    extra = strongest(
        each
        for key in keys
        if key.startswith(SYNONYMS)
        for each in _synonyms(lexicon.concepts[key], lexicon, known=bool(named))
        if each.terms not in known
    )
    if named:
        extra = extra[:_SYNONYMS]
    return strongest((*own[: MAX_ALTERNATIVES - _TYPED - len(extra)], *extra))


def strongest(alternatives: Iterable[Alternative]) -> tuple[Alternative, ...]:
    """The 32 weightiest, each sequence of terms once with its highest weight."""
    best: dict[tuple[Form, bool], Alternative] = {}
    for alternative in alternatives:
        key = (alternative.terms, alternative.near)
        if key not in best or best[key].weight < alternative.weight:
            best[key] = alternative
    ordered = sorted(best.values(), key=lambda each: -each.weight)
    return tuple(ordered[:MAX_ALTERNATIVES])


def form_alternative(form: Form, weight: float) -> Alternative:
    """A word or phrase as an alternative; a phrase's words must stand near each other."""
    return Alternative(form, weight, near=len(form) > 1)


def _alternatives(key: str, lexicon: Lexicon) -> Iterator[Alternative]:
    concept = lexicon.concepts[key]
    yield from _forms(concept, SAME, _OWN_FORMS)
    for code in concept.codes[:_CODES]:
        yield Alternative((code,), CODE)
    for narrower in lexicon.narrower.get(key, ()):
        yield from _forms(lexicon.concepts[narrower], NARROWER, _FORMS_OF_OTHERS)
        for still in lexicon.narrower.get(narrower, ()):
            yield from _forms(lexicon.concepts[still], NARROWER_STILL, _FORMS_OF_OTHERS - 1)
    for target in concept.related:
        yield from _linked(concept, target, lexicon, ANSWERS)
    for target in lexicon.cited_by.get(key, ()):
        yield from _linked(concept, target, lexicon, TELLS)
    for target in concept.broader:
        if target in lexicon.concepts:
            yield from _forms(lexicon.concepts[target], BROADER, _FORMS_OF_OTHERS - 1)


def _synonyms(concept: Concept, lexicon: Lexicon, *, known: bool) -> Iterator[Alternative]:
    """A set of synonyms, which stands back where the lexicon knows the word.

    For a label's synonyms hold all that the label covers, side by side.
    """
    yield from _forms(concept, ALONGSIDE if known else SAME, _OWN_FORMS)
    for same in concept.same:
        yield from _forms(lexicon.concepts[same], ALONGSIDE if known else EQUIVALENT, _OWN_FORMS)


def _linked(
    concept: Concept, target: str, lexicon: Lexicon, strong: float
) -> Iterator[Alternative]:
    other = lexicon.concepts.get(target)
    if other is None:
        return
    answers = concept.kind in _ANSWERED and other.kind in _ANSWERING
    yield from _forms(other, strong if answers else RELATED, _FORMS_OF_OTHERS)


def _forms(concept: Concept, weight: float, limit: int) -> Iterator[Alternative]:
    generic = analyse.generic_terms()
    telling = [form for form in concept.forms if not generic.issuperset(form)]
    for form in telling[:limit]:
        yield form_alternative(form, weight)
