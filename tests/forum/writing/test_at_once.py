"""What several do in the same moment is counted once each, and a form posts once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from network.forum.models import Draft, Post, Thread
from network.forum.services.drafts import Typed, save_draft
from network.forum.services.posting import NewThread, answer, start_thread
from network.forum.services.reacting import react
from tests.factories.accounts import UserFactory
from tests.factories.forum import CategoryFactory, known, post, thread

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]
MANY = 6


def at_once(acts):
    """Do all of it from as many threads, which begin together; gives what each came to."""
    ready = Barrier(len(acts))

    def run(act):
        try:
            ready.wait(timeout=60)
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


def test_reactions_that_come_together_are_all_counted():
    made, readers = post(thread()), [UserFactory() for _ in range(MANY)]
    at_once([lambda one=one: react(one, made, "use", on=True) for one in readers])
    made.refresh_from_db()
    assert made.reactions == {"use": MANY}


def test_one_form_sent_many_times_at_once_posts_once():
    thing, author, token = thread(), known(), uuid4()
    posts = at_once([lambda: answer(author, thing, "Hei.", token=token)] * MANY)
    assert len({made.pk for made in posts}) == 1
    thing.refresh_from_db()
    assert (thing.post_count, thing.last_number, thing.posts.count()) == (2, 2, 2)


def test_one_form_sent_many_times_at_once_starts_one_thread():
    author = known()
    new = NewThread(CategoryFactory(), "discussion", "En", "To", token=uuid4())
    at_once([lambda: start_thread(author, new)] * MANY)
    assert Thread.objects.filter(author=author).count() == 1
    assert Post.objects.filter(author=author).count() == 1


def test_windows_that_save_together_lose_nothing():
    user = UserFactory()
    first = save_draft(user, Typed(key="new", token=uuid4(), source="Begynt"))
    texts = [f"Fra vindu {number}" for number in range(MANY)]
    at_once(
        [
            lambda text=text: save_draft(
                user, Typed(key="new", token=first.token, version=first.version, source=text)
            )
            for text in texts
        ]
    )
    assert {draft.source for draft in Draft.objects.filter(user=user)} == set(texts)
