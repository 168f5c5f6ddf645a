"""Pages are translated with wagtail-localize, piece by piece."""

import pytest
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from pages.models import StandardPage

pytestmark = pytest.mark.django_db

TEXTS = {
    "Prøverom": "Test room",
    "Slik bruker du det": "How to use it",
    "Mål": "Dimensions",
    "Bredde": "Width",
    "Ledig hele uken": "Free all week",
    "Se parkene": "See the parks",
}


@pytest.fixture
def translated(initial_pages, django_capture_on_commit_callbacks):
    """A page with blocks, translated into English; gives the English page."""
    parent = initial_pages("about")
    page = StandardPage(title="Prøverom", slug="proverom", locale=parent.locale)
    block = page._meta.get_field("body").stream_block
    page.body = block.to_python(
        [
            {"type": "heading", "value": "Slik bruker du det", "id": "1"},
            {
                "type": "table",
                "id": "2",
                "value": {
                    "caption": "Mål",
                    "columns": [{"type": "text", "heading": "Mål"}],
                    "rows": [{"values": ["Bredde"]}],
                },
            },
            {"type": "text", "value": "<p>Ledig <b>hele</b> uken</p>", "id": "3"},
            {
                "type": "links",
                "id": "4",
                "value": [
                    {
                        "type": "item",
                        "id": "5",
                        "value": {"title": "Se parkene", "link": {"place": "parks"}},
                    }
                ],
            },
        ]
    )
    parent.add_child(instance=page)
    page.save_revision().publish()
    english = Locale.objects.get(language_code="en")
    source, _created = TranslationSource.get_or_create_from_instance(page)
    translation = Translation.objects.create(source=source, target_locale=english)
    for segment in source.stringsegment_set.all():
        text = segment.string.data
        StringTranslation.objects.create(
            translation_of=segment.string,
            locale=english,
            context=segment.context,
            data=TEXTS.get(text, text.replace("Ledig", "Free").replace("hele uken", "all week")),
        )
    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target()
    return page.get_translation(english).specific


def test_all_texts_of_a_page_can_be_translated(translated, client):
    assert translated.title == "Test room"
    response = client.get(translated.url)
    assert response.status_code == 200
    page = response.content.decode()
    for text in ("How to use it", "<caption>Dimensions</caption>", "Width", "See the parks"):
        assert text in page, text
    assert 'href="/en/parks/"' in page


def test_the_translation_stands_below_the_translated_section(translated):
    assert translated.url.startswith("/en/about-parknett/")


@pytest.mark.parametrize("key", ["home", "about", "find-facility", "privacy"])
def test_the_initial_pages_can_be_taken_apart_for_translation(initial_pages, key):
    source, _created = TranslationSource.get_or_create_from_instance(initial_pages(key))
    texts = set(source.stringsegment_set.values_list("string__data", flat=True))
    assert texts
    assert "scale=pilot" not in texts
