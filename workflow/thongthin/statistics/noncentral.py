"""Intervals of noncentrality parameters: from the statistic of a test to how strong an effect the data allow.

Under an effect a test statistic follows a noncentral distribution. The limits are those parameters under which a
statistic as large as the observed one, or as small, would have half of the remaining probability; where even no effect
at all leaves less than that for anything smaller, the limit is 0 (for F and chi-square). An undefined statistic has
undefined limits. Where a statistic is so large that scipy has no number, its numerator is as good as its parameter, and
only the variance in the denominator is left to chance.

Sources: Steiger and Fouladi (1997), in Harlow, Mulaik and Steiger (eds.), What if there were no significance tests?,
221-257; Steiger (2004), Psychological Methods 9(2), 164-182.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

Limits = tuple[float, float]
# From here on, what varies in the numerator is less than a hundredth of a percent of it.
LARGE_T, LARGE_F = 1e5, 1e10


def f_noncentrality(f: float, df1: float, df2: float, confidence: float = 0.95) -> Limits:
    """Limits of the noncentrality of an F statistic with df1 and df2 degrees of freedom; 0 or more."""
    from scipy.special import chdtrc, ncfdtr

    def below(parameter: float) -> float:
        chance = float(ncfdtr(df1, df2, parameter, f)) if f < LARGE_F else np.nan
        return chance if not np.isnan(chance) else float(chdtrc(df2, df2 * parameter / (df1 * f)))

    likely = max(df1 * (f - 1), 0.0) if np.isfinite(f) else np.nan
    step = np.sqrt(2 * (df1 + 2 * likely) + 2 * likely**2 / df2)
    return _from_zero(below, likely, step, confidence)


def chi2_noncentrality(chi2: float, df: float, confidence: float = 0.95) -> Limits:
    """Limits of the noncentrality of a chi-square statistic with df degrees of freedom; 0 or more."""
    from scipy.special import chndtr

    likely = max(chi2 - df, 0.0) if np.isfinite(chi2) else np.nan
    step = np.sqrt(2 * (df + 2 * likely))
    return _from_zero(lambda parameter: float(chndtr(chi2, df, parameter)), likely, step, confidence)


def t_noncentrality(t: float, df: float, confidence: float = 0.95) -> Limits:
    """Limits of the noncentrality of a t statistic with df degrees of freedom; of either sign."""
    from scipy.optimize import brentq
    from scipy.special import chdtrc, nctdtr

    if not np.isfinite(t):
        return np.nan, np.nan
    if t < 0:
        low, high = t_noncentrality(-t, df, confidence)
        return -high, -low

    def below(parameter: float) -> float:
        chance = float(nctdtr(df, parameter, t)) if t < LARGE_T else np.nan
        return chance if not np.isnan(chance) else float(chdtrc(df, df * max(parameter / t, 0) ** 2))

    step = np.sqrt(1 + t**2 / (2 * df))  # about a standard deviation of t
    limits = []
    for sign, probability in ((-1, 1 - (1 - confidence) / 2), (1, (1 - confidence) / 2)):
        # The probability of a smaller t falls as the parameter grows.
        far = t
        while sign * (below(far) - probability) > 0:
            far += sign * step
        near = far - sign * step
        limits.append(float(brentq(lambda parameter, p=probability: below(parameter) - p, near, far)))
    return limits[0], limits[1]


def _from_zero(below: Callable[[float], float], likely: float, step: float, confidence: float) -> Limits:
    """Limits where `below`, the probability of a smaller statistic, falls as the parameter grows from 0.

    The search goes by steps from a parameter that is likely: far away, with large samples, the probability is too small
    for scipy and becomes NaN.

    Args:
        likely: about the parameter; NaN of an undefined statistic.
        step: about the standard deviation of its estimate.
    """
    from scipy.optimize import brentq

    if not np.isfinite(likely):
        return np.nan, np.nan
    limits = []
    for probability in (1 - (1 - confidence) / 2, (1 - confidence) / 2):
        if below(0) <= probability:
            limits.append(0.0)
            continue
        low = high = max(likely, 0.0)
        while low > 0 and below(low) <= probability:
            low = max(low - step, 0.0)
        while below(high) > probability:
            high += step
        limits.append(float(brentq(lambda parameter, p=probability: below(parameter) - p, low, high)))
    return limits[0], limits[1]
