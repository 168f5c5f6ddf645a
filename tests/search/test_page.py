"""The search page keeps what it has written only as long as it is true."""

import pytest

from search.engines import engine
from search.indexing import document_of
from search.knowledge import plan_of
from search.query import SearchRequest
from tests.factories.facilities import FacilityFactory
from tests.factories.search import SearchEntryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client):
    def read(query="kalorimetri"):
        return client.get("/sok/", {"q": query}).content.decode()

    return read


def test_a_changed_entry_is_shown_as_it_is_now(page, indexed):
    facility = FacilityFactory(name_nb="Lab for kalorimetri", published=True)
    indexed()
    assert "Lab for" in page()
    facility.name_nb = "Hall for kalorimetri"
    facility.save()
    assert "Hall for" in page()
    assert "Lab for" not in page()


def test_a_hidden_entry_is_gone_at_once(page, indexed):
    facility = FacilityFactory(name_nb="Lab for kalorimetri", published=True)
    indexed()
    assert "Lab for" in page()
    facility.published = False
    facility.save()
    assert "Lab for" not in page()


def test_results_come_from_two_queries_once_they_are_written(
    page, indexed, django_assert_max_num_queries
):
    FacilityFactory.create_batch(3, name_nb="Lab for kalorimetri", published=True)
    indexed()
    page()
    with django_assert_max_num_queries(2):
        page()


def test_a_score_is_a_share_and_tells_nothing_of_what_is_hidden(client, indexed):
    FacilityFactory(name_nb="Lab for kalorimetri", published=True)
    indexed()

    def scores():
        answer = client.get("/api/v1/search", {"q": "kalorimetri"}).json()
        return [hit["score"] for hit in answer["hits"]]

    before = scores()
    assert all(0 < score <= 1 for score in before)
    for number in range(5):
        SearchEntryFactory(
            key=f"facility:{900 + number}", title_nb="Kalorimetri", audience=["org:1"]
        )
    indexed()
    assert scores() == before


def test_among_equals_the_order_is_that_of_rank_whatever_was_written_first(indexed):
    for number in (7, 3, 9, 1):
        SearchEntryFactory(key=f"facility:{number}", title_nb="Lik kalorimetri")
    indexed()

    def order():
        answer = engine().answer(SearchRequest(text="kalorimetri"), plan_of("kalorimetri"))
        return [hit.key for hit in answer.hits]

    before = order()
    first = SearchEntryFactory._meta.model.objects.get(key=before[0])
    first.version += 1
    first.save()
    writer = engine().writer()

    writer.write([document_of(first)])
    writer.commit()
    writer.close()
    assert order() == before
