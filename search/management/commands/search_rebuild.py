"""Build a fresh index from the projection and put it in use."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from search.documents import documents
from search.engines.base import EngineError
from search.models import SearchEntry
from search.projection import project_all
from search.rebuild import RebuildError, rebuild


class Command(BaseCommand):
    help = (
        "Builds a fresh search index from the projection and swaps it in. The site goes on searching "
        "the old one meanwhile; what is saved during the build is in the new one, too."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--project",
            action="store_true",
            help="first write the projection anew from the objects themselves",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["project"]:
            for document in documents().values():
                total = document.queryset().count()
                with tqdm(total=total, desc=f"project {document.type}", disable=None) as bar:
                    project_all(document.type, bar)
        try:
            with tqdm(total=SearchEntry.objects.count(), desc="index", disable=None) as bar:
                count = rebuild(bar)
        except (RebuildError, EngineError) as error:
            raise CommandError(f"The index in use is untouched: {error}.") from error
        self.stdout.write(f"{count} entries indexed.")
