"""What the pages of threads and of moderators show of moderation."""

from __future__ import annotations

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString

from network.forum.models import ModerationAct, Thread
from network.forum.moderation.parts import thread_actions
from network.forum.moderation.sentences import sentence

register = template.Library()


@register.simple_tag
def act_sentence(act: ModerationAct) -> str:
    """``{% act_sentence act %}``: who did what, and when."""
    return sentence(act)


@register.simple_tag(takes_context=True)
def moderation_actions(context: Context, thread: Thread) -> SafeString:
    """``{% moderation_actions thread %}``: for moderators, the way to what they can do with it."""
    return thread_actions(context["request"].user, thread)
