"""The catalogue: a list of facilities, with a map beside it and a way on when it is empty."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from typing import ClassVar, Final

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from network.facilities.documents import TYPE
from network.facilities.listing import facility_card
from search.facets import value_name
from search.finding import Found, find
from search.listing import Listing, StateLink
from search.params import DEFAULT_SIZE, Read
from search.query import MAX_PAGE_SIZE, Sort
from ui.cards import Card
from ui.facets import Choice
from ui.maps import MapPoint, park_map

FACETS: Final = ("park", "method", "material", "scale", "access", "standard", "theme", "host")
RADII_KM: Final = (10, 25, 50, 100, 200, 500)
NEAREST: Final = 3
MAP: Final = "kart"
VIEW: Final = "vis"


class Catalogue(Listing):
    """One state of the catalogue."""

    types: ClassVar[tuple[str, ...]] = (TYPE,)
    facets: ClassVar[tuple[str, ...]] = FACETS
    shown_facets: ClassVar[tuple[str, ...]] = FACETS[:-1]
    default_sort: ClassVar[Sort] = Sort.CONFIRMED

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self._user = request.user

    @classmethod
    def read_parameters(cls, request: HttpRequest, *, size: int = DEFAULT_SIZE) -> Read:
        """The search request that an address stands for; a map shows more at once."""
        wanted = MAX_PAGE_SIZE if request.GET.get(VIEW) == MAP else size
        read = super().read_parameters(request, size=wanted)
        if read.request.near and not read.request.text and not request.GET.get("sort"):
            return replace(read, request=replace(read.request, sort=Sort.DISTANCE))
        return read

    def card(self, found: Found) -> Card:
        """What is shown of one facility."""
        return facility_card(found)

    @property
    def shows_map(self) -> bool:
        """Whether the map stands beside the list."""
        return self.parameters.get(VIEW) == MAP

    @property
    def views(self) -> list[StateLink]:
        """List or map."""
        return [
            StateLink(_("List"), self.url(**{VIEW: None}), current=not self.shows_map),
            StateLink(_("Map"), self.url(**{VIEW: MAP}), current=self.shows_map),
        ]

    @property
    def radii(self) -> list[Choice]:
        """Distances to choose from, in kilometres."""
        chosen = self.request.radius_km
        values = sorted({*map(float, RADII_KM), *([chosen] if chosen else [])})
        return [Choice(f"{km:g}", f"{km:g}", selected=km == chosen) for km in values]

    @property
    def near_text(self) -> str:
        """Where the reader asked from, as it was typed; a park by its name."""
        return value_name("park", self.read.near, self.request.language)

    @property
    def export_query(self) -> str:
        """The query string with which the export holds the same facilities."""
        return self.url(**{VIEW: None, "alle": None})

    @property
    def tile_url(self) -> str:
        """Where the map's tiles come from; empty for a map without."""
        return str(settings.MAP_TILE_URL)

    @property
    def tile_attribution(self) -> str:
        """Whose tiles they are."""
        return str(settings.MAP_ATTRIBUTION)

    @property
    def overview(self) -> SafeString:
        """The map that is shown where scripts do not run: one mark for each park of the page."""
        return park_map(self._parks_of_page(), _("Map of the facilities"))

    def _parks_of_page(self) -> Iterator[MapPoint]:
        entries = [found.entry for found in self.findings.items if found.entry.lat is not None]
        counts = Counter(entry.meta.get("park", "") for entry in entries)
        first = {entry.meta.get("park", ""): entry for entry in reversed(entries)}
        for park, entry in first.items():
            name = value_name("park", park, self.request.language)
            url = f"{reverse('facilities:list')}{self.url(park=park)}"
            if entry.lat is not None and entry.lon is not None:
                yield MapPoint(entry.lat, entry.lon, f"{name} ({counts[park]})", url)

    @cached_property
    def nearest(self) -> list[Card]:
        """When nothing matches everything: what matches the words, or what lies closest."""
        if self.request.filters and self.request.text:
            wider = replace(self.request, filters={}, radius_km=None)
        elif self.request.near:
            wider = replace(self.request, text="", filters={}, radius_km=None, sort=Sort.DISTANCE)
        else:
            return []
        wider = replace(wider, page=1, size=NEAREST, facets=())
        return [facility_card(found) for found in find(wider, self._user).items]
