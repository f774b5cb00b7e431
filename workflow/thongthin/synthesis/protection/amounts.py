"""Amounts (income, land, years): what is left out where one respondent's could make up most of a sum.

A mean and the number of respondents tell the sum. Where one amount makes up most of it, the sum nearly tells that
amount: the rule of dominance (Hundepool and others 2012, Statistical Disclosure Control), here for one respondent and
half of the sum. The answers are not at hand here, and need not be: mean and standard deviation bound the largest
share.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from thongthin.basics.records import records
from thongthin.contract.tables import ALL
from thongthin.synthesis.protection.masks import Protected

# More of a sum than this may come from no one respondent.
MOST_OF_ONE = 0.5
# The table, the columns that say what was asked, and that of the unit.
_STATISTICS = (
    ("item_statistics", ("item_id",), "site_id"),
    ("item_group_statistics", ("item_id",), "group"),
    ("scale_statistics", ("construct", "wave"), "site_id"),
    ("group_statistics", ("construct", "wave"), "group"),
)


def largest_share(sum_: float, squares: float) -> float:
    """The largest share that one of some amounts can have in their sum; none of them is negative.

    No amount is larger than the root of the sum of all squares.

    Args:
        sum_, squares: of the amounts, and of their squares.

    Returns:
        0 to 1; 1 where the sum is not positive.
    """
    return min(1.0, math.sqrt(squares) / sum_) if sum_ > 0 else 1.0


def _sums(row: Mapping[Hashable, Any]) -> tuple[float, float]:
    """The sum of the amounts of a row, and that of their squares: (n - 1) sd² + n mean²."""
    n, mean = row["n"], row["mean"]
    return n * mean, ((n - 1) * row["sd"] ** 2 if n > 1 else 0.0) + n * mean**2


def hide_dominated(tables: Mapping[str, Protected], items: pd.DataFrame) -> None:
    """Leave out all but n of units in which one amount may be most of the sum, and of others that it would follow from.

    Args:
        items: table `items`.
    """
    amounts = set(items.loc[items["numeric"].astype(bool), "item_id"])
    amounts |= set(items.loc[items["item_id"].isin(amounts) & items["construct"].ne(""), "construct"])
    for name, asked, unit in _STATISTICS if amounts else ():
        if name not in tables:
            continue
        protected = tables[name]
        frame = protected.frame
        rows = frame[frame[asked[0]].isin(amounts) & (frame["n"] > 0) & frame["mean"].notna() & ~protected.allowed]
        for _, own in rows.groupby([*asked], sort=False):
            sums = {str(row[unit]): _sums(row) for row in records(own)}
            out = _dominated(sums)
            protected.hide(frame.index.isin(own.index[own[unit].isin(out)]), keep=("n",), whatever=True)


def _dominated(sums: Mapping[str, tuple[float, float]]) -> set[str]:
    """Units to leave out, so that what all and the others tell of those together is no one's amount, either."""
    out = {unit for unit, own in sums.items() if largest_share(*own) > MOST_OF_ONE}
    parts = out - {ALL}
    others = sorted((own[0], unit) for unit, own in sums.items() if unit not in {*out, ALL})
    while parts and others and (len(parts) < 2 or largest_share(*_together(sums, parts)) > MOST_OF_ONE):
        parts.add(others.pop()[1])
    return out | parts


def _together(sums: Mapping[str, tuple[float, float]], units: set[str]) -> tuple[float, float]:
    return sum(sums[unit][0] for unit in units), sum(sums[unit][1] for unit in units)
