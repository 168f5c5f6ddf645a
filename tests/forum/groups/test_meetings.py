"""Calling meetings, who comes, who came, what was said, and how calendars know them."""

from datetime import timedelta

import icalendar
import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from activity.models import Event, Notification
from activity.telling import tell_followers
from network.forum.groups import services
from network.forum.groups.due import remind_of_meetings
from network.forum.groups.errors import EndedError, MeetingOverError
from network.forum.groups.figures import years_of
from network.forum.groups.ical import calendar_of
from network.forum.models import Meeting, MeetingReply
from network.merging import ChangedMeanwhile, stamp
from tests.factories.accounts import UserFactory, network_administrator
from tests.factories.forum import post, thread
from tests.forum.groups.people import (
    DAY,
    HOUR,
    fresh,
    group_of,
    leader_of,
    meeting_of,
    member_in,
    membership,
)

pytestmark = pytest.mark.django_db


def change(meeting, by, **values):
    seen = {name: stamp(getattr(meeting, name)) for name in values}
    return services.change_meeting(meeting, values, seen=seen, by=by)


def event_of(meeting):
    (event,) = icalendar.Calendar.from_ical(calendar_of([meeting])).walk("VEVENT")
    return event


def test_leaders_call_meetings_and_members_do_not():
    group = group_of("closed")
    assert meeting_of(group, by=leader_of(group)).group == group
    with pytest.raises(PermissionDenied):
        meeting_of(group, by=member_in(group))
    services.end_group(group, by=network_administrator())
    with pytest.raises(EndedError):
        meeting_of(group)


def test_those_who_follow_the_group_hear_of_a_meeting_and_strangers_of_none():
    group, stranger = group_of("open"), UserFactory()
    person = UserFactory()
    services.join(group, person)
    meeting_of(group)
    tell_followers(100)
    kinds = list(Notification.objects.values_list("user", "event__kind"))
    assert (person.pk, "forum.meeting") in kinds
    assert stranger.pk not in {user for user, _ in kinds}


def test_only_what_matters_to_who_comes_makes_a_new_sequence_and_is_told():
    group = group_of("open")
    leader, meeting = leader_of(group), meeting_of(group)
    assert change(meeting, leader, agenda="1. Velkommen") == ["agenda"]
    assert Meeting.objects.get().sequence == 0
    assert change(Meeting.objects.get(), leader, place="Raufoss") == ["place"]
    assert Meeting.objects.get().sequence == 1
    whats = list(Event.objects.filter(kind="forum.meeting").values_list("data__what", flat=True))
    assert whats == ["called", "changed"]


def test_two_leaders_who_change_the_same_are_told():
    group = group_of("open")
    leader, meeting = leader_of(group), meeting_of(group)
    change(meeting, leader, place="Raufoss")
    with pytest.raises(ChangedMeanwhile):
        change(meeting, leader, place="Herøya")


def test_what_is_cancelled_stays_in_calendars_as_cancelled():
    group = group_of("open")
    meeting = meeting_of(group)
    before = event_of(meeting)
    cancelled = services.cancel_meeting(meeting, by=leader_of(group))
    after = event_of(cancelled)
    assert before["UID"] == after["UID"]
    assert (before["STATUS"], after["STATUS"]) == ("CONFIRMED", "CANCELLED")
    assert after["SEQUENCE"] == before["SEQUENCE"] + 1
    assert services.cancel_meeting(cancelled, by=leader_of(group)).sequence == 1
    for act in (
        lambda: services.reply(cancelled, member_in(group), "yes"),
        lambda: change(cancelled, leader_of(group), place="Et sted"),
    ):
        with pytest.raises(MeetingOverError):
            act()


def test_a_calendar_has_norwegian_time_with_its_rules():
    meeting = meeting_of(group_of("closed"), agenda="**Først** kaffe", link="https://example.org/m")
    calendar = icalendar.Calendar.from_ical(calendar_of([meeting]))
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/Oslo"]
    event = event_of(meeting)
    assert event["DTSTART"].dt == meeting.starts_at
    assert str(event["DESCRIPTION"]) == "Først kaffe\n\nhttps://example.org/m"
    assert str(event["CLASS"]) == "PRIVATE"


def test_members_answer_until_it_is_over_and_the_last_answer_holds():
    group = group_of("open")
    person, meeting = member_in(group), meeting_of(group)
    services.reply(meeting, person, "maybe")
    services.reply(meeting, person, "yes")
    assert MeetingReply.objects.get().answer == "yes"
    with pytest.raises(PermissionDenied):
        services.reply(meeting, UserFactory(), "yes")
    with pytest.raises(MeetingOverError):
        services.reply(meeting_of(group, starts_in=-DAY), person, "yes")


def test_leaders_note_who_was_there():
    group = group_of("closed")
    leader, came, stayed, stranger = (
        leader_of(group), member_in(group), member_in(group), UserFactory(),
    )  # fmt: skip
    meeting = meeting_of(group, starts_in=-HOUR / 2)
    services.reply(meeting, stayed, "yes")
    assert services.record_attendance(meeting, [came.pk, stranger.pk], by=leader) == 1
    assert list(meeting.replies.filter(attended=True).values_list("user", flat=True)) == [came.pk]
    assert meeting.replies.get(user=stayed).attended is False
    with pytest.raises(PermissionDenied):
        services.record_attendance(meeting, [came.pk], by=came)
    with pytest.raises(MeetingOverError):
        services.record_attendance(meeting_of(group), [came.pk], by=leader)


def test_the_first_minutes_are_told_once():
    group = group_of("open")
    leader, meeting = leader_of(group), meeting_of(group, starts_in=-DAY)

    def write(text, seen=""):
        return services.write_minutes(meeting, text, seen={"minutes": stamp(seen)}, by=leader)

    assert write("Vi ble enige.")
    assert write("Vi ble enige om alt.", "Vi ble enige.")
    assert Event.objects.filter(kind="forum.meeting_minutes").count() == 1
    assert "<p>Vi ble enige om alt.</p>" in Meeting.objects.get().minutes_html
    with pytest.raises(ChangedMeanwhile):
        write("Noe annet.")
    with pytest.raises(PermissionDenied):
        services.write_minutes(meeting, "Mitt.", seen={}, by=member_in(group))


def test_those_who_come_are_reminded_the_day_before_and_once():
    group = group_of("closed")
    coming, away = member_in(group), member_in(group)
    meeting = meeting_of(group, starts_in=20 * HOUR)
    services.reply(meeting, away, "no")
    Meeting.objects.update(created_at=timezone.now() - 5 * DAY)
    for _ in range(2):
        remind_of_meetings(timezone.now())
    reminded = Notification.objects.filter(event__kind="forum.meeting_soon")
    assert [each.user for each in reminded] == [coming]
    later = {"starts_at": meeting.starts_at + HOUR, "ends_at": meeting.ends_at + HOUR}
    change(Meeting.objects.get(), leader_of(group), **later)
    remind_of_meetings(timezone.now())
    assert reminded.filter(user=coming).count() == 2


def test_nobody_is_reminded_of_what_is_far_off_cancelled_or_called_today():
    group = group_of("open")
    member_in(group)
    meeting_of(group, starts_in=3 * DAY)
    meeting_of(group, starts_in=20 * HOUR)
    services.cancel_meeting(meeting_of(group, starts_in=21 * HOUR), by=network_administrator())
    Meeting.objects.exclude(cancelled_at=None).update(created_at=timezone.now() - 5 * DAY)
    remind_of_meetings(timezone.now())
    assert not Notification.objects.filter(event__kind="forum.meeting_soon").exists()


def test_a_private_address_holds_what_its_owner_may_see_then(client):
    group = group_of("closed")
    person = member_in(group)
    meeting = meeting_of(group)
    for of in (group, None):
        address = reverse("groups:feed", args=[services.make_feed(person, of)])
        answer = client.get(address)
        assert str(meeting.uid) in answer.content.decode()
        assert client.get(address, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    services.leave(group, fresh(person))
    assert str(meeting.uid) not in client.get(address).content.decode()
    services.stop_feed(person, None)
    assert client.get(address).status_code == 404


def test_a_new_private_address_makes_the_old_one_stop(client):
    person = UserFactory()
    old, new = services.make_feed(person, None), services.make_feed(person, None)
    assert client.get(reverse("groups:feed", args=[old])).status_code == 404
    assert client.get(reverse("groups:feed", args=[new])).status_code == 200
    with pytest.raises(PermissionDenied):
        services.make_feed(person, group_of("closed"))


def test_the_figures_of_a_year_count_what_was_then():
    group = group_of("open")
    leader, left = leader_of(group), member_in(group)
    thing = thread(group.category, by=leader)
    post(thing, by=leader)
    held = meeting_of(group, starts_in=-HOUR)
    Meeting.objects.filter(pk=held.pk).update(ends_at=timezone.now() - timedelta(minutes=1))
    services.record_attendance(held, [leader.pk, left.pk], by=leader)
    services.leave(group, left)
    long_ago = timezone.now().replace(year=timezone.now().year - 2, month=6, day=1)
    membership(group, leader).__class__.objects.filter(group=group).update(joined_at=long_ago)
    this, last, before = years_of(group)
    assert (this.members, this.joined, this.threads, this.posts) == (1, 0, 1, 2)
    assert (this.meetings, this.attended, this.attendance) == (1, 2, 2.0)
    assert (last.members, last.joined, last.attendance) == (2, 0, None)
    assert (before.members, before.joined) == (2, 2)
