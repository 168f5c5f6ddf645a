"""Unanswered questions go to people who have said that they know about such things."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from activity.models import Choice, Follow, Notification
from network.forum.kinds.routing import PEOPLE, send_on
from network.forum.kinds.telling import KINDS
from network.forum.models import Category, RoutedQuestion, Thread, ThreadKind
from search.subjects import Subject
from tests.factories.accounts import UserFactory, member_of
from tests.factories.forum import (
    CategoryFactory,
    category_of_group,
    category_of_park,
    join,
    post,
    thread,
)
from tests.factories.network import OrganisationFactory

pytestmark = pytest.mark.django_db

DUST = "Hvordan måler dere støv ved omlasting?"


@pytest.fixture(autouse=True)
def _hours(settings):
    settings.FORUM_ROUTE_AFTER_HOURS, settings.FORUM_ROUTED_A_WEEK = 4, 3


def knows(*competences, **values):
    return UserFactory(competences="\n".join(competences), **values)


def question(hours=5, title=DUST, **values):
    thing = thread(kind=ThreadKind.QUESTION, title=title, **values)
    Thread.objects.filter(pk=thing.pk).update(created_at=timezone.now() - timedelta(hours=hours))
    return thing


def asked(thing):
    return set(RoutedQuestion.objects.filter(thread=thing).values_list("user", flat=True))


def run():
    send_on(timezone.now())


def told(person):
    return Notification.objects.filter(user=person, kind="forum.routed").count()


def test_a_question_goes_to_those_who_know_about_it():
    expert, other = knows("støvmåling", "prosjektledelse"), knows("korrosjon")
    thing = question()
    run()
    assert asked(thing) == {expert.pk}
    assert RoutedQuestion.objects.get().because == "støvmåling"
    assert told(expert) == 1
    assert told(other) == 0


def test_running_twice_sends_nothing_twice():
    expert = knows("støvmåling")
    question()
    run()
    run()
    assert told(expert) == 1


def test_a_question_is_given_some_hours_first():
    knows("støvmåling")
    early = question(hours=3)
    run()
    assert asked(early) == set()


def test_what_was_answered_or_solved_is_not_sent_on():
    knows("støvmåling")
    thing = question()
    post(thing)
    run()
    assert asked(thing) == set()


def test_what_is_no_question_or_old_is_not_sent_on():
    knows("støvmåling")
    thread(title=DUST)
    old = question(hours=24 * 30)
    run()
    assert asked(old) == set()
    assert not RoutedQuestion.objects.exists()


def test_members_of_an_organisation_are_asked_for_what_it_declares():
    organisation = OrganisationFactory(name="Støvlab", competences_nb="støvmåling")
    colleague = member_of(organisation)
    thing = question()
    run()
    assert asked(thing) == {colleague.pk}
    assert RoutedQuestion.objects.get().organisation == "Støvlab"


def test_what_an_unpublished_organisation_declares_counts_nothing():
    member_of(OrganisationFactory(competences_nb="støvmåling", published=False))
    thing = question()
    run()
    assert asked(thing) == set()


def test_five_people_at_most_the_nearest_first():
    for _number in range(PEOPLE + 2):
        knows("støv og prosjektledelse")
    nearest = knows("måling av støv")
    thing = question()
    run()
    assert len(asked(thing)) == PEOPLE
    assert nearest.pk in asked(thing)


def test_nobody_gets_more_than_a_few_a_week():
    expert = knows("støvmåling")
    for _number in range(5):
        question()
    run()
    assert told(expert) == 3
    RoutedQuestion.objects.update(at=timezone.now() - timedelta(days=8))
    run()
    assert told(expert) == 5


def test_whoever_asks_is_not_sent_their_own_question():
    asker = knows("støvmåling")
    thing = question(by=asker)
    run()
    assert asked(thing) == set()


@pytest.mark.parametrize("make", [category_of_group, category_of_park])
def test_nobody_is_sent_what_they_may_not_read(make):
    outside = knows("støvmåling")
    category: Category = make()
    author = join(category.group) if category.group else staff(category.park)
    thing = question(category=category, by=author)
    run()
    assert outside.pk not in asked(thing)
    assert told(outside) == 0


def staff(park):
    from_park = UserFactory()
    park.staff.create(user=from_park)
    return from_park


def test_members_of_a_group_are_sent_its_questions():
    category = category_of_group()
    inside = join(category.group, knows("støvmåling"))
    thing = question(category=category, by=join(category.group))
    run()
    assert asked(thing) == {inside.pk}


def test_only_members_are_asked_in_an_open_group_for_others_cannot_answer():
    category = category_of_group("open")
    knows("støvmåling")
    inside = join(category.group, knows("støvmåling"))
    thing = question(category=category, by=join(category.group))
    run()
    assert asked(thing) == {inside.pk}


def test_whoever_wants_none_or_has_muted_it_or_is_gone_leaves_the_place_to_others():
    thing = question()
    unwilling, muted, gone = knows("støvmåling"), knows("støvmåling"), knows("støvmåling")
    Choice.objects.create(user=unwilling, kind="forum.routed", timing="never", on_site=False)
    Follow.objects.create(user=muted, thing=f"thread:{thing.pk}", state=Follow.State.MUTED)
    gone.is_active = False
    gone.save()
    willing = knows("støvmåling")
    run()
    assert asked(thing) == {willing.pk}


def test_nothing_is_sent_where_the_setting_says_none(settings):
    settings.FORUM_ROUTED_A_WEEK = 0
    knows("støvmåling")
    thing = question()
    run()
    assert asked(thing) == set()


def test_the_thread_tells_why_somebody_was_sent_it(client):
    expert = knows("støvmåling")
    thing = question(category=CategoryFactory())
    run()
    client.force_login(expert)
    assert (
        "fordi du har oppgitt: støvmåling" in client.get(thing.get_absolute_url()).content.decode()
    )
    client.force_login(UserFactory())
    assert "fordi du har oppgitt" not in client.get(thing.get_absolute_url()).content.decode()


def test_the_notification_says_why_and_goes_when_the_thread_does():
    expert = knows("støvmåling")
    thing = question()
    run()
    kind = next(each for each in KINDS if each.name == "forum.routed")
    event = Notification.objects.get(user=expert, kind="forum.routed").event
    message = kind.message(event, expert)
    assert thing.title in message.title
    assert "støvmåling" in message.text
    Thread.objects.filter(pk=thing.pk).update(state="hidden")
    assert not kind.may_see(event, expert)
    assert kind.messages([event], expert) == {}


def test_sending_on_costs_the_same_however_many_people_there_are():
    def cost():
        question()
        with CaptureQueriesContext(connection) as queries:
            run()
        return len(queries)

    for _number in range(PEOPLE):
        knows("støvmåling")
    Subject("Støv")  # So that the search has learnt its words.
    few = cost()
    for _number in range(40):
        knows("støvmåling")
    assert cost() == few
