"""What of the published numbers follows from published counts: computed once more, from nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from thongthin.contract.categories import MISSING
from thongthin.contract.published import Published
from thongthin.contract.tables import ALL, TABLES

# So much may differ what was written with ten digits.
_SAME = 1e-8


class Recomputed(NamedTuple):
    """How many numbers are published, how many of them are counts, and how many follow from these."""

    numbers: int
    counts: int
    followed: int


def recomputed(tables: Mapping[str, Published]) -> Recomputed:
    """Count the numbers that came out the same when they were computed from published counts."""
    numbers = counts = followed = 0
    for name, own in tables.items():
        for column in TABLES[name].columns:
            if column.kind in ("integer", "number") and column.name not in TABLES[name].key:
                there = int(own.frame[column.name].notna().sum())
                numbers += there
                counts += there if column.kind == "integer" else 0
        followed += sum(int(same.sum()) for same in _shares(name, own.frame))
    return Recomputed(numbers, counts, followed + _means(tables))


def _shares(name: str, frame: pd.DataFrame) -> list[pd.Series]:
    """For each column of shares, where it is what its counts say."""
    if {"participants", "denominator", "share"} <= set(frame):
        return [_same(frame["share"], frame["participants"] / frame["denominator"].replace(0, np.nan))]
    if name == "missing_items":
        return [_same(frame["share"], frame["missing"] / (frame["n"] + frame["missing"]).replace(0, np.nan))]
    if not name.startswith(("item_answers", "category_answers")):
        return []
    keys = [column for column in TABLES[name].key if column not in ("value", "category")]
    given = frame[frame["category"] != MISSING] if "category" in frame else frame
    found = [_same(given["share"], given["n"] / _whole(given, keys))]
    if "share_of_all" in frame:
        found.append(_same(frame["share_of_all"], frame["n"] / _whole(frame, keys)))
    return found


def _whole(frame: pd.DataFrame, keys: list[str]) -> pd.Series:
    """How many there are of each item and unit; missing where any count of them is left out."""
    counts = frame["n"].astype("float64")
    return counts.groupby([frame[key] for key in keys]).transform(_sum).replace(0, np.nan)


def _sum(numbers: pd.Series) -> float:
    """The sum; missing where any number is."""
    return float(numbers.sum(skipna=False))


def _means(tables: Mapping[str, Published]) -> int:
    """How many means of items are those of their published answers."""
    same = 0
    for counts, statistics, unit in (
        ("item_answers", "item_statistics", ""),
        ("item_answers_by_site", "item_statistics", "site_id"),
        ("item_answers_by_group", "item_group_statistics", "group"),
    ):
        if counts not in tables or statistics not in tables:
            continue
        answers, told = tables[counts].frame, tables[statistics].frame
        keys = ["item_id", *([unit] if unit else [])]
        own = answers.assign(n=answers["n"].astype("float64"))
        own = own.assign(total=own["n"] * own["value"].astype("float64"))
        sums = own.groupby(keys)[["n", "total"]].agg(_sum)
        rows = told if unit else told[told["site_id"] == ALL]
        joined = rows.join(sums, on=keys, rsuffix="_answers")
        same += int(_same(joined["mean"], joined["total"] / joined["n_answers"].replace(0, np.nan)).sum())
    return same


def _same(one: pd.Series, other: pd.Series) -> pd.Series:
    return (one.astype("float64") - other.astype("float64")).abs() < _SAME
