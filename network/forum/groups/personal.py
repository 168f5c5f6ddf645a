"""What working groups hold about a person, and what becomes of it when they go."""

from __future__ import annotations

from collections.abc import Iterable

from allauth.account.models import EmailAddress
from django.db.models import Q

from accounts.models import User
from accounts.personal import PersonalData, Row
from network.forum.groups import services
from network.forum.models import (
    GroupFile,
    GroupInvitation,
    GroupMembership,
    GroupProposal,
    Meeting,
    MeetingFeed,
    MeetingReply,
)


def _memberships(user: User) -> Iterable[Row]:
    for row in GroupMembership.objects.filter(user=user).select_related("group"):
        yield {
            "group": row.group.name_nb,
            "state": row.state,
            "role": row.role,
            "message": row.message,
            "reason": row.reason,
            "since": row.joined_at,
            "until": row.left_at,
        }


def _leave_groups(user: User) -> None:
    services.forget(user)
    GroupMembership.objects.filter(by=user).update(by=None)


def _meetings(user: User) -> Iterable[Row]:
    for row in MeetingReply.objects.filter(user=user).select_related("meeting__group"):
        yield {
            "meeting": row.meeting.title,
            "group": row.meeting.group.name_nb,
            "starts_at": row.meeting.starts_at,
            "answer": row.answer,
            "attended": row.attended,
        }
    for called in Meeting.objects.filter(by=user).select_related("group"):
        yield {
            "called": called.title,
            "group": called.group.name_nb,
            "starts_at": called.starts_at,
        }


def _forget_meetings(user: User) -> None:
    MeetingReply.objects.filter(user=user).delete()
    Meeting.objects.filter(by=user).update(by=None)


def _files(user: User) -> Iterable[Row]:
    for row in GroupFile.objects.filter(by=user).select_related("group"):
        yield {"group": row.group.name_nb, "name": row.name, "added_at": row.added_at}


def _forget_files(user: User) -> None:
    """What somebody added is the group's; it stays without their name."""
    GroupFile.objects.filter(by=user).update(by=None)


def _invitations(user: User) -> Iterable[Row]:
    """Those to any of the person's addresses, and those that they have written."""
    found = GroupInvitation.objects.filter(Q(email__in=_addresses(user)) | Q(invited_by=user))
    for row in found.select_related("group"):
        yield {
            "role": "invited others" if row.invited_by_id == user.pk else "invited",
            "group": row.group.name_nb,
            "email": row.email,
            "message": row.message,
            "state": row.state,
            "sent_at": row.sent_at,
            "answered_at": row.answered_at,
        }


def _forget_invitations(user: User) -> None:
    """What was sent to the person goes; what they sent for a group stays without them."""
    GroupInvitation.objects.filter(Q(email__in=_addresses(user)) | Q(accepted_by=user)).delete()
    GroupInvitation.objects.filter(invited_by=user).update(invited_by=None)


def _addresses(user: User) -> list[str]:
    confirmed = EmailAddress.objects.filter(user=user, verified=True)
    return [user.email.lower(), *(each.email.lower() for each in confirmed)]


def _proposals(user: User) -> Iterable[Row]:
    for row in GroupProposal.objects.filter(proposer=user):
        yield {
            "name": row.name,
            "summary": row.summary,
            "reason": row.reason_for,
            "state": row.state,
            "answer": row.answer,
            "proposed_at": row.proposed_at,
        }


def _forget_proposals(user: User) -> None:
    GroupProposal.objects.filter(proposer=user).delete()
    GroupProposal.objects.filter(decided_by=user).update(decided_by=None)


def _feeds(user: User) -> Iterable[Row]:
    for row in MeetingFeed.objects.filter(user=user).select_related("group"):
        yield {"group": row.group.name_nb if row.group else "", "made_at": row.made_at}


def _forget_feeds(user: User) -> None:
    MeetingFeed.objects.filter(user=user).delete()


PARTS = (
    PersonalData("working-groups", ("forum.GroupMembership",), _memberships, _leave_groups),
    PersonalData("meetings", ("forum.MeetingReply", "forum.Meeting"), _meetings, _forget_meetings),
    PersonalData("files-of-groups", ("forum.GroupFile",), _files, _forget_files),
    PersonalData(
        "invitations-to-groups", ("forum.GroupInvitation",), _invitations, _forget_invitations
    ),
    PersonalData("proposed-groups", ("forum.GroupProposal",), _proposals, _forget_proposals),
    PersonalData("calendars-of-meetings", ("forum.MeetingFeed",), _feeds, _forget_feeds),
)
