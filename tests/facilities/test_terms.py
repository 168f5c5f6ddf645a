"""Which term, and which organisation, a written name means."""

import pytest

from network.facilities.models import Method, Standard
from network.facilities.terms import Hosts, Vocabulary, free_slug, norwegian_slug, standard_slug
from tests.factories.network import MethodFactory, OrganisationFactory, StandardFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "written",
    [
        "strekkproving",
        "STREKKPRØVING",
        "Tensile testing",
        "  strekk-test ",
        "Strekkproving",
        "pull  test",
    ],
)
def test_a_term_is_known_by_slug_name_and_synonym_in_both_languages(written):
    method = MethodFactory(
        slug="strekkproving",
        name_nb="Strekkprøving",
        name_en="Tensile testing",
        synonyms_nb="strekktest\nstrekk-test",
        synonyms_en="pull test",
    )
    assert Vocabulary(Method).find(written) == method


def test_a_name_goes_before_another_terms_synonym():
    MethodFactory(slug="a", name_nb="Noe", synonyms_nb="Hardhet")
    named = MethodFactory(slug="b", name_nb="Hardhet")
    assert Vocabulary(Method).find("hardhet") == named


def test_an_unknown_name_is_one_new_term_however_often_it_is_asked_for():
    vocabulary = Vocabulary(Method)
    new = vocabulary.find("Månestøvprøving")
    assert (new.pk, new.slug, new.name_nb) == (None, "manestovproving", "Månestøvprøving")
    assert vocabulary.find("månestøvprøving") is new


def test_names_without_letters_are_told_apart():
    vocabulary = Vocabulary(Method)
    first, second = vocabulary.find("°"), vocabulary.find("µ%")
    assert first is not second
    assert first.slug != second.slug


@pytest.mark.parametrize(
    "written", ["ISO 6892-1", "iso 6892-1:2019", "NS-EN ISO 6892-1", "NS-EN ISO 6892-1:2019"]
)
def test_a_standard_is_known_whoever_adopted_it_and_when(written):
    standard = StandardFactory(slug="iso-6892-1", code="ISO 6892-1")
    assert Vocabulary(Standard).find(written) == standard


def test_a_new_standard_keeps_its_code():
    assert Vocabulary(Standard).find("ASTM G99").code == "ASTM G99"


@pytest.mark.parametrize(
    ("code", "slug"),
    [("NS-EN ISO 148-1:2016", "iso-148-1"), ("EN 14511", "en-14511"), ("NS 9431", "ns-9431")],
)
def test_the_slug_of_a_standard_leaves_out_year_and_adoption(code, slug):
    assert standard_slug(code) == slug


def test_an_organisation_is_known_by_slug_name_and_number():
    host = OrganisationFactory(slug="prove", name="Prøve AS", number="974760673")
    hosts = Hosts()
    assert hosts.find("prove") == hosts.find("PRØVE as") == hosts.find("974760673") == host


def test_a_new_organisation_gets_a_slug_of_its_own():
    hosts = Hosts()
    new = hosts.find("Ny AS!")
    assert (new.pk, new.slug, new.name) == (None, "ny-as", "Ny AS!")
    assert hosts.find("x" * 150 + " AS").slug != hosts.find("x" * 150 + " Norge").slug


def test_slugs_are_short_norwegian_and_free():
    assert norwegian_slug("Bøyeprøving av stål") == "boyeproving-av-stal"
    assert free_slug("a", {"a", "a-2"}) == "a-3"
    assert len(free_slug("x" * 200, {"x" * 80})) == 80
