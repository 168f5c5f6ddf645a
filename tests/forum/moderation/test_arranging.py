"""Moving, splitting and merging threads, closing and pinning them."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from activity.models import Event, Follow, Notification
from network.forum.models import (
    Draft,
    ModerationAct,
    Need,
    Post,
    ReadMark,
    Reference,
    Thread,
    ThreadKind,
)
from network.forum.moderation.counting import where_it_went
from network.forum.moderation.errors import NotPossibleError
from network.forum.moderation.services.arranging import merge, move, split
from network.forum.moderation.services.deciding import hide
from network.forum.moderation.services.keeping import keep
from network.forum.services.posting import answer
from tests.factories.accounts import UserFactory, network_administrator, staff_of
from tests.factories.forum import CategoryFactory, category_of_group, join, known, post, thread
from tests.factories.network import ParkFactory, ThemeFactory
from tests.forum.moderation.waiting import counts, fresh, true_counts

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator():
    return network_administrator()


def numbers(thing):
    return [(each.number, each.source) for each in thing.posts.order_by("number")]


def mark(person, thing, number):
    return ReadMark.objects.create(user=person, thread=thing, number=number)


def code_of(act):
    with pytest.raises(NotPossibleError) as error:
        act()
    return error.value.code


def test_a_thread_is_moved_and_who_reads_it_is_who_reads_the_new_category(moderator):
    thing, there = thread(), category_of_group("closed")
    act = move(moderator, fresh(thing), there, "Hører hjemme i gruppa.")
    assert fresh(thing).category == there
    assert not Thread.objects.visible_to(UserFactory()).filter(pk=thing.pk).exists()
    assert Thread.objects.visible_to(fresh(join(there.group))).filter(pk=thing.pk).exists()
    assert act.data["to"] == there.pk
    assert Notification.objects.get(user=thing.author).kind == "forum.moderated"
    assert code_of(lambda: move(moderator, fresh(thing), there)) == "there"


def test_nobody_moves_a_thread_to_where_they_keep_no_order():
    staff, thing = staff_of(ParkFactory()), thread()
    with pytest.raises(PermissionDenied):
        move(staff, fresh(thing), category_of_group("open"))
    assert move(staff, fresh(thing), CategoryFactory()).pk


def test_all_from_a_post_on_become_a_thread_of_their_own(moderator):
    theme, thing = ThemeFactory(), thread(text="en")
    thing.themes.add(theme)
    posts = [post(thing, text=text) for text in ("to", "tre", "fire")]
    reference = Reference.objects.create(post=posts[2], thread=thing, key="park:1")
    new = split(
        moderator, fresh(posts[1]), title="Noe annet", category=thing.category, reason="To saker."
    )
    assert numbers(thing) == [(1, "en"), (2, "to")]
    assert numbers(new) == [(1, "tre"), (2, "fire")]
    assert counts(thing) == true_counts(thing)
    assert counts(new) == true_counts(new)
    new = fresh(new)
    assert (new.author, new.created_at) == (posts[1].author, posts[1].created_at)
    assert list(new.themes.all()) == [theme]
    reference.refresh_from_db()
    assert reference.thread == new
    act = ModerationAct.objects.get()
    assert (act.kind, act.thread, act.data) == ("split", new, {"from": thing.pk})
    assert Notification.objects.filter(user=posts[1].author, kind="forum.moderated").exists()


def test_chosen_posts_leave_and_the_others_keep_their_numbers(moderator):
    thing = thread(text="en")
    posts = [post(thing, text=text) for text in ("to", "tre", "fire", "fem")]
    elsewhere = post(thread())
    picked = [posts[2].pk, elsewhere.pk, thing.posts.get(number=1).pk]
    new = split(moderator, fresh(posts[0]), title="Nytt", category=thing.category, picked=picked)
    assert numbers(new) == [(1, "to"), (3, "fire")]
    assert numbers(thing) == [(1, "en"), (3, "tre"), (5, "fem")]
    assert counts(thing) == true_counts(thing)
    assert counts(new) == true_counts(new)


def test_what_was_read_before_a_split_is_read_after_it(moderator):
    thing, reader, behind = thread(), UserFactory(), UserFactory()
    posts = [post(thing) for _ in range(4)]
    mark(reader, thing, 4)
    mark(behind, thing, 2)
    new = split(moderator, fresh(posts[1]), title="Nytt", category=thing.category)
    assert ReadMark.objects.get(user=reader, thread=thing).number == fresh(thing).last_number == 2
    assert ReadMark.objects.get(user=reader, thread=new).number == 2
    assert not ReadMark.objects.filter(user=behind, thread=new).exists()
    assert post(fresh(thing)).number == 3


def test_an_accepted_answer_that_is_split_off_solves_the_question_it_went_to(moderator):
    thing = thread(kind="question")
    posts = [post(thing) for _ in range(2)]
    Thread.objects.filter(pk=thing.pk).update(accepted=posts[1], solved_at=timezone.now())
    new = split(moderator, fresh(posts[0]), title="Spm", category=thing.category, kind="question")
    assert not fresh(thing).is_solved
    assert fresh(new).accepted == posts[1]


def test_the_first_post_hidden_ones_and_moved_ones_begin_no_thread(moderator):
    thing = thread()
    made, hidden = post(thing), post(thing)
    hide(moderator, fresh(hidden), "rude")
    values = {"title": "Nytt", "category": thing.category}
    first = thing.posts.get(number=1)
    assert code_of(lambda: split(moderator, fresh(first), **values)) == "first"
    assert code_of(lambda: split(moderator, fresh(hidden), **values)) == "hidden"
    stale = fresh(made)
    split(moderator, fresh(made), **values)
    assert code_of(lambda: split(moderator, stale, **values)) == "moved"


def test_nobody_splits_into_where_they_keep_no_order():
    staff, made = staff_of(ParkFactory()), post(thread())
    with pytest.raises(PermissionDenied):
        split(staff, fresh(made), title="Nytt", category=category_of_group("open"))


def test_a_merged_threads_posts_stand_at_the_end_of_the_other(moderator):
    source, target = thread(text="a"), thread(text="x")
    post(source, text="b")
    post(target, text="y")
    kept = Reference.objects.create(post=source.posts.get(number=1), thread=source, key="park:1")
    act = merge(moderator, fresh(source), fresh(target), "Samme sak.")
    assert numbers(target) == [(1, "x"), (2, "y"), (3, "a"), (4, "b")]
    assert counts(target) == true_counts(target)
    gone = fresh(source)
    assert (gone.merged_into, gone.post_count) == (target, 0)
    kept.refresh_from_db()
    assert kept.thread == target
    assert (act.thread, act.data["from"], act.data["number"]) == (target, source.pk, 3)
    assert Notification.objects.filter(user=source.author, kind="forum.moderated").exists()


def test_who_writes_in_a_merged_thread_writes_where_it_went(moderator):
    source, middle, target = thread(), thread(), thread()
    stale = fresh(source)
    merge(moderator, fresh(source), fresh(middle))
    merge(moderator, fresh(middle), fresh(target))
    assert where_it_went(fresh(source)).pk == fresh(source).merged_into_id == target.pk
    for thing in (stale, fresh(source)):
        made = answer(known(), thing, "Hvor ble det av den?")
        assert made.thread_id == target.pk
    assert counts(target) == true_counts(target)


def test_who_may_not_read_where_a_thread_went_writes_nothing_there(moderator):
    source, category = thread(), category_of_group("hidden")
    target = thread(category, by=join(category.group))
    stale = fresh(source)
    merge(moderator, fresh(source), fresh(target))
    with pytest.raises(PermissionDenied):
        answer(known(), stale, "Hallo?")


def test_who_has_read_both_threads_has_read_the_merged_one(moderator):
    source, target = thread(), thread()
    post(source)
    both, one, other = UserFactory(), UserFactory(), UserFactory()
    mark(both, source, 2), mark(both, target, 1)
    mark(one, source, 2)
    mark(other, target, 1)
    merge(moderator, fresh(source), fresh(target))
    assert ReadMark.objects.get(user=both).number == fresh(target).last_number == 3
    assert not ReadMark.objects.filter(user=one).exists()
    assert ReadMark.objects.get(user=other).number == 1


def test_followers_drafts_and_what_was_told_go_with_a_merged_thread(moderator):
    source, target = thread(), thread()
    old, new = f"thread:{source.pk}", f"thread:{target.pk}"
    follower, both = UserFactory(), UserFactory()
    for person, thing, state in (
        (follower, old, "following"), (both, old, "following"), (both, new, "muted"),
    ):  # fmt: skip
        Follow.objects.create(user=person, thing=thing, state=state)
    Draft.objects.create(user=follower, key=old, source="Halvferdig")
    Draft.objects.create(user=both, key=old, source="Den ene")
    Draft.objects.create(user=both, key=new, source="Den andre")
    merge(moderator, fresh(source), fresh(target))
    assert not Follow.objects.filter(thing=old).exists()
    assert Follow.objects.get(user=follower, thing=new).state == "following"
    assert Follow.objects.get(user=both, thing=new).state == "muted"
    assert Draft.objects.get(user=follower).key == new
    assert Draft.objects.get(user=both, source="Den ene").key == f"{new}~2"


def test_what_the_worker_has_still_to_tell_of_a_merged_thread_is_told_of_the_other(moderator):
    source, target = thread(), thread()
    post(source)
    old, new = f"thread:{source.pk}", f"thread:{target.pk}"
    waiting = Event.objects.filter(told_at=None, kind="forum.posted", thing=old)
    pks = list(waiting.values_list("pk", flat=True))
    assert pks
    merge(moderator, fresh(source), fresh(target))
    for event in Event.objects.filter(pk__in=pks):
        assert event.thing == new
        assert new in event.followers_of
        assert old not in event.followers_of


def test_the_accepted_answer_of_a_merged_question_solves_the_other_one(moderator):
    source, target = thread(kind="question"), thread(kind="question")
    solution = post(source)
    Thread.objects.filter(pk=source.pk).update(accepted=solution, solved_at=timezone.now())
    merge(moderator, fresh(source), fresh(target))
    assert fresh(target).accepted == solution
    assert fresh(target).is_solved
    assert fresh(source).accepted is None


def test_a_need_ends_when_its_thread_is_merged(moderator):
    need = {"direction": "need"}
    source, target = (thread(kind="need", need=need) for _ in range(2))
    merge(moderator, fresh(source), fresh(target))
    assert Need.objects.get(pk=source.pk).state == "given-up"
    assert Need.objects.get(pk=target.pk).state == "open"


def test_what_cannot_be_merged_says_why(moderator):
    staff = network_administrator()
    policy, plain, hidden, gone = (
        thread(kind=ThreadKind.POLICY, by=staff), thread(), thread(), thread(),
    )  # fmt: skip
    hide(moderator, fresh(hidden.posts.get()), "rude")
    merge(moderator, fresh(gone), fresh(plain))

    def merging(source, target):
        return code_of(lambda: merge(moderator, fresh(source), fresh(target)))

    assert merging(policy, plain) == "policy"
    assert merging(plain, plain) == "same"
    assert merging(hidden, plain) == merging(plain, hidden) == "hidden"
    assert merging(gone, plain) == merging(plain, gone) == "merged"


@pytest.mark.parametrize(
    ("first", "then", "field", "told"),
    [("close", "reopen", "closed", 2), ("pin", "unpin", "pinned", 0)],
)
def test_threads_are_closed_and_pinned_and_back(moderator, first, then, field, told):
    thing = thread()
    assert keep(moderator, fresh(thing), first, "Ferdig snakka.")
    assert not keep(moderator, fresh(thing), first)
    assert getattr(fresh(thing), field)
    assert keep(moderator, fresh(thing), then)
    assert not getattr(fresh(thing), field)
    assert list(ModerationAct.objects.order_by("pk").values_list("kind", flat=True)) == [
        first,
        then,
    ]
    assert Notification.objects.filter(user=thing.author).count() == told
    with pytest.raises(PermissionDenied):
        keep(UserFactory(), fresh(thing), first)


def test_posts_of_a_thread_are_found_by_their_number_wherever_they_went(moderator):
    thing = thread()
    made = post(thing)
    new = split(moderator, fresh(made), title="Nytt", category=thing.category)
    merge(moderator, fresh(new), fresh(thing))
    assert Post.objects.get(pk=made.pk).thread_id == thing.pk
    assert counts(thing) == true_counts(thing)
