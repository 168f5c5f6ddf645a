"""An organisation's profile."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from accounts.roles import roles_of
from network.organisations.models import Organisation, PointSource
from network.organisations.permissions import can_edit_organisation
from network.parks.figures import FigureShown, shown
from network.parks.models import Source, lines
from ui.json_ld import json_ld
from ui.numbers import format_organisation_number
from ui.text import foreign_language, localised

FACILITIES_SHOWN: Final = 6
REGISTER: Final = "https://virksomhet.brreg.no/nb/oppslag/enheter/{number}"


@dataclass(frozen=True, slots=True)
class Fact:
    """A term, what it is, and where it leads; ``note`` says how sure it is."""

    icon: str
    label: str
    text: str
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class HostedFacility:
    """A test facility that the organisation hosts."""

    url: str
    title: str
    text: str
    is_sample: bool


class OrganisationProfile:
    """An organisation as its page shows it to whoever asks."""

    def __init__(self, organisation: Organisation, request: HttpRequest) -> None:
        self.organisation = organisation
        self._request = request
        self.language = foreign_language(organisation, "summary")
        self.remarks = localised(organisation, "note")
        self.competences = lines(organisation.competences)
        self.competences_language = foreign_language(organisation, "competences")
        self._list_url = reverse("organisations:list")
        self._facilities_url = reverse("facilities:list")

    @property
    def kind(self) -> str:
        """What it is, to stand at the start of a line."""
        return str(capfirst(self.organisation.get_kind_display()))

    @property
    def description(self) -> str:
        """The summary, cut to what search engines show."""
        return Truncator(self.organisation.summary).chars(200)

    @cached_property
    def can_edit(self) -> bool:
        """Whether the reader looks after this organisation."""
        return can_edit_organisation(self._request.user, self.organisation)

    @property
    def edit_url(self) -> str:
        """Where those who do find everything about it."""
        return reverse("organisations:desk", args=[self.organisation.slug])

    @cached_property
    def join_url(self) -> str:
        """Where somebody asks to belong; empty for those who do, and for sample organisations."""
        pk = self.organisation.pk
        if self.organisation.sample or pk in roles_of(self._request.user).organisations:
            return ""
        return reverse("organisations:join", args=[self.organisation.slug])

    @property
    def facts(self) -> list[Fact]:
        """What is known for certain and what is likely, in the order in which it is asked for."""
        organisation = self.organisation
        facts = [Fact("tag", _("Kind"), self.kind, f"{self._list_url}?kind={organisation.kind}")]
        if organisation.number:
            facts.append(
                Fact(
                    "document",
                    _("Organisation number"),
                    format_organisation_number(organisation.number),
                    REGISTER.format(number=organisation.number),
                    _("Look it up in the Central Coordinating Register"),
                )
            )
        facts += [
            Fact("park", _("Park"), park.name, park.get_absolute_url()) for park in self._parks
        ]
        if likely := organisation.likely_park:
            note = _(
                "Probably: inferred from the place and from general knowledge, not confirmed by the "
                "organisation."
            )
            facts.append(
                Fact("park", _("Likely park"), likely.name, likely.get_absolute_url(), note)
            )
        return facts + self._facts_of_trade()

    def _facts_of_trade(self) -> list[Fact]:
        organisation = self.organisation
        chain = organisation.chain_place
        code = f"{organisation.industry_code} {organisation.industry_code_version}".strip()
        country = "" if organisation.country in {"", "NO"} else organisation.country
        facts = [
            Fact("map", _("Municipality"), organisation.municipality),
            Fact("globe", _("Country"), country),
            Fact("building", _("Industry code"), code),
            Fact(
                "layers",
                _("Place in the value chain"),
                capfirst(organisation.get_chain_place_display()),
                f"{self._list_url}?chain={chain}",
            ),
            Fact("link", _("Web"), urlsplit(organisation.web).netloc, organisation.web),
        ]
        return [fact for fact in facts if fact.text]

    @property
    def has_contact(self) -> bool:
        """Whether there is any way to reach it here."""
        organisation = self.organisation
        return bool(
            organisation.contact_role or organisation.contact_email or organisation.contact_phone
        )

    @property
    def phone_number(self) -> str:
        """The phone number as a link needs it."""
        return "".join(c for c in self.organisation.contact_phone if c.isdigit() or c == "+")

    @cached_property
    def _parks(self) -> list[Any]:
        return list(self.organisation.parks.all())

    @cached_property
    def themes(self) -> list[tuple[str, str]]:
        """Names of its themes, each with the directory narrowed to it."""
        return [
            (theme.name, f"{self._list_url}?theme={theme.slug}")
            for theme in self.organisation.themes.all()
        ]

    @cached_property
    def _facilities(self) -> list[HostedFacility]:
        found = (
            self.organisation.facilities.visible_to(self._request.user)
            .only("host", "slug", "name_nb", "name_en", "summary_nb", "summary_en", "sample")
            .order_by("name_nb")[: FACILITIES_SHOWN + 1]
        )
        return [
            HostedFacility(
                f"{self._facilities_url}{facility.slug}/",
                facility.name,
                Truncator(facility.summary).chars(140),
                facility.sample,
            )
            for facility in found
        ]

    @property
    def facilities(self) -> list[HostedFacility]:
        """The first test facilities that it hosts."""
        return self._facilities[:FACILITIES_SHOWN]

    @property
    def facilities_url(self) -> str:
        """The catalogue, narrowed to this host; empty when all are shown."""
        if len(self._facilities) <= FACILITIES_SHOWN:
            return ""
        return f"{self._facilities_url}?host={self.organisation.slug}"

    @cached_property
    def figures(self) -> list[FigureShown]:
        """Figures that the sources give for it."""
        found = self.organisation.figures.select_related("source", "cited")
        return [shown(figure) for figure in found]

    @cached_property
    def point_sources(self) -> list[PointSource]:
        """Where it emits CO₂, as far as it is named."""
        return list(self.organisation.point_sources.select_related("likely_park", "source"))

    @cached_property
    def sources(self) -> list[Source]:
        """Where all this is from."""
        return list(self.organisation.sources.all())

    @property
    def structured_data(self) -> SafeString:
        """The organisation in schema.org's words."""
        organisation, absolute = self.organisation, self._request.build_absolute_uri
        url = absolute(organisation.get_absolute_url())
        address = {
            "@type": "PostalAddress",
            "addressLocality": organisation.municipality,
            "addressCountry": organisation.country,
        }
        described = {
            "@type": "Organization",
            "@id": url,
            "url": url,
            "name": organisation.title,
            "description": organisation.summary,
            "sameAs": organisation.web,
            "taxID": organisation.number,
            "address": address if organisation.municipality else None,
            "email": organisation.contact_email,
            "telephone": organisation.contact_phone,
        }
        steps = [(_("Organisations"), absolute(self._list_url)), (organisation.title, url)]
        path = {
            "@type": "BreadcrumbList",
            "itemListElement": [
                {"@type": "ListItem", "position": position, "name": name, "item": item}
                for position, (name, item) in enumerate(steps, start=1)
            ],
        }
        return json_ld(described) + json_ld(path)
