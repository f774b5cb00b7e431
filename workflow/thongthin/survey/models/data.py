"""The respondents that a model is fitted to: those with all scores, or a random sample of them where they are many.

Data that carry no model say why, as a code: nothing fails on them, and the tables of the models have the reason. What
is no more than rounding error (scores come from a file with ten digits) is not taken for a result: see `rounding`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from thongthin.basics.problems import CannotAnalyse
from thongthin.statistics.weights import DIGITS, varies

Array = npt.NDArray[np.float64]

INTERCEPT = "intercept"
# Predictors follow from each other if some combination of them varies by no more than this share of the others.
DEPENDENT = 1e-7
# A respondent of a higher leverage decides a coefficient alone, which then has no robust error.
ALONE = 1 - 1e-9
# Why data carry no model, beside what single models need (`models.comparison`), in the order in which it is looked for.
REASONS = (
    "few_respondents",
    "constant_outcome",
    "constant_predictors",
    "dependent_predictors",
    "one_respondent_decides",
)


class ModelData(NamedTuple):
    """What a model is fitted to.

    Attributes:
        y: outcome of each respondent, in points of its scale.
        x: respondents x predictors, in points of their scales.
        sites: the site of each respondent, as numbers from 0.
        rows: the place of each respondent in the table of scores.
        available: respondents with all scores; more than the rows where a sample was drawn.
        reason: why they carry no model (`REASONS`); "" if they do.
        concerned: the constructs that the reason is about.
    """

    outcome: str
    predictors: list[str]
    y: Array
    x: Array
    sites: npt.NDArray[np.int64]
    rows: npt.NDArray[np.int64]
    available: int
    reason: str = ""
    concerned: tuple[str, ...] = ()

    @property
    def n(self) -> int:
        return len(self.y)

    @property
    def site_count(self) -> int:
        return int(self.sites.max(initial=-1)) + 1

    @property
    def design(self) -> Array:
        """Respondents x (intercept and predictors)."""
        return np.column_stack([np.ones(self.n), self.x])

    @property
    def terms(self) -> list[str]:
        return [INTERCEPT, *self.predictors]

    @property
    def impossible(self) -> Fitted | None:
        """What every model says of data that carry none; None if they do."""
        if not self.reason:
            return None
        return Fitted({"n": self.n}, {**self._counted, "state": "impossible", **self.why})

    @property
    def why(self) -> dict[str, str]:
        """The reason, and what it is about, as columns of table `model_fits`."""
        return {"reason": self.reason, "concerned": "; ".join(self.concerned)}

    @property
    def _counted(self) -> dict[str, int]:
        return {"n": self.n, "available": self.available}


class Fitted(NamedTuple):
    """A model that was fitted, or could not be.

    Attributes:
        terms: columns of table `model_terms` by name, one value a term; those left out are undefined.
        fit: columns of table `model_fits` by name; those left out are undefined.
    """

    terms: dict[str, Any]
    fit: dict[str, Any]


def model_data(
    scores: pd.DataFrame, outcome: str, predictors: Sequence[str], *, most: int | None = None, seed: int = 0
) -> ModelData:
    """The respondents with all scores.

    Args:
        scores: table `scale_scores`. A construct asked before and after enters with its score after.
        outcome: construct to explain.
        predictors: constructs that may explain it.
        most: of more respondents than these, so many are drawn at random, without replacement.
        seed: of the drawing.

    Raises:
        CannotAnalyse: the survey has no items of one of the constructs.
    """
    columns = score_columns(scores, outcome, predictors)
    complete = scores[columns].notna().all(axis=1).to_numpy()
    rows = np.flatnonzero(complete)
    available = len(rows)
    if most is not None and available > most:
        rows = np.sort(np.random.default_rng(seed).choice(rows, most, replace=False))
    values = scores[columns].iloc[rows].to_numpy(dtype=float)
    sites = scores["site_id"].iloc[rows] if "site_id" in scores else pd.Series("", index=rows)
    codes = pd.factorize(sites, sort=True)[0].astype(np.int64)
    data = ModelData(outcome, list(predictors), values[:, 0], values[:, 1:], codes, rows, available)
    return explained(data)


def explained(data: ModelData) -> ModelData:
    """The same data, with the reason why they carry no model, if they carry none."""
    reason, concerned = _reason(data)
    return data._replace(reason=reason, concerned=tuple(concerned))


def rounding(data: ModelData, estimates: Array) -> float:
    """How large differences between the outcome and its prediction may be by rounding alone, in points of the outcome.

    Args:
        estimates: coefficients, the intercept first.
    """
    sizes = np.abs(data.design).max(axis=0, initial=0) * np.abs(estimates)
    return DIGITS * float(np.abs(data.y).max(initial=0) + sizes.sum())


def is_exact(data: ModelData) -> bool:
    """Whether the outcome follows from the predictors without error, as a sum of them does: nothing is left to test."""
    estimates = least_squares(data)
    residuals = data.y - data.design @ estimates
    return bool(np.sqrt((residuals**2).mean()) <= rounding(data, estimates))


def least_squares(data: ModelData) -> Array:
    """The coefficients of the linear model; those that are no more than rounding error are 0."""
    estimates = np.asarray(np.linalg.lstsq(data.design, data.y, rcond=None)[0], dtype=float)
    return without_rounding(data, estimates)


def without_rounding(data: ModelData, estimates: Array) -> Array:
    """The coefficients, 0 where they are no more than rounding error."""
    reach = np.array([1.0, *data.x.std(axis=0)])
    return np.where(np.abs(estimates) * reach > rounding(data, estimates), estimates, 0.0)


def information_of_none() -> dict[str, Any]:
    """Columns of `information` where there is no likelihood."""
    return dict.fromkeys(("log_likelihood", "aic", "bic"), np.nan)


def score_columns(scores: pd.DataFrame, outcome: str, predictors: Sequence[str]) -> list[str]:
    """The columns of the outcome and the predictors in table `scale_scores`.

    Raises:
        CannotAnalyse: the survey has no items of one of them.
    """
    columns = [name if name in scores else f"{name}_after" for name in (outcome, *predictors)]
    if missing := [name for name in columns if name not in scores]:
        names = ", ".join(name.removesuffix("_after") for name in missing)
        raise _no_items(outcome, f"the survey has no items of: {names}", f"แบบสอบถามไม่มีข้อคำถามของ: {names}")
    return columns


def information(log_likelihood: float, parameters: int, n: int) -> dict[str, Any]:
    """Log-likelihood, number of parameters (variances count), and the criteria AIC and BIC; smaller is better.

    Sources: Akaike (1974), IEEE Transactions on Automatic Control 19(6), 716-723; Schwarz (1978), The Annals of
    Statistics 6(2), 461-464.
    """
    return {
        "log_likelihood": log_likelihood,
        "parameters": parameters,
        "aic": 2 * parameters - 2 * log_likelihood,
        "bic": np.log(n) * parameters - 2 * log_likelihood,
    }


def _reason(data: ModelData) -> tuple[str, list[str]]:
    """Why data carry no model, and which constructs that is about; "" if they carry one."""
    x, n = data.x, data.n
    if n < len(data.predictors) + 2:
        return "few_respondents", []
    if not varies(data.y[:, np.newaxis])[0]:
        return "constant_outcome", [data.outcome]
    if not (varying := varies(x)).all():
        return "constant_predictors", [name for name, own in zip(data.predictors, varying, strict=True) if not own]
    z = (x - x.mean(axis=0)) / x.std(axis=0)
    sizes, directions = np.linalg.svd(z, full_matrices=False)[1:]
    if (none := sizes <= DEPENDENT * sizes[0]).any():
        taking_part = np.abs(directions[none]).max(axis=0) > np.sqrt(DEPENDENT)
        return "dependent_predictors", [name for name, own in zip(data.predictors, taking_part, strict=True) if own]
    own = z @ np.linalg.inv(z.T @ z)  # of each predictor, what the others do not explain, up to a factor
    leverage = (own * z).sum(axis=1) + 1 / n
    if leverage.max() > ALONE:
        parts = own[leverage.argmax()] ** 2 / (own**2).sum(axis=0)
        return "one_respondent_decides", [
            name for name, part in zip(data.predictors, parts, strict=True) if part > DEPENDENT
        ]
    return "", []


def _no_items(outcome: str, reason_en: str, reason_th: str) -> CannotAnalyse:
    return CannotAnalyse(
        f'The model of "{outcome}" (study.yml, model) cannot be fitted: {reason_en}.\n'
        f'ไม่สามารถวิเคราะห์ตัวแบบของ "{outcome}" (study.yml, model) ได้: {reason_th}'
    )
