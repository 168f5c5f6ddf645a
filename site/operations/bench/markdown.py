"""How long it takes to turn people's texts into HTML, ordinary ones and those made to take long."""

import time
from collections.abc import Callable, Iterable, Mapping
from statistics import median
from typing import Final

from network.forum.text import render
from operations.bench.results import Bench, Result, Row
from operations.bench.stage import run_inside

CHARACTERS: Final = 10_000
LONGEST: Final = 20_000
RUNS: Final = 15
MOST_MS: Final = 20.0
# What takes long may take this much longer than an ordinary text of its length, and no square of it.
MOST_MS_AT_WORST: Final = 500.0

PARAGRAPH: Final = """Vi målte lekkasjer i **trykkluftanlegget** en lørdag uten produksjon, med \
ultralyd og med måleren på hovedledningen. Forbruket var 4,1 m³ i minuttet uten at noe gikk, og det \
meste fant vi i koblinger fra før ombyggingen. Se [rapporten](https://example.org/rapport) eller \
https://example.org/en/maling for hvordan vi gjorde det.

- koblinger ved linje 2 og 3
- slanger ved pakkemaskinen
- en ventil som aldri stenger helt

> Har dere prøvd å stenge av om natten? Hos oss gav det mer enn å tette.

Etterpå regnet vi på hva det koster: 0,9 øre for hver kubikkmeter, gjennom hele året. Det betaler \
seg på et halvt år, også når noen må gå runden hver måned. Vi skriver mer når vi har målt igjen til \
våren, for vinteren er lite å sammenligne med.

"""
WORST: Final[Mapping[str, Callable[[int], str]]] = {
    "quotes": lambda size: "> " * (size // 2),
    "quoted lines": lambda size: "> a\n" * (size // 4),
    "brackets": lambda size: "![" * (size // 2),
    "links": lambda size: "[a](" * (size // 4),
    "table": lambda size: "|a" * 20 + "\n" + "|-" * 20 + "\n" + "|a\n" * (size // 3),
    "emphasis": lambda size: "*a_ " * (size // 4),
    "word": lambda size: "a" * size,
    "address": lambda size: "http://a.no/" + "(" * size,
    "slashes": lambda size: "://" * (size // 3),
    "hyphens": lambda size: "a-" * (size // 2) + ".no",
    "entities": lambda size: "&" * size,
    "lists": lambda size: "- a\n" * (size // 4),
}


def times() -> dict[str, dict[str, float]]:
    """Milliseconds for 10 kB of ordinary text, and for each of the worst at half and full length."""
    ordinary = (PARAGRAPH * (CHARACTERS // len(PARAGRAPH) + 1))[:CHARACTERS]
    render(ordinary)
    worst = {
        f"{name} {size}": _milliseconds(make(size)[:size], 3)
        for name, make in WORST.items()
        for size in (LONGEST // 2, LONGEST)
    }
    return {"ordinary": {"ms": _milliseconds(ordinary, RUNS)}, "worst": worst}


def _milliseconds(text: str, runs: int) -> float:
    taken = []
    for _ in range(runs):
        began = time.perf_counter()
        render(text)
        taken.append((time.perf_counter() - began) * 1000)
    return median(taken)


def _measure(bench: Bench) -> Iterable[Result]:
    found = run_inside(bench.stage.alone("markdown"), "markdown")
    ordinary, worst = found["ordinary"]["ms"], found["worst"]
    yield Result(
        row="markdown",
        what="Markdown of 10 kB to safe HTML",
        measured=f"{ordinary:.1f} ms",
        target=f"≤ {MOST_MS:.0f} ms",
        passed=ordinary <= MOST_MS,
        details=found,
    )
    slowest = max(worst, key=worst.__getitem__)
    growth = max(
        worst[f"{name} {LONGEST}"] / max(worst[f"{name} {LONGEST // 2}"], 1.0) for name in WORST
    )
    yield Result(
        row="markdown-worst",
        what="Markdown made to take long, 20 000 characters",
        measured=f"{worst[slowest]:.0f} ms ({slowest.rpartition(' ')[0]}), "
        f"× {growth:.1f} for twice the length",
        target=f"≤ {MOST_MS_AT_WORST:.0f} ms",
        passed=worst[slowest] <= MOST_MS_AT_WORST,
        details=worst,
    )


MARKDOWN_ROWS: Final = (Row("markdown", _measure),)
