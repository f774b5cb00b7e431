"""The respondents that a model is fitted to: those with all scores, or a random sample of them where they are many.

Fails, with an explanation, where the data cannot carry a model: too few respondents, an outcome or a factor that does
not vary, factors that determine each other, or one respondent who alone decides a coefficient.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from thongthin.problems import CannotAnalyse

Array = npt.NDArray[np.float64]

INTERCEPT = "intercept"


class ModelData(NamedTuple):
    """What a model is fitted to.

    Attributes:
        y: outcome of each respondent, in points of its scale.
        x: respondents x predictors, in points of their scales.
        sites: the site of each respondent, as numbers from 0.
        rows: the place of each respondent in the table of scores.
        available: respondents with all scores; more than the rows where a sample was drawn.
    """

    outcome: str
    predictors: list[str]
    y: Array
    x: Array
    sites: npt.NDArray[np.int64]
    rows: npt.NDArray[np.int64]
    available: int

    @property
    def n(self) -> int:
        return len(self.y)

    @property
    def site_count(self) -> int:
        return int(self.sites.max()) + 1

    @property
    def design(self) -> Array:
        """Respondents x (intercept and predictors)."""
        return np.column_stack([np.ones(self.n), self.x])

    @property
    def terms(self) -> list[str]:
        return [INTERCEPT, *self.predictors]


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
        CannotAnalyse: the data cannot carry a model (see the module); the message says why, in English and Thai.
    """
    columns = score_columns(scores, outcome, predictors)
    complete = scores[columns].notna().all(axis=1).to_numpy()
    rows = np.flatnonzero(complete)
    available = len(rows)
    if most is not None and available > most:
        rows = np.sort(np.random.default_rng(seed).choice(rows, most, replace=False))
    values = scores[columns].iloc[rows].to_numpy(dtype=float)
    _check(values, outcome, predictors)
    sites = scores["site_id"].iloc[rows] if "site_id" in scores else pd.Series("", index=rows)
    codes = pd.factorize(sites, sort=True)[0].astype(np.int64)
    return ModelData(outcome, list(predictors), values[:, 0], values[:, 1:], codes, rows, available)


def score_columns(scores: pd.DataFrame, outcome: str, predictors: Sequence[str]) -> list[str]:
    """The columns of the outcome and the predictors in table `scale_scores`.

    Raises:
        CannotAnalyse: the survey has no items of one of them.
    """
    columns = [name if name in scores else f"{name}_after" for name in (outcome, *predictors)]
    if missing := [name for name in columns if name not in scores]:
        names = ", ".join(name.removesuffix("_after") for name in missing)
        raise _unfit(outcome, f"the survey has no items of: {names}", f"แบบสอบถามไม่มีข้อคำถามของ: {names}")
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


def _check(complete: npt.NDArray[np.float64], outcome: str, predictors: Sequence[str]) -> None:
    """Raise CannotAnalyse unless the scores (respondents x outcome and predictors) can carry the model."""
    n, needed = len(complete), len(predictors) + 2
    if n < needed:
        raise _unfit(
            outcome,
            f"{n} respondents have all scores; {len(predictors)} predictors need at least {needed}",
            f"มีผู้ตอบที่มีคะแนนครบ {n} คน แต่ตัวแปรทำนาย {len(predictors)} ตัวต้องใช้อย่างน้อย {needed} คน",
        )
    varies = np.ptp(complete, axis=0) > 0
    if not varies.all():
        names = ", ".join(np.array([outcome, *predictors])[~varies])
        raise _unfit(outcome, f"all respondents have the same score in: {names}", f"ผู้ตอบทุกคนได้คะแนนเท่ากันใน: {names}")
    centred = complete[:, 1:] - complete[:, 1:].mean(axis=0)
    if np.linalg.matrix_rank(centred / centred.std(axis=0)) < len(predictors):
        names = ", ".join(predictors)
        raise _unfit(
            outcome,
            f"one of the predictors ({names}) follows exactly from the others; leave it out",
            f"ตัวแปรทำนายตัวหนึ่ง ({names}) คำนวณได้จากตัวอื่นทั้งหมด โปรดตัดออก",
        )
    leverage = (np.linalg.qr(centred)[0] ** 2).sum(axis=1) + 1 / n
    if leverage.max() > 1 - 1e-9:
        raise _unfit(
            outcome,
            "one respondent alone decides a coefficient, so it has no robust error; leave that predictor out",
            "มีผู้ตอบเพียงคนเดียวที่กำหนดค่าสัมประสิทธิ์ จึงหาค่าคลาดเคลื่อนไม่ได้ โปรดตัดตัวแปรทำนายนั้นออก",
        )


def _unfit(outcome: str, reason_en: str, reason_th: str) -> CannotAnalyse:
    return CannotAnalyse(
        f'The model of "{outcome}" (study.yml, model) cannot be fitted: {reason_en}.\n'
        f'ไม่สามารถวิเคราะห์ตัวแบบของ "{outcome}" (study.yml, model) ได้: {reason_th}'
    )
