"""How often each category was given to the questions answered by category: who the respondents are.

An item with a great many different answers that nobody declared was answered in free words: it is not in the table
`categories` (`read.survey.answers`), and not shown.
"""

from __future__ import annotations

import pandas as pd

from thongthin.contract.categories import MISSING
from thongthin.contract.tables import TABLES
from thongthin.contract.units import Unit
from thongthin.statistics.proportions import with_share_errors
from thongthin.survey.counts import by_unit


def category_answers(
    counts: pd.DataFrame, categories: pd.DataFrame, unit: Unit, *, confidence: float = 0.95
) -> pd.DataFrame:
    """How often each category was given, by site and over all, or by group.

    Args:
        counts: the categories of `SurveyCounts`.
        categories: table `categories`.
        unit: a site or group without respondents has rows with n = 0.
        confidence: level of the intervals.

    Returns:
        Table `category_answers` or `category_answers_by_group`, categories then `missing` (no answer, for whatever
        reason): item_id, site_id (group), category, n, share (of those who answered, weighted, 0 to 1; NaN for
        `missing`, and if there are none) with its standard error, df (NaN), deff, interval (`wilson`, with the
        effective number of answers), reason (""), and share_of_all (of all respondents).
    """
    possible = [
        (item, id_, category)
        for item, own in categories.groupby("item_id", sort=False)
        for id_ in unit.shown
        for category in [*own.sort_values("position")["category"], MISSING]
    ]
    keys = ["column", "unit", "value"]
    table = pd.DataFrame(possible, columns=keys, dtype=str).merge(by_unit(counts, unit), on=keys, how="left")
    table = table.fillna({"n": 0, "weight": 0.0, "squared": 0.0}).astype({"n": int})
    of_one = [table["column"], table["unit"]]
    answered = table[["n", "weight", "squared"]].where(table["value"] != MISSING, 0.0)
    of_answers = answered.groupby(of_one, sort=False).transform("sum")
    of_all = table["weight"].groupby(of_one, sort=False).transform("sum")
    some = of_answers["weight"] > 0
    table["share"] = (table["weight"] / of_answers["weight"].where(some)).where(table["value"] != MISSING)
    effective = of_answers["weight"] ** 2 / of_answers["squared"].where(some)
    table = with_share_errors(table, effective, of_answers["n"], confidence)
    table["share_of_all"] = table["weight"] / of_all.where(of_all > 0)
    names = [column.name for column in TABLES["category_answers"].columns]
    table = table.rename(columns={"column": "item_id", "unit": "site_id", "value": "category"})[names]
    return table.rename(columns={"site_id": unit.column})
