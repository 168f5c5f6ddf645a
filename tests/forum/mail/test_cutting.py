"""What remains of answers as mail programs really send them. All people and texts are made up."""

import pytest

from network.forum.mail.cutting import own_text
from network.forum.mail.texts import from_html, unflowed

OURS = """\
> Hvor kan vi få målt overflateruhet på store deler?
>
> Åpne den på nettstedet: https://parknett.example/forum/t/12/ruhet/
> Du får dette fordi du følger tråden."""

OURS_PLAIN = OURS.replace("> ", "").replace(">", "")

ANSWER = "Vi har en profilometer som tar deler opp til to meter. Bare ring."

GMAIL_NB = f"""\
{ANSWER}

tir. 5. mai 2026 kl. 10:12 skrev Parknett <svar+2.c.abc@example.org>:

{OURS}
"""
GMAIL_NB_WRAPPED = f"""\
{ANSWER}

tir. 5. mai 2026 kl. 10:12 skrev Parknett <
svar+2.c.abcdefghijklmnopqrstuvwxyz@example.org>:

{OURS}
"""
GMAIL_EN = f"""\
{ANSWER}

On Tue, May 5, 2026 at 10:12\u202fAM Parknett <svar+2.c.abc@example.org>
wrote:

{OURS}
"""
GMAIL_NB_BOKMAL_OLD = f"""\
{ANSWER}

Den 5. mai 2026 kl. 10:12 skrev Parknett <svar+2.c.abc@example.org>:
{OURS}
"""
OUTLOOK_NB = f"""\
{ANSWER}

Med vennlig hilsen

Kari Nordmann
Produksjonssjef
Eksempel Mekaniske AS
Tlf. 00 00 00 00

Fra: Parknett <svar+2.c.abc@example.org>
Sendt: tirsdag 5. mai 2026 10:12
Til: Kari Nordmann <kari@example.org>
Emne: Parknett: Hvor kan vi få målt ruhet?

{OURS_PLAIN}
"""
OUTLOOK_NB_LINE = f"""\
{ANSWER}
________________________________
Fra: Parknett <svar+2.c.abc@example.org>
Sendt: tirsdag 5. mai 2026 10:12
Til: Kari Nordmann <kari@example.org>
Emne: Parknett: Hvor kan vi få målt ruhet?

{OURS_PLAIN}
"""
OUTLOOK_EN = f"""\
{ANSWER}

Best regards,
Kari Nordmann

From: Parknett <svar+2.c.abc@example.org>
Sent: Tuesday, May 5, 2026 10:12 AM
To: Kari Nordmann <kari@example.org>
Subject: Parknett: Hvor kan vi få målt ruhet?

{OURS_PLAIN}
"""
OUTLOOK_BOLD = f"""\
{ANSWER}

*Fra:* Parknett <svar+2.c.abc@example.org>
*Sendt:* tirsdag 5. mai 2026 10:12
*Til:* Kari Nordmann <kari@example.org>
*Emne:* Parknett: Hvor kan vi få målt ruhet?

{OURS_PLAIN}
"""
OUTLOOK_OLD_NB = f"""\
{ANSWER}

-----Opprinnelig melding-----
Fra: Parknett [mailto:svar+2.c.abc@example.org]
Sendt: 5. mai 2026 10:12
Til: Kari Nordmann
Emne: Parknett: Hvor kan vi få målt ruhet?

{OURS_PLAIN}
"""
OUTLOOK_PHONE_NB = f"""\
{ANSWER}

Hent Outlook for iOS
________________________________
Fra: Parknett <svar+2.c.abc@example.org>
Sendt: Tuesday, May 5, 2026 10:12:33 AM
Til: Kari Nordmann <kari@example.org>
Emne: Parknett: Hvor kan vi få målt ruhet?

{OURS_PLAIN}
"""
APPLE_NB = f"""\
{ANSWER}

Hilsen Kari

> 5. mai 2026 kl. 10:12 skrev Parknett <svar+2.c.abc@example.org>:
>
{OURS}
"""
APPLE_PHONE_NB = f"""\
{ANSWER}

Sendt fra min iPhone

> 5. mai 2026 kl. 10:12 skrev Parknett <svar+2.c.abc@example.org>:
>
> \ufeff
{OURS}
"""
APPLE_EN = f"""\
{ANSWER}

Sent from my iPad

> On 5 May 2026, at 10:12, Parknett <svar+2.c.abc@example.org> wrote:
>
{OURS}
"""
THUNDERBIRD_NB = f"""\
Den 05.05.2026 10:12, skrev Parknett:
{OURS}

{ANSWER}

--\x20
Kari Nordmann
Eksempel Mekaniske AS
"""
THUNDERBIRD_TOP_NB = f"""\
{ANSWER}

--\x20
Kari Nordmann

Den 05.05.2026 10:12, skrev Parknett:
{OURS}
"""
THUNDERBIRD_EN = f"""\
{ANSWER}

On 05/05/2026 10:12, Parknett wrote:
{OURS}
"""
SAMSUNG_NB = f"""\
{ANSWER}

Sendt fra min Galaxy


-------- Opprinnelig melding --------
Fra: Parknett <svar+2.c.abc@example.org>
Dato: 05.05.2026 10:12 (GMT+01:00)
Til: kari@example.org
Emne: Parknett: Hvor kan vi få målt ruhet?

{OURS_PLAIN}
"""
NYNORSK = f"""\
{ANSWER}

Med venleg helsing
Kari

tys. 5. mai 2026 kl. 10:12 skreiv Parknett <svar+2.c.abc@example.org>:
{OURS}
"""
DISCLAIMER = f"""\
{ANSWER}

Mvh Kari

Denne e-posten kan inneholde fortrolig informasjon og er bare ment for den som står som mottaker.
Har du fått den ved en feil, ber vi deg slette den.
"""
SAMPLES = {
    name: text
    for name, text in globals().items()
    if name.isupper() and isinstance(text, str) and not name.startswith(("OURS", "ANSWER"))
}


@pytest.mark.parametrize("name", [name for name in SAMPLES if name != "THUNDERBIRD_NB"])
def test_what_was_written_above_the_quoted_mail_remains(name):
    assert own_text(SAMPLES[name]) == ANSWER


def test_what_was_written_below_the_quoted_mail_remains_with_the_lines_it_answers():
    text = own_text(THUNDERBIRD_NB)
    assert text.endswith(ANSWER)
    assert text.startswith(">")
    assert "Kari" not in text


def test_answers_between_the_lines_keep_the_lines_that_they_answer():
    text = own_text(
        """\
Svar nedenfor.

Den 05.05.2026 10:12, skrev Ola:
> linje 1
> linje 2
> linje 3
> linje 4
> linje 5
> linje 6
> linje 7
> Hva koster det?

Tusenlappen.

> Når har dere tid?

I juni.

> Hilsen Ola
"""
    )
    assert "linje 1" not in text
    assert text.index("Hva koster det?") < text.index("Tusenlappen.")
    assert text.index("Når har dere tid?") < text.index("I juni.")
    assert "Hilsen Ola" not in text
    assert text.startswith("Svar nedenfor.")


@pytest.mark.parametrize(
    "text",
    [
        "I 2019 skrev vi dette:\nDet virker fortsatt.",
        "Fra: fabrikken i nord\nTil alle som spurte, det går bra.",
        "Sendt fra Drammen i går, framme i morgen.\nDa vet vi mer.\nOg da tester vi.\nSi fra.",
        "Hilsen fra oss alle til dere som var med på dette!\n\nPS: Husk fristen.",
        "Denne e-posten er lang, men viktig.",
        "Vi har:\n\n- en ovn\n- en presse\n\nBegge er ledige.",
    ],
)
def test_what_only_looks_like_a_quote_or_signature_stays(text):
    written = own_text(text).replace("\\", "")
    assert [line for line in written.split("\n") if line] == [
        line for line in text.split("\n") if line
    ]


@pytest.mark.parametrize(
    "text", ["", "  \n\n", OURS, f"\n\n{OUTLOOK_NB.split(ANSWER)[1]}", "Mvh\nKari"]
)
def test_nothing_remains_where_nothing_was_written(text):
    assert own_text(text) == ""


def test_lines_that_a_person_ended_end_and_those_that_a_program_wrapped_do_not():
    wrapped = "Vi prøvde med høyere trykk og lavere temperatur, og da ble ruheten\nmye bedre."
    assert own_text(f"Hei,\nja.\n\n{wrapped}") == f"Hei,\\\nja.\n\n{wrapped}"


def test_plain_text_becomes_no_heading_and_no_code():
    assert own_text("Ovn\n===\n\n    innrykk\n\n-----\nslutt") == "Ovn\n\ninnrykk\n\nslutt"


def test_long_hostile_text_is_read_to_its_end():
    for text in (
        ">" * 50_000,
        "Fra:\n" * 20_000,
        "skrev:\n" * 20_000,
        "-- \n" * 20_000,
        "\n" * 90_000,
    ):
        assert isinstance(own_text(text), str)


def test_flowed_paragraphs_are_joined_and_quotes_stay_quotes():
    text = "Dette er en \nlang linje.\nNy linje.\n> sitat som \n> fortsetter\n-- \nKari"
    assert unflowed(text) == (
        "Dette er en lang linje.\nNy linje.\n> sitat som fortsetter\n-- \nKari"
    )


HTML = {
    "Gmail": (
        '<div dir="ltr">{}</div><br><div class="gmail_quote"><div class="gmail_attr">tir. 5. mai '
        '2026 kl. 10:12 skrev Parknett:<br></div><blockquote class="gmail_quote">Hva?</blockquote>'
        "</div>"
    ),
    "Outlook": (
        '<html><head><style>p{{color:red}}</style></head><body><p class="MsoNormal">{}</p><div>'
        '<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm">'
        "<p><b>Fra:</b> Parknett</p></div></div><p>Hva?</p></body></html>"
    ),
    "Outlook on the web": (
        '<div>{}</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>Fra:</b> Parknett'
        "<br><b>Sendt:</b> tirsdag 5. mai 2026 10:12<br><b>Til:</b> Kari<br></div>"
    ),
    "Apple Mail": (
        '<body>{}<br><div><blockquote type="cite"><div>5. mai 2026 kl. 10:12 skrev Parknett:</div>'
        "<div>Hva?</div></blockquote></div></body>"
    ),
    "Thunderbird": (
        '<p>{}</p><div class="moz-cite-prefix">Den 05.05.2026 10:12, skrev Parknett:</div>'
        '<blockquote type="cite">Hva?</blockquote><div class="moz-signature">-- <br>Kari</div>'
    ),
}


@pytest.mark.parametrize("program", HTML)
def test_html_gives_the_words_without_what_is_quoted(program):
    assert own_text(from_html(HTML[program].format(ANSWER))) == ANSWER


def test_html_keeps_paragraphs_lists_and_addresses():
    html = (
        "<p>Hei</p><ul><li>en</li><li>to</li></ul><p>Se <a href='https://example.org/x'>her</a>.</p>"
        "<script>alert(1)</script>"
    )
    assert from_html(html).split() == ["Hei", "-", "en", "-", "to", "Se", "her",
                                       "(https://example.org/x)."]  # fmt: skip


def test_broken_html_is_read_as_far_as_it_goes():
    assert "Hei" in from_html("<div><p>Hei<b>på<div></p></span>" + "<div>" * 5_000 + "slutt")
