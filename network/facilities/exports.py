"""Facilities as a table with the columns of the import, so that it can be taken in again unchanged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from accounts.roles import AnyUser
from network.facilities.models import Facility, PriceNote
from network.facilities.rows import COLUMNS, RowReader
from search.finding import find
from search.query import MAX_PAGE_SIZE, SearchRequest

LIMIT: Final = 2_000


def rows_of(facilities: Iterable[Facility]) -> Iterator[list[str]]:
    """The cells of each facility; terms and hosts are written as the import finds them again."""
    writer = RowReader(COLUMNS)
    for facility in facilities:
        cells = _cells(facility, writer)
        yield [cells[column] for column in COLUMNS]


def found_facilities(request: SearchRequest, user: AnyUser) -> list[Facility]:
    """What a search finds, in its order, at most ``LIMIT`` of it."""
    pks: list[int] = []
    for page in range(1, LIMIT // MAX_PAGE_SIZE + 1):
        part = replace(request, page=page, size=MAX_PAGE_SIZE, facets=())
        found = find(part, user)
        pks += [int(hit.entry.key.rpartition(":")[2]) for hit in found.items]
        if page * MAX_PAGE_SIZE >= found.total:
            break
    return in_order(pks, user)


def in_order(pks: Sequence[int], user: AnyUser) -> list[Facility]:
    """The facilities with these keys that ``user`` may see, in this order."""
    readable = (
        Facility.objects.visible_to(user)
        .select_related("park", "host")
        .prefetch_related("methods", "materials", "standards", "equipment", "prices")
    )
    by_pk: dict[int, Facility] = {}
    for start in range(0, len(pks), 500):
        by_pk |= {f.pk: f for f in readable.filter(pk__in=pks[start : start + 500])}
    return [by_pk[pk] for pk in pks if pk in by_pk]


def _cells(facility: Facility, writer: RowReader) -> dict[str, str]:
    plain = (
        *("slug", "name_nb", "name_en", "summary_nb", "summary_en", "description_nb"),
        *("description_en", "scale", "access", "trl_min", "trl_max", "lead_time_days"),
        *("lat", "lon", "contact_email", "url"),
    )
    cells = {name: _text(getattr(facility, name)) for name in plain}
    for name, vocabulary in writer.vocabularies.items():
        terms = getattr(facility, name).all()
        cells[name] = ";".join(_escaped(vocabulary.written(term)) for term in terms)
    machines = [(m.name_nb, m.make, m.range, m.unit) for m in facility.equipment.all()]
    everybody = PriceNote.UserType.ALL
    notes = [p.note_nb for p in facility.prices.all() if p.user_type == everybody]
    return cells | {
        "park": facility.park.slug,
        "host": writer.hosts.written(facility.host),
        "equipment": ";".join(_machine(parts) for parts in machines),
        "price_note": notes[0] if notes else "",
        "last_confirmed": facility.confirmed_on.isoformat() if facility.confirmed_on else "",
    }


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _escaped(value: str) -> str:
    return value.replace(";", "\\;")


def _machine(parts: Sequence[str]) -> str:
    """Name alone, or the four parts with a bar between."""
    joined = "|".join(_escaped(part.replace("|", "\\|")) for part in parts)
    return joined.rstrip("|") if not parts[0].endswith("|") else joined
