"""What goes with the outcome: one linear regression of the outcome on the factors, with robust errors.

Ordinary least squares on the respondents who have all scores. Fails, with an explanation, where the data
cannot carry the model: too few respondents, an outcome or a factor that does not vary, factors that determine
each other, or one respondent who alone decides a coefficient.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from thongthin.problems import CannotAnalyse

INTERCEPT = "intercept"


def fit_outcome_model(
    scores: pd.DataFrame,
    outcome: str,
    predictors: Sequence[str],
    *,
    robust: str = "HC3",
    confidence: float = 0.95,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Regress a scale on other scales.

    Args:
        scores: table `scale_scores`. A construct asked before and after enters with its score after.
        outcome: construct to explain.
        predictors: constructs that may explain it.
        robust: kind of covariance matrix in statsmodels: `HC0` to `HC3`, or `nonrobust`.
        confidence: level of the intervals.

    Returns:
        Table `outcome_model`: term (`intercept`, then the predictors), estimate, se, t, p, low, high (points
        of the outcome for one point of the predictor), beta (both standardised; NaN for the intercept). Table
        `outcome_model_fit`: outcome, n (complete respondents), r2, r2_adjusted, f, df1, df2, p (with robust
        errors F is the Wald test that all coefficients are zero).

    Raises:
        CannotAnalyse: the data cannot carry the model (see the module); the message says why, in English and
            Thai.

    Sources: MacKinnon and White (1985), Journal of Econometrics 29(3), 305-325; Long and Ervin (2000), The
    American Statistician 54(3), 217-224.
    """
    from statsmodels.regression.linear_model import OLS

    columns = [name if name in scores else f"{name}_after" for name in (outcome, *predictors)]
    if missing := [name for name in columns if name not in scores]:
        names = ", ".join(name.removesuffix("_after") for name in missing)
        raise _unfit(outcome, f"the survey has no items of: {names}", f"แบบสอบถามไม่มีข้อคำถามของ: {names}")
    complete = scores[columns].dropna().to_numpy(dtype=float)
    _check(complete, outcome, predictors)
    y, x = complete[:, 0], complete[:, 1:]
    fit = OLS(y, np.column_stack([np.ones(len(x)), x])).fit(cov_type=robust, use_t=True)
    interval = fit.conf_int(alpha=1 - confidence)
    coefficients = pd.DataFrame(
        {
            "term": [INTERCEPT, *predictors],
            "estimate": fit.params,
            "se": fit.bse,
            "t": fit.tvalues,
            "p": fit.pvalues,
            "low": interval[:, 0],
            "high": interval[:, 1],
            "beta": [np.nan, *(fit.params[1:] * x.std(axis=0, ddof=1) / y.std(ddof=1))],
        }
    )
    summary = {
        "outcome": outcome,
        "n": len(y),
        "r2": fit.rsquared,
        "r2_adjusted": fit.rsquared_adj,
        "f": float(np.squeeze(fit.fvalue)),
        "df1": int(fit.df_model),
        "df2": int(fit.df_resid),
        "p": float(np.squeeze(fit.f_pvalue)),
    }
    return coefficients, pd.DataFrame([summary])


def _check(complete: npt.NDArray[np.float64], outcome: str, predictors: Sequence[str]) -> None:
    """Raise ValueError unless the scores (respondents x outcome and predictors) can carry the model."""
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
