"""Load the real data about parks and organisations."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from network.forum.groups.loading import load_groups
from network.forum.loading import load_categories
from network.loading import Report
from network.organisations.loading import load_organisations
from network.parks.loading import load_parks
from search.projection import recording


class Command(BaseCommand):
    help = (
        "Load the parks, the organisations and what describes them from the project's data files. "
        "Can be run again: what editors have changed or deleted stays as they left it."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        report = Report()
        with recording():
            load_parks(report)
            load_organisations(report)
            load_categories(report)
            load_groups(report)
        for kind in report.kinds:
            self.stdout.write(f"{kind}: {_summary(report, kind)}")
        if not report.has_changes:
            self.stdout.write("Nothing to change.")


def _summary(report: Report, kind: str) -> str:
    counts = {
        "created": report.created[kind],
        "updated": report.updated[kind],
        "unchanged": report.unchanged[kind],
        "kept as edited": report.kept[kind],
    }
    return ", ".join(f"{count} {what}" for what, count in counts.items() if count)
