"""A park's profile: what its page shows, and which parts of it are kept between requests."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from network.parks.edition import kept
from network.parks.figures import shown
from network.parks.flows import read_flows
from network.parks.matrix import read_matrix
from network.parks.models import OwnershipSetup, Park
from network.parks.permissions import can_edit_park
from ui.json_ld import json_ld
from ui.text import foreign_language, localised, text_and_language

FACILITIES_SHOWN: Final = 6
ORGANISATIONS_SHOWN: Final = 12


@dataclass(frozen=True, slots=True)
class Listed:
    """A facility or organisation in a short list."""

    url: str
    title: str
    text: str = ""
    kind: str = ""
    is_sample: bool = False


@dataclass(frozen=True, slots=True)
class Emission:
    """A named point source of an organisation."""

    name: str
    tonnes: int
    year: int | None
    organisation_url: str


class ParkProfile:
    """A park as its page shows it to whoever asks.

    What only this room knows is rendered once for each edition of the parks and language; what
    belongs to other rooms, and who may see it, is read for each request.
    """

    def __init__(self, park: Park, edition: int, request: HttpRequest) -> None:
        self.park = park
        self._request = request
        self.language = foreign_language(park, "summary")
        self._facilities_url = reverse("facilities:list")
        self._organisations_url = reverse("organisations:list")
        self._fragments: dict[str, str] = kept(edition, f"profile:{park.slug}", self._render)

    @property
    def facts(self) -> SafeString:
        """The box of facts."""
        return mark_safe(self._fragments["facts"])  # noqa: S308 - rendered by our template

    @property
    def knowledge(self) -> SafeString:
        """Themes, focus areas and material flows."""
        return mark_safe(self._fragments["knowledge"])  # noqa: S308 - rendered by our template

    @property
    def sources(self) -> SafeString:
        """Where all this is from."""
        return mark_safe(self._fragments["sources"])  # noqa: S308 - rendered by our template

    @property
    def description(self) -> str:
        """The summary, cut to what search engines show."""
        return Truncator(self.park.summary).chars(200)

    @cached_property
    def can_edit(self) -> bool:
        """Whether the reader edits this park in the admin."""
        return can_edit_park(self._request.user, self.park)

    @property
    def edit_url(self) -> str:
        """Where it is edited."""
        return reverse("wagtailsnippets_parks_park:edit", args=[self.park.pk])

    @property
    def facilities_url(self) -> str:
        """The catalogue, narrowed to this park."""
        return f"{self._facilities_url}?park={self.park.slug}"

    @property
    def organisations_url(self) -> str:
        """The directory, narrowed to this park."""
        return f"{self._organisations_url}?park={self.park.slug}"

    @cached_property
    def _facilities(self) -> list[Listed]:
        found = (
            self.park.facilities.visible_to(self._request.user)  # type: ignore[attr-defined]  # its own queryset
            .only("park", "slug", "name_nb", "name_en", "summary_nb", "summary_en", "sample")
            .order_by("name_nb")[: FACILITIES_SHOWN + 1]
        )
        return [
            Listed(
                f"{self._facilities_url}{facility.slug}/",
                facility.name,
                Truncator(facility.summary).chars(140),
                is_sample=facility.sample,
            )
            for facility in found
        ]

    @property
    def facilities(self) -> list[Listed]:
        """The first test facilities."""
        return self._facilities[:FACILITIES_SHOWN]

    @property
    def has_more_facilities(self) -> bool:
        """Whether the catalogue holds more of this park than are shown."""
        return len(self._facilities) > FACILITIES_SHOWN

    @cached_property
    def _organisations(self) -> list[Listed]:
        return self._listed(self.park.organisations)

    @property
    def organisations(self) -> list[Listed]:
        """The first organisations that are said to be in the park."""
        return self._organisations[:ORGANISATIONS_SHOWN]

    @cached_property
    def likely_organisations(self) -> list[Listed]:
        """Organisations whose place makes it likely that they are in the park."""
        return self._listed(self.park.likely_organisations)[:ORGANISATIONS_SHOWN]

    @property
    def has_more_organisations(self) -> bool:
        """Whether the directory holds more of this park than are shown."""
        return len(self._organisations) > ORGANISATIONS_SHOWN

    def _listed(self, organisations: Any) -> list[Listed]:
        found = (
            organisations.visible_to(self._request.user)
            .only("likely_park", "slug", "name", "name_en", "kind", "sample")
            .order_by("name")[: ORGANISATIONS_SHOWN + 1]
        )
        return [
            Listed(
                f"{self._organisations_url}{organisation.slug}/",
                organisation.title,
                kind=organisation.get_kind_display(),
                is_sample=organisation.sample,
            )
            for organisation in found
        ]

    @cached_property
    def emissions(self) -> list[Emission]:
        """Named point sources that are likely to be in the park."""
        found = self.park.point_sources.filter(organisation__published=True)
        rows = found.values_list("name_nb", "name_en", "tonnes", "year", "organisation__slug")
        english = (get_language() or "").startswith("en")
        return [
            Emission(
                (name_en if english else "") or name_nb,
                tonnes,
                year,
                f"{self._organisations_url}{slug}/",
            )
            for name_nb, name_en, tonnes, year, slug in rows
        ]

    def _render(self) -> dict[str, str]:
        """The parts that this room alone decides. Eight queries, once for each edition."""
        park = self.park
        matrix = read_matrix()
        _, code = text_and_language(park, "description")
        context = {
            "park": park,
            "description": mark_safe(getattr(park, f"description_{code}_html", "")),  # noqa: S308 - rendered and cleaned by ui.markdown
            "description_language": foreign_language(park, "description"),
            "categories": list(park.categories.all()),
            "ownership_setups": OwnershipSetup.objects.filter(kind=OwnershipSetup.Kind.SETUP),
            "themes": park.park_themes.select_related("theme"),
            "themes_url": reverse("parks:themes"),
            "matrix": matrix,
            "row": next((row for row in matrix.rows if row.slug == park.slug), None),
            "matrix_url": reverse("parks:focus-areas"),
            "flows": read_flows(park),
            "figures": [shown(f) for f in park.figures.select_related("source", "cited")],
            "sources": list(park.sources.all()),
            "remarks": localised(park, "note"),
            "category_note": localised(park, "category_note"),
        }
        return {
            name: str(render_to_string(f"parks/profile_{name}.html", context))
            for name in ("facts", "knowledge", "sources")
        }

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
