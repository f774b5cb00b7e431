"""The table of a survey file in CSV or a workbook: the sheet that is meant, headers that are unique, cells as text.

In order: of a workbook with several sheets the one with the answers is chosen; the table is read (`readers.sheets`);
headers that stand twice are numbered, as forms allow two questions with the same words.

Fails, with problems, where several sheets could be meant, where the names of the columns stand below titles, and on
all that `readers.sheets` tells.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import pandas as pd

from thongthin.basics.language import one_line
from thongthin.basics.problems import Problems
from thongthin.basics.text import BROKEN_ARCHIVE, read_text
from thongthin.read.files.archive import Refused
from thongthin.read.files.csv_text import SEPARATORS, Layout, layout_of, rows_of
from thongthin.read.files.sheets import WORKBOOKS, read_sheet
from thongthin.read.files.workbook_bounds import check_bounds, is_panic, old_rows, old_sheet_names

# The names that Google gives the sheet with the answers of a form.
FORM_RESPONSES = re.compile(r"(form responses|form_responses|การตอบแบบฟอร์ม|การตอบกลับแบบฟอร์ม)\s*\d*", re.IGNORECASE)
# A sheet of answers to repeated questions, several a respondent, has one of these columns (KoboToolbox).
_REPEATED = {"_parent_index", "_parent_table_name", "_submission__id"}
_XLSFORM = {"survey", "choices", "settings", "entities"}
# Titles above a table are looked for in so many rows.
_TOP = 20


@dataclass
class Table:
    """A table as it stands in the file.

    Attributes:
        frame: cells of str under unique headers; index: the number of the row in the spreadsheet.
        written: the headers as they stand in the file, on one line.
        here: the collector bound to the file and its sheet.
    """

    frame: pd.DataFrame
    written: list[str]
    here: Problems


def read_table(path: Path, problems: Problems, sheet: str | None) -> Table | None:
    """The table of answers; None with a problem added if it can't be read.

    Args:
        problems: bound to the file with `Problems.at`.
        sheet: name of the worksheet; None finds the one that is meant.
    """
    if path.suffix.lower() in WORKBOOKS and sheet is not None:  # sara am may be one character here and two there
        sheet = next((name for name in sheet_names(path) if one_line(name) == one_line(sheet)), sheet)
    elif path.suffix.lower() in WORKBOOKS:
        candidates = _sheets_of_answers(path)
        if len(candidates) > 1:
            _report_several_sheets(candidates, problems)
            return None
        sheet = candidates[0] if candidates else None
    own = Problems()
    frame, bound = read_sheet(path, own.at(problems.file), sheet)
    here = problems.at(problems.file, bound.sheet)
    if any(problem.kind in ("no-header", "ragged-row") for problem in own) and (
        row := _row_of_header(_first_rows(path, sheet))
    ):
        _report_titles(row, here)
        return None
    problems.found.extend(own.found)
    if frame.columns.empty:
        return None
    written = [str(name) for name in frame.columns]
    frame.columns = pd.Index(unique_headers(written))
    return Table(frame, written, here)


def unique_headers(headers: Sequence[str]) -> list[str]:
    """The headers, those that stand more than once with " (1)", " (2)" ... behind them."""
    count, seen, taken = Counter(headers), Counter[str](), set(headers)
    unique = []
    for header in headers:
        if count[header] == 1:
            unique.append(header)
            continue
        while True:
            seen[header] += 1
            numbered = f"{header} ({seen[header]})"
            if numbered not in taken:
                break
        taken.add(numbered)
        unique.append(numbered)
    return unique


def sheet_names(path: Path) -> list[str]:
    """The worksheets of a workbook, in order; none if it can't be read (who reads it will tell)."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        if path.suffix.lower() == ".xls":
            return old_sheet_names(path)
        check_bounds(path)  # before it is trusted to a library
        with path.open("rb") as stream:
            return list(CalamineWorkbook.from_filelike(stream).sheet_names)
    except (Refused, CalamineError, *BROKEN_ARCHIVE):
        return []
    except BaseException as error:
        if not is_panic(error):
            raise
        return []


def _sheets_of_answers(path: Path) -> list[str]:
    """The sheets that could hold the answers: all those with a header and rows below, as far as no name decides."""
    names = sheet_names(path)
    if len(names) < 2:
        return names
    found = []
    for name in names:
        frame, _ = read_sheet(path, Problems(), name)
        headers = {str(header) for header in frame.columns}
        is_form = name.casefold() in _XLSFORM and headers & {"type", "name", "list_name", "form_id"}
        if len(frame) and len(headers) > 1 and not is_form and not headers & _REPEATED:
            found.append(name)
    named = [name for name in found if FORM_RESPONSES.fullmatch(one_line(name))]
    return named if len(named) == 1 else found


def _first_rows(path: Path, sheet: str | None) -> list[list[str]]:
    """The top of a table that `read_sheet` has read, cells as they come."""
    if path.suffix.lower() == ".xls":
        rows = old_rows(path, sheet if sheet is not None else old_sheet_names(path)[0])[:_TOP]
        return [[str(cell).strip() for cell in row] for row in rows]
    if path.suffix.lower() in WORKBOOKS:
        from python_calamine import CalamineWorkbook

        with path.open("rb") as stream:
            workbook = CalamineWorkbook.from_filelike(stream)
            name = sheet if sheet is not None else workbook.sheet_names[0]
            cells: list[list[Any]] = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False, nrows=_TOP)
        return [[str(cell).strip() for cell in row] for row in cells]
    text = read_text(path, Problems()) or ""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    said = layout_of(lines)
    layouts = [said] if said.above else [Layout(separator, 0) for separator in SEPARATORS]
    best = max(
        (list(islice(rows_of(lines, layout, strict=False), _TOP)) for layout in layouts),
        key=lambda rows: max(map(len, rows), default=0),
    )
    return [[cell.strip() for cell in row] for row in best]


def _row_of_header(rows: Sequence[Sequence[str]]) -> int | None:
    """The number of the row with the names of the columns where titles stand above it; None if it is the first.

    Titles fill a third of the columns at most; the names of the columns are the first row that fills nearly all.
    """
    filled = [sum(map(bool, row)) for row in rows]
    widest = max(filled, default=0)
    number = next((n for n, count in enumerate(filled) if count >= max(2, 0.8 * widest)), 0)
    names = [cell for cell in rows[number] if cell] if rows else []
    if number == 0 or max(filled[:number]) * 3 > widest or len(set(names)) < len(names):
        return None
    return number + 1


def _report_several_sheets(sheets: Sequence[str], problems: Problems) -> None:
    listed = ", ".join(f'"{sheet}"' for sheet in sheets)
    problems.add(
        "several-sheets",
        f"This workbook has several sheets with rows: {listed}. Which one holds the answers?",
        f"ไฟล์นี้มีหลายแผ่นงานที่มีข้อมูล: {listed} แผ่นใดคือคำตอบ",
        hint_en="Name it: `sheet:` under `survey:` in study.yml, or --sheet.",
        hint_th="ระบุชื่อแผ่นงาน: `sheet:` ใต้ `survey:` ใน study.yml หรือ --sheet",
    )


def _report_titles(row: int, problems: Problems) -> None:
    problems.add(
        "no-header",
        f"The names of the columns seem to stand in row {row}, below titles; they must be the first row.",
        f"ชื่อคอลัมน์น่าจะอยู่ในแถวที่ {row} ใต้หัวเรื่อง แต่ชื่อคอลัมน์ต้องเป็นแถวแรก",
        row=row,
        hint_en=f"Delete the rows above (1 to {row - 1}), or export the answers again without titles.",
        hint_th=f"ลบแถวด้านบน (แถว 1 ถึง {row - 1}) หรือส่งออกคำตอบใหม่โดยไม่มีหัวเรื่อง",
    )
