"""Which page numbers a pagination shows, and where they lead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from django.http import QueryDict


class PagedList(Protocol):
    """What a Django ``Page`` has; any object with these will do."""

    @property
    def number(self) -> int:
        """The page shown, from 1."""
        ...

    @property
    def paginator(self) -> NumberOfPages:
        """Who knows how many there are."""
        ...


class NumberOfPages(Protocol):
    """What a Django ``Paginator`` has."""

    @property
    def num_pages(self) -> int:
        """At least 1."""
        ...


@dataclass(frozen=True, slots=True)
class PageLink:
    """One step of a pagination. Without ``url`` it is a gap ("…")."""

    number: int
    url: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class PageLinks:
    """A pagination: numbered pages, and the addresses one step back and on (empty at the ends)."""

    pages: tuple[PageLink, ...]
    previous: str = ""
    next: str = ""


def page_numbers(current: int, last: int, around: int = 1) -> list[int]:
    """First, last and the pages around the current one; 0 marks a gap of two pages or more.

    A ``current`` past the end, as in an old address of a list that became shorter, is the last one.
    """
    current = min(max(current, 1), last)
    wanted = sorted({1, last, *range(max(1, current - around), min(last, current + around) + 1)})
    shown: list[int] = []
    for page in wanted:
        skipped = range(shown[-1] + 1, page) if shown else range(0)
        # A gap takes as much room as the one page that it would hide.
        shown += skipped if len(skipped) == 1 else [0] * bool(skipped)
        shown.append(page)
    return shown


def page_url(parameters: QueryDict, page: int, parameter: str = "page") -> str:
    """The query string of a page without what is empty; the first page needs no parameter."""
    query = QueryDict(mutable=True)
    for name, values in parameters.lists():
        filled = [value for value in values if value.strip()]
        if filled and name != parameter:
            query.setlist(name, filled)
    if page > 1:
        query[parameter] = str(page)
    return f"?{query.urlencode()}"


def page_links(page: PagedList, parameters: QueryDict, parameter: str = "page") -> PageLinks:
    """The links to show under a list."""
    last = page.paginator.num_pages
    current = min(max(page.number, 1), last)
    return PageLinks(
        tuple(
            PageLink(n, page_url(parameters, n, parameter) if n else "", current=n == current)
            for n in page_numbers(current, last)
        ),
        previous=page_url(parameters, current - 1, parameter) if current > 1 else "",
        next=page_url(parameters, current + 1, parameter) if current < last else "",
    )
