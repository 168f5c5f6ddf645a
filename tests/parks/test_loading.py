"""Loading the real data: what comes in, and what editors' changes are safe from."""

from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from network.loading import Report
from network.organisations.loading import load_organisations
from network.organisations.models import Organisation
from network.parks import loading
from network.parks.loading import load_parks
from network.parks.models import (
    FocusArea,
    KeyFigure,
    MaterialFlow,
    OwnershipSetup,
    Park,
    ParkCategory,
    ParkFocus,
    ParkTheme,
    Theme,
)
from search.models import SearchEntry

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def load_again():
    report = Report()
    load_parks(report)
    load_organisations(report)
    return report


def test_all_records_of_the_files_come_in(real_data):
    counts = {
        Park: 8,
        ParkCategory: 3,
        OwnershipSetup: 9,
        Theme: 6,
        FocusArea: 9,
        ParkFocus: 32,
        MaterialFlow: 71,
        Organisation: 37,
    }
    assert {model: model.objects.count() for model in counts} == counts


def test_what_was_loaded_is_valid(real_data):
    for model in (Park, MaterialFlow, KeyFigure, Organisation, OwnershipSetup, Theme):
        for instance in model.objects.all():
            try:
                instance.full_clean()
            except ValidationError as error:
                pytest.fail(f"{instance}: {error}")


def test_loading_twice_changes_nothing(real_data):
    before = {park.pk: park.updated_at for park in Park.objects.all()}
    report = load_again()
    assert not report.has_changes
    assert not report.kept
    assert {park.pk: park.updated_at for park in Park.objects.all()} == before


def test_the_second_load_reads_each_table_once(real_data, django_assert_max_num_queries):
    with django_assert_max_num_queries(60):
        load_again()


def test_the_command_says_what_it_did(db):
    first, second = StringIO(), StringIO()
    call_command("load_network_data", stdout=first)
    call_command("load_network_data", stdout=second)
    assert "parks.Park: 8 created" in first.getvalue()
    assert "parks.Park: 8 unchanged" in second.getvalue()
    assert "Nothing to change." in second.getvalue()


def test_what_an_editor_changed_stays(real_data):
    park = Park.objects.get(slug="mo-industripark")
    park.summary_nb = "Skrevet av parken selv."
    park.save()
    report = load_again()
    park.refresh_from_db()
    assert park.summary_nb == "Skrevet av parken selv."
    assert report.kept["parks.Park"] == 1


def test_what_an_editor_emptied_stays_empty(real_data):
    Park.objects.filter(slug="mo-industripark").update(web="")
    load_again()
    assert Park.objects.get(slug="mo-industripark").web == ""


def test_a_field_that_nobody_changed_follows_the_file_beside_one_that_was(real_data, monkeypatch):
    Park.objects.filter(slug="mo-industripark").update(summary_nb="Skrevet av parken selv.")
    records = loading.park_records()
    records["mo-industripark"]["county"] = "Et annet fylke"
    monkeypatch.setattr(loading, "park_records", lambda: records)
    report = load_again()
    park = Park.objects.get(slug="mo-industripark")
    assert (park.summary_nb, park.county) == ("Skrevet av parken selv.", "Et annet fylke")
    assert report.updated["parks.Park"] == 1


def test_what_an_editor_deleted_stays_deleted(real_data):
    Organisation.objects.get(slug="elkem").delete()
    Park.objects.get(slug="skogmo-industripark").delete()
    MaterialFlow.objects.get(slug="treklyngen-out-biokarbon").delete()
    report = load_again()
    assert not Organisation.objects.filter(slug="elkem").exists()
    assert not Park.objects.filter(slug="skogmo-industripark").exists()
    assert not MaterialFlow.objects.filter(slug="treklyngen-out-biokarbon").exists()
    assert report.kept["organisations.PointSource"] == 1


def test_links_that_an_editor_changed_stay(real_data):
    park = Park.objects.get(slug="mo-industripark")
    park.categories = []
    park.save()
    load_again()
    assert not Park.objects.get(slug="mo-industripark").categories.exists()


def test_a_record_that_was_there_before_is_filled_but_not_overwritten(db):
    Organisation.objects.create(slug="elkem", name="Elkem ASA")
    load_again()
    elkem = Organisation.objects.get(slug="elkem")
    assert elkem.name == "Elkem ASA"
    assert elkem.municipality == "Rana"


def test_only_three_flows_have_a_quantity(real_data):
    stated = MaterialFlow.objects.filter(quantity__isnull=False)
    assert {flow.park.slug for flow in stated} == {"treklyngen"}
    assert stated.count() == 3


def test_no_park_is_given_an_ownership_that_the_source_does_not_state(real_data):
    assert not Park.objects.filter(ownership__isnull=False).exists()


def test_the_matrix_is_as_printed(real_data):
    areas = ParkFocus.objects.filter(park__slug="kongsberg-teknologipark")
    assert [focus.area.slug for focus in areas] == [
        "manufacturing",
        "havvind",
        "batterier",
        "hydrogen",
        "maritim-industri",
    ]
    assert set(ParkFocus.objects.values_list("status", flat=True)) == {"reported"}


def test_themes_are_tied_to_a_park_only_by_what_is_about_that_park(real_data):
    assert not ParkTheme.objects.filter(park__slug="skogmo-industripark").exists()
    mo = ParkTheme.objects.filter(park__slug="mo-industripark")
    assert {link.theme.slug for link in mo} == {"sirkularitet", "energi", "utslipp"}
    assert all(link.basis_nb and link.basis_en for link in ParkTheme.objects.all())


def test_everything_loaded_can_be_found(real_data):
    assert SearchEntry.objects.filter(type="park").count() == 8
    assert SearchEntry.objects.filter(type="organisation").count() == 37
