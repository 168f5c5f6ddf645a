"""The job that follows entries up: every step once, and back at once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from activity.models import Letter, Notification
from activity.reading import told
from network.facilities.freshness import due
from network.facilities.freshness.services import take_step
from network.facilities.freshness.steps import thresholds
from network.facilities.models import Facility
from network.facilities.services import FacilityData, confirm_facility, update_facility
from search.models import SearchEntry
from tests.factories.accounts import administrator_of, member_of, network_administrator, staff_of
from tests.factories.network import FacilityFactory

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
STEPS = ["asked", "marked", "lowered", "reminded", "hidden"]


def steps_told(user):
    rows = Notification.objects.filter(user=user).order_by("pk").select_related("event")
    return [row.event.data["step"] for row in rows]


def test_owners_are_told_of_each_step_once_and_the_parks_staff_of_the_last_two(
    owned, owner, run, hidden
):
    assert steps_told(owner) == STEPS
    staff = staff_of(owned.park)
    assert steps_told(staff) == []
    run(186)
    assert steps_told(owner) == STEPS


def test_the_parks_staff_hear_of_the_last_two_steps(owned, run):
    staff, member = staff_of(owned.park), member_of(owned.host)
    for days in (0, 30, 90, 171, 185):
        run(days)
    assert steps_told(staff) == ["reminded", "hidden"]
    assert steps_told(member) == []


def test_a_contact_without_an_account_gets_a_letter_at_each_step(hidden):
    letters = Letter.objects.order_by("pk")
    assert [each.to for each in letters] == ["Lab@example.org"] * 5
    first = letters[0].content
    assert first["subject"] == "Stemmer alt om Strekklab fortsatt?"
    assert first["action"][1].startswith("/testfasiliteter/a-bekrefte/")


def test_a_contact_who_is_told_as_administrator_gets_no_letter_beside(owned, owner, run):
    Facility.objects.update(contact_email=owner.email.upper())
    run()
    assert steps_told(owner) == ["asked"]
    assert not Letter.objects.exists()


def test_what_is_no_address_keeps_nobody_from_being_told(owned, owner, run):
    Facility.objects.update(contact_email="ring oss")
    run()
    assert steps_told(owner) == ["asked"]


def test_notifications_are_in_the_readers_language_and_go_once_it_is_confirmed(owned, owner, run):
    run()
    rows = list(Notification.objects.filter(user=owner).select_related("event"))
    assert [each.message.title for each in told(rows, owner)] == [
        "Stemmer alt om Strekklab fortsatt?"
    ]
    confirm_facility(owned, user=owner)
    assert list(told(rows, owner)) == []


def test_only_published_entries_that_are_no_samples_are_followed_up(owned, run):
    Facility.objects.update(sample=True)
    assert run(900).freshness == "fresh"
    Facility.objects.update(sample=False, published=False)
    assert run(900).freshness == "fresh"


def test_old_entries_that_are_brought_in_keep_their_place_until_they_have_been_asked(owned, run):
    Facility.objects.update(confirmed_on=timezone.localdate() - timedelta(days=900))
    facility = run()
    assert facility.freshness == "asked"
    assert Facility.objects.public().exists()
    assert run(59).freshness == "marked"


def test_after_a_long_rest_of_the_job_there_still_is_a_warning_before_hiding(owned, owner, run):
    run()
    assert run(400).freshness == "reminded"
    assert run(413).freshness == "reminded"
    assert run(414).freshness == "hidden"
    assert steps_told(owner) == ["asked", "reminded", "hidden"]


def test_a_new_round_is_told_anew(owned, owner, run):
    run()
    confirm_facility(owned, user=owner)
    assert run().freshness == "fresh"
    assert run(180).freshness == "asked"
    assert steps_told(owner) == ["asked", "asked"]


def test_longer_days_bring_back_what_was_hidden(hidden, run, settings):
    settings.FACILITY_CONFIRMATION_DAYS = {**settings.FACILITY_CONFIRMATION_DAYS, "hide": 800}
    assert run(186).freshness == "lowered"


def test_a_date_that_a_table_brings_shows_it_again_at_once(hidden):
    today = timezone.localdate()
    update_facility(hidden, FacilityData(fields={"confirmed_on": today}))
    hidden.refresh_from_db()
    assert (hidden.freshness, hidden.asked_on) == ("fresh", None)


def test_what_is_confirmed_in_the_same_moment_stays_confirmed(owned, owner):
    stale = Facility.objects.get()
    confirm_facility(owned, user=owner)
    assert not take_step(stale, timezone.localdate(), thresholds())
    assert Facility.objects.get().freshness == "fresh"


def test_a_host_is_asked_about_some_of_its_entries_each_day(owned, owner, run, monkeypatch):
    monkeypatch.setattr(due, "ASKED_A_DAY", 2)
    FacilityFactory.create_batch(
        4, host=owned.host, park=owned.park, confirmed_on=owned.confirmed_on
    )
    run(0)
    assert len(steps_told(owner)) == 2
    run(1)
    run(2)
    assert len(steps_told(owner)) == 5


def test_one_run_takes_a_bounded_number_of_steps(owned, run, monkeypatch):
    monkeypatch.setattr(due, "AT_ONCE", 2)
    for _ in range(2):
        FacilityFactory(confirmed_on=owned.confirmed_on)
    run(0, times=1)
    assert Facility.objects.filter(freshness="asked").count() == 2
    run(0, times=1)
    assert Facility.objects.filter(freshness="asked").count() == 3


def test_the_search_follows_each_step(owned, run):
    entry = SearchEntry.objects.filter(key=f"facility:{owned.pk}")
    run(0)
    run(30)
    assert "standing" not in entry.get().facets
    run(90)
    assert entry.get().facets["standing"] == ["demoted"]
    assert entry.get().audience == ["public"]
    run(171)
    run(185)
    assert "public" not in entry.get().audience
    confirm_facility(owned, user=network_administrator())
    assert entry.get().audience == ["public"]
    assert "standing" not in entry.get().facets


def test_going_back_to_an_earlier_text_does_not_bring_an_entry_back(hidden):
    editor = administrator_of(hidden.host)
    revision = hidden.save_revision(user=editor)
    assert "freshness" not in revision.content
    restored = revision.as_object()
    restored.save()
    assert Facility.objects.get().freshness == "hidden"
