"""Everything a data directory needs before the site is served, in one process."""

import time
from argparse import ArgumentParser
from collections.abc import Callable
from io import StringIO
from typing import Any, Final

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from network.facilities.models import Facility
from search.engines import engine
from search.engines.base import EngineError

SAMPLE_LOGINS_FILE: Final = "sample-logins.txt"


class Command(BaseCommand):
    help = (
        "Migrates the database, loads the real data, the first pages and the sample, and builds "
        "the search index where there is none of the present shape. Running it again changes "
        "nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--no-sample", action="store_true", help="leave the sample out")

    def handle(self, *args: Any, **options: Any) -> None:
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        self._step("Database", lambda: call_command("migrate", interactive=False, verbosity=0))
        self._step("Network data", lambda: call_command("load_network_data"))
        self._step("Pages", lambda: call_command("load_initial_pages"))
        self._step("Best practice", lambda: call_command("load_practices"))
        self._step("Vocabularies", lambda: call_command("load_vocabularies"))
        if not options["no_sample"]:
            self._step("Sample data", lambda: call_command("load_sample_data"))
            self._step("Sample threads", lambda: call_command("load_sample_threads"))
            self._keep_sample_logins()
        else:
            self._tell_of_sample()
        self._step("Search index", self._make_index)

    def _step(self, title: str, action: Callable[[], Any]) -> None:
        began = time.monotonic()
        action()
        self.stdout.write(f"    {title}: {time.monotonic() - began:.1f} s")

    def _tell_of_sample(self) -> None:
        """What an earlier start brought is not taken away unasked: people may have worked on it."""
        if Facility.objects.filter(sample=True).exists():
            self.stdout.write(
                "    The sample is still here from an earlier start; "
                "manage.py load_sample_data --remove takes it away."
            )

    def _keep_sample_logins(self) -> None:
        logins = StringIO()
        call_command("sample_logins", stdout=logins)
        (settings.DATA_DIR / SAMPLE_LOGINS_FILE).write_text(logins.getvalue(), encoding="utf-8")

    def _make_index(self) -> None:
        try:
            if not engine().ready():
                call_command("search_rebuild")
        except EngineError as error:
            # The site works without its engine and says so; a start must not depend on it.
            self.stderr.write(f"The search engine does not answer, so it has no index: {error}")
