"""What editors decide about every page."""

import pytest
from django.test import RequestFactory
from django.utils.translation import override
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from pages.frame import forget_frame, frame
from pages.models import Navigation, SiteSettings

pytestmark = pytest.mark.django_db


def content(language="nb"):
    with override(language):
        return frame(RequestFactory().get("/"))


def test_a_site_without_settings_has_a_frame(db):
    assert content().site_name == "Parknett"
    assert content().menu == ()


def test_menu_and_footer_are_in_the_language_of_the_page(initial_pages):
    assert [(link.label, link.url) for link in content().menu] == [
        ("God praksis", "/god-praksis/"),
        ("Om Parknett", "/om-parknett/"),
    ]
    assert [(link.label, link.url) for link in content("en").menu] == [
        ("Best practice", "/en/best-practice/"),
        ("About", "/en/about-parknett/"),
    ]
    assert content("en").footer[0].title == "About the site"
    assert content("en").footer[0].links[1].url == "/en/about-parknett/how-to-find-a-test-facility/"


def test_links_to_pages_that_are_not_live_are_left_out(initial_pages):
    initial_pages("about").unpublish()
    assert [link.label for link in content().menu] == ["God praksis"]


def test_statutory_links_are_at_the_bottom_of_every_page(initial_pages, client):
    assert [(link.label, link.url) for link in content().statutory] == [
        ("Tilgjengelighetserklæring", "/om-parknett/tilgjengelighetserklaering/"),
        ("Personvern", "/om-parknett/personvern/"),
    ]
    SiteSettings.objects.update(contact_email="nett@example.org")
    forget_frame()
    assert content().statutory[-1].url == "mailto:nett@example.org"
    assert (
        "/en/about-parknett/accessibility-statement/" in client.get("/en/search/").content.decode()
    )


def test_an_accessibility_statement_kept_elsewhere_comes_first(initial_pages):
    chosen = SiteSettings.objects.get()
    chosen.accessibility_url_nb = "https://uustatus.no/nb/erklaringer/publisert/eksempel"
    chosen.save()
    assert content().statutory[0].url == chosen.accessibility_url_nb
    assert content("en").statutory[0].url == chosen.accessibility_url_nb


def test_a_notice_stands_above_every_page(initial_pages, client):
    chosen = SiteSettings.objects.get()
    chosen.notice_nb, chosen.notice_en = "Stengt på lørdag", "Closed on Saturday"
    chosen.save()
    assert "Stengt på lørdag" in client.get("/").content.decode()
    assert "Closed on Saturday" in client.get("/en/").content.decode()


def test_the_frame_costs_no_query_once_it_is_read(initial_pages, django_assert_num_queries):
    content()
    with django_assert_num_queries(0):
        content()


def test_changes_show_at_once_in_the_process_that_made_them(initial_pages):
    assert content().menu
    navigation = Navigation.objects.get()
    navigation.menu = []
    navigation.save()
    assert content().menu == ()


def test_other_processes_see_changes_after_a_while(initial_pages, monkeypatch):
    content()
    SiteSettings.objects.update(name="Et annet navn")
    assert content().site_name == "Parknett"
    monkeypatch.setattr("pages.frame.KEPT_SECONDS", -1)
    assert content().site_name == "Et annet navn"


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.usefixtures("own_media")
def test_the_image_for_sharing_has_an_absolute_address(initial_pages):
    image = get_image_model().objects.create(title="Deling", file=get_test_image_file())
    chosen = SiteSettings.objects.get()
    chosen.social_image = image
    chosen.save()
    forget_frame()
    assert content().image_url.startswith("http://testserver/media/images/")


def test_a_menu_may_lead_to_a_registry_in_either_language(initial_pages):
    navigation = Navigation.objects.get()
    navigation.menu = [
        ("link", {"label_nb": "Åpent", "place": "facilities", "query": "?access=open"})
    ]
    navigation.save()
    assert content().menu[0].url == "/testfasiliteter/?access=open"
    assert content("en").menu[0].url == "/en/facilities/?access=open"
    assert content("en").menu[0].label == "Åpent"
