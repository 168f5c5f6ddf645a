"""Load or remove the sample groups and threads."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from network.forum.groups.sample import load_sample_groups, remove_sample_groups
from network.forum.models import Category
from network.forum.sample import load_sample_threads, remove_sample_threads
from network.loading import Report


class Command(BaseCommand):
    help = (
        "Load the sample groups and threads, marked as sample wherever they show. What was loaded "
        "once and is changed or deleted since stays so."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--remove", action="store_true", help="take all of it away again")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["remove"]:
            self.stdout.write(f"threads: {remove_sample_threads()} removed")
            self.stdout.write(f"groups: {remove_sample_groups()} removed")
            return
        if not Category.objects.exists():
            raise CommandError("There are no categories yet; run load_network_data first.")
        report = Report()
        load_sample_groups(report)
        load_sample_threads(report)
        for kind in report.kinds:
            self.stdout.write(
                f"{kind}: {report.created[kind]} created, {report.unchanged[kind]} there already"
            )
