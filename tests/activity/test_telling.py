"""Who is told of what, and that it is once."""

import json

import pytest
from django.db import transaction

from activity import services
from activity.kinds import Timing
from activity.models import Choice, Event, Follow, Notification
from activity.telling import tell_followers
from tests.activity import made_up
from tests.factories.accounts import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def told(user):
    return list(Notification.objects.filter(user=user).values_list("thing", flat=True))


def followers(count, thing):
    people = [UserFactory() for _ in range(count)]
    for user in people:
        services.follow(user, thing)
    return people


def test_direct_recipients_are_told_at_once(kari):
    services.notify("made_up.told", "post:1", to=[kari])
    assert told(kari) == ["post:1"]


def test_nobody_is_told_of_their_own_act(kari, ola):
    services.follow(kari, "post:1")
    services.notify("made_up.told", "post:1", to=[kari, ola], followers_of=["post:1"], actor=kari)
    tell_followers(10)
    assert told(kari) == []
    assert told(ola) == ["post:1"]


def test_the_same_key_is_the_same_event(kari, ola):
    first = services.notify("made_up.told", "post:1", to=[kari], key="post:1 written")
    again = services.notify("made_up.told", "post:1", to=[kari, ola], key="post:1 written")
    assert first.pk == again.pk
    assert told(ola) == []
    assert Notification.objects.count() == 1


def test_what_was_rolled_back_is_not_told(kari):
    with transaction.atomic():
        services.notify("made_up.told", "post:1", to=[kari])
        transaction.set_rollback(True)
    assert Event.objects.count() == 0
    assert told(kari) == []


def test_followers_are_told_by_the_worker_and_not_in_the_request(kari):
    services.follow(kari, "post:1")
    services.notify("made_up.told", "post:1", followers_of=["post:1"])
    assert told(kari) == []
    tell_followers(10)
    assert told(kari) == ["post:1"]


def test_telling_followers_costs_the_request_the_same_however_many_they_are(
    django_assert_num_queries,
):
    followers(30, "post:1")
    with django_assert_num_queries(3):  # a savepoint, the event, its release
        services.notify("made_up.daily", "post:1", followers_of=["post:1"])


def test_followers_are_told_in_batches_that_go_on_where_the_last_one_ended(monkeypatch):
    monkeypatch.setattr("activity.telling.BATCH", 4)
    people = followers(11, "post:1")
    services.notify("made_up.daily", "post:2", followers_of=["post:1"])
    assert tell_followers(1) == 1
    assert Notification.objects.count() == 4
    event = Event.objects.get()
    assert event.told_at is None
    assert event.told_up_to == people[3].pk
    tell_followers(10)
    assert {row.user_id for row in Notification.objects.all()} == {user.pk for user in people}
    assert Event.objects.get().told_at is not None
    assert tell_followers(10) == 0


def test_who_follows_several_things_is_told_once_and_because_of_the_first(kari, monkeypatch):
    monkeypatch.setattr("activity.telling.BATCH", 1)
    for thing in ("post:3", "post:2", "post:1"):
        services.follow(kari, thing)
    services.follow(UserFactory(), "post:2")
    services.notify("made_up.told", "post:9", followers_of=["post:2", "post:1", "post:3"])
    tell_followers(20)
    assert [row.because for row in Notification.objects.filter(user=kari)] == ["post:2"]
    assert Notification.objects.count() == 2


def test_who_is_told_directly_is_not_told_again_as_a_follower(kari):
    services.follow(kari, "post:1")
    services.notify("made_up.told", "post:1", to=[kari], followers_of=["post:1"])
    tell_followers(10)
    assert Notification.objects.get().because == ""


def test_a_muted_thing_is_told_of_neither_directly_nor_to_its_followers(kari):
    services.follow(kari, "post:1")
    services.mute(kari, "post:1")
    services.notify("made_up.told", "post:1", to=[kari], followers_of=["post:1"])
    tell_followers(10)
    assert told(kari) == []
    assert not services.is_following(kari, "post:1")


def test_a_muted_park_does_not_silence_what_is_followed_for_itself(kari):
    services.mute(kari, "post:1")
    services.follow(kari, "post:2")
    services.notify("made_up.told", "post:3", followers_of=["post:1", "post:2"])
    tell_followers(10)
    assert [row.because for row in Notification.objects.all()] == ["post:2"]


def test_following_a_muted_thing_unmutes_it(kari):
    services.mute(kari, "post:1")
    services.follow(kari, "post:1")
    assert services.is_following(kari, "post:1")
    services.unfollow(kari, "post:1")
    assert not Follow.objects.exists()


@pytest.mark.parametrize("kind", ["made_up.told", "made_up.daily"])
def test_who_may_not_see_it_is_not_told(kari, ola, kind):
    made_up.hide(1, kari)
    services.follow(ola, "post:1")
    services.follow(kari, "post:1")
    services.notify(kind, "post:1", to=[kari], followers_of=["post:1"])
    tell_followers(10)
    assert told(kari) == []
    assert told(ola) == ["post:1"]


def test_kinds_that_can_are_asked_once_for_a_whole_batch():
    followers(12, "post:1")
    made_up.ASKED.clear()
    services.notify("made_up.daily", "post:1", followers_of=["post:1"])
    tell_followers(10)
    assert made_up.ASKED == ["readers"]


def test_a_batch_takes_the_same_number_of_queries_whatever_its_size(django_assert_max_num_queries):
    followers(60, "post:1")
    services.notify("made_up.daily", "post:1", followers_of=["post:1"])
    with django_assert_max_num_queries(11):
        tell_followers(1)
    assert Notification.objects.count() == 60


def test_people_who_have_gone_are_not_told(kari):
    services.follow(kari, "post:1")
    kari.is_active = False
    kari.save()
    services.notify("made_up.told", "post:1", to=[kari], followers_of=["post:1"])
    tell_followers(10)
    assert told(kari) == []


def test_neither_on_the_site_nor_by_mail_is_no_notification(kari):
    Choice.objects.create(user=kari, kind="made_up.told", timing=Timing.NEVER, on_site=False)
    services.notify("made_up.told", "post:1", to=[kari])
    assert told(kari) == []


def test_a_choice_goes_before_the_default(kari, ola):
    Choice.objects.create(user=kari, kind="made_up.told", timing=Timing.WEEKLY, on_site=False)
    services.notify("made_up.told", "post:1", to=[kari, ola])
    rows = {row.user_id: (row.mail, row.on_site) for row in Notification.objects.all()}
    assert rows == {kari.pk: ("weekly", False), ola.pk: ("at_once", True)}


@pytest.mark.parametrize("thing", ["post", "post:", ":1", "post:x", "post:-1", "x" * 80 + ":1"])
def test_what_names_no_thing_is_refused(kari, thing):
    with pytest.raises(ValueError, match="names no thing"):
        services.follow(kari, thing)
    with pytest.raises(ValueError, match="names no thing"):
        services.notify("made_up.told", thing, to=[kari])


def test_a_kind_that_nobody_registers_is_refused(kari):
    with pytest.raises(ValueError, match=r"made_up\.nothing"):
        services.notify("made_up.nothing", "post:1", to=[kari])


def test_opening_a_thing_reads_what_was_told_of_it(kari, ola):
    for number in (1, 2):
        services.notify("made_up.told", f"post:{number}", to=[kari, ola])
    assert services.read(kari, "post:1") == 1
    assert services.read(kari, "post:1") == 0
    unread = Notification.objects.filter(read_at=None)
    assert sorted((row.user_id, row.thing) for row in unread) == sorted(
        [(kari.pk, "post:2"), (ola.pk, "post:1"), (ola.pk, "post:2")]
    )


def test_what_an_event_tells_is_stored_as_it_was(kari):
    services.notify("made_up.told", "post:1", to=[kari], data={"title": "Ny", "numbers": [1, 2]})
    assert json.dumps(Event.objects.get().data) == '{"title": "Ny", "numbers": [1, 2]}'
