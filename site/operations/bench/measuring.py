"""Loads on the floor and on a page by turns, and what they say about each other.

A shared machine is quicker one second and slower the next, so each round asks the floor and the
page right after each other, and what counts is the median of the rounds' ratios.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any, Final

from operations.bench.processes import HOST, BenchError

# What one visitor does: requests one after the other, as `load.py` takes them.
Script = list[dict[str, Any]]

GENERATOR: Final = Path(__file__).with_name("load.py")
FLOOR_PATHS: Final = ("/",)
WARM_UP_SECONDS: Final = 1.0
WARM_UP_REQUESTS: Final = 64


@dataclass(frozen=True, slots=True)
class Effort:
    """How long and how hard is measured."""

    rounds: int
    seconds: float
    concurrency: int = 8


@dataclass(frozen=True, slots=True)
class Load:
    """One load: requests per second, latencies in milliseconds, bytes of an answer."""

    per_second: float
    p50_ms: float
    p95_ms: float
    bytes_each: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Medians over the rounds. ``ratio`` is requests per second, ``p95_ratio`` p95, page : floor."""

    page: Load
    floor: Load
    ratio: float
    p95_ratio: float


def load(
    port: int, what: Sequence[str | Script], seconds: float, concurrency: int, *, least: int = 1
) -> Load:
    """Go through paths or scripts in turn and measure; go on until `least` of them are done.

    Raises:
        BenchError: when something was not answered as it should, or not at all.
    """
    scripts = [[{"path": each}] if isinstance(each, str) else each for each in what]
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(scripts, file)
        file.flush()
        command = [sys.executable, str(GENERATOR), HOST, str(port), file.name]
        options = ["--seconds", str(seconds), "--concurrency", str(concurrency)]
        options += ["--least", str(least)]
        done = subprocess.run([*command, *options], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise BenchError(f"the load generator failed: {done.stderr.strip()[-200:]}")
    report = json.loads(done.stdout)
    if report["failed"] or not report["requests"]:
        raise BenchError(f"no answer, or not all as they should be: {report['statuses']}")
    return Load(**{name: float(report[name]) for name in Load.__slots__})


def compare(floor_port: int, port: int, what: Sequence[str | Script], effort: Effort) -> Comparison:
    """Measure the floor and paths or scripts by turns.

    Raises:
        BenchError: when something was not answered as it should.
    """
    for warmed, asked in ((floor_port, FLOOR_PATHS), (port, what)):
        load(warmed, asked, WARM_UP_SECONDS, effort.concurrency, least=WARM_UP_REQUESTS)
    floors, pages = [], []
    for _ in range(effort.rounds):
        floors.append(load(floor_port, FLOOR_PATHS, effort.seconds, effort.concurrency))
        pages.append(load(port, what, effort.seconds, effort.concurrency))
    pairs = list(zip(pages, floors, strict=True))
    return Comparison(
        page=_median(pages),
        floor=_median(floors),
        ratio=median(page.per_second / floor.per_second for page, floor in pairs),
        p95_ratio=median(page.p95_ms / floor.p95_ms for page, floor in pairs),
    )


def _median(loads: Sequence[Load]) -> Load:
    return Load(*(median(getattr(each, name) for each in loads) for name in Load.__slots__))
