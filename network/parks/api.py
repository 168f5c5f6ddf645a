"""Parks in the API."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import override
from ninja import Query, Router, Schema
from pydantic import Field

from network.parks.documents import TYPE
from network.parks.models import MaterialFlow, Park, ParkFocus, ParkTheme, Source
from network.parks.querysets import ParkQuerySet
from network.records import Named, Record, all_named, named, texts
from search.api import ANYBODY, HitOut, Language, ListParameters, SearchOut, answer
from ui.text import localised

TEXTS = ("name", "summary", "description", "category_note", "note")

router = Router(tags=["parks"])


class ParkCounts(Schema):
    """How much of what is public belongs to a park."""

    facilities: int
    organisations: int


class ParkHitOut(HitOut):
    """A park in a list."""

    place: str = Field(description="Municipality and county.")
    focus_areas: list[Named]
    counts: ParkCounts


class ParksOut(SearchOut):
    """A page of parks."""

    hits: list[ParkHitOut]  # type: ignore[assignment]  # a list that is only read


class FocusOut(Named):
    """A focus area of a park, and how far the park has come."""

    status: ParkFocus.Status


class ThemeOut(Named):
    """A theme of a park, and how it is known."""

    basis: str


class FlowOut(Schema):
    """A material that goes in, comes out or becomes waste; null when no quantity is stated."""

    slug: str
    name: str
    direction: MaterialFlow.Direction
    quantity: float | None
    unit: str
    note: str


class SourceOut(Schema):
    """Where what is said of a park comes from."""

    title: str
    year: int | None
    url: str


class ParkOut(Record):
    """An industrial park with its material flows."""

    short_name: str
    other_names: list[str]
    description: str = Field(description="Markdown.")
    place: str = Field(description="Municipality and county.")
    municipality: str
    county: str
    lat: float | None = Field(description="Degrees, WGS 84.")
    lon: float | None
    precision_km: int | None = Field(description="How far off the position may be.")
    web: str
    categories: list[Named]
    ownership: Named | None
    themes: list[ThemeOut]
    focus_areas: list[FocusOut]
    flows: list[FlowOut]
    sources: list[SourceOut]
    counts: ParkCounts
    updated_at: datetime


@router.get("/parks", response=ParksOut, summary="Find parks")
def parks(request: HttpRequest, parameters: Query[ListParameters]) -> dict[str, Any]:
    """Search parks; without ``q``, list all that the filters leave."""
    found = answer(request, parameters.lang, types=(TYPE,))
    slugs = [hit["slug"] for hit in found["hits"]]
    listed = _counted().filter(slug__in=slugs).prefetch_related("focus_areas")
    by_slug = {park.slug: park for park in listed}
    with override(parameters.lang):
        hits = [
            hit
            | {
                "place": park.place,
                "focus_areas": all_named(park.focus_areas.all()),
                "counts": _counts(park),
            }
            for hit in found["hits"]
            if (park := by_slug.get(hit["slug"]))
        ]
    return found | {"hits": hits}


@router.get("/parks/{slug:slug}", response=ParkOut, summary="One park")
def park(request: HttpRequest, slug: str, lang: Language = "nb") -> ParkOut:
    """Everything that is public about a park."""
    found = get_object_or_404(
        _counted()
        .select_related("ownership")
        .prefetch_related(
            "categories", "sources", "material_flows", "focuses__area", "park_themes__theme"
        ),
        slug=slug,
    )
    with override(lang):
        return _record(found)


def _counted() -> ParkQuerySet:
    """Parks with the numbers of their public facilities and organisations."""
    parks: ParkQuerySet = Park.objects.visible_to(ANYBODY).annotate(
        public_facilities=Count(
            "facilities",
            filter=Q(facilities__published=True) & ~Q(facilities__freshness="hidden"),
            distinct=True,
        ),
        public_organisations=Count(
            "organisations", filter=Q(organisations__published=True), distinct=True
        ),
    )
    return parks


def _counts(park: Any) -> ParkCounts:
    return ParkCounts(facilities=park.public_facilities, organisations=park.public_organisations)


def _record(park: Park) -> ParkOut:
    return ParkOut(
        type=TYPE,
        slug=park.slug,
        title=park.name,
        url=park.get_absolute_url(),
        summary=park.summary,
        texts=texts(park, *TEXTS),
        short_name=park.short_name,
        other_names=park.names,
        description=localised(park, "description"),
        place=park.place,
        municipality=park.municipality,
        county=park.county,
        lat=park.lat,
        lon=park.lon,
        precision_km=park.precision_km,
        web=park.web,
        categories=all_named(park.categories.all()),
        ownership=named(park.ownership) if park.ownership else None,
        themes=[_theme(each) for each in park.park_themes.all()],
        focus_areas=[_focus(each) for each in park.focuses.all()],
        flows=[_flow(each) for each in park.material_flows.all()],
        sources=[_source(each) for each in park.sources.all()],
        counts=_counts(park),
        updated_at=park.updated_at,
    )


def _theme(link: ParkTheme) -> ThemeOut:
    theme = link.theme
    return ThemeOut(slug=theme.slug, name=theme.name, basis=localised(link, "basis"))


def _focus(focus: ParkFocus) -> FocusOut:
    return FocusOut(
        slug=focus.area.slug, name=focus.area.name, status=ParkFocus.Status(focus.status)
    )


def _flow(flow: MaterialFlow) -> FlowOut:
    return FlowOut(
        slug=flow.slug,
        name=flow.name,
        direction=MaterialFlow.Direction(flow.direction),
        quantity=None if flow.quantity is None else float(flow.quantity),
        unit=flow.unit,
        note=localised(flow, "note"),
    )


def _source(source: Source) -> SourceOut:
    return SourceOut(title=source.title, year=source.year, url=source.url)
