"""Tables as files."""

import io
from datetime import datetime

import pytest
from openpyxl import Workbook, load_workbook

from network.facilities.spreadsheets import (
    UnreadableFileError,
    guarded,
    read_table,
    unguarded,
    write_table,
)


def table(text, encoding="utf-8", name="f.csv"):
    return read_table(name, text.encode(encoding))


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_text_is_read_whatever_spreadsheet_wrote_it(delimiter, encoding):
    found = table(f"Slug{delimiter}name_nb\r\nå{delimiter}Øvre lab\r\n", encoding)
    assert found.columns == ["slug", "name_nb"]
    assert found.rows[0].cells == ["å", "Øvre lab"]


def test_a_row_knows_the_line_on_which_it_begins():
    found = table('slug,name\n\na,"to\nlinjer"\n,\nb,x\n')
    assert [(row.number, row.cells[0]) for row in found.rows] == [(3, "a"), (6, "b")]


def test_a_sheet_gives_dates_and_whole_numbers_as_people_write_them():
    book = Workbook()
    book.active.append(["slug", "trl_min", "lat", "last_confirmed"])
    book.active.append(["a", 4.0, 59.5, datetime(2026, 11, 2)])  # noqa: DTZ001 - a sheet has no zones
    book.active.append([None, None, None, None])
    book.active.append(["b", None, None, None])
    content = io.BytesIO()
    book.save(content)
    found = read_table("F.XLSX", content.getvalue())
    assert list(found.rows[0].cells) == ["a", "4", "59.5", "2026-11-02"]
    assert [row.number for row in found.rows] == [2, 4]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("f.csv", b""),
        ("f.csv", b"\n\n"),
        ("f.csv", b"PK\x03\x04\x00\x00binary"),
        ("f.csv", b'slug,name\na,"never closed\n'),
        ("f.xlsx", b"slug,name\na,b\n"),
        ("f.xlsx", b"PK\x03\x04 no workbook"),
    ],
)
def test_what_is_no_table_is_refused_with_a_reason(name, content):
    with pytest.raises(UnreadableFileError) as refused:
        read_table(name, content)
    assert str(refused.value)


@pytest.mark.parametrize("text", ["=1+1", "+47 12", "-x", "@x", "'=x", "''=x", "'x", "- liste", ""])
def test_no_cell_is_a_formula_and_reading_gives_back_what_was_written(text):
    assert guarded(text)[:1] not in set("=+-@")
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("number", ["-12.5", "+3", "7"])
def test_numbers_stay_numbers(number):
    assert guarded(number) == number


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_is_written_can_be_read(kind):
    written = write_table(kind, ["slug", "name"], [["a", "=HYPERLINK(1)"], ["b", "to\nlinjer"]])
    found = read_table(f"f.{kind}", written)
    assert [list(row.cells) for row in found.rows] == [["a", "'=HYPERLINK(1)"], ["b", "to\nlinjer"]]
    if kind == "xlsx":
        cell = load_workbook(io.BytesIO(written)).active["B2"]
        assert cell.data_type == "s"


def test_signs_that_no_sheet_can_hold_are_left_out():
    assert read_table("f.xlsx", write_table("xlsx", ["a"], [["x\x0by"]])).rows[0].cells[0] == "xy"
