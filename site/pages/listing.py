"""Lists of pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db.models import Exists, OuterRef
from wagtail.models import Page, PageViewRestriction

from pages.addresses import address_of, roots
from pages.locales import language_of

MOST_LISTED: Final = 100


@dataclass(frozen=True, slots=True)
class Listed:
    """A page in a list."""

    title: str
    url: str
    summary: str


def pages_below(page: Page) -> tuple[Listed, ...]:
    """The live pages right below ``page`` that nothing restricts of itself, in the tree's order.

    What restricts ``page`` has been met by whoever reads it.
    """
    known, language = roots(), language_of(page.locale_id)
    restricted = PageViewRestriction.objects.filter(page_id=OuterRef("pk"))
    rows = (
        Page.objects.child_of(page)
        .filter(~Exists(restricted), live=True)
        .order_by("path")
        .values_list("title", "url_path", "search_description")[:MOST_LISTED]
    )
    return tuple(
        Listed(title, address_of(url_path, language, known), summary)
        for title, url_path, summary in rows
    )
