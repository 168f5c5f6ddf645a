"""What holds for every answer of the API."""

import json

import pytest
from django.test import Client, override_settings

from config.api import api

pytestmark = pytest.mark.django_db

LISTS = ["/api/v1/search", "/api/v1/facilities", "/api/v1/organisations", "/api/v1/parks"]
RECORDS = ["/api/v1/facilities/strekk", "/api/v1/organisations/lab-as", "/api/v1/parks/mo"]


@pytest.mark.parametrize("path", LISTS + RECORDS + ["/api/docs", "/api/v1/hva-som-helst"])
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(path, method):
    strict = Client(enforce_csrf_checks=True)
    response = getattr(strict, method)(path, data="{}", content_type="application/json")
    assert response.status_code == 405
    assert response["Content-Type"] == "application/problem+json"
    assert response["Allow"] == "GET, HEAD, OPTIONS"
    assert response.json()["status"] == 405


@pytest.mark.parametrize(
    "path",
    ["/api/", "/api/v1/", "/api/v1/dogs", "/api/v2/search", "/api/v1/facilities/", "/api/v1/a/b"],
)
def test_an_unknown_address_is_a_problem(client, path):
    response = client.get(path)
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["instance"] == path


@pytest.mark.parametrize("path", RECORDS)
def test_a_record_that_is_unchanged_is_not_sent_again(client, network, path):
    first = client.get(path)
    assert first["Cache-Control"] == "no-cache"
    again = client.get(path, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_record_that_is_changed_is_sent_again(client, network):
    first = client.get("/api/v1/facilities/strekk")
    network.facility.lead_time_days = 99
    network.facility.save()
    again = client.get("/api/v1/facilities/strekk", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 200
    assert again.json()["lead_time_days"] == 99


def test_answers_do_not_depend_on_who_asks(client, network):
    response = client.get("/api/v1/facilities/strekk")
    assert "Cookie" not in response.get("Vary", "")
    assert not response.cookies


def test_head_tells_what_get_would(client, network):
    response = client.head("/api/v1/facilities/strekk")
    assert (response.status_code, response.content) == (200, b"")
    assert client.options("/api/v1/facilities").status_code == 204


def test_whoever_asks_too_often_is_told_to_wait(client, network, monkeypatch):
    monkeypatch.setattr(api.throttle[0], "num_requests", 2)
    assert [client.get("/api/v1/parks").status_code for _ in range(3)] == [200, 200, 429]
    refused = client.get("/api/v1/facilities/strekk")
    assert refused.status_code == 429
    assert refused["Content-Type"] == "application/problem+json"
    assert 1 <= int(refused["Retry-After"]) <= 60
    assert client.get("/api/v1/parks", REMOTE_ADDR="10.1.1.1").status_code == 200


def test_the_documentation_needs_no_other_host_and_no_inline_script(client):
    response = client.get("/api/docs")
    page = response.content.decode()
    assert response.status_code == 200
    assert "https://" not in page
    assert "unsafe" not in response["Content-Security-Policy"]
    assert "onclick" not in page
    assert "<style" not in page
    scripts = page.split("<script")[1:]
    assert scripts
    for script in scripts:
        assert 'src="/static/ninja/' in script or 'type="application/json"' in script


def test_the_schema_describes_every_address_and_its_problems(client):
    schema = client.get("/api/v1/openapi.json").json()
    assert set(schema["paths"]) == {
        "/api/v1/search", "/api/v1/suggestions",
        "/api/v1/facilities", "/api/v1/facilities/{slug}",
        "/api/v1/organisations", "/api/v1/organisations/{slug}",
        "/api/v1/parks", "/api/v1/parks/{slug}",
    }  # fmt: skip
    for path, operations in schema["paths"].items():
        assert set(operations) == {"get"}
        problems = {"422", "429"} | ({"404"} if "{" in path else set())
        assert problems == set(operations["get"]["responses"]) - {"200"}
    assert "Problem" in schema["components"]["schemas"]


@override_settings(DEBUG=True)
def test_an_unknown_address_is_a_problem_also_for_developers(client):
    assert json.loads(client.get("/api/v1/dogs").content)["status"] == 404


def test_an_error_of_ours_is_a_problem_and_tells_nothing_of_itself(client, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("the secret is 42")

    monkeypatch.setattr("network.parks.api._counted", fail)
    client.raise_request_exception = False
    response = client.get("/api/v1/parks/mo")
    assert response.status_code == 500
    assert response["Content-Type"] == "application/problem+json"
    assert "42" not in response.content.decode()


def test_maintenance_is_a_problem_that_says_when_to_come_back(client, settings):
    settings.MAINTENANCE_MODE = True
    response = client.get("/api/v1/parks")
    assert response.status_code == 503
    assert response["Content-Type"] == "application/problem+json"
    assert int(response["Retry-After"]) > 0
