"""Values of a survey file that look like codes for missing answers and are not declared as such.

Nothing is taken out on suspicion: a person declares the codes, in the file (SPSS) or in study.yml.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from thongthin.answer_scales import non_answer
from thongthin.language import parse_integer
from thongthin.readers.survey_files.model import SurveyColumn

# What people type for "no answer" in a field that takes numbers only.
CODES = frozenset({-1, -2, -7, -8, -9, -77, -88, -97, -98, -99, -999, -9999,
                   8, 9, 77, 88, 97, 98, 99, 777, 888, 997, 998, 999, 8888, 9998, 9999})  # fmt: skip
# More different numbers than these are a quantity, such as an age, rather than the points of an answer scale.
_POINTS = 12


@dataclass(frozen=True)
class Suspicion:
    """A value that may stand for a missing answer.

    Attributes:
        why: its label says so ("label"), or it lies apart from all other numbers of the column ("apart").
        n: how many cells hold it.
    """

    header: str
    value: str
    label: str
    why: Literal["label", "apart"]
    n: int


def suspicious_values(frame: pd.DataFrame, columns: Iterable[SurveyColumn]) -> list[Suspicion]:
    """Values that occur and may stand for missing answers, in the order of the columns, then by value.

    A value is suspicious where its label in the file says that there is no answer; or where it is one of `CODES`, has
    no label, and lies apart from the other numbers: below 0 where these are not; on an answer scale two or more above
    them, as 9 does on a scale from 1 to 5; among quantities at least 99 and a fifth above them, as 999 among ages.
    """
    found = []
    for column in columns:
        if column.kind in ("timestamp", "metadata") or column.choice_of:
            continue
        counted = frame[column.header].value_counts()
        count = {str(value): int(n) for value, n in counted.items() if value and value not in column.missing}
        for value in sorted(count):
            if non_answer(label := column.values.get(value, "")) not in (None, "empty"):
                found.append(Suspicion(column.header, value, label, "label", count[value]))
        numbers = {number: value for value in count if (number := parse_integer(value)) is not None}
        if len(numbers) == len(count):  # numbers only
            for number in _apart(sorted(numbers)):
                if not column.values.get(numbers[number]):
                    found.append(Suspicion(column.header, numbers[number], "", "apart", count[numbers[number]]))
    return found


def _apart(numbers: Sequence[int]) -> list[int]:
    """Those of the numbers, in rising order, that are `CODES` and lie apart from the rest."""
    points = [number for number in numbers if number >= 0]
    apart = [number for number in numbers if number < 0] if points else []
    if any(number not in CODES for number in apart):
        return []  # negative numbers are in use
    near: list[int] = []
    scale = len(points) <= _POINTS
    for number in points:
        far = number - near[-1] >= 2 if near and scale else near and number >= 99 and number > 1.2 * near[-1]
        if number in CODES and far:
            apart.append(number)
        else:
            near.append(number)
    return apart
