"""A park's profile: what its page shows, and which parts of it are kept between requests."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from accounts.roles import roles_of
from network.parks import edition
from network.parks.figures import shown
from network.parks.flows import read_flows
from network.parks.matrix import read_matrix
from network.parks.models import OwnershipSetup, Park
from network.parks.neighbours import (
    ShortList,
    read_emissions,
    read_facilities,
    read_likely_organisations,
    read_organisations,
)
from network.parks.permissions import can_edit_park
from ui.json_ld import json_ld
from ui.text import foreign_language, localised, text_and_language

DESCRIPTION_LENGTH: Final = 200
FRAGMENTS: Final = ("facts", "knowledge", "emissions", "sources")


@dataclass(frozen=True, slots=True)
class PublicParts:
    """What everybody sees of a park, in one language; ``fragments`` are HTML by name."""

    park: Park
    fragments: dict[str, SafeString]
    organisations: SafeString


def public_parts(slug: str) -> PublicParts | None:
    """A park's public parts, kept until the next edition; None when there is no such park."""
    number = edition.current()
    return edition.kept(number, f"profile:{slug}", lambda: _read_public_parts(slug))


def _read_public_parts(slug: str) -> PublicParts | None:
    """Fifteen queries, once for each edition."""
    park = Park.objects.select_related("ownership").filter(slug=slug).first()
    if park is None:
        return None
    context = _context(park)
    fragments = {
        name: render_to_string(f"parks/profile_{name}.html", context) for name in FRAGMENTS
    }
    visitor = AnonymousUser()
    return PublicParts(
        park,
        fragments,
        _render_organisations(
            park, read_organisations(park, visitor), read_likely_organisations(park, visitor)
        ),
    )


def _context(park: Park) -> dict[str, Any]:
    matrix = read_matrix()
    description, language = text_and_language(park, "description")
    html = getattr(park, f"description_{language}_html") if description else ""
    return {
        "park": park,
        "description": mark_safe(html),  # noqa: S308 - rendered and cleaned by ui.markdown
        "description_language": foreign_language(park, "description"),
        "categories": list(park.categories.all()),
        "ownership_setups": OwnershipSetup.objects.filter(kind=OwnershipSetup.Kind.SETUP),
        "themes": park.park_themes.select_related("theme"),
        "themes_url": reverse("parks:themes"),
        "matrix": matrix,
        "row": next((row for row in matrix.rows if row.slug == park.slug), None),
        "matrix_url": reverse("parks:focus-areas"),
        "flows": read_flows(park),
        "figures": [shown(figure) for figure in park.figures.select_related("source", "cited")],
        "emissions": read_emissions(park),
        "sources": list(park.sources.all()),
        "remarks": localised(park, "note"),
        "category_note": localised(park, "category_note"),
    }


def _render_organisations(park: Park, certain: ShortList, likely: ShortList) -> SafeString:
    context = {
        "organisations": certain,
        "likely": likely,
        "directory_url": f"{reverse('organisations:list')}?park={park.slug}",
    }
    return render_to_string("parks/profile_organisations.html", context)


class ParkProfile:
    """A park as its page shows it to whoever asks.

    What everybody sees alike is rendered once for each edition of the parks. Test facilities
    change often and are read for each request, and so are organisations for readers who may see
    more of them than others.
    """

    def __init__(self, parts: PublicParts, request: HttpRequest) -> None:
        self.park = parts.park
        self._parts = parts
        self._request = request
        self.language = foreign_language(self.park, "summary")

    @property
    def facts(self) -> SafeString:
        """The box of facts."""
        return self._parts.fragments["facts"]

    @property
    def knowledge(self) -> SafeString:
        """Themes, focus areas and material flows."""
        return self._parts.fragments["knowledge"]

    @property
    def emissions(self) -> SafeString:
        """Named point sources."""
        return self._parts.fragments["emissions"]

    @property
    def sources(self) -> SafeString:
        """Where all this is from."""
        return self._parts.fragments["sources"]

    @property
    def organisations(self) -> SafeString:
        """The organisations in the park, as far as the reader may see them."""
        roles = roles_of(self._request.user)
        if not (roles.network_administrator or roles.organisations or roles.parks):
            return self._parts.organisations
        park, user = self.park, self._request.user
        return _render_organisations(
            park, read_organisations(park, user), read_likely_organisations(park, user)
        )

    @cached_property
    def facilities(self) -> ShortList:
        """The first test facilities that the reader may see."""
        return read_facilities(self.park, self._request.user)

    @property
    def facilities_url(self) -> str:
        """The catalogue, narrowed to this park."""
        return f"{reverse('facilities:list')}?park={self.park.slug}"

    @property
    def description(self) -> str:
        """The summary, cut to what search engines show."""
        return Truncator(self.park.summary).chars(DESCRIPTION_LENGTH)

    @cached_property
    def can_edit(self) -> bool:
        """Whether the reader edits this park in the admin."""
        return can_edit_park(self._request.user, self.park)

    @property
    def edit_url(self) -> str:
        """Where it is edited."""
        return reverse("wagtailsnippets_parks_park:edit", args=[self.park.pk])

    @property
    def structured_data(self) -> SafeString:
        """The park in schema.org's words. Not kept: it holds the host name that was asked."""
        park, absolute = self.park, self._request.build_absolute_uri
        url = absolute(park.get_absolute_url())
        place: dict[str, Any] = {
            "@type": "Place",
            "@id": url,
            "url": url,
            "name": park.name,
            "alternateName": park.names,
            "description": park.summary,
            "sameAs": park.web,
            "address": {
                "@type": "PostalAddress",
                "addressLocality": park.municipality,
                "addressRegion": park.county,
                "addressCountry": "NO",
            },
        }
        if park.lat is not None:
            place["geo"] = {"@type": "GeoCoordinates", "latitude": park.lat, "longitude": park.lon}
        steps = [(_("Parks"), absolute(reverse("parks:list"))), (park.name, url)]
        path = {
            "@type": "BreadcrumbList",
            "itemListElement": [
                {"@type": "ListItem", "position": position, "name": name, "item": item}
                for position, (name, item) in enumerate(steps, start=1)
            ],
        }
        return json_ld(place) + json_ld(path)
