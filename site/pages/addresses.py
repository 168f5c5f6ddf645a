"""Addresses of pages, worked out from their path in the tree without reading anything.

Wagtail's ``Page.url`` says the same; it costs a good deal more and needs a page object.
"""

from __future__ import annotations

from django.conf import settings
from wagtail.models import Site


def front_page_address(language: str) -> str:
    """Address of the front page in a language."""
    return "/" if language == settings.LANGUAGE_CODE else f"/{language}/"


def roots() -> dict[str, str]:
    """Language → path in the tree of its front page; empty unless there is exactly one site."""
    paths = Site.get_site_root_paths()
    if len({root.site_id for root in paths}) != 1:
        return {}
    return {root.language_code: root.root_path for root in paths}


def address_of(url_path: str, language: str, known_roots: dict[str, str]) -> str:
    """Address of the page at ``url_path``; empty when it is below no front page."""
    root = known_roots.get(language)
    if root is None or not url_path.startswith(root):
        return ""
    return front_page_address(language) + url_path[len(root) :]
