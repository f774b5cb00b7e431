"""Linear regression: the same least squares with errors robust to unequal variances, or clustered.

Clusters are the sites, or those of the design of the sample, where study.yml declares them (`sample_design`): errors
then allow for its strata and its population as well.

Where the data carry no model (`models.data`) everything is undefined, with the reason. Where the outcome follows from
the predictors without error, coefficients are given and nothing is tested; nor is a coefficient whose error is zero but
for rounding. Errors clustered by site need two sites; where sites are few they are too small, so that each coefficient
is tested again by a wild cluster bootstrap (`models.wild_bootstrap`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from thongthin.survey.models.data import (
    DEPENDENT,
    Array,
    Fitted,
    ModelData,
    information,
    information_of_none,
    is_exact,
    least_squares,
    model_data,
    rounding,
)
from thongthin.survey.models.wild_bootstrap import wild_cluster_bootstrap
from thongthin.survey.sample_design import NO_DEGREES, SINGLE_UNIT, SampleDesign

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
        of the outcome for one point of the predictor), beta (both standardised; NaN for the intercept), n, df,
        se_classical, t_classical, p_classical (errors that take variances to be equal), reason (why the robust error is
        undefined). Table `outcome_model_fit`: outcome, n (respondents), r (multiple correlation), r2, r2_adjusted,
        see (standard error of the estimate, in points of the outcome), f, df1, df2, p (with robust errors F is the Wald
        test that all coefficients are zero), f_classical, p_classical, available (complete respondents; more than n if
        a sample was drawn), state and reason as in `model_fits`.

    Raises:
        CannotAnalyse: the survey has no items of one of the constructs; the message says so, in English and Thai.

    Sources: MacKinnon and White (1985), Journal of Econometrics 29(3), 305-325; Long and Ervin (2000), The
    American Statistician 54(3), 217-224.
    """
    data = model_data(scores, outcome, predictors, most=most, seed=seed)
    terms, fit = linear_model(data, robust=robust, confidence=confidence)
    coefficients = pd.DataFrame({"term": data.terms, "reason": "", **terms}).rename(columns={"statistic": "t"})
    names = ["term", "estimate", "se", "t", "p", "low", "high", "beta", "n", "df"]
    names += ["se_classical", "t_classical", "p_classical", "reason"]
    about = {"outcome": outcome, "state": "fitted", "reason": "", "concerned": "", "f": fit.get("statistic", np.nan)}
    summary = pd.DataFrame([about | fit])
    measures = ["outcome", "n", "r", "r2", "r2_adjusted", "see", "f", "df1", "df2", "p", "f_classical", "p_classical"]
    summary = summary.reindex(columns=[*measures, "available", "state", "reason", "concerned"])
    whole = dict.fromkeys(("df1", "df2"), "Int64")
    return coefficients.reindex(columns=names).astype({"df": "Int64"}), summary.astype(whole)


def linear_model(data: ModelData, *, robust: str = "HC3", confidence: float = 0.95) -> Fitted:
    """Least squares with errors robust to unequal variances.

    Args:
        robust, confidence: as for `fit_outcome_model`.
    """
    if data.impossible:
        return data.impossible
    if is_exact(data):
        return exact_model(data)
    fit = _ols(data).fit()
    df = data.n - len(data.terms)
    covariance = _ols(data).fit(cov_type=robust).cov_params()
    return Fitted(_terms(data, fit, covariance, df, confidence), _fit(data, fit, covariance, df))


def exact_model(data: ModelData) -> Fitted:
    """What is known of an outcome that follows from the predictors without error: its coefficients, and no test."""
    estimates = least_squares(data)
    terms = {"n": data.n, "estimate": estimates, "beta": standardised(data, estimates[1:])}
    known = {"r": 1.0, "r2": 1.0, "r2_adjusted": 1.0, "see": 0.0, **information_of_none()}
    counted = {"n": data.n, "available": data.available}
    return Fitted(terms, {**counted, **known, "state": "exact", "reason": "exact"})


def clustered_model(
    data: ModelData,
    *,
    confidence: float = 0.95,
    replicates: int = 9999,
    seed: int = 0,
    design: SampleDesign | None = None,
) -> Fitted:
    """Least squares with errors clustered by site: t and F with (sites - 1) degrees of freedom.

    The covariance matrix carries the correction sites / (sites - 1) x (n - 1) / (n - coefficients). Below 40 sites each
    coefficient is tested by the wild cluster bootstrap as well. With one site, nothing is defined; F is undefined
    unless there are more sites than predictors.

    Args:
        replicates, seed: of the bootstrap, as for `wild_cluster_bootstrap`; 0 replicates leave it out.
        design: how all respondents of the table of scores were drawn; where it has clusters, see `_designed_model`.

    Sources: Liang and Zeger (1986), Biometrika 73(1), 13-22; Cameron and Miller (2015), Journal of Human Resources
    50(2), 317-372.
    """
    if data.impossible:
        return data.impossible
    if design is not None and design.clustered:
        return _designed_model(data, design.of(data.rows), confidence, replicates, seed)
    sites = data.site_count
    if sites < 2:
        return Fitted({}, {"state": "impossible", "reason": "one_site"})
    if is_exact(data):
        return exact_model(data)
    fit = _ols(data).fit()
    by_site = _ols(data).fit(cov_type="cluster", cov_kwds={"groups": data.sites}).cov_params()
    terms = _terms(data, fit, by_site, sites - 1, confidence)
    found = _fit(data, fit, by_site, sites - 1, tested=sites > len(data.predictors))
    if sites < FEW_CLUSTERS:
        found["reason"] = "few_sites"
        if replicates:
            _add_bootstrap(terms, found, data, data.sites, confidence, replicates, seed)
    return Fitted(terms, found)


def _designed_model(data: ModelData, design: SampleDesign, confidence: float, replicates: int, seed: int) -> Fitted:
    """Least squares with errors of the design of the sample: t and F with as many df as clusters less strata.

    What a respondent adds to the error of the coefficients is its residual times its predictors; `sample_design` sums
    that over clusters and compares these within strata. Weights are left out, as in all models here. Below 40 clusters
    the wild cluster bootstrap is added, unless there are strata or a population, which it does not know.

    Args:
        design: of the respondents of the model.

    Source: Binder (1983), International Statistical Review 51(3), 279-292.
    """
    clusters, strata = (len(np.unique(numbers)) for numbers in (design.units, design.strata))
    counted, df = {"clusters": clusters, "strata": strata}, design.degrees()
    if design.single[design.strata].any() or df < 1:
        reason = SINGLE_UNIT if design.single[design.strata].any() else NO_DEGREES
        return Fitted({}, {**counted, "state": "impossible", "reason": reason})
    if is_exact(data):
        exact = exact_model(data)
        return exact._replace(fit={**exact.fit, **counted})
    fit = _ols(data).fit()
    parts = (data.y - fit.predict())[:, np.newaxis] * data.design @ np.linalg.inv(data.design.T @ data.design)
    covariance = design.covariance(parts)
    terms = _terms(data, fit, covariance, df, confidence)
    found = _fit(data, fit, covariance, df, tested=df >= len(data.predictors))
    found |= counted
    if clusters < FEW_CLUSTERS:
        found["reason"] = "few_clusters"
        if replicates and strata == 1 and not design.fractions.any():
            numbers = np.unique(design.units, return_inverse=True)[1].astype(np.int64)
            _add_bootstrap(terms, found, data, numbers, confidence, replicates, seed)
    return Fitted(terms, found)


def _add_bootstrap(
    terms: dict[str, Any],
    found: dict[str, Any],
    data: ModelData,
    clusters: npt.NDArray[np.int64],
    confidence: float,
    replicates: int,
    seed: int,
) -> None:
    """Test each coefficient by the wild cluster bootstrap as well; clusters are numbers from 0."""
    bootstrap = wild_cluster_bootstrap(
        data.y, data.design, clusters, replicates=replicates, confidence=confidence, seed=seed
    )
    terms |= {"p_bootstrap": bootstrap.p, "low_bootstrap": bootstrap.low, "high_bootstrap": bootstrap.high}
    found |= {"bootstrap": bootstrap.weights, "draws": bootstrap.draws}


def standardised(data: ModelData, slopes: Any) -> Any:
    """Coefficients as standard deviations of the outcome for one of the predictor; the intercept has none."""
    return np.array([np.nan, *(slopes * data.x.std(axis=0, ddof=1) / data.y.std(ddof=1))])


def _ols(data: ModelData) -> Any:
    from thongthin.survey.models.libraries import OLS

    return OLS(data.y, data.design)


def _terms(data: ModelData, fit: Any, covariance: Array, df: int, confidence: float) -> dict[str, Any]:
    """Columns of table `model_terms`: a coefficient whose error is zero but for rounding is not tested."""
    from scipy import stats

    classical = np.asarray(fit.bse, dtype=float)
    se, t, p, known = _tested(data, fit, covariance, df)
    reach = float(stats.t.ppf((1 + confidence) / 2, df)) * se
    df_classical = data.n - len(data.terms)
    return {
        "n": data.n,
        "estimate": fit.params,
        "se": se,
        "statistic": t,
        "df": df,
        "p": p,
        "low": fit.params - reach,
        "high": fit.params + reach,
        "beta": standardised(data, fit.params[1:]),
        "se_classical": classical,
        "t_classical": fit.params / classical,
        "p_classical": 2 * stats.t.sf(np.abs(fit.params / classical), df_classical),
        "reason": np.where(known, "", "no_error"),
    }


def _tested(data: ModelData, fit: Any, covariance: Array, df: int) -> tuple[Array, Array, Array, Any]:
    """Errors, t, p of the coefficients, and which of them have an error that is more than rounding."""
    from scipy import stats

    variances = np.diag(covariance)
    se = np.sqrt(np.clip(variances, 0, None))
    known = se > np.asarray(fit.bse) * _least_error(data, fit)
    se = np.where(known, se, np.nan)
    t = fit.params / se
    return se, t, 2 * stats.t.sf(np.abs(t), df), known


def _least_error(data: ModelData, fit: Any) -> float:
    """The smallest share of its classical error that the error of a coefficient can be and not come from rounding."""
    return max(DEPENDENT, rounding(data, fit.params) / float(np.sqrt(fit.mse_resid)))


def _fit(data: ModelData, fit: Any, covariance: Array, df2: int, *, tested: bool = True) -> dict[str, Any]:
    from scipy import stats

    k, df = len(data.predictors), data.n - len(data.terms)
    f = _wald(data, fit, covariance) if tested else np.nan
    return {
        "n": data.n,
        "available": data.available,
        "statistic": f,
        "df1": k,
        "df2": df2,
        "p": float(stats.f.sf(f, k, df2)),
        "r": float(np.sqrt(max(fit.rsquared, 0))),
        "r2": fit.rsquared,
        "r2_adjusted": fit.rsquared_adj,
        "see": float(np.sqrt(fit.mse_resid)),
        "f_classical": float(fit.fvalue),
        "p_classical": float(stats.f.sf(fit.fvalue, k, df)),
        **information(fit.llf, len(data.terms) + 1, data.n),
    }


def _wald(data: ModelData, fit: Any, covariance: Array) -> float:
    """F of the hypothesis that all slopes are zero; NaN where their covariance is singular but for rounding."""
    size = np.asarray(fit.bse)[1:]
    own = covariance[1:, 1:] / np.outer(size, size)
    if np.linalg.eigvalsh(own)[0] <= _least_error(data, fit) ** 2:
        return np.nan
    z = fit.params[1:] / size
    return float(z @ np.linalg.solve(own, z)) / len(z)
