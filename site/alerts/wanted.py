"""What a saved search asks for: one spelling of it, the request it stands for, and words for it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alerts.lists import SavedList, lists
from alerts.models import SavedSearch
from search.facets import value_name
from search.params import Read, read_request
from search.query import PUBLIC, SearchRequest

NAME_LENGTH: Final = 100


def canonical(saved_list: SavedList, parameters: QueryDict) -> str:
    """The query string of what narrows the list, the same for the same search.

    Order, page and size are left out, and so is what the list does not understand. Empty where
    nothing narrows it.
    """
    read = _read(saved_list, parameters, "nb", (PUBLIC,))
    request = read.request
    near = request.near is not None
    if not (request.text or request.filters or (near and request.radius_km)):
        return ""
    pairs: list[tuple[str, str]] = [("q", request.text)] if request.text else []
    for facet in sorted(request.filters):
        pairs += [(facet, value) for value in sorted(request.filters[facet])]
    if near:
        pairs.append(("near", read.near))
    if near and request.radius_km:
        pairs.append(("radius_km", f"{request.radius_km:g}"))
    return urlencode(pairs)


def request_of(
    list_name: str, query: str, *, language: str, audience: Iterable[str]
) -> SearchRequest | None:
    """The request of a saved search for a reader of these tokens.

    None when its list is gone, or its place is not known any more: then it would find too much.
    """
    saved_list = lists().get(list_name)
    if saved_list is None:
        return None
    read = _read(saved_list, QueryDict(query), language, audience)
    return None if "near" in read.errors else read.request


def result_url(search: SavedSearch) -> str:
    """Everything that a search finds, in the active language; empty when its list is gone."""
    saved_list = lists().get(search.list_name)
    try:
        return f"{reverse(saved_list.view)}?{search.query}" if saved_list else ""
    except NoReverseMatch:
        return ""


def wording(saved_list: SavedList, query: str) -> list[str]:
    """What is asked for, in the active language: the text in quotes, then the filters."""
    language = get_language() or "nb"
    read = _read(saved_list, QueryDict(query), language, (PUBLIC,))
    request = read.request
    said = [_("“%(text)s”") % {"text": request.text}] if request.text else []
    for facet, values in request.filters.items():
        said.append(" / ".join(value_name(facet, value, language) for value in values))
    if request.near:
        place = value_name("park", read.near, language)
        within = _("within %(radius)s km of %(place)s")
        filled = within % {"place": place, "radius": f"{request.radius_km or 0:g}"}
        said.append(filled if request.radius_km else place)
    return said


def default_name(saved_list: SavedList, query: str) -> str:
    """What a search is called until its owner gives it another name."""
    said = ", ".join(wording(saved_list, query))
    return "".join(each for each in said if each not in "“”«»")[:NAME_LENGTH]


def _read(
    saved_list: SavedList, parameters: QueryDict, language: str, audience: Iterable[str]
) -> Read:
    kept = QueryDict(mutable=True)
    for name in ("q", "near", "radius_km", *saved_list.listing.facets):
        if values := parameters.getlist(name):
            kept.setlist(name, values)
    return read_request(
        kept,
        language=language,
        types=saved_list.listing.types,
        facets=saved_list.listing.facets,
        counted=(),
        audience=audience,
    )
