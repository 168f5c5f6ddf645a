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
SOUTH: Final = 57.6
NORTH: Final = 71.4
UNITS_PER_DEGREE: Final = 60.0
MARGIN: Final = 14.0
LABEL_HEIGHT: Final = 22.0
LABEL_OFFSET: Final = 14.0
LETTER_WIDTH: Final = 8.6
MOST_KNIT: Final = 12


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
def _land() -> tuple[str, float, float, float]:
    """The outline's path, its least x, its width and its height."""
    outline: list[list[float]] = json.loads(OUTLINE.read_text(encoding="utf-8"))
    points = [project(lat, lon) for lon, lat in outline]
    left = min(x for x, _ in points)
    right = max(x for x, _ in points)
    path = "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in points) + "Z"
    return path, left, right - left, (NORTH - SOUTH) * UNITS_PER_DEGREE


def _spread(wanted: Sequence[float]) -> list[float]:
    """Label heights from top to bottom, moved apart so that no two overlap, as little as may be."""
    placed = list(wanted)
    for _ in range(50):
        moved = False
        for i in range(1, len(placed)):
            overlap = LABEL_HEIGHT - (placed[i] - placed[i - 1])
            if overlap > 0.1:
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
        # The coast faces west: what lies on it has the sea for its label.
        sides["end" if item[2].lon < 7 else "start"].append(item)
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


def park_map(points: Iterable[MapPoint], label: str) -> SafeString:
    """An inline SVG with an outline of Norway and the points, each with its name.

    ``label`` says what the map shows, for those who do not see it. Widths and colours come from
    the style sheet (``pn-park-map``).
    """
    path, left, width, height = _land()
    placed = _place(points)
    reach_left = min(
        [
            left,
            *(i.label_x - LETTER_WIDTH * len(i.point.label) for i in placed if i.anchor == "end"),
        ]
    )
    right = left + width
    view_box = (
        f"{reach_left - MARGIN:.0f} {-MARGIN:.0f} "
        f"{right - reach_left + 2 * MARGIN:.0f} {height + 2 * MARGIN:.0f}"
    )
    return format_html(
        '<svg class="pn-park-map" viewBox="{}" role="group" aria-label="{}">'
        '<path class="pn-park-map__land" d="{}"/><path class="pn-park-map__thread" d="{}"/>{}</svg>',
        view_box,
        label,
        path,
        _threads(placed),
        format_html_join("", "{}", ((_marker(item),) for item in placed)),
    )
