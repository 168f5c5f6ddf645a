"""Silencing and trusting people, and an attack of spam from its first post to its last."""

import pytest
from django.core.exceptions import PermissionDenied

from activity.models import Notification
from network.forum.models import ModerationAct, Post, Standing, Thread
from network.forum.moderation.errors import NotPossibleError
from network.forum.moderation.limits import LimitError
from network.forum.moderation.queue import ModerationQueue
from network.forum.moderation.services.deciding import hide
from network.forum.moderation.services.people import clean_up, release, set_trust, silence
from network.forum.services.posting import answer
from tests.factories.accounts import UserFactory, network_administrator, staff_of
from tests.factories.forum import CategoryFactory, category_of_group, join, known, post, thread
from tests.factories.network import ParkFactory
from tests.forum.moderation.waiting import (
    counts,
    fresh,
    growing,
    newcomer,
    report,
    true_counts,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator():
    return network_administrator()


def test_who_is_silenced_is_told_why_and_writes_again_when_released(moderator):
    author = known()
    act = silence(moderator, author, 7, "Ro deg ned.")
    assert (act.kind, act.reason, act.data["days"]) == ("silence", "Ro deg ned.", 7)
    with pytest.raises(LimitError):
        answer(author, thread(), "Hei.")
    assert not Standing.objects.get(pk=author.pk).trusted
    release(moderator, author)
    assert answer(author, thread(), "Hei igjen.").pk
    assert Notification.objects.filter(user=author, kind="forum.moderated").count() == 2
    with pytest.raises(NotPossibleError):
        release(moderator, author)


@pytest.mark.parametrize("days", [0, -1, 366])
def test_nobody_is_silenced_for_no_time_or_for_ever(moderator, days):
    with pytest.raises(ValueError, match="days"):
        silence(moderator, UserFactory(), days, "Hm.")


def test_who_is_trusted_is_shown_at_once_and_not_told(moderator):
    author = newcomer()
    set_trust(moderator, author, trusted=True)
    assert answer(author, thread(), "Hei.").state == "published"
    with pytest.raises(NotPossibleError):
        set_trust(moderator, author, trusted=True)
    set_trust(moderator, author, trusted=False)
    assert not Standing.objects.get(pk=author.pk).trusted
    assert not Notification.objects.filter(user=author).exists()


def test_staff_judge_members_and_administrators_alone_judge_staff(moderator):
    staff, other, member = staff_of(ParkFactory()), staff_of(ParkFactory()), UserFactory()
    leader = fresh(join(category_of_group().group, role="leader"))
    assert silence(staff, member, 1, "Hm.").pk
    assert silence(moderator, other, 1, "Hm.").pk
    for judge, person in (
        (staff, other), (staff, moderator), (staff, staff), (leader, member), (member, other),
    ):  # fmt: skip
        with pytest.raises(PermissionDenied):
            silence(judge, person, 1, "Hm.")
        with pytest.raises(PermissionDenied):
            set_trust(judge, person, trusted=True)
        with pytest.raises(PermissionDenied):
            clean_up(judge, person, "spam")


def test_cleaning_up_hides_where_one_keeps_order_and_tells_the_person_nothing():
    park = ParkFactory()
    staff, author = staff_of(park), known()
    group = category_of_group("open").group
    join(group, author)
    in_group = thread(group.category, by=fresh(author))
    own, elsewhere = thread(by=author), thread()
    posts = [post(elsewhere, by=author) for _ in range(3)]
    assert clean_up(staff, author, "spam") == 4
    assert {fresh(each).state for each in posts} == {"hidden"}
    assert (fresh(own).state, fresh(in_group).state) == ("hidden", "published")
    assert counts(elsewhere) == true_counts(elsewhere)
    assert not Notification.objects.filter(user=author).exists()
    assert ModerationAct.objects.filter(kind="hide", author=author).count() == 4


def test_an_attack_of_spam_is_kept_from_readers_and_cleared_with_one_press_for_each_account(
    moderator, settings
):
    settings.FORUM_POSTS_A_MINUTE, settings.FORUM_POSTS_AN_HOUR = 6, 60
    category, reader = CategoryFactory(), UserFactory()
    things = [thread(category) for _ in range(3)]
    seen_before = set(Post.objects.visible_to(reader).values_list("pk", flat=True))
    text = "BILLIGE MASKINER HER: https://bit.ly/x – ring oss i dag for et godt tilbud!"
    fresh_accounts = [newcomer() for _ in range(3)]
    older_accounts = [growing(2) for _ in range(2)]
    for account in (*fresh_accounts, *older_accounts):
        for number in range(20):
            try:
                answer(account, things[number % 3], f"{text} {number}")
            except LimitError:
                break
    # Readers see nothing of it, and nobody gets far.
    assert set(Post.objects.visible_to(reader).values_list("pk", flat=True)) == seen_before
    assert Post.objects.filter(author__in=fresh_accounts).count() == 3 * len(fresh_accounts)
    assert Post.objects.filter(state="pending").count() <= 3 * 5
    queue = ModerationQueue(moderator)
    assert queue.counted().waiting == Post.objects.filter(state="pending").count()
    assert {reason for each in queue.rows for reason in each.reasons}
    for account in (*fresh_accounts, *older_accounts):
        silence(moderator, account, 365, "Reklame.")
        clean_up(moderator, account, "spam")
        with pytest.raises(LimitError):
            answer(account, things[0], text)
    assert ModerationQueue(moderator).counted().waiting == 0
    assert not Post.objects.filter(state="pending").exists()
    for thing in things:
        assert counts(thing) == true_counts(thing)
    assert Thread.objects.visible_to(reader).count() == 3


def test_the_queue_is_each_moderators_own(moderator):
    park = ParkFactory()
    leader_of = category_of_group("open")
    leader = fresh(join(leader_of.group, role="leader"))
    staff = staff_of(park)
    in_open = post(thread())
    in_group = thread(leader_of, by=join(leader_of.group)).posts.get()
    of_staff = post(thread(), by=staff)
    for made in (in_open, in_group, of_staff):
        report(made)

    def waits_for(person):
        return {each.post.pk for each in ModerationQueue(fresh(person)).rows}

    assert waits_for(moderator) == {in_open.pk, in_group.pk, of_staff.pk}
    assert waits_for(staff) == {in_open.pk}
    assert waits_for(leader) == {in_group.pk}
    assert waits_for(UserFactory()) == set()
    hide(moderator, fresh(in_group), "rude")
    assert waits_for(leader) == set()
