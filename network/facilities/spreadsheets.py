"""Tables as CSV and XLSX: reading what people upload, writing what they take along."""

from __future__ import annotations

import csv
import io
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from itertools import chain, islice
from pathlib import PurePath
from tempfile import TemporaryFile
from typing import Any, Final
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

DELIMITERS: Final = (",", ";", "\t")
MAX_ROWS: Final = 50_000
MAX_COLUMNS: Final = 200
# A packed file can be a thousand times larger than it looks.
MAX_UNPACKED_BYTES: Final = 300 * 1024 * 1024
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
_SEPARATOR = re.compile(r"sep=([,;\t])\r?\n", re.IGNORECASE)
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

    Text is UTF-8, with or without its mark, UTF-16 with its mark, or else Windows-1252; a first line
    ``sep=;`` says what stands between cells. Raises UnreadableFileError.
    """
    is_sheet = PurePath(name).suffix.lower() == ".xlsx"
    lines = _sheet_lines(content) if is_sheet else _text_lines(content)
    if not lines:
        raise UnreadableFileError(_("The file is empty."))
    heading, *rows = lines
    columns = [cell.strip().lower() for cell in heading.cells]
    while columns and not columns[-1]:
        columns.pop()
    width = len(columns)
    return Table(columns, [Line(row.number, _fitting(row.cells, width)) for row in rows])


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


def _fitting(cells: Sequence[str], width: int) -> Sequence[str]:
    """The cells without empty ones past the heading, which spreadsheets add at will."""
    return cells if any(cell.strip() for cell in cells[width:]) else cells[:width]


def _text_lines(content: bytes) -> list[Line]:
    text = _decoded(content)
    if "\x00" in text:
        raise UnreadableFileError(_("This is neither a CSV nor an XLSX file."))
    told = _SEPARATOR.match(text)
    delimiter = told[1] if told else max(DELIMITERS, key=text.partition("\n")[0].count)
    lines: list[Line] = []
    start = 1
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for cells in reader:
            is_content = any(cell.strip() for cell in cells) and not (told and start == 1)
            if is_content:
                _check_size(len(lines), len(cells))
                lines.append(Line(start, cells))
            start = reader.line_num + 1
    except csv.Error as error:
        raise UnreadableFileError(
            _("Line %(line)d cannot be read: %(reason)s") % {"line": start, "reason": _why(error)}
        ) from error
    return lines


def _decoded(content: bytes) -> str:
    """The text, in whichever of the encodings that spreadsheets write; nothing is guessed away."""
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        with suppress(UnicodeDecodeError):
            return content.decode(encoding)
    raise UnreadableFileError(
        _("The letters of the file cannot be read. Save it as “CSV UTF-8” or as XLSX.")
    )


def _why(error: csv.Error) -> str:
    """What the reader of texts complains of, in the words of whoever wrote the file."""
    reason = str(error)
    if "field limit" in reason:
        return _("a cell is too long.")
    if "end of data" in reason:
        return _("a quotation mark is opened and never closed.")
    return _("a quotation mark inside a cell must be written twice.")


def _check_size(lines: int, cells: int) -> None:
    if lines > MAX_ROWS:
        raise UnreadableFileError(_("The file has more than %(limit)d rows.") % {"limit": MAX_ROWS})
    if cells > MAX_COLUMNS:
        raise UnreadableFileError(
            _("The file has more than %(limit)d columns.") % {"limit": MAX_COLUMNS}
        )


def _sheet_lines(content: bytes) -> list[Line]:
    try:
        with ZipFile(io.BytesIO(content)) as packed:
            unpacked = sum(member.file_size for member in packed.infolist())
        if unpacked > MAX_UNPACKED_BYTES:
            raise UnreadableFileError(_("The file holds too much to be read."))
        values, formulae = (
            load_workbook(io.BytesIO(content), read_only=True, data_only=values_only)
            for values_only in (True, False)
        )
        return list(_lines_of(values.active, formulae.active))
    except (BadZipFile, KeyError, ValueError, TypeError, OSError, InvalidFileException) as error:
        raise UnreadableFileError(_("The file cannot be read as XLSX.")) from error


def _lines_of(values: Any, formulae: Any) -> Iterator[Line]:
    """The rows with content; a formula is read as the value that was saved with it."""
    lines = 0
    for number, (shown, written) in enumerate(
        zip(values.iter_rows(), formulae.iter_rows(), strict=False), start=1
    ):
        cells = [_cell(cell.value) for cell in shown]
        if not any(cell.strip() for cell in cells) and not any(map(_is_formula, written)):
            continue
        lines += 1
        _check_size(lines, len(cells))
        for column, (cell, source) in enumerate(zip(shown, written, strict=False), start=1):
            _check_value(cell, source, number, get_column_letter(column))
        yield Line(number, cells)


def _is_formula(cell: Any) -> bool:
    return getattr(cell, "data_type", "") == "f"


def _check_value(cell: Any, source: Any, row: int, column: str) -> None:
    place = {"cell": f"{column}{row}", "value": cell.value}
    if _is_formula(source) and cell.value is None:
        raise UnreadableFileError(
            _(
                "Cell %(cell)s holds a formula whose result is not in the file. Open the file in a "
                "spreadsheet and save it, or write the value itself."
            )
            % place
        )
    if getattr(cell, "data_type", "") == "e":
        raise UnreadableFileError(
            _("Cell %(cell)s holds the error %(value)s instead of a value.") % place
        )


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
