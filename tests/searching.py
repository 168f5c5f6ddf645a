"""A search of each test's own: an embedded index in a fresh directory, nothing remembered."""

import uuid

import pytest

from search import engines, facets, finding, knowledge, rebuild
from search.breaker import Breaker
from search.engines.cluster import ClusterEngine
from search.engines.embedded import EmbeddedEngine


@pytest.fixture(autouse=True)
def _nothing_remembered(settings, tmp_path, monkeypatch):
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    settings.SEARCH_URL = ""
    engines.engine.cache_clear()
    facets.forget_names()
    monkeypatch.setattr(finding, "_breaker", Breaker())
    monkeypatch.setattr(knowledge, "_known", None)
    yield
    engines.engine.cache_clear()


@pytest.fixture
def indexed(db):
    """Build the index from the projection, now and whenever the returned function is called."""

    def build():
        count = rebuild.rebuild()
        knowledge.forget()
        return count

    return build


@pytest.fixture(params=["tantivy", "opensearch", "elasticsearch_8", "elasticsearch_9"])
def any_engine(request, tmp_path, monkeypatch):
    """Each engine in turn, on a real server where it needs one, in use for the whole room."""
    if request.param == "tantivy":
        made = EmbeddedEngine(tmp_path / "index")
    else:
        url = request.getfixturevalue(f"{request.param}_url")
        made = ClusterEngine(url, f"test-{uuid.uuid4().hex[:12]}", timeout=20.0)
    for module in ("search.feed", "search.rebuild", "search.checking", "search.finding"):
        monkeypatch.setattr(f"{module}.engine", lambda: made)
    yield made
    if isinstance(made, ClusterEngine) and (index := made.current()):
        made.client.indices.delete(index=index)
