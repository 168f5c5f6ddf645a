"""Calling meetings, changing and cancelling them, who comes, who came, and what was said."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from accounts.models import User
from network.forum.groups import notices
from network.forum.groups.errors import MeetingOverError
from network.forum.groups.permissions import can_answer_meeting
from network.forum.groups.querysets import members_of
from network.forum.groups.services.members import hold, require_leader, require_working
from network.forum.models import Meeting, MeetingReply, WorkingGroup
from network.merged_forms import stored_values
from network.merging import changes

# What calendars show, and what those who want to come must hear of.
TOLD: Final = frozenset({"title", "starts_at", "ends_at", "place", "link"})


def call_meeting(group: WorkingGroup, values: Mapping[str, Any], *, by: User) -> Meeting:
    """Call a meeting; members are told of it unless it is over, for one may be written up later.

    Raises PermissionDenied and EndedError.
    """
    require_leader(by, group)
    with transaction.atomic():
        held = hold(group)
        require_working(held)
        meeting = Meeting(group=held, by=by, **values)
        meeting.full_clean()
        meeting.save()
        _log("forum.meeting_call", meeting, by)
        if not meeting.is_over:
            notices.meeting_changed(meeting, "called", by)
    return meeting


def change_meeting(
    meeting: Meeting, values: Mapping[str, Any], *, seen: Mapping[str, str], by: User
) -> list[str]:
    """Write those of ``values`` that differ from what the person saw; gives the fields written.

    Members are told of another time, place, link or title. Raises PermissionDenied,
    ChangedMeanwhile, and MeetingOverError for one that was called off.
    """
    require_leader(by, meeting.group)
    with transaction.atomic():
        stored = _held(meeting)
        if stored.is_cancelled:
            raise MeetingOverError
        changed = changes(values, stored_values(stored, values), seen)
        if not changed:
            return []
        for name, value in changed.items():
            setattr(stored, name, value)
        is_news = bool(TOLD & changed.keys())
        if is_news:
            stored.sequence += 1
        stored.full_clean()
        stored.save()
        _log("forum.meeting_change", stored, by)
        if is_news and not stored.is_over:
            notices.meeting_changed(stored, "changed", by)
    return sorted(changed)


def cancel_meeting(meeting: Meeting, *, by: User) -> Meeting:
    """Call a meeting off, and tell the members; it stays in calendars as cancelled.

    Raises PermissionDenied, and MeetingOverError for one that has been.
    """
    require_leader(by, meeting.group)
    with transaction.atomic():
        held = _held(meeting)
        if held.is_cancelled:
            return held
        if held.is_over:
            raise MeetingOverError
        held.cancelled_at = timezone.now()
        held.sequence += 1
        held.save()
        _log("forum.meeting_cancel", held, by)
        notices.meeting_changed(held, "cancelled", by)
    return held


def write_minutes(meeting: Meeting, minutes: str, *, seen: Mapping[str, str], by: User) -> bool:
    """Keep what was said and decided; members are told when there are minutes for the first time.

    Gives whether anything changed. Raises PermissionDenied and ChangedMeanwhile.
    """
    require_leader(by, meeting.group)
    with transaction.atomic():
        held = _held(meeting)
        changed = changes({"minutes": minutes}, stored_values(held, ["minutes"]), seen)
        if not changed:
            return False
        are_new = not held.minutes.strip()
        held.minutes = minutes
        held.clean_fields()
        held.save()
        _log("forum.meeting_minutes", held, by)
        if are_new and minutes.strip():
            notices.minutes_written(held, by)
    return True


def reply(meeting: Meeting, person: User, answer: str) -> MeetingReply:
    """Say whether one comes; the last answer holds.

    Raises PermissionDenied for who is no member, MeetingOverError when there is nothing to come to.
    """
    with transaction.atomic():
        held = _held(meeting)
        if held.is_cancelled or held.is_over:
            raise MeetingOverError
        if not can_answer_meeting(person, held):
            raise PermissionDenied
        given, _ = MeetingReply.objects.update_or_create(
            meeting=held, user=person, defaults={"answer": MeetingReply.Answer(answer)}
        )
    return given


def record_attendance(meeting: Meeting, present: Collection[int], *, by: User) -> int:
    """Note which members were there, by the keys of people; gives how many.

    Who is no member is left out. Whoever answered, or was noted before, and is not in ``present``
    was not there. Raises PermissionDenied, and MeetingOverError before it begins or when called off.
    """
    require_leader(by, meeting.group)
    with transaction.atomic():
        held = _held(meeting)
        if held.is_cancelled or held.starts_at > timezone.now():
            raise MeetingOverError
        known = {each.user_id: each for each in held.replies.all()}
        members = set(members_of(held.group).values_list("user_id", flat=True))
        there = set(present) & (members | known.keys())
        held.replies.exclude(user__in=there).update(attended=False)
        held.replies.filter(user__in=there).update(attended=True)
        MeetingReply.objects.bulk_create(
            MeetingReply(meeting=held, user_id=pk, attended=True)
            for pk in sorted(there - known.keys())
        )
        _log("forum.meeting_attendance", held, by)
    return len(there)


def _held(meeting: Meeting) -> Meeting:
    """The meeting as it is now; others who change it wait until this transaction ends."""
    group = hold(meeting.group)
    held = Meeting.objects.get(pk=meeting.pk)
    held.group = group
    return held


def _log(action: str, meeting: Meeting, by: User) -> None:
    log(meeting.group, action, user=by, data={"meeting": meeting.pk})
