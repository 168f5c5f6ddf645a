"""All parks at once: the overview with its map, and the themes with their figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from network.parks.figures import FigureShown, shown
from network.parks.models import KeyFigure, Park, ParkCategory, Theme
from ui.cards import Card, Fact
from ui.maps import MapPoint, park_map
from ui.numbers import format_number
from ui.text import localised

# The figures that tell best what the parks are together.
HEADLINES: Final = ("industrial-area-total", "turnover-total", "export-share", "energy-use")


@dataclass(frozen=True, slots=True)
class ParkLink:
    """A park and how it is known that it works with a theme."""

    name: str
    url: str
    basis: str


@dataclass(frozen=True, slots=True)
class ThemeShown:
    """A theme with its figures and the parks that the sources tie to it."""

    slug: str
    name: str
    why: str
    findings: list[str]
    figures: list[FigureShown]
    parks: list[ParkLink]
    search_url: str


class Overview:
    """What the overview of the parks shows."""

    def __init__(self) -> None:
        self._parks = list(Park.objects.prefetch_related("focus_areas"))
        self.tile_url = str(settings.MAP_TILE_URL)
        self.tile_attribution = str(settings.MAP_ATTRIBUTION)

    @property
    def number(self) -> int:
        """How many parks there are."""
        return len(self._parks)

    @property
    def cards(self) -> list[Card]:
        """A card for each park, with what other rooms know of it."""
        facilities = _counts("facilities")
        organisations = _counts("organisations")
        likely = _counts("likely_organisations")
        return [
            Card(
                url=park.get_absolute_url(),
                title=park.name,
                color="copper",
                summary=park.summary,
                tags=[area.name for area in park.focus_areas.all()],
                facts=_facts(park, facilities[park.pk], organisations[park.pk], likely[park.pk]),
                key=park.slug,
            )
            for park in self._parks
        ]

    @property
    def points(self) -> list[dict[str, Any]]:
        """The parks on the map."""
        return [
            {
                "title": park.name,
                "url": park.get_absolute_url(),
                "lat": park.lat,
                "lon": park.lon,
                "kind": "park",
                "key": park.slug,
            }
            for park in self._parks
            if park.lat is not None and park.lon is not None
        ]

    @property
    def drawn_map(self) -> SafeString:
        """The map without tiles and scripts."""
        points = [
            MapPoint(park.lat, park.lon, park.label, park.get_absolute_url())
            for park in self._parks
            if park.lat is not None and park.lon is not None
        ]
        return park_map(points, _("Map of the parks"))

    @property
    def figures(self) -> list[FigureShown]:
        """A few figures about the parks together."""
        found = {figure.slug: figure for figure in _figures().filter(slug__in=HEADLINES)}
        return [shown(found[slug]) for slug in HEADLINES if slug in found]

    @property
    def categories(self) -> list[ParkCategory]:
        """The kinds of park that the report tells apart."""
        return list(ParkCategory.objects.order_by("-size_min_daa", "-size_max_daa"))


def read_themes() -> list[ThemeShown]:
    """All themes with figures and parks, in the reader's language. Four queries."""
    figures: dict[int, list[FigureShown]] = defaultdict(list)
    for figure in _figures().filter(theme__isnull=False):
        figures[figure.theme_id].append(shown(figure))
    search_url = reverse("facilities:list")
    return [
        ThemeShown(
            slug=theme.slug,
            name=theme.name,
            why=localised(theme, "why"),
            findings=theme.findings,
            figures=figures[theme.pk],
            parks=[
                ParkLink(link.park.name, link.park.get_absolute_url(), localised(link, "basis"))
                for link in theme.park_themes.all()
            ],
            search_url=f"{search_url}?theme={theme.slug}",
        )
        for theme in Theme.objects.prefetch_related("park_themes__park")
    ]


def _figures() -> Any:
    return KeyFigure.objects.select_related("source", "cited")


def _counts(relation: str) -> dict[int, int]:
    """How many published ones each park has of what another room links to it."""
    published = Q(**{f"{relation}__published": True})
    rows: Iterable[tuple[int, int]] = (
        Park.objects.order_by().values_list("pk").annotate(number=Count(relation, filter=published))
    )
    return dict(rows)


def _facts(park: Park, facilities: int, organisations: int, likely: int) -> list[Fact]:
    facts = [Fact("map", _("Place"), park.place)] if park.place else []
    text = ngettext("%(number)s test facility", "%(number)s test facilities", facilities)
    facts.append(Fact("facility", _("Test facilities"), text % _number(facilities)))
    facts.append(Fact("organisation", _("Organisations"), _organisations(organisations, likely)))
    return facts


def _organisations(certain: int, likely: int) -> str:
    text = ngettext("%(number)s organisation", "%(number)s organisations", certain)
    text %= _number(certain)
    if likely and certain:
        return _("%(organisations)s, probably %(number)s more") % {
            "organisations": text,
            **_number(likely),
        }
    if likely:
        text = ngettext(
            "probably %(number)s organisation", "probably %(number)s organisations", likely
        )
        return text % _number(likely)
    return text


def _number(value: int) -> dict[str, str]:
    return {"number": format_number(value)}
