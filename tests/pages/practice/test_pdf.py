"""An article on paper and as a PDF."""

import re
import sys
import zlib
from contextlib import suppress

import pytest
from django.core.cache import cache

from pages.practice.models import PracticeOrganisation
from pages.practice.pdf import BASE, Refused, our_file
from tests.factories.accounts import member_of
from tests.factories.network import OrganisationFactory
from tests.factories.practice import make_article

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_pdf_kept():
    cache.clear()


@pytest.fixture
def address():
    page = make_article(effects=[{"indicator": "Strøm", "before": 10, "after": 5, "unit": "kWh"}])
    return f"/god-praksis/artikler/{page.pk}/"


def unpacked(content):
    """All streams of a PDF as they were before they were compressed."""
    packed = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL)
    found = []
    for stream in packed:
        with suppress(zlib.error):
            found.append(zlib.decompress(stream))
    return content + b"\n".join(found)


def test_an_article_comes_as_an_accessible_pdf(client, address):
    response = client.get(f"{address}pdf/")
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF-")
    inside = unpacked(response.content)
    assert b'pdfuaid:part="1"' in inside
    assert b"/StructTreeRoot" in inside
    assert b"/Lang (nb)" in inside
    assert response["Content-Disposition"].startswith('inline; filename="varme-')


def test_a_server_without_pango_says_so_and_shows_the_page_for_print(client, address, monkeypatch):
    class Missing:
        def find_spec(self, name, path=None, target=None):
            if name == "weasyprint":
                raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Missing(), *sys.meta_path])
    response = client.get(f"{address}pdf/")
    text = response.content.decode()
    assert response.status_code == 200
    assert "kan ikke lage PDF akkurat nå" in text
    assert "Strøm" in text


def test_the_page_for_print_has_nothing_around_it(client, address):
    text = client.get(f"{address}utskrift/").content.decode()
    assert "pn-header" not in text
    assert "−50" in text
    assert "<style" not in text


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/x.png",
        "file:///etc/passwd",
        f"{BASE}/static/ui/nothing-here.css",
        f"{BASE}/admin/",
        f"{BASE}.example.org/static/pages/paper.css",
    ],
)
def test_nothing_is_fetched_but_files_of_the_site(url):
    with pytest.raises(Refused):
        our_file(url)


def test_a_static_file_of_the_site_is_read():
    assert b"@page" in our_file(f"{BASE}/static/pages/paper.css")


@pytest.mark.parametrize("ending", ["pdf/", "utskrift/"])
def test_what_only_some_may_know_of_is_not_on_paper_that_is_kept_for_all(
    client, monkeypatch, ending
):
    hidden = OrganisationFactory(name="Skjult bedrift", published=False)
    page = make_article()
    page.organisation_links = [PracticeOrganisation(organisation=hidden)]
    page.save_revision().publish()
    seen = []
    monkeypatch.setattr("pages.practice.pdf._made", lambda html: seen.append(html) or b"%PDF-")
    client.force_login(member_of(hidden))
    response = client.get(f"/god-praksis/artikler/{page.pk}/{ending}")
    assert response.status_code == 200
    assert "Skjult bedrift" not in "".join(seen) + response.content.decode()
