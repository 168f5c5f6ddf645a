"""The search beyond its page: its API, how fast an index grows, how soon a change is found."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from operations.bench.measuring import compare
from operations.bench.page_rows import details
from operations.bench.phrases import API_PATHS
from operations.bench.results import Bench, Result, Row
from operations.bench.stage import Engine

API_P95_SHARE: Final = 10.0
INDEX_RATES: Final[dict[Engine, int]] = {"tantivy": 5000, "opensearch": 2000}
SECONDS_UNTIL_FOUND: Final = 2.0
MILLION: Final = 1_000_000


def _api(bench: Bench) -> Iterable[Result]:
    site = bench.stage.site()
    alone = replace(bench.effort, concurrency=1)
    found = compare(bench.stage.floor("postgres"), site.port, API_PATHS, alone)
    yield Result(
        row="api",
        what="/api/v1/search, tantivy, one at a time",
        measured=f"p95 {found.page.p95_ms:.1f} ms, {found.p95_ratio:.1f} × the floor's",
        ratio=found.ratio,
        target=f"p95 ≤ {API_P95_SHARE:.0f} × floor's p95",
        passed=found.p95_ratio <= API_P95_SHARE,
        details={**details(found), "p95_ratio": found.p95_ratio},
    )


def _index_rate(engine: Engine) -> Row:
    name = "index" if engine == "tantivy" else "index-engine"

    def measure(bench: Bench) -> Iterable[Result]:
        indexed = bench.stage.site("postgres", engine).indexed
        rate = indexed["per_second"]
        yield Result(
            row=name,
            what=f"index rate, {engine}",
            measured=f"{rate:.0f} entries/s ({indexed['entries']} in {indexed['seconds']:.1f} s)",
            target=f"≥ {INDEX_RATES[engine]} entries/s",
            passed=rate >= INDEX_RATES[engine],
            details=indexed,
        )

    return Row(name, measure)


def _found(bench: Bench) -> Iterable[Result]:
    site = bench.stage.site()
    seconds = sorted(site.inside("found", site.address))
    yield Result(
        row="found",
        what="saved on the site → found by search",
        measured=f"{max(seconds):.2f} s at most of {len(seconds)}, median "
        f"{seconds[len(seconds) // 2]:.2f} s",
        target=f"≤ {SECONDS_UNTIL_FOUND:.0f} s",
        passed=max(seconds) <= SECONDS_UNTIL_FOUND,
        details={"seconds": seconds},
    )


def _million(bench: Bench) -> Iterable[Result]:
    found = bench.stage.site().inside("million", str(MILLION))
    yield Result(
        row="million",
        what=f"{MILLION:,} entries on tantivy".replace(",", " "),
        measured=f"indexed in {found['seconds']:.0f} s, {found['bytes'] / 2**20:.0f} MiB, "
        f"search p50 {found['p50_ms']:.1f} ms, p95 {found['p95_ms']:.1f} ms",
        details=found,
    )


SEARCH_ROWS: Final = (
    Row("api", _api),
    _index_rate("tantivy"),
    _index_rate("opensearch"),
    Row("found", _found),
    Row("million", _million, asked=True),
)
