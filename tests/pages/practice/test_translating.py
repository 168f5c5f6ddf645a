"""Articles are translated with wagtail-localize, from either language."""

import pytest
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from pages.practice.models import PracticeOrganisation, PracticePerson
from tests.factories.network import OrganisationFactory, ParkFactory, ThemeFactory
from tests.factories.practice import article_of, make_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def translate(django_capture_on_commit_callbacks):
    """Translate a page by a table of texts; gives the translation."""

    def translate(page, code, texts):
        target = Locale.objects.get(language_code=code)
        source, _made = TranslationSource.update_or_create_from_instance(page)
        translation, _made = Translation.objects.get_or_create(source=source, target_locale=target)
        for segment in source.stringsegment_set.all():
            StringTranslation.objects.update_or_create(
                translation_of=segment.string,
                locale=target,
                context=segment.context,
                defaults={"data": texts.get(segment.string.data, segment.string.data)},
            )
        with django_capture_on_commit_callbacks(execute=True):
            translation.save_target()
        return page.get_translation(target).specific

    return translate


TEXTS = {
    "Damp til naboen": "Steam to the neighbour",
    "Vi bruker varmen fra ovnen.": "We use the heat of the furnace.",
    "Røret frøs.": "The pipe froze.",
    "Strøm per tonn": "Power per tonne",
}


def test_texts_and_indicators_are_translated_and_all_else_follows(client, translate):
    park, theme, organisation = ParkFactory(), ThemeFactory(), OrganisationFactory()
    page = make_article(
        title="Damp til naboen",
        kind="failure",
        obstacles="<p>Røret frøs.</p>",
        cost_nok=5000,
        parks=[park],
        themes=[theme],
        people=[PracticePerson(name="Ola Eksempel", part="author")],
        effects=[{"indicator": "Strøm per tonn", "before": 10, "after": 5, "unit": "kWh"}],
    )
    page.organisation_links = [PracticeOrganisation(organisation=organisation)]
    page.save_revision().publish()
    english = translate(page, "en", TEXTS)
    text = client.get(english.url).content.decode()
    for words in ("Steam to the neighbour", "The pipe froze.", "Power per tonne", "Ola Eksempel"):
        assert words in text
    assert english.url.startswith("/en/best-practice/")
    assert (english.kind, english.cost_nok) == ("failure", 5000)
    assert (list(english.parks.all()), list(english.themes.all())) == ([park], [theme])
    assert [link.organisation for link in english.organisation_links.all()] == [organisation]
    # What changes in the original follows with the next translation.
    other = ParkFactory()
    page.parks = [park, other]
    page.save_revision().publish()
    english = translate(page, "en", TEXTS)
    assert set(english.parks.all()) == {park, other}
    assert english.effects.count() == 1


def test_an_article_that_was_first_written_in_english_becomes_a_norwegian_one(client, translate):
    page = make_article("en", title="Steam to the neighbour", lead="We use the heat.")
    assert article_of(page).page_id == page.pk
    norwegian = translate(
        page,
        "nb",
        {"Steam to the neighbour": "Damp til naboen", "We use the heat.": "Vi bruker varmen."},
    )
    assert norwegian.url.startswith("/god-praksis/")
    assert "Vi bruker varmen." in client.get(norwegian.url).content.decode()
    assert article_of(page).page_id == norwegian.pk
