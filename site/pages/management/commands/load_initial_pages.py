"""Puts the front pages and the first pages in place."""

from typing import Any

from django.core.management.base import BaseCommand

from pages.initial import load_initial_pages


class Command(BaseCommand):
    help = (
        "Makes the front pages and the first pages in both languages, with menu and footer. What "
        "was made once is left to the editors: it is neither changed nor made again."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        made = load_initial_pages()
        self.stdout.write(
            f"Initial pages: {len(made)} made." if made else "Initial pages: no changes."
        )
        for key in made:
            self.stdout.write(f"  {key}")
