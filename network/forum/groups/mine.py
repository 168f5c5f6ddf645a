"""The working groups of one person: where they are, what waits for them, when they meet."""

from __future__ import annotations

from functools import cached_property
from typing import Any, Final

from accounts.models import User
from accounts.roles import roles_of
from network.forum.groups import services
from network.forum.groups.names import name_of
from network.forum.groups.querysets import own_meetings
from network.forum.models import (
    GroupInvitation,
    GroupMembership,
    GroupProposal,
    Meeting,
    MeetingReply,
)

MOST: Final = 100
MEETINGS: Final = 20
State = GroupMembership.State


class MyGroups:
    """What "My working groups" shows."""

    def __init__(self, person: User) -> None:
        self._person = person

    @cached_property
    def _memberships(self) -> list[GroupMembership]:
        shown = (State.MEMBER, State.APPLIED, State.DECLINED, State.REMOVED)
        found = GroupMembership.objects.filter(user=self._person, state__in=shown)
        return list(found.select_related("group").order_by("group__name_nb", "pk")[:MOST])

    @property
    def memberships(self) -> list[GroupMembership]:
        """Those that the person is in."""
        return [each for each in self._memberships if each.state == State.MEMBER]

    @property
    def applications(self) -> list[GroupMembership]:
        """Those that the person has asked to join."""
        return [each for each in self._memberships if each.state == State.APPLIED]

    @property
    def refusals(self) -> list[GroupMembership]:
        """Those that have said no, or have taken the person out, with their reason."""
        refused = (State.DECLINED, State.REMOVED)
        return [each for each in self._memberships if each.state in refused]

    @cached_property
    def invitations(self) -> list[tuple[GroupInvitation, str]]:
        """Invitations that wait for an answer, and who invites."""
        found = services.invitations_to(self._person)[:MOST]
        return [(each, name_of(each.invited_by) if each.invited_by else "") for each in found]

    @cached_property
    def meetings(self) -> list[tuple[Meeting, Any]]:
        """The next meetings, with what the person has answered."""
        if not roles_of(self._person).groups:
            return []
        coming = list(own_meetings(self._person).upcoming().filter(cancelled_at=None)[:MEETINGS])
        replies = MeetingReply.objects.filter(user=self._person, meeting__in=coming)
        answers = {each.meeting_id: each for each in replies.exclude(answer="")}
        return [(each, answers.get(each.pk)) for each in coming]

    @cached_property
    def proposals(self) -> list[GroupProposal]:
        """What the person has proposed, the newest first."""
        found = GroupProposal.objects.filter(proposer=self._person).select_related("group")
        return list(found.order_by("-proposed_at", "-pk")[:20])
