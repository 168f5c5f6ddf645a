"""The week of a park or theme."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail

from activity.composing import compose_digests
from activity.models import Event, Notification
from activity.sending import Sender
from activity.services import follow
from activity.telling import tell_followers
from network.forum.models import Thread, ThreadKind
from network.forum.roundup import ROUNDUP, last_monday, write_roundups
from search.feed import Feed
from search.models import SearchEntry
from tests.factories.accounts import UserFactory
from tests.factories.forum import category_of_group, join, post, thread
from tests.factories.network import FacilityFactory, ParkFactory, ThemeFactory

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 11, 30, 4, 30, tzinfo=UTC)  # half past five in Norway


def told(reader):
    while tell_followers(10):
        pass
    return list(Notification.objects.filter(user=reader, kind=ROUNDUP).select_related("event"))


def question(theme, title, *, days_ago, solved=False, category=None, by=None):
    asked = thread(category, by=by, kind=ThreadKind.QUESTION, title=title, themes=[theme])
    values = {"created_at": MONDAY - timedelta(days=days_ago)}
    if solved:
        answer = post(asked)
        values |= {"accepted": answer, "solved_at": MONDAY - timedelta(days=1)}
    Thread.objects.filter(pk=asked.pk).update(**values)
    return asked


@pytest.mark.parametrize(
    ("now", "monday"),
    [
        (datetime(2026, 11, 30, 3, 59, tzinfo=UTC), datetime(2026, 11, 23, 4, 0, tzinfo=UTC)),
        (datetime(2026, 11, 30, 4, 0, tzinfo=UTC), datetime(2026, 11, 30, 4, 0, tzinfo=UTC)),
        (datetime(2026, 12, 6, 22, 0, tzinfo=UTC), datetime(2026, 11, 30, 4, 0, tzinfo=UTC)),
    ],
)
def test_a_week_ends_on_monday_at_five_in_norway(now, monday):
    assert last_monday(now) == monday


def test_the_week_is_told_once_to_those_who_follow():
    theme, reader = ThemeFactory(), UserFactory()
    follow(reader, f"theme:{theme.pk}")
    for hours in (0, 1, 30):
        write_roundups(MONDAY + timedelta(hours=hours))
    assert Event.objects.filter(kind=ROUNDUP).count() == 1
    assert len(told(reader)) == 1


def test_what_nobody_follows_has_no_round_up():
    ThemeFactory()
    write_roundups(MONDAY)
    assert not Event.objects.filter(kind=ROUNDUP).exists()


def letter_of(language):
    theme = ThemeFactory(name_nb="Energi", name_en="Energy")
    reader = UserFactory(language=language)
    follow(reader, f"theme:{theme.pk}")
    question(theme, "Hvem måler varmetap?", days_ago=4)
    question(theme, "Hva koster dampen?", days_ago=5, solved=True)
    question(theme, "Spurt i går", days_ago=1)
    facility = FacilityFactory(name_nb="Varmelaben", name_en="Heat lab", themes=[theme])
    SearchEntry.objects.filter(key=f"facility:{facility.pk}").update(
        published_at=MONDAY - timedelta(days=2)
    )
    Feed().run()
    write_roundups(MONDAY)
    assert told(reader)
    Notification.objects.filter(kind=ROUNDUP).update(mail_at=MONDAY)
    compose_digests(MONDAY)
    Sender().run()
    (letter,) = (each for each in mail.outbox if each.to == [reader.email])
    return letter


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nb", ("Uka: Energi", "Løst", "Venter på svar", "Nytt å bruke", "Varmelaben")),
        ("en", ("The week: Energy", "Solved", "Waits for an answer", "New to use", "Heat lab")),
    ],
)
def test_a_letter_tells_what_was_solved_what_waits_and_what_is_new(language, words):
    letter = letter_of(language)
    html = letter.alternatives[0][0]
    for text in (*words, "Hvem måler varmetap?", "Hva koster dampen?"):
        assert text in letter.body
        assert text in html
    assert "Spurt i går" not in letter.body


def test_nothing_is_sent_of_a_week_in_which_nothing_was():
    theme, reader = ThemeFactory(), UserFactory()
    follow(reader, f"theme:{theme.pk}")
    write_roundups(MONDAY)
    assert told(reader)
    Notification.objects.filter(kind=ROUNDUP).update(mail_at=MONDAY)
    compose_digests(MONDAY)
    Sender().run()
    assert mail.outbox == []


def test_nobody_learns_of_a_hidden_groups_questions():
    theme, reader = ThemeFactory(), UserFactory()
    follow(reader, f"theme:{theme.pk}")
    category = category_of_group("hidden")
    question(theme, "Hemmelig", days_ago=4, category=category, by=join(category.group))
    question(theme, "Åpen", days_ago=4)
    write_roundups(MONDAY)
    (row,) = told(reader)
    from activity.reading import told as shown

    (message,) = [each.message for each in shown([row], reader)]
    lines = [line.link.label for listing in message.listings for line in listing.lines]
    assert lines == ["Åpen"]


def test_a_park_that_has_gone_is_told_of_no_more():
    park, reader = ParkFactory(), UserFactory()
    follow(reader, f"park:{park.pk}")
    write_roundups(MONDAY)
    park.delete()
    (row,) = told(reader)
    from activity.reading import told as shown

    assert shown([row], reader) == []
