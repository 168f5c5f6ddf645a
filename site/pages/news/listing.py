"""News and calls in the order in which they are read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.apps import apps
from django.core.paginator import Page as PageOfList
from django.core.paginator import Paginator
from django.db.models import BooleanField, Case, Exists, F, OuterRef, QuerySet, When
from django.utils import timezone
from wagtail.models import PageViewRestriction

PER_PAGE: Final = 20


@dataclass(frozen=True, slots=True)
class Calls:
    """A page of calls, and how many are open now."""

    page: PageOfList[Any]
    open: int


def _below(index: Any, model: str) -> QuerySet[Any]:
    """Live pages right below that nothing restricts of itself."""
    restricted = PageViewRestriction.objects.filter(page_id=OuterRef("pk"))
    pages: Any = apps.get_model("pages", model)._default_manager
    found: QuerySet[Any] = pages.child_of(index).live().filter(~Exists(restricted))
    return found.defer("body")


def news_below(index: Any, number: str | None) -> PageOfList[Any]:
    """A page of the news, the newest first."""
    news = _below(index, "NewsPage").order_by("-day", "-pk").prefetch_related("parks")
    return Paginator(news, PER_PAGE).get_page(number)


def calls_below(index: Any, number: str | None) -> Calls:
    """A page of the calls: open ones by their deadline, those without one after them, closed last."""
    today = timezone.localdate()
    calls = _below(index, "CallPage").annotate(
        is_closed=Case(
            When(deadline__lt=today, then=True), default=False, output_field=BooleanField()
        )
    )
    ordered = calls.order_by("is_closed", F("deadline").asc(nulls_last=True), "pk")
    still_open = calls.filter(is_closed=False).count()
    return Calls(Paginator(ordered, PER_PAGE).get_page(number), still_open)
