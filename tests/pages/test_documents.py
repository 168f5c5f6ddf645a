"""What of the pages can be found by whom."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.utils import timezone, translation
from wagtail.models import PageViewRestriction

from accounts.roles import VISITOR
from pages.documents import SearchablePage
from pages.models import StandardPage
from search.finding import find
from search.models import SearchEntry
from search.projection import project_all
from search.query import SearchRequest
from tests.factories.accounts import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def entry_of(page):
    return SearchEntry.objects.filter(key=f"page:{page.pk}").first()


def titles_found(text, user=None):
    request = SearchRequest(text=text, types=("page",), audience=VISITOR.audience)
    return [found.title for found in find(request, user or AnonymousUser()).items]


def new_page(parent, **values):
    page = StandardPage(title="Kalibrering av vekter", locale=parent.locale, **values)
    parent.add_child(instance=page)
    return page


def test_a_page_and_its_translation_are_one_entry(initial_pages):
    norwegian, english = initial_pages("privacy"), initial_pages("privacy", "en")
    entry = entry_of(norwegian)
    assert (entry.title_nb, entry.title_en) == ("Personvern", "Privacy")
    assert entry.url_nb == "/om-parknett/personvern/"
    assert entry.url_en == "/en/about-parknett/privacy/"
    assert "Informasjonskapsler" in entry.text_nb
    assert "Cookies" in entry.text_en
    assert "<p>" not in entry.text_nb
    assert entry_of(english) is None


def test_the_front_page_is_no_result(initial_pages):
    assert entry_of(initial_pages("home")) is None


def test_a_published_page_is_found(initial_pages, indexed):
    page = new_page(initial_pages("about"), live=False)
    assert entry_of(page) is None
    page.save_revision().publish()
    indexed()
    assert titles_found("kalibrering") == ["Kalibrering av vekter"]


def test_an_unpublished_page_is_not_found(initial_pages, indexed):
    page = new_page(initial_pages("about"))
    indexed()
    page.unpublish()
    assert entry_of(page) is None
    assert titles_found("kalibrering") == []


def test_changes_of_a_draft_are_not_found(initial_pages):
    page = initial_pages("privacy")
    page.title = "Hemmelig utkast"
    page.save_revision()
    assert entry_of(page).title_nb == "Personvern"


def test_a_private_page_is_not_found_by_anybody(initial_pages, indexed):
    page = new_page(initial_pages("about"))
    indexed()
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert entry_of(page) is None
    assert titles_found("kalibrering") == []
    assert titles_found("kalibrering", UserFactory(is_superuser=True)) == []
    assert SearchablePage().visible(UserFactory(is_superuser=True), [page.pk]) == set()


def test_a_page_below_a_private_one_is_not_found(initial_pages):
    page = initial_pages("privacy")
    restriction = PageViewRestriction.objects.create(
        page=initial_pages("about"), restriction_type=PageViewRestriction.LOGIN
    )
    assert entry_of(page).url_nb == "/en/about-parknett/privacy/"
    assert entry_of(page).text_nb == ""
    restriction.delete()
    assert entry_of(page).url_nb == "/om-parknett/personvern/"


def test_a_page_that_moves_below_a_private_one_is_not_found(initial_pages):
    private = new_page(initial_pages("home"), slug="lukket")
    private_section = type(initial_pages("about"))(
        title="Lukket", slug="lukket-del", locale=private.locale
    )
    initial_pages("home").add_child(instance=private_section)
    PageViewRestriction.objects.create(
        page=private_section, restriction_type=PageViewRestriction.LOGIN
    )
    page = new_page(initial_pages("about"))
    assert entry_of(page) is not None
    page.move(private_section, pos="last-child")
    assert entry_of(page) is None


def test_addresses_follow_a_page_that_is_renamed(initial_pages, django_capture_on_commit_callbacks):
    section = initial_pages("about")
    section.slug = "om-oss"
    with django_capture_on_commit_callbacks(execute=True):
        section.save_revision().publish()
    assert entry_of(initial_pages("privacy")).url_nb == "/om-oss/personvern/"


def test_a_deleted_page_leaves_its_translation(initial_pages):
    norwegian, english = initial_pages("privacy"), initial_pages("privacy", "en")
    norwegian.delete()
    assert entry_of(norwegian) is None
    entry = entry_of(english)
    assert entry.title_nb == "Privacy"
    assert entry.url_nb == "/en/about-parknett/privacy/"


def test_a_deleted_section_takes_its_pages_along(initial_pages):
    page = initial_pages("privacy")
    initial_pages("about").delete()
    initial_pages("about", "en").delete()
    assert entry_of(page) is None
    assert not SearchEntry.objects.filter(type="page").exists()


def test_a_page_appears_and_vanishes_at_the_hour_it_was_given(initial_pages):
    page = new_page(initial_pages("about"), live=False)
    page.go_live_at = timezone.now() + timedelta(hours=1)
    page.save_revision().publish()
    assert entry_of(page) is None
    page.refresh_from_db()
    page.go_live_at = timezone.now() - timedelta(minutes=1)
    page.expire_at = timezone.now() + timedelta(days=1)
    page.save_revision(approved_go_live_at=page.go_live_at)
    call_command("publish_scheduled")
    assert entry_of(page) is not None
    StandardPage.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    call_command("publish_scheduled")
    assert entry_of(page) is None


def test_projecting_everything_anew_changes_nothing(initial_pages):
    before = dict(SearchEntry.objects.filter(type="page").values_list("key", "version"))
    assert len(before) == 5
    project_all("page")
    assert dict(SearchEntry.objects.filter(type="page").values_list("key", "version")) == before


def test_an_entry_is_the_same_whatever_language_its_editor_reads(initial_pages):
    page = initial_pages("find-facility")
    entry = SearchEntry.objects.get(key=f"page:{page.pk}")
    with translation.override("en"):
        page.save()
    assert SearchEntry.objects.get(key=entry.key).version == entry.version
