"""Fields of articles."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from wagtail.fields import RichTextField
from wagtail.rich_text import RichTextMaxLengthValidator

FEATURES = ["h3", "bold", "italic", "ol", "ul", "link", "document-link"]


class LimitedRichTextField(RichTextField):
    """Rich text with a limit (in characters that are read) that holds wherever it comes from."""

    def __init__(self, *args: Any, max_length: int, **kwargs: Any) -> None:
        kwargs.setdefault("features", FEATURES)
        super().__init__(*args, **{**kwargs, "max_length": max_length})

    @cached_property
    def validators(self) -> list[Any]:
        """Those given, and the limit."""
        return [*super().validators, RichTextMaxLengthValidator(self.max_length)]

    def deconstruct(self) -> Any:
        """What a migration writes: Wagtail's own field."""
        name, _, args, kwargs = super().deconstruct()
        return name, "wagtail.fields.RichTextField", args, kwargs

    def clone(self) -> Any:
        """A copy with the same features, which no migration holds."""
        _name, _path, args, kwargs = self.deconstruct()
        return type(self)(*args, **kwargs, features=self.features, editor=self.editor)
