"""Intervals of a share: how far it could be from what was counted by chance alone; exact for few, close for many."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd


def clopper_pearson(
    counts: npt.ArrayLike, totals: npt.ArrayLike, confidence: float = 0.95
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Exact interval of a binomial share: it covers the true share at least as often as it claims.

    Args:
        counts: how many of each total, 0 to the total.
        totals: of how many, of the same shape.
        confidence: level of the interval, between 0 and 1; each side leaves out half of the rest.

    Returns:
        Lower and upper limits, 0 to 1; the lower one is 0 where none was counted, the upper one 1 where
        all were. NaN where the total is 0.

    Source: Clopper and Pearson (1934), Biometrika 26(4), 404-413; as quantiles of the beta distribution in
    Brown, Cai and DasGupta (2001), Statistical Science 16(2), 101-133.
    """
    from scipy.special import betaincinv

    x, n = np.asarray(counts, dtype=float), np.asarray(totals, dtype=float)
    tail = (1 - confidence) / 2
    # A parameter of 0, where none or all were counted, has no quantile; those limits are 0 and 1 by definition.
    low = np.where(x > 0, betaincinv(np.maximum(x, 1), n - x + 1, tail), 0.0)
    high = np.where(x < n, betaincinv(x + 1, np.maximum(n - x, 1), 1 - tail), 1.0)
    return np.where(n > 0, low, np.nan), np.where(n > 0, high, np.nan)


def wilson(
    shares: npt.ArrayLike, totals: npt.ArrayLike, confidence: float = 0.95
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Score interval of a share of many: on average it covers the true share as often as it claims.

    Args:
        shares: 0 to 1.
        totals: of how many, of the same shape; effective numbers, where answers have weights.
        confidence: level of the interval, between 0 and 1.

    Returns:
        Lower and upper limits, 0 to 1. NaN where the share is NaN or the total is 0.

    Source: Wilson (1927), Journal of the American Statistical Association 22(158), 209-212; recommended by Brown, Cai
    and DasGupta (2001), Statistical Science 16(2), 101-133.
    """
    from scipy.special import ndtri

    share, n = np.asarray(shares, dtype=float), np.asarray(totals, dtype=float)
    n = np.where(n > 0, n, np.nan)
    z = ndtri((1 + confidence) / 2)
    middle = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    reach = z / (1 + z**2 / n) * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    # Where nobody or everybody is counted, the limit is 0 or 1 but for rounding.
    return np.where(share == 0, 0.0, middle - reach), np.where(share == 1, 1.0, middle + reach)


def with_share_errors(
    table: pd.DataFrame, effective: pd.Series, answered: pd.Series, confidence: float = 0.95
) -> pd.DataFrame:
    """A table of shares with how sure they are, if respondents were drawn one by one.

    Args:
        table: with the column `share`, 0 to 1; NaN where there is none.
        effective: of how many answers of equal weight each is the share (`weights.effective_n`).
        answered: of how many answers.
        confidence: level of the intervals.

    Returns:
        With the columns se (the root of share x (1 - share) / effective), df (NaN: the interval has none), deff
        (answers by effective ones), low and high (`wilson`), reason ("").
    """
    share = table["share"]
    low, high = wilson(share, effective, confidence)
    deff = (answered / effective).where(share.notna())
    se = np.sqrt(share * (1 - share) / effective)
    return table.assign(se=se, df=np.nan, deff=deff, low=low, high=high, reason="")
