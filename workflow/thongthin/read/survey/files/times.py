"""Times of answers as ISO 8601, whatever the language and region of the account that collected them.

Forms write them in the locale of their owner: ``15/3/2566, 9:05:12``, ``3/15/2023 21:05:12``,
``2023/03/15 9:05:12 PM GMT+7``, ``15/3/2566 9:05:12 หลังเที่ยง``. The clock is kept as it stands, without its zone.
Whether the day or the month comes first is read off the whole column: from numbers above 12, else from the order of the
rows, which never goes back in such files; where neither tells, the day is taken to come first (as it does in Thai) and
that is told.

What is no time stays as it was written, and so does a whole column in which eras or orders are mixed, so that
`readers.dates` tells of it.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import pandas as pd

from thongthin.basics.language import BUDDHIST_ERA, arabic_digits, one_line
from thongthin.basics.problems import Problems

_NOON = r"(?P<{}>[ap]\.?m\.?|ก่อนเที่ยง|หลังเที่ยง)"
_WRITTEN = re.compile(
    r"(?P<a>\d{1,4})(?P<mark>[-/.])(?P<b>\d{1,2})(?P=mark)(?P<c>\d{1,4})"
    rf"(?:[T,\s]+(?:{_NOON.format('before')}\s*)?(?P<hour>\d{{1,2}})[:.](?P<minute>\d{{2}})"
    rf"(?:[:.](?P<second>\d{{2}})(?:[.,]\d+)?)?(?:\s*{_NOON.format('after')})?"
    r"(?:\s*(?:Z|(?:GMT|UTC)?\s*[+-]\d{1,2}(?::?\d{2})?|GMT|UTC))?)?",
    re.IGNORECASE,
)


class _Written(NamedTuple):
    first: int
    second: int
    year: int
    year_first: bool
    clock: datetime.time | None
    thai: bool


def with_iso_times(cells: pd.Series, problems: Problems) -> pd.Series:
    """The column with its times as ISO 8601 ("2023-03-15T21:05:12"); cells that are none as they were.

    Args:
        cells: of str, under their row numbers.
        problems: bound to the file; gets notices only.
    """
    written = {cell: _parsed(cell) for cell in cells.unique()}
    times = [time for cell in cells if (time := written[cell])]
    if not times or len({time.year >= 2400 for time in times}) == 2:
        return cells
    open_ = [time for time in times if not time.year_first]
    day_first = _day_first(open_, str(cells.name), problems)
    if day_first is None:
        return cells
    iso = {cell: _iso(time, day_first) for cell, time in written.items() if time}
    return cells.map(lambda cell: iso.get(cell) or cell)


def _parsed(cell: str) -> _Written | None:
    match = _WRITTEN.fullmatch(arabic_digits(one_line(cell)))
    if not match:
        return None
    year_first = len(match["a"]) == 4
    if not year_first and len(match["c"]) != 4:
        return None
    clock = None
    if match["hour"]:
        hour, noon = int(match["hour"]), (match["before"] or match["after"] or "").casefold()
        if noon and 1 <= hour <= 12:
            hour = hour % 12 + (12 if noon.startswith("p") or noon == "หลังเที่ยง" else 0)
        try:
            clock = datetime.time(hour, int(match["minute"]), int(match["second"] or 0))
        except ValueError:
            return None
    numbers = (match["a"], match["b"], match["c"])
    year, first, second = numbers if year_first else (numbers[2], numbers[0], numbers[1])
    return _Written(int(first), int(second), int(year), year_first, clock, "เที่ยง" in cell)


def _day_first(times: Sequence[_Written], column: str, problems: Problems) -> bool | None:
    """Whether the day comes before the month; None if both orders stand in the column."""
    day, month = any(t.first > 12 for t in times), any(t.second > 12 for t in times)
    if day and month:
        return None
    if month:
        problems.notice(
            "month-first",
            "The times in this column are read month before day (such as 3/15/2023), the only order that fits.",
            "อ่านเวลาในคอลัมน์นี้แบบเดือนนำหน้าวัน (เช่น 3/15/2023) เพราะเป็นลำดับเดียวที่เป็นไปได้",
            column=column,
        )
        return False
    if day or not times or all(t.first == t.second for t in times):
        return True
    rising = [_never_falls(times, day_first=order) for order in (True, False)]
    if rising[0] and not rising[1]:
        return True
    if rising[1] and not rising[0]:
        problems.notice(
            "month-first",
            "The times in this column are read month before day (such as 3/15/2023): only so do the rows rise in time.",
            "อ่านเวลาในคอลัมน์นี้แบบเดือนนำหน้าวัน (เช่น 3/15/2023) เพราะเป็นแบบเดียวที่แถวเรียงตามเวลา",
            column=column,
        )
        return False
    problems.notice(
        "day-or-month",
        "Whether day or month comes first in this column cannot be told from it; the day was taken to come first.",
        "บอกไม่ได้ว่าในคอลัมน์นี้วันหรือเดือนมาก่อน จึงอ่านแบบวันนำหน้าเดือน",
        column=column,
        hint_en="If that is wrong, set the form's region so that times are exported as 2023-03-15.",
        hint_th="หากไม่ถูกต้อง ให้ตั้งภูมิภาคของแบบฟอร์มแล้วส่งออกเวลาเป็นแบบ 2023-03-15",
    )
    return True


def _never_falls(times: Sequence[_Written], *, day_first: bool) -> bool:
    order = [(t.second, t.first) if day_first else (t.first, t.second) for t in times]
    keys = [(t.year, *two, t.clock or datetime.time()) for t, two in zip(times, order, strict=True)]
    return all(earlier <= later for earlier, later in pairwise(keys))


def _iso(time: _Written, day_first: bool) -> str | None:
    year = time.year - BUDDHIST_ERA if time.year >= 2400 else time.year
    month, day = (time.second, time.first) if day_first and not time.year_first else (time.first, time.second)
    try:
        date = datetime.date(year, month, day)
    except ValueError:
        return None
    return datetime.datetime.combine(date, time.clock).isoformat() if time.clock else date.isoformat()
