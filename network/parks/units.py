"""Units of figures and flows, as the reader writes them."""

from __future__ import annotations

from typing import Final

from django.utils.translation import pgettext_lazy

from network.parks.models import Figure, MaterialFlow
from ui.numbers import NBSP, format_number

UNITS: Final = {
    "count": "",
    "daa": pgettext_lazy("unit", "daa"),
    "m2": "m²",
    "%": "%",
    "billion NOK": pgettext_lazy("unit", "billion NOK"),
    "TWh": "TWh",
    "tCO2": pgettext_lazy("unit", "tonnes CO₂"),
    "tCO2/year": pgettext_lazy("unit", "tonnes CO₂ a year"),
    "t/year": pgettext_lazy("unit", "tonnes a year"),
    "years": pgettext_lazy("unit", "years"),
    "FTE": pgettext_lazy("unit", "full-time equivalents"),
}
QUALIFIERS: Final = {
    Figure.Qualifier.ABOUT: pgettext_lazy("before a number", "about"),
    Figure.Qualifier.MORE_THAN: pgettext_lazy("before a number", "more than"),
}


def unit_name(unit: str) -> str:
    """The unit in the reader's language; one we do not know stays as it is."""
    return str(UNITS.get(unit, unit))


def figure_value(figure: Figure) -> str:
    """The number with what qualifies it, without its unit: ``mer enn 4 000 000``, ``3,5–4``."""
    value = format_number(figure.value)
    if figure.value_max is not None:
        value = f"{value}–{format_number(figure.value_max)}"
    qualifier = QUALIFIERS.get(Figure.Qualifier(figure.qualifier))
    return f"{qualifier}{NBSP}{value}" if qualifier else value


def quantity(flow: MaterialFlow) -> str:
    """How much, with its unit; empty when it is not stated."""
    if flow.quantity is None:
        return ""
    return f"{format_number(flow.quantity)}{NBSP}{unit_name(flow.unit)}".strip()
