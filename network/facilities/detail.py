"""What a facility's page shows, read with as few queries as there are tables."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Cast
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
from network.facilities.listing import is_stale, lead_time
from network.facilities.models import Access, Facility, FacilityImage
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
class Level:
    """One of the nine technology readiness levels."""

    number: int
    inside: bool


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
        self.catalogue_url = reverse("facilities:list")
        self.park_url = facility.park.get_absolute_url()
        self.host = facility.shown_host
        self.language = foreign_language(facility, "name")
        self.summary_language = foreign_language(facility, "summary")
        self.description_language = foreign_language(facility, "description")
        self.tile_url = str(settings.MAP_TILE_URL)
        self.tile_attribution = str(settings.MAP_ATTRIBUTION)

    @cached_property
    def _terms(self) -> dict[str, list[TermLink]]:
        """All terms in one query, by what they are."""
        links: dict[str, list[TermLink]] = {name: [] for name in TERM_FACETS}
        english = (get_language() or settings.LANGUAGE_CODE).startswith("en")
        first, *others = (_rows(self.facility, name) for name in TERM_FACETS)
        for name, slug, name_nb, name_en, code in first.union(*others, all=True):
            label = (name_en if english else "") or name_nb
            url = f"{self.catalogue_url}?{urlencode({TERM_FACETS[name]: slug})}"
            links[name].append(TermLink(code or label, url, label if code else ""))
        for found in links.values():
            found.sort(key=lambda link: link.label.casefold())
        return links

    @property
    def methods(self) -> list[TermLink]:
        """What one can have done."""
        return self._terms["methods"]

    @property
    def materials(self) -> list[TermLink]:
        """What can be tested or processed."""
        return self._terms["materials"]

    @property
    def standards(self) -> list[TermLink]:
        """By which standards."""
        return self._terms["standards"]

    @property
    def themes(self) -> list[TermLink]:
        """The network's themes it serves."""
        return self._terms["themes"]

    @cached_property
    def equipment(self) -> list[Any]:
        """Machines and instruments."""
        return list(self.facility.equipment.all())

    @cached_property
    def prices(self) -> list[Any]:
        """Price notes by user type."""
        return list(self.facility.prices.all())

    @cached_property
    def pictures(self) -> list[FacilityImage]:
        """The first pictures, with their renditions at hand."""
        images = get_image_model().objects.prefetch_renditions(PICTURE, SHARED_PICTURE)
        found = list(FacilityImage.objects.filter(facility=self.facility)[:MAX_PICTURES])
        by_pk = images.in_bulk([picture.image_id for picture in found]) if found else {}
        for picture in found:
            picture.image = by_pk[picture.image_id]
        return found

    @cached_property
    def files(self) -> list[Download]:
        """Documents to download, from a view that checks who asks."""
        slug = self.facility.slug
        return [
            Download(
                document.title,
                reverse("facilities:file", args=[slug, document.pk]),
                PurePosixPath(document.file.name).suffix.lstrip(".").upper(),
            )
            for document in self.facility.documents.all()
        ]

    @property
    def scale(self) -> str:
        """How big the work is, as a sentence begins."""
        return str(capfirst(self.facility.get_scale_display()))

    @property
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
    def levels(self) -> list[Level]:
        """Technology readiness levels one to nine, and which of them are served."""
        least, most = self.facility.trl_min, self.facility.trl_max
        if least is None and most is None:
            return []
        inside = range(least or most or 1, (most or least or 9) + 1)
        return [Level(number, number in inside) for number in range(1, 10)]

    @property
    def trl(self) -> str:
        """The levels in words: "TRL 4–7"."""
        served = [level.number for level in self.levels if level.inside]
        if not served:
            return ""
        return f"TRL {served[0]}" if len(served) == 1 else f"TRL {served[0]}–{served[-1]}"

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

    @property
    def is_stale(self) -> bool:
        """Whether nobody has confirmed the entry for a year."""
        return is_stale(self.facility.confirmed_on)

    @property
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

    @property
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


def _rows(facility: Facility, name: str) -> QuerySet[Any, tuple[Any, ...]]:
    manager = getattr(facility, name).get_original_manager()
    code = "code" if name == "standards" else Value("")
    return manager.order_by().values_list(  # type: ignore[no-any-return]  # a manager made at run time
        Cast(Value(name), CharField()), "slug", "name_nb", "name_en", Cast(code, CharField())
    )
