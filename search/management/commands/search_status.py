"""How the search is doing."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count

from search.engines import engine
from search.engines.base import EngineError
from search.feed import building, waiting
from search.models import SearchEntry


class Command(BaseCommand):
    help = "Prints the engine, its index and what waits. Exits 1 when there is no usable index."

    def handle(self, *args: Any, **options: Any) -> None:
        types = SearchEntry.objects.values_list("type").annotate(Count("key")).order_by("type")
        status: dict[str, object] = {
            "engine": engine().name,
            "projection": dict(types),
            "waiting": waiting(),
            "building": building(),
        }
        try:
            ready = engine().ready()
            status |= {"ready": ready, "index": engine().describe() if ready else None}
        except EngineError as error:
            ready = False
            status |= {"ready": False, "error": str(error)}
        self.stdout.write(json.dumps(status, indent=2, ensure_ascii=False))
        if not ready:
            raise CommandError("There is no usable index; search_rebuild makes one.")
