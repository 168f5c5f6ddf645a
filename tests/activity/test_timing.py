"""When e-mail is due, by the clock on the reader's wall."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from accounts.models import User
from activity.models import Preferences
from activity.timing import end_of_quiet, mail_time, next_digest, zone_of

OSLO = ZoneInfo("Europe/Oslo")


def at(text, zone="UTC"):
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def oslo(moment):
    return moment.astimezone(OSLO).strftime("%a %d.%m. %H:%M")


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-11-20 06:59", "2026-11-20 07:00"),
        ("2026-11-20 07:00", "2026-11-21 07:00"),
        ("2026-11-20 23:30", "2026-11-21 07:00"),
    ],
)
def test_a_daily_summary_is_due_at_the_next_seven_o_clock(now, due):
    assert next_digest(at(now, "Europe/Oslo"), OSLO, 7) == at(due, "Europe/Oslo")


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-11-20 12:00", "2026-11-23 07:00"),  # a Friday
        ("2026-11-23 06:59", "2026-11-23 07:00"),
        ("2026-11-23 07:00", "2026-11-30 07:00"),
    ],
)
def test_a_weekly_summary_is_due_on_its_weekday(now, due):
    assert next_digest(at(now, "Europe/Oslo"), OSLO, 7, 0) == at(due, "Europe/Oslo")


def test_summaries_stay_at_seven_o_clock_when_summer_begins_and_ends():
    for start in ("2026-03-27 12:00", "2026-10-23 12:00"):
        moment, seen = at(start, "Europe/Oslo"), []
        for _ in range(4):
            moment = next_digest(moment, OSLO, 7)
            seen.append(oslo(moment)[-5:])
        assert seen == ["07:00"] * 4


def test_the_day_whose_hour_is_skipped_has_a_summary_all_the_same():
    due = next_digest(at("2026-03-28 12:00", "Europe/Oslo"), OSLO, 2)
    assert due == at("2026-03-29 01:00")
    assert oslo(due) == "Sun 29.03. 03:00"
    assert oslo(next_digest(due, OSLO, 2)) == "Mon 30.03. 02:00"


def test_the_day_whose_hour_comes_twice_has_one_summary():
    due = next_digest(at("2026-10-24 12:00", "Europe/Oslo"), OSLO, 2)
    assert due == at("2026-10-25 00:00")
    assert next_digest(due, OSLO, 2) == at("2026-10-26 01:00")
    # Between the two, nothing is due until tomorrow.
    assert next_digest(at("2026-10-25 00:30"), OSLO, 2) == at("2026-10-26 01:00")


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-11-20 21:59", "2026-11-20 21:59"),
        ("2026-11-20 22:00", "2026-11-21 07:00"),
        ("2026-11-21 03:00", "2026-11-21 07:00"),
        ("2026-11-21 07:00", "2026-11-21 07:00"),
    ],
)
def test_mail_waits_until_quiet_hours_are_over(now, until):
    found = end_of_quiet(at(now, "Europe/Oslo"), OSLO, time(22), time(7))
    assert found == at(until, "Europe/Oslo")


def test_quiet_hours_may_lie_within_a_day():
    noon = at("2026-11-20 12:30", "Europe/Oslo")
    assert oslo(end_of_quiet(noon, OSLO, time(12), time(13))) == "Fri 20.11. 13:00"
    assert end_of_quiet(noon, OSLO, time(13), time(14)) == noon


def test_no_quiet_hours_and_empty_ones_hold_nothing_back():
    now = at("2026-11-20 03:00")
    assert end_of_quiet(now, OSLO, None, None) == now
    assert end_of_quiet(now, OSLO, time(3), time(3)) == now


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"])
def test_quiet_hours_end_by_the_wall_clock_when_the_clocks_change(day):
    night = at(f"{day} 01:30", "Europe/Oslo")
    assert oslo(end_of_quiet(night, OSLO, time(22), time(7)))[-5:] == "07:00"


def test_never_is_never():
    user = User(time_zone="Europe/Oslo")
    assert mail_time("never", at("2026-11-20 12:00"), user, Preferences()) is None


def test_the_clock_is_that_of_the_person():
    user = User(time_zone="America/New_York")
    due = mail_time("daily", at("2026-11-20 12:30"), user, Preferences(digest_hour=8))
    assert due == at("2026-11-20 13:00")


@pytest.mark.parametrize("name", ["", "Atlantis/Capital", "../../etc/passwd"])
def test_a_time_zone_that_does_not_exist_is_the_site_s(name):
    assert zone_of(User(time_zone=name)) == OSLO
