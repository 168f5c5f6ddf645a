"""Structured data for machines, written into a page so that no text can break out of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

ESCAPES: Final = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def json_ld(data: Mapping[str, Any]) -> SafeString:
    """A script element of type ``application/ld+json``; empty values are left out.

    ``data`` is schema.org's vocabulary; ``@context`` is added.
    """
    filled = {"@context": "https://schema.org", **{k: v for k, v in data.items() if v}}
    text = json.dumps(filled, ensure_ascii=False, separators=(",", ":")).translate(ESCAPES)
    return format_html(
        '<script type="application/ld+json">{}</script>',
        mark_safe(text),  # noqa: S308 - <, > and & are escaped as JSON escapes them
    )
