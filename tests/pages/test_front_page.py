"""The front page and what it says of the network."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from pages.front_page import forget_front_page, newest_entries
from pages.ways import forget_ways
from search.models import SearchEntry
from tests.factories.search import SearchEntryFactory

pytestmark = pytest.mark.django_db


def text_of(client, address="/"):
    return client.get(address).content.decode()


def test_the_search_comes_first(initial_pages, client):
    page = text_of(client)
    assert 'action="/sok/"' in page
    assert "Hva trenger du å finne ut?" in page
    assert 'href="/sok/?q=t%C3%A5ler+plasten+kulde"' in page


def test_the_english_front_page_searches_in_english(initial_pages, client):
    page = text_of(client, "/en/")
    assert 'action="/en/search/"' in page
    assert "Find someone who can test it" in page


def test_the_newest_facilities_stand_first(initial_pages, client):
    now = timezone.now()
    for age in range(8):
        SearchEntryFactory(title_nb=f"Rigg {age}", published_at=now - timedelta(days=age))
    shown = [item.title for item in client.get("/").context["network"].news]
    assert shown == [f"Rigg {age}" for age in range(6)]


@pytest.mark.both_databases
def test_the_newest_are_read_in_the_order_of_an_index_and_not_sorted(db):
    SearchEntryFactory(published_at=timezone.now())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # It would rather read and sort the few rows of a test. Without the index it has to.
            for way in ("seqscan", "bitmapscan", "sort"):
                cursor.execute(f"SET LOCAL enable_{way} = off")
    plan = newest_entries()[:6].explain()
    assert "search_entry_newest" in plan
    assert "sort" not in plan.lower()
    assert "temp b-tree" not in plan.lower()


def test_what_not_everybody_may_see_is_not_news(initial_pages, client):
    SearchEntryFactory(title_nb="Hemmelig rigg", published_at=timezone.now(), audience=["org:1"])
    assert "Hemmelig rigg" not in text_of(client)


def test_what_is_withdrawn_vanishes_at_once(initial_pages, client):
    entry = SearchEntryFactory(title_nb="Kort glede", published_at=timezone.now())
    assert "Kort glede" in text_of(client)
    SearchEntry.objects.filter(key=entry.key).update(audience=["org:1"])
    assert "Kort glede" not in text_of(client)
    SearchEntry.objects.filter(key=entry.key).delete()
    assert "Kort glede" not in text_of(client)


def test_sample_content_is_marked(initial_pages, client):
    SearchEntryFactory(meta={"sample": True}, published_at=timezone.now())
    assert "Eksempeldata" in text_of(client)


def test_norwegian_titles_are_marked_on_the_english_page(initial_pages, client):
    SearchEntryFactory(title_nb="Bare norsk", published_at=timezone.now())
    assert '<h3 lang="nb"><a href="/en/facility/' in text_of(client, "/en/")


def test_parks_are_on_the_map_and_in_the_list(initial_pages, client):
    SearchEntryFactory(
        type="park", key="park:1", title_nb="Sørparken", lat=59.0, lon=10.0, url_nb="/parker/sor/"
    )
    page = text_of(client)
    assert page.count('href="/parker/sor/"') == 2
    assert "pn-park-map" in page


def test_figures_count_what_is_public(initial_pages, client):
    SearchEntryFactory.create_batch(3)
    SearchEntryFactory(audience=["org:1"])
    figures = client.get("/").context["network"].figures
    assert [(figure.count, figure.label) for figure in figures] == [(3, "testfasiliteter")]


def test_an_empty_network_shows_no_empty_sections(initial_pages, client):
    page = text_of(client)
    assert "Nytt i nettverket</h2>" not in page
    assert "Nettverket i tall" not in page
    assert "Parkene" not in page


def test_ways_that_lead_nowhere_are_left_out(initial_pages, client):
    assert "Vise fram det dere har" in text_of(client)
    initial_pages("for-parks").unpublish()
    assert "Vise fram det dere har" not in text_of(client)


def test_a_way_follows_its_page_when_it_moves(initial_pages, client):
    page = initial_pages("for-parks")
    page.slug = "for-parkene"
    page.save_revision().publish()
    assert 'href="/om-parknett/for-parkene/"' in text_of(client)


def test_ways_lead_to_filtered_lists(initial_pages, client):
    assert 'href="/testfasiliteter/?scale=pilot"' in text_of(client)
    assert 'href="/en/facilities/?access=open"' in text_of(client, "/en/")


def test_queries_do_not_grow_with_the_network(initial_pages, client, django_assert_max_num_queries):
    for number in range(30):
        SearchEntryFactory(published_at=timezone.now())
        SearchEntryFactory(type="park", key=f"park:{number}", lat=60.0, lon=10.0 + number / 10)
    forget_front_page()
    forget_ways()
    client.get("/")
    with django_assert_max_num_queries(5):
        client.get("/")
