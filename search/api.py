"""The public API: read-only, rate-limited, public data only, errors as problem+json."""

from __future__ import annotations

from typing import Any, Final, Literal

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.translation import override
from ninja import Query, Router, Schema
from pydantic import Field

from accounts.roles import VISITOR
from search.documents import documents
from search.facets import facets as known_facets
from search.facets import is_counted, value_name
from search.finding import Findings, Found, find
from search.params import read_request
from search.problems import Invalid
from search.query import MAX_PAGE_SIZE, MAX_QUERY_LENGTH
from search.suggestions import suggest

ANYBODY: Final = AnonymousUser()
MAX_VALUES: Final = 100
TYPE: Final = "type"

Language = Literal["nb", "en"]
router = Router(tags=["search"])


class ListParameters(Schema):
    """What can be asked of one type. Slugs may be separated by commas or the parameter repeated."""

    q: str = Field("", max_length=MAX_QUERY_LENGTH, description="Words, a problem or a standard.")
    park: list[str] = Field([], description="Slugs of parks.")
    theme: list[str] = Field([], description="Slugs of themes.")
    method: list[str] = Field([], description="Slugs of methods.")
    material: list[str] = Field([], description="Slugs of materials.")
    standard: list[str] = Field([], description="Slugs of standards.")
    scale: list[str] = Field([], description="lab, pilot or industrial")
    access: list[str] = Field([], description="open, collaboration or internal")
    host: list[str] = Field([], description="Slugs of the organisations that run facilities.")
    kind: list[str] = Field([], description="Kinds of organisations.")
    chain: list[str] = Field([], description="Places of organisations in the value chain.")
    focus: list[str] = Field([], description="Slugs of the parks' focus areas.")
    municipality: list[str] = Field([], description="Slugs of municipalities.")
    near: str = Field("", max_length=160, description="A park, a municipality or “lat,lon”.")
    radius_km: float | None = Field(None, gt=0, le=3000)
    lang: Language = "nb"
    sort: Literal["relevance", "title", "newest", "confirmed", "distance"] = "relevance"
    page: int = Field(1, ge=1, le=10_000)
    size: int = Field(20, ge=1, le=MAX_PAGE_SIZE)


class SearchParameters(ListParameters):
    """What can be asked of everything at once."""

    type: list[str] = Field([], description="facility, organisation, park or page")


class HitOut(Schema):
    """One hit. ``snippet`` is plain text with the words that were asked for between <mark> tags.

    ``score`` is from 0 to 1: how much it has of all that the query could ask for.
    """

    type: str
    key: str
    slug: str
    title: str
    url: str
    snippet: str
    score: float
    summary: str
    park: list[str]
    lat: float | None
    lon: float | None
    distance_km: float | None
    confirmed_on: str | None
    sample: bool


class BucketOut(Schema):
    """A value of a facet and how many entries choosing it would leave."""

    value: str
    label: str
    count: int
    selected: bool


class SearchOut(Schema):
    """What a search found. ``suggestions`` holds other spellings of the query."""

    hits: list[HitOut]
    total: int
    page: int
    size: int
    facets: dict[str, list[BucketOut]]
    suggestions: list[str]
    took_ms: float
    engine: str
    degraded: bool


@router.get("/search", response=SearchOut, summary="Search everything that is public")
def search(request: HttpRequest, parameters: Query[SearchParameters]) -> dict[str, Any]:
    """Search all types, or those that ``type`` names."""
    return answer(request, parameters.lang, types=())


@router.get("/suggestions", response=list[str], summary="Names that begin with what was typed")
def suggestions(request: HttpRequest, q: str = "", lang: Language = "nb") -> list[str]:
    """At most eight titles; at least two letters are needed."""
    return suggest(q, ANYBODY, lang, VISITOR)


def answer(request: HttpRequest, language: str, *, types: tuple[str, ...]) -> dict[str, Any]:
    """The result of the request's own parameters, for visitors; ``types`` fixes what is listed.

    Raises Invalid.
    """
    facets = tuple(name for name in known_facets() if name != TYPE or not types)
    counted = tuple(name for name in facets if is_counted(name))
    with override(language):
        read = read_request(
            request.GET, language=language, types=types, facets=facets, counted=counted
        )
    if read.errors:
        raise Invalid(read.errors)
    unknown = set(read.request.filters.get(TYPE, ())) - set(documents())
    if unknown:
        raise Invalid({TYPE: f"unknown: {', '.join(sorted(unknown))}"})
    return render(find(read.request, ANYBODY, note=True))


def render(findings: Findings) -> dict[str, Any]:
    """Findings as the API shows them."""
    language = findings.request.language
    return {
        "hits": [hit(found) for found in findings.items],
        "total": findings.total,
        "page": findings.request.page,
        "size": findings.request.size,
        "facets": {
            name: [
                {
                    "value": bucket.value,
                    "label": value_name(name, bucket.value, language),
                    "count": bucket.count,
                    "selected": bucket.selected,
                }
                for bucket in buckets[:MAX_VALUES]
            ]
            for name, buckets in findings.facets.items()
        },
        "suggestions": [findings.correction] if findings.correction else [],
        "took_ms": findings.took_ms,
        "engine": findings.engine,
        "degraded": findings.degraded,
    }


def hit(found: Found) -> dict[str, Any]:
    """One hit as the API shows it."""
    entry = found.entry
    return {
        "type": entry.type,
        "key": entry.key,
        "slug": entry.slug,
        "title": found.title,
        "url": found.url,
        "snippet": found.snippet,
        "summary": found.summary,
        "score": found.share,
        "park": entry.facets.get("park", []),
        "lat": entry.lat,
        "lon": entry.lon,
        "distance_km": found.distance_km and round(found.distance_km, 1),
        "confirmed_on": entry.confirmed_on.isoformat() if entry.confirmed_on else None,
        "sample": found.sample,
    }
