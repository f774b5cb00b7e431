"""Result tables with what is left out of them for the public: which numbers, and which words stand in their place."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from thongthin.basics.records import records
from thongthin.contract.privacy import AllowedCell
from thongthin.contract.tables import TABLES, Table

Record = Mapping[Hashable, Any]


@dataclass(frozen=True)
class Rules:
    """What a study says of its protection, as far as tables go.

    Attributes:
        k: fewest persons that a published cell may count, and the least width of what can be known of one left out.
        least: respondents that a site or group needs before its answers are told apart.
        by_site: whether participants agreed to be reported by site.
        sensitive: themes whose counts of participants are words only.
        allow: cells that may stand though they count few.
    """

    k: int = 3
    least: int = 20
    by_site: bool = False
    sensitive: frozenset[str] = frozenset()
    allow: tuple[AllowedCell, ...] = ()


@dataclass
class Protected:
    """A result table, and what is left out of it.

    Attributes:
        hidden: a flag for each number: same rows and columns as `frame`, which columns of other kinds never have set.
        words: the word in the place of a number that is left out ("" where there is none).
    """

    frame: pd.DataFrame
    table: Table
    allow: Sequence[AllowedCell] = ()
    hidden: pd.DataFrame = field(init=False)
    words: pd.DataFrame = field(init=False)

    def __post_init__(self) -> None:
        self.frame = self.frame.reset_index(drop=True)
        self.hidden = pd.DataFrame(False, index=self.frame.index, columns=self.frame.columns)
        self.words = pd.DataFrame("", index=self.frame.index, columns=self.frame.columns)
        self.allowed = np.zeros(len(self.frame), dtype=bool)
        for own in self.allow:
            if own.table == self.table.name:
                fits = np.ones(len(self.frame), dtype=bool)
                for column, value in own.row.items():
                    fits &= (self.frame[column].astype(str) == value).to_numpy() if column in self.frame else False
                self.allowed |= fits

    @property
    def numbers(self) -> list[str]:
        """The columns of numbers that are no part of the key."""
        return [c.name for c in self.table.columns if c.kind in ("integer", "number") and c.name not in self.table.key]

    def hide(
        self,
        rows: Any,
        columns: Collection[str] | None = None,
        *,
        keep: Collection[str] = (),
        whatever: bool = False,
    ) -> None:
        """Leave the numbers of some rows out.

        Args:
            rows: a flag for each row.
            columns: which columns; all numbers where nothing is said.
            keep: columns that stand.
            whatever: rows that a study allows to stand go, too, since others could be computed from them.
        """
        mask = np.asarray(rows, dtype=bool)
        if not whatever:
            mask = mask & ~self.allowed
        names = [c for c in (self.numbers if columns is None else columns) if c in self.frame and c not in keep]
        self.hidden.loc[mask, names] = True

    def say(self, rows: Any, words: Iterable[str], columns: Collection[str]) -> None:
        """Leave numbers out, and put a word in their place; a word for each of the rows that are meant."""
        mask = np.asarray(rows, dtype=bool) & ~self.allowed
        said = pd.Series(list(words), index=self.frame.index)
        for column in columns:
            if column in self.frame:
                self.hidden.loc[mask, column] = True
                self.words.loc[mask, column] = said[mask]

    def blank(self, columns: Collection[str], rows: Any = None) -> None:
        """Empty columns of text: ids and words of people."""
        for column in columns:
            if column in self.frame:
                self.frame.loc[slice(None) if rows is None else np.asarray(rows, dtype=bool), column] = ""

    def where(self, fits: Callable[[Record], bool]) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """A flag for each row: whether it fits."""
        return np.array([fits(own) for own in records(self.frame)], dtype=bool)

    @property
    def left_out(self) -> int:
        """How many numbers are left out."""
        return int((self.hidden & self.frame.notna()).to_numpy().sum())


def protected_of(frames: Mapping[str, pd.DataFrame], rules: Rules) -> dict[str, Protected]:
    """Result tables by name, with nothing left out as yet."""
    return {name: Protected(frame.copy(), TABLES[name], rules.allow) for name, frame in frames.items()}
