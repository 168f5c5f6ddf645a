"""Facilities side by side."""

import pytest

from tests.facilities.conftest import READERS_OF_DRAFTS, ROLES
from tests.factories.facilities import EquipmentFactory, PriceNoteFactory
from tests.factories.network import FacilityFactory, MethodFactory

pytestmark = pytest.mark.django_db
URL = "/testfasiliteter/sammenlign/"


@pytest.fixture
def four(park, host):
    return [
        FacilityFactory(slug=f"f{number}", name_nb=f"Anlegg {number}", park=park, host=host)
        for number in range(1, 5)
    ]


def test_they_stand_in_the_order_in_which_they_were_chosen(client, four):
    response = client.get(URL, {"f": ["f3", "f1", "f3"]})
    columns = response.context["comparison"].columns
    assert [column.facility.slug for column in columns] == ["f3", "f1"]
    assert [column.remove_url for column in columns] == ["?f=f1", "?f=f3"]


def test_the_boxes_of_the_catalogue_lead_here(client, four):
    response = client.get(URL, {"compare": ["f1", "f2"]})
    assert len(response.context["comparison"].columns) == 2


def test_rows_that_differ_are_marked_and_can_be_shown_alone(client, four):
    four[0].methods = [MethodFactory(name_nb="Strekkprøving")]
    four[0].save()
    EquipmentFactory(facility=four[1])
    PriceNoteFactory(facility=four[1])
    response = client.get(URL, {"f": ["f1", "f2"]})
    rows = {row.label: row for row in response.context["comparison"].rows}
    assert rows["Metoder"].differs
    assert rows["Metoder"].cells == [("Strekkprøving",), ()]
    assert rows["Utstyr"].cells[1] == ("Strekkprøvemaskin, Instron, 0–250 kN",)
    assert not rows["Park"].differs
    alone = client.get(URL, {"f": ["f1", "f2"], "ulikt": "1"})
    assert "Park" not in {row.label for row in alone.context["comparison"].rows}


def test_more_than_four_is_an_error_that_shows_the_way_out(client, four, park, host):
    FacilityFactory(slug="f5", name_nb="Anlegg 5", park=park, host=host)
    response = client.get(URL, {"f": ["f1", "f2", "f3", "f4", "f5"]})
    assert response.status_code == 400
    assert "Det er plass til høyst fire" in response.text
    assert response.text.count('type="checkbox" name="f"') == 5


def test_unknown_ones_are_left_out_and_that_is_said(client, four):
    response = client.get(URL, {"f": ["f1", "finnes-ikke", "f2"]})
    assert response.status_code == 200
    assert "finnes ikke" in response.text
    assert len(response.context["comparison"].columns) == 2


def test_one_alone_is_nothing_to_compare(client, four):
    assert "Velg to til fire" in client.get(URL, {"f": "f1"}).text


@pytest.mark.parametrize("role", ROLES)
def test_a_draft_is_compared_only_by_its_own_people(role, browse, four):
    four[0].published = False
    four[0].save()
    response = browse(role).get(URL, {"f": ["f1", "f2"]})
    assert ("Anlegg 1" in response.text) == (role in READERS_OF_DRAFTS)


def test_an_endless_address_is_cut(client, four):
    response = client.get(URL, {"f": ["x" * 500 + str(n) for n in range(100)]})
    assert response.status_code == 200


def test_four_take_as_few_queries_as_two(client, four, django_assert_max_num_queries):
    client.get(URL)
    with django_assert_max_num_queries(10):
        client.get(URL, {"f": ["f1", "f2", "f3", "f4"]})
