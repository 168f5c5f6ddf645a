"""Threads of one process that read the embedded index while it gets newer."""

import threading
import time

from search.engines.embedded import EmbeddedEngine
from search.engines.embedded_query import SCHEMA_VERSION

PATIENCE = 10


class Index:
    """As tantivy's: whoever comes while it is brought up to date is refused."""

    def __init__(self):
        self.busy = False
        self.entered, self.may_end = threading.Event(), threading.Event()

    def reload(self):
        self._refuse()
        self.busy = True
        self.entered.set()
        self.may_end.wait(PATIENCE)
        self.busy = False

    def searcher(self):
        self._refuse()
        return "searcher"

    def _refuse(self):
        if self.busy:
            raise RuntimeError("Already mutably borrowed")


def test_a_thread_that_comes_while_another_reads_a_commit_waits_for_it(tmp_path):
    generation = f"{SCHEMA_VERSION}-one"
    (tmp_path / generation).mkdir()
    (tmp_path / generation / "meta.json").write_text("{}")
    (tmp_path / "current").write_text(generation)
    engine, index = EmbeddedEngine(tmp_path), Index()
    engine._open = (generation, index)
    engine._pointer_seen = (tmp_path / "current").stat().st_mtime_ns
    found = []

    def read():
        try:
            found.append(engine._searcher())
        except RuntimeError as error:
            found.append(error)

    first, second = (threading.Thread(target=read) for _ in range(2))
    first.start()
    assert index.entered.wait(PATIENCE)
    second.start()
    while second.is_alive() and not found and not engine._opening.locked():
        time.sleep(0)
    index.may_end.set()
    first.join(PATIENCE)
    second.join(PATIENCE)
    assert found == ["searcher", "searcher"]
