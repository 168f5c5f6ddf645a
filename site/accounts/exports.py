"""Everything that is held about a person, as a file for them."""

from __future__ import annotations

import json
import zipfile
from tempfile import SpooledTemporaryFile
from typing import IO, Final

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _

from accounts import personal
from accounts.models import User

IN_MEMORY_BYTES: Final = 2 * 1024 * 1024


def archive_of(user: User) -> IO[bytes]:
    """A zip archive with a JSON file for each part and a text that explains them, rewound.

    Rows are written one by one, and the archive moves to the disk when it grows, so memory is
    bounded whatever somebody has done here.
    """
    file: IO[bytes] = SpooledTemporaryFile(max_size=IN_MEMORY_BYTES)  # type: ignore[assignment]  # noqa: SIM115 - the response closes it
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        counts = {}
        for part in personal.registered():
            with archive.open(f"{part.name}.json", "w") as target:
                counts[part.name] = _write(target, part, user)
        archive.writestr("README.txt", _explained(user, counts))
    file.seek(0)
    return file


def _write(target: IO[bytes], part: personal.PersonalData, user: User) -> int:
    """One JSON list, a row a line; gives the number of rows."""
    count = 0
    target.write(b"[")
    for row in part.export(user):
        text = json.dumps(row, cls=DjangoJSONEncoder, ensure_ascii=False)
        target.write((",\n" if count else "\n").encode() + text.encode())
        count += 1
    target.write(b"\n]\n" if count else b"]\n")
    return count


def _explained(user: User, counts: dict[str, int]) -> str:
    lines = [
        _("What this site holds about %(person)s.") % {"person": user.email},
        _("Each file is a list in JSON. Times are UTC. Passwords and keys are not among it."),
        "",
        *(f"{name}.json: {count}" for name, count in counts.items()),
    ]
    return "\n".join(lines) + "\n"
