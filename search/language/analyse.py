"""From text to index terms.

The same analysis serves documents and queries in either language. It runs over every text that is
indexed, so what stands between two blanks is analysed once and remembered, and nothing is allocated
per occurrence.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from itertools import chain, pairwise
from pathlib import Path
from typing import Final, NamedTuple

from search.language import codes, compounds
from search.language.dictionary import LEXICON_DIR, Dictionary, shipped
from search.language.fillers import fillers
from search.language.normalise import (
    HANGING,
    HYPHENATED,
    MAX_WORD,
    WORD,
    clean,
    fold,
    skeleton,
    undigraph,
    words,
)  # fmt: skip
from search.language.plan import IndexTerms
from search.language.stem import stem

MAX_TEXT: Final = 100_000
MIN_PREFIX: Final = 2
MAX_PREFIX: Final = 15
_REMEMBERED: Final = 200_000
_PIECES_REMEMBERED: Final = 50_000
_CHARACTERS_REMEMBERED: Final = 1_000_000
_BEGINNINGS_REMEMBERED: Final = 5_000
_MAX_ACRONYM: Final = 5
_MIN_HANGING: Final = 3
_HANGING_REACH: Final = 120


class Word(NamedTuple):
    """Analysis of one word: its term ("" for a stop word) and, of a compound, what it is made of.

    ``parts`` are the terms of its parts, ``joins`` terms of neighbouring parts taken together.
    """

    term: str
    parts: tuple[str, ...] = ()
    joins: tuple[str, ...] = ()

    @property
    def inner(self) -> tuple[str, ...]:
        """All terms by which the inside of a compound is found."""
        return self.parts + self.joins


class _Memory(dict[str, Word]):
    """Words as they stand in texts → their analysis; emptied when it grows too large."""

    def __missing__(self, raw: str) -> Word:
        if len(self) >= _REMEMBERED:
            self.clear()
        analysed = self[raw] = _analyse(raw)
        return analysed


_memory: Final = _Memory()


def word(raw: str) -> Word:
    """The analysis of one word as it stands in a text ("UT" is an acronym, "ut" a stop word)."""
    return _memory[raw]


class _Hidden(NamedTuple):
    """What a piece of text holds besides its words.

    ``inner`` are terms of its compounds' insides, ``joined`` of what hyphens join. ``hanging``: it
    ends in a hyphen. ``publishers`` are those of standards, so that a code may begin here.
    """

    inner: tuple[str, ...]
    joined: tuple[str, ...]
    hanging: bool
    publishers: frozenset[str]


class _Pieces(dict[str, str]):
    """Pieces of text as they stand between blanks → the terms of their words, a blank before each.

    ``hidden`` has those that hold more than words, ``surfaces`` the folded words of each.
    """

    def __init__(self) -> None:
        self.hidden: dict[str, _Hidden] = {}
        self.surfaces: dict[str, tuple[str, ...]] = {}
        self.characters = 0

    def __missing__(self, piece: str) -> str:
        raws = words(piece)
        analysed = [_memory[raw] for raw in raws]
        self._hide(piece, raws, analysed)
        self.surfaces[piece] = tuple(_surfaces(piece))
        self.characters += len(piece)
        # The last to be known: whoever finds the piece finds the rest, too.
        terms = self[piece] = "".join(f" {entry.term}" for entry in analysed if entry.term)
        return terms

    def _hide(self, piece: str, raws: list[str], analysed: list[Word]) -> None:
        inner = tuple(part for entry in analysed if entry.parts for part in entry.inner)
        dangling = piece.rstrip(",").endswith("-")
        hanging = dangling and len(piece) > _MIN_HANGING
        joined = _inside(piece) if "-" in piece and not dangling else ()
        publishers = codes.publishers(raws)
        if inner or joined or hanging or publishers:
            self.hidden[piece] = _Hidden(inner, joined, hanging, publishers)

    @property
    def full(self) -> bool:
        """Whether it is time to forget."""
        return len(self) > _PIECES_REMEMBERED or self.characters > _CHARACTERS_REMEMBERED


_pieces = _Pieces()


def _known_pieces() -> _Pieces:
    """What is remembered, for the length of one text; a full memory is left to who still uses it."""
    global _pieces  # noqa: PLW0603 - one per process, replaced as a whole
    if _pieces.full:
        _pieces = _Pieces()
    return _pieces


def index_terms(text: str) -> IndexTerms:
    """Terms of ``text`` in order, and those that its compounds, hyphens and codes hide."""
    text = clean(text[:MAX_TEXT])
    terms, parts = _terms(text, text.split(), _known_pieces())
    return IndexTerms(terms.split(), parts)


def index_tokens(text: str) -> str:
    """Words and parts of ``text`` as one string of terms between blanks."""
    return read(text).tokens


class Reading(NamedTuple):
    """A text as :func:`index_tokens` and as :func:`surface_words` gives it."""

    tokens: str
    surfaces: set[str]


def read(text: str) -> Reading:
    """Index tokens and surface words of ``text`` from one look at it."""
    text = clean(text[:MAX_TEXT])
    split, known = text.split(), _known_pieces()
    terms, parts = _terms(text, split, known)
    surfaces = set(chain.from_iterable(map(known.surfaces.__getitem__, set(split))))
    return Reading(f"{terms} {' '.join(parts)}".strip(), surfaces)


def surface_words(text: str) -> set[str]:
    """Folded words of ``text`` that a typing error could have been meant as (3+ letters)."""
    return _surfaces(clean(text[:MAX_TEXT]))


def prefixes(text: str) -> set[str]:
    """Beginnings (2 to 15 characters, plain spelling) of all words of ``text``."""
    raws = WORD.findall(clean(text[:MAX_TEXT]))
    return set(chain.from_iterable(map(_beginnings, raws)))


@lru_cache(maxsize=_BEGINNINGS_REMEMBERED)
def _beginnings(raw: str) -> tuple[str, ...]:
    plain = skeleton(fold(raw))
    return tuple(plain[:end] for end in range(MIN_PREFIX, min(len(plain), MAX_PREFIX) + 1))


def in_dictionary(folded: str) -> bool:
    """Whether a folded word is one of the field's own."""
    return shipped().term(folded) is not None


@lru_cache(maxsize=1)
def generic_terms() -> frozenset[str]:
    """Index terms of the generic words of the trade, which never decide what is found."""
    return frozenset(_memory[each].term for each in fillers().generic) - {""}


@lru_cache(maxsize=1)
def ordinary_terms() -> frozenset[str]:
    """Index terms of ordinary words, which are never taken for a typing error."""
    return frozenset(_memory[each].term for each in fillers().ordinary) - {""}


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """Changes whenever texts may be analysed differently, so that an index must be rebuilt."""
    digest = hashlib.sha256()
    names = ("compound_parts.txt", "english_words.txt", "fillers.yaml")
    sources = [LEXICON_DIR / name for name in names]
    here = Path(__file__).resolve().parent
    modules = (
        "analyse", "codes", "compounds", "dictionary", "fillers", "inflections", "normalise", "stem",
    )  # fmt: skip
    for path in sources + [here / f"{name}.py" for name in modules]:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _terms(text: str, split: list[str], known: _Pieces) -> tuple[str, list[str]]:
    """Terms of a cleaned ``text`` that is ``split`` at blanks: those of its words, and the parts."""
    terms = "".join(map(known.__getitem__, split))
    inner: list[str] = []
    joined: list[str] = []
    publishers: set[str] = set()
    for piece in filter(known.hidden.__contains__, split):
        hidden = known.hidden[piece]
        inner += hidden.inner
        joined += _hanging(text, piece) if hidden.hanging else hidden.joined
        publishers |= hidden.publishers
    coded = codes.index_terms(text, publishers) if publishers else []
    return terms, inner + joined + coded


def _surfaces(text: str) -> set[str]:
    found = {fold(raw) for raw in set(WORD.findall(text))}
    return {each for each in found if len(each) >= 3 and each.isalpha()}  # noqa: PLR2004


def _inside(piece: str) -> tuple[str, ...]:
    """Terms of words that a hyphen joins ("UV-lys") and of bare codes."""
    parts: list[str] = []
    for joined in HYPHENATED.findall(piece[:MAX_WORD]):
        analysed = _memory[joined.replace("-", "")]
        parts += (analysed.term, *analysed.inner) if analysed.term else ()
    if piece[0].isdigit():
        parts += [term for code in codes.find(piece[:MAX_WORD]) for term in code.terms]
    return tuple(parts)


def _hanging(text: str, piece: str) -> list[str]:
    """Terms of "strekk-" in "strekk- og slagprøving", which leaves out what both end in."""
    place = text.find(piece)
    match = HANGING.search(text, place, place + _HANGING_REACH)
    return _completed(match[1], _memory[match[2]]) if match else []


def _completed(beginning: str, compound: Word) -> list[str]:
    if len(compound.parts) < 2:  # noqa: PLR2004 (no compound, so nothing to complete)
        return []
    modifier = shipped().modifiers.get(fold(beginning)) or _memory[beginning].term
    return [modifier + compound.parts[-1]]


def _analyse(raw: str) -> Word:
    folded = fold(raw)
    if folded in fillers().stop:
        acronym = raw.isupper() and 1 < len(raw) <= _MAX_ACRONYM
        return Word(folded if acronym else "")
    if not folded.isalpha():
        number = codes.glued(folded)[1]
        return Word(skeleton(folded) if len(folded) > 1 else "", (number,) if number else ())
    dictionary = shipped()
    for spelling in _spellings(folded):
        term = dictionary.term(spelling)
        if term is not None:
            return Word(term)
        parts = compounds.split(spelling, dictionary)
        if parts:
            return _compound(parts)
    return _unknown(folded, dictionary)


def _spellings(folded: str) -> tuple[str, ...]:
    digraphs = undigraph(folded)
    return (folded,) if digraphs == folded else (folded, digraphs)


def _compound(parts: tuple[str, ...]) -> Word:
    joins = tuple(a + b for a, b in pairwise(parts)) if len(parts) > 2 else ()  # noqa: PLR2004
    return Word("".join(parts), tuple(dict.fromkeys(parts)), joins)


def _unknown(folded: str, dictionary: Dictionary) -> Word:
    """A word that no dictionary form spells out: plainly spelt, half known, or foreign."""
    term = dictionary.plainly(folded)
    if term is not None:
        return Word(term)
    plain_parts = compounds.split(skeleton(folded), _plain_dictionary())
    if plain_parts:
        return _compound(plain_parts)
    beginning, head = compounds.split_off_head(folded, dictionary)
    if head:
        modifier = stem(skeleton(beginning))
        return Word(skeleton(beginning) + head, (modifier, head))
    return Word(stem(skeleton(folded)))


@lru_cache(maxsize=1)
def _plain_dictionary() -> Dictionary:
    """The dictionary in plain spelling, for compounds typed without æ, ø and å."""
    known = shipped()
    modifiers: dict[str, str] = {}
    for form, term in known.modifiers.items():
        if (plain := skeleton(form)) not in fillers().stop:
            modifiers.setdefault(plain, term)
    bare = {skeleton(form) for form in known.bare}
    return Dictionary(known.plain, known.plain, modifiers, bare, known.compounding)
