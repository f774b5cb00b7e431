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
from typing import Any

import numpy as np
import pandas as pd

from thongthin.contract.qca import Configurations
from thongthin.statistics.minimise import (
    expression,
)
from thongthin.statistics.truth_tables import (
    OUTCOMES,
    Necessity,
    Sufficiency,
    model_membership,
    necessity,
    ratio,
    sufficiency,
    term_membership,
)
from thongthin.synthesis.calibration import memberships_of
from thongthin.synthesis.robustness import robustness_tables
from thongthin.synthesis.solutions import Solved, formula, solve

# --- the analysis -------------------------------------------------------------------------------------------------


def analyse(qca: Configurations, scores: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The whole analysis as tables.

    Args:
        scores: as from `case_scores`.

    Returns:
        The tables `qca_sets`, `qca_calibration`, `qca_necessity`, `qca_truth_table`, `qca_fit`, `qca_solutions`,
        `qca_path_conditions`, `qca_robustness` and `qca_robust_terms`, by name.

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
        "qca_path_conditions": _conditions_of_paths(qca, fit, paths),
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
    # A row can be sufficient for the outcome and for its absence; that is no proof of either, and shown.
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


def _solution_tables(qca: Configurations, solved: Solved) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Tables `qca_fit` (one row a solution, of its first model) and `qca_solutions` (one row a path of a model)."""
    names = [c.id for c in qca.conditions]
    members, cases = solved.memberships[names].to_numpy(), solved.memberships.index.to_numpy()
    fits, paths = [], []
    for state, outcome in solved.outcomes.items():
        for solution, models in solved.solutions[state].items():
            # Models that tie fit the same rows; the fit of one stands for the solution, and each has its paths below.
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
                    formula(models or (), names),
                    *(sufficiency(whole, outcome) if first else (math.nan,) * 3),
                    "; ".join(uncovered),
                )
            )
            for number, model in enumerate(models or (), start=1):
                for place, term in enumerate(model, start=1):
                    in_term = term_membership(term, members)
                    # What the model would cover without this term; the rest is the part that nothing else explains.
                    others = model_membership([other for other in model if other != term], members)
                    inclusion, pri, coverage = sufficiency(in_term, outcome)
                    alone = ratio(
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


def _conditions_of_paths(qca: Configurations, fit: pd.DataFrame, paths: pd.DataFrame) -> pd.DataFrame:
    """Table `qca_path_conditions`: in how many paths of the first model of a solution each condition stands."""
    rows = []
    for outcome, solution, models in fit[["outcome", "solution", "models"]].itertuples(index=False):
        own = paths[(paths["outcome"] == outcome) & (paths["solution"] == solution) & (paths["model"] == 1)]
        terms = [term.split("*") for term in own["term"]]
        for condition in qca.conditions:
            counts = [sum(sign + condition.id in term for term in terms) for sign in ("", "~")]
            # Of too many models to list there is none to count in.
            rows.append((outcome, solution, condition.id, *((None, None) if pd.isna(models) else counts)))
    table = pd.DataFrame(rows, columns=["outcome", "solution", "set_id", "with", "without"])
    return table.astype({"with": "Int64", "without": "Int64"})
