"""What of a test facility is searchable, and the facets it is filtered by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import chain

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from accounts.roles import ADMINISTRATORS_TOKEN, AnyUser
from network.facilities.listing import facility_card
from network.facilities.models import (
    Access,
    Equipment,
    Facility,
    FreshnessStep,
    Material,
    Method,
    PriceNote,
    Scale,
    Standard,
)
from network.organisations.documents import choice_names
from network.organisations.models import Organisation
from network.parks.models import Park, Theme
from search.documents import Content, Document
from search.facets import Facet, Names
from search.finding import Found
from search.query import PUBLIC
from ui.cards import Card
from ui.markdown import plain

TYPE = "facility"
CARD_METHODS = 3
DEMOTED_STEPS = frozenset({FreshnessStep.LOWERED, FreshnessStep.REMINDED, FreshnessStep.HIDDEN})


class SearchableFacility(Document[Facility]):
    """Facilities, found by what they can do and by everything that is called."""

    type = TYPE
    model = Facility
    prior = 1.4
    # Less than a better word makes: an entry that nobody confirms can still be the right one.
    demotion = 0.1
    label = _("Test facility")
    plural = _("Test facilities")
    icon = "facility"
    color = "accent"
    watched = {
        Method: lambda term: term.facilities.only("pk"),
        Material: lambda term: term.facilities.only("pk"),
        Standard: lambda term: term.facilities.only("pk"),
        Theme: lambda term: term.facilities.only("pk"),
        Park: lambda park: park.facilities.only("pk"),
        Organisation: lambda host: host.facilities.only("pk"),
        Equipment: lambda part: [Facility(pk=part.facility_id)],
        PriceNote: lambda part: [Facility(pk=part.facility_id)],
    }

    def queryset(self) -> QuerySet[Facility]:
        """All facilities with everything their entries are made of."""
        return Facility.objects.select_related("park", "host").prefetch_related(
            "methods", "materials", "standards", "themes", "equipment", "prices"
        )

    def content(self, instance: Facility) -> Content:
        """The facility as the search shows it; unpublished ones only to those who look after it."""
        has_place = instance.lat is not None and instance.lon is not None
        return Content(
            slug=instance.slug,
            title_nb=instance.name_nb,
            title_en=instance.name_en,
            summary_nb=instance.summary_nb,
            summary_en=instance.summary_en,
            text_nb="\n".join(_texts(instance, "nb")),
            text_en="\n".join(_texts(instance, "en")),
            keywords=list(_keywords(instance)),
            url_nb=url_in("nb", instance.slug),
            url_en=url_in("en", instance.slug),
            facets=_facets_of(instance),
            audience=_audience(instance),
            meta=_meta(instance),
            lat=instance.lat if has_place else instance.park.lat,
            lon=instance.lon if has_place else instance.park.lon,
            published_at=instance.created_at,
            confirmed_on=instance.confirmed_on,
            demoted=instance.freshness in DEMOTED_STEPS,
        )

    def card(self, found: Found) -> Card:
        """The facility among results of other types."""
        return replace(facility_card(found), kind=str(self.label), icon=self.icon, comparable=False)

    def visible(self, user: AnyUser, pks: Iterable[int]) -> set[int]:
        """Those that ``user`` may see."""
        found = Facility.objects.visible_to(user).filter(pk__in=list(pks))
        return set(found.values_list("pk", flat=True))


def url_in(language: str, slug: str) -> str:
    """Path of a facility's page in a language."""
    return f"{_list_path(language)}{slug}/"


@cache
def _list_path(language: str) -> str:
    with override(language):
        return reverse("facilities:list")


def _keywords(facility: Facility) -> Iterator[str]:
    terms = chain(facility.methods.all(), facility.materials.all(), facility.standards.all())
    for term in terms:
        yield from term.forms
    for item in facility.equipment.all():
        yield from (item.name_nb, item.name_en, item.make)


def _texts(facility: Facility, language: str) -> Iterator[str]:
    """Running text in one language; what has none falls back to the other for names only."""

    def text(obj: Model, field: str) -> str:
        return getattr(obj, f"{field}_{language}") or ""

    yield plain(text(facility, "description"))
    for item in facility.equipment.all():
        name = text(item, "name") or item.name_nb
        yield " ".join(filter(None, (name, item.make, item.range, item.unit)))
    yield text(facility, "safety")
    yield text(facility, "certificates")
    yield from (text(price, "note") for price in facility.prices.all())
    yield from (text(theme, "name") for theme in facility.themes.all())
    park = facility.park
    yield " ".join((text(park, "name") or park.name_nb, park.municipality, facility.place))
    if facility.shown_host:
        yield facility.shown_host.name


def _facets_of(facility: Facility) -> dict[str, list[str]]:
    return {
        "park": [facility.park.slug],
        "host": [facility.shown_host.slug] if facility.shown_host else [],
        "method": [term.slug for term in facility.methods.all()],
        "material": [term.slug for term in facility.materials.all()],
        "standard": [term.slug for term in facility.standards.all()],
        "theme": [term.slug for term in facility.themes.all()],
        "scale": [facility.scale],
        "access": [facility.access],
    }


def _audience(facility: Facility) -> list[str]:
    if facility.is_public:
        return [PUBLIC]
    return [f"org:{facility.host_id}", f"park:{facility.park_id}", ADMINISTRATORS_TOKEN]


def _meta(facility: Facility) -> dict[str, object]:
    """What a card shows beside title and summary; terms as slugs, named when shown."""
    hidden = {"hidden": True} if facility.freshness == FreshnessStep.HIDDEN else {}
    return hidden | {
        "park": facility.park.slug,
        "host": facility.shown_host.name if facility.shown_host else "",
        "place": facility.park.municipality,
        "scale": facility.scale,
        "access": facility.access,
        "lead_time_days": facility.lead_time_days,
        "trl": [facility.trl_min, facility.trl_max],
        "methods": [term.slug for term in _approved_first(facility.methods.all())][:CARD_METHODS],
        "sample": facility.sample,
        "published": facility.is_public,
    }


def _approved_first(terms: Iterable[Method]) -> list[Method]:
    return sorted(terms, key=lambda term: not term.approved)


def _unreviewed(model: type[Method | Material | Standard]) -> frozenset[str]:
    found = model._default_manager.filter(approved=False)
    return frozenset(found.values_list("slug", flat=True))


def _term_names(model: type[Method | Material]) -> Names:
    return {
        slug: (name_nb, name_en)
        for slug, name_nb, name_en in model.objects.values_list("slug", "name_nb", "name_en")
    }


def _standard_names() -> Names:
    return {slug: (code, code) for slug, code in Standard.objects.values_list("slug", "code")}


def _host_names() -> Names:
    hosts = Organisation.objects.public().filter(facilities__isnull=False).distinct()
    return {slug: (name, name) for slug, name in hosts.values_list("slug", "name")}


FACETS = (
    Facet(
        "method",
        pgettext_lazy("facet", "Method"),
        lambda: _term_names(Method),
        unlisted=lambda: _unreviewed(Method),
    ),
    Facet(
        "material",
        pgettext_lazy("facet", "Material"),
        lambda: _term_names(Material),
        unlisted=lambda: _unreviewed(Material),
    ),
    Facet("scale", pgettext_lazy("facet", "Scale"), lambda: choice_names(Scale)),
    Facet("access", pgettext_lazy("facet", "Access"), lambda: choice_names(Access)),
    Facet(
        "standard",
        pgettext_lazy("facet", "Standard"),
        _standard_names,
        unlisted=lambda: _unreviewed(Standard),
    ),
    Facet("host", pgettext_lazy("facet", "Host"), _host_names, counted=False),
)
