"""The organisations that the sources name."""

import pytest

from network.organisations.loading import KINDS
from network.organisations.models import Organisation, OrganisationFigure, PointSource

pytestmark = pytest.mark.django_db


def organisation(slug):
    return Organisation.objects.get(slug=slug)


def test_a_park_is_given_only_where_the_text_says_so(real_data):
    confirmed = Organisation.objects.filter(parks__isnull=False)
    assert {found.slug for found in confirmed} == {"freyr", "mo-industripark-as"}


def test_what_is_inferred_stays_apart_from_what_is_said(real_data):
    elkem = organisation("elkem")
    assert not elkem.parks.exists()
    assert elkem.likely_park.slug == "mo-industripark"
    likely = Organisation.objects.filter(likely_park__isnull=False)
    assert {found.slug for found in likely} == {
        "yara",
        "eramet",
        "elkem",
        "celsa-armeringsstal",
    }


def test_every_type_of_the_sources_has_a_kind(real_data):
    assert set(KINDS.values()) <= set(Organisation.Kind)
    assert organisation("prosess21").kind == Organisation.Kind.PROGRAMME
    assert organisation("malm-industripark").kind == Organisation.Kind.OTHER_PARK
    assert organisation("mo-industripark-as").kind == Organisation.Kind.PARK_OPERATOR


def test_a_kind_that_is_not_from_the_text_is_said_not_to_be(real_data):
    assert "allmenn kunnskap" in organisation("siva").note_nb
    assert "general knowledge" in organisation("siva").note_en
    assert organisation("yara").note_nb == ""


def test_nobody_is_given_a_number_or_a_contact(real_data):
    assert not Organisation.objects.exclude(number=None).exists()
    assert not Organisation.objects.exclude(contact_email="").exists()


def test_municipalities_come_from_the_place_or_the_name(real_data):
    assert organisation("yara").municipality == "Porsgrunn"
    assert organisation("orkland-kommune").municipality == "Orkland"
    assert organisation("equinor").municipality == ""


def test_themes_are_those_of_its_own_projects(real_data):
    themes = organisation("thamsklyngen").themes.values_list("slug", flat=True)
    assert list(themes) == ["sirkularitet"]
    assert not organisation("zero").themes.exists()


def test_an_english_name_is_kept_only_where_it_differs(real_data):
    assert organisation("trondelag-fylkeskommune").name_en == "Trøndelag County Authority"
    assert organisation("yara").name_en == ""


def test_figures_and_point_sources_have_their_source(real_data):
    assert PointSource.objects.get(slug="elkem-rana").tonnes == 272_000
    figure = OrganisationFigure.objects.get(slug="mineralklynge-turnover")
    assert (float(figure.value), figure.year) == (7.3, 2015)
    assert figure.source.slug == "om-mineralklynge-norge"
