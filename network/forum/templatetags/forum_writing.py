"""The form for answering, at the end of a thread."""

from __future__ import annotations

from typing import Any, Final
from uuid import uuid4

from django import template
from django.middleware.csrf import get_token
from django.template.context import Context
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from accounts.models import User
from network.forum import permissions
from network.forum.models import Draft, Thread
from network.forum.services.drafts import drafts_for
from network.forum.writing.forms import ReplyForm
from ui.fragments import kept

register = template.Library()

# What is put into the form that is kept; no text of ours has these characters.
CSRF: Final = "\ue000"
TOKEN: Final = "\ue001"  # noqa: S105 - a place, no secret
ADDRESS: Final = "\ue002"
KEY: Final = "\ue003"


@register.simple_tag(takes_context=True)
def reply_form(context: Context, thread: Thread) -> SafeString:
    """``{% reply_form thread %}``: the form with the reader's draft, or how to come to write."""
    request = context["request"]
    user = request.user
    if not isinstance(user, User) or not permissions.can_answer(user, thread):
        is_visitor = not isinstance(user, User)
        is_outside = thread.category.access == "group" and not thread.closed
        shown = {"thread": thread, "is_visitor": is_visitor, "is_outside": is_outside}
        return render_to_string("forum/writing/reply_form.html", shown)
    key, address = f"thread:{thread.pk}", reverse("forum:reply", args=[thread.pk])
    if drafts := drafts_for(user, key):
        return _form(get_token(request), address, key, _initial(drafts[0]), drafts)
    # Without a draft all forms are alike, and writing one takes longer than the rest of the page.
    empty = {"token": TOKEN, "version": 0}
    html = kept("forum.reply", "", lambda: _form(CSRF, ADDRESS, KEY, empty, []))
    for place, value in (
        (CSRF, get_token(request)),
        (ADDRESS, address),
        (KEY, key),
        (TOKEN, str(uuid4())),
    ):
        html = mark_safe(html.replace(place, value))  # noqa: S308 - ours
    return html


def _initial(draft: Draft) -> dict[str, Any]:
    return {
        "text": draft.source,
        "token": draft.token,
        "version": draft.version,
        "replies_to": next(iter(draft.data.get("replies_to", [])), ""),
    }


def _form(
    csrf: str, address: str, key: str, initial: dict[str, Any], drafts: list[Draft]
) -> SafeString:
    shown = {
        "form": ReplyForm(initial=initial),
        "action": address,
        "key": key,
        "draft": drafts[0] if drafts else None,
        "files": list(drafts[0].files.all()) if drafts else [],
        "others": drafts[1:],
        "csrf_token": csrf,
    }
    return render_to_string("forum/writing/reply_form.html", shown)
