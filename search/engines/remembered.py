"""What an engine remembers of requests: people page, go back and ask what others asked."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Final, Generic, TypeVar

from search.language.plan import QueryPlan
from search.query import SearchRequest

MOST: Final = 100

T = TypeVar("T")


class Remembered(Generic[T]):
    """What was made of requests and their plans, under the state in which it is true."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, tuple[QueryPlan, T]] = {}

    def get(
        self, state: Hashable, request: SearchRequest, plan: QueryPlan, make: Callable[[], T]
    ) -> T:
        """What was made before in this state, else what ``make`` gives now.

        When there is too much, all of it goes; what is asked for often is soon there again.
        """
        name = _name(state, request)
        kept = self._kept.get(name)
        if kept is not None and kept[0] is plan:
            return kept[1]
        made = make()
        if len(self._kept) >= MOST:
            self._kept = {}
        self._kept[name] = plan, made
        return made

    def clear(self) -> None:
        """Forget everything."""
        self._kept = {}


def _name(state: Hashable, request: SearchRequest) -> Hashable:
    choices = tuple(sorted(request.filters.items()))
    return (
        state, request.text, request.types, choices, request.audience, request.near,
        request.radius_km, request.sort, request.page, request.size, request.facets,
        request.language,
    )  # fmt: skip
