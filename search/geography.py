"""Distances on earth."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt
from typing import Final

from search.query import Point

EARTH_RADIUS_KM: Final = 6371.0


def kilometres(one: Point, other: Point) -> float:
    """Great-circle distance (haversine formula on a sphere)."""
    lat, other_lat = radians(one.lat), radians(other.lat)
    chord = sin((lat - other_lat) / 2) ** 2
    chord += cos(lat) * cos(other_lat) * sin(radians(one.lon - other.lon) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(min(1.0, chord)))
