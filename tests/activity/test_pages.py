"""Notifications, what one follows, choices and "My page" on the site."""

from datetime import time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from activity import desk, queues, services
from activity.desk import Panel, PanelRow
from activity.kinds import Timing
from activity.models import Choice, Follow, Letter, Notification, Preferences
from activity.queues import Queue, QueueCount
from tests.activity import made_up
from tests.factories.accounts import network_administrator

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

PAGES = ("/min-side/", "/konto/varsler/", "/konto/folger/", "/konto/varsler/valg/")


@pytest.fixture
def reader(client, kari):
    client.force_login(kari)
    return client


def tell(user, *numbers, kind="made_up.told", **data):
    for number in numbers:
        services.notify(kind, f"post:{number}", to=[user], data=data)


def shown(response):
    return [each.notification.thing for each in response.context["page"].items]


@pytest.mark.parametrize("path", PAGES)
def test_visitors_are_asked_to_log_in(client, path):
    assert client.get(path)["Location"].startswith("/konto/login/")


@pytest.mark.parametrize("path", [*PAGES, "/en/my-page/", "/en/account/notifications/choices/"])
def test_every_page_is_there_when_there_is_nothing_to_show(reader, path):
    response = reader.get(path)
    assert response.status_code == 200
    assert 'style="' not in response.content.decode()


def test_unread_ones_come_first(reader, kari):
    tell(kari, 1, 2, 3)
    services.read(kari, "post:3")
    assert shown(reader.get("/konto/varsler/")) == ["post:2", "post:1", "post:3"]


def test_every_notification_is_on_one_page_and_only_one(reader, kari, monkeypatch):
    monkeypatch.setattr("activity.pages.PAGE_LENGTH", 3)
    tell(kari, *range(1, 11))
    for number in (2, 4, 6, 8):
        services.read(kari, f"post:{number}")
    seen, url = [], "/konto/varsler/"
    while url:
        response = reader.get(url)
        seen += shown(response)
        url = response.context["older_url"]
    assert seen == [f"post:{number}" for number in (10, 9, 7, 5, 3, 1, 8, 6, 4, 2)]


@pytest.mark.parametrize("start", ["u", "x7", "u-1", "r99999999999999999999", "'"])
def test_a_page_that_does_not_exist_is_no_error(reader, kari, start):
    tell(kari, 1)
    assert reader.get("/konto/varsler/", {"from": start}).status_code == 200


def test_they_can_be_filtered_by_heading(reader, kari):
    tell(kari, 1)
    tell(kari, 2, kind="made_up.weekly")
    assert shown(reader.get("/konto/varsler/", {"group": "made_up.weekly"})) == ["post:2"]
    assert len(shown(reader.get("/konto/varsler/", {"group": "unknown"}))) == 2


def test_what_is_hidden_is_neither_shown_nor_counted(reader, kari):
    tell(kari, 1, title="kanarifugl-91")
    tell(kari, 2)
    made_up.hide(1)
    page = reader.get("/konto/varsler/").content.decode()
    assert "kanarifugl-91" not in page
    assert "1 ulest" in page or "1 ulest" in reader.get("/konto/varsler/").content.decode()
    pk = Notification.objects.get(thing="post:1").pk
    assert reader.get(f"/konto/varsler/{pk}/").status_code == 404
    assert "kanarifugl-91" not in reader.get("/min-side/").content.decode()


def test_opening_one_reads_it_and_leads_to_what_it_is_about(reader, kari):
    tell(kari, 1)
    row = Notification.objects.get()
    response = reader.get(f"/konto/varsler/{row.pk}/")
    assert (response.status_code, response["Location"]) == (302, "/parker/")
    row.refresh_from_db()
    assert row.read_at is not None


def test_nobody_opens_or_marks_those_of_another(reader, ola):
    tell(ola, 1)
    row = Notification.objects.get()
    assert reader.get(f"/konto/varsler/{row.pk}/").status_code == 404
    reader.post("/konto/varsler/lest/", {"notification": row.pk})
    reader.post("/konto/varsler/lest/")
    row.refresh_from_db()
    assert row.read_at is None


def test_one_is_marked_as_read_and_unread_and_all_as_read(reader, kari):
    tell(kari, 1, 2, 3)
    row = Notification.objects.get(thing="post:2")
    unread = Notification.objects.filter(read_at=None)
    reader.post("/konto/varsler/lest/", {"notification": row.pk})
    assert unread.count() == 2
    reader.post("/konto/varsler/lest/", {"notification": row.pk, "as": "unread"})
    assert unread.count() == 3
    reader.post("/konto/varsler/lest/")
    assert unread.count() == 0


def test_what_one_chose_not_to_see_on_the_site_is_not_there(reader, kari):
    Choice.objects.create(user=kari, kind="made_up.told", timing=Timing.AT_ONCE, on_site=False)
    tell(kari, 1)
    assert shown(reader.get("/konto/varsler/")) == []
    assert "ulest" not in reader.get("/parker/").content.decode()


def test_the_bell_counts_and_stops_counting_at_ninety_nine(reader, kari):
    tell(kari, *range(1, 4))
    assert "3 uleste" in reader.get("/parker/").content.decode()
    tell(kari, *range(4, 105))
    assert "99+" in reader.get("/parker/").content.decode()


def test_visitors_pay_nothing_for_the_bell(client):
    with CaptureQueriesContext(connection) as asked:
        page = client.get("/parker/").content.decode()
    assert "pn-bell" not in page
    assert not any("activity_" in query["sql"] for query in asked)


def test_the_bell_is_one_query(reader, kari):
    tell(kari, 1, 2)
    with CaptureQueriesContext(connection) as asked:
        reader.get("/parker/")
    assert sum("activity_" in query["sql"] for query in asked) == 1


def test_the_page_takes_as_many_queries_for_twenty_as_for_one(
    reader, kari, django_assert_max_num_queries
):
    tell(kari, *range(1, 21), kind="made_up.daily")
    reader.get("/konto/varsler/")
    with django_assert_max_num_queries(10):
        assert len(shown(reader.get("/konto/varsler/"))) == 20


class TestFollowing:
    def test_the_button_follows_and_stops_following(self, reader, kari):
        change = "/konto/folger/endre/"
        reader.post(change, {"thing": "post:1", "act": "follow", "next": "/parker/"})
        assert services.is_following(kari, "post:1")
        page = reader.get("/konto/folger/").content.decode()
        assert "Innlegg 1" in page
        reader.post(change, {"thing": "post:1", "act": "mute"})
        assert "Dempet" in reader.get("/konto/folger/").content.decode()
        reader.post(change, {"thing": "post:1", "act": "unfollow"})
        assert not Follow.objects.exists()

    def test_it_leads_back_but_not_away_from_the_site(self, reader):
        sent = {"thing": "post:1", "act": "follow"}
        back = reader.post("/konto/folger/endre/", sent | {"next": "/parker/"})
        away = reader.post("/konto/folger/endre/", sent | {"next": "https://example.com/"})
        assert back["Location"] == "/parker/"
        assert away["Location"] == "/konto/folger/"

    @pytest.mark.parametrize(
        "sent",
        [
            {},
            {"thing": "post:1"},
            {"thing": "post:1", "act": "delete"},
            {"thing": "nothing:1", "act": "follow"},
            {"thing": "post:7", "act": "follow"},
            {"thing": "post:9999999999999999999999", "act": "mute", "x": "y" * 10},
        ],
    )
    def test_what_is_not_there_or_hidden_cannot_be_followed(self, reader, sent):
        made_up.hide(7)
        response = reader.post("/konto/folger/endre/", sent)
        assert response.status_code == 404 or sent.get("act") == "mute"

    def test_what_has_been_hidden_is_not_named_but_can_be_left(self, reader, kari):
        services.follow(kari, "post:7")
        made_up.hide(7)
        assert "Innlegg 7" not in reader.get("/konto/folger/").content.decode()
        reader.post("/konto/folger/endre/", {"thing": "post:7", "act": "unfollow"})
        assert not Follow.objects.exists()

    def test_many_followed_things_are_named_with_one_query(
        self, reader, kari, django_assert_max_num_queries
    ):
        for number in range(1, 40):
            services.follow(kari, f"post:{number}")
        reader.get("/konto/folger/")
        with django_assert_max_num_queries(7):
            reader.get("/konto/folger/")


class TestChoices:
    def form(self, client):
        form = client.get("/konto/varsler/valg/").context["form"]
        values = {name: form[name].value() for name in form.fields}
        return {
            name: value
            for name, value in values.items()
            if value not in {None, ""} and value is not False
        }

    def test_saving_what_stands_there_changes_nothing(self, reader, kari):
        reader.post("/konto/varsler/valg/", self.form(reader))
        assert Choice.objects.get(user=kari, kind="made_up.weekly").timing == Timing.WEEKLY
        assert Preferences.objects.get().quiet_from is None
        assert Preferences.objects.get().digest_hour == 7

    def test_choices_are_stored(self, reader, kari):
        sent = self.form(reader) | {
            "timing-made_up.told": "daily",
            "digest_hour": "16",
            "digest_weekday": "4",
            "quiet_from": "22",
            "quiet_until": "7",
        }
        del sent["site-made_up.told"]
        assert reader.post("/konto/varsler/valg/", sent).status_code == 302
        chosen = Choice.objects.get(user=kari, kind="made_up.told")
        assert (chosen.timing, chosen.on_site) == ("daily", False)
        preferences = Preferences.objects.get()
        assert (preferences.digest_hour, preferences.digest_weekday) == (16, 4)
        assert (preferences.quiet_from, preferences.quiet_until) == (time(22), time(7))

    @pytest.mark.parametrize(
        "changed",
        [
            {"timing-made_up.told": "hourly"},
            {"digest_hour": "24"},
            {"digest_weekday": "x"},
            {"quiet_from": "22"},
            {"quiet_until": "7"},
        ],
    )
    def test_what_makes_no_sense_is_refused(self, reader, changed):
        response = reader.post("/konto/varsler/valg/", self.form(reader) | changed)
        assert response.status_code == 422
        assert not Choice.objects.exists()


class TestMyPage:
    def test_it_gathers_what_rooms_offer(self, reader, kari, monkeypatch):
        row = PanelRow("Foresporsel om strekkprøving", "/f/1/", "Frist i morgen", None, "warning")
        made = {
            section: Panel(section, f"Panel {section}", section, lambda user, count: [row] * 9)
            for section in ("waiting", "drafts", "upcoming")
        }
        monkeypatch.setattr(desk, "_panels", made)
        made_queues = {
            "a": Queue("a", "å svare på", lambda: "/a/", lambda user: QueueCount(3, 0)),
            "b": Queue("b", "å bekrefte", lambda: "/b/", lambda user: QueueCount(2, 1)),
            "c": Queue("c", "tom kø", lambda: "/c/", lambda user: QueueCount()),
        }
        monkeypatch.setattr(queues, "_queues", made_queues)
        response = reader.get("/min-side/")
        page = response.content.decode()
        assert page.count("Frist i morgen") == 15
        assert [queue.url for queue in response.context["queues"]] == ["/b/", "/a/"]
        assert "1 over fristen" in page
        assert "tom kø" not in page

    def test_news_are_what_came_since_the_last_visit(self, reader, kari, clock):
        clock("2026-11-20 12:00")
        reader.get("/min-side/")
        tell(kari, 1)
        services.read(kari, "post:1")
        Notification.objects.update(created_at=timezone.now() - timedelta(days=3))
        clock("2026-11-21 12:00")
        tell(kari, 2)
        news = reader.get("/min-side/").context["news"]
        assert [each.notification.thing for each in news] == ["post:2"]

    def test_coming_back_soon_is_one_visit(self, reader, kari, clock):
        first = clock("2026-11-20 12:00")
        reader.get("/min-side/")
        clock("2026-11-21 12:00")
        reader.get("/min-side/")
        clock("2026-11-21 12:20")
        assert reader.get("/min-side/").context["before"] == first


class TestUncertainLetters:
    @pytest.fixture
    def letter(self, db):
        return Letter.objects.create(
            key="a", to="a@example.org", language="nb", message_id="<a@x>",
            due_at=timezone.now(), sending_at=timezone.now(), state=Letter.State.UNCERTAIN,
            content={"subject": "Hei", "paragraphs": ["Hei"], "action": None, "reply_to": ""},
        )  # fmt: skip

    @pytest.fixture
    def staff(self, client):
        client.force_login(network_administrator())
        return client

    def test_they_are_nobody_else_s(self, reader, letter):
        path = "/min-side/usikre-e-poster/"
        assert reader.get(path).status_code == 404
        assert reader.post(path, {"letter": letter.pk, "act": "again"}).status_code == 404
        assert "kanskje ikke er sendt" not in reader.get("/min-side/").content.decode()

    def test_they_wait_on_the_page_of_those_who_decide(self, staff, letter):
        assert "kanskje ikke er sendt" in staff.get("/min-side/").content.decode()
        assert "a@example.org" in staff.get("/min-side/usikre-e-poster/").content.decode()

    @pytest.mark.parametrize(("act", "state"), [("again", "waiting"), ("leave", "uncertain")])
    def test_a_decision_is_taken_once(self, staff, letter, act, state):
        sent = {"letter": letter.pk, "act": act}
        assert staff.post("/min-side/usikre-e-poster/", sent).status_code == 302
        letter.refresh_from_db()
        assert letter.state == state
        assert bool(letter.content) == (act == "again")
        assert staff.post("/min-side/usikre-e-poster/", sent).status_code == 404

    def test_the_admin_shows_what_became_of_letters_but_not_what_is_in_them(self, staff, letter):
        assert "a@example.org" in staff.get("/admin/letters/").content.decode()
        page = staff.get(f"/admin/letters/inspect/{letter.pk}/").content.decode()
        assert "paragraphs" not in page
        for path in ("new/", f"edit/{letter.pk}/", f"delete/{letter.pk}/"):
            assert staff.get(f"/admin/letters/{path}").status_code == 302
        assert staff.get("/admin/stopped_addresses/").status_code == 200
