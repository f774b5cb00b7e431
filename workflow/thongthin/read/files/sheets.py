"""Tables that people fill in (.csv, .xlsx, .ods, .xls) as frames of text, each row under its number in the spreadsheet.

The first row is the header. CSV may be separated by comma, semicolon or tab (`readers.csv_text`), in any encoding of
`readers.text`. All
cells become normalised text without white space around: 3.0 reads "3", a date cell "2023-04-12". Rows without any
content are left out. Reported as problems: a file that can't be read, an unclosed quotation mark, rows with more or
fewer cells than the header, content under no header, formula errors, letters that are lost, and columns that are
missing, unknown or double. A notice tells formulas whose value the file does not hold.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from thongthin.basics.damage import report_damage, report_lost
from thongthin.basics.language import normalise_text, one_line
from thongthin.basics.nearest import did_you_mean
from thongthin.basics.one_language import fill_other_language
from thongthin.basics.problems import Problems
from thongthin.basics.rows import rows_said
from thongthin.basics.text import read_text
from thongthin.contract.tables import unescaped
from thongthin.read.files.csv_text import layout_of, rows_of
from thongthin.read.files.workbook import read_workbook

# What Excel keeps in a cell at most.
LONGEST_CELL = 32_767
WORKBOOKS = (".xlsx", ".ods", ".xls")
FORMATS = (".csv", *WORKBOOKS)
FORMULA_ERRORS = {"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"}
_FAILED = re.compile("|".join(map(re.escape, sorted(FORMULA_ERRORS))))


class Columns(NamedTuple):
    """The columns of a table that people fill in: all in the order of a new file, and those that it must have."""

    all: tuple[str, ...]
    required: tuple[str, ...]

    @property
    def optional(self) -> tuple[str, ...]:
        """Columns that may be left out."""
        return tuple(name for name in self.all if name not in self.required)


def read_columns(
    path: Path,
    problems: Problems,
    required: Sequence[str],
    optional: Sequence[str] = (),
    *,
    in_languages: Sequence[tuple[str, str]] = (),
    may_be_empty: bool = False,
) -> tuple[pd.DataFrame, Problems]:
    """A table with known columns, and the collector bound to its file and sheet.

    Args:
        problems: bound to the file with `Problems.at`.
        required, optional: the columns; an optional one that is missing is filled with "".
        in_languages: pairs of columns (Thai, English) that say the same in each language, among the columns above. One
            of a pair is enough, as is one of two cells: it stands for both, and a notice says so.
        may_be_empty: whether a table without rows is fine.

    Returns:
        Columns `required` and `optional` of str, index: number of the row in the spreadsheet (the header is row 1).
        Without rows if a required column is missing or the file can't be read.
    """
    columns = [*required, *optional]
    empty = pd.DataFrame(columns=columns, dtype=str)
    frame, here = read_sheet(path, problems)
    if frame.columns.empty:
        return empty, here
    headers = list(frame.columns)
    unknown = [h for h in headers if h and h not in columns]
    pairs = {name: pair for pair in in_languages for name in pair}
    missing = [name for name in required if name not in headers and not set(pairs.get(name, ())) & set(headers)]
    for name in missing:
        hint_en, hint_th = did_you_mean(name, unknown)
        here.add("missing-column", f'The column "{name}" is missing.', f'ไม่มีคอลัมน์ "{name}"', row=1, column=name,
                 hint_en=hint_en, hint_th=hint_th)  # fmt: skip
    for name in unknown:
        hint_en, hint_th = did_you_mean(name, set(columns) - set(headers))
        here.add(
            "unknown-column",
            f'"{name}" is not a column of this table.',
            f'ตารางนี้ไม่มีคอลัมน์ชื่อ "{name}"',
            row=1,
            column=name,
            hint_en=hint_en or "Take the column out.",
            hint_th=hint_th or "ลบคอลัมน์นี้ออก",
        )
    report_double_headers(headers, here)
    _report_long(frame, here)
    if missing:
        return empty, here
    if frame.empty and not may_be_empty:
        here.add("no-rows", "This table has a header but no rows.", "ตารางนี้มีเพียงหัวตาราง ไม่มีข้อมูล", row=1)
    # A cell that a spreadsheet would take for a formula has an apostrophe in front in the tables that we write.
    frame = frame.loc[:, ~frame.columns.duplicated()].apply(unescaped)
    for th, en in in_languages:
        frame = fill_other_language(frame, th, en, here)
    return frame.reindex(columns=columns, fill_value=""), here


def read_sheet(path: Path, problems: Problems, sheet: str | None = None) -> tuple[pd.DataFrame, Problems]:
    """Any table, with the headers that it has, and the collector bound to its file and sheet.

    Args:
        problems: bound to the file with `Problems.at`.
        sheet: name of the worksheet; None takes the first.

    Returns:
        All columns of str, headers on one line (they may repeat), index as for `read_columns`. Without columns if the
        file can't be read.
    """
    suffix = path.suffix.lower()
    if suffix not in FORMATS:
        problems.add(
            "unknown-format",
            f'Tables are read from {", ".join(FORMATS)}; this is "{path.suffix}".',
            f'อ่านตารางได้จากไฟล์ {", ".join(FORMATS)} แต่ไฟล์นี้เป็น "{path.suffix}"',
            hint_en="Open it in Excel and save it in one of these formats.",
            hint_th="เปิดใน Excel แล้วบันทึกเป็นรูปแบบดังกล่าว",
        )
        return pd.DataFrame(), problems
    here, no_value = problems, list[tuple[int, int]]()
    if suffix == ".csv":
        rows = _read_csv(path, problems)
    else:
        book = read_workbook(path, problems, sheet)
        rows, no_value = (book.rows, book.no_value) if book else (None, [])
        here = problems.at(problems.file, sheet=book.name) if book else problems
        lines = "\n".join(" ".join(row).replace("\n", " ") for row in rows or [])
        if report_damage(lines, path, here):
            return pd.DataFrame(), here
    if rows is None:
        return pd.DataFrame(), problems
    return _as_frame(rows, no_value, here), here


def _as_frame(rows: list[list[str]], no_value: Collection[tuple[int, int]], here: Problems) -> pd.DataFrame:
    """The rows under their header; without columns if they have none.

    Args:
        no_value: row and column, from 0, of formulas without a value.
    """
    # Rows beyond the header keep their place, so that row numbers are those of the spreadsheet.
    if not rows or not any(map(str.strip, rows[0])):
        here.add("no-header", "The first row must hold the names of the columns.", "แถวแรกต้องเป็นชื่อคอลัมน์", row=1)
        return pd.DataFrame()
    width = max(map(len, rows))
    rows = _without_row_numbers(rows, here)
    left_out = width - max(map(len, rows))
    header = [one_line(cell) for cell in rows[0]]
    same_width = all(len(row) == len(header) for row in rows)
    while not header[-1] and not (same_width and any(row[len(header) - 1] for row in rows)):
        header.pop()
    numbers, cells = [], []
    for number, row in enumerate(rows[1:], start=2):
        if not any(map(str.strip, row)):
            continue
        if len(row) < len(header) or any(map(str.strip, row[len(header) :])):
            here.add(
                "ragged-row",
                f"Cells in this row: {len(row)}; columns in the header: {len(header)}.",
                f"แถวนี้มี {len(row)} ช่อง แต่หัวตารางมี {len(header)} คอลัมน์",
                row=number,
                hint_en="Put text that holds the separator in quotation marks, and give every row the same cells.",
                hint_th="ใส่เครื่องหมายคำพูดครอบข้อความที่มีตัวคั่น และให้ทุกแถวมีจำนวนช่องเท่ากัน",
            )
        numbers.append(number)
        cells.append((row + [""] * len(header))[: len(header)])
    by_column: list[Sequence[str]] = list(zip(*cells, strict=True)) if cells else [()] * len(header)
    columns = [_cleaned(column, name, numbers, here) for name, column in zip(header, by_column, strict=True)]
    for at, position in no_value:
        if at > 0 and left_out <= position < len(header) + left_out:
            here.notice(
                "no-value",
                "The file does not hold the value of the formula in this cell, which is read as empty.",
                "ไฟล์ไม่ได้เก็บค่าของสูตรในช่องนี้ จึงอ่านเป็นช่องว่าง",
                row=at + 1,
                column=header[position - left_out],
                hint_en="Open the file in Excel and save it, so that it is computed; or put the value in its place.",
                hint_th="เปิดไฟล์ใน Excel แล้วบันทึก เพื่อให้คำนวณค่า หรือใส่ค่าแทนสูตร",
            )
    for position, name in enumerate(header):
        if not name and any(columns[position]):
            here.add(
                "no-header",
                f"The {position + 1}. column has content but no name in the first row.",
                f"คอลัมน์ที่ {position + 1} มีข้อมูลแต่ไม่มีชื่อในแถวแรก",
                row=1,
            )
    frame = pd.DataFrame(dict(enumerate(columns)), index=numbers, dtype=str)
    frame.columns = pd.Index(header)
    return frame.loc[:, [bool(name) for name in header]]


def _without_row_numbers(rows: list[list[str]], problems: Problems) -> list[list[str]]:
    """The rows without a nameless first column that only counts them, which R and pandas write; with a notice."""
    body = [row for row in rows[1:] if any(map(str.strip, row))]
    header = rows[0]
    unnamed = not header[0].strip() and len(header) > 1
    beside = len(body) > 1 and all(
        len(row) == len(header) + 1 for row in body
    )  # R's write.table gives no header at all
    counted = [row[0].strip() for row in body if row]
    numbers = ([str(n) for n in range(first, first + len(body))] for first in (0, 1))
    if not body or not (unnamed or beside) or counted not in numbers:
        return rows
    problems.notice(
        "row-numbers",
        "The first column has no name and only counts the rows; it is passed over.",
        "คอลัมน์แรกไม่มีชื่อและมีเพียงเลขลำดับแถว จึงข้ามไป",
        row=1,
        hint_en="R leaves it out with row.names = FALSE, pandas with index=False.",
        hint_th="ใน R ใช้ row.names = FALSE ใน pandas ใช้ index=False เพื่อไม่ให้เขียนคอลัมน์นี้",
    )
    return [header if beside else header[1:], *(row[1:] for row in rows[1:])]


def report_double_headers(headers: Sequence[str], problems: Problems) -> None:
    """Add a problem for every header that stands more than once."""
    for name in dict.fromkeys(h for h in headers if h and headers.count(h) > 1):
        problems.add(
            "double-column",
            f'The column "{name}" stands {headers.count(name)} times.',
            f'คอลัมน์ "{name}" ปรากฏ {headers.count(name)} ครั้ง',
            row=1,
            column=name,
            hint_en="Keep one of them, or give each its own name.",
            hint_th="เก็บไว้เพียงคอลัมน์เดียว หรือตั้งชื่อให้ต่างกัน",
        )


def _report_long(frame: pd.DataFrame, problems: Problems) -> None:
    """Add a problem for the first cell of each column that holds more than a cell of a spreadsheet can."""
    for position, name in enumerate(frame.columns):
        lengths = frame.iloc[:, position].str.len()
        if (long := lengths > LONGEST_CELL).any():
            row = int(lengths.index[long][0])
            problems.add(
                "long-cell",
                f"This cell holds {int(lengths[long].iloc[0]):,} characters; more than {LONGEST_CELL:,} are no entry of"
                " a table.",
                f"ช่องนี้มี {int(lengths[long].iloc[0]):,} อักขระ ช่องหนึ่งมีได้ไม่เกิน {LONGEST_CELL:,} อักขระ",
                row=row,
                column=name,
                hint_en="Was a quotation mark opened and not closed, or another text pasted here?",
                hint_th="เปิดเครื่องหมายคำพูดแล้วไม่ได้ปิด หรือวางข้อความอื่นผิดที่หรือไม่",
            )


def report_empty(frame: pd.DataFrame, columns: Sequence[str], problems: Problems) -> None:
    """Add a problem for every empty cell of `columns`."""
    for column in columns:
        for row, _ in by_row(frame.loc[frame[column] == "", column]):
            problems.add("empty-cell", "This cell must not be empty.", "ช่องนี้ต้องไม่ว่าง", row=row, column=column)


def report_duplicates(frame: pd.DataFrame, column: str, problems: Problems) -> None:
    """Add a problem for every row whose id in `column` stands in a row before."""
    filled = frame.loc[frame[column] != "", column]
    first = {id_: row for row, id_ in reversed(list(by_row(filled)))}
    for row, id_ in by_row(filled[filled.duplicated()]):
        (own,), (there,) = (problems.of_rows([one], column) for one in (row, first[id_]))
        name = _beside(there.problems, own.problems)
        problems.add(
            "duplicate-id",
            f'"{id_}" already stands in row {there.rows[0]}{f" of {name}" * bool(name)}.',
            f'"{id_}" ซ้ำกับแถวที่ {there.rows[0]}{f" ของ {name}" * bool(name)}',
            row=row,
            column=column,
            hint_en="Each row needs its own.",
            hint_th="แต่ละแถวต้องไม่ซ้ำกัน",
        )


def _beside(there: Problems, here: Problems) -> str:
    """What the file or sheet of another row is called, where it is another one."""
    if there.file != here.file:
        return there.file.rsplit("/", 1)[-1]
    return f'"{there.sheet}"' if there.sheet != here.sheet else ""


def report_unknown(
    frame: pd.DataFrame, column: str, known: Collection[str], problems: Problems, kind: str, en: str, th: str
) -> None:
    """Add a problem for each entry of `column` that is not among `known`; nothing is judged if none is known.

    Args:
        en, th: the sentence, with `{}` for the entry.
    """
    if len(known) == 0:
        return
    for cell, rows in rows_by_cell(frame.loc[~frame[column].isin(["", *known]), column]).items():
        hint_en, hint_th = did_you_mean(cell, known)
        also_en, also_th = also_in(rows)
        problems.add(kind, en.format(cell) + also_en, th.format(cell) + also_th, row=rows[0], column=column,
                     hint_en=hint_en, hint_th=hint_th)  # fmt: skip


def by_row(column: pd.Series) -> Iterator[tuple[int, str]]:
    """Number of the row and content of each cell."""
    return zip(column.index.tolist(), column.tolist(), strict=True)


def rows_by_cell(cells: pd.Series) -> dict[str, list[int]]:
    """The rows of each distinct cell, in the order of their first rows."""
    groups = cells.groupby(cells, sort=False).groups
    return {str(cell): [int(row) for row in rows] for cell, rows in groups.items()}


def add_for_rows(
    problems: Problems, kind: str, en: str, th: str, rows: Sequence[int], column: str, *, hint_en: str, hint_th: str
) -> None:
    """Add one problem for all rows of a file in which a cell of the column is wrong."""
    for here, _, own, header in problems.of_rows(rows, column):
        also_en, also_th = also_in(own)
        here.add(kind, en + also_en, th + also_th, row=own[0], column=header, hint_en=hint_en, hint_th=hint_th)


def also_in(rows: Sequence[int]) -> tuple[str, str]:
    """The rows after the first as the end of a sentence in English and Thai; empty if there are none."""
    if len(rows) == 1:
        return "", ""
    listed, more = ", ".join(map(str, rows[1:6])), len(rows) - 6
    if more > 0:
        return f" Also in rows {listed} and {more} more.", f" พบอีกในแถว {listed} และอีก {more} แถว"
    return f" Also in row{'s' * (len(rows) > 2)} {listed}.", f" พบอีกในแถว {listed}"


def _cleaned(column: Sequence[str], name: str, numbers: list[int], problems: Problems) -> list[str]:
    """Normalised cells; a formula error becomes a problem and an empty cell."""
    clean = {cell: normalise_text(cell).strip() for cell in set(column)}
    for cell in FORMULA_ERRORS & set(clean.values()):
        for number, written in zip(numbers, column, strict=True):
            if clean[written] == cell:
                problems.add(
                    "formula-error",
                    f"The formula in this cell fails: {cell}",
                    f"สูตรในช่องนี้คำนวณไม่ได้: {cell}",
                    row=number,
                    column=name,
                    hint_en="Repair the formula, or put the value itself in its place.",
                    hint_th="แก้สูตร หรือใส่ค่าแทนสูตร",
                )
    if broken := sorted(cell for cell in clean.values() if cell not in FORMULA_ERRORS and _FAILED.search(cell)):
        rows = [number for number, written in zip(numbers, column, strict=True) if clean[written] in broken]
        en, th = rows_said(rows)
        problems.notice(
            "formula-error",
            f'"{_FAILED.search(broken[0])[0]}" stands within text ({en}); was the result of a formula lost?',  # type: ignore[index]
            f'มี "{_FAILED.search(broken[0])[0]}" อยู่ในข้อความ ({th}) ผลของสูตรหายไปหรือไม่',  # type: ignore[index]
            row=rows[0],
            column=name,
        )
    if any("??" in cell for cell in clean.values()):
        rows_of: dict[str, list[int]] = {}
        for number, written in zip(numbers, column, strict=True):
            rows_of.setdefault(clean[written], []).append(number)
        report_lost(list(rows_of), name, rows_of, problems)
    return ["" if clean[cell] in FORMULA_ERRORS else clean[cell] for cell in column]


def _read_csv(path: Path, problems: Problems) -> list[list[str]] | None:
    text = read_text(path, problems)
    if text is None:
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))  # a cell may hold a whole interview
    rows: list[list[str]] = []
    try:
        for row in rows_of(text, layout_of(text)):
            rows.append(row)
    except csv.Error:
        problems.add(
            "csv",
            "A quotation mark is opened here and not closed, or closed in the middle of a cell.",
            "มีเครื่องหมายคำพูดที่เปิดไว้ตรงนี้แต่ไม่ได้ปิด หรือปิดกลางช่อง",
            row=len(rows) + 1,
            hint_en='Close it; a quotation mark inside quoted text is written twice ("").',
            hint_th='ปิดเครื่องหมายให้ครบ เครื่องหมายคำพูดในข้อความให้พิมพ์สองครั้ง ("")',
        )
        return None
    return rows


def is_header_alone(path: Path, columns: Iterable[str]) -> bool:
    """Whether nothing stands in the file but a table's columns, in their order; of an earlier version, the first."""
    header = ",".join(columns)
    if not path.is_file() or path.stat().st_size > len(header) + 10:  # a byte-order mark and a line end beside it
        return False
    return f"{header},".startswith(path.read_bytes().decode("utf-8-sig", "replace").strip() + ",")
