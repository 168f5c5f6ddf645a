"""One row of an import: from cells to what a facility is to be, or to what is wrong with it."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import override

from network.facilities.models import (
    Access,
    Equipment,
    Facility,
    Material,
    Method,
    PriceNote,
    Scale,
    Standard,
)
from network.facilities.spreadsheets import Line, unguarded
from network.facilities.terms import Hosts, Vocabulary, norwegian_slug
from network.organisations.models import Organisation
from network.parks.models import Park

COLUMNS: Final = (
    "slug",
    "name_nb",
    "name_en",
    "summary_nb",
    "description_nb",
    "summary_en",
    "description_en",
    "park",
    "host",
    "methods",
    "materials",
    "equipment",
    "standards",
    "scale",
    "trl_min",
    "trl_max",
    "access",
    "price_note",
    "lead_time_days",
    "lat",
    "lon",
    "contact_email",
    "url",
    "last_confirmed",
)
REQUIRED: Final = ("slug", "name_nb", "summary_nb", "park", "host")
TERM_COLUMNS: Final = ("methods", "materials", "standards")
TEXT_COLUMNS: Final = COLUMNS[:7]
FIELD_OF: Final = {"last_confirmed": "confirmed_on"}
COLUMN_OF: Final = {field_name: column for column, field_name in FIELD_OF.items()}
MAX_VALUES: Final = 100
DATE_FORMATS: Final = ("%Y-%m-%d", "%d.%m.%Y")

_SPLIT_VALUES = re.compile(r"(?<!\\);")
_SPLIT_PARTS = re.compile(r"(?<!\\)\|")

Machine = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class RowError:
    """What is wrong, and where: ``column`` is empty when it is the row as a whole."""

    line: int
    column: str
    reason: str

    def __str__(self) -> str:
        if not self.column:
            return _("line %(line)d: %(reason)s") % {"line": self.line, "reason": self.reason}
        return _("line %(line)d, column %(column)s: %(reason)s") % {
            "line": self.line,
            "column": self.column,
            "reason": self.reason,
        }


@dataclass(slots=True)
class Draft:
    """What a row says; columns that the file lacks are not in it.

    ``machines`` are name, make, range and unit. ``price_note`` is for everybody.
    """

    line: int
    slug: str
    fields: dict[str, Any] = field(default_factory=dict)
    park: Park | None = None
    host: Organisation | None = None
    terms: dict[str, list[Any]] = field(default_factory=dict)
    machines: list[Machine] | None = None
    price_note: str | None = None


class RowReader:
    """Reads rows against what there is: parks, organisations and vocabularies, read once."""

    def __init__(self, columns: Sequence[str]) -> None:
        self.columns = columns
        self.hosts = Hosts()
        self.vocabularies: dict[str, Vocabulary[Any]] = {
            "methods": Vocabulary(Method),
            "materials": Vocabulary(Material),
            "standards": Vocabulary(Standard),
        }
        parks = list(Park.objects.all())
        self._parks = {norwegian_slug(park.name_nb): park for park in parks}
        self._parks |= {park.slug: park for park in parks}
        self._choices = {"scale": _choice_names(Scale), "access": _choice_names(Access)}

    def read(self, line: Line) -> tuple[Draft, list[RowError]]:
        """The row, and everything that is wrong with it."""
        draft, errors = Draft(line.number, ""), _Errors(line.number)
        if len(line.cells) != len(self.columns):
            errors.add(
                "",
                _("The row has %(cells)d cells, the heading %(columns)d.")
                % {"cells": len(line.cells), "columns": len(self.columns)},
            )
            return draft, errors.found
        cells = {
            column: clean_text(unguarded(cell))
            for column, cell in zip(self.columns, line.cells, strict=True)
        }
        draft.slug = cells["slug"]
        for column in REQUIRED:
            if not cells[column]:
                errors.add(column, _("This cell must not be empty."))
        self._read_fields(draft, cells, errors)
        self._read_links(draft, cells, errors)
        _check_fields(draft, errors)
        return draft, errors.found

    def _read_fields(self, draft: Draft, cells: Mapping[str, str], errors: _Errors) -> None:
        for column in TEXT_COLUMNS:
            if column in cells:
                draft.fields[column] = cells[column]
        for column, parse in _PARSERS.items():
            if column in cells:
                value = errors.catching(column, parse, cells[column])
                draft.fields[FIELD_OF.get(column, column)] = value
        for column, known in self._choices.items():
            if cells.get(column):
                value = known.get(norwegian_slug(cells[column]))
                if value is None:
                    allowed = ", ".join(sorted(set(known.values())))
                    errors.add(column, _("Use one of: %(values)s.") % {"values": allowed})
                else:
                    draft.fields[column] = value

    def _read_links(self, draft: Draft, cells: Mapping[str, str], errors: _Errors) -> None:
        if cells["park"]:
            draft.park = self._parks.get(norwegian_slug(cells["park"]))
            if draft.park is None:
                errors.add("park", _("There is no park “%(slug)s”.") % {"slug": cells["park"]})
        if cells["host"]:
            draft.host = self.hosts.find(cells["host"])
            errors.checking("host", draft.host, exclude=["slug"])
        for column in TERM_COLUMNS:
            if column in cells:
                self._read_terms(draft, column, cells[column], errors)
        if "equipment" in cells:
            _read_machines(draft, cells["equipment"], errors)
        if "price_note" in cells:
            draft.price_note = cells["price_note"]
            if draft.price_note:
                price = PriceNote(note_nb=draft.price_note)
                errors.checking("price_note", price, exclude=["facility"])

    def _read_terms(self, draft: Draft, column: str, cell: str, errors: _Errors) -> None:
        names = errors.catching(column, _values, cell) or []
        found = [self.vocabularies[column].find(name) for name in names]
        draft.terms[column] = list({term.slug: term for term in found}.values())
        for term in draft.terms[column]:
            errors.checking(column, term)


@dataclass(slots=True)
class _Errors:
    """Collects what is wrong with one row, one reason for each column."""

    line: int
    found: list[RowError] = field(default_factory=list)

    def add(self, column: str, reason: str) -> None:
        if not any(error.column == column for error in self.found):
            self.found.append(RowError(self.line, column, reason))

    def catching(self, column: str, parse: Callable[[str], Any], text: str) -> Any:
        """``parse(text)``, or None and an error."""
        try:
            return parse(text)
        except ValueError as error:
            self.add(column, str(error))
            return None

    def checking(self, column: str, instance: Any, exclude: Sequence[str] = ()) -> None:
        """An error if the model refuses a new instance."""
        if instance.pk is not None:
            return
        try:
            instance.clean_fields(exclude=list(exclude))
        except ValidationError as error:
            self.add(column, " ".join(error.messages))


def _read_machines(draft: Draft, cell: str, errors: _Errors) -> None:
    draft.machines = [_machine(item) for item in errors.catching("equipment", _values, cell) or []]
    for name, make, reach, unit in draft.machines:
        item = Equipment(name_nb=name, make=make, range=reach, unit=unit)
        errors.checking("equipment", item, exclude=["facility"])


def clean_text(text: str) -> str:
    """Without space around it and with one kind of line end."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _check_fields(draft: Draft, errors: _Errors) -> None:
    """What the model itself says about the fields that the row has."""
    facility = Facility(**draft.fields)
    unread = {f.name for f in Facility._meta.get_fields()} - draft.fields.keys()
    for check in (lambda: facility.clean_fields(exclude=unread), facility.clean):
        try:
            check()
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                errors.add(COLUMN_OF.get(name, name), " ".join(messages))


def _choice_names(choices: type[TextChoices]) -> dict[str, str]:
    """Values by everything they are called in either language."""
    names = {value: value for value in choices.values}
    for language in ("nb", "en"):
        with override(language):
            names |= {norwegian_slug(str(label)): value for value, label in choices.choices}
    return names


def _whole(text: str) -> int | None:
    if not text:
        return None
    try:
        return int(text)
    except ValueError:
        raise ValueError(_("This is not a whole number.")) from None


def _decimal(text: str) -> float | None:
    if not text:
        return None
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise ValueError(_("This is not a number."))
    return value


def _date(text: str) -> date | None:
    if not text:
        return None
    for pattern in DATE_FORMATS:
        try:
            return datetime.strptime(text, pattern).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
    raise ValueError(_("This is not a date; write it as 2026-11-30."))


def _address(text: str) -> str:
    return f"https://{text}" if text and "://" not in text else text


def _values(text: str) -> list[str]:
    r"""Values between semicolons; ``\;`` is a semicolon inside one."""
    parts = [part.replace("\\;", ";").strip() for part in _SPLIT_VALUES.split(text)]
    values = [part for part in parts if part]
    if len(values) > MAX_VALUES:
        raise ValueError(_("There are more than %(limit)d values.") % {"limit": MAX_VALUES})
    return values


def _machine(item: str) -> Machine:
    """``name|make|range|unit``, of which all but the name may be left out."""
    parts = [part.replace("\\|", "|").strip() for part in _SPLIT_PARTS.split(item, maxsplit=3)]
    name, make, reach, unit = (*parts, "", "", "")[:4]
    return name, make, reach, unit


_PARSERS: Final[Mapping[str, Callable[[str], Any]]] = {
    "trl_min": _whole,
    "trl_max": _whole,
    "lead_time_days": _whole,
    "lat": _decimal,
    "lon": _decimal,
    "contact_email": str,
    "url": _address,
    "last_confirmed": _date,
}
