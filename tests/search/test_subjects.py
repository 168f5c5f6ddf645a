"""Which of people's competences a text is about, by the language layer and no engine."""

import pytest

from search.subjects import Subject

pytestmark = pytest.mark.django_db


def test_a_competence_is_near_in_whatever_form_and_language_it_is_declared():
    subject = Subject("Hvem kan hjelpe med strekktest av aluminium?")
    for phrase in ("strekkprøving", "Strekktesting", "tensile testing", "aluminium"):
        assert subject.nearness(phrase) > 0, phrase


def test_parts_of_compounds_are_found_either_way():
    assert Subject("Måling av støv ved omlasting").nearness("støvmåling") > 0
    assert Subject("Støvmåling ved omlasting").nearness("måling av støv") > 0


def test_what_the_text_is_not_about_is_not_near():
    subject = Subject("Hvem kan hjelpe med strekktest av aluminium?")
    for phrase in ("prosjektledelse", "korrosjon", "snømåking", "", "!!"):
        assert subject.nearness(phrase) == 0, phrase


def test_words_that_everybody_in_the_trade_uses_say_nothing_alone():
    assert Subject("Testing av utstyr").nearness("testing") == 0


def test_less_than_half_of_a_competence_is_an_accident():
    subject = Subject("Hvordan kjøler dere aluminium?")
    assert subject.nearness("aluminium") > subject.nearness("sveising av aluminium") > 0
    assert subject.nearness("sveising, lodding og liming av aluminium") == 0


def test_the_title_says_more_than_what_is_told_in_passing():
    in_title = Subject("Korrosjon på rør", "Vi har et problem.")
    in_passing = Subject("Vi har et problem", "Det er korrosjon på rør.")
    assert in_title.nearness("korrosjon") > in_passing.nearness("korrosjon") > 0


def test_a_text_of_any_length_is_read_to_a_bound():
    assert Subject("x" * 5000, "støv " * 100_000).nearness("støv") > 0
    assert Subject("Rør", "støv " * 400 + "korrosjon").nearness("korrosjon") == 0
