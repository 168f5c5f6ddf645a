"""Which counts may be told, so that nobody can be recognised in them.

A count below five is not told, and all others are rounded to the nearest five. Where the sum of a
column is told too, a single hidden count could be had by taking the others away; so at least two
are hidden, which together hold five or more, if need be the smallest of those that could be told.
What is hidden in one column stays so in those that count a part of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, TypeVar

FEWEST: Final = 5
STEP: Final = 5

K = TypeVar("K")
Counts = Sequence[int]
Told = tuple[int | None, ...]


def told(count: int) -> int | None:
    """The count to the nearest five; None if it is too small to be told."""
    return (count + STEP // 2) // STEP * STEP if count >= FEWEST else None


def told_totals(rows: Mapping[K, Counts], columns: int) -> Told:
    """The sums of the columns."""
    return tuple(told(sum(counts[column] for counts in rows.values())) for column in range(columns))


def told_rows(rows: Mapping[K, Counts], columns: int) -> dict[K, Told]:
    """The counts of each row as they may stand beside :func:`told_totals`.

    In each row every column counts a part of what the one before it counts.
    """
    hidden: set[K] = set()
    shown: dict[K, list[int | None]] = {key: [] for key in rows}
    for column in range(columns):
        counts = {key: row[column] for key, row in rows.items()}
        hidden = _hidden(counts, hidden)
        for key, count in counts.items():
            shown[key].append(None if key in hidden else told(count))
    return {key: tuple(row) for key, row in shown.items()}


def _hidden(counts: Mapping[K, int], already: set[K]) -> set[K]:
    hidden = already | {key for key, count in counts.items() if count < FEWEST}
    if not hidden:
        return hidden
    for key in sorted((key for key in counts if key not in hidden), key=lambda key: counts[key]):
        if len(hidden) > 1 and sum(counts[each] for each in hidden) >= FEWEST:
            break
        hidden.add(key)
    return hidden
