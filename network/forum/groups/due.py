"""What happens to groups as time passes: reminders of meetings, invitations that lapse.

Each of these may run twice.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from activity.schedule import Job
from network.forum.groups import notices, services
from network.forum.groups.querysets import members_of
from network.forum.models import GroupInvitation, Meeting, MeetingReply

REMINDED_BEFORE: Final = timedelta(days=1)
AT_ONCE: Final = 500


def remind_of_meetings(now: datetime) -> None:
    """Remind members of meetings within a day, but for those who cannot come.

    A meeting that was called less than a day before is news enough, so nobody is reminded of it.
    """
    soon = Meeting.objects.filter(
        cancelled_at=None, starts_at__gt=now, starts_at__lte=now + REMINDED_BEFORE
    )
    for meeting in soon.select_related("group").order_by("starts_at", "pk")[:AT_ONCE]:
        if meeting.created_at > meeting.starts_at - REMINDED_BEFORE:
            continue
        away = meeting.replies.filter(answer=MeetingReply.Answer.NO).values("user")
        coming = members_of(meeting.group).exclude(user__in=away)
        notices.meeting_soon(meeting, [membership.user for membership in coming])


def lapse_invitations(now: datetime) -> None:
    """End the invitations that nobody has answered in time."""
    late = GroupInvitation.objects.filter(state="sent", expires_at__lte=now)
    for invitation in late.select_related("group").order_by("pk")[:AT_ONCE]:
        services.lapse_invitation(invitation)


JOBS: Final = (
    Job("forum.meetings_soon", remind_of_meetings, timedelta(minutes=15)),
    Job("forum.group_invitations", lapse_invitations, timedelta(hours=6)),
)
