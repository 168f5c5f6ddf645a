"""Facets of a list as the reader sees them: groups with counts, and the filters that are on.

A list can show a hundred choices, so their markup is written here and not in a template: that is a
tenth of the time. ``templates/components/facets.html`` and ``facet_group.html`` call it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.http import QueryDict
from django.utils.html import conditional_escape as esc
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ui.numbers import format_number

SHOWN_AT_FIRST: Final = 7
OPEN_AT_FIRST: Final = 4


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
        if len(self.choices) <= SHOWN_AT_FIRST:
            return ()
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


def _choice(name: str, choice: Choice) -> str:
    value = esc(choice.value)
    checked = " checked" if choice.selected else ""
    count = (
        f'<span class="pn-choice__count">{format_number(choice.count)}</span>'
        if choice.count is not None
        else ""
    )
    return (
        f'<label class="pn-choice"><input class="ds-input" type="checkbox" id="f-{name}-{value}" '
        f'name="{name}" value="{value}"{checked}>'
        f'<span class="pn-choice__label">{esc(choice.label)}</span>{count}</label>'
    )


def _more(name: str, choices: Sequence[Choice]) -> str:
    if not choices:
        return ""
    label = ngettext("Show %(counter)s more", "Show %(counter)s more", len(choices))
    return (
        f'<details class="pn-more"><summary>{esc(label % {"counter": len(choices)})}</summary>'
        f"{''.join([_choice(name, choice) for choice in choices])}</details>"
    )


def facet_markup(group: FacetGroup, *, is_open: bool = False) -> SafeString:
    """One facet, folded unless ``is_open`` or in use."""
    name, label, in_use = esc(group.name), esc(group.label), group.is_active
    dot = f'<span class="pn-facet__dot"><span class="ds-sr-only">{esc(_("(in use)"))}</span></span>'
    help_text = f'<p class="pn-facet__help">{esc(group.help_text)}</p>' if group.help_text else ""
    return mark_safe(  # noqa: S308 - every value is escaped
        f'<details class="pn-facet" id="facet-{name}"{" open" if is_open or in_use else ""}>'
        f"<summary>{label}{dot if in_use else ''}</summary>"
        f'<fieldset><legend class="ds-sr-only">{label}</legend>{help_text}'
        f"{''.join([_choice(name, choice) for choice in group.first_choices])}"
        f"{_more(name, group.other_choices)}</fieldset></details>"
    )


def facets_markup(groups: Iterable[FacetGroup]) -> SafeString:
    """All facets that have choices; the first few are open."""
    shown = [group for group in groups if group.choices]
    parts = [facet_markup(g, is_open=n < OPEN_AT_FIRST) for n, g in enumerate(shown)]
    return mark_safe("\n".join(parts))  # noqa: S308 - made of facet_markup's safe text
