"""When an entry is asked for, marked, ranked lower and hidden."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured

from network.facilities.freshness.steps import (
    Age,
    Thresholds,
    due_before,
    hides_on,
    shown_state,
    step_on,
)
from network.facilities.models import FreshnessStep

DAYS = Thresholds(180, 210, 270, 365, 14)
CONFIRMED = date(2026, 1, 1)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def age(**known):
    defaults = {
        "step": FreshnessStep.ASKED,
        "confirmed_on": CONFIRMED,
        "created_at": LONG_AGO,
        "asked_on": CONFIRMED + timedelta(days=180),
        "step_on": None,
    }
    return Age(**{**defaults, **known})


@pytest.mark.parametrize(
    ("days", "step"),
    [
        (0, "fresh"),
        (179, "fresh"),
        (180, "asked"),
        (209, "asked"),
        (210, "marked"),
        (269, "marked"),
        (270, "lowered"),
        (350, "lowered"),
        (351, "reminded"),
    ],
)
def test_each_step_comes_on_its_day(days, step):
    assert step_on(age(), CONFIRMED + timedelta(days=days), DAYS) == step


def test_nobody_is_hidden_without_having_been_warned_in_time():
    today = CONFIRMED + timedelta(days=500)
    assert step_on(age(), today, DAYS) == "reminded"
    late = age(step=FreshnessStep.REMINDED, step_on=today)
    assert step_on(late, today + timedelta(days=13), DAYS) == "reminded"
    assert step_on(late, today + timedelta(days=14), DAYS) == "hidden"
    assert hides_on(late, DAYS) == today + timedelta(days=14)


def test_an_old_entry_has_all_its_time_from_the_day_it_was_asked_for():
    asked = CONFIRMED + timedelta(days=2000)
    old = age(asked_on=asked, step=FreshnessStep.REMINDED, step_on=asked + timedelta(days=171))
    assert step_on(age(asked_on=None, step=FreshnessStep.FRESH), asked, DAYS) == "asked"
    assert step_on(old, asked + timedelta(days=29), DAYS) == "asked"
    assert step_on(old, asked + timedelta(days=184), DAYS) == "reminded"
    assert step_on(old, asked + timedelta(days=185), DAYS) == "hidden"


def test_what_was_never_confirmed_counts_from_the_local_day_on_which_it_was_made():
    made = datetime(2026, 3, 31, 22, 30, tzinfo=UTC)
    new = age(confirmed_on=None, created_at=made, asked_on=None, step=FreshnessStep.FRESH)
    assert new.since == date(2026, 4, 1)
    assert step_on(new, date(2026, 4, 1) + timedelta(days=179), DAYS) == "fresh"
    assert step_on(new, date(2026, 4, 1) + timedelta(days=180), DAYS) == "asked"


@pytest.mark.parametrize(
    ("today", "moment"),
    [
        # Clocks went forward on 29 March and back on 25 October 2026.
        (date(2026, 3, 30), datetime(2026, 3, 28, 23, tzinfo=UTC)),
        (date(2026, 3, 31), datetime(2026, 3, 29, 22, tzinfo=UTC)),
        (date(2026, 10, 27), datetime(2026, 10, 25, 23, tzinfo=UTC)),
    ],
)
def test_days_begin_at_local_midnight_whatever_the_clocks_do(today, moment):
    assert due_before(2, today) == moment


def test_readers_are_told_by_the_day_and_of_hiding_by_the_step():
    def state(days, step="fresh"):
        return shown_state(step, CONFIRMED, LONG_AGO, today=CONFIRMED + timedelta(days=days))

    assert [state(days) for days in (179, 180, 209, 210, 900)] == [
        *("confirmed", "due", "due", "stale", "stale"),
    ]
    assert state(400, "hidden") == "hidden"


@pytest.mark.parametrize(
    "wrong",
    [
        {"ask": 0},
        {"ask": 210},
        {"mark": 270},
        {"lower": 352},
        {"remind": 6},
        {"hide": 270},
        {"hide": 99_999},
        {"ask": 310, "mark": 320, "lower": 330},
    ],
)
def test_days_that_do_not_fit_together_are_refused(wrong):
    with pytest.raises(ImproperlyConfigured, match="PARKNETT_CONFIRM_"):
        Thresholds(**{"ask": 180, "mark": 210, "lower": 270, "hide": 365, "remind": 14, **wrong})
