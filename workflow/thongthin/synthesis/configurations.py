"""Qualitative comparative analysis (QCA): which configurations of conditions go with an outcome or with its absence.

In order: the memberships of the cases (`thongthin.synthesis.calibration`); whether a condition is necessary; the truth
table of all configurations; the conservative, parsimonious and intermediate solutions with all models that tie, each
path with its fit and its cases; and whether these stay the same under small changes of the cutoffs and crossovers.
Crisp sets are fuzzy sets whose memberships are 0 and 1.

A case without a membership in one of the sets takes no part, and is listed. A case at the very crossover of a condition
belongs to no configuration, and is listed too. For the absent outcome the directional expectations are turned round.

Fails where no case has a membership in every set.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from thongthin.basics.problems import CannotAnalyse
from thongthin.contract.study import Configurations
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
    expression,
    minimal_models,
)
from thongthin.synthesis.calibration import Array, memberships_of

OUTCOMES = ("present", "absent")
SOLUTIONS = ("conservative", "parsimonious", "intermediate")
STATES = {"absent": ABSENT, "present": PRESENT}

# A sum of memberships of a few cases is exact to far more digits than this; a cutoff is reached by whatever equals it.
NOTHING = 1e-9
# What Marx (2010) found to keep csQCA from explaining random data: three cases a condition, at most seven conditions.
CASES_PER_CONDITION, MOST_CONDITIONS = 3, 7


# --- fits -------------------------------------------------------------------------------------------------------


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
    both, either_way = np.minimum(x, y).sum(), np.minimum(np.minimum(x, y), 1 - y).sum()
    return Sufficiency(_ratio(both, x.sum()), _ratio(both - either_way, x.sum() - either_way), _ratio(both, y.sum()))


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
    return Necessity(_ratio(both.sum(), y.sum()), _ratio(both.sum(), x.sum()), _ratio((1 - x).sum(), (1 - both).sum()))


def _ratio(part: float, whole: float) -> float:
    """NaN where there is nothing to take a share of; what is left of a difference by rounding is 0."""
    return (float(part / whole) if part > NOTHING else 0.0) if whole > NOTHING else math.nan


def term_membership(term: Term, memberships: Array) -> Array:
    """Membership of each case in a term: the least of its memberships in the conditions or absences that it names.

    Args:
        memberships: cases x conditions.
    """
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


# --- truth table and solutions ------------------------------------------------------------------------------------


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
        both = np.stack([1 - column, column], axis=1)[:, None, :]
        corners = np.minimum(corners[:, :, None], both).reshape(cases, -1)
    decided = (memberships != 0.5).all(axis=1)
    places = 2 ** np.arange(conditions)[::-1]
    row = np.where(decided, (memberships > 0.5) @ places, -1)
    n = np.bincount(row[decided], minlength=2**conditions)
    seen = n >= frequency
    fits = np.full((2**conditions, 2), np.nan)
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
        for first in conservative
        for second in parsimonious
    ]
    models: set[Model] = set()
    try:
        for easy in {rows.tobytes(): rows for rows in counterfactuals}.values():
            models.update(minimal_models(table.positive, ~table.positive & ~easy))
    except TooManyModels:
        return {**found, "intermediate": None}
    return {**found, "intermediate": sorted(models) if len(models) <= MOST_MODELS else None}


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


# --- the analysis -------------------------------------------------------------------------------------------------


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


def analyse(qca: Configurations, scores: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The whole analysis as tables.

    Args:
        scores: as from `case_scores`.

    Returns:
        The tables `qca_sets`, `qca_calibration`, `qca_necessity`, `qca_truth_table`, `qca_fit`, `qca_solutions`,
        `qca_robustness` and `qca_robust_terms`, by name.

    Raises:
        CannotAnalyse: no case has a membership in every set.
    """
    solved = solve(qca, scores)
    fit, paths = _solution_tables(qca, solved)
    robustness, terms = robustness_tables(qca, scores, solved)
    return {
        "qca_sets": _sets_table(qca, scores),
        "qca_calibration": _calibration_table(qca, scores),
        "qca_necessity": _necessity_table(qca, solved),
        "qca_truth_table": _truth_table_rows(qca, solved),
        "qca_fit": fit,
        "qca_solutions": paths,
        "qca_robustness": robustness,
        "qca_robust_terms": terms,
    }


def _sets_table(qca: Configurations, scores: pd.DataFrame) -> pd.DataFrame:
    """Table `qca_sets`: where each set comes from, its anchors, and how many cases are in it."""
    members = memberships_of(qca, scores)
    rows: list[dict[str, Any]] = []
    for own in qca.sets:
        anchors = own.anchors.model_dump() if own.anchors else {}
        rows.append(
            {
                "set_id": own.id,
                "role": "outcome" if own is qca.outcome else "condition",
                "theme_id": own.theme or "",
                "measure": own.measure or "",
                "construct": own.construct_ or "",
                "wave": own.wave if own.construct_ else "",
                "group": own.group or "",
                **{name: anchors.get(name, math.nan) for name in ("fully_out", "crossover", "fully_in")},
                "curve": anchors.get("curve", ""),
                "expected": getattr(own, "expected", None) or "",
                "n": int(members[own.id].notna().sum()),
                "members": int((members[own.id] > 0.5).sum()),
                "at_crossover": int((members[own.id] == 0.5).sum()),
            }
        )
    return pd.DataFrame(rows)


def _calibration_table(qca: Configurations, scores: pd.DataFrame) -> pd.DataFrame:
    """Table `qca_calibration`: case_id, set_id, score, membership, remark (missing, crossover, or nothing)."""
    ids = [own.id for own in qca.sets]
    raw, members = scores[ids].to_numpy(), memberships_of(qca, scores)[ids].to_numpy()
    rows = []
    for number, case in enumerate(scores.index):
        for place, id_ in enumerate(ids):
            member = members[number, place]
            remark = "missing" if math.isnan(member) else "crossover" if member == 0.5 else ""
            rows.append((case, id_, raw[number, place], member, remark))
    return pd.DataFrame(rows, columns=["case_id", "set_id", "score", "membership", "remark"])


def _necessity_table(qca: Configurations, solved: Solved) -> pd.DataFrame:
    """Table `qca_necessity`: outcome, set_id, state of the condition, inclusion, coverage, ron."""
    rows = [
        (state, c.id, of, *necessity(members if of == "present" else 1 - members, outcome))
        for state, outcome in solved.outcomes.items()
        for c in qca.conditions
        for members in [solved.memberships[c.id].to_numpy()]
        for of in OUTCOMES
    ]
    return pd.DataFrame(rows, columns=["outcome", "set_id", "state", *Necessity._fields])


def _truth_table_rows(qca: Configurations, solved: Solved) -> pd.DataFrame:
    """Table `qca_truth_table`: every configuration, how it is coded, its cases, and what contradicts it."""
    names = [c.id for c in qca.conditions]
    cases = solved.memberships.index.to_numpy()
    coded_1 = [table.positive.ravel() for table in solved.tables.values()]
    twice = np.logical_and.reduce(coded_1) if len(coded_1) > 1 else np.zeros(2 ** len(names), dtype=bool)
    rows = []
    for state, table in solved.tables.items():
        outcome = solved.outcomes[state]
        positive, negative = table.positive.ravel(), table.negative.ravel()
        for number, term in enumerate(np.ndindex(table.positive.shape)):
            here = table.row == number
            with_, without = cases[here & (outcome > 0.5)], cases[here & (outcome < 0.5)]
            rows.append(
                (
                    state,
                    number + 1,
                    expression(term, names),
                    int(table.n[number]),
                    table.inclusion[number],
                    table.pri[number],
                    "1" if positive[number] else "0" if negative[number] else "?",
                    "; ".join(with_),
                    "; ".join(without),
                    len(with_) > 0 and len(without) > 0,
                    bool(twice[number]),
                )
            )
    columns = ["outcome", "row", "configuration", "n", "inclusion", "pri", "coded"]
    columns += ["cases_with", "cases_without", "contradiction", "coded_twice"]
    return pd.DataFrame(rows, columns=columns)


def _formula(models: Iterable[Model], names: Sequence[str]) -> str:
    """Models as they are written: terms joined by " + ", tied models by "; "."""
    return "; ".join(" + ".join(expression(term, names) for term in model) for model in models)


def _solution_tables(qca: Configurations, solved: Solved) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Tables `qca_fit` (one row a solution, of its first model) and `qca_solutions` (one row a path of a model)."""
    names = [c.id for c in qca.conditions]
    members, cases = solved.memberships[names].to_numpy(), solved.memberships.index.to_numpy()
    fits, paths = [], []
    for state, outcome in solved.outcomes.items():
        for solution, models in solved.solutions[state].items():
            first = models[0] if models else ()
            whole = model_membership(first, members)
            uncovered = cases[(outcome > 0.5) & (whole <= 0.5)] if models is not None else cases[:0]
            fits.append(
                (
                    state,
                    solution,
                    len(cases),
                    None if models is None else len(models),
                    None if models is None else len(first),
                    _formula(models or (), names),
                    *(sufficiency(whole, outcome) if first else (math.nan,) * 3),
                    "; ".join(uncovered),
                )
            )
            for number, model in enumerate(models or (), start=1):
                for place, term in enumerate(model, start=1):
                    in_term = term_membership(term, members)
                    others = model_membership([other for other in model if other != term], members)
                    inclusion, pri, coverage = sufficiency(in_term, outcome)
                    alone = _ratio(
                        float((np.minimum(np.maximum(in_term, others), outcome) - np.minimum(others, outcome)).sum()),
                        float(outcome.sum()),
                    )
                    inside = in_term > 0.5
                    paths.append(
                        (
                            *(state, solution, number, place, expression(term, names)),
                            *(inclusion, pri, coverage, alone),
                            "; ".join(cases[inside & (outcome > 0.5)]),
                            "; ".join(cases[inside & (outcome <= 0.5)]),
                        )
                    )
    columns = ["outcome", "solution", "n", "models", "terms", "expression", *Sufficiency._fields, "uncovered_cases"]
    fit = pd.DataFrame(fits, columns=columns).astype({"models": "Int64", "terms": "Int64"})
    columns = ["outcome", "solution", "model", "path", "term", "inclusion", "pri", "raw_coverage", "unique_coverage"]
    return fit, pd.DataFrame(paths, columns=[*columns, "cases", "deviant_cases"])


# --- robustness ---------------------------------------------------------------------------------------------------


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
            _formula(models or (), names),
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
                    (state, solution, expression(term, names), term in in_run[0], stands, of, _ratio(stands, of))
                )
    columns = ["outcome", "solution", "term", "base", "variations", "of", "share"]
    return table, pd.DataFrame(kept, columns=columns).astype({"base": bool})
