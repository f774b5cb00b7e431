"""Table `responses` of a survey too large for a frame: its rows a part at a time, its cells as codes.

What a cell of a column means is told once for each of its codes. So those who count do so by codes, and a text or a
number is only made of what is looked at one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from thongthin.contract.tables import TableError

Integers = npt.NDArray[np.int64]
Codes = npt.NDArray[np.unsignedinteger]
# What a cell means: a text, a whole number, or no answer.
Meaning = str | int | None


class Batch(NamedTuple):
    """Some rows in the order of the file.

    Attributes:
        first: the place of the first of them, from 0.
        codes: of each column but `respondent_id` and `weight`, one a row.
        weight: one a row; None if all weigh the same.
        respondents: the ids of the rows at some places of the batch.
    """

    first: int
    codes: Mapping[str, Codes]
    weight: npt.NDArray[np.float64] | None
    respondents: Callable[[Integers], list[str]]

    def __len__(self) -> int:
        return len(next(iter(self.codes.values())))


class LargeTable(NamedTuple):
    """The table.

    Attributes:
        n: number of rows.
        meanings: of each column, in the order of the table, what its codes stand for.
        weighted: whether weights differ.
        batches: gives the rows, each time from the first.
    """

    n: int
    meanings: Mapping[str, Mapping[int, Meaning]]
    weighted: bool
    batches: Callable[[], Iterator[Batch]]


def by_code(values: Mapping[int, int]) -> Integers:
    """An array with the value of each code at its place; 0 at those that stand for nothing."""
    found = np.zeros(max(values, default=-1) + 1, dtype=np.int64)
    found[list(values)] = list(values.values())
    return found


def places_of(table: LargeTable, column: str, ids: Sequence[str]) -> Integers:
    """By code, the place among the ids of a site, a group or a category.

    Raises:
        TableError: the column holds others.
    """
    place = {id_: at for at, id_ in enumerate(ids)}
    meanings = {code: str(meaning or "") for code, meaning in table.meanings[column].items()}
    for meaning in meanings.values():
        if meaning not in place:
            raise TableError(f'table "responses", column {column}: holds "{meaning}", which the study does not have')
    return by_code({code: place[meaning] for code, meaning in meanings.items()})
