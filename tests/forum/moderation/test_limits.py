"""How much somebody may write, and what waits for a moderator."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from network.forum.models import Access, Post, Screening, Standing
from network.forum.moderation import limits
from network.forum.moderation.limits import LimitError, Trust, trust_of
from network.forum.services.posting import answer, edit_post
from tests.factories.accounts import UserFactory, member_of, network_administrator, staff_of
from tests.factories.forum import (
    CategoryFactory,
    category_of_group,
    join,
    known,
    post,
    thread,
)
from tests.factories.network import OrganisationFactory, ParkFactory
from tests.forum.moderation.waiting import fresh, growing, held_back_thread, newcomer

pytestmark = pytest.mark.django_db

SUSPICIOUS = "BESTE PRISER HER NÅ, KJØP I DAG OG FÅ HALV PRIS: https://bit.ly/1"
GROSS = "KJØP NÅ! KJØP NÅ! ALT MÅ BORT! https://bit.ly/1 https://b.example https://c.example"


def refused(author, thing, text="Nok et innlegg."):
    with pytest.raises(LimitError) as told:
        answer(author, thing, text)
    return told.value


@pytest.mark.parametrize("access", [Access.OPEN, Access.MEMBERS])
def test_the_first_post_of_a_new_account_waits_and_is_not_counted(access):
    thing = thread(CategoryFactory(access=access))
    made = answer(newcomer(), thing, "Jeg er ny her.")
    assert made.state == "pending"
    assert made.screening.reasons == [["first", 1]]
    assert (fresh(thing).post_count, fresh(thing).last_number) == (1, 2)
    assert not Standing.objects.get(pk=made.author_id).published


def test_a_thread_of_a_new_account_waits_with_its_first_post():
    thing = held_back_thread()
    assert thing.state == "pending"
    assert thing.posts.get().state == "pending"


@pytest.mark.parametrize(
    "author",
    [
        lambda: member_of(OrganisationFactory()),
        lambda: staff_of(ParkFactory()),
        lambda: join(category_of_group("open").group),
        lambda: growing(1),
        known,
        network_administrator,
    ],
)
def test_who_belongs_somewhere_or_is_known_is_shown_at_once(author):
    author = author()
    made = answer(author, thread(), "Hei.")
    assert made.state == "published"
    assert Standing.objects.get(pk=author.pk).published >= 1


def test_how_well_the_forum_knows_people():
    expected = {
        Trust.NEW: newcomer(),
        Trust.GROWING: growing(2),
        Trust.KNOWN: growing(3),
        Trust.TRUSTED: known(),
    }
    for trust, person in expected.items():
        assert trust_of(person, Standing.objects.filter(pk=person.pk).first()) == trust
    leader = User.objects.get(pk=join(category_of_group().group, role="leader").pk)
    assert trust_of(leader, None) == Trust.TRUSTED


def test_suspicious_posts_of_the_hardly_known_wait_and_gross_ones_of_the_known():
    thing = thread()
    assert answer(growing(), thing, SUSPICIOUS).state == "pending"
    other = SUSPICIOUS.replace("HALV", "NESTEN HALV")
    assert answer(growing(3), thing, other).state == "published"
    made = answer(growing(3), thing, GROSS.replace("b.ex", "d.ex"))
    assert made.state == "pending"
    assert {code for code, _n in made.screening.reasons} >= {"capitals", "hiding"}
    assert answer(known(), thing, GROSS).state == "published"


def test_the_same_text_from_one_account_after_another_is_found():
    text = "Vi har det beste tilbudet på brukte maskiner, ring i dag for pris."
    first, again = (answer(growing(), thread(), text) for _ in range(2))
    assert (first.state, again.state) == ("published", "pending")
    assert again.screening.reasons == [["repeated", 1]]


def test_editing_a_post_is_no_repetition_of_it():
    author = growing()
    text = "Vi har en herdeovn som står ledig i juli og august, si fra om du trenger den."
    made = answer(author, thread(), text)
    assert edit_post(author, fresh(made), f"{text} ").state == "published"


def test_editing_spam_into_a_post_holds_it_back():
    author = growing()
    thing = thread()
    made = edit_post(author, fresh(answer(author, thing, "Hei.")), SUSPICIOUS)
    assert made.state == "pending"
    assert fresh(thing).post_count == 1
    assert Standing.objects.get(pk=author.pk).published == 1


def test_first_posts_have_at_most_two_links():
    error = refused(newcomer(), thread(), "http://a.example http://b.example http://c.example")
    assert error.code == "links"
    assert answer(growing(), thread(), "Se http://a.example og http://b.example her.").pk


def test_who_is_new_waits_for_a_look_at_three_posts_before_writing_more():
    author = newcomer()
    for _ in range(3):
        answer(author, thread(), "Hei.")
    assert refused(author, thread()).code == "pending"


def test_minutes_and_hours_have_their_limits_and_the_error_says_until_when(settings):
    settings.FORUM_POSTS_A_MINUTE, settings.FORUM_POSTS_AN_HOUR = 2, 4
    author, thing = known(), thread()
    for _ in range(2):
        answer(author, thing, "Hei.")
    assert refused(author, thing).code == "rate"
    earlier = timezone.now() - timedelta(minutes=30)
    Post.objects.filter(author=author).update(created_at=earlier)
    for _ in range(2):
        answer(author, thing, "Hei.")
    Post.objects.filter(author=author).update(created_at=earlier)
    error = refused(author, thing)
    shown = timezone.localtime(earlier + timedelta(minutes=61)).strftime("%H:%M")
    assert shown in str(error.message).replace(".", ":")
    Post.objects.filter(author=author).update(created_at=timezone.now() - timedelta(minutes=61))
    assert answer(author, thing, "Hei.").pk


def test_who_is_hardly_known_writes_fewer(settings):
    settings.FORUM_FIRST_POSTS_AN_HOUR = 1
    author = growing()
    answer(author, thread(), "Hei.")
    assert refused(author, thread()).code == "rate"
    assert post(thread(), by=author).pk


def test_who_is_silenced_is_told_until_when():
    author = known()
    until = timezone.now() + timedelta(days=3)
    Standing.objects.filter(pk=author.pk).update(silenced_until=until)
    error = refused(author, thread())
    assert error.code == "silenced"
    assert timezone.localtime(until).strftime("%d.%m") in str(error.message)
    assert limits.silenced_until(author) == until
    Standing.objects.filter(pk=author.pk).update(silenced_until=timezone.now())
    assert limits.silenced_until(author) is None
    assert answer(author, thread(), "Hei igjen.").pk


def test_nothing_is_left_of_what_was_refused():
    author = newcomer()
    refused(author, thread(), "http://a.example http://b.example http://c.example")
    assert not Post.objects.filter(author=author).exists()
    assert not Screening.objects.filter(post__author=author).exists()


def test_posting_costs_the_forum_few_queries(django_assert_max_num_queries):
    author, category = UserFactory(), CategoryFactory()
    limits.held(author)
    with django_assert_max_num_queries(6):
        limits.judge(author, category, "Et vanlig innlegg om noe som mange lurer på her hos oss.")
