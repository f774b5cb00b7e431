"""The table of responses of a survey too large for a frame, as Parquet: opened, and its sites and groups as numbers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from thongthin.contract.tables import TABLES, TableError

if TYPE_CHECKING:
    import polars as pl

Integers = npt.NDArray[np.int64]


def open_responses(path: Path, items: pd.DataFrame) -> pl.LazyFrame:
    import polars as pl

    expected = [*(column.name for column in TABLES["responses"].columns), *items["item_id"]]
    try:
        frame = pl.scan_parquet(path)
        columns = frame.collect_schema().names()
    except pl.exceptions.PolarsError as error:
        raise TableError(f'table "responses", file {path}: {error}') from None
    if columns != expected:
        raise TableError(f'table "responses": its columns should be {expected}, but are {columns}')
    return frame


def sites_of(path: Path, site_ids: Sequence[str]) -> pd.Series:
    """The site of each response of table `responses`, a Parquet file, as a categorical: a byte each.

    Raises:
        TableError: the file holds sites that are not of the study.
    """
    import polars as pl

    places = places_of(pl.scan_parquet(path).select("site_id").collect(), "site_id", site_ids)
    return pd.Series(pd.Categorical.from_codes(places, categories=pd.Index(site_ids)))


def places_of(batch: pl.DataFrame, column: str, ids: Sequence[str]) -> Integers:
    """The place of each site or group among the ids."""
    import polars as pl

    known = batch[column].fill_null("").cast(pl.Enum(list(ids)), strict=False)
    if known.null_count():
        unknown = batch[column].filter(known.is_null())[0]
        raise TableError(f'table "responses", column {column}: holds "{unknown}", which the study does not have')
    return known.to_physical().to_numpy().astype(np.int64)
