"""Whether the solutions of a qualitative comparative analysis stay the same under small changes."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from thongthin.contract.qca import Configurations
from thongthin.statistics.minimise import (
    expression,
)
from thongthin.statistics.truth_tables import (
    SOLUTIONS,
    ratio,
)
from thongthin.synthesis.solutions import CASES_PER_CONDITION, MOST_CONDITIONS, Solved, formula, solve


def too_few_cases(conditions: int, cases: int) -> tuple[str, str] | None:
    """What to know where there are too many conditions for the cases, in English and in Thai; None where there are not.

    Source of the benchmark: Marx (2010), International Journal of Multiple Research Approaches 4(2), 138-158; see also
    Marx and Dusa (2011), Methodological Innovations Online 6(2), 103-148. It is contested: Thiem and Mkrtchyan (2024),
    Field Methods, doi 10.1177/1525822X231159458.
    """
    if cases >= CASES_PER_CONDITION * conditions and conditions <= MOST_CONDITIONS:
        return None
    rows = 2**conditions
    return (
        f"{conditions} conditions make {rows:,} configurations, but there are {cases} cases; with fewer than"
        f" {CASES_PER_CONDITION} cases a condition, or more than {MOST_CONDITIONS} conditions, QCA tends to find"
        " solutions in random data as well (Marx 2010)",
        f"เงื่อนไข {conditions} ข้อทำให้เกิด {rows:,} รูปแบบ แต่มีเพียง {cases} กรณี หากมีกรณีน้อยกว่า"
        f" {CASES_PER_CONDITION} กรณีต่อเงื่อนไข หรือมีเงื่อนไขมากกว่า {MOST_CONDITIONS} ข้อ QCA มักพบคำตอบแม้ในข้อมูลสุ่ม"
        " (Marx 2010)",
    )


class Variation(NamedTuple):
    """A change of one choice: which, of which set (a crossover), and what it becomes."""

    parameter: str
    set_id: str
    value: float
    qca: Configurations


def variations(qca: Configurations) -> Iterator[Variation]:
    """The analysis with one choice changed at a time, as `qca.robustness` says; cutoffs out of range are left out."""
    for own in qca.sets:
        if own.anchors is None:
            continue
        for share in qca.robustness.crossover:
            a = own.anchors
            way = a.fully_in - a.crossover if share > 0 else a.crossover - a.fully_out
            crossover = a.crossover + share * way
            moved = own.model_copy(update={"anchors": a.model_copy(update={"crossover": crossover})})
            changed = (
                {"outcome": moved}
                if own is qca.outcome
                else {"conditions": [moved if c is own else c for c in qca.conditions]}
            )
            yield Variation("crossover", own.id, crossover, qca.model_copy(update=changed))
    for step in qca.robustness.consistency:
        cutoff = round(qca.consistency + step, 6)
        if 0 < cutoff <= 1:
            yield Variation("consistency", "", cutoff, qca.model_copy(update={"consistency": cutoff}))
    for more in qca.robustness.frequency:
        if (least := qca.frequency + more) >= 1:
            yield Variation("frequency", "", float(least), qca.model_copy(update={"frequency": least}))


def robustness_tables(qca: Configurations, scores: pd.DataFrame, base: Solved) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What the solutions become under each variation, and how many of the variations keep each term.

    Args:
        base: as from `solve`, of the analysis as it stands.

    Returns:
        Table `qca_robustness`: variation (0 is the analysis as it stands), parameter, set_id, value, outcome, solution,
        models (none where too many tie), expression (all models), same (whether they are those of variation 0). Table
        `qca_robust_terms`: outcome, solution, term, base (whether it stands in variation 0), variations (in how many of
        the others it stands, in any model), of, share (NaN without variations).

    Source: Skaaning (2011), Sociological Methods & Research 40(2), 391-408; Oana and Schneider (2024), Sociological
    Methods & Research 53(1), 57-88.
    """
    names = [c.id for c in qca.conditions]
    runs = [Variation("base", "", math.nan, qca), *variations(qca)]
    found = [base.solutions, *(solve(run.qca, scores).solutions for run in runs[1:])]
    rows = [
        (
            *(number, run.parameter, run.set_id, run.value, state, solution),
            None if models is None else len(models),
            formula(models or (), names),
            models is not None and models == base.solutions[state][solution],
        )
        for number, (run, by_state) in enumerate(zip(runs, found, strict=True))
        for state, by_solution in by_state.items()
        for solution, models in by_solution.items()
    ]
    columns = ["variation", "parameter", "set_id", "value", "outcome", "solution", "models", "expression", "same"]
    table = pd.DataFrame(rows, columns=columns).astype({"models": "Int64"})
    of = len(runs) - 1
    kept = []
    for state in base.outcomes:
        for solution in SOLUTIONS:
            in_run = [{term for model in run[state][solution] or () for term in model} for run in found]
            for term in sorted(set().union(*in_run)):
                stands = sum(term in run for run in in_run[1:])
                kept.append(
                    (state, solution, expression(term, names), term in in_run[0], stands, of, ratio(stands, of))
                )
    columns = ["outcome", "solution", "term", "base", "variations", "of", "share"]
    return table, pd.DataFrame(kept, columns=columns).astype({"base": bool})
