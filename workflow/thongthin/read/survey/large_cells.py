"""The cells of a survey of millions: a first look at all of them, and the rows again, each cell as a code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from thongthin.basics.files import ROWS_AT_ONCE
from thongthin.basics.language import TIME
from thongthin.contract.large_responses import Batch, Integers, LargeTable
from thongthin.read.survey.large_files import Columns, as_text

if TYPE_CHECKING:
    import polars as pl

Cell = Any  # None, or what Parquet has: text, numbers, days ...

# A column with more different cells holds no answers to choose from, no sites and no days.
MOST_CELLS = 10_000
# Whole numbers that lie within so many are looked up in a list.
WINDOW = 1 << 15
# Rows with a weight that is none which are told.
TOLD = 10
# The name of the column of ids, which no column of a file has.
ID = "\0id"
# The time behind the day, in a cell with both; what is no time stays, and is told.
CLOCK = rf"{TIME}\s*$"


def cells_of(frame: pl.LazyFrame, columns: Columns) -> pl.LazyFrame:
    """The columns that are read; NaN is an empty cell, and of times the day is left. Lists and the like are text."""
    import polars as pl
    import polars.selectors as cs

    frame = frame.select(columns.read).with_columns(
        cs.float().fill_nan(None),
        cs.by_dtype(pl.Int128, pl.UInt128).cast(pl.String),
        cs.nested().map_elements(lambda cell: str(list(cell) if isinstance(cell, pl.Series) else cell), pl.String),
    )
    if columns.submitted:
        frame = frame.with_columns(pl.col(columns.submitted).cast(pl.String).str.replace(CLOCK, ""))
    return frame


class FirstLook:
    """All that has to be known of a file before its cells can be told what they mean.

    Attributes:
        n: rows.
        different: of each column its different cells, and how often each occurs; those of too many end in `too_many`.
        sample: the rows in which a cell stands that did not stand in its column before, and some without a weight.
        weights: one a row, where there is a column of weights; NaN where it is no number.
        ids: eight bytes for each respondent's id, where there is a column of ids.
        without_id: the first rows whose respondent has no id, from 0.
    """

    def __init__(self, cells: pl.LazyFrame, columns: Columns) -> None:
        """Raises PolarsError where the file can't be read."""
        import polars as pl

        self.n = 0
        self.different: dict[str, dict[Cell, int]] = {name: {} for name in columns.judged}
        self.too_many: list[str] = []
        self.without_id: list[int] = []
        sample, weights, ids, self._unweighted = [], [np.empty(0)], [np.empty(0, dtype=np.uint64)], 0
        # Cells beyond the header, a sign of rows out of place, are noticed only where whole rows are parsed.
        whole_rows = pl.QueryOptFlags(projection_pushdown=False)
        for batch in cells.collect_batches(chunk_size=ROWS_AT_ONCE, optimizations=whole_rows):
            rows = {row for name in columns.judged for row in self._new(batch[name])}
            if columns.weight:
                weights.append(batch[columns.weight].cast(pl.Float64, strict=False).fill_null(np.nan).to_numpy())
                rows |= self._without_weight(weights[-1])
            if columns.respondent:
                id_ = batch.select(id_of(columns))[ID]
                ids.append(id_.hash(seed=0).to_numpy())
                if len(self.without_id) < TOLD:
                    empty = np.flatnonzero((id_.fill_null("") == "").to_numpy())
                    self.without_id += (empty[: TOLD - len(self.without_id)] + self.n).tolist()
            if rows:
                sample.append(_as_text(batch[sorted(rows)], [self.n + row for row in sorted(rows)]))
            self.n += len(batch)
        self.sample = pd.concat(sample) if sample else _as_text(cells.head(0).collect(), [])
        self.weights, self.ids = np.concatenate(weights), np.concatenate(ids)

    def _new(self, column: pl.Series) -> list[int]:
        """Count the cells of some rows; the places of those that stand there first."""
        import polars as pl

        known = self.different.get(column.name)
        if known is None:
            return []
        counts = _counts_of_whole_numbers(column)
        first: dict[Cell, int] = {}
        if counts is None or not counts.keys() <= known.keys():
            found = column.to_frame("cell").with_row_index("row").group_by("cell").agg(pl.len(), pl.col("row").min())
            if len(found) > MOST_CELLS:
                counts = dict.fromkeys(range(len(found)), 0)
            else:
                found = found.sort("row")
                counts = dict(zip(found["cell"].to_list(), found["len"], strict=True))
                first = {cell: row for cell, row in zip(counts, found["row"], strict=True) if cell not in known}
        for cell, n in counts.items():
            known[cell] = known.get(cell, 0) + n
        if len(known) > MOST_CELLS:
            self.too_many.append(column.name)
            del self.different[column.name]
            return []
        return list(first.values())

    def _without_weight(self, weights: npt.NDArray[np.float64]) -> set[int]:
        """Rows whose weight is no positive number, as long as few were found."""
        wrong = np.flatnonzero(~(weights > 0) | np.isinf(weights))[: TOLD - self._unweighted]
        self._unweighted += len(wrong)
        return set(wrong.tolist())


def _counts_of_whole_numbers(column: pl.Series) -> dict[Cell, int] | None:
    """How often each cell occurs, if they are whole numbers that lie close enough."""
    window = _window([column.min(), column.max()]) if column.dtype.is_integer() else None
    if window is None:
        return None
    counts = np.bincount(column.drop_nulls().to_numpy().astype(np.int64) - window[0])
    there = np.flatnonzero(counts)
    found: dict[Cell, int] = dict(zip((there + window[0]).tolist(), counts[there].tolist(), strict=True))
    return found | ({None: column.null_count()} if column.null_count() else {})


def _window(cells: Sequence[Cell]) -> tuple[int, int] | None:
    """The lowest and highest of cells that are whole numbers and lie close enough to be looked up."""
    numbers = [cell for cell in cells if cell is not None]
    if not numbers or not all(type(cell) is int and abs(cell) < 1 << 30 for cell in numbers):
        return None
    low, high = min(numbers), max(numbers)
    return (low, high) if high - low < WINDOW else None


def id_of(columns: Columns) -> pl.Expr:
    """The ids of respondents, as `ID`."""
    import polars as pl

    return pl.col(columns.respondent).cast(pl.String).str.strip_chars().alias(ID)


def _as_text(rows: pl.DataFrame, places: Sequence[int]) -> pd.DataFrame:
    """Rows as text, under their numbers."""
    text = {name: pd.Series([as_text(cell) for cell in rows[name]], dtype=str) for name in rows.columns}
    return pd.DataFrame(text).set_axis(pd.Index(places, dtype=int))


# --- the table ----------------------------------------------------------------------------------------------------


def coded(
    cells: pl.LazyFrame, columns: Columns, header_of: Mapping[str, str], look: FirstLook, read: pd.DataFrame
) -> LargeTable:
    """The table of responses: what was read of the sample, done to all rows.

    Args:
        cells: as they were looked at.
        header_of: of each column of the table the column of the file; "" where there is none.
        read: what the rows of the sample mean, in their order.
    """
    codes = {header: _codes(list(different)) for header, different in look.different.items()}
    meanings: dict[str, dict[int, str | int | None]] = {}
    for name, header in header_of.items():
        means = [None if pd.isna(m) else m if isinstance(m, str) else int(m) for m in read[name]]
        if header:
            of_text = dict(zip(look.sample[header], means, strict=True))
            meanings[name] = {codes[header][cell]: of_text[as_text(cell)] for cell in look.different[header]}
        else:
            meanings[name] = {0: means[0] if name == "site_id" else None}
    weighted = bool(columns.weight) and bool(np.ptp(look.weights))
    mean = float(look.weights.mean()) if weighted else 1.0
    width = max(4, len(str(look.n)))

    def batches() -> Iterator[Batch]:
        import polars as pl

        made = [_code_of(header, own) for header, own in codes.items()]
        ids = [id_of(columns)] if columns.respondent else []
        first = 0
        for batch in cells.select(*made, *ids).collect_batches(chunk_size=ROWS_AT_ONCE):
            n = len(batch)
            none = np.zeros(n, dtype=np.uint8)
            of_header = {header: batch[header].to_numpy() for header in codes}
            own_ids = batch[ID] if ids else pl.Series([], dtype=pl.String)

            def respondents(places: Integers, first: int = first, own_ids: pl.Series = own_ids) -> list[str]:
                if columns.respondent:
                    return own_ids.gather(places).to_list()
                return [f"R{first + place + 1:0{width}}" for place in places.tolist()]

            yield Batch(
                first,
                {name: of_header[header] if header else none for name, header in header_of.items()},
                look.weights[first : first + n] / mean if weighted else None,
                respondents,
            )
            first += n

    return LargeTable(look.n, meanings, weighted, batches)


def _codes(cells: Sequence[Cell]) -> dict[Cell, int]:
    """A code for each cell: its place, or how far a whole number lies above the lowest."""
    window = _window(cells)
    if window is None:
        return {cell: code for code, cell in enumerate(cells)}
    return {cell: window[1] - window[0] + 1 if cell is None else cell - window[0] for cell in cells}


def _code_of(header: str, codes: Mapping[Cell, int]) -> pl.Expr:
    """The column of codes."""
    import polars as pl

    kind = pl.UInt8 if max(codes.values()) < 1 << 8 else pl.UInt16
    of_none = codes.get(None, 0)
    window = _window(list(codes))
    if window:
        return (pl.col(header).cast(pl.Int32).fill_null(of_none + window[0]) - window[0]).cast(kind)
    old = [cell for cell in codes if cell is not None]
    new = pl.Series([codes[cell] for cell in old], dtype=kind)

    def replaced(column: pl.Series) -> pl.Series:
        return (column.replace_strict(old, new, return_dtype=kind) if old else column.cast(kind)).fill_null(of_none)

    # By batches: as an expression of its own, replacing holds whole columns at once.
    return pl.col(header).map_batches(replaced, return_dtype=kind, is_elementwise=True)
