"""Compare the engine with the projection."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.checking import compare, repair
from search.engines.base import EngineError
from search.rebuild import RebuildError

SHOWN = 20


class Command(BaseCommand):
    help = "Compares the engine with the projection by key, version and audience."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--repair",
            action="store_true",
            help="announce each difference to the feed; build an index that is ahead afresh",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            differences = compare()
        except EngineError as error:
            raise CommandError(f"The engine did not answer: {error}.") from error
        for name in ("missing", "surplus", "stale", "ahead"):
            keys = getattr(differences, name)
            self.stdout.write(f"{name}: {len(keys)} {' '.join(keys[:SHOWN])}".rstrip())
        if not differences.keys:
            return
        if not options["repair"]:
            raise CommandError("The index differs from the projection; --repair mends it.")
        try:
            self.stdout.write(f"{repair(differences)} entries mended, or announced to the feed.")
        except (EngineError, RebuildError) as error:
            raise CommandError(f"Nothing was mended: {error}.") from error
