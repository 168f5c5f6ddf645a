"""Files that come with an e-mail: those that belong to the answer, checked like uploads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Final

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from network.forum.models.post import MAX_FILES
from network.forum.writing.uploads import FilesField

MAX_PARTS: Final = 200
# Logos and portraits of signatures; a photograph or a screenshot is larger.
SIGNATURE_PICTURE: Final = 60 * 1024
# What programs add for each other.
_FOR_PROGRAMS: Final = frozenset(
    (
        *("application/pgp-signature", "application/pkcs7-signature", "text/calendar"),
        *("application/x-pkcs7-signature", "application/ms-tnef", "text/x-amp-html"),
    )
)


@dataclass(frozen=True, slots=True)
class Enclosed:
    """The files that are taken, and the names of those that are not, each with the reason."""

    files: tuple[SimpleUploadedFile, ...]
    refused: tuple[str, ...]


def enclosed_in(message: EmailMessage) -> Enclosed:
    """What is enclosed; signatures' pictures and what programs add are left out without a word."""
    taken: list[SimpleUploadedFile] = []
    refused: list[str] = []
    field = FilesField()
    for name, content in _files(message):
        if len(taken) == MAX_FILES:
            refused.append(name)
            continue
        try:
            taken += field.clean([SimpleUploadedFile(name, content)])
        except ValidationError as error:
            refused.append(" ".join(error.messages))
    return Enclosed(tuple(taken), tuple(refused))


def _files(message: EmailMessage) -> Iterator[tuple[str, bytes]]:
    shown_inside = _shown_inside(message)
    for number, part in enumerate(message.walk()):
        if number >= MAX_PARTS:
            return
        name = part.get_filename()
        if not name or part.is_multipart() or part.get_content_type() in _FOR_PROGRAMS:
            continue
        raw = part.get_payload(decode=True)
        content = raw if isinstance(raw, bytes) else b""
        is_inside = str(part.get("Content-ID", "")).strip().strip("<>") in shown_inside
        if is_inside and len(content) < SIGNATURE_PICTURE:
            continue
        yield _readable(name), content


def _readable(name: str) -> str:
    """A name without what is no text: line breaks, and bytes that nobody could decode."""
    return "".join(each if each.isprintable() else " " for each in name).strip()[-150:] or "fil"


def _shown_inside(message: EmailMessage) -> frozenset[str]:
    """The ids of the parts that the HTML shows among its words."""
    html = message.get_body(preferencelist=("html",))
    raw = html.get_payload(decode=True) if html is not None else b""
    text = raw.decode("latin-1") if isinstance(raw, bytes) else ""
    return frozenset(re.findall(r"cid:([^\"'>\s)]{1,200})", text))
