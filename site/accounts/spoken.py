"""Languages that people say they speak, by their ISO 639-1 codes."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

SPOKEN_LANGUAGES: Final = (
    ("no", _("Norwegian")),
    ("en", _("English")),
    ("se", _("Northern Sámi")),
    ("sv", _("Swedish")),
    ("da", _("Danish")),
    ("fi", _("Finnish")),
    ("de", _("German")),
    ("fr", _("French")),
    ("es", _("Spanish")),
    ("pl", _("Polish")),
    ("lt", _("Lithuanian")),
    ("uk", _("Ukrainian")),
    ("ru", _("Russian")),
    ("zh", _("Chinese")),
)
CODES: Final = frozenset(code for code, _name in SPOKEN_LANGUAGES)
