"""Load or remove the sample: facilities, hosts and one log-in for each role."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from network.facilities.loading import load_vocabularies
from network.facilities.sample import LOGINS, PASSWORD, load_sample, remove_sample
from network.loading import Report
from network.parks.models import Park

THIS_MACHINE: Final = frozenset({"127.0.0.1", "localhost", "::1"})


class Command(BaseCommand):
    help = (
        "Load the sample facilities with their hosts, marked as sample wherever they show, and one "
        "log-in for each role. What was loaded once and is changed or deleted since stays so."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--remove", action="store_true", help="take all of it away again")
        parser.add_argument(
            "--force", action="store_true", help="also on a site that is open to others"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["remove"]:
            for kind, count in remove_sample().items():
                self.stdout.write(f"{kind}: {count} removed")
            return
        self._refuse_in_public(force=options["force"])
        if not Park.objects.exists():
            raise CommandError("There are no parks yet; run load_network_data first.")
        report = Report()
        load_vocabularies(Report())
        load_sample(report)
        for kind in report.kinds:
            self.stdout.write(
                f"{kind}: {report.created[kind]} created, "
                f"{report.unchanged[kind] + report.kept[kind]} there already"
            )
        for login in LOGINS:
            self.stdout.write(f"log-in {login.email} ({login.role}), password {PASSWORD}")

    def _refuse_in_public(self, *, force: bool) -> None:
        is_here = urlsplit(settings.BASE_URL).hostname in THIS_MACHINE
        if not (settings.DEBUG or is_here or force):
            raise CommandError(
                "This site is open to others, and the sample has log-ins whose password everybody "
                "knows. Use --force if that is what you want."
            )
