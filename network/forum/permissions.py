"""Who may do what in the forum.

Whoever reads a category reads everything published in it (``querysets``). Members of the site write
where they read; in a working group its members alone. Moderators are the network's administrators
everywhere, the parks' staff where all parks meet and in their own park's category, and leaders in
their group.
"""

from __future__ import annotations

from django.utils import timezone

from accounts.roles import AnyUser, roles_of
from network.forum.models import (
    Access,
    Category,
    Post,
    Standing,
    Thread,
    ThreadKind,
    WorkingGroup,
)


def can_read(user: AnyUser, category: Category) -> bool:
    """Whether the person may read what is published in a category."""
    roles = roles_of(user)
    return roles.network_administrator or category.audience in roles.audience


def can_write(user: AnyUser, category: Category) -> bool:
    """Whether the person may start threads and answer in a category.

    Who is silenced may not; ask :func:`is_silenced` to tell them why.
    """
    roles = roles_of(user)
    if not roles.member or category.closed or not can_read(user, category):
        return False
    if category.access == Access.GROUP:
        return category.group_id in roles.groups or roles.network_administrator
    return True


def can_answer(user: AnyUser, thread: Thread) -> bool:
    """Whether the person may write in a thread; moderators also in a closed one."""
    if thread.closed and not can_moderate(user, thread.category):
        return False
    return thread.merged_into_id is None and can_write(user, thread.category)


def can_start(user: AnyUser, category: Category, kind: str) -> bool:
    """Whether the person may start a thread of this kind.

    Policy matters are raised by the parks' staff and the network's administrators.
    """
    roles = roles_of(user)
    if kind == ThreadKind.POLICY and not (roles.parks or roles.network_administrator):
        return False
    return can_write(user, category)


def can_moderate(user: AnyUser, category: Category) -> bool:
    """Whether the person keeps order in a category."""
    roles = roles_of(user)
    if roles.network_administrator:
        return True
    if category.access == Access.GROUP:
        return category.group_id in roles.leads
    if category.access == Access.PARK:
        return category.park_id in roles.parks
    return bool(roles.parks)


def can_edit(user: AnyUser, post: Post) -> bool:
    """Authors while their post is shown, and moderators."""
    if can_moderate(user, post.thread.category):
        return True
    is_theirs = post.author_id is not None and post.author_id == user.pk
    return (
        is_theirs
        and post.state in {"published", "pending"}
        and can_write(user, post.thread.category)
    )


def can_lead(user: AnyUser, group: WorkingGroup) -> bool:
    """Leaders of a group, and network administrators."""
    roles = roles_of(user)
    return roles.network_administrator or group.pk in roles.leads


def is_silenced(user: AnyUser) -> bool:
    """Whether a moderator has asked the person to write nothing for a while."""
    if not roles_of(user).member:
        return False
    return Standing.objects.filter(pk=user.pk, silenced_until__gt=timezone.now()).exists()
