from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from thongthin.basics.problems import Problems
from thongthin.read.files.sheets import read_columns, read_sheet


def rows_of(path: Path, sheet: str | None = None) -> tuple[dict[int, dict[str, str]], Problems]:
    problems = Problems()
    frame, _ = read_sheet(path, problems.at(path.name), sheet)
    return {int(row): dict(cells) for row, cells in frame.to_dict("index").items()}, problems


def workbook(path: Path, rows: list[list[Any]], title: str = "แผ่น 1") -> Path:
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_separators_and_row_numbers(tmp_path: Path, separator: str) -> None:
    path = tmp_path / "t.csv"
    lines = ["a,b", '1,"x, y;\tz\nnext"', "", " ,", "ก ,\u00a0ข"]
    path.write_text("\r\n".join(line.replace(",", separator) for line in lines), encoding="utf-8-sig", newline="")
    rows, problems = rows_of(path)
    assert not problems.found
    # A quoted line end belongs to its cell; empty rows keep their numbers.
    assert rows == {
        2: {"a": "1", "b": f"x{separator} y;\tz\nnext"},
        5: {"a": "ก", "b": "ข"},
    }


def test_cells_of_a_workbook_read_as_text(tmp_path: Path) -> None:
    when = datetime.datetime(2023, 4, 5, 14, 3, 2)
    rows, problems = rows_of(
        workbook(
            tmp_path / "t.xlsx",
            [["n", "d", "t", "b"], [3.0, datetime.date(2023, 4, 5), when, True], [0.1, None, None, 2566]],
        )
    )
    assert not problems.found
    assert rows == {
        2: {"n": "3", "d": "2023-04-05", "t": "2023-04-05T14:03:02", "b": "TRUE"},
        3: {"n": "0.1", "d": "", "t": "", "b": "2566"},
    }


def test_formula_errors_are_said_cell_by_cell(tmp_path: Path) -> None:
    _, problems = rows_of(workbook(tmp_path / "t.xlsx", [["a", "b"], ["1", "#REF!"], ["2", "3"]]))
    assert str(problems.found[0]) == (
        "t.xlsx:\n"
        '  Sheet "แผ่น 1", row 2, column "b": The formula in this cell fails: #REF!\n'
        "  Hint: Repair the formula, or put the value itself in its place.\n"
        '  แผ่นงาน "แผ่น 1" แถวที่ 2 คอลัมน์ "b": สูตรในช่องนี้คำนวณไม่ได้: #REF!\n'
        "  คำแนะนำ: แก้สูตร หรือใส่ค่าแทนสูตร"
    )
    (tmp_path / "t.csv").write_text("a\n#N/A\n", encoding="utf-8")
    _, problems = rows_of(tmp_path / "t.csv")
    assert [(p.row, p.en) for p in problems] == [(2, "The formula in this cell fails: #N/A")]


@pytest.mark.parametrize(
    ("content", "row", "en", "th"),
    [
        ("", 1, "The first row must hold the names of the columns.", "แถวแรกต้องเป็นชื่อคอลัมน์"),
        ("a,b\n1\n", 2, "Cells in this row: 1; columns in the header: 2.", "แถวนี้มี 1 ช่อง"),
        ("a,b\n1,2,3\n", 2, "Cells in this row: 3; columns in the header: 2.", "แถวนี้มี 3 ช่อง"),
        ('a,b\n1,2\n1,"x\n2,3\n', 3, "A quotation mark is opened here and not closed", "ไม่ได้ปิด"),
        ("a,,c\n1,2,3\n", 1, "The 2. column has content but no name", "คอลัมน์ที่ 2 มีข้อมูลแต่ไม่มีชื่อ"),
    ],
)
def test_broken_tables_are_said(tmp_path: Path, content: str, row: int, en: str, th: str) -> None:
    (tmp_path / "t.csv").write_text(content, encoding="utf-8")
    _, problems = rows_of(tmp_path / "t.csv")
    assert [p.row for p in problems] == [row]
    assert en in problems.found[0].en
    assert th in problems.found[0].th


def test_columns_that_are_missing_unknown_or_double(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("code id,label,label,note\n1,2,3,4\n", encoding="utf-8")
    problems = Problems()
    frame, _ = read_columns(tmp_path / "t.csv", problems.at("t.csv"), ("code_id", "label"), ("notes",))
    assert frame.empty
    assert [(p.kind, p.column, p.hint_en) for p in problems] == [
        ("missing-column", "code_id", 'Did you mean "code id"?'),
        ("unknown-column", "code id", 'Did you mean "code_id"?'),
        ("unknown-column", "note", 'Did you mean "notes"?'),
        ("double-column", "label", "Keep one of them, or give each its own name."),
    ]


def test_a_workbook_that_is_none_and_a_sheet_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 and no more")
    rows, problems = rows_of(tmp_path / "broken.xlsx")
    assert not rows
    assert "cannot be read as an Excel workbook" in problems.found[0].en
    assert "อ่านไฟล์นี้ในรูปแบบ Excel ไม่ได้" in problems.found[0].th
    _, problems = rows_of(workbook(tmp_path / "t.xlsx", [["a"], [1]], "Form Responses 1"), "Form Response 1")
    assert (problems.found[0].en, problems.found[0].hint_en) == (
        'There is no sheet "Form Response 1".',
        'Did you mean "Form Responses 1"?',
    )
    (tmp_path / "t.numbers").write_bytes(b"")
    _, problems = rows_of(tmp_path / "t.numbers")
    assert problems.found[0].en == 'Tables are read from .csv, .xlsx, .ods, .xls; this is ".numbers".'


@pytest.mark.parametrize("every", [1, 7])
def test_a_damaged_workbook_is_a_problem_and_never_an_exception(tmp_path: Path, every: int) -> None:
    whole = workbook(tmp_path / "whole.xlsx", [["a", "b"], ["1", "#REF!"]]).read_bytes()
    path = tmp_path / "t.xlsx"
    for n in range(0, len(whole), 41):
        # Cut short, or with bytes changed in the middle.
        path.write_bytes(whole[:n] if every == 1 else whole[:n] + bytes([whole[n] ^ 0xFF]) + whole[n + 1 :])
        rows, problems = rows_of(path)
        assert problems.found or rows == {2: {"a": "1", "b": ""}}
        assert problems.found
