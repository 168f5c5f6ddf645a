"""Facilities as a table with the columns of the import, so that it can be taken in again unchanged."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from typing import Any, Final

from accounts.roles import AnyUser
from network.facilities.models import Facility, PriceNote
from network.facilities.rows import COLUMNS, RowReader
from network.organisations.models import Organisation
from search.finding import find_keys
from search.query import SearchRequest

CHUNK: Final = 500


def rows_of(
    facilities: Iterable[Facility], unnamed_hosts: Container[int] = ()
) -> Iterator[list[str]]:
    """The cells of each facility; terms and hosts are written as the import finds them again.

    ``unnamed_hosts`` are the keys of organisations that whoever reads the rows may not see.
    """
    writer = RowReader(COLUMNS)
    for facility in facilities:
        cells = _cells(facility, writer)
        if facility.host_id in unnamed_hosts:
            cells["host"] = ""
        yield [cells[column] for column in COLUMNS]


def found_rows(request: SearchRequest, user: AnyUser) -> Iterator[list[str]]:
    """The rows of everything that a search finds, in its order, read bit by bit.

    What is found is settled at once, so that no search engine can break off what has begun.
    """
    pks = [int(key.rpartition(":")[2]) for key in find_keys(request)]
    seen = Organisation.objects.visible_to(user).values("pk")
    hidden = set(Organisation.objects.exclude(pk__in=seen).values_list("pk", flat=True))
    return rows_of(in_order(pks, user), hidden)


def in_order(pks: Sequence[int], user: AnyUser) -> Iterator[Facility]:
    """The facilities with these keys that ``user`` may see, in this order, ``CHUNK`` at a time."""
    readable = (
        Facility.objects.visible_to(user)
        .select_related("park", "host")
        .prefetch_related("methods", "materials", "standards", "equipment", "prices")
    )
    for start in range(0, len(pks), CHUNK):
        chunk = pks[start : start + CHUNK]
        by_pk = {facility.pk: facility for facility in readable.filter(pk__in=chunk)}
        yield from (by_pk[pk] for pk in chunk if pk in by_pk)


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
