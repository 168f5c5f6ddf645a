"""What other machines read: the feed and the sitemap."""

from xml.etree import ElementTree as ET

import pytest

from network.facilities.sitemaps import FacilitySitemap
from tests.factories.network import FacilityFactory

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def test_the_feed_has_the_newest_public_facilities_in_the_readers_language(client, park, host):
    FacilityFactory(name_nb="Gammel", name_en="Old", park=park, host=host)
    FacilityFactory(name_nb="Ny <b>", name_en="New", park=park, host=host)
    FacilityFactory(name_nb="Utkast", published=False, park=park, host=host)
    for url, expected in (
        ("/testfasiliteter/atom.xml", ["Ny <b>", "Gammel"]),
        ("/en/facilities/atom.xml", ["New", "Old"]),
    ):
        response = client.get(url)
        assert response["Content-Type"].startswith("application/atom+xml")
        feed = ET.fromstring(response.content)
        assert [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")] == expected


def test_the_sitemap_has_public_facilities_in_both_languages(rf, park, host):
    FacilityFactory(slug="offentlig", park=park, host=host)
    FacilityFactory(slug="utkast", published=False, park=park, host=host)

    class Site:
        domain = "parknett.example"

    urls = FacilitySitemap().get_urls(site=Site(), protocol="https")
    assert [entry["location"] for entry in urls] == [
        "https://parknett.example/testfasiliteter/offentlig/",
        "https://parknett.example/en/facilities/offentlig/",
    ]
    languages = {alternate["lang_code"] for alternate in urls[0]["alternates"]}
    assert languages == {"nb", "en", "x-default"}
