"""What is deleted when nobody needs it any more."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db.models import Exists, OuterRef, Q

from activity.models import Event, Letter, Notification
from activity.schedule import Job

READ_KEPT: Final = timedelta(days=90)
UNREAD_KEPT: Final = timedelta(days=365)
# As long as anybody may ask whether something was told, and long after the last retry.
EVENTS_KEPT: Final = timedelta(days=400)
LETTERS_KEPT: Final = timedelta(days=400)
OPEN: Final = (Letter.State.WAITING, Letter.State.SENDING)


def prune(now: datetime) -> None:
    """Delete old notifications, and events and letters that nothing refers to."""
    old = Q(read_at__lt=now - READ_KEPT) | Q(created_at__lt=now - UNREAD_KEPT)
    Notification.objects.filter(old).delete()
    # An event keeps what is told once from being told again, so it stays longer.
    told = Notification.objects.filter(event=OuterRef("pk"))
    Event.objects.filter(
        ~Exists(told), created_at__lt=now - EVENTS_KEPT, told_at__isnull=False
    ).delete()
    Letter.objects.filter(created_at__lt=now - LETTERS_KEPT).exclude(state__in=OPEN).delete()


JOB: Final = Job("activity.prune", prune, timedelta(days=1))
