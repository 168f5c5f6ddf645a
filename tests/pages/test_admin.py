"""What editors meet in the admin."""

import pytest
from django.utils.translation import override
from wagtail.models import Page

from pages.models import Navigation
from search.fruitless import note_fruitless
from search.models import FruitlessSearch, SynonymSet
from tests.factories.accounts import UserFactory, network_administrator, staff_of
from tests.factories.network import ParkFactory
from tests.factories.search import SearchEntryFactory

pytestmark = pytest.mark.django_db

FRUITLESS = "/admin/snippets/search/fruitlesssearch/"


@pytest.fixture
def editor(client):
    person = network_administrator()
    client.force_login(person)
    return client


def test_the_first_page_tells_what_waits(editor, initial_pages):
    page = initial_pages("privacy")
    page.title = "Utkast"
    page.save_revision()
    note_fruitless("radondetektor", "nb")
    SearchEntryFactory(confirmed_on=None)
    text = editor.get("/admin/").content.decode()
    assert "Venter på deg" in text
    assert "sider med endringer som ikke er publisert" in text
    assert "søk uten treff de siste 30 dagene" in text


def test_park_staff_see_no_figures_that_are_not_theirs(client):
    client.force_login(staff_of(ParkFactory()))
    text = client.get("/admin/").content.decode()
    assert "søk uten treff" not in text
    assert "sider med endringer" not in text


def test_searches_without_results_are_listed_the_most_frequent_first(editor):
    note_fruitless("radondetektor", "nb")
    for _ in range(3):
        note_fruitless("gjennombruddstid", "nb")
    text = editor.get(FRUITLESS).content.decode()
    assert text.index("gjennombruddstid") < text.index("radondetektor")
    assert "Merk som behandlet" in text


def test_several_searches_are_marked_as_handled_at_once(editor):
    for text in ("a", "b", "c"):
        note_fruitless(text, "nb")
    chosen = list(FruitlessSearch.objects.filter(text__in=["a", "b"]).values_list("pk", flat=True))
    address = f"/admin/bulk/search/fruitlesssearch/handle/?id={chosen[0]}&id={chosen[1]}"
    assert editor.get(address).status_code == 200
    response = editor.post(address)
    assert response.status_code == 302
    assert set(FruitlessSearch.objects.filter(handled=True).values_list("text", flat=True)) == {
        "a",
        "b",
    }


def test_a_search_that_was_handled_comes_back_when_it_fails_again(db):
    note_fruitless("radondetektor", "nb")
    FruitlessSearch.objects.update(handled=True)
    note_fruitless("Radondetektor ", "nb")
    search = FruitlessSearch.objects.get()
    assert (search.handled, search.times) == (False, 2)


def test_nobody_adds_searches_by_hand(editor):
    assert editor.get(f"{FRUITLESS}add/").status_code in {302, 404}
    assert editor.get(f"{FRUITLESS}").status_code == 200


def test_editors_add_synonyms(editor):
    response = editor.post(
        "/admin/snippets/search/synonymset/add/", {"words": "falltest, drop test", "active": "on"}
    )
    assert response.status_code == 302
    assert SynonymSet.objects.get().words == "falltest, drop test"


def test_the_state_of_the_search_is_shown(editor, indexed):
    SearchEntryFactory()
    indexed()
    text = editor.get("/admin/search-state/").content.decode()
    assert "Søkets tilstand" in text
    assert "tantivy" in text
    assert "Det finnes ingen indeks" not in text


def test_a_missing_index_is_told(editor):
    assert "Det finnes ingen indeks" in editor.get("/admin/search-state/").content.decode()


@pytest.mark.parametrize("address", [FRUITLESS, "/admin/search-state/"])
def test_park_staff_do_not_look_after_the_search(client, address):
    client.force_login(staff_of(ParkFactory()))
    response = client.get(address)
    assert response.status_code in {302, 403}
    assert "radondetektor" not in response.content.decode()


def test_visitors_are_sent_to_log_in_and_back(client):
    response = client.get(FRUITLESS, follow=True)
    assert response.redirect_chain[-1][0] == f"/konto/login/?next={FRUITLESS}"


def test_the_admin_carries_our_name_and_colours(editor):
    text = editor.get("/admin/").content.decode()
    assert "Kontrollpanel - Parknett" in text
    assert "pages/admin.css" in text
    assert "ui/favicon.svg" in text


def test_editors_change_menu_and_site_settings(editor, initial_pages):
    navigation = Navigation.objects.get()
    assert editor.get(f"/admin/settings/pages/navigation/{navigation.site_id}/").status_code == 200
    assert (
        editor.get(f"/admin/settings/pages/sitesettings/{navigation.site_id}/").status_code == 200
    )


@pytest.mark.parametrize("key", ["home", "about", "privacy"])
def test_every_page_type_can_be_edited(editor, initial_pages, key):
    page = initial_pages(key)
    assert editor.get(f"/admin/pages/{page.pk}/edit/").status_code == 200


def test_every_page_type_can_be_added(editor, initial_pages):
    home = initial_pages("home")
    for kind in ("sectionpage", "standardpage"):
        assert editor.get(f"/admin/pages/add/pages/{kind}/{home.pk}/").status_code == 200


def test_the_admin_speaks_the_language_that_a_person_chose(client):
    person = network_administrator()
    client.force_login(person)
    chosen = {"first_name": "Kari", "last_name": "Eksempel", "language": "en"}
    client.post("/konto/opplysninger/", {**chosen, "time_zone": "Europe/Oslo"})
    assert "Dashboard - Parknett" in client.get("/admin/").content.decode()


def test_members_have_no_way_in(client):
    client.force_login(UserFactory())
    assert client.get("/admin/pages/").status_code == 302
    assert Page.objects.exists()
    with override("nb"):
        assert "til-redaksjonen" in client.get("/admin/pages/")["Location"]


def test_network_administrators_lead_old_addresses_to_new_pages(editor, initial_pages):
    page = Page.objects.get(slug="om-parknett")
    form = {"old_path": "/om-oss/", "redirect_page": page.pk, "is_permanent": "on"}
    editor.post("/admin/redirects/add/", form)
    editor.logout()
    response = editor.get("/om-oss/")
    assert response.status_code == 301
    assert response.url == "/om-parknett/"
