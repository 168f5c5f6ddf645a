"""Facets of a list as the reader sees them: groups with counts, and the filters that are on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import QueryDict

SHOWN_AT_FIRST = 7


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet. ``count`` is how many entries choosing it would leave."""

    value: str
    label: str
    count: int | None = None
    selected: bool = False


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """A facet: ``name`` is its parameter in the address, ``choices`` its values, best first."""

    name: str
    label: str
    choices: Sequence[Choice]
    help_text: str = ""

    @property
    def is_active(self) -> bool:
        """Whether any value is chosen."""
        return any(choice.selected for choice in self.choices)

    @property
    def first_choices(self) -> Sequence[Choice]:
        """What is shown at once: all chosen values, then the most frequent."""
        chosen = [choice for choice in self.choices if choice.selected]
        others = [choice for choice in self.choices if not choice.selected]
        return [*chosen, *others[: max(0, SHOWN_AT_FIRST - len(chosen))]]

    @property
    def other_choices(self) -> Sequence[Choice]:
        """What is behind "show more"."""
        first = {choice.value for choice in self.first_choices}
        return [choice for choice in self.choices if choice.value not in first]


@dataclass(frozen=True, slots=True)
class ActiveFilter:
    """A filter that is on, and the address of the same list without it."""

    group: str
    label: str
    url: str


def without_value(parameters: QueryDict, name: str, value: str) -> str:
    """The query string with one value of one parameter (and the page number) taken away."""
    query = parameters.copy()
    query.setlist(name, [other for other in query.getlist(name) if other != value])
    query.pop("page", None)
    return f"?{query.urlencode()}"


def active_filters(groups: Iterable[FacetGroup], parameters: QueryDict) -> list[ActiveFilter]:
    """All chosen values with the link that removes each."""
    return [
        ActiveFilter(group.label, choice.label, without_value(parameters, group.name, choice.value))
        for group in groups
        for choice in group.choices
        if choice.selected
    ]
