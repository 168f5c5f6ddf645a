"""What is unread, and how it becomes read."""

import threading
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import OperationalError, connection
from django.http import QueryDict
from django.utils import timezone

from network.forum.models import CategoryRead, Reader, ReadMark, Thread
from network.forum.reading import unread
from network.forum.reading.listing import ThreadList
from network.forum.reading.unread import catch_up, caught_up, note_read, note_written
from tests.factories.accounts import UserFactory
from tests.factories.forum import CategoryFactory, post, thread

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def reader():
    """Somebody who was here an hour ago for the first time."""
    person = UserFactory()
    Reader.objects.create(user=person, caught_up_at=timezone.now() - timedelta(hours=1))
    return person


def row_of(made, person):
    rows = ThreadList(person, QueryDict("")).rows
    return next(row for row in rows if row.pk == made.pk)


def mark_of(made, person):
    return (
        ReadMark.objects.filter(user=person, thread=made).values_list("number", flat=True).first()
    )


def old(made):
    """Let a thread have been written before anybody was here."""
    long_ago = timezone.now() - timedelta(days=9)
    Thread.objects.filter(pk=made.pk).update(created_at=long_ago, last_post_at=long_ago)
    made.posts.update(created_at=long_ago)


def test_who_comes_for_the_first_time_has_nothing_unread():
    made = thread()
    person = UserFactory()
    assert row_of(made, person).unread is None
    assert Reader.objects.filter(pk=person.pk).exists()
    assert caught_up(AnonymousUser()) is None
    assert row_of(made, AnonymousUser()).unread is None


def test_what_is_started_later_is_new_until_it_is_read(client, reader):
    made = thread()
    assert row_of(made, reader).unread.is_new
    client.force_login(reader)
    client.get(made.get_absolute_url())
    assert row_of(made, reader).unread is None
    post(made)
    post(made)
    assert row_of(made, reader).unread.count == 2


def test_answers_to_an_old_thread_are_unread_though_it_is_not_new(client, reader):
    made = thread()
    old(made)
    assert row_of(made, reader).unread is None
    answer = post(made)
    found = row_of(made, reader).unread
    assert (found.is_new, found.count) == (False, None)
    client.force_login(reader)
    led = client.get(f"/forum/u/{made.pk}/")
    assert led.headers["Location"] == f"{made.get_absolute_url()}#post-{answer.number}"


def test_a_page_is_read_as_far_as_it_goes_and_marks_never_shrink(client, reader):
    made = thread()
    for _ in range(44):
        post(made)
    client.force_login(reader)
    path = made.get_absolute_url()
    for query, expected in (("", 20), ("?page=2", 40), ("", 40), ("?page=3", 45), ("?page=2", 45)):
        client.get(f"{path}{query}")
        assert mark_of(made, reader) == expected, query


def test_the_list_leads_to_the_first_unread_post(client, reader):
    made = thread()
    for _ in range(20):
        post(made)
    note_read(reader, made.pk, 20)
    client.force_login(reader)
    page = client.get("/forum/alle/").content.decode()
    assert f'href="{made.get_absolute_url()}?page=2#post-21"' in page
    assert "1 ny<" in page
    assert client.get(f"/forum/u/{made.pk}/").headers["Location"].endswith("?page=2#post-21")


def test_a_line_stands_before_what_is_new_since_the_last_visit(client, reader):
    made = thread()
    post(made)
    client.force_login(reader)
    assert 'id="nytt"' not in client.get(made.get_absolute_url()).content.decode()
    post(made)
    page = client.get(made.get_absolute_url()).content.decode()
    assert page.index('id="post-2"') < page.index('id="nytt"') < page.index('id="post-3"')
    assert 'id="nytt"' not in client.get(made.get_absolute_url()).content.decode()


def test_looking_without_reading_marks_nothing(client, reader):
    made = thread()
    client.force_login(reader)
    client.head(made.get_absolute_url())
    client.get(made.get_absolute_url(), headers={"Sec-Purpose": "prefetch"})
    assert mark_of(made, reader) is None


def test_a_page_shows_also_when_the_mark_cannot_be_written(client, reader, monkeypatch, caplog):
    made = thread()
    client.force_login(reader)

    def refuse(*_):
        raise OperationalError("database is locked")

    monkeypatch.setattr(unread, "_advance", refuse)
    assert client.get(made.get_absolute_url()).status_code == 200
    assert "could not be written" in caplog.text
    assert mark_of(made, reader) is None


def test_ones_own_posts_are_read(reader):
    made = thread(by=reader)
    assert row_of(made, reader).unread is None
    post(made, by=reader)
    assert row_of(made, reader).unread is None
    post(made)
    post(made, by=reader)
    assert row_of(made, reader).unread.count == 2


def test_writing_does_not_take_for_read_what_others_wrote_before(reader):
    made = thread()
    post(made)
    note_read(reader, made.pk, 1)
    note_written(reader.pk, made.pk, 3)
    assert mark_of(made, reader) == 1


class TestTakingAllForRead:
    """Everywhere, or in one category."""

    def test_leaves_nothing_unread_and_no_marks(self, client, reader):
        one, other = thread(), thread()
        note_read(reader, one.pk, 1)
        client.force_login(reader)
        answer = client.post("/forum/merk-lest/", follow=True)
        assert "Alt er merket som lest." in answer.content.decode()
        assert not ReadMark.objects.filter(user=reader).exists()
        assert row_of(one, reader).unread is None
        assert row_of(other, reader).unread is None
        assert ThreadList(reader, QueryDict("vis=uleste")).rows == []

    def test_in_one_category_leaves_the_others(self, client, reader):
        here, there = CategoryFactory(), CategoryFactory()
        one, other = thread(here), thread(there)
        client.force_login(reader)
        client.post(f"/forum/k/{here.slug}/merk-lest/")
        assert row_of(one, reader).unread is None
        assert row_of(other, reader).unread.is_new
        unread_there = ThreadList(reader, QueryDict("vis=uleste")).rows
        assert [row.pk for row in unread_there] == [other.pk]
        post(one)
        assert row_of(one, reader).unread is not None

    def test_leaves_unread_what_came_after_the_page_was_made(self, client, reader):
        seen = timezone.now()
        made = thread()
        client.force_login(reader)
        client.post("/forum/merk-lest/", {"at": seen.isoformat()})
        assert row_of(made, reader).unread.is_new

    @pytest.mark.parametrize("at", ["", "x", "2999-01-01T00:00:00Z", "2026-01-01", "9" * 500])
    def test_of_a_time_that_cannot_be_is_of_now(self, client, reader, at):
        made = thread()
        client.force_login(reader)
        client.post("/forum/merk-lest/", {"at": at})
        assert row_of(made, reader).unread is None
        assert Reader.objects.get(pk=reader.pk).caught_up_at <= timezone.now()

    def test_never_goes_back(self, reader):
        catch_up(reader)
        before = Reader.objects.get(pk=reader.pk).caught_up_at
        catch_up(reader, at=before - timedelta(days=2))
        assert Reader.objects.get(pk=reader.pk).caught_up_at == before

    def test_of_everything_makes_categories_superfluous(self, reader):
        category = CategoryFactory()
        catch_up(reader, category)
        assert CategoryRead.objects.filter(user=reader).count() == 1
        catch_up(reader)
        assert not CategoryRead.objects.filter(user=reader).exists()

    def test_of_a_category_that_one_may_not_read_is_not_there(self, client, reader):
        category = CategoryFactory(access="members")
        assert client.post(f"/forum/k/{category.slug}/merk-lest/").status_code == 302
        client.force_login(reader)
        assert client.post("/forum/k/finnes-ikke/merk-lest/").status_code == 404
        assert client.get("/forum/merk-lest/").status_code == 405


@pytest.mark.django_db(transaction=True)
def test_two_windows_that_read_at_once_keep_the_further_mark():
    person, made = UserFactory(), thread()
    start = threading.Barrier(6)

    def read_to(number):
        try:
            start.wait()
            note_read(person, made.pk, number)
        finally:
            connection.close()

    readers = [threading.Thread(target=read_to, args=[number]) for number in (3, 9, 1, 7, 12, 5)]
    for each in readers:
        each.start()
    for each in readers:
        each.join()
    assert ReadMark.objects.get(user=person, thread=made).number == 12
