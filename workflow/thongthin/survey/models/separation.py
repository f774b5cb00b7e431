"""Whether the predictors tell the categories of the outcome apart without error, so that coefficients have no limit.

Some combination of the predictors may rise with the category of every respondent (complete separation), or never fall
(quasi-complete). The likelihood of a model of odds then grows for ever along it, and whatever number an iteration stops
at is no estimate. Whether there is such a combination is a question of linear programming, and has an answer.

Sources: Albert and Anderson (1984), Biometrika 71(1), 1-10; for the linear programme Konis (2007), Linear Programming
Algorithms for Detecting Separated Data in Binary Logistic Regression Models, Oxford, ch. 4; for the proof that there is
none, Gordan (1873), Mathematische Annalen 6, 23-28.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

# Any combination that tells categories apart can be made larger until a predictor counts fully; one that is smaller
# than this comes from the tolerance of the solver, as does the part of a predictor below the other.
WHOLE, NOTHING = 0.5, 1e-6
# Newton's steps, and how far they may lead.
_STEPS, _FAR = 50, 30.0


def separating(x: Array, y: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Which predictors take part in telling the categories apart; none if no combination does.

    Args:
        x: respondents x predictors, none constant or determined by the others.
        y: category of each respondent, from 0, all of them taken.
    """
    k, cuts = x.shape[1], int(y.max())
    z = (x - x.mean(axis=0)) / x.std(axis=0)
    rows = np.unique(np.column_stack([np.round(z, 9), y]), axis=0)
    z, category = rows[:, :k], rows[:, k].astype(np.int64)
    below, above = category < cuts, category > 0
    # No respondent above the upper cut of its category, none below the lower one.
    upper = np.hstack([z[below], -np.eye(cuts)[category[below]]])
    lower = np.hstack([-z[above], np.eye(cuts)[category[above] - 1]])
    sides = np.vstack([upper, lower])
    if _are_balanced(sides):
        return np.zeros(k, dtype=bool)
    from scipy.optimize import linprog  # seldom: it takes half a second to import
    from scipy.sparse import csr_array

    bounds = [(-1.0, 1.0)] * k + [(None, None)] * cuts
    found = linprog(sides.sum(axis=0), A_ub=csr_array(sides), b_ub=np.zeros(len(sides)), bounds=bounds)
    parts = np.abs(found.x[:k]) if found.status == 0 else np.zeros(k)
    return np.asarray((parts > NOTHING) & (parts.max() > WHOLE))


def _are_balanced(sides: Array) -> bool:
    """Whether weights that are all above 0 balance the rows, which proves that no combination tells anything apart.

    For any combination b, the weighted sum of ``sides @ b`` is 0 then, so that none of its terms can be below 0 where
    none is above. The weights are those of a logistic likelihood at its maximum, which Newton's steps find at once
    where there is one; where they do not find it, nothing is said.
    """
    b = np.zeros(sides.shape[1])
    for _ in range(_STEPS):
        weights = 1 / (1 + np.exp(-np.clip(sides @ b, -_FAR, _FAR)))
        slope = sides.T @ weights
        if np.abs(slope).max() < NOTHING * NOTHING * weights.min():
            return bool(np.linalg.matrix_rank(sides) == len(b))
        try:
            b = b - np.linalg.solve(sides.T @ (sides * (weights * (1 - weights))[:, None]), slope)
        except np.linalg.LinAlgError:
            return False
        if np.abs(sides @ b).max() > _FAR:
            return False
    return False
