"""A mail server that can be told to refuse."""

import contextlib
from dataclasses import dataclass, field

from aiosmtpd.controller import Controller

from tests.servers.mailbox import Mailbox
from tests.servers.process import free_port


@dataclass
class UnwillingMailbox(Mailbox):
    """``recipients`` maps addresses to answers, ``data`` is the answer to the text.

    ``hangs_up`` ends the connection after the text instead of answering, having kept it.
    """

    recipients: dict[str, str] = field(default_factory=dict)
    data: str = ""
    sender: str = ""
    hangs_up: bool = False

    async def handle_MAIL(self, server, session, envelope, address, options):
        if not self.sender:
            envelope.mail_from = address
        return self.sender or "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        answer = self.recipients.get(address, "250 OK")
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server, session, envelope):
        if self.data:
            return self.data
        answer = await super().handle_DATA(server, session, envelope)
        if self.hangs_up:
            server.transport.abort()
        return answer


@contextlib.contextmanager
def receiving_unwillingly():
    """Run one on 127.0.0.1 until the end of the block."""
    mailbox = UnwillingMailbox("127.0.0.1", free_port())
    controller = Controller(mailbox, hostname=mailbox.host, port=mailbox.port)
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()
