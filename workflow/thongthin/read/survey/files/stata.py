"""Stata data files (.dta) of all versions: cells as text, with the labels and the extended missing values.

Whole numbers read without decimals, dates as ISO, the missing value "." as "". Extended missing values stay in the
cells as Stata writes them (".a" to ".z"), with the labels that the file gives them, and are named in
`SurveyColumn.missing`. Encodings and damaged texts are the matter of `statistical`: Stata before version 14 does not
say which encoding it used.

Fails, with problems, on a file that is missing, cut short, or no Stata file.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from thongthin.basics.language import one_line
from thongthin.basics.problems import Problems
from thongthin.read.survey.files.formats import Program
from thongthin.read.survey.files.model import SurveyColumn, SurveyFile, as_text, value_text
from thongthin.read.survey.files.statistical import head_of, kind_of, read_statistical, report_unreadable
from thongthin.read.survey.files.tables import unique_headers

# How a file begins: from version 13 on with a tag and its number, before with a byte of its number.
_TAG = b"<stata_dta><header><release>"
_OLD = range(104, 117)
# From this number of the format on (Stata 14), texts are in UTF-8.
_UNICODE = 118


def read_stata(path: Path, problems: Problems) -> SurveyFile | None:
    """A Stata data file; None with a problem added if it can't be read."""
    head = head_of(path, problems)
    if head is None:
        return None
    release = _release(head)
    if not release:
        report_unreadable("Stata", problems)
        return None
    file = read_statistical(path, "Stata", "utf-8" if release >= _UNICODE else "", problems)
    if file is None:
        return None
    names = list(file.data.columns)
    headers = unique_headers([one_line(name) for name in names])
    cells: dict[str, pd.Series] = {}
    columns = []
    for n, (header, name) in enumerate(zip(headers, names, strict=True)):
        text = file.types.get(name) == "string"
        letters = set() if text else set(file.missing.get(name, ()))
        own = file.data.iloc[:, n]
        dotted = own.map(lambda cell, of=letters: _dotted(cell, of)) if letters else own
        cells[header] = as_text(_shortest(dotted, file.types.get(name)))
        values = {value_text(_dotted(v, {v})): one_line(str(said)) for v, said in file.values.get(name, {}).items()}
        missing = {f".{letter}" for letter in letters} | {value for value in values if value.startswith(".")}
        label = one_line(file.labels.get(name, ""))
        columns.append(
            SurveyColumn(header, label or header, values=values, missing=frozenset(missing), kind=kind_of(own))
        )
    frame = pd.DataFrame(cells, columns=headers, dtype=str).set_axis(pd.RangeIndex(1, len(file.data) + 1))
    return SurveyFile("stata", frame, columns)


def _release(head: bytes) -> int:
    """The number of the format; 0 if it is no Stata file."""
    if head.startswith(_TAG):
        number = head[len(_TAG) : len(_TAG) + 3]
        return int(number) if number.isdigit() else 0
    return head[0] if len(head) > 60 and head[0] in _OLD and head[1] in (1, 2) else 0


def _dotted(cell: Any, letters: set[Any]) -> Any:
    """An extended missing value as Stata writes it: ".a"."""
    return f".{cell}" if isinstance(cell, str) and len(cell) == 1 and cell in letters else cell


def _shortest(cells: pd.Series, kind: str | None) -> pd.Series:
    """Numbers of single precision as the shortest decimal that means them: 5.1, rather than 5.09999990463257."""
    if kind != "float":
        return cells
    return cells.map(lambda cell: float(str(np.float32(cell))) if isinstance(cell, float) else cell, na_action="ignore")


STATA = Program("stata", "Stata", (".dta",), read_stata)
