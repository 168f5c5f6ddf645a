"""Accepting an answer, and the questions that nobody answers."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from activity.models import Event
from activity.queues import queues_of
from network.forum.kinds.services.questions import accept, unaccept
from network.forum.models import Thread, ThreadKind
from network.transitions import NotPossibleError
from tests.factories.accounts import UserFactory, network_administrator, staff_of
from tests.factories.forum import category_of_group, join, post, thread
from tests.factories.network import ParkFactory

pytestmark = pytest.mark.django_db


def question(**values):
    return thread(kind=ThreadKind.QUESTION, **values)


def asked(days, **values):
    thing = question(**values)
    Thread.objects.filter(pk=thing.pk).update(created_at=timezone.now() - timedelta(days=days))
    return thing


def test_whoever_asked_accepts_the_answer_that_solved_it():
    thing = question()
    answer = post(thing)
    accept(answer, by=thing.author)
    thing.refresh_from_db()
    assert thing.accepted == answer
    assert thing.is_solved
    assert Event.objects.filter(kind="forum.solved", data__post=answer.pk).count() == 1


def test_accepting_twice_is_one_acceptance_and_no_mistake():
    thing = question()
    answer = post(thing)
    accept(answer, by=thing.author)
    solved_at = Thread.objects.get(pk=thing.pk).solved_at
    accept(answer, by=thing.author)
    assert Thread.objects.get(pk=thing.pk).solved_at == solved_at


def test_another_answer_takes_the_place_of_the_accepted_one():
    thing = question()
    first, second = post(thing), post(thing)
    accept(first, by=thing.author)
    accept(second, by=thing.author)
    thing.refresh_from_db()
    assert thing.accepted == second


def test_moderators_accept_and_others_do_not():
    thing = question()
    answer = post(thing)
    with pytest.raises(PermissionDenied):
        accept(answer, by=answer.author)
    accept(answer, by=staff_of(ParkFactory()))
    thing.refresh_from_db()
    assert thing.accepted == answer


def test_whoever_has_left_the_group_no_longer_accepts():
    category = category_of_group()
    asker = join(category.group)
    thing = question(category=category, by=asker)
    answer = post(thing, by=join(category.group))
    category.group.memberships.filter(user=asker).update(state="left")
    with pytest.raises(PermissionDenied):
        accept(answer, by=type(asker).objects.get(pk=asker.pk))


def test_neither_the_question_itself_nor_what_is_hidden_solves_it():
    thing = question()
    hidden = post(thing)
    hidden.state = "hidden"
    hidden.save()
    for no_answer in (thing.posts.get(number=1), hidden):
        with pytest.raises(NotPossibleError):
            accept(no_answer, by=thing.author)


def test_an_answer_that_was_moved_away_meanwhile_is_not_accepted():
    thing, other = question(), question()
    answer = post(thing)
    type(answer).objects.filter(pk=answer.pk).update(thread=other, number=9)
    with pytest.raises(NotPossibleError):
        accept(answer, by=thing.author)
    assert not Thread.objects.get(pk=thing.pk).is_solved


def test_only_questions_have_accepted_answers():
    thing = thread()
    with pytest.raises(PermissionDenied):
        accept(post(thing), by=thing.author)


def test_a_question_is_opened_again():
    thing = question()
    accept(post(thing), by=thing.author)
    unaccept(thing, by=thing.author)
    assert thing.accepted is None
    assert not thing.is_solved
    with pytest.raises(PermissionDenied):
        unaccept(thing, by=UserFactory())


def test_the_asker_accepts_by_a_button_at_the_answer(client):
    thing = question()
    answer = post(thing)
    client.force_login(thing.author)
    page = client.get(thing.get_absolute_url()).content.decode()
    assert reverse("forum:accept", args=[answer.pk]) in page
    client.post(reverse("forum:accept", args=[answer.pk]))
    page = client.get(thing.get_absolute_url()).content.decode()
    assert reverse("forum:accept", args=[answer.pk]) not in page
    assert reverse("forum:unaccept", args=[thing.pk]) in page
    client.post(reverse("forum:unaccept", args=[thing.pk]))
    assert not Thread.objects.get(pk=thing.pk).is_solved


def test_others_see_no_button_and_are_told_that_nothing_is_there(client):
    thing = question()
    answer = post(thing)
    client.force_login(UserFactory())
    address = reverse("forum:accept", args=[answer.pk])
    assert address not in client.get(thing.get_absolute_url()).content.decode()
    assert client.post(address).status_code == 404
    assert client.post(reverse("forum:unaccept", args=[thing.pk])).status_code == 404


def counts(user):
    return {each.label: (each.waiting, each.overdue) for each in queues_of(user)}


def test_unanswered_questions_wait_for_staff_after_some_days(settings):
    settings.FORUM_UNANSWERED_DAYS, settings.FORUM_OVERDUE_DAYS = 2, 7
    staff = staff_of(ParkFactory())
    asked(1)
    asked(3)
    asked(8)
    post(asked(8))
    own_words = asked(4)
    post(own_words, by=own_words.author)
    solved = asked(9)
    accept(post(solved), by=solved.author)
    assert counts(staff)["Spørsmål uten svar"] == (3, 1)


def test_only_those_who_keep_order_there_have_the_queue(client):
    category = category_of_group("hidden")
    leader = join(category.group, role="leader")
    hidden = asked(8, category=category, by=join(category.group), title="Bare for oss")
    everywhere = asked(8, title="For alle")
    address = reverse("forum:unanswered")
    client.force_login(UserFactory())
    assert client.get(address).status_code == 404
    for person, sees in (
        (leader, {hidden}),
        (staff_of(ParkFactory()), {everywhere}),
        (network_administrator(), {hidden, everywhere}),
    ):
        client.force_login(type(person).objects.get(pk=person.pk))
        page = client.get(address).content.decode()
        assert {each for each in (hidden, everywhere) if each.title in page} == sees


def test_the_queue_costs_the_same_for_one_question_and_for_twenty(
    client, django_assert_max_num_queries
):
    client.force_login(staff_of(ParkFactory()))
    for _number in range(20):
        asked(8)
    with django_assert_max_num_queries(12):
        response = client.get(reverse("forum:unanswered"))
    assert response.content.decode().count('class="pn-thread"') == 20


def test_an_empty_queue_says_so(client):
    client.force_login(staff_of(ParkFactory()))
    assert "Alle spørsmål har fått svar" in client.get(reverse("forum:unanswered")).content.decode()
