"""Where an entry that nobody confirmed is not found, who still sees it, and how it comes back."""

import pytest

from network.facilities.models import Facility
from network.facilities.services import confirm_facility
from search.models import SearchEntry
from tests.factories.facilities import person
from tests.factories.network import FacilityFactory

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
PAGE = "/testfasiliteter/strekklab/"
API = "/api/v1/facilities/strekklab"
SURFACES = (
    "/testfasiliteter/",
    "/en/facilities/",
    "/testfasiliteter/?q=strekklab",
    "/testfasiliteter/atom.xml",
    "/testfasiliteter/eksport.csv",
    "/testfasiliteter/sammenlign/?f=strekklab",
    "/sok/?q=strekklab",
    "/api/v1/facilities",
    "/api/v1/search?q=strekklab",
    "/api/v1/suggestions?q=strekk",
    "/sitemap-facilities.xml",
)


def body(client, url):
    answer = client.get(url)
    assert answer.status_code == 200, url
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    # What was asked for is repeated on some pages.
    return content.decode().replace("q=strekklab", "").replace('value="strekklab"', "")


def shown_on(client):
    names = ("testfasiliteter/strekklab/", "Strekklab,", "Tensile lab", "facilities/strekklab/")
    found = {url: body(client, url) for url in SURFACES}
    return {url for url, text in found.items() if any(name in text for name in names)}


def test_a_hidden_facility_is_on_no_surface_and_comes_back_when_confirmed(
    hidden, owner, client, indexed
):
    assert shown_on(client) == set()
    assert client.get(PAGE).status_code == client.get(API).status_code == 404
    confirm_facility(hidden, user=owner)
    indexed()
    missing = set(SURFACES) - shown_on(client)
    assert missing <= {"/testfasiliteter/sammenlign/?f=strekklab", "/api/v1/suggestions?q=strekk"}
    assert client.get(PAGE).status_code == 200
    assert client.get(API).json()["freshness"] == "confirmed"


@pytest.mark.parametrize("role", ["host", "host-member", "park", "network"])
def test_those_who_look_after_it_still_see_it_and_are_told_why_others_do_not(role, hidden, client):
    client.force_login(person(role, park=hidden.park, host=hidden.host))
    text = client.get(PAGE).text
    assert "Ingen har bekreftet denne fasiliteten på lenge" in text
    assert "noindex" in text
    english = client.get("/en/facilities/strekklab/").text
    assert "Nobody has confirmed this facility for long" in english


def test_visibility_says_the_same_of_one_and_of_many(hidden):
    shown = FacilityFactory()
    public = set(Facility.objects.public())
    assert public == {each for each in Facility.objects.all() if each.is_public} == {shown}


def test_the_park_counts_what_is_shown(hidden, client):
    url = f"/api/v1/parks/{hidden.park.slug}"
    assert client.get(url).json()["counts"]["facilities"] == 0


def test_nobody_can_ask_a_hidden_facility(hidden, client, owner):
    client.force_login(owner)
    assert "/foresporsler/ny/?f=strekklab" not in client.get(PAGE).text


def test_a_kept_page_is_not_shown_in_another_state(owned, run, client):
    client.force_login(person("network"))
    assert "f=strekklab" in client.get(PAGE).text
    Facility.objects.update(freshness="hidden")
    assert "Ingen har bekreftet" in client.get(PAGE).text
    assert SearchEntry.objects.get(key=f"facility:{owned.pk}").version
