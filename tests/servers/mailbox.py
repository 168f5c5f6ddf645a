"""An SMTP server that keeps what it receives."""

import contextlib
import email
import email.policy
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.servers.process import free_port


@dataclass
class Mailbox:
    """Where the server listens and the messages it has received, oldest first."""

    host: str
    port: int
    messages: list[EmailMessage] = field(default_factory=list)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        """Keep a message; called by the server."""
        content = envelope.original_content or b""
        self.messages.append(email.message_from_bytes(content, policy=email.policy.default))
        return "250 Message accepted for delivery"


@contextlib.contextmanager
def receiving(port: int | None = None) -> Iterator[Mailbox]:
    """Receive mail on 127.0.0.1 until the end of the block."""
    mailbox = Mailbox("127.0.0.1", port or free_port())
    controller = Controller(mailbox, hostname=mailbox.host, port=mailbox.port)
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()
