"""The servers by name, as the command line and the fixtures know them."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial

from tests.servers import elasticsearch, opensearch, postgres

Runner = Callable[[int | None], AbstractContextManager[str]]

RUNNERS: dict[str, Runner] = {
    "postgres": postgres.running,
    "opensearch": opensearch.running,
    "elasticsearch-8": partial(elasticsearch.running, "8.19.7"),
    "elasticsearch-9": partial(elasticsearch.running, "9.2.0"),
}

DURABLE: dict[str, Runner] = {"postgres": partial(postgres.running, durable=True)}
