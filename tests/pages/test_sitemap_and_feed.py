"""What machines read: sitemap, robots, feed."""

from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from tests.factories.search import SearchEntryFactory

pytestmark = pytest.mark.django_db

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
ATOM = "{http://www.w3.org/2005/Atom}"


def addresses(client, address="/sitemap-pages.xml", **extra):
    root = ET.fromstring(client.get(address, **extra).content)
    return [element.text for element in root.iter(f"{SITEMAP}loc")]


def test_the_sitemap_gathers_the_rooms(initial_pages, client):
    sections = addresses(client, "/sitemap.xml")
    assert "http://testserver/sitemap-pages.xml" in sections
    assert "http://testserver/sitemap-facilities.xml" in sections
    assert all(client.get(section).status_code == 200 for section in sections)


def test_pages_are_in_the_sitemap_with_their_translations(initial_pages, client):
    assert "http://testserver/om-parknett/personvern/" in addresses(client)
    text = client.get("/sitemap-pages.xml").content.decode()
    assert 'hreflang="en" href="http://testserver/en/about-parknett/privacy/"' in text


def test_private_and_unpublished_pages_are_not_in_the_sitemap(initial_pages, client):
    PageViewRestriction.objects.create(
        page=initial_pages("privacy"), restriction_type=PageViewRestriction.LOGIN
    )
    initial_pages("for-parks", "en").unpublish()
    listed = addresses(client)
    assert "http://testserver/om-parknett/personvern/" not in listed
    assert "http://testserver/en/about-parknett/privacy/" in listed
    assert "http://testserver/en/about-parknett/for-people-who-work-in-a-park/" not in listed


def test_robots_know_their_host_and_leave_search_alone(client, db):
    response = client.get("/robots.txt", headers={"host": "parknett.example.org"})
    lines = response.content.decode().splitlines()
    assert response["Content-Type"].startswith("text/plain")
    assert "Sitemap: http://parknett.example.org/sitemap.xml" in lines
    for rule in ("/admin/", "/konto/", "/en/account/", "/sok/?", "/en/search/?"):
        assert f"Disallow: {rule}" in lines


def feed(client, address="/nytt/atom.xml"):
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/atom+xml")
    return ET.fromstring(response.content)


def test_the_feed_has_the_newest_first(db, client):
    now = timezone.now()
    SearchEntryFactory(title_nb="Gammel", published_at=now - timedelta(days=9))
    SearchEntryFactory(title_nb="Ny", published_at=now)
    titles = [entry.findtext(f"{ATOM}title") for entry in feed(client).iter(f"{ATOM}entry")]
    assert titles == ["Ny", "Gammel"]


def test_the_feed_shows_nothing_that_is_not_public(db, client):
    SearchEntryFactory(title_nb="Intern", published_at=timezone.now(), audience=["org:4"])
    assert b"Intern" not in client.get("/nytt/atom.xml").content


def test_the_feed_speaks_english_too_and_marks_sample_content(db, client):
    SearchEntryFactory(title_en="Rig", published_at=timezone.now(), meta={"sample": True})
    entry = next(feed(client, "/en/new/atom.xml").iter(f"{ATOM}entry"))
    assert entry.findtext(f"{ATOM}title") == "Rig (sample data)"
    assert entry.find(f"{ATOM}link").get("href").startswith("http://testserver/en/facility/")


def test_every_page_names_the_feed(initial_pages, client):
    page = client.get("/en/").content.decode()
    assert (
        'type="application/atom+xml" title="New in the network (Atom)" href="/en/new/atom.xml"'
        in page
    )
