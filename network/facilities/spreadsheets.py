"""Tables as CSV and XLSX: reading what people upload, writing what they take along."""

from __future__ import annotations

import csv
import io
import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from itertools import chain, islice
from pathlib import PurePath
from tempfile import TemporaryFile
from typing import Any, Final
from zipfile import BadZipFile

import tablib
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from tablib.exceptions import TablibException

DELIMITERS: Final = (",", ";", "\t")
MAX_ROWS: Final = 50_000
ROWS_AT_ONCE: Final = 200
BYTES_AT_ONCE: Final = 64 * 1024
# What a cell of a spreadsheet can hold.
MAX_CELL: Final = 32_767
CONTENT_TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

# A spreadsheet reads a cell that begins so as a formula. An apostrophe before it says "text"; one
# more is put before apostrophes that stand there already, so that reading takes away just ours.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?\Z")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


class UnreadableFileError(Exception):
    """The file is no table; the message says why, in the reader's language."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row: ``number`` is its line in the file (of a text) or its row (of a sheet), from one."""

    number: int
    cells: Sequence[str]


@dataclass(frozen=True, slots=True)
class Table:
    """A heading and the rows below it; rows without any content are left out."""

    columns: Sequence[str]
    rows: Sequence[Line]


def read_table(name: str, content: bytes) -> Table:
    """The table in a file called ``name``: .xlsx, else text with ``,``, ``;`` or tab between cells.

    Text is UTF-8, with or without its mark, or else Windows-1252. Raises UnreadableFileError.
    """
    is_sheet = PurePath(name).suffix.lower() == ".xlsx"
    lines = _sheet_lines(content) if is_sheet else _text_lines(content)
    if not lines:
        raise UnreadableFileError(_("The file is empty."))
    if len(lines) > MAX_ROWS:
        raise UnreadableFileError(_("The file has more than %(limit)d rows.") % {"limit": MAX_ROWS})
    heading, *rows = lines
    return Table([cell.strip().lower() for cell in heading.cells], rows)


def write_table(kind: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A file of ``kind`` (csv, xlsx) in which no cell is a formula."""
    return b"".join(table_pieces(kind, columns, rows))


def table_pieces(
    kind: str, columns: Sequence[str], rows: Iterable[Sequence[str]]
) -> Iterator[bytes]:
    """The same file piece by piece; however many rows there are, few are in memory at once."""
    cells = ([guarded(cell) for cell in row] for row in chain([columns], rows))
    return _sheet_pieces(cells) if kind == "xlsx" else _text_pieces(cells)


def _text_pieces(rows: Iterator[list[str]]) -> Iterator[bytes]:
    # The mark makes spreadsheets read the text as UTF-8.
    yield BOM_UTF8
    while several := list(islice(rows, ROWS_AT_ONCE)):
        text = io.StringIO(newline="")
        csv.writer(text).writerows(several)
        yield text.getvalue().encode()


def _sheet_pieces(rows: Iterator[list[str]]) -> Iterator[bytes]:
    """A workbook is a zip file, whole only when its last row is written; it waits on disk."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Parknett")
    for row in rows:
        sheet.append([_text_cell(sheet, cell) for cell in row])
    with TemporaryFile() as file:
        book.save(file)
        file.seek(0)
        yield from iter(partial(file.read, BYTES_AT_ONCE), b"")


def _text_cell(sheet: Any, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=text[:MAX_CELL])
    # Whatever it looks like, it is text.
    cell.data_type = "s"
    return cell


def guarded(text: str) -> str:
    """The cell as text that no spreadsheet takes for a formula; numbers stay numbers."""
    text = _CONTROL.sub("", text)
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.match(text) else text


def unguarded(text: str) -> str:
    """What :func:`guarded` was given."""
    return text[1:] if _GUARDED.match(text) else text


def _text_lines(content: bytes) -> list[Line]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if "\x00" in text:
        raise UnreadableFileError(_("This is neither a CSV nor an XLSX file."))
    delimiter = max(DELIMITERS, key=text.partition("\n")[0].count)
    lines, start = [], 1
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                lines.append(Line(start, cells))
            start = reader.line_num + 1
    except csv.Error as error:
        raise UnreadableFileError(
            _("Line %(line)d cannot be read: %(reason)s") % {"line": start, "reason": error}
        ) from error
    return lines


def _sheet_lines(content: bytes) -> list[Line]:
    try:
        sheet = tablib.Dataset().load(content, format="xlsx", headers=False)
    except (BadZipFile, KeyError, ValueError, TypeError, OSError, TablibException) as error:
        raise UnreadableFileError(_("The file cannot be read as XLSX.")) from error
    lines = [Line(number, [_cell(v) for v in row]) for number, row in enumerate(sheet, start=1)]
    return [line for line in lines if any(cell.strip() for cell in line.cells)]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
