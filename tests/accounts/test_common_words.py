"""Passwords made of common Norwegian words."""

import time

import pytest
from django.contrib.auth.password_validation import (
    password_validators_help_texts,
    validate_password,
)
from django.core.exceptions import ValidationError
from django.utils.translation import override

from accounts.common_words import common_words


@pytest.mark.parametrize(
    "password",
    [
        "passord2026", "Passord123!", "p4ss0rd2026", "PASSORDPASSORD", "sommer2026", "Sommer2026!!",
        "2026sommer!", "påske2026!!", "paaske2026", "fotball12345", "Rosenborg1917", "vålerenga1913",
        "Vaalerenga13", "valerenga-13", "bodø/glimt 16", "bodoglimt2020", "Trondheim2026",
        "moirana2026", "Mo i Rana 2026", "asdfghjkløæ", "qwertyuiopå", "Blåbær2026!", "blaabaer123",
        "jegelskerdeg", "jeg elsker deg", "Liverpool#8888", "heihei123456", "velkommen1",
        "S0mmer2026", "$ommer2026!", "mamma.mamma.mamma",
    ],
)  # fmt: skip
def test_a_common_word_is_refused_whatever_surrounds_it(password):
    with pytest.raises(ValidationError) as refused:
        validate_password(password)
    assert "password_too_common" in {error.code for error in refused.value.error_list}


@pytest.mark.parametrize(
    "password",
    ["en helt ny setning å huske", "lampe kråke tretten melis", "hx7!Vk2p-Rq9", "taketiletur",
     "sommerfuglsangen i mai", "prov-parknett-2026", "北京的天气很好今天呢"],
)  # fmt: skip
def test_several_words_and_random_signs_will_do(password):
    validate_password(password)


@pytest.mark.parametrize(
    ("language", "said"), [("nb", "vanlig ord eller navn"), ("en", "common word or name")]
)
def test_the_reader_is_told_in_their_language(language, said):
    with override(language), pytest.raises(ValidationError, match=said):
        validate_password("sommer2026")
    with override(language):
        assert any(said in text for text in password_validators_help_texts())


def test_the_list_has_hundreds_of_words_and_none_that_is_too_short_to_mean_anything():
    assert len(common_words()) > 300
    assert min(map(len, common_words())) > 1


def test_a_long_password_is_looked_at_quickly():
    started = time.process_time()
    validate_password("æ" * 2000 + "x1")
    validate_password("å1" * 2000)
    assert time.process_time() - started < 1
