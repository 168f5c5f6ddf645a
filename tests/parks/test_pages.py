"""The pages of the parks."""

import json
import re

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import reverse
from django.utils.translation import override

from network.organisations.models import Organisation
from network.parks import edition
from network.parks.models import FocusArea, MaterialFlow, OwnershipSetup, Park, ParkFocus
from tests.factories.accounts import staff_of
from tests.factories.network import FacilityFactory, OrganisationFactory, ParkFactory

pytestmark = pytest.mark.django_db

PAGES = ["/parker/", "/parker/fokusomrader/", "/parker/temaer/", "/parker/mo-industripark/"]
ENGLISH_PAGES = [
    "/en/parks/",
    "/en/parks/focus-areas/",
    "/en/parks/themes/",
    "/en/parks/mo-industripark/",
]


def content(client, path, **extra):
    response = client.get(path, **extra)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("path", [*PAGES, *ENGLISH_PAGES])
def test_every_page_answers_in_its_language(client, real_data, path):
    page = content(client, path)
    assert f'<html lang="{"en" if path.startswith("/en/") else "nb"}"' in page
    assert page.count("<h1") == 1


def test_the_overview_lists_every_park_with_its_place_and_counts(client, real_data):
    FacilityFactory(park=Park.objects.get(slug="mo-industripark"))
    page = content(client, "/parker/")
    for park in Park.objects.all():
        assert park.name in page
        assert park.place in page
    assert "1 testfasilitet" in page
    assert "2 organisasjoner, trolig 2 til" in page


def test_the_overview_counts_only_what_is_published(client, real_data):
    FacilityFactory(park=Park.objects.get(slug="mo-industripark"), published=False)
    assert "1 testfasilitet<" not in content(client, "/parker/")


def test_the_overview_draws_its_map_without_scripts(client, real_data):
    page = content(client, "/parker/")
    assert "pn-park-map" in page
    assert page.count("pn-park-map__dot") == 8


def test_a_profile_shows_what_is_stated_and_says_what_is_not(client, real_data):
    page = content(client, "/parker/mo-industripark/")
    assert "Rana, Nordland" in page
    assert "ikke oppgitt" in page
    assert "Eget eiendomsselskap og driftsselskap" in page
    assert "<strong>5</strong>" in page
    assert "posisjon innenfor 2 km" in page
    assert "Mo industripark, Mo, MIP" in page
    assert "Industriparkene kan bidra til en raskere realisering" in page


def test_a_profile_shows_the_ownership_that_an_editor_has_set(client, real_data):
    park = Park.objects.get(slug="mo-industripark")
    park.ownership = OwnershipSetup.objects.get(slug="ingen-fast-organisering")
    park.save()
    page = content(client, "/parker/mo-industripark/")
    assert "Ingen fast organisering" in page
    assert "Organiseringene blant de åtte" not in page


def test_the_parks_own_row_stands_out_in_the_matrix(client, real_data):
    page = content(client, "/parker/mo-industripark/")
    row = re.search(r'<tr class="is-current">(.*?)</tr>', page, re.DOTALL)
    assert row
    assert row[1].count('aria-label="oppgitt"') == 7
    assert page.count('class="is-current"') == 1


def test_a_park_without_a_row_is_said_to_have_none(client, real_data):
    page = content(client, "/parker/skogmo-industripark/")
    assert "Kilden har ingen rad for denne parken." in page
    assert "ingen rad i kilden" in page
    assert "Kilden har ingen kolonne for denne parken" in page


def test_the_matrix_tells_statuses_apart_once_they_are_known(client, real_data):
    assert "fargene er gått tapt" in content(client, "/parker/fokusomrader/")
    focus = ParkFocus.objects.first()
    focus.status = ParkFocus.Status.PLANNED
    focus.save()
    page = content(client, "/parker/fokusomrader/")
    assert "fargene er gått tapt" not in page
    assert "planlagt eller under utvikling" in page


def test_quantities_show_where_they_are_stated(client, real_data):
    page = content(client, "/parker/treklyngen/")
    assert "250\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}tonn i året" in page
    assert "ikke oppgitt" in page
    assert "250,000" in content(client, "/en/parks/treklyngen/")


def test_no_column_of_quantities_is_shown_where_none_is_stated(client, real_data):
    page = content(client, "/parker/raufoss-industripark/")
    assert "Mengde</th>" not in page
    assert "oppgir ingen mengder" in page


def test_emissions_are_said_to_be_inferred(client, real_data):
    page = content(client, "/parker/mo-industripark/")
    assert "272\N{NO-BREAK SPACE}000" in page
    assert "At det er denne parken, er utledet." in page


def test_an_organisation_that_is_withdrawn_leaves_the_parks_page_when_that_is_stored(
    client, real_data, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(connection, "run_on_commit", [])  # forget what loading has announced
    assert "Elkem" in content(client, "/parker/mo-industripark/")
    elkem = Organisation.objects.get(slug="elkem")
    elkem.published = False
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        elkem.save()
        elkem.save()
    assert len([callback for callback in callbacks if callback is edition.renew]) == 1
    assert "Elkem" not in content(client, "/parker/mo-industripark/")


def test_the_first_six_facilities_show_with_the_way_to_the_rest(client):
    park = ParkFactory()
    for number in range(8):
        FacilityFactory(park=park, name_nb=f"Lab {number}")
    page = content(client, park.get_absolute_url())
    assert "Lab 5" in page
    assert "Lab 6" not in page
    assert f"/testfasiliteter/?park={park.slug}" in page
    assert "Alle testfasilitetene i parken" in page


def test_unpublished_things_show_to_the_parks_staff_only(client):
    park = ParkFactory()
    FacilityFactory(park=park, name_nb="Hemmelig lab", published=False)
    hidden = OrganisationFactory(name="Skjult AS", published=False)
    park.organisations.add(hidden)
    page = content(client, park.get_absolute_url())
    assert "Hemmelig lab" not in page
    assert "Skjult AS" not in page
    client.force_login(staff_of(park))
    page = content(client, park.get_absolute_url())
    assert "Hemmelig lab" in page
    assert "Skjult AS" in page
    assert f"/admin/snippets/parks/park/edit/{park.pk}/" in page


def test_samples_are_marked(client):
    park = ParkFactory()
    FacilityFactory(park=park, sample=True)
    assert "Eksempeldata" in content(client, park.get_absolute_url())


def test_a_profile_asks_the_database_little(client, real_data, django_assert_max_num_queries):
    park = Park.objects.get(slug="mo-industripark")
    for _ in range(8):
        FacilityFactory(park=park)
    client.get("/parker/mo-industripark/")
    with django_assert_max_num_queries(6):
        client.get("/parker/mo-industripark/")


def test_more_parks_and_facilities_do_not_mean_more_queries(client, django_assert_max_num_queries):
    for _ in range(30):
        FacilityFactory(park=ParkFactory())
    client.get("/parker/")
    with django_assert_max_num_queries(12):
        client.get("/parker/")


@pytest.mark.parametrize("path", ["/parker/fokusomrader/", "/parker/temaer/"])
def test_pages_about_all_parks_are_kept_between_requests(
    client, real_data, path, django_assert_max_num_queries
):
    client.get(path)
    with django_assert_max_num_queries(6):
        client.get(path)


def test_a_change_shows_at_once_on_every_page_that_keeps_it(client, real_data):
    for path in PAGES:
        client.get(path)
    area = FocusArea.objects.get(slug="hydrogen")
    area.name_nb = "Hydrogen og ammoniakk"
    area.save()
    flow = MaterialFlow.objects.get(slug="mo-in-jernmalm")
    flow.name_nb = "jernmalmkonsentrat"
    flow.save()
    assert "Hydrogen og ammoniakk" in content(client, "/parker/fokusomrader/")
    page = content(client, "/parker/mo-industripark/")
    assert "Hydrogen og ammoniakk" in page
    assert "Jernmalmkonsentrat" in page


def test_what_is_kept_in_one_language_is_not_shown_in_the_other(client, real_data):
    cache.clear()
    assert "Materialstrømmer" in content(client, "/parker/mo-industripark/")
    assert "Material flows" in content(client, "/en/parks/mo-industripark/")
    assert "Materialstrømmer" in content(client, "/parker/mo-industripark/")


def test_structured_data_is_valid_json_and_breaks_out_of_nothing(client):
    park = ParkFactory(name_nb="Park</script><script>alert(1)</script>")
    page = content(client, park.get_absolute_url())
    assert "<script>alert(1)" not in page
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    place = json.loads(blocks[0])
    assert place["@type"] == "Place"
    assert place["geo"] == {"@type": "GeoCoordinates", "latitude": 66.31, "longitude": 14.17}


def test_hostile_text_is_shown_as_text(client):
    hostile = "<img src=x onerror=alert(1)>"
    park = ParkFactory(summary_nb=hostile, description_nb=hostile, other_names=hostile)
    MaterialFlow.objects.create(park=park, slug="x", name_nb=hostile, direction="in")
    page = content(client, park.get_absolute_url())
    assert "<img src=x" not in page
    assert "&lt;img src=x" in page


def test_what_is_not_there_is_not_kept(client, real_data):
    number = edition.current()
    assert client.get("/parker/finnes-ikke/").status_code == 404
    assert cache.get(f"parks:{number}:nb:profile:finnes-ikke") is None


@pytest.mark.parametrize(
    "path", ["/parker/finnes-ikke/", "/en/parks/no-such-park/", "/parker/" + "a" * 500 + "/"]
)
def test_an_unknown_park_is_not_found(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_only_read(client, real_data, path):
    assert client.post(path).status_code == 405


@pytest.mark.parametrize("slug", ["fokusomrader", "focus-areas", "temaer", "themes"])
def test_no_park_takes_the_address_of_another_page(slug):
    with pytest.raises(ValidationError, match="En annen side har denne adressen"):
        ParkFactory.build(slug=slug).full_clean()


def test_both_languages_lead_to_each_other(client, real_data):
    page = content(client, "/parker/mo-industripark/")
    assert 'hreflang="en" href="http://testserver/en/parks/mo-industripark/"' in page


def test_the_addresses_are_translated():
    names = {"parks:list": "", "parks:focus-areas": "fokusomrader/", "parks:themes": "temaer/"}
    for name, path in names.items():
        with override("nb"):
            assert reverse(name) == f"/parker/{path}"
