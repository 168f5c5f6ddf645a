"""The matrix park × focus area."""

from __future__ import annotations

from dataclasses import dataclass

from network.parks.models import FocusArea, Park, ParkFocus


@dataclass(frozen=True, slots=True)
class Row:
    """A park and its cells in the order of the areas: the mark's status in words, or empty."""

    slug: str
    label: str
    name: str
    url: str
    cells: tuple[str, ...]

    @property
    def marks(self) -> int:
        """How many areas are marked."""
        return sum(1 for cell in self.cells if cell)


@dataclass(frozen=True, slots=True)
class Matrix:
    """All parks by all focus areas, parks with most marks first.

    ``totals`` counts the marked parks of each area; ``statuses`` are those that occur, in words.
    """

    areas: tuple[str, ...]
    rows: tuple[Row, ...]
    totals: tuple[int, ...]
    statuses: tuple[str, ...]
    distinguishes: bool

    @property
    def unmarked(self) -> list[Row]:
        """The parks of which nothing is reported."""
        return [row for row in self.rows if not row.marks]


def read_matrix() -> Matrix:
    """The matrix in the reader's language. Three queries."""
    areas = list(FocusArea.objects.all())
    marked = {
        (park_id, area_id): ParkFocus.Status(status)
        for park_id, area_id, status in ParkFocus.objects.values_list("park", "area", "status")
    }
    rows = [
        Row(
            park.slug,
            park.label,
            park.name,
            park.get_absolute_url(),
            tuple(
                str(status.label) if (status := marked.get((park.pk, area.pk))) else ""
                for area in areas
            ),
        )
        for park in Park.objects.all()
    ]
    rows.sort(key=lambda row: (-row.marks, row.name))
    statuses = set(marked.values())
    return Matrix(
        areas=tuple(area.name for area in areas),
        rows=tuple(rows),
        totals=tuple(sum(1 for row in rows if row.cells[i]) for i in range(len(areas))),
        statuses=tuple(str(s.label) for s in ParkFocus.Status if s in statuses),
        distinguishes=bool(statuses - {ParkFocus.Status.REPORTED}),
    )
