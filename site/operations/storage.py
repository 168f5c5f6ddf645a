"""Files that are stored whole or not at all."""

from __future__ import annotations

import os
import uuid
from pathlib import Path
from typing import Any

from django.core.files.storage import FileSystemStorage


class WholeFileStorage(FileSystemStorage):
    """Writes beside the final name and moves the file there when all of it is on the disk.

    A disk that fills up, or a process that is killed, half-way leaves nothing by that name.
    """

    def _save(self, name: str, content: Any) -> str:
        """Save under ``name``, or a free one like it; gives that name. Raises OSError."""
        folder, _, _last = name.rpartition("/")
        draft = f"{folder}/.{uuid.uuid4().hex}.part".lstrip("/")
        unfinished = Path(self.path(draft))
        try:
            super()._save(draft, content)  # type: ignore[misc]  # the stubs leave it out
            while True:
                try:
                    # Unlike a move, a link takes nobody's name away.
                    os.link(unfinished, self.path(name))
                except FileExistsError:
                    name = self.get_available_name(name)
                else:
                    return name
        finally:
            unfinished.unlink(missing_ok=True)
