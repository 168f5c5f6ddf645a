"""Figures as pages show them: never without what they cover and where they stand."""

from __future__ import annotations

from dataclasses import dataclass

from network.parks.models import Figure
from network.parks.units import figure_value, unit_name
from ui.text import localised


@dataclass(frozen=True, slots=True)
class FigureShown:
    """A figure with what it covers and where it stands."""

    value: str
    unit: str
    label: str
    scope: str
    note: str
    source: str
    source_url: str


def shown(figure: Figure) -> FigureShown:
    """A figure in the reader's language; what its source cites is named rather than the source."""
    origin = figure.cited or figure.source
    year = f" ({figure.year})" if figure.year else ""
    return FigureShown(
        value=figure_value(figure),
        unit=unit_name(figure.unit),
        label=figure.label,
        scope=f"{localised(figure, 'scope')}{year}",
        note=localised(figure, "note"),
        source=origin.title,
        source_url=origin.url,
    )
