"""Workbooks (.xlsx, .ods, .xls) as rows of text, with what a reader passes over in silence told.

In order: the archive is judged and counted (`readers.archive`); the sheet is looked through for cells that lie so far
out that the space between would fill the memory (`readers.workbook_bounds`); calamine reads the values (xlrd those of
.xls); and cells that are read as empty, though they are not, are put back or told: errors of formulas, and formulas
whose value the file does not hold.
"""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import NamedTuple

from thongthin.basics.nearest import did_you_mean
from thongthin.basics.problems import Problems
from thongthin.basics.text import BROKEN_ARCHIVE, report_missing
from thongthin.read.files.archive import Archive, Refused
from thongthin.read.files.workbook_bounds import check_bounds, failed_formulas, is_panic, old_rows, old_sheet_names
from thongthin.read.files.xml_records import local_name, parse_xml, records

Cell = str | float | bool | datetime.datetime | datetime.date | datetime.time | datetime.timedelta

# So many cells may the rectangle around all that is filled hold, and so many for each that is.
MOST_CELLS = 100_000_000
_SPARSE_FROM = 200_000
_SPARSE = 20

_FILLED = re.compile(rb'<(?:\w+:)?c\s(?:[^>]*?\s)?r="([A-Z]{1,3})(\d{1,7})"[^>]*[^/>]>')
# A formula without a value behind it. An empty text (t="str") is one.
_NO_VALUE = re.compile(
    rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f(?:\s[^>]*)?/>)(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>"
)


class Sheet(NamedTuple):
    """A sheet as it was read."""

    name: str
    rows: list[list[str]]
    no_value: list[tuple[int, int]]  # row and column, from 0, of formulas without a value


def read_workbook(path: Path, problems: Problems, sheet: str | None) -> Sheet | None:
    """A sheet of a workbook, its cells as they would stand in a CSV file; None with a problem if it can't be read.

    Args:
        sheet: its name; None takes the first.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    if not path.is_file():
        report_missing(path, problems)
        return None
    kind = path.suffix.lower()
    try:
        first, source = _source_of(path, sheet) if kind == ".xlsx" else ("", b"")
        if far := _too_far(source):
            _report_far(far, problems.at(problems.file, sheet=first))
            return None
        if kind != ".xls":
            check_bounds(path)  # before it is trusted to a library
        with path.open("rb") as stream:
            workbook = CalamineWorkbook.from_filelike(stream) if kind != ".xls" else None
            names = workbook.sheet_names if workbook else old_sheet_names(path)
            name = sheet if sheet is not None else names[0]
            if name not in names:
                hint_en, hint_th = did_you_mean(name, names)
                problems.add("missing-sheet", f'There is no sheet "{name}".', f'ไม่มีแผ่นงาน "{name}"',
                             hint_en=hint_en, hint_th=hint_th)  # fmt: skip
                return None
            cells: list[list[Cell]] = (
                workbook.get_sheet_by_name(name).to_python(skip_empty_area=False) if workbook else old_rows(path, name)
            )
        rows = [[_as_text(cell) for cell in row] for row in cells]
        passed_over = failed_formulas(path, name) if kind == ".ods" else _passed_over(path, name, source)
        no_value = []
        for row, column, error in passed_over:
            if row < len(rows) and column < len(rows[row]) and error:
                rows[row][column] = error
            elif not error:
                no_value.append((row, column))
    except Refused as refused:
        if refused.kind not in ("unreadable", "broken-xml"):
            refused.report(problems)
            return None
        _report_no_workbook(problems)
        return None
    except (CalamineError, IndexError, *BROKEN_ARCHIVE):
        _report_no_workbook(problems)
        return None
    except BaseException as error:
        if not is_panic(error):
            raise
        _report_no_workbook(problems)
        return None
    return Sheet(name, rows, no_value)


def _member_of(archive: Archive, sheet: str | None) -> tuple[str, str | None]:
    """The name of a sheet (None: of the first) and the member that holds it, as the workbook lists them."""
    book, relations = archive.find("xl/workbook.xml"), archive.find("xl/_rels/workbook.xml.rels")
    if book is None or relations is None:
        return "", None
    found = [
        (element.get("name", ""), next((v for key, v in element.attrib.items() if key.rpartition("}")[2] == "id"), ""))
        for element in parse_xml(archive.chunks(book)).iter()
        if local_name(element) == "sheet" and sheet in (None, element.get("name"))
    ]
    for element in parse_xml(archive.chunks(relations)):
        if found and element.get("Id") == found[0][1]:
            target = element.get("Target", "")
            return found[0][0], archive.find(target.lstrip("/") if target.startswith("/") else f"xl/{target}")
    return "", None


def _source_of(path: Path, sheet: str | None) -> tuple[str, bytes]:
    """The name and the XML of a sheet (None: of the first); empty if it is not found."""
    with Archive(path) as archive:
        name, member = _member_of(archive, sheet)
        return name, b"".join(archive.chunks(member)) if member else b""


def _too_far(source: bytes) -> str:
    """The cell that lies too far from the others, if one does: "XFD1048576"."""
    last_row, last_column, filled = 0, 0, 0
    farthest = ("", "")
    widest: dict[bytes, int] = {}
    for column, row in _FILLED.findall(source):
        filled += 1
        number = widest.setdefault(column, _column_number(column))
        if int(row) > last_row:
            last_row, farthest = int(row), ((column + row).decode(), farthest[1])
        if number > last_column:
            last_column, farthest = number, (farthest[0], (column + row).decode())
    area = last_row * last_column
    if area > MOST_CELLS or (area > _SPARSE_FROM and area > _SPARSE * filled):
        return farthest[0] if farthest[0] == farthest[1] or last_row > 100 * last_column else farthest[1]
    return ""


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _passed_over(path: Path, sheet: str, source: bytes) -> list[tuple[int, int, str]]:
    """Row and column (from 0) of cells that calamine reads as empty: the error of a formula, or "" for no value."""
    if b't="e"' not in source and not _NO_VALUE.search(source):
        return []
    found = []
    with Archive(path) as archive:
        _, member = _member_of(archive, sheet)
        row_number = 0
        for row, _ in records(archive.chunks(member), {"row"}) if member else ():
            row_number = int(row.get("r", row_number + 1))
            column = 0
            for cell in row:
                letters = re.match("[A-Z]+", cell.get("r", ""))
                column = _column_number(letters[0].encode()) if letters else column + 1
                parts = {local_name(part): part.text or "" for part in cell}
                if cell.get("t") == "e":
                    found.append((row_number - 1, column - 1, parts.get("v", "")))
                elif "f" in parts and not parts.get("v") and cell.get("t") not in ("str", "inlineStr"):
                    found.append((row_number - 1, column - 1, ""))
    return found


def _as_text(cell: Cell) -> str:
    """The cell as it would stand in a CSV file: 3.0 as 3, dates and times as ISO, truth as Excel spells it."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, int | float):
        return str(int(cell)) if float(cell).is_integer() else f"{cell:.15g}"
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        return cell.date().isoformat()
    return str(cell) if isinstance(cell, datetime.timedelta) else cell.isoformat()


def _report_far(cell: str, problems: Problems) -> None:
    problems.add(
        "far-cell",
        f"A cell lies far outside the table: {cell}. The space up to it is too large to be read.",
        f"มีช่องที่อยู่ไกลจากตารางมาก คือ {cell} พื้นที่จนถึงช่องนั้นใหญ่เกินกว่าจะอ่านได้",
        hint_en="In Excel, Ctrl+End goes to the last cell: delete the rows and columns behind the table, and save.",
        hint_th="ใน Excel กด Ctrl+End เพื่อไปยังช่องสุดท้าย ลบแถวและคอลัมน์ที่อยู่หลังตาราง แล้วบันทึก",
    )


def _report_no_workbook(problems: Problems) -> None:
    problems.add(
        "unreadable",
        "This file cannot be read as an Excel workbook.",
        "อ่านไฟล์นี้ในรูปแบบ Excel ไม่ได้",
        hint_en="Open it in Excel, take any password off, and save it as .xlsx again; or take a fresh copy.",
        hint_th="เปิดใน Excel ยกเลิกรหัสผ่าน แล้วบันทึกเป็น .xlsx ใหม่ หรือใช้สำเนาที่ไม่เสีย",
    )
