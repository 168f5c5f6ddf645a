"""What becomes of bookings as days pass: confirming is asked for, then how it went; once each."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.erasure import erase
from activity.models import Notification
from network.facilities.bookings import due, services
from network.facilities.enquiries import due as enquiries_due
from network.facilities.models import Booking, BookingState, FacilityRequest, TakenHour
from tests.factories.accounts import staff_of
from tests.factories.enquiries import party, sent_enquiry

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

TOLD = {"done": "agreed", "result": "", "again": None, "statement": "", "public": False}


def anew(booking):
    return Booking.objects.select_related("request__enquiry__asker", "facility").get(pk=booking.pk)


def steps(user):
    rows = Notification.objects.filter(user=user).order_by("pk").select_related("event")
    return [row.event.data["step"] for row in rows]


def run(times=3, **later):
    for _ in range(times):
        due.follow_up_bookings(timezone.now() + timedelta(**later))


@pytest.fixture
def over(booking, shaker_host):
    """A confirmed booking whose time was yesterday."""
    services.confirm_booking(booking, by=shaker_host)
    past = timezone.now() - timedelta(days=1)
    Booking.objects.filter(pk=booking.pk).update(starts_at=past, ends_at=past + timedelta(hours=6))
    return anew(booking)


class TestUnconfirmed:
    def test_the_host_is_reminded_once_after_two_days(self, booking, shaker_host, asker):
        run(days=1)
        assert steps(shaker_host)[-1] == "accepted"
        run(days=3)
        assert steps(shaker_host)[-2:] == ["accepted", "unconfirmed"]
        assert "unconfirmed" not in steps(asker)

    def test_a_confirmed_one_is_left_in_peace(self, booking, shaker_host):
        services.confirm_booking(booking, by=shaker_host)
        run(days=3)
        assert "unconfirmed" not in steps(shaker_host)

    def test_one_whose_time_has_passed_ends_and_gives_its_hours_back(
        self, client, booking, shaker_host, asker
    ):
        run(days=60)
        ended = anew(booking)
        assert ended.state == BookingState.CANCELLED
        assert not TakenHour.objects.filter(booking=booking).exists()
        assert steps(shaker_host)[-1] == steps(asker)[-1] == "lapsed"
        for reader in (shaker_host, asker):
            client.force_login(reader)
            page = client.get(f"/bestillinger/{booking.pk}/").text
            assert "Tiden gikk uten å bli bekreftet" in page
            assert "Den andre parten avlyste" not in page

    def test_hosts_find_them_among_their_queues(self, client, booking, shaker_host, asker):
        client.force_login(shaker_host)
        queue = {each.label: each for each in client.get("/min-side/").context["queues"]}[
            "Bestillinger å bekrefte"
        ]
        assert (queue.waiting, queue.overdue) == (1, 0)
        assert "Braketten sprekker" in client.get(queue.url).text
        Booking.objects.update(created_at=timezone.now() - timedelta(days=3))
        late = client.get("/min-side/").context["queues"]
        assert "Bestillinger å bekrefte" in {each.label for each in late if each.overdue == 1}
        client.force_login(asker)
        assert client.get("/min-side/").context["queues"] == []


class TestAfterwards:
    def test_both_sides_are_asked_once_how_it_went(self, over, shaker_host, asker):
        run()
        assert steps(shaker_host)[-1] == steps(asker)[-1] == "ended"
        assert steps(shaker_host).count("ended") == 1

    def test_nobody_is_asked_before_the_work_is_over_or_long_after(self, over, asker):
        run(hours=-12)
        run(days=40)
        assert "ended" not in steps(asker)

    def test_who_has_said_so_already_is_not_asked(self, over, shaker_host, asker):
        services.record_outcome(over, TOLD, by=party(asker))
        run()
        assert "ended" not in steps(asker)
        assert steps(shaker_host)[-2:] == ["outcome", "ended"]

    def test_the_other_side_hears_of_it_once(self, over, shaker_host, asker):
        for _ in range(2):
            services.record_outcome(over, TOLD, by=party(asker))
        assert steps(shaker_host).count("outcome") == 1

    def test_a_host_that_says_how_it_went_has_said_that_it_is_done(self, over, shaker_host):
        services.record_outcome(over, TOLD | {"done": "not"}, by=party(shaker_host))
        assert anew(over).state == BookingState.CONFIRMED
        services.record_outcome(anew(over), TOLD, by=party(shaker_host))
        assert anew(over).state == BookingState.DONE

    def test_the_notification_leads_to_the_form(self, client, over, asker):
        run()
        client.force_login(asker)
        row = Notification.objects.filter(user=asker).order_by("-pk")[0]
        assert client.get(f"/konto/varsler/{row.pk}/").url == f"/bestillinger/{over.pk}/utfall/"

    def test_it_waits_on_ones_own_page_until_it_is_said(self, client, over, shaker_host, asker):
        for reader in (asker, shaker_host):
            client.force_login(reader)
            form = f'href="/bestillinger/{over.pk}/utfall/"'
            assert form in client.get("/min-side/").text
            services.record_outcome(over, TOLD, by=party(reader))
            assert form not in client.get("/min-side/").text


def test_who_leaves_calls_off_what_is_still_to_come(booking, shaker_host, asker):
    erase(asker)
    assert anew(booking).state == BookingState.CANCELLED
    assert steps(shaker_host)[-1] == "cancelled"


def test_a_run_goes_on_where_the_last_one_ended(monkeypatch, shaker, shaker_host, park):
    staff_of(park)
    for _ in range(3):
        sent_enquiry(shaker)
    FacilityRequest.objects.update(respond_by=timezone.localdate() - timedelta(days=1))
    monkeypatch.setattr(enquiries_due, "AT_ONCE", 2)
    for _ in range(3):
        enquiries_due.remind(timezone.now())
    assert steps(shaker_host).count("overdue") == 3
