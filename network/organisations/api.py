"""Organisations in the API."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import override
from ninja import Query, Router, Schema
from pydantic import Field

from network.organisations.documents import TYPE
from network.organisations.models import Organisation
from network.parks.models import lines
from network.records import Contact, Named, Record, Texts, all_named, named, texts
from search.api import ANYBODY, Language, ListParameters, SearchOut, answer

router = Router(tags=["organisations"])


class IndustryOut(Schema):
    """An industry code with the version of the classification it is from."""

    code: str
    version: str


class OrganisationOut(Record):
    """A company, institution, cluster or authority.

    ``parks`` are confirmed; ``likely_park`` is inferred from the place.
    """

    kind: str
    number: str | None = Field(description="Norwegian organisation number, nine digits.")
    country: str = Field(description="ISO 3166, two letters.")
    municipality: str
    industry: IndustryOut | None
    parks: list[Named]
    likely_park: Named | None
    themes: list[Named]
    chain_place: str = Field(description="Place in the value chain; empty when not stated.")
    competences: list[str]
    lat: float | None = Field(description="Degrees, WGS 84.")
    lon: float | None
    contact: Contact = Field(description="``name`` is a function rather than a person.")
    web: str
    facilities: int = Field(description="How many public test facilities it hosts.")
    updated_at: datetime
    sample: bool = Field(description="Made up to show how the site works.")


@router.get("/organisations", response=SearchOut, summary="Find organisations")
def organisations(request: HttpRequest, parameters: Query[ListParameters]) -> dict[str, Any]:
    """Search organisations; without ``q``, list all that the filters leave."""
    return answer(request, parameters.lang, types=(TYPE,))


@router.get("/organisations/{slug:slug}", response=OrganisationOut, summary="One organisation")
def organisation(request: HttpRequest, slug: str, lang: Language = "nb") -> OrganisationOut:
    """Everything that is public about an organisation."""
    found = get_object_or_404(
        Organisation.objects.visible_to(ANYBODY)
        .select_related("likely_park")
        .prefetch_related("parks", "themes"),
        slug=slug,
    )
    with override(lang):
        return _record(found)


def _record(organisation: Organisation) -> OrganisationOut:
    code = organisation.industry_code
    return OrganisationOut(
        type=TYPE,
        slug=organisation.slug,
        title=organisation.title,
        url=organisation.get_absolute_url(),
        summary=organisation.summary,
        texts=_texts(organisation),
        kind=organisation.kind,
        number=organisation.number or None,
        country=organisation.country,
        municipality=organisation.municipality,
        industry=(
            IndustryOut(code=code, version=organisation.industry_code_version) if code else None
        ),
        parks=all_named(organisation.parks.all()),
        likely_park=named(organisation.likely_park) if organisation.likely_park else None,
        themes=all_named(organisation.themes.all()),
        chain_place=organisation.chain_place,
        competences=lines(organisation.competences),
        lat=organisation.lat,
        lon=organisation.lon,
        contact=Contact(
            name=organisation.contact_role,
            email=organisation.contact_email,
            phone=organisation.contact_phone,
        ),
        web=organisation.web,
        facilities=organisation.facilities.visible_to(ANYBODY).count(),
        updated_at=organisation.updated_at,
        sample=organisation.sample,
    )


def _texts(organisation: Organisation) -> Texts:
    found = texts(organisation, "summary", "competences")
    found["nb"]["name"] = organisation.name
    found["en"]["name"] = organisation.name_en
    return found
