"""A fresh index from the projection, swapped in when it is complete.

Nothing waits meanwhile: the feed goes on filling the old index and leaves its items behind, and the
fresh index catches up on them before and after it has taken over.
"""

from __future__ import annotations

import gc
import logging
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from search import words
from search.analysts import AnalysisError, analysed
from search.engines import engine
from search.engines.base import EngineError, RefusedError, Writer
from search.feed import BATCH, building, send, tell_refused
from search.models import IndexBuild, OutboxItem

SECONDS_BETWEEN_SIGNS: Final = 2.0
DROPPED_AT_ONCE: Final = 5_000
TOKEN_LENGTH: Final = 40

logger = logging.getLogger(__name__)


class RebuildError(Exception):
    """Another rebuild runs, this one was taken for dead, or a process that helped it has died."""


def rebuild(progress: Any = None) -> int:
    """Build a fresh index and adopt it; gives the number of entries.

    ``progress`` is something with ``update(n)``. Raises RebuildError or EngineError; the index in
    use is then untouched.
    """
    token = _claim()
    try:
        fresh = engine().fresh()
        token = _name(token, fresh)
    except BaseException:
        IndexBuild.objects.filter(token=token).delete()
        raise
    # What is waiting already is in the rows that are read from here on.
    known = set(OutboxItem.objects.values_list("pk", flat=True))
    try:
        with _collector_at_rest():
            count = _fill(fresh, token, progress)
        learnt = known | _catch_up(fresh, token, known)
        engine().adopt(fresh)
    except AnalysisError as error:
        _abandon(fresh)
        raise RebuildError(str(error)) from error
    except BaseException:
        _abandon(fresh)
        raise
    finally:
        IndexBuild.objects.filter(token=token).delete()
    _drop(learnt)
    return count


def _claim() -> str:
    """Tell the feed that its items are needed. What was built before this moment is in the rows."""
    token = uuid.uuid4().hex
    with transaction.atomic():
        if building():
            raise RebuildError("another rebuild is running")
        IndexBuild.objects.create(token=token, heartbeat=timezone.now())
    return token


def _fill(fresh: Writer, token: str, progress: Any) -> int:
    """Write all entries and count their words on the way; gives their number."""
    count, told = 0, time.monotonic()
    counts: Counter[str] = Counter()
    with closing(analysed()) as batches:
        for documents, counted in batches:
            with _without_refused():
                fresh.add(documents)
            counts.update(counted)
            count += len(documents)
            if progress is not None:
                progress.update(len(documents))
            if time.monotonic() - told > SECONDS_BETWEEN_SIGNS:
                _still_alive(token)
                told = time.monotonic()
    # Before anything is caught up, for that teaches words which these do not have.
    words.replace(counts)
    with _without_refused():
        fresh.commit()
    _still_alive(token)
    return count


@contextmanager
def _without_refused() -> Iterator[None]:
    """The search does without documents that the engine will not have, and has all others."""
    try:
        yield
    except RefusedError as error:
        tell_refused(error)


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Without the search for circles of garbage: thousands of documents come and go, none in one."""
    at_work = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if at_work:
            gc.enable()


def _name(claim: str, fresh: Writer) -> str:
    """Let the claim tell which index is built, by the end of its name; gives the claim's new token."""
    token = fresh.index[-TOKEN_LENGTH:]
    if not IndexBuild.objects.filter(token=claim).update(token=token):
        raise RebuildError("this rebuild was taken for dead")
    return token


def _abandon(fresh: Writer) -> None:
    """Throw the fresh index away, unless it was adopted and only the answer was lost."""
    try:
        if engine().current() == fresh.index:
            fresh.close()
        else:
            engine().abandon(fresh)
    except EngineError as error:
        logger.warning("%s is left for the next rebuild to remove: %s", fresh.index, error)


def _catch_up(fresh: Writer, token: str, known: set[int]) -> set[int]:
    """Send what changed meanwhile, until nothing is left, and drop what the feed is done with.

    Gives the ids of the items sent. Those that the feed has yet to take stay for it: they may be
    needed by the index in use, should this one never be.
    """
    seen = 0
    sent: set[int] = set()
    while items := list(OutboxItem.objects.filter(pk__gt=seen).order_by("pk")[:BATCH]):
        new = [item for item in items if item.pk not in known]
        if new:
            send(fresh, new)
            sent.update(item.pk for item in new)
        seen = items[-1].pk
        _still_alive(token)
        OutboxItem.objects.filter(pk__in=[item.pk for item in items], fed=True).delete()
    return sent


def _drop(learnt: set[int]) -> None:
    """Spare the feed the items that the index now in use was built with."""
    ids = sorted(learnt)
    for start in range(0, len(ids), DROPPED_AT_ONCE):
        OutboxItem.objects.filter(pk__in=ids[start : start + DROPPED_AT_ONCE]).delete()


def _still_alive(token: str) -> None:
    if not IndexBuild.objects.filter(token=token).update(heartbeat=timezone.now()):
        raise RebuildError("this rebuild was taken for dead")


__all__ = ["EngineError", "RebuildError", "rebuild"]
