"""A published facility of an organisation that is not: the facility shows, the organisation nowhere."""

from itertools import product

import pytest

from network.facilities.spreadsheets import read_table
from search.models import SearchEntry
from tests.factories.network import FacilityFactory, MethodFactory, OrganisationFactory

pytestmark = pytest.mark.django_db

STRANGERS = ("visitor", "member", "other-park")
NAMES = ("Hemmeligfabrikken", "Secretworks", "skjult-vert")
PAGES = (
    "/testfasiliteter/",
    "/testfasiliteter/?vis=kart",
    "/testfasiliteter/stallab/",
    "/en/facilities/stallab/",
    "/testfasiliteter/strekklab/",
    "/testfasiliteter/sammenlign/?f=stallab&f=strekklab",
    "/testfasiliteter/atom.xml",
    "/testfasiliteter/eksport.csv",
    "/sok/?q=stål",
    "/parker/mo-industripark/",
    "/api/v1/facilities",
    "/api/v1/facilities/stallab",
    "/api/v1/search?q=stål",
)


@pytest.fixture
def stallab(park, facility, indexed):
    host = OrganisationFactory(
        slug="skjult-vert", name="Hemmeligfabrikken", name_en="Secretworks", published=False
    )
    method = MethodFactory(slug="strekk", name_nb="Strekkprøving")
    facility.methods = [method]
    facility.save()
    found = FacilityFactory(
        slug="stallab", name_nb="Stållaben", name_en="Steel lab", park=park, host=host,
        methods=[method], contact_name="Kundemottak",
    )  # fmt: skip
    indexed()
    return found


@pytest.mark.parametrize(("role", "path"), list(product(STRANGERS, PAGES)))
def test_no_page_names_the_host_or_leads_to_it(role, path, browse, stallab):
    response = browse(role).get(path)
    text = response.getvalue().decode()
    assert response.status_code == 200
    assert "stallab" in text or path == "/testfasiliteter/strekklab/"
    assert [name for name in NAMES if name in text] == []


@pytest.mark.parametrize("query", ["q=Hemmeligfabrikken", "q=Secretworks", "host=skjult-vert"])
def test_nobody_finds_the_facility_by_its_host(query, client, stallab):
    assert client.get(f"/api/v1/facilities?{query}").json()["total"] == 0


def test_the_page_still_tells_whom_to_ask(client, stallab):
    text = client.get("/testfasiliteter/stallab/").text
    assert "Kundemottak" in text
    assert "<dt>Vert</dt>" not in text
    assert client.get("/api/v1/facilities/stallab").json()["host"] is None


def test_those_who_look_after_the_facility_are_told_why(browse, stallab):
    assert "Verten er ikke publisert" in browse("network").get("/testfasiliteter/stallab/").text


def test_those_who_may_see_the_host_take_its_name_along(browse, stallab):
    exported = browse("network").get("/testfasiliteter/eksport.csv").getvalue()
    table = read_table("f.csv", exported)
    hosts = {row.cells[0]: row.cells[8] for row in table.rows}
    assert hosts == {"stallab": "Hemmeligfabrikken", "strekklab": "Prøvebedrift AS"}


def test_publishing_the_host_names_it_at_once(client, stallab):
    client.get("/testfasiliteter/stallab/")
    stallab.host.published = True
    stallab.host.save()
    text = client.get("/testfasiliteter/stallab/").text
    assert text.count("Hemmeligfabrikken") == 2
    assert text.count("/organisasjoner/skjult-vert/") == 2
    entry = SearchEntry.objects.get(slug="stallab")
    assert entry.facets["host"] == ["skjult-vert"]
    stallab.host.published = False
    stallab.host.save()
    assert "Hemmeligfabrikken" not in client.get("/testfasiliteter/stallab/").text
    entry.refresh_from_db()
    assert "host" not in entry.facets
    assert "Hemmeligfabrikken" not in entry.text_nb
