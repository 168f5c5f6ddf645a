from decimal import Decimal

import pytest
from django.utils.translation import override

from ui.numbers import format_distance, format_nok, format_number, format_organisation_number

NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("value", "decimals", "norwegian", "english"),
    [
        (1234567, None, f"1{NBSP}234{NBSP}567", "1,234,567"),
        (1234.5, None, f"1{NBSP}234,5", "1,234.5"),
        (0.25, 1, "0,3", "0.3"),
        (Decimal("2.50"), 2, "2,50", "2.50"),
        ("18000", None, f"18{NBSP}000", "18,000"),
        (100, None, "100", "100"),
        (-40, None, "−40", "−40"),
        (-0.001, 1, "0,0", "0.0"),
        (0, None, "0", "0"),
    ],
)
def test_a_number_is_written_as_the_reader_writes_it(value, decimals, norwegian, english):
    with override("nb"):
        assert format_number(value, decimals) == norwegian
    with override("en"):
        assert format_number(value, decimals) == english


@pytest.mark.parametrize("value", [None, "", "many", float("nan"), float("inf"), True])
def test_what_is_no_number_is_left_empty(value):
    assert format_number(value) == ""
    assert format_nok(value) == ""
    assert format_distance(value) == ""


def test_kroner_stand_after_the_amount_in_norwegian_and_before_it_in_english():
    with override("nb"):
        assert format_nok(12500.4) == f"12{NBSP}500{NBSP}kr"
    with override("en"):
        assert format_nok(12500.4) == f"NOK{NBSP}12,500"


def test_short_distances_have_a_decimal_and_long_ones_do_not():
    with override("nb"):
        assert format_distance(3.44) == f"3,4{NBSP}km"
        assert format_distance(128.6) == f"129{NBSP}km"


def test_an_organisation_number_is_written_in_groups_of_three():
    assert format_organisation_number("974760673") == f"974{NBSP}760{NBSP}673"
    assert format_organisation_number("974 760 673") == f"974{NBSP}760{NBSP}673"


@pytest.mark.parametrize("value", ["974760674", "12", "<b>"])
def test_what_is_no_organisation_number_is_shown_unchanged(value):
    assert format_organisation_number(value) == value


def test_no_organisation_number_is_nothing():
    assert format_organisation_number(None) == ""
