"""What an engine is given of an entry: index terms made by our own language layer.

Every engine splits these fields at white space and does nothing else with them, so all engines know
exactly the same Norwegian and English.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Final, NamedTuple

from search.documents import STANDING, documents
from search.facets import is_counted
from search.language.analyse import Reading, prefixes, read
from search.language.normalise import fold
from search.language.plan import pairs
from search.models import SearchEntry

EPOCH: Final = date(1970, 1, 1)
MAX_BODY_CHARACTERS: Final = 20_000
CHUNK: Final = 1_000
_ORDER_LETTERS: Final = 12
_KEYWORDS_REMEMBERED: Final = 20_000
# A rank's fraction has 21 of the 23 bits of a single precision number, which is what scores are: a
# week is worth 64 of its steps, and between entries of one week the key decides.
_RANKED_SINCE: Final = date(2015, 1, 1)
_WEEKS: Final = 2**11
_KEYS: Final = 2**6
_RANKS: Final = 2**21

logger = logging.getLogger(__name__)


class Row(NamedTuple):
    """What is read of an entry to index it: the fields of :class:`SearchEntry` of these names."""

    key: str
    type: str
    title_nb: str
    title_en: str
    summary_nb: str
    summary_en: str
    text_nb: str
    text_en: str
    keywords: str
    facets: dict[str, list[str]]
    audience: list[str]
    lat: float | None
    lon: float | None
    published_at: datetime | None
    confirmed_on: date | None
    version: int


class IndexDocument(NamedTuple):
    """An entry as index terms.

    ``title``, ``keywords`` and ``text`` hold terms, and the pairs of those that stand together, so
    that no engine needs positions. ``text`` holds those of the other two as well: it decides what is
    found, they only where it ranks. What an entry scores is multiplied by ``rank`` (1 to 2): more
    for the types that go first, and a little more the fresher it is, so that it orders what would
    score alike. ``facets`` are ``name:slug``; ``counted`` are those of
    them that are counted. ``title_order`` sorts titles, ``title_order_en`` those that readers of
    English see. ``published`` and ``confirmed`` are days since 1970 (0: unknown). ``stamp`` tells
    whether an engine has this state: version and audience.
    """

    key: str
    type: str
    version: int
    stamp: str
    audience: list[str]
    facets: list[str]
    counted: list[str]
    title: str
    keywords: str
    text: str
    prefixes: str
    title_order: int
    title_order_en: int
    published: int
    confirmed: int
    rank: float
    lat: float | None
    lon: float | None


class Analysed(NamedTuple):
    """An entry's index document, and its folded words, to which typing errors may be corrected."""

    document: IndexDocument
    words: set[str]


def all_rows() -> Iterator[list[Row]]:
    """All entries, a thousand at a time in the order of their keys."""
    last = ""
    while True:
        # Models' instances would take half as long again to make.
        rows = SearchEntry.objects.filter(key__gt=last).order_by("key").values_list(*Row._fields)
        chunk = list(map(Row._make, rows[:CHUNK]))
        if not chunk:
            return
        yield chunk
        last = chunk[-1].key


def document_of(entry: SearchEntry | Row) -> IndexDocument:
    """The index document of an entry."""
    return analyse(entry).document


def analyse_each(entries: Iterable[SearchEntry | Row]) -> list[Analysed]:
    """All that can be analysed; of the others it is told, and the search does without them."""
    found = []
    for entry in entries:
        try:
            found.append(analyse(entry))
        except Exception:
            # Whatever is wrong with one, the others are not.
            logger.exception("%s cannot be indexed and is left out", entry.key)
    return found


def analyse(entry: SearchEntry | Row) -> Analysed:
    """The index document and the words of an entry, from one look at its texts."""
    title = _read(f"{entry.title_nb} . {entry.title_en}")
    body = _read(
        f"{entry.summary_nb} . {entry.text_nb} . {entry.summary_en} . {entry.text_en}"[
            :MAX_BODY_CHARACTERS
        ]
    )
    lines = list(map(_keywords.__getitem__, entry.keywords.split("\n")))
    keywords = " ".join([line.tokens for line in lines])
    document = IndexDocument(
        key=entry.key,
        type=entry.type,
        version=entry.version,
        stamp=stamp_of(entry.version, entry.audience),
        audience=list(entry.audience),
        facets=_choices(entry.facets),
        counted=_choices({name: slugs for name, slugs in entry.facets.items() if is_counted(name)}),
        title=title.tokens,
        keywords=keywords,
        text=f"{title.tokens} {keywords} {body.tokens}",
        prefixes=" ".join(prefixes(f"{entry.title_nb} {entry.title_en}")),
        title_order=title_order(entry.title_nb),
        title_order_en=title_order(entry.title_en or entry.title_nb),
        published=_day(entry.published_at.date() if entry.published_at else None),
        confirmed=_day(entry.confirmed_on),
        rank=_rank_of(entry),
        lat=entry.lat,
        lon=entry.lon,
    )
    words = body.surfaces
    words.update(title.surfaces, *[line.surfaces for line in lines])
    return Analysed(document, words)


def _read(text: str) -> Reading:
    """How ``text`` reads, with the pairs of terms that are neighbours among the tokens."""
    tokens, surfaces = read(text)
    return Reading(f"{tokens} {' '.join(pairs(tokens.split()))}", surfaces)


def _choices(facets: Mapping[str, Sequence[str]]) -> list[str]:
    return [f"{name}:{slug}" for name, slugs in facets.items() for slug in slugs]


class _Keywords(dict[str, Reading]):
    """Keywords → how they read; the same methods and materials come again in thousands of entries.

    Emptied when it grows too large.
    """

    def __missing__(self, line: str) -> Reading:
        if len(self) >= _KEYWORDS_REMEMBERED:
            self.clear()
        reading = self[line] = _read(line)
        return reading


_keywords: Final = _Keywords()


def stamp_of(version: int, audience: Iterable[str]) -> str:
    """What two copies of an entry share only if version and audience are the same."""
    digest = hashlib.blake2s(" ".join(sorted(audience)).encode(), digest_size=6).hexdigest()
    return f"{version}-{digest}"


def title_order(title: str) -> int:
    """A number that sorts titles by their first twelve characters, æ ø å last, digits first."""
    number = 0
    for character in title.lower().ljust(_ORDER_LETTERS)[:_ORDER_LETTERS]:
        number = number * 32 + _rank(character)
    return number


def title_field(language: str) -> str:
    """Which of a document's two orders of titles readers of ``language`` see."""
    return "title_order_en" if language.startswith("en") else "title_order"


@lru_cache(maxsize=1_000)
def _rank(character: str) -> int:
    if character in "æøå":
        return 28 + "æøå".index(character)
    plain = fold(character)[:1]
    if "a" <= plain <= "z":
        return ord(plain) - ord("a") + 2
    return 1 if plain.isdigit() else 0


def _rank_of(entry: SearchEntry | Row) -> float:
    """How much more an entry scores than it would by its words alone; the same on any day."""
    document = documents().get(entry.type)
    weeks = (entry.confirmed_on - _RANKED_SINCE).days // 7 if entry.confirmed_on else 0
    fresh = min(max(weeks, 0), _WEEKS - 1) * _KEYS
    key = hashlib.blake2s(entry.key.encode(), digest_size=1).digest()[0] % _KEYS
    prior = document.prior if document else 1.0
    if document and STANDING in entry.facets:
        prior -= document.demotion
    return prior * (1 + (fresh + key) / _RANKS)


def _day(day: date | None) -> int:
    return (day - EPOCH).days if day else 0
