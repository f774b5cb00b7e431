"""What a survey file holds, in the terms of the tool that wrote it: the one shape that every format is read into.

Nothing is judged here: cells are text as they stand in the file, and beside them stands what the file itself says of
its columns (questions, value labels, declared missing values). `readers.survey` makes items and numbers of it.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import pandas as pd

from thongthin.basics.language import normalise_text
from thongthin.contract.survey import SurveyFormat

Format = SurveyFormat
Kind = Literal["", "select_one", "select_multiple", "timestamp", "metadata"]


@dataclass(frozen=True)
class SurveyColumn:
    """A column of the file, and what the file says of it.

    Attributes:
        header: the header of the column in the frame, unique there.
        text: the question as it was asked: the label of SPSS, the second row of Qualtrics, the label of the XLSForm;
            otherwise the header. Of a grid, its row; of a choice out of several, the choice.
        texts: `text` by language ("th", "en"), where the file has several.
        group: of a grid, or of a choice out of several, the question above it.
        values: value -> label, in the order of the file (value labels of SPSS, choices of an XLSForm). Where there are
            any, the cells hold values, not labels.
        labels: `values` by language, where the file has several.
        missing: values that the file (SPSS) or study.yml declares missing, of those that occur or have a label.
        reasons: of those that study.yml declares, why there is no answer.
        kept: values that study.yml declares to be answers.
        kind: as far as the file says.
        names: other names of the column that people may know it by: the whole header where `header` is a part of it, a
            field without its group, the name before a double one was numbered.
        choice_of: header (or name, where it has no column) of the question with several answers that this column is
            one choice of; its cells are "1" (chosen), "0", and "" where nothing was chosen at all.
    """

    header: str
    text: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    group: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    missing: frozenset[str] = frozenset()
    kind: Kind = ""
    names: tuple[str, ...] = ()
    choice_of: str = ""
    reasons: Mapping[str, str] = field(default_factory=dict)
    kept: frozenset[str] = frozenset()


@dataclass
class SurveyFile:
    """A survey file as the tool of those who asked wrote it.

    Attributes:
        frame: cells of str ("" = empty), times as ISO 8601 where they could be read; index: the number of the row in
            the spreadsheet, or of the record, from 1, where there is none (SPSS, Parquet).
        columns: one for each column of the frame, in order.
        sheet: name of the worksheet, "" if there is none.
    """

    format: Format
    frame: pd.DataFrame
    columns: list[SurveyColumn]
    sheet: str = ""


def with_zeros(frame: pd.DataFrame, headers: Sequence[str], chosen: Mapping[str, frozenset[str]]) -> None:
    """Turn the columns of one question with several answers into "1" and "0", in place.

    A row in which nothing stands stays empty: whether the question was seen is not in the file. A row that says No to
    every choice is an answer.

    Args:
        headers: the columns, one a choice.
        chosen: what means chosen, by header; every other cell means that it was not.
    """
    ticked = pd.DataFrame({header: frame[header].isin(list(chosen[header])) for header in headers})
    answered = ticked.any(axis=1) | (frame[list(headers)] != "").any(axis=1)
    for header in headers:
        frame[header] = ticked[header].map({True: "1", False: "0"}).where(answered, "")


def as_text(cells: pd.Series) -> pd.Series:
    """Typed cells as text; missing ones as ""."""
    spelled = {cell: value_text(cell) for cell in cells.unique() if not pd.isna(cell)}
    return cells.map(spelled).astype(object).fillna("")


def value_text(value: Any) -> str:
    """A value as it would stand in a CSV file: 3.0 as 3, dates and times as ISO, truth as 1 and 0."""
    if isinstance(value, str):
        return normalise_text(value).strip()
    if isinstance(value, datetime.datetime):
        plain = value.replace(microsecond=0, tzinfo=None)
        return plain.date().isoformat() if plain.time() == datetime.time() else plain.isoformat()
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, bytes):
        return normalise_text(value.decode("utf-8", "replace")).strip()
    if isinstance(value, datetime.timedelta):
        return str(value)
    number = float(value)
    return str(int(number)) if number.is_integer() else f"{number:.15g}"
