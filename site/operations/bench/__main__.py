"""Measure Parknett against a floor of the same run, and compare with what it must reach.

PostgreSQL, the floor, the production-like site and the search engine are started for the run
and end with it; the data is made up (20 000 facilities, 2 000 organisations). The last column
says ok or MISSED; the exit status is 1 when something was missed.
"""

import argparse
import json
import os
import platform
import signal
import sys
import tempfile
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from tqdm import tqdm

from operations.bench.forum_rows import FORUM_ROWS
from operations.bench.markdown import MARKDOWN_ROWS
from operations.bench.measuring import Effort
from operations.bench.page_rows import PAGE_ROWS, SQLITE_ROW
from operations.bench.people_rows import PEOPLE_ROWS
from operations.bench.processes import BenchError
from operations.bench.results import Bench, Result, Row, table
from operations.bench.search_rows import SEARCH_ROWS
from operations.bench.site_rows import SITE_ROWS
from operations.bench.stage import Size, Stage

ROWS: Final[tuple[Row, ...]] = (
    *(*PAGE_ROWS, *SEARCH_ROWS, *SITE_ROWS),
    # Last, as these write to what the others read.
    *(*MARKDOWN_ROWS, *FORUM_ROWS, *PEOPLE_ROWS, SQLITE_ROW),
)


def main() -> int:
    """Measure and print; return the exit status."""
    options = _parser().parse_args()
    rows = [row for row in ROWS if row.name in (options.only or ()) or _by_default(row, options)]
    size = Size(options.facilities, options.organisations, options.threads, options.posts)
    effort = Effort(options.rounds, options.seconds)
    # SIGTERM, too, must end what was started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with (
        tempfile.TemporaryDirectory(prefix="parknett-bench-") as directory,
        Stage(Path(directory), size, options.log or Path(directory) / "log") as stage,
    ):
        results = _measure(rows, Bench(stage, effort))
    floors = _floors(results)
    sys.stdout.write(f"\n{table(results)}\n")
    if options.json:
        options.json.write_text(json.dumps(_report(results, options, floors), indent=2))
    return 1 if any(result.passed is False for result in results) else 0


def _by_default(row: Row, options: argparse.Namespace) -> bool:
    return not options.only and not row.asked


def _measure(rows: Sequence[Row], bench: Bench) -> list[Result]:
    results: list[Result] = []
    with tqdm(rows, disable=None, unit="row") as bar:
        for row in bar:
            bar.set_description(row.name)
            for result in _results(row, bench):
                results.append(result)
                tqdm.write(f"{result.what}: {result.measured}", file=sys.stderr)
    return results


def _results(row: Row, bench: Bench) -> Iterable[Result]:
    try:
        yield from row.measure(bench)
    except BenchError as error:
        yield Result(row.name, row.name, f"not measured: {error}", "", passed=False)


def _floors(results: Sequence[Result]) -> list[float]:
    return [
        result.details["floor_per_second"]
        for result in results
        if "floor_per_second" in result.details
    ]


def _report(
    results: Sequence[Result], options: argparse.Namespace, floors: Sequence[float]
) -> dict[str, Any]:
    return {
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": {
            "system": platform.platform(),
            "processors": os.cpu_count(),
            "python": platform.python_version(),
        },
        "facilities": options.facilities,
        "organisations": options.organisations,
        "floor_per_second": sorted(floors)[len(floors) // 2] if floors else None,
        "results": [result.as_json() for result in results],
    }


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="bin/bench",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    names = [row.name for row in ROWS]
    parser.add_argument(
        "--only",
        nargs="+",
        choices=names,
        metavar="NAME",
        help=f"only these rows: {', '.join(names)} (million is made only when named)",
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all numbers here, too")
    parser.add_argument("--log", type=Path, metavar="FILE", help="what the measured sites print")
    parser.add_argument("--rounds", type=int, default=5, help="floor and page by turns (5)")
    parser.add_argument("--seconds", type=float, default=3.0, help="length of one load (3)")
    parser.add_argument("--facilities", type=int, default=20_000)
    parser.add_argument("--organisations", type=int, default=2_000)
    parser.add_argument("--threads", type=int, default=20_000)
    parser.add_argument("--posts", type=int, default=1_000_000)
    return parser


if __name__ == "__main__":
    sys.exit(main())
