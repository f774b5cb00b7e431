"""The outcome as ordered categories: the proportional odds model, and whether the odds are proportional.

Where predictors tell categories apart without error (`models.separation`) coefficients have no limit and are undefined.

The categories are those that respondents chose: the answers to one item, or the score rounded to whole points. One
coefficient a predictor holds for every split into lower and higher categories. Brant's test fits a binary model to each
split and asks whether its coefficients agree; it is undefined with two categories, and where a split is so rare that
some predictor separates it perfectly.
"""

from __future__ import annotations

import warnings
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from thongthin.contract.tables import ALL
from thongthin.survey.models.data import Array, Fitted, ModelData, information
from thongthin.survey.models.separation import separating

Whole = npt.NDArray[np.int64]

# A binary model whose fitted probabilities come so near to 0 or 1, for all on one side, has no finite estimate.
SEPARATED = 1e-8


def categories(values: Array) -> tuple[Whole, Whole]:
    """The different whole points of a score, and the place of each respondent among them, from 0.

    Half points are rounded up.
    """
    points, places = np.unique(np.floor(values + 0.5).astype(np.int64), return_inverse=True)
    return points, places.astype(np.int64)


def ordinal_model(data: ModelData, *, confidence: float = 0.95) -> tuple[Fitted, pd.DataFrame, pd.DataFrame]:
    """Fit the proportional odds model, and test it.

    Args:
        data: with the outcome as a score or as answers; it is rounded to whole points.
        confidence: level of the intervals.

    Returns:
        The model: coefficients are logarithms of odds ratios, for a higher category with one point more of the
        predictor; `beta` is in standard deviations of the latent outcome and of the predictor; the statistic of the
        model is the likelihood ratio against thresholds alone, and r2 is McFadden's. The intercept is undefined, since
        thresholds stand in its place. Tables `model_thresholds` and `proportional_odds`.

    Sources: McCullagh (1980), Journal of the Royal Statistical Society B 42(2), 109-142; McKelvey and Zavoina (1975),
    Journal of Mathematical Sociology 4(1), 103-120 (beta); McFadden (1974), in Frontiers in Econometrics (r2); Brant
    (1990), Biometrics 46(4), 1171-1178.
    """
    points, y = categories(data.y)
    none = _thresholds(points[:0], y, *[np.empty(0)] * 4)
    counted = {"n": data.n, "available": data.available, "categories": len(points)}
    if why := _impossible(data, len(points)):
        undefined = {"n": data.n, "categories": len(points), "statistic": np.nan, "df": np.nan, "p": np.nan}
        tests = pd.DataFrame({"term": [ALL, *data.predictors]} | undefined)
        return Fitted({"n": data.n}, counted | why), none, tests
    tests = brant_test(data.x, y, data.predictors)
    if (apart := separating(data.x, y)).any():
        concerned = "; ".join(name for name, own in zip(data.predictors, apart, strict=True) if own)
        why = {"state": "separated", "reason": "separation", "concerned": concerned}
        return Fitted({"n": data.n}, counted | why), none, tests
    fit = _proportional_odds(data.x / data.x.std(axis=0), y)
    if fit is None:
        return Fitted({"n": data.n}, {**counted, "state": "unconverged", "reason": "not_converged"}), none, tests
    fitted, thresholds = _as_reported(data, points, y, fit, confidence)
    return Fitted({"n": data.n, **fitted.terms}, counted | fitted.fit), thresholds, tests


def _as_reported(data: ModelData, points: Whole, y: Whole, fit: Any, confidence: float) -> tuple[Fitted, pd.DataFrame]:
    """The fit of statsmodels (to predictors of standard deviation 1) in points of the predictors, with thresholds."""
    from scipy import stats

    scale = data.x.std(axis=0)
    k, last = len(data.predictors), len(points) - 1
    # statsmodels has the first threshold, then the logarithms of the steps between them.
    steps = np.exp(fit.params[k + 1 :])
    cuts = np.concatenate([fit.params[k : k + 1], fit.params[k] + np.cumsum(steps)])
    to_cuts = np.zeros((k + last, k + last))
    to_cuts[:k, :k] = np.diag(1 / scale)
    to_cuts[k:, k] = 1
    to_cuts[k:, k + 1 :] = np.tril(np.tile(steps, (last, 1)), -1)
    covariance = to_cuts @ fit.cov_params() @ to_cuts.T
    se = np.sqrt(np.diag(covariance))
    estimates = np.concatenate([fit.params[:k] / scale, cuts])
    z = estimates / se
    reach = stats.norm.ppf((1 + confidence) / 2) * se
    low, high = estimates - reach, estimates + reach
    with np.errstate(over="ignore"):  # what is beyond all numbers is undefined
        ratios = {name: np.exp(of[:k]) for name, of in (("ratio", estimates), ("low", low), ("high", high))}
    ratios = {f"odds_{name}": np.where(np.isfinite(of), of, np.nan) for name, of in ratios.items()}
    latent_sd = np.sqrt((data.x @ estimates[:k]).var(ddof=1) + np.pi**2 / 3)
    slopes = {
        "estimate": estimates[:k],
        "se": se[:k],
        "statistic": z[:k],
        "p": 2 * stats.norm.sf(np.abs(z[:k])),
        "low": low[:k],
        "high": high[:k],
        "beta": estimates[:k] * data.x.std(axis=0, ddof=1) / latent_sd,
        **ratios,
    }
    terms = {name: np.concatenate([[np.nan], values]) for name, values in slopes.items()}
    shares = np.bincount(y) / data.n
    null = float(data.n * (shares * np.log(shares)).sum())
    ratio = 2 * (fit.llf - null)
    found = {
        "statistic": ratio,
        "df1": k,
        "p": float(stats.chi2.sf(ratio, k)),
        "r2": 1 - fit.llf / null,
        **information(fit.llf, k + last, data.n),
    }
    return Fitted(terms, found), _thresholds(points, y, cuts, se[k:], low[k:], high[k:])


def _thresholds(points: Whole, y: Whole, cuts: Array, se: Array, low: Array, high: Array) -> pd.DataFrame:
    """Table `model_thresholds`, one row between each two neighbouring categories."""
    names = [f"{a}|{b}" for a, b in pairwise(points)]
    return pd.DataFrame(
        {
            "threshold": pd.Series(names, dtype="str"),
            "n": np.cumsum(np.bincount(y))[: len(names)],
            "estimate": cuts,
            "se": se,
            "low": low,
            "high": high,
        }
    )


def _impossible(data: ModelData, points: int) -> dict[str, Any] | None:
    """Why the model cannot be fitted to these answers, as columns of table `model_fits`; None if it may be."""
    if data.reason:
        reason = {"constant_outcome": "one_category", "few_respondents": "too_few_answers"}.get(data.reason)
        return {"state": "impossible", **data.why, **({"reason": reason} if reason else {})}
    return {"state": "impossible", "reason": "one_category"} if points < 2 else None


def _proportional_odds(x: Array, y: Whole) -> Any | None:
    """The fit of statsmodels, taken to the maximum by Newton's method: its default stops at three digits.

    None where the search found no maximum, or the errors there are no numbers.
    """
    from thongthin.survey.models.libraries import OrderedModel

    model = OrderedModel(y, x, distr="logit")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what went wrong is said by the state of the fit
        try:
            start = model.fit(method="bfgs", maxiter=500, disp=False)
            fit = model.fit(method="newton", start_params=start.params, maxiter=50, disp=False)
            variances = np.diag(fit.cov_params())
        except (np.linalg.LinAlgError, ValueError):
            return None
    return fit if fit.mle_retvals["converged"] and (variances > 0).all() else None


def brant_test(x: Array, y: Whole, predictors: list[str]) -> pd.DataFrame:
    """Whether each predictor has the same coefficient at every split of the categories.

    Args:
        x: respondents x predictors.
        y: category of each respondent, from 0, all of them taken.

    Returns:
        Table `proportional_odds`: term (`all`, then the predictors), n, categories, statistic (chi-square), df, p.
        Undefined with fewer than three categories, or where a split has no finite estimate.

    Source: Brant (1990), Biometrics 46(4), 1171-1178.
    """
    from scipy import stats

    n, k = x.shape
    splits = int(y.max())
    table = pd.DataFrame({"term": [ALL, *predictors], "n": n, "categories": splits + 1})
    df = np.array([k * (splits - 1), *[splits - 1] * k], dtype=float)
    fits = [_logit((y > split).astype(float), x) for split in range(splits)] if splits > 1 else []
    if splits < 2 or any(fit is None for fit in fits):
        return table.assign(statistic=np.nan, df=df if splits > 1 else np.nan, p=np.nan)
    slopes, chances, inverses = (np.array(part) for part in zip(*(fit for fit in fits if fit), strict=True))
    design = np.column_stack([np.ones(n), x])
    covariance = np.empty((splits, k, splits, k))
    for a in range(splits):
        for b in range(a, splits):
            shared = chances[b] - chances[a] * chances[b]  # the higher split lies within the lower
            block = inverses[a] @ (design.T @ (shared[:, np.newaxis] * design)) @ inverses[b]
            covariance[a, :, b] = block[1:, 1:]
            covariance[b, :, a] = block[1:, 1:].T
    statistics = [_equal(slopes.ravel(), covariance.reshape(splits * k, splits * k), splits)]
    statistics += [_equal(slopes[:, j], covariance[:, j, :, j], splits) for j in range(k)]
    return table.assign(statistic=statistics, df=df, p=stats.chi2.sf(statistics, df))


def _equal(slopes: Array, covariance: Array, splits: int) -> float:
    """Wald statistic of the hypothesis that all splits have the same slopes (those of one split stand together)."""
    k = len(slopes) // splits
    contrasts = np.hstack([np.tile(np.eye(k), (splits - 1, 1)), -np.eye((splits - 1) * k)])
    difference = contrasts @ slopes
    return float(difference @ np.linalg.pinv(contrasts @ covariance @ contrasts.T) @ difference)


def _logit(y: Array, x: Array) -> tuple[Array, Array, Array] | None:
    """Slopes, fitted probabilities and inverse information of a binary logit; None if it has no finite estimate."""
    from thongthin.survey.models.libraries import Logit, PerfectSeparationError

    design = np.column_stack([np.ones(len(x)), x])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # separation is looked for below
        try:
            fit = Logit(y, design).fit(method="newton", maxiter=100, disp=False)
            chances = np.asarray(fit.predict(), dtype=float)
        except (PerfectSeparationError, np.linalg.LinAlgError):
            return None
    spread = chances * (1 - chances)
    if not fit.mle_retvals["converged"] or spread[y == 1].max() < SEPARATED or spread[y == 0].max() < SEPARATED:
        return None
    inverse = np.linalg.inv(design.T @ (spread[:, np.newaxis] * design))
    return np.asarray(fit.params[1:], dtype=float), chances, inverse
