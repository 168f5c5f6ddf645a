"""Telling people about working groups and their meetings; how it reads is in ``kinds``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from activity.letters import post
from activity.services import notify
from network.forum.groups.following import proposal_thing, thing_of
from network.forum.groups.names import name_of
from network.forum.groups.querysets import leaders_of
from network.forum.models import (
    GroupInvitation,
    GroupMembership,
    GroupProposal,
    Meeting,
    WorkingGroup,
)
from network.organisations.waiting import network_administrators
from ui.chrome import Link

APPLIED: Final = "forum.group_applied"
ANSWERED: Final = "forum.group_answered"
JOINED: Final = "forum.group_joined"
ROLE_GIVEN: Final = "forum.group_role"
TAKEN_OUT: Final = "forum.group_taken_out"
ENDED: Final = "forum.group_ended"
PROPOSED: Final = "forum.group_proposed"
DECIDED: Final = "forum.group_decided"
MEETING: Final = "forum.meeting"
SOON: Final = "forum.meeting_soon"
MINUTES: Final = "forum.meeting_minutes"


def applied(membership: GroupMembership) -> None:
    """Tell those who lead the group of an application; without any, the network's administrators."""
    told = leaders_of(membership.group) or list(network_administrators())
    _tell(APPLIED, membership, told, membership.user)


def application_answered(membership: GroupMembership, by: User) -> None:
    """Tell who applied what the answer is."""
    _tell(ANSWERED, membership, [membership.user], by)


def joined(membership: GroupMembership) -> None:
    """Tell those who lead the group that somebody has come in by themselves."""
    _tell(JOINED, membership, leaders_of(membership.group), membership.user)


def role_given(membership: GroupMembership, by: User) -> None:
    """Tell somebody that they lead the group or sit in its council from now on."""
    if membership.role != GroupMembership.Role.MEMBER:
        _tell(ROLE_GIVEN, membership, [membership.user], by)


def taken_out(membership: GroupMembership, by: User) -> None:
    """Tell somebody that they are no longer in the group, and why."""
    _tell(TAKEN_OUT, membership, [membership.user], by)


def ended(group: WorkingGroup, by: User) -> None:
    """Tell those who follow a group that it has ended."""
    thing = thing_of(group.pk)
    notify(ENDED, thing, followers_of=[thing], actor=by, data={"row": group.pk})


def proposed(proposal: GroupProposal) -> None:
    """Tell staff of a proposed group: of the parks that it names, and those who run the network."""
    staff = User.objects.filter(park_staff__park__in=proposal.parks.all(), is_active=True)
    told = {person.pk: person for person in (*staff, *network_administrators())}
    thing = proposal_thing(proposal.pk)
    notify(PROPOSED, thing, to=told.values(), actor=proposal.proposer, data={"row": proposal.pk})


def proposal_decided(proposal: GroupProposal, by: User) -> None:
    """Tell who proposed a group what has become of it."""
    thing = proposal_thing(proposal.pk)
    notify(DECIDED, thing, to=[proposal.proposer], actor=by, data={"row": proposal.pk})


def meeting_changed(meeting: Meeting, what: str, by: User) -> None:
    """Tell those who follow the group that a meeting is called, changed or cancelled."""
    thing = thing_of(meeting.group_id)
    data = {"row": meeting.pk, "what": what}
    notify(MEETING, thing, followers_of=[thing], actor=by, data=data)


def minutes_written(meeting: Meeting, by: User) -> None:
    """Tell those who follow the group that there are minutes of a meeting."""
    thing = thing_of(meeting.group_id)
    key = f"{MINUTES}:{meeting.pk}"
    notify(MINUTES, thing, followers_of=[thing], actor=by, data={"row": meeting.pk}, key=key)


def meeting_soon(meeting: Meeting, people: Iterable[User]) -> None:
    """Remind people of a meeting, once for each time that it is set to."""
    key = f"{SOON}:{meeting.pk}:{int(meeting.starts_at.timestamp())}"
    thing = thing_of(meeting.group_id)
    notify(SOON, thing, to=people, data={"row": meeting.pk}, key=key)


def invited(invitation: GroupInvitation, token: str) -> None:
    """Write the letter of an invitation, in its language; ``token`` is nowhere but in there."""
    group = invitation.group
    with override(invitation.language):
        values = {
            "group": group.name,
            "person": name_of(invitation.invited_by),
            "day": date_format(localtime(invitation.expires_at), "DATE_FORMAT"),
            "email": invitation.email,
        }
        paragraphs = [
            _(
                "%(person)s invites you to the working group %(group)s on Parknett, where people of "
                "the industrial parks work together."
            )
            % values,
            group.summary,
            *([f"«{invitation.message}»"] if invitation.message else []),
            _(
                "The invitation is for the address %(email)s and is valid until %(day)s. Log in, or "
                "sign up, with this address to accept it."
            )
            % values,
            _("If you did not expect this, you need do nothing."),
        ]
        post(
            f"{invitation._meta.label_lower}:{invitation.pk}:{invitation.times_sent}",
            to=invitation.email,
            language=invitation.language,
            subject=_("Invitation to the working group %(group)s") % values,
            paragraphs=paragraphs,
            action=Link(_("See the invitation"), reverse("groups:invitation", args=[token])),
        )


def _tell(kind: str, row: GroupMembership, to: Iterable[User], actor: User | None) -> None:
    notify(kind, thing_of(row.group_id), to=to, actor=actor, data={"row": row.pk})
