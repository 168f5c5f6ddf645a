"""What a person may be called."""

from __future__ import annotations

import unicodedata
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Names are shown to others and stand in letters to them: they carry no address and no markup.
FORBIDDEN: Final = frozenset('<>{}[]|\\@:;=#*_~`"')


def valid_name(value: str) -> None:
    """Raises ValidationError for what cannot be a part of a name."""
    hidden = any(unicodedata.category(char) in {"Cc", "Cf", "Co", "Cn"} for char in value)
    if hidden or FORBIDDEN & set(value) or "//" in value or "www." in value.casefold():
        raise ValidationError(
            _("Write the name with letters alone, without addresses or special characters."),
            code="name",
        )
