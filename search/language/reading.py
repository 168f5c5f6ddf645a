"""What a reader typed, taken apart: codes, quoted phrases and words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Final

from search.language import analyse, codes
from search.language.analyse import Word
from search.language.fillers import fillers
from search.language.normalise import WORD, clean, fold, words

MAX_QUERY: Final = 200
MAX_TOKENS: Final = 24
_QUOTED: Final = re.compile(r"[\"“”«»„]([^\"“”«»„]{2,})[\"“”«»„]")

_SENTENCE: Final = 5
_HOLDING: Final = 2
# Numbers that are also something else: wood, fire.
_NUMBERS: Final = frozenset({"tre", "fire"})
_ICE: Final = {"is": "ising"}


class Role(Enum):
    """What a word does in a query."""

    TELLING = "telling"
    GENERIC = "generic"
    EVERYDAY = "everyday"
    FILLER = "filler"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the query as it stands, folded, and analysed; stop words never become one."""

    surface: str
    folded: str
    word: Word
    role: Role
    code: codes.Code | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A query's text (at most 200 characters), its tokens in order and its quoted phrases.

    ``spoken`` says that it is put as people talk: in some words of which some only hold it together.
    """

    text: str
    tokens: tuple[Token, ...]
    quoted: tuple[tuple[str, ...], ...]
    spoken: bool = False


def read(text: str) -> Reading:
    """Take apart what was typed; whatever it is, nothing is raised."""
    text = clean(text[:MAX_QUERY]).replace("\x00", " ")
    quoted = tuple(terms for match in _QUOTED.finditer(text) if len(terms := _terms(match[1])) > 1)
    return Reading(text, tuple(_tokens(text))[:MAX_TOKENS], quoted, _spoken(text))


def _terms(text: str) -> tuple[str, ...]:
    return tuple(term for raw in WORD.findall(text) if (term := analyse.word(raw).term))


def _tokens(text: str) -> Iterator[Token]:
    english = _english(text)
    end = 0
    for code in codes.find(text):
        yield from _words(text[end : code.start], english=english)
        surface = text[code.start : code.end]
        yield Token(surface, fold(surface), Word(code.full), Role.CODE, code)
        end = code.end
    yield from _words(text[end:], english=english)


def _words(text: str, *, english: bool) -> Iterator[Token]:
    # A shouted query has no acronyms to tell apart by their capitals.
    shouted = len(text) > 5 and text.isupper()  # noqa: PLR2004
    before = ""
    known = fillers()
    raws = words(text)
    for place, raw in enumerate(raws):
        folded = fold(raw)
        subject, before = before, folded
        if subject in known.subjects and folded in known.after_subject:
            continue
        if folded in _NUMBERS and place + 1 < len(raws) and fold(raws[place + 1]) in known.units:
            continue
        if not english and folded in _ICE:
            folded = _ICE[folded]
            analysed = analyse.word(folded)
        else:
            analysed = analyse.word(raw.lower() if shouted else raw)
        if not analysed.term or len(folded) < 2:  # noqa: PLR2004 (a letter alone says nothing)
            continue
        yield Token(raw, folded, analysed, role_of(folded, analysed))


def role_of(folded: str, analysed: Word) -> Role:
    """The role of a word; a compound of generic words only ("testutstyr") is generic."""
    known = fillers()
    if folded in known.filler:
        return Role.FILLER
    generic = analyse.generic_terms()
    if folded in known.generic or analysed.term in generic:
        return Role.GENERIC
    if analysed.parts and generic.issuperset(analysed.parts):
        return Role.GENERIC
    if folded in known.everyday:
        return Role.EVERYDAY
    return Role.TELLING


def _spoken(text: str) -> bool:
    known = fillers()
    folded = [fold(raw) for raw in WORD.findall(text)]
    holding = sum(known.ignored(word) or word in known.everyday for word in folded)
    return len(folded) >= _SENTENCE and holding >= _HOLDING


def _english(text: str) -> bool:
    return not fillers().english.isdisjoint(fold(raw) for raw in WORD.findall(text))
