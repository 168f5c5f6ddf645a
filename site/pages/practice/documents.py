"""What of articles is searchable, and the facet they are filtered by."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from wagtail.models import Page

from network.organisations.documents import choice_names
from network.organisations.models import Organisation
from network.parks.models import FocusArea, Park, Theme
from pages.documents import PageDocument
from pages.practice.models import Adoption, Kind, PracticePage, Status
from search.facets import Facet, value_name
from search.finding import Found
from ui.cards import Card, Fact

TYPE: Final = "practice"
FACET: Final = "experience"
COUNTED: Final = (Status.CONSIDERING, Status.TRYING, Status.ADOPTED)


def _pages_of(term: Any) -> Iterable[Page]:
    """The pages whose entries show something of a park, theme or focus area."""
    found: Iterable[Page] = term.practices.only("pk")
    return found


def _pages_with(organisation: Organisation) -> Iterable[Page]:
    """The pages whose entries name or count an organisation, which may be hidden from one day on."""
    part = Q(organisation_links__organisation=organisation)
    does = Q(article__adoptions__organisation=organisation)
    found: Iterable[Page] = PracticePage.objects.filter(part | does).distinct().only("pk")
    return found


class SearchablePractice(PageDocument):
    """Articles, found by what was done and what came of it."""

    type = TYPE
    label = gettext_lazy("Best practice")
    plural = gettext_lazy("Best practice articles")
    icon = "idea"
    color = "copper"
    page_types = (PracticePage,)
    watched = {
        Park: _pages_of,
        Theme: _pages_of,
        FocusArea: _pages_of,
        Organisation: _pages_with,
    }

    def more(self, page: Any) -> dict[str, Any]:
        """Facets, and what a card shows beside title and summary."""
        parks = list(page.parks.all())
        placed = next((park for park in parks if park.lat is not None), None)
        return {
            "facets": {
                FACET: [page.kind],
                "park": [park.slug for park in parks],
                "theme": [theme.slug for theme in page.themes.all()],
                "focus": [area.slug for area in page.focus_areas.all()],
            },
            "keywords": [effect.indicator for effect in page.effects.all()],
            "lat": placed.lat if placed else None,
            "lon": placed.lon if placed else None,
            "meta": {
                "kind": page.kind,
                "parks": [park.slug for park in parks],
                "adopted": _adopted(page),
            },
        }

    def texts(self, page: Any) -> Iterable[Any]:
        """All of the article's own words, and who and where it is of."""
        for name in ("situation", "done", "prerequisites", "obstacles", "differently"):
            yield strip_tags(getattr(page, name).replace("<", " <"))
        for effect in page.effects.all():
            yield f"{effect.indicator} {effect.unit} {effect.measured}"
        yield page.get_kind_display()
        links = page.organisation_links.select_related("organisation")
        yield from (link.organisation.title for link in links if link.organisation.published)
        for relation in (page.parks, page.themes, page.focus_areas):
            yield from (each.name for each in relation.all())
        yield from super().texts(page)

    def card(self, found: Found) -> Card:
        """An article as every list shows it."""
        return card_of(found)


def card_of(found: Found) -> Card:
    """What a list shows of an article; reads nothing but its entry."""
    meta, language = found.entry.meta, found.language
    parks = ", ".join(value_name("park", slug, language) for slug in meta.get("parks", ()))
    adopted = meta.get("adopted", 0)
    facts = [Fact("park", _("Park"), parks)] if parks else []
    if adopted:
        text = ngettext("%(count)d does the same", "%(count)d do the same", adopted)
        facts.append(Fact("recycle", _("Adopted"), text % {"count": adopted}))
    return Card(
        url=found.url,
        title=found.marked_title,
        kind=value_name(FACET, meta.get("kind", ""), language),
        icon=SearchablePractice.icon,
        color=SearchablePractice.color,
        summary=found.snippet,
        facts=facts,
        distance_km=found.distance_km,
        language="nb" if found.english and not found.entry.title_en else "",
        key=found.entry.key,
    )


def _adopted(page: Any) -> int:
    """How many that everybody may see do it, or think of it."""
    adoptions = Adoption.objects.visible_to(AnonymousUser())
    found = adoptions.filter(article__translation_key=page.translation_key, status__in=COUNTED)
    return found.count()


FACETS = (Facet(FACET, pgettext_lazy("facet", "Kind of experience"), lambda: choice_names(Kind)),)
