"""Linear regression: the same least squares with errors robust to unequal variances, or clustered by site.

Fails where the data cannot carry the model (`models.data`). Errors clustered by site need two sites; where sites are
few they are too small, so that each coefficient is tested again by a wild cluster bootstrap (`models.wild_bootstrap`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from thongthin.models.data import Fitted, ModelData, information, model_data
from thongthin.models.wild_bootstrap import wild_cluster_bootstrap

# Below so many clusters their errors are not to be trusted by themselves: Cameron, Gelbach and Miller (2008) and
# Cameron and Miller (2015), who name 20 to 50.
FEW_CLUSTERS = 40


def fit_outcome_model(
    scores: pd.DataFrame,
    outcome: str,
    predictors: Sequence[str],
    *,
    robust: str = "HC3",
    confidence: float = 0.95,
    most: int | None = None,
    seed: int = 0,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Regress a scale on other scales.

    Args:
        scores: table `scale_scores`. A construct asked before and after enters with its score after.
        outcome: construct to explain.
        predictors: constructs that may explain it.
        robust: kind of covariance matrix in statsmodels: `HC0` to `HC3`, or `nonrobust`.
        confidence: level of the intervals.
        most, seed: as for `model_data`.

    Returns:
        Table `outcome_model`: term (`intercept`, then the predictors), estimate, se, t, p, low, high (points
        of the outcome for one point of the predictor), beta (both standardised; NaN for the intercept), n, df. Table
        `outcome_model_fit`: outcome, n (respondents), r2, r2_adjusted, f, df1, df2, p (with robust errors F is the
        Wald test that all coefficients are zero), available (complete respondents; more than n if a sample was drawn).

    Raises:
        CannotAnalyse: the data cannot carry the model; the message says why, in English and Thai.

    Sources: MacKinnon and White (1985), Journal of Econometrics 29(3), 305-325; Long and Ervin (2000), The
    American Statistician 54(3), 217-224.
    """
    data = model_data(scores, outcome, predictors, most=most, seed=seed)
    terms, fit = linear_model(data, robust=robust, confidence=confidence)
    coefficients = pd.DataFrame({"term": data.terms, **terms}).rename(columns={"statistic": "t"})
    names = ["term", "estimate", "se", "t", "p", "low", "high", "beta", "n", "df"]
    summary = pd.DataFrame([{"outcome": outcome, "f": fit["statistic"], **fit}])
    return coefficients[names], summary[
        ["outcome", "n", "r2", "r2_adjusted", "f", "df1", "df2", "p", "available"]
    ].astype({"df1": "int64", "df2": "int64"})


def linear_model(data: ModelData, *, robust: str = "HC3", confidence: float = 0.95) -> Fitted:
    """Least squares with errors robust to unequal variances.

    Args:
        robust, confidence: as for `fit_outcome_model`.
    """
    fit = _ols(data).fit(cov_type=robust, use_t=True)
    return Fitted(_terms(data, fit, data.n - len(data.terms), confidence), _fit(data, fit))


def clustered_model(data: ModelData, *, confidence: float = 0.95, replicates: int = 9999, seed: int = 0) -> Fitted:
    """Least squares with errors clustered by site: t and F with (sites - 1) degrees of freedom.

    The covariance matrix carries the correction sites / (sites - 1) x (n - 1) / (n - coefficients). Below 40 sites each
    coefficient is tested by the wild cluster bootstrap as well. With one site, nothing is defined; F is undefined
    unless there are more sites than predictors.

    Args:
        replicates, seed: of the bootstrap, as for `wild_cluster_bootstrap`; 0 replicates leave it out.

    Sources: Liang and Zeger (1986), Biometrika 73(1), 13-22; Cameron and Miller (2015), Journal of Human Resources
    50(2), 317-372.
    """
    sites = data.site_count
    if sites < 2:
        return Fitted({}, {"state": "impossible", "reason": "one_site"})
    fit = _ols(data).fit(cov_type="cluster", cov_kwds={"groups": data.sites}, use_t=True)
    terms = _terms(data, fit, sites - 1, confidence)
    found = _fit(data, fit, tested=sites > len(data.predictors)) | {"df2": sites - 1}
    if sites < FEW_CLUSTERS:
        found["reason"] = "few_sites"
        if replicates:
            bootstrap = wild_cluster_bootstrap(
                data.y, data.design, data.sites, replicates=replicates, confidence=confidence, seed=seed
            )
            terms |= {
                "p_bootstrap": bootstrap.p,
                "low_bootstrap": bootstrap.low,
                "high_bootstrap": bootstrap.high,
            }
            found |= {"bootstrap": bootstrap.weights, "draws": bootstrap.draws}
    return Fitted(terms, found)


def standardised(data: ModelData, slopes: Any) -> Any:
    """Coefficients as standard deviations of the outcome for one of the predictor; the intercept has none."""
    return np.array([np.nan, *(slopes * data.x.std(axis=0, ddof=1) / data.y.std(ddof=1))])


def _ols(data: ModelData) -> Any:
    from statsmodels.regression.linear_model import OLS

    return OLS(data.y, data.design)


def _terms(data: ModelData, fit: Any, df: int, confidence: float) -> dict[str, Any]:
    interval = fit.conf_int(alpha=1 - confidence)
    return {
        "n": data.n,
        "estimate": fit.params,
        "se": fit.bse,
        "statistic": fit.tvalues,
        "df": df,
        "p": fit.pvalues,
        "low": interval[:, 0],
        "high": interval[:, 1],
        "beta": standardised(data, fit.params[1:]),
    }


def _fit(data: ModelData, fit: Any, *, tested: bool = True) -> dict[str, Any]:
    return {
        "n": data.n,
        "available": data.available,
        "statistic": float(np.squeeze(fit.fvalue)) if tested else np.nan,
        "df1": len(data.predictors),
        "df2": data.n - len(data.terms),
        "p": float(np.squeeze(fit.f_pvalue)) if tested else np.nan,
        "r2": fit.rsquared,
        "r2_adjusted": fit.rsquared_adj,
        **information(fit.llf, len(data.terms) + 1, data.n),
    }
