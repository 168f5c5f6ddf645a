from __future__ import annotations

import time

import pytest

from search.language.analyse import (
    fingerprint,
    index_terms,
    index_tokens,
    prefixes,
    read,
    surface_words,
    word,
)
from search.language.normalise import fold, skeleton


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("stål", "staal"),
        ("stål", "stal"),
        ("stålets", "stal"),
        ("prøving", "proeving"),
        ("prøving", "proving"),
        ("prøvning", "prøving"),
        ("prøve", "prøvingen"),
        ("sveise", "sveisingen"),
        ("sveiset", "sveising"),
        ("korrosjon", "korroderer"),
        ("måling", "målinger"),
        ("måle", "målt"),
        ("kalibrering", "kalibrert"),
        ("vibrasjoner", "vibrere"),
        ("polymerene", "polymer"),
        ("plastar", "plasten"),
        ("analysar", "analyser"),
        ("målingar", "måling"),
        ("vatn", "vann"),
        ("røyr", "rør"),
        ("høg", "høyt"),
        ("hardleik", "hardhet"),
        ("straum", "strøm"),
        ("welding", "welded"),
        ("corrosion", "corroded"),
        ("batteries", "battery"),
        ("galvanised", "galvanizing"),
        ("CO₂", "co2"),
        ("metallografisk", "metallografi"),
        ("filtre", "filteret"),
        ("laboratorier", "laboratoriet"),
        ("sveiserne", "sveising"),
        ("måleren", "måling"),
        ("lagrene", "lager"),
        ("turke", "tørke"),
        ("skot", "skudd"),
    ],
)
def test_forms_and_spellings_of_a_word_meet(one: str, other: str) -> None:
    assert word(one).term == word(other).term != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("måling", "maling"),
        ("lager", "lag"),
        ("laser", "las"),
        ("lekkasje", "leketøy"),
        ("fôr", "for"),
        ("avisen", "avising"),
        ("lærere", "lær"),
        ("brake", "bråk"),
        ("rod", "rød"),
        ("øst", "ost"),
    ],
)
def test_words_that_only_look_alike_stay_apart(one: str, other: str) -> None:
    assert word(one).term != word(other).term


@pytest.mark.parametrize(
    ("compound", "parts"),
    [
        ("strekkprøving", ("strekk", "test")),
        ("overskuddsvarme", ("overskudd", "varme")),
        ("testfasilitetene", ("test", "fasilitet")),
        ("metallegering", ("metall", "legering")),
        ("sveiseprosedyreprøving", ("sveising", "prosedyre", "test")),
        ("stalproving", ("stål", "test")),
        ("overflatebehandlinga", ("overflate", "behandling")),
        ("charpyprøving", ("charpy", "test")),
        ("varmepumper", ("varme", "pumpe")),
        ("varmeveksleren", ("varme", "veksler")),
        ("temperaturfølere", ("temperatur", "føler")),
    ],
)
def test_compounds_are_taken_apart(compound: str, parts: tuple[str, ...]) -> None:
    assert word(compound).parts == parts


@pytest.mark.parametrize(
    "whole",
    ["kapasitet", "standard", "sikkerhet", "formation", "kalibrering", "lysbue", "distortion"],
)
def test_words_that_are_no_compounds_stay_whole(whole: str) -> None:
    assert word(whole).parts == ()


def test_a_compound_and_its_parts_written_apart_join_to_the_same_term() -> None:
    joined = word("slagprøving").term
    assert joined == word("slag").term + word("prøving").term


def test_a_hanging_hyphen_is_completed() -> None:
    terms = index_terms("Strekk- og slagprøving av metall")
    assert word("strekkprøving").term in terms.parts


def test_hyphenated_words_are_also_found_as_one() -> None:
    assert word("uvlys").term in index_terms("UV-lys").parts
    assert "lys" in index_terms("UV-lys").words


def test_stop_words_are_not_indexed_but_acronyms_that_look_like_them_are() -> None:
    assert index_terms("ut og inn").words == []
    assert index_terms("UT av sveis").words == ["ut", "sveising"]


def test_tokens_hold_no_blanks_inside() -> None:
    tokens = index_tokens("NS-EN ISO 6892-1:2019 – strekkprøving").split()
    assert "iso6892-1" in tokens
    assert "strekk" in tokens


def test_beginnings_for_suggestions_are_plain_and_bounded() -> None:
    found = prefixes("Stålkonstruksjonsprøving")
    assert {"st", "stal"} <= found
    assert max(map(len, found)) == 15
    assert min(map(len, found)) == 2


def test_surface_words_keep_their_letters() -> None:
    assert surface_words("Stål, PRØVING og é12") == {"stål", "prøving"}


def test_one_reading_gives_terms_and_surface_words_alike() -> None:
    text = "Strekk- og slagprøving, X-ray, ISO 6892-1 – «prøvestavene» i_lab\nUV-lys\u00ad"
    terms = index_terms(text)
    assert read(text).tokens == index_tokens(text) == " ".join(terms.words + terms.parts)
    assert read(text).surfaces == surface_words(text)


def test_a_full_memory_forgets_and_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "UV-lys og strekk- og slagprøving"
    before = read(text)
    monkeypatch.setattr("search.language.analyse._CHARACTERS_REMEMBERED", 0)
    assert [read(text) for _ in range(3)] == [before] * 3


def test_folding_keeps_norwegian_letters_and_the_skeleton_does_not() -> None:
    assert fold("ÆØÅÉÖ") == "æøåeø"
    assert skeleton("staal") == skeleton("stål") == "stal"


def test_the_fingerprint_is_stable_within_a_process() -> None:
    assert fingerprint() == fingerprint()
    assert len(fingerprint()) == 16


@pytest.mark.parametrize(
    "hostile",
    [
        "",
        "\x00\x01\x02",
        "!" * 500,
        "🔥" * 200,
        "a" * 10_000,
        "\u202e\u0301\u0301",
        "-" * 300,
        "å̊" * 50,
    ],
)
def test_any_text_is_analysed_without_complaint(hostile: str) -> None:
    terms = index_terms(hostile)
    assert all(term and " " not in term for term in terms.words + terms.parts)


def test_texts_are_analysed_fast_enough_for_a_rebuild() -> None:
    text = " ".join(
        f"strekkprøving av aluminium{n % 7} etter ISO 6892-1 i laboratoriet med utstyr {n % 31}"
        for n in range(15)
    )
    index_tokens(text)
    started = time.process_time()
    for _ in range(200):
        index_tokens(text)
    # The time of this process alone, whatever else the machine does. 300 words an entry: 5,000
    # entries a second would be 0.2 ms.
    assert (time.process_time() - started) / 200 < 0.002
