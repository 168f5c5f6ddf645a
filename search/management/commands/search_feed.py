"""Send what waits in the outbox to the engine."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.engines.base import EngineError
from search.feed import Feed


class Command(BaseCommand):
    help = "Sends what waits in the outbox to the engine; the worker does the same all the time."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--follow", type=float, metavar="SECONDS", help="look again after so many seconds"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        feed = Feed()
        try:
            while True:
                self.stdout.write(f"{feed.run()} items fed.")
                if options["follow"] is None:
                    return
                time.sleep(max(options["follow"], 0.1))
        except EngineError as error:
            raise CommandError(f"Nothing is lost; the engine did not answer: {error}.") from error
        finally:
            feed.close()
