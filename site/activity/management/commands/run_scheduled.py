"""What is to be done again and again, for a cron table or by hand."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from activity.schedule import run_due


class Command(BaseCommand):
    help = (
        "Does the scheduled jobs that are due and tells which. It may run as often as one likes and "
        "beside the worker, which does them as well: no job runs twice at a time."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--now", action="store_true", help="do all jobs, due or not")

    def handle(self, *args: Any, **options: Any) -> None:
        for name in run_due(at_once=options["now"]):
            self.stdout.write(name)
