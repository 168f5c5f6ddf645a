"""What readers make of an article: useful, and done by them as well."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from wagtail.models import PageLogEntry

from activity.models import Notification
from pages.practice import services
from pages.practice.models import Adoption, PracticePerson
from search.models import SearchEntry
from tests.factories.accounts import (
    UserFactory,
    administrator_of,
    member_of,
    network_administrator,
    staff_of,
)
from tests.factories.network import OrganisationFactory, ParkFactory
from tests.factories.practice import article_of, make_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    return make_article(title="Damp til naboen")


@pytest.fixture
def article(page):
    return article_of(page)


def adopt_address(article):
    return f"/god-praksis/artikler/{article.page_id}/ta-i-bruk/"


@pytest.mark.both_databases
def test_somebody_finds_an_article_useful_once_however_often_they_say_so(article):
    person = UserFactory()
    assert services.mark_useful(article, by=person, useful=True) == 1
    assert services.mark_useful(article, by=person, useful=True) == 1
    assert services.mark_useful(article, by=UserFactory(), useful=True) == 2
    assert services.mark_useful(article, by=person, useful=False) == 1


def test_the_button_toggles_and_counts(client, page, article):
    client.force_login(UserFactory())
    address = f"/god-praksis/artikler/{page.pk}/nyttig/"
    assert client.post(address, {"useful": "yes"})["Location"] == f"{page.url}#nyttig"
    assert 'aria-pressed="true"' in client.get(page.url).content.decode()
    answer = client.post(address, {"useful": "no"}, headers={"HX-Request": "true"})
    assert 'aria-pressed="false"' in answer.content.decode()
    assert "<html" not in answer.content.decode()


def test_visitors_see_how_many_and_no_button(client, page, article):
    services.mark_useful(article, by=UserFactory(), useful=True)
    text = client.get(page.url).content.decode()
    assert "1 synes den er nyttig" in text
    assert "aria-pressed" not in text


def test_park_staff_say_that_their_park_does_the_same(client, page, article):
    park = ParkFactory(name_nb="Fjordparken")
    client.force_login(staff_of(park))
    assert client.get(adopt_address(article)).status_code == 200
    said = {"who": f"park:{park.pk}", "status": "adopted", "effect": "Halvert strøm."}
    response = client.post(adopt_address(article), said)
    assert response["Location"] == f"{page.url}#gjor-det-samme"
    text = client.get(page.url).content.decode()
    assert "Fjordparken" in text
    assert "Har tatt det i bruk" in text
    assert "Halvert strøm." in text


@pytest.mark.parametrize("belonging", [member_of, administrator_of])
def test_those_of_an_organisation_speak_for_it(article, belonging):
    organisation = OrganisationFactory()
    person = belonging(organisation)
    adoption = services.adopt(article, by=person, organisation=organisation)
    assert adoption.by == organisation


@pytest.mark.parametrize("who", ["park", "organisation", "both", "nobody"])
def test_nobody_speaks_for_others(article, who):
    park, organisation = ParkFactory(), OrganisationFactory()
    given = {
        "park": {"park": park},
        "organisation": {"organisation": organisation},
        "both": {"park": ParkFactory(), "organisation": organisation},
        "nobody": {},
    }[who]
    person = member_of(OrganisationFactory())
    with pytest.raises(PermissionDenied):
        services.adopt(article, by=person, **given)


def test_the_form_offers_nobody_elses_park(client, article):
    other = ParkFactory(name_nb="Heiparken")
    client.force_login(staff_of(ParkFactory()))
    assert "Heiparken" not in client.get(adopt_address(article)).content.decode()
    response = client.post(adopt_address(article), {"who": f"park:{other.pk}", "status": "trying"})
    assert response.status_code == 422
    assert not Adoption.objects.exists()


def test_who_speaks_for_nobody_has_no_form(client, article):
    client.force_login(UserFactory())
    assert client.get(adopt_address(article)).status_code == 404


@pytest.mark.both_databases
def test_a_park_is_there_once_and_a_second_click_leads_to_the_first(client, article):
    park = ParkFactory()
    person = staff_of(park)
    first = services.adopt(article, by=person, park=park)
    with pytest.raises(services.AlreadyAdopted) as refused:
        services.adopt(article, by=person, park=park)
    assert refused.value.adoption == first
    client.force_login(person)
    response = client.post(adopt_address(article), {"who": f"park:{park.pk}", "status": "trying"})
    assert response["Location"] == f"/god-praksis/tatt-i-bruk/{first.pk}/"
    assert Adoption.objects.count() == 1


def test_what_was_typed_is_not_lost_with_a_day_that_is_yet_to_come(client, article):
    park = ParkFactory()
    client.force_login(staff_of(park))
    tomorrow = timezone.localdate() + timedelta(days=1)
    said = {"who": f"park:{park.pk}", "status": "adopted", "effect": "Halv", "since": tomorrow}
    response = client.post(adopt_address(article), said)
    assert response.status_code == 422
    assert "Denne dagen har ikke vært ennå." in response.content.decode()
    assert ">\nHalv</textarea>" in response.content.decode()


def test_a_text_past_its_limit_is_refused(client, article):
    park = ParkFactory()
    client.force_login(staff_of(park))
    said = {"who": f"park:{park.pk}", "status": "adopted", "effect": "x" * 2001}
    assert client.post(adopt_address(article), said).status_code == 422


def test_it_can_be_changed_and_taken_back_by_those_who_speak_for_it(client, page, article):
    park = ParkFactory()
    person = staff_of(park)
    adoption = services.adopt(article, by=person, park=park)
    client.force_login(person)
    address = f"/god-praksis/tatt-i-bruk/{adoption.pk}/"
    assert client.post(address, {"status": "stopped", "effect": "For dyrt."}).status_code == 302
    adoption.refresh_from_db()
    assert (adoption.status, adoption.effect) == ("stopped", "For dyrt.")
    assert client.post(f"{address}trekk/").status_code == 302
    assert "Ingen har sagt fra ennå" in client.get(page.url).content.decode()


@pytest.mark.parametrize("ending", ["", "trekk/"])
def test_others_change_nothing(client, article, ending):
    park = ParkFactory()
    adoption = services.adopt(article, by=staff_of(park), park=park)
    client.force_login(staff_of(ParkFactory()))
    address = f"/god-praksis/tatt-i-bruk/{adoption.pk}/{ending}"
    assert client.post(address, {"status": "stopped"}).status_code == 404
    with pytest.raises(PermissionDenied):
        services.withdraw_adoption(adoption, by=UserFactory())
    with pytest.raises(PermissionDenied):
        services.change_adoption(
            adoption, by=UserFactory(), status="stopped", effect="", since=None
        )
    assert Adoption.objects.get().status == "considering"


def test_network_administrators_may_take_anything_back(article):
    park = ParkFactory()
    adoption = services.adopt(article, by=staff_of(park), park=park)
    services.withdraw_adoption(adoption, by=network_administrator())
    assert not Adoption.objects.exists()


def test_an_organisation_that_is_not_published_is_neither_named_nor_counted(client, page, article):
    hidden = OrganisationFactory(name="Skjult bedrift", published=False)
    services.adopt(article, by=member_of(hidden), organisation=hidden, status="adopted")
    assert "Skjult bedrift" not in client.get(page.url).content.decode()
    assert SearchEntry.objects.get(key=f"practice:{page.pk}").meta["adopted"] == 0
    client.force_login(member_of(hidden))
    assert "Skjult bedrift" in client.get(page.url).content.decode()


def test_the_search_counts_those_who_do_it_and_not_those_who_stopped(page, article):
    park, other = ParkFactory(), ParkFactory()
    services.adopt(article, by=staff_of(park), park=park, status="adopted")
    services.adopt(article, by=staff_of(other), park=other, status="stopped")
    assert SearchEntry.objects.get(key=f"practice:{page.pk}").meta["adopted"] == 1


def test_those_who_wrote_it_are_told_once():
    author = UserFactory()
    page = make_article(people=[PracticePerson(name="Ola", part="author", user=author)])
    park = ParkFactory(name_nb="Fjordparken")
    adoption = services.adopt(
        article_of(page), by=staff_of(park), park=park, status="trying", effect="Lovende."
    )
    told = Notification.objects.filter(user=author, event__kind="practice.adopted")
    assert told.count() == 1
    assert told.get().event.data == {"adoption": adoption.pk}


def test_who_adopts_their_own_article_is_not_told(page):
    park = ParkFactory()
    author = staff_of(park)
    page = make_article(people=[PracticePerson(name="Ola", part="author", user=author)])
    services.adopt(article_of(page), by=author, park=park)
    assert not Notification.objects.filter(user=author, event__kind="practice.adopted").exists()


def test_what_is_said_is_logged_at_the_page(page, article):
    park = ParkFactory()
    person = staff_of(park)
    adoption = services.adopt(article, by=person, park=park)
    services.withdraw_adoption(adoption, by=person)
    actions = PageLogEntry.objects.filter(page=page, user=person).values_list("action", flat=True)
    assert set(actions) == {"practice.adopted", "practice.adoption_withdrawn"}
