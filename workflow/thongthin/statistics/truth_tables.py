"""Truth tables of sets: how far a set is sufficient or necessary, and which solutions the rows have."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from thongthin.statistics.frequencies import Array
from thongthin.statistics.minimise import (
    ABSENT,
    FREE,
    MOST_MODELS,
    PRESENT,
    Model,
    Rows,
    Term,
    TooManyModels,
    easy_counterfactuals,
    minimal_models,
)

OUTCOMES = ("present", "absent")
SOLUTIONS = ("conservative", "parsimonious", "intermediate")
STATES = {"absent": ABSENT, "present": PRESENT}


# A sum of memberships of a few cases is exact to far more digits than this; a cutoff is reached by whatever equals it.
NOTHING = 1e-9


class Sufficiency(NamedTuple):
    """How far a set is a subset of the outcome: see `sufficiency`."""

    inclusion: float
    pri: float
    coverage: float


class Necessity(NamedTuple):
    """How far a set contains the outcome: see `necessity`."""

    inclusion: float
    coverage: float
    ron: float


def sufficiency(members: npt.ArrayLike, outcome: npt.ArrayLike) -> Sufficiency:
    """Inclusion (consistency), proportional reduction in inconsistency, and coverage of a set as sufficient.

    Args:
        members, outcome: memberships of the cases, 0 to 1.

    Returns:
        Each from 0 to 1. NaN: inclusion where no case belongs to the set, coverage where none has the outcome, PRI
        where the set is all within both the outcome and its absence.

    Source: Ragin (2006), Political Analysis 14(3), 291-310; PRI: Schneider and Wagemann (2012), Set-theoretic methods
    for the social sciences, ch. 9.2.
    """
    x, y = np.asarray(members, dtype=float), np.asarray(outcome, dtype=float)
    # What belongs to a set, to the outcome and to its absence at once (fuzzy memberships can) speaks for both, so that
    # PRI takes it out of numerator and denominator.
    both, either_way = np.minimum(x, y).sum(), np.minimum(np.minimum(x, y), 1 - y).sum()
    return Sufficiency(ratio(both, x.sum()), ratio(both - either_way, x.sum() - either_way), ratio(both, y.sum()))


def necessity(members: npt.ArrayLike, outcome: npt.ArrayLike) -> Necessity:
    """Inclusion (consistency), coverage, and relevance of a set as necessary.

    Args:
        members, outcome: memberships of the cases, 0 to 1.

    Returns:
        Each from 0 to 1; RoN is low where nearly all cases belong to the set, so that its necessity is trivial. NaN:
        inclusion where no case has the outcome, coverage where none belongs to the set, RoN where all wholly have both.

    Source: Ragin (2006), as for `sufficiency`; RoN: Schneider and Wagemann (2012), ch. 9.2.
    """
    x, y = np.asarray(members, dtype=float), np.asarray(outcome, dtype=float)
    both = np.minimum(x, y)
    return Necessity(ratio(both.sum(), y.sum()), ratio(both.sum(), x.sum()), ratio((1 - x).sum(), (1 - both).sum()))


def ratio(part: float, whole: float) -> float:
    """NaN where there is nothing to take a share of; what is left of a difference by rounding is 0."""
    return (float(part / whole) if part > NOTHING else 0.0) if whole > NOTHING else math.nan


def term_membership(term: Term, memberships: Array) -> Array:
    """Membership of each case in a term: the least of its memberships in the conditions or absences that it names.

    Args:
        memberships: cases x conditions.
    """
    # A term that names no condition is the whole: everybody belongs to it.
    members = np.ones(len(memberships))
    for column, state in zip(memberships.T, term, strict=True):
        if state != FREE:
            members = np.minimum(members, column if state == PRESENT else 1 - column)
    return members


def model_membership(model: Iterable[Term], memberships: Array) -> Array:
    """Membership of each case in a model: the greatest of its memberships in the terms; 0 without any."""
    members = np.zeros(len(memberships))
    for term in model:
        members = np.maximum(members, term_membership(term, memberships))
    return members


@dataclass(frozen=True)
class TruthTable:
    """All configurations of k conditions, 2^k rows; the first condition changes slowest, absent stands before present.

    Attributes:
        n: cases with more than half of a membership in each row.
        inclusion, pri: of the row as sufficient for the outcome, over all cases; NaN in rows with too few cases.
        row: for each case the number of its row; -1 where it is at the crossover of a condition.
        positive, negative: the rows that have enough cases and reach the cutoffs, and those that do not; in the shape
            of `thongthin.statistics.minimise`. The other rows are remainders.
    """

    n: npt.NDArray[np.int64]
    inclusion: Array
    pri: Array
    row: npt.NDArray[np.int64]
    positive: Rows
    negative: Rows


def truth_table(
    memberships: Array, outcome: Array, consistency: float = 0.8, pri: float = 0.5, frequency: int = 1
) -> TruthTable:
    """The truth table of an outcome.

    Args:
        memberships: cases x conditions, 0 to 1, none missing.
        outcome: memberships of the cases in the outcome.
        consistency, pri: a row that reaches both is coded 1.
        frequency: a row with fewer cases is a remainder.

    Source: Ragin (2008), Redesigning social inquiry, ch. 7.
    """
    cases, conditions = memberships.shape
    shape = (2,) * conditions
    corners = np.ones((cases, 1))
    for column in memberships.T:
        # Each condition doubles the columns: those so far with its absence, and with its presence, in the order of the
        # binary numbers that `places` gives the rows.
        both = np.stack([1 - column, column], axis=1)[:, None, :]
        corners = np.minimum(corners[:, :, None], both).reshape(cases, -1)
    # A membership of exactly one half belongs to neither row (Ragin): the case counts in the inclusion of every row,
    # and in the number of none.
    decided = (memberships != 0.5).all(axis=1)
    places = 2 ** np.arange(conditions)[::-1]
    row = np.where(decided, (memberships > 0.5) @ places, -1)
    n = np.bincount(row[decided], minlength=2**conditions)
    seen = n >= frequency
    fits = np.full((2**conditions, 2), np.nan)
    # Inclusion is over all cases, not those of the row: partial memberships of others can speak against it.
    for number in np.flatnonzero(seen):
        fits[number] = sufficiency(corners[:, number], outcome)[:2]
    # Comparisons with an undefined PRI are false: such a row is not coded 1.
    reached = seen & (fits[:, 0] >= consistency - NOTHING) & (fits[:, 1] >= pri - NOTHING)
    return TruthTable(n, fits[:, 0], fits[:, 1], row, reached.reshape(shape), (seen & ~reached).reshape(shape))


def solutions(table: TruthTable, expectations: Sequence[int | None]) -> dict[str, list[Model] | None]:
    """The models of each kind of solution; None where more tie than can be listed.

    Args:
        expectations: for each condition `PRESENT`, `ABSENT` or None (see `minimise.easy_counterfactuals`).

    Returns:
        conservative: no remainder is used; parsimonious: any remainder may be; intermediate: the easy counterfactuals
        of any pair of a conservative and a parsimonious model may be. No models where no row is coded 1.

    Source: Ragin (2008), Redesigning social inquiry, ch. 8-9.
    """
    found: dict[str, list[Model] | None] = {}
    for solution, barred in (("conservative", ~table.positive), ("parsimonious", table.negative)):
        try:
            found[solution] = minimal_models(table.positive, barred)
        except TooManyModels:
            found[solution] = None
    conservative, parsimonious = found.values()
    if conservative is None or parsimonious is None:
        return {**found, "intermediate": None}
    counterfactuals = [
        easy_counterfactuals(first, second, expectations, table.positive)
        # With tied models, no pair is the right one to start from: whatever follows from any of them is a model.
        for first in conservative
        for second in parsimonious
    ]
    models: set[Model] = set()
    try:
        # Pairs of models often allow the same counterfactuals; each set is minimised once.
        for easy in {rows.tobytes(): rows for rows in counterfactuals}.values():
            models.update(minimal_models(table.positive, ~table.positive & ~easy))
    except TooManyModels:
        return {**found, "intermediate": None}
    return {**found, "intermediate": sorted(models) if len(models) <= MOST_MODELS else None}
