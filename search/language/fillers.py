"""Words that carry no meaning in a query, or too little to decide anything.

*Stop* words are in no index and in no query; *filler* words are dropped from queries only; the
*generic* words of the trade ("teste", "utstyr") rank but never decide, *everyday* words ("mister",
"months") neither, unless they are all there is; *ordinary* words are known to be words, so that they
are never taken for a typing error of another one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import yaml

from search.language.dictionary import LEXICON_DIR, shipped
from search.language.normalise import fold, skeleton

_PATH: Final = LEXICON_DIR / "fillers.yaml"
_ORDINARY: Final = LEXICON_DIR / "ordinary_words.txt"


@dataclass(frozen=True, slots=True)
class Fillers:
    """Word lists, all folded.

    ``units`` are what numbers count. ``english`` are those stop words that give away English;
    after one of ``subjects`` the words of ``after_subject`` are what somebody does ("vi lager"),
    not what is sought ("lager").
    """

    stop: frozenset[str]
    filler: frozenset[str]
    generic: frozenset[str]
    everyday: frozenset[str]
    units: frozenset[str]
    ordinary: frozenset[str]
    english: frozenset[str]
    subjects: frozenset[str]
    after_subject: frozenset[str]

    def ignored(self, folded: str) -> bool:
        """Whether a query's word says nothing about what is sought."""
        return folded in self.stop or folded in self.filler


def _gather(lists: Iterable[Any]) -> frozenset[str]:
    return frozenset(fold(word) for words in lists for word in str(words).split())


def _plainly(words: frozenset[str]) -> frozenset[str]:
    """Plain spellings ("pa", "vaere") of words with æ, ø or å; not "maten", which is food."""
    plain = {skeleton(word) for word in words if not word.isascii()}
    return frozenset(word for word in plain if shipped().term(word) is None)


@lru_cache(maxsize=1)
def fillers() -> Fillers:
    """The lists that come with the search; read once."""
    data = yaml.safe_load(_PATH.read_text(encoding="utf-8"))
    lines = _ORDINARY.read_text(encoding="utf-8").splitlines()
    stop = _gather(data["stop"].values())
    filler = _gather(data["filler"].values())
    everyday = _gather(data["everyday"].values())
    return Fillers(
        stop=stop,
        filler=filler | _plainly(filler) | _plainly(stop),
        generic=_gather(data["generic"].values()),
        everyday=everyday | _plainly(everyday),
        units=_gather([data["units"]]),
        ordinary=_gather(line.partition("#")[0] for line in lines),
        english=_gather([data["stop"]["en"]]) - _gather([data["stop"]["nb"], data["stop"]["nn"]]),
        subjects=_gather([data["after_subject"]["subjects"]]),
        after_subject=_gather([data["after_subject"]["verbs"]]),
    )
