"""Asking the people of an article, when its time has come, whether it is still right."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from wagtail.models import PageViewRestriction

from activity.schedule import Job
from pages.practice import notices
from pages.practice.models import Article
from search.projection import recording

logger = logging.getLogger(__name__)

# Articles in one run; the next run goes on.
AT_ONCE: Final = 200
# Who has not answered is asked once more after this many days, and again after as many.
AGAIN_DAYS: Final = 60
INTERVALS: Final = (6, 12, 24)
DAYS_A_MONTH: Final = 30.4375


def ask(now: datetime) -> None:
    """Ask about the articles that are due, at most ``AT_ONCE``; nothing when done again."""
    today = timezone.localdate(now)
    waiting = Q(asked_on__isnull=False)
    old = Q()
    for months in INTERVALS:
        day = today - timedelta(days=round(months * DAYS_A_MONTH))
        old |= Q(page__review_months=months, confirmed_on__lte=day)
    never = Q(asked_on__isnull=True)
    again = waiting & Q(asked_on__lte=today - timedelta(days=AGAIN_DAYS))
    restricted = PageViewRestriction.objects.filter(page_id=OuterRef("page_id"))
    due = Article.objects.filter(Q(page__live=True), (never & old) | again)
    due = due.exclude(Exists(restricted)).order_by("confirmed_on", "pk")
    for article in due.select_related("page")[:AT_ONCE]:
        try:
            _ask(article, today)
        except Exception:
            # One that cannot be asked about must not keep the others from it.
            logger.exception("nobody could be asked about the article %s", article.pk)


def _ask(article: Article, today: object) -> None:
    """The update is conditional: of two workers one asks, and what was just confirmed stays so."""
    with recording():
        unchanged = Article.objects.filter(
            pk=article.pk, asked_on=article.asked_on, confirmed_on=article.confirmed_on
        )
        if unchanged.update(asked_on=today):
            article.asked_on = today  # type: ignore[assignment]  # a date
            notices.ask_for_review(article)


JOBS: Final = (Job("pages.practice.review", ask, timedelta(hours=6)),)
