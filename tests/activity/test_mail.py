"""What people get by e-mail: when, what it says, and how they stop it."""

import re
from datetime import time

import pytest
from django.test import Client

from activity import services
from activity.choosing import choose_timing, wishes_of
from activity.composing import compose
from activity.kinds import Timing
from activity.models import Choice, Follow, Letter, Notification, Preferences
from activity.telling import tell_followers
from tests.activity import made_up
from tests.activity.conftest import deliver

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

CANARY = "kanarifugl-7f3a"


def text_of(message):
    return message.get_body(["plain"]).get_content()


def html_of(message):
    return message.get_body(["html"]).get_content()


def stop_path(message):
    url = message["List-Unsubscribe"].strip().strip("<>")
    assert url.startswith("https://parknett.example.org/")
    return url.removeprefix("https://parknett.example.org")


def test_a_notification_is_mailed_at_once(kari, post_office):
    services.follow(kari, "post:2")
    services.notify(
        "made_up.told",
        "post:1",
        followers_of=["post:2"],
        data={"title": "Svar fra verten", "text": "Det går fint."},
    )
    deliver()
    deliver()
    (message,) = post_office.messages
    assert message["To"] == "kari@example.org"
    assert message["Subject"] == "Parknett: Svar fra verten"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    for body in (text_of(message), html_of(message)):
        assert "Det går fint." in body
        assert "https://parknett.example.org/parker/" in body
        assert "Innlegg 2" in body
        assert stop_path(message) in body


def test_a_letter_is_in_the_language_of_its_reader(ola, post_office):
    services.notify("made_up.told", "post:1", to=[ola])
    deliver()
    (message,) = post_office.messages
    assert "Tell me no more of this" in text_of(message)
    assert '<html lang="en">' in html_of(message)
    assert "/en/account/notifications/" in text_of(message)


def test_letters_about_one_thing_are_one_thread(kari, ola, post_office):
    for thing in ("post:1", "post:1", "post:2"):
        services.notify("made_up.told", thing, to=[kari])
    services.notify("made_up.told", "post:1", to=[ola])
    deliver()
    first, second, other, elsewhere = post_office.messages
    assert first["References"] == second["References"] == second["In-Reply-To"]
    assert len({first["References"], other["References"], elsewhere["References"]}) == 3
    assert len({message["Message-ID"] for message in post_office.messages}) == 4


def test_what_somebody_may_not_see_when_it_is_sent_is_not_sent(kari, post_office):
    services.notify("made_up.told", "post:1", to=[kari], data={"title": CANARY})
    made_up.hide(1)
    deliver()
    assert post_office.messages == []
    assert Letter.objects.get().state == Letter.State.WITHDRAWN


def test_a_summary_leaves_out_what_has_been_hidden_meanwhile(kari, post_office, clock):
    clock("2026-11-20 12:00")
    services.notify("made_up.daily", "post:1", to=[kari], data={"title": CANARY, "text": CANARY})
    services.notify("made_up.daily", "post:2", to=[kari], data={"title": "Synlig"})
    clock("2026-11-21 07:00")
    made_up.hide(1, kari)
    deliver()
    (message,) = post_office.messages
    assert "Synlig" in text_of(message)
    assert CANARY not in message.as_string()
    assert "post:1" not in message.as_string()
    assert "1 nyhet" in message["Subject"]


def test_a_letter_s_row_holds_nothing_of_what_it_tells(kari, clock):
    services.notify("made_up.told", "post:1", to=[kari], data={"title": CANARY})
    compose(clock("2030-01-01 12:00"))
    assert CANARY not in str(list(Letter.objects.values()))


def test_a_daily_summary_gathers_a_day(kari, post_office, clock):
    clock("2026-11-20 12:00")
    for number in range(1, 4):
        services.notify("made_up.daily", f"post:{number}", to=[kari], data={"title": f"N{number}"})
    clock("2026-11-21 06:59")
    assert deliver() == 0
    clock("2026-11-21 07:00")
    deliver()
    deliver()
    (message,) = post_office.messages
    assert message["Subject"] == "Parknett: I dag: 3 nyheter – N1"
    for number in range(1, 4):
        assert f"N{number}" in text_of(message)
        assert f"N{number}" in html_of(message)
    assert text_of(message).count("/stopp/") == 1
    assert html_of(message).count("/stopp/") == 4


@pytest.mark.parametrize("end", ["2026-03-29", "2026-10-25"])
def test_one_summary_a_day_when_the_clocks_change(kari, post_office, clock, end):
    Preferences.objects.create(user=kari, digest_hour=2)
    year_month, day = end[:8], int(end[-2:])
    for number, date in enumerate((day - 2, day - 1, day)):
        clock(f"{year_month}{date} 12:00")
        services.notify("made_up.daily", f"post:{number + 1}", to=[kari])
        for hour in ("21:00", "23:59"):
            clock(f"{year_month}{date} {hour}")
            assert deliver() == 0
        for minutes in (0, 60, 120, 180, 240):
            clock(f"{year_month}{date + 1} 0{minutes // 60}:01", "Europe/Oslo")
            deliver()
        assert len(post_office.messages) == number + 1


def test_a_weekly_summary_comes_on_its_day(kari, post_office, clock):
    clock("2026-11-20 12:00")  # a Friday
    services.notify("made_up.weekly", "post:1", to=[kari])
    clock("2026-11-22 23:00")
    assert deliver() == 0
    clock("2026-11-23 07:00")
    deliver()
    assert "Denne uken: 1 nyhet" in post_office.messages[0]["Subject"]


def test_days_without_a_worker_end_in_one_summary(kari, post_office, clock):
    for day in (20, 21, 22):
        clock(f"2026-11-{day} 12:00")
        services.notify("made_up.daily", f"post:{day}", to=[kari])
    clock("2026-11-25 15:00")
    deliver()
    assert "3 nyheter" in post_office.messages[0]["Subject"]
    assert len(post_office.messages) == 1


def test_a_summary_tells_nothing_that_has_been_read_on_the_site(kari, post_office, clock):
    clock("2026-11-20 12:00")
    services.notify("made_up.daily", "post:1", to=[kari])
    services.read(kari, "post:1")
    clock("2026-11-21 07:00")
    assert deliver() == 0
    assert post_office.messages == []


def test_a_long_summary_says_how_much_more_there_is(kari, post_office, clock, monkeypatch):
    monkeypatch.setattr("activity.writing.ITEMS_IN_DIGEST", 2)
    clock("2026-11-20 12:00")
    for number in range(1, 6):
        services.notify("made_up.daily", f"post:{number}", to=[kari])
    clock("2026-11-21 07:00")
    deliver()
    assert "3 til står på nettstedet." in text_of(post_office.messages[0])


def test_a_summary_takes_few_queries_whatever_is_in_it(
    kari, post_office, clock, django_assert_max_num_queries
):
    clock("2026-11-20 12:00")
    for number in range(1, 40):
        services.notify("made_up.daily", f"post:{number}", to=[kari])
    clock("2026-11-21 07:00")
    with django_assert_max_num_queries(28):
        deliver()
    assert len(post_office.messages) == 1


def test_mail_at_once_waits_until_the_quiet_hours_are_over(kari, post_office, clock):
    Preferences.objects.create(user=kari, quiet_from=time(22), quiet_until=time(7))
    clock("2026-11-20 23:00")
    services.notify("made_up.told", "post:1", to=[kari])
    assert deliver() == 0
    assert Notification.objects.get().on_site
    clock("2026-11-21 06:59")
    assert deliver() == 0
    clock("2026-11-21 07:00")
    deliver()
    assert len(post_office.messages) == 1


def test_quiet_hours_are_those_of_the_person_s_own_clock(kari, post_office, clock):
    kari.time_zone = "Asia/Tokyo"
    kari.save()
    Preferences.objects.create(user=kari, quiet_from=time(22), quiet_until=time(7))
    clock("2026-11-20 23:00", "Asia/Tokyo")
    services.notify("made_up.told", "post:1", to=[kari])
    assert deliver() == 0
    clock("2026-11-21 07:00", "Asia/Tokyo")
    assert deliver() == 1


def test_who_wants_no_mail_of_a_kind_gets_none(kari, post_office):
    choose_timing(kari, "made_up.told", Timing.NEVER)
    services.notify("made_up.told", "post:1", to=[kari])
    deliver()
    assert post_office.messages == []
    assert Notification.objects.get().on_site


def test_a_changed_choice_holds_for_what_is_waiting(kari, post_office, clock):
    clock("2026-11-20 12:00")
    services.notify("made_up.weekly", "post:1", to=[kari])
    choose_timing(kari, "made_up.weekly", Timing.AT_ONCE)
    deliver()
    assert len(post_office.messages) == 1
    services.notify("made_up.told", "post:2", to=[kari])
    choose_timing(kari, "made_up.told", Timing.NEVER)
    deliver()
    assert len(post_office.messages) == 1


def test_somebody_who_has_gone_gets_nothing(kari, post_office):
    services.notify("made_up.told", "post:1", to=[kari])
    kari.is_active = False
    kari.save()
    deliver()
    assert post_office.messages == []


class TestStopping:
    """The link and the header with which one hears no more of something."""

    @pytest.fixture
    def mailed(self, kari, post_office):
        services.follow(kari, "post:2")
        services.notify("made_up.told", "post:1", followers_of=["post:2"])
        deliver()
        return post_office.messages[0]

    def test_opening_the_link_changes_nothing(self, client, kari, mailed):
        response = client.get(stop_path(mailed))
        assert response.status_code == 200
        assert "Innlegg 2" in response.content.decode()
        assert services.is_following(kari, "post:2")
        client.head(stop_path(mailed))
        assert services.is_following(kari, "post:2")

    def test_one_click_of_a_mail_program_mutes_what_led_to_the_letter(self, kari, mailed):
        program = Client(enforce_csrf_checks=True)
        answer = program.post(stop_path(mailed), {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
        assert Follow.objects.get().state == Follow.State.MUTED
        services.notify("made_up.told", "post:3", followers_of=["post:2"])
        tell_followers(10)
        assert Notification.objects.filter(thing="post:3").count() == 0

    def test_muting_also_keeps_back_what_is_on_its_way(self, client, kari, mailed, post_office):
        services.notify("made_up.told", "post:4", followers_of=["post:2"])
        tell_followers(10)
        client.post(stop_path(mailed))
        deliver()
        assert len(post_office.messages) == 1

    def test_it_can_be_undone(self, client, kari, mailed):
        page = client.post(stop_path(mailed)).content.decode()
        undo = re.search(r'name="undo" value="(\w+)"', page).group(1)
        client.post(stop_path(mailed), {"undo": undo})
        assert services.is_following(kari, "post:2")

    def test_undoing_lets_nobody_follow_what_they_did_not(self, client, kari, post_office):
        services.notify("made_up.told", "post:1", to=[kari])
        deliver()
        path = stop_path(post_office.messages[0])
        page = client.post(path).content.decode()
        assert Follow.objects.get().state == Follow.State.MUTED
        client.post(path, {"undo": re.search(r'name="undo" value="(\w+)"', page).group(1)})
        assert not Follow.objects.exists()

    def test_a_summary_s_header_stops_the_summaries(self, client, kari, post_office, clock):
        clock("2026-11-20 12:00")
        services.notify("made_up.daily", "post:1", to=[kari])
        clock("2026-11-21 07:00")
        deliver()
        client.post(stop_path(post_office.messages[0]), {"List-Unsubscribe": "One-Click"})
        timings = {wish.kind.name: wish.timing for wish in wishes_of(kari)}
        assert timings["made_up.daily"] == Timing.NEVER
        assert timings["made_up.told"] == Timing.AT_ONCE
        assert Choice.objects.get(kind="made_up.daily").on_site

    @pytest.mark.parametrize("token", ["x", "WzEsInBvc3Q6MSJd:1abc:forged"])
    def test_a_forged_link_leads_nowhere(self, client, db, token):
        path = f"/konto/varsler/stopp/{token}/"
        assert client.get(path).status_code == 404
        assert client.post(path).status_code == 404

    def test_the_page_does_not_name_what_has_been_hidden_meanwhile(self, client, kari, mailed):
        made_up.hide(2)
        page = client.get(stop_path(mailed)).content.decode()
        assert "Innlegg 2" not in page
        assert client.post(stop_path(mailed)).status_code == 200
