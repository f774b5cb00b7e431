"""The table of responses of a survey of millions, written: what each different cell means, done to the whole file."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from thongthin.basics.files import ROWS_AT_ONCE
from thongthin.contract.tables import TABLES
from thongthin.read.survey.large_files import Columns

if TYPE_CHECKING:
    import polars as pl
from thongthin.read.survey.large_files import ROW, as_text, count_rows


def write(
    cells: pl.LazyFrame,
    columns: Columns,
    header_of: Mapping[str, str],
    sample: pd.DataFrame,
    read: pd.DataFrame,
    different: Mapping[str, pd.DataFrame],
    destination: Path,
) -> None:
    """Write the table, what was read of the sample done to all rows."""
    import polars as pl

    if columns.respondent:
        respondent = pl.col(columns.respondent).cast(pl.String).str.strip_chars()
    else:
        rows = count_rows(cells)
        number = (pl.col(ROW) + 1).cast(pl.String).str.zfill(max(4, len(str(rows))))
        respondent, cells = pl.concat_str(pl.lit("R"), number), cells.with_row_index(ROW)
    weight = pl.lit(1.0)
    if columns.weight:
        stated = pl.col(columns.weight).cast(pl.Float64)
        weights = cells.select(stated).collect(engine="streaming").to_series().to_numpy()
        weight = stated / float(weights.mean()) if np.ptp(weights) else weight
    made = {"respondent_id": respondent, "weight": weight}
    none = pl.lit(None, dtype=pl.String)  # a column of empty texts takes its time
    of_one_site = pl.lit(read["site_id"].iloc[0], dtype=pl.String)
    for name, header in header_of.items():
        meant = dict(zip(sample[header], read[name], strict=True)) if header else {}
        is_text = pd.api.types.is_string_dtype(read[name].dtype)
        made[name] = (
            _as_meant(header, different[header]["cell"], meant, is_text)
            if header
            else of_one_site
            if name == "site_id"
            else none
        )
    order = [column.name for column in TABLES["responses"].columns]
    table = cells.select(made[name].alias(name) for name in [*order, *(n for n in header_of if n not in order)])
    destination.parent.mkdir(parents=True, exist_ok=True)
    partial = destination.with_name(f".{os.getpid()}.{destination.name}.part")
    try:
        table.sink_parquet(partial, row_group_size=ROWS_AT_ONCE, statistics=False)
        os.replace(partial, destination)
    finally:
        partial.unlink(missing_ok=True)


def _as_meant(header: str, cells: Iterable[Any], meant: Mapping[str, Any], is_text: bool) -> pl.Expr:
    """A column with each cell replaced by what it means: text, or a whole number or nothing."""
    import polars as pl

    old = [cell for cell in cells if cell is not None]
    new = [meant[as_text(cell)] for cell in old]
    kind: pl.DataType = pl.String()
    if not is_text:
        new = [None if np.isnan(value) else int(value) for value in new]
        limits = [value for value in new if value is not None] or [0]
        kind = pl.UInt8() if min(limits) >= 0 and max(limits) <= 255 else pl.Int64()
    values = pl.Series(new, dtype=kind)

    def replaced(column: pl.Series) -> pl.Series:
        return column.replace_strict(old, values, default=None, return_dtype=kind) if old else column.cast(kind)

    if all(type(cell) is int for cell in old) and old == new:
        column = pl.col(header).cast(kind)
    else:
        # By batches: as an expression of its own, replacing holds whole columns at once.
        column = pl.col(header).map_batches(replaced, return_dtype=kind, is_elementwise=True)
    return column.fill_null(meant.get("", "")) if is_text else column
