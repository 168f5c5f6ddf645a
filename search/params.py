"""Reading a request from an address, with clear errors for what does not fit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.http import QueryDict
from django.utils.translation import gettext as _

from search.query import (
    MAX_PAGE_SIZE,
    MAX_QUERY_LENGTH,
    MAX_RESULTS,
    PUBLIC,
    Point,
    SearchRequest,
    Sort,
)

DEFAULT_SIZE: Final = 20
DEFAULT_RADIUS_KM: Final = 100.0
MAX_RADIUS_KM: Final = 3000.0
MAX_VALUES: Final = 20
MAX_SLUG_LENGTH: Final = 160

PlaceFinder = Callable[[str], Point | None]
_place_finders: list[PlaceFinder] = []


@dataclass(frozen=True)
class Read:
    """A request as far as it could be read, and what was wrong with it by parameter."""

    request: SearchRequest
    errors: Mapping[str, str] = field(default_factory=dict)
    near: str = ""


def provide_places(finder: PlaceFinder) -> None:
    """Let ``near`` understand a room's places (a park's slug, a municipality's name)."""
    _place_finders.append(finder)


def read_request(
    query: QueryDict,
    *,
    language: str,
    types: Sequence[str] = (),
    facets: Sequence[str] = (),
    counted: Sequence[str] | None = None,
    audience: Iterable[str] = (PUBLIC,),
    default_sort: Sort = Sort.RELEVANCE,
) -> Read:
    """Read ``q``, facets, ``near``, ``radius_km``, ``sort``, ``page`` and ``size``.

    A facet may be repeated or hold slugs separated by commas. What does not fit is left out of the
    request and explained in ``errors``. ``types`` fixes the types; where it is empty, the facet
    ``type`` may choose. ``counted`` are the facets to count, all that are read where it is None.
    """
    errors: dict[str, str] = {}
    text = _text(query.get("q", ""), errors)
    near = _plain(query.get("near", ""))[:MAX_SLUG_LENGTH]
    point = _point(near, errors)
    sort = _sort(query.get("sort", ""), point, default_sort, errors)
    size = _whole(query, "size", DEFAULT_SIZE, 1, MAX_PAGE_SIZE, errors)
    page = _whole(query, "page", 1, 1, MAX_RESULTS // size, errors)
    chosen = {facet: values for facet in facets if (values := _values(query, facet))}
    request = SearchRequest(
        text=text,
        language=language,
        types=tuple(types),
        filters=chosen,
        audience=frozenset(audience),
        near=point,
        radius_km=_radius(query, point, errors),
        sort=sort,
        page=page,
        size=size,
        facets=tuple(facets if counted is None else counted),
    )
    return Read(request, errors, near)


def _text(text: str, errors: dict[str, str]) -> str:
    text = _plain(text)
    if len(text) > MAX_QUERY_LENGTH:
        errors["q"] = _("Use at most %(limit)d characters.") % {"limit": MAX_QUERY_LENGTH}
        return text[:MAX_QUERY_LENGTH]
    return text


def _plain(text: str) -> str:
    """With single blanks, and without the character that PostgreSQL cannot hold."""
    return " ".join(text.replace("\x00", " ").split())


def _values(query: QueryDict, name: str) -> tuple[str, ...]:
    listed = [_plain(part) for value in query.getlist(name) for part in value.split(",")]
    return tuple(dict.fromkeys(part[:MAX_SLUG_LENGTH] for part in listed if part))[:MAX_VALUES]


def _point(near: str, errors: dict[str, str]) -> Point | None:
    if not near:
        return None
    point = _coordinates(near)
    for finder in () if point else _place_finders:
        point = finder(near)
        if point:
            break
    if point is None:
        errors["near"] = _("We do not know this place. Try a park or a municipality.")
    return point


def _coordinates(near: str) -> Point | None:
    lat, comma, lon = near.partition(",")
    try:
        point = Point(float(lat), float(lon))
    except ValueError:
        return None
    inside = comma and -90 <= point.lat <= 90 and -180 <= point.lon <= 180  # noqa: PLR2004 - degrees
    return point if inside else None


def _radius(query: QueryDict, point: Point | None, errors: dict[str, str]) -> float | None:
    raw = query.get("radius_km", "").replace(",", ".").strip()
    if not raw or point is None:
        return None
    try:
        radius = float(raw)
    except ValueError:
        radius = -1.0
    if not 0 < radius <= MAX_RADIUS_KM:
        errors["radius_km"] = _("Give the distance in kilometres, at most %(limit)d.") % {
            "limit": MAX_RADIUS_KM
        }
        return None
    return radius


def _sort(raw: str, point: Point | None, default: Sort, errors: dict[str, str]) -> Sort:
    if not raw:
        return default
    if raw not in set(Sort) or (raw == Sort.DISTANCE and point is None):
        errors["sort"] = _("This order is not possible here.")
        return default
    return Sort(raw)


def _whole(
    query: QueryDict, name: str, default: int, least: int, most: int, errors: dict[str, str]
) -> int:
    raw = query.get(name, "")
    if not raw:
        return default
    if raw.isascii() and raw.isdigit() and len(raw) < 10 and least <= int(raw) <= most:  # noqa: PLR2004 - digits
        return int(raw)
    errors[name] = _("Give a whole number from %(least)d to %(most)d.") % {
        "least": least,
        "most": most,
    }
    return default
