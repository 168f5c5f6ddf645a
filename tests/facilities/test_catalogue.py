"""The catalogue page."""

import pytest
from django.utils import timezone

from tests.facilities.conftest import READERS_OF_DRAFTS, ROLES
from tests.factories.network import FacilityFactory, MaterialFactory, MethodFactory, ParkFactory

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
URL = "/testfasiliteter/"


def names(response):
    return [card.title for card in response.context["catalogue"].cards]


def test_without_a_question_all_are_shown_last_confirmed_first(client, indexed, park, host):
    today = timezone.localdate()
    for age, name in ((90, "Eldst"), (1, "Ferskest"), (30, "Imellom")):
        confirmed = today - timezone.timedelta(days=age)
        FacilityFactory(name_nb=name, confirmed_on=confirmed, park=park, host=host)
    indexed()
    assert names(client.get(URL)) == ["Ferskest", "Imellom", "Eldst"]


def test_a_problem_in_plain_words_finds_the_method(client, indexed, park, host):
    method = MethodFactory(name_nb="Strekkprøving", synonyms_nb="strekkfasthet")
    FacilityFactory(name_nb="Mekanisk lab", methods=[method], park=park, host=host)
    FacilityFactory(name_nb="Kjemilab", park=park, host=host)
    indexed()
    assert names(client.get(URL, {"q": "strekkfasthet"})) == ["Mekanisk lab"]


def test_facets_filter_and_their_counts_are_true(client, indexed, park, host):
    steel, wood = MaterialFactory(slug="stal"), MaterialFactory(slug="tre")
    FacilityFactory(name_nb="A", materials=[steel], scale="lab", park=park, host=host)
    FacilityFactory(name_nb="B", materials=[steel], scale="pilot", park=park, host=host)
    FacilityFactory(name_nb="C", materials=[wood], scale="pilot", park=park, host=host)
    indexed()
    response = client.get(URL, {"material": "stal", "scale": "pilot"})
    assert names(response) == ["B"]
    groups = {group.name: group for group in response.context["catalogue"].groups}
    scales = {choice.value: choice.count for choice in groups["scale"].choices}
    assert scales == {"lab": 1, "pilot": 1}
    chips = [chip.url for chip in response.context["catalogue"].filters]
    assert chips == ["?scale=pilot", "?material=stal"]


def test_a_place_sorts_by_distance_and_a_radius_limits_it(client, indexed, host):
    far = ParkFactory(slug="sor", lat=59.0, lon=10.0)
    near = ParkFactory(slug="nord", lat=66.0, lon=14.0)
    FacilityFactory(name_nb="Langt unna", park=far, host=host)
    FacilityFactory(name_nb="Like ved", park=near, host=host)
    indexed()
    response = client.get(URL, {"near": "66.3,14.1"})
    assert names(response) == ["Like ved", "Langt unna"]
    assert response.context["catalogue"].cards[0].distance_km == pytest.approx(34, abs=2)
    assert names(client.get(URL, {"near": "66.3,14.1", "radius_km": "100"})) == ["Like ved"]
    assert names(client.get(URL, {"near": "nord", "radius_km": "10"})) == ["Like ved"]


def test_a_place_is_offered_and_shown_by_its_name(client, host):
    park = ParkFactory(slug="nord", name_nb="Nordparken", name_en="North Park", lat=66.0, lon=14.0)
    FacilityFactory(name_nb="Like ved", park=park, host=host)
    page = client.get(URL, {"near": "nord", "radius_km": "10"}).content.decode()
    assert 'name="near" value="Nordparken"' in page
    assert '<option value="Nordparken">' in page
    assert names(client.get(URL, {"near": "Nordparken", "radius_km": "10"})) == ["Like ved"]


def test_an_unknown_place_is_explained_and_the_list_still_shows(client, indexed, facility):
    indexed()
    response = client.get(URL, {"near": "langtvekkistan"})
    assert names(response) == ["Strekklaben"]
    assert "near" in response.context["catalogue"].errors
    assert 'aria-invalid="true"' in response.text


def test_the_map_view_has_the_list_and_a_map_drawn_on_the_server(client, indexed, facility):
    indexed()
    text = client.get(URL, {"vis": "kart"}).text
    assert "Strekklaben" in text
    assert 'id="kart-punkter"' in text
    assert "pn-park-map" in text


@pytest.mark.parametrize("role", ROLES)
def test_a_draft_is_listed_only_for_its_own_people(role, browse, indexed, facility):
    facility.published = False
    facility.save()
    indexed()
    catalogue = browse(role).get(URL).context["catalogue"]
    assert catalogue.total == len(catalogue.cards) == (role in READERS_OF_DRAFTS)


def test_an_index_that_is_behind_shows_nothing_it_should_not(client, indexed, facility):
    indexed()
    type(facility).objects.filter(pk=facility.pk).update(published=False)
    assert "Strekklaben" not in client.get(URL).text


def test_htmx_gets_results_and_facets_alone_and_a_clean_address(client, indexed, facility):
    indexed()
    response = client.get(
        URL, {"q": "", "near": "", "scale": "lab"}, headers={"HX-Request": "true"}
    )
    assert "<html" not in response.text
    assert 'id="treff"' in response.text
    assert 'id="filtre"' in response.text
    assert response["HX-Push-Url"] == "/testfasiliteter/?scale=lab"
    assert "HX-Request" in response["Vary"]


def test_an_empty_list_says_what_to_do_and_shows_what_comes_closest(client, indexed, park, host):
    FacilityFactory(name_nb="Plastlaben", scale="lab", park=park, host=host)
    indexed()
    response = client.get(URL, {"q": "plastlaben", "scale": "industrial"})
    assert names(response) == []
    assert [card.title for card in response.context["catalogue"].nearest] == [
        "<mark>Plastlaben</mark>"
    ]
    assert 'href="?scale=industrial"' in response.text
    assert "Vis alle fasiliteter" in response.text


def test_a_page_past_the_end_leads_to_the_last_one(client, indexed, facility):
    indexed()
    response = client.get(URL, {"page": "7", "scale": "lab"})
    assert response.status_code == 302
    assert response.url == "/testfasiliteter/?scale=lab&page=1"


@pytest.mark.parametrize(
    "query",
    [
        {"page": "-1"},
        {"page": "99999999999999999999"},
        {"page": "x"},
        {"q": "x" * 5000},
        {"q": "\x00"},
        {"sort": "nonsense"},
        {"near": "999,999"},
        {"radius_km": "-5", "near": "59,10"},
        {"radius_km": "nan", "near": "59,10"},
        {"method": ["x" * 500] * 50},
        {"vis": "nonsense"},
    ],
)
def test_nonsense_in_the_address_never_breaks_the_page(query, client, indexed, facility):
    indexed()
    assert client.get(URL, query).status_code == 200


def test_what_is_typed_cannot_become_markup(client, indexed, facility):
    indexed()
    text = client.get(URL, {"q": '"><script>alert(1)</script>', "near": "<b>x"}).text
    assert "<script>alert" not in text
    assert "<b>x" not in text


def test_hostile_text_of_a_facility_is_shown_as_text(client, indexed, park, host):
    FacilityFactory(
        name_nb="<script>alert(1)</script>",
        summary_nb="<img src=x onerror=1>",
        park=park,
        host=host,
    )
    indexed()
    text = client.get(URL).text
    assert "<script>alert" not in text
    assert "<img src=x" not in text


def test_the_page_is_in_english_under_its_own_address(client, indexed, facility):
    facility.name_en = "Tensile laboratory"
    facility.save()
    indexed()
    response = client.get("/en/facilities/")
    assert names(response) == ["Tensile laboratory"]
    assert "Test facilities" in response.text
    assert 'href="/en/facilities/strekklab/"' in response.text


def test_twenty_facilities_take_no_more_queries_than_one(
    client, indexed, park, host, django_assert_max_num_queries
):
    for _ in range(20):
        FacilityFactory(park=park, host=host, methods=[MethodFactory()])
    indexed()
    client.get(URL)
    with django_assert_max_num_queries(10):
        client.get(URL)
