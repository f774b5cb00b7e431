"""Files of millions of responses, Parquet or CSV, opened."""

from __future__ import annotations

import codecs
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from thongthin.basics.language import normalise_text
from thongthin.basics.problems import Problems
from thongthin.basics.text import report_missing
from thongthin.read.files.csv_text import layout_of

if TYPE_CHECKING:
    import polars as pl


def scan_parquet(path: Path, problems: Problems) -> pl.LazyFrame | None:
    import polars as pl

    if not path.is_file():
        report_missing(path, problems)
        return None
    try:
        frame = pl.scan_parquet(path)
        frame.collect_schema()
    except pl.exceptions.PolarsError:
        report_parquet(problems)
        return None
    return frame


def scan_csv(path: Path, problems: Problems, whole_numbers: Iterable[str] = ()) -> pl.LazyFrame | None:
    """The cells as text, or as whole numbers in the columns named (which fails later, if they hold anything else)."""
    import polars as pl

    if not path.is_file():
        report_missing(path, problems)
        return None
    with path.open("rb") as stream:
        start = stream.read(1 << 20)
    try:
        text = codecs.getincrementaldecoder("utf-8-sig")().decode(start)
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        report_csv(problems)
        return None
    separator, above = layout_of(text.replace("\r\n", "\n"))
    types = dict.fromkeys(whole_numbers, pl.Int16())
    try:
        frame = pl.scan_csv(path, separator=separator, skip_lines=above, infer_schema=False, schema_overrides=types)
        frame.collect_schema()
    except pl.exceptions.PolarsError:
        report_csv(problems)
        return None
    return frame


def report_parquet(problems: Problems) -> None:
    problems.add(
        "unreadable",
        "This file cannot be read as Parquet.",
        "อ่านไฟล์นี้ในรูปแบบ Parquet ไม่ได้",
        hint_en="Take a fresh copy, or export it as .csv.",
        hint_th="ใช้สำเนาที่ไม่เสีย หรือส่งออกเป็น .csv",
    )


def report_csv(problems: Problems) -> None:
    problems.add(
        "csv",
        "This file cannot be read as CSV: it must be in UTF-8, with the names of the columns in the first row,"
        " quotation marks closed, and no row longer than the first.",
        "อ่านไฟล์ CSV นี้ไม่ได้ ไฟล์ต้องเป็น UTF-8 แถวแรกเป็นชื่อคอลัมน์ เครื่องหมายคำพูดปิดครบ และไม่มีแถวที่ยาวกว่าแถวแรก",
        hint_en="Export it again, as CSV in UTF-8 or as .parquet.",
        hint_th="ส่งออกใหม่เป็น CSV แบบ UTF-8 หรือเป็น .parquet",
    )


class Columns(NamedTuple):
    """Headers, as they stand in the file, of the columns that are read; "" where there is none."""

    items: list[str]
    site: str
    group: str
    submitted: str
    respondent: str
    weight: str

    @property
    def judged(self) -> list[str]:
        """Those whose cells have a meaning of their own."""
        return list(dict.fromkeys(name for name in (self.site, self.group, self.submitted, *self.items) if name))

    @property
    def read(self) -> list[str]:
        """All of them."""
        return list(dict.fromkeys([*self.judged, *(name for name in (self.respondent, self.weight) if name)]))


def as_text(cell: Any) -> str:
    """A cell as the same in a CSV file would read."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return normalise_text(str(cell)).strip()
