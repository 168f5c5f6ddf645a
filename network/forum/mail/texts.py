"""The text of an e-mail: its plain part, else what its HTML says."""

from __future__ import annotations

import re
from email.message import EmailMessage, MIMEPart
from html.parser import HTMLParser
from typing import Final

# What is longer is no answer; the rest of the work on a text is linear in its length.
MAX_CHARACTERS: Final = 400_000
_LEFT_OUT: Final = frozenset({"head", "style", "script", "title", "noscript"})
_BLOCKS: Final = frozenset(
    ("p", "div", "li", "tr", "table", "ul", "ol", "h1", "h2", "h3", "h4", "pre", "blockquote")
)
# Elements without an end.
_VOID: Final = frozenset({"br", "hr", "img", "meta", "link", "input", "area", "base", "col", "wbr"})
# How mail programs mark what they quote: by class or by id.
_QUOTES: Final = frozenset(
    (
        *("gmail_quote", "gmail_quote_container", "gmail_attr", "gmail_signature"),
        *("moz-cite-prefix", "moz-signature", "yahoo_quoted", "protonmail_quote"),
        *("divrplyfwdmsg", "appendonsend", "x_divrplyfwdmsg", "signature"),
    )
)
# Outlook draws this line above the head of what it quotes; all below it is quoted.
_OUTLOOK_LINE: Final = re.compile(r"border-top:\s*solid\s+#?(e1e1e1|b5c4df)", re.IGNORECASE)


def text_of(message: EmailMessage) -> str:
    """The text as it was written, with its quotes; empty where there is none that can be read."""
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return ""
    text = _decoded(part)
    if part.get_content_type() == "text/html":
        return from_html(text)
    if part.get_param("format", "fixed") == "flowed":
        return unflowed(text, deleting_space=part.get_param("delsp", "no") == "yes")
    return text


def _decoded(part: MIMEPart) -> str:
    raw = part.get_payload(decode=True)
    raw = raw if isinstance(raw, bytes) else b""
    charset = part.get_content_charset() or "utf-8"
    try:
        text = raw.decode(charset, errors="replace")
    except LookupError:
        text = raw.decode("utf-8", errors="replace")
    return text[:MAX_CHARACTERS].replace("\r\n", "\n").replace("\r", "\n")


def unflowed(text: str, *, deleting_space: bool = False) -> str:
    """The paragraphs of text that a program has wrapped (RFC 3676)."""
    lines: list[str] = []
    open_depth = -1
    for raw in text.split("\n"):
        depth = len(raw) - len(raw.lstrip(">"))
        line = raw[depth:].removeprefix(" ")
        is_signature = line == "-- "
        if open_depth == depth and not is_signature:
            lines[-1] += line
        else:
            lines.append(f"{'>' * depth} {line}" if depth else line)
        flows = line.endswith(" ") and not is_signature
        open_depth = depth if flows else -1
        if flows and deleting_space:
            lines[-1] = lines[-1][:-1]
    return "\n".join(lines)


def from_html(html: str) -> str:
    """The words of an HTML e-mail, a block a line, without what programs mark as quoted."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.text


class _Reader(HTMLParser):
    """Collects words; elements that are left out are left out with all they hold."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._pieces: list[str] = []
        self._open: list[str] = []
        # How many elements are open outside the one that is being left out.
        self._left_out_from: int | None = None
        self._link = ""
        self._is_over = False

    @property
    def text(self) -> str:
        """What was read, with runs of blanks as one."""
        lines = (" ".join(line.split()) for line in "".join(self._pieces).split("\n"))
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line at a block; leave out what is quoted."""
        given = {name: value or "" for name, value in attrs}
        if _OUTLOOK_LINE.search(given.get("style", "")):
            self._is_over = True
        if tag == "br":
            self._write("\n")
        if tag in _VOID:
            return
        if self._left_out_from is None and _is_left_out(tag, given):
            self._left_out_from = len(self._open)
        self._open.append(tag)
        if tag in _BLOCKS:
            self._write("\n- " if tag == "li" else "\n")
        if tag == "a":
            self._link = given.get("href", "")

    def handle_endtag(self, tag: str) -> None:
        """End the element and all in it that were never ended."""
        if tag not in self._open[-50:]:
            return
        while self._open.pop() != tag:
            pass
        if self._left_out_from is not None and len(self._open) <= self._left_out_from:
            self._left_out_from = None
        if tag in _BLOCKS:
            self._write("\n\n" if tag == "p" else "\n")
        if tag == "a":
            self._link = ""

    def handle_data(self, data: str) -> None:
        """The words themselves, with the address of a link that does not show it."""
        words = data.replace("\n", " ")
        link = self._link
        if link.startswith(("http://", "https://")) and words.strip() and words.strip() not in link:
            words, self._link = f"{words} ({link})", ""
        self._write(words)

    def _write(self, text: str) -> None:
        if self._left_out_from is None and not self._is_over:
            self._pieces.append(text)


def _is_left_out(tag: str, given: dict[str, str]) -> bool:
    if tag in _LEFT_OUT:
        return True
    if tag == "blockquote" and given.get("type", "").lower() == "cite":
        return True
    names = {*given.get("class", "").lower().split(), given.get("id", "").lower()}
    return not _QUOTES.isdisjoint(names)
