"""Rules for all templates of the project."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

TEMPLATES = Path(settings.BASE_DIR) / "templates"
ALL = sorted(TEMPLATES.rglob("*.html"))
# Mail programs read no style sheets.
PAGES = [path for path in ALL if "email" not in path.parts and "mail" not in path.parts]
UI_PARTS = ("components", "ui", "django", "allauth")
COMMENT = re.compile(r"\{% comment.*?endcomment %\}|\{#.*?#\}", re.DOTALL)
TEXT = re.compile(r"\{%-? *translate +(\"[^\"]+\"|'[^']+')|_\((\"[^\"]+\")\)")
FORBIDDEN = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a javascript: address": re.compile(r"javascript:", re.IGNORECASE),
    "an inline script": re.compile(
        r"<script(?![^>]*\ssrc=)(?![^>]*\stype=\"application/(ld\+)?json\")", re.IGNORECASE
    ),
    "another host": re.compile(r"<(script|link|img)[^>]*\s(src|href)=\"https?:", re.IGNORECASE),
}


def name_of(path):
    return path.relative_to(TEMPLATES).as_posix()


def markup(path):
    return COMMENT.sub("", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_a_page_has_nothing_that_the_content_policy_forbids(path):
    text = markup(path)
    assert [what for what, pattern in FORBIDDEN.items() if pattern.search(text)] == []


@pytest.mark.parametrize("path", ALL, ids=name_of)
def test_a_template_compiles(path):
    get_template(name_of(path))
