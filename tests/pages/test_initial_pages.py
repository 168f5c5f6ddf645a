"""What a new site starts with."""

import pytest
from django.core.management import call_command
from wagtail.models import Page, Site

from pages.initial import find_page, load_initial_pages
from pages.models import HomePage, Navigation, SiteSettings

pytestmark = pytest.mark.django_db


def test_pages_are_made_in_both_languages(initial_pages, client):
    for address in (
        "/",
        "/om-parknett/",
        "/om-parknett/slik-finner-du-en-testfasilitet/",
        "/om-parknett/for-deg-som-jobber-i-en-park/",
        "/om-parknett/personvern/",
        "/om-parknett/tilgjengelighetserklaering/",
        "/en/",
        "/en/about-parknett/",
        "/en/about-parknett/how-to-find-a-test-facility/",
        "/en/about-parknett/for-people-who-work-in-a-park/",
        "/en/about-parknett/privacy/",
        "/en/about-parknett/accessibility-statement/",
        "/god-praksis/",
        "/nyheter/",
        "/utlysninger/",
        "/en/best-practice/",
        "/en/news/",
        "/en/calls/",
    ):
        assert client.get(address).status_code == 200, address


def test_making_them_twice_changes_nothing(initial_pages):
    before = list(Page.objects.order_by("pk").values_list("pk", "latest_revision_id"))
    assert load_initial_pages() == []
    assert list(Page.objects.order_by("pk").values_list("pk", "latest_revision_id")) == before


def test_what_editors_have_changed_stays(initial_pages):
    page = initial_pages("privacy")
    page.title = "Slik tar vi vare på opplysningene dine"
    page.save_revision().publish()
    settings = SiteSettings.objects.get()
    settings.name = "Parknett Nord"
    settings.save()
    load_initial_pages()
    assert initial_pages("privacy").title == "Slik tar vi vare på opplysningene dine"
    assert SiteSettings.objects.get().name == "Parknett Nord"


def test_what_editors_have_deleted_does_not_come_back(initial_pages):
    initial_pages("for-parks").delete()
    load_initial_pages()
    assert find_page("for-parks", "nb") is None
    assert find_page("for-parks", "en") is not None


def test_the_welcome_page_of_wagtail_is_gone_and_the_site_begins_at_the_front_page(initial_pages):
    site = Site.objects.get()
    assert isinstance(site.root_page.specific, HomePage)
    assert site.is_default_site
    assert not Page.objects.filter(title__startswith="Welcome to your new Wagtail").exists()


def test_language_versions_belong_together(initial_pages):
    for key in ("home", "about", "privacy"):
        assert initial_pages(key).translation_key == initial_pages(key, "en").translation_key


def test_links_between_pages_lead_to_the_same_language(initial_pages):
    links = [block.value["link"] for block in initial_pages("home", "en").ways]
    targets = [link["page"] for link in links if link["page"]]
    assert targets
    assert {page.locale.language_code for page in targets} == {"en"}


def test_menu_and_footer_are_filled(initial_pages):
    navigation = Navigation.objects.get()
    assert [block.value["label_nb"] for block in navigation.menu] == ["God praksis", "Om Parknett"]
    assert [len(column.value["links"]) for column in navigation.footer] == [3, 3]


def test_the_command_says_what_it_made(db, capsys):
    call_command("load_initial_pages")
    assert "19 made" in capsys.readouterr().out
    call_command("load_initial_pages")
    assert "no changes" in capsys.readouterr().out
