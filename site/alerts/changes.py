"""What has changed in the projection since the saved searches were last run."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Exists, F, OuterRef, Q, Subquery

from alerts.models import KnownEntry
from search.indexing import Row
from search.models import SearchEntry

BATCH: Final = 200
# What of an entry decides whether it is found; its audience and version stand in columns.
_TEXTS: Final = (
    "title_nb", "title_en", "summary_nb", "summary_en", "text_nb", "text_en", "keywords",
    "facets", "lat", "lon",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """An entry as it is and, where it was known, as it was."""

    present: Row
    former: Row | None


def next_changes(after: str = "") -> list[Change]:
    """Up to ``BATCH`` entries in the order of their keys whose present state is not yet known.

    Versions are compared one by one: they may be committed in another order than they were given,
    and a restored database has older ones.
    """
    known = KnownEntry.objects.filter(key=OuterRef("key")).values("version")
    changed = (
        SearchEntry.objects.filter(key__gt=after)
        .annotate(known=Subquery(known))
        .filter(Q(known=None) | ~Q(known=F("version")))
        .order_by("key")
    )
    rows = [Row._make(row) for row in changed.values_list(*Row._fields)[:BATCH]]
    former = KnownEntry.objects.in_bulk([row.key for row in rows])
    return [Change(row, _former(row, former.get(row.key))) for row in rows]


def remember(changes: Sequence[Change]) -> None:
    """Know these entries from now on as they are; needs a transaction."""
    KnownEntry.objects.bulk_create(
        [_known(change) for change in changes],
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["version", "audience", "texts"],
    )


def forget_gone() -> int:
    """Forget the entries that are no longer there; gives how many they were."""
    there = SearchEntry.objects.filter(key=OuterRef("key"))
    gone = list(KnownEntry.objects.filter(~Exists(there)).values_list("key", flat=True)[:BATCH])
    KnownEntry.objects.filter(key__in=gone).delete()
    return len(gone)


def _known(change: Change) -> KnownEntry:
    row = change.present
    ever: Iterable[str] = change.former.audience if change.former else ()
    texts = json.dumps({name: getattr(row, name) for name in _TEXTS}, ensure_ascii=False)
    return KnownEntry(
        key=row.key,
        version=row.version,
        audience=sorted({*ever, *row.audience}),
        texts=zlib.compress(texts.encode()),
    )


def _former(row: Row, known: KnownEntry | None) -> Row | None:
    if known is None:
        return None
    texts = json.loads(zlib.decompress(known.texts))
    return row._replace(version=known.version, audience=known.audience, **texts)
