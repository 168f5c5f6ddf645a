"""What happens to needs as days pass: their authors are reminded, and asked whether they still hold.

Everything may run twice: what is told has a key, which a new deadline changes.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone

from activity.schedule import Job
from activity.services import notify
from network.forum.following import thread_thing
from network.forum.kinds.querysets import NeedQuerySet
from network.forum.models import Need

NEED_DUE: Final = "forum.need_due"
STILL_OPEN: Final = "forum.need_still_open"
REMINDED_BEFORE: Final = timedelta(days=5)
# Only what has passed lately: whoever starts the job again after a year floods nobody.
LATELY: Final = timedelta(days=14)
WITHOUT_DEADLINE: Final = timedelta(days=90)
AT_ONCE: Final = 500


def remind(now: datetime) -> None:
    """Tell authors of deadlines that come, and ask of those that have passed."""
    today = timezone.localdate(now)
    yesterday = today - timedelta(days=1)
    for need in _with_authors(Need.objects.due_between(today, today + REMINDED_BEFORE)):
        _tell(NEED_DUE, need, f"{need.deadline}")
    for need in _with_authors(Need.objects.due_between(today - LATELY, yesterday)):
        _tell(STILL_OPEN, need, f"{need.deadline}")
    asked = now - WITHOUT_DEADLINE
    old = Need.objects.listed().filter(
        deadline=None, thread__created_at__lte=asked, thread__created_at__gt=asked - LATELY
    )
    for need in _with_authors(old):
        _tell(STILL_OPEN, need, "")


def _with_authors(needs: NeedQuerySet) -> list[Need]:
    found = needs.filter(thread__author__isnull=False).select_related("thread__author")
    return list(found.order_by("deadline", "pk")[:AT_ONCE])


def _tell(kind: str, need: Need, deadline: str) -> None:
    author = need.thread.author
    assert author is not None
    key = f"{kind}:{need.pk}:{deadline}"
    notify(kind, thread_thing(need.pk), to=[author], key=key)


JOB: Final = Job("forum.remind_of_needs", remind, timedelta(hours=6))
