"""The page of an article, and the list."""

import pytest
from django.core.cache import cache
from wagtail.models import Locale, PageViewRestriction

from pages.practice.models import PracticeOrganisation, PracticePerson
from tests.factories.accounts import UserFactory, member_of, staff_of
from tests.factories.network import OrganisationFactory, ParkFactory, ThemeFactory
from tests.factories.practice import article_of, make_article, practice_index

pytestmark = pytest.mark.django_db

POWER = {
    "indicator": "Strøm per tonn",
    "before": 100,
    "after": 62,
    "unit": "kWh",
    "period": "2023 mot 2025",
    "measured": "Strømmåler",
}


def text_of(client, page):
    return client.get(page.url).content.decode()


def test_figures_come_before_the_text_and_again_in_a_table(client):
    page = make_article(effects=[POWER], done="<p>Vi la et rør.</p>")
    text = text_of(client, page)
    assert text.index("−38\xa0%") < text.index("Vi la et rør.")
    assert '<td class="pn-number" data-label="Før">100</td>' in text
    assert "Strømmåler" in text


def test_an_effect_without_a_before_shows_what_it_is_now(client):
    text = text_of(client, make_article(effects=[{"indicator": "Nye stillinger", "after": 12}]))
    assert '<p class="pn-figure__value">12</p>' in text


def test_money_is_shown_with_how_fast_it_is_earned_back(client):
    text = text_of(client, make_article(cost_nok=3_000_000, saving_nok=1_000_000))
    assert "3\xa0000\xa0000\xa0kr" in text
    assert "Tjent inn på</dt><dd>3 år" in text


def test_authors_are_credited_and_contacts_can_be_reached(client):
    people = [
        PracticePerson(name="Ola Eksempel", part="author", email="ola@example.org"),
        PracticePerson(name="Kari Eksempel", part="contact", email="kari@example.org"),
    ]
    text = text_of(client, make_article(people=people))
    assert "<strong>Ola Eksempel</strong>" in text
    assert "mailto:kari@example.org" in text
    assert "ola@example.org" not in text


def test_an_organisation_that_is_not_published_is_not_named(client):
    page = make_article()
    shown = OrganisationFactory(name="Synlig bedrift")
    hidden = OrganisationFactory(name="Skjult bedrift", published=False)
    page.organisation_links = [
        PracticeOrganisation(organisation=shown),
        PracticeOrganisation(organisation=hidden),
    ]
    page.save_revision().publish()
    assert "Synlig bedrift" in text_of(client, page)
    assert "Skjult bedrift" not in text_of(client, page)
    client.force_login(member_of(hidden))
    assert "Skjult bedrift" in text_of(client, page)


def test_an_organisation_that_is_withdrawn_vanishes_at_once(client):
    page, organisation = make_article(), OrganisationFactory(name="Synlig bedrift")
    page.organisation_links = [PracticeOrganisation(organisation=organisation)]
    page.save_revision().publish()
    assert "Synlig bedrift" in text_of(client, page)
    type(organisation).objects.update(published=False)
    assert "Synlig bedrift" not in text_of(client, page)


def test_the_citing_address_stays_when_the_page_moves(client):
    page = make_article(title="Damp til naboen")
    address = f"http://testserver/god-praksis/artikler/{page.pk}/"
    assert address in text_of(client, page)
    page.slug = "noe-annet"
    page.save_revision().publish()
    response = client.get(address)
    assert response.status_code == 302
    assert response["Location"].endswith("/god-praksis/noe-annet/")


def test_an_article_tells_machines_what_it_is(client):
    person = PracticePerson(name="Ola Eksempel", part="author")
    text = text_of(client, make_article(people=[person]))
    assert '"@type":"Article"' in text
    assert '"author":[{"@type":"Person","name":"Ola Eksempel"}]' in text
    assert '<meta property="og:type" content="article">' in text


@pytest.mark.parametrize("name", ["permanent", "print", "pdf"])
def test_a_draft_is_nowhere(client, name):
    page = make_article(live=False)
    ending = {"permanent": "", "print": "utskrift/", "pdf": "pdf/"}[name]
    assert client.get(f"/god-praksis/artikler/{page.pk}/{ending}").status_code == 404


def test_a_restricted_article_cannot_be_printed(client):
    page = make_article()
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(f"/god-praksis/artikler/{page.pk}/utskrift/").status_code == 404


def test_the_permanent_address_leads_to_the_readers_language(client):
    page = make_article(title="Damp")
    english = page.copy_for_translation(Locale.objects.get(language_code="en"))
    english.title, english.slug = "Steam", "steam"
    english.save_revision().publish()
    there = client.get(f"/en/best-practice/articles/{page.pk}/")["Location"]
    assert there == "/en/best-practice/steam/"
    assert article_of(english) == article_of(page)


def test_an_article_costs_a_visitor_few_queries(client, django_assert_max_num_queries):
    page = make_article(effects=[POWER], themes=[ThemeFactory()], parks=[ParkFactory()])
    text_of(client, page)
    with django_assert_max_num_queries(12):
        text_of(client, page)


def test_queries_do_not_grow_with_those_who_do_the_same(client, django_assert_max_num_queries):
    page = make_article()
    article = article_of(page)
    for _ in range(12):
        article.adoptions.create(park=ParkFactory(), status="adopted")
    text_of(client, page)
    with django_assert_max_num_queries(12):
        assert text_of(client, page).count("Har tatt det i bruk") == 12


def test_the_list_is_filtered_by_what_is_counted(client, indexed):
    energy, park = ThemeFactory(name_nb="Energi"), ParkFactory(name_nb="Fjordparken")
    make_article(title="Damp til naboen", themes=[energy], parks=[park])
    make_article(title="Det gikk ikke", kind="failure")
    indexed()
    listing = client.get("/god-praksis/").context["listing"]
    assert listing.total == 2
    counts = {group.name: {c.label: c.count for c in group.choices} for group in listing.groups}
    assert counts["experience"] == {"God praksis": 1, "Erfaring fra noe som ikke gikk": 1}
    assert counts["theme"] == {"Energi": 1}
    failures = client.get("/god-praksis/?experience=failure").context["listing"]
    assert [card.title for card in failures.cards] == ["Det gikk ikke"]


def test_the_english_list_shows_norwegian_articles_as_norwegian(client, indexed):
    make_article(title="Damp til naboen")
    indexed()
    text = client.get("/en/best-practice/").content.decode()
    assert "1 article" in text
    assert 'lang="nb"' in text


def test_an_empty_list_says_so(client, indexed):
    indexed()
    assert "Ingenting er publisert ennå" in client.get("/god-praksis/").content.decode()
    narrowed = client.get("/god-praksis/?experience=failure").content.decode()
    assert "Ingen artikkel passer med alt dette" in narrowed


def test_htmx_gets_results_and_facets_alone(client, indexed):
    make_article()
    indexed()
    response = client.get("/god-praksis/", headers={"HX-Request": "true"})
    assert "<html" not in response.content.decode()
    assert 'id="treff"' in response.content.decode()
    assert "HX-Request" in response["Vary"]


def test_a_page_past_the_end_leads_to_the_last(client, indexed):
    make_article()
    indexed()
    assert client.get("/god-praksis/?page=9")["Location"] == "/god-praksis/?page=1"


def test_the_list_costs_few_queries(client, indexed, django_assert_max_num_queries):
    for _ in range(15):
        make_article(parks=[ParkFactory()], themes=[ThemeFactory()])
    indexed()
    client.get("/god-praksis/")
    with django_assert_max_num_queries(12):
        assert client.get("/god-praksis/").context["listing"].total == 15


def test_only_those_who_write_are_shown_where(client):
    address = f"/admin/pages/add/pages/practicepage/{practice_index().pk}/"
    assert address not in client.get("/god-praksis/").content.decode()
    client.force_login(UserFactory())
    assert address not in client.get("/god-praksis/").content.decode()
    client.force_login(staff_of(ParkFactory()))
    assert address in client.get("/god-praksis/").content.decode()


def test_similar_articles_say_why(client, indexed):
    cache.clear()
    energy = ThemeFactory(name_nb="Energi")
    page = make_article(title="Damp til naboen", themes=[energy])
    make_article(title="Varme til fjøset", themes=[energy])
    indexed()
    text = text_of(client, page)
    assert "Lignende erfaringer" in text
    assert "Handler også om Energi" in text
