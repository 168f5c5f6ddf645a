"""The Norwegian organisation number."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from stdnum.exceptions import ValidationError as NumberError
from stdnum.no import orgnr

TYPED_LENGTH = 20


def validate_organisation_number(value: str) -> None:
    """Raise ValidationError unless ``value`` is nine digits with the right check digit."""
    try:
        orgnr.validate(value)
    except NumberError as error:
        raise ValidationError(
            _(
                "This is not a Norwegian organisation number: nine digits, the last one a "
                "check digit."
            )
        ) from error


class OrganisationNumberField(models.CharField[Any, Any]):
    """Nine digits, typed with or without spaces and stored without; nothing is stored as NULL."""

    default_validators = [validate_organisation_number]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.update(max_length=9, unique=True, null=True, blank=True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """What a migration writes, without what is always so."""
        name, path, args, kwargs = super().deconstruct()
        for fixed in ("max_length", "unique", "null", "blank"):
            kwargs.pop(fixed, None)
        return name, path, args, kwargs

    def to_python(self, value: Any) -> str | None:
        """The number without its spaces, or None."""
        text = super().to_python(value)
        return orgnr.compact(text) or None if text else None

    def get_prep_value(self, value: Any) -> Any:
        """The same on the way into the database."""
        return self.to_python(value)

    def formfield(self, **kwargs: Any) -> Any:
        """An input with room for the spaces."""
        return super().formfield(**{"max_length": TYPED_LENGTH, **kwargs})
