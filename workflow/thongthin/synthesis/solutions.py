"""The solutions of a qualitative comparative analysis: of the outcome or of its absence, with all models that tie."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from thongthin.basics.problems import CannotAnalyse
from thongthin.contract.qca import Configurations
from thongthin.statistics.minimise import (
    Model,
    expression,
)
from thongthin.statistics.truth_tables import (
    STATES,
    TruthTable,
    solutions,
    truth_table,
)
from thongthin.synthesis.calibration import Array, memberships_of

# What Marx (2010) found to keep csQCA from explaining random data: three cases a condition, at most seven conditions.
CASES_PER_CONDITION = 3
MOST_CONDITIONS = 7


@dataclass(frozen=True)
class Solved:
    """One run: the memberships of the cases that take part, and for each outcome its truth table and its solutions."""

    memberships: pd.DataFrame
    outcomes: dict[str, Array]
    tables: dict[str, TruthTable]
    solutions: dict[str, dict[str, list[Model] | None]]


def solve(qca: Configurations, scores: pd.DataFrame) -> Solved:
    """Truth table and solutions of the outcome and, if the study wants it, of its absence.

    Args:
        scores: as from `case_scores`.

    Raises:
        CannotAnalyse: no case has a membership in every set.
    """
    complete = memberships_of(qca, scores).dropna()
    if complete.empty:
        raise CannotAnalyse(
            "qca: no case has a score on the outcome and on every condition, so there is nothing to compare\n"
            "qca: ไม่มีกรณีใดที่มีคะแนนครบทั้งผลลัพธ์และทุกเงื่อนไข จึงเปรียบเทียบไม่ได้"
        )
    conditions = complete[[c.id for c in qca.conditions]].to_numpy()
    outcome = complete[qca.outcome.id].to_numpy()
    outcomes = {"present": outcome, **({"absent": 1 - outcome} if qca.negated else {})}
    tables = {
        state: truth_table(conditions, members, qca.consistency, qca.pri, qca.frequency)
        for state, members in outcomes.items()
    }
    expected = [STATES[c.expected] if c.expected else None for c in qca.conditions]
    turned = [None if e is None else 1 - e for e in expected]
    found = {state: solutions(t, expected if state == "present" else turned) for state, t in tables.items()}
    return Solved(complete, outcomes, tables, found)


def formula(models: Iterable[Model], names: Sequence[str]) -> str:
    """Models as they are written: terms joined by " + ", tied models by "; "."""
    return "; ".join(" + ".join(expression(term, names) for term in model) for model in models)
