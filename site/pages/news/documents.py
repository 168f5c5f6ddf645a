"""What of news and calls is searchable."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pages.documents import PageDocument
from pages.models import CallPage, NewsPage


class SearchableNews(PageDocument):
    """News, dated by the day they are given."""

    type = "news"
    label = _("News")
    plural = _("News")
    icon = "feed"
    color = "info"
    page_types = (NewsPage,)

    def more(self, page: Any) -> dict[str, Any]:
        """Facets, and the day."""
        midday = datetime.combine(page.day, time(12), timezone.get_default_timezone())
        published = page.first_published_at
        # What is written the same day is sorted by when it came.
        same_day = published and timezone.localdate(published) == page.day
        return {
            "published_at": published if same_day else midday,
            "facets": {
                "park": [park.slug for park in page.parks.all()],
                "theme": [theme.slug for theme in page.themes.all()],
            },
        }


class SearchableCall(PageDocument):
    """Calls, found by who announces them and who can apply."""

    type = "call"
    label = _("Call")
    plural = _("Calls")
    icon = "calendar"
    color = "copper"
    page_types = (CallPage,)

    def more(self, page: Any) -> dict[str, Any]:
        """Facets, who announces it, and when it closes."""
        return {
            "keywords": [page.funder],
            "facets": {"theme": [theme.slug for theme in page.themes.all()]},
            "meta": {"deadline": page.deadline.isoformat() if page.deadline else ""},
        }

    def texts(self, page: Any) -> Iterable[Any]:
        """Also what stands in the fields."""
        yield from (page.funder, page.eligible, page.amount)
        yield from super().texts(page)
