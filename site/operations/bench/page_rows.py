"""Pages under load, as a share of the floor's requests per second."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.request import urlopen

from operations.bench.measuring import Comparison, compare
from operations.bench.phrases import API_PATHS, SEARCH_PATHS
from operations.bench.processes import BenchError
from operations.bench.results import Bench, Result, Row
from operations.bench.stage import Database, Engine, Site

PATHS_FOR_COUNTING: Final = 5


@dataclass(frozen=True, slots=True)
class Page:
    """A measured page: its share of the floor and the queries it may take."""

    name: str
    what: str
    share: float
    most_queries: int | None = None
    engine: Engine = "tantivy"


PAGES: Final = (
    Page("home", "home page (Wagtail)", 0.25, 12),
    Page("section", "section page (Wagtail)", 0.25, 12),
    Page("park", "park page", 0.35, 10),
    Page("list", "facility list, 20 of all, with facets", 0.35, 10),
    Page("facility", "facility page", 0.35, 10),
    Page("search", "search page with facets and highlights, tantivy", 0.25),
    Page("search-engine", "search page with facets and highlights, OpenSearch", 0.15, None,
         "opensearch"),
)  # fmt: skip


def _measure(bench: Bench, page: Page, database: Database) -> Result:
    site = bench.stage.site(database, page.engine)
    paths = _paths(site, page)
    found = compare(bench.stage.floor(database), site.port, paths, bench.effort)
    if page.name.startswith("search"):
        _require_engine(site, page)
    queries = int(site.inside("queries", *paths[:PATHS_FOR_COUNTING]))
    few_enough = page.most_queries is None or queries <= page.most_queries
    promised = database == "postgres"
    return Result(
        row=page.name if promised else f"{page.name}-{database}",
        what=page.what if promised else f"{page.what}, {database}",
        measured=_words(found),
        ratio=found.ratio,
        queries=queries,
        target=_target(page) if promised else "for information",
        passed=(found.ratio >= page.share and few_enough) if promised else None,
        details=details(found),
    )


def _paths(site: Site, page: Page) -> Sequence[str]:
    if page.name.startswith("search"):
        return SEARCH_PATHS
    paths: list[str] = site.inside("paths")[page.name]
    if not paths:
        raise BenchError(f"there is no {page.what} to measure")
    return paths


def _require_engine(site: Site, page: Page) -> None:
    """Refuse to take the database's stand-in answers for the engine's."""
    with urlopen(f"{site.address}{API_PATHS[0]}", timeout=30) as response:  # noqa: S310 - ours
        answer = json.load(response)
    if answer["degraded"]:
        raise BenchError(f"{page.engine} did not answer within its budget under this load")


def _words(found: Comparison) -> str:
    page = found.page
    return f"{page.per_second:.0f}/s, p50 {page.p50_ms:.1f} ms, p95 {page.p95_ms:.1f} ms"


def _target(page: Page) -> str:
    queries = f", ≤ {page.most_queries} queries" if page.most_queries else ""
    return f"≥ {page.share:.2f} × floor{queries}"


def details(found: Comparison) -> dict[str, float]:
    """Return the numbers behind a comparison, for the JSON file."""
    return {
        "per_second": found.page.per_second,
        "p50_ms": found.page.p50_ms,
        "p95_ms": found.page.p95_ms,
        "bytes_each": found.page.bytes_each,
        "floor_per_second": found.floor.per_second,
        "floor_p50_ms": found.floor.p50_ms,
        "floor_p95_ms": found.floor.p95_ms,
    }


def _row(page: Page) -> Row:
    def measure(bench: Bench) -> Iterable[Result]:
        yield _measure(bench, page, "postgres")

    return Row(page.name, measure)


def _sqlite(bench: Bench) -> Iterable[Result]:
    for page in PAGES:
        if page.engine == "tantivy":
            yield _measure(bench, page, "sqlite")


PAGE_ROWS: Final = tuple(_row(page) for page in PAGES)
SQLITE_ROW: Final = Row("sqlite", _sqlite)
