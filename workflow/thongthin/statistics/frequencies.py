"""How often each value occurs in each group: all that a test of difference between groups needs to know of scores.

Scores of a survey take few different values, so that tests from frequencies cost the same for a hundred respondents and
for millions.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

# What differs by less than a mean of a few whole numbers can is a tie that rounding broke: scores come from a file with
# ten digits, so that their differences are off in the ninth decimal.
DECIMALS = 6


class Frequencies(NamedTuple):
    """Values by group.

    Attributes:
        values: the different values, ascending.
        counts: groups x values: how often each occurs.
    """

    values: Array
    counts: Array

    @property
    def sizes(self) -> Array:
        """How many values each group has."""
        return np.asarray(self.counts.sum(axis=1))

    def only(self, groups: Sequence[int] | npt.NDArray[np.bool_]) -> Frequencies:
        """Some of the groups, in this order, with the values that occur in them."""
        counts = self.counts[np.asarray(groups)]
        occurs = counts.sum(axis=0) > 0
        return Frequencies(self.values[occurs], counts[:, occurs])


def frequencies(groups: Sequence[npt.ArrayLike]) -> Frequencies:
    """Frequencies of the values of each group, none missing; what is equal to six decimals is one value."""
    arrays = [np.asarray(group, dtype=float) for group in groups]
    pooled = np.concatenate([*arrays, []])
    _, first, place = np.unique(np.round(pooled, DECIMALS), return_index=True, return_inverse=True)
    counts = np.zeros((len(arrays), len(first)))
    np.add.at(counts, (np.repeat(np.arange(len(arrays)), [len(a) for a in arrays]), place), 1)
    return Frequencies(pooled[first], counts)


def mid_ranks(times: Array) -> Array:
    """Rank from 1 of each of some ascending values that occur so many times; ties share the middle of their ranks.

    Args:
        times: how often each value occurs; several rows are ranked each by itself.
    """
    return np.asarray(times.cumsum(axis=-1) - (times - 1) / 2)
