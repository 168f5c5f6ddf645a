"""User text: Markdown in, safe HTML out; rendered once when saved, and stored beside its source.

Three barriers, because each has failed somewhere: the parser emits no raw HTML, bleach keeps an
allow-list and makes links, nh3 parses the result once more with another parser.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Final

import bleach
import nh3
from bleach.linkifier import LinkifyFilter
from markdown_it import MarkdownIt

TAGS: Final = frozenset(
    [
        "a",
        "blockquote",
        "br",
        "code",
        "em",
        "h2",
        "h3",
        "h4",
        "hr",
        "li",
        "ol",
        "p",
        "pre",
        "strong",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
ATTRIBUTES: Final = {"a": ["href", "title", "rel"], "th": ["align"], "td": ["align"]}
PROTOCOLS: Final = frozenset({"http", "https", "mailto"})
LINK_REL: Final = "nofollow ugc noopener"
MAX_LENGTH: Final = 20_000


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table")


def _rel(attrs: Any, new: bool = False) -> Any:  # noqa: FBT001, FBT002 - bleach's callback
    attrs[(None, "rel")] = LINK_REL
    return attrs


@cache
def _cleaner() -> bleach.Cleaner:
    return bleach.Cleaner(
        tags=TAGS,
        attributes=ATTRIBUTES,
        protocols=PROTOCOLS,
        strip=True,
        filters=[lambda source: LinkifyFilter(source, callbacks=[_rel], skip_tags={"pre", "code"})],
    )


def render(text: str) -> str:
    """HTML of Markdown ``text`` (cut at ``MAX_LENGTH`` characters); safe to mark as such."""
    if not text.strip():
        return ""
    html = _cleaner().clean(_parser().render(text[:MAX_LENGTH]))
    return nh3.clean(
        html,
        tags=set(TAGS),
        attributes={"a": {"href", "title"}, "th": {"align"}, "td": {"align"}},
        url_schemes=set(PROTOCOLS),
        link_rel=LINK_REL,
    )


def plain(text: str) -> str:
    """The words of Markdown ``text`` without its marks, for the search and for descriptions."""
    tokens = _parser().parse(text[:MAX_LENGTH])
    words = [token.content for token in _inline(tokens) if token.type in {"text", "code_inline"}]
    return " ".join(" ".join(words).split())


def _inline(tokens: list[Any]) -> list[Any]:
    found: list[Any] = []
    for token in tokens:
        found.extend(token.children or [token])
    return found
