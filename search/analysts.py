"""All entries as index documents, analysed by processes beside this one where there are many.

They are forked, so they know the dictionaries without reading them, and are handed rows: only this
process talks to the database and to the engine.
"""

from __future__ import annotations

import os
import signal
import threading
from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.connection import Connection
from typing import Final, NamedTuple

from search import words
from search.indexing import IndexDocument, Row, all_rows, analyse_each
from search.language.dictionary import shipped
from search.models import SearchEntry

# Fewer are analysed sooner than processes are made.
ENTRIES_WORTH_PROCESSES: Final = 5_000
MOST_PROCESSES: Final = 2
SECONDS_TO_END: Final = 5.0


class AnalysisError(Exception):
    """A process that analyses entries has died."""


class Batch(NamedTuple):
    """Some index documents, and how many of them hold each word that corrections may be made to."""

    documents: list[IndexDocument]
    words: Counter[str]


def analysed() -> Generator[Batch, None, None]:
    """All entries in the order of their keys. Raises AnalysisError."""
    number = _processes()
    if number < 2:  # noqa: PLR2004 - one more process than this one gains nothing but trouble
        yield from map(_batch, all_rows())
        return
    shipped()
    with _analysts(number) as analysts:
        yield from _in_turn(analysts, all_rows())


def _processes() -> int:
    """How many processes may analyse: as many as there are processors, up to a bound."""
    if "fork" not in get_all_start_methods():
        return 1
    # A thread of this process might hold what the forked one would wait for, for ever.
    if threading.active_count() > 1:
        return 1
    if SearchEntry.objects.count() < ENTRIES_WORTH_PROCESSES:
        return 1
    return min(len(os.sched_getaffinity(0)), MOST_PROCESSES)


def _batch(rows: Sequence[Row]) -> Batch:
    entries = analyse_each(rows)
    return Batch([entry.document for entry in entries], words.count(entries))


def _in_turn(analysts: Sequence[Connection], chunks: Iterator[list[Row]]) -> Iterator[Batch]:
    """Give each its next rows as soon as it has handed over the last, and keep their order."""
    busy: list[Connection] = []
    for analyst, rows in zip(analysts, chunks, strict=False):
        analyst.send(rows)
        busy.append(analyst)
    remaining: Iterator[list[Row] | None] = chain(chunks, [None] * len(busy))
    for following in remaining:
        analyst = busy.pop(0)
        try:
            batch = analyst.recv()
            if following is not None:
                analyst.send(following)
                busy.append(analyst)
        except (EOFError, OSError) as error:
            raise AnalysisError("a process that analyses entries has died") from error
        if isinstance(batch, Exception):
            raise batch
        yield batch


@contextmanager
def _analysts(number: int) -> Iterator[list[Connection]]:
    """Connections to processes, each of which answers rows with a batch."""
    context = get_context("fork")
    processes, connections = [], []
    try:
        for _ in range(number):
            ours, theirs = context.Pipe()
            process = context.Process(target=_serve, args=(theirs, ours), daemon=True)
            process.start()
            theirs.close()
            processes.append(process)
            connections.append(ours)
        yield connections
    finally:
        for connection in connections:
            connection.close()
        for process in processes:
            process.terminate()
            process.join(SECONDS_TO_END)


def _serve(theirs: Connection, ours: Connection) -> None:
    """Answer until the other side has gone; who is to stop is told by it, not by the terminal."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    # Held open here, it would never tell that the other side has gone.
    ours.close()
    try:
        while True:
            rows = theirs.recv()
            try:
                answer: Batch | Exception = _batch(rows)
            except Exception as error:  # noqa: BLE001 - it is raised again where it can be seen
                answer = error
            theirs.send(answer)
    except (EOFError, OSError):
        return
