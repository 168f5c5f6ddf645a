"""Drafts that are made of something else, such as a solved question of the forum."""

import pytest

from activity.models import Notification
from pages.practice import services
from pages.practice.models import PracticeIndexPage, PracticePage
from search.models import SearchEntry
from tests.factories.accounts import UserFactory, network_administrator
from tests.factories.network import OrganisationFactory, ParkFactory, ThemeFactory
from tests.factories.practice import make_article

pytestmark = pytest.mark.django_db


def draft(**changes):
    values = {
        "title": "Hvordan holder dere filtrene rene?",
        "situation": "Filtrene **går tett**.",
        "done": "Vi blåser dem [rene](https://example.org/)\n\n<script>alert(1)</script>",
        "authors": [],
        "parks": [],
        "themes": [],
        "organisations": [],
        "source_key": "thread:12",
        "by": UserFactory(),
    }
    return services.draft_from(**{**values, **changes})


def test_a_draft_credits_its_authors_and_is_not_published():
    author = UserFactory(first_name="Ola", last_name="Eksempel")
    park, theme, organisation = ParkFactory(), ThemeFactory(), OrganisationFactory()
    page = draft(
        authors=[author, author], parks=[park], themes=[theme], organisations=[organisation]
    )
    page = PracticePage.objects.get(pk=page.pk)
    assert not page.live
    assert [(each.name, each.user) for each in page.people.all()] == [("Ola Eksempel", author)]
    assert (list(page.parks.all()), list(page.themes.all())) == ([park], [theme])
    assert [link.organisation for link in page.organisation_links.all()] == [organisation]
    assert "<strong>går tett</strong>" in page.situation
    assert "<script" not in page.done
    assert page.slug == "hvordan-holder-dere-filtrene-rene"
    assert not SearchEntry.objects.filter(type="practice").exists()


def test_who_has_given_no_name_is_not_credited_by_their_address():
    person = UserFactory()
    assert [(each.name, each.user) for each in draft(authors=[person]).people.all()] == [
        ("Et medlem", person)
    ]


@pytest.mark.both_databases
def test_the_same_source_gives_the_same_draft():
    assert draft() == draft(title="Noe annet")
    assert PracticePage.objects.count() == 1


def test_another_source_with_the_same_title_gets_an_address_of_its_own():
    assert draft(source_key="thread:13").slug != draft().slug


def test_a_draft_is_made_below_the_list_of_its_language():
    assert draft(language="en").get_parent().slug == "best-practice"


def test_without_a_list_there_is_no_draft():
    PracticeIndexPage.objects.filter(locale__language_code="en").first().delete()
    with pytest.raises(services.NoIndex):
        draft(language="en")


def test_editors_are_told_of_a_draft():
    editor = network_administrator()
    draft()
    event = Notification.objects.get(user=editor).event
    assert (event.kind, event.data["drafted"]) == ("practice.submitted", True)


def test_what_was_drafted_survives_publishing(client):
    page = draft(authors=[UserFactory(first_name="Ola", last_name="Eksempel")])
    page.get_latest_revision().publish()
    text = client.get(PracticePage.objects.get(pk=page.pk).url).content.decode()
    assert "Ola Eksempel" in text
    assert "<strong>går tett</strong>" in text


def test_an_article_that_nobody_drafted_has_no_source():
    assert make_article().source_key == ""
