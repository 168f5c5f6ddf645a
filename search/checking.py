"""Does the engine hold what the projection says? By key, version and audience."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from search.engines import engine
from search.indexing import stamp_of
from search.models import OutboxItem, SearchEntry
from search.rebuild import rebuild

CHUNK: Final = 5_000


@dataclass
class Differences:
    """Keys that the engine lacks, has too many of, or has in another state.

    ``ahead`` are those of the last that the engine has in a later state than the projection: an
    older database was restored beside a newer index.
    """

    missing: list[str] = field(default_factory=list)
    surplus: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    ahead: list[str] = field(default_factory=list)

    @property
    def keys(self) -> list[str]:
        """All keys that differ."""
        return [*self.missing, *self.surplus, *self.stale]


def compare() -> Differences:
    """Compare every entry; those that wait in the outbox are about to be right and do not count.

    Raises EngineError when the engine does not answer.
    """
    indexed = dict(engine().stamps())
    projected: dict[str, str] = {}
    for key, stamp in _stamps():
        # What agrees is forgotten at once, so that no more than one side is held as a whole.
        if indexed.get(key) == stamp:
            del indexed[key]
        else:
            projected[key] = stamp
    waiting = set(OutboxItem.objects.values_list("key", flat=True))
    differences = Differences()
    for key in sorted((indexed.keys() | projected.keys()) - waiting):
        if key not in indexed:
            differences.missing.append(key)
        elif key not in projected:
            differences.surplus.append(key)
        else:
            differences.stale.append(key)
            if _version(indexed[key]) > _version(projected[key]):
                differences.ahead.append(key)
    return differences


def repair(differences: Differences) -> int:
    """Announce every difference to the feed; gives how many there were.

    An index that is ahead refuses what it takes for late, now and for changes to come, so it is
    built afresh. Raises EngineError and RebuildError.
    """
    if differences.ahead:
        rebuild()
        return len(differences.keys)
    OutboxItem.objects.bulk_create([OutboxItem(key=key) for key in differences.keys])
    return len(differences.keys)


def heal() -> int:
    """Build the index where there is none, else mend what differs; gives how many entries.

    An index of another shape is left to whoever installs the new version. Raises EngineError and
    RebuildError.
    """
    if engine().current() is None:
        return rebuild()
    return repair(differences) if (differences := compare()).keys else 0


def _version(stamp: str) -> int:
    return int(stamp.partition("-")[0])


def _stamps() -> Iterator[tuple[str, str]]:
    rows = SearchEntry.objects.values_list("key", "version", "audience")
    for key, version, audience in rows.iterator(CHUNK):
        yield key, stamp_of(version, audience)
