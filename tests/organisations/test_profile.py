"""An organisation's profile."""

import json
import re

import pytest

from network.organisations.models import Organisation
from tests.factories.accounts import (
    UserFactory,
    administrator_of,
    member_of,
    network_administrator,
    staff_of,
)
from tests.factories.network import FacilityFactory, OrganisationFactory, ParkFactory

pytestmark = pytest.mark.django_db


def page_of(client, organisation):
    response = client.get(organisation.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def test_shows_what_is_known(client):
    organisation = OrganisationFactory(
        name="Støperi AS",
        number="974760673",
        municipality="Rana",
        industry_code="24.510",
        industry_code_version="SN2007",
        chain_place="processing",
        competences_nb="støping\nmaskinering",
        contact_role="Kundesenter",
        contact_email="post@example.org",
        contact_phone="+47 00 00 00 00",
    )
    page = page_of(client, organisation)
    assert "974\N{NO-BREAK SPACE}760\N{NO-BREAK SPACE}673" in page
    assert "oppslag/enheter/974760673" in page
    assert "24.510 SN2007" in page
    assert "Foredling" in page
    assert "maskinering" in page
    assert "mailto:post@example.org" in page
    assert "tel:+4700000000" in page


def test_leads_to_the_register_only_with_a_number(client, real_data):
    page = page_of(client, Organisation.objects.get(slug="elkem"))
    assert "brreg" not in page
    assert "Organisasjonsnummer" not in page


def test_says_that_a_likely_park_is_inferred(client, real_data):
    page = page_of(client, Organisation.objects.get(slug="elkem"))
    assert "Trolig park" in page
    assert "ikke bekreftet av organisasjonen" in page
    assert "272\N{NO-BREAK SPACE}000" in page


def test_shows_figures_with_scope_and_source(client, real_data):
    page = page_of(client, Organisation.objects.get(slug="mineralklynge-norge"))
    assert "7,3" in page
    assert "(2015)" in page
    assert "Om Mineralklynge Norge" in page


def test_lists_the_facilities_that_it_hosts(client):
    organisation = OrganisationFactory()
    for number in range(8):
        FacilityFactory(host=organisation, name_nb=f"Lab {number}")
    FacilityFactory(host=organisation, name_nb="A skjult", published=False)
    page = page_of(client, organisation)
    assert "Lab 5" in page
    assert "Lab 6" not in page
    assert "A skjult" not in page
    assert f"/testfasiliteter/?host={organisation.slug}" in page


def test_marks_a_sample_and_keeps_it_from_search_engines(client):
    page = page_of(client, OrganisationFactory(sample=True))
    assert "Eksempeldata" in page
    assert 'content="noindex"' in page
    assert "application/ld+json" not in page


class TestUnpublished:
    @pytest.fixture
    def park(self):
        return ParkFactory()

    @pytest.fixture
    def hidden(self, park):
        organisation = OrganisationFactory(published=False)
        organisation.parks = [park]
        organisation.save()
        return organisation

    def test_is_not_found_by_others(self, client, hidden):
        assert client.get(hidden.get_absolute_url()).status_code == 404
        for person in (
            UserFactory(),
            administrator_of(OrganisationFactory()),
            staff_of(ParkFactory()),
        ):
            client.force_login(person)
            assert client.get(hidden.get_absolute_url()).status_code == 404

    def test_is_seen_by_those_who_belong_to_it(self, client, hidden, park):
        people = (
            member_of(hidden),
            administrator_of(hidden),
            staff_of(park),
            network_administrator(),
        )
        for person in people:
            client.force_login(person)
            assert "ikke publisert" in page_of(client, hidden)


def test_the_way_to_editing_shows_to_those_who_may(client):
    organisation = OrganisationFactory()
    desk = f"/organisasjoner/{organisation.slug}/administrer/"
    assert desk not in page_of(client, organisation)
    client.force_login(member_of(organisation))
    assert desk not in page_of(client, organisation)
    client.force_login(administrator_of(organisation))
    assert desk in page_of(client, organisation)


def test_the_way_to_joining_shows_to_those_who_do_not_belong(client):
    organisation = OrganisationFactory()
    join = f"/organisasjoner/{organisation.slug}/bli-med/"
    assert join in page_of(client, organisation)
    client.force_login(member_of(organisation))
    assert join not in page_of(client, organisation)


def test_hostile_text_is_shown_as_text(client):
    hostile = "<img src=x onerror=alert(1)></script>"
    organisation = OrganisationFactory(
        name=hostile, summary_nb=hostile, competences_nb=hostile, contact_role=hostile
    )
    page = page_of(client, organisation)
    assert "<img src=x" not in page


def test_structured_data_holds_no_empty_values(client):
    page = page_of(client, OrganisationFactory(name="Støperi AS", web="https://example.org/"))
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    described = json.loads(blocks[0])
    assert described["name"] == "Støperi AS"
    assert described["sameAs"] == "https://example.org/"
    assert "taxID" not in described


def test_asks_the_database_little(client, real_data, django_assert_max_num_queries):
    organisation = Organisation.objects.get(slug="mineralklynge-norge")
    for _ in range(5):
        FacilityFactory(host=organisation)
    client.get(organisation.get_absolute_url())
    with django_assert_max_num_queries(10):
        client.get(organisation.get_absolute_url())


@pytest.mark.parametrize("slug", ["finnes-ikke", "a" * 400, "%3Cscript%3E"])
def test_an_unknown_organisation_is_not_found(client, slug):
    assert client.get(f"/organisasjoner/{slug}/").status_code == 404


def test_the_english_name_shows_on_the_english_page(client, real_data):
    page = client.get("/en/organisations/trondelag-fylkeskommune/").content.decode()
    assert "<h1>Trøndelag County Authority</h1>" in page
