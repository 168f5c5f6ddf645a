"""Who is in a working group, and what they do there.

A group that works keeps a leader: the last one hands over first. Whoever changes memberships holds
the group's row meanwhile, so that two who leave at the same moment do not both find the other still
there.
"""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from accounts.models import User
from accounts.roles import AnyUser, roles_of
from activity.services import follow, unfollow
from network.forum.following import category_thing
from network.forum.groups import notices
from network.forum.groups.errors import EndedError, LastLeaderError
from network.forum.groups.following import thing_of
from network.forum.groups.permissions import keeps_a_leader
from network.forum.models import GroupMembership, WorkingGroup
from network.forum.permissions import can_lead

State = GroupMembership.State
Role = GroupMembership.Role


def hold(group: WorkingGroup) -> WorkingGroup:
    """The group as it is now; others who change its memberships wait until this transaction ends."""
    return WorkingGroup.objects.select_for_update(of=("self",)).get(pk=group.pk)


def require_leader(by: AnyUser, group: WorkingGroup) -> None:
    """Raise PermissionDenied unless ``by`` leads the group."""
    if not can_lead(by, group):
        raise PermissionDenied


def require_working(group: WorkingGroup) -> None:
    """Raise EndedError for a group that only can be read."""
    if group.has_ended:
        raise EndedError


def admit(
    membership: GroupMembership, *, by: User | None, role: str = Role.MEMBER
) -> GroupMembership:
    """Make somebody a member who hears of the group's threads and meetings from now on.

    For services that hold the group and know why the person may come in.
    """
    membership.state, membership.role = State.MEMBER, role
    membership.joined_at, membership.left_at = timezone.now(), None
    membership.by, membership.reason = by, ""
    membership.save()
    for thing in _things(membership):
        follow(membership.user, thing)
    note(membership, "forum.group_join", by or membership.user)
    return membership


def set_role(membership: GroupMembership, role: str, *, by: User) -> GroupMembership:
    """Let a member lead, sit in the council, or be a member like others.

    Raises PermissionDenied, and LastLeaderError if nobody would lead.
    """
    require_leader(by, membership.group)
    if role == Role.COUNCIL and not membership.group.has_council:
        raise PermissionDenied
    with transaction.atomic():
        hold(membership.group)
        held = _held(membership)
        if held is None or held.role == role:
            return held or membership
        _require_another(held, by)
        held.role = Role(role)
        held.by = by
        held.save()
        note(held, "forum.group_role", by, role=role)
        notices.role_given(held, by)
    return held


def leave(group: WorkingGroup, person: User) -> None:
    """The person no longer belongs; nothing happens where they did not.

    Raises LastLeaderError for the last one who leads a group that still works: they hand over, or
    end it.
    """
    with transaction.atomic():
        held_group = hold(group)
        membership = _member(held_group, person)
        if membership is None:
            return
        if membership.role == Role.LEADER and not (
            held_group.has_ended or keeps_a_leader(membership)
        ):
            raise LastLeaderError
        _end(membership, State.LEFT, by=person)


def remove_member(membership: GroupMembership, *, by: User, reason: str) -> None:
    """Take somebody out, and tell them why. They come back only if a leader lets them in.

    Raises PermissionDenied, and LastLeaderError if nobody would lead.
    """
    require_leader(by, membership.group)
    if membership.user_id == by.pk:
        # Whoever goes by themselves leaves, which asks for nothing and tells nobody.
        leave(membership.group, by)
        return
    with transaction.atomic():
        hold(membership.group)
        held = _held(membership)
        if held is None:
            return
        _require_another(held, by)
        _end(held, State.REMOVED, by=by, reason=reason)
        notices.taken_out(held, by)


def forget(person: User) -> None:
    """Take somebody whose account is erased out of all groups, also as the last who leads one."""
    for membership in GroupMembership.objects.filter(user=person).select_related("group"):
        with transaction.atomic():
            hold(membership.group)
            membership.delete()


def note(membership: GroupMembership, action: str, by: User | None, **more: object) -> None:
    """Write the group's history."""
    data = {"person": membership.user_id, **more}
    log(membership.group, action, user=by, data=data)


def _end(membership: GroupMembership, state: str, *, by: User, reason: str = "") -> None:
    membership.state, membership.role = State(state), Role.MEMBER
    membership.left_at = timezone.now()
    membership.by, membership.reason = by, reason.strip()
    membership.clean_fields()
    membership.save()
    for thing in _things(membership):
        unfollow(membership.user, thing)
    note(membership, f"forum.group_{state}", by)


def _things(membership: GroupMembership) -> list[str]:
    """What a member follows."""
    category = getattr(membership.group, "category", None)
    things = [thing_of(membership.group_id)]
    return [*things, category_thing(category.pk)] if category else things


def _member(group: WorkingGroup, person: User) -> GroupMembership | None:
    found = GroupMembership.objects.filter(group=group, user=person, state=State.MEMBER)
    return found.select_related("group", "user").first()


def _held(membership: GroupMembership) -> GroupMembership | None:
    """The membership as it is now, None when it has ended meanwhile."""
    return _member(membership.group, membership.user)


def _require_another(membership: GroupMembership, by: User) -> None:
    """Network administrators may leave a group without leaders, for they can name others."""
    if membership.role != Role.LEADER or roles_of(by).network_administrator:
        return
    if not keeps_a_leader(membership):
        raise LastLeaderError
