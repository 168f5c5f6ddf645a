"""Why something cannot be done, as it is told to who tried."""

from __future__ import annotations

from django.core.exceptions import ValidationError


class NotPossibleError(ValidationError):
    """It cannot be done; the message says why, in the reader's language."""
