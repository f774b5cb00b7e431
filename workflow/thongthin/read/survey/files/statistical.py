"""Data files of SPSS and Stata, as pyreadstat reads them: cells, labels and declared missing values as they stand.

In order: the file is tried by a process of its own (`readers.trial`); it is read byte for byte, so that no text is lost
or cut on the way; the encoding that the file declares makes text of the bytes. Old files from Thai Windows often say
that they are in a Western code page, or nothing: where their text is garbled as it is declared and certainly Thai in
cp874, it is read so and told. A text that is damaged keeps U+FFFD for what is lost (`damage`).

Fails, with problems, on a file that is cut short or none, too large, or in an encoding that can't be known.
"""

from __future__ import annotations

import codecs
import datetime
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from thongthin.basics.language import has_thai
from thongthin.basics.problems import Problems
from thongthin.basics.text import decoded, report_missing
from thongthin.read.files.trial import tried
from thongthin.read.survey.files.model import Kind

Program = Literal["SPSS", "Stata"]

# Every byte is a letter of its own in this encoding.
_BYTES = "LATIN1"
_WESTERN = "cp1252"
# Thai letters of cp874 that were read as Western European: a run of letters of the upper half of Latin-1.
_GARBLED = re.compile("[\u00a1-\u00ff]{3}")
# How variables that hold dates are written, from when they count, and how many seconds their unit has.
_DATES: dict[Program, tuple[dict[str, str], datetime.datetime, float]] = {
    "SPSS": (
        {"moment": "DATETIME|YMDHMS", "date": "[AEJS]?DATE|QYR|MOYR|WKYR"},
        datetime.datetime(1582, 10, 14),
        1,
    ),
    "Stata": ({"moment": "%-?t[cC]", "days": "%-?t?d"}, datetime.datetime(1960, 1, 1), 0.001),
}

_TRIAL = """
import pyreadstat
read = {"SPSS": pyreadstat.read_sav, "Stata": pyreadstat.read_dta}[sys.argv[1]]
read(sys.argv[2], encoding=sys.argv[3], user_missing=True, output_format="dict", disable_datetime_conversion=True)
"""


@dataclass(frozen=True)
class StatisticalFile:
    """What stands in the file, all texts decoded; names are those of the file, by which the mappings go.

    Attributes:
        data: one column a variable, in order: numbers, str, dates and times; None or NaN where nothing stands.
        labels: the label of each variable that has one.
        values: of each variable with value labels, value -> label.
        missing: of each variable that declares them, missing values: ranges (SPSS) or letters (Stata).
        types: how each variable is stored: "float", "double", "string" ...
        sets: multiple response sets of SPSS.
    """

    data: pd.DataFrame
    labels: Mapping[str, str]
    values: Mapping[str, Mapping[Any, str]]
    missing: Mapping[str, Any]
    types: Mapping[str, str]
    sets: Mapping[str, Any]


def head_of(path: Path, problems: Problems) -> bytes | None:
    """The first bytes of a file, 32 MiB at most; None with a problem added if it can't be opened."""
    try:
        with path.open("rb") as stream:
            return stream.read(32 << 20)
    except FileNotFoundError:
        report_missing(path, problems)
    except OSError as error:
        problems.add("unreadable", f"This file cannot be opened: {error.strerror}.", f"เปิดไฟล์นี้ไม่ได้: {error.strerror}")
    return None


def read_statistical(path: Path, program: Program, declared: str, problems: Problems) -> StatisticalFile | None:
    """The file with all of its texts; None with a problem added if it can't be read.

    Args:
        declared: the encoding that the file declares, "" if it declares none.
    """
    outcome = tried(_TRIAL, program, str(path.absolute()), _BYTES)
    read = _as_bytes(path, program) if outcome == "read" else None
    if read is None:
        _report_too_large(problems) if outcome == "too-large" else report_unreadable(program, problems)
        return None
    data, meta = read
    if not all(isinstance(name, str) and name.strip() for name in data.columns):
        report_unreadable(program, problems)
        return None
    encoding = _encoding(_texts(data, meta), declared, problems)
    if encoding is None:
        return None
    file = _with_texts(data, meta, encoding)
    if len(file.data.columns) < len(data.columns):  # names that stand twice, as neither program allows
        report_unreadable(program, problems)
        return None
    return file


def kind_of(cells: pd.Series) -> Kind:
    """Whether a column holds moments: days with their time."""
    if pd.api.types.is_datetime64_any_dtype(cells):
        return "timestamp"
    moments = cells.dtype == object and any(isinstance(cell, datetime.datetime) for cell in cells)
    return "timestamp" if moments else ""


def report_unreadable(program: Program, problems: Problems) -> None:
    """Add the problem of a file that is damaged, or of another kind than its ending says."""
    suffix = ".sav" if program == "SPSS" else ".dta"
    problems.add(
        "unreadable",
        f"This file is damaged or cut short, or no {program} data file.",
        f"ไฟล์นี้เสียหาย ไม่ครบ หรือไม่ใช่ไฟล์ข้อมูล {program}",
        hint_en=f"Take a fresh copy, or save it again in {program} as {suffix}.",
        hint_th=f"ใช้สำเนาใหม่ หรือบันทึกใหม่จาก {program} เป็น {suffix}",
    )


def _as_bytes(path: Path, program: Program) -> tuple[pd.DataFrame, Any] | None:
    import pyreadstat

    read = pyreadstat.read_sav if program == "SPSS" else pyreadstat.read_dta
    for raw_dates in (False, True):
        try:
            data, meta = read(path, user_missing=True, encoding=_BYTES, disable_datetime_conversion=raw_dates)
        except OverflowError:  # a date that is none: the others are read all the same
            continue
        except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, UnicodeError, ValueError, MemoryError, OSError):
            return None
        return (_with_dates(data, meta, program) if raw_dates else data), meta
    return None


def _with_dates(data: pd.DataFrame, meta: Any, program: Program) -> pd.DataFrame:
    """Dates and times as such; numbers that are no date of this calendar stay numbers."""
    formats, origin, second = _DATES[program]
    for name, written in meta.original_variable_types.items():
        kind = next((kind for kind, pattern in formats.items() if re.match(pattern, written or "")), None)
        if kind:
            step = datetime.timedelta(days=1) if kind == "days" else datetime.timedelta(seconds=second)
            as_date = kind != "moment"
            data[name] = [_moment(cell, origin, step, as_date=as_date) for cell in data[name]]
    return data


def _moment(cell: Any, origin: datetime.datetime, step: datetime.timedelta, *, as_date: bool) -> Any:
    if not isinstance(cell, int | float) or cell != cell:
        return cell
    try:
        moment = origin + cell * step
    except OverflowError:
        return cell
    return moment.date() if as_date else moment


# --- encodings ------------------------------------------------------------------------------------------------------


def _texts(data: pd.DataFrame, meta: Any) -> list[bytes]:
    """All different texts of a file that are not plain ASCII: names, labels and cells."""
    texts = {*data.columns, *(label for label in meta.column_labels if label)}
    texts |= {label for labels in meta.variable_value_labels.values() for label in labels.values()}
    for _, cells in data.items():
        if not pd.api.types.is_numeric_dtype(cells):
            texts |= {cell for cell in cells.unique() if isinstance(cell, str)}
    return sorted(text.encode("latin-1") for text in texts if isinstance(text, str) and not text.isascii())


def _encoding(texts: list[bytes], declared: str, problems: Problems) -> str | None:
    """The encoding of the texts; None with a problem added where too few of them make sense in any."""
    own = _known(declared) or _WESTERN
    read = [text for text in (_decoded(text, own) for text in texts) if text is not None]
    whole, most = len(read) == len(texts), 2 * len(read) > len(texts)
    if (whole and not _garbled(read)) or (most and own == "utf-8"):
        return own
    if _certainly_thai(texts):
        problems.notice(
            "encoding",
            "The texts of this file are Thai in Windows-874, which it does not say; they were read so.",
            "ข้อความในไฟล์นี้เป็นภาษาไทยแบบ Windows-874 แม้ไฟล์ไม่ได้ระบุไว้เช่นนั้น จึงอ่านตามนั้น",
        )
        return "cp874"
    if whole or most:
        return own
    problems.add(
        "encoding",
        f'Most texts of this file are not in the encoding that it declares ("{declared or own}").',
        f'ข้อความส่วนใหญ่ในไฟล์นี้ไม่ได้ใช้รหัสอักขระที่ไฟล์ระบุไว้ ("{declared or own}")',
        hint_en="Open it in the program that wrote it, see that the texts are right, and save it in Unicode (UTF-8).",
        hint_th="เปิดในโปรแกรมที่สร้างไฟล์ ตรวจว่าข้อความถูกต้อง แล้วบันทึกใหม่เป็น Unicode (UTF-8)",
    )
    return None


def _known(encoding: str) -> str:
    """The name that Python has for an encoding; "" if it has none."""
    try:
        return codecs.lookup(re.sub("^windows-", "cp", encoding.lower())).name if encoding else ""
    except LookupError:
        return ""


def _decoded(text: bytes, encoding: str) -> str | None:
    try:
        return text.decode(encoding)
    except UnicodeDecodeError:
        return None


def _garbled(texts: Iterable[str]) -> bool:
    texts = list(texts)
    return any(map(_GARBLED.search, texts)) and not any(map(has_thai, texts))


def _certainly_thai(texts: Iterable[bytes]) -> bool:
    """Whether texts are Thai in cp874 with certainty; one that is damaged among many is no doubt."""
    read = [text for text in texts if _decoded(text, "cp874") is not None]
    text = _decoded(b"\n".join(read), "cp874") or ""
    return 2 * len(read) > len(list(texts)) and has_thai(text) and decoded(text.encode("cp874")) == text


# --- texts ----------------------------------------------------------------------------------------------------------


def _with_texts(data: pd.DataFrame, meta: Any, encoding: str) -> StatisticalFile:
    """The file with its texts decoded, U+FFFD in place of what is damaged."""

    def text(raw: str) -> str:
        return raw if raw.isascii() else raw.encode("latin-1").decode(encoding, "replace")

    def whole(raw: str) -> str:  # SPSS keeps eight bytes of a missing value, whatever letter they end in
        return raw if raw.isascii() else raw.encode("latin-1").decode(encoding, "ignore")

    columns: dict[str, pd.Series] = {}
    for place, name in enumerate(data.columns):
        cells = data.iloc[:, place]
        if not pd.api.types.is_numeric_dtype(cells):
            spelled = {cell: text(cell) for cell in cells.unique() if isinstance(cell, str)}
            cells = cells.astype(object).map(lambda cell, of=spelled: of.get(cell, cell), na_action="ignore")
        columns[text(name)] = cells
    labels = _everywhere(meta.column_names_to_labels, text)
    missing = meta.missing_ranges or meta.missing_user_values
    return StatisticalFile(
        pd.DataFrame(columns, columns=list(columns)),
        {name: label for name, label in labels.items() if label},
        _everywhere(meta.variable_value_labels, text),
        {_everywhere(name, text): _everywhere(own, whole) for name, own in missing.items()},
        _everywhere(meta.readstat_variable_types, text),
        _everywhere(getattr(meta, "mr_sets", None) or {}, text),
    )


def _everywhere(found: Any, text: Callable[[str], str]) -> Any:
    """The same mappings and lists with all of their texts decoded."""
    if isinstance(found, str):
        return text(found)
    if isinstance(found, Mapping):
        return {_everywhere(key, text): _everywhere(value, text) for key, value in found.items()}
    if isinstance(found, list | tuple):
        return [_everywhere(value, text) for value in found]
    return found


def _report_too_large(problems: Problems) -> None:
    problems.add(
        "too-large",
        "This file is too large to be held, or claims to be: reading it took more than 6 GB of memory or 2 minutes.",
        "ไฟล์นี้ใหญ่เกินกว่าจะอ่านได้ หรือระบุขนาดไว้เช่นนั้น: การอ่านใช้หน่วยความจำเกิน 6 GB หรือเกิน 2 นาที",
        hint_en="Save only the variables that the study uses, or save it as Parquet or CSV.",
        hint_th="บันทึกเฉพาะตัวแปรที่ใช้ในการศึกษา หรือบันทึกเป็น Parquet หรือ CSV",
    )
