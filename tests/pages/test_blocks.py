"""The blocks that pages are made of."""

import pytest
from django.core.files.base import ContentFile
from wagtail.blocks import StructBlockValidationError
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from pages.links import LinkBlock
from pages.models import StandardPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def rendered(initial_pages, client):
    """Publish a page with these blocks; gives its HTML."""

    def publish(*raw):
        parent = initial_pages("about")
        page = StandardPage(title="Prøveside", slug="proveside", locale=parent.locale)
        block = page._meta.get_field("body").stream_block
        page.body = block.to_python([{"type": kind, "value": value} for kind, value in raw])
        parent.add_child(instance=page)
        response = client.get("/om-parknett/proveside/")
        assert response.status_code == 200
        return response.content.decode()

    return publish


def test_headings_can_be_linked_to(rendered):
    assert '<h2 id="slik-gjor-du">Slik gjør du</h2>' in rendered(("heading", "Slik gjør du"))


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.usefixtures("own_media")
def test_images_have_the_text_alternative_of_their_place(rendered):
    image = get_image_model().objects.create(title="x", file=get_test_image_file())
    value = {
        "image": {"image": image.pk, "alt_text": "En rigg i bruk", "decorative": False},
        "caption": "Riggen i 2026",
    }
    page = rendered(("picture", value))
    assert 'alt="En rigg i bruk"' in page
    assert 'loading="lazy"' in page
    assert "<figcaption>Riggen i 2026</figcaption>" in page


@pytest.mark.usefixtures("own_media")
def test_documents_say_their_kind_and_size(rendered):
    document = get_document_model().objects.create(
        title="Prisliste",
        file=ContentFile(b"x" * 2048, name="prisliste.pdf"),
        file_size=2048,
    )
    page = rendered(("document", document.pk))
    assert "Prisliste" in page
    assert "PDF, 2,0" in page


def test_quotes_name_who_said_it(rendered):
    page = rendered(("quote", {"text": "Det virker.", "source": "En kunde"}))
    assert "<blockquote><p>Det virker.</p></blockquote>" in page
    assert "<figcaption>En kunde</figcaption>" in page


def test_callouts_have_their_colour(rendered):
    page = rendered(("callout", {"kind": "warning", "title": "Obs", "text": "<p>Les dette</p>"}))
    assert 'data-color="warning"' in page
    assert "<p>Les dette</p>" in page.replace(' data-block-key=""', "")


def test_tables_have_caption_and_header_cells(rendered):
    value = {
        "caption": "Måleområder",
        "columns": [{"type": "text", "heading": "Hva"}, {"type": "number", "heading": "kN"}],
        "rows": [{"values": ["Strekk", "1250.5"]}],
    }
    page = rendered(("table", value))
    assert "<caption>Måleområder</caption>" in page
    assert '<th scope="row">Strekk</th>' in page
    assert '<td class="pn-number">1\N{NO-BREAK SPACE}250,5</td>' in page


def test_link_cards_leave_out_what_is_not_live(rendered, initial_pages):
    hidden = initial_pages("for-parks")
    hidden.unpublish()
    cards = [
        {"title": "Skjult", "link": {"page": hidden.pk}},
        {"title": "Synlig", "link": {"place": "parks"}},
    ]
    page = rendered(("links", cards))
    assert "Synlig" in page
    assert "Skjult" not in page


def test_hostile_text_does_nothing(rendered):
    page = rendered(
        ("heading", "<script>alert(1)</script>"),
        ("quote", {"text": "<img src=x onerror=alert(1)>", "source": ""}),
    )
    assert "<script>alert" not in page
    assert "<img src=x" not in page


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"place": "parks", "address": "/parker/"},
        {"address": "javascript:alert(1)"},
        {"address": "//annen.example.org/"},
        {"address": "parker"},
        {"address": "data:text/html,x"},
    ],
)
def test_links_need_one_target_that_is_one(value):
    block = LinkBlock()
    with pytest.raises(StructBlockValidationError):
        block.clean(block.to_python(value))


@pytest.mark.parametrize("address", ["/parker/", "https://www.siva.no/", "mailto:a@example.org"])
def test_links_may_lead_elsewhere(address):
    block = LinkBlock()
    cleaned = block.clean(block.to_python({"address": address}))
    assert cleaned.url == address
