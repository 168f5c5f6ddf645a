"""Test facilities in the API."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import override
from ninja import Query, Router, Schema
from pydantic import Field

from network.facilities.documents import TYPE
from network.facilities.models import (
    Access,
    Equipment,
    Facility,
    FacilityDocument,
    Freshness,
    PriceNote,
    Scale,
)
from network.records import Contact, Named, Record, all_named, named, texts
from search.api import ANYBODY, Language, ListParameters, SearchOut, answer
from ui.text import localised

TEXTS = ("name", "summary", "description", "safety", "certificates")

router = Router(tags=["facilities"])


class EquipmentOut(Schema):
    """A machine or instrument; ``range`` is in ``unit``."""

    name: str
    make: str
    range: str
    unit: str
    quantity: int


class PriceOut(Schema):
    """What it costs for one type of user; a note, not an offer."""

    user_type: PriceNote.UserType
    note: str


class FileOut(Schema):
    """A document to download; ``url`` is a path."""

    title: str
    url: str


class FacilityOut(Record):
    """A test facility. ``standards`` are named by their codes."""

    description: str = Field(description="Markdown.")
    park: Named
    host: Named | None = Field(description="Null while the organisation is not public.")
    methods: list[Named]
    materials: list[Named]
    standards: list[Named]
    themes: list[Named]
    equipment: list[EquipmentOut]
    scale: Scale
    trl_min: int | None
    trl_max: int | None
    access: Access
    lead_time_days: int | None = Field(description="Calendar days until work can begin.")
    prices: list[PriceOut]
    safety: str
    certificates: str
    place: str
    lat: float | None = Field(description="Degrees, WGS 84; the park's where it has none.")
    lon: float | None
    contact: Contact
    web: str
    documents: list[FileOut]
    confirmed_on: date | None
    freshness: Freshness = Field(
        description="How well the entry is looked after; hidden ones are not given."
    )
    updated_at: datetime
    sample: bool = Field(description="Made up to show how the site works.")


@router.get("/facilities", response=SearchOut, summary="Find test facilities")
def facilities(request: HttpRequest, parameters: Query[ListParameters]) -> dict[str, Any]:
    """Search test facilities; without ``q``, list all that the filters leave."""
    return answer(request, parameters.lang, types=(TYPE,))


@router.get("/facilities/{slug:slug}", response=FacilityOut, summary="One test facility")
def facility(request: HttpRequest, slug: str, lang: Language = "nb") -> FacilityOut:
    """Everything that is public about a test facility."""
    found = get_object_or_404(
        Facility.objects.visible_to(ANYBODY)
        .select_related("park", "host")
        .prefetch_related(
            "methods", "materials", "standards", "themes", "equipment", "prices", "documents"
        ),
        slug=slug,
    )
    with override(lang):
        return _record(found)


def _record(facility: Facility) -> FacilityOut:
    placed = facility if facility.lat is not None else facility.park
    host = facility.shown_host
    return FacilityOut(
        type=TYPE,
        slug=facility.slug,
        title=facility.name,
        url=facility.get_absolute_url(),
        summary=facility.summary,
        texts=texts(facility, *TEXTS),
        description=localised(facility, "description"),
        park=named(facility.park),
        host=Named(slug=host.slug, name=host.title) if host else None,
        methods=all_named(facility.methods.all()),
        materials=all_named(facility.materials.all()),
        standards=[Named(slug=each.slug, name=each.code) for each in facility.standards.all()],
        themes=all_named(facility.themes.all()),
        equipment=[_equipment(each) for each in facility.equipment.all()],
        scale=Scale(facility.scale),
        trl_min=facility.trl_min,
        trl_max=facility.trl_max,
        access=Access(facility.access),
        lead_time_days=facility.lead_time_days,
        prices=[PriceOut(user_type=p.user_type, note=p.note) for p in facility.prices.all()],
        safety=localised(facility, "safety"),
        certificates=localised(facility, "certificates"),
        place=facility.place,
        lat=placed.lat,
        lon=placed.lon,
        contact=Contact(
            name=facility.contact_name,
            email=facility.contact_email,
            phone=facility.contact_phone,
        ),
        web=facility.url,
        documents=[_file(facility, each) for each in facility.documents.all()],
        confirmed_on=facility.confirmed_on,
        freshness=facility.freshness_state,
        updated_at=facility.updated_at,
        sample=facility.sample,
    )


def _equipment(item: Equipment) -> EquipmentOut:
    return EquipmentOut(
        name=item.name, make=item.make, range=item.range, unit=item.unit, quantity=item.quantity
    )


def _file(facility: Facility, document: FacilityDocument) -> FileOut:
    url = reverse("facilities:file", args=[facility.slug, document.pk])
    return FileOut(title=document.title, url=url)
