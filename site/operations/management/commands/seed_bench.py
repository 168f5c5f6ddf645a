"""Fill a database with made-up organisations and facilities, for measurements."""

from argparse import ArgumentParser
from functools import partial
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from network.facilities.models import Facility, Method
from operations.seeding import PREFIX, Seeder


class Command(BaseCommand):
    help = (
        "Makes organisations and facilities up, marked as sample, with their search entries but "
        "without an index (search_rebuild). Needs the network's data and the vocabularies."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--facilities", type=int, default=20_000)
        parser.add_argument("--organisations", type=int, default=2_000)

    def handle(self, *args: Any, **options: Any) -> None:
        if Facility.objects.filter(slug__startswith=PREFIX).exists():
            raise CommandError("This database has been seeded already.")
        if not Method.objects.exists():
            raise CommandError("Run load_network_data and load_vocabularies first.")
        seeder = Seeder(partial(tqdm, disable=None))
        seeder.seed(organisations=options["organisations"], facilities=options["facilities"])
        self.stdout.write(
            f"{options['organisations']} organisations and {options['facilities']} facilities made."
        )
