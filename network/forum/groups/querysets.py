"""Reading working groups: with what lists show, who leads them, what waits, what is to be met about."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import User
from accounts.roles import AnyUser, roles_of
from network.forum.models import (
    GroupMembership,
    GroupProposal,
    Meeting,
    MeetingFeed,
    WorkingGroup,
)
from network.forum.querysets import MeetingQuerySet
from network.organisations.models import Membership

State = GroupMembership.State
Role = GroupMembership.Role

KEPT_IN_FEED: Final = timedelta(days=365)
MOST_IN_FEED: Final = 1000


def with_figures(groups: QuerySet[Any], user: AnyUser) -> QuerySet[Any]:
    """Groups with ``members`` (how many), ``next_meeting`` and ``standing``.

    The next meeting is one that the person may see; the standing is the state of their membership.
    """
    members = (
        GroupMembership.objects.filter(group=OuterRef("pk"), state=State.MEMBER)
        .order_by()
        .values("group")
        .annotate(count=Count("pk"))
        .values("count")
    )
    coming = (
        Meeting.objects.visible_to(user)
        .filter(group=OuterRef("pk"), cancelled_at=None, ends_at__gte=timezone.now())
        .order_by("starts_at")
        .values("starts_at")
    )
    mine = GroupMembership.objects.filter(group=OuterRef("pk"), user=user.pk).values("state")
    annotated: QuerySet[Any] = groups.annotate(
        members=Coalesce(Subquery(members), 0),
        next_meeting=Subquery(coming[:1]),
        standing=Subquery(mine[:1]),
    )
    return annotated


def members_of(group: WorkingGroup) -> QuerySet[GroupMembership]:
    """The members: leaders first, then the council, then by name."""
    found: QuerySet[GroupMembership] = (
        GroupMembership.objects.filter(group=group, state=State.MEMBER, user__is_active=True)
        .annotate(is_leader=Q(role=Role.LEADER), in_council=Q(role=Role.COUNCIL))
        .select_related("user")
        .order_by("-is_leader", "-in_council", "user__first_name", "user__last_name", "pk")
    )
    return found


def leaders_of(group: WorkingGroup) -> list[User]:
    """Who leads the group."""
    return list(
        User.objects.filter(
            group_memberships__group=group,
            group_memberships__state=State.MEMBER,
            group_memberships__role=Role.LEADER,
            is_active=True,
        )
    )


def applications_to(user: AnyUser) -> QuerySet[GroupMembership]:
    """Applications that the person is to answer: those to the groups they lead."""
    found: QuerySet[GroupMembership] = (
        GroupMembership.objects.filter(
            group__in=roles_of(user).leads, state=State.APPLIED, user__is_active=True
        )
        .select_related("group", "user")
        .order_by("changed_at", "pk")
    )
    return found


def proposals_visible_to(user: AnyUser) -> QuerySet[GroupProposal]:
    """Proposals that the person made or decides."""
    roles = roles_of(user)
    if roles.network_administrator or roles.parks:
        return GroupProposal.objects.all()
    return GroupProposal.objects.filter(proposer=user.pk)


def proposals_waiting() -> QuerySet[GroupProposal]:
    """Those that staff have not answered, the one that has waited longest first."""
    found: QuerySet[GroupProposal] = (
        GroupProposal.objects.filter(state="proposed", proposer__is_active=True)
        .select_related("proposer")
        .order_by("proposed_at", "pk")
    )
    return found


def own_meetings(user: AnyUser) -> MeetingQuerySet:
    """Meetings of the groups that the person is in."""
    found: MeetingQuerySet = Meeting.objects.filter(group__in=roles_of(user).groups)
    return found.select_related("group")


def fed_meetings(feed: MeetingFeed) -> list[Meeting]:
    """What a private address holds.

    What the person may see is asked each time, so the address of somebody who has left a closed
    group is empty.
    """
    found = own_meetings(feed.user)
    if feed.group is not None:
        visible = Meeting.objects.visible_to(feed.user)
        found = visible.filter(group=feed.group).select_related("group")
    since = timezone.now() - KEPT_IN_FEED
    recent = found.filter(Q(ends_at__gte=since) | Q(changed_at__gte=since))
    return list(recent.order_by("-starts_at", "-pk")[:MOST_IN_FEED])


def bylines_of(user_pks: list[int]) -> dict[int, str]:
    """Where people work, as it stands beside their names: their first published organisation."""
    found = (
        Membership.objects.filter(user__in=user_pks, organisation__published=True)
        .order_by("-pk")
        .values_list("user_id", "organisation__name")
    )
    return dict(found)
