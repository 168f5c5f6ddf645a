"""The moderators' pages and the form with which readers report."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from activity.kinds import kind_named
from activity.models import Notification
from activity.queues import queues_of
from network.forum.models import Flag, ModerationAct, Post, Standing, Thread
from network.forum.moderation.services.arranging import move
from network.forum.moderation.services.deciding import dismiss, hide
from network.forum.moderation.services.people import silence
from tests.factories.accounts import UserFactory, network_administrator
from tests.factories.forum import (
    CategoryFactory,
    category_of_group,
    join,
    known,
    post,
    thread,
)
from tests.forum.moderation.waiting import fresh, held_back, held_back_thread, report

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator(client):
    person = network_administrator()
    client.force_login(person)
    return person


def page(client, name, *args, **query):
    return client.get(reverse(f"forum:{name}", args=args), query)


def send(client, name, *args, **data):
    return client.post(reverse(f"forum:{name}", args=args), data)


def text(response):
    return response.content.decode()


def test_a_reader_reports_a_post(client):
    made = post(thread(title="Om ovner"), text="Kjøp hos meg!")
    client.force_login(UserFactory())
    shown = page(client, "flag", made.pk)
    assert "Kjøp hos meg!" in text(shown)
    sent = send(client, "flag", made.pk, reason="spam", text="Bare reklame.")
    assert sent.url == reverse("forum:post", args=[made.pk])
    assert Flag.objects.get().text == "Bare reklame."


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"reason": "nonsense"},
        {"reason": "other", "text": " "},
        {"reason": "rude", "text": "x" * 501},
    ],
)
def test_what_is_missing_or_too_long_in_a_report_is_said_and_what_was_typed_stays(client, data):
    made = post(thread())
    client.force_login(UserFactory())
    answer = send(client, "flag", made.pk, **data)
    assert answer.status_code == 422
    assert "ds-validation-message" in text(answer)
    assert data.get("text", "").strip() in text(answer)
    assert not Flag.objects.exists()


def test_a_second_report_says_that_there_is_one(client):
    made, reader = post(thread()), UserFactory()
    report(made, by=reader)
    client.force_login(reader)
    answer = send(client, "flag", made.pk, reason="rude")
    assert answer.status_code == 422
    assert "allerede meldt" in text(answer)


def test_what_one_wrote_or_may_not_read_cannot_be_reported(client):
    author = known()
    own = post(thread(), by=author)
    client.force_login(author)
    assert page(client, "flag", own.pk).status_code == 404
    category = category_of_group("hidden")
    hidden = thread(category, by=join(category.group)).posts.get()
    assert page(client, "flag", hidden.pk).status_code == 404


def test_the_queue_shows_what_waits_why_and_since_when(client, moderator):
    made = post(thread(title="Om ovner"), text="Slem <b>tekst</b>")
    flag = report(made, text="Ikke greit.")
    Flag.objects.filter(pk=flag.pk).update(created_at=timezone.now() - timedelta(hours=25))
    held_back(text="Hei fra en ny en.")
    shown = text(page(client, "moderation"))
    for words in ("Om ovner", escape("Slem <b>tekst</b>"), "Ikke greit.", "Uhøflig", "mer enn et døgn",
                  "Hei fra en ny en.", "første innlegget fra en ny konto"):  # fmt: skip
        assert words in shown
    assert "Hei fra en ny en." not in text(page(client, "moderation", vis="meldt"))
    assert "Om ovner" not in text(page(client, "moderation", vis="venter"))


def test_an_empty_queue_says_so(client, moderator):
    assert "Ingenting å se på" in text(page(client, "moderation"))
    assert "Ingen moderator har hatt noe å gjøre" in text(page(client, "moderation-log"))


def test_the_queue_has_pages_and_takes_any_number(client, moderator):
    thing = thread()
    for number in range(21):
        report(post(thing, text=f"Innlegg {number:02}."))
    first, second = (text(page(client, "moderation", page=number)) for number in ("1", "2"))
    assert "Innlegg 00." in first
    assert "Innlegg 20." not in first
    assert "Innlegg 20." in second
    for odd in ("0", "99999999999", "x", "-1"):
        assert page(client, "moderation", page=odd).status_code == 200


def test_the_queue_costs_the_same_for_one_post_and_for_twenty(
    client, moderator, django_assert_max_num_queries
):
    thing = thread()
    for _ in range(20):
        report(post(thing), by=UserFactory())
    page(client, "moderation")
    with django_assert_max_num_queries(12):
        page(client, "moderation")


def test_the_log_costs_the_same_for_one_act_and_for_fifty(
    client, moderator, django_assert_max_num_queries
):
    thing = thread()
    for _ in range(25):
        hide(moderator, fresh(post(thing)), "rude", "Nei.")
    page(client, "moderation-log")
    with django_assert_max_num_queries(9):
        shown = page(client, "moderation-log")
    assert text(shown).count("Nei.") == 25


def test_the_log_has_pages(client, moderator):
    thing = thread()
    acts = [ModerationAct.objects.create(kind="pin", by=moderator, thread=thing) for _ in range(51)]
    first = text(page(client, "moderation-log"))
    assert f"?etter={acts[1].pk}" in first
    rest = text(page(client, "moderation-log", etter=acts[1].pk))
    assert rest.count("festet tråden øverst") == 1
    assert page(client, "moderation-log", etter="x" * 50).status_code == 200


def test_one_press_in_the_queue_shows_a_post_that_was_held_back(client, moderator):
    waiting = held_back()
    answer = send(client, "approve-post", waiting.pk, **{"from": "venter"})
    assert answer.url == f"{reverse('forum:moderation')}?vis=venter"
    assert fresh(waiting).state == "published"
    again = client.post(reverse("forum:approve-post", args=[waiting.pk]), {"from": ""}, follow=True)
    assert "Noen har avgjort dette allerede" in text(again)


def test_one_press_in_the_queue_hides_or_lets_stand(client, moderator):
    bad, good = post(thread()), post(thread())
    report(bad), report(good)
    send(client, "hide-post", bad.pk, rule="rude", **{"from": ""})
    send(client, "dismiss-post", good.pk, **{"from": ""})
    assert (fresh(bad).state, fresh(good).state) == ("hidden", "published")
    assert not Flag.objects.filter(state="open").exists()


def test_hiding_without_a_rule_is_said_at_the_field(client, moderator):
    made = post(thread())
    answer = send(client, "hide-post", made.pk, reason="Fordi " + "x" * 500)
    assert answer.status_code == 422
    assert "Fordi xxx" in text(answer)
    assert fresh(made).state == "published"


def test_nobody_else_finds_the_moderators_pages(client):
    made, thing = post(thread()), thread()
    client.force_login(UserFactory())
    for name, *args in (
        ("moderation",), ("moderation-log",), ("moderate-post", made.pk), ("moderate-thread", thing.pk),
        ("split-post", made.pk), ("move-thread", thing.pk), ("merge-thread", thing.pk),
        ("moderate-person", made.author_id),
    ):  # fmt: skip
        assert page(client, name, *args).status_code == 404
    assert send(client, "hide-post", made.pk, rule="spam").status_code == 404
    assert send(client, "close-thread", thing.pk).status_code == 404


def test_what_a_move_means_is_said_before_it_is_done(client, moderator):
    thing, there = thread(), category_of_group("closed")
    post(thing)
    asked = send(client, "move-thread", thing.pk, category=there.pk, reason="Hit hører den.")
    shown = text(asked)
    assert "en arbeidsgruppe" in shown
    assert "2 av dem som har skrevet i den" in shown
    assert fresh(thing).category_id != there.pk
    send(client, "move-thread", thing.pk, category=there.pk, reason="Hit hører den.", sure="1")
    assert fresh(thing).category_id == there.pk
    assert ModerationAct.objects.get().reason == "Hit hører den."


def test_a_thread_is_merged_by_the_address_of_the_other(client, moderator):
    source, target = thread(), thread(title="Den som blir")
    url = f"https://parknett.example{target.get_absolute_url()}?page=2#post-3"
    asked = text(send(client, "merge-thread", source.pk, target=url))
    assert "Den som blir" in asked
    assert fresh(source).merged_into is None
    send(client, "merge-thread", source.pk, target=target.pk, sure="1")
    assert fresh(source).merged_into == target
    assert client.get(source.get_absolute_url()).status_code == 302


@pytest.mark.parametrize("target", ["", "tull", "999999", "/t/", "x" * 600])
def test_an_address_of_no_thread_is_said_at_the_field(client, moderator, target):
    answer = send(client, "merge-thread", thread().pk, target=target)
    assert answer.status_code == 422
    assert "ds-validation-message" in text(answer)


def test_a_thread_that_one_may_not_read_cannot_be_told_from_none(client):
    category = category_of_group("open")
    leader = join(category.group, role="leader")
    source = thread(category, by=fresh(leader))
    hidden_in = category_of_group("hidden")
    hidden = thread(hidden_in, by=join(hidden_in.group))
    client.force_login(leader)
    answers = [
        text(send(client, "merge-thread", source.pk, target=target))
        for target in (hidden.pk, 987654)
    ]
    assert all("Det finnes ingen slik tråd" in each for each in answers)


def test_posts_are_split_off_with_those_that_are_ticked(client, moderator):
    thing = thread()
    start, other, third = (post(thing) for _ in range(3))
    assert str(third.pk) in text(page(client, "split-post", start.pk))
    data = {"title": "Ny sak", "category": thing.category_id, "kind": "question",
            "posts": "picked", "picked": [third.pk]}  # fmt: skip
    send(client, "split-post", start.pk, **data)
    new = Thread.objects.get(title="Ny sak")
    assert new.kind == "question"
    assert set(new.posts.values_list("pk", flat=True)) == {start.pk, third.pk}
    assert fresh(other).thread_id == thing.pk


def test_a_split_without_a_title_keeps_what_was_ticked(client, moderator):
    thing = thread()
    start, other = (post(thing) for _ in range(2))
    data = {"title": " ", "category": thing.category_id, "kind": "discussion",
            "posts": "picked", "picked": [other.pk]}  # fmt: skip
    answer = send(client, "split-post", start.pk, **data)
    assert answer.status_code == 422
    assert f'value="{other.pk}" checked' in text(answer)


def test_threads_are_closed_with_a_reason(client, moderator):
    thing = thread()
    send(client, "close-thread", thing.pk, reason="Ferdig.")
    assert fresh(thing).closed
    send(client, "reopen-thread", thing.pk)
    assert not fresh(thing).closed
    assert "Ferdig." in text(page(client, "moderate-thread", thing.pk))


def test_somebody_is_asked_for_a_pause_and_what_they_left_is_hidden(client, moderator):
    author = known()
    made = post(thread(), by=author)
    assert page(client, "moderate-person", author.pk).status_code == 200
    assert send(client, "silence-person", author.pk, days="7").status_code == 422
    assert send(client, "silence-person", author.pk, days="9999", reason="Hm").status_code == 422
    send(client, "silence-person", author.pk, days="7", reason="Reklame.", clean_up="on")
    assert fresh(made).state == "hidden"
    assert Standing.objects.get(pk=author.pk).silenced_until > timezone.now()
    assert "Kan ikke skrive før" in text(page(client, "moderate-person", author.pk))
    send(client, "release-person", author.pk)
    assert Standing.objects.get(pk=author.pk).silenced_until is None


def test_members_who_never_wrote_have_no_page_there(client, moderator):
    assert page(client, "moderate-person", UserFactory().pk).status_code == 404


def test_readers_find_reporting_below_each_post_and_moderators_deciding(client):
    made = post(thread())
    client.force_login(UserFactory())
    shown = text(client.get(made.thread.get_absolute_url()))
    assert reverse("forum:flag", args=[made.pk]) in shown
    assert reverse("forum:moderate-thread", args=[made.thread_id]) not in shown
    client.force_login(network_administrator())
    shown = text(client.get(made.thread.get_absolute_url()))
    assert reverse("forum:moderate-post", args=[made.pk]) in shown
    assert reverse("forum:moderate-thread", args=[made.thread_id]) in shown
    client.logout()
    assert "/meld/" not in text(client.get(made.thread.get_absolute_url()))


def test_what_waits_stands_on_the_moderators_own_page_and_is_late_after_a_day(moderator):
    waiting = held_back_thread()
    shown = [each for each in queues_of(moderator) if each.url == reverse("forum:moderation")]
    assert [(each.waiting, each.overdue) for each in shown] == [(1, 0)]
    Post.objects.filter(thread=waiting).update(created_at=timezone.now() - timedelta(hours=25))
    shown = [each for each in queues_of(moderator) if each.url == reverse("forum:moderation")]
    assert [(each.waiting, each.overdue) for each in shown] == [(1, 1)]
    assert queues_of(UserFactory()) == []


def messages(person):
    """What somebody is told, in Norwegian, as title and text."""
    found = []
    for row in Notification.objects.filter(user=person).select_related("event").order_by("pk"):
        kind = kind_named(row.event.kind)
        if kind.may_see(row.event, person):
            told = kind.message(row.event, person)
            assert kind.messages([row.event], person) == {row.event.pk: told}
            assert list(kind.readers(row.event, [person])) == [person.pk]
            found.append(told)
    return found


def test_authors_are_told_what_was_done_with_rule_and_reason(moderator):
    made = post(thread(title="Om ovner"))
    hide(moderator, fresh(made), "rude", "Slik snakker vi ikke.")
    (told,) = messages(made.author)
    assert "Om ovner" in told.title
    assert "Uhøflig" in told.text
    assert "Slik snakker vi ikke." in told.text
    assert told.url == reverse("forum:post", args=[made.pk])


def test_reporters_are_told_what_came_of_it(moderator):
    bad, good = post(thread()), post(thread())
    flags = [report(bad), report(good)]
    hide(moderator, fresh(bad), "rude")
    dismiss(moderator, fresh(good))
    titles = [messages(flag.by)[0].title for flag in flags]
    assert "er skjult" in titles[0]
    assert "blir stående" in titles[1]


def test_who_loses_sight_of_a_thread_is_told_without_the_name_of_where_it_went(moderator):
    thing = thread(title="Om ovner")
    there = category_of_group("hidden")
    there.name_nb = "Hemmelig gruppe"
    there.save()
    move(moderator, fresh(thing), there)
    (told,) = messages(thing.author)
    assert "Om ovner" in told.title
    assert "Hemmelig" not in f"{told.title}{told.text}{told.url}"
    assert told.url == reverse("forum:overview")


def test_nothing_more_is_told_of_a_thread_that_is_out_of_sight(moderator):
    thing = thread()
    made = post(thing)
    hide(moderator, fresh(made), "rude")
    move(moderator, fresh(thing), category_of_group("hidden"))
    assert messages(made.author) == []


def test_who_is_silenced_is_told_until_when(moderator):
    author = known()
    silence(moderator, author, 7, "Ro.")
    (told,) = messages(author)
    until = timezone.localtime(Standing.objects.get(pk=author.pk).silenced_until)
    assert until.strftime("%d.%m.%Y") in told.title
    assert "Ro." in told.text


def test_moderating_works_in_english(client, moderator):
    report(post(thread()))
    CategoryFactory()
    shown = client.get("/en/forum/moderation/")
    assert "Posts to look at" in text(shown)
