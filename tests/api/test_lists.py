"""The lists of the API: one type each, the filters of the search, pages with a bound."""

import pytest

from tests.factories.network import FacilityFactory, ParkFactory

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def slugs(response):
    return [hit["slug"] for hit in response.json()["hits"]]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/api/v1/facilities", ["strekk"]),
        ("/api/v1/organisations", ["lab-as"]),
        ("/api/v1/parks", ["mo"]),
    ],
)
def test_each_list_holds_its_own_type_and_only_what_is_public(client, network, path, expected):
    assert slugs(client.get(path)) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=strekkprøving", ["strekk"]),
        ("q=hundekurs", []),
        ("park=mo&method=strekkproving&material=stal&standard=iso-6892-1", ["strekk"]),
        ("scale=industrial", []),
        ("host=lab-as&theme=sirkulaer", ["strekk"]),
        ("near=mo&radius_km=5", ["strekk"]),
        ("near=59.9,10.7&radius_km=5", []),
        ("type=park", ["strekk"]),
    ],
)
def test_facilities_are_filtered_as_the_search_is(client, network, query, expected):
    assert slugs(client.get(f"/api/v1/facilities?{query}")) == expected


def test_a_park_in_the_list_has_focus_areas_place_and_counts(client, network):
    hit = client.get("/api/v1/parks?lang=en").json()["hits"][0]
    assert hit["title"] == "Mo Industrial Park"
    assert hit["place"] == "Rana, Nordland"
    assert hit["focus_areas"] == [{"slug": "metall", "name": "Metals"}]
    assert hit["counts"] == {"facilities": 1, "organisations": 1}


def test_pages_follow_each_other_without_gap_or_repeat(client, network, indexed):
    for _ in range(5):
        FacilityFactory(park=network.park, host=network.host)
    indexed()
    seen = [
        slug
        for page in (1, 2, 3)
        for slug in slugs(client.get(f"/api/v1/facilities?size=2&page={page}"))
    ]
    assert len(seen) == len(set(seen)) == 6


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("size=51", "size"),
        ("size=0", "size"),
        ("page=0", "page"),
        ("page=10000&size=50", "page"),
        ("page=x", "page"),
        ("radius_km=-1", "radius_km"),
        ("near=ingensteds", "near"),
        ("sort=distance", "sort"),
        ("sort=price", "sort"),
        ("lang=de", "lang"),
        (f"q={'a' * 201}", "q"),
    ],
)
def test_what_cannot_be_used_is_named(client, network, query, parameter):
    response = client.get(f"/api/v1/facilities?{query}")
    assert response.status_code == 422
    assert response["Content-Type"] == "application/problem+json"
    assert [error["parameter"] for error in response.json()["errors"]] == [parameter]


def test_reasons_are_in_the_language_asked_for(client, network):
    norwegian, english = (
        client.get(f"/api/v1/facilities?near=ingensteds&lang={language}").json()["errors"]
        for language in ("nb", "en")
    )
    assert english[0]["detail"].startswith("We do not know this place")
    assert norwegian != english


def test_an_unknown_type_is_refused_by_the_search(client, network):
    response = client.get("/api/v1/search?type=hund")
    assert response.status_code == 422
    assert response.json()["errors"][0]["parameter"] == "type"


@pytest.mark.parametrize("parameter", ["q", "near", "park", "method"])
def test_a_null_byte_breaks_nothing(client, network, parameter):
    assert client.get("/api/v1/facilities", {parameter: "a\x00b"}).status_code in {200, 422}


@pytest.mark.parametrize(
    ("path", "queries"),
    [("/api/v1/facilities", 2), ("/api/v1/organisations", 2), ("/api/v1/parks", 4)],
)
def test_a_list_takes_as_many_queries_for_many_as_for_one(
    client, network, indexed, django_assert_max_num_queries, path, queries
):
    for number in range(12):
        FacilityFactory(park=ParkFactory(), host=network.host, slug=f"more-{number}")
    indexed()
    client.get(f"{path}?q=noe")  # names of facets and words are kept in the process
    client.get(path)
    with django_assert_max_num_queries(queries):
        assert client.get(path).status_code == 200
