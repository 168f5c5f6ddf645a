"""A worker killed by SIGKILL, wherever it is: when it runs again, nothing is lost or doubled."""

from datetime import timedelta

import pytest
from django.utils import timezone

from search import feed as feed_module
from search import rebuild as rebuild_module
from search.checking import heal
from search.engines import engine
from search.engines.embedded import EmbeddedEngine
from search.engines.embedded_writer import EmbeddedWriter
from search.feed import BUILD_IS_DEAD_AFTER, Feed
from search.models import IndexBuild, OutboxItem, SearchEntry
from search.rebuild import rebuild
from tests.factories.search import SearchEntryFactory

WHILE_FEEDING = {
    "before the engine has written": (EmbeddedWriter, "commit", "before"),
    "after the engine has written, before its answer": (EmbeddedWriter, "commit", "after"),
    "after the engine's answer": (feed_module, "send", "after"),
}
WHILE_REBUILDING = {
    "before there is an index": (EmbeddedEngine, "fresh", "before"),
    "with an index that nobody knows of": (EmbeddedEngine, "fresh", "after"),
    "with a part of it written": (rebuild_module, "_still_alive", "before"),
    "before the swap": (EmbeddedEngine, "adopt", "before"),
    "in the middle of the swap": (EmbeddedEngine, "_point_at", "after"),
    "after the swap": (EmbeddedEngine, "adopt", "after"),
}


@pytest.fixture
def changed(transactional_db):
    """Two entries that an index knows, of which one was changed and one deleted, and a new one."""
    for number in range(2):
        SearchEntryFactory(key=f"facility:{number}", version=0)
    rebuild()
    engine.cache_clear()
    for number in (0, 2):
        item = OutboxItem.objects.create(key=f"facility:{number}")
        SearchEntry.objects.filter(key=item.key).delete()
        SearchEntryFactory(key=item.key, version=item.pk)
    OutboxItem.objects.create(key="facility:1")
    SearchEntry.objects.filter(key="facility:1").delete()


def feed():
    Feed().run()


def run_again():
    """What a worker does when it starts; tells what the index then holds, with the projection."""
    heal()
    fed = Feed()
    fed.run()
    fed.close()
    stamps = sorted((key, stamp.partition("-")[0]) for key, stamp in engine().stamps())
    entries = SearchEntry.objects.order_by("key").values_list("key", "version")
    return {
        "indexed": [list(each) for each in stamps],
        "projected": [[key, str(version)] for key, version in entries],
        "waiting": OutboxItem.objects.filter(fed=False).count(),
    }


@pytest.mark.parametrize("place", WHILE_FEEDING)
def test_killed_while_feeding(place, changed, in_child, kill_at, monkeypatch):
    with monkeypatch.context():
        kill_at(*WHILE_FEEDING[place])
        assert in_child(feed) is None
        monkeypatch.undo()
    found = in_child(run_again)
    assert found["indexed"] == found["projected"]
    assert [key for key, _ in found["indexed"]] == ["facility:0", "facility:2"]
    assert found["waiting"] == 0


def clean_up_later():
    """A minute later, when the dead build is given up, somebody builds anew."""
    long_ago = timezone.now() - BUILD_IS_DEAD_AFTER - timedelta(seconds=1)
    IndexBuild.objects.update(heartbeat=long_ago)
    Feed().run()
    rebuild()
    left = [path.name for path in engine().directory.iterdir() if path.is_dir()]
    return {"left": len(left), "outbox": OutboxItem.objects.count()}


@pytest.mark.parametrize("place", WHILE_REBUILDING)
def test_killed_while_rebuilding(place, changed, in_child, kill_at, monkeypatch):
    with monkeypatch.context():
        kill_at(*WHILE_REBUILDING[place])
        assert in_child(rebuild) is None
        monkeypatch.undo()
    found = in_child(run_again)
    assert found["indexed"] == found["projected"]
    assert found["waiting"] == 0
    # What was half-built does not stay.
    assert in_child(clean_up_later) == {"left": 1, "outbox": 0}
