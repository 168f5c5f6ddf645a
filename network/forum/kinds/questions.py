"""Which questions nobody has answered."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone

from accounts.roles import AnyUser, roles_of
from network.forum.models import Post, Thread, ThreadKind
from network.forum.querysets import moderated_by


def unanswered(before: datetime, after: datetime | None = None) -> QuerySet[Thread]:
    """Questions asked before then (and after then) that nobody but the asker has written to."""
    by_others = Post.objects.filter(thread=OuterRef("pk"), state="published").exclude(
        author=F("thread__author")
    )
    found: QuerySet[Thread] = Thread.objects.filter(
        ~Exists(by_others),
        kind=ThreadKind.QUESTION,
        solved_at=None,
        state="published",
        closed=False,
        merged_into=None,
        created_at__lt=before,
    )
    return found if after is None else found.filter(created_at__gte=after)


def waiting_for_staff(user: AnyUser) -> QuerySet[Thread]:
    """Unanswered questions where the person keeps order, once they have waited long enough."""
    roles = roles_of(user)
    if not (roles.parks or roles.leads or roles.network_administrator):
        return Thread.objects.none()
    before = timezone.now() - timedelta(days=settings.FORUM_UNANSWERED_DAYS)
    visible = Thread.objects.visible_to(user).values("pk")
    return unanswered(before).filter(moderated_by(roles, "category__"), pk__in=visible)


def overdue_since() -> datetime:
    """Asked before then, a question without an answer is overdue."""
    return timezone.now() - timedelta(days=settings.FORUM_OVERDUE_DAYS)
