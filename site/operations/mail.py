"""Mail where there is no mail server: what a reader would read, on the terminal."""

from __future__ import annotations

from typing import Any, Final

from django.core.mail.backends.console import EmailBackend

LINE: Final = "-" * 79


class TextBackend(EmailBackend):
    """Prints to whom a letter goes, its subject and its text; not the same again as HTML."""

    def write_message(self, message: Any) -> None:
        """One letter."""
        self.stream.write(
            f"{LINE}\nTo: {', '.join(message.recipients())}\nSubject: {message.subject}\n\n"
            f"{message.body.strip()}\n{LINE}\n"
        )
