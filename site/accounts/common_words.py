"""Passwords that are a common Norwegian word or name with numbers around it are refused."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

WORDS: Final = Path(__file__).with_name("data") / "common_words.txt"
# What people put in the place of a letter, and how the letters of Norwegian are spelled plainly.
DISGUISES: Final = str.maketrans("01345789@$!€", "oieastgpasie")
PLAIN: Final = (("å", "a"), ("aa", "a"), ("ø", "o"), ("oe", "o"), ("æ", "ae"))
_ENDS: Final = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_TAIL: Final = re.compile(r"[\W\d_]+$")
_BETWEEN: Final = re.compile(r"[\W_]+")


class CommonWordValidator:
    """Refuses a common word, once or several times over, whatever numbers and signs surround it."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError for a password that is one of the first to be tried."""
        words = common_words()
        if any(_is_made_of(core, words) for core in _cores(password)):
            raise ValidationError(
                _(
                    "This password is a common word or name, and is guessed early even with "
                    "numbers after it. Use several words that have nothing to do with each other."
                ),
                code="password_too_common",
            )

    def get_help_text(self) -> str:
        """What to avoid."""
        return _("A common word or name, such as a season with a year, is not enough.")


@cache
def common_words() -> frozenset[str]:
    """The words of the list, spelled plainly."""
    lines = WORDS.read_text(encoding="utf-8").splitlines()
    return frozenset(_plain(word) for line in lines if line[:1] != "#" for word in line.split())


def _cores(password: str) -> set[str]:
    """What is left of a password without what surrounds it, with and without its disguise."""
    written = password.casefold()
    bare = _ENDS.sub("", written)
    disguised = _TAIL.sub("", written).translate(DISGUISES)
    cores = (bare, bare.translate(DISGUISES), _ENDS.sub("", disguised))
    return {_plain(_BETWEEN.sub("", core)) for core in cores}


def _is_made_of(core: str, words: frozenset[str]) -> bool:
    """Whether the text is a word of the list, or the same one over and over."""
    lengths = (length for length in range(2, len(core) + 1) if len(core) % length == 0)
    return any(core[:n] * (len(core) // n) == core and core[:n] in words for n in lengths)


def _plain(text: str) -> str:
    for letter, plain in PLAIN:
        text = text.replace(letter, plain)
    return text
