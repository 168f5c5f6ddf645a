"""What becomes of a booking, and who may do what with it."""

from datetime import time, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from activity.models import Notification
from network.facilities.bookings import services
from network.facilities.bookings.hours import why_not_bookable
from network.facilities.models import Blackout, Booking, BookingState, TakenHour
from network.transitions import NotPossibleError
from tests.factories.accounts import UserFactory
from tests.factories.enquiries import hour, party

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def anew(booking):
    return Booking.objects.select_related("request__enquiry__asker", "facility").get(pk=booking.pk)


def last_step(user):
    return Notification.objects.filter(user=user).order_by("-pk")[0].event.data["step"]


def test_the_host_confirms_and_finishes_and_the_asker_is_told(booking, shaker_host, asker):
    services.confirm_booking(booking, by=shaker_host)
    assert anew(booking).state == BookingState.CONFIRMED
    assert last_step(asker) == "confirmed"
    with pytest.raises(NotPossibleError):
        services.finish_booking(anew(booking), by=shaker_host)
    past = timezone.now() - timedelta(days=2)
    Booking.objects.filter(pk=booking.pk).update(starts_at=past, ends_at=past + timedelta(hours=6))
    services.finish_booking(anew(booking), by=shaker_host)
    assert anew(booking).state == BookingState.DONE
    assert last_step(asker) == "done"


def test_only_the_host_confirms_and_only_the_parties_cancel(booking, asker, oven_host):
    for somebody in (asker, oven_host, UserFactory()):
        with pytest.raises(PermissionDenied):
            services.confirm_booking(booking, by=somebody)
    for somebody in (oven_host, UserFactory()):
        with pytest.raises(PermissionDenied):
            services.cancel_booking(booking, "Nei", by=party(somebody))
        with pytest.raises(PermissionDenied):
            services.propose_time(booking, hour(30, 8), hour(30, 9), by=party(somebody))


@pytest.mark.parametrize("side", ["asker", "shaker_host"])
def test_either_side_cancels_with_a_reason_and_the_time_is_free_again(
    side, request, booking, shaker, asker, shaker_host
):
    with pytest.raises(NotPossibleError):
        services.cancel_booking(booking, " ", by=party(request.getfixturevalue(side)))
    services.cancel_booking(
        anew(booking), "Maskinen er i stykker.", by=party(request.getfixturevalue(side))
    )
    cancelled = anew(booking)
    assert cancelled.state == BookingState.CANCELLED
    assert cancelled.sequence == 1
    assert cancelled.cancelled_by_host == (side == "shaker_host")
    assert not TakenHour.objects.filter(facility=shaker).exists()
    assert last_step(asker if side == "shaker_host" else shaker_host) == "cancelled"
    with pytest.raises(NotPossibleError):
        services.cancel_booking(anew(booking), "Igjen", by=party(asker))


def test_a_new_time_counts_when_the_other_side_agrees(booking, asker, shaker_host):
    services.propose_time(booking, hour(21, 10), hour(21, 16), by=party(asker))
    assert anew(booking).starts_at == hour(21, 8)
    with pytest.raises(NotPossibleError):
        services.agree_to_time(anew(booking), by=party(asker))
    in_another_tab = anew(booking)
    services.agree_to_time(anew(booking), by=party(shaker_host))
    moved = anew(booking)
    assert (moved.starts_at, moved.ends_at) == (hour(21, 10), hour(21, 16))
    held = moved.hours.order_by("hour").values_list("hour", flat=True)
    assert list(held) == [hour(21, at) for at in range(10, 16)]
    assert last_step(asker) == "moved"
    with pytest.raises(NotPossibleError):
        services.agree_to_time(in_another_tab, by=party(shaker_host))


def test_a_proposal_that_was_taken_meanwhile_moves_nothing(booking, shaker, asker, shaker_host):
    services.propose_time(booking, hour(22, 8), hour(22, 12), by=party(asker))
    services.black_out(shaker, hour(22, 11), hour(22, 13), "Service", by=shaker_host)
    with pytest.raises(NotPossibleError):
        services.agree_to_time(anew(booking), by=party(shaker_host))
    assert anew(booking).starts_at == hour(21, 8)
    assert anew(booking).hours.count() == 6


def test_a_proposal_can_be_turned_down(booking, asker, shaker_host):
    services.propose_time(booking, hour(22, 8), hour(22, 12), by=party(shaker_host))
    services.decline_time(anew(booking), by=party(asker))
    assert anew(booking).proposed_starts_at is None
    assert anew(booking).starts_at == hour(21, 8)


def test_a_blackout_cannot_lie_over_a_booking_nor_a_booking_over_a_blackout(
    booking, shaker, shaker_host
):
    with pytest.raises(NotPossibleError):
        services.black_out(shaker, hour(21, 13), hour(21, 15), "", by=shaker_host)
    assert not Blackout.objects.exists()
    closed = services.black_out(shaker, hour(25, 8), hour(25, 10), "", by=shaker_host)
    assert "opptatt" in why_not_bookable(shaker.pk, hour(25, 9), hour(25, 12))
    services.lift_blackout(closed, by=shaker_host)
    assert why_not_bookable(shaker.pk, hour(25, 9), hour(25, 12)) == ""


def test_work_begins_and_ends_when_somebody_is_there(shaker, shaker_host):
    weekdays = {number: (time(7), time(17)) if number < 5 else None for number in range(7)}
    services.set_opening_hours(shaker, weekdays, shows_free_busy=False, by=shaker_host)
    monday = timezone.localtime().replace(hour=8, minute=0, second=0, microsecond=0)
    monday += timedelta(days=7 - monday.weekday())
    friday = monday + timedelta(days=4)
    assert why_not_bookable(shaker.pk, monday, monday + timedelta(hours=9)) == ""
    assert why_not_bookable(shaker.pk, monday, friday + timedelta(hours=2)) == ""
    assert "stengt" in why_not_bookable(shaker.pk, monday, monday + timedelta(hours=10))
    assert "stengt" in why_not_bookable(shaker.pk, friday, friday + timedelta(days=1))


@pytest.mark.parametrize(
    ("begin", "end"),
    [
        (hour(3, 8), hour(3, 8)),
        (hour(3, 9), hour(3, 8)),
        (hour(-3, 8), hour(-3, 9)),
        (hour(3, 8), hour(36, 8)),
        (hour(3, 8) + timedelta(minutes=30), hour(3, 9)),
    ],
)
def test_times_that_make_no_sense_are_refused(begin, end, shaker):
    assert why_not_bookable(shaker.pk, begin, end)


class TestOutcome:
    VALUES = {
        "done": "agreed", "result": "Sveisen var svak.", "again": True,
        "follow_on": "research", "statement": "Vi fant den svake sveisen.", "public": True,
    }  # fmt: skip

    @pytest.fixture
    def begun(self, booking, shaker_host):
        services.confirm_booking(booking, by=shaker_host)
        past = timezone.now() - timedelta(days=2)
        Booking.objects.filter(pk=booking.pk).update(
            starts_at=past, ends_at=past + timedelta(hours=6)
        )
        return anew(booking)

    def test_both_sides_tell_once_each_and_may_change_it(self, begun, asker, shaker_host):
        services.record_outcome(begun, self.VALUES, by=party(asker))
        services.record_outcome(begun, self.VALUES | {"done": "partly"}, by=party(asker))
        services.record_outcome(begun, self.VALUES, by=party(shaker_host))
        rows = begun.outcomes.order_by("by_host").values_list("by_host", "done")
        assert list(rows) == [(False, "partly"), (True, "agreed")]

    def test_nobody_tells_before_the_work_has_begun_or_for_somebody_else(
        self, booking, asker, oven_host
    ):
        with pytest.raises(NotPossibleError):
            services.record_outcome(booking, self.VALUES, by=party(asker))
        with pytest.raises(PermissionDenied):
            services.record_outcome(booking, self.VALUES, by=party(oven_host))

    def test_only_what_may_be_shown_is_shown_on_the_facility(self, client, begun, asker):
        url, said = "/testfasiliteter/ristebord/", self.VALUES["statement"]
        services.record_outcome(begun, self.VALUES | {"public": False}, by=party(asker))
        assert said not in client.get(url).text
        services.record_outcome(begun, self.VALUES, by=party(asker))
        assert said in client.get(url).text
        assert "Sveisen var svak" not in client.get(url).text

    def test_the_form_keeps_it_and_the_other_side_reads_it(self, client, begun, asker, shaker_host):
        page = f"/bestillinger/{begun.pk}/utfall/"
        client.force_login(asker)
        assert client.get(page).status_code == 200
        assert client.post(page, {"done": "nope"}).status_code == 422
        sent = {"done": "agreed", "result": "Svak sveis.", "again": "true", "follow_on": "course"}
        assert client.post(page, sent).url == f"/bestillinger/{begun.pk}/"
        assert begun.outcomes.get().again is True
        client.force_login(shaker_host)
        assert "Svak sveis." in client.get(f"/bestillinger/{begun.pk}/").text
