"""What weights of respondents do to a statistic: how many answers they are worth, and the covariance of the items.

Weights say for how many people of the population a respondent stands; only their proportions matter, since every
statistic here is the same if all weights are multiplied by one number. With equal weights each is the plain statistic.
Nothing here fails; with no respondents, the numbers are NaN.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

Array = npt.NDArray[np.float64]

# Tables have ten digits: what is smaller than this share of a number may be rounding.
DIGITS = 1e-9


def respondent_weights(responses: pd.DataFrame) -> Array:
    """The weight of each respondent: column `weight` of table `responses`, or 1 for all where there is none."""
    if "weight" in responses:
        return responses["weight"].to_numpy(dtype=np.float64)
    return np.ones(len(responses))


def carries_weights(responses: pd.DataFrame) -> bool:
    """Whether the respondents of table `responses` carry weights that differ."""
    weights = respondent_weights(responses)
    return bool(len(weights) and np.ptp(weights))


def effective_n(weights: npt.ArrayLike) -> float:
    """How many respondents of equal weight would give a mean as precise as these.

    Args:
        weights: of the respondents, positive.

    Returns:
        The square of the sum divided by the sum of the squares: at most the number of respondents, which it is where
        all weights are equal; NaN without respondents.

    Source: Kish (1965), Survey Sampling, sec. 11.7.
    """
    w = np.asarray(weights, dtype=np.float64)
    return float(w.sum() ** 2 / (w**2).sum()) if len(w) else np.nan


def varies(columns: Array) -> npt.NDArray[np.bool_]:
    """Which columns (respondents x columns, none missing) vary by more than rounding in a file of ten digits."""
    if not len(columns):
        return np.zeros(columns.shape[1], dtype=bool)
    return np.asarray(np.ptp(columns, axis=0) > DIGITS * np.abs(columns).max(axis=0))


def covariance_of(answers: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> tuple[Array, int, float]:
    """Covariance matrix of the items over complete respondents.

    The divisor, the sum of the weights less the sum of their squares by their sum, makes the variances unbiased where
    the weights do not go with the answers; with equal weights it is n - 1.

    Args:
        answers: respondents x items; incomplete respondents (NaN) are left out.
        weights: of all respondents; None: all equal.

    Returns:
        Items x items, NaN throughout with fewer than two complete respondents; the number of complete respondents;
        their effective number (`effective_n`).

    Source: Galassi et al. (2009), GNU Scientific Library Reference Manual, 3rd ed., sec. 21.7 (weighted samples).
    """
    matrix = np.asarray(answers, dtype=np.float64)
    complete = ~np.isnan(matrix).any(axis=1)
    own = matrix[complete]
    w = np.ones(len(own)) if weights is None else np.asarray(weights, dtype=np.float64)[complete]
    n, total = len(own), w.sum()
    if n < 2:
        return np.full((matrix.shape[1], matrix.shape[1]), np.nan), n, effective_n(w)
    centred = own - w @ own / total
    centred[:, ~varies(own)] = 0  # whatever the last bits of a mean leave over of a constant
    covariance: Array = (centred * w[:, np.newaxis]).T @ centred / (total - (w**2).sum() / total)
    return covariance, n, effective_n(w)
