"""SPSS data files (.sav, .zsav): cells as text, with the labels and the missing values that the file declares.

Whole numbers read without decimals, dates as ISO, system-missing as "". Values that the file declares missing stay in
the cells and are named in `SurveyColumn.missing`. Old files from Thai Windows often say that they are in a Western code
page, or nothing: where their text is garbled as it is declared and certainly Thai in cp874, it is read so and told.

Fails, with problems, on a file that is missing, cut short, protected by a password, or no SPSS file.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from thongthin.language import has_thai, one_line
from thongthin.problems import Problems
from thongthin.readers.survey_files.model import SurveyColumn, SurveyFile, as_text, value_text, with_zeros
from thongthin.readers.survey_files.tables import unique_headers
from thongthin.readers.text import decoded, report_missing

_MAGIC = (b"$FL2", b"$FL3")
# Thai letters of cp874 that were read as Western European: a run of letters of the upper half of Latin-1.
_GARBLED = re.compile("[\u00a1-\u00ff]{3}")


def read_spss(path: Path, problems: Problems) -> SurveyFile | None:
    """An SPSS data file; None with a problem added if it can't be read."""
    if not _is_spss(path, problems):
        return None
    read = _read(path, problems)
    if read is None:
        return None
    data, meta = read
    names = [str(name) for name in data.columns]
    headers = unique_headers([one_line(name) for name in names])
    frame = pd.DataFrame(
        {header: as_text(data.iloc[:, n]) for n, header in enumerate(headers)}, columns=headers, dtype=str
    ).set_axis(pd.RangeIndex(1, len(data) + 1))
    columns = []
    for header, name in zip(headers, names, strict=True):
        label = one_line(meta.column_names_to_labels.get(name) or "")
        values = {value_text(v): one_line(str(said)) for v, said in meta.variable_value_labels.get(name, {}).items()}
        missing = _missing({*frame[header].unique(), *values}, meta.missing_ranges.get(name, ()))
        columns.append(SurveyColumn(header, label or header, values=values, missing=missing))
    header_of = dict(zip(names, headers, strict=True))
    return SurveyFile("spss", frame, _with_choices(frame, columns, getattr(meta, "mr_sets", None) or {}, header_of))


def _is_spss(path: Path, problems: Problems) -> bool:
    try:
        with path.open("rb") as stream:
            head = stream.read(64)
    except FileNotFoundError:
        report_missing(path, problems)
        return False
    except OSError as error:
        problems.add("unreadable", f"This file cannot be opened: {error.strerror}.", f"เปิดไฟล์นี้ไม่ได้: {error.strerror}")
        return False
    if b"ENCRYPTED" in head:
        problems.add(
            "encrypted",
            "This SPSS file is protected by a password.",
            "ไฟล์ SPSS นี้ถูกป้องกันด้วยรหัสผ่าน",
            hint_en="Open it in SPSS and save it without a password.",
            hint_th="เปิดใน SPSS แล้วบันทึกใหม่โดยไม่ตั้งรหัสผ่าน",
        )
        return False
    if not head.startswith(_MAGIC):
        _report_unreadable(problems)
        return False
    return True


def _report_unreadable(problems: Problems) -> None:
    problems.add(
        "unreadable",
        "This file is damaged or cut short, or no SPSS data file.",
        "ไฟล์นี้เสียหาย ไม่ครบ หรือไม่ใช่ไฟล์ข้อมูล SPSS",
        hint_en="Take a fresh copy, or save it again in SPSS as .sav.",
        hint_th="ใช้สำเนาใหม่ หรือบันทึกใหม่จาก SPSS เป็น .sav",
    )


def _read(path: Path, problems: Problems) -> tuple[pd.DataFrame, Any] | None:
    """Data and metadata in the encoding that the file declares, or in cp874 where only that makes sense of it."""
    declared = _read_as(path, None)
    if declared is not None and not _garbled(_texts(*declared)):
        return declared
    thai = _read_as(path, "CP874")
    if thai is None or not _certainly_thai(_texts(*thai)):
        if declared is None:
            _report_unreadable(problems)
        return declared
    problems.notice(
        "encoding",
        "The texts of this file are Thai in Windows-874, though it says otherwise; they were read so.",
        "ข้อความในไฟล์นี้เป็นภาษาไทยแบบ Windows-874 แม้ไฟล์จะระบุเป็นอย่างอื่น จึงอ่านตามนั้น",
    )
    return thai


# pyreadstat is C, and some damaged files make it crash; so each file is first read by a Python that may.
_TRIAL = """
import sys, pyreadstat
pyreadstat.read_sav(
    sys.argv[1], encoding=sys.argv[2] or None, user_missing=True, output_format="dict", disable_datetime_conversion=True
)
"""


def _read_as(path: Path, encoding: str | None) -> tuple[pd.DataFrame, Any] | None:
    """Data and metadata in an encoding, None for the one that the file declares; None if it can't be read so."""
    import pyreadstat

    trial = [sys.executable, "-I", "-c", _TRIAL, str(path.absolute()), encoding or ""]
    if subprocess.run(trial, capture_output=True, check=False).returncode != 0:
        return None
    for raw_dates in (False, True):  # a date beyond the year 9999 is left a number
        try:
            data, meta = pyreadstat.read_sav(
                path, user_missing=True, encoding=encoding, disable_datetime_conversion=raw_dates
            )
            return data, meta
        except OverflowError:
            continue
        except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, UnicodeError, ValueError, MemoryError, OSError):
            return None
    return None


def _texts(data: pd.DataFrame, meta: Any) -> list[str]:
    """All texts of a file: names, labels and cells."""
    texts = [*map(str, data.columns), *(label for label in meta.column_labels if label)]
    texts += [str(label) for labels in meta.variable_value_labels.values() for label in labels.values()]
    for _, cells in data.items():
        if not pd.api.types.is_numeric_dtype(cells):
            texts += [cell for cell in cells.unique() if isinstance(cell, str)]
    return texts


def _garbled(texts: Iterable[str]) -> bool:
    texts = list(texts)
    return any(map(_GARBLED.search, texts)) and not any(map(has_thai, texts))


def _certainly_thai(texts: Iterable[str]) -> bool:
    text = "\n".join(texts)
    try:
        return has_thai(text) and decoded(text.encode("cp874")) == text
    except UnicodeEncodeError:
        return False


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
