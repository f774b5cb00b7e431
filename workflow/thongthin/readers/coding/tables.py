"""Tables of coding (.csv, .xlsx), written by people or exported by a tool: of segments, of units, or of 0 and 1.

- Segments: one row for each coded passage; columns participant (or document), code, and text or start and end.
- Units: one row for each unit of the text, coded or not; columns participant and `Code 1`, `Code 2` ...
- 0 and 1: one row for each unit or whole interview; columns participant and one for each code.

Headers are known by many names, in English and Thai, and by those that MAXQDA, ATLAS.ti, NVivo and Dedoose write
(`SYNONYMS`); columns that mean nothing here are passed over. What stands in a row is placed by start and end, else by
its text, else by its turn; a row with none of these columns means the whole interview. A unit whose code cells are all
empty was not judged; one that was judged and got no code says so by a word ("none", "-", "ไม่มี": see `code_names`).
The coder stands in a column, or study.yml tells, or the file is named by the coder.

Fails, with problems, on a table that is none of the three, headers that are misspelt or stand twice, cells that are
empty or no numbers where they should not be, a unit that is both coded and said to have no code, and two rows of one
coder on one whole interview.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

import pandas as pd

from thongthin.language import one_line, parse_integer, parse_number
from thongthin.problems import Problems
from thongthin.readers.coding.code_names import CodeNames, tool_codes
from thongthin.readers.coding.model import CodedFile, Selection, Source
from thongthin.readers.coding.taguette_exports import HEADERS as TAGUETTE_HEADERS
from thongthin.readers.coding.taguette_exports import highlights
from thongthin.readers.sheets import by_row, read_sheet, report_double_headers
from thongthin.tables import FORMULA

Kind = Literal["segments", "units", "binary"]

# What each column may be called (as `_key` writes it); of several that are there, the first in this order counts.
# MAXQDA's "Beginning" and "End" are numbers of paragraphs: without a column "start", "end" is no position.
SYNONYMS: dict[str, tuple[str, ...]] = {
    "document": (
        *("participant", "participant id", "document", "document name", "document id", "media title", "transcript"),
        *("interview", "source", "source name", "file", "file name", "filename", "respondent", "interviewee", "case"),
        *("name", "ผู้ให้ข้อมูล", "รหัสผู้ให้ข้อมูล", "ผู้ให้สัมภาษณ์", "บทสัมภาษณ์", "เอกสาร", "ชื่อเอกสาร", "ไฟล์", "ชื่อไฟล์"),
        *("แฟ้ม", "แหล่งข้อมูล"),
    ),
    "code": (
        *("code", "code id", "codes", "code name", "codes applied combined", "codes applied", "tag", "tags", "node"),
        *("nodes", "รหัส", "โค้ด", "ชื่อรหัส", "รหัสที่ให้", "แท็ก"),
    ),
    "text": (
        *("text", "segment", "coded segment", "coded text", "quotation content", "quotation", "quote", "excerpt copy"),
        *("excerpt", "content", "passage", "highlight", "ข้อความ", "ข้อความที่ลงรหัส", "คำพูด", "ถ้อยคำ", "เนื้อหา"),
    ),
    "start": ("start", "start position", "start offset", "start char", "from", "เริ่ม", "เริ่มที่อักขระ", "ตำแหน่งเริ่มต้น"),
    "end": ("end", "end position", "end offset", "end char", "to", "สิ้นสุด", "สิ้นสุดก่อนอักขระ", "ตำแหน่งสิ้นสุด"),
    "coder": (
        *("coder", "coded by", "created by", "excerpt creator", "creator", "author", "annotator", "rater", "user"),
        *("ผู้ลงรหัส", "ผู้ให้รหัส", "ผู้เข้ารหัส", "ผู้สร้าง"),
    ),
    "turn": ("turn", "turn id", "turn number", "ช่วงพูด", "รหัสช่วงพูด", "ลำดับช่วงพูด"),
    "unit": ("unit", "unit id", "unit number", "no", "number", "หน่วย", "หน่วยที่", "ลำดับ", "ลำดับที่"),
}
_NUMBERED_CODE = re.compile(r"(?:code|รหัส|โค้ด) ?[0-9๐-๙]+")
_ALIKE = 0.8


class _Layout(NamedTuple):
    """What a table is: its kind, the header of each field that it has, and the headers of its columns of codes."""

    kind: Kind
    fields: dict[str, str]
    code_columns: tuple[str, ...]


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
    frame, here = read_sheet(path, problems)
    if frame.columns.empty:
        return None
    if set(map(_key, frame.columns)) == TAGUETTE_HEADERS:
        return highlights(frame, here, coder)
    frame = frame.apply(lambda column: column.map(_unescaped))
    layout = recognise(frame, known)
    if layout is None:
        _report_unknown_table(list(frame.columns), here)
        return None
    if not _headers_are_good(list(frame.columns), layout, here):
        return None
    if frame.empty:
        here.add("no-rows", "This table has a header but no rows.", "ตารางนี้มีเพียงหัวตาราง ไม่มีข้อมูล", row=1)
        return None
    names = CodeNames(known)
    read_codes = {"segments": _segment_codes, "units": _unit_codes, "binary": _binary_codes}[layout.kind]
    selections = list(_selections(frame, layout, read_codes(frame, layout, names, here), coder, path.stem, here))
    documents = dict.fromkeys(selection.source for selection in selections)
    given = (code for selection in selections for code in selection.codes)
    return CodedFile(
        here.file,
        "segments" if layout.kind == "segments" else "units",
        sources=[Source(name, name) for name in documents],
        codes=tool_codes(_column_codes(layout, names) if layout.kind == "binary" else given, known),
        selections=selections,
        units=("code_points", "utf16", "utf8") if {"start", "end"} <= layout.fields.keys() else (),
    )


def recognise(frame: pd.DataFrame, known: Collection[str] = ()) -> _Layout | None:
    """What a table is, by its headers and, for one of 0 and 1, by its cells; None if it is no table of coding."""
    headers = list(frame.columns)
    by_key = {_key(header): header for header in reversed(headers)}
    fields = {field: next((by_key[n] for n in names if n in by_key), "") for field, names in SYNONYMS.items()}
    fields = {field: header for field, header in fields.items() if header}
    if "document" not in fields:
        return None
    numbered = [header for header in headers if _NUMBERED_CODE.fullmatch(_key(header))]
    if numbered:
        code = fields.pop("code", None)
        return _Layout("units", fields, (*([code] if code else []), *numbered))
    if "code" in fields:
        return _Layout("segments", fields, (fields.pop("code"),))
    names = CodeNames(known)
    taken = set(fields.values())
    binary = [h for h in dict.fromkeys(headers) if h not in taken and (names.find(h) or _is_binary(frame[[h]]))]
    return _Layout("binary", fields, tuple(binary)) if binary else None


def _is_binary(columns: pd.DataFrame) -> bool:
    cells = {cell for name in range(columns.shape[1]) for cell in columns.iloc[:, name].unique()} - {""}
    return bool(cells) and all(_decision(cell) is not None for cell in cells)


def _decision(cell: str) -> bool | None:
    """Whether a cell of 0 and 1 says yes; None if it says neither."""
    if cell.upper() in ("TRUE", "FALSE"):
        return cell.upper() == "TRUE"
    number = parse_number(cell)
    return None if number not in (0, 1) else bool(number)


# --- headers ------------------------------------------------------------------------------------------------


def _headers_are_good(headers: Sequence[str], layout: _Layout, problems: Problems) -> bool:
    """Whether the headers say all that is needed and nothing twice; else problems are added."""
    before = len(problems)
    fields = layout.fields
    used = [*fields.values(), *layout.code_columns]
    report_double_headers([header for header in headers if header in used], problems)
    others = [header for header in headers if header not in used]
    absent = [field for field in ("text", "start", "end", "coder") if field not in fields]
    meant = {header: difflib.get_close_matches(_key(header), absent, 1, _ALIKE) for header in others}
    # Exports have many columns that mean nothing here; in a table of our own, one that is left over is misspelt.
    if layout.kind != "binary" and others and all(meant.values()):
        for header in others:
            problems.add(
                "unknown-column",
                f'"{header}" is not a column of this table.',
                f'ตารางนี้ไม่มีคอลัมน์ชื่อ "{header}"',
                row=1,
                column=header,
                hint_en=f'Did you mean "{meant[header][0]}"?',
                hint_th=f'หมายถึง "{meant[header][0]}" หรือไม่',
            )
        return False
    for here, missing in (("start", "end"), ("end", "start")):
        if here in fields and missing not in fields and "text" not in fields:
            _report_missing(missing, problems)
    placed = {"text", "turn"} & fields.keys() or {"start", "end"} <= fields.keys()
    if not placed and len(problems) == before:
        if layout.kind == "segments":
            _report_missing(
                "text",
                problems,
                "Add the text of each segment, or start and end. Codes of whole interviews stand in columns Code 1 ...",
                "ใส่ข้อความของแต่ละส่วน หรือ start กับ end ส่วนรหัสของทั้งบทสัมภาษณ์ให้ใช้คอลัมน์ Code 1 ...",
            )
        elif "unit" in fields:
            _report_missing(
                "text",
                problems,
                "A number of a unit does not tell where it stands: add its text, or a column turn.",
                "ลำดับของหน่วยไม่บอกตำแหน่งในบทสัมภาษณ์ ให้เพิ่มคอลัมน์ text หรือ turn",
            )
    return len(problems) == before


def _report_missing(column: str, problems: Problems, hint_en: str = "", hint_th: str = "") -> None:
    problems.add("missing-column", f'The column "{column}" is missing.', f'ไม่มีคอลัมน์ "{column}"', row=1,
                 column=column, hint_en=hint_en, hint_th=hint_th)  # fmt: skip


def _report_unknown_table(headers: Sequence[str], problems: Problems) -> None:
    if any(_NUMBERED_CODE.fullmatch(_key(header)) for header in headers):  # else each would be taken for "code"
        _report_missing(
            "participant",
            problems,
            "Add a column participant (or document): whose interview each row is of.",
            "เพิ่มคอลัมน์ participant (หรือ document) ซึ่งบอกว่าแต่ละแถวเป็นบทสัมภาษณ์ของใคร",
        )
        return
    wanted = ("participant", "document", "code")
    near = [(header, difflib.get_close_matches(_key(header), wanted, 1, _ALIKE)) for header in headers]
    meant = [(header, names[0]) for header, names in near if names and _key(header) != names[0]]
    hint_en = "Segments: participant, code, text (or start, end). Units: participant, text, Code 1, Code 2 ..."
    hint_th = "ข้อความ: participant, code, text (หรือ start, end) หน่วย: participant, text, Code 1, Code 2 ..."
    problems.add(
        "unknown-table",
        "This is no table of coding: no column is known to tell the participant (or document), or none the code.",
        "ไม่รู้จักตารางลงรหัสรูปแบบนี้: ไม่มีคอลัมน์ที่บอกผู้ให้ข้อมูล (หรือเอกสาร) หรือไม่มีคอลัมน์ที่บอกรหัส",
        row=1,
        hint_en=" ".join([*(f'Is "{header}" meant to be "{name}"?' for header, name in meant), hint_en]),
        hint_th=" ".join([*(f'"{header}" หมายถึง "{name}" หรือไม่' for header, name in meant), hint_th]),
    )


# --- codes --------------------------------------------------------------------------------------------------


def _segment_codes(frame: pd.DataFrame, layout: _Layout, names: CodeNames, problems: Problems) -> list[_Codes]:
    [column] = layout.code_columns
    read = {cell: _Codes(() if names.says_none(cell) else names.split(cell)) for cell in frame[column].unique()}
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


def _unit_codes(frame: pd.DataFrame, layout: _Layout, names: CodeNames, problems: Problems) -> list[_Codes]:
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


def _binary_codes(frame: pd.DataFrame, layout: _Layout, names: CodeNames, problems: Problems) -> list[_Codes]:
    codes = _column_codes(layout, names)
    decided: list[list[bool | None]] = []
    for column in layout.code_columns:
        read = {cell: _decision(cell) for cell in frame[column].unique()}
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


def _column_codes(layout: _Layout, names: CodeNames) -> list[str]:
    return [names.find(column) or column for column in layout.code_columns]


# --- rows ---------------------------------------------------------------------------------------------------


def _selections(
    frame: pd.DataFrame, layout: _Layout, codes: Iterable[_Codes], coder: str | None, stem: str, problems: Problems
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
                problems.add("empty-cell", "This cell must not be empty.", "ช่องนี้ต้องไม่ว่าง", row=row,
                             column=fields[field])  # fmt: skip
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


def _key(header: str) -> str:
    """A header without case, punctuation, and double spaces."""
    return " ".join(re.sub(r"[_.:()*-]+", " ", one_line(header).casefold()).split())


def _unescaped(cell: str) -> str:
    """The cell without the apostrophe that keeps a spreadsheet from taking it for a formula."""
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell[1:]) else cell
