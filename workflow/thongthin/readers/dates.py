"""A column of dates as ISO dates (Common Era), whatever way Thai people write them.

Reported as problems: what is no date (31/02/2566), Buddhist and Common Era mixed in one column, and dates outside the
period of fieldwork.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from thongthin.language import DateProblem, WrittenDate, format_date, parse_date
from thongthin.problems import Problems
from thongthin.readers.sheets import also_in, by_row
from thongthin.study import Fieldwork

# So many dates outside the period are hardly typed wrongly: the period that takes them in is named.
_SEVERAL = 3


def read_dates(frame: pd.DataFrame, column: str, fieldwork: Fieldwork | None, problems: Problems) -> pd.Series:
    """`column` of `frame` as ISO dates; "" where the cell is empty or a problem was added.

    Args:
        frame: cells of str under their row numbers.
        fieldwork: the period in which the dates must lie; None judges no period.
    """
    cells = frame.loc[frame[column] != "", column]
    dates: dict[str, WrittenDate] = {}
    for written in cells.unique():
        try:
            dates[written] = parse_date(written)
        except DateProblem as error:
            for row in cells.index[cells == written]:
                problems.add("date", error.en, error.th, row=row, column=column,
                             hint_en=error.hint_en, hint_th=error.hint_th)  # fmt: skip
    era = cells[cells.isin(list(dates))].map(lambda written: dates[written].buddhist).astype(bool)
    if era.nunique() == 2:
        buddhist, common = (", ".join(map(str, era.index[era == b][:5])) for b in (True, False))
        problems.add(
            "mixed-eras",
            f"This column mixes Buddhist Era (first in rows {buddhist}) and Common Era (first in rows {common}).",
            f"คอลัมน์นี้มีทั้ง พ.ศ. (เริ่มที่แถว {buddhist}) และ ค.ศ. (เริ่มที่แถว {common}) ปนกัน",
            row=era.index[era != era.mode()[0]][0],
            column=column,
            hint_en="Write all dates of a column in one era.",
            hint_th="เขียนวันที่ทั้งคอลัมน์ด้วยศักราชเดียวกัน",
        )
    if fieldwork:
        _report_outside(cells, dates, fieldwork, problems)
    iso = {written: found.date.isoformat() for written, found in dates.items()}
    return frame[column].map(iso).fillna("").astype(str)


def _report_outside(
    cells: pd.Series, dates: Mapping[str, WrittenDate], fieldwork: Fieldwork, problems: Problems
) -> None:
    """One problem for all dates before the period of fieldwork, and one for all after it."""
    period_th = f"{format_date(fieldwork.from_, 'th')} ถึง {format_date(fieldwork.to, 'th')}"
    for early in (True, False):
        outside = [
            (int(row), written)
            for row, written in by_row(cells)
            if written in dates
            and (dates[written].date < fieldwork.from_ if early else dates[written].date > fieldwork.to)
        ]
        if not outside:
            continue
        row, written = outside[0]
        also_en, also_th = also_in([row for row, _ in outside])
        found = [dates[written].date for _, written in outside]
        new = min(found) if early else max(found)
        key = "from" if early else "to"
        problems.add(
            "outside-fieldwork",
            f'"{written}" is outside the fieldwork of study.yml ({fieldwork.from_} to {fieldwork.to}).{also_en}',
            f'"{written}" อยู่นอกช่วงเก็บข้อมูลใน study.yml ({period_th}){also_th}',
            row=row,
            column=str(cells.name),
            hint_en="Correct the date, or the period in study.yml."
            if len(outside) < _SEVERAL
            else f"Correct the dates, or the period in study.yml ({key}: {new.isoformat()} takes them all in).",
            hint_th="แก้วันที่ หรือแก้ช่วงเวลาใน study.yml"
            if len(outside) < _SEVERAL
            else f"แก้วันที่ หรือแก้ช่วงเวลาใน study.yml ({key}: {new.isoformat()} จะครอบคลุมทั้งหมด)",
        )
