from django.http import QueryDict

from ui.facets import (
    SHOWN_AT_FIRST,
    Choice,
    FacetGroup,
    active_filters,
    facet_markup,
    facets_markup,
)

HOSTILE = '"><script>alert(1)</script>'


def group(count, selected=()):
    choices = [Choice(f"m{n}", f"Metode {n}", 50 - n, selected=n in selected) for n in range(count)]
    return FacetGroup("method", "Metode", choices)


def test_chosen_values_come_first_and_the_rest_is_behind_show_more():
    facet = group(20, selected={18})
    assert [choice.value for choice in facet.first_choices][:2] == ["m18", "m0"]
    assert len(facet.first_choices) == SHOWN_AT_FIRST
    assert len(facet.other_choices) == 20 - SHOWN_AT_FIRST


def test_a_short_facet_has_nothing_behind_show_more():
    assert not group(SHOWN_AT_FIRST).other_choices
    assert "pn-more" not in facet_markup(group(SHOWN_AT_FIRST))


def test_all_chosen_values_show_however_many_they_are():
    facet = group(12, selected=set(range(10)))
    assert len(facet.first_choices) == 10
    assert len(facet.other_choices) == 2


def test_a_facet_in_use_is_open():
    assert " open>" in facet_markup(group(3, selected={1}))
    assert " open>" not in facet_markup(group(3))


def test_every_value_of_a_facet_is_escaped():
    hostile = FacetGroup(HOSTILE, HOSTILE, [Choice(HOSTILE, HOSTILE, 1)] * 9, help_text=HOSTILE)
    assert "<script" not in facet_markup(hostile)


def test_a_facet_without_choices_is_left_out():
    assert facets_markup([group(0)]) == ""


def test_an_active_filters_link_takes_away_that_value_only():
    parameters = QueryDict("q=stål&method=m1&method=m2&page=4")
    filters = active_filters([group(5, selected={1, 2})], parameters)
    assert [filter_.label for filter_ in filters] == ["Metode 1", "Metode 2"]
    assert filters[0].url == "?q=st%C3%A5l&method=m2"
