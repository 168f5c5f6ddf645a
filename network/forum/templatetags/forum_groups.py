"""Template tags of working groups."""

from __future__ import annotations

from django import template

from network.forum.groups.names import period_in_words
from network.forum.models import Meeting

register = template.Library()


@register.filter
def meeting_period(meeting: Meeting) -> str:
    """``{{ meeting|meeting_period }}``: from when to when, in words and local time."""
    return period_in_words(meeting.starts_at, meeting.ends_at)
