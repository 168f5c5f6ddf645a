"""Merging, splitting and moving while people write loses no post; and the tests would notice."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from network.forum.models import Post, Standing, Thread
from network.forum.moderation.errors import NotPossibleError
from network.forum.moderation.services.arranging import merge, move, split
from network.forum.moderation.services.deciding import approve, hide
from network.forum.services.posting import ClosedError, answer
from tests.factories.accounts import network_administrator
from tests.factories.forum import CategoryFactory, known, post, thread
from tests.forum.moderation.waiting import counts, fresh, held_back, true_counts

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]
WRITERS = 6
EACH = 3


def at_once(*acts):
    """Do all of it from as many threads, which begin together; gives what each came to."""
    ready = Barrier(len(acts))

    def run(act):
        try:
            ready.wait(timeout=60)
            return act()
        except NotPossibleError as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


def writing(thing):
    """Write several answers, as somebody who opened the thread before."""
    author, stale = known(), fresh(thing)

    def write():
        for number in range(EACH):
            answer(author, stale, f"Svar {number} av {author.pk}.")

    return write


def is_true(*things):
    """Whether each thread's numbers and counts are those of its posts, and no number is double."""
    for thing in things:
        numbers = list(Post.objects.filter(thread=thing).values_list("number", flat=True))
        assert len(numbers) == len(set(numbers))
        assert counts(thing) == true_counts(thing)
    return True


def test_posts_written_while_their_thread_is_merged_all_stand_in_the_other():
    source, target, moderator = thread(), thread(), network_administrator()
    writers = [writing(each) for each in (source, target) for _ in range(WRITERS // 2)]
    at_once(lambda: merge(moderator, fresh(source), fresh(target)), *writers)
    assert fresh(source).merged_into_id == target.pk
    assert Post.objects.filter(thread=source).count() == 0
    assert Post.objects.filter(thread=target).count() == 2 + WRITERS * EACH
    assert is_true(target)


def test_posts_written_while_a_thread_is_split_all_stand_in_one_of_the_two():
    thing, moderator = thread(), network_administrator()
    start = [post(thing) for _ in range(3)][1]
    writers = [writing(thing) for _ in range(WRITERS)]
    values = {"title": "Nytt", "category": thing.category}
    new = at_once(lambda: split(moderator, fresh(start), **values), *writers)[0]
    assert Post.objects.filter(thread__in=[thing, new]).count() == 4 + WRITERS * EACH
    assert is_true(thing, new)


def test_posts_written_while_a_thread_is_moved_stay_in_it():
    thing, moderator, there = thread(), network_administrator(), CategoryFactory()
    writers = [writing(thing) for _ in range(WRITERS)]
    at_once(lambda: move(moderator, fresh(thing), there), *writers)
    assert fresh(thing).category_id == there.pk
    assert Post.objects.filter(thread=thing).count() == 1 + WRITERS * EACH
    assert is_true(thing)


def test_two_threads_merged_into_each_other_at_once_are_merged_once():
    first, second, moderator = thread(), thread(), network_administrator()
    came_to = at_once(
        lambda: merge(moderator, fresh(first), fresh(second)),
        lambda: merge(moderator, fresh(second), fresh(first)),
    )
    assert sum(isinstance(each, NotPossibleError) for each in came_to) == 1
    assert Thread.objects.filter(merged_into=None).count() == 1
    assert Post.objects.filter(thread__merged_into=None).count() == 2


def test_threads_merged_and_split_at_once_lose_no_post():
    source, target, moderator = thread(), thread(), network_administrator()
    start = post(source)
    values = {"title": "Nytt", "category": source.category}
    at_once(
        lambda: merge(moderator, fresh(source), fresh(target)),
        lambda: split(moderator, fresh(start), **values),
        writing(source),
    )
    standing = Thread.objects.filter(merged_into=None)
    assert Post.objects.filter(thread__in=standing).count() == Post.objects.count() == 3 + EACH
    assert is_true(*standing)


def test_of_many_moderators_who_decide_at_once_one_does():
    waiting = held_back()
    moderators = [network_administrator() for _ in range(4)]
    came_to = at_once(
        *[lambda who=who: approve(who, fresh(waiting)) for who in moderators[:2]],
        *[lambda who=who: hide(who, fresh(waiting), "spam") for who in moderators[2:]],
    )
    standing = Standing.objects.get(pk=waiting.author_id)
    if fresh(waiting).state == "published":
        assert (standing.published, standing.removed) == (1, 0)
    else:
        # Approving and hiding are both possible one after the other.
        assert (standing.published, standing.removed) == (0, 1)
    assert sum(isinstance(each, NotPossibleError) for each in came_to) >= 2
    assert is_true(waiting.thread)


def test_an_author_who_writes_while_a_post_of_theirs_is_decided_is_counted_truly():
    author, moderator = known(), network_administrator()
    thing = thread(by=author)
    first = thing.posts.get()

    def write():
        for _ in range(EACH):
            answer(author, fresh(other), "Mer.")

    other = thread()
    at_once(lambda: hide(moderator, fresh(first), "rude"), write)
    standing = Standing.objects.get(pk=author.pk)
    assert (standing.published, standing.removed) == (EACH, 1)


def test_without_the_guard_posts_are_lost(monkeypatch):
    """The control: look which posts there are and move those, as one would without the lock."""
    source, target = thread(), thread()
    looked, written = Barrier(2), Barrier(2)

    def look_then_move():
        pks = list(Post.objects.filter(thread=source).values_list("pk", flat=True))
        looked.wait(timeout=60)
        written.wait(timeout=60)
        for number, pk in enumerate(pks, start=2):
            Post.objects.filter(pk=pk).update(thread=target, number=number)
        Thread.objects.filter(pk=source.pk).update(merged_into=target)

    author, stale = known(), fresh(source)

    def write():
        looked.wait(timeout=60)
        answer(author, stale, "Mistet?")
        written.wait(timeout=60)

    at_once(look_then_move, write)
    assert Post.objects.filter(thread=source).count() == 1


def test_who_writes_in_a_thread_that_was_closed_meanwhile_is_told():
    thing, author = thread(), known()
    stale = fresh(thing)
    Thread.objects.filter(pk=thing.pk).update(closed=True)
    with pytest.raises(ClosedError):
        answer(author, stale, "For sent?")
