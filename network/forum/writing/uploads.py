"""Files that come with a post: their types, their sizes, and whether they are what they say."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any, Final

import filetype
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import FileExtensionValidator
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _

from network.forum.models.group import FILE_EXTENSIONS
from network.forum.models.post import MAX_FILES

ACCEPTED: Final = ",".join(f".{extension}" for extension in FILE_EXTENSIONS)
READ_TO_GUESS: Final = 8192
# What the beginning of a file may be guessed as; office files are zip archives. Of texts nothing.
KINDS: Final[Mapping[str, frozenset[str]]] = {
    "pdf": frozenset({"pdf"}),
    "png": frozenset({"png"}),
    "jpg": frozenset({"jpg"}),
    "jpeg": frozenset({"jpg"}),
    "webp": frozenset({"webp"}),
    **{name: frozenset({name, "zip"}) for name in ("docx", "xlsx", "pptx", "odt", "ods", "odp")},
}


class FilesInput(forms.FileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Up to ten files, each of a known type and not too large; cleans to a list."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Files"),
            required=False,
            help_text=_("Pictures, drawings, reports: up to ten, at most 20 MB each."),
            widget=FilesInput(attrs={"accept": ACCEPTED, "multiple": True}),
            max_length=200,
            validators=[FileExtensionValidator(FILE_EXTENSIONS), _check_size, _check_content],
        )

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Each of the files, checked; none when one of them is wrong."""
        files = data if isinstance(data, list) else [data] if data else []
        if len(files) > MAX_FILES:
            raise ValidationError(_text("There can be ten files at most."))
        return [self._clean_one(each, initial) for each in files]

    def _clean_one(self, file: UploadedFile[Any], initial: Any) -> Any:
        try:
            return super().clean(file, initial)
        except ValidationError as error:
            message = f"{file.name}: {' '.join(error.messages)}"
            raise ValidationError(message) from error


def _check_size(file: UploadedFile[Any]) -> None:
    if (file.size or 0) > settings.MAX_UPLOAD_BYTES:
        raise ValidationError(
            _text("The file is larger than %(limit)s.")
            % {"limit": filesizeformat(settings.MAX_UPLOAD_BYTES)}
        )


def _check_content(file: UploadedFile[Any]) -> None:
    """Raise ValidationError for what is something else than its name says."""
    extension = PurePosixPath(file.name or "").suffix.lower().lstrip(".")
    file.seek(0)
    beginning = file.read(READ_TO_GUESS)
    file.seek(0)
    guess = filetype.guess(beginning)
    expected = KINDS.get(extension)
    if expected is None:
        fits = guess is None and b"\0" not in beginning
    else:
        fits = guess is not None and guess.extension in expected
    if not fits:
        raise ValidationError(_text("The file is not what its name says."))
