"""A search server that is away, hangs or fails: the search says so, everything else goes on."""

from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import override

from search import breaker as breaker_module
from search import budget, finding
from search.engines import cluster_query
from search.engines.base import EngineError
from search.engines.cluster import ClusterEngine
from search.query import SearchRequest
from search.rebuild import rebuild
from tests.factories.network import FacilityFactory
from tests.servers import faulty
from tests.servers.process import free_port

pytestmark = pytest.mark.django_db

FAULTS = {
    "hung": faulty.hang,
    "reset": faulty.reset,
    "too much to do": faulty.too_many,
    "something else at its address": faulty.junk,
}
# Long enough for an answer over the loopback, short enough for a test of a server that hangs.
SECONDS = 0.3


@pytest.fixture
def server():
    with faulty.running() as running:
        yield running


@pytest.fixture
def facility():
    return FacilityFactory(name_nb="Strekklaben", summary_nb="Strekkprøving av stål.")


@pytest.fixture
def use(monkeypatch):
    """Use the search server at an address, in place of the embedded engine."""

    def use(url):
        engine = ClusterEngine(url, "parknett", SECONDS)
        for module in ("search.finding", "operations.health"):
            monkeypatch.setattr(f"{module}.engine", lambda: engine)
        return engine

    return use


@pytest.fixture
def clock(monkeypatch):
    """The breaker's clock, turned by hand."""
    now = [1000.0]
    monkeypatch.setattr(breaker_module.time, "monotonic", lambda: now[0])
    return now


def search(client, **headers):
    with override("en"):
        return client.get(reverse("search:page"), {"q": "strekkprøving"}, headers=headers)


@pytest.mark.parametrize("fault", FAULTS)
def test_the_search_answers_from_the_database_and_says_so(fault, server, use, facility, client):
    server.fault = FAULTS[fault]
    use(server.url)
    answer = search(client)
    assert answer.status_code == 200
    assert "Strekklaben" in answer.text
    assert "The search engine is not answering just now." in answer.text
    told = client.get("/api/v1/search?q=strekkprøving").json()
    assert (told["degraded"], [hit["slug"] for hit in told["hits"]]) == (True, [facility.slug])


def test_a_server_that_refuses_every_connection_is_no_different(use, facility, client):
    use(f"http://127.0.0.1:{free_port()}")
    assert "Strekklaben" in search(client).text
    assert client.get("/api/v1/search?q=strekkprøving").json()["degraded"] is True


@pytest.mark.parametrize("fault", FAULTS)
def test_after_a_failure_nobody_asks_until_it_is_time_to_try_again(
    fault, server, use, facility, client, clock, monkeypatch
):
    monkeypatch.setattr(budget, "left", lambda most: most)
    monkeypatch.setattr("search.engines.cluster.left", lambda most: most)
    server.fault = FAULTS[fault]
    use(server.url)
    search(client)
    asked = len(server.asked)
    assert asked == 1
    for _ in range(3):
        search(client)
        client.get(reverse("search:suggestions"), {"q": "strek"})
    assert len(server.asked) == asked
    clock[0] += breaker_module.OPEN_SECONDS + 1
    search(client)
    assert len(server.asked) == asked + 1


@pytest.mark.parametrize("fault", FAULTS)
def test_every_other_page_goes_on(fault, server, use, facility, client):
    server.fault = FAULTS[fault]
    use(server.url)
    search(client)
    asked = len(server.asked)
    cache.clear()
    for path in (
        reverse("facilities:detail", args=[facility.slug]),
        reverse("parks:detail", args=[facility.park.slug]),
        reverse("organisations:detail", args=[facility.host.slug]),
        reverse("parks:list"),
        reverse("account_login"),
        f"/api/v1/facilities/{facility.slug}",
        "/sitemap.xml",
        reverse("facilities:feed"),
    ):
        assert client.get(path).status_code == 200, path
    # And none of them waited for an engine of which it was known that it is away.
    assert len(server.asked) == asked


def test_a_facility_s_page_does_not_try_whether_the_engine_is_back(
    server, use, facility, client, clock, monkeypatch
):
    monkeypatch.setattr("search.engines.cluster.left", lambda most: most)
    server.fault = faulty.reset
    use(server.url)
    search(client)
    clock[0] += breaker_module.OPEN_SECONDS + 1
    cache.clear()
    assert client.get(reverse("facilities:detail", args=[facility.slug])).status_code == 200
    assert len(server.asked) == 1


def test_the_health_check_tells_of_it_and_stays_well(server, use, client):
    server.fault = faulty.reset
    use(server.url)
    answer = client.get("/health/")
    assert (answer.status_code, answer.json()["engine"]["state"]) == (200, "down")


def test_all_questions_of_a_search_share_one_budget(monkeypatch, use):
    engine = use("http://127.0.0.1:9")
    now, given = [50.0], []
    monkeypatch.setattr(budget.time, "monotonic", lambda: now[0])

    class Slow:
        def options(self, request_timeout):
            given.append(request_timeout)
            return self

        def perform_request(self, *_, **__):
            now[0] += 0.2
            return SimpleNamespace(body={})

    monkeypatch.setattr(engine, "client", Slow())
    monkeypatch.setattr(cluster_query, "search", lambda request, plan: _Nothing())
    with budget.spending(SECONDS):
        for _ in range(2):
            with pytest.raises(EngineError, match="not an answer"):
                engine.answer(SearchRequest(), None)
        with pytest.raises(EngineError, match="spent"):
            engine.answer(SearchRequest(), None)
    assert given == [pytest.approx(SECONDS), pytest.approx(SECONDS - 0.2)]


class _Nothing:
    def to_dict(self):
        return {}


def test_the_budget_is_the_setting_s(settings, monkeypatch):
    settings.SEARCH_TIMEOUT_SECONDS = 7.5
    seen = []
    monkeypatch.setattr(finding, "_ask_widely", lambda *_: seen.append(budget.left(99)) or 1 / 0)
    monkeypatch.setattr(budget.time, "monotonic", lambda: 5.0)
    with pytest.raises(ZeroDivisionError):
        finding.find(SearchRequest(text="ovn"), None)
    assert seen == [7.5]
    assert budget.left(99) == 99


def test_a_search_on_the_embedded_engine_without_an_index_is_degraded(facility, client):
    assert client.get("/api/v1/search?q=strekkprøving").json()["degraded"] is True
    rebuild()
    finding._breaker.answered()
    assert client.get("/api/v1/search?q=strekkprøving").json()["degraded"] is False
