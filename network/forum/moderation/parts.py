"""What moderation puts into the pages of threads: reporting for readers, deciding for moderators."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import User
from accounts.roles import AnyUser
from network.forum import permissions
from network.forum.models import Thread
from network.forum.reading.parts import Part, Place, ShownPost
from ui.icons import icon_markup


def post_actions(
    request: HttpRequest, thread: Thread, posts: Sequence[ShownPost]
) -> Mapping[int, SafeString]:
    """A link below each post. No query: the category and the reader's roles are known."""
    user = request.user
    if not isinstance(user, User):
        return {}
    moderates = permissions.can_moderate(user, thread.category)
    view, label = (
        ("forum:moderate-post", pgettext("post", "Moderate"))
        if moderates
        else ("forum:flag", pgettext("post", "Report"))
    )
    # Asking the resolver for every post would take longer than writing them.
    start, end = reverse(view, args=[0]).split("/0/")
    text, about = escape(label), escape(_("post %(number)d"))
    return {
        post.pk: mark_safe(  # noqa: S308 - escaped above, and numbers
            f'<li><a href="{start}/{post.pk}/{end}" rel="nofollow">{text}'
            f'<span class="ds-sr-only"> {about % {"number": post.number}}</span></a></li>'
        )
        for post in posts
        if moderates or post.author_id != user.pk
    }


def thread_actions(user: AnyUser, thread: Thread) -> SafeString:
    """The way to what a moderator can do with a thread; nothing for others."""
    if not permissions.can_moderate(user, thread.category):
        return SafeString("")
    return format_html(
        '<a class="ds-button" data-variant="tertiary" data-size="sm" href="{}">{}{}</a>',
        reverse("forum:moderate-thread", args=[thread.pk]),
        icon_markup("shield"),
        _("Moderate the thread"),
    )


PART: Final = Part("moderation", Place.ACTIONS, post_actions, position=900)
