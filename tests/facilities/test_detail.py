"""A facility's page."""

import gc
import json
import re

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from network.facilities.services import FacilityData, create_facility
from tests.facilities.conftest import EDITORS, READERS_OF_DRAFTS, ROLES
from tests.factories.facilities import (
    EquipmentFactory,
    FacilityDocumentFactory,
    FacilityImageFactory,
    PriceNoteFactory,
)
from tests.factories.network import (
    FacilityFactory,
    MaterialFactory,
    MethodFactory,
    StandardFactory,
    ThemeFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
URL = "/testfasiliteter/strekklab/"


def structured_data(text):
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    return [json.loads(block) for block in blocks]


def test_the_page_tells_what_it_can_do_at_what_terms_and_whom_to_ask(client, facility):
    facility.methods = [MethodFactory(slug="strekk", name_nb="Strekkprøving")]
    facility.standards = [StandardFactory(slug="iso-1", code="ISO 1", name_nb="Temperatur")]
    facility.trl_min, facility.trl_max, facility.lead_time_days = 3, 5, 14
    facility.contact_email = "lab@example.org"
    facility.safety_nb = "Vernebriller."
    facility.confirmed_on = timezone.localdate()
    facility.save()
    EquipmentFactory(facility=facility)
    PriceNoteFactory(facility=facility, user_type="sme")
    text = client.get(URL).text
    for expected in (
        'href="/testfasiliteter/?method=strekk"',
        'href="/testfasiliteter/?standard=iso-1"',
        "Temperatur",
        "TRL 3–5",
        "14 dager",
        "Strekkprøvemaskin",
        "0–250 kN",
        "Små og mellomstore bedrifter",
        "Fra 900 kr per prøve",
        "Vernebriller.",
        "mailto:lab@example.org?subject=Sp%C3%B8rsm%C3%A5l%20om%20Strekklaben",
        "Mo Industripark",
        "Prøvebedrift AS",
    ):
        assert expected in text
    assert "Ikke bekreftet" not in text


@pytest.mark.parametrize("age", [210, 366, 2000])
def test_what_nobody_has_confirmed_for_long_says_so(age, client, facility):
    facility.confirmed_on = timezone.localdate() - timezone.timedelta(days=age)
    facility.save()
    day = date_format(facility.confirmed_on, "SHORT_DATE_FORMAT")
    assert f"Ikke bekreftet siden {day}" in client.get(URL).text


def test_what_was_never_confirmed_is_marked_once_it_is_old(client, facility):
    assert "Ikke bekreftet ennå" in client.get(URL).text
    made = timezone.now() - timezone.timedelta(days=211)
    type(facility).objects.update(created_at=made, updated_at=made)
    assert "Aldri bekreftet" in client.get(URL).text


@pytest.mark.parametrize("role", ROLES)
def test_a_draft_is_not_there_for_those_who_may_not_see_it(role, browse, facility):
    facility.published = False
    facility.save()
    expected = 200 if role in READERS_OF_DRAFTS else 404
    assert browse(role).get(URL).status_code == expected


def test_an_unknown_facility_is_not_there(client, db):
    assert client.get("/testfasiliteter/finnes-ikke/").status_code == 404


def test_sample_data_is_marked_and_kept_from_search_engines(client, facility):
    facility.sample = True
    facility.save()
    text = client.get(URL).text
    assert "Eksempeldata" in text
    assert '<meta name="robots" content="noindex">' in text


def test_markdown_is_shown_as_rendered_when_saved_and_hostile_markup_does_nothing(
    client, park, host
):
    hostile = "**Fet** <script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror=y>"
    create_facility(
        FacilityData(
            fields={
                "slug": "strekklab",
                "name_nb": "</script><script>alert(2)</script>",
                "summary_nb": '"><svg onload=alert(3)>',
                "description_nb": hostile,
                "park": park,
                "host": host,
            }
        )
    )
    text = client.get(URL).text
    assert "<strong>Fet</strong>" in text
    assert "<script>alert" not in text
    assert 'href="javascript:' not in text
    assert "<svg onload" not in text
    assert "<img src=x" not in text


def test_structured_data_names_the_facility_and_cannot_be_broken_out_of(client, facility):
    facility.name_nb = "</script><script>alert(1)</script> & Co"
    facility.save()
    text = client.get(URL).text
    service, path = structured_data(text)
    assert service["name"] == "</script><script>alert(1)</script> & Co"
    assert service["provider"]["name"] == "Prøvebedrift AS"
    assert service["url"] == "http://testserver/testfasiliteter/strekklab/"
    assert [step["position"] for step in path["itemListElement"]] == [1, 2]


def test_english_readers_get_english_and_are_told_what_is_not(client, facility):
    facility.name_en, facility.description_nb = "Tensile lab", "Norsk tekst."
    facility.description_nb_html = "<p>Norsk tekst.</p>"
    facility.save()
    text = client.get("/en/facilities/strekklab/").text
    assert "<h1>Tensile lab</h1>" in text
    assert '<div class="pn-prose" lang="nb"><p>Norsk tekst.</p>' in text


def test_similar_facilities_are_shown_but_never_a_withdrawn_one(client, indexed, park, host):
    method, material = MethodFactory(), MaterialFactory()
    shared = {"methods": [method], "materials": [material], "park": park, "host": host}
    FacilityFactory(slug="strekklab", name_nb="Denne", **shared)
    other = FacilityFactory(name_nb="Den andre", **shared)
    indexed()
    assert [s.name for s in client.get(URL).context["similar"]] == ["Den andre"]
    type(other).objects.filter(pk=other.pk).update(published=False)
    assert "Den andre" not in client.get(URL).text


@pytest.mark.parametrize("change", ["itself", "method", "equipment", "host", "park", "document"])
def test_what_is_kept_of_the_page_follows_every_change(change, client, facility):
    method = MethodFactory(name_nb="Gammel metode")
    facility.methods = [method]
    facility.save()
    client.get(URL)
    if change == "itself":
        facility.contact_name = "NYTT INNHOLD"
    elif change == "method":
        method.name_nb = "NYTT INNHOLD"
        method.save()
    elif change == "equipment":
        EquipmentFactory(facility=facility, name_nb="NYTT INNHOLD")
    elif change == "host":
        facility.host.name = "NYTT INNHOLD"
        facility.host.save()
    elif change == "park":
        facility.park.name_nb = "NYTT INNHOLD"
        facility.park.save()
    else:
        FacilityDocumentFactory(facility=facility, title="NYTT INNHOLD")
    if change in {"itself", "document"}:
        facility.save()
    assert "NYTT INNHOLD" in client.get(URL).text


def test_what_is_kept_for_one_reader_shows_another_nothing_more(browse, facility, client):
    facility.published = False
    facility.save()
    assert browse("network").get(URL).status_code == 200
    client.logout()
    assert client.get(URL).status_code == 404


@pytest.mark.parametrize("role", ROLES)
def test_only_those_who_look_after_it_can_confirm_or_withdraw(role, browse, facility):
    client = browse(role)
    assert ("Alt stemmer" in client.get(URL).text) == (role in EDITORS)
    response = client.post(f"{URL}bekreft/")
    facility.refresh_from_db()
    if role in EDITORS:
        assert response.url == URL
        assert facility.confirmed_on == timezone.localdate()
        client.post(f"{URL}trekk-tilbake/")
        facility.refresh_from_db()
        assert not facility.published
        client.post(f"{URL}publiser/")
        facility.refresh_from_db()
        assert facility.published
    else:
        assert response.status_code in {302, 404}
        assert facility.confirmed_on is None


def test_a_state_changes_by_post_alone(browse, facility):
    client = browse("network")
    assert client.get(f"{URL}bekreft/").status_code == 405


def test_the_page_takes_few_queries_however_much_it_shows(
    client, indexed, facility, django_assert_max_num_queries
):
    facility.methods = [MethodFactory() for _ in range(8)]
    facility.materials = [MaterialFactory() for _ in range(8)]
    facility.standards = [StandardFactory() for _ in range(8)]
    facility.themes = [ThemeFactory() for _ in range(3)]
    facility.save()
    for _ in range(6):
        EquipmentFactory(facility=facility)
    FacilityDocumentFactory(facility=facility)
    indexed()
    client.get(URL)
    with django_assert_max_num_queries(10):
        client.get(URL)


# Wagtail leaves the temporary file of a JPEG rendition to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_pictures_have_a_text_and_are_shared(client, facility):
    FacilityImageFactory(facility=facility)
    text = client.get(URL).text
    gc.collect()
    assert 'alt="Maskinen med en prøvestav"' in text
    assert '<meta property="og:image" content="http://testserver/media/' in text


class TestDocuments:
    """Files are handed out by a view that asks who wants them."""

    def test_it_is_a_download_of_its_true_kind(self, client, facility):
        document = FacilityDocumentFactory(facility=facility)
        response = client.get(f"{URL}filer/{document.pk}/")
        assert response.getvalue() == b"%PDF-1.7 a data sheet"
        assert response["Content-Type"] == "application/pdf"
        assert response["Content-Disposition"] == 'attachment; filename="Datablad.pdf"'
        assert response["X-Content-Type-Options"] == "nosniff"

    def test_its_name_cannot_carry_a_header_or_a_path(self, client, facility):
        document = FacilityDocumentFactory(facility=facility, title='../"x\r\nSet-Cookie: a=b')
        response = client.get(f"{URL}filer/{document.pk}/")
        assert "Set-Cookie" not in response
        assert "/" not in response["Content-Disposition"]
        response.close()

    @pytest.mark.parametrize("role", ROLES)
    def test_the_files_of_a_draft_are_its_own_peoples(self, role, browse, facility):
        facility.published = False
        facility.save()
        document = FacilityDocumentFactory(facility=facility)
        expected = 200 if role in READERS_OF_DRAFTS else 404
        response = browse(role).get(f"{URL}filer/{document.pk}/")
        assert response.status_code == expected
        response.close()

    def test_a_file_is_not_there_under_another_facility(self, client, facility, park, host):
        document = FacilityDocumentFactory(facility=FacilityFactory(park=park, host=host))
        assert client.get(f"{URL}filer/{document.pk}/").status_code == 404

    def test_a_file_that_is_lost_is_not_there(self, client, facility):
        document = FacilityDocumentFactory(facility=facility)
        document.file.storage.delete(document.file.name)
        assert client.get(f"{URL}filer/{document.pk}/").status_code == 404

    def test_it_lies_outside_what_the_server_hands_out(self, facility, settings):
        document = FacilityDocumentFactory(facility=facility)
        assert not document.file.path.startswith(str(settings.MEDIA_ROOT))
