"""The answers of one column of a survey file: as values of a scale, as choices, as categories; and why there is none.

A cell is read as what it means on the scale of its item, by its label where the file gives labels. What is no point of
the scale may be a non-answer (see `answer_scales.non_answer`), or a code that the file declares missing; anything else
is a problem. Each distinct cell is read once, however often it stands in the column.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from thongthin.basics.problems import Problems
from thongthin.contract.answer_scales import BUILT_IN, CHOSEN, AnswerScale, comparable
from thongthin.contract.categories import MOST_CATEGORIES, Category, DeclaredCategories
from thongthin.contract.non_answers import non_answer
from thongthin.read.survey.choices import (
    NUMBERED,
    SPACES,
    as_digits,
    explained_by,
    in_order,
    named_in,
    parts_of_cell,
    tell_never_chosen,
    unnumbered,
)
from thongthin.read.survey.columns import is_choice
from thongthin.read.survey.files import SurveyColumn
from thongthin.read.survey.outside import OutsideAnswers

_SEPARATORS = re.compile(r"[,;|\n]")
_LISTED = 5
# Categories that nobody declared: more different answers than these, most of them given once, are people's own words.
_FEW = 10
_MONTH = (
    r"((jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
    r"|(ม\.ค|ก\.พ|มี\.ค|เม\.ย|พ\.ค|มิ\.ย|ก\.ค|ส\.ค|ก\.ย|ต\.ค|พ\.ย|ธ\.ค)\.?)"
)
_DATE = re.compile(
    rf"\d{{4}}-\d{{2}}-\d{{2}}([T ]00:00(:00)?)?|\d{{1,2}}[-/ ]{_MONTH}|{_MONTH}[-/ ]\d{{1,2}}", re.IGNORECASE
)


class NonAnswers(NamedTuple):
    """Cells of an item without answer, of which there is more to say than that they are empty.

    Attributes:
        rows: labels of the rows; as many as reasons.
    """

    item: str
    rows: npt.NDArray[np.int64]
    reasons: list[str]


class AnswerReader:
    """Reads columns of answers, and remembers why cells hold none.

    Args:
        further: words and codes that study.yml declares to be no answers, as `comparable` has them, and the reasons.
        problems: bound to the response file and its sheet.
        counted: whether it means something how often an answer was given.

    Attributes:
        non_answers: of the columns read so far.
        outside: the answers in them that no scale and no category has; nothing is told of them before its `report`.
    """

    def __init__(self, further: Mapping[str, str], problems: Problems, *, counted: bool = True) -> None:
        self._further = further
        self._counted = counted
        self._problems = problems
        self._told: set[tuple[str, str]] = set()
        self.non_answers: list[NonAnswers] = []
        self.outside = OutsideAnswers(problems)

    def values(self, item: str, cells: pd.Series, column: SurveyColumn, name: str, scale: AnswerScale) -> pd.Series:
        """Values of the scale `name` as float, NaN where there is none."""
        codes, words = pd.factorize(cells)
        meant = np.full(len(words), np.nan)
        reasons: list[str | None] = [None] * len(words)
        outside: list[int] = []
        for place, word in enumerate(words):
            label = column.values.get(word, "")
            value = None
            if word in column.missing:
                reasons[place] = self._missing(word, label, column)
                continue
            if label and scale.in_words:
                value = scale.read(label).value
            if value is None and label and comparable(label) not in scale.words:
                reasons[place] = non_answer(label, self._further)
            if value is None and reasons[place] is None:
                value, number = scale.read(word)
                if number is not None and number != value:
                    self._tell_number(word, name, value, cells, codes, place)
            if value is not None:
                meant[place] = value
            elif reasons[place] is None:
                reasons[place] = non_answer(word, self._further)
                if reasons[place] is None:
                    outside.append(place)
        for place in outside:
            self.outside.of_scale(words[place], name, scale, cells[codes == place])
        self._remember(item, cells, codes, reasons)
        return pd.Series(meant[codes], index=cells.index)

    def chosen(
        self, item: str, cells: pd.Series, column: SurveyColumn, choice: str, options: Sequence[str], *, spaced: bool
    ) -> pd.Series:
        """1 where the choice is among those of the cell, 0 where it is not, NaN where the cell is no answer.

        A cell is explained by all options of its question together, those that hold others first; what none of them
        explains is told, once a question.

        Args:
            options: the choices of all items of this column.
            spaced: whether the choices of a cell are separated by spaces, as KoboToolbox does.
        """
        if column.choice_of and is_choice(column, choice):
            return self.values(item, cells, column, CHOSEN, BUILT_IN[CHOSEN])
        if column.choice_of:  # another choice of the question: nobody chose this one
            return pd.Series(np.where(cells == "", np.nan, 0.0), index=cells.index)
        separator = SPACES if spaced else _SEPARATORS
        codes, words = pd.factorize(cells)
        named = named_in(options, column, separator)
        meant = np.full(len(words), np.nan)
        reasons: list[str | None] = [None] * len(words)
        left: dict[str, list[int]] = {}
        digits: list[int] = []
        for place, word in enumerate(words):
            parts = parts_of_cell(word, separator)
            found, rest = explained_by(parts, named)
            if rest and (apart := as_digits(word, named)):
                found, rest = apart, []
                digits.append(place)
            meant[place] = comparable(choice) in found
            if not found and (reason := non_answer(word, self._further)):
                meant[place], reasons[place], rest = np.nan, reason, []
            for own in rest:
                left.setdefault(own, []).append(place)
        if not np.nansum(meant) and choice not in column.values:
            tell_never_chosen(self._problems, choice, words, separator, cells)
        if (column.header, "left") not in self._told:
            self._told.add((column.header, "left"))
            self._tell_left_over(left, codes, words, separator, cells)
            self._tell_digits(digits, codes, words, cells)
        self._remember(item, cells, codes, reasons)
        return pd.Series(meant[codes], index=cells.index)

    def declared(
        self, item: str, cells: pd.Series, column: SurveyColumn, categories: DeclaredCategories
    ) -> tuple[pd.Series, list[Category]]:
        """The ids of the categories that a study declares, "" for none.

        Returns:
            The ids, and the categories.
        """
        codes, words = pd.factorize(cells)
        meant = np.full(len(words), "", dtype=object)
        reasons: list[str | None] = [None] * len(words)
        outside: dict[int, str] = {}
        for place, word in enumerate(words):
            label = column.values.get(word, word)
            if word in column.missing:
                reasons[place] = self._missing(word, label, column)
                continue
            meant[place] = categories.read(label) or categories.read(word) or ""
            if not meant[place]:
                reasons[place] = non_answer(label, self._further) or non_answer(word, self._further)
                if reasons[place] is None:
                    outside[place] = label
        for place, label in outside.items():
            self.outside.of_categories(label, item, categories, cells[codes == place])
        self._remember(item, cells, codes, reasons)
        return pd.Series(meant[codes], index=cells.index, dtype=str), categories.categories

    def categories(self, item: str, cells: pd.Series, column: SurveyColumn) -> tuple[pd.Series, list[Category]]:
        """The answers as text, labels in place of codes, without numbers in front if all have one; "" for none.

        Returns:
            The answers, and the categories: those of the file in its order, then other answers, by number or alphabet;
            none where there are so many others, or most of them were given so seldom, that people answered in their own
            words.
        """
        codes, words = pd.factorize(cells)
        labels = [column.values.get(word, word) for word in words]
        reasons = [
            self._missing(word, label, column)
            if word in column.missing
            else None
            if word in column.kept
            else non_answer(label, self._further) or non_answer(word, self._further)
            for word, label in zip(words, labels, strict=True)
        ]
        answers = [label for label, reason in zip(labels, reasons, strict=True) if reason is None]
        plain = {label: match["words"] for label in answers if (match := NUMBERED.fullmatch(label))}
        if not all(label in plain or label in plain.values() for label in answers):
            plain = {}
        told = [plain.get(label, label) for label in labels]
        meant = np.array(["" if reason else label for label, reason in zip(told, reasons, strict=True)], dtype=object)
        self._remember(item, cells, codes, reasons)
        found: dict[str, Category] = {}
        for value, label in column.values.items():
            if value in column.kept or (value not in column.missing and not non_answer(label, self._further)):
                in_each = (column.labels.get(language, {}).get(value, label) for language in ("th", "en"))
                id_, th, en = (unnumbered(text) if plain else text for text in (label, *in_each))
                found.setdefault(id_, Category(id_, th, en))
        others = [plain.get(label, label) for label in sorted(answers, key=in_order)]
        others = [label for label in dict.fromkeys(others) if label not in found]
        listed = [*found.values(), *(Category(label, label, label) for label in others)]
        self._tell_dates(others, codes, words, cells)
        times = np.bincount(codes, minlength=len(words))
        once = sum(times[place] == 1 for place, label in enumerate(told) if label in others)
        if self._counted and not column.values and len(others) > _FEW and 2 * once > len(others):
            self._tell_own_words(cells, len(others))
            listed = []
        return pd.Series(meant[codes], index=cells.index, dtype=str), listed if len(others) <= MOST_CATEGORIES else []

    def _missing(self, code: str, label: str, column: SurveyColumn) -> str:
        """Why a code that the file or the study declares missing is no answer."""
        reason = column.reasons.get(code) or non_answer(label, self._further) or non_answer(code, self._further)
        return "missing" if reason in (None, "empty") else str(reason)

    def _remember(self, item: str, cells: pd.Series, codes: npt.NDArray[np.intp], reasons: list[str | None]) -> None:
        more = np.array([reason not in (None, "empty") for reason in reasons], dtype=bool)
        if more.any():
            rows = np.flatnonzero(more[codes])
            said = [str(reasons[code]) for code in codes[rows]]
            self.non_answers.append(NonAnswers(item, cells.index.to_numpy(dtype=np.int64)[rows], said))

    # --- what is told -----------------------------------------------------------------------------------------

    def _tell_left_over(
        self,
        left: Mapping[str, list[int]],
        codes: npt.NDArray[np.intp],
        words: pd.Index,
        separator: re.Pattern[str],
        cells: pd.Series,
    ) -> None:
        """One notice for a question of what stands in its cells and is no option of an item."""
        if not left:
            return
        count = np.bincount(codes[codes >= 0], minlength=len(words))
        written: dict[str, str] = {}
        for word in words:
            for part in separator.split(word):
                written.setdefault(comparable(part), part.strip())
        of_part = sorted(
            ((int(sum(count[p] for p in places)), written[own]) for own, places in left.items()), reverse=True
        )
        listed = ", ".join(f'"{text}" ({n})' for n, text in of_part[:_LISTED])
        more = f" ... ({len(of_part)})" if len(of_part) > _LISTED else ""
        first = min(int(np.argmax(codes == place)) for places in left.values() for place in places)
        n = int(sum(count[place] for place in {place for places in left.values() for place in places}))
        self._problems.notice(
            "left-over",
            f"{n} cells hold answers that no choice of survey/items.csv explains: {listed}{more}. They count as none.",
            f"มี {n} ช่องที่มีคำตอบซึ่งไม่ตรงกับตัวเลือก (choice) ใดใน survey/items.csv: {listed}{more} จึงไม่นับเป็นตัวเลือกใด",
            row=int(cells.index[first]),
            column=str(cells.name),
            hint_en="If an option was reworded while answers came in, write both wordings in its cell of the column"
            " choice: new | old. What people wrote themselves (other) needs no item.",
            hint_th="หากมีการแก้ถ้อยคำของตัวเลือกระหว่างเก็บข้อมูล ให้ใส่ทั้งสองถ้อยคำในคอลัมน์ choice เช่น ใหม่ | เดิม"
            " ส่วนคำตอบอื่น ๆ ที่ผู้ตอบเขียนเองไม่ต้องมีข้อคำถาม",
        )

    def _tell_dates(
        self, answers: Sequence[str], codes: npt.NDArray[np.intp], words: pd.Index, cells: pd.Series
    ) -> None:
        """A notice of answers that are dates among others that are none: a spreadsheet makes dates of 10-12."""
        dates = [answer for answer in answers if _DATE.fullmatch(answer)]
        if not dates or len(dates) == len(answers):
            return
        listed = ", ".join(f'"{answer}"' for answer in dates[:_LISTED])
        first = min((int(np.argmax(codes == place)) for place, word in enumerate(words) if word in dates), default=0)
        self._problems.notice(
            "date-among-text",
            f"Among the answers of this column stand dates: {listed}. Spreadsheets make dates of answers like 10-12.",
            f"ในคำตอบของคอลัมน์นี้มีวันที่ปนอยู่: {listed} โปรแกรมตารางคำนวณมักแปลงคำตอบเช่น 10-12 เป็นวันที่",
            row=int(cells.index[first]),
            column=str(cells.name),
            hint_en="Declare the categories of the item in study.yml (survey.categories), with the date under `also` of"
            " the right one.",
            hint_th="ประกาศหมวดของข้อนี้ใน survey.categories ของ study.yml โดยใส่วันที่ดังกล่าวใน also ของหมวดที่ถูกต้อง",
        )

    def _tell_own_words(self, cells: pd.Series, n: int) -> None:
        self._problems.notice(
            "own-words",
            f"Most of the {n} different answers of this column were given once: people answered in their own words."
            " They are in no table.",
            f"คำตอบที่ต่างกัน {n} แบบในคอลัมน์นี้ส่วนใหญ่มีผู้ตอบเพียงคนเดียว แสดงว่าผู้ตอบเขียนเอง จึงไม่แสดงในตารางใด",
            column=str(cells.name),
            hint_en="If they are categories, declare them in study.yml (survey.categories); else leave the item out.",
            hint_th="หากเป็นหมวด ให้ประกาศใน survey.categories ของ study.yml หากไม่ใช่ ให้ตัดข้อนี้ออก",
        )

    def _tell_digits(
        self, digits: Sequence[int], codes: npt.NDArray[np.intp], words: pd.Index, cells: pd.Series
    ) -> None:
        several = [place for place in digits if len(words[place]) > 1]
        if several:
            example = words[several[0]]
            self._problems.notice(
                "digits",
                f'Cells such as "{example}" were read as several choices, one a digit.',
                f'อ่านช่องเช่น "{example}" เป็นหลายตัวเลือก ตัวเลขละหนึ่งตัวเลือก',
                row=int(cells.index[int(np.argmax(codes == several[0]))]),
                column=str(cells.name),
                hint_en="If that is wrong, export again with separators, or with the texts of the choices.",
                hint_th="หากไม่ถูกต้อง ให้ส่งออกใหม่โดยมีเครื่องหมายคั่น หรือส่งออกเป็นข้อความของตัวเลือก",
            )

    def _tell_number(
        self, answer: str, name: str, value: float | None, cells: pd.Series, codes: npt.NDArray[np.intp], place: int
    ) -> None:
        """A notice, once for each answer and scale, that the number beside the words is not their value."""
        if (name, answer) in self._told:
            return
        self._told.add((name, answer))
        self._problems.notice(
            "number-beside-words",
            f'"{answer}": on the scale "{name}" these words have the value {value}, which was taken.',
            f'"{answer}": ข้อความนี้มีค่า {value} ในมาตรวัด "{name}" จึงใช้ค่านี้',
            row=int(cells.index[int(np.argmax(codes == place))]),
            column=str(cells.name),
            hint_en="If the number is meant, declare the scale in study.yml with these values.",
            hint_th="หากหมายถึงตัวเลข ให้ประกาศมาตรวัดใน study.yml ด้วยค่าเหล่านี้",
        )
