"""The public directory of organisations."""

from __future__ import annotations

from typing import ClassVar

from django.utils.translation import gettext as _

from network.organisations.documents import TYPE
from search.facets import value_name
from search.finding import Found
from search.listing import Listing
from search.query import Sort
from ui.cards import Card, Fact


class Directory(Listing):
    """The directory in the state that its address tells."""

    types: ClassVar[tuple[str, ...]] = (TYPE,)
    facets: ClassVar[tuple[str, ...]] = ("kind", "park", "chain", "municipality", "theme")
    shown_facets: ClassVar[tuple[str, ...]] = facets
    sorts_offered: ClassVar[tuple[Sort, ...]] = (Sort.RELEVANCE, Sort.TITLE, Sort.DISTANCE)
    default_sort: ClassVar[Sort] = Sort.TITLE

    def card(self, found: Found) -> Card:
        """An organisation with its kind, parks and municipality."""
        meta, language = found.entry.meta, found.language
        facts = []
        if meta.get("place"):
            facts.append(Fact("map", _("Municipality"), meta["place"]))
        parks = [value_name("park", slug, language) for slug in meta.get("parks", ())]
        if likely := meta.get("likely_park"):
            name = value_name("park", likely, language)
            parks.append(_("%(park)s (probably)") % {"park": name})
        if parks:
            facts.append(Fact("park", _("Park"), ", ".join(parks)))
        return Card(
            url=found.url,
            title=found.marked_title,
            kind=value_name("kind", meta.get("kind", ""), language),
            icon="organisation",
            color="info",
            summary=found.snippet,
            tags=[] if meta.get("published", True) else [_("not published")],
            facts=facts,
            is_sample=found.sample,
            distance_km=found.distance_km,
            key=found.entry.slug,
        )
