"""Everything that belongs to a facility, in one query.

The statement is made from the models once in a process. Making it anew for each page would cost ten
times as much as asking it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final, NamedTuple

from django.db import connection
from django.db.models import CharField, F, IntegerField, Model, QuerySet, Value
from django.db.models.functions import Cast

from network.facilities.models import (
    Equipment,
    Facility,
    FacilityDocument,
    FacilityImage,
    PriceNote,
)

# No facility has this number; it stands in the statement where the facility's is put.
NOBODY: Final = -1
TERMS: Final = ("methods", "materials", "standards", "themes")
TEXTS: Final = 5


class Part(NamedTuple):
    """A row of what belongs to a facility; what the texts and the number are, its kind tells."""

    kind: str
    position: int
    pk: int
    texts: tuple[str, ...]
    number: int


def parts_of(facility_pk: int) -> Mapping[str, Sequence[Part]]:
    """All that belongs to a facility by kind, each kind in its order.

    ``equipment`` has names in nb and en, make, range and unit, and as number how many there are;
    ``prices`` the type of user and the note in nb and en; ``documents`` title and name of the file;
    ``images`` the alternative texts in nb and en, and as number the image; terms have names in nb
    and en, their slug and, if they are standards, their code.
    """
    statement, parameters = _statement(connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(
            statement, [facility_pk if value == NOBODY else value for value in parameters]
        )
        rows = cursor.fetchall()
    found: dict[str, list[Part]] = defaultdict(list)
    for kind, position, pk, *texts, number in rows:
        found[kind].append(Part(kind, position, pk, tuple(texts), number))
    return found


@cache
def _statement(_vendor: str) -> tuple[str, tuple[Any, ...]]:
    first, *others = (*_own_parts(), *(_terms(name) for name in TERMS))
    every = first.union(*others, all=True).order_by("part_kind", "part_position", "part_key")
    statement, parameters = every.query.sql_with_params()
    return statement, tuple(parameters)


def _own_parts() -> Sequence[QuerySet[Any, Any]]:
    return (
        _rows(Equipment, "equipment", ("name_nb", "name_en", "make", "range", "unit"), "quantity"),
        _rows(PriceNote, "prices", ("user_type", "note_nb", "note_en")),
        _rows(FacilityDocument, "documents", ("title", "file")),
        _rows(FacilityImage, "images", ("alt_nb", "alt_en"), "image_id"),
    )


def _rows(
    model: type[Model], kind: str, texts: Sequence[str], number: str = ""
) -> QuerySet[Any, Any]:
    rows = model._default_manager.filter(facility_id=NOBODY)
    return _shaped(rows, kind, F("position"), texts, F(number) if number else Value(0))


def _terms(name: str) -> QuerySet[Any, Any]:
    field = Facility._meta.get_field(name)
    links: Any = field.remote_field.through._default_manager.filter(facility_id=NOBODY)
    term = field.m2m_reverse_field_name()
    texts = [f"{term}__{text}" for text in ("name_nb", "name_en", "slug")]
    if name == "standards":
        texts.append(f"{term}__code")
    return _shaped(links, name, Value(0), texts, Value(0))


def _shaped(
    rows: QuerySet[Any, Any], kind: str, position: Any, texts: Sequence[str], number: Any
) -> QuerySet[Any, Any]:
    """The same columns for every kind of part, as a union needs them."""
    columns: dict[str, Any] = {
        "part_kind": Cast(Value(kind), CharField()),
        "part_position": Cast(position, IntegerField()),
        "part_key": F("pk"),
    }
    for at in range(TEXTS):
        text = F(texts[at]) if at < len(texts) else Value("")
        columns[f"part_text_{at}"] = Cast(text, CharField())
    columns["part_number"] = Cast(number, IntegerField())
    shaped: QuerySet[Any, Any] = rows.order_by().annotate(**columns).values_list(*columns)
    return shaped
