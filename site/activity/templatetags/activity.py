"""The bell of the header, and the button with which one follows something."""

from __future__ import annotations

from typing import Any, Final

from django import template
from django.template.context import Context

from accounts.models import User
from activity.models import Follow, Notification

register = template.Library()

MOST_COUNTED: Final = 99


@register.inclusion_tag("activity/bell.html", takes_context=True)
def bell(context: Context) -> dict[str, Any]:
    """``{% bell %}``: how many notifications are unread. One query, for those who are logged in."""
    user = context["request"].user
    if not isinstance(user, User):
        return {}
    unread = list(
        Notification.objects.unread_by(user).values_list("pk", flat=True)[: MOST_COUNTED + 1]
    )
    return {"unread": min(len(unread), MOST_COUNTED), "more": len(unread) > MOST_COUNTED}


@register.inclusion_tag("activity/follow_button.html", takes_context=True)
def follow_button(context: Context, thing: str, state: str | None = None) -> dict[str, Any]:
    """``{% follow_button "facility:12" %}``: a form for those who are logged in, else a link to it.

    One query for those who are logged in, none when the page knows the state of what they follow
    ("" for nothing). It must stand outside what is kept between requests.
    """
    request = context["request"]
    shown: dict[str, Any] = {
        "thing": thing,
        "here": request.get_full_path(),
        "csrf_token": context.get("csrf_token"),
        "is_person": isinstance(request.user, User),
    }
    if state is not None:
        shown["state"] = state
    elif shown["is_person"]:
        states = Follow.objects.filter(user=request.user, thing=thing)
        shown["state"] = states.values_list("state", flat=True).first() or ""
    return shown
