"""A real search server behind one that fails: what it missed, it learns when it is back."""

import json
import uuid

import pytest

from search.checking import compare, heal
from search.engines.base import EngineError
from search.engines.cluster import ClusterEngine
from search.feed import Feed
from search.indexing import document_of
from search.models import OutboxItem, SearchEntry
from search.rebuild import rebuild
from tests.factories.search import SearchEntryFactory
from tests.servers import faulty

pytestmark = pytest.mark.django_db

FAULTS = {
    "reset": faulty.reset,
    "too much to do": faulty.too_many,
    "read-only": faulty.read_only,
    "half of a bulk": faulty.half_of_it,
    "something else at its address": faulty.junk,
    "the answer lost": faulty.take_it_and_reset,
}


@pytest.fixture
def server(opensearch_url):
    with faulty.running(opensearch_url) as running:
        yield running


@pytest.fixture
def engine(server, monkeypatch):
    made = ClusterEngine(server.url, f"faults-{uuid.uuid4().hex[:10]}", timeout=20.0)
    for module in ("search.feed", "search.rebuild", "search.checking", "search.finding"):
        monkeypatch.setattr(f"{module}.engine", lambda: made)
    yield made
    server.fault = None
    made.client.indices.delete(index=f"{made.alias}-*", ignore_unavailable=True)


@pytest.fixture
def three(engine):
    entries = [SearchEntryFactory(key=f"facility:{number}", version=0) for number in range(3)]
    rebuild()
    return entries


def announce(*entries):
    for entry in entries:
        item = OutboxItem.objects.create(key=entry.key)
        SearchEntry.objects.filter(pk=entry.pk).update(version=item.pk, title_nb=f"Nå {item.pk}")


def nothing_differs(engine):
    stamps = {key: stamp.partition("-")[0] for key, stamp in engine.stamps()}
    return stamps == {
        key: str(version) for key, version in SearchEntry.objects.values_list("key", "version")
    }


@pytest.mark.parametrize("fault", FAULTS)
def test_what_could_not_be_written_waits_and_is_written_later(fault, server, engine, three):
    announce(*three[:2])
    OutboxItem.objects.create(key=three[2].key)
    three[2].delete()
    server.fault = FAULTS[fault]
    with pytest.raises(EngineError):
        Feed().run()
    assert OutboxItem.objects.count() == 3
    server.fault = None
    Feed().run()
    assert not OutboxItem.objects.exists()
    assert nothing_differs(engine)
    assert compare().keys == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_rebuild_that_fails_leaves_the_index_in_use_and_can_be_tried_again(
    fault, server, engine, three
):
    server.fault = FAULTS[fault]
    with pytest.raises(EngineError):
        rebuild()
    server.fault = None
    assert nothing_differs(engine)
    rebuild()
    assert nothing_differs(engine)
    assert len(engine.client.indices.get_alias(index=f"{engine.alias}-*")) == 1


def test_a_swap_whose_answer_is_lost_keeps_the_fresh_index(server, engine, three):
    def swap_and_reset(exchange):
        if exchange.path.startswith("/_aliases"):
            server.fault = None
            faulty.take_it_and_reset(exchange)
        else:
            exchange.pass_on()

    before = engine.current()
    server.fault = swap_and_reset
    with pytest.raises(EngineError):
        rebuild()
    assert engine.current() not in {before, None}
    assert nothing_differs(engine)
    announce(three[0])
    Feed().run()
    assert nothing_differs(engine)


def test_what_is_sent_to_an_index_that_was_just_replaced_is_sent_again(engine, three, monkeypatch):
    feed = Feed()
    announce(three[0])
    feed.run()
    announce(three[1])
    really_write = type(feed._writer).write

    def write_after_a_swap(writer, documents):
        monkeypatch.setattr(type(writer), "write", really_write)
        # The fresh index was built of what was there before the change.
        item = OutboxItem.objects.get()
        OutboxItem.objects.all().delete()
        SearchEntry.objects.filter(pk=three[1].pk).update(version=0)
        rebuild()
        SearchEntry.objects.filter(pk=three[1].pk).update(version=item.pk)
        item.save()
        really_write(writer, documents)

    monkeypatch.setattr(type(feed._writer), "write", write_after_a_swap)
    feed.run()
    assert nothing_differs(engine)
    assert len(engine.client.indices.get_alias(index=f"{engine.alias}-*")) == 1


def test_a_document_that_the_server_refuses_holds_up_no_other(engine, three, caplog):
    SearchEntry.objects.filter(pk=three[1].pk).update(audience=["public", "x" * 40_000])
    announce(*three)
    Feed().run()
    assert not OutboxItem.objects.exists()
    assert {key for key, _ in engine.stamps()} == {three[0].key, three[2].key}
    assert "facility:1 cannot be indexed" in caplog.text
    assert rebuild() == 3
    assert {key for key, _ in engine.stamps()} == {three[0].key, three[2].key}


def test_a_late_update_does_not_bring_back_what_was_deleted(engine, three):
    writer = engine.writer()
    late = document_of(three[0])
    item = OutboxItem.objects.create(key=three[0].key)
    three[0].delete()
    Feed().run()
    writer.write([late])
    writer.commit()
    assert item.pk >= late.version
    assert three[0].key not in dict(engine.stamps())


def test_a_server_that_lost_its_data_is_filled_anew(engine, three):
    feed = Feed()
    announce(three[0])
    feed.run()
    engine.client.indices.delete(index=engine.current())
    announce(three[1])
    with pytest.raises(EngineError, match="gone"):
        feed.run()
    heal()
    feed = Feed()
    feed.run()
    assert nothing_differs(engine)


def test_the_bulk_that_is_cut_in_half_was_really_cut(server):
    seen = []
    exchange = type("E", (), {})()
    exchange.body = b"".join(
        json.dumps(line).encode() + b"\n"
        for line in ({"index": {"_id": "a"}}, {"x": 1}, {"delete": {"_id": "b"}})
    )
    exchange.send = lambda status, body: seen.append(json.loads(body))
    exchange.ask_upstream = lambda body: (200, b'{"items": [{"index": {"_id": "a"}}]}')
    exchange.path = "/_bulk"
    faulty.half_of_it(exchange)
    assert [next(iter(item)) for item in seen[0]["items"]] == ["index", "delete"]
