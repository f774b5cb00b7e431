"""A data frame of R (.rds): cells as text, with the labels that R's packages for survey data give columns and values.

Factors become their levels, in the order of R; dates and times ISO; TRUE and FALSE 1 and 0; NA is "". Columns of
haven and labelled (as read from SPSS or Stata) keep their value labels and declared missing values. The file is
unpacked within bounds and read by the library rdata; nothing of R is run.

Fails, with problems, on a file that is damaged or too large, on an object that is no data frame, on a workspace
(.RData), and on columns that hold lists or several columns.
"""

from __future__ import annotations

import bz2
import datetime
import gzip
import io
import lzma
import math
import warnings
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from thongthin.basics.language import one_line
from thongthin.basics.problems import Problems
from thongthin.basics.text import report_missing
from thongthin.read.files.archive import MAX_CELLS, MIB, Refused, file_chunks
from thongthin.read.files.trial import tried
from thongthin.read.survey.files.choices import in_order
from thongthin.read.survey.files.formats import Program
from thongthin.read.survey.files.model import Kind, SurveyColumn, SurveyFile, as_text, value_text
from thongthin.read.survey.files.tables import unique_headers

# Unpacked; 200,000 respondents with 100 answers each.
_MOST_BYTES = 256 * MIB
# From this size on a process of its own reads first: each of millions of short texts becomes an object.
_TRIED_FROM = 16 * MIB
_SECONDS = 45
_TRIAL = "import rdata.parser; rdata.parser.parse_file(sys.argv[1], expand_altrep=False)"
_PACKED = ((b"\x1f\x8b", gzip.open), (b"BZh", bz2.open), (b"\xfd7zXZ", lzma.open))
# How a workspace begins, which holds any number of objects under their names.
_WORKSPACE = (b"RDX2\n", b"RDX3\n", b"RDA2\n", b"RDA3\n", b"RDB2\n", b"RDB3\n")
# How an object begins: in binary of either kind, or in ASCII.
_SERIALISED = (b"X\n", b"B\n", b"A\n")
_DAY = datetime.date(1970, 1, 1)
_NA_LOW_WORD = 1954
# What rdata raises on what it can't make sense of.
_BROKEN = (
    ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError, NotImplementedError, RecursionError,
    EOFError, OverflowError, OSError, MemoryError, zlib.error, lzma.LZMAError,
)  # fmt: skip


class _NoFrame(Exception):
    """The object of the file is something else."""


def read_r(path: Path, problems: Problems) -> SurveyFile | None:
    """A data frame that R saved with saveRDS; None with a problem added if it can't be read."""
    if not path.is_file():
        report_missing(path, problems)
        return None
    try:
        data = _unpacked(path)
        if data.startswith(_WORKSPACE):
            report_workspace(problems)
            return None
        if not data.startswith(_SERIALISED):  # nor is it packed twice, which would unpack without bounds
            raise ValueError
        return _read(data, problems)
    except Refused as refused:
        refused.report(problems)
    except _NoFrame:
        problems.add(
            "no-table",
            "The object in this file is no data frame.",
            "วัตถุในไฟล์นี้ไม่ใช่ data frame",
            hint_en='In R: saveRDS(as.data.frame(x), "answers.rds"), where x is the table of answers.',
            hint_th='ใน R ใช้คำสั่ง saveRDS(as.data.frame(x), "answers.rds") โดย x คือตารางคำตอบ',
        )
    except _BROKEN:
        problems.add(
            "unreadable",
            "This file is damaged or cut short, or no file of saveRDS.",
            "ไฟล์นี้เสียหาย ไม่ครบ หรือไม่ใช่ไฟล์จากคำสั่ง saveRDS",
            hint_en='In R again: saveRDS(x, "answers.rds"), or write.csv(x, "answers.csv", row.names = FALSE).',
            hint_th='เขียนใหม่ใน R ด้วย saveRDS(x, "answers.rds") หรือ write.csv(x, "answers.csv", row.names = FALSE)',
        )
    return None


def report_workspace(problems: Problems) -> None:
    """Add the problem of a workspace (.RData, .rda), which may hold any number of objects."""
    problems.add(
        "unknown-format",
        "This is a workspace of R (.RData), which may hold several objects; one data frame is needed.",
        "ไฟล์นี้เป็น workspace ของ R (.RData) ซึ่งอาจมีหลายวัตถุ แต่ที่ต้องการคือ data frame หนึ่งตาราง",
        hint_en='In R: load("file.RData"); ls() shows the names; saveRDS(the_table, "answers.rds").',
        hint_th='ใน R ใช้คำสั่ง load("file.RData") ดูชื่อวัตถุด้วย ls() แล้วบันทึกด้วย saveRDS(ชื่อตาราง, "answers.rds")',
    )


def _unpacked(path: Path) -> bytes:
    """The file as it is unpacked, of up to `_MOST_BYTES`."""
    raw = b"".join(file_chunks(path))
    for magic, unpack in _PACKED:
        if raw.startswith(magic):
            with unpack(io.BytesIO(raw)) as stream:
                data = stream.read(_MOST_BYTES + 1)
            break
    else:
        data = raw
    large = len(data) > _MOST_BYTES
    if large or (len(data) > _TRIED_FROM and tried(_TRIAL, str(path.absolute()), seconds=_SECONDS) == "too-large"):
        raise Refused(
            "too-large",
            "This data frame is too large to be read here.",
            "data frame นี้ใหญ่เกินกว่าจะอ่านที่นี่ได้",
            "Keep only the columns that the study uses, or write it as CSV or Parquet.",
            "เก็บเฉพาะคอลัมน์ที่ใช้ หรือบันทึกเป็น CSV หรือ Parquet",
        )
    return data


def _read(data: bytes, problems: Problems) -> SurveyFile | None:
    from rdata.parser import DEFAULT_ALTREP_MAP, parse_data

    bounded = {name: _bounded(name, expand) for name, expand in DEFAULT_ALTREP_MAP.items()}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        parsed = parse_data(data, expand_altrep=True, altrep_constructor_dict=bounded)
    frame, native = parsed.object, parsed.extra.encoding or "utf-8"
    described = _attributes(frame)
    names = _strings(described.get("names"), native)
    if "data.frame" not in _classes(frame, native) or len(names) != len(frame.value or ()):
        raise _NoFrame
    wrong = [name for name, column in zip(names, frame.value, strict=True) if not _is_plain(column)]
    for name in wrong:
        problems.add(
            "nested",
            "The cells of this column hold lists or several columns instead of one value each.",
            "ช่องในคอลัมน์นี้เก็บรายการหรือหลายคอลัมน์ แทนที่จะเป็นค่าเดียว",
            column=name,
            hint_en="In R, make one column for each part (for a time: as.POSIXct), or leave the column out.",
            hint_th="ใน R ให้แยกเป็นหลายคอลัมน์ (หากเป็นเวลาใช้ as.POSIXct) หรือตัดคอลัมน์นี้ออก",
        )
    if wrong:
        return None
    lengths = {len(column.value) for column in frame.value}
    if len(lengths) > 1:
        raise ValueError("columns of different lengths")
    rows = lengths.pop() if lengths else 0
    if rows * len(names) > MAX_CELLS:
        raise Refused.too_many_cells()
    columns = list(frame.value)
    if (row_names := described.get("row.names")) is not None and row_names.info.type.name == "STR":
        names, columns = ["row.names", *names], [row_names, *columns]
        if len(row_names.value) != rows:
            raise ValueError("row names that do not fit")
    headers = unique_headers([one_line(name) for name in names])
    _tell_zones(headers, columns, native, problems)
    read = [_column(header, column, native) for header, column in zip(headers, columns, strict=True)]
    cells = {header: own for header, (own, _) in zip(headers, read, strict=True)}
    table = pd.DataFrame(cells, columns=headers, dtype=str).set_axis(pd.RangeIndex(1, rows + 1))
    return SurveyFile("r", table, [column for _, column in read])


def _tell_zones(headers: list[str], columns: list[Any], native: str, problems: Problems) -> None:
    """Tell which times are in no zone: R shows them in that of the computer, which the file does not know."""
    for header, column in zip(headers, columns, strict=True):
        if "POSIXct" in _classes(column, native) and not "".join(
            _strings(_attributes(column).get("tzone"), native)[:1]
        ):
            problems.notice(
                "time-zone",
                "These times name no time zone; they are read as UTC (7 hours behind Thailand).",
                "เวลาในคอลัมน์นี้ไม่ระบุเขตเวลา จึงอ่านเป็นเวลา UTC (ช้ากว่าเวลาไทย 7 ชั่วโมง)",
                column=header,
                hint_en=f'In R: attr(x[["{header}"]], "tzone") <- "Asia/Bangkok", then saveRDS.',
                hint_th=f'ใน R ใช้คำสั่ง attr(x[["{header}"]], "tzone") <- "Asia/Bangkok" แล้ว saveRDS ใหม่',
            )


def _bounded(name: bytes, expand: Any) -> Any:
    """How a vector that R stores in short is written out, within bounds: 1:n says n only."""

    def expanded(state: Any) -> Any:
        if name.startswith(b"compact") and float(np.asarray(state.value)[0]) > MAX_CELLS:
            raise Refused.too_many_cells()
        return expand(state)

    return expanded


# --- objects of R ---------------------------------------------------------------------------------------------------


def _attributes(thing: Any) -> dict[str, Any]:
    """The attributes of an object by name."""
    found: dict[str, Any] = {}
    link = thing.attributes
    while link is not None and link.info.type.name == "LIST":
        symbol = link.tag.referenced_object or link.tag
        found[symbol.value.value.decode("utf-8", "replace")] = link.value[0]
        link = link.value[1]
    return found


def _classes(thing: Any, native: str) -> list[str]:
    return _strings(_attributes(thing).get("class"), native)


def _strings(thing: Any, native: str) -> list[str]:
    """A vector of texts; NA as ""."""
    if thing is None or thing.info.type.name != "STR":
        return []
    return [_string(one, native) or "" for one in thing.value]


def _string(one: Any, native: str) -> str | None:
    """A text in the encoding that R marks it with; where it marks none, in the one of the file. None for NA."""
    if one.value is None:
        return None
    encoding = "utf-8" if one.info.gp & 8 else "latin-1" if one.info.gp & 4 else native
    try:
        return str(one.value.decode(encoding))
    except (UnicodeDecodeError, LookupError):
        return str(one.value.decode("utf-8"))


def _is_plain(column: Any) -> bool:
    """Whether a column holds one number, truth or text a row."""
    return column.info.type.name in ("INT", "REAL", "LGL", "STR") and "dim" not in _attributes(column)


# --- columns --------------------------------------------------------------------------------------------------------


def _column(header: str, column: Any, native: str) -> tuple[pd.Series, SurveyColumn]:
    """Cells as text, and what R says of the column."""
    described, classes = _attributes(column), _classes(column, native)
    label = one_line("".join(_strings(described.get("label"), native)[:1]))
    if "factor" in classes:
        levels = [value_text(level) for level in _strings(described.get("levels"), native)]
        numbers = _numbers(column)
        if any(number is not None and not 1 <= number <= len(levels) for number in numbers):
            raise ValueError("a factor beyond its levels")
        cells = pd.Series([levels[int(number) - 1] if number is not None else "" for number in numbers], dtype=object)
        return cells, SurveyColumn(header, label or header, values=in_order(levels))
    if column.info.type.name == "STR":
        cells = as_text(pd.Series([_string(one, native) for one in column.value], dtype=object))
    elif "Date" in classes:
        cells = pd.Series([_date(number) for number in _numbers(column)], dtype=object)
    elif "POSIXct" in classes:
        zone = "".join(_strings(described.get("tzone"), native)[:1])
        cells = pd.Series([_time(number, zone) for number in _numbers(column)], dtype=object)
    else:
        cells = as_text(pd.Series(_numbers(column), dtype=object))
    values = _value_labels(described.get("labels"), native)
    missing = _declared_missing(described, {*cells, *values} - {""}, native)
    kind: Kind = "timestamp" if "POSIXct" in classes else ""
    return cells, SurveyColumn(header, label or header, values=values, missing=missing, kind=kind)


def _numbers(column: Any) -> list[Any]:
    """Numbers of a vector: None for NA and NaN; ".a" for a value that haven tagged as missing."""
    if column.info.type.name == "REAL":
        bits = np.ascontiguousarray(column.value, dtype=np.float64).view(np.uint64)
        tags = ((bits >> np.uint64(32)) & np.uint64(0xFF)).tolist()
        low = (bits & np.uint64(0xFFFFFFFF)).tolist()
        found: list[Any] = []
        for number, tag, word in zip(column.value.tolist(), tags, low, strict=True):
            if number == number:
                found.append(number)
            else:
                found.append(f".{chr(tag)}" if word == _NA_LOW_WORD and chr(tag).isalpha() and tag < 128 else None)
        return found
    values = np.ma.asarray(column.value)
    return [None if cell is None else int(cell) for cell in values.tolist()]


def _is_finite(number: Any) -> bool:
    return isinstance(number, int | float) and math.isfinite(number)


def _date(days: Any) -> str:
    return "" if not _is_finite(days) else (_DAY + datetime.timedelta(days=int(days // 1))).isoformat()


def _time(seconds: Any, zone: str) -> str:
    """A time as the clock showed it in its zone, UTC where the file names none."""
    if not _is_finite(seconds):
        return ""
    moment = pd.Timestamp(int(seconds // 1), unit="s", tz="UTC").tz_convert(zone or "UTC")
    return value_text(moment.to_pydatetime())


def _value_labels(labels: Any, native: str) -> dict[str, str]:
    """Value -> label, of columns of haven and labelled."""
    if labels is None or labels.info.type.name not in ("INT", "REAL", "LGL", "STR"):
        return {}
    names = _strings(_attributes(labels).get("names"), native)
    values = _strings(labels, native) if labels.info.type.name == "STR" else _numbers(labels)
    return {value_text(v): one_line(name) for v, name in zip(values, names, strict=True) if v is not None and name}


def _declared_missing(described: Mapping[str, Any], values: set[str], native: str) -> frozenset[str]:
    """Values that haven keeps as declared missing: SPSS's as values and a range, Stata's as ".a" to ".z"."""
    found = {value for value in values if len(value) == 2 and value.startswith(".") and value[1].isalpha()}
    declared = described.get("na_values")
    if declared is not None:
        of_text = declared.info.type.name == "STR"
        found |= {
            value_text(v) for v in (_strings(declared, native) if of_text else _numbers(declared)) if v is not None
        }
    if (limits := described.get("na_range")) is not None and limits.info.type.name in ("INT", "REAL"):
        low, high = _numbers(limits)
        found |= {value for value in values if (number := _number(value)) is not None and low <= number <= high}
    return frozenset(found & values)


def _number(value: str) -> float | None:
    try:
        return float(value)
    except ValueError:
        return None


R = Program("r", "R", (".rds",), read_r)
