"""Tables of coding (.csv, .xlsx), written by people or exported by a tool: segments, units, 0 and 1, counts.

- Segments: one row for each coded passage; columns participant (or document), code, and text or start and end. A cell
  may name several codes; Dedoose has a column for each code instead.
- Units: one row for each unit of the text, coded or not; columns participant and `Code 1`, `Code 2` ...
- 0 and 1: one row for each unit or whole interview; columns participant and one for each code.
- Counts: one row for each code, and a column for each interview (see `matrices`).

`headers` tells which a table is, and by which tool. What stands in a row is placed by start and end, else by its text,
else by its turn; a row with none of these columns means the whole interview. A unit whose code cells are all empty was
not judged; one that was judged and got no code says so by a word ("none", "-", "ไม่มี": see `code_names`). The coder
stands in a column, or study.yml tells, or the file is named by the coder. Told as notices: merged cells, which count
for all their rows; what stands below the data and is none; codes that were parted at commas alone.

Fails, with problems, on a table that is none of these, headers that are misspelt or stand twice, cells that are empty
or no numbers where they should not be, a unit that is both coded and said to have no code, and two rows of one coder on
one whole interview.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from thongthin.basics.language import parse_integer
from thongthin.basics.problems import Problems
from thongthin.contract.tables import unescaped
from thongthin.read.coding import matrices, table_rows
from thongthin.read.coding.code_names import CodeNames, tool_codes
from thongthin.read.coding.headers import (
    APPLIED,
    DOCUMENT_GROUP,
    Layout,
    decision,
    headers_are_good,
    key,
    recognise,
    report_nameless,
    report_unknown_table,
)
from thongthin.read.coding.model import CodedFile, NamedSet, Reader, Selection, Source
from thongthin.read.coding.taguette_exports import HEADERS as TAGUETTE_HEADERS
from thongthin.read.coding.taguette_exports import highlights
from thongthin.read.files.sheets import FORMATS, also_in, by_row, read_sheet

# QualCoder ends a row of its report behind the categories that its code has.
_QUALCODER_LAST = "Coded_Memo"
# Where QualCoder's report lists what is no text, the id says so.
_NO_TEXT = ("imid:", "avid:")
# Tools that join the codes of a passage with commas.
_COMMAS = ("ATLAS.ti", "Dedoose")


class _Codes(NamedTuple):
    """What a row says of codes."""

    given: tuple[str, ...]
    judged: bool = True
    undecided: tuple[str, ...] = ()


def read_coding_table(
    path: Path, problems: Problems, coder: str | None = None, known: Collection[str] = ()
) -> CodedFile | None:
    """A table of coding as selections, in the order of its rows; None if it can't be read as one.

    Args:
        problems: bound to the file with `Problems.at`.
        coder: who coded, where no column tells; by default the name of the file without ending.
        known: ids and labels of the codebook (see `CodeNames.split`).

    Returns:
        Sources and codes by their names as they are written. Cells are normalised as in every table; positions count
        as in `study.yml` or the documentation is said of tables: code points of the transcript.
    """
    frame, here = _read(path, problems)
    if frame.columns.empty:
        return None
    if set(map(key, frame.columns)) == TAGUETTE_HEADERS:
        return highlights(frame, here, coder)
    frame = frame.apply(unescaped)
    layout = recognise(frame, known)
    if layout is None and matrices.is_matrix(frame, known):
        return matrices.read_matrix(frame, path.name, here, coder)
    if matrices.FIRST in frame:  # only a matrix has codes there: in other tables a header is lost
        report_nameless(here)
    if layout is None:
        report_unknown_table(list(frame.columns), here)
        return None
    if not headers_are_good(list(frame.columns), layout, here):
        return None
    if frame.empty:
        here.add("no-rows", "This table has a header but no rows.", "ตารางนี้มีเพียงหัวตาราง ไม่มีข้อมูล", row=1)
        return None
    frame = table_rows.data_rows(table_rows.filled(frame, path, layout, here), layout, here)
    frame, pictured = _without_pictures(frame, layout)
    if layout.tool and not coder and "coder" not in layout.fields:
        _tell_coder(path.stem, path.name, layout.tool, here)
    names = CodeNames(known)
    read_codes = {
        "segments": _segment_codes, "applied": _applied_codes, "units": _unit_codes, "binary": _binary_codes,
    }[layout.kind]  # fmt: skip
    selections = list(_selections(frame, layout, read_codes(frame, layout, names, here), coder, path.stem, here))
    selections += [Selection(document, None, None, (code,), by) for document, code, by in pictured]
    documents = dict.fromkeys(selection.source for selection in selections)
    codes: Iterable[str] = (code for selection in selections for code in selection.codes)
    if layout.kind in ("binary", "applied"):
        codes = _column_codes(layout, names)
    return CodedFile(
        here.file,
        "segments" if layout.kind in ("segments", "applied") else "units",
        layout.tool,
        sources=[Source(name, name) for name in documents],
        codes=tool_codes(codes, known),
        selections=selections,
        sets=list(_groups(frame, layout)),
        units=("code_points", "utf16", "utf8") if {"start", "end"} <= layout.fields.keys() else (),
    )


def _groups(frame: pd.DataFrame, layout: Layout) -> Iterator[NamedSet]:
    """The groups of documents, where the tool tells them of each row."""
    header = next((header for header in frame.columns if key(header) in DOCUMENT_GROUP), None)
    if header is None or header == layout.fields["document"]:
        return
    for name, documents in frame.groupby(header, sort=False)[layout.fields["document"]]:
        if name:
            yield NamedSet(str(name), sources=tuple(dict.fromkeys(map(str, documents))))


def _read(path: Path, problems: Problems) -> tuple[pd.DataFrame, Problems]:
    """The table as `read_sheet` gives it, but for two things that programs write so and that are no faults.

    A nameless first column may be NVivo's of codes, and QualCoder ends a row behind the last category of its code.
    """
    found = Problems()
    frame, there = read_sheet(path, found.at(problems.file))
    here = problems.at(there.file, there.sheet)
    passed_over = {"ragged-row"} if _QUALCODER_LAST in frame else set()
    lacks_header = any(problem.kind == "no-header" for problem in found)
    if lacks_header and not frame.columns.empty and (codes := table_rows.nameless(path, there.sheet)):
        frame.insert(0, matrices.FIRST, [codes.get(row, "") for row in frame.index])
        passed_over |= {"no-header"}
    problems.found += [problem for problem in found if problem.kind not in passed_over]
    problems.notices += found.notices
    return frame, here


def _without_pictures(frame: pd.DataFrame, layout: Layout) -> tuple[pd.DataFrame, list[tuple[str, str, str]]]:
    """QualCoder's rows of texts, each once, and the others as document, code, coder.

    A report by cases repeats a passage for every case that its document belongs to.
    """
    ids = next((header for header in frame.columns if key(header) == "id"), None)
    if layout.tool != "QualCoder" or layout.kind != "segments" or ids is None:
        return frame, []
    no_text = frame[ids].str.startswith(_NO_TEXT)
    wanted = [frame.loc[no_text, column] for column in (layout.fields["document"], layout.code_columns[0])]
    coders = frame.loc[no_text, layout.fields["coder"]] if "coder" in layout.fields else [""] * int(no_text.sum())
    twice = frame[ids].duplicated() & (frame[ids] != "")
    return frame[~no_text & ~twice], list(zip(*wanted, coders, strict=True))


# --- codes --------------------------------------------------------------------------------------------------


def _segment_codes(frame: pd.DataFrame, layout: Layout, names: CodeNames, problems: Problems) -> list[_Codes]:
    [column] = layout.code_columns
    cells = list(frame[column].unique())
    names.learn(cells)
    # Where the tool parts codes by lines, a comma belongs to a name.
    commas = layout.tool in _COMMAS and not any("\n" in cell for cell in cells)
    read = {
        cell: _Codes(() if names.says_none(cell) else names.split(cell, listed=True, commas=commas)) for cell in cells
    }
    _tell_commas(frame[column], names, problems)
    for row, cell in by_row(frame[column]):
        if not cell:
            problems.add(
                "empty-cell",
                "This cell must not be empty.",
                "ช่องนี้ต้องไม่ว่าง",
                row=row,
                column=column,
                hint_en='Where a passage got no code, write "none".',
                hint_th='หากข้อความนี้ไม่ได้รับรหัส ให้เขียน "ไม่มี"',
            )
    return [read[cell] for cell in frame[column]]


def _applied_codes(frame: pd.DataFrame, layout: Layout, names: CodeNames, problems: Problems) -> list[_Codes]:
    """Of each excerpt the codes that Dedoose says were applied."""
    return [_Codes(said.given) for said in _binary_codes(frame, layout, names, problems)]


def _unit_codes(frame: pd.DataFrame, layout: Layout, names: CodeNames, problems: Problems) -> list[_Codes]:
    rows: list[_Codes] = []
    columns = [frame[column] for column in layout.code_columns]
    for row, *cells in zip(frame.index, *columns, strict=True):
        written = [cell for cell in cells if cell]
        coded = [cell for cell in written if not names.says_none(cell)]
        if coded and len(coded) < len(written):
            none = next(n for n, cell in enumerate(cells) if cell and names.says_none(cell))
            problems.add(
                "code-and-none",
                f'This unit has codes, and "{cells[none]}" as well.',
                f'หน่วยนี้มีรหัสแล้ว แต่เขียน "{cells[none]}" ไว้ด้วย',
                row=row,
                column=layout.code_columns[none],
                hint_en="Leave this cell empty, or take the codes out.",
                hint_th="ปล่อยช่องนี้ว่าง หรือลบรหัสออก",
            )
        given = dict.fromkeys(code for cell in coded for code in names.split(cell))
        rows.append(_Codes(tuple(given), bool(written)))
    return rows


def _binary_codes(frame: pd.DataFrame, layout: Layout, names: CodeNames, problems: Problems) -> list[_Codes]:
    codes = _column_codes(layout, names)
    decided: list[list[bool | None]] = []
    for column in layout.code_columns:
        read = {cell: decision(cell) for cell in frame[column].unique()}
        for row, cell in by_row(frame[column]):
            if cell and read[cell] is None:
                problems.add(
                    "binary",
                    f'"{cell}" is neither 0 nor 1.',
                    f'"{cell}" ไม่ใช่ 0 หรือ 1',
                    row=row,
                    column=column,
                    hint_en="1: the code was given; 0: it was not; empty: nobody decided.",
                    hint_th="1 คือให้รหัส 0 คือไม่ให้ ว่างคือยังไม่ได้ตัดสิน",
                )
        decided.append([read[cell] for cell in frame[column]])
    return [
        _Codes(
            tuple(code for code, yes in zip(codes, row, strict=True) if yes),
            any(yes is not None for yes in row),
            tuple(code for code, yes in zip(codes, row, strict=True) if yes is None),
        )
        for row in zip(*decided, strict=True)
    ]


def _column_codes(layout: Layout, names: CodeNames) -> list[str]:
    called = [match[1] if (match := APPLIED.fullmatch(column)) else column for column in layout.code_columns]
    return [names.find(name) or name for name in called]


def _tell_commas(column: pd.Series, names: CodeNames, problems: Problems) -> None:
    """A notice where nothing but commas told the codes of a cell apart."""
    rows = [row for row, cell in by_row(column) if cell in names.parted_at_commas]
    if rows:
        example = names.parted_at_commas[column[rows[0]]]
        listed = ", ".join(f'"{name}"' for name in example)
        also_en, also_th = also_in(rows)
        problems.notice(
            "commas",
            f"Taken for {len(example)} codes, as the tool joins codes with commas: {listed}.{also_en}",
            f"ถือเป็น {len(example)} รหัส เพราะโปรแกรมใช้จุลภาคคั่นรหัส: {listed}{also_th}",
            row=rows[0],
            column=column.name if isinstance(column.name, str) else "",
            hint_en="If a code itself holds a comma, write it into the codebook: then it is known.",
            hint_th="หากชื่อรหัสมีจุลภาคอยู่ในตัว ให้เขียนรหัสนั้นในสมุดรหัส แล้วระบบจะรู้จัก",
        )


def _tell_coder(stem: str, file: str, tool: str, problems: Problems) -> None:
    problems.notice(
        "coder-from-name",
        f'This table of {tool} does not tell who coded; the coder is called "{stem}", as the file is.',
        f'ตารางของ {tool} นี้ไม่บอกว่าใครลงรหัส จึงเรียกผู้ลงรหัสว่า "{stem}" ตามชื่อไฟล์',
        hint_en=f'If that is nobody, say who it was in study.yml: coding: {{files: [{{file: "{file}", coder: SK}}]}}',
        hint_th=f'หากไม่ใช่ชื่อผู้ลงรหัส ให้ระบุใน study.yml: coding: {{files: [{{file: "{file}", coder: SK}}]}}',
    )


# --- rows ---------------------------------------------------------------------------------------------------


def _selections(
    frame: pd.DataFrame, layout: Layout, codes: Iterable[_Codes], coder: str | None, stem: str, problems: Problems
) -> Iterator[Selection]:
    """One selection a row; rows without participant are told and left out."""
    fields = layout.fields

    def cells(field: str) -> list[str]:
        return frame[fields[field]].tolist() if field in fields else [""] * len(frame)

    by_position = {"start", "end"} <= fields.keys()
    starts = _positions(frame, fields["start"], problems) if by_position else [None] * len(frame)
    ends = _positions(frame, fields["end"], problems) if by_position else [None] * len(frame)
    whole = not (by_position or {"text", "turn"} & fields.keys())
    seen: dict[tuple[str, str], int] = {}
    for row, document, said, start, end, text, turn, who in zip(
        frame.index.tolist(), cells("document"), codes, starts, ends, cells("text"), cells("turn"), cells("coder"),
        strict=True,
    ):  # fmt: skip
        by = who or coder or ("" if "coder" in fields else stem)
        for field, cell in (("document", document), ("coder", by)):
            if not cell:
                problems.add(
                    "empty-cell", "This cell must not be empty.", "ช่องนี้ต้องไม่ว่าง", row=row, column=fields[field],
                    hint_en="If the cell above counts for this row, too, fill it down.",
                    hint_th="หากช่องด้านบนหมายถึงแถวนี้ด้วย ให้เติมลงมาให้ครบ",
                )  # fmt: skip
        if not document:
            continue
        if by_position and (start is None) != (end is None):
            column = fields["start" if start is None else "end"]
            if not frame.at[row, column]:
                problems.add("empty-cell", "This cell must not be empty.", "ช่องนี้ต้องไม่ว่าง", row=row, column=column)
        if not (whole or text or turn or start is not None or end is not None):
            _report_nowhere(row, problems)
        if whole and (first := seen.setdefault((document, by), row)) != row:
            problems.add(
                "double-unit",
                f'"{by}" coded the whole of "{document}" in row {first} already.',
                f'"{by}" ลงรหัส "{document}" ทั้งฉบับไว้แล้วในแถวที่ {first}',
                row=row,
                hint_en="Take one of the two rows out; or add a column text or turn, if these are parts of it.",
                hint_th="ลบออกหนึ่งแถว หรือเพิ่มคอลัมน์ text หรือ turn หากเป็นเพียงส่วนหนึ่ง",
            )
        if start is None or end is None:
            start = end = None
        yield Selection(document, start, end, said.given, by, text, f"row {row}", row, said.judged, said.undecided,
                        "" if text or start is not None else turn, whole)  # fmt: skip


def _report_nowhere(row: int, problems: Problems) -> None:
    problems.add(
        "no-place",
        "This row does not tell what was coded: it has neither position nor text nor turn.",
        "แถวนี้ไม่บอกว่าลงรหัสส่วนใด: ไม่มีทั้งตำแหน่ง ข้อความ และช่วงพูด",
        row=row,
        hint_en="Put the text there that was coded.",
        hint_th="ใส่ข้อความที่ลงรหัส",
    )


def _positions(frame: pd.DataFrame, column: str, problems: Problems) -> list[int | None]:
    meant = {cell: parse_integer(cell) for cell in frame[column].unique()}
    for row, cell in by_row(frame[column]):
        if cell and (meant[cell] is None or (meant[cell] or 0) < 0):
            problems.add("position", f'"{cell}" is not a whole number.', f'"{cell}" ไม่ใช่จำนวนเต็ม', row=row,
                         column=column)  # fmt: skip
    return [meant[cell] for cell in frame[column]]


# The reader itself tells tables of segments from those of units, and from Taguette's.
SEGMENTS = Reader("segments", "table of segments / ตารางข้อความ", FORMATS, read_coding_table, also=(".docx",))
UNITS = Reader("units", "table of units / ตารางหน่วยข้อความ", FORMATS, read_coding_table, also=(".docx",))
