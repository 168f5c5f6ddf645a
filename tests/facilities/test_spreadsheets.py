"""Tables as files."""

import io
import re
from datetime import datetime
from zipfile import ZipFile

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
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "latin-1", "utf-16"])
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


def sheet(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def refusal(name, content):
    with pytest.raises(UnreadableFileError) as refused:
        read_table(name, content)
    return str(refused.value)


@pytest.mark.parametrize("mark", ["utf-16-le", "utf-16-be"])
def test_text_of_two_bytes_a_letter_is_known_by_its_mark(mark):
    found = read_table("f.csv", "\ufeffslug;navn\nå;Ærlig\n".encode(mark))
    assert (found.columns, found.rows[0].cells) == (["slug", "navn"], ["å", "Ærlig"])


def test_letters_that_no_encoding_has_are_refused_and_not_replaced():
    assert "CSV UTF-8" in refusal("f.csv", b"slug,name\na,\x81\x8d\xff\n")


def test_a_first_line_may_say_what_stands_between_cells():
    found = table("sep=;\r\nslug;name,or so\r\na;b,c\r\n")
    assert found.columns == ["slug", "name,or so"]
    assert (found.rows[0].number, found.rows[0].cells) == (3, ["a", "b,c"])


def test_empty_cells_past_the_heading_are_nobody_s_fault_and_full_ones_stay():
    found = table("slug;name;;\na;b;;\nc;d;;lost?\n")
    assert found.columns == ["slug", "name"]
    assert [row.cells for row in found.rows] == [["a", "b"], ["c", "d", "", "lost?"]]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('slug,name\na,"never closed\n', "Linje 2 kan ikke leses: et anførselstegn åpnes"),
        ('slug,name\na,"to" og tre\n', "må skrives to ganger"),
        ("slug,name\na," + "x" * 200_000, "Linje 2 kan ikke leses: en celle er for lang"),
        ("," * 500, "tom"),
        ("a" + ",b" * 500, "mer enn 200 kolonner"),
        ("slug\n" + "a\n" * 50_001, "mer enn 50000 rader"),
    ],
)
def test_what_is_wrong_with_a_text_is_said_in_the_reader_s_language(text, said):
    assert said in refusal("f.csv", text.encode())


def test_a_formula_whose_result_is_not_in_the_file_is_refused_and_not_lost():
    said = refusal("f.xlsx", sheet(["slug", "name"], ["a", '=A2&"x"']))
    assert "Celle B2 inneholder en formel" in said
    assert "Celle A3" in refusal("f.xlsx", sheet(["slug"], ["a"], ["=1+1"]))


def test_a_formula_is_read_as_the_result_that_was_saved_with_it():
    content = sheet(["slug", "trl_min"], ["a", "=1+1"])
    saved = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as before, ZipFile(saved, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            if name.endswith("sheet1.xml"):
                assert b"<f>1+1</f><v" in data
                data = re.sub(rb"<f>1\+1</f><v ?/>", b"<f>1+1</f><v>2</v>", data)
                data = data.replace(b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>")
            after.writestr(name, data)
    assert list(read_table("f.xlsx", saved.getvalue()).rows[0].cells) == ["a", "2"]


def test_an_error_of_the_spreadsheet_is_no_value():
    book = Workbook()
    book.active.append(["slug", "lat"])
    book.active.append(["a", "#DIV/0!"])
    content = io.BytesIO()
    book.save(content)
    assert "Celle B2 inneholder feilen #DIV/0!" in refusal("f.xlsx", content.getvalue())


def test_a_sheet_has_the_same_bounds():
    assert "50000 rader" in refusal("f.xlsx", sheet(["slug"], *(["a"] for _ in range(50_001))))
    assert "200 kolonner" in refusal("f.xlsx", sheet(["a"] * 201))


def test_a_packed_file_that_unpacks_to_too_much_is_not_unpacked(monkeypatch):
    monkeypatch.setattr("network.facilities.spreadsheets.MAX_UNPACKED_BYTES", 5_000)
    assert "for mye" in refusal("f.xlsx", sheet(["slug"], *(["a" * 100] for _ in range(500))))
