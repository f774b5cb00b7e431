"""Questions with choices: several answers of a cell as columns of 1 and 0, labels as names, the form that fits."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import TypeVar

import pandas as pd

from thongthin.basics.language import one_line, parse_number
from thongthin.basics.problems import Problems
from thongthin.contract.scale_guess import guess
from thongthin.read.survey.files.model import SurveyColumn

Form = TypeVar("Form")

# What counts as a question with check boxes, where the file does not say: at most so many different answers ...
_MOST_ANSWERS = 30
# ... which make up at least this share of all that was ticked (the rest being "other"), ...
_SHARE = 0.8
# ... and so many cells with several of them.
_LEAST_CELLS = 3


def answers_in_cells(cells: pd.Series, separator: str) -> list[str]:
    """The answers that cells with several of them are made up of, the most usual first; [] if it is no such column.

    Answers may hold the separator themselves ("Yes, always"), and free text does. So each answer must be given at least
    twice and at least once alone in its cell, and cells made up of such answers must be most of all.
    """
    counted = cells.value_counts(sort=False)  # in the order of the rows
    count = Counter({str(cell): int(n) for cell, n in counted.items() if cell})
    if sum(n for cell, n in count.items() if separator in cell) < _LEAST_CELLS:
        return []
    parts_of = _joined({cell: _parts(cell, separator) for cell in count}, count, separator)
    ticked: Counter[str] = Counter()
    single: Counter[str] = Counter()
    for cell, n in count.items():
        ticked.update(dict.fromkeys(parts_of[cell], n))
        if len(parts_of[cell]) == 1:
            single.update(dict.fromkeys(parts_of[cell], n))
    answers = [answer for answer, n in ticked.most_common() if n >= 2]
    alone = [answer for answer in answers if single[answer]]
    enough = sum(ticked[answer] for answer in answers) >= _SHARE * ticked.total()
    several_alone = len(alone) >= 2 and 2 * len(alone) >= len(answers)
    return answers if several_alone and len(answers) <= _MOST_ANSWERS and enough else []


def spelled(cells: pd.Series, answer: str, separator: str) -> str:
    """An answer that holds the separator as it stands in most cells: "e-mail, letter" for the parts "e-mail,letter"."""
    pattern = re.compile(rf"\s*{re.escape(separator)}\s*".join(map(re.escape, answer.split(separator))))
    found = Counter(match[0] for cell in cells for match in pattern.finditer(str(cell)))
    return min(found, key=lambda way: (-found[way], way)) if separator in answer and found else answer


def _joined(parts_of: dict[str, list[str]], count: Counter[str], separator: str) -> dict[str, list[str]]:
    """The parts of each cell, those that stand one after the other wherever one of them stands as one answer.

    An answer that holds the separator ("e-mail, letter") falls apart so; a chance of a few cells is none.
    """
    while True:
        n: Counter[str] = Counter()
        pairs: Counter[tuple[str, str]] = Counter()
        for cell, parts in parts_of.items():
            n.update(dict.fromkeys(parts, count[cell]))
            pairs.update(dict.fromkeys(pairwise(parts), count[cell]))
        whole = next((p for p, k in sorted(pairs.items()) if k == n[p[0]] == n[p[1]] and k >= 3 and p[0] != p[1]), None)
        if whole is None:
            return parts_of
        for cell, parts in parts_of.items():
            if whole in set(pairwise(parts)):
                place = next(i for i, pair in enumerate(pairwise(parts)) if pair == whole)
                parts_of[cell] = [*parts[:place], separator.join(whole), *parts[place + 2 :]]


def split_column(
    frame: pd.DataFrame, column: SurveyColumn, answers: Mapping[str, str], separator: str | None
) -> list[SurveyColumn]:
    """Add a column of "1" and "0" to the frame for each answer of a question, behind the column with the answers.

    Rows without any answer are "" in all of them. An answer of a respondent that is not among `answers` has no column.

    Args:
        frame: changed in place.
        column: the question.
        answers: as they stand in the cells -> how they read.
        separator: what stands between two answers in a cell; None is white space.
    """
    cells = frame[column.header]
    ticked = {cell: _ticked(_parts(cell, separator), answers, separator) for cell in cells.unique()}
    added: list[SurveyColumn] = []
    for answer, label in answers.items():
        header = f"{column.header}/{answer}"
        while header in frame.columns:
            header += "'"
        values = {cell: "" if not cell else "1" if answer in parts else "0" for cell, parts in ticked.items()}
        frame.insert(int(frame.columns.get_loc(column.header)) + 1 + len(added), header, cells.map(values))  # type: ignore[arg-type]
        labels = {language: texts[answer] for language, texts in column.labels.items() if answer in texts}
        added.append(
            SurveyColumn(header, label, labels, group=column.text, kind="select_multiple", choice_of=column.header)
        )
    return added


def _parts(cell: str, separator: str | None) -> list[str]:
    """The parts of a cell; brackets are not taken apart."""
    parts: list[str] = []
    for part in cell.split(separator):
        if parts and separator and parts[-1].count("(") > parts[-1].count(")"):
            parts[-1] = f"{parts[-1]}{separator}{part}".strip()
        else:
            parts.append(part.strip())
    return parts


def _ticked(parts: list[str], answers: Collection[str], separator: str | None) -> set[str]:
    """The answers that the parts make up, the longest first: one may hold the separator."""
    found, start = set(), 0
    while start < len(parts):
        for end in range(len(parts), start, -1):
            answer = (separator or " ").join(parts[start:end])
            if answer in answers or end == start + 1:
                found.add(answer)
                start = end
                break
    return found


def shown(labels: Mapping[str, str]) -> str:
    """The label in Thai if there is one, otherwise in the first language of the form."""
    return labels.get("th") or next(iter(labels.values()), "")


def in_order(levels: Iterable[str]) -> dict[str, str]:
    """The levels of a column of words as `SurveyColumn.values`, which keeps their order for tables of categories.

    Numbers, and the words of a scale that is known, are better off without: their order is in themselves, and the one
    of a file may be that of the alphabet.
    """
    levels = [level for level in levels if level]
    if guess(levels) or all(parse_number(level) is not None for level in levels):
        return {}
    return {level: level for level in levels}


def as_names(
    frame: pd.DataFrame, header: str, labels: Mapping[str, Mapping[str, str]], names: set[str], *, several: bool
) -> None:
    """Cells that hold labels become names; cells that are neither stay as they are."""
    cells = [cell for cell in frame[header].unique() if cell]
    if all(part in names for cell in cells for part in (cell.split() if several else [cell])):
        return
    name_of: dict[str, str] = {}
    for in_language in labels.values():
        count = Counter(map(one_line, in_language.values()))
        name_of |= {one_line(label): name for name, label in in_language.items() if count[one_line(label)] == 1}
    changed = {
        cell: _split(one_line(cell), name_of) if several else name_of.get(one_line(cell))
        for cell in cells
        if cell not in names
    }
    frame[header] = frame[header].map(lambda cell: changed.get(cell) or cell)


def _split(cell: str, name_of: Mapping[str, str]) -> str | None:
    """Labels joined by spaces as names joined by spaces, the longest label first; None if something is left over."""
    found, rest = [], cell
    while rest:
        label = max((label for label in name_of if rest == label or rest.startswith(label + " ")), key=len, default="")
        if not label:
            return None
        found.append(name_of[label])
        rest = rest[len(label) :].lstrip()
    return " ".join(found)


def only_form(
    fitting: Sequence[Path], path: Path, read: Callable[[Path, Problems], Form | None], problems: Problems
) -> Form | None:
    """The one form that fits a survey file; None if there is none, with a problem added if there are several.

    Args:
        fitting: the forms that fit.
        path: of the survey file, which may hold the form itself; another file is told as a notice.
        read: reads the form, with what is wrong with it.
    """
    names = ", ".join(f'"{candidate.name}"' for candidate in fitting)
    if len(fitting) > 1:
        problems.add(
            "several-forms",
            f"Several forms beside this file fit its columns: {names}. Which one is it?",
            f"มีแบบฟอร์มหลายไฟล์ที่ตรงกับคอลัมน์ของไฟล์นี้: {names} ไฟล์ใดคือแบบฟอร์มที่ใช้",
            hint_en="Name it: `form:` under `survey:` in study.yml, or --form.",
            hint_th="ระบุชื่อไฟล์: `form:` ใต้ `survey:` ใน study.yml หรือ --form",
        )
        return None
    if not fitting:
        return None
    if fitting[0] != path:
        problems.notice("form", f"Questions and choices are taken from the form {names}.",
                        f"ใช้ข้อความคำถามและตัวเลือกจากแบบฟอร์ม {names}")  # fmt: skip
    return read(fitting[0], problems.at((PurePosixPath(problems.file).parent / fitting[0].name).as_posix()))
