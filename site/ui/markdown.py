"""User text: Markdown in, safe HTML out; rendered once when saved, and stored beside its source.

Three barriers, because each has failed somewhere: the parser emits no raw HTML, bleach keeps an
allow-list, nh3 parses the result once more with another parser. What takes long to read is bounded:
twice the text takes twice the time, whatever somebody writes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from threading import local
from typing import Any, Final

import bleach
import nh3
from django.conf import settings
from linkify_it import LinkifyIt
from linkify_it.main import Match
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.table import table
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

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
# Made by ourselves of what stands in the text: pictures that are files of it, names that it mentions.
MADE_TAGS: Final = frozenset({"img", "span"})
PROTOCOLS: Final = frozenset({"http", "https", "mailto"})
LINK_REL: Final = "nofollow ugc noopener"
MENTION_CLASS: Final = "pn-mention"
MAX_LENGTH: Final = 20_000
# A table is filled up to rectangular: 3,000 short rows of one with 3,000 columns make millions of cells.
MOST_CELLS: Final = 4_000
# Looking for addresses in a word takes the square of its length.
LONGEST_ADDRESS: Final = 300

# The page that a text stands on has its own first heading.
_HEADINGS: Final = {"h1": "h2", "h5": "h4", "h6": "h4"}
_PICTURE: Final = re.compile(r"/(?!/)[\w/-]+/")
_ATTRIBUTES: Final = {
    "a": {"href", "title"},
    "img": {"src", "alt"},
    "span": {"class"},
    "td": {"align"},
    "th": {"align"},
}


# What is wider than a phone is scrolled, which the keyboard can do only where it can go.
_SET: Final = {
    "img": {"loading": "lazy"},
    "pre": {"tabindex": "0"},
    "table": {"tabindex": "0"},
}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a text, which links to it by its name."""

    url: str
    is_picture: bool


class Text:
    """Markdown that is read once: what it links to, what it says, and its HTML.

    What is longer than ``MAX_LENGTH`` characters is cut there.
    """

    def __init__(self, source: str) -> None:
        self._env: dict[str, Any] = {}
        self._tokens = _parser().parse(source[:MAX_LENGTH], self._env)

    def plain(self) -> str:
        """The words without their marks, for the search and for descriptions."""
        words = [each.content for each in self._leaves() if each.type in {"text", "code_inline"}]
        return " ".join(" ".join(words).split())

    def said(self) -> Iterator[str]:
        """Passages outside of code and links."""
        depth = 0
        for token in self._leaves():
            depth += (token.type == "link_open") - (token.type == "link_close")
            if token.type == "text" and not depth:
                yield token.content

    def addresses(self) -> list[str]:
        """What it links to, each once, in order."""
        links = (str(token.attrGet("href")) for token in self._leaves("link_open"))
        return list(dict.fromkeys(links))

    def html(
        self,
        *,
        uploads: Mapping[str, Upload] | None = None,
        mentions: Mapping[str, str] | None = None,
        breaks: bool = False,
    ) -> str:
        """Safe HTML.

        ``uploads`` are the files of the text by name: pictures among them are shown, and no others.
        ``mentions`` maps what stands in the text ("@Kari Nordmann") to the address of a page, empty
        where the name is only marked. With ``breaks`` each line's end is one.
        """
        tokens = [_with_own(token, uploads or {}, mentions or {}) for token in self._tokens]
        parser = _parser()
        options = OptionsDict({**parser.options, "breaks": breaks})  # type: ignore[typeddict-item]  # the same keys
        return _cleaned(parser.renderer.render(tokens, options, self._env))

    def _leaves(self, kind: str = "") -> Iterator[Token]:
        for token in self._tokens:
            for leaf in token.children or [token]:
                if not kind or leaf.type == kind:
                    yield leaf


def render(text: str) -> str:
    """HTML of Markdown ``text`` (cut at ``MAX_LENGTH`` characters); safe to mark as such."""
    return Text(text).html() if text.strip() else ""


def plain(text: str) -> str:
    """The words of Markdown ``text`` without its marks, for the search and for descriptions."""
    return Text(text).plain()


class _Addresses:
    """Finds addresses that are written without brackets, word by word."""

    def __init__(self) -> None:
        self._inner = LinkifyIt()

    def pretest(self, text: str) -> bool:
        """Whether there may be one."""
        return "." in text

    test = pretest

    def match(self, text: str) -> list[Match]:
        """All of them, in order."""
        found: list[Match] = []
        for word in re.finditer(r"\S+", text):
            if len(word[0]) > LONGEST_ADDRESS or "." not in word[0]:
                continue
            for match in self._inner.match(word[0]) or []:
                match.index += word.start()
                match.last_index += word.start()
                found.append(match)
        return found


def _bounded_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - a rule's signature
    if not table(state, start, end, True):
        return False
    columns = state.getLines(start, start + 1, 0, False).count("|") + 1
    if columns * (end - start) > MOST_CELLS:
        return False
    return silent or table(state, start, end, silent)


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "linkify": True})
    parser.block.ruler.enable("table")
    # The rule for words alone; the one that reads letter by letter looks far ahead at each colon.
    parser.core.ruler.enable("linkify")
    parser.block.ruler.at("table", _bounded_table, {"alt": ["paragraph", "reference"]})
    parser.linkify = _Addresses()  # type: ignore[assignment]  # has what the rule asks for
    return parser


def _with_own(token: Token, uploads: Mapping[str, Upload], mentions: Mapping[str, str]) -> Token:
    """The token with pictures and links that lead to files of the text, and with marked names."""
    if token.type in {"heading_open", "heading_close"}:
        return token.copy(tag=_HEADINGS.get(token.tag, token.tag))
    if token.type in {"th_open", "td_open"} and (style := token.attrGet("style")):
        return token.copy(attrs={"align": str(style).removeprefix("text-align:")})
    if not token.children:
        return token
    children: list[Token] = []
    depth = 0
    for child in token.children:
        depth += (child.type == "link_open") - (child.type == "link_close")
        if child.type == "image":
            children += _picture(child, uploads, inside_link=depth > 0)
        elif child.type == "link_open":
            children.append(_link(child, uploads))
        elif child.type == "text" and mentions and not depth:
            children += _marked(child, mentions)
        else:
            children.append(child)
    return token.copy(children=children)


def _link(token: Token, uploads: Mapping[str, Upload]) -> Token:
    upload = uploads.get(str(token.attrGet("href")))
    return token.copy(attrs={**token.attrs, "href": upload.url}) if upload else token


def _picture(token: Token, uploads: Mapping[str, Upload], *, inside_link: bool) -> list[Token]:
    """A picture that is a file of the text; any other is a link, so that nothing is fetched."""
    source = str(token.attrGet("src") or "")
    upload = uploads.get(source)
    if upload and upload.is_picture:
        return [token.copy(attrs={**token.attrs, "src": upload.url})]
    words = Token("text", "", 0, content=token.content or source)
    if inside_link or not source:
        return [words]
    opening = Token("link_open", "a", 1, attrs={"href": upload.url if upload else source})
    return [opening, words, Token("link_close", "a", -1)]


def _marked(token: Token, mentions: Mapping[str, str]) -> Iterator[Token]:
    for piece in re.split(_one_of(frozenset(mentions)), token.content):
        if piece not in mentions:
            yield Token("text", "", 0, content=piece)
            continue
        # The number that tells two people of one name apart is not for readers.
        words = Token("text", "", 0, content=re.sub(r"#\w+$", "", piece))
        if url := mentions[piece]:
            yield from (
                Token("link_open", "a", 1, attrs={"href": url}),
                words,
                Token("link_close", "a", -1),
            )
        else:
            opening = Token("mention_open", "span", 1, attrs={"class": MENTION_CLASS})
            yield from (opening, words, Token("mention_close", "span", -1))


def _one_of(literals: Collection[str]) -> str:
    longest_first = sorted(literals, key=len, reverse=True)
    return rf"({'|'.join(map(re.escape, longest_first))})(?!\w)"


_of_thread: Final = local()


def _cleaner() -> bleach.Cleaner:
    """One for each thread, since its parser holds a state."""
    cleaner: bleach.Cleaner | None = getattr(_of_thread, "cleaner", None)
    if cleaner is None:
        cleaner = _of_thread.cleaner = bleach.Cleaner(
            tags=TAGS | MADE_TAGS, attributes=_is_allowed, protocols=PROTOCOLS, strip=True
        )
    return cleaner


def _is_allowed(tag: str, name: str, value: str) -> bool:
    if name not in _ATTRIBUTES.get(tag, ()):
        return False
    if name == "src":
        return _PICTURE.fullmatch(value) is not None
    return name != "class" or value == MENTION_CLASS


def _once_more(tag: str, name: str, value: str) -> str | None:
    # It is asked of those attributes as well that nh3 sets by itself.
    return (
        value if name in {"rel", "loading", "tabindex"} or _is_allowed(tag, name, value) else None
    )


def _cleaned(html: str) -> str:
    safe = nh3.clean(
        _cleaner().clean(html),
        tags=set(TAGS | MADE_TAGS),
        attributes=_ATTRIBUTES,
        attribute_filter=_once_more,
        url_schemes=set(PROTOCOLS),
        link_rel=LINK_REL,
        set_tag_attribute_values=_SET,
    )
    return re.sub(_own_links(settings.BASE_URL), r"\1>", safe)


@cache
def _own_links(base: str) -> re.Pattern[str]:
    """Links to pages of ours, which search engines may follow as they follow the rest."""
    own = re.escape(escape(base.rstrip("/")))
    return re.compile(
        rf'(<a href="(?:{own})?/(?![/\\])[^"]*"(?: title="[^"]*")?) rel="{LINK_REL}">'
    )
