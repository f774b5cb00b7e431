"""Questions with several answers: from answers that share a cell to one column of 1 and 0 for each of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import pandas as pd

from thongthin.readers.survey_files.model import SurveyColumn

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
    ticked: Counter[str] = Counter()
    for cell, n in count.items():
        ticked.update(dict.fromkeys(_parts(cell, separator), n))
    answers = [answer for answer, n in ticked.most_common() if n >= 2]
    alone = [answer for answer in answers if count[answer]]
    enough = sum(ticked[answer] for answer in answers) >= _SHARE * ticked.total()
    several_alone = len(alone) >= 2 and 2 * len(alone) >= len(answers)
    return answers if several_alone and len(answers) <= _MOST_ANSWERS and enough else []


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
    ticked = {cell: set(_parts(cell, separator)) for cell in cells.unique()}
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
    return [part.strip() for part in cell.split(separator)]
