"""The first articles come from the network's data, once."""

import pytest

from network.loading import read
from network.parks.loading import DATA
from pages.practice.loading import in_short, load_practices
from pages.practice.models import PracticePage
from tests.factories.network import ParkFactory, ThemeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def network():
    """A park and a theme of the data; the rest is left out where it is missing."""
    ThemeFactory(slug="energi", name_nb="Energi")
    return ParkFactory(slug="mo-industripark", name_nb="Mo Industripark")


def test_nothing_is_made_before_the_network_is_there():
    assert not any(key.startswith("practice:") for key in load_practices())


def test_every_item_becomes_an_article_in_both_languages(network, client):
    made = load_practices()
    items = read(DATA, "practices")["practices"]
    assert len([key for key in made if key.startswith("practice:")]) == 2 * len(items)
    page = PracticePage.objects.get(slug="mo-gjenvinning", locale__language_code="nb")
    assert page.live
    assert list(page.parks.all()) == [network]
    english = page.get_translations().get().specific
    assert english.title == "Recovery in Mo Industripark"
    text = client.get(page.url).content.decode()
    summary = " ".join(items["mo-gjenvinning"]["summary"]["nb"].split())
    assert page.lead in summary
    assert summary.removeprefix(page.lead).strip() in text
    # What an editor changes or deletes stays so.
    page.title = "Noe annet"
    page.save_revision().publish()
    PracticePage.objects.get(slug="mip-baerekraft", locale__language_code="nb").delete()
    assert load_practices() == []
    assert PracticePage.objects.get(pk=page.pk).title == "Noe annet"
    assert not PracticePage.objects.filter(slug="mip-baerekraft", locale__language_code="nb")


@pytest.mark.parametrize(
    ("summary", "first"),
    [
        ("Én setning.", "Én setning."),
        ("De møttes 13. juni. Så dro de.", "De møttes 13. juni."),
        ("Det går bra. Da er alt godt. Ja.", "Det går bra."),
    ],
)
def test_the_lead_is_the_first_sentence(summary, first):
    assert in_short(summary)[0] == first
