"""What the API says of a facility, an organisation and a park, in both languages."""

import pytest

pytestmark = pytest.mark.django_db


def test_a_facility_is_told_in_full(client, network):
    record = client.get("/api/v1/facilities/strekk").json()
    assert record["type"] == "facility"
    assert record["title"] == "Strekkprøving"
    assert record["url"] == "/testfasiliteter/strekk/"
    assert record["park"] == {"slug": "mo", "name": "Mo industripark"}
    assert record["host"] == {"slug": "lab-as", "name": "Lab AS"}
    assert record["methods"] == [{"slug": "strekkproving", "name": "Strekkprøving"}]
    assert record["materials"] == [{"slug": "stal", "name": "Stål"}]
    assert record["standards"] == [{"slug": "iso-6892-1", "name": "ISO 6892-1"}]
    assert record["equipment"] == [
        {"name": "Strekkmaskin", "make": "Zwick", "range": "0–250", "unit": "kN", "quantity": 1}
    ]
    assert record["prices"] == [{"user_type": "sme", "note": "Etter avtale"}]
    assert (record["scale"], record["access"]) == ("lab", "open")
    assert (record["trl_min"], record["trl_max"], record["lead_time_days"]) == (3, 6, 10)
    assert record["contact"]["email"] == "lab@example.org"


def test_a_facility_without_a_place_of_its_own_lies_in_its_park(client, network):
    record = client.get("/api/v1/facilities/strekk").json()
    assert (record["lat"], record["lon"]) == (network.park.lat, network.park.lon)


def test_texts_are_in_the_language_asked_for_and_fall_back_to_the_other(client, network):
    record = client.get("/api/v1/facilities/strekk?lang=en").json()
    assert record["title"] == "Tensile testing"
    assert record["url"] == "/en/facilities/strekk/"
    assert record["park"]["name"] == "Mo Industrial Park"
    assert record["methods"][0]["name"] == "Tensile"
    assert record["equipment"][0]["name"] == "Tensile machine"
    assert record["description"] == "*Alt* om stål."
    assert record["texts"]["en"]["description"] == ""
    assert record["texts"]["nb"]["name"] == "Strekkprøving"


def test_the_language_of_the_browser_does_not_matter(client, network):
    record = client.get("/api/v1/facilities/strekk", headers={"accept-language": "en"}).json()
    assert record["title"] == "Strekkprøving"


def test_an_organisation_is_told_in_full(client, network):
    record = client.get("/api/v1/organisations/lab-as?lang=en").json()
    assert record["title"] == "Lab Ltd"
    assert record["number"] == "923609016"
    assert record["parks"] == [{"slug": "mo", "name": "Mo Industrial Park"}]
    assert record["texts"]["nb"]["name"] == "Lab AS"
    assert record["url"] == "/en/organisations/lab-as/"


def test_only_what_is_public_is_counted(client, network):
    assert client.get("/api/v1/organisations/lab-as").json()["facilities"] == 1
    park = client.get("/api/v1/parks/mo").json()
    assert park["counts"] == {"facilities": 1, "organisations": 1}


def test_a_park_is_told_with_its_flows(client, network):
    record = client.get("/api/v1/parks/mo").json()
    assert record["place"] == "Rana, Nordland"
    assert record["focus_areas"] == [{"slug": "metall", "name": "Metall", "status": "active"}]
    assert record["themes"] == [
        {"slug": "sirkulaer", "name": "Sirkulær økonomi", "basis": "Nevnt i rapporten"}
    ]
    assert record["flows"] == [
        {
            "slug": "slagg", "name": "Slagg", "direction": "out", "quantity": 12000.0,
            "unit": "t/år", "note": "",
        }
    ]  # fmt: skip


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/facilities/hemmelig",
        "/api/v1/organisations/skjult-as",
        "/api/v1/facilities/finnes-ikke",
        "/api/v1/organisations/finnes-ikke",
        "/api/v1/parks/finnes-ikke",
    ],
)
@pytest.mark.parametrize("signed_in", [False, True])
def test_what_is_not_public_is_not_there_for_anybody(
    client, admin_client, network, path, signed_in
):
    response = (admin_client if signed_in else client).get(path)
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"


def test_a_host_that_is_not_public_is_not_named(client, network):
    network.facility.host = network.hidden_host
    network.facility.save()
    record = client.get("/api/v1/facilities/strekk").json()
    assert record["host"] is None
    assert "Skjult" not in str(record)


@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("/api/v1/facilities/strekk", 8),
        ("/api/v1/organisations/lab-as", 4),
        ("/api/v1/parks/mo", 8),
    ],
)
def test_a_record_takes_few_queries(client, network, django_assert_max_num_queries, path, queries):
    with django_assert_max_num_queries(queries):
        assert client.get(path).status_code == 200
