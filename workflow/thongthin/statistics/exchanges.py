"""Answers that could as well have been others: exchanges by which nothing that is published changes.

A count of a table is protected where the table could be another one, far enough away, with the same totals and the same
means and standard deviations. Two such tables are its witnesses. They are found by exchanging answers within a row of
counts, and back within another row (Dalenius and Reiss 1982 swap records so; here nothing is swapped, it is only shown
that it could be): what the exchange touches is left out, and nobody who knows all the rest can tell the tables apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import combinations, product
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Counts = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Prices = npt.NDArray[np.float64]
# What an exchange keeps: how many answered; their mean, too; their standard deviation, too.
N, MEAN, SPREAD = 1, 2, 3
# More vectors than these are not tried for one row.
_MOST = 4000


@cache
def exchanges(points: int, keeps: int, k: int) -> Counts:
    """Exchanges among answers 1, 2, ... `points` that keep n, the mean, or the standard deviation as well.

    They are sums of differences of an order (1 -1; 1 -2 1; 1 -3 3 -1), at most two at a time, each up to k times; for n
    alone, moves of up to k answers from any answer to any other.

    Returns:
        a row an exchange: what is added to each count.
    """
    found = {(0,) * points}
    times = [n for n in range(-k, k + 1) if n]
    if keeps == N:
        for a, b in combinations(range(points), 2):
            for n in times:
                row = [0] * points
                row[a], row[b] = n, -n
                found.add(tuple(row))
        return np.array(sorted(found), dtype=np.int64)
    difference = np.array([1, -2, 1] if keeps == MEAN else [1, -3, 3, -1])
    shifts = []
    for at in range(points - len(difference) + 1):
        shifted = np.zeros(points, dtype=np.int64)
        shifted[at : at + len(difference)] = difference
        shifts.append(shifted)
    for n, shift in product(times, shifts):
        found.add(tuple(n * shift))
    for (one, other), n, m in product(combinations(shifts, 2), times, times):
        if len(found) > _MOST:
            break
        found.add(tuple(n * one + m * other))
    return np.array(sorted(found), dtype=np.int64)


class Witnesses(NamedTuple):
    """Two exchanges that protect a count.

    Attributes:
        price: of what they touch that still stands.
        touched: answers that they change, the same in all rows concerned.
    """

    price: float
    touched: Flags


def witnesses(
    rows: Sequence[Counts], signs: Sequence[int], prices: Sequence[Prices], at: int, k: int, keeps: int
) -> Witnesses | None:
    """The cheapest two exchanges that are at least k apart at an answer; None where there are none.

    Args:
        rows: counts of the rows that change together, by answer.
        signs: 1 where the exchange is added to a row, -1 where it is taken from it.
        prices: of leaving out each count of each row; 0 where it is left out already, infinite where it must stand.
        at: the answer of the count that is to be protected.
        keeps: what the exchanges keep (`N`, `MEAN`, `SPREAD`).
    """
    moves = exchanges(len(rows[0]), keeps, k)
    possible = np.ones(len(moves), dtype=bool)
    for row, sign in zip(rows, signs, strict=True):
        possible &= (row + sign * moves >= 0).all(axis=1)
    each = np.sum(prices, axis=0)
    possible &= (moves[:, np.isinf(each)] == 0).all(axis=1)
    each = np.where(np.isinf(each), 0.0, each)
    moves = moves[possible]
    touched = moves != 0
    cost = touched @ each
    # The cheapest exchange for every difference that it makes at the answer.
    best: dict[int, int] = {}
    for n in np.argsort(cost, kind="stable"):
        best.setdefault(int(moves[n, at]), int(n))
    found: Witnesses | None = None
    for up, down in product(best, best):
        if up - down >= k:
            both = touched[best[up]] | touched[best[down]]
            price = float(both @ each)
            if found is None or price < found.price:
                found = Witnesses(price, both)
    return found
