"""What questions, needs and policy matters put on top of their threads."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from network.forum.kinds.parts import kind_part as part_of
from network.forum.models import Need, Thread, ThreadKind

register = template.Library()


@register.simple_tag
def kind_matches(thread: Thread) -> SafeString:
    """Where what fits an open need is shown; nothing for other threads."""
    need = getattr(thread, "need", None) if thread.kind == ThreadKind.NEED else None
    if need is None or need.state != Need.State.OPEN:
        return SafeString("")
    html = render_to_string("forum/kinds/part_matches.html", {"thread": thread})
    return mark_safe(html)  # noqa: S308 - what a template has rendered


@register.simple_tag(takes_context=True)
def kind_part(context: dict[str, Any], thread: Thread) -> SafeString:
    """State and actions of the thread's kind; nothing for discussions."""
    request = context["request"]
    part = part_of(thread, request.user)
    if part is None:
        return SafeString("")
    html = render_to_string(f"forum/kinds/part_{part.kind}.html", {"part": part}, request=request)
    return mark_safe(html)  # noqa: S308 - what a template has rendered
