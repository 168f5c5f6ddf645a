"""Pages of a list that moves while it is read: each begins where another ended, however deep."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from django.db.models import Q, QuerySet

from network.forum.models import Thread

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND: Final = timedelta(microseconds=1)
LONGEST: Final = 40
# The end of the year 9000: what Python and both databases can still count.
LATEST: Final = 221_845_392_000_000_000
BIGGEST_KEY: Final = 2**63 - 1
PINNED: Final = "f"


@dataclass(frozen=True, slots=True)
class Key:
    """Where a thread stands in a list: pinned ones first, then by their last post."""

    at: datetime
    pk: int
    pinned: bool = False

    def __str__(self) -> str:
        return f"{PINNED if self.pinned else ''}{(self.at - EPOCH) // MICROSECOND}.{self.pk}"


def read_key(text: str) -> Key | None:
    """The key that an address holds; None for what is none."""
    text = text[:LONGEST]
    moment, _, number = text.removeprefix(PINNED).partition(".")
    if not all(part.isascii() and part.isdecimal() for part in (moment, number)):
        return None
    if int(moment) > LATEST or int(number) > BIGGEST_KEY:
        return None
    at = EPOCH + int(moment) * MICROSECOND
    return Key(at, int(number), text.startswith(PINNED))


def ordered(
    threads: QuerySet[Thread, Thread], *, pinned_first: bool, backwards: bool = False
) -> QuerySet[Thread, Thread]:
    """The order of a list, or its reverse; an index has each."""
    names = ("pinned", "last_post_at", "pk") if pinned_first else ("last_post_at", "pk")
    return threads.order_by(*(name if backwards else f"-{name}" for name in names))


def older_than(
    threads: QuerySet[Thread, Thread], key: Key, *, pinned_first: bool
) -> QuerySet[Thread, Thread]:
    """What comes after a key in the list."""
    # The first condition alone is what an index is read from; the second decides among equals.
    behind = Q(last_post_at__lte=key.at) & (Q(last_post_at__lt=key.at) | Q(pk__lt=key.pk))
    if not pinned_first:
        return threads.filter(behind)
    if key.pinned:
        return threads.filter(Q(pinned=False) | Q(pinned=True) & behind)
    return threads.filter(behind, pinned=False)


def newer_than(
    threads: QuerySet[Thread, Thread], key: Key, *, pinned_first: bool
) -> QuerySet[Thread, Thread]:
    """What comes before a key in the list; among those that are pinned as it is."""
    before = Q(last_post_at__gte=key.at) & (Q(last_post_at__gt=key.at) | Q(pk__gt=key.pk))
    return threads.filter(before, pinned=key.pinned) if pinned_first else threads.filter(before)
