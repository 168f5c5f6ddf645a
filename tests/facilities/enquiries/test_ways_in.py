"""From one's own page to what one has asked, is asked, and oversees."""

import pytest

from tests.factories.accounts import UserFactory, network_administrator, staff_of

OWN, DESK, PARK = "/foresporsler/", "/foresporsler/vert/", "/foresporsler/oversikt/"


def ways(client, user):
    client.force_login(user)
    page = client.get("/min-side/")
    assert page.status_code == 200
    return {each.link.url for each in page.context["shortcuts"]}


def test_everybody_finds_what_they_have_asked_and_their_calendar(client, db):
    found = ways(client, UserFactory())
    assert {OWN, "/konto/sok/", "/konto/organisasjoner/"} <= found
    assert not {DESK, PARK} & found
    assert 'href="/bestillinger/kalendere/"' in client.get("/konto/").content.decode()


def test_a_host_finds_its_desk_also_when_nothing_waits(client, shaker_host):
    found = ways(client, shaker_host)
    assert DESK in found
    assert PARK not in found


@pytest.mark.parametrize("who", ["park", "network"])
def test_staff_find_what_they_oversee(client, park, who):
    found = ways(client, staff_of(park) if who == "park" else network_administrator())
    assert PARK in found
    assert DESK not in found


def test_the_ways_are_on_the_account_too_and_each_leads_somewhere(client, shaker_host):
    found = ways(client, shaker_host)
    overview = client.get("/konto/").content.decode()
    for address in found:
        assert f'href="{address}"' in overview
        assert client.get(address).status_code == 200
