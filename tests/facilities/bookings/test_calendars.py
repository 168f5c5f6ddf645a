"""Bookings in calendars: on the page, as files, as private feeds."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from icalendar import Calendar

from network.facilities.bookings import services
from network.facilities.bookings.calendar import MonthCalendar
from network.facilities.bookings.hours import hours_between
from network.facilities.bookings.ical import calendar_of
from network.facilities.models import Booking, CalendarFeed, CalendarSettings
from tests.factories.accounts import UserFactory
from tests.factories.enquiries import hour, party

pytestmark = pytest.mark.django_db
OSLO = ZoneInfo("Europe/Oslo")


def event_of(content):
    calendar = Calendar.from_ical(content)
    (event,) = calendar.walk("VEVENT")
    return event


def test_a_file_read_back_says_when_where_and_in_which_state(client, booking, asker, shaker_host):
    client.force_login(asker)
    before = event_of(client.get(f"/bestillinger/{booking.pk}/booking.ics").content)
    assert before["SUMMARY"] == "Ristebordet · Braketten sprekker"
    assert before["STATUS"] == "TENTATIVE"
    assert before["DTSTART"].dt == hour(21, 8)
    assert before["DTEND"].dt == hour(21, 14)
    assert before["LOCATION"] == "Prøveparken"
    services.cancel_booking(booking, "Syk", by=party(shaker_host))
    after = event_of(client.get(f"/bestillinger/{booking.pk}/booking.ics").content)
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after["STATUS"] == "CANCELLED"


@pytest.mark.parametrize(
    ("begin", "end", "count"),
    [
        # Clocks go back on 25 October 2026 and forward on 28 March 2027.
        (datetime(2026, 10, 25, 0, tzinfo=OSLO), datetime(2026, 10, 26, 0, tzinfo=OSLO), 25),
        (datetime(2027, 3, 28, 0, tzinfo=OSLO), datetime(2027, 3, 29, 0, tzinfo=OSLO), 23),
    ],
)
def test_days_on_which_clocks_change_have_their_own_number_of_hours(begin, end, count, booking):
    assert len(list(hours_between(begin, end))) == count
    booking.starts_at, booking.ends_at = begin.astimezone(UTC), end.astimezone(UTC)
    content = calendar_of([booking])
    event = event_of(content)
    assert b"BEGIN:VTIMEZONE" in content
    assert event["DTSTART"].dt.astimezone(UTC) == begin.astimezone(UTC)
    assert event["DTEND"].dt.astimezone(UTC) == end.astimezone(UTC)


def test_a_private_feed_holds_ones_own_and_stops_with_its_key(client, booking, shaker, shaker_host):
    key = services.make_feed(shaker_host, shaker)
    url = reverse("bookings:feed", args=[key])
    answer = client.get(url)
    assert event_of(answer.content)["UID"].startswith(str(booking.uid))
    assert "noindex" in answer["X-Robots-Tag"]
    assert client.get(url, headers={"if-none-match": answer["ETag"]}).status_code == 304
    assert key not in str(CalendarFeed.objects.values())
    newer = services.make_feed(shaker_host, shaker)
    assert client.get(url).status_code == 404
    assert client.get(reverse("bookings:feed", args=[newer])).status_code == 200
    services.stop_feed(shaker_host, shaker)
    assert client.get(reverse("bookings:feed", args=[newer])).status_code == 404


def test_whoever_leaves_the_host_loses_the_feed(client, booking, shaker, shaker_host, asker):
    facility_key, own_key = (
        services.make_feed(shaker_host, shaker),
        services.make_feed(shaker_host, None),
    )
    shaker_host.memberships.all().delete()
    assert client.get(reverse("bookings:feed", args=[facility_key])).status_code == 404
    assert b"VEVENT" not in client.get(reverse("bookings:feed", args=[own_key])).content
    mine = client.get(reverse("bookings:feed", args=[services.make_feed(asker, None)]))
    assert event_of(mine.content)["SUMMARY"].startswith("Ristebordet")


def test_others_see_free_and_busy_only_and_only_when_the_host_shows_it(client, booking, shaker):
    url = f"/bestillinger/fasilitet/ristebord/?m={booking.starts_at:%Y-%m}"
    assert client.get(url).status_code == 404
    CalendarSettings.objects.create(facility=shaker, shows_free_busy=True)
    client.force_login(UserFactory())
    for view in (url, f"{url}&vis=liste"):
        text = client.get(view).text
        assert "Opptatt" in text
        assert "Braketten" not in text
        assert f"/bestillinger/{booking.pk}/" not in text


def test_the_month_is_read_in_few_queries_however_full_it_is(
    client, booking, shaker, shaker_host, django_assert_max_num_queries
):
    client.force_login(shaker_host)
    url = f"/bestillinger/fasilitet/ristebord/?m={booking.starts_at:%Y-%m}"
    text = client.get(url).text
    assert "Braketten sprekker" in text
    with django_assert_max_num_queries(12):
        client.get(url)


@pytest.mark.parametrize("month", ["", "nope", "9999-99", "1990-01", "2026-13", "²026-01"])
def test_a_month_that_is_none_is_the_present_one(month, shaker):
    shown = MonthCalendar(shaker, month, keeper=True)
    assert shown.first == shown.today.replace(day=1)
    assert Booking.objects.count() == 0
    assert len(shown.weeks) >= 4
