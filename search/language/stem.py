"""Stems by rule, for words that the dictionary does not know.

One stemmer serves bokmål, nynorsk and English, because a text's language is often unknown and
technical texts mix them: endings that only one of them has are harmless in the others, and what
matters is that all forms of a word end up alike. Words of the field are not stemmed by rule but
looked up (:mod:`search.language.dictionary`).
"""

from __future__ import annotations

import re
from typing import Final

_MIN_STEM: Final = 3
_VOWEL: Final = re.compile(r"[aeiouy]")

# Longest first. Nouns: -en, -et, -ene, -er, -ar, -ane; verbs: -er, -et, -ed; genitive and plural s.
_ENDINGS: Final = (
    "anes", "enes", "ane", "ene", "ens", "ets", "ers", "ars",
    "ar", "ed", "en", "er", "es", "et", "as", "a", "e", "s",
)  # fmt: skip
_ING: Final = re.compile(
    r"(?:ingens|ingenes|inganes|ingen|ingene|ingane|inger|ingar|inga|ings|ing)$"
)
_NESS: Final = re.compile(r"(?<=[a-z]{3})(?:leiken|leik|heita|heit|heter|hetene|hetens|heten)$")
_SION: Final = re.compile(r"sjon(?:enes|anes|ene|ane|ens|en|er|ar|s)$")
_ATION: Final = re.compile(r"(?:asjon|ations?|ationally|ational|at(?:es?|ed|ing|ors?|ive))$")
_ERE: Final = re.compile(r"(?:er(?:t|te|ende|es|er|e|ast|a|ar)|er)$")
_ELSE: Final = re.compile(r"els(?:e|en|er|ene|ens|ar|ane|es)$")
_NING: Final = re.compile(r"[bdfklmstv]n$")
_ENGLISH_Y: Final = re.compile(r"i(?:es|ed|er|est)$")
_S_STAYS: Final = re.compile(r"(?:ss|us|is|ps|ks)$")


def stem(word: str) -> str:
    """The stem of ``word``, which is a skeleton (see :func:`normalise.skeleton`)."""
    if len(word) <= _MIN_STEM or not word.isalpha():
        return word
    word = _NESS.sub("het", word)
    word = _SION.sub("sjon", word)
    word = _IS_TO_Z.sub("is", word)
    word = _OUR.sub("or", word)
    for pattern, minimum in ((_ATION, 4), (_ERE, 4), (_ELSE, 4)):
        match = pattern.search(word)
        if match and match.start() >= minimum:
            return word[: match.start()]
    match = _ING.search(word)
    if match and match.start() >= _MIN_STEM and _VOWEL.search(word[: match.start()]):
        return _after_ing(word[: match.start()])
    if _ENGLISH_Y.search(word) and len(word) > 5:  # noqa: PLR2004 (bodies, but not "dies")
        return _ENGLISH_Y.sub("y", word)
    return _without_endings(word)


_OUR: Final = re.compile(r"(?<=[a-z]{3})our(?=s?$|ed$|ing$|al$)")
_IS_TO_Z: Final = re.compile(r"iz(?=e|a|ing)")


def _after_ing(base: str) -> str:
    """What is left of a noun in -ing: "prøvning" and "prøving" meet, "kalibrering" loses its -er."""
    if _NING.search(base) and len(base) > _MIN_STEM:
        base = base[:-1]
    match = _ERE.search(base)
    return base[: match.start()] if match and match.start() >= _MIN_STEM + 1 else base


def _without_endings(word: str) -> str:
    """``word`` without inflection; two rounds, so that "polymerene" meets "polymer"."""
    for _ in range(2):
        for ending in _ENDINGS:
            if not word.endswith(ending):
                continue
            rest = word[: -len(ending)]
            if len(rest) < _MIN_STEM or not _VOWEL.search(rest):
                break
            if ending == "s" and _S_STAYS.search(word):
                break
            word = rest
            break
        else:
            break
    return word
