"""What followers of parks, themes and articles are told."""

import pytest
from django.utils import translation

from accounts.models import User
from activity.kinds import kind_named
from activity.models import Event
from pages.practice import services
from pages.practice.models import PracticePerson
from pages.practice.personal import NOBODY, PARTS
from tests.factories.accounts import UserFactory, member_of, staff_of
from tests.factories.network import OrganisationFactory, ParkFactory, ThemeFactory
from tests.factories.practice import article_of, make_article

pytestmark = pytest.mark.django_db


def message_for(person, event):
    kind = kind_named(event.kind)
    return kind.message(event, person) if kind.may_see(event, person) else None


def test_a_new_article_is_told_once_to_those_who_follow_its_parks_and_themes():
    park, theme = ParkFactory(), ThemeFactory()
    page = make_article(title="Damp til naboen", parks=[park], themes=[theme])
    page.save_revision().publish()
    event = Event.objects.get(kind="practice.new")
    assert event.followers_of == [f"park:{park.pk}", f"theme:{theme.pk}"]
    assert message_for(UserFactory(), event).title == "Ny god praksis: Damp til naboen"
    assert Event.objects.filter(kind="practice.changed").count() == 1


def test_nothing_is_told_of_an_article_that_was_withdrawn():
    page = make_article(parks=[ParkFactory()])
    page.unpublish()
    event = Event.objects.get(kind="practice.new")
    kind = kind_named("practice.new")
    assert message_for(UserFactory(), event) is None
    assert list(kind.readers(event, [UserFactory()])) == []


def test_changes_are_told_once_a_day():
    page = make_article()
    page.save_revision().publish()
    page.save_revision().publish()
    assert Event.objects.filter(kind="practice.changed").count() == 1


def test_a_hidden_organisations_adoption_is_told_to_its_own_people_alone():
    hidden = OrganisationFactory(name="Skjult bedrift", published=False)
    own = member_of(hidden)
    services.adopt(article_of(make_article()), by=own, organisation=hidden)
    event = Event.objects.get(kind="practice.adopted")
    stranger = UserFactory()
    assert message_for(stranger, event) is None
    assert list(kind_named(event.kind).readers(event, [stranger])) == []
    assert "Skjult bedrift" in message_for(own, event).title


def test_messages_are_in_the_readers_language():
    page = make_article(title="Damp")
    park = ParkFactory(name_nb="Fjordparken", name_en="Fjord Park")
    services.adopt(article_of(page), by=staff_of(park), park=park, status="trying")
    event = Event.objects.get(kind="practice.adopted")
    with translation.override("en"):
        assert message_for(UserFactory(), event).title == "Fjord Park: trying it out – “Damp”"
    assert message_for(UserFactory(), event).title == "Fjordparken: prøver det ut – «Damp»"


def part(name):
    return next(part for part in PARTS if part.name == name)


def test_credits_are_handed_out_and_erased_in_revisions_as_well(client):
    person = UserFactory()
    credit = PracticePerson(name="Ola Eksempel", part="author", user=person)
    page = make_article(people=[credit])
    assert [row["name"] for row in part("article-credits").export(person)] == ["Ola Eksempel"]
    part("article-credits").erase(person)
    page.refresh_from_db()
    assert page.people.get().name == NOBODY
    assert "Ola Eksempel" not in str([r.content for r in page.revisions.all()])
    page.get_latest_revision().publish()
    assert "Ola Eksempel" not in client.get(page.url).content.decode()


def test_what_somebody_found_useful_and_said_is_handed_out_and_let_go():
    park = ParkFactory()
    person = staff_of(park)
    article = article_of(make_article())
    services.mark_useful(article, by=person, useful=True)
    adoption = services.adopt(article, by=person, park=park, effect="Halvt.")
    assert len(list(part("useful-articles").export(person))) == 1
    assert [row["effect"] for row in part("adoptions").export(person)] == ["Halvt."]
    for each in PARTS:
        each.erase(person)
    adoption.refresh_from_db()
    assert adoption.made_by is None
    assert article.useful.count() == 0
    assert User.objects.filter(pk=person.pk).exists()
