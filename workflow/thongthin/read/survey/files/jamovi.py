"""jamovi files (.omv): the spreadsheet of the file, with labels, levels and declared missing values.

An .omv is a zip archive: `metadata.json` describes the columns, `xdata.json` their levels, `data.bin` holds the cells,
column by column (4 bytes for a whole number, 8 for a decimal one), `strings.bin` the texts of columns of ids. What
jamovi made of the data (analyses, results) is not read. Levels of text become text; whole numbers with labels stay
numbers with their labels. Rows that a filter of jamovi leaves out are read as all others, and this is told.

Fails, with problems, on a file that is damaged, of a version of jamovi that is not known here, or too large.
"""

from __future__ import annotations

import json
import operator
import re
import struct
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from thongthin.basics.language import one_line
from thongthin.basics.problems import Problems
from thongthin.basics.text import report_missing
from thongthin.read.files.archive import MAX_CELLS, Archive, Refused
from thongthin.read.survey.files.choices import in_order
from thongthin.read.survey.files.formats import Program
from thongthin.read.survey.files.model import Kind, SurveyColumn, SurveyFile, value_text
from thongthin.read.survey.files.tables import unique_headers

# The highest version of the archive whose form is known here (jamovi 2.7 of 2025 reads up to this one).
_VERSION = 12
_MISSING = -(2**31)
_COMPARED: dict[str, Callable[[Any, Any], Any]] = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge,
}  # fmt: skip
_RULE = re.compile(r"""\s*(==|!=|<=|>=|<|>)\s*(?:'(?P<text>[^']*)'|"(?P<quoted>[^"]*)"|(?P<plain>\S.*?))\s*""")


class _Broken(Exception):
    """The parts of the file do not fit together."""


def read_jamovi(path: Path, problems: Problems) -> SurveyFile | None:
    """The data of a jamovi file; None with a problem added if it can't be read."""
    if not path.is_file():
        report_missing(path, problems)
        return None
    try:
        with Archive(path) as archive:
            parts = {
                name: archive.read(name)
                for name in ("meta", "META-INF/MANIFEST.MF", "metadata.json", "xdata.json", "data.bin", "strings.bin")
                if archive.find(name)
            }
        if not _is_known_version(parts, problems):
            return None
        return _read(parts, problems)
    except Refused as refused:
        if refused.kind != "unreadable":
            refused.report(problems)
            return None
    except (_Broken, KeyError, TypeError, ValueError, AttributeError, RecursionError, struct.error):
        pass  # parts that are missing, or of another shape than jamovi writes
    problems.add(
        "unreadable",
        "This file is damaged or cut short, or no jamovi file.",
        "ไฟล์นี้เสียหาย ไม่ครบ หรือไม่ใช่ไฟล์ jamovi",
        hint_en="Take a fresh copy, or open it in jamovi and save it again, or export the data from there as CSV.",
        hint_th="ใช้สำเนาใหม่ หรือเปิดใน jamovi แล้วบันทึกใหม่ หรือส่งออกข้อมูลจาก jamovi เป็น CSV",
    )
    return None


def _is_known_version(parts: Mapping[str, bytes], problems: Problems) -> bool:
    manifest = (parts.get("meta") or parts["META-INF/MANIFEST.MF"]).decode("utf-8")
    found = re.search(r"^jamovi-Archive-Version: ?(\d{1,6})\.\d+ ?\r?$", manifest, re.MULTILINE)
    if not found:
        raise _Broken
    if int(found[1]) <= _VERSION:
        return True
    problems.add(
        "unknown-format",
        f"This file was written by a newer jamovi (version {found[1]} of its files; known here: up to {_VERSION}).",
        f"ไฟล์นี้สร้างจาก jamovi รุ่นใหม่กว่าที่โปรแกรมรู้จัก (รูปแบบไฟล์รุ่น {found[1]} โปรแกรมรู้จักถึงรุ่น {_VERSION})",
        hint_en="In jamovi, choose Export and save the data as CSV or SPSS (.sav).",
        hint_th="ใน jamovi ให้เลือก Export แล้วบันทึกข้อมูลเป็น CSV หรือ SPSS (.sav)",
    )
    return False


def _read(parts: Mapping[str, bytes], problems: Problems) -> SurveyFile:
    described = json.loads(parts["metadata.json"])["dataSet"]
    levels = json.loads(parts.get("xdata.json", b"{}"))
    fields: list[dict[str, Any]] = described["fields"]
    rows = described["rowCount"]
    if not isinstance(rows, int) or rows < 0 or not isinstance(levels, dict):
        raise _Broken
    if rows * len(fields) > MAX_CELLS:
        raise Refused.too_many_cells()
    sizes = [8 if field["type"] == "number" else 4 for field in fields]
    if len(parts["data.bin"]) != rows * sum(sizes):
        raise _Broken
    headers = unique_headers([one_line(field["name"]) for field in fields])
    frame: dict[str, pd.Series] = {}
    columns, at = [], 0
    for header, field, size in zip(headers, fields, sizes, strict=True):
        cells = np.frombuffer(parts["data.bin"], "<f8" if size == 8 else "<i4", rows, at)
        at += rows * size
        texts = _texts_of(field, levels.get(field["name"]), parts.get("strings.bin"))
        frame[header] = _spelled(cells, texts)
        columns.append(_column(header, field, texts, frame[header]))
        if field.get("columnType") == "Filter" and field.get("active", True) and rows:
            _tell_filter(header, int((cells != 1).sum()), problems)
    data = pd.DataFrame(frame, columns=headers, dtype=str).set_axis(pd.RangeIndex(1, rows + 1))
    return SurveyFile("jamovi", data, columns)


def _texts_of(field: Mapping[str, Any], levels: Any, strings: bytes | None) -> Callable[[int], str] | dict[int, str]:
    """What the whole numbers of a column stand for: texts by their place, or the labels of levels; {} if themselves."""
    if field["type"] == "string":
        if strings is None:
            raise _Broken
        table = strings

        def text(at: int) -> str:
            end = table.find(b"\0", at)
            if not 0 <= at < end or (at and table[at - 1]):  # an empty text is written as missing
                raise _Broken
            return table[at:end].decode("utf-8")

        return text
    if field["type"] not in ("integer", "number"):
        raise _Broken
    return {int(level[0]): str(level[1]) for level in (levels or {}).get("labels", [])}


def _is_text(field: Mapping[str, Any]) -> bool:
    """Whether the levels of a column are texts, and their numbers no more than places in a list."""
    kind = field.get("dataType") or ("Text" if field.get("measureType") == "NominalText" else "")
    return kind == "Text" and field["type"] == "integer"


def _spelled(cells: np.ndarray, texts: Callable[[int], str] | Mapping[int, str]) -> pd.Series:
    raw = pd.Series(cells).astype(object)
    spelled: dict[Any, str] = {}
    for cell in pd.unique(raw):
        if cell != cell or cell == _MISSING:
            spelled[cell] = ""
        else:
            spelled[cell] = value_text(texts(cell)) if callable(texts) else value_text(cell)
    return raw.map(lambda cell: spelled[cell] if cell == cell else "")


def _column(
    header: str, field: Mapping[str, Any], texts: Callable[[int], str] | Mapping[int, str], cells: pd.Series
) -> SurveyColumn:
    """The column; in a column of levels of text, the cells become these texts, in place."""
    values: dict[str, str] = {}
    if not callable(texts):
        if _is_text(field):
            words = {str(number): value_text(text) for number, text in texts.items()}
            unknown = set(cells) - {"", *words}
            if unknown:
                raise _Broken
            cells[:] = cells.map(lambda cell: words.get(cell, cell))
            values = in_order(words.values())
        elif any(text != str(number) for number, text in texts.items()):
            values = {str(number): one_line(text) for number, text in texts.items()}
    text = one_line(field.get("description") or "")
    missing = _declared_missing(field.get("missingValues") or [], {*cells, *values} - {""})
    kind: Kind = "metadata" if field.get("columnType") == "Filter" else ""
    return SurveyColumn(header, text or header, values=values, missing=missing, kind=kind)


def _declared_missing(rules: list[str], values: set[str]) -> frozenset[str]:
    """Those of the values that rules such as "== 99" or "> 5" name."""
    found = set()
    for rule in rules:
        parsed = _RULE.fullmatch(rule)
        if not parsed:
            raise _Broken
        text = parsed["text"] or parsed["quoted"] or parsed["plain"] or ""
        compared = _COMPARED[parsed[1]]
        for value in values:
            own, other = _number(value), _number(text)
            numbers = own is not None and other is not None
            if compared(own, other) if numbers else parsed[1] in ("==", "!=") and compared(value, value_text(text)):
                found.add(value)
    return frozenset(found)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _tell_filter(header: str, left_out: int, problems: Problems) -> None:
    problems.notice(
        "filter",
        f"This filter is on in jamovi. The rows that it leaves out ({left_out}) are read here as all others.",
        f"ตัวกรองนี้เปิดใช้อยู่ใน jamovi แต่แถวที่ถูกกรองออก ({left_out} แถว) ยังอ่านที่นี่เหมือนแถวอื่น",
        column=header,
        hint_en="To leave them out here too, name the column under `rules: out_of_frame:` in study.yml.",
        hint_th="หากต้องการตัดออกที่นี่ด้วย ให้ระบุคอลัมน์นี้ใน `rules: out_of_frame:` ของ study.yml",
    )


JAMOVI = Program("jamovi", "jamovi", (".omv",), read_jamovi)
