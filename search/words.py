"""The words that public entries hold: what typing errors are corrected to.

Only entries that anybody may read teach words, so that a correction can reveal nothing. The feed
adds words as entries come; a rebuild counts them anew, and so forgets those that are gone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from django.db import transaction

from search.indexing import Analysed, all_rows, analyse
from search.models import SearchEntry, Word
from search.query import PUBLIC

BATCH: Final = 2_000


def count(entries: Iterable[Analysed]) -> Counter[str]:
    """The words of those of ``entries`` that are public, with how many of them hold each."""
    counts: Counter[str] = Counter()
    for entry in entries:
        if PUBLIC in entry.document.audience:
            counts.update(entry.words)
    return counts


def learn(new: Iterable[Analysed]) -> None:
    """Add the words of ``new`` that are not known yet."""
    counts = count(new)
    if not counts:
        return
    known = set(Word.objects.filter(word__in=list(counts)).values_list("word", flat=True))
    unknown = [Word(word=word, entries=n) for word, n in counts.items() if word not in known]
    Word.objects.bulk_create(unknown, batch_size=BATCH, ignore_conflicts=True)


def replace(counts: Mapping[str, int]) -> None:
    """Make these the known words and forget all others."""
    rows = [Word(word=word, entries=number) for word, number in counts.items()]
    with transaction.atomic():
        Word.objects.all().delete()
        Word.objects.bulk_create(rows, batch_size=BATCH)


def count_anew() -> None:
    """Count the words of all public entries and forget the others."""
    counts: Counter[str] = Counter()
    for rows in all_rows():
        counts.update(count(map(analyse, rows)))
    replace(counts)


def frequencies() -> dict[str, int]:
    """Every known word with the number of entries that hold it."""
    return dict(Word.objects.values_list("word", "entries"))


def entries() -> int:
    """How many entries there are."""
    return SearchEntry.objects.count()
