"""What a measurement found, and the table of all of them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from operations.bench.measuring import Effort
from operations.bench.stage import Stage

HEADINGS: Final = ("row", "what", "measured", "× floor", "queries", "target", "")
VERDICTS: Final = {True: "ok", False: "MISSED", None: "–"}


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the table. ``passed`` is None where nothing was promised."""

    row: str
    what: str
    measured: str
    target: str = "for information"
    passed: bool | None = None
    ratio: float | None = None
    queries: int | None = None
    details: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The result as plain data."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Bench:
    """What a row measures with."""

    stage: Stage
    effort: Effort


Measure = Callable[[Bench], Iterable[Result]]


@dataclass(frozen=True, slots=True)
class Row:
    """A measurement by name. ``asked`` rows are made only when they are named with --only."""

    name: str
    measure: Measure
    asked: bool = False


def table(results: Sequence[Result]) -> str:
    """Return the results as a Markdown table with aligned columns."""
    lines = [HEADINGS, *(_cells(result) for result in results)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADINGS))]
    rule = tuple("-" * width for width in widths)
    return "\n".join(_line(line, widths) for line in (lines[0], rule, *lines[1:]))


def _cells(result: Result) -> tuple[str, ...]:
    return (
        result.row,
        result.what,
        result.measured,
        "" if result.ratio is None else f"{result.ratio:.2f}",
        "" if result.queries is None else str(result.queries),
        result.target,
        VERDICTS[result.passed],
    )


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
    return f"| {' | '.join(padded)} |"
