"""What is new in the network as an Atom feed, one in each language."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from pages.front_page import SHOWN_FIELDS, Shown, newest_entries, shown

ENTRIES: Final = 30
SAMPLE: Final = gettext_lazy("sample data")


class WhatIsNew(Feed[Shown, None]):
    """The latest facilities, pages and whatever else comes one by one."""

    feed_type = Atom1Feed

    def __call__(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """The feed; may be kept for some minutes by whoever reads it."""
        response = super().__call__(request, *args, **kwargs)
        response["Cache-Control"] = "public, max-age=300"
        return response

    def title(self) -> str:
        """What the feed is called."""
        return _("New in the network")

    def subtitle(self) -> str:
        """What is in it."""
        return _("Test facilities and pages that have come lately.")

    def link(self) -> str:
        """The front page."""
        return "/" if get_language() == "nb" else f"/{get_language()}/"

    def feed_url(self) -> str:
        """Where the feed itself is."""
        return reverse("pages:feed")

    @property
    def language(self) -> str:  # type: ignore[override]  # it depends on the request
        """The language it is read in."""
        return get_language() or "nb"

    def items(self) -> list[Shown]:
        """The latest first."""
        return [shown(entry) for entry in newest_entries().only(*SHOWN_FIELDS)[:ENTRIES]]

    def item_title(self, item: Shown) -> str:
        """The title, with a mark when it is sample content."""
        return f"{item.title} ({SAMPLE})" if item.is_sample else item.title

    def item_description(self, item: Shown) -> str:
        """What it is."""
        return item.summary

    def item_link(self, item: Shown) -> str:
        """Where it is, in the reader's language."""
        return item.url

    def item_categories(self, item: Shown) -> list[str]:
        """The kind of thing."""
        return [item.kind]

    def item_pubdate(self, item: Shown) -> datetime | None:
        """When it came."""
        return item.at

    def item_updateddate(self, item: Shown) -> datetime | None:
        """Atom wants one; it is when it came."""
        return item.at
