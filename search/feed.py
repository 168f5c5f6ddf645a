"""From the outbox to the engine.

The feed reads what an entry looks like *now* and sends that, so items may come twice, late or out of
order. An item leaves the outbox only after the engine has committed; while a fresh index is being
built it stays, marked as fed, because the fresh index has to learn of it, too.
"""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Final

from django.utils import timezone

from search import words
from search.engines import engine
from search.engines.base import EngineError, RefusedError, Writer
from search.indexing import Analysed, analyse_each
from search.models import IndexBuild, OutboxItem, SearchEntry

BATCH: Final = 500
BUILD_IS_DEAD_AFTER: Final = timedelta(seconds=60)
RECOUNT_SHARE: Final = 0.05
RECOUNT_AFTER_SECONDS: Final = 600.0

logger = logging.getLogger(__name__)


class Feed:
    """Feeds batch after batch into the index in use; keeps its writer while it can."""

    def __init__(self) -> None:
        self._writer: Writer | None = None
        self._index: str | None = None
        self._uncounted = 0
        self._counted_at = time.monotonic()

    def run_once(self) -> int:
        """Feed one batch; gives how many items it took. Raises EngineError.

        Items that were sent to an index which is no longer in use stay, and come again.
        """
        outbox = OutboxItem.objects.order_by("pk")
        if building():
            outbox = outbox.filter(fed=False)
        items = list(outbox[:BATCH])
        if not items:
            return 0
        try:
            send(self._current_writer(), items)
        except EngineError:
            self.close()
            raise
        done = OutboxItem.objects.filter(pk__in=[item.pk for item in items])
        # Asked again, and only now: a build that began after the first answer may have read its
        # rows before these items were written. One that begins after this line reads them.
        if building():
            done.update(fed=True)
        elif engine().current() != self._index:
            # A fresh index took over meanwhile, and its builder has not seen these items. The
            # server may have made the old one anew for them.
            self._abandon()
        else:
            done.delete()
        self._uncounted += len(items)
        return len(items)

    def run(self) -> int:
        """Feed until the outbox is empty; gives how many items there were."""
        total = 0
        while taken := self.run_once():
            total += taken
        return total

    def settle(self) -> None:
        """In a quiet moment: count the known words anew when much, or for long, has changed."""
        if not self._uncounted:
            return
        much = self._uncounted > words.entries() * RECOUNT_SHARE
        long = time.monotonic() - self._counted_at > RECOUNT_AFTER_SECONDS
        if much or long:
            words.count_anew()
            self._uncounted = 0
            self._counted_at = time.monotonic()

    def close(self) -> None:
        """Let go of the index, so that another process can write to it."""
        writer, self._writer = self._writer, None
        if writer is not None:
            # What was not committed is still in the outbox.
            with contextlib.suppress(EngineError):
                writer.close()

    def _abandon(self) -> None:
        writer, self._writer = self._writer, None
        if writer is not None:
            engine().abandon(writer)

    def _current_writer(self) -> Writer:
        index = engine().current()
        if index is None and self._index is not None:
            # Going on in an empty one would look like a search that finds nothing.
            raise EngineError("the index is gone")
        if self._writer is None or index is None or index != self._index:
            self.close()
            self._writer = engine().writer()
            self._index = engine().current()
        return self._writer


def send(writer: Writer, items: Sequence[OutboxItem]) -> None:
    """Bring an index to the present state of the entries that ``items`` name, and commit."""
    newest = {item.key: item.pk for item in items}
    entries = SearchEntry.objects.in_bulk(list(newest))
    analysed = write(writer, entries.values())
    writer.delete((key, version) for key, version in newest.items() if key not in entries)
    writer.commit()
    words.learn(analysed)


def write(writer: Writer, entries: Iterable[SearchEntry]) -> list[Analysed]:
    """Write entries and give what was made of them; what cannot be indexed holds up no other."""
    versions = {entry.key: entry.version for entry in entries}
    analysed = analyse_each(entries)
    left_out = versions.keys() - {each.document.key for each in analysed}
    try:
        writer.write(each.document for each in analysed)
    except RefusedError as error:
        tell_refused(error)
        left_out |= error.reasons.keys()
    # Rather not found than found by what it no longer is.
    writer.delete((key, versions[key]) for key in left_out)
    return analysed


def tell_refused(error: RefusedError) -> None:
    """Say which entries the engine will not have."""
    for key, reason in error.reasons.items():
        logger.error("%s cannot be indexed and is left out: %s", key, reason)


def waiting() -> int:
    """How many items the engine has yet to learn."""
    return OutboxItem.objects.filter(fed=False).count()


def building() -> bool:
    """Whether a fresh index is in the making; one whose maker has died is forgotten.

    So is one that is in use already, though its maker died before it could say so.
    """
    builds = list(IndexBuild.objects.all())
    current = (engine().current() or "") if builds else ""
    latest = timezone.now() - BUILD_IS_DEAD_AFTER
    over = [
        build.pk for build in builds if build.heartbeat < latest or current.endswith(build.token)
    ]
    if over:
        IndexBuild.objects.filter(pk__in=over).delete()
    return len(builds) > len(over)
