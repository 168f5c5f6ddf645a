"""The words that public entries hold: what typing errors are corrected to.

Only entries that anybody may read teach words, so that a correction can reveal nothing. The feed
adds words as entries come; a rebuild counts them anew, and so forgets those that are gone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from django.db import transaction

from search.language.analyse import surface_words
from search.models import SearchEntry, Word
from search.query import PUBLIC

CHUNK: Final = 2_000


def learn(new: Iterable[SearchEntry]) -> None:
    """Add the words of ``new`` that are not known yet."""
    counts = _count(new)
    if not counts:
        return
    known = set(Word.objects.filter(word__in=list(counts)).values_list("word", flat=True))
    unknown = [Word(word=word, entries=n) for word, n in counts.items() if word not in known]
    Word.objects.bulk_create(unknown, batch_size=CHUNK, ignore_conflicts=True)


def count_anew() -> None:
    """Count the words of all public entries and forget the others."""
    counts: Counter[str] = Counter()
    last = ""
    while chunk := list(SearchEntry.objects.filter(key__gt=last).order_by("key")[:CHUNK]):
        counts += _count(chunk)
        last = chunk[-1].key
    with transaction.atomic():
        Word.objects.all().delete()
        Word.objects.bulk_create(
            [Word(word=word, entries=count) for word, count in counts.items()], batch_size=CHUNK
        )


def frequencies() -> dict[str, int]:
    """Every known word with the number of entries that hold it."""
    return dict(Word.objects.values_list("word", "entries"))


def entries() -> int:
    """How many entries there are."""
    return SearchEntry.objects.count()


def _count(entries: Iterable[SearchEntry]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for entry in entries:
        if PUBLIC in entry.audience:
            counts.update(_words_of(entry))
    return counts


def _words_of(entry: SearchEntry) -> set[str]:
    texts = (
        entry.title_nb, entry.title_en, entry.summary_nb, entry.summary_en,
        entry.text_nb, entry.text_en,
    )  # fmt: skip
    found = surface_words(" ".join(texts))
    return found.union(*(_keyword_words(line) for line in entry.keywords.split("\n")))


@lru_cache(maxsize=50_000)
def _keyword_words(line: str) -> frozenset[str]:
    """Words of one keyword; the same ones come again in thousands of entries."""
    return frozenset(surface_words(line))
