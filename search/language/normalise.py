"""Spelling-independent forms of text and words.

Three steps, each losing a little more: a *word* is what stands in the text, its *folded* form has
one case, one encoding and no accents (but keeps æ, ø, å), and its *skeleton* makes the plain
spellings meet ("stål", "staal" and "stal" are all "stal").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

MAX_WORD: Final = 64
WORD: Final = re.compile(r"\w+")
HYPHENATED: Final = re.compile(r"(?:[^\W\d_]+|\d?[^\W\d_]\d?)(?:-[^\W\d_]{2,})+")
HANGING: Final = re.compile(
    r"([^\W\d_]{3,})[-–](?:,? [^\W\d_]{3,}[-–])*,? (?:og|eller|og/eller|samt|and|or) ([^\W\d_]{6,})"
)

_INVISIBLE: Final = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_DASHES: Final = "‐‑‒–—−﹣-"
_LETTERS: Final = str.maketrans(
    {"ä": "æ", "ö": "ø", "ß": "ss", "ð": "d", "þ": "th", "đ": "d", "ł": "l", "œ": "ø", "μ": "u"}
)
_PLAIN: Final = str.maketrans({"å": "a", "ø": "o", "æ": "ae", "ô": "o"})
# "fôr" is feed, "for" is everywhere.
_KEPT: Final = frozenset("æøåô")


def clean(text: str) -> str:
    """``text`` composed (NFC), without invisible characters, with one kind of hyphen, no "_"."""
    if "_" in text:
        text = text.replace("_", " ")
    if text.isascii():
        return text
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    # Looking for each is far faster than str.translate, and hardly any text has them.
    for character in _INVISIBLE:
        if character in text:
            text = text.replace(character, "")
    for character in _DASHES:
        if character in text:
            text = text.replace(character, "-")
    return text


@lru_cache(maxsize=4_096)
def fold(word: str) -> str:
    """``word`` in lower case, NFKC (CO₂ becomes co2), without accents; æ, ø and å stay."""
    word = word[:MAX_WORD].lower()
    if word.isascii():
        return word
    word = unicodedata.normalize("NFKC", word).lower().translate(_LETTERS)
    if word.isascii():
        return word
    return "".join(letter if letter in _KEPT else _bare(letter) for letter in word)


def _bare(letter: str) -> str:
    decomposed = unicodedata.normalize("NFD", letter)
    return "".join(mark for mark in decomposed if not unicodedata.combining(mark))


def skeleton(folded: str) -> str:
    """The one form in which "stål", "staal" and "stal" (or "prøve", "proeve", "prove") meet."""
    return folded.translate(_PLAIN).replace("aa", "a").replace("oe", "o")


def undigraph(folded: str) -> str:
    """``folded`` with aa, oe and ae read as å, ø and æ."""
    return folded.replace("aa", "å").replace("oe", "ø").replace("ae", "æ")


def without_letter_hyphens(text: str) -> str:
    """``text`` with "X-ray" and "u-verdi" as one word each: a letter alone would say nothing."""
    place = text.find("-")
    while place >= 0:
        alone = place > 0 and text[place - 1].isalpha() and not text[max(0, place - 2)].isalnum()
        alone = alone or (place == 1 and text[0].isalpha())
        if alone and text[place + 1 : place + 4].isalpha() and len(text) > place + 3:
            text = text[:place] + text[place + 1 :]
        place = text.find("-", place + 1)
    return text


def words(text: str) -> list[str]:
    """Words of cleaned ``text`` in order: runs of letters and digits."""
    return WORD.findall(without_letter_hyphens(text) if "-" in text else text)


def spans(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and word for each word of ``text``, which is taken as it stands."""
    for match in WORD.finditer(text):
        yield match.start(), match.end(), match.group()
