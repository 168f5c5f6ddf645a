"""Reading what people have answered by e-mail."""

import logging
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from network.forum.mail.mailboxes import messages_in
from network.forum.mail.receiving import DeferredError, take
from network.forum.models import ReceivedMail

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "Posts the answers by e-mail in a mailbox. Reading the same ones again posts nothing twice; "
        "the mailbox itself is left as it is."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("mailbox", type=Path, help="an mbox file or a Maildir")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.REPLY_ADDRESS:
            raise CommandError("PARKNETT_REPLY_ADDRESS is not set, so nobody was asked to answer.")
        came_to: Counter[str] = Counter()
        try:
            for raw in messages_in(options["mailbox"]):
                came_to[self._take(raw)] += 1
        except FileNotFoundError as error:
            raise CommandError(f"There is no mailbox {error}.") from error
        total, posted = sum(came_to.values()), came_to.pop(ReceivedMail.Outcome.POSTED, 0)
        others = ", ".join(f"{count} {what}" for what, count in sorted(came_to.items()))
        self.stdout.write(f"{total} e-mails, {posted} posted{f', {others}' if others else ''}.")
        if came_to["failed"]:
            raise CommandError("Some could not be read; they are tried again next time.")

    def _take(self, raw: bytes) -> str:
        """What came of one; one that cannot be read does not keep the others from it."""
        try:
            return str(take(raw) or "read before")
        except DeferredError:
            return "to be tried again"
        except Exception:
            logger.exception("A reply could not be read.")
            return "failed"
