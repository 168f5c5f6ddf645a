"""Random histories of changes, failures and rebuilds: in the end the index is what the projection is.

Fifty in every run. ``PARKNETT_FAULT_SCHEDULES=500`` runs as many as that; a history that failed is
run again by its number, which is its seed.
"""

import contextlib
import os
import random

import pytest

from search import feed as feed_module
from search import projection
from search import rebuild as rebuild_module
from search.checking import compare, heal
from search.engines import engine
from search.engines.base import EngineError
from search.engines.embedded import EmbeddedEngine
from search.feed import Feed
from search.models import OutboxItem, SearchEntry
from search.rebuild import rebuild
from tests.factories.search import SearchEntryFactory

pytestmark = pytest.mark.django_db

SCHEDULES = int(os.environ.get("PARKNETT_FAULT_SCHEDULES", "50"))
AT_ONCE = 10
KEYS = [f"facility:{number}" for number in range(6)]
STEPS = 12


class Killed(BaseException):
    """The worker is no more."""


class History:
    """Changes and failures by chance, beside a plain dictionary of what should be found."""

    def __init__(self, seed, monkeypatch):
        self.chance = random.Random(seed)
        self.patches = monkeypatch
        self.expected = {}
        self.fed = Feed()

    def run(self):
        steps = (self.change, self.change, self.delete, self.repeat, self.feed, self.feed,
                 self.fail_before, self.die_after, self.refuse, self.build, self.build_in_vain,
                 self.roll_back, self.lose_index)  # fmt: skip
        for _ in range(STEPS):
            self.chance.choice(steps)()

    def change(self):
        key = self.chance.choice(KEYS)
        self.expected[key] = f"Tittel {self.chance.randrange(10**6)}"
        entry = SearchEntryFactory.build(key=key, title_nb=self.expected[key])
        projection._write([entry], [])

    def delete(self):
        key = self.chance.choice(KEYS)
        self.expected.pop(key, None)
        projection._write([], [key])

    def repeat(self):
        """The same item once more, as when a worker died before it could drop it."""
        OutboxItem.objects.create(key=self.chance.choice(KEYS))

    def feed(self):
        self.fed.run_once()

    def fail_before(self):
        self.repeat()
        with self.patches.context() as broken:
            broken.setattr(feed_module, "send", _raising(EngineError("away")))
            with pytest.raises(EngineError):
                self.fed.run_once()

    def die_after(self):
        really_send = feed_module.send

        def send_and_die(writer, items):
            really_send(writer, items)
            raise Killed

        self.repeat()
        with self.patches.context() as deadly:
            deadly.setattr(feed_module, "send", send_and_die)
            with pytest.raises(Killed):
                self.fed.run_once()
        self.fed.close()
        self.fed = Feed()

    def refuse(self):
        """A document cannot be made for once, and the entry is announced again when it can."""
        with self.patches.context() as broken:
            broken.setattr("search.indexing.analyse", _raising(ValueError("poison")))
            self.fed.run_once()
        for key in self.expected:
            OutboxItem.objects.create(key=key)

    def build(self):
        """A rebuild, while others change, delete and feed."""
        really_alive = rebuild_module._still_alive

        def meanwhile(token):
            really_alive(token)
            for _ in range(self.interruptions):
                self.interruptions -= 1
                self.chance.choice((self.change, self.delete, self.repeat))()
                self.chance.choice((self.feed, self.change))()

        self.interruptions = 3
        with self.patches.context() as busy:
            busy.setattr(rebuild_module, "_still_alive", meanwhile)
            rebuild()

    def build_in_vain(self):
        """A rebuild that ends just before, or just after it took over."""
        really_adopt = EmbeddedEngine.adopt
        before = self.chance.random() < 0.5

        def adopt_and_die(made, writer):
            if not before:
                really_adopt(made, writer)
            raise Killed

        with self.patches.context() as deadly:
            deadly.setattr(EmbeddedEngine, "adopt", adopt_and_die)
            with pytest.raises(Killed):
                self.build()

    def roll_back(self):
        """What was not committed shows nowhere."""
        ghost = SearchEntryFactory.build(key=self.chance.choice(KEYS), title_nb="Gjenferd")
        with contextlib.suppress(ZeroDivisionError), projection.recording():
            projection._write([ghost], [])
            raise ZeroDivisionError

    def lose_index(self):
        self.fed.close()
        (engine().directory / "current").unlink(missing_ok=True)
        engine.cache_clear()
        self.fed = Feed()

    def recover(self):
        """What a worker does when it starts."""
        self.fed.close()
        heal()
        Feed().run()


def _raising(error):
    def fail(*_):
        raise error

    return fail


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("first", range(0, SCHEDULES, AT_ONCE))
def test_whatever_happened_the_index_becomes_the_projection(first, monkeypatch, caplog, tmp_path):
    for seed in range(first, min(first + AT_ONCE, SCHEDULES)):
        monkeypatch.setattr("django.conf.settings.SEARCH_INDEX_DIR", tmp_path / str(seed))
        engine.cache_clear()
        SearchEntry.objects.all().delete()
        OutboxItem.objects.all().delete()
        history = History(seed, monkeypatch)
        history.run()
        history.recover()
        projected = dict(SearchEntry.objects.values_list("key", "title_nb"))
        assert projected == history.expected, f"history {seed}"
        indexed = {key: stamp.partition("-")[0] for key, stamp in engine().stamps()}
        versions = dict(SearchEntry.objects.values_list("key", "version"))
        assert indexed == {key: str(version) for key, version in versions.items()}, seed
        assert (compare().keys, OutboxItem.objects.count()) == ([], 0), f"history {seed}"
        assert len(list(engine().stamps())) == len(indexed), f"history {seed}: doubled"
