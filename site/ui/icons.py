"""Icons: one sprite, made at build time from the names in ``icons.json``."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from django.templatetags.static import static
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

SPRITE = "ui/dist/icons.svg"
CATALOGUE = Path(__file__).with_name("icons.json")


@cache
def icon_names() -> frozenset[str]:
    """The names that the sprite has."""
    return frozenset(json.loads(CATALOGUE.read_text(encoding="utf-8"))) | {"mark"}


@cache
def icon_markup(name: str, label: str = "", size: str = "") -> SafeString:
    """The svg element that shows an icon of the sprite.

    Without ``label`` it is decoration and hidden from screen readers. ``size`` is a CSS size class
    (``sm``, ``lg``, ``xl``). Raises ``ValueError`` for a name that the sprite lacks.
    """
    if name not in icon_names():
        raise ValueError(f"no icon named {name!r} in {CATALOGUE.name}")
    size_class = f" pn-icon--{escape(size)}" if size else ""
    meaning = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    return mark_safe(  # noqa: S308 - the label is escaped, the rest is ours
        f'<svg class="pn-icon{size_class}" {meaning} focusable="false">'
        f'<use href="{static(SPRITE)}#{name}"></use></svg>'
    )
