"""Correction of p values for several tests; undefined ones stay undefined and are not counted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Correction = Literal["holm", "benjamini_hochberg"]


def holm(p: Array) -> Array:
    """Holm's step-down correction: no true hypothesis is rejected with more than the stated probability.

    Source: Holm (1979), Scandinavian Journal of Statistics 6(2), 65-70.
    """
    corrected, order = np.full(len(p), np.nan), _ascending(p)
    tests = np.arange(len(order), 0, -1)
    corrected[order] = np.minimum(np.maximum.accumulate(p[order] * tests), 1)
    return corrected


def benjamini_hochberg(p: Array) -> Array:
    """Benjamini and Hochberg's step-up correction: of what is rejected, few are expected to be true.

    The expected share of true hypotheses among the rejected ones is at most the level of significance.

    *Assumes* tests that are independent or positively dependent.

    Source: Benjamini and Hochberg (1995), J. R. Stat. Soc. B 57(1), 289-300.
    """
    corrected, order = np.full(len(p), np.nan), _ascending(p)
    scaled = p[order] * len(order) / np.arange(1, len(order) + 1)
    corrected[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1)
    return corrected


CORRECTIONS: dict[Correction, Callable[[Array], Array]] = {"holm": holm, "benjamini_hochberg": benjamini_hochberg}


def _ascending(p: Array) -> npt.NDArray[np.int64]:
    """Places of the defined p values, the smallest first."""
    return np.argsort(p, kind="stable")[: np.count_nonzero(~np.isnan(p))]
