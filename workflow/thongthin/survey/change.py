"""What changed from before to after: signed-rank tests of scales, McNemar tests of questions answered by yes or no.

Over respondents with both answers, by site and over all, and by group of respondents. Beside the test stand what it
says in points (the shift, with its interval) and in standard deviations (the standardised change). Undefined numbers
are NaN; nothing here fails.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from thongthin.contract.tables import ALL
from thongthin.contract.units import Unit
from thongthin.statistics.category_tests import mcnemar
from thongthin.statistics.corrections import CORRECTIONS, Correction
from thongthin.statistics.frequencies import Array
from thongthin.statistics.signed_ranks import hodges_lehmann, standardised_change, wilcoxon
from thongthin.statistics.weights import carries_weights
from thongthin.survey.scales import asked_twice, survey_scales

# --- tables -----------------------------------------------------------------------------------------------------------

CHANGE_COLUMNS = (
    *("construct", "unit", "n", "mean_before", "mean_after", "mean_change", "w", "z", "p", "p_corrected"),
    *("r", "r_low", "r_high", "shift", "shift_low", "shift_high"),
    *("d_z", "d_z_low", "d_z_high", "d_av", "d_av_low", "d_av_high", "unweighted"),
)


def before_after_table(
    scores: pd.DataFrame,
    items: pd.DataFrame,
    unit: Unit,
    *,
    weights: Array | None = None,
    confidence: float = 0.95,
    correction: Correction = "holm",
) -> pd.DataFrame:
    """What changed from before to after, for each construct asked twice, by site and over all, or by group.

    Args:
        scores: table `scale_scores`, with the column `group` where the unit is the group.
        items: table `items`.
        weights: of the respondents, as they stand in `scores`; None: all equal. The three means are weighted; tests and
            effect sizes are not.
        confidence: level of the intervals.
        correction: of p, over the sites (groups) of a construct, and over the constructs for all sites together.

    Returns:
        Table `before_after` or `before_after_by_group`; n counts respondents with both scores, unchanged ones included.
    """
    rows = []
    scales = survey_scales(items)
    own_weights = np.ones(len(scores)) if weights is None else weights
    unweighted = bool(np.ptp(own_weights)) if len(own_weights) else False
    after_of = {scale.construct: scale.column for scale in scales if scale.wave == "after"}
    for scale in scales:
        if scale.wave != "before" or scale.construct not in after_of:
            continue
        before, after = (scores[column].to_numpy(dtype=float) for column in (scale.column, after_of[scale.construct]))
        for id_ in unit.shown:
            own = ~(np.isnan(before) | np.isnan(after))
            if id_ != ALL:
                own &= (scores[unit.column] == id_).to_numpy()
            first, second, weight = before[own], after[own], own_weights[own]
            changes = second - first
            means = [np.average(v, weights=weight) if own.any() else np.nan for v in (first, second, changes)]
            w, z, p, *r = wilcoxon(changes, confidence)
            shift = hodges_lehmann(changes, confidence)
            d_z, d_av = standardised_change(first, second, confidence)
            numbers = (*means, w, z, p, np.nan, *r, *shift, *d_z, *d_av)
            rows.append((scale.construct, id_, int(own.sum()), *numbers, unweighted))
    frame = pd.DataFrame(rows, columns=list(CHANGE_COLUMNS)).astype({"unweighted": bool})
    return _corrected(frame, "construct", "p", correction).rename(columns={"unit": unit.column})


MCNEMAR_COLUMNS = (
    *("item_id", "item_after", "unit", "n", "share_before", "share_after", "gained", "lost"),
    *("chi2", "df", "p", "p_exact", "p_mid", "p_corrected"),
    *("difference", "difference_low", "difference_high", "unweighted"),
)


def mcnemar_table(
    responses: pd.DataFrame,
    items: pd.DataFrame,
    unit: Unit,
    *,
    confidence: float = 0.95,
    correction: Correction = "holm",
) -> pd.DataFrame:
    """Who changed between yes and no, for each question with two answers asked twice, by site and all, or by group.

    Args:
        responses, items: the tables of these names; answers as they were given, "yes" is the higher value.
        confidence: level of the interval of the difference.
        correction: of the mid-p, over the sites (groups) of a question, and over the questions for all sites together.

    Returns:
        Table `mcnemar` or `mcnemar_by_group`; n counts respondents with both answers.
    """
    unweighted = carries_weights(responses)
    highest = items.set_index("item_id")["maximum"]
    rows = []
    for before, after in asked_twice(items):
        both = responses[[before, after]].notna().all(axis=1)
        first, second = responses[before] == highest[before], responses[after] == highest[after]
        for id_ in unit.shown:
            own = both if id_ == ALL else both & (responses[unit.column] == id_)
            n, yes_before, yes_after = int(own.sum()), int((first & own).sum()), int((second & own).sum())
            gained, lost = int((~first & second & own).sum()), int((first & ~second & own).sum())
            test = mcnemar(n, gained, lost, confidence)
            shares = [yes / n if n else np.nan for yes in (yes_before, yes_after)]
            ps = (test.chi2, None if np.isnan(test.chi2) else 1, test.p, test.p_exact, test.p_mid, np.nan)
            effect = (test.difference, test.low, test.high)
            rows.append((before, after, id_, n, *shares, gained, lost, *ps, *effect, unweighted))
    frame = pd.DataFrame(rows, columns=list(MCNEMAR_COLUMNS)).astype({"df": "Int64", "unweighted": bool})
    return _corrected(frame, "item_id", "p_mid", correction).rename(columns={"unit": unit.column})


def _corrected(frame: pd.DataFrame, key: str, p: str, correction: Correction) -> pd.DataFrame:
    """With `p_corrected`: over the sites or groups of one construct or item, and for `all` over constructs or items."""
    family = frame[key].where(frame["unit"] != ALL, "")
    for _, own in frame.groupby(family)[p]:
        frame.loc[own.index, "p_corrected"] = CORRECTIONS[correction](own.to_numpy(dtype=float))
    return frame
