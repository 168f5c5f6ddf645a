import re
from itertools import pairwise
from xml.etree import ElementTree as ET

from ui.gallery import PLACES
from ui.maps import LABEL_HEIGHT, MapPoint, park_map, project

PARKS = [MapPoint(lat, lon, name, f"/parker/{name}/") for name, lat, lon in PLACES]


def labels(svg):
    return [float(y) for y in re.findall(r'pn-park-map__label" x="[^"]+" y="([^"]+)"', svg)]


def test_north_is_up_and_east_is_right():
    mo, heroya = project(66.31, 14.17), project(59.12, 9.64)
    assert mo[1] < heroya[1]
    assert mo[0] > heroya[0]


def test_each_park_is_drawn_with_its_name_and_link():
    svg = park_map(PARKS, "Parkene")
    for point in PARKS:
        assert f'href="{point.url}"' in svg
        assert f">{point.label}</text>" in svg


def test_the_drawing_is_well_formed_and_within_its_view():
    svg = park_map(PARKS, "Parkene")
    root = ET.fromstring(svg)
    left, top, width, height = map(float, root.attrib["viewBox"].split())
    for point in PARKS:
        x, y = project(point.lat, point.lon)
        assert left < x < left + width
        assert top < y < top + height


def test_labels_of_parks_close_together_do_not_overlap():
    close = [MapPoint(59.5 + n / 100, 10.0, f"Park {n}") for n in range(6)]
    heights = sorted(labels(park_map(close, "Parkene")))
    assert all(b - a >= LABEL_HEIGHT - 1.5 for a, b in pairwise(heights))


def test_names_are_escaped():
    svg = park_map([MapPoint(60, 10, "<script>", '"><b>')], '"><i>')
    assert "<script" not in svg
    assert "<b>" not in svg
    assert "<i>" not in svg


def test_no_points_still_give_a_map():
    assert "pn-park-map__land" in park_map([], "Tomt")
