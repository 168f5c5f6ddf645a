"""An overview map of points in Norway, drawn on the server as SVG: no tiles, no scripts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from math import cos, radians
from pathlib import Path
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

OUTLINE: Final = Path(__file__).parent / "data" / "norway.json"
CENTRAL_MERIDIAN: Final = 14.0
NORTH: Final = 71.4
UNITS_PER_DEGREE: Final = 60.0
MARGIN: Final = 14.0
NORTH_OF_POINTS: Final = 90.0
# West of this the sea has room for the label, east of it the country.
WEST_COAST: Final = 7.0
LABEL_HEIGHT: Final = 22.0
CLOSE_ENOUGH: Final = 0.1
LABEL_OFFSET: Final = 14.0
LETTER_WIDTH: Final = 8.6
MOST_KNIT: Final = 12
MOST_ROUNDS: Final = 50


@dataclass(frozen=True, slots=True)
class MapPoint:
    """A place to show: degrees WGS 84, its name, and where a click leads (empty: nowhere)."""

    lat: float
    lon: float
    label: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class _Placed:
    point: MapPoint
    x: float
    y: float
    label_x: float
    label_y: float
    anchor: str


def project(lat: float, lon: float) -> tuple[float, float]:
    """Degrees to drawing units, y downwards: a sinusoidal projection, true to area."""
    x = (lon - CENTRAL_MERIDIAN) * cos(radians(lat)) * UNITS_PER_DEGREE
    return x, (NORTH - lat) * UNITS_PER_DEGREE


@cache
def _outline() -> tuple[tuple[float, float], ...]:
    """Norway's mainland in drawing units; drawn by hand, fit for an overview only."""
    corners: list[list[float]] = json.loads(OUTLINE.read_text(encoding="utf-8"))
    return tuple(project(lat, lon) for lon, lat in corners)


@cache
def _land() -> str:
    """The outline as a path."""
    return "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in _outline()) + "Z"


def _spread(wanted: Sequence[float]) -> list[float]:
    """Label heights from top to bottom, moved apart so that no two overlap, as little as may be."""
    placed = list(wanted)
    for _ in range(MOST_ROUNDS):
        moved = False
        for i in range(1, len(placed)):
            overlap = LABEL_HEIGHT - (placed[i] - placed[i - 1])
            if overlap > CLOSE_ENOUGH:
                placed[i - 1] -= overlap / 2
                placed[i] += overlap / 2
                moved = True
        if not moved:
            break
    return placed


def _place(points: Iterable[MapPoint]) -> list[_Placed]:
    projected = sorted(((*project(p.lat, p.lon), p) for p in points), key=lambda item: item[1])
    sides: dict[str, list[tuple[float, float, MapPoint]]] = {"start": [], "end": []}
    for item in projected:
        sides["end" if item[2].lon < WEST_COAST else "start"].append(item)
    placed = []
    for anchor, items in sides.items():
        heights = _spread([y for _, y, _ in items])
        direction = 1 if anchor == "start" else -1
        placed += [
            _Placed(point, x, y, x + direction * LABEL_OFFSET, height, anchor)
            for (x, y, point), height in zip(items, heights, strict=True)
        ]
    return placed


def _threads(placed: Sequence[_Placed]) -> str:
    """A line between every two points: they are a network. None among more than twelve."""
    if len(placed) > MOST_KNIT:
        return ""
    return "".join(f"M{a.x:.0f} {a.y:.0f}L{b.x:.0f} {b.y:.0f}" for a, b in combinations(placed, 2))


def _marker(item: _Placed) -> SafeString:
    shape = format_html(
        '<path class="pn-park-map__dot" d="M{x} {top}L{right} {y}L{x} {bottom}L{left} {y}Z"/>'
        '<text class="pn-park-map__label" x="{label_x}" y="{label_y}" dy=".35em" '
        'text-anchor="{anchor}">{label}</text>',
        x=round(item.x),
        y=round(item.y),
        top=round(item.y) - 10,
        bottom=round(item.y) + 10,
        left=round(item.x) - 10,
        right=round(item.x) + 10,
        label_x=round(item.label_x),
        label_y=round(item.label_y),
        anchor=item.anchor,
        label=item.point.label,
    )
    if not item.point.url:
        return format_html("<g>{}</g>", shape)
    return format_html('<a href="{}">{}</a>', item.point.url, shape)


def _label_end(item: _Placed) -> float:
    """Roughly how far to the side a label reaches."""
    reach = LETTER_WIDTH * len(item.point.label)
    return item.label_x + (reach if item.anchor == "start" else -reach)


def _view_box(placed: Sequence[_Placed]) -> str:
    """All of southern Norway, and as far north and to the sides as there are points."""
    south = _outline()
    left = min(x for x, _ in south)
    bottom = max(y for _, y in south) + MARGIN
    if not placed:
        right, top = max(x for x, _ in south), min(y for _, y in south)
    else:
        top = min(item.y for item in placed) - NORTH_OF_POINTS
        left = min(left, *(_label_end(item) for item in placed))
        coast = [x for x, y in south if y > top]
        right = max(*coast, *(max(item.x, _label_end(item)) for item in placed))
    left, top = left - MARGIN, max(top, min(y for _, y in south) - MARGIN)
    return f"{left:.0f} {top:.0f} {right + MARGIN - left:.0f} {bottom - top:.0f}"


def park_map(points: Iterable[MapPoint], label: str) -> SafeString:
    """An inline SVG with an outline of Norway and the points, each with its name.

    ``label`` says what the map shows, for those who do not see it. Widths and colours come from
    the style sheet (``pn-park-map``).
    """
    placed = _place(points)
    return format_html(
        '<svg class="pn-park-map" viewBox="{}" role="group" aria-label="{}">'
        '<path class="pn-park-map__land" d="{}"/>'
        '<path class="pn-park-map__thread" d="{}"/>{}</svg>',
        _view_box(placed),
        label,
        _land(),
        _threads(placed),
        format_html_join("", "{}", ((_marker(item),) for item in placed)),
    )
