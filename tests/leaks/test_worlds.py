"""Two worlds that differ in one hidden object answer strangers alike, byte for byte."""

import difflib
import re

import pytest

from tests.leaks.world import hide_facility, hide_organisation, hide_pages

# What differs between two answers to the same question, whatever the world is like.
CHANGING = (
    (re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"'), "csrf"),
    (re.compile(r"csrftoken=[^;]+; expires=[^;]+"), "csrf"),
    (re.compile(r'"took_ms": ?[\d.]+'), "took"),
    (re.compile(r"(?m)^(Last-Modified|Expires|ETag|Content-Length): .*$"), "header"),
    (re.compile(r"<dcterms:(created|modified)[^>]*>[^<]+"), "made"),
)
HIDDEN = {
    "facility": lambda world, canaries: [hide_facility(world, canaries).slug],
    "organisation": lambda world, canaries: [hide_organisation(world, canaries).slug],
    "pages": lambda world, canaries: [page.slug for page in hide_pages(world, canaries).values()],
}
# One who carries no token of their own into a search, and one who does.
ROLES = ("visitor", "staff of another park")
# The canaries of a hidden object are named in their order, so what it will be called is known.
WORDS = ["zqkanariaaa", "zqkanariaad", "zqkanariaam"]

pytestmark = [
    pytest.mark.filterwarnings("ignore:[Uu]nclosed file:ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


def steady(text):
    """An answer without what changes by itself."""
    for pattern, name in CHANGING:
        text = pattern.sub(name, text)
    # One value of JSON a line, so that a difference can be read.
    return text.replace(', "', ',\n"')


@pytest.mark.parametrize("kind", HIDDEN)
def test_worlds_that_differ_in_a_hidden_object_answer_alike(
    kind, world, canaries, catch_up, tell_all
):
    slugs = WORDS[:1]
    catch_up()
    before = {role: tell_all(role, WORDS, slugs) for role in ROLES}
    named = HIDDEN[kind](world, canaries)
    assert kind == "pages" or named == slugs
    catch_up()
    found = {role: differences(before[role], tell_all(role, WORDS, slugs)) for role in ROLES}
    assert {role: told for role, told in found.items() if told} == {}


def differences(before, after):
    """By path, the lines that differ."""
    found = {}
    for path, first in before.items():
        one, other = steady(first).splitlines(), steady(after[path]).splitlines()
        if one != other:
            lines = difflib.unified_diff(one, other, n=0, lineterm="")
            found[path] = [line[:300] for line in lines][2:8]
    return found
