"""What a machine finds suspicious in a text, and what it leaves alone."""

import pytest
from django.utils.translation import override

from network.forum.models import Screening
from network.forum.moderation.screening import (
    GROSS,
    SUSPICIOUS,
    WORDS,
    fingerprint_of,
    links_in,
    screen,
    worded,
)
from tests.factories.forum import post, thread

pytestmark = pytest.mark.django_db

HARMLESS = [
    "Vi bruker en utherdingsovn på 220 °C, og Δp over filteret er 12 mbar. Er det for mye?",
    "NB! HMS-kurset for ISO 9001 og ATEX-sone 2 er flyttet. Se https://example.org/kurs for mer.",
    "Her er målingene:\n\n| Prøve | μ | σ |\n|---|---|---|\n| A | 0,12 | 0,03 |\n\nHva mener dere?",
    "Prøv `curl https://a.example https://b.example https://c.example https://d.example`.",
    "Snakk med folkene hos Łukasiewicz i Łódź, de har gjort det før.",
]


def codes(text):
    return [sign.code for sign in screen(text).signs]


@pytest.mark.parametrize("text", HARMLESS)
def test_what_people_of_the_trade_write_raises_no_point(text):
    assert screen(text).points == 0


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Se http://a.example http://b.example http://c.example", "links"),
        ("Billig hos bit.ly: https://bit.ly/x", "hiding"),
        ("Skriv til oss på www.t.me/kanal", "hiding"),
        ("Logg inn på [https://bank.example](https://tyv.example/inn)", "lying"),
        ("KJØP NÅ OG FÅ HALV PRIS PÅ ALT VI HAR I BUTIKKEN", "capitals"),
        ("Лучшие цены на оборудование", "foreign"),
        ("Kjøp v i a g r a her", "obfuscated"),
        ("Kjøp via\u200bgra her", "obfuscated"),
        ("Logg inn på pаypal for å betale", "obfuscated"),
    ],
)
def test_each_sign_is_found_by_itself(text, code):
    assert codes(text) == [code]


def test_many_links_weigh_more_but_not_without_end():
    texts = [" ".join(f"https://{n}.example" for n in range(count)) for count in (2, 3, 4, 6, 60)]
    assert [screen(text).points for text in texts] == [0, 1, 2, 4, 4]


def test_links_to_this_site_do_not_count(settings):
    settings.BASE_URL = "https://parknett.example"
    assert links_in("https://parknett.example/a https://andre.example/b.") == [
        "https://andre.example/b"
    ]


def test_an_address_that_is_none_is_no_error():
    assert screen("http://[::1 og [https://[x](http://[y) og www.").points >= 0


def test_the_same_words_posted_before_are_found_whatever_stands_between_them():
    text = "Vi selger maskiner til hele landet, ring oss i dag for et godt tilbud på alt."
    kept = Screening.objects.create(post=post(thread()), fingerprint=fingerprint_of(text))
    again = "Vi selger MASKINER til hele landet – ring oss i dag for et godt tilbud på alt!!"
    assert codes(f"{again} https://annet.example/") == ["repeated"]
    Screening.objects.filter(pk=kept.pk).delete()
    assert codes(again) == []


def test_short_texts_that_everybody_writes_have_no_fingerprint():
    assert fingerprint_of("Tusen takk for hjelpen!") == ""


def test_an_attack_is_gross_and_a_careless_newcomer_is_suspicious():
    attack = "BESTE PRISER HER NÅ, KJØP I DAG https://bit.ly/1 https://b.example https://c.example"
    assert screen(attack).points >= GROSS
    careless = "Se https://bit.ly/1 og https://b.example og https://c.example for mer om dette."
    assert SUSPICIOUS <= screen(careless).points < GROSS


def test_every_sign_has_words_in_both_languages_and_codes_of_before_are_left_out():
    reasons = [[code, 3] for code in WORDS]
    for language in ("nb", "en"):
        with override(language):
            assert len(set(worded([*reasons, ["forgotten", 1]]))) == len(WORDS)
