"""What questions, needs and policy matters offer to the mechanisms that know no room."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import personal
from accounts.models import User
from activity.kinds import register_kind
from activity.queues import Queue, QueueCount, register_queue
from activity.schedule import register_job
from network.forum.kinds import due, routing
from network.forum.kinds.articles import PANEL, drafts_for
from network.forum.kinds.documents import SearchableMatter
from network.forum.kinds.parts import ACCEPTING
from network.forum.kinds.personal import DONE, ROUTED
from network.forum.kinds.questions import overdue_since, waiting_for_staff
from network.forum.kinds.telling import KINDS
from network.forum.reading import parts
from search import documents
from ui import beside


def _unanswered(user: User) -> QueueCount:
    waiting = waiting_for_staff(user)
    count = waiting.count()
    if not count:
        return QueueCount()
    return QueueCount(count, waiting.filter(created_at__lt=overdue_since()).count())


def _drafts(user: User) -> QueueCount:
    return QueueCount(drafts_for(user).count())


QUEUES = (
    Queue(
        "forum.unanswered",
        _("Questions without an answer"),
        lambda: reverse("forum:unanswered"),
        _unanswered,
    ),
    Queue(
        "forum.article_drafts",
        _("Articles from discussions to finish"),
        lambda: reverse("forum:article-drafts"),
        _drafts,
    ),
)


def register_all() -> None:
    """Called once, from ``AppConfig.ready``."""
    documents.register(SearchableMatter())
    parts.register(ACCEPTING)
    beside.register(PANEL)
    for kind in KINDS:
        register_kind(kind)
    for queue in QUEUES:
        register_queue(queue)
    for job in (routing.JOB, due.JOB):
        register_job(job)
    for data in (ROUTED, DONE):
        personal.register(data)
