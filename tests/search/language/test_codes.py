from __future__ import annotations

import pytest

from search.language.analyse import index_terms
from search.language.codes import find


def terms_in(text: str) -> list[str]:
    return [term for code in find(text) for term in code.terms]


@pytest.mark.parametrize(
    "written",
    [
        "ISO 6892-1",
        "iso6892-1",
        "NS-EN ISO 6892-1:2019",
        "EN ISO 6892-1",
        "ISO-6892-1",
        "NS EN ISO 6892-1 : 2019",
        "ISO/TS 6892-1",
    ],
)
def test_a_standard_has_one_code_however_it_is_written(written: str) -> None:
    assert terms_in(written) == ["iso6892-1", "iso6892", "6892-1", "6892"]


@pytest.mark.parametrize(
    ("written", "full"),
    [
        ("ASTM E8", "astme8"),
        ("ASTM D7136", "astmd7136"),
        ("MIL-STD-810H", "milstd810h"),
        ("MIL-STD-810", "milstd810"),
        ("NORSOK M-501", "norsokm501"),
        ("DNV-ST-0378", "dnvst0378"),
        ("DNVGL-ST-0378", "dnvst0378"),
        ("DNV-RP-C203", "dnvrpc203"),
        ("CISPR 32", "cispr32"),
        ("IEC 60068-2-11", "iec60068-2-11"),
        ("API 17F", "api17f"),
        ("DIN 50125", "din50125"),
        ("EN 13445-3", "en13445-3"),
    ],
)
def test_codes_of_many_publishers_are_recognised(written: str, full: str) -> None:
    assert [code.full for code in find(written)] == [full]


def test_a_revision_letter_does_not_hide_the_standard() -> None:
    assert "milstd810" in terms_in("MIL-STD-810H")


def test_parts_of_a_standard_share_only_its_number() -> None:
    assert set(terms_in("ISO 6892-1")) & set(terms_in("ISO 6892-2")) == {"iso6892", "6892"}


@pytest.mark.parametrize(
    "text", ["12 500 kg", "i 2019", "5-10 mm", "den 17. mai", "0,5–25 J", "ns en"]
)
def test_ordinary_numbers_are_no_codes(text: str) -> None:
    assert terms_in(text) == []


@pytest.mark.parametrize(
    "written",
    ["prøver etter NS-EN ISO 6892-1:2019 og annet", "(ISO 6892-1)", "ISO 148-1, ISO 6892-1."],
)
def test_texts_are_indexed_under_all_forms_of_their_codes(written: str) -> None:
    assert {"iso6892-1", "iso6892", "6892-1", "6892"} <= set(index_terms(written).parts)


@pytest.mark.parametrize("written", ["se ISO6892", "6892-1", "Etter 6892-1."])
def test_codes_written_together_or_bare_are_indexed_under_their_number(written: str) -> None:
    assert "6892" in index_terms(written).parts
