"""Puts the first articles of best practice in place, and lets park staff write."""

from typing import Any

from django.core.management.base import BaseCommand

from pages.practice.loading import load_practices


class Command(BaseCommand):
    help = (
        "Makes the first articles of best practice in both languages from the network's data, and "
        "the workflow by which park staff write and editors approve. Needs load_network_data and "
        "load_initial_pages. What was made once is left to the editors."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        made = load_practices()
        self.stdout.write(f"Practices: {len(made)} made." if made else "Practices: no changes.")
        for key in made:
            self.stdout.write(f"  {key}")
