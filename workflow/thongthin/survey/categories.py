"""How often each category was given to the questions answered by category: who the respondents are.

An item with a great many different answers that nobody declared was answered in free words, and is not counted: it is
not in the table `categories` (`readers.survey_answers`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import pandas as pd

from thongthin.contract.categories import MISSING
from thongthin.contract.tables import ALL, TABLES
from thongthin.statistics.proportions import with_share_errors
from thongthin.statistics.weights import respondent_weights

Unit = Literal["site_id", "group"]
TABLE_OF: dict[Unit, str] = {"site_id": "category_answers", "group": "category_answers_by_group"}


def category_counts(responses: pd.DataFrame, categories: pd.DataFrame) -> pd.DataFrame:
    """How often each category was given at each site and in each group.

    Args:
        responses: table `responses`, the answers to these items as text.
        categories: table `categories`.

    Returns:
        column (the item), site_id, group, value (the category, or `missing`), n, weight (the sum of the weights of
        those who gave it), squared (the sum of their squares).
    """
    w = respondent_weights(responses)
    counted = [pd.DataFrame(columns=["column", "site_id", "group", "value", "n", "weight", "squared"])]
    for item in categories["item_id"].unique():
        given = responses[item].where(responses[item] != "", MISSING)
        frame = responses[["site_id", "group"]].assign(value=given, n=1, weight=w, squared=w**2)
        counted.append(frame.groupby(["site_id", "group", "value"]).sum().reset_index().assign(column=item))
    return pd.concat(counted, ignore_index=True).astype({"n": int, "weight": float, "squared": float})


def category_answers(
    counts: pd.DataFrame, categories: pd.DataFrame, site_ids: Iterable[str], *, confidence: float = 0.95
) -> pd.DataFrame:
    """How often each category was given, by site and over all.

    Args:
        counts: as from `category_counts`, or `SurveyCounts.categories`.
        categories: table `categories`.
        site_ids: all sites; one without respondents has rows with n = 0.
        confidence: level of the intervals.

    Returns:
        Table `category_answers`, sites then `all`, categories then `missing` (no answer, for whatever reason): item_id,
        site_id, category, n, share (of those who answered, weighted, 0 to 1; NaN for `missing`, and if there are none)
        with its standard error, df (NaN), deff, interval (`wilson`, with the effective number of answers), reason (""),
        and share_of_all (of all respondents).
    """
    both = pd.concat([counts, counts.assign(site_id=ALL)])
    return _answers(both, categories, [*site_ids, ALL], "site_id", confidence)


def category_answers_by_group(
    counts: pd.DataFrame, categories: pd.DataFrame, group_ids: Iterable[str], *, confidence: float = 0.95
) -> pd.DataFrame:
    """As `category_answers`, by group of respondents; those without a group are left out.

    Returns:
        Table `category_answers_by_group`.
    """
    return _answers(counts, categories, list(group_ids), "group", confidence)


def _answers(
    counts: pd.DataFrame, categories: pd.DataFrame, shown: list[str], unit: Unit, confidence: float
) -> pd.DataFrame:
    possible = [
        (item, id_, category)
        for item, own in categories.groupby("item_id", sort=False)
        for id_ in shown
        for category in [*own.sort_values("position")["category"], MISSING]
    ]
    table = pd.DataFrame(possible, columns=["column", unit, "value"], dtype=str)
    summed = counts.groupby(["column", unit, "value"])[["n", "weight", "squared"]].sum().reset_index()
    table = table.merge(summed, on=["column", unit, "value"], how="left")
    table = table.fillna({"n": 0, "weight": 0.0, "squared": 0.0}).astype({"n": int})
    keys = [table["column"], table[unit]]
    answered = table[["n", "weight", "squared"]].where(table["value"] != MISSING, 0.0)
    of_answers = answered.groupby(keys, sort=False).transform("sum")
    of_all = table["weight"].groupby(keys, sort=False).transform("sum")
    some = of_answers["weight"] > 0
    table["share"] = (table["weight"] / of_answers["weight"].where(some)).where(table["value"] != MISSING)
    effective = of_answers["weight"] ** 2 / of_answers["squared"].where(some)
    table = with_share_errors(table, effective, of_answers["n"], confidence)
    table["share_of_all"] = table["weight"] / of_all.where(of_all > 0)
    names = [column.name for column in TABLES[TABLE_OF[unit]].columns]
    return table.rename(columns={"column": "item_id", "value": "category"})[names]
