"""Whether the items of a scale belong together: Cronbach's alpha, McDonald's omega, and each item against the rest.

All of it comes from the covariance of the items over complete respondents, reversed items turned round (weighted, where
respondents have weights). Alpha assumes that all items measure one thing about equally well; omega lets each item have
a loading of its own, which is estimated by maximum likelihood. Alpha has the interval of Feldt, or of a bootstrap;
omega has that of a bootstrap.

Fails where the items of one scale have different answers (`thongthin.survey.scales`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import numpy as np
import pandas as pd

from thongthin.statistics.reliability import (
    Array,
    alpha_if_dropped_of,
    alpha_of,
    drawn_covariances,
    feldt_interval,
    item_rest_of,
    mean_correlation,
    omega_of,
    percentile_interval,
)
from thongthin.statistics.weights import respondent_weights
from thongthin.survey.counts import Covariance
from thongthin.survey.scales import reverse_items, survey_scales

# --- tables -------------------------------------------------------------------------------------------------------


def drawn_by_scale(responses: pd.DataFrame, items: pd.DataFrame, *, replicates: int, seed: int = 0) -> dict[str, Array]:
    """Covariances of the items of each scale, of respondents drawn with replacement (`drawn_covariances`).

    Args:
        responses, items: the tables of these names.
        replicates, seed: of the bootstrap.

    Returns:
        By the column of the scale.
    """
    answers, weights = reverse_items(responses, items), respondent_weights(responses)
    return {
        scale.column: drawn_covariances(answers[scale.items], weights, replicates=replicates, seed=seed)
        for scale in survey_scales(items)
    }


def reliability_table(
    covariances: Mapping[str, Covariance],
    items: pd.DataFrame,
    drawn: Mapping[str, Array] | None = None,
    *,
    interval: Literal["feldt", "bootstrap"] = "feldt",
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Cronbach's alpha and McDonald's omega of each scale.

    Args:
        covariances: of `SurveyCounts`.
        items: table `items`.
        drawn: the replicates of the bootstrap, as from `drawn_by_scale`; without them, omega has no interval (nor
            alpha, if its interval is the bootstrap's).
        interval: of alpha.
        confidence: level of the intervals.

    Returns:
        Table `scale_reliability`, one row a scale; n is the number of respondents who answered all of its items.

    Raises:
        CannotAnalyse: the items of a scale have different lowest or highest values.
    """
    rows = []
    for scale in survey_scales(items):
        covariance, n, effective = covariances[scale.column]
        alpha = float(alpha_of(covariance))
        replicates = drawn[scale.column] if drawn else np.empty((0, len(covariance), len(covariance)))
        limits = (
            feldt_interval(alpha, effective, len(scale.items), confidence)
            if interval == "feldt"
            else percentile_interval(alpha_of(replicates), confidence)
        )
        omega = float(omega_of(covariance))
        of_omega = (np.nan, np.nan) if np.isnan(omega) else percentile_interval(omega_of(replicates), confidence)
        about = (scale.construct, scale.wave, len(scale.items), n, effective)
        rows.append((*about, alpha, *limits, omega, *of_omega, mean_correlation(covariance)))
    names = ["construct", "wave", "items", "n", "n_effective", "alpha", "alpha_low", "alpha_high"]
    return pd.DataFrame(rows, columns=[*names, "omega", "omega_low", "omega_high", "mean_r"])


def item_rest_table(covariances: Mapping[str, Covariance], items: pd.DataFrame) -> pd.DataFrame:
    """How each item goes with the rest of its scale; arguments as of `reliability_table`.

    Returns:
        Table `item_rest`: item_id, construct, wave, n (respondents who answered the whole scale),
        item_rest_r, alpha_if_dropped.
    """
    rows = []
    for scale in survey_scales(items):
        covariance, n, _ = covariances[scale.column]
        rest, dropped = item_rest_of(covariance), alpha_if_dropped_of(covariance)
        for item_id, r, alpha in zip(scale.items, rest, dropped, strict=True):
            rows.append((item_id, scale.construct, scale.wave, n, r, alpha))
    names = ["item_id", "construct", "wave", "n", "item_rest_r", "alpha_if_dropped"]
    return pd.DataFrame(rows, columns=names)
