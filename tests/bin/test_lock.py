"""What `bin/lock` has written: every package pinned with hashes, and the same version everywhere."""

import re

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from machinery.places import ROOT
from machinery.preparation import REQUIREMENT_SETS

FILES = sorted({name for names in REQUIREMENT_SETS.values() for name in names})
PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==(\S+?)(?: ;.*)? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")


def pins(name):
    """Versions by package."""
    found = {}
    for line in (ROOT / name).read_text().splitlines():
        if match := PINNED.match(line):
            found[canonicalize_name(match[1])] = match[2]
    return found


def asked_for(name):
    """What an input file asks for, with what it takes in from others."""
    for line in (ROOT / name).read_text().splitlines():
        text = line.partition("#")[0].strip()
        if text.startswith("-r "):
            yield from asked_for(text.removeprefix("-r ").strip())
        elif text:
            yield Requirement(text)


@pytest.mark.parametrize("name", FILES)
def test_every_line_is_a_pinned_package_or_one_of_its_hashes(name):
    lines = (ROOT / name).read_text().splitlines()
    assert [line for line in lines if not (PINNED.match(line) or HASH.match(line))] == []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        if PINNED.match(line):
            assert HASH.match(following), f"{line} has no hash"


@pytest.mark.parametrize("name", FILES)
def test_what_is_asked_for_is_pinned_to_a_version_that_will_do(name):
    pinned = pins(name)
    for wanted in asked_for(name.replace(".txt", ".in")):
        version = pinned[canonicalize_name(wanted.name)]
        assert wanted.specifier.contains(version, prereleases=True), wanted


@pytest.mark.parametrize(
    ("smaller", "larger"),
    [
        ("requirements.txt", "requirements-test.txt"),
        ("requirements-build.txt", "requirements-test.txt"),
        ("requirements-test.txt", "requirements-dev.txt"),
    ],
)
def test_each_set_holds_the_one_before_it_in_the_same_versions(smaller, larger):
    assert pins(smaller).items() <= pins(larger).items()
    assert pins(smaller)
