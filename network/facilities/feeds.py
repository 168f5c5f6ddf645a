"""New facilities as an Atom feed, one in each language."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from network.facilities.models import Facility

ENTRIES: Final = 30


class NewestFacilities(Feed[Facility, None]):
    """The latest facilities that anybody may see."""

    feed_type = Atom1Feed

    def title(self) -> str:
        """What the feed is called."""
        return _("New test facilities")

    def subtitle(self) -> str:
        """What is in it."""
        return _("Test facilities that are new in the parks' catalogue.")

    def link(self) -> str:
        """The list the feed is of."""
        return reverse("facilities:list")

    def feed_url(self) -> str:
        """Where the feed itself is."""
        return reverse("facilities:feed")

    @property
    def language(self) -> str:  # type: ignore[override]  # Django reads it as an attribute
        """The language it is read in."""
        return get_language() or "nb"

    def items(self) -> QuerySet[Facility]:
        """The latest ones first."""
        return (
            Facility.objects.public()
            .select_related("park")
            .order_by("-created_at", "-pk")[:ENTRIES]
        )

    def item_title(self, item: Facility) -> str:
        """The name in the reader's language."""
        return item.name

    def item_description(self, item: Facility) -> str:
        """What it does, and where."""
        return f"{item.summary} ({item.park.name})"

    def item_pubdate(self, item: Facility) -> datetime:
        """When it came into the catalogue."""
        return item.created_at

    def item_updateddate(self, item: Facility) -> datetime:
        """When it was last changed."""
        return item.updated_at
