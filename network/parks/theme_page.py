"""Everything there is on one theme, whichever room it is from: what the search finds under it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language

from accounts.roles import AnyUser, roles_of
from network.parks import edition
from network.parks.models import Theme
from network.parks.overview import ThemeShown, read_themes
from search.documents import documents
from search.finding import find
from search.query import SearchRequest, Sort
from ui.cards import Card

FACET: Final = "theme"
CARDS_SHOWN: Final = 3
# They are many, and were there before anything was shared.
LAST: Final = ("organisation", "park")


@dataclass(frozen=True, slots=True)
class Gathered:
    """What there is of one type: some of it, and where all of it is listed."""

    name: str
    label: str
    count: int
    cards: Sequence[Card]
    url: str


class ThemePage:
    """A theme as its page shows it to one reader."""

    def __init__(self, theme: Theme, request: HttpRequest) -> None:
        self.theme = theme
        self._user: AnyUser = request.user
        shown = edition.kept(edition.current(), "themes", read_themes)
        self.shown: ThemeShown = next(each for each in shown if each.slug == theme.slug)

    @property
    def gathered(self) -> list[Gathered]:
        """What of each type is tied to the theme and may be seen by the reader, newest first."""
        asked = self._request(facets=("type",), size=1)
        counts = {
            bucket.value: bucket.count for bucket in find(asked, self._user).facets.get("type", ())
        }
        types = sorted(
            (name for name in documents() if counts.get(name)),
            key=lambda name: LAST.index(name) + 1 if name in LAST else 0,
        )
        return [self._gathered(name, counts[name]) for name in types]

    def _gathered(self, name: str, count: int) -> Gathered:
        document = documents()[name]
        found = find(self._request(types=(name,), size=CARDS_SHOWN), self._user).items
        query = urlencode({FACET: self.theme.slug, "type": name})
        return Gathered(
            name=name,
            label=str(document.plural),
            count=count,
            cards=[document.card(each) for each in found],
            url=f"{reverse('search:page')}?{query}",
        )

    def _request(
        self, *, types: tuple[str, ...] = (), facets: tuple[str, ...] = (), size: int
    ) -> SearchRequest:
        return SearchRequest(
            language=get_language() or settings.LANGUAGE_CODE,
            types=types,
            filters={FACET: (self.theme.slug,)},
            audience=roles_of(self._user).audience,
            sort=Sort.NEWEST,
            size=size,
            facets=facets,
        )
