"""SPSS data files (.sav, .zsav): cells as text, with the labels and the missing values that the file declares.

Whole numbers read without decimals, dates as ISO, system-missing as "". Values that the file declares missing stay in
the cells and are named in `SurveyColumn.missing`. Encodings and damaged texts are the matter of `statistical`.

Fails, with problems, on a file that is missing, cut short, protected by a password, or no SPSS file.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from thongthin.basics.language import one_line
from thongthin.basics.problems import Problems
from thongthin.read.survey.files.formats import Program
from thongthin.read.survey.files.model import SurveyColumn, SurveyFile, as_text, value_text, with_zeros
from thongthin.read.survey.files.statistical import head_of, kind_of, read_statistical, report_unreadable
from thongthin.read.survey.files.tables import unique_headers

_MAGIC = (b"$FL2", b"$FL3")
# Records of the dictionary by their type and subtype: the numbers of the machine that wrote the file, and the encoding.
_MACHINE, _ENCODING = (7, 3, 4, 8), (7, 20, 1)


def read_spss(path: Path, problems: Problems) -> SurveyFile | None:
    """An SPSS data file; None with a problem added if it can't be read."""
    head = head_of(path, problems)
    if head is None or not _is_spss(head, problems):
        return None
    file = read_statistical(path, "SPSS", _declared_encoding(head), problems)
    if file is None:
        return None
    names = list(file.data.columns)
    headers = unique_headers([one_line(name) for name in names])
    frame = pd.DataFrame(
        {header: as_text(file.data.iloc[:, n]) for n, header in enumerate(headers)}, columns=headers, dtype=str
    ).set_axis(pd.RangeIndex(1, len(file.data) + 1))
    columns = []
    for n, (header, name) in enumerate(zip(headers, names, strict=True)):
        label = one_line(file.labels.get(name, ""))
        values = {value_text(v): one_line(str(said)) for v, said in file.values.get(name, {}).items()}
        missing = _missing({*frame[header].unique(), *values}, file.missing.get(name, ()))
        kind = kind_of(file.data.iloc[:, n])
        columns.append(SurveyColumn(header, label or header, values=values, missing=missing, kind=kind))
    header_of = dict(zip(names, headers, strict=True))
    return SurveyFile("spss", frame, _with_choices(frame, columns, file.sets, header_of))


def _is_spss(head: bytes, problems: Problems) -> bool:
    if b"ENCRYPTED" in head[:64]:
        problems.add(
            "encrypted",
            "This SPSS file is protected by a password.",
            "ไฟล์ SPSS นี้ถูกป้องกันด้วยรหัสผ่าน",
            hint_en="Open it in SPSS and save it without a password.",
            hint_th="เปิดใน SPSS แล้วบันทึกใหม่โดยไม่ตั้งรหัสผ่าน",
        )
        return False
    if not head.startswith(_MAGIC):
        report_unreadable("SPSS", problems)
        return False
    return True


def _declared_encoding(head: bytes) -> str:
    """The encoding that the dictionary names, or the code page of the machine that wrote it; "" if it has neither."""
    order = "<" if head[64:68] in (struct.pack("<i", 2), struct.pack("<i", 3)) else ">"
    at = head.find(struct.pack(f"{order}3i", *_ENCODING))
    if at >= 0 and len(head) >= at + 16:
        (length,) = struct.unpack_from(f"{order}i", head, at + 12)
        return head[at + 16 : at + 16 + min(max(length, 0), 64)].decode("ascii", "replace").strip()
    at = head.find(struct.pack(f"{order}4i", *_MACHINE))
    if at < 0 or len(head) < at + 48:
        return ""
    (page,) = struct.unpack_from(f"{order}i", head, at + 16 + 7 * 4)
    return {65001: "utf-8", 28591: "latin-1"}.get(page, f"cp{page}") if page > 4 else ""


def _missing(values: Iterable[str], ranges: Iterable[Mapping[str, Any] | str | float]) -> frozenset[str]:
    """Those of the values that the file declares missing, one by one or as ranges."""
    found = set()
    for declared in ranges:
        low: Any = declared["lo"] if isinstance(declared, Mapping) else declared
        high: Any = declared["hi"] if isinstance(declared, Mapping) else declared
        for value in values:
            if isinstance(low, str):  # SPSS keeps and compares eight bytes of it
                inside = value.encode()[:8].decode(errors="ignore") == value_text(low)
            else:
                number = _number(value)
                inside = number is not None and low <= number <= high
            if inside and value:
                found.add(value)
    return frozenset(found)


def _number(value: str) -> float | None:
    try:
        return float(value)
    except ValueError:
        return None


def _with_choices(
    frame: pd.DataFrame, columns: list[SurveyColumn], sets: Mapping[str, Any], header_of: Mapping[str, str]
) -> list[SurveyColumn]:
    """Sets of dichotomies (multiple response sets) as 1 and 0."""
    by_header = {column.header: column for column in columns}
    for name, described in sets.items():
        headers = [header_of[v] for v in described.get("variable_list", ()) if v in header_of]
        counted = described.get("counted_value")
        if described.get("type") != "D" or counted is None or not headers:
            continue
        with_zeros(frame, headers, dict.fromkeys(headers, frozenset({_text_of_counted(counted)})))
        label = one_line(described.get("label") or "") or name.lstrip("$")
        for header in headers:
            by_header[header] = replace(
                by_header[header], group=label, kind="select_multiple", choice_of=name, values={}, missing=frozenset()
            )
    return list(by_header.values())


def _text_of_counted(counted: Any) -> str:
    number = _number(str(counted))
    return value_text(str(counted)) if number is None else value_text(number)


SPSS = Program("spss", "SPSS", (".sav", ".zsav"), read_spss)
