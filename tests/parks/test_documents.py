"""What of a park is found."""

import pytest
from django.contrib.auth.models import AnonymousUser

from network.parks.documents import SearchablePark
from network.parks.models import FocusArea, MaterialFlow, Park, ParkTheme, Theme
from network.parks.places import find_place, municipality_slugs
from search.finding import find
from search.models import SearchEntry
from search.query import SearchRequest

pytestmark = pytest.mark.django_db


def entry(slug):
    return SearchEntry.objects.get(type="park", slug=slug)


def test_an_entry_holds_names_materials_and_focus_areas_in_both_languages(real_data):
    keywords = entry("mo-industripark").keywords.splitlines()
    assert {"MIP", "Mo", "skrapmetall", "scrap metal", "Havvind", "Offshore wind"} <= set(keywords)


def test_an_entry_leads_to_both_languages(real_data):
    found = entry("mo-industripark")
    assert found.url_nb == "/parker/mo-industripark/"
    assert found.url_en == "/en/parks/mo-industripark/"


def test_a_park_carries_its_own_slug_as_a_facet(real_data):
    facets = entry("raufoss-industripark").facets
    assert facets["park"] == ["raufoss-industripark"]
    assert facets["municipality"] == ["vestre-toten"]
    assert facets["focus"] == ["manufacturing"]


@pytest.mark.parametrize(
    ("query", "slug"),
    [
        ("MIP", "mo-industripark"),
        ("papirmasse", "treklyngen"),
        ("Ringerike", "treklyngen"),
        ("mineral fertiliser", "heroya-industripark"),
    ],
)
def test_parks_are_found_by_what_they_are_called_and_what_they_make(
    real_data, indexed, query, slug
):
    indexed()
    found = find(SearchRequest(text=query, types=("park",)), AnonymousUser())
    assert found.items[0].entry.slug == slug


def test_an_entry_follows_what_it_is_made_of(real_data):
    area = FocusArea.objects.get(slug="hydrogen")
    area.name_nb = "Hydrogen og ammoniakk"
    area.save()
    assert "Hydrogen og ammoniakk" in entry("mo-industripark").keywords
    park = Park.objects.get(slug="skogmo-industripark")
    MaterialFlow.objects.create(park=park, slug="ny", name_nb="betong", direction="out")
    ParkTheme.objects.create(park=park, theme=Theme.objects.get(slug="areal"))
    assert "betong" in entry("skogmo-industripark").keywords
    assert entry("skogmo-industripark").facets["theme"] == ["areal"]
    MaterialFlow.objects.get(slug="ny").delete()
    assert "betong" not in entry("skogmo-industripark").keywords


def test_reading_all_parks_takes_a_fixed_number_of_queries(
    real_data, django_assert_max_num_queries
):
    document = SearchablePark()
    with django_assert_max_num_queries(5):
        assert all(document.content(park) for park in document.queryset())


@pytest.mark.parametrize("text", ["mo-industripark", "Mo", "rana", "RANA", "Mo Industripark"])
def test_a_place_is_known_by_park_and_municipality(real_data, text):
    assert find_place(text).lat == 66.31


@pytest.mark.parametrize("text", ["Atlantis", "", "%", "'; drop table parks_park; --"])
def test_an_unknown_place_is_none(real_data, text):
    assert find_place(text) is None


@pytest.mark.parametrize(
    ("name", "slugs"),
    [
        ("Sør-Varanger", ["sor-varanger"]),
        ("Vestre Toten", ["vestre-toten"]),
        ("Ål", ["al"]),
        ("", []),
    ],
)
def test_municipalities_have_plain_slugs(name, slugs):
    assert municipality_slugs(name) == slugs
