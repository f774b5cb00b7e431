"""The counts of a survey that a test makes up, with what it leaves out of the tables as if nobody had said it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from thongthin.contract.units import Unit
from thongthin.statistics.frequencies import Frequencies
from thongthin.survey.counts import SurveyCounts, count_responses, score_frequencies
from thongthin.survey.scales import scale_scores


def counts_of(responses: pd.DataFrame, items: pd.DataFrame, scores: pd.DataFrame | None = None) -> SurveyCounts:
    """What rule `count_answers` counts.

    Args:
        responses: table `responses`, or some of its columns.
        items: table `items`, or some of its columns.
        scores: table `scale_scores`, in the order of the responses; None: computed from the answers.
    """
    unsaid = {"construct": "", "wave": "single", "reversed": False, "numeric": False, "position": range(len(items))}
    asked = items.assign(**{name: value for name, value in unsaid.items() if name not in items})
    ids = [f"R{i:05}" for i in range(len(responses))]
    known: dict[str, object] = {"respondent_id": ids, "site_id": "", "group": ""}
    for item, lowest in zip(asked["item_id"], asked["minimum"], strict=True):
        known[item] = "" if pd.isna(lowest) else np.nan
    own = responses.assign(**{name: value for name, value in known.items() if name not in responses})
    in_words = list(asked.loc[asked["minimum"].isna(), "item_id"])
    own[in_words] = own[in_words].fillna("").astype(str)
    if scores is None:
        scores = scale_scores(own, asked)
    return count_responses(own, scores.assign(respondent_id=own["respondent_id"].to_numpy()), asked)


def frequencies_of(scores: pd.DataFrame, items: pd.DataFrame, unit: Unit) -> dict[str, Frequencies]:
    """The scores by site, or by group, from table `scale_scores` (for groups with the column `group`)."""
    return score_frequencies(counts_of(scores, items, scores).scores, items, unit)
