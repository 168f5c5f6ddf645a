"""What the search knows of a facility."""

import pytest

from network.facilities.documents import SearchableFacility
from search.models import SearchEntry
from tests.facilities.conftest import READERS_OF_DRAFTS, ROLES
from tests.factories.facilities import EquipmentFactory, PriceNoteFactory
from tests.factories.network import (
    FacilityFactory,
    MaterialFactory,
    MethodFactory,
    StandardFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db


def entry_of(facility):
    return SearchEntry.objects.get(key=f"facility:{facility.pk}")


def test_a_facility_is_found_by_every_name_of_what_it_can_do(park, host):
    method = MethodFactory(
        name_nb="Slagprøving", name_en="Impact testing", synonyms_nb="Charpy\nslagseighet"
    )
    standard = StandardFactory(code="ISO 148-1", name_nb="Charpy-prøving")
    entry = entry_of(FacilityFactory(park=park, host=host, methods=[method], standards=[standard]))
    for name in ("Slagprøving", "Impact testing", "Charpy", "slagseighet", "ISO 148-1"):
        assert name in entry.keywords.splitlines()


def test_the_facets_are_the_slugs_of_everything_it_is_filtered_by(park, host):
    method, material, theme = MethodFactory(), MaterialFactory(), ThemeFactory()
    standard = StandardFactory()
    facility = FacilityFactory(
        park=park,
        host=host,
        methods=[method],
        materials=[material],
        standards=[standard],
        themes=[theme],
        scale="pilot",
        access="collaboration",
    )
    assert entry_of(facility).facets == {
        "type": ["facility"],
        "park": [park.slug],
        "host": [host.slug],
        "method": [method.slug],
        "material": [material.slug],
        "standard": [standard.slug],
        "theme": [theme.slug],
        "scale": ["pilot"],
        "access": ["collaboration"],
    }


def test_a_place_of_its_own_goes_before_the_place_of_the_park(park, host):
    own = FacilityFactory(park=park, host=host, lat=59.0, lon=10.0)
    parks = FacilityFactory(park=park, host=host)
    assert (entry_of(own).lat, entry_of(own).lon) == (59.0, 10.0)
    assert (entry_of(parks).lat, entry_of(parks).lon) == (park.lat, park.lon)


def test_the_addresses_are_those_of_each_language(facility):
    entry = entry_of(facility)
    assert entry.url_nb == "/testfasiliteter/strekklab/"
    assert entry.url_en == "/en/facilities/strekklab/"


@pytest.mark.parametrize("change", ["method", "park", "host", "equipment", "price"])
def test_a_change_of_what_it_consists_of_changes_its_entry(change, facility):
    method = MethodFactory()
    facility.methods = [method]
    facility.save()
    before = entry_of(facility).version
    if change == "method":
        method.name_nb = "Noe annet"
        method.save()
    elif change == "park":
        facility.park.municipality = "Nesna"
        facility.park.save()
    elif change == "host":
        facility.host.name = "Et annet navn"
        facility.host.save()
    elif change == "equipment":
        EquipmentFactory(facility=facility)
    else:
        PriceNoteFactory(facility=facility)
    assert entry_of(facility).version > before


def test_a_deleted_method_is_no_facet_any_more(facility):
    method = MethodFactory()
    facility.methods = [method]
    facility.save()
    method.delete()
    assert "method" not in entry_of(facility).facets


@pytest.mark.parametrize("role", ROLES)
def test_a_draft_is_visible_to_its_own_people_only(role, facility, reader):
    facility.published = False
    facility.save()
    visible = SearchableFacility().visible(reader(role), [facility.pk])
    assert visible == ({facility.pk} if role in READERS_OF_DRAFTS else set())


def test_reading_many_facilities_takes_as_many_queries_as_reading_one(
    park, host, django_assert_num_queries
):
    for _ in range(5):
        facility = FacilityFactory(park=park, host=host, methods=[MethodFactory()])
        EquipmentFactory(facility=facility)
    document = SearchableFacility()
    with django_assert_num_queries(7):
        assert len([document.content(facility) for facility in document.queryset()]) == 5
