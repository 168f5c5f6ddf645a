"""Pages in the sitemap, each with its translations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.contrib.sitemaps import Sitemap
from django.utils.translation import get_language
from wagtail.models import Page

from pages.locales import language_of
from pages.models import (
    CallIndexPage,
    CallPage,
    HomePage,
    NewsIndexPage,
    NewsPage,
    PracticeIndexPage,
    PracticePage,
    SectionPage,
    StandardPage,
)

TYPES: Final = (
    HomePage, SectionPage, StandardPage, PracticeIndexPage, PracticePage, NewsIndexPage, NewsPage,
    CallIndexPage, CallPage,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Versions:
    """A page's address in each language that it is open in, and when it last changed."""

    urls: Mapping[str, str]
    changed_at: datetime | None


class PageSitemap(Sitemap[Versions]):
    """Live pages that nothing restricts."""

    i18n = True
    alternates = True
    limit = 2000

    def items(self) -> list[Versions]:
        """All of them, translations together."""
        groups: dict[str, list[Page]] = defaultdict(list)
        pages = Page.objects.type(TYPES).live().public()
        for page in pages.order_by("path").defer_streamfields():
            groups[str(page.translation_key)].append(page)
        return [
            Versions(
                {language_of(page.locale_id): page.url for page in group if page.url},
                max(
                    (page.last_published_at for page in group if page.last_published_at),
                    default=None,
                ),
            )
            for group in groups.values()
        ]

    def get_languages_for_item(self, item: Versions) -> list[str]:
        """The languages it is open in."""
        return list(item.urls)

    def location(self, item: Versions) -> str:
        """Its address in the language asked for."""
        return item.urls[get_language() or "nb"]

    def lastmod(self, item: Versions) -> datetime | None:
        """When a version of it was last published."""
        return item.changed_at
