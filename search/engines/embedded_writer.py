"""Writing into one generation of the embedded index."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import tantivy

from search.engines.base import EngineError, RefusedError
from search.engines.embedded_query import RANK, SCHEMA
from search.indexing import IndexDocument

WRITER_HEAP_BYTES: Final = 64_000_000
LOCK_PATIENCE_SECONDS: Final = 10.0


class EmbeddedWriter:
    """Writes into one generation; waits a while for another writer to finish."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.index = path.name
        index = tantivy.Index.open(str(path))
        deadline = time.monotonic() + LOCK_PATIENCE_SECONDS
        while True:
            try:
                self._writer: tantivy.IndexWriter | None = index.writer(WRITER_HEAP_BYTES, 1)
            except ValueError as error:
                if time.monotonic() > deadline:
                    raise EngineError("another process writes to the index") from error
                time.sleep(0.05)
            else:
                return

    @property
    def _open(self) -> tantivy.IndexWriter:
        if self._writer is None:
            raise EngineError("the writer is closed")
        return self._writer

    def add(self, documents: Iterable[IndexDocument]) -> None:
        """Add documents whose keys the index does not have."""
        self._write(documents, replace=False)

    def write(self, documents: Iterable[IndexDocument]) -> None:
        """Add documents, replacing those with the same key."""
        self._write(documents, replace=True)

    def _write(self, documents: Iterable[IndexDocument], *, replace: bool) -> None:
        refused = {}
        with engine_errors():
            writer = self._open
            for document in documents:
                try:
                    made = _to_tantivy(document)
                except (ValueError, TypeError, OverflowError) as error:
                    refused[document.key] = str(error)
                    continue
                if replace:
                    writer.delete_documents_by_term("key", document.key)
                writer.add_document(made)
        if refused:
            raise RefusedError(refused)

    def delete(self, deletions: Iterable[tuple[str, int]]) -> None:
        """Remove by key; there is one writer, so versions need no guard."""
        with engine_errors():
            for key, _ in deletions:
                self._open.delete_documents_by_term("key", key)

    def commit(self) -> None:
        """Make everything written so far findable."""
        with engine_errors():
            self._open.commit()

    def close(self) -> None:
        """Let go of the directory's lock."""
        writer, self._writer = self._writer, None
        if writer is not None:
            with engine_errors():
                writer.wait_merging_threads()


@contextmanager
def engine_errors() -> Iterator[None]:
    """Tantivy raises ValueError and OSError for all that can go wrong with an index.

    What its authors did not think of is a panic, which Python sees as a BaseException without a
    public name; let through, it would end the whole process.
    """
    try:
        yield
    except (ValueError, OSError) as error:
        raise EngineError(str(error)) from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise EngineError(f"tantivy panicked: {error}") from error
        raise


def _to_tantivy(document: IndexDocument) -> tantivy.Document:
    fields: dict[str, Any] = {
        "key": document.key,
        "type": document.type,
        "stamp": document.stamp,
        "audience": document.audience,
        "facet": document.facets,
        "counted": document.counted,
        "title": document.title,
        "keywords": document.keywords,
        "text": document.text,
        "prefix": document.prefixes,
        "title_order": document.title_order,
        "title_order_en": document.title_order_en,
        "published": document.published,
        "confirmed": document.confirmed,
        # Tantivy multiplies a score by the binary logarithm of this and two.
        RANK: 2**document.rank - 2,
    }
    if document.lat is not None and document.lon is not None:
        fields["place"] = f"{document.lat:.3f},{document.lon:.3f}"
    return tantivy.Document.from_dict(fields, SCHEMA)
