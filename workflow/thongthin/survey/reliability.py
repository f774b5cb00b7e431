"""Whether the items of a scale belong together: Cronbach's alpha, McDonald's omega, and each item against the rest.

All of it comes from the covariance of the items over complete respondents, reversed items turned round (weighted, where
respondents have weights). Alpha assumes that all items measure one thing about equally well; omega lets each item have
a loading of its own, which is estimated by maximum likelihood. Alpha has the interval of Feldt, or of a bootstrap;
omega has that of a bootstrap.

Fails where the items of one scale have different answers (`thongthin.survey.scales`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from thongthin.statistics.weights import covariance_of, respondent_weights
from thongthin.survey.scales import reverse_items, survey_scales

Array = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

# The variance of a sum that does not vary, as a share of the variances summed, is no more than rounding error.
NOTHING = 1e-12
# An item whose own share of its variance is driven down to this has no proper solution (a Heywood case).
LEAST_UNIQUENESS = 0.005
MOST_STEPS = 500
# So many numbers are held at once by a bootstrap: what bounds its memory.
AT_ONCE = 4_000_000


# --- alpha --------------------------------------------------------------------------------------------------------


def cronbach_alpha(answers: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> float:
    """Cronbach's alpha of complete answers.

    Args:
        answers: respondents x items, reversed items turned round; incomplete respondents are left out.
        weights: of the respondents; None: all equal.

    Returns:
        At most 1 (negative where items run against each other); NaN with fewer than two items or respondents,
        or where the sum does not vary.

    Source: Cronbach (1951), Psychometrika 16(3), 297-334.
    """
    return float(alpha_of(covariance_of(answers, weights)[0]))


def alpha_of(covariance: Array) -> Array:
    """Cronbach's alpha of one or of many covariance matrices (... x items x items), as `cronbach_alpha`."""
    items = covariance.shape[-1]
    variances, total = np.trace(covariance, axis1=-2, axis2=-1), covariance.sum(axis=(-2, -1))
    defined = (total > NOTHING * variances) & (items > 1)
    ratio = np.divide(variances, total, out=np.full(total.shape, np.nan), where=defined)
    return np.asarray(items / max(items - 1, 1) * (1 - ratio))


def feldt_interval(alpha: float, n: float, items: int, confidence: float = 0.95) -> tuple[float, float]:
    """Confidence interval of Cronbach's alpha: (1 - alpha) / (1 - its estimate) is distributed as F.

    Exact for normal answers with equal variances and covariances, and a good approximation for answers in points.

    Args:
        alpha: the estimate.
        n: respondents (the effective number, where they have weights).
        items: number of items.
        confidence: level, 0 to 1.

    Returns:
        Lower and upper limit; both NaN where alpha is undefined or n is less than 2.

    Source: Feldt (1965), Psychometrika 30(3), 357-370; Feldt, Woodruff and Salih (1987), Applied Psychological
    Measurement 11(1), 93-103.
    """
    from scipy.special import fdtri

    if np.isnan(alpha) or not n > 1 or items < 2:
        return np.nan, np.nan
    tail, degrees = (1 - confidence) / 2, (n - 1, (n - 1) * (items - 1))
    return 1 - (1 - alpha) * float(fdtri(*degrees, 1 - tail)), 1 - (1 - alpha) * float(fdtri(*degrees, tail))


def mean_correlation(covariance: Array) -> float:
    """Mean of the correlations between different items; NaN with fewer than two, or where one does not vary.

    Args:
        covariance: items x items.

    Source: Clark and Watson (1995), Psychological Assessment 7(3), 309-319.
    """
    correlations = correlations_of(covariance)
    pairs = np.triu_indices(len(covariance), 1)
    return float(correlations[pairs].mean()) if len(pairs[0]) else np.nan


def correlations_of(covariance: Array) -> Array:
    """Correlations of one or of many covariance matrices; NaN in rows and columns of items that do not vary."""
    variances = np.einsum("...ii->...i", covariance)
    sd = np.sqrt(np.where(variances > 0, variances, np.nan))
    return np.asarray(covariance / sd[..., :, np.newaxis] / sd[..., np.newaxis, :])


# --- omega --------------------------------------------------------------------------------------------------------


class OneFactor(NamedTuple):
    """The model of one common factor, fitted to correlations.

    Attributes:
        loadings: ... x items; their sum is not negative.
        uniqueness: ... x items; the share of each item's variance that is its own, 0 to 1.
        proper: ...; whether the search ended at a solution in which every item has something of its own.
    """

    loadings: Array
    uniqueness: Array
    proper: Bools


def fit_one_factor(correlations: Array) -> OneFactor:
    """One common factor by maximum likelihood, of one or of many correlation matrices at once.

    For given uniquenesses the best loadings follow from an eigenvalue problem; the logarithms of the uniquenesses are
    found by Newton's method with approximate second derivatives, damped where a step would make the fit worse.

    Args:
        correlations: ... x items x items, at least three items, without NaN.

    Source: Jöreskog (1967), Psychometrika 32(4), 443-482; Lawley and Maxwell (1971), Factor Analysis as a Statistical
    Method, 2nd ed., ch. 4.
    """
    shape, items = correlations.shape[:-1], correlations.shape[-1]
    matrices = correlations.reshape(-1, items, items)
    lowest = np.log(LEAST_UNIQUENESS)
    # A ridge, far below any digit that is shown, lets the search begin where items are copies of each other.
    start = (1 - 0.5 / items) / np.einsum("bii->bi", np.linalg.inv(matrices + 1e-9 * np.eye(items)))
    theta = np.clip(np.log(np.clip(start, LEAST_UNIQUENESS, 1)), lowest, 0)
    misfit, gradient, curvature = _likelihood(matrices, theta)
    damping = np.full(len(matrices), 1e-3)
    done = np.zeros(len(matrices), dtype=bool)
    for _ in range(MOST_STEPS):
        # At the least uniqueness, an item that would go further stays.
        held = (theta <= lowest) & (gradient > 0)
        free = np.where(held, 0, gradient)
        done |= np.abs(free).max(axis=1) < 1e-8
        open_ = np.flatnonzero(~done)
        if not len(open_):
            break
        own = np.where(held[open_, :, np.newaxis] | held[open_, np.newaxis, :], 0, curvature[open_])
        own += (damping[open_, np.newaxis] + held[open_])[:, :, np.newaxis] * np.eye(items)
        step = np.linalg.solve(own, free[open_, :, np.newaxis])[..., 0]
        tried = np.clip(theta[open_] - step, lowest, 0)
        new = _likelihood(matrices[open_], tried)
        better = new[0] <= misfit[open_] + 1e-14
        damping[open_] = np.clip(np.where(better, damping[open_] / 10, damping[open_] * 10), 1e-12, 1e12)
        taken = open_[better]
        theta[taken], misfit[taken], gradient[taken], curvature[taken] = (
            tried[better],
            *(part[better] for part in new),
        )
    uniqueness = np.exp(theta)
    values, vectors = np.linalg.eigh(_scaled(matrices, uniqueness))
    size = np.sqrt(np.clip(values[:, -1:] - 1, 0, None))
    loadings = np.sqrt(uniqueness) * vectors[:, :, -1] * size
    loadings *= np.where(loadings.sum(axis=1, keepdims=True) < 0, -1, 1)
    proper = done & (theta > lowest).all(axis=1)
    return OneFactor(loadings.reshape(shape), uniqueness.reshape(shape), proper.reshape(shape[:-1]))


def _scaled(correlations: Array, uniqueness: Array) -> Array:
    size = 1 / np.sqrt(uniqueness)
    return np.asarray(correlations * size[:, :, np.newaxis] * size[:, np.newaxis, :])


def _likelihood(correlations: Array, theta: Array) -> tuple[Array, Array, Array]:
    """What maximum likelihood makes least, with its first and (approximate) second derivatives by log uniqueness."""
    values, vectors = np.linalg.eigh(_scaled(correlations, np.exp(theta)))
    rest, directions = np.clip(values[:, :-1], 1e-12, None), vectors[:, :, :-1]
    misfit = (rest - np.log(rest) - 1).sum(axis=1)
    gradient = ((1 - rest)[:, np.newaxis, :] * directions**2).sum(axis=2)
    curvature = (directions @ directions.transpose(0, 2, 1)) ** 2
    return misfit, gradient, curvature


def mcdonald_omega(answers: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> float:
    """McDonald's omega (total) of complete answers: the share of the sum's variance that one common factor explains.

    Args:
        answers, weights: as for `cronbach_alpha`.

    Returns:
        0 to 1; NaN with fewer than three items (a factor of two has no single solution), where an item does not vary,
        or where the model of one factor has no proper solution.

    Source: McDonald (1999), Test Theory: A Unified Treatment, ch. 6.
    """
    return float(omega_of(covariance_of(answers, weights)[0]))


def omega_of(covariance: Array) -> Array:
    """McDonald's omega of one or of many covariance matrices (... x items x items), as `mcdonald_omega`."""
    items = covariance.shape[-1]
    correlations = correlations_of(covariance).reshape(-1, items, items)
    omega = np.full(len(correlations), np.nan)
    defined = ~np.isnan(correlations).any(axis=(1, 2))
    if items >= 3 and defined.any():
        fitted = fit_one_factor(correlations[defined])
        sd = np.sqrt(np.einsum("...ii->...i", covariance).reshape(-1, items)[defined])
        common = (fitted.loadings * sd).sum(axis=1) ** 2
        own = (fitted.uniqueness * sd**2).sum(axis=1)
        omega[defined] = np.where(fitted.proper, common / (common + own), np.nan)
    return omega.reshape(covariance.shape[:-2])


# --- bootstrap ----------------------------------------------------------------------------------------------------


def drawn_covariances(
    answers: npt.ArrayLike, weights: npt.ArrayLike | None = None, *, replicates: int, seed: int
) -> Array:
    """Covariance matrices of respondents drawn with replacement, up to a factor of each that no reliability feels.

    Args:
        answers, weights: as for `cronbach_alpha`.

    Returns:
        replicates x items x items.
    """
    matrix = np.asarray(answers, dtype=np.float64)
    complete = ~np.isnan(matrix).any(axis=1)
    own = matrix[complete] - (matrix[complete].mean(axis=0) if complete.any() else 0)
    w = np.ones(len(own)) if weights is None else np.asarray(weights, dtype=np.float64)[complete]
    n, items = own.shape
    if not n:
        return np.full((replicates, items, items), np.nan)
    rng = np.random.default_rng(seed)
    products = (own[:, :, np.newaxis] * own[:, np.newaxis, :]).reshape(n, -1)
    least = NOTHING * (own**2).mean(axis=0)
    drawn = []
    for begin in range(0, replicates, step := max(1, AT_ONCE // n)):
        counts = w * rng.multinomial(n, np.full(n, 1 / n), size=min(step, replicates - begin))
        total, sums = counts.sum(axis=1)[:, np.newaxis], counts @ own
        means = sums / total
        squares = (counts @ products / total).reshape(-1, items, items)
        covariances = squares - means[:, :, np.newaxis] * means[:, np.newaxis, :]
        # An item that does not vary among those drawn has no variance but for rounding.
        constant = np.einsum("bii->bi", covariances) <= least
        covariances[constant[:, :, np.newaxis] | constant[:, np.newaxis, :]] = 0
        drawn.append(covariances)
    return np.concatenate(drawn) if drawn else np.empty((0, items, items))


def percentile_interval(values: Array, confidence: float = 0.95) -> tuple[float, float]:
    """The middle of the replicates of a bootstrap, those left out in which the statistic is undefined.

    Source: Efron and Tibshirani (1993), An Introduction to the Bootstrap, ch. 13.
    """
    known = values[~np.isnan(values)]
    if not len(known):
        return np.nan, np.nan
    low, high = np.quantile(known, [(1 - confidence) / 2, (1 + confidence) / 2])
    return float(low), float(high)


# --- each item ----------------------------------------------------------------------------------------------------


def item_rest(answers: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> Array:
    """Correlation of each item with the sum of the other items (corrected item-total correlation).

    Args:
        answers, weights: as for `cronbach_alpha`.

    Returns:
        One number an item, -1 to 1; NaN where the item or the rest does not vary.

    Source: Nunnally and Bernstein (1994), Psychometric Theory, 3rd ed., ch. 8.
    """
    return item_rest_of(covariance_of(answers, weights)[0])


def item_rest_of(covariance: Array) -> Array:
    """As `item_rest`, from the covariance of the items."""
    variances = np.diag(covariance)
    with_rest = covariance.sum(axis=1) - variances
    rest_variances = covariance.sum() - 2 * covariance.sum(axis=1) + variances
    with np.errstate(invalid="ignore", divide="ignore"):
        varies = (variances > 0) & (rest_variances > NOTHING * np.trace(covariance))
        return np.where(varies, with_rest / np.sqrt(variances * rest_variances), np.nan)


def alpha_if_dropped(answers: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> Array:
    """Cronbach's alpha of the scale without each item, one number an item; NaN with fewer than three items.

    Args:
        answers, weights: as for `cronbach_alpha`.
    """
    return alpha_if_dropped_of(covariance_of(answers, weights)[0])


def alpha_if_dropped_of(covariance: Array) -> Array:
    """As `alpha_if_dropped`, from the covariance of the items."""
    others = [np.delete(np.delete(covariance, i, axis=0), i, axis=1) for i in range(len(covariance))]
    return alpha_of(np.array(others)) if len(others) > 1 else np.full(len(others), np.nan)


# --- tables -------------------------------------------------------------------------------------------------------


def reliability_table(
    responses: pd.DataFrame,
    items: pd.DataFrame,
    *,
    interval: Literal["feldt", "bootstrap"] = "feldt",
    confidence: float = 0.95,
    replicates: int = 0,
    seed: int = 0,
) -> pd.DataFrame:
    """Cronbach's alpha and McDonald's omega of each scale.

    Args:
        responses, items: the tables of these names.
        interval: of alpha.
        confidence: level of the intervals.
        replicates: of the bootstrap; 0 gives omega no interval (nor alpha, if its interval is the bootstrap's).
        seed: of the bootstrap.

    Returns:
        Table `scale_reliability`, one row a scale; n is the number of respondents who answered all of its items.

    Raises:
        CannotAnalyse: the items of a scale have different lowest or highest values.
    """
    answers, weights = reverse_items(responses, items), respondent_weights(responses)
    scales = survey_scales(items)
    return reliability_from(
        {scale.column: covariance_of(answers[scale.items], weights) for scale in scales},
        items,
        {
            scale.column: drawn_covariances(answers[scale.items], weights, replicates=replicates, seed=seed)
            for scale in scales
        },
        interval=interval,
        confidence=confidence,
    )


def reliability_from(
    covariances: Mapping[str, tuple[Array, int, float]],
    items: pd.DataFrame,
    replicates: Mapping[str, Array] | None = None,
    *,
    interval: Literal["feldt", "bootstrap"] = "feldt",
    confidence: float = 0.95,
) -> pd.DataFrame:
    """As `reliability_table`, from the covariance of the items of each scale.

    Args:
        covariances: by the column of the scale, as from `covariance_of`.
        replicates: of the bootstrap, as from `drawn_covariances`; without them its intervals are NaN.
    """
    rows = []
    for scale in survey_scales(items):
        covariance, n, effective = covariances[scale.column]
        alpha = float(alpha_of(covariance))
        drawn = replicates[scale.column] if replicates else np.empty((0, len(covariance), len(covariance)))
        limits = (
            feldt_interval(alpha, effective, len(scale.items), confidence)
            if interval == "feldt"
            else percentile_interval(alpha_of(drawn), confidence)
        )
        omega = float(omega_of(covariance))
        of_omega = (np.nan, np.nan) if np.isnan(omega) else percentile_interval(omega_of(drawn), confidence)
        about = (scale.construct, scale.wave, len(scale.items), n, effective)
        rows.append((*about, alpha, *limits, omega, *of_omega, mean_correlation(covariance)))
    names = ["construct", "wave", "items", "n", "n_effective", "alpha", "alpha_low", "alpha_high"]
    return pd.DataFrame(rows, columns=[*names, "omega", "omega_low", "omega_high", "mean_r"])


def item_rest_table(responses: pd.DataFrame, items: pd.DataFrame) -> pd.DataFrame:
    """How each item goes with the rest of its scale.

    Returns:
        Table `item_rest`: item_id, construct, wave, n (respondents who answered the whole scale),
        item_rest_r, alpha_if_dropped.
    """
    answers, weights = reverse_items(responses, items), respondent_weights(responses)
    return item_rest_from({s.column: covariance_of(answers[s.items], weights) for s in survey_scales(items)}, items)


def item_rest_from(covariances: Mapping[str, tuple[Array, int, float]], items: pd.DataFrame) -> pd.DataFrame:
    """As `item_rest_table`, from the covariance of the items of each scale (see `reliability_from`)."""
    rows = []
    for scale in survey_scales(items):
        covariance, n, _ = covariances[scale.column]
        rest, dropped = item_rest_of(covariance), alpha_if_dropped_of(covariance)
        for item_id, r, alpha in zip(scale.items, rest, dropped, strict=True):
            rows.append((item_id, scale.construct, scale.wave, n, r, alpha))
    names = ["item_id", "construct", "wave", "n", "item_rest_r", "alpha_if_dropped"]
    return pd.DataFrame(rows, columns=names)
