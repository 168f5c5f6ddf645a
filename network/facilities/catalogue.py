"""The catalogue: from an address to what its page shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from accounts.roles import AnyUser, roles_of
from network.facilities.documents import TYPE
from network.facilities.listing import facility_card
from search.facets import facets as known_facets
from search.facets import value_name
from search.finding import Findings, find
from search.params import Read, read_request
from search.query import MAX_PAGE_SIZE, MAX_RESULTS, Sort
from ui.cards import Card
from ui.facets import ActiveFilter, Choice, FacetGroup, active_filters
from ui.maps import MapPoint, park_map

FACETS: Final = ("park", "method", "material", "scale", "access", "standard", "theme", "host")
SHOWN_FACETS: Final = FACETS[:-1]
SHOWN_VALUES: Final = 20
NEAREST: Final = 3
RADII_KM: Final = (10, 25, 50, 100, 200, 500)
MAP: Final = "kart"
VIEW: Final = "vis"
EVERYTHING: Final = "alle"

SORT_LABELS: Final = {
    Sort.RELEVANCE: pgettext_lazy("sort order", "Best match"),
    Sort.CONFIRMED: pgettext_lazy("sort order", "Last confirmed"),
    Sort.NEWEST: pgettext_lazy("sort order", "Newest"),
    Sort.DISTANCE: pgettext_lazy("sort order", "Nearest"),
    Sort.TITLE: pgettext_lazy("sort order", "Name"),
}


@dataclass(frozen=True, slots=True)
class StateLink:
    """A link to the same catalogue in another state."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class ResultPages:
    """How many pages there are, as the pagination asks for it."""

    num_pages: int


@dataclass(frozen=True, slots=True)
class ResultPage:
    """Which of the pages this is."""

    number: int
    paginator: ResultPages


def read_catalogue(parameters: QueryDict, user: AnyUser, *, size: int | None = None) -> Read:
    """The request that an address of the catalogue stands for."""
    query = parameters.copy()
    query["size"] = str(size or (MAX_PAGE_SIZE if query.get(VIEW) == MAP else 20))
    return read_request(
        query,
        language=get_language() or settings.LANGUAGE_CODE,
        types=(TYPE,),
        facets=FACETS,
        audience=roles_of(user).audience,
        default_sort=Sort.RELEVANCE if query.get("q", "").strip() else Sort.CONFIRMED,
    )


class Catalogue:
    """One state of the catalogue, as its template asks for it."""

    def __init__(self, request: HttpRequest) -> None:
        self.parameters = _meaningful(request.GET)
        self.read = read_catalogue(request.GET, request.user)
        self.request = self.read.request
        self.findings: Findings = find(self.request, request.user, note=True)
        self._user = request.user
        self._page_url = request.path

    @property
    def errors(self) -> Mapping[str, str]:
        """What of the address could not be used, by parameter."""
        return self.read.errors

    @property
    def total(self) -> int:
        """How many facilities there are."""
        return self.findings.total

    @property
    def is_narrowed(self) -> bool:
        """Whether anything was asked for at all."""
        request = self.request
        return bool(request.text or request.filters or request.near)

    @property
    def shows_map(self) -> bool:
        """Whether the map stands beside the list."""
        return self.parameters.get(VIEW) == MAP

    @property
    def radii(self) -> list[Choice]:
        """Distances to choose from, in kilometres."""
        chosen = self.parameters.get("radius_km", "")
        values = sorted({*RADII_KM, *([int(chosen)] if chosen.isdecimal() else [])})
        return [Choice(str(km), str(km), selected=str(km) == chosen) for km in values]

    @property
    def tile_url(self) -> str:
        """Where the map's tiles come from; empty for a map without."""
        return str(settings.MAP_TILE_URL)

    @property
    def tile_attribution(self) -> str:
        """Whose tiles they are."""
        return str(settings.MAP_ATTRIBUTION)

    @cached_property
    def cards(self) -> list[Card]:
        """The facilities of this page."""
        return [facility_card(found) for found in self.findings.items]

    @cached_property
    def groups(self) -> list[FacetGroup]:
        """The facets with the values that are worth showing; chosen ones always are."""
        return [self._group(name) for name in SHOWN_FACETS]

    def _group(self, name: str) -> FacetGroup:
        facet = known_facets().get(name)
        buckets = self.findings.facets.get(name, ())
        shown = [
            bucket
            for place, bucket in enumerate(buckets)
            if place < SHOWN_VALUES or bucket.selected or self.parameters.get(EVERYTHING) == name
        ]
        language = self.request.language
        choices = [
            Choice(
                bucket.value,
                value_name(name, bucket.value, language),
                bucket.count,
                bucket.selected,
            )
            for bucket in shown
        ]
        return FacetGroup(name, str(facet.label) if facet else name, choices)

    @property
    def longer_facets(self) -> list[StateLink]:
        """Links that show every value of the facets that are cut short."""
        return [
            StateLink(group.label, self.url(**{EVERYTHING: group.name}), current=False)
            for group in self.groups
            if len(self.findings.facets.get(group.name, ())) > len(group.choices)
        ]

    @cached_property
    def filters(self) -> list[ActiveFilter]:
        """What narrows the list, each with the link that lifts it."""
        language = self.request.language
        chosen = [
            FacetGroup(
                name,
                str(known_facets()[name].label) if name in known_facets() else name,
                [Choice(v, value_name(name, v, language), selected=True) for v in values],
            )
            for name, values in self.request.filters.items()
        ]
        filters = active_filters(chosen, self.parameters)
        if self.request.text:
            label, url = f"“{self.request.text}”", self.url(q=None)
            filters.insert(0, ActiveFilter(pgettext("filter", "Search"), label, url))
        if self.request.near:
            filters.append(
                ActiveFilter(
                    pgettext("filter", "Near"),
                    self._near_label(),
                    self.url(near=None, radius_km=None),
                )
            )
        return filters

    def _near_label(self) -> str:
        place = value_name("park", self.read.near, self.request.language)
        if self.request.radius_km:
            return _("%(place)s, within %(radius)d km") % {
                "place": place,
                "radius": self.request.radius_km,
            }
        return place

    @property
    def clear_url(self) -> str:
        """The list without any of it."""
        return self._page_url

    @property
    def sorts(self) -> list[StateLink]:
        """The orders that make sense now."""
        possible = [
            sort
            for sort in SORT_LABELS
            if (sort != Sort.RELEVANCE or self.request.text)
            and (sort != Sort.DISTANCE or self.request.near)
        ]
        return [
            StateLink(
                str(SORT_LABELS[sort]), self.url(sort=sort.value), current=sort == self.request.sort
            )
            for sort in possible
        ]

    @property
    def views(self) -> list[StateLink]:
        """List or map."""
        return [
            StateLink(_("List"), self.url(**{VIEW: None}), current=not self.shows_map),
            StateLink(_("Map"), self.url(**{VIEW: MAP}), current=self.shows_map),
        ]

    @property
    def page(self) -> ResultPage:
        """Where in the pages we are; no further than the search can go."""
        size = self.request.size
        reachable = min(self.total, MAX_RESULTS)
        return ResultPage(self.request.page, ResultPages(max(1, -(-reachable // size))))

    @property
    def first(self) -> int:
        """Number of the first facility of the page, from one."""
        return self.request.offset + 1

    @property
    def last(self) -> int:
        """Number of the last facility of the page."""
        return self.request.offset + len(self.findings.items)

    @property
    def address(self) -> str:
        """The address of this state without what is empty; to be shared."""
        return f"{self._page_url}?{self.parameters.urlencode()}".rstrip("?")

    @property
    def export_query(self) -> str:
        """The query string with which the export holds the same facilities."""
        return self.url(page=None, **{VIEW: None, EVERYTHING: None})

    @property
    def correction_url(self) -> str:
        """The same search spelled as we think it was meant; empty when there is no better way."""
        return self.url(q=self.findings.correction) if self.findings.correction else ""

    @property
    def points(self) -> list[dict[str, Any]]:
        """The facilities of this page that have a place, for the map."""
        return [
            {
                "title": found.title,
                "url": found.url,
                "lat": found.entry.lat,
                "lon": found.entry.lon,
                "kind": TYPE,
                "key": found.entry.slug,
            }
            for found in self.findings.items
            if found.entry.lat is not None and found.entry.lon is not None
        ]

    @property
    def overview(self) -> SafeString:
        """The map that is shown where scripts do not run: one mark for each park of the page."""
        return park_map(_park_points(self), _("Map of the facilities"))

    @cached_property
    def nearest(self) -> list[Card]:
        """When nothing matches everything: what matches the words, or what lies closest."""
        if self.request.filters and self.request.text:
            wider = replace(self.request, filters={}, radius_km=None)
        elif self.request.near:
            wider = replace(self.request, text="", filters={}, radius_km=None, sort=Sort.DISTANCE)
        else:
            return []
        wider = replace(wider, page=1, size=NEAREST, facets=())
        return [facility_card(found) for found in find(wider, self._user).items]

    @property
    def last_page_url(self) -> str:
        """For a page past the end: the last one there is; empty when this page exists."""
        if self.findings.items or not self.total:
            return ""
        last = self.page.paginator.num_pages
        return "" if last == self.request.page else f"{self._page_url}{self.url(page=str(last))}"

    def way_out(self) -> Sequence[StateLink]:
        """For an empty list: the same search with one thing less, so far as that helps."""
        return [
            StateLink(f"{active.group}: {active.label}", active.url, current=False)
            for active in self.filters
            if len(self.filters) > 1
        ]

    def url(self, **changes: str | None) -> str:
        """The address with parameters replaced or (None) removed; begins anew on page one."""
        query = self.parameters.copy()
        query.pop("page", None)
        for name, value in changes.items():
            if value is None:
                query.pop(name, None)
            else:
                query[name] = value
        return f"?{query.urlencode()}"


def _meaningful(parameters: QueryDict) -> QueryDict:
    """The parameters without empty ones, to be changed into links."""
    kept = QueryDict(mutable=True)
    for name, values in parameters.lists():
        filled = [value for value in values if value.strip()]
        if filled:
            kept.setlist(name, filled)
    return kept


def _park_points(catalogue: Catalogue) -> Iterator[MapPoint]:
    seen: dict[str, MapPoint] = {}
    counts: dict[str, int] = {}
    for found in catalogue.findings.items:
        park = found.entry.meta.get("park", "")
        counts[park] = counts.get(park, 0) + 1
        if park not in seen and found.entry.lat is not None and found.entry.lon is not None:
            name = value_name("park", park, catalogue.request.language)
            url = f"{reverse('facilities:list')}{catalogue.url(park=park)}"
            seen[park] = MapPoint(found.entry.lat, found.entry.lon, name, url)
    for park, point in seen.items():
        yield MapPoint(point.lat, point.lon, f"{point.label} ({counts[park]})", point.url)
