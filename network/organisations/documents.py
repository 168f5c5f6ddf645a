"""What of an organisation is searchable, and the facets it is filtered by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain

from django.db.models import QuerySet, TextChoices
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from accounts.roles import ADMINISTRATORS_TOKEN, AnyUser
from network.organisations.models import Organisation
from network.parks.models import Park, Theme, lines
from network.parks.places import municipality_slugs
from search.documents import Content, Document
from search.facets import Facet, Names
from search.query import PUBLIC
from ui.numbers import format_organisation_number

TYPE = "organisation"


class SearchableOrganisation(Document[Organisation]):
    """Organisations, found by name, number, what they are and what they know."""

    type = TYPE
    model = Organisation
    label = _("Organisation")
    plural = _("Organisations")
    icon = "organisation"
    color = "info"
    watched = {
        Park: lambda park: chain(
            park.organisations.only("pk"), park.likely_organisations.only("pk")
        ),
        Theme: lambda theme: theme.organisations.only("pk"),
    }

    def queryset(self) -> QuerySet[Organisation]:
        """All organisations with what their entries are made of."""
        return Organisation.objects.select_related("likely_park").prefetch_related(
            "parks", "themes"
        )

    def content(self, instance: Organisation) -> Content:
        """The organisation as the search shows it; unpublished, only to those who keep it."""
        parks = _parks(instance)
        has_place = instance.lat is not None and instance.lon is not None
        placed = next((park for park in parks if park.lat is not None), None)
        return Content(
            slug=instance.slug,
            title_nb=instance.name,
            title_en=instance.name_en,
            summary_nb=instance.summary_nb,
            summary_en=instance.summary_en,
            text_nb="\n".join(_texts(instance, "nb")),
            text_en="\n".join(_texts(instance, "en")),
            keywords=list(_keywords(instance)),
            url_nb=url_in("nb", instance.slug),
            url_en=url_in("en", instance.slug),
            facets={
                "kind": [instance.kind],
                "park": [park.slug for park in parks],
                "chain": [instance.chain_place] if instance.chain_place else [],
                "municipality": municipality_slugs(instance.municipality),
                "theme": [theme.slug for theme in instance.themes.all()],
            },
            audience=_audience(instance),
            meta=_meta(instance),
            lat=instance.lat if has_place else placed and placed.lat,
            lon=instance.lon if has_place else placed and placed.lon,
        )

    def visible(self, user: AnyUser, pks: Iterable[int]) -> set[int]:
        """Those that ``user`` may see."""
        found = Organisation.objects.visible_to(user).filter(pk__in=list(pks))
        return set(found.values_list("pk", flat=True))


def url_in(language: str, slug: str) -> str:
    """Path of an organisation's profile in a language."""
    return f"{_list_path(language)}{slug}/"


@cache
def _list_path(language: str) -> str:
    with override(language):
        return reverse("organisations:list")


def _parks(organisation: Organisation) -> list[Park]:
    """Its parks, confirmed ones first; the likely one counts, and cards say that it is likely."""
    parks = list(organisation.parks.all())
    if organisation.likely_park and organisation.likely_park not in parks:
        parks.append(organisation.likely_park)
    return parks


def _keywords(organisation: Organisation) -> Iterator[str]:
    yield organisation.name_en
    yield from lines(organisation.competences_nb)
    yield from lines(organisation.competences_en)
    if organisation.number:
        yield organisation.number
        yield format_organisation_number(organisation.number)


def _texts(organisation: Organisation, language: str) -> Iterator[str]:
    with override(language):
        yield organisation.get_kind_display()
        if organisation.chain_place:
            yield organisation.get_chain_place_display()
    yield organisation.municipality
    yield from (getattr(park, f"name_{language}") for park in _parks(organisation))
    yield from (getattr(theme, f"name_{language}") for theme in organisation.themes.all())


def _audience(organisation: Organisation) -> list[str]:
    if organisation.published:
        return [PUBLIC]
    parks = [f"park:{park.pk}" for park in organisation.parks.all()]
    return [f"org:{organisation.pk}", *parks, ADMINISTRATORS_TOKEN]


def _meta(organisation: Organisation) -> dict[str, object]:
    """What a card shows beside title and summary."""
    likely = organisation.likely_park
    return {
        "kind": organisation.kind,
        "place": organisation.municipality,
        "parks": [park.slug for park in organisation.parks.all()],
        "likely_park": likely.slug if likely else "",
        "sample": organisation.sample,
        "published": organisation.published,
    }


def choice_names(choices: type[TextChoices]) -> Names:
    """The labels of ``choices`` in both languages, by value."""

    def labels(language: str) -> dict[str, str]:
        with override(language):
            return {value: capfirst(str(label)) for value, label in choices.choices}

    norwegian, english = labels("nb"), labels("en")
    return {value: (norwegian[value], english[value]) for value in choices.values}


def _municipality_names() -> Names:
    """Municipalities of parks and organisations by slug; they are called the same everywhere."""
    of_parks = Park.objects.values_list("municipality", flat=True)
    of_organisations = Organisation.objects.values_list("municipality", flat=True)
    names = {*of_parks.distinct(), *of_organisations.distinct()}
    return {slug: (name, name) for name in names for slug in municipality_slugs(name)}


FACETS = (
    Facet("kind", pgettext_lazy("facet", "Kind"), lambda: choice_names(Organisation.Kind)),
    Facet(
        "chain",
        pgettext_lazy("facet", "Place in the value chain"),
        lambda: choice_names(Organisation.ChainPlace),
    ),
    Facet("municipality", pgettext_lazy("facet", "Municipality"), _municipality_names),
)
