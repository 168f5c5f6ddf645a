"""Load the methods, materials and standards that facilities are described with."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from network.facilities.loading import load_vocabularies
from network.loading import Report


class Command(BaseCommand):
    help = (
        "Load methods, materials and standards from the project's data file. Can be run again: "
        "what editors have changed or deleted stays as they left it."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        report = Report()
        load_vocabularies(report)
        for kind in report.kinds:
            self.stdout.write(
                f"{kind}: {report.created[kind]} created, {report.updated[kind]} updated, "
                f"{report.unchanged[kind]} unchanged, {report.kept[kind]} kept as edited"
            )
