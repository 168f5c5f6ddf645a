"""Uploads: their names, and their files, which go again when the transaction fails.

The database takes back only rows.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from pathlib import PurePath
from typing import Final, ParamSpec, TypeVar

from django.db.models.fields.files import FieldFile
from django.utils.text import get_valid_filename

P = ParamSpec("P")
R = TypeVar("R")
_written: Final[ContextVar[list[FieldFile] | None]] = ContextVar("written", default=None)


def note_file(file: FieldFile) -> None:
    """Say that ``file`` is written. Only inside what :func:`taking_files_back` surrounds."""
    written = _written.get()
    assert written is not None
    written.append(file)


def taking_files_back(service: Callable[P, R]) -> Callable[P, R]:
    """Around a transactional service: the files that it noted are deleted if it raises anything.

    Put it outside ``transaction.atomic``, so that a commit that fails counts too. What a service
    noted stays in the care of the one that called it.
    """

    @wraps(service)
    def careful(*args: P.args, **kwargs: P.kwargs) -> R:
        outer = _written.get()
        mine: list[FieldFile] = []
        token = _written.set(mine)
        try:
            result = service(*args, **kwargs)
        except BaseException:
            for file in mine:
                file.storage.delete(file.name or "")
            raise
        finally:
            _written.reset(token)
        if outer is not None:
            outer.extend(mine)
        return result

    return careful


def plain_name(name: str) -> str:
    """The file's own name without anything that a file system or a header could mistake."""
    path = PurePath(name.replace("\\", "/"))
    stem = get_valid_filename(path.stem.strip(". ") or "fil")[:150]
    return f"{stem}{path.suffix.lower()[:8]}"
