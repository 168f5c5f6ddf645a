"""The log of what moderators did, and who may do what to whom."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied

from accounts.models import User
from accounts.roles import AnyUser, roles_of
from network.forum import permissions
from network.forum.models import Category, ModerationAct, Post, Thread
from network.forum.moderation import notices

Kind = ModerationAct.Kind


def record(
    kind: ModerationAct.Kind,
    *,
    by: User,
    thread: Thread | None = None,
    post: Post | None = None,
    author: User | None = None,
    reason: str = "",
    data: dict[str, Any] | None = None,
    told: bool = True,
) -> ModerationAct:
    """Write an act into the log and tell the author of it, unless it was their own."""
    act = ModerationAct.objects.create(
        kind=kind,
        by=by,
        thread=thread,
        post=post,
        author=author,
        reason=reason.strip(),
        data=data or {},
    )
    if told:
        notices.tell_author(act)
    return act


def require(moderator: AnyUser, *categories: Category) -> None:
    """Raise PermissionDenied for who does not keep order in all of the categories."""
    if not all(permissions.can_moderate(moderator, category) for category in categories):
        raise PermissionDenied


def can_judge(moderator: AnyUser, post: Post) -> bool:
    """Whether somebody decides on reports of a post: moderators, but not of what they wrote."""
    is_own = post.author_id is not None and post.author_id == moderator.pk
    return not is_own and permissions.can_moderate(moderator, post.thread.category)


def moderates_people(user: AnyUser) -> bool:
    """Whether somebody may silence or trust people: who keeps order where all parks meet."""
    roles = roles_of(user)
    return roles.network_administrator or bool(roles.parks)


def can_change_standing(moderator: AnyUser, person: User) -> bool:
    """Whether somebody may silence or trust this person.

    Nobody themselves, and those who are moderators are the network's administrators' to judge.
    """
    if person.pk == moderator.pk or not moderates_people(moderator):
        return False
    theirs = roles_of(person)
    is_moderator = theirs.network_administrator or bool(theirs.parks)
    return not is_moderator or roles_of(moderator).network_administrator
