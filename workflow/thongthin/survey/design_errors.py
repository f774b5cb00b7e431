"""The tables of means and shares with the errors of the design of the sample, where the study says how it was drawn.

The tables are made as for respondents drawn one by one (`description`, `category_answers`); here their standard errors,
degrees of freedom, design effects and intervals are replaced by those of the design (`sample_design`). Means, shares
and standard deviations do not change: they follow from the answers and their weights.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from thongthin.contract.categories import MISSING
from thongthin.contract.tables import ALL
from thongthin.contract.units import Unit
from thongthin.statistics.weights import respondent_weights
from thongthin.survey.sample_design import ERRORS, SampleDesign, mean_errors, share_errors
from thongthin.survey.scales import on_points, survey_scales


def of_items(
    table: pd.DataFrame,
    responses: pd.DataFrame,
    items: pd.DataFrame,
    design: SampleDesign,
    unit: Unit,
    *,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Table `item_statistics` or `item_group_statistics`, with the errors of the design.

    The interval of the share of the two highest answers is that of `share_errors`; it is left as it is where there is
    no such share.

    Args:
        responses, items: the tables of these names, the responses in the order of the design.
    """
    weights, units, ids = respondent_weights(responses), responses[unit.column], unit.shown
    answers = responses[list(table["item_id"].unique())].astype(float)
    errors = mean_errors(answers, weights, design, units, ids, confidence=confidence)
    table = _replaced(table, errors, "item_id", unit.column)
    highest = items.set_index("item_id")["maximum"].astype(float)
    top = (answers >= highest[answers.columns] - 1).astype(float).where(answers.notna())
    limits = share_errors(top, weights, design, units, ids, confidence=confidence)
    own = _found(table, limits, "item_id", unit.column)
    # Scales of few points have no share of the two highest; theirs must not come in by this way.
    there = table["top_two"].notna()
    for name in ("low", "high"):
        table[f"top_two_{name}"] = np.where(there, own[name], table[f"top_two_{name}"])
    return table


def of_scales(
    table: pd.DataFrame,
    scores: pd.DataFrame,
    items: pd.DataFrame,
    responses: pd.DataFrame,
    design: SampleDesign,
    unit: Unit,
    *,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Table `scale_statistics` or `group_statistics`, with the errors of the design.

    Args:
        scores, items, responses: the tables of these names, scores and responses in the order of the design.
    """
    column_of = {(scale.construct, scale.wave): scale.column for scale in survey_scales(items)}
    columns = list(column_of.values())
    # As in the table itself: means of the same answers may differ in their last bits.
    own = scores[columns].astype(float).round(12)
    weights, units = respondent_weights(responses), responses[unit.column]
    errors = mean_errors(own, weights, design, units, unit.shown, confidence=confidence)
    named = table.assign(column=[column_of[pair] for pair in zip(table["construct"], table["wave"], strict=True)])
    return _replaced(named, errors, "column", unit.column).drop(columns="column")


def of_answers(
    table: pd.DataFrame, responses: pd.DataFrame, items: pd.DataFrame, design: SampleDesign, *, confidence: float = 0.95
) -> pd.DataFrame:
    """Table `item_answers` with the errors of the design.

    Args:
        responses, items: the tables of these names, the responses in the order of the design.
    """
    weights = respondent_weights(responses)
    chosen: dict[str, pd.Series] = {}
    for item, low, high in on_points(items)[["item_id", "minimum", "maximum"]].itertuples(index=False):
        own = responses[item].astype(float)
        # Shares are means of 0 and 1: one column for each value, so that one pass has the errors of all.
        chosen |= {f"{item} {value}": (own == value).astype(float).where(own.notna()) for value in range(low, high + 1)}
    errors = share_errors(pd.DataFrame(chosen, index=responses.index), weights, design, confidence=confidence)
    named = table.assign(column=table["item_id"] + " " + table["value"].astype(str), unit=ALL)
    return _replaced(named, errors, "column", "unit").drop(columns=["column", "unit"])


def of_categories(
    table: pd.DataFrame, responses: pd.DataFrame, design: SampleDesign, unit: Unit, *, confidence: float = 0.95
) -> pd.DataFrame:
    """Table `category_answers` or `category_answers_by_group`, with these errors.

    Args:
        responses: table `responses`, these items as text, in the order of the design.
    """
    weights, units = respondent_weights(responses), responses[unit.column]
    chosen: dict[str, pd.Series] = {}
    for item, own in table.groupby("item_id", sort=False):
        given = responses[str(item)]
        for category in own["category"].unique():
            # Who gave no answer has no share among the answers, and so no error of one.
            if category != MISSING:
                chosen[f"{item} {category}"] = (given == category).astype(float).where(given != "")
    frame = pd.DataFrame(chosen, index=responses.index)
    errors = share_errors(frame, weights, design, units, unit.shown, confidence=confidence)
    named = table.assign(column=table["item_id"] + " " + table["category"])
    return _replaced(named, errors, "column", unit.column).drop(columns="column")


def _found(table: pd.DataFrame, errors: pd.DataFrame, column: str, unit: str) -> pd.DataFrame:
    """The errors of each row of a table; NaN, and no reason, where nobody answered."""
    # By name and not by place: errors have no row for who did not answer, tables have one.
    own = errors.reindex(pd.MultiIndex.from_arrays([table[column], table[unit]]))
    return own.assign(reason=own["reason"].fillna("")).set_axis(table.index)


def _replaced(table: pd.DataFrame, errors: pd.DataFrame, column: str, unit: str) -> pd.DataFrame:
    found = _found(table, errors, column, unit)
    return table.assign(**{name: found[name] for name in ERRORS})[table.columns]
