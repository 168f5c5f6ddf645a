"""What moderation offers to the mechanisms that know no room."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import sections
from accounts.personal import register
from accounts.sections import Section
from activity.kinds import register_kind
from activity.queues import Queue, register_queue
from activity.schedule import Job, register_job
from network.forum.models import Screening
from network.forum.moderation.notices import KINDS
from network.forum.moderation.parts import PART
from network.forum.moderation.personal import MAIL, MODERATION, STANDING
from network.forum.moderation.queue import count, is_moderator
from network.forum.moderation.screening import SAME_WORDS_WITHIN
from network.forum.reading import parts

QUEUE: Final = Queue(
    "forum.moderation", _("Posts to look at"), lambda: reverse("forum:moderation"), count
)
SECTION: Final = Section(
    _("Moderating the forum"), "forum:moderation", icon="shield", is_for=is_moderator
)


def forget_screenings(now: datetime) -> None:
    """Delete what is kept to find the same words again, when it is too old for that."""
    Screening.objects.filter(at__lt=now - 2 * SAME_WORDS_WITHIN, post__state="published").delete()


JOB: Final = Job("forum.forget_screenings", forget_screenings, timedelta(days=1))


def register_all() -> None:
    """Called once, from ``AppConfig.ready``."""
    for data in (STANDING, MODERATION, MAIL):
        register(data)
    for kind in KINDS:
        register_kind(kind)
    register_queue(QUEUE)
    sections.register(SECTION)
    register_job(JOB)
    parts.register(PART)
