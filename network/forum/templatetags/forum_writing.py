"""The form for answering, at the end of a thread."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import template
from django.template.context import Context

from accounts.models import User
from network.forum import permissions
from network.forum.models import Thread
from network.forum.services.drafts import drafts_for
from network.forum.writing.forms import ReplyForm

register = template.Library()


@register.inclusion_tag("forum/writing/reply_form.html", takes_context=True)
def reply_form(context: Context, thread: Thread) -> dict[str, Any]:
    """``{% reply_form thread %}``: the form with the reader's draft, or how to come to write."""
    user = context["request"].user
    shown: dict[str, Any] = {"thread": thread, "request": context["request"]}
    if not isinstance(user, User):
        return {**shown, "is_visitor": True}
    if not permissions.can_answer(user, thread):
        is_outside = thread.category.access == "group" and not thread.closed
        return {**shown, "is_outside": is_outside}
    key = f"thread:{thread.pk}"
    drafts = drafts_for(user, key)
    draft = drafts[0] if drafts else None
    initial: dict[str, Any] = {"token": uuid4(), "version": 0}
    if draft is not None:
        replies_to = next(iter(draft.data.get("replies_to", [])), "")
        initial = {
            "text": draft.source,
            "token": draft.token,
            "version": draft.version,
            "replies_to": replies_to,
        }
    return {
        **shown,
        "form": ReplyForm(initial=initial),
        "key": key,
        "draft": draft,
        "files": [] if draft is None else list(draft.files.all()),
        "others": drafts[1:],
        "category": thread.category,
        "csrf_token": context.get("csrf_token"),
    }
