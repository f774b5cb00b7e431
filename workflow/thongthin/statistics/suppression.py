"""Counts that may be published: cells that count few are left out, and so many others that nobody computes them.

A cell is unsafe where it counts somebody, but fewer than k. Left out alone it follows from its totals; so further
cells go, the fewest persons of them, until every unsafe cell can be anything in an interval at least k wide (the cell
suppression problem: Fischetti and Salazar 2001, here one unsafe cell after the other, each solved exactly by HiGHS
through scipy). `attack` computes these intervals by linear programming, as whoever attacks the published tables
would."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import numpy as np
import numpy.typing as npt

Counts = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Key = tuple[str, ...]


def equations(keys: Sequence[Key], total: str = "all") -> Counts:
    """What the cells of tables with totals are bound by: each total less its parts is 0.

    Args:
        keys: what each cell is of, by dimension; `total` where it counts all of one. Tables that share a cell share its
            key, so that differences between tables count as well.

    Returns:
        A row an equation, a column a cell: 1 at the total, -1 at its parts. Parts that are not all there make none:
        nobody can compute with them.
    """
    places = {key: n for n, key in enumerate(keys)}
    rows = []
    for at in range(len(keys[0]) if keys else 0):

        def others(key: Key, at: int = at) -> Key:
            return key[:at] + key[at + 1 :]

        for rest, group in groupby(sorted(keys, key=others), others):
            own = list(group)
            whole = (*rest[:at], total, *rest[at:])
            parts = [key for key in own if key[at] != total]
            if whole in places and parts:
                row = np.zeros(len(keys))
                row[places[whole]] = 1
                row[[places[key] for key in parts]] = -1
                rows.append(row)
    return np.array(rows).reshape(-1, len(keys))


def unsafe(counts: Counts, k: int) -> Flags:
    """The cells that count somebody, but fewer than k."""
    return (counts > 0) & (counts < k)


def suppressed(
    counts: Counts,
    bound: Counts,
    k: int,
    allowed: Flags | None = None,
    *,
    targets: Flags | None = None,
    left_out: Flags | None = None,
    fixed: Flags | None = None,
    cost: Counts | None = None,
) -> Flags:
    """The cells to leave out: the unsafe ones, and the further ones that protect them.

    The counts at both ends of each interval are whole numbers, so that nobody who knows that persons are not divided
    finds a narrower one.

    Args:
        counts: of each cell, whole and not negative, such that `bound @ counts` is 0.
        bound: see `equations`; further rows of whole numbers, such as those of sums of answers, may be added.
        k: fewest persons that a cell may count, and the least width of what can be known of one that is left out.
        allowed: cells that may stand though they count few.
        targets: cells that are to be protected; the unsafe ones where nothing is said.
        left_out: cells that are left out anyway.
        fixed: cells that always stand.
        cost: of leaving out each cell; the more it counts, the dearer, where nothing is said.

    Raises:
        ValueError: the counts do not add up, or nothing protects a cell.
    """
    if len(bound) and np.abs(bound @ counts).max() > 1e-6:
        raise ValueError("the counts do not add up to their totals")
    primary = unsafe(counts, k) if targets is None else targets.copy()
    if allowed is not None:
        primary &= ~allowed
    out = primary if left_out is None else primary | left_out
    if not len(bound):
        return out
    prices = 1 + counts if cost is None else cost
    stands = np.zeros(len(counts), dtype=bool) if fixed is None else fixed
    for cell in np.flatnonzero(primary):
        out = out | _protected(int(cell), counts, bound, k, out, stands & ~out, prices)
    return out


def _protected(cell: int, counts: Counts, bound: Counts, k: int, out: Flags, fixed: Flags, cost: Counts) -> Flags:
    """The cells to leave out so that one cell can be anything in an interval k wide; one problem for HiGHS."""
    from scipy.optimize import Bounds, LinearConstraint, milp  # seldom
    from scipy.sparse import csr_array, diags_array, eye_array, hstack

    n = len(counts)
    # How far each cell can move: no further than all together, weighted as the equations weigh it.
    most = float(counts.max() + 2 * k)
    # What a cell can be more (first n) and less (second n) than it is, and whether it is left out (third n).
    eye, none, table = eye_array(n), csr_array((n, n)), csr_array(bound)
    rest = csr_array((len(bound), n))
    width = np.zeros(3 * n)
    width[cell], width[n + cell] = 1, -1
    rules = [
        LinearConstraint(hstack([table, rest, rest]).tocsr(), 0, 0),
        LinearConstraint(hstack([rest, table, rest]).tocsr(), 0, 0),
        LinearConstraint(hstack([eye, none, -most * eye]).tocsr(), -np.inf, 0),
        LinearConstraint(hstack([none, eye, -most * eye]).tocsr(), -np.inf, 0),
        LinearConstraint(hstack([eye, none, diags_array(counts)]).tocsr(), 0, np.inf),
        LinearConstraint(hstack([none, eye, diags_array(counts)]).tocsr(), 0, np.inf),
        LinearConstraint(width, k, np.inf),
    ]
    low = np.concatenate([-counts, -counts, out.astype(float)])
    high = np.concatenate([np.full(2 * n, most), 1.0 - fixed])
    price = np.concatenate([np.zeros(2 * n), np.where(out, 0, cost)])
    found = milp(price, constraints=rules, bounds=Bounds(low, high), integrality=np.ones(3 * n))
    if found.x is None:
        raise ValueError("no other cells protect a cell that counts few")
    left: Flags = found.x[2 * n :] > 0.5
    return left


def attack(counts: Counts, left_out: Flags, bound: Counts) -> Counts:
    """What can be known of the cells that are left out: least and greatest, a row a cell, in their order.

    Every cell that is published is known, and that no cell is negative.
    """
    from scipy.optimize import linprog  # seldom

    hidden = np.flatnonzero(left_out)
    known = bound[:, ~left_out] @ counts[~left_out]
    found = []
    for at in range(len(hidden)):
        aim = np.zeros(len(hidden))
        aim[at] = 1
        ends = []
        for sign in (1, -1):
            solved = linprog(sign * aim, A_eq=bound[:, hidden], b_eq=-known, bounds=(0, None), method="highs")
            ends.append(sign * solved.fun if solved.fun is not None else np.inf)
        found.append(ends)
    return np.array(found).reshape(-1, 2)
