"""Answers that belong to no scale and to no category: told once all columns were read.

What is no answer in one column of a scale is none in the others. So the line that makes them missing codes, which the
hint holds, is one for all columns of a scale: `codes` stands once in study.yml.
"""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from thongthin.basics.nearest import nearest
from thongthin.basics.problems import Problems
from thongthin.contract.answer_scales import AnswerScale, NumericScale, listed_points
from thongthin.contract.categories import DeclaredCategories
from thongthin.read.files.sheets import add_for_rows
from thongthin.read.survey.choices import as_codes, labels_of


class _Found(NamedTuple):
    """An answer, what it should have been one of, and its cells in a column."""

    answer: str
    name: str
    meant: AnswerScale | DeclaredCategories
    cells: pd.Series


class OutsideAnswers:
    """Collects such answers.

    Args:
        problems: bound to the response file and its sheet.
    """

    def __init__(self, problems: Problems) -> None:
        self._problems = problems
        self._found: list[_Found] = []

    def of_scale(self, answer: str, name: str, scale: AnswerScale, cells: pd.Series) -> None:
        """Remember an answer that is none of the scale `name`; `cells` are those of one column that hold it."""
        self._found.append(_Found(answer, name, scale, cells))

    def of_categories(self, answer: str, item: str, categories: DeclaredCategories, cells: pd.Series) -> None:
        """Remember an answer that is no category of an item."""
        self._found.append(_Found(answer, item, categories, cells))

    def report(self) -> None:
        """Add a problem for each answer and column, with the rows of all cells that hold it."""
        together: dict[tuple[type, str], list[_Found]] = {}
        for found in self._found:
            together.setdefault((type(found.meant), found.name), []).append(found)
        for group in together.values():
            line = as_codes([own.answer for own in group], [str(own.cells.name) for own in group])
            for own in group:
                kind, said, hint = _said(own, line)
                rows = [int(row) for row in own.cells.index]
                column = str(own.cells.name)
                add_for_rows(self._problems, kind, *said, rows, column, hint_en=hint[0], hint_th=hint[1])


def _said(found: _Found, line: str) -> tuple[str, tuple[str, str], tuple[str, str]]:
    """The kind of problem, the sentence and the hint, in English and in Thai.

    Args:
        line: of study.yml, which makes it no answer.
    """
    answer, name, meant = found.answer, found.name, found.meant
    no_answer_en = f"If it is no answer, put this under `survey:` in study.yml: {line}"
    no_answer_th = f"หากไม่ใช่คำตอบ ให้วางบรรทัดนี้ใต้ `survey:` ใน study.yml: {line}"
    if isinstance(meant, DeclaredCategories):
        near = _near(answer, [label for own in meant.categories for label in (own.th, own.en)])
        return (
            "outside-categories",
            (
                f'"{answer}" is no category of the item "{name}" ({meant.listed}).',
                f'"{answer}" ไม่ใช่หมวดของข้อ "{name}" ({meant.listed})',
            ),
            (
                f"Did you mean {near}? " * bool(near)
                + f"Declare it, or write it under `also`, in survey.categories of study.yml. {no_answer_en}",
                f"หมายถึง {near} หรือไม่ " * bool(near)
                + f"ประกาศเพิ่ม หรือใส่ใน also ที่ survey.categories ของ study.yml {no_answer_th}",
            ),
        )
    listed = listed_points(meant)
    if isinstance(meant, NumericScale):
        return (
            "outside-numbers",
            (
                f'"{answer}" is not a number of the scale "{name}" ({listed}).',
                f'"{answer}" ไม่ใช่จำนวนตามมาตรวัด "{name}" ({listed})',
            ),
            (
                f"Write the number alone. If it is right, widen min and max in study.yml. {no_answer_en}",
                f"เขียนเฉพาะตัวเลข หากค่าถูกต้องให้ขยาย min และ max ใน study.yml {no_answer_th}",
            ),
        )
    near = _near(answer, labels_of(meant))
    mixed_en = "If the form mixes scales, give the item its own in survey/items.csv."
    mixed_th = "หากแบบสอบถามใช้หลายมาตรวัด ให้ระบุมาตรวัดของข้อนี้ใน survey/items.csv"
    return (
        "outside-scale",
        (
            f'"{answer}" is not an answer of the scale "{name}" ({listed}).',
            f'"{answer}" ไม่ใช่คำตอบของมาตรวัด "{name}" ({listed})',
        ),
        (
            f"{f'Did you mean {near}?' if near else mixed_en} {no_answer_en}",
            f"{f'หมายถึง {near} หรือไม่' if near else mixed_th} {no_answer_th}",
        ),
    )


def _near(answer: str, labels: list[str]) -> str:
    return ", ".join(f'"{word}"' for word in nearest(answer, labels))
