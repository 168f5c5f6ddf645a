"""What a facility's page shows, read with as few queries as there are tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any, Final
from urllib.parse import quote_plus, urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.images import get_image_model

from network.facilities.documents import TYPE
from network.facilities.enquiries.response import answers_within
from network.facilities.listing import lead_time, not_confirmed_since
from network.facilities.markup import chips, equipment_rows, levels_list, standards_list
from network.facilities.models import Access, Facility, Freshness, Outcome, PriceNote
from network.facilities.parts import Part, parts_of
from network.facilities.structured_data import facility_data
from ui.json_ld import json_ld
from ui.maps import MapPoint, park_map
from ui.text import foreign_language, localised, text_and_language

MAX_PICTURES: Final = 8
PICTURE: Final = "width-960|format-webp"
SHARED_PICTURE: Final = "fill-1200x630|format-jpeg"
TERM_FACETS: Final = {
    "methods": "method",
    "materials": "material",
    "standards": "standard",
    "themes": "theme",
}


@dataclass(frozen=True, slots=True)
class TermLink:
    """A term and the catalogue narrowed to it; ``note`` says what a code means."""

    label: str
    url: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Machine:
    """A machine or instrument; ``reach`` is what it covers with its unit, "0–250 kN"."""

    name: str
    make: str
    reach: str
    quantity: int


@dataclass(frozen=True, slots=True)
class Price:
    """What it costs for whom."""

    user_type: str
    note: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture with its alternative text."""

    image: Any
    alt: str


@dataclass(frozen=True, slots=True)
class Download:
    """A document: where it is fetched and what kind of file it is, "PDF"."""

    title: str
    url: str
    kind: str


class FacilityPage:
    """A facility as its page shows it to whoever asks."""

    def __init__(self, facility: Facility, request: HttpRequest) -> None:
        self.facility = facility
        self._request = request
        self._english = (get_language() or settings.LANGUAGE_CODE).startswith("en")
        self.catalogue_url = reverse("facilities:list")
        self.park_url = facility.park.get_absolute_url()
        self.host = facility.shown_host
        self.language = foreign_language(facility, "name")
        self.summary_language = foreign_language(facility, "summary")
        self.description_language = foreign_language(facility, "description")
        self.tile_url = str(settings.MAP_TILE_URL)
        self.tile_attribution = str(settings.MAP_ATTRIBUTION)

    @cached_property
    def _parts(self) -> Mapping[str, Sequence[Part]]:
        return parts_of(self.facility.pk)

    def _terms(self, name: str) -> list[TermLink]:
        """The terms of one kind by what the reader sees."""
        links = []
        for part in self._parts.get(name, ()):
            name_nb, name_en, slug, code, _rest = part.texts
            label = self._in_language(name_nb, name_en)
            url = f"{self.catalogue_url}?{TERM_FACETS[name]}={quote_plus(slug)}"
            links.append(TermLink(code or label, url, label if code else ""))
        return sorted(links, key=lambda link: link.label.casefold())

    def _in_language(self, text_nb: str, text_en: str) -> str:
        return (text_en if self._english else "") or text_nb

    @cached_property
    def methods(self) -> list[TermLink]:
        """What one can have done."""
        return self._terms("methods")

    @property
    def abilities(self) -> list[tuple[str, SafeString]]:
        """Terms by their kind, as lists of links."""
        found = (
            (_("Methods"), self.methods, chips),
            (_("Materials"), self._terms("materials"), chips),
            (_("Standards"), self._terms("standards"), standards_list),
            (_("Themes"), self._terms("themes"), chips),
        )
        return [(label, markup(terms)) for label, terms, markup in found if terms]

    @property
    def equipment(self) -> SafeString | str:
        """Rows of the table of machines and instruments; empty if there are none."""
        machines = [
            Machine(
                self._in_language(*part.texts[:2]),
                part.texts[2],
                " ".join(filter(None, part.texts[3:5])),
                part.number,
            )
            for part in self._parts.get("equipment", ())
        ]
        return equipment_rows(machines)

    @cached_property
    def prices(self) -> list[Price]:
        """Price notes by user type."""
        return [
            Price(
                str(capfirst(PriceNote.UserType(part.texts[0]).label)),
                self._in_language(*part.texts[1:3]),
            )
            for part in self._parts.get("prices", ())
        ]

    @cached_property
    def pictures(self) -> list[Picture]:
        """The first pictures, with their renditions at hand."""
        found = self._parts.get("images", ())[:MAX_PICTURES]
        if not found:
            return []
        images = get_image_model().objects.prefetch_renditions(PICTURE, SHARED_PICTURE)
        by_pk = images.in_bulk([part.number for part in found])
        return [
            Picture(by_pk[part.number], self._in_language(*part.texts[:2]))
            for part in found
            if part.number in by_pk
        ]

    @cached_property
    def files(self) -> list[Download]:
        """Documents to download, from a view that checks who asks."""
        slug = self.facility.slug
        return [
            Download(
                part.texts[0],
                reverse("facilities:file", args=[slug, part.pk]),
                PurePosixPath(part.texts[1]).suffix.lstrip(".").upper(),
            )
            for part in self._parts.get("documents", ())
        ]

    @property
    def scale(self) -> str:
        """How big the work is, as a sentence begins."""
        return str(capfirst(self.facility.get_scale_display()))

    @cached_property
    def access(self) -> str:
        """Who can use it, as a sentence begins."""
        return str(capfirst(self.facility.get_access_display()))

    @property
    def access_note(self) -> str:
        """What that means for somebody who asks."""
        notes = {
            Access.OPEN: _("Anybody can order a job."),
            Access.COLLABORATION: _("The host takes part in the work, usually as a joint project."),
            Access.INTERNAL: _("Mainly for the host's own work; ask what is possible."),
        }
        return notes.get(Access(self.facility.access), "")

    @property
    def description(self) -> SafeString:
        """The description in the reader's language, as it was rendered when saved."""
        language = text_and_language(self.facility, "description")[1] or "nb"
        rendered: str = getattr(self.facility, f"description_{language}_html")
        return mark_safe(rendered)  # noqa: S308 - sanitised when saved

    @property
    def safety(self) -> str:
        """What one must know and wear."""
        return localised(self.facility, "safety")

    @property
    def certificates(self) -> str:
        """What one must have to do the work oneself."""
        return localised(self.facility, "certificates")

    @property
    def _served(self) -> tuple[int, int] | None:
        """The first and last technology readiness level that is served."""
        least, most = self.facility.trl_min, self.facility.trl_max
        if least is None and most is None:
            return None
        return least or most or 1, most or least or 9

    @property
    def levels(self) -> SafeString | str:
        """Technology readiness levels one to nine, those that are served marked."""
        return levels_list(*self._served) if self._served else ""

    @cached_property
    def trl(self) -> str:
        """The levels in words: "TRL 4–7"."""
        if not self._served:
            return ""
        first, last = self._served
        return f"TRL {first}" if first == last else f"TRL {first}–{last}"

    @property
    def lead_time(self) -> str:
        """How long it takes before a job can begin."""
        days = self.facility.lead_time_days
        return "" if days is None else lead_time(days)

    @property
    def answers_within(self) -> str:
        """How soon the host tends to answer; empty while there are too few answers to tell."""
        known = getattr(self.facility, "response_time", None)
        return "" if known is None else answers_within(known)

    @property
    def shows_calendar(self) -> bool:
        """Whether anybody may see when it is free."""
        known = getattr(self.facility, "calendar_settings", None)
        return known is not None and known.shows_free_busy

    @cached_property
    def statements(self) -> list[str]:
        """What those who have used it say, if they let others read it; by whom is not told."""
        said = Outcome.objects.filter(
            booking__facility=self.facility, by_host=False, public=True
        ).exclude(statement="")
        return list(said.order_by("-written_at").values_list("statement", flat=True)[:3])

    @property
    def is_stale(self) -> bool:
        """Whether the entry is marked as not confirmed."""
        return self.facility.freshness_state in {Freshness.STALE, Freshness.HIDDEN}

    @property
    def stale_note(self) -> str:
        """Since when nobody has said that the entry is right."""
        confirmed = self.facility.confirmed_on
        return capfirst(not_confirmed_since(confirmed) if confirmed else _("never confirmed"))

    @cached_property
    def coordinates(self) -> tuple[float, float] | None:
        """Degrees of the facility, else of its park."""
        for place in (self.facility, self.facility.park):
            if place.lat is not None and place.lon is not None:
                return place.lat, place.lon
        return None

    @property
    def points(self) -> list[dict[str, Any]]:
        """The one point of the map."""
        if not self.coordinates:
            return []
        lat, lon = self.coordinates
        return [{"title": self.facility.name, "url": "", "lat": lat, "lon": lon, "kind": TYPE}]

    @property
    def overview(self) -> SafeString | str:
        """The map for those without scripts."""
        if not self.coordinates:
            return ""
        point = MapPoint(*self.coordinates, self.facility.park.name)
        return park_map([point], _("Where the facility is"))

    @property
    def phone_number(self) -> str:
        """The telephone number as a link takes it."""
        return "".join(
            sign for sign in self.facility.contact_phone if sign.isdigit() or sign == "+"
        )

    @property
    def web_host(self) -> str:
        """The web address in short."""
        return urlsplit(self.facility.url).netloc.removeprefix("www.")

    @cached_property
    def mail_link(self) -> str:
        """A mail to the contact with a subject that says what it is about."""
        address = self.facility.contact_email
        if not address:
            return ""
        subject = _("Question about %(name)s") % {"name": self.facility.name}
        return f"mailto:{address}?{urlencode({'subject': subject}).replace('+', '%20')}"

    @cached_property
    def shared_picture(self) -> str:
        """Absolute address of the picture that is shown where the page is shared."""
        if not self.pictures:
            return ""
        rendition = self.pictures[0].image.get_rendition(SHARED_PICTURE)
        return self._request.build_absolute_uri(rendition.url)

    @property
    def structured_data(self) -> SafeString:
        """The page for machines: the facility and where the page stands."""
        absolute = self._request.build_absolute_uri
        return format_html(
            "{}{}", *(json_ld(data) for data in facility_data(self.facility, self, absolute))
        )
