"""What somebody wrote themselves in an answer by e-mail, without what their program put around it.

Reads how Outlook, Gmail, Apple Mail, Thunderbird and phones quote and sign, in Norwegian and
English (and the neighbours' languages where they say nearly the same). What is answered between the
lines of a quote stays, with the lines right above it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

QUOTED_LINES_KEPT: Final = 6
HEADER_WITHIN: Final = 5
# A line that a person ended is shorter than one that a program wrapped.
WRAPPED_FROM: Final = 60
CLOSING_LINES: Final = 12
NOTICE_LINES: Final = 2
CLOSING_LENGTH: Final = 100
MAX_INTRODUCTION: Final = 300

_SEPARATOR: Final = re.compile(
    r"^\s*-{2,}\s*(opprinnelig melding|videresendt melding|original message|original melding|"
    r"forwarded message|ursprungligt meddelande|oprindelig meddelelse)\s*-{2,}\s*$",
    re.IGNORECASE,
)
_RULE: Final = re.compile(r"^\s*_{10,}\s*$")
_FROM: Final = re.compile(r"^\s*\*?(fra|frå|from|från)\s?:\*?\s*\S", re.IGNORECASE)
_OTHER_HEADER: Final = re.compile(
    r"^\s*\*?(sendt|sent|skickat|dato|date|datum|til|to|till|emne|subject|ämne|kopi|cc)\s?:\*?\s*\S",
    re.IGNORECASE,
)
_WROTE: Final = re.compile(r"(\b(skrev|skreiv)\b[^\n]{0,200}|\bwrote\s?):\s*$", re.IGNORECASE)
_TIME: Final = re.compile(r"\b\d{1,2}[:.]\d{2}\b")
_DATE: Final = re.compile(r"\b(20\d\d|\d{1,2}[./]\d{1,2}[./]\d{2,4})\b")
_SENT_FROM: Final = re.compile(
    r"^\s*(sendt fra|sent from|skickat från|hent outlook for|get outlook for|få outlook for|"
    r"last ned outlook|sendt med|sent with)\b.{0,120}$",
    re.IGNORECASE,
)
_CLOSING: Final = re.compile(
    r"^\s*((med\s+)?(vennlig|venleg|beste|hjertelig|god)e?\s+helsing|"
    r"(med\s+)?(vennlig|vennlige|beste|hjertelig)\s+hilsen|mvh|vh|hilsen|helsing|"
    r"(best|kind|warm|with kind|with best)\s+regards|regards|cheers|best wishes)"
    r"(?:[.,! ]+[^\W\d_][\w.-]*){0,4}[.,!]?\s*$",
    re.IGNORECASE,
)
_DISCLAIMER: Final = re.compile(
    r"^\s*\*{0,3}\s*(denne e-?posten|denne meldingen er|this e-?mail|this message|confidential|"
    r"konfidensiell|disclaimer|caution|please consider the environment|tenk på miljøet)\b",
    re.IGNORECASE,
)
_AFTERTHOUGHT: Final = re.compile(r"^\s*p\.?\s?s\b", re.IGNORECASE)
_INVISIBLE: Final = re.compile("[\u0000-\u0008\u000b-\u001f\u200b\u2060\ufeff\u00ad]")
_UNDERLINE: Final = re.compile(r"^\s*([-=*_])\1{2,}\s*$")


def own_text(text: str) -> str:
    """What the sender wrote, as Markdown with the line breaks they made; empty when that is nothing."""
    lines = [_cleaned(line) for line in text.split("\n")]
    lines = _without_quote(lines)
    lines = _without_signature(lines)
    return _as_markdown(_only_near_quotes(lines))


def _cleaned(line: str) -> str:
    return _INVISIBLE.sub("", line).replace("\u00a0", " ").rstrip("\r \t") + (
        " " if line.rstrip("\r") == "-- " else ""
    )


def _without_quote(lines: Sequence[str]) -> list[str]:
    """The lines above the quoted mail, and those below it where the quote is answered line by line."""
    for at, line in enumerate(lines):
        if _SEPARATOR.match(line) or _is_header_block(lines, at):
            return list(lines[:at])
        length = _introduction(lines, at)
        if length:
            below = list(lines[at + length :])
            return [*lines[:at], *(below if _is_answered_between(below) else [])]
    while lines and (not lines[-1].strip() or lines[-1].lstrip().startswith(">")):
        lines = lines[:-1]
    return list(lines)


def _is_header_block(lines: Sequence[str], at: int) -> bool:
    """Whether Outlook's head of a quoted mail begins here, perhaps with the line drawn above it."""
    start = at
    if _RULE.match(lines[at]):
        following = (n for n in range(at + 1, min(at + 3, len(lines))) if lines[n].strip())
        start = next(following, at)
    if not _FROM.match(lines[start]):
        return False
    near = [line for line in lines[start + 1 : start + 1 + 2 * HEADER_WITHIN] if line.strip()]
    return sum(bool(_OTHER_HEADER.match(line)) for line in near[:HEADER_WITHIN]) >= 2  # noqa: PLR2004 - one line may be anybody's


def _introduction(lines: Sequence[str], at: int) -> int:
    """How many lines say who wrote what is quoted below, from here; 0 when these do not.

    Programs wrap that sentence where they like; a date and a time must stand in it.
    """
    if not lines[at].strip():
        return 0
    joined = ""
    for length, line in enumerate(lines[at : at + 4], start=1):
        if not line.strip():
            return 0
        joined = f"{joined} {line.strip()}"
        if len(joined) > MAX_INTRODUCTION:
            return 0
        if _WROTE.search(joined):
            return length if _TIME.search(joined) and _DATE.search(joined) else 0
    return 0


def _is_answered_between(lines: Sequence[str]) -> bool:
    """Whether a quote begins here and something that is not quoted follows on it."""
    said = [line for line in lines if line.strip()]
    if not (said and said[0].lstrip().startswith(">")):
        return False
    return bool([line for line in _without_signature(said) if not line.lstrip().startswith(">")])


def _without_signature(lines: Sequence[str]) -> list[str]:
    """The lines above a signature, a greeting at the end, or what a phone says of itself."""
    for at, line in enumerate(lines):
        if line in {"-- ", "--"} or _is_notice(line, lines[:at], lines[at + 1 :]):
            lines = lines[:at]
            break
    for at, line in enumerate(lines):
        if _CLOSING.match(line) and _is_closing(lines[at + 1 :]):
            return list(lines[:at])
    return list(lines)


def _is_notice(line: str, before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether a phone names itself at the end, or an organisation says who may read what it sends."""
    if _SENT_FROM.match(line):
        return sum(bool(each.strip()) for each in after) <= NOTICE_LINES
    return bool(_DISCLAIMER.match(line)) and any(each.strip() for each in before)


def _is_closing(rest: Sequence[str]) -> bool:
    """Whether what follows a greeting is a name and what belongs to it."""
    said = [line for line in rest if line.strip()]
    if len(said) > CLOSING_LINES:
        return False
    return not any(
        len(line) > CLOSING_LENGTH or _AFTERTHOUGHT.match(line) or line.lstrip().startswith(">")
        for line in said
    )


def _only_near_quotes(lines: Sequence[str]) -> list[str]:
    """The lines with no more of each quote than stands right above its answer."""
    kept: list[str] = []
    quote: list[str] = []
    for line in lines:
        if line.lstrip().startswith(">"):
            quote.append(line.lstrip())
            continue
        if quote and line.strip():
            kept += ["", *quote[-QUOTED_LINES_KEPT:], ""]
            quote = []
        if not quote:
            kept.append(line)
    return kept


def _as_markdown(lines: Sequence[str]) -> str:
    """Plain text as Markdown that looks as it did: ended lines end, nothing is a heading or code."""
    written: list[str] = []
    for at, raw in enumerate(lines):
        line = raw.strip()
        if _UNDERLINE.match(line):
            line = ""
        if not line and (not written or not written[-1]):
            continue
        follows = at + 1 < len(lines) and lines[at + 1].strip()
        ended = bool(line) and len(raw) < WRAPPED_FROM and follows and not _is_block(line)
        written.append(f"{line}\\" if ended and not _is_block(lines[at + 1].strip()) else line)
    return "\n".join(written).strip().rstrip("\\")


def _is_block(line: str) -> bool:
    """Whether Markdown itself begins a new line here: quotes, lists, headings, tables, underlines."""
    return bool(re.match(r"(>|[-*+] |\d{1,3}[.)] |#{1,6} |\||([-=*_])\2{2,}$)", line))
