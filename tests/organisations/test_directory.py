"""The public directory."""

import pytest

from network.organisations.models import Organisation
from tests.factories.accounts import administrator_of, network_administrator, staff_of
from tests.factories.network import OrganisationFactory, ParkFactory

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

DIRECTORY = "/organisasjoner/"


@pytest.fixture
def directory(client, indexed):
    def ask(**parameters):
        indexed()
        response = client.get(DIRECTORY, parameters)
        assert response.status_code == 200
        return response

    return ask


def names(response):
    return [card.title for card in response.context["listing"].cards]


def test_lists_everybody_by_name(directory, real_data):
    response = directory()
    assert response.context["listing"].total == 37
    shown = names(response)
    assert len(shown) == 20
    assert shown == sorted(shown)


def test_has_further_pages(directory, real_data):
    assert len(names(directory(page="2"))) == 17


@pytest.mark.parametrize("address", [DIRECTORY, "/sok/"])
def test_a_page_past_the_end_leads_to_the_last_one(client, indexed, real_data, address):
    indexed()
    query = {"type": "organisation", "page": "9"}
    assert client.get(address, query).url == f"{address}?type=organisation&page=2"


@pytest.mark.parametrize(
    ("parameters", "total"),
    [
        ({"kind": "cluster"}, 2),
        ({"kind": ["cluster", "authority"]}, 11),
        ({"park": "mo-industripark"}, 4),
        ({"chain": "public"}, 9),
        ({"municipality": "orkland"}, 3),
        ({"kind": "company", "park": "mo-industripark"}, 3),
        ({"kind": "no-such-kind"}, 0),
    ],
)
def test_narrows_by_facets(directory, real_data, parameters, total):
    assert directory(**parameters).context["listing"].total == total


def test_counts_what_each_choice_would_leave(directory, real_data):
    groups = {
        group.name: group for group in directory(park="mo-industripark").context["listing"].groups
    }
    kinds = {choice.value: choice.count for choice in groups["kind"].choices}
    assert kinds == {"company": 3, "park-operator": 1}


def test_finds_by_text(directory, real_data):
    cards = directory(q="mineraler").context["listing"].cards
    assert cards[0].key == "mineralklynge-norge"


def test_finds_by_number_in_any_writing(directory):
    OrganisationFactory(name="Nummerert AS", number="974760673")
    for query in ("974760673", "974 760 673"):
        assert "Nummerert" in "".join(names(directory(q=query)))


def test_finds_by_competence(directory):
    OrganisationFactory(name="Sveis AS", competences_nb="friksjonssveising\nmaling")
    OrganisationFactory(name="Annen AS")
    assert names(directory(q="friksjonssveising"))[0] == "Sveis AS"


def test_says_which_park_is_only_likely(directory, real_data):
    page = directory(q="Elkem").content.decode()
    assert "Mo Industripark (trolig)" in page


def test_shows_chips_that_lift_each_filter(directory, real_data):
    page = directory(kind="cluster", q="klynge").content.decode()
    assert "Klynge" in page
    assert 'href="?kind=cluster"' in page
    assert 'href="?q=klynge"' in page


def test_offers_ways_out_when_nothing_matches(directory, real_data):
    page = directory(kind="cluster", municipality="hitra").content.decode()
    assert "Ingen organisasjon passer til alt dette" in page


def test_keeps_unpublished_ones_out_of_list_and_counts(directory, real_data):
    cluster = Organisation.objects.get(slug="thamsklyngen")
    cluster.published = False
    cluster.save()
    response = directory(kind="cluster")
    assert response.context["listing"].total == 1
    assert "Thamsklyngen" not in response.content.decode()


def test_shows_unpublished_ones_to_those_who_keep_them(client, directory):
    park = ParkFactory()
    hidden = OrganisationFactory(name="Skjult AS", published=False)
    hidden.parks = [park]
    hidden.save()
    assert "Skjult AS" not in directory().content.decode()
    for person in (staff_of(park), administrator_of(hidden), network_administrator()):
        client.force_login(person)
        page = directory().content.decode()
        assert "Skjult AS" in page
        assert "ikke publisert" in page


def test_answers_htmx_with_the_results_and_facets_alone(client, indexed, real_data):
    indexed()
    response = client.get(DIRECTORY, {"kind": "cluster"}, headers={"HX-Request": "true"})
    page = response.content.decode()
    assert "<html" not in page
    assert 'id="treff"' in page
    assert 'hx-swap-oob="outerHTML:#facet-kind"' in page
    assert response["HX-Push-Url"] == "/organisasjoner/?kind=cluster"


@pytest.mark.parametrize(
    "parameters",
    [
        {"q": "<script>alert(1)</script>"},
        {"q": "x" * 5000},
        {"q": "\x00"},
        {"q": "'; drop table organisations_organisation; --"},
        {"q": '"*:(~AND OR NOT'},
        {"page": "0"},
        {"page": "-1"},
        {"page": "1e9"},
        {"page": "99999"},
        {"sort": "nonsense"},
        {"near": "nowhere", "radius_km": "NaN"},
        {"kind": "<img src=x onerror=alert(1)>"},
        {"park": ["a"] * 500},
    ],
)
def test_bears_whatever_is_asked(directory, real_data, parameters):
    page = directory(**parameters).content.decode()
    assert "<script>alert(1)" not in page
    assert "<img src=x" not in page


def test_is_only_read(client):
    assert client.post(DIRECTORY).status_code == 405


def test_answers_from_the_database_when_there_is_no_index(client, real_data):
    response = client.get(DIRECTORY, {"q": "Thamsklyngen"})
    assert response.status_code == 200
    assert "Søkemotoren svarer ikke" in response.content.decode()


def test_asks_the_database_little(client, indexed, real_data, django_assert_max_num_queries):
    indexed()
    client.get(DIRECTORY)
    with django_assert_max_num_queries(10):
        client.get(DIRECTORY)


def test_speaks_english_too(client, indexed, real_data):
    indexed()
    page = client.get("/en/organisations/", {"kind": "authority"}).content.decode()
    assert "Trøndelag County Authority" in page
    assert "Authority or agency" in page
