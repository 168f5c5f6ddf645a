"""A list that is searched and filtered: from an address to everything its page shows.

Every list of the site that the search answers is a :class:`Listing` with its own types, facets and
cards; each state of it has an address that can be shared.
"""

from __future__ import annotations

import time
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Final

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import get_language, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from accounts.roles import roles_of
from search.facets import facets as known_facets
from search.facets import value_name
from search.finding import Findings, Found, find
from search.params import DEFAULT_SIZE, Read, read_request
from search.query import MAX_RESULTS, Bucket, SearchRequest, Sort
from ui.cards import Card
from ui.facets import ActiveFilter, Choice, FacetGroup, active_filters

# Names of terms are kept in the process for a minute, and may then be in a list for so long.
LIST_KEPT_SECONDS: Final = 300
SHOWN_VALUES: Final = 20
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
    """A link to the same list in another state; ``value`` is what a form would send for it."""

    label: str
    url: str
    current: bool = False
    value: str = ""


@dataclass(frozen=True, slots=True)
class ResultPages:
    """How many pages there are, as the pagination asks for it."""

    num_pages: int


@dataclass(frozen=True, slots=True)
class ResultPage:
    """Which of the pages this is."""

    number: int
    paginator: ResultPages


class Listing:
    """One state of a list, as its template asks for it.

    ``types`` fixes what is listed (empty: whatever ``type`` in the address chooses), ``facets`` are
    read from the address, ``shown_facets`` are counted and stand beside the list.
    """

    types: ClassVar[tuple[str, ...]] = ()
    facets: ClassVar[tuple[str, ...]] = ()
    shown_facets: ClassVar[tuple[str, ...]] = ()
    sorts_offered: ClassVar[tuple[Sort, ...]] = tuple(SORT_LABELS)
    default_sort: ClassVar[Sort] = Sort.RELEVANCE

    def __init__(self, request: HttpRequest) -> None:
        self.parameters = meaningful(request.GET)
        self.read: Read = self.read_parameters(request)
        self.request: SearchRequest = self.read.request
        self.findings: Findings = find(self.request, request.user, note=True, load=False)
        self._path = request.path

    @classmethod
    def read_parameters(cls, request: HttpRequest, *, size: int = DEFAULT_SIZE) -> Read:
        """The search request that an address of this list stands for."""
        query = request.GET.copy()
        query["size"] = str(size)
        asked = bool(query.get("q", "").strip())
        return read_request(
            query,
            language=get_language() or settings.LANGUAGE_CODE,
            types=cls.types,
            facets=cls.facets,
            counted=cls.shown_facets,
            audience=roles_of(request.user).audience,
            default_sort=Sort.RELEVANCE if asked else cls.default_sort,
        )

    def card(self, found: Found) -> Card:
        """What is shown of one hit."""
        raise NotImplementedError

    @property
    def errors(self) -> Mapping[str, str]:
        """What of the address could not be used, by parameter."""
        return self.read.errors

    @property
    def total(self) -> int:
        """How many entries there are."""
        return self.findings.total

    @property
    def state(self) -> Hashable:
        """Everything the list is made of, to keep it by; names of terms may be a little old."""
        findings = self.findings
        shown = tuple(
            (name, len(buckets), _counts(buckets))
            for name in self.shown_facets
            if (buckets := findings.facets.get(name, ()))
        )
        return (
            (self.request.language, self.address),
            (int(time.time() // LIST_KEPT_SECONDS), timezone.localdate()),
            (findings.total, findings.degraded, findings.correction),
            tuple((hit.key, version, hit.distance_km) for hit, version in findings.seen),
            shown,
        )

    @property
    def is_narrowed(self) -> bool:
        """Whether anything was asked for at all."""
        request = self.request
        return bool(request.text or request.filters or request.near)

    @cached_property
    def cards(self) -> list[Card]:
        """The entries of this page."""
        return [self.card(found) for found in self.findings.items]

    @cached_property
    def groups(self) -> list[FacetGroup]:
        """The facets with the values that are worth showing; chosen ones always are."""
        return [self._group(name) for name in self.shown_facets]

    def _group(self, name: str) -> FacetGroup:
        language = self.request.language
        everything = self.parameters.get(EVERYTHING) == name
        choices = [
            Choice(
                bucket.value,
                value_name(name, bucket.value, language),
                bucket.count,
                bucket.selected,
            )
            for place, bucket in enumerate(self.findings.facets.get(name, ()))
            if place < SHOWN_VALUES or bucket.selected or everything
        ]
        return FacetGroup(name, facet_label(name), choices)

    @property
    def longer_facets(self) -> list[StateLink]:
        """Links that show every value of the facets that are cut short."""
        return [
            StateLink(group.label, self.url(**{EVERYTHING: group.name}))
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
                facet_label(name),
                [
                    Choice(value, value_name(name, value, language), selected=True)
                    for value in values
                ],
            )
            for name, values in self.request.filters.items()
        ]
        filters = active_filters(chosen, self.parameters)
        if self.request.text:
            label = _("“%(text)s”") % {"text": self.request.text}
            filters.insert(0, ActiveFilter(pgettext("filter", "Search"), label, self.url(q=None)))
        if self.request.near:
            lifted = self.url(near=None, radius_km=None, sort=None)
            filters.append(ActiveFilter(pgettext("filter", "Near"), self._near_label(), lifted))
        return filters

    def _near_label(self) -> str:
        place = value_name("park", self.read.near, self.request.language)
        if not self.request.radius_km:
            return place
        return _("%(place)s, within %(radius)d km") % {
            "place": place,
            "radius": self.request.radius_km,
        }

    @property
    def clear_url(self) -> str:
        """The list without any of it."""
        return self._path

    @property
    def sorts(self) -> list[StateLink]:
        """The orders that make sense now."""
        return [
            StateLink(
                str(SORT_LABELS[sort]),
                self.url(sort=sort.value),
                current=sort == self.request.sort,
                value=sort.value,
            )
            for sort in self.sorts_offered
            if (sort != Sort.RELEVANCE or self.request.text)
            and (sort != Sort.DISTANCE or self.request.near)
        ]

    @property
    def page(self) -> ResultPage:
        """Where in the pages we are; no further than the search can go."""
        reachable = min(self.total, MAX_RESULTS)
        return ResultPage(
            self.request.page, ResultPages(max(1, -(-reachable // self.request.size)))
        )

    @property
    def last_page_url(self) -> str:
        """For a page past the end: the last one there is; empty when this page exists."""
        last = self.page.paginator.num_pages
        if self.findings.seen or not self.total or self.request.page <= last:
            return ""
        return f"{self.clear_url}{self.url(page=str(last))}"

    @property
    def first(self) -> int:
        """Number of the first entry of the page, from one."""
        return self.request.offset + 1

    @property
    def last(self) -> int:
        """Number of the last entry of the page."""
        return self.request.offset + len(self.findings.seen)

    @property
    def address(self) -> str:
        """The address of this state without what is empty; to be shared."""
        return f"{self._path}?{self.parameters.urlencode()}".rstrip("?")

    @property
    def correction_url(self) -> str:
        """The same search spelled as it may have been meant; empty when there is no better way."""
        return self.url(q=self.findings.correction) if self.findings.correction else ""

    @property
    def points(self) -> list[dict[str, Any]]:
        """The entries of this page that have a place, for a map."""
        return [
            {
                "title": found.title,
                "url": found.url,
                "lat": found.entry.lat,
                "lon": found.entry.lon,
                "kind": found.entry.type,
                "key": found.entry.slug,
            }
            for found in self.findings.items
            if found.entry.lat is not None and found.entry.lon is not None
        ]

    def ways_out(self) -> Sequence[StateLink]:
        """For an empty list: the same search with one thing less."""
        if len(self.filters) < 2:  # noqa: PLR2004 - with one thing only, nothing would be left
            return []
        return [
            StateLink(f"{narrowing.group}: {narrowing.label}", narrowing.url)
            for narrowing in self.filters
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


def _counts(buckets: Sequence[Bucket]) -> tuple[tuple[str, int, bool], ...]:
    """The values that are shown: the first, and whatever is chosen."""
    return tuple(
        (bucket.value, bucket.count, bucket.selected)
        for at, bucket in enumerate(buckets)
        if at < SHOWN_VALUES or bucket.selected
    )


def facet_label(name: str) -> str:
    """What a facet is called in the reader's language."""
    facet = known_facets().get(name)
    return str(facet.label) if facet else name


def meaningful(parameters: QueryDict) -> QueryDict:
    """The parameters without empty ones, to be changed into links."""
    kept = QueryDict(mutable=True)
    for name, values in parameters.lists():
        filled = [value for value in values if value.strip()]
        if filled:
            kept.setlist(name, filled)
    return kept
