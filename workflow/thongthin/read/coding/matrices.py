"""Matrices of codes and interviews: how often each code was given in each (NVivo, MAXQDA), without any passage.

A row is a code, a column an interview. NVivo numbers both (`1 : Openness`, `A : P01`); MAXQDA calls the first column
"Code System" and adds sums. What is read is whether a code was given in an interview, as from a table of 0 and 1 of
whole interviews: a count of 0, or none, says that it was not. Sums are left out. Nothing tells who coded, so study.yml
must.

Fails, with problems, on cells that are no numbers, and where nobody is said to have coded.

Source: matrices that NVivo wrote (github.com/DesiQuintans/novelqualcodes, `inst/insect_study`); the code matrix browser
of MAXQDA's manual.
"""

from __future__ import annotations

import re
from collections.abc import Collection

import pandas as pd

from thongthin.basics.language import parse_number
from thongthin.basics.problems import Problems
from thongthin.read.coding.code_names import CodeNames, tool_codes
from thongthin.read.coding.headers import key
from thongthin.read.coding.model import CodedFile, Selection, Source
from thongthin.read.coding.table_rows import TOTALS
from thongthin.read.files.sheets import by_row

# What the column of codes is called where it has no header, as in NVivo's.
FIRST = "(no name)"
# MAXQDA's header of it; and those that may as well stand above something else, so that the codes must be known.
_CODES = {
    "code system",
    "codesystem",
    "liste der codes",
    "sistema de códigos",
    "système de codes",
    "sistema dei codici",
}
_PERHAPS = {"no name", "code", "codes", "code name", "codename", "รหัส"}
_ROW = re.compile(r"\d+ : (?=\S)")
_COLUMN = re.compile(r"[A-Z]{1,3} : (?=\S)")
_SUM = re.compile(
    r"(?:sum|summe|suma|somme|somma|total|#? ?n ?\(?(?:documents?|dokumente|documentos)\)?)", re.IGNORECASE
)


def is_matrix(frame: pd.DataFrame, known: Collection[str] = ()) -> bool:
    """Whether a table is one: codes in the first column, and nothing but numbers in all others."""
    first = key(frame.columns[0])
    if frame.shape[1] < 2 or frame.empty or first not in _CODES | _PERHAPS:
        return False
    cells = {cell for n in range(1, frame.shape[1]) for cell in frame.iloc[:, n].unique()} - {""}
    codes = frame.iloc[:, 0]
    names = CodeNames(known)
    numbered = all(_ROW.match(code) for code in codes)
    called = sum(names.find(code) is not None for code in codes) * 2 > len(codes)
    return bool(cells) and all(_count(cell) is not None for cell in cells) and (first in _CODES or numbered or called)


def read_matrix(frame: pd.DataFrame, file: str, problems: Problems, coder: str | None) -> CodedFile | None:
    """A matrix as selections, one for each whole interview; None if nobody is said to have coded.

    Args:
        frame: as `is_matrix` takes it.
        file: the name of the file.
        problems: bound to the file and sheet.
        coder: who coded.
    """
    if not coder:
        entry = f'coding: {{files: [{{file: "{file}", coder: SK}}]}}'
        problems.add(
            "no-coder",
            "This matrix of codes and interviews does not tell who coded.",
            "ตารางรหัสกับบทสัมภาษณ์นี้ไม่บอกว่าใครเป็นผู้ลงรหัส",
            hint_en=f"Say so in study.yml: {entry}; or for all such files at once: coding: {{coder: SK}}",
            hint_th=f"ระบุใน study.yml: {entry} หรือระบุครั้งเดียวสำหรับทุกไฟล์: coding: {{coder: SK}}",
        )
        return None
    column = frame.iloc[:, 0]
    rows = [row for row, code in by_row(column) if code and not _is_sum(code)]
    codes = {row: _ROW.sub("", code, count=1) for row, code in by_row(column) if row in set(rows)}
    selections = []
    for n in range(1, frame.shape[1]):
        header = frame.columns[n]
        if _is_sum(header):
            continue
        counts = frame.iloc[:, n]
        given = tuple(dict.fromkeys(codes[row] for row in rows if (_count(counts[row]) or 0) > 0))
        selections.append(
            Selection(_COLUMN.sub("", header, count=1), None, None, given, coder, place=f"column {n + 1}", whole=True)
        )
    problems.notice(
        "matrix",
        f"Of this matrix ({len(codes)} codes, {len(selections)} interviews) is read whether a code was given in an"
        " interview, not how often, nor where.",
        f"จากตารางนี้ ({len(codes)} รหัส {len(selections)} บทสัมภาษณ์) อ่านเพียงว่าบทสัมภาษณ์ได้รหัสใด ไม่ได้อ่านจำนวนครั้งหรือตำแหน่ง",
        hint_en="The coded passages themselves, or the project as .qdpx, tell more.",
        hint_th="ข้อความที่ลงรหัส หรือโครงการในรูปแบบ .qdpx ให้ข้อมูลได้มากกว่า",
    )
    documents = dict.fromkeys(selection.source for selection in selections)
    return CodedFile(
        problems.file,
        "units",
        "NVivo" if all(_ROW.match(code) for code in column) else "",
        sources=[Source(name, name) for name in documents],
        codes=tool_codes(codes.values()),
        selections=selections,
        units=(),
    )


def _is_sum(name: str) -> bool:
    return key(name) in TOTALS or _SUM.fullmatch(name) is not None


def _count(cell: str) -> float | None:
    return parse_number(cell.removesuffix("%").strip())
