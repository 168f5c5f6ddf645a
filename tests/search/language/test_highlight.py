from __future__ import annotations

import pytest

from search.language.highlight import highlight
from search.language.interpret import interpret
from search.language.lexicon import shipped
from search.language.plan import QueryPlan
from search.language.spelling import WordList

TEXT = (
    "Laboratoriet har <klimakammer> & utfører strekkprøving etter NS-EN ISO 6892-1:2019. "
    + "Her står mye annet som ikke handler om saken. " * 8
    + "Til slutt prøver vi plast ved lav temperatur, og overskuddsvarme brukes."
)


def marked(query: str, text: str = TEXT, length: int = 240) -> str:
    plan = interpret(query, lexicon=shipped(), vocabulary=WordList({}, 0))
    return highlight(text, plan, length=length)


@pytest.mark.parametrize(
    ("query", "mark"),
    [
        ("strekkprøving", "<mark>strekkprøving</mark>"),
        ("tensile test", "<mark>strekkprøving</mark>"),
        ("strekk prøving", "<mark>strekkprøving</mark>"),
        ("6892", "<mark>NS-EN ISO 6892-1:2019</mark>"),
        ("varme", "<mark>overskuddsvarme</mark>"),
        ("plasten", "<mark>plast</mark>"),
    ],
)
def test_what_met_the_query_is_marked(query: str, mark: str) -> None:
    assert mark in marked(query)


def test_text_is_escaped() -> None:
    assert "&lt;<mark>klimakammer</mark>&gt; &amp;" in marked("klimakammer")


def test_the_passage_is_bounded_and_cut_at_words() -> None:
    passage = marked("overskuddsvarme", length=120)
    plain = passage.replace("<mark>", "").replace("</mark>", "")
    assert passage.startswith("…")
    assert len(plain) <= 122


def test_without_a_query_the_beginning_is_shown() -> None:
    assert highlight(TEXT, QueryPlan("")).startswith("Laboratoriet har &lt;klimakammer&gt;")


@pytest.mark.parametrize("text", ["", "🔥" * 400, "<" * 400, "\x00" * 50])
def test_any_text_is_shown_safely(text: str) -> None:
    assert "<" not in marked("strekkprøving", text).replace("<mark>", "").replace("</mark>", "")
