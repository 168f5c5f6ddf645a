"""The site as a whole: what a first visit fetches, its memory, how soon it starts again."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from operations.bench.first_visit import first_visit
from operations.bench.measuring import load
from operations.bench.phrases import SEARCH_PATHS
from operations.bench.processes import HOST, BenchError, free_port
from operations.bench.results import Bench, Result, Row
from operations.bench.stage import ROOT

MOST_BYTES: Final = 80_000
MOST_MEBIBYTES: Final = 350
MOST_SECONDS_TO_START: Final = 5.0
SECONDS_UNTIL_HUNG: Final = 900
BYTES_IN_KIB: Final = 1024


def _first_visit(bench: Bench) -> Iterable[Result]:
    visit = first_visit(bench.stage.site().address)
    fetched = visit.total
    others = ", ".join(sorted(visit.other_hosts)) or "no other host"
    yield Result(
        row="first-visit",
        what="first visit of the home page, all but images, compressed",
        measured=f"{fetched / 1000:.1f} kB in {len(visit.sizes)} requests, {others}",
        target=f"≤ {MOST_BYTES // 1000} kB, no other host",
        passed=fetched <= MOST_BYTES and not visit.other_hosts,
        details={"bytes": visit.sizes},
    )


def _memory(bench: Bench) -> Iterable[Result]:
    site = bench.stage.site()
    for paths in filter(None, (*site.inside("paths").values(), SEARCH_PATHS)):
        load(site.port, paths, bench.effort.seconds, bench.effort.concurrency)
    processes = [_proportional_bytes(each) / 2**20 for each in _tree(site.process.pid)]
    mebibytes = sum(processes)
    yield Result(
        row="memory",
        what="web (2 workers) + task worker, proportional memory after load",
        measured=f"{mebibytes:.0f} MiB in {len(processes)} processes",
        target=f"≤ {MOST_MEBIBYTES} MiB",
        passed=mebibytes <= MOST_MEBIBYTES,
        details={"mebibytes": processes},
    )


def _tree(process_id: int) -> Iterator[int]:
    yield process_id
    for task in Path(f"/proc/{process_id}/task").iterdir():
        for child in (task / "children").read_text().split():
            yield from _tree(int(child))


def _proportional_bytes(process_id: int) -> int:
    """Return the memory of a process in which what is shared counts in shares (Linux's PSS)."""
    for line in Path(f"/proc/{process_id}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * BYTES_IN_KIB
    raise BenchError(f"the system does not tell the memory of process {process_id}")


def _second_start(_bench: Bench) -> Iterable[Result]:
    with tempfile.TemporaryDirectory(prefix="parknett-start-") as directory:
        first = _seconds_to_start(directory)
        second = min(_seconds_to_start(directory) for _ in range(2))
    yield Result(
        row="second-start",
        what="./bin/run, second start",
        measured=f"{second:.1f} s (the first on a new data directory {first:.1f} s)",
        target=f"≤ {MOST_SECONDS_TO_START:.0f} s",
        passed=second <= MOST_SECONDS_TO_START,
        details={"first_seconds": first, "second_seconds": second},
    )


def _seconds_to_start(directory: str) -> float:
    port = free_port()
    command = [str(ROOT / "bin" / "run"), "--port", str(port), "--data-dir", directory]
    kept_out = ("DATABASE_URL", "SEARCH_URL", "DJANGO_SETTINGS_MODULE")
    environment = {name: value for name, value in os.environ.items() if name not in kept_out}
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *command],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    lines = []
    try:
        assert process.stdout is not None
        for line in process.stdout:
            lines.append(line)
            if line.strip() == f"Ready: http://{HOST}:{port}":
                return time.perf_counter() - began
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=SECONDS_UNTIL_HUNG)
    raise BenchError(f"bin/run ended before it was ready: {''.join(lines[-3:]).strip()}")


SITE_ROWS: Final = (
    Row("first-visit", _first_visit),
    Row("memory", _memory),
    Row("second-start", _second_start),
)
