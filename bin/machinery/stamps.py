"""Remembering what was done with which inputs, so that it is not done again."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path


def content_hash(paths: Iterable[Path], *facts: str) -> str:
    """Return the SHA-256 over names and contents of files, and over further facts.

    A file that is missing counts as such.
    """
    whole = hashlib.sha256()
    for fact in facts:
        whole.update(f"{fact}\0".encode())
    for path in sorted(set(paths)):
        content = path.read_bytes() if path.is_file() else b"missing"
        whole.update(f"{path}\0{hashlib.sha256(content).hexdigest()}\0".encode())
    return whole.hexdigest()


def files_below(
    directory: Path, suffixes: Iterable[str], without: Iterable[Path] = ()
) -> Iterator[Path]:
    """Yield the files below `directory` with one of `suffixes`, outside the trees `without`."""
    wanted = tuple(suffixes)
    skipped = {str(path) for path in without}
    for folder, folders, files in os.walk(directory):
        folders[:] = [
            each
            for each in folders
            if each != "__pycache__" and str(Path(folder, each)) not in skipped
        ]
        for name in files:
            if name.endswith(wanted):
                yield Path(folder, name)


class Stamp:
    """A file that holds the hash of the inputs with which a step was last done."""

    def __init__(self, path: Path, inputs: str) -> None:
        self._path = path
        self._inputs = inputs

    def is_current(self) -> bool:
        """Tell whether the step was done with exactly these inputs."""
        try:
            return self._path.read_text() == self._inputs
        except OSError:
            return False

    def set(self) -> None:
        """Note that the step has been done."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.write_text(self._inputs)

    def clear(self) -> None:
        """Forget that the step was done, before it is begun anew."""
        self._path.unlink(missing_ok=True)
