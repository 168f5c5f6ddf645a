"""What fits a need, each with its reasons, as its reader may see it."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from network.forum.kinds.matching import SHOWN, matches_of
from network.forum.kinds.services.needs import MEET, settle
from network.forum.models import ThreadKind
from tests.factories.accounts import UserFactory
from tests.factories.forum import category_of_group, join, thread
from tests.factories.network import (
    FacilityFactory,
    MethodFactory,
    OrganisationFactory,
    ParkFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db

TITLE = "Vibrasjonsprøving av braketter"


def need(direction="need", title=TITLE, *, place="", **values):
    about = {"direction": direction, "place": place, "deadline": None}
    return thread(kind=ThreadKind.NEED, need=about, title=title, **values).need


def found(thing, reader=None):
    return {group.name: group for group in matches_of(thing, reader or AnonymousUser())}


def titles(group):
    return [match.title for match in group.items]


def shaking(**values):
    method = MethodFactory(slug="vibrasjon", name_nb="Vibrasjonsprøving", name_en="Vibration test")
    return FacilityFactory(name_nb="Vibrasjonslaben", methods=[method], **values)


def test_facilities_come_with_the_terms_that_matched(indexed):
    shaking()
    FacilityFactory(name_nb="Bakeriet", summary_nb="Baker brød.")
    thing = need()
    indexed()
    group = found(thing)["facility"]
    assert titles(group) == ["Vibrasjonslaben"]
    assert "Vibrasjonsprøving" in group.items[0].reasons


def test_whoever_has_it_goes_before_everything_else(indexed):
    shaking()
    thing = need("need")
    need("have", title="Ledig rigg for vibrasjonsprøving")
    need("need", title="Vibrasjonsprøving av rør søkes")
    ended = need("have", title="Rigg for vibrasjonsprøving, utlånt")
    settle(ended, MEET, by=ended.thread.author)
    indexed()
    first = matches_of(thing, AnonymousUser())[0]
    assert first.name == "opposite"
    assert titles(first) == ["Ledig rigg for vibrasjonsprøving"]
    assert first.items[0].reasons


def test_an_offer_is_matched_with_needs(indexed):
    need("need", title="Vibrasjonsprøving av rør søkes")
    thing = need("have", title="Ledig rigg for vibrasjonsprøving")
    indexed()
    assert titles(found(thing)["opposite"]) == ["Vibrasjonsprøving av rør søkes"]


def test_nothing_is_matched_that_the_reader_may_not_see(indexed):
    category = category_of_group()
    inside = join(category.group)
    need("have", title="Hemmelig rigg for vibrasjonsprøving", category=category, by=inside)
    FacilityFactory(name_nb="Skjult vibrasjonslab", published=False)
    thing = need()
    indexed()
    shown = str(matches_of(thing, UserFactory()))
    assert "Hemmelig" not in shown
    assert "Skjult" not in shown
    member = type(inside).objects.get(pk=inside.pk)
    assert titles(found(thing, member)["opposite"]) == ["Hemmelig rigg for vibrasjonsprøving"]


def test_people_are_shown_to_members_by_what_they_declare(indexed):
    UserFactory(first_name="Kari", last_name="Kan", competences="vibrasjonsprøving")
    UserFactory(first_name="Ola", last_name="Annet", competences="regnskap")
    thing = need()
    indexed()
    assert "people" not in found(thing)
    (kari,) = found(thing, UserFactory())["people"].items
    assert kari.title == "Kari Kan"
    assert kari.reasons == ["oppgir: vibrasjonsprøving"]


def test_theme_and_place_are_said_beside_what_helps(indexed):
    theme = ThemeFactory(slug="energi", name_nb="Energi")
    park = ParkFactory(slug="mo", name_nb="Mo industripark", municipality="Rana")
    shaking(park=park, themes=[theme])
    thing = need(place="Rana", themes=[theme], parks=[park])
    indexed()
    reasons = found(thing)["facility"].items[0].reasons
    assert "samme tema: Energi" in reasons
    assert "i Mo industripark" in reasons
    assert any("fra Rana" in reason for reason in reasons)


def test_a_group_shows_a_few_and_no_more(indexed):
    for number in range(SHOWN + 3):
        OrganisationFactory(name=f"Lab {number}", competences_nb="vibrasjonsprøving",
                            summary_nb="Gjør vibrasjonsprøving.")  # fmt: skip
    thing = need()
    indexed()
    assert len(found(thing)["organisation"].items) == SHOWN


def test_the_thread_leads_to_what_fits_with_and_without_javascript(indexed, client):
    shaking()
    thing = need()
    indexed()
    address = reverse("forum:need-matches", args=[thing.pk])
    page = client.get(thing.thread.get_absolute_url()).content.decode()
    assert f'hx-get="{address}"' in page
    assert f'href="{address}"' in page
    assert "Vibrasjonslaben" in client.get(address).content.decode()
    part = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "Vibrasjonslaben" in part
    assert "<html" not in part


def test_nothing_that_fits_is_said(indexed, client):
    thing = need(title="Xyzzy")
    indexed()
    page = client.get(reverse("forum:need-matches", args=[thing.pk])).content.decode()
    assert "Ingenting her passer ennå" in page


def test_matches_of_what_one_may_not_read_are_not_there(client):
    category = category_of_group()
    thing = need(category=category, by=join(category.group))
    address = reverse("forum:need-matches", args=[thing.pk])
    assert client.get(address).status_code == 404
    discussion = thread()
    assert client.get(reverse("forum:need-matches", args=[discussion.pk])).status_code == 404
