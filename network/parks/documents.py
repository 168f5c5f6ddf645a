"""What of a park is searchable, and the facets that parks bring with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from accounts.roles import AnyUser
from network.parks.models import (
    FocusArea,
    MaterialFlow,
    Park,
    ParkCategory,
    ParkFocus,
    ParkTheme,
    Term,
    Theme,
    lines,
)
from network.parks.places import municipality_slugs
from search.documents import Content, Document
from search.facets import Facet, Names
from ui.markdown import plain

TYPE = "park"


class SearchablePark(Document[Park]):
    """Parks, found by all their names and by what goes in and out of them."""

    type = TYPE
    model = Park
    label = _("Park")
    plural = _("Parks")
    icon = "park"
    color = "copper"
    watched = {
        FocusArea: lambda area: area.parks.only("pk"),
        Theme: lambda theme: theme.parks.only("pk"),
        ParkCategory: lambda category: category.parks.only("pk"),
        ParkFocus: lambda focus: [Park(pk=focus.park_id)],
        ParkTheme: lambda link: [Park(pk=link.park_id)],
        MaterialFlow: lambda flow: [Park(pk=flow.park_id)],
    }

    def queryset(self) -> QuerySet[Park]:
        """All parks with what their entries are made of."""
        return Park.objects.prefetch_related(
            "categories", "themes", "focus_areas", "material_flows"
        )

    def content(self, instance: Park) -> Content:
        """The park as the search shows it."""
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
            facets={
                "park": [instance.slug],
                "theme": [theme.slug for theme in instance.themes.all()],
                "focus": [area.slug for area in instance.focus_areas.all()],
                "municipality": municipality_slugs(instance.municipality),
            },
            meta={"place": instance.place},
            lat=instance.lat,
            lon=instance.lon,
        )

    def visible(self, user: AnyUser, pks: Iterable[int]) -> set[int]:
        """Those that ``user`` may see."""
        found = Park.objects.visible_to(user).filter(pk__in=list(pks))
        return set(found.values_list("pk", flat=True))


def url_in(language: str, slug: str) -> str:
    """Path of a park's profile in a language."""
    return f"{_list_path(language)}{slug}/"


@cache
def _list_path(language: str) -> str:
    with override(language):
        return reverse("parks:list")


def _keywords(park: Park) -> Iterator[str]:
    yield park.short_name
    yield from lines(park.other_names)
    for area in park.focus_areas.all():
        yield from (area.name_nb, area.name_en)
    for flow in park.material_flows.all():
        yield from (flow.name_nb, flow.name_en)


def _texts(park: Park, language: str) -> Iterator[str]:
    def text(obj: Any, field: str) -> str:
        return str(getattr(obj, f"{field}_{language}"))

    yield plain(text(park, "description"))
    yield park.place
    yield from (text(category, "name") for category in park.categories.all())
    yield from (text(theme, "name") for theme in park.themes.all())


def term_names(model: type[Term]) -> Names:
    """What the terms of a vocabulary are called, by slug."""
    rows = model._default_manager.values_list("slug", "name_nb", "name_en")
    return {slug: (name_nb, name_en) for slug, name_nb, name_en in rows}


FACETS = (
    Facet("park", pgettext_lazy("facet", "Park"), lambda: term_names(Park)),
    Facet("theme", pgettext_lazy("facet", "Theme"), lambda: term_names(Theme)),
    Facet("focus", pgettext_lazy("facet", "Focus area"), lambda: term_names(FocusArea)),
)
