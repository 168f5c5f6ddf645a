"""Changes of facilities: who may, what is written, what the search learns."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from wagtail.models import ModelLogEntry

from network.facilities import services
from network.facilities.models import Equipment, Facility, PriceNote
from network.facilities.permissions import can_edit_facility
from network.facilities.services import FacilityData
from search.models import SearchEntry
from tests.facilities.conftest import EDITORS, ROLES
from tests.factories.network import MethodFactory, OrganisationFactory, ParkFactory

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def data(park, host, **fields):
    return FacilityData(
        fields={
            "slug": "ny",
            "name_nb": "Ny lab",
            "summary_nb": "Kort.",
            "park": park,
            "host": host,
        }
        | fields
    )


@pytest.mark.parametrize("role", ROLES)
def test_only_those_who_look_after_a_facility_can_edit_it(role, reader, facility):
    assert can_edit_facility(reader(role), facility) == (role in EDITORS)


def test_a_facility_is_made_with_all_its_parts_and_is_searchable_at_once(park, host, reader):
    method = MethodFactory(name_nb="Strekkprøving")
    created = services.create_facility(
        FacilityData(
            fields=data(park, host, description_nb="Vi *trekker*.").fields,
            methods=[method],
            equipment=[Equipment(name_nb="Maskin A"), Equipment(name_nb="Maskin B")],
            prices=[PriceNote(note_nb="Gratis")],
        ),
        user=reader("network"),
    )
    stored = Facility.objects.get(pk=created.pk)
    assert [item.name_nb for item in stored.equipment.all()] == ["Maskin A", "Maskin B"]
    assert stored.prices.get().note_nb == "Gratis"
    assert stored.description_nb_html == "<p>Vi <em>trekker</em>.</p>\n"
    entry = SearchEntry.objects.get(key=f"facility:{stored.pk}")
    assert entry.facets["method"] == [method.slug]
    assert "Strekkprøving" in entry.keywords
    assert "Maskin A" in entry.keywords


def test_making_and_changing_a_facility_is_in_its_history_with_a_revision(park, host, reader):
    user = reader("network")
    facility = services.create_facility(data(park, host), user=user)
    services.update_facility(facility, FacilityData(fields={"name_nb": "Nyere"}), user=user)
    logged = ModelLogEntry.objects.filter(object_id=str(facility.pk)).order_by("timestamp")
    assert [entry.action for entry in logged] == ["wagtail.create", "wagtail.edit"]
    assert {entry.user for entry in logged} == {user}
    assert facility.revisions.count() == 2


def test_a_visitor_can_make_nothing(park, host, reader):
    with pytest.raises(PermissionDenied):
        services.create_facility(data(park, host), user=reader("visitor"))


def test_park_staff_cannot_move_a_facility_to_somebody_else(facility, reader):
    elsewhere = FacilityData(fields={"park": ParkFactory(), "host": OrganisationFactory()})
    with pytest.raises(PermissionDenied):
        services.update_facility(facility, elsewhere, user=reader("park"))


def test_what_the_model_refuses_is_not_saved(park, host):
    with pytest.raises(ValidationError) as refused:
        services.create_facility(data(park, host, trl_min=7, trl_max=3))
    assert "trl_max" in refused.value.message_dict
    assert not Facility.objects.exists()


def test_a_change_that_fails_half_way_leaves_facility_and_search_as_they_were(facility):
    before = SearchEntry.objects.get(key=f"facility:{facility.pk}").version
    too_long = FacilityData(
        fields={"name_nb": "Nytt navn"}, equipment=[Equipment(name_nb="x" * 201)]
    )
    with pytest.raises(ValidationError):
        services.update_facility(facility, too_long)
    assert Facility.objects.get().name_nb == "Strekklaben"
    assert SearchEntry.objects.get(key=f"facility:{facility.pk}").version == before


def test_a_withdrawn_facility_is_found_only_by_those_who_look_after_it(facility, reader):
    services.withdraw_facility(facility, user=reader("host"))
    audience = SearchEntry.objects.get(key=f"facility:{facility.pk}").audience
    expected = {f"org:{facility.host_id}", f"park:{facility.park_id}", "administrator"}
    assert set(audience) == expected
    services.publish_facility(facility, user=reader("park"))
    assert SearchEntry.objects.get(key=f"facility:{facility.pk}").audience == ["public"]


@pytest.mark.parametrize("verb", ["confirm", "withdraw", "publish"])
def test_those_without_a_say_cannot_change_its_state(verb, facility, reader):
    with pytest.raises(PermissionDenied):
        getattr(services, f"{verb}_facility")(facility, user=reader("member"))
