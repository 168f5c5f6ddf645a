"""A fresh index from the projection, swapped in when it is complete.

Nothing waits meanwhile: the feed goes on filling the old index and leaves its items behind, and the
fresh index catches up on them before and after it has taken over.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from search import words
from search.engines import engine
from search.engines.base import EngineError, Writer
from search.feed import BATCH, building, send
from search.indexing import document_of
from search.models import IndexBuild, OutboxItem, SearchEntry

CHUNK: Final = 2_000


class RebuildError(Exception):
    """The rebuild was overtaken: another one runs, or this one was taken for dead."""


def rebuild(progress: Any = None) -> int:
    """Build a fresh index and adopt it; gives the number of entries.

    ``progress`` is something with ``update(n)``. Raises RebuildError or EngineError; the index in
    use is then untouched.
    """
    token = _claim()
    fresh = engine().fresh()
    # What is waiting already is in the rows that are read from here on.
    known = set(OutboxItem.objects.values_list("pk", flat=True))
    try:
        count = 0
        for chunk in _chunks():
            fresh.write(document_of(entry) for entry in chunk)
            count += len(chunk)
            if progress is not None:
                progress.update(len(chunk))
            _still_alive(token)
        fresh.commit()
        _catch_up(fresh, token, known)
        engine().adopt(fresh)
    except BaseException:
        engine().abandon(fresh)
        raise
    finally:
        IndexBuild.objects.filter(token=token).delete()
    words.count_anew()
    return count


def _claim() -> str:
    """Tell the feed that its items are needed. What was built before this moment is in the rows."""
    token = uuid.uuid4().hex
    with transaction.atomic():
        if building():
            raise RebuildError("another rebuild is running")
        IndexBuild.objects.create(token=token, heartbeat=timezone.now())
    return token


def _chunks() -> Iterator[list[SearchEntry]]:
    last = ""
    while chunk := list(SearchEntry.objects.filter(key__gt=last).order_by("key")[:CHUNK]):
        yield chunk
        last = chunk[-1].key


def _catch_up(fresh: Writer, token: str, known: set[int]) -> None:
    """Send what changed meanwhile, until nothing is left, and drop what the feed is done with.

    Items that the feed has yet to take stay for it: they may be needed by the index in use.
    """
    seen = 0
    while items := list(OutboxItem.objects.filter(pk__gt=seen).order_by("pk")[:BATCH]):
        new = [item for item in items if item.pk not in known]
        if new:
            send(fresh, new)
        seen = items[-1].pk
        _still_alive(token)
        OutboxItem.objects.filter(pk__in=[item.pk for item in items], fed=True).delete()


def _still_alive(token: str) -> None:
    if not IndexBuild.objects.filter(token=token).update(heartbeat=timezone.now()):
        raise RebuildError("this rebuild was taken for dead")


__all__ = ["EngineError", "RebuildError", "rebuild"]
