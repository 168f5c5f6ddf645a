"""The search graded by judged queries, as people and programs ask them."""

import io
import uuid
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.management import call_command

from search import knowledge
from search.engines.cluster import ClusterEngine
from search.engines.embedded import EmbeddedEngine
from search.rebuild import rebuild
from tests.search.grading import HERE, Grades, grade, read, through_api

pytestmark = pytest.mark.django_db

SAMPLE = HERE / "judgements.yaml"
USING_ENGINE = ("search.feed", "search.rebuild", "search.checking", "search.finding")


@pytest.fixture
def sample(real_data):
    call_command("load_sample_data", stdout=io.StringIO())


@pytest.fixture
def graded(client, monkeypatch):
    """Grade an engine over what is in the database."""

    def run(engine, queries: Path) -> Grades:
        for module in USING_ENGINE:
            monkeypatch.setattr(f"{module}.engine", lambda: engine)
        rebuild()
        knowledge.forget()
        cache.clear()  # where the API counts how often one has asked
        return grade(read(queries), through_api(client))

    return run


@pytest.fixture
def opensearch(opensearch_url):
    engine = ClusterEngine(opensearch_url, f"test-{uuid.uuid4().hex[:12]}", timeout=20.0)
    yield engine
    if index := engine.current():
        engine.client.indices.delete(index=index)


def test_there_are_queries_of_every_kind():
    queries = read(SAMPLE)
    assert len(queries) >= 80
    assert len({query.key for query in queries}) == len(queries)
    assert sum(not query.relevant for query in queries) >= 10


def test_tantivy_answers_the_judged_queries(sample, graded, tmp_path):
    grades = graded(EmbeddedEngine(tmp_path / "index"), SAMPLE)
    assert grades.ndcg >= 0.94, grades.report()
    assert grades.recall >= 0.94, grades.report()
    assert grades.miss_rate <= 0.02, grades.report()
    assert grades.false_rate <= 0.25, grades.report()


def test_opensearch_answers_them_alike(sample, graded, tmp_path, opensearch):
    tantivy = graded(EmbeddedEngine(tmp_path / "index"), SAMPLE)
    other = graded(opensearch, SAMPLE)
    assert other.ndcg >= 0.94, other.report()
    assert other.recall >= 0.94, other.report()
    assert abs(tantivy.ndcg - other.ndcg) <= 0.03, other.report()
    assert abs(tantivy.recall - other.recall) <= 0.03, other.report()


@pytest.mark.parametrize("name", ["development", "independent"])
def test_imported_facilities_are_found(name, real_data, graded, tmp_path):
    call_command("load_vocabularies", stdout=io.StringIO())
    call_command("import_facilities", str(HERE / name / "facilities.csv"), stdout=io.StringIO())
    grades = graded(EmbeddedEngine(tmp_path / "index"), HERE / name / "queries.yaml")
    assert grades.ndcg >= 0.85, grades.report()
    assert grades.miss_rate <= 0.03, grades.report()
    assert grades.false_rate <= 0.25, grades.report()
