"""What of articles the search finds, and beside what they are shown."""

import pytest
from wagtail.models import Locale, PageViewRestriction

from pages.practice import services
from pages.practice.models import Article, PracticeOrganisation
from search.models import SearchEntry
from tests.factories.accounts import member_of, staff_of
from tests.factories.network import (
    FocusAreaFactory,
    OrganisationFactory,
    ParkFactory,
    ThemeFactory,
)
from tests.factories.practice import article_of, make_article

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def entry_of(page):
    return SearchEntry.objects.filter(key=f"practice:{page.pk}").first()


def translated(page):
    english = page.copy_for_translation(Locale.objects.get(language_code="en"))
    english.title, english.slug = "Steam to the neighbour", "steam"
    english.save_revision().publish()
    return english


def test_an_article_is_found_by_its_words_and_narrowed_by_what_it_is_of():
    park, theme, area = ParkFactory(), ThemeFactory(), FocusAreaFactory()
    page = make_article(
        parks=[park],
        themes=[theme],
        focus_areas=[area],
        kind="failure",
        done="<p>Røret <b>frøs</b>.</p>",
        effects=[{"indicator": "Strømforbruk", "after": 2}],
    )
    entry = entry_of(page)
    assert entry.facets["experience"] == ["failure"]
    assert entry.facets["park"] == [park.slug]
    assert entry.facets["theme"] == [theme.slug]
    assert "frøs" in entry.text_nb
    assert "<b>" not in entry.text_nb
    assert "Strømforbruk" in str(entry.keywords)
    assert SearchEntry.objects.filter(type="page").count() == 0


def test_drafts_and_what_is_restricted_or_withdrawn_is_not_found():
    assert entry_of(make_article(live=False)) is None
    page = make_article()
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.LOGIN
    )
    assert entry_of(page) is None
    restriction.delete()
    assert entry_of(page) is not None
    page.unpublish()
    assert entry_of(page) is None


def test_the_article_of_a_deleted_page_goes_with_its_last_language():
    page = make_article()
    english = translated(page)
    assert entry_of(page).title_en == "Steam to the neighbour"
    assert entry_of(english) is None
    page.delete()
    assert Article.objects.get().page_id == english.pk
    assert entry_of(english).title_nb == "Steam to the neighbour"
    english.delete()
    assert not Article.objects.exists()
    assert not SearchEntry.objects.filter(type="practice").exists()


def test_a_renamed_park_is_renamed_in_the_search():
    park = ParkFactory(name_nb="Gamleparken")
    page = make_article(parks=[park])
    park.name_nb = "Nyparken"
    park.save()
    assert "Nyparken" in entry_of(page).text_nb


def test_a_park_shows_what_it_wrote_of_and_what_it_does_after_others(
    client, django_assert_max_num_queries
):
    park = ParkFactory()
    make_article(title="Damp til naboen", parks=[park])
    other = make_article(title="Felles filter")
    services.adopt(article_of(other), by=staff_of(park), park=park, status="adopted")
    make_article(title="Et utkast", parks=[park], live=False)
    text = client.get(f"/parker/{park.slug}/").content.decode()
    assert "Damp til naboen" in text
    assert "Felles filter" in text
    assert text.count("gjør det samme") == 1
    assert "Et utkast" not in text


def test_an_organisation_shows_its_articles_too(client):
    organisation = OrganisationFactory()
    page = make_article(title="Damp til naboen")
    page.organisation_links = [PracticeOrganisation(organisation=organisation)]
    page.save_revision().publish()
    address = f"/organisasjoner/{organisation.slug}/"
    assert "Damp til naboen" in client.get(address).content.decode()
    page.unpublish()
    assert "Damp til naboen" not in client.get(address).content.decode()


def test_a_park_without_articles_has_no_empty_section(client):
    assert 'id="god-praksis"' not in client.get(f"/parker/{ParkFactory().slug}/").content.decode()


def test_an_organisation_that_is_hidden_later_is_neither_found_nor_counted_any_more():
    organisation = OrganisationFactory(name="Kort glede")
    page = make_article()
    page.organisation_links = [PracticeOrganisation(organisation=organisation)]
    page.save_revision().publish()
    services.adopt(
        article_of(page), by=member_of(organisation), organisation=organisation, status="adopted"
    )
    assert "Kort glede" in entry_of(page).text_nb
    assert entry_of(page).meta["adopted"] == 1
    organisation.published = False
    organisation.save()
    assert "Kort glede" not in entry_of(page).text_nb
    assert entry_of(page).meta["adopted"] == 0
