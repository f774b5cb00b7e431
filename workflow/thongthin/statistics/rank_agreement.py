"""How far two rankings of a few cases agree: Kendall's tau-b, with a p that is exact where cases are few.

The p comes from all ways to pair the two rankings, ties and all, which are counted, not drawn. With more cases than
`EXACT_UP_TO` it comes from the normal approximation. Nothing here fails: rankings of fewer than two cases, or without
any difference, have no tau.
"""

from __future__ import annotations

import math
from itertools import product
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

EXACT_UP_TO = 12  # cases; above, the normal approximation is off by a few thousandths at most
INTERVAL_FROM = 10  # cases; below, the approximation behind the interval is too rough


class RankAgreement(NamedTuple):
    """Attributes:
    n: cases that have a value in both.
    s: concordant less discordant pairs.
    tau: tau-b, -1 to 1; NaN where it is undefined, as all that follows.
    p: two-sided: how often chance gives at least such an absolute S.
    least_p: the smallest p that rankings with these ties could give.
    exact: whether p and least_p are exact.
    low, high: interval of tau; NaN with fewer than `INTERVAL_FROM` cases.
    """

    n: int
    s: float
    tau: float
    p: float
    least_p: float
    exact: bool
    low: float
    high: float


def kendall(a: npt.ArrayLike, b: npt.ArrayLike, confidence: float = 0.95) -> RankAgreement:
    """Kendall's tau-b of two rankings.

    Args:
        a, b: a value a case each; cases that lack one (NaN) are left out.
        confidence: level of the interval.

    Sources: Kendall (1938), Biometrika 30(1/2), 81-93; with ties (tau-b, and the variance of S) Kendall (1945),
    Biometrika 33(3), 239-251; the exact distribution with ties, over all tables with these margins: Burr (1960),
    Biometrika 47(1/2), 151-171; the interval: Fieller, Hartley and Pearson (1957), Biometrika 44(3/4), 470-481.
    """
    x, y = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    both = ~(np.isnan(x) | np.isnan(y))
    x, y = (_without_rounding(values[both]) for values in (x, y))
    n = len(x)
    first, second = np.triu_indices(n, 1)
    signs_x, signs_y = np.sign(x[first] - x[second]), np.sign(y[first] - y[second])
    possible = math.sqrt(np.count_nonzero(signs_x) * np.count_nonzero(signs_y))
    if not possible:
        return RankAgreement(n, np.nan, np.nan, np.nan, np.nan, n <= EXACT_UP_TO, np.nan, np.nan)
    s = float(signs_x @ signs_y)
    tau = s / possible
    ties_x, ties_y = (np.unique(values, return_counts=True)[1].tolist() for values in (x, y))
    if n <= EXACT_UP_TO:
        chances = exact_distribution(ties_x, ties_y)
        largest = len(chances) // 2
        sizes = np.abs(np.arange(len(chances)) - largest)
        p = float(chances[sizes >= abs(s)].sum())
        least_p = float(chances[sizes == sizes[chances > 0].max()].sum())
    else:
        p = _normal_p(s, ties_x, ties_y)
        top = (possible**2) / max(np.count_nonzero(signs_x), np.count_nonzero(signs_y))
        least_p = _normal_p(top, ties_x, ties_y)
    low, high = _interval(tau, n, confidence)
    return RankAgreement(n, s, tau, min(p, 1.0), least_p, n <= EXACT_UP_TO, low, high)


def exact_distribution(ties_a: list[int], ties_b: list[int]) -> npt.NDArray[np.float64]:
    """Chances of each S if every pairing of the two rankings is equally likely.

    The cases of one rank in the first are dealt, group by group from the lowest, over the ranks of the second; what is
    left to deal is all that later groups depend on.

    Args:
        ties_a, ties_b: how many cases share each rank, from the lowest rank; the sums are equal.

    Returns:
        Chances of S from -n (n - 1) / 2 to n (n - 1) / 2; they sum to 1.
    """
    n = sum(ties_a)
    largest = n * (n - 1) // 2
    start = np.zeros(2 * largest + 1)
    start[largest] = 1.0
    left = {tuple(ties_b): start}
    for size in ties_a:
        following: dict[tuple[int, ...], npt.NDArray[np.float64]] = {}
        for rest, ways in left.items():
            for dealt in product(*(range(min(size, m) + 1) for m in rest)):
                if sum(dealt) != size:
                    continue
                after = tuple(m - d for m, d in zip(rest, dealt, strict=True))
                above = np.cumsum(after[::-1])[::-1] - after
                below = np.cumsum(after) - after
                change = int(np.dot(dealt, above - below))
                times = math.prod(math.comb(m, d) for m, d in zip(rest, dealt, strict=True))
                known = following.setdefault(after, np.zeros_like(start))
                known += times * np.roll(ways, change)
        left = following
    (ways,) = left.values()
    chances: npt.NDArray[np.float64] = ways / ways.sum()
    return chances


def _without_rounding(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Values of which those that differ by no more than rounding in a file of ten digits are the same."""
    largest = np.abs(values).max(initial=0)
    return np.round(values / largest, 9) if largest > 0 else values


def _normal_p(s: float, ties_a: list[int], ties_b: list[int]) -> float:
    from scipy.special import ndtr

    n = sum(ties_a)
    t, u = np.asarray(ties_a, dtype=float), np.asarray(ties_b, dtype=float)
    tied = [(values * (values - 1) * (2 * values + 5)).sum() for values in (t, u)]
    threes = [(values * (values - 1) * (values - 2)).sum() for values in (t, u)]
    twos = [(values * (values - 1)).sum() for values in (t, u)]
    variance = (n * (n - 1) * (2 * n + 5) - sum(tied)) / 18
    variance += threes[0] * threes[1] / (9 * n * (n - 1) * (n - 2)) + twos[0] * twos[1] / (2 * n * (n - 1))
    return float(2 * ndtr(-abs(s) / math.sqrt(variance)))


def _interval(tau: float, n: int, confidence: float) -> tuple[float, float]:
    """By Fisher's z with the variance 0.437 / (n - 4); NaN where cases are few, tau itself where it is 1 or -1."""
    from scipy.special import ndtri

    if n < INTERVAL_FROM:
        return np.nan, np.nan
    if abs(tau) >= 1:
        return tau, tau
    reach = float(ndtri((1 + confidence) / 2)) * math.sqrt(0.437 / (n - 4))
    return math.tanh(math.atanh(tau) - reach), math.tanh(math.atanh(tau) + reach)
