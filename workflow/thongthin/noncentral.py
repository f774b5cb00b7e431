"""Intervals of noncentrality parameters: from the statistic of a test to how strong an effect the data allow.

Under an effect a test statistic follows a noncentral distribution. The limits are those parameters under which a
statistic as large as the observed one, or as small, would have half of the remaining probability; where even no effect
at all leaves less than that for anything smaller, the limit is 0 (for F and chi-square). An undefined statistic has
undefined limits.

Sources: Steiger and Fouladi (1997), in Harlow, Mulaik and Steiger (eds.), What if there were no significance tests?,
221-257; Steiger (2004), Psychological Methods 9(2), 164-182.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

Limits = tuple[float, float]


def f_noncentrality(f: float, df1: float, df2: float, confidence: float = 0.95) -> Limits:
    """Limits of the noncentrality of an F statistic with df1 and df2 degrees of freedom; 0 or more."""
    from scipy.special import ncfdtr

    return _from_zero(lambda parameter: float(ncfdtr(df1, df2, parameter, f)), f, confidence)


def chi2_noncentrality(chi2: float, df: float, confidence: float = 0.95) -> Limits:
    """Limits of the noncentrality of a chi-square statistic with df degrees of freedom; 0 or more."""
    from scipy.special import chndtr

    return _from_zero(lambda parameter: float(chndtr(chi2, df, parameter)), chi2, confidence)


def t_noncentrality(t: float, df: float, confidence: float = 0.95) -> Limits:
    """Limits of the noncentrality of a t statistic with df degrees of freedom; of either sign."""
    from scipy.optimize import brentq
    from scipy.special import nctdtr

    if not np.isfinite(t):
        return np.nan, np.nan
    step = np.sqrt(1 + t**2 / (2 * df))  # about a standard deviation of t
    limits = []
    for sign, probability in ((-1, 1 - (1 - confidence) / 2), (1, (1 - confidence) / 2)):
        # The probability of a smaller t falls as the parameter grows.
        far = t
        while sign * (float(nctdtr(df, far, t)) - probability) > 0:
            far += sign * step
        near = far - sign * step
        limits.append(float(brentq(lambda parameter, p=probability: float(nctdtr(df, parameter, t)) - p, near, far)))
    return limits[0], limits[1]


def _from_zero(below: Callable[[float], float], statistic: float, confidence: float) -> Limits:
    """Limits where `below`, the probability of a smaller statistic, falls as the parameter grows from 0."""
    from scipy.optimize import brentq

    if not np.isfinite(statistic):
        return np.nan, np.nan
    limits = []
    for probability in (1 - (1 - confidence) / 2, (1 - confidence) / 2):
        if below(0) <= probability:
            limits.append(0.0)
            continue
        most = 1.0
        while below(most) > probability:
            most *= 2
        limits.append(float(brentq(lambda parameter, p=probability: below(parameter) - p, 0, most)))
    return limits[0], limits[1]
