"""Files of millions of responses, opened: Parquet as it is, CSV through Parquet."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from thongthin.basics.language import normalise_text
from thongthin.basics.problems import Problems

if TYPE_CHECKING:
    import polars as pl

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

import codecs
from typing import TYPE_CHECKING

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
        problems.add(
            "unreadable",
            "This file cannot be read as Parquet.",
            "อ่านไฟล์นี้ในรูปแบบ Parquet ไม่ได้",
            hint_en="Take a fresh copy, or export it as .csv.",
            hint_th="ใช้สำเนาที่ไม่เสีย หรือส่งออกเป็น .csv",
        )
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
        _report_csv(problems)
        return None
    separator, above = layout_of(text.replace("\r\n", "\n"))
    types = dict.fromkeys(whole_numbers, pl.Int16())
    try:
        frame = pl.scan_csv(path, separator=separator, skip_lines=above, infer_schema=False, schema_overrides=types)
        frame.collect_schema()
    except pl.exceptions.PolarsError:
        _report_csv(problems)
        return None
    return frame


def as_parquet(path: Path, columns: Columns, copy: Path, problems: Problems) -> pl.LazyFrame | None:
    """The columns of a CSV file that are read, as a Parquet file: what is read several times is parsed once.

    Answers are taken for whole numbers if all of them are, which is faster.
    """
    import polars as pl

    for whole_numbers in (set(columns.items) - {""}, set[str]()):
        frame = scan_csv(path, problems, sorted(whole_numbers))
        if frame is None:
            return None
        try:
            # Cells beyond the header, a sign of rows out of place, are noticed only where whole rows are parsed.
            whole_rows = pl.QueryOptFlags(projection_pushdown=False)
            frame.select(columns.read).sink_parquet(copy, optimizations=whole_rows)
        except pl.exceptions.PolarsError:
            continue
        return pl.scan_parquet(copy)
    _report_csv(problems)
    return None


def _report_csv(problems: Problems) -> None:
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


ROW = "row of the file"


def count_rows(frame: pl.LazyFrame) -> int:
    import polars as pl

    return int(frame.select(pl.len()).collect().item())


def as_text(cell: Any) -> str:
    """A cell as the same in a CSV file would read."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return normalise_text(str(cell)).strip()
