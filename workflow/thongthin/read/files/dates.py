"""A column of dates as ISO dates (Common Era), whatever way Thai people write them.

Reported as problems: what is no date (31/02/2566), Buddhist and Common Era mixed in one column of like dates, and dates
outside the period of fieldwork. Where true dates of a workbook, which come as 2023-04-12, stand among dates typed in
the Buddhist Era, both are read, and a notice shows how.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd

from thongthin.basics.language import DateProblem, Language, WrittenDate, format_date, parse_date
from thongthin.basics.problems import Problems
from thongthin.basics.rows import rows_said
from thongthin.contract.study import Fieldwork
from thongthin.read.files.sheets import also_in, by_row

_LANGUAGES: tuple[Language, Language] = ("en", "th")
# How a spreadsheet's own dates, with or without a time, come out of it.
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?:T|$)")
# So many dates outside the period are hardly typed wrongly: the period that takes them in is named.
_SEVERAL = 3


def _notice_stored(
    stored: pd.Series, typed: pd.Series, dates: Mapping[str, WrittenDate], column: str, problems: Problems
) -> None:
    """A notice that some dates of a column are a spreadsheet's own and others text, with one of each as it is read."""
    (row, own), (other_row, text) = next(by_row(stored)), next(by_row(typed))
    en, th = ([format_date(dates[cell].date, language) for cell in (own, text)] for language in _LANGUAGES)
    (own_en, own_th), (typed_en, typed_th) = rows_said(stored.index), rows_said(typed.index)
    problems.notice(
        "mixed-eras",
        f"Some dates of this column are stored in the Common Era ({own_en}), others typed in the Buddhist Era"
        f' ({typed_en}). Row {row} is read as {en[0]}, row {other_row} ("{text}") as {en[1]}.',
        f"วันที่ในคอลัมน์นี้บางช่องเก็บเป็น ค.ศ. ({own_th}) บางช่องพิมพ์เป็น พ.ศ. ({typed_th})"
        f' แถวที่ {row} อ่านเป็น {th[0]} แถวที่ {other_row} ("{text}") อ่านเป็น {th[1]}',
        row=row,
        column=column,
        hint_en="If both are right, nothing is to be done; Excel may show stored dates in the Buddhist Era, too.",
        hint_th="หากถูกต้องทั้งคู่ไม่ต้องแก้ไข Excel อาจแสดงวันที่ที่เก็บไว้เป็น พ.ศ. ได้เช่นกัน",
    )


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
    read = cells[cells.isin(list(dates))]
    era = read.map(lambda written: dates[written].buddhist).astype(bool)
    # A workbook holds its own dates in the Common Era, in whichever era it shows them; in a .csv all is typed.
    stored = read.map(lambda written: bool(_ISO.match(written)))
    if era.nunique() == 2 and problems.sheet and (era == ~stored).all():
        _notice_stored(read[stored], read[~stored], dates, column, problems)
    elif era.nunique() == 2:
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
    return frame[column].map(lambda written: iso.get(written, "")).astype(str)


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
