"""Places of the site that are no pages, which editors can link to in either language."""

from __future__ import annotations

from typing import Final

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

PLACES: Final = {
    "facilities": ("facilities:list", _("Test facilities")),
    "parks": ("parks:list", _("Parks")),
    "organisations": ("organisations:list", _("Organisations")),
    "search": ("search:page", _("Search")),
    "login": ("account_login", _("Log in")),
}
CHOICES: Final = [(name, label) for name, (_view, label) in PLACES.items()]


def place_url(place: str) -> str:
    """Address of a place in the language of the reader; empty when the site has no such place."""
    view, _label = PLACES.get(place, ("", ""))
    try:
        return reverse(view) if view else ""
    except NoReverseMatch:
        return ""
