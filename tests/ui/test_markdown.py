"""What people write comes out safe, the same when it is cleaned again, and in linear time."""

import re
import sys
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ui.hostile_text import EVERYTHING
from ui import markdown
from ui.markdown import (
    LINK_REL,
    LONGEST_ADDRESS,
    MADE_TAGS,
    MENTION_CLASS,
    TAGS,
    Text,
    Upload,
    render,
)

ALLOWED = {
    "a": {"href", "title", "rel"},
    "img": {"src", "alt", "loading"},
    "pre": {"tabindex"},
    "span": {"class"},
    "table": {"tabindex"},
    "td": {"align"},
    "th": {"align"},
}
UPLOADS = {"a.png": Upload("/forum/filer/1/", True), "b.pdf": Upload("/forum/filer/2/", False)}


class Reading(HTMLParser):
    """Tags and attributes as a browser would find them."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def outside_the_allow_list(html):
    found = []
    for tag, attributes in Reading(html).found:
        if tag not in TAGS | MADE_TAGS or not attributes.keys() <= ALLOWED.get(tag, set()):
            found.append((tag, attributes))
        address = attributes.get("href", "")
        scheme = re.match(r"[\s\x00-\x20]*([a-z][a-z0-9+.-]*):", address or "", re.IGNORECASE)
        if scheme and scheme[1].lower() not in {"http", "https", "mailto"}:
            found.append((tag, address))
        if tag == "img" and attributes["src"] not in {each.url for each in UPLOADS.values()}:
            found.append((tag, attributes))
        if attributes.get("class", MENTION_CLASS) != MENTION_CLASS:
            found.append((tag, attributes))
    return found


def shown(text):
    return Text(text).html(uploads=UPLOADS, mentions={"@Ola": ""}, breaks=True)


pieces = st.one_of(
    st.sampled_from(EVERYTHING),
    st.sampled_from(
        ["[", "](", ")", "![", "<", ">", "`", "\n", "\n\n", "> ", "- ", "|", "*", "_", '"', "'"]
    ),
    st.sampled_from(["javascript:", "https://example.org", "a.png", "@Ola", "&quot;", "\\"]),
    st.text(max_size=8),
)


@given(st.lists(pieces, max_size=12).map("".join))
@settings(max_examples=150, deadline=None)
def test_nothing_outside_the_allow_list_comes_out(text):
    assert outside_the_allow_list(shown(text)) == []


@given(st.lists(pieces, max_size=12).map("".join))
@settings(max_examples=150, deadline=None)
def test_cleaning_again_changes_nothing(text):
    html = shown(text)
    again = markdown._cleaned(html)
    assert again == html


@pytest.mark.parametrize("text", EVERYTHING)
def test_hostile_text_comes_out_as_words(text):
    assert outside_the_allow_list(shown(text)) == []


def test_the_test_would_see_what_is_not_allowed():
    assert outside_the_allow_list('<img src="https://evil.example/p.png">')
    assert outside_the_allow_list('<a href=" javascript:x">')
    assert outside_the_allow_list('<p style="x">')
    assert outside_the_allow_list('<span class="pn-header">')


def test_links_of_ours_are_followed_and_others_are_not(settings):
    base = settings.BASE_URL
    own = ["/parker/", f"{base}/parker/"]
    others = ["https://example.org/", "//example.org/", f"{base}.example.org/"]
    for address in own:
        assert "rel=" not in render(f"[x]({address})")
    for address in others:
        assert f'rel="{LINK_REL}"' in render(f"[x]({address})")


def test_addresses_become_links_outside_of_code():
    html = render("se www.example.org, `www.example.com` og post@example.org")
    assert html.count("<a ") == 2
    assert "<code>www.example.com</code>" in html


def test_a_word_too_long_to_be_an_address_is_not_looked_at():
    start = "https://example.org/"
    assert "<a " in render(start + "a" * (LONGEST_ADDRESS - len(start)))
    assert "<a " not in render(start + "a" * LONGEST_ADDRESS)


def test_only_pictures_of_the_text_itself_are_shown():
    html = shown("![En](a.png) ![To](b.pdf) ![Tre](https://example.org/c.png) ![Fire](d.png)")
    assert html.count("<img") == 1
    assert '<a href="/forum/filer/2/">To</a>' in html
    assert ">Tre</a>" in html


def test_cells_are_aligned_without_style():
    html = render("|a|b|\n|-|:-:|\n|1|2|")
    assert '<td align="center">2</td>' in html
    assert "style" not in html


def test_headings_stand_below_that_of_the_page():
    assert render("# En") == "<h2>En</h2>\n"
    assert render("###### Seks") == "<h4>Seks</h4>\n"


PATHOLOGICAL = {
    "nested quotes": lambda n: ">" * n,
    "quotes deeper each line": lambda n: "\n".join("> " * d + "x" for d in range(int((n) ** 0.5))),
    "brackets": lambda n: "[" * n,
    "brackets of pictures": lambda n: "![" * (n // 2),
    "links in links": lambda n: "[a](" * (n // 4),
    "wide table": lambda n: "|a" * (n // 8) + "\n" + "|-" * (n // 8) + "\n" + "|a\n" * (n // 6),
    "many tables": lambda n: "|a\n|-\n\n" * (n // 7),
    "stars": lambda n: "*a_ " * (n // 4),
    "backticks": lambda n: "".join("`" * i + " " for i in range(1, int((2 * n) ** 0.5))),
    "long word": lambda n: "a" * n,
    "addresses without end": lambda n: "http://a.no/" + "(" * n,
    "colons and slashes": lambda n: "://" * (n // 3),
    "open angles": lambda n: "<http://" * (n // 8),
    "hyphens and a dot": lambda n: "a-" * (n // 2) + ".no",
    "nested lists": lambda n: "\n".join(" " * (2 * d) + "- a" for d in range(int(n**0.5))),
    "entities": lambda n: "&" * n,
}


@pytest.mark.parametrize("name", PATHOLOGICAL)
def test_twice_the_text_makes_no_more_than_twice_the_steps(name):
    """Counted are calls of functions, which are the same on every machine, busy or not."""
    make = PATHOLOGICAL[name]
    render(make(200))
    once, twice = steps(make(8_000)), steps(make(16_000))
    assert twice <= 2.4 * once + 2_000


@pytest.mark.parametrize("name", PATHOLOGICAL)
def test_little_text_does_not_grow_into_much(name):
    text = PATHOLOGICAL[name](16_000)
    assert len(render(text)) <= 12 * len(text) + 200


def steps(text):
    """How many calls, of Python's functions and of C's, it takes to render the text."""
    count = 0

    def counted(_frame, event, _argument):
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(counted)
    try:
        render(text)
    finally:
        sys.setprofile(None)
    return count
