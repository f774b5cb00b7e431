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


def suppressed(counts: Counts, bound: Counts, k: int, allowed: Flags | None = None) -> Flags:
    """The cells to leave out: the unsafe ones, and the further ones that protect them.

    Args:
        counts: of each cell, not negative, such that `bound @ counts` is 0.
        bound: see `equations`.
        k: fewest persons that a cell may count, and the least width of what can be known of one that is left out.
        allowed: cells that may stand though they count few.

    Raises:
        ValueError: the counts do not add up, or nothing protects a cell.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp

    if len(bound) and np.abs(bound @ counts).max() > 1e-6:
        raise ValueError("the counts do not add up to their totals")
    primary = unsafe(counts, k) if allowed is None else unsafe(counts, k) & ~allowed
    out, n = primary.copy(), len(counts)
    if not len(bound):
        return out
    most = float(counts.max() + 2 * k)
    for cell in np.flatnonzero(primary):
        # What a cell can be more (first n) and less (second n) than it is, and whether it is left out (third n).
        eye, none = np.eye(n), np.zeros((n, n))
        rest = np.zeros((len(bound), n))
        width = np.zeros(3 * n)
        width[cell], width[n + cell] = 1, -1
        rules = [
            LinearConstraint(np.hstack([bound, rest, rest]), 0, 0),
            LinearConstraint(np.hstack([rest, bound, rest]), 0, 0),
            LinearConstraint(np.hstack([eye, none, -most * eye]), -np.inf, 0),
            LinearConstraint(np.hstack([none, eye, -most * eye]), -np.inf, 0),
            LinearConstraint(np.hstack([eye, none, np.diag(counts)]), 0, np.inf),
            LinearConstraint(np.hstack([none, eye, np.diag(counts)]), 0, np.inf),
            LinearConstraint(width, k, np.inf),
        ]
        low = np.concatenate([-counts, -counts, out.astype(float)])
        high = np.concatenate([np.full(2 * n, most), np.ones(n)])
        cost = np.concatenate([np.zeros(2 * n), 1 + counts])
        kinds = np.concatenate([np.zeros(2 * n), np.ones(n)])
        found = milp(cost, constraints=rules, bounds=Bounds(low, high), integrality=kinds)
        if found.x is None:
            raise ValueError("no other cells protect a cell that counts few")
        out |= found.x[2 * n :] > 0.5
    return out


def attack(counts: Counts, left_out: Flags, bound: Counts) -> Counts:
    """What can be known of the cells that are left out: least and greatest, a row a cell, in their order.

    Every cell that is published is known, and that no cell is negative.
    """
    from scipy.optimize import linprog

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
