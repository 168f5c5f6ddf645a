"""Reading what mail servers have sent back."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from activity.bounces import bounces_in, take


class Command(BaseCommand):
    help = (
        "Reads the bounces (RFC 3464) in a mailbox and stops the addresses that are refused for "
        "good. Reading the same ones again changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("mailbox", type=Path, help="an mbox file or a Maildir")

    def handle(self, *args: Any, **options: Any) -> None:
        seen = new = 0
        try:
            for bounce in bounces_in(options["mailbox"]):
                seen += 1
                new += take(bounce) is not None
        except FileNotFoundError as error:
            raise CommandError(f"There is no mailbox {error}.") from error
        self.stdout.write(f"{seen} bounces, {new} of them new.")
