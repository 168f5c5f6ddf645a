"""The search page: one field for everything."""

from __future__ import annotations

from typing import ClassVar, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.roles import roles_of
from search.documents import documents
from search.finding import Found
from search.listing import Listing
from search.query import Sort
from search.suggestions import suggest
from ui.cards import Card
from ui.fragments import Fragments

TYPE: Final = "type"
# Some sixty pages of results; what people ask for comes again and again.
MOST_CHARACTERS: Final = 4_000_000

results_kept: Final = Fragments(MOST_CHARACTERS)


class SearchListing(Listing):
    """Everything that can be found, of all types."""

    sorts_offered: ClassVar[tuple[Sort, ...]] = (
        Sort.RELEVANCE,
        Sort.CONFIRMED,
        Sort.NEWEST,
        Sort.DISTANCE,
        Sort.TITLE,
    )
    facets: ClassVar[tuple[str, ...]] = (
        TYPE, "park", "theme", "method", "material", "standard", "scale", "access",
    )  # fmt: skip
    shown_facets: ClassVar[tuple[str, ...]] = facets

    def card(self, found: Found) -> Card:
        """The card that the hit's own room makes of it."""
        return documents()[found.entry.type].card(found)


@require_safe
@vary_on_headers("HX-Request")
def search_page(request: HttpRequest) -> HttpResponse:
    """Results, facets and all; for htmx only the part that changes while somebody types."""
    listing = SearchListing(request)
    if listing.last_page_url:
        return redirect(listing.last_page_url)
    partial = bool(request.headers.get("HX-Request")) and not request.headers.get(
        "HX-History-Restore-Request"
    )
    results = _results(listing, request)
    if partial:
        return HttpResponse(results)
    return render(request, "search/page.html", {"listing": listing, "results": results})


def _results(listing: SearchListing, request: HttpRequest) -> SafeString:
    """The results, written when these versions of entries are first shown in this state."""
    name = listing.state
    written: SafeString | None = results_kept.get(name)
    if written is None:
        context = {"listing": listing, "examples": EXAMPLES[_language()], "request": request}
        written = render_to_string("search/results.html", context)
        results_kept.keep(name, written, len(written))
    return written


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """Options for the search field: names that begin with what was typed, as a list of <option>."""
    options = suggest(request.GET.get("q", ""), request.user, _language(), roles_of(request.user))
    return render(request, "search/suggestions.html", {"options": options})


def _language() -> str:
    return "en" if (get_language() or "nb").startswith("en") else "nb"


EXAMPLES: Final = {
    "nb": (
        "tåler plasten kulde",
        "strekkprøving av aluminium",
        "ISO 6892-1",
        "vibrasjonstest",
        "pilotanlegg",
    ),
    "en": (
        "will the plastic survive cold",
        "tensile testing of aluminium",
        "ISO 6892-1",
        "vibration test",
        "pilot plant",
    ),
}
