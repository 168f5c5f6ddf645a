"""Who may do what with working groups.

Network administrators may do what leaders may. Whether somebody may know of a group at all is
``WorkingGroup.objects.listed_for``; whoever may not gets 404 before any of these is asked.
"""

from __future__ import annotations

from accounts.roles import AnyUser, roles_of
from network.forum.models import GroupFile, GroupMembership, GroupProposal, Meeting, WorkingGroup
from network.forum.permissions import can_lead

__all__ = [
    "belongs",
    "can_answer_meeting",
    "can_decide",
    "can_delete_file",
    "can_lead",
    "can_read",
    "can_start",
    "can_upload",
    "sees_leaders",
    "sees_members",
]


def belongs(user: AnyUser, group: WorkingGroup) -> bool:
    """Whether the person is a member of the group."""
    return group.pk in roles_of(user).groups


def can_read(user: AnyUser, group: WorkingGroup) -> bool:
    """Whether the person reads the group's threads, files and meetings."""
    is_open = group.openness == WorkingGroup.Openness.OPEN
    return is_open or belongs(user, group) or roles_of(user).network_administrator


def sees_leaders(user: AnyUser, group: WorkingGroup) -> bool:
    """Members of the site see whom to turn to; visitors see no names."""
    return roles_of(user).member


def sees_members(user: AnyUser, group: WorkingGroup) -> bool:
    """Members of the site see who is in a group that they read."""
    return roles_of(user).member and can_read(user, group)


def can_start(user: AnyUser) -> bool:
    """Staff of parks and network administrators start groups; everybody else proposes them."""
    roles = roles_of(user)
    return bool(roles.parks) or roles.network_administrator


def can_decide(user: AnyUser, proposal: GroupProposal) -> bool:
    """Whoever may start groups decides what others propose."""
    return can_start(user) and (
        proposal.proposer_id != user.pk or roles_of(user).network_administrator
    )


def can_upload(user: AnyUser, group: WorkingGroup) -> bool:
    """Members add to the group's files, and network administrators."""
    return not group.has_ended and (belongs(user, group) or can_lead(user, group))


def can_delete_file(user: AnyUser, file: GroupFile) -> bool:
    """Leaders, and the member who added it."""
    is_own = file.by_id is not None and file.by_id == user.pk and belongs(user, file.group)
    return is_own or can_lead(user, file.group)


def can_answer_meeting(user: AnyUser, meeting: Meeting) -> bool:
    """Members say whether they come, as long as there is something to come to."""
    return belongs(user, meeting.group) and not (meeting.is_cancelled or meeting.is_over)


def keeps_a_leader(membership: GroupMembership) -> bool:
    """Whether somebody else leads the group as well."""
    others = GroupMembership.objects.filter(
        group=membership.group_id,
        state=GroupMembership.State.MEMBER,
        role=GroupMembership.Role.LEADER,
        user__is_active=True,
    ).exclude(pk=membership.pk)
    return others.exists()
