"""Parquet files: cells as text, as they would stand in a CSV file.

For surveys that people look at; very large ones are counted without being read as text (`thongthin.survey.counts`).

Fails, with problems, on a file that is missing, damaged or no Parquet file, and on cells that hold lists or records.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from thongthin.basics.language import one_line
from thongthin.basics.problems import Problems
from thongthin.basics.text import report_missing
from thongthin.read.files.archive import MAX_CELLS, Refused
from thongthin.read.survey.files.formats import Program
from thongthin.read.survey.files.model import SurveyColumn, SurveyFile, as_text
from thongthin.read.survey.files.tables import unique_headers


def read_parquet(path: Path, problems: Problems) -> SurveyFile | None:
    """A Parquet file; None with a problem added if it can't be read."""
    import polars as pl

    if not path.is_file():
        report_missing(path, problems)
        return None
    try:
        rows = pl.scan_parquet(path, glob=False)
        if rows.select(pl.len()).collect().item() * len(rows.collect_schema()) > MAX_CELLS:
            Refused.too_many_cells().report(problems)
            return None
        data = pl.read_parquet(path, glob=False)
        values = [data[name].to_list() for name in data.columns]
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError, ValueError, OverflowError):
        problems.add(
            "unreadable",
            "This file is damaged or cut short, or no Parquet file.",
            "ไฟล์นี้เสียหาย ไม่ครบ หรือไม่ใช่ไฟล์ Parquet",
            hint_en="Take a fresh copy, or write it again.",
            hint_th="ใช้สำเนาใหม่ หรือเขียนไฟล์ใหม่",
        )
        return None
    nested = [name for name, kind in data.schema.items() if kind.is_nested()]
    for name in nested:
        problems.add(
            "nested",
            "The cells of this column hold lists or records instead of one value each.",
            "ช่องในคอลัมน์นี้เก็บรายการหรือระเบียน แทนที่จะเป็นค่าเดียว",
            column=name,
            hint_en="Write one column for each part, or leave the column out.",
            hint_th="แยกเป็นหลายคอลัมน์ หรือตัดคอลัมน์นี้ออก",
        )
    if nested:
        return None
    headers = unique_headers([one_line(name) for name in data.columns])
    cells = {header: as_text(pd.Series(own, dtype=object)) for header, own in zip(headers, values, strict=True)}
    frame = pd.DataFrame(cells, columns=headers, dtype=str).set_axis(pd.RangeIndex(1, len(data) + 1))
    return SurveyFile("parquet", frame, [SurveyColumn(header, header) for header in headers])


PARQUET = Program("parquet", "Parquet", (".parquet",), read_parquet)
