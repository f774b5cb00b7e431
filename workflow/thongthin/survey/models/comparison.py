"""The models of one outcome beside each other, on the same respondents, with what is to be said of each.

A model that the data do not carry has its rows, with nothing in them and the reason: one table shape for every study.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, get_args

import numpy as np
import pandas as pd

from thongthin.contract.schema.models import MODEL_ID, ModelKind
from thongthin.contract.tables import TABLES, Column
from thongthin.survey.models.data import Fitted, ModelData, explained, model_data
from thongthin.survey.models.diagnostics import collinearity_table, model_diagnostics
from thongthin.survey.models.linear import clustered_model, linear_model
from thongthin.survey.models.mixed import mixed_model
from thongthin.survey.models.ordinal import ordinal_model
from thongthin.survey.sample_design import SampleDesign

MODEL_KINDS: tuple[ModelKind, ...] = get_args(ModelKind)


def compare_models(  # noqa: PLR0913 - the tables and choices, each by its name
    scores: pd.DataFrame,
    outcome: str,
    predictors: Sequence[str],
    *,
    kinds: Sequence[ModelKind] = MODEL_KINDS,
    answers: pd.Series[float] | None = None,
    numeric: bool = False,
    robust: str = "HC3",
    confidence: float = 0.95,
    significance: float = 0.05,
    replicates: int = 9999,
    most: int | None = None,
    seed: int = 0,
    design: SampleDesign | None = None,
) -> dict[str, pd.DataFrame]:
    """Fit the models of an outcome.

    Args:
        scores, outcome, predictors, most, seed: as for `model_data`.
        kinds: which models, in the order of the tables.
        answers: answers to the item that the ordinal model explains, in the rows of `scores`, named by its id; None:
            the score, rounded.
        numeric: whether what the ordinal model is to explain are numbers (amounts), which are no ordered categories: it
            is not fitted then.
        robust: errors of the linear model, as for `linear_model`.
        confidence: level of the intervals.
        significance: p below which a check has found something.
        replicates: draws of the wild cluster bootstrap; 0: none.
        design: how the respondents of `scores` were drawn, where study.yml says it; the model `cluster` allows for it.

    Returns:
        Tables `model_terms`, `model_fits`, `model_thresholds`, `proportional_odds`, `model_diagnostics`,
        `model_collinearity`; the two of the ordinal model have no rows without it.

    Raises:
        CannotAnalyse: the survey has no items of one of the constructs.
    """
    data = model_data(scores, outcome, predictors, most=most, seed=seed)
    fitted: dict[str, Fitted] = {}
    thresholds, odds = (_empty(name) for name in ("model_thresholds", "proportional_odds"))
    for kind in kinds:
        if kind == "ols":
            fitted[kind] = linear_model(data, robust=robust, confidence=confidence)
        elif kind == "cluster":
            chosen = {"confidence": confidence, "replicates": replicates, "seed": seed}
            fitted[kind] = clustered_model(data, **chosen, design=design)  # type: ignore[arg-type]
        elif kind == "ordinal" and numeric:
            fitted[kind] = Fitted({}, {"state": "impossible", "reason": "numbers"})
        elif kind == "ordinal":
            fitted[kind], thresholds, odds = ordinal_model(_with_answers(data, answers), confidence=confidence)
        else:
            fitted[kind] = mixed_model(data, confidence=confidence)
    terms, fits = [], []
    for name, model in fitted.items():
        terms.append(pd.DataFrame({"model": name, "term": data.terms, "n": 0, "reason": ""} | model.terms))
        nothing = {"state": "fitted", "reason": "", "concerned": "", "n": 0, "available": data.available}
        nothing |= {"bootstrap": "", "draws": 0, "clusters": 0, "strata": 0}
        nothing["item"] = str(answers.name) if name == "ordinal" and answers is not None else ""
        fits.append({"model": name, "outcome": outcome, "sites": data.site_count} | nothing | model.fit)
    return {
        "model_terms": _shaped(pd.concat(terms, ignore_index=True), "model_terms"),
        "model_fits": _shaped(pd.DataFrame(fits), "model_fits"),
        "model_thresholds": thresholds,
        "proportional_odds": odds,
        "model_diagnostics": model_diagnostics(data, significance=significance),
        "model_collinearity": collinearity_table(data),
    }


def of_each(
    models: Sequence[Mapping[str, Any]], fit: Callable[[Mapping[str, Any]], Mapping[str, pd.DataFrame]]
) -> dict[str, pd.DataFrame]:
    """The tables of several models, each as one with the column `model_id`.

    Args:
        models: as in study.yml, each with its `id`.
        fit: makes the tables of one, by name.
    """
    made = [{name: table.assign(model_id=model["id"]) for name, table in fit(model).items()} for model in models]
    filled = {name: [tables[name] for tables in made if len(tables[name])] or [made[0][name]] for name in made[0]}
    return {name: pd.concat(tables, ignore_index=True) for name, tables in filled.items()}


def _with_answers(data: ModelData, answers: pd.Series[float] | None) -> ModelData:
    """The same respondents with their answers to an item as the outcome; those without one are left out."""
    if answers is None:
        return data
    y = np.asarray(answers.to_numpy(dtype=float)[data.rows], dtype=float)
    there = ~np.isnan(y)
    own = data._replace(y=y[there], x=data.x[there], sites=data.sites[there], rows=data.rows[there])
    return explained(own)


def _shaped(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """The columns of a table in their order, all but the id of the model; what no model has is undefined."""
    return frame.reindex(columns=[column.name for column in _own_columns(name)])


def _empty(name: str) -> pd.DataFrame:
    kinds = {"text": "str", "integer": "int64", "number": "float64"}
    return pd.DataFrame({c.name: pd.Series(dtype=kinds[c.kind]) for c in _own_columns(name)})


def _own_columns(name: str) -> list[Column]:
    return [column for column in TABLES[name].columns if column.name != MODEL_ID.name]
