"""Which saved searches find which entries: the one place that knows how an engine is asked.

The entries are put into a small embedded index of their own, whatever engine serves the site, and
the searches are run against it. So they find what the site's search finds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from alerts.sieve import Wish
from alerts.wanted import request_of
from search.engines.embedded import EmbeddedEngine
from search.indexing import IndexDocument, Row, analyse_each
from search.knowledge import plan_of
from search.query import Sort

# Marks the former state of an entry; keys hold a type and a number.
_FORMER: Final = "<"


class SmallIndex:
    """Entries as they are and as they were."""

    def __init__(self, engine: EmbeddedEngine) -> None:
        self._engine = engine

    def newly_found(self, wish: Wish, audience: frozenset[str]) -> set[str]:
        """Keys of entries that a reader with these tokens finds now and did not find before.

        Raises EngineError.
        """
        request = request_of(*wish[:2], language=wish.language, audience=audience)
        if request is None:
            return set()
        # The order is of no use here, and that of titles costs no scoring.
        unscored = replace(request, sort=Sort.TITLE)
        found = set(self._engine.keys(unscored, plan_of(request.text)))
        return {
            key for key in found if not key.startswith(_FORMER) and f"{_FORMER}{key}" not in found
        }


def documents_of(rows: Sequence[Row]) -> dict[str, IndexDocument]:
    """The index documents by key of all entries that can be analysed."""
    return {each.document.key: each.document for each in analyse_each(rows)}


@contextmanager
def small_index(
    present: Mapping[str, IndexDocument], former: Mapping[str, IndexDocument]
) -> Iterator[SmallIndex]:
    """An index of entries as they are and, as far as they were known, as they were."""
    # The engine tidies up in threads of its own, and may still be at it when the directory goes.
    with TemporaryDirectory(prefix="alerts-", ignore_cleanup_errors=True) as directory:
        engine = EmbeddedEngine(Path(directory))
        writer = engine.fresh()
        writer.add(present.values())
        writer.add(each._replace(key=f"{_FORMER}{key}") for key, each in former.items())
        writer.commit()
        engine.adopt(writer)
        yield SmallIndex(engine)
