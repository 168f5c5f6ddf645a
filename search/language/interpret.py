"""From what somebody typed to a plan of what to look for."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Final

from search.language import analyse, gates
from search.language.analyse import Word
from search.language.codes import looks_like_number_of_code
from search.language.drafts import (
    Draft,
    generic,
    is_foreign,
    plan_of,
    quoted,
    scaled,
    taken_apart,
    typed_phrase,
)
from search.language.expansion import SAME, expand, strongest
from search.language.lexicon import MAX_FORM, Asked, Form, Lexicon
from search.language.normalise import skeleton
from search.language.plan import Alternative, QueryPlan
from search.language.reading import Role, Token, read, role_of
from search.language.spelling import Vocabulary, distance

JOINED: Final = 0.95
CORRECTED: Final = 0.8
ASKED: Final = 0.75
HINTED: Final = 0.55
_COMMON: Final = 0.3
_MAX_ASKED: Final = 3
# So many ways of asking leave no need to guess; else so many guesses are made.
_TOLD: Final = 2
_HINTS: Final = 2
# Less than one, so that a rare word does not drown what else is asked.
_RARITY_POWER: Final = 0.7
_SAYING: Final = frozenset({Role.TELLING, Role.EVERYDAY})
_WEIGHTS: Final = {
    "method": gates.ACTION, "process": gates.ACTION, "equipment": gates.ACTION,
    "problem": gates.ACTION, "property": gates.QUALITY,
}  # fmt: skip


def interpret(
    text: str, *, lexicon: Lexicon, vocabulary: Vocabulary, prefix: bool = False
) -> QueryPlan:
    """What ``text`` asks for.

    ``vocabulary`` knows the indexed words; ``prefix`` says that the last word is unfinished. Any
    text is accepted; what is beyond 200 characters is not read.
    """
    reading = read(text)
    unfinished = ""
    if prefix and reading.tokens and reading.text[-1:].isalnum():
        unfinished = skeleton(reading.tokens[-1].folded)[: analyse.MAX_PREFIX]
        reading = replace(reading, tokens=reading.tokens[:-1])
    drafts = _Interpreter(reading.tokens, lexicon, vocabulary).drafts()
    drafts += [quoted(terms) for terms in reading.quoted]
    for draft in drafts:
        draft.foreign = is_foreign(draft, vocabulary)
        draft.alternatives = tuple(_telling(each, vocabulary) for each in draft.alternatives)
    strict = not any(
        lexicon.concepts[key].kind == "problem" for draft in drafts for key in draft.concepts
    )
    return plan_of(reading, drafts, unfinished, strict=strict)


def _telling(option: Alternative, vocabulary: Vocabulary) -> Alternative:
    """The alternative with its rarity: how many public entries lack its terms, on a log scale.

    The logarithm is that of BM25. What hidden entries hold plays no part, so no score tells of it.
    """
    entries = vocabulary.entries
    held = [vocabulary.spread(term) for term in option.terms]
    said = [math.log(1 + (entries - count + 0.5) / (count + 0.5)) for count in held]
    return replace(option, rarity=(sum(said) / len(said)) ** _RARITY_POWER)


class _Interpreter:
    """Turns the tokens of one query into drafts of groups."""

    def __init__(self, tokens: Sequence[Token], lexicon: Lexicon, vocabulary: Vocabulary) -> None:
        self._tokens = tokens
        self._terms = [token.word.term for token in tokens]
        self._lexicon = lexicon
        self._vocabulary = vocabulary

    def drafts(self) -> list[Draft]:
        """Groups in the order of the query, then what was asked in other words."""
        drafts: list[Draft] = []
        position = 0
        while position < len(self._tokens):
            draft, used = self._next(position)
            if draft is not None:
                drafts.append(draft)
            position += used
        if not any(draft.required for draft in drafts):
            drafts = self._all_there_is(drafts)
        return drafts + self._asked(drafts)

    def _all_there_is(self, drafts: list[Draft]) -> list[Draft]:
        """Where everyday words are all that is asked, they are what is sought; else generic ones."""
        roles = [self._tokens[draft.tokens[0]].role for draft in drafts]
        if Role.EVERYDAY not in roles:
            return [self._sought(draft) for draft in drafts]
        return [
            self._word(draft.tokens[0]) if role is Role.EVERYDAY else draft
            for draft, role in zip(drafts, roles, strict=True)
        ]

    def _sought(self, draft: Draft) -> Draft:
        """A generic word or its parts together, so that meeting it is enough to be found."""
        word = self._tokens[draft.tokens[0]].word
        draft.alternatives = (Alternative((word.term,)), *taken_apart(word, known=True))
        return draft

    def _next(self, position: int) -> tuple[Draft | None, int]:
        token = self._tokens[position]
        if token.role is Role.CODE:
            return self._code(position), 1
        for length in range(min(MAX_FORM, len(self._tokens) - position), 1, -1):
            if (draft := self._phrase(position, length)) is not None:
                return draft, length
        if token.role is Role.FILLER:
            return None, 1
        if token.role is Role.GENERIC and not self._names_a_thing(token.word):
            return generic(token, position), 1
        if token.role is Role.EVERYDAY and not self._lexicon.concepts_of((token.word.term,)):
            return generic(token, position), 1
        return self._word(position), 1

    def _names_a_thing(self, word: Word) -> bool:
        """Whether a compound of generic words means something all the same ("pilotanlegg")."""
        concepts = self._lexicon.concepts_of((word.term,)) if len(word.parts) > 1 else ()
        return any(self._lexicon.concepts[key].kind in _WEIGHTS for key in concepts)

    # Phrases

    def _phrase(self, position: int, length: int) -> Draft | None:
        """The longest concept that begins here, written apart or as it should be."""
        form = tuple(self._terms[position : position + length])
        tokens = self._tokens[position : position + length]
        if any(token.role is Role.CODE for token in tokens):
            return None
        if all(token.role not in _SAYING for token in tokens):
            return None
        concepts = self._lexicon.concepts_of(form)
        joined = "".join(form)
        if length == 2:  # noqa: PLR2004
            concepts = tuple(dict.fromkeys((*concepts, *self._lexicon.concepts_of((joined,)))))
            if not concepts and not self._written_together(tokens):
                return None
        if not concepts:
            return None if length > 2 else self._joined(position, form)  # noqa: PLR2004
        typed = [*typed_phrase(form), Alternative((joined,), JOINED)]
        tested = self._thing_tested(tokens)
        if not tested:
            return self._draft(position, length, typed, concepts)
        # "teste plasten" is about plastic: whoever has to do with it may be who is sought.
        typed.append(Alternative(tested, SAME))
        return replace(self._draft(position, length, typed, concepts), weight=gates.OBJECT)

    def _thing_tested(self, tokens: Sequence[Token]) -> Form:
        """The term of the only telling word when that is a thing, not something done to it."""
        telling = [token.word.term for token in tokens if token.role is Role.TELLING]
        if len(telling) != 1 or any(token.role is Role.EVERYDAY for token in tokens):
            return ()
        kinds = {
            self._lexicon.concepts[key].kind for key in self._lexicon.concepts_of((telling[0],))
        }
        return (telling[0],) if kinds and kinds.isdisjoint(_WEIGHTS) else ()

    def _written_together(self, tokens: Sequence[Token]) -> bool:
        """Whether the entries know two words as one ("overflate behandling")."""
        first, second = (token.folded for token in tokens)
        if min(len(first), len(second)) < 3:  # noqa: PLR2004
            return False
        return any(self._vocabulary.frequency(first + link + second) for link in ("", "s", "e"))

    def _joined(self, position: int, form: Form) -> Draft:
        surface = self._surface(position, 2)
        joined = analyse.word(surface.replace(" ", "").lower()).term
        typed = [
            *typed_phrase(form),
            Alternative((joined,), JOINED),
            Alternative(("".join(form),), JOINED),
        ]
        return self._draft(position, 2, typed, ())

    def _surface(self, position: int, length: int) -> str:
        return " ".join(token.surface for token in self._tokens[position : position + length])

    def _draft(
        self, position: int, length: int, typed: Iterable[Alternative], concepts: tuple[str, ...]
    ) -> Draft:
        alternatives = strongest((*typed, *expand(concepts, self._lexicon)))
        return Draft(
            surface=self._surface(position, length),
            tokens=tuple(range(position, position + length)),
            alternatives=alternatives,
            concepts=concepts,
            weight=self._weight(concepts, alternatives),
            terms=frozenset(self._terms[position : position + length]),
        )

    def _weight(self, concepts: tuple[str, ...], alternatives: tuple[Alternative, ...]) -> float:
        """What meeting the idea says; an idea that a third of all entries meet says less."""
        kinds = [self._lexicon.concepts[key].kind for key in concepts]
        weight = max((_WEIGHTS.get(kind, gates.OBJECT) for kind in kinds), default=gates.OBJECT)
        entries = self._vocabulary.entries
        typed = alternatives[0].terms if alternatives else ()
        if entries and len(typed) == 1 and self._vocabulary.spread(typed[0]) > _COMMON * entries:
            return gates.OBJECT
        return weight

    # Words

    def _word(self, position: int) -> Draft:
        token = self._respelt(position)
        concepts = self._concepts_of(token.word)
        if not concepts and token.folded[0].isdigit():
            return self._number(position)
        if not concepts and not self._known(token):
            corrected = self._corrected(position)
            if corrected is not None:
                return corrected
        typed = [Alternative((token.word.term,)), *taken_apart(token.word, known=bool(concepts))]
        return self._draft(position, 1, typed, concepts)

    def _respelt(self, position: int) -> Token:
        """The token, in its proper spelling where it is known in no other ("hardhetsmaling")."""
        token = self._tokens[position]
        term = token.word.term
        if not token.folded.isalpha() or self._lexicon.concepts_of((term,)):
            return token
        if self._vocabulary.spread(term):
            return token
        for speller in (self._lexicon.speller(), self._vocabulary):
            for known in speller.spelt(token.folded):
                word = analyse.word(known)
                if self._lexicon.concepts_of((word.term,)) or self._vocabulary.spread(word.term):
                    return replace(token, word=word)
        return token

    def _concepts_of(self, word: Word) -> tuple[str, ...]:
        """Concepts of a word; of a compound without any, those of its longest known inside."""
        concepts = self._lexicon.concepts_of((word.term,))
        if not concepts and len(word.parts) > 1:
            concepts = self._lexicon.concepts_of(word.parts)
        return concepts

    def _known(self, token: Token) -> bool:
        if token.word.term in analyse.ordinary_terms() or self._vocabulary.frequency(token.folded):
            return True
        if token.folded in self._lexicon.surfaces or not token.folded.isalpha():
            return True
        parts = token.word.parts
        if self._vocabulary.spread(token.word.term) or analyse.in_dictionary(token.folded):
            return True
        return bool(parts) and all(map(analyse.in_dictionary, parts))

    def _corrected(self, position: int) -> Draft | None:
        """The word respelled, or None when nothing known is near enough."""
        token = self._tokens[position]
        near = self._nearest(token.folded)
        if not near:
            return None
        best = near[0]
        draft: Draft
        analysed = analyse.word(best)
        role = role_of(best, analysed)
        if role is not Role.TELLING:
            draft = generic(replace(token, word=analysed), position)
            draft.respelled = {token.surface: best}
            return draft
        typed = [Alternative((token.word.term,))]
        concepts: tuple[str, ...] = ()
        for rank, candidate in enumerate(near[:2]):
            analysed = analyse.word(candidate)
            if role_of(candidate, analysed) is not Role.TELLING:
                continue
            weight = CORRECTED - 0.1 * rank
            found = self._concepts_of(analysed)
            concepts += found if rank == 0 else ()
            typed.append(Alternative((analysed.term,), weight))
            typed += scaled(taken_apart(analysed, known=bool(found)), weight)
            typed += scaled(expand(found, self._lexicon), weight)
        draft = self._draft(position, 1, typed, ())
        draft.concepts = concepts
        draft.weight = self._weight(concepts, draft.alternatives[1:])
        draft.terms |= {analyse.word(best).term}
        draft.respelled = {token.surface: best}
        return draft

    def _nearest(self, word: str) -> list[str]:
        near = self._vocabulary.closest(word)
        near += [each for each in self._lexicon.speller().closest(word) if each not in near]
        near.sort(key=lambda each: distance(word, each))
        return [each for each in near if distance(word, each) == distance(word, near[0])]

    # Codes

    def _code(self, position: int) -> Draft:
        code = self._tokens[position].code
        assert code is not None
        terms = code.terms
        typed = [Alternative((code.full,))]
        if code.part and code.base != code.full:
            typed.append(Alternative((code.base,), 0.5))
        if len(terms) > 2:  # noqa: PLR2004
            typed.append(Alternative((code.number + code.part,), 0.9))
        concepts = self._lexicon.by_code.get(code.full, ()) if code.publisher else ()
        # Another standard of the same method is not the one that was asked for.
        others = {(each,) for key in concepts for each in self._lexicon.concepts[key].codes}
        known = [each for each in expand(concepts, self._lexicon) if each.terms not in others]
        draft = self._draft(position, 1, [*typed, *scaled(known, 0.7)], ())
        draft.concepts = concepts
        draft.weight = gates.ACTION
        return draft

    def _number(self, position: int) -> Draft:
        """A number: of a standard when one is known by it or nothing else is asked, else a help."""
        token = self._tokens[position]
        alone = sum(other.role is Role.TELLING for other in self._tokens) == 1
        code = looks_like_number_of_code(token.folded) and (
            alone or self._lexicon.knows_number(token.folded)
        )
        draft = self._draft(position, 1, [Alternative((token.word.term,))], ())
        draft.required = code or alone
        draft.weight = gates.ACTION
        return draft

    # Asked in other words

    def _asked(self, drafts: list[Draft]) -> list[Draft]:
        """Drafts for the concepts that the query describes without naming them."""
        spoken = frozenset(self._terms).union(*(draft.terms for draft in drafts))
        named = {key for draft in drafts for key in draft.concepts}
        asked = _by_terms(
            each for each in self._lexicon.asked_for(spoken) if each.concept not in named
        )
        found = self._described(drafts, asked, ASKED)
        found.sort(key=lambda draft: -len(draft.covers))
        if len(asked) < _TOLD:
            named.update(chain.from_iterable(asked.values()))
            hinted = [
                each
                for each in self._lexicon.hinted_at(spoken)
                if each.concept not in named
                and not any(draft.concepts and each.terms <= draft.terms for draft in drafts)
            ]
            found[_MAX_ASKED:] = self._described(drafts, _by_terms(hinted[:_HINTS]), HINTED)
        return found[: _MAX_ASKED + _HINTS]

    def _described(
        self, drafts: list[Draft], meant: Mapping[frozenset[str], list[str]], weight: float
    ) -> list[Draft]:
        """A draft for each set of terms, which covers the drafts that hold any of them."""
        found = []
        for terms, concepts in meant.items():
            covers = frozenset(
                index
                for index, draft in enumerate(drafts)
                if draft.required and draft.terms & terms
            )
            if covers:
                alternatives = scaled(expand(tuple(concepts), self._lexicon), weight / SAME)
                found.append(
                    Draft(" ".join(sorted(terms)), (), tuple(alternatives), tuple(concepts),
                           covers=covers)
                )  # fmt: skip
        return found


def _by_terms(ways: Iterable[Asked]) -> dict[frozenset[str], list[str]]:
    """Concepts by the terms that ask for them."""
    meant: dict[frozenset[str], list[str]] = {}
    for way in ways:
        meant.setdefault(way.terms, []).append(way.concept)
    return meant
