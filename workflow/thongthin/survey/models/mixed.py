"""Sites that differ in their level: the linear mixed model with one random intercept a site.

Fitted by restricted maximum likelihood. With one random effect the likelihood depends on nothing but the share of
the variance that lies between sites (the intraclass correlation), once the rest is solved for; so it is looked at over
its whole range, 0 to 1, and the maximum cannot be missed. Where it lies at 0 the fit is singular: sites differ no more
than respondents would by chance, and the coefficients are those of ordinary least squares. (The general routine of
statsmodels breaks down there; elsewhere both give the same numbers.)

Sources: Laird and Ware (1982), Biometrics 38(4), 963-974; Patterson and Thompson (1971), Biometrika 58(3), 545-554.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from thongthin.survey.models.data import Array, Fitted, ModelData, information, is_exact, least_squares, rounding
from thongthin.survey.models.linear import exact_model, standardised

# With fewer sites their variance is hardly known: Snijders and Bosker (2012), Multilevel Analysis, 2nd ed., sec. 4.3.
FEW_SITES = 10
# An intraclass correlation this small is none.
NONE = 1e-6
# It is looked for among so many places first, since the likelihood can have two maxima.
PLACES = 200


class _Sums(NamedTuple):
    """All of the data that the likelihood needs: cross-products of (intercept, predictors, outcome), whole and by site.

    Attributes:
        whole: of all respondents.
        by_site: sites x columns: sums.
        sizes: respondents of each site.
    """

    whole: Array
    by_site: Array
    sizes: Array


class _Solved(NamedTuple):
    """The model at one intraclass correlation: what follows from it, and its log-likelihood."""

    estimates: Array
    inverse: Array
    residual: float
    log_likelihood: float


def mixed_model(data: ModelData, *, confidence: float = 0.95) -> Fitted:
    """Fit the model with a random intercept for each site.

    Returns:
        The model: tests of coefficients by z; the statistic of the model is the Wald chi-square that all are zero. r2
        is the share of variance that the predictors explain, r2_conditional that of predictors and sites together.
        Of the sites: their variance, the intraclass correlation with its profile-likelihood interval, and the
        likelihood-ratio test that they do not differ (half of the chi-square tail with 1 degree of freedom, since a
        variance cannot be negative). AIC and BIC are those of the model fitted by maximum likelihood, so that they can
        be compared with those of the linear model.

    Sources: see the module; Nakagawa and Schielzeth (2013), Methods in Ecology and Evolution 4(2), 133-142 (r2); Self
    and Liang (1987), Journal of the American Statistical Association 82(398), 605-610 (test of the variance).
    """
    from scipy import stats

    if (not_fitted := _not_fitted(data)) is not None:
        return not_fitted
    # About their means, for cross-products of numbers far from 0 lose what differs between respondents.
    means = np.array([*data.x.mean(axis=0), data.y.mean()])
    sums = _sums(data, means)
    icc = _most_likely(sums, restricted=True)
    solved, none = (_solve(sums, place, True) for place in (icc, 0.0))
    fitted = _solve(sums, _most_likely(sums, restricted=False), False)
    site_variance = solved.residual * icc / (1 - icc)
    explained = float((data.x @ solved.estimates[1:]).var(ddof=1))
    total = explained + site_variance + solved.residual
    estimates, covariance = _uncentred(solved, means)
    se = np.sqrt(np.diag(covariance))
    z = estimates / se
    reach = stats.norm.ppf((1 + confidence) / 2) * se
    slopes = estimates[1:]
    wald = float(slopes @ np.linalg.solve(covariance[1:, 1:], slopes))
    ratio = max(0.0, 2 * (solved.log_likelihood - none.log_likelihood))
    low, high = _profile_interval(sums, icc, solved.log_likelihood, confidence)
    terms = {
        "n": data.n,
        "estimate": estimates,
        "se": se,
        "statistic": z,
        "p": 2 * stats.norm.sf(np.abs(z)),
        "low": estimates - reach,
        "high": estimates + reach,
        "beta": standardised(data, slopes),
    }
    found = {
        "n": data.n,
        "available": data.available,
        "statistic": wald,
        "df1": len(slopes),
        "p": float(stats.chi2.sf(wald, len(slopes))),
        "r2": explained / total,
        "r2_conditional": (explained + site_variance) / total,
        **information(fitted.log_likelihood, len(estimates) + 2, data.n),
        "site_variance": site_variance,
        "residual_variance": solved.residual,
        "icc": icc,
        "icc_low": low,
        "icc_high": high,
        "site_statistic": ratio,
        "site_p": float(stats.chi2.sf(ratio, 1)) / 2 if ratio > 0 else 1.0,
        "reason": "few_sites" if data.site_count < FEW_SITES else "",
    }
    if icc == 0:
        found |= {"state": "singular", "reason": "no_site_variance"}
    return Fitted(terms, found)


def _not_fitted(data: ModelData) -> Fitted | None:
    """What stands in the place of the model where the data carry none; None where they do."""
    reason = ""
    if data.impossible:
        return data.impossible
    if data.site_count < 2:
        reason = "one_site"
    elif data.site_count == data.n:
        reason = "one_respondent_a_site"
    elif is_exact(data):
        return exact_model(data)
    elif _nothing_within(data):
        reason = "no_variance_within_sites"
    return Fitted({}, {"state": "impossible", "reason": reason}) if reason else None


def _sums(data: ModelData, means: Array) -> _Sums:
    """The cross-products of the data about the means of predictors and outcome."""
    columns = np.column_stack([np.ones(data.n), np.column_stack([data.x, data.y]) - means])
    by_site = np.zeros((data.site_count, columns.shape[1]))
    np.add.at(by_site, data.sites, columns)
    return _Sums(columns.T @ columns, by_site, np.bincount(data.sites).astype(float))


def _most_likely(sums: _Sums, restricted: bool) -> float:
    """The intraclass correlation at which the (restricted) likelihood is highest; 0.0 where none is better."""
    from scipy import optimize

    places = np.linspace(0, 1, PLACES, endpoint=False)
    heights = [_solve(sums, place, restricted).log_likelihood for place in places]
    top = int(np.argmax(heights))
    bounds = (places[max(0, top - 1)], places[top + 1] if top + 1 < PLACES else 1 - 1e-9)
    found = optimize.minimize_scalar(
        lambda icc: -_solve(sums, icc, restricted).log_likelihood,
        bounds=bounds,
        method="bounded",
        options={"xatol": 1e-10},
    )
    return 0.0 if found.x < NONE or -found.fun <= heights[0] else float(found.x)


def _uncentred(solved: _Solved, means: Array) -> tuple[Array, Array]:
    """Coefficients and their covariances, of predictors and outcome as they are: the intercept alone is another one."""
    back = np.eye(len(solved.estimates))
    back[0, 1:] = -means[:-1]
    estimates = back @ solved.estimates
    estimates[0] += means[-1]
    return estimates, solved.residual * back @ solved.inverse @ back.T


def _profile_interval(sums: _Sums, icc: float, highest: float, confidence: float) -> tuple[float, float]:
    """The intraclass correlations that a likelihood-ratio test does not reject.

    Args:
        icc, highest: where the restricted log-likelihood is highest, and how high it is there.
    """
    from scipy import optimize, stats

    drop = stats.chi2.ppf(confidence, 1) / 2

    def short(place: float) -> float:
        """How far the log-likelihood lies above the limit of the interval."""
        return float(_solve(sums, place, True).log_likelihood - highest + drop)

    low = 0.0 if short(0.0) >= 0 else float(optimize.brentq(short, 0.0, icc))
    return low, float(optimize.brentq(short, icc, 1 - 1e-9)) if short(1 - 1e-9) < 0 else 1.0


def _nothing_within(data: ModelData) -> bool:
    """Whether respondents of a site differ by no more than their predictors say: sites then explain all the rest."""
    sizes = np.bincount(data.sites)
    columns = np.column_stack([data.y, data.x])
    means = np.zeros((data.site_count, columns.shape[1]))
    np.add.at(means, data.sites, columns)
    own = columns - (means / sizes[:, np.newaxis])[data.sites]
    slopes = np.linalg.lstsq(own[:, 1:], own[:, 0], rcond=1e-7)[0]
    residuals = own[:, 0] - own[:, 1:] @ slopes
    return bool(np.sqrt((residuals**2).mean()) <= rounding(data, least_squares(data)))


def _solve(sums: _Sums, icc: float, restricted: bool) -> _Solved:
    """Generalised least squares at one intraclass correlation, with the (restricted) log-likelihood."""
    ratio = icc / (1 - icc)  # variance of sites / variance of respondents
    shrunk = ratio / (1 + sums.sizes * ratio)
    products = sums.whole - sums.by_site.T @ (shrunk[:, np.newaxis] * sums.by_site)
    x, xy, yy = products[:-1, :-1], products[:-1, -1], products[-1, -1]
    inverse = np.asarray(np.linalg.inv(x), dtype=float)
    estimates = np.asarray(inverse @ xy, dtype=float)
    df = sums.sizes.sum() - (len(x) if restricted else 0)
    residual = max(float(yy - xy @ estimates), np.finfo(float).tiny) / df
    log_likelihood = -0.5 * (df * (np.log(2 * np.pi * residual) + 1) + np.log1p(sums.sizes * ratio).sum())
    if restricted:
        log_likelihood -= 0.5 * np.linalg.slogdet(x)[1]
    return _Solved(estimates, inverse, residual, float(log_likelihood))
