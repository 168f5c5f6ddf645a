"""Handing e-mail to the mail server, and knowing afterwards how far it got."""

from __future__ import annotations

import smtplib
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend as DjangoBackend

SMTP_BACKEND: Final = "django.core.mail.backends.smtp.EmailBackend"
PERMANENT: Final = 500
OK: Final = 250


class Outcome(Enum):
    """What became of an e-mail."""

    ACCEPTED = "accepted"
    LATER = "later"  # certainly not taken, may be tried again
    REFUSED = "refused"  # for good: what was sent
    NO_SUCH_ADDRESS = "no such address"  # for good: whom it was sent to
    UNKNOWN = "unknown"  # the text was handed over and no answer came


@dataclass(frozen=True, slots=True)
class Answer:
    """The outcome and what the mail server said."""

    outcome: Outcome
    said: str = ""


class ServerAwayError(Exception):
    """The mail server does not answer, or does not let us in."""


class _Remembering:
    """Knows whether the text of an e-mail has begun to go over the wire."""

    handed_over = False

    def data(self, msg: Any) -> Any:
        self.handed_over = True
        return super().data(msg)  # type: ignore[misc]  # smtplib's, beside which this is put


class _SMTP(_Remembering, smtplib.SMTP):
    pass


class _SMTPOverTLS(_Remembering, smtplib.SMTP_SSL):
    pass


class RememberingBackend(DjangoBackend):
    """Django's own, with a client that knows how far an e-mail has come."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """The client for plain or encrypted connections."""
        return _SMTPOverTLS if self.use_ssl else _SMTP


class Carrier:
    """A connection to the mail server, opened when first needed."""

    def __init__(self) -> None:
        self._connection: BaseEmailBackend | None = None

    def open(self) -> None:
        """Be connected to a server that answers. Raises ServerAwayError."""
        try:
            if self._connection is None or not self._answers():
                self.close()
                self._connection = _backend()
                self._connection.open()
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            raise ServerAwayError(str(error)) from error

    def hand_over(self, message: EmailMessage) -> Answer:
        """Give the server a message; :meth:`open` must have been called right before."""
        assert self._connection is not None
        client = self._client()
        if client is not None:
            client.handed_over = False
        try:
            self._connection.send_messages([message])
        except smtplib.SMTPRecipientsRefused as error:
            ((code, said),) = error.recipients.values()
            return _judged(code, said, about_address=True)
        except smtplib.SMTPSenderRefused as error:
            # That is about us, so it is tried again when somebody has seen to it.
            return Answer(Outcome.LATER, _text(error.smtp_code, error.smtp_error))
        except smtplib.SMTPResponseException as error:
            return _judged(error.smtp_code, error.smtp_error, about_address=False)
        except (smtplib.SMTPException, OSError) as error:
            taken = client is None or client.handed_over
            self.close()
            return Answer(Outcome.UNKNOWN if taken else Outcome.LATER, str(error))
        return Answer(Outcome.ACCEPTED)

    def close(self) -> None:
        """End the connection, whatever state it is in."""
        connection, self._connection = self._connection, None
        if connection is not None:
            try:
                connection.close()
            except (smtplib.SMTPException, OSError):
                return

    def _client(self) -> _SMTP | _SMTPOverTLS | None:
        client = getattr(self._connection, "connection", None)
        return client if isinstance(client, _SMTP | _SMTPOverTLS) else None

    def _answers(self) -> bool:
        client = self._client()
        try:
            return client is None or client.noop()[0] == OK
        except (smtplib.SMTPException, OSError):
            return False


def _backend() -> BaseEmailBackend:
    name = settings.EMAIL_BACKEND
    if name == SMTP_BACKEND:
        name = f"{RememberingBackend.__module__}.{RememberingBackend.__qualname__}"
    return get_connection(name)


def _judged(code: int, said: bytes | str, *, about_address: bool) -> Answer:
    text = _text(code, said)
    if code < PERMANENT:
        return Answer(Outcome.LATER, text)
    return Answer(Outcome.NO_SUCH_ADDRESS if about_address else Outcome.REFUSED, text)


def _text(code: int, said: bytes | str) -> str:
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return f"{code} {words}"
