"""Codes of standards in texts and queries.

"NS-EN ISO 6892-1:2019", "ISO 6892-1", "iso6892-1" and "6892" must meet, while 6892-1 and 6892-2
stay two standards that only share a number. A code gives four index terms: publisher with number
and part, publisher with number, number with part, number alone. The year is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

# The last publisher named counts: an NS-EN ISO standard is an ISO standard.
_PUBLISHERS: Final = (
    "NS|SN|EN|ISO|IEC|ASTM|DIN|VDI|VDE|BS|SS|DS|SFS|AFNOR|NF|UNI|JIS|GB|ANSI|IEEE|ASME|AWS|API|"
    "SAE|UL|UN|MIL|STANAG|NORSOK|DNVGL|DNV|LR|NACE|AMPP|AATCC|ETSI|CISPR|FCC|ITU|RTCA|DO|"
    "EUROCAE|ECE|UNECE|ISTA|TAPPI|AOAC|OECD|ICH|USP|FDA|CFR|NORDTEST|NT|ITS|JEDEC|IPC|SEMI|"
    "EIA|TIA|ATEX|IMO|SOLAS|FEM|EEMUA|CEN|CLC|IECEX|CENELEC|ASHRAE|NFPA|FM|EAD|ETAG"
)
_KIND: Final = r"(?:STD|HDBK|PRF|DTL|ST|OS|RP|CG|CP|SE|SPEC|TR|TS|GUIDE|PAS|NT|TM|J|RU|FIRE|BUILD)"
_CODE: Final = re.compile(
    rf"(?<![^\W_])(?P<publishers>(?:{_PUBLISHERS})(?:[ /-]+(?:{_PUBLISHERS}))*)"
    rf"(?:[ /-]+(?P<kind>{_KIND}))?[ /-]*"
    r"(?P<number>[A-Z]{0,2}[ -]?\d{1,6})(?P<letter>[A-Z]?)"
    r"(?P<part>(?:[-.]\d{1,3}[A-Z]?(?![\d])){0,3})"
    r"(?::?[ ]?(?:\((?:19|20)\d\d\)|(?<=:)(?:19|20)\d\d|(?<=: )(?:19|20)\d\d))?(?![^\W_])",
    re.IGNORECASE,
)
_PUBLISHER_SET: Final = frozenset(_PUBLISHERS.split("|"))
_GLUED: Final = re.compile(r"(?P<publisher>[a-z]{2,6})(?P<number>\d{2,6})")
_BARE: Final = re.compile(r"(?<![\w.,-])(?P<number>\d{3,6})(?P<part>(?:-\d{1,3}){1,3})(?![\w-])")
_NUMBER: Final = re.compile(r"\d{3,6}")
_YEAR: Final = re.compile(r"^(?:19|20)\d\d$")
_MAYBE: Final = re.compile(r"\d")
_TWINS: Final = {"dnvgl": "dnv", "unece": "ece", "ampp": "nace"}


@dataclass(frozen=True, slots=True)
class Code:
    """A standard's code found in a text between ``start`` and ``end``."""

    publisher: str
    number: str
    part: str
    start: int
    end: int

    @property
    def base(self) -> str:
        """Publisher and number without part, or the number alone: "iso6892"."""
        return self.publisher + self.number

    @property
    def full(self) -> str:
        """Publisher, number and part: "iso6892-1"."""
        return self.base + self.part

    @property
    def terms(self) -> tuple[str, ...]:
        """All index terms of the code, the most telling first."""
        candidates = [self.full, self.base]
        if sum(letter.isdigit() for letter in self.number) >= 2:  # noqa: PLR2004 (E8 is no number)
            candidates += [self.number + self.part, self.number]
        return tuple(dict.fromkeys(candidates))


def find(text: str) -> Iterator[Code]:
    """Codes in ``text`` in order: with a publisher anywhere, bare only as number and part."""
    if not _MAYBE.search(text):
        return
    end = 0
    for match in _CODE.finditer(text):
        yield from _bare(text, end, match.start())
        yield _code(match)
        end = match.end()
    yield from _bare(text, end, len(text))


def publishers(words: Iterable[str]) -> frozenset[str]:
    """Those of ``words`` that name a publisher of standards, in capitals."""
    return _PUBLISHER_SET.intersection(words)


def index_terms(text: str, publishers: Iterable[str]) -> list[str]:
    """Index terms of the codes in a text of which ``publishers`` are those it names.

    Quicker than :func:`find`: publishers must stand in capitals, and none of the text is read but
    where they do.
    """
    places = sorted(place for name in publishers for place in _places(text, name))
    terms: list[str] = []
    end = 0
    for place in places:
        if place < end:
            continue
        match = _CODE.match(text, place)
        if match is not None:
            terms += _code(match).terms
            end = match.end()
    return terms


def glued(word: str) -> tuple[str, str]:
    """Publisher and number of a code written as one folded word ("iso9001"), else empty."""
    match = _GLUED.fullmatch(word)
    if match is None or match["publisher"].upper() not in _PUBLISHER_SET:
        return "", ""
    return match["publisher"], match["number"]


def _places(text: str, name: str) -> Iterator[int]:
    place = text.find(name)
    while place >= 0:
        yield place
        place = text.find(name, place + len(name))


def looks_like_number_of_code(word: str) -> bool:
    """Whether ``word`` alone may be a standard's number, as "6892" is; a year is not."""
    return bool(_NUMBER.fullmatch(word)) and not _YEAR.match(word)


def _bare(text: str, start: int, end: int) -> Iterator[Code]:
    for match in _BARE.finditer(text, start, end):
        number, part = match["number"], match["part"]
        if not _YEAR.match(number):
            yield Code("", number, part, match.start(), match.end())


def _code(match: re.Match[str]) -> Code:
    publisher = re.split(r"[ /-]+", match["publishers"].lower())[-1]
    kind = (match["kind"] or "").lower()
    number = re.sub(r"[ -]", "", match["number"]).lower()
    part = (match["letter"] + match["part"]).lower().replace(".", "-")
    publisher = _TWINS.get(publisher, publisher)
    return Code(publisher + ("" if kind in {"", "tr", "ts"} else kind), number, part,
                match.start(), match.end())  # fmt: skip
