"""Concepts of the trade: what means the same, what is narrower, and how people ask for it.

Read from ``search/lexicon/concepts/*.yaml``; editors' synonyms are added with
:meth:`Lexicon.with_synonyms`. A concept's words and phrases, in whatever language, are *forms*:
sequences of index terms.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import zip_longest
from math import log
from pathlib import Path
from typing import Any, Final, TypeVar

import yaml

from search.language import analyse, codes
from search.language.dictionary import LEXICON_DIR
from search.language.fillers import fillers
from search.language.normalise import clean, fold, words
from search.language.spelling import WordList

MAX_FORM: Final = 5
SYNONYMS: Final = "synonyms:"
_NUMBER: Final = re.compile(r"\d{3,}")
_HINT_ENOUGH: Final = 9.0
_LANGUAGES: Final = ("nb", "nn", "en")
_KINDS: Final = frozenset(
    {"method", "material", "process", "property", "equipment", "problem", "industry", "general"}
)

Form = tuple[str, ...]
_Key = TypeVar("_Key")


@dataclass(frozen=True, slots=True)
class Concept:
    """One idea. ``forms`` are what it is called, ``asked`` sets of terms by which people mean it."""

    key: str
    kind: str
    forms: tuple[Form, ...]
    codes: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    asked: tuple[frozenset[str], ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A way of asking that a query contains: its terms and the concept that is meant."""

    terms: frozenset[str]
    concept: str


@dataclass(slots=True)
class Lexicon:
    """All concepts with the indexes by which queries find them."""

    concepts: dict[str, Concept] = field(default_factory=dict)
    by_form: dict[Form, tuple[str, ...]] = field(default_factory=dict)
    by_code: dict[str, tuple[str, ...]] = field(default_factory=dict)
    narrower: dict[str, tuple[str, ...]] = field(default_factory=dict)
    cited_by: dict[str, tuple[str, ...]] = field(default_factory=dict)
    asked: dict[str, tuple[Asked, ...]] = field(default_factory=dict)
    hints: dict[str, dict[str, float]] = field(default_factory=dict)
    surfaces: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    expansions: dict[Any, Any] = field(default_factory=dict)
    _speller: WordList | None = None

    def concepts_of(self, form: Form) -> tuple[str, ...]:
        """Keys of the concepts called ``form``.

        An industry lists what belongs to it; it is meant only when nothing nearer is.
        """
        keys = self.by_form.get(form, ())
        if len(keys) > 1:
            nearer = tuple(key for key in keys if self.concepts[key].kind != "industry")
            return nearer or keys
        return keys

    def asked_for(self, terms: frozenset[str]) -> list[Asked]:
        """Ways of asking that are wholly contained in ``terms``."""
        return [
            asked
            for term in sorted(terms)
            for asked in self.asked.get(term, ())
            if asked.terms <= terms
        ]

    def hinted_at(self, terms: frozenset[str]) -> list[Asked]:
        """Concepts that people ask for with several of ``terms``, though not in one phrase.

        The likeliest first; a term says the more, the fewer concepts are asked for with it.
        """
        told: dict[str, set[str]] = defaultdict(set)
        weight: dict[str, float] = defaultdict(float)
        for term in sorted(terms):
            for concept, telling in self.hints.get(term, {}).items():
                told[concept].add(term)
                weight[concept] += telling
        likely = [
            concept
            for concept, said in told.items()
            if len(said) > 1 and weight[concept] >= _HINT_ENOUGH
        ]
        likely.sort(key=lambda concept: -weight[concept])
        return [Asked(frozenset(told[concept]), concept) for concept in likely]

    def knows_number(self, number: str) -> bool:
        """Whether a standard of some concept has this number."""
        return number in self.numbers

    def speller(self) -> WordList:
        """The lexicon's words as a vocabulary of typing errors; made when first asked for."""
        if self._speller is None:
            self._speller = WordList(dict.fromkeys(self.surfaces, 0))
        return self._speller

    def with_synonyms(self, sets: Iterable[Sequence[str]]) -> Lexicon:
        """This lexicon and ``sets`` of words and phrases that mean the same."""
        extra: dict[str, Concept] = {}
        surfaces: set[str] = set()
        for number, synonyms in enumerate(sets):
            forms = _forms(synonyms)
            if len(forms) > 1:
                same = [key for form in forms for key in self.concepts_of(form)]
                key = f"{SYNONYMS}{number}"
                extra[key] = Concept(key, "general", forms, same=tuple(dict.fromkeys(same)))
                surfaces.update(_surfaces(synonyms))
        return replace(
            self,
            concepts={**self.concepts, **extra},
            by_form=_merged(self.by_form, _index_forms(extra.values())),
            surfaces=self.surfaces | surfaces,
            expansions={},
            _speller=None,
        )

    def missing_links(self) -> list[tuple[str, str]]:
        """Pairs of a concept and a concept it names that does not exist."""
        return [
            (concept.key, target)
            for concept in self.concepts.values()
            for target in (*concept.broader, *concept.related)
            if target not in self.concepts
        ]


def build(definitions: Mapping[str, Mapping[str, Any]]) -> Lexicon:
    """The lexicon of concept definitions as they stand in the files.

    Raises ValueError for an unknown kind.
    """
    concepts = {key: _concept(key, raw) for key, raw in definitions.items()}
    surfaces = {
        word
        for raw in definitions.values()
        for word in _surfaces([*_texts(raw), *raw.get("abbr", ())])
    }
    return Lexicon(
        concepts=concepts,
        by_form=_index_forms(concepts.values()),
        by_code=_inverted((c.key, code) for c in concepts.values() for code in c.codes),
        narrower=_inverted((c.key, target) for c in concepts.values() for target in c.broader),
        cited_by=_inverted((c.key, target) for c in concepts.values() for target in c.related),
        asked=_index_asked(concepts.values()),
        hints=_index_hints(concepts.values()),
        surfaces=frozenset(surfaces),
        numbers=frozenset(_numbers(concepts.values())),
    )


@lru_cache(maxsize=1)
def shipped() -> Lexicon:
    """The lexicon that comes with the search; read once."""
    definitions: dict[str, dict[str, Any]] = {}
    for path in sorted((LEXICON_DIR / "concepts").glob("*.yaml")):
        for key, raw in read(path).items():
            definitions[key] = _united(definitions[key], raw) if key in definitions else raw
    return build(definitions)


def read(path: Path) -> dict[str, dict[str, Any]]:
    """Concept definitions of one file."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    data = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 (a safe one)
    return dict((data or {}).get("concepts") or {})


def _united(first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    """One definition of two that have the same key."""
    united = dict(first)
    for name, value in second.items():
        if isinstance(value, list):
            united[name] = [*(united.get(name) or ()), *value]
        elif isinstance(value, dict):
            united[name] = _united(united.get(name) or {}, value)
        else:
            united.setdefault(name, value)
    return united


def _texts(raw: Mapping[str, Any]) -> list[str]:
    return [str(text) for language in _LANGUAGES for text in raw.get(language) or ()]


def _in_turn(raw: Mapping[str, Any]) -> list[str]:
    """What a concept is called, the languages and acronyms taking turns.

    Whoever takes only the first few forms so gets the main ones of each language.
    """
    columns = [
        [str(text) for text in raw.get("nb") or ()],
        [str(text) for text in raw.get("en") or ()],
        [str(text).upper() for text in raw.get("abbr") or ()],
        [str(text) for text in raw.get("nn") or ()],
    ]
    return [text for row in zip_longest(*columns) for text in row if text]


def _concept(key: str, raw: Mapping[str, Any]) -> Concept:
    kind = str(raw.get("kind", "general"))
    if kind not in _KINDS:
        message = f"{key} has the unknown kind {kind}"
        raise ValueError(message)
    asked = [text for texts in (raw.get("asked_as") or {}).values() for text in texts or () if text]
    return Concept(
        key=key,
        kind=kind,
        forms=_forms(_in_turn(raw)),
        codes=tuple(dict.fromkeys(_code_terms(raw.get("codes") or ()))),
        broader=tuple(raw.get("broader") or ()),
        related=tuple(raw.get("related") or ()),
        asked=tuple(dict.fromkeys(filter(None, (asked_terms(str(text)) for text in asked)))),
    )


def _numbers(concepts: Iterable[Concept]) -> Iterator[str]:
    for concept in concepts:
        for code in concept.codes:
            if match := _NUMBER.search(code):
                yield match.group()


def _code_terms(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        for code in codes.find(str(text)):
            yield code.full


def _forms(texts: Iterable[str]) -> tuple[Form, ...]:
    forms = (form_of(text) for text in texts)
    return tuple(dict.fromkeys(form for form in forms if 0 < len(form) <= MAX_FORM))


def form_of(text: str) -> Form:
    """Index terms of a word or phrase in order.

    Empty when stop words leave only one word of a phrase: "faller ut" is not what "faller" means.
    """
    raws = words(clean(text))
    terms = tuple(entry.term for entry in map(analyse.word, raws) if entry.term)
    return () if len(terms) == 1 < len(raws) else terms


def asked_terms(text: str) -> frozenset[str]:
    """What a query must contain to be understood as the phrase ``text``.

    Its telling words. Where there is only one, all its other words but stop words count as well, so
    that a single noun does not stand for the whole question.
    """
    known = fillers()
    folded = [(fold(raw), analyse.word(raw).term) for raw in words(clean(text))]
    telling = {
        term
        for word, term in folded
        if term and not known.ignored(word) and word not in known.generic
    }
    if len(telling) == 1:
        telling |= {term for _, term in folded if term}
    return frozenset(telling) if len(telling) > 1 or len(folded) == 1 else frozenset()


def _surfaces(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        for raw in words(clean(str(text))):
            yield fold(raw)


def _index_forms(concepts: Iterable[Concept]) -> dict[Form, tuple[str, ...]]:
    """Forms to the concepts called so."""
    return _inverted((concept.key, form) for concept in concepts for form in concept.forms)


def _inverted(pairs: Iterable[tuple[str, _Key]]) -> dict[_Key, tuple[str, ...]]:
    gathered: dict[_Key, dict[str, None]] = defaultdict(dict)
    for key, target in pairs:
        gathered[target][key] = None
    return {target: tuple(keys) for target, keys in gathered.items()}


def _merged(
    first: dict[Form, tuple[str, ...]], second: dict[Form, tuple[str, ...]]
) -> dict[Form, tuple[str, ...]]:
    merged = dict(first)
    for form, keys in second.items():
        merged[form] = tuple(dict.fromkeys((*merged.get(form, ()), *keys)))
    return merged


def _index_hints(concepts: Iterable[Concept]) -> dict[str, dict[str, float]]:
    """Each term of the ways of asking with the concepts so asked for, and how much it tells."""
    generic = analyse.generic_terms()
    bags = {c.key: frozenset().union(*c.asked) - generic for c in concepts if c.asked}
    count = Counter(term for bag in bags.values() for term in bag)
    return {
        term: {key: log(len(bags) / n) for key, bag in bags.items() if term in bag}
        for term, n in count.items()
    }


def _index_asked(concepts: Iterable[Concept]) -> dict[str, tuple[Asked, ...]]:
    """Each way of asking once, under its rarest term."""
    ways = [Asked(terms, concept.key) for concept in concepts for terms in concept.asked]
    count: dict[str, int] = defaultdict(int)
    for way in ways:
        for term in way.terms:
            count[term] += 1
    index: dict[str, list[Asked]] = defaultdict(list)
    for way in ways:
        index[min(way.terms, key=lambda term: (count[term], term))].append(way)
    return {term: tuple(found) for term, found in index.items()}
