"""Which column of a survey file is meant: by header, or by the text of the question.

Tried in this order, each only if the one before finds nothing: the header; another name of the column; the question as
it was asked, in any language; the same but for spacing, punctuation, digits and spelling that looks the same; the same
without numbering in front. What differs is told as a notice. What fits several columns is a problem, and so is what
fits none, with the nearest headers named.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

import numpy as np
import pandas as pd

from thongthin.basics.language import arabic_digits, one_line, parse_number
from thongthin.basics.nearest import nearest
from thongthin.basics.problems import Problems
from thongthin.contract.answer_scales import CHOSEN, comparable
from thongthin.contract.survey import RowsWhere
from thongthin.read.survey.files import SurveyColumn, SurveyFile

# "1. ", "2.3) ", "ข้อ 4 ", "Q5: "; a number that begins a sentence ("5 ปีที่ผ่านมา ...") is none.
_NUMBERING = re.compile(r"^(?:(?:ข้อ(?:ที่)?|q|no\.?|item)\s*\d+(?:[.-]\d+)*[.):-]*|\d+(?:[.-]\d+)*[.):]+)\s*(?=\D)")


def without_numbering(text: str) -> str:
    """The text as `comparable` has it, without the number of the question; with it where nothing else is there."""
    plain = arabic_digits(one_line(text)).casefold()
    return comparable(_NUMBERING.sub("", plain, count=1)) or comparable(plain)


class SurveyColumns:
    """The columns of a survey file, to be found by what people call them.

    Args:
        problems: bound to the response file and its sheet.
    """

    def __init__(self, file: SurveyFile, problems: Problems) -> None:
        self._columns = file.columns
        self._format = file.format
        self._problems = problems
        self._found: dict[str, SurveyColumn | None] = {}
        self._levels = [
            _by((c.header,) for c in self._columns),
            _by(c.names for c in self._columns),
            _by(_questions(c) for c in self._columns),
            _by((_every_name(c) for c in self._columns), comparable),
            _by((_every_name(c) for c in self._columns), without_numbering),
        ]

    def find(self, name: str, source: str) -> SurveyColumn | None:
        """The column that `source` calls `name`; None with a problem added if it is not there, or may be several."""
        if name not in self._found:
            self._found[name] = self._find(one_line(name), source)
        return self._found[name]

    def alike(self, column: SurveyColumn) -> list[str]:
        """Headers of the columns that the name of this one stands for: itself."""
        return [column.header]

    def of_items(self, items: pd.DataFrame) -> list[SurveyColumn | None]:
        """The column of each item; choices out of several may share one.

        Args:
            items: columns item_id, column, choice, scale.
        """
        source = "survey/items.csv"
        found: list[SurveyColumn | None] = []
        item_of: dict[str, str] = {}
        for item, name, choice, scale in items[["item_id", "column", "choice", "scale"]].itertuples(index=False):
            column = self._choice(name, choice) if scale == CHOSEN and choice else None
            column = column or self.find(name, source)
            found.append(column)
            if column is None or (scale == CHOSEN and not column.choice_of):
                continue
            first = item_of.setdefault(column.header, item)
            if first != item:
                self._problems.add(
                    "same-column",
                    f'The items "{first}" and "{item}" of {source} are both taken for this column.',
                    f'ข้อ "{first}" และ "{item}" ใน {source} ชี้มาที่คอลัมน์เดียวกันนี้',
                    row=1,
                    column=column.header,
                    hint_en="Write the header of each in the column `column`, letter by letter.",
                    hint_th="เขียนหัวคอลัมน์ของแต่ละข้อในคอลัมน์ column ให้ตรงทุกตัวอักษร",
                )
        return found

    def _choice(self, question: str, choice: str) -> SurveyColumn | None:
        """The column that tells of one choice out of several: its own, or that of all of them; None finds it by name.

        Where neither is there, it is the column of another choice of the question, since nobody chose this one. What
        Google Forms writes is one cell with all choices; columns made of it know the frequent ones only.
        """
        of_question = {comparable(question), without_numbering(question)}
        beside = [
            c
            for c in self._columns
            if c.choice_of and {comparable(c.choice_of), comparable(c.group), without_numbering(c.group)} & of_question
        ]
        if not beside:
            return None
        own = next((c for c in beside if is_choice(c, choice)), None)
        whole = next((c for c in self._columns if c.header == beside[0].choice_of), None)
        if whole and (own is None or self._format in ("google_forms", "qualtrics")):
            return whole
        if own is None:
            near = ", ".join(f'"{text}"' for text in nearest(choice, [c.text for c in beside if c.text]))
            self._problems.notice(
                "never-chosen",
                f'Nobody chose "{choice}".',
                f'ไม่มีผู้เลือก "{choice}"',
                column=question,
                hint_en=f"Did you mean {near}?" if near else "",
                hint_th=f"หมายถึง {near} หรือไม่" if near else "",
            )
        return own or beside[0]

    def _find(self, name: str, source: str) -> SurveyColumn | None:
        keys: tuple[Callable[[str], str], ...] = (one_line, one_line, one_line, comparable, without_numbering)
        for level, key in enumerate(keys):
            fitting = self._levels[level].get(key(name), [])
            if len(fitting) > 1:
                self._report_several(name, source, [self._columns[place] for place in fitting])
                return None
            if fitting:
                column = self._columns[fitting[0]]
                if level > 2:
                    self._problems.notice(
                        "forgiven-column",
                        f'"{name}" of {source} was taken for this column.',
                        f'ถือว่า "{name}" ใน {source} คือคอลัมน์นี้',
                        row=1,
                        column=column.header,
                        hint_en="Copy the header, letter by letter, and this notice goes.",
                        hint_th="คัดลอกหัวคอลัมน์ให้ตรงทุกตัวอักษร แล้วข้อสังเกตนี้จะหายไป",
                    )
                return column
        of_choices = [c.header for c in self._columns if f"/{name}/".casefold() in f"/{c.header}".casefold()]
        if of_choices:
            self._report_columns_of_choices(name, source, of_choices)
            return None
        headers = list(dict.fromkeys(name for c in self._columns for name in (c.header, c.text) if name))
        near = ", ".join(f'"{h}"' for h in nearest(name, headers))
        self._problems.add(
            "missing-column",
            f'There is no column "{name}", which {source} names.',
            f'ไม่มีคอลัมน์ "{name}" ตามที่ระบุใน {source}',
            row=1,
            column=name,
            hint_en=f"Did you mean {near}?" if near else "Copy the header from this file, letter by letter.",
            hint_th=f"หมายถึง {near} หรือไม่" if near else "คัดลอกหัวคอลัมน์จากไฟล์นี้ให้ตรงทุกตัวอักษร",
        )
        return None

    def _report_columns_of_choices(self, name: str, source: str, headers: Sequence[str]) -> None:
        listed = ", ".join(f'"{header}"' for header in headers[:6]) + (
            f" ... ({len(headers)})" if len(headers) > 6 else ""
        )
        self._problems.add(
            "missing-column",
            f'There is no column "{name}", which {source} names, but columns that begin with it: {listed}. It seems to'
            " be a question with several answers, exported as one column a choice.",
            f'ไม่มีคอลัมน์ "{name}" ตามที่ระบุใน {source} แต่มีคอลัมน์ที่ขึ้นต้นด้วยชื่อนี้: {listed} น่าจะเป็นคำถามที่เลือกได้หลายข้อ'
            " ซึ่งส่งออกแยกคอลัมน์ตามตัวเลือก",
            row=1,
            column=name,
            hint_en="Put the XLSForm of the survey beside this file (or name it: `form:` under `survey:` in study.yml),"
            " which tells the choices; or give each of these columns an item of its own, with the scale yes_no and"
            " nothing in the column choice.",
            hint_th="วางไฟล์ XLSForm ของแบบสอบถามไว้ข้างไฟล์นี้ (หรือระบุชื่อ: `form:` ใต้ `survey:` ใน study.yml) เพื่อให้รู้ตัวเลือก"
            " หรือให้แต่ละคอลัมน์เป็นข้อของตนเอง โดยใช้มาตรวัด yes_no และเว้นคอลัมน์ choice ว่าง",
        )

    def _report_several(self, name: str, source: str, fitting: Sequence[SurveyColumn]) -> None:
        if all(name in c.names for c in fitting):
            self._problems.add(
                "double-column",
                f'The column "{name}" stands {len(fitting)} times.',
                f'คอลัมน์ "{name}" ปรากฏ {len(fitting)} ครั้ง',
                row=1,
                column=name,
                hint_en="Give each question its own text.",
                hint_th="ตั้งข้อความของแต่ละคำถามให้ต่างกัน",
            )
            return
        listed = ", ".join(f'"{c.header}"' for c in fitting)
        self._problems.add(
            "ambiguous-column",
            f'"{name}" of {source} may be any of these columns: {listed}.',
            f'"{name}" ใน {source} อาจเป็นคอลัมน์ใดก็ได้ใน: {listed}',
            row=1,
            column=name,
            hint_en="Write the header of the one that is meant.",
            hint_th="เขียนหัวคอลัมน์ของข้อที่หมายถึง",
        )


def rows_where(frame: pd.DataFrame, columns: SurveyColumns, rules: Sequence[RowsWhere]) -> pd.Series:
    """The column and the cell for which a rule names a row; "" where none does."""
    why = pd.Series("", index=frame.index, dtype=object)
    for rule in rules:
        column = columns.find(rule.column, "study.yml")
        if column is None:
            continue
        named = {comparable(value) for value in rule.values}
        codes, words = pd.factorize(frame[column.header])
        hit = np.zeros(len(words), dtype=bool)
        for place, word in enumerate(words):
            number = parse_number(word)
            hit[place] = bool(
                {comparable(word), comparable(column.values.get(word, word))} & named
                or (number is not None and rule.below is not None and number < rule.below)
                or (number is not None and rule.above is not None and number > rule.above)
            )
        said = np.array([f"{column.header}: {column.values.get(word, word)}" for word in words], dtype=object)
        now = hit[codes] & (why == "").to_numpy()
        why[now] = said[codes[now]]
    return why.astype(str)


def is_choice(column: SurveyColumn, choice: str) -> bool:
    """Whether a column of one choice out of several is that of `choice`, by its label or by its name in the file.

    A choice may be written in several ways ("new | old").
    """
    names = {*map(comparable, (*_every_name(column), re.split(r"[/\[]", column.header)[-1].rstrip("]")))}
    return comparable(choice) in names or any(comparable(way) in names for way in choice.split("|") if way.strip())


def _questions(column: SurveyColumn) -> Iterator[str]:
    """The question as it was asked, alone and with the one above it."""
    for text in (column.text, *column.texts.values()):
        if text:
            yield text
            if column.group:
                yield from (f"{column.group} [{text}]", f"{column.group} {text}")


def _every_name(column: SurveyColumn) -> tuple[str, ...]:
    return (column.header, *column.names, *_questions(column))


def _by(names: Iterator[Sequence[str] | Iterator[str]], key: Callable[[str], str] = one_line) -> dict[str, list[int]]:
    """Places of the columns by each of their names."""
    found: dict[str, list[int]] = {}
    for place, own in enumerate(names):
        for name in dict.fromkeys(map(key, own)):
            if name:
                found.setdefault(name, []).append(place)
    return found
