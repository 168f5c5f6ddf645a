"""The list of articles in the state that its address tells."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers

from search.documents import documents
from search.finding import Found
from search.listing import Listing
from search.query import Sort
from ui.cards import Card

# The names are those of pages.practice.documents, which the models of pages must not need.
TYPE: Final = "practice"
FACETS: Final = ("experience", "theme", "park", "focus")


class PracticeListing(Listing):
    """Articles, the newest first unless something is asked for."""

    types: ClassVar[tuple[str, ...]] = (TYPE,)
    facets: ClassVar[tuple[str, ...]] = FACETS
    shown_facets: ClassVar[tuple[str, ...]] = FACETS
    sorts_offered: ClassVar[tuple[Sort, ...]] = (
        Sort.RELEVANCE, Sort.NEWEST, Sort.TITLE, Sort.DISTANCE,
    )  # fmt: skip
    default_sort: ClassVar[Sort] = Sort.NEWEST

    def card(self, found: Found) -> Card:
        """An article as its type shows it."""
        return documents()[TYPE].card(found)


def serve_listing(page: Any, request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """The page with the list, for htmx only results and facets."""
    listing = PracticeListing(request)
    if listing.last_page_url:
        return redirect(listing.last_page_url)
    htmx = getattr(request, "htmx", None)
    partial = bool(htmx and not htmx.history_restore_request)
    template = "pages/practice/results.html" if partial else page.template
    response = render(request, template, {**context, "listing": listing, "partial": partial})
    patch_vary_headers(response, ["HX-Request"])
    if partial:
        response["HX-Push-Url"] = listing.address
    return response
