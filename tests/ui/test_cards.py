import pytest
from django.utils.safestring import mark_safe
from django.utils.translation import override

from ui.cards import Card, Fact, card_markup, cards_markup

HOSTILE = '"><script>alert(1)</script>'


def test_every_value_of_a_card_is_escaped():
    shown = card_markup(
        Card(
            url=HOSTILE,
            title=HOSTILE,
            kind=HOSTILE,
            color=HOSTILE,
            summary=HOSTILE,
            tags=[HOSTILE],
            facts=[Fact("park", HOSTILE, HOSTILE)],
            language=HOSTILE,
            key=HOSTILE,
            comparable=True,
        )
    )
    assert "<script" not in shown
    assert '="">' not in shown


def test_found_words_are_marked_in_the_title_and_not_in_its_attributes():
    title = mark_safe('<mark>Strekk</mark>prøving &quot;A&quot; 5"')
    shown = card_markup(Card(url="/x/", title=title, key="x", comparable=True))
    assert "<mark>Strekk</mark>prøving" in shown
    assert 'data-compare="Strekkprøving &quot;A&quot; 5&quot;"' in shown


def test_a_card_with_a_title_only_has_no_empty_parts():
    shown = card_markup(Card(url="/x/", title="Prøvehall"))
    assert "<ul" not in shown
    assert "<p" not in shown


def test_sample_content_is_marked_even_on_a_card_without_a_kind():
    with override("nb"):
        assert "Eksempeldata" in card_markup(Card(url="/x/", title="Prøvehall", is_sample=True))


def test_a_distance_of_zero_is_shown():
    assert "pn-facts" in card_markup(Card(url="/x/", title="Her", distance_km=0.0))


def test_a_heading_that_is_none_is_an_error():
    with pytest.raises(ValueError, match="heading"):
        card_markup(Card(url="/x/", title="Prøvehall"), "script")


def test_a_list_has_one_item_for_each_card():
    assert cards_markup([Card(url="/x/", title="A"), Card(url="/y/", title="B")]).count("<li>") == 2
