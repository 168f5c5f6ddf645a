"""Mailboxes as a mail server leaves them: an mbox file or a Maildir. They are read and never changed."""

from __future__ import annotations

import mailbox
from collections.abc import Iterator
from pathlib import Path
from typing import Final

# A mail with ten photographs; base64 adds a third.
MAX_BYTES: Final = 40 * 1024 * 1024


def messages_in(path: Path) -> Iterator[bytes]:
    """Each e-mail, cut right above ``MAX_BYTES``.

    Raises FileNotFoundError when there is neither mbox nor Maildir.
    """
    if not path.exists():
        raise FileNotFoundError(path)
    box: mailbox.Maildir | mailbox.mbox
    box = mailbox.Maildir(path, create=False) if path.is_dir() else mailbox.mbox(path, create=False)
    try:
        for key in box.iterkeys():
            try:
                file = box.get_file(key)
            except KeyError:  # somebody has taken it away meanwhile
                continue
            with file:
                yield file.read(MAX_BYTES + 1)
    finally:
        box.close()
