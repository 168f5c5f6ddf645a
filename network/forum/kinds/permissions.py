"""Who may take a question, a need or a policy matter further. All of them must read the thread."""

from __future__ import annotations

from typing import Final

from accounts.roles import AnyUser, roles_of
from network.forum.models import PolicyMatter, Thread, ThreadKind
from network.forum.permissions import can_moderate, can_read
from network.parks.models import Park

PUBLIC: Final = "public"
MEMBERS: Final = "member"


def is_own(user: AnyUser, thread: Thread) -> bool:
    """Whether the person has started the thread."""
    return thread.author_id is not None and thread.author_id == user.pk


def can_settle(user: AnyUser, thread: Thread) -> bool:
    """Who says what solved a question and what became of a need: who asked, and moderators."""
    if not roles_of(user).member or not can_read(user, thread.category):
        return False
    return is_own(user, thread) or can_moderate(user, thread.category)


def can_accept(user: AnyUser, thread: Thread) -> bool:
    """Whether the person may choose the answer that solved it."""
    return thread.kind == ThreadKind.QUESTION and can_settle(user, thread)


def can_steer(user: AnyUser, matter: PolicyMatter) -> bool:
    """Who takes a policy matter further: the parks' staff and network administrators."""
    roles = roles_of(user)
    if not (roles.parks or roles.network_administrator):
        return False
    return can_read(user, matter.thread.category)


def can_speak_for(user: AnyUser, park: Park) -> bool:
    """Whether the person says where a park stands: its staff alone."""
    return park.pk in roles_of(user).parks


def can_make_article(user: AnyUser, thread: Thread) -> bool:
    """Who makes an article of a solved question: who asked, the parks' staff and moderators.

    What few people read is opened by moderators alone, since all parks' staff see drafts.
    """
    if thread.kind != ThreadKind.QUESTION or not thread.is_solved:
        return False
    if not roles_of(user).member or not can_read(user, thread.category):
        return False
    if can_moderate(user, thread.category):
        return True
    is_for_few = thread.category.audience not in {PUBLIC, MEMBERS}
    return not is_for_few and (is_own(user, thread) or bool(roles_of(user).parks))
