"""Fields of models that every room uses."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.core.validators import MaxLengthValidator
from django.db import models


class LimitedTextField(models.TextField[str, str]):
    """Long text with a limit that holds wherever it comes from; ``max_length`` is required.

    Django checks the length of a TextField in forms alone. In migrations it is a plain one, for
    the table is the same.
    """

    def __init__(self, *args: Any, max_length: int, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "max_length": max_length})

    @cached_property
    def validators(self) -> list[Any]:
        """Those given, and the limit."""
        return [*super().validators, MaxLengthValidator(self.max_length)]

    def deconstruct(self) -> Any:
        """What a migration writes: a TextField."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs
