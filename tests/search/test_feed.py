"""The index becomes what the projection says, whatever fails on the way."""

import multiprocessing
import os
import signal
from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from search import analysts
from search import feed as feed_module
from search.checking import compare, repair
from search.engines import engine
from search.engines.base import EngineError
from search.feed import Feed, waiting
from search.models import IndexBuild, OutboxItem, SearchEntry, Word
from search.rebuild import RebuildError, rebuild
from tests.factories.search import SearchEntryFactory

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def feed():
    fed = Feed()
    yield fed
    fed.close()


def announce(entry):
    item = OutboxItem.objects.create(key=entry.key)
    SearchEntry.objects.filter(pk=entry.pk).update(version=item.pk)
    return item


def indexed_keys():
    return sorted(key for key, _ in engine().stamps())


def test_what_waits_is_fed_and_leaves_the_outbox(feed):
    entries = [SearchEntryFactory() for _ in range(3)]
    for entry in entries:
        announce(entry)
    assert feed.run() == 3
    assert (waiting(), indexed_keys()) == (0, sorted(entry.key for entry in entries))


def test_an_entry_that_is_gone_leaves_the_index(feed):
    entry = SearchEntryFactory()
    announce(entry)
    feed.run()
    SearchEntry.objects.all().delete()
    OutboxItem.objects.create(key=entry.key)
    feed.run()
    assert indexed_keys() == []


def test_items_that_come_twice_or_late_change_nothing(feed):
    entry = SearchEntryFactory(title_nb="Ny")
    for _ in range(3):
        announce(entry)
    feed.run()
    announce(entry)
    feed.run()
    assert len(indexed_keys()) == 1


def test_nothing_is_lost_when_the_engine_fails_before_its_commit(feed, monkeypatch):
    entry = SearchEntryFactory()
    announce(entry)

    def fail(writer, items):
        raise EngineError("out of reach")

    with monkeypatch.context() as broken:
        broken.setattr(feed_module, "send", fail)
        with pytest.raises(EngineError):
            feed.run()
    assert waiting() == 1
    feed.run()
    assert indexed_keys() == [entry.key]


def test_nothing_is_lost_when_the_feed_dies_after_the_engine_s_commit(feed, monkeypatch):
    entry = SearchEntryFactory()
    announce(entry)
    really_send = feed_module.send

    def send_and_die(writer, items):
        really_send(writer, items)
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(feed_module, "send", send_and_die)
        with pytest.raises(KeyboardInterrupt):
            feed.run()
    assert waiting() == 1
    feed.run()
    assert (waiting(), indexed_keys()) == (0, [entry.key])


def test_while_a_fresh_index_is_built_items_stay_for_it(feed):
    IndexBuild.objects.create(token="t", heartbeat=timezone.now())
    announce(SearchEntryFactory())
    assert feed.run() == 1
    assert list(OutboxItem.objects.values_list("fed", flat=True)) == [True]
    IndexBuild.objects.all().delete()
    assert feed.run() == 1
    assert not OutboxItem.objects.exists()


def test_a_build_that_begins_while_a_batch_is_sent_still_learns_of_it(feed, monkeypatch):
    announce(SearchEntryFactory())
    really_send = feed_module.send

    def send_while_a_build_begins(writer, items):
        really_send(writer, items)
        IndexBuild.objects.create(token="t", heartbeat=timezone.now())

    monkeypatch.setattr(feed_module, "send", send_while_a_build_begins)
    feed.run_once()
    assert OutboxItem.objects.filter(fed=True).count() == 1


def test_a_build_whose_maker_died_holds_nothing_up(feed):
    IndexBuild.objects.create(token="t", heartbeat=timezone.now() - timedelta(minutes=5))
    announce(SearchEntryFactory())
    feed.run()
    assert not OutboxItem.objects.exists()
    assert rebuild() == 1


def test_two_rebuilds_do_not_run_at_once():
    IndexBuild.objects.create(token="t", heartbeat=timezone.now())
    with pytest.raises(RebuildError):
        rebuild()


def test_what_is_saved_and_deleted_during_a_rebuild_is_in_the_fresh_index(feed, monkeypatch):
    kept, leaving = SearchEntryFactory(), SearchEntryFactory()
    for entry in (kept, leaving):
        announce(entry)
    feed.run()
    fresh = engine().fresh
    happened = []

    def fresh_index_while_people_work():
        writer = fresh()
        really_add = writer.add

        def add(documents):
            really_add(documents)
            if not happened:
                happened.append(SearchEntryFactory(title_nb="Nytt kalorimeter"))
                announce(happened[0])
                OutboxItem.objects.create(key=leaving.key)
                SearchEntry.objects.filter(pk=leaving.pk).delete()
                feed.run()

        writer.add = add
        return writer

    monkeypatch.setattr(engine(), "fresh", fresh_index_while_people_work)
    rebuild()
    feed.run()
    assert indexed_keys() == sorted([kept.key, happened[0].key])
    assert compare().keys == []
    assert Word.objects.filter(word="kalorimeter").exists()


def test_a_rebuild_that_fails_leaves_the_index_in_use(monkeypatch):
    entry = SearchEntryFactory()
    rebuild()
    before = engine().current()
    monkeypatch.setattr("search.analysts.words.count", lambda entries: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        rebuild()
    assert (engine().current(), indexed_keys()) == (before, [entry.key])
    assert not IndexBuild.objects.exists()
    assert len(list(engine().directory.iterdir())) == 2


def test_what_waited_when_a_rebuild_began_is_not_sent_again(feed):
    entry = SearchEntryFactory()
    announce(entry)
    rebuild()
    assert indexed_keys() == [entry.key]
    assert waiting() == 0


def test_what_waits_is_kept_when_a_rebuild_fails(monkeypatch):
    announce(SearchEntryFactory())
    monkeypatch.setattr(engine(), "adopt", lambda fresh: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        rebuild()
    assert waiting() == 1


def test_many_entries_are_analysed_by_other_processes_with_the_same_result(monkeypatch):
    for number in range(7):
        SearchEntryFactory(title_nb=f"Kuldekammer {number}", keywords="prøving\nfrost")
    SearchEntryFactory(title_nb="Hemmelig kanariord", audience=["org:1"])
    alone = list(analysts.analysed())
    monkeypatch.setattr("search.indexing.CHUNK", 3)
    monkeypatch.setattr(analysts, "ENTRIES_WORTH_PROCESSES", 1)
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0, 1})
    together = list(analysts.analysed())
    assert [len(batch.documents) for batch in together] == [3, 3, 2]
    assert [each for batch in together for each in batch.documents] == alone[0].documents
    assert sum((batch.words for batch in together), Counter()) == alone[0].words
    assert alone[0].words["kuldekammer"] == 7
    assert "kanariord" not in alone[0].words
    assert not multiprocessing.active_children()


def test_what_another_process_cannot_analyse_ends_the_rebuild(monkeypatch):
    SearchEntryFactory()
    monkeypatch.setattr(analysts, "ENTRIES_WORTH_PROCESSES", 1)
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0, 1})
    monkeypatch.setattr(analysts, "analyse_each", lambda rows: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        rebuild()
    assert not IndexBuild.objects.exists()


def test_a_rebuild_whose_helper_is_killed_leaves_the_index_in_use(monkeypatch):
    entry = SearchEntryFactory()
    rebuild()
    before = engine().current()
    ours = os.getpid()

    def be_killed(rows):
        assert os.getpid() != ours, "the rows are analysed by no helper"
        os.kill(os.getpid(), signal.SIGKILL)

    # How many there are to be depends on the threads that run here by chance.
    monkeypatch.setattr(analysts, "_processes", lambda: 2)
    monkeypatch.setattr(analysts, "analyse_each", be_killed)
    with pytest.raises(RebuildError):
        rebuild()
    assert (engine().current(), indexed_keys()) == (before, [entry.key])


def test_a_rebuild_taken_for_dead_gives_up(monkeypatch):
    SearchEntryFactory()
    monkeypatch.setattr("search.rebuild._catch_up", lambda fresh, token, known: None)
    fresh = engine().fresh

    def fresh_after_too_long():
        IndexBuild.objects.all().delete()
        return fresh()

    monkeypatch.setattr(engine(), "fresh", fresh_after_too_long)
    with pytest.raises(RebuildError):
        rebuild()


def test_the_feed_follows_to_the_fresh_index(feed):
    announce(SearchEntryFactory())
    feed.run()
    feed.close()
    rebuild()
    announce(SearchEntryFactory())
    feed.run()
    assert len(indexed_keys()) == 2


def test_check_names_what_is_missing_surplus_and_stale_and_repair_mends_it(feed):
    missing, stale, surplus = (SearchEntryFactory() for _ in range(3))
    rebuild()
    SearchEntry.objects.filter(pk=stale.pk).update(audience=["member"])
    SearchEntry.objects.filter(pk=surplus.pk).delete()
    late = SearchEntryFactory(key="facility:999999")
    differences = compare()
    assert differences.missing == [late.key]
    assert differences.surplus == [surplus.key]
    assert differences.stale == [stale.key]
    assert repair(differences) == 3
    feed.run()
    assert compare().keys == []
    assert missing.key in indexed_keys()


def test_an_older_database_beside_a_newer_index_is_found_out_and_mended(feed):
    entry = SearchEntryFactory(version=50)
    rebuild()
    SearchEntry.objects.filter(pk=entry.pk).update(version=7, title_nb="Som før")
    differences = compare()
    assert differences.ahead == [entry.key]
    repair(differences)
    feed.run()
    assert compare().keys == []
    announce(entry)
    feed.run()
    assert compare().keys == []


def test_words_are_learnt_from_public_entries_only(feed):
    announce(SearchEntryFactory(title_nb="Offentlig kalorimeter"))
    announce(SearchEntryFactory(title_nb="Hemmelig kanariord", audience=["org:1"]))
    feed.run()
    words = set(Word.objects.values_list("word", flat=True))
    assert "kalorimeter" in words
    assert not {word for word in words if "kanari" in word}


def test_words_that_are_gone_are_forgotten_when_much_has_changed(feed):
    entry = SearchEntryFactory(title_nb="Forsvinnende kalorimeter")
    announce(entry)
    feed.run()
    SearchEntry.objects.all().delete()
    SearchEntryFactory(title_nb="Noe annet")
    OutboxItem.objects.create(key=entry.key)
    feed.run()
    feed.settle()
    assert "kalorimeter" not in set(Word.objects.values_list("word", flat=True))
