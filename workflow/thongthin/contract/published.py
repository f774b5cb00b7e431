"""Result tables as they are published: what few people stand behind is left out, and a mark stands in its place."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from thongthin.basics.language import Language
from thongthin.contract.tables import TABLES, read_cells, write_cells, write_table

# What stands in the place of a number that is left out: the shorthand of the Government Analysis Function for what is
# confidential ("Using symbols in tables"). It does not say why: whoever knew which cells count few would know how few.
LEFT_OUT = "[c]"
# Words in the place of a count of participants, and how they read.
WORDS: dict[str, dict[Language, str]] = {
    "none": {"th": "ไม่มี", "en": "none"},
    "some": {"th": "บางคน", "en": "some"},
    "most": {"th": "ส่วนใหญ่", "en": "most"},
    "all": {"th": "ทุกคน", "en": "all"},
}


class Published(NamedTuple):
    """A result table as it is published.

    Attributes:
        name: of the table.
        frame: its cells; numbers that are left out are missing.
        hidden: a flag for each cell: whether it is left out.
        words: the word in its place, "" where there is none.
    """

    name: str
    frame: pd.DataFrame
    hidden: pd.DataFrame
    words: pd.DataFrame

    def filled(self, way: int) -> pd.DataFrame:
        """The table with one of two made-up numbers (`way` is 0 or 1) wherever one is left out.

        What is made of both, and comes out the same, is made of nothing that is left out.
        """
        result = self.frame.copy()
        for column in result.columns[self.hidden.any(axis=0)]:
            known = {c.name: c for c in TABLES[self.name].columns}[column]
            usual = "count" if known.kind == "integer" and not known.format else known.format
            number = _MADE_UP[usual][way]
            result[column] = result[column].mask(self.hidden[column], number)
            if known.kind == "integer":
                result[column] = pd.to_numeric(result[column]).astype("Int64" if known.empty else "int64")
        return result


# Two numbers for each format, unlike each other however they are rounded, and possible ones.
_MADE_UP: dict[str, tuple[float, float]] = {
    "": (0.21, 0.87),
    "count": (7, 13),
    "share": (0.21, 0.87),
    "decimal": (2.21, 3.87),
    "statistic": (2.21, 7.87),
    "coefficient": (0.21, 0.87),
    "p": (0.21, 0.87),
    "band": (1, 2),
}


def write_published(path: Path | str, frame: pd.DataFrame, hidden: pd.DataFrame, words: pd.DataFrame) -> None:
    """Write a result table as it is published; the name of the file is the name of the table."""
    name = Path(path).stem
    write_table(frame, path, name)
    cells = read_cells(path)
    for column in cells.columns[hidden.reindex(columns=cells.columns).any(axis=0)]:
        gone = hidden[column].to_numpy() & (cells[column] != "").to_numpy()
        said = words[column].where(words[column] != "", LEFT_OUT).to_numpy()
        cells[column] = cells[column].where(~gone, said)
    write_cells(cells, path)


def read_published(path: Path | str) -> Published:
    """Read a result table as it is published.

    Raises:
        TableError: the file does not fit the schema.
    """
    name = Path(path).stem
    table, cells = TABLES[name], read_cells(path)
    hidden = dict.fromkeys(cells.columns, np.zeros(len(cells), dtype=bool))
    words = dict.fromkeys(cells.columns, np.full(len(cells), "", dtype=object))
    columns: dict[str, Any] = {}
    for c in table.columns:
        own: Any = cells[c.name]
        if c.kind == "flag":
            own = own.map({"yes": True, "no": False}).astype(bool)
        elif c.kind in ("integer", "number"):
            given = own.to_numpy(dtype=object)
            if c.name not in table.key:
                is_word = np.array([cell in WORDS for cell in given], dtype=bool)
                hidden[c.name] = is_word | (given == LEFT_OUT)
                words[c.name] = np.where(is_word, given, "")
            numbers = pd.Series(pd.to_numeric(np.where(hidden[c.name], "", given)), cells.index)
            if c.kind == "number":
                own = numbers.astype("float64")
            else:
                own = numbers.astype("Int64") if c.empty or hidden[c.name].any() else numbers.astype("int64")
        columns[c.name] = own
    frame = pd.DataFrame(columns, index=cells.index)
    marks = pd.DataFrame(hidden, index=cells.index, columns=cells.columns)
    said = pd.DataFrame(words, index=cells.index, columns=cells.columns, dtype="str")
    return Published(name, frame, marks, said)
