"""The words of this field: their inflections, their families and which of them make compounds.

Read from two curated files in ``search/lexicon``: ``compound_parts.txt`` (Norwegian, also the
parts that compounds are taken apart into) and ``english_words.txt``. A line is one family, its
first word the one that becomes the index term::

    prøving: prøve prøvning         three words, one term
    ~lysbue                         a word of its own, though "lys" and "bue" are parts, too
"""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Callable, Iterable, Iterator, MutableMapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Final

from search.language import inflections
from search.language.normalise import fold, skeleton

LEXICON_DIR: Final = Path(__file__).resolve().parent.parent / "lexicon"
_WHOLE: Final = "~"
_MIN_HEAD: Final = 3
# Nothing ends in a compared adjective ("brukartest" is no "kartest").
_COMPARED: Final = re.compile(r"[^t]este?$")


@dataclass(slots=True)
class Dictionary:
    """Known word forms.

    ``forms`` maps a folded form to its term, ``plain`` a skeleton to the most likely one;
    ``modifiers`` maps what may stand before the end of a compound, ``bare`` are those of them that
    have no linking letter; ``compounding`` holds the terms whose forms may end one.
    """

    forms: MutableMapping[str, str] = field(default_factory=dict)
    plain: MutableMapping[str, str] = field(default_factory=dict)
    modifiers: dict[str, str] = field(default_factory=dict)
    bare: set[str] = field(default_factory=set)
    compounding: set[str] = field(default_factory=set)

    def term(self, folded: str) -> str | None:
        """The index term of a folded word, or None when it is not in the dictionary."""
        return self.forms.get(folded)

    def head(self, folded: str) -> str | None:
        """The term of a word that may end a compound, else None."""
        term = self.forms.get(folded, "")
        if term not in self.compounding or (len(term) < _MIN_HEAD or _COMPARED.search(folded)):
            return None
        return term

    def plainly(self, folded: str) -> str | None:
        """The term of a word written without æ, ø and å, or with aa, oe, ae."""
        return self.plain.get(skeleton(folded))


@dataclass(frozen=True, slots=True)
class _Family:
    term: str
    members: tuple[str, ...]
    part: bool


def _families(path: Path) -> Iterator[_Family]:
    for raw in path.read_text(encoding="utf-8").splitlines():
        line = raw.partition("#")[0].replace(":", " ").strip()
        if not line:
            continue
        members = tuple(fold(word) for word in line.removeprefix(_WHOLE).split())
        yield _Family(members[0], members, part=not line.startswith(_WHOLE))


def _inflect(
    forms: MutableMapping[str, str],
    families: Iterable[_Family],
    inflect: Callable[[str], Iterable[str]],
) -> None:
    """Add all forms; a word of the list is never taken over by another one's inflection."""
    families = list(families)
    for family in families:
        for member in family.members:
            forms.setdefault(member, family.term)
    for family in families:
        for member in family.members:
            for form in inflect(member):
                forms.setdefault(form, family.term)


def _modifier_forms(member: str) -> Iterator[str]:
    yield member
    yield member + "s"
    if member.endswith("e"):
        if len(member) > 4:  # noqa: PLR2004 (as in "sveistråd"; shorter ones mislead)
            yield member[:-1]
    else:
        yield member + "e"


def build(parts: Path, english: Path) -> Dictionary:
    """The dictionary of two word lists."""
    families = list(_families(parts))
    dictionary = Dictionary()
    _inflect(dictionary.forms, families, inflections.norwegian)
    compounding = [family for family in families if family.part]
    dictionary.compounding.update(family.term for family in compounding)
    for family in compounding:
        for member in family.members:
            dictionary.modifiers.setdefault(member, family.term)
    dictionary.bare.update(dictionary.modifiers)
    for family in compounding:
        for member in family.members:
            for form in _modifier_forms(member):
                dictionary.modifiers.setdefault(form, family.term)
    _inflect(dictionary.forms, _families(english), inflections.english)
    _add_plain_spellings(dictionary)
    return dictionary


def _add_plain_spellings(dictionary: Dictionary) -> None:
    """Only those that ``forms`` does not have alike: most words are spelt plainly anyway."""
    plain: dict[str, str] = {}
    for form, term in dictionary.forms.items():
        spelling = skeleton(form)
        # One string for both where they are the same.
        plain.setdefault(form if spelling == form else spelling, term)
    forms = dictionary.forms
    own = {spelling: term for spelling, term in plain.items() if forms.get(spelling) != term}
    dictionary.plain = ChainMap(own, forms)


@lru_cache(maxsize=1)
def shipped() -> Dictionary:
    """The dictionary that comes with the search; read once."""
    return build(LEXICON_DIR / "compound_parts.txt", LEXICON_DIR / "english_words.txt")
