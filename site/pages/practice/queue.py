"""What waits: articles for the editors' approval, and for their people's confirmation."""

from __future__ import annotations

from typing import Final

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import TaskState

from accounts.models import User
from accounts.roles import roles_of
from accounts.sections import Section
from activity.queues import Queue, QueueCount
from pages.practice.models import Article, PracticePage
from pages.practice.workflow import NAME


def articles_of(user: User) -> QuerySet[PracticePage]:
    """The pages that somebody made or is named on, those last changed first."""
    mine = Q(owner=user) | Q(people__user=user)
    found: QuerySet[PracticePage] = PracticePage.objects.filter(mine).distinct()
    return found.order_by("-latest_revision_created_at", "-pk")


def to_confirm(user: User) -> QuerySet[Article]:
    """Articles whose people were asked whether they are still right, and this is one of them."""
    mine = Q(page__owner=user) | Q(page__people__user=user)
    waiting = Article.objects.filter(mine, asked_on__isnull=False, page__live=True)
    return waiting.distinct().order_by("asked_on", "pk")


def _to_approve(user: User) -> QueueCount:
    if not roles_of(user).network_administrator:
        return QueueCount()
    waiting = TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS, workflow_state__workflow__name=NAME
    )
    return QueueCount(waiting.count())


def _to_confirm(user: User) -> QueueCount:
    return QueueCount(to_confirm(user).count())


QUEUES: Final = (
    Queue(
        "practice.to_approve",
        _("Articles to approve"),
        lambda: reverse("wagtailadmin_reports:workflow_tasks") + "?status=in_progress",
        _to_approve,
    ),
    Queue(
        "practice.to_confirm",
        _("Articles to confirm"),
        lambda: reverse("practice:mine"),
        _to_confirm,
    ),
)
SECTION: Final = Section(_("My articles"), "practice:mine", icon="articles")
