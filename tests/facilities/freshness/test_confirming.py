"""One click in a letter, and the list for those who have many."""

from datetime import timedelta

import pytest
from django.core import signing
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import ModelLogEntry

from activity.queues import queues_of
from network.facilities.freshness import links
from network.facilities.freshness.links import link_for
from network.facilities.models import Facility
from network.organisations.models import Membership
from tests.factories.accounts import UserFactory, administrator_of, staff_of
from tests.factories.network import FacilityFactory

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
QUEUE = "/testfasiliteter/a-bekrefte/"


@pytest.fixture
def asked(run):
    return run()


@pytest.fixture
def link(asked):
    return link_for(asked, asked.contact_email)


def confirmations():
    return ModelLogEntry.objects.filter(action="facilities.confirm").count()


def test_opening_the_link_shows_what_is_confirmed_and_changes_nothing(asked, link, client):
    page = client.get(link)
    assert client.head(link).status_code == 200
    for expected in ("Strekklab", "Trekker i prøver.", "Alt stemmer", "Noe er endret", "noindex"):
        assert expected in page.text
    assert "no-store" in page.headers["Cache-Control"]
    asked.refresh_from_db()
    assert asked.asked_on
    assert confirmations() == 0


def test_the_page_speaks_english_too(asked, client):
    with override("en"):
        link = link_for(asked, asked.contact_email)
    assert link.startswith("/en/facilities/to-confirm/")
    assert "Is this still right?" in client.get(link).text


def test_one_click_confirms_without_log_in_and_a_second_one_changes_nothing(asked, link, client):
    for _ in range(2):
        answer = client.post(link)
        assert (answer.status_code, answer.url) == (302, link)
    assert "Takk. Oppføringen ble bekreftet" in client.get(link).text
    asked.refresh_from_db()
    assert asked.confirmed_on == timezone.localdate()
    assert (asked.freshness, asked.asked_on) == ("fresh", None)
    assert confirmations() == 1


def test_a_persons_link_confirms_in_their_name(asked, owner, client):
    client.post(link_for(asked, owner))
    assert ModelLogEntry.objects.get(action="facilities.confirm").user == owner


def test_a_link_of_an_earlier_round_confirms_nothing(asked, link, run, client):
    client.post(link)
    run(180)
    assert client.post(link).status_code == 404
    asked.refresh_from_db()
    assert asked.freshness == "asked"


def test_a_link_that_was_made_up_or_cut_off_holds_for_nothing(asked, link, client):
    forged = signing.dumps([asked.pk, "lab@example.org", f"{asked.asked_on}"], salt="another")
    other = signing.dumps([asked.pk, "noen@example.org", f"{asked.asked_on}"], salt=links._SALT)
    strange = signing.dumps({"facility": asked.pk}, salt=links._SALT)
    for token in (forged, other, strange, "x", link.split("/")[-2][:-1]):
        answer = client.post(f"{QUEUE}{token}/")
        assert answer.status_code == 404
        assert "gjelder ikke lenger" in answer.text
    assert confirmations() == 0


def test_a_link_runs_out(link, client, monkeypatch):
    monkeypatch.setattr(links, "LINK_SECONDS", -1)
    assert client.get(link).status_code == client.post(link).status_code == 404
    assert confirmations() == 0


def test_a_link_dies_with_the_right_it_was_given_for(asked, owner, client):
    persons, contacts = link_for(asked, owner), link_for(asked, asked.contact_email)
    Membership.objects.all().delete()
    Facility.objects.update(contact_email="ny@example.org")
    assert client.post(persons).status_code == client.post(contacts).status_code == 404
    assert confirmations() == 0


def test_host_and_park_see_how_much_waits_and_how_much_is_late(owned, owner, run):
    FacilityFactory(host=owned.host, park=owned.park, confirmed_on=timezone.localdate())
    late = owned.confirmed_on + timedelta(days=30)
    FacilityFactory(host=owned.host, park=owned.park, confirmed_on=late)
    run(0)
    run(30)
    for person in (owner, staff_of(owned.park)):
        queue = next(each for each in queues_of(person) if each.url == QUEUE)
        assert (queue.waiting, queue.overdue) == (2, 1)
    for person in (UserFactory(), administrator_of(FacilityFactory().host)):
        assert QUEUE not in {each.url for each in queues_of(person)}


@pytest.mark.parametrize("action", ["chosen", "all"])
def test_those_shown_or_those_chosen_are_confirmed_at_once(action, owned, owner, run, client):
    other = FacilityFactory(host=owned.host, confirmed_on=owned.confirmed_on)
    foreign = FacilityFactory(confirmed_on=owned.confirmed_on)
    run()
    client.force_login(owner)
    page = client.get(QUEUE).text
    assert owned.name_nb in page
    assert foreign.name_nb not in page
    data = {"facility": [owned.pk, foreign.pk], "shown": [owned.pk, other.pk, "x", "9" * 40]}
    assert client.post(QUEUE, {**data, "action": action}).status_code == 302
    left = set(Facility.objects.filter(freshness="asked"))
    assert left == ({foreign} if action == "all" else {other, foreign})


def test_nothing_chosen_is_said_so(asked, owner, client):
    client.force_login(owner)
    answer = client.post(QUEUE, {"action": "chosen"}, follow=True)
    assert "Ingenting var valgt" in answer.text


def test_the_list_takes_few_queries_however_long_it_is(
    owned, owner, run, client, django_assert_max_num_queries
):
    for _ in range(12):
        FacilityFactory(host=owned.host, confirmed_on=owned.confirmed_on)
    run()
    client.force_login(owner)
    client.get(QUEUE)
    with django_assert_max_num_queries(14):
        client.get(QUEUE)
