"""Inflected forms of dictionary words, by rule.

Generous on purpose: a form that no one writes costs a little memory, a missing one costs a hit.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Final

_ING_FORMS: Final = (
    "ing", "ings", "inga", "ingen", "ingens", "inger", "ingene", "ingenes", "ingar", "ingane",
)  # fmt: skip
_NOUN: Final = (
    "en", "ens", "et", "ets", "er", "ers", "ene", "enes", "a", "as", "ar", "ane", "anes", "e", "s",
)  # fmt: skip
# Who or what does it: "sveiserne", "måleren".
_DOER: Final = ("eren", "erens", "ere", "erne", "ernes", "arane")
_VERB: Final = ("te", "t", "ende", "ande", "es", "ast", "est", "este")
_NESS: Final = (
    "heten", "heter", "hetene", "heit", "heita", "heiter", "heitene", "leik", "leiken", "leikar",
)  # fmt: skip
_VOWELS: Final = frozenset("aeiouyæøå")
_AFTER_VOWEL: Final = (
    "en", "ens", "et", "ets", "a", "er", "ers", "ene", "enes", "ar", "ane", "anes", "s",
    "r", "dd", "dde", "tt", *_ING_FORMS,
)  # fmt: skip
_NOUN_ENDS: Final = ("sjon", "het", "else", "tor", "isme", "tur", "itet", "logi", "met", "ium")


def norwegian(lemma: str) -> Iterator[str]:
    """Forms of a Norwegian word (folded), bokmål and nynorsk, its own first."""
    yield lemma
    yield lemma + "s"
    if lemma.endswith("het"):
        yield from _joined(lemma[:-3], _NESS)
    if lemma.endswith("i") and len(lemma) > 5:  # noqa: PLR2004 (metallografisk, not skisk)
        yield from _joined(lemma, ("sk", "ske", "skt"))
    if lemma.endswith("ing"):
        yield from _of_ing(lemma)
    elif lemma.endswith(("asjon", "isjon")):
        yield from _joined(lemma, _NOUN)
    elif lemma.endswith("um"):
        yield from _joined(lemma[:-2], ("et", "ets", "er", "ers", "ene", "enes", "a", "as"))
        yield from _joined(lemma, ("et", "ets", "er", "ene", "s"))
    elif lemma.endswith("e"):
        yield from _of_e(lemma)
    elif lemma[-1:] in _VOWELS:
        yield from _joined(lemma, _AFTER_VOWEL)
    elif lemma.endswith(_NOUN_ENDS):
        yield from _joined(lemma, _NOUN)
    else:
        yield from _of_consonant(lemma)


def english(lemma: str) -> Iterator[str]:
    """Forms of an English word (folded), its own first."""
    yield lemma
    if lemma.endswith("e"):
        yield from _joined(lemma, ("s", "d", "r", "rs"))
        yield from _joined(lemma[:-1], ("ing", "ings"))
    elif lemma.endswith("y") and lemma[-2:-1] not in _VOWELS:
        yield from _joined(lemma[:-1], ("ies", "ied", "ier", "iers"))
        yield lemma + "ing"
    else:
        yield from _joined(lemma, ("s", "es", "ed", "ing", "ings", "er", "ers"))
        if len(lemma) <= 4 and _closed(lemma):  # noqa: PLR2004 (cut, spin: one short syllable)
            yield from _joined(lemma + lemma[-1], ("ed", "ing", "er", "ers"))


def _joined(base: str, endings: tuple[str, ...]) -> Iterator[str]:
    return (base + ending for base, ending in product((base,), endings))


def _closed(lemma: str) -> bool:
    return lemma[-1] not in "wxy" and lemma[-1] not in _VOWELS and lemma[-2:-1] in _VOWELS


def _of_ing(lemma: str) -> Iterator[str]:
    base = lemma[:-3]
    yield from _joined(base, _ING_FORMS)
    yield from _joined(base, ("e", "er", "a", "ar", "et", *_VERB, *_DOER))


def _of_e(lemma: str) -> Iterator[str]:
    base = lemma[:-1]
    yield from _joined(base, (*_NOUN, *_VERB, *_ING_FORMS))
    if len(base) > 3:  # noqa: PLR2004 (a shorter one is too often another word)
        yield base


def _of_consonant(lemma: str) -> Iterator[str]:
    yield from _joined(lemma, (*_NOUN, *_VERB, "ere"))
    if lemma.endswith("m"):
        yield from _joined(lemma + "m", _NOUN)
    if lemma.endswith(("el", "er", "en")) and len(lemma) > 4:  # noqa: PLR2004
        short = lemma[:-2]
        if short[-1] == short[-2]:
            short = short[:-1]
        yield from _joined(short + lemma[-1], ("e", "er", "ene", "a", "ar", "ane", "ere", "et"))
