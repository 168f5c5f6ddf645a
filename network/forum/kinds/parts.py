"""What a thread's kind shows on top of it, and what it lets one do with a post."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import AnyUser
from network.forum.kinds.articles import Became, became
from network.forum.kinds.permissions import can_accept, can_make_article, can_settle, is_own
from network.forum.kinds.policy_page import MatterPage
from network.forum.kinds.telling import because
from network.forum.models import Need, RoutedQuestion, Thread, ThreadKind
from network.forum.models.thread import Visibility
from network.forum.reading.parts import Part, Place, ShownPost
from ui.icons import icon_markup


@dataclass(frozen=True, slots=True)
class KindPart:
    """What the reader of a thread is told of its kind, and can do. ``kind`` chooses the template."""

    kind: str
    thread: Thread
    may_settle: bool = False
    is_own: bool = False
    because: str = ""
    became: Became | None = None
    may_make_article: bool = False
    need: Need | None = None
    matter: MatterPage | None = None


def kind_part(thread: Thread, user: AnyUser) -> KindPart | None:
    """What stands on top of the thread, None for discussions.

    One query at most. The thread comes with its category.
    """
    if thread.kind == ThreadKind.QUESTION:
        return _of_question(thread, user)
    if thread.kind == ThreadKind.NEED:
        need = getattr(thread, "need", None)
        may = can_settle(user, thread)
        return KindPart("need", thread, may_settle=may, need=need) if need else None
    if thread.kind == ThreadKind.POLICY:
        policy = getattr(thread, "policy", None)
        return KindPart("policy", thread, matter=MatterPage(policy, user)) if policy else None
    return None


def _of_question(thread: Thread, user: AnyUser) -> KindPart:
    told = ""
    # Once somebody has answered, it is a question like any other.
    if thread.post_count == 1 and not thread.is_solved and isinstance(user, User):
        routed = RoutedQuestion.objects.filter(thread=thread, user=user).first()
        told = because(routed) if routed else ""
    found = became(thread) if thread.is_solved else None
    return KindPart(
        "question",
        thread,
        may_settle=can_accept(user, thread),
        is_own=is_own(user, thread),
        because=told,
        became=found,
        may_make_article=found is None and can_make_article(user, thread),
    )


def _accepting(
    request: HttpRequest, thread: Thread, posts: Sequence[ShownPost]
) -> Mapping[int, SafeString]:
    """A button at each answer that can be accepted. No query."""
    if not can_accept(request.user, thread):
        return {}
    token = get_token(request)
    icon = SafeString(icon_markup("confirmed"))
    label = _("This solved it")
    return {
        post.pk: format_html(
            '<li><form method="post" action="{}"><input type="hidden" name="csrfmiddlewaretoken"'
            ' value="{}"><button class="ds-button" data-variant="tertiary" data-size="sm"'
            ' type="submit">{}{}</button></form></li>',
            reverse("forum:accept", args=[post.pk]),
            token,
            icon,
            label,
        )
        for post in posts
        if post.number > 1 and post.state == Visibility.PUBLISHED and post.pk != thread.accepted_id
    }


ACCEPTING: Final = Part("kinds.accept", Place.ACTIONS, _accepting, position=10)
