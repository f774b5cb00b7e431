"""The mixed model against published results, and against statsmodels where that works."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from statsmodels.regression.linear_model import OLS
from statsmodels.regression.mixed_linear_model import MixedLM

from thongthin.survey.models.data import ModelData
from thongthin.survey.models.mixed import mixed_model

# Distance from pituitary to pterygomaxillary fissure (mm) of 11 girls and 16 boys at ages 8, 10, 12, 14: Potthoff and
# Roy (1964), Biometrika 51(3/4), 313-326.
DENTAL = """
21 20 21.5 23, 21 21.5 24 25.5, 20.5 24 24.5 26, 23.5 24.5 25 26.5, 21.5 23 22.5 23.5, 20 21 21 22.5, 21.5 22.5 23 25,
23 23 23.5 24, 20 21 22 21.5, 16.5 19 19 19.5, 24.5 25 28 28, 26 25 29 31, 21.5 22.5 23 26.5, 23 22.5 24 27.5,
25.5 27.5 26.5 27, 20 23.5 22.5 26, 24.5 25.5 27 28.5, 22 22 24.5 26.5, 24 21.5 24.5 25.5, 23 20.5 31 26,
27.5 28 31 31.5, 23 23 23.5 25, 21.5 23.5 24 28, 17 24.5 26 29.5, 22.5 25.5 25.5 26, 23 24.5 26 30, 22 21.5 23.5 25
"""


def as_data(y: np.ndarray, x: np.ndarray, sites: np.ndarray) -> ModelData:
    names = [f"x{i}" for i in range(x.shape[1])]
    return ModelData("y", names, y, x, sites.astype(np.int64), np.arange(len(y)), len(y))


def dental() -> ModelData:
    y = np.array([[float(mm) for mm in child.split()] for child in DENTAL.split(",")])
    return as_data(y.ravel(), np.tile([8.0, 10, 12, 14], 27)[:, np.newaxis], np.repeat(np.arange(27), 4))


def sites_of(n: int, sites: int, spread: float, seed: int) -> ModelData:
    rng = np.random.default_rng(seed)
    where = np.concatenate([np.arange(sites), rng.integers(0, sites, n - sites)])
    x = rng.normal(3, 1, (n, 3))
    y = 1 + x @ [0.5, 0.2, 0] + rng.normal(0, spread, sites)[where] + rng.normal(size=n)
    return as_data(y, x, where)


def test_the_dental_data_as_published():
    """R package nlme (Pinheiro and Bates 2000), lme(distance ~ age, Orthodont, random = ~ 1 | Subject), REML."""
    model = mixed_model(dental())
    assert model.terms["estimate"] == pytest.approx([16.76111, 0.6601852], abs=1e-5)
    assert model.terms["se"] == pytest.approx([0.8023952, 0.0616059], abs=1e-6)
    assert np.sqrt(model.fit["site_variance"]) == pytest.approx(2.114724, abs=1e-5)
    assert np.sqrt(model.fit["residual_variance"]) == pytest.approx(1.431592, abs=1e-5)
    assert model.fit["icc"] == pytest.approx(2.114724**2 / (2.114724**2 + 1.431592**2), abs=1e-5)
    assert (model.fit["df1"], model.fit["n"], model.fit["reason"]) == (1, 108, "")


def test_aic_is_that_of_maximum_likelihood():
    """The same model by maximum likelihood, as statsmodels fits it: four parameters."""
    data = dental()
    fit = mixed_model(data).fit
    llf = MixedLM(data.y, data.design, groups=data.sites).fit(reml=False).llf
    assert fit["log_likelihood"] == pytest.approx(llf, abs=1e-4)
    assert fit["aic"] == pytest.approx(2 * 4 - 2 * llf, abs=2e-4)
    assert fit["bic"] == pytest.approx(4 * np.log(108) - 2 * llf, abs=2e-4)


@pytest.mark.parametrize("seed", range(4))
def test_the_numbers_are_those_of_statsmodels_where_sites_differ(seed):
    data = sites_of(400, 20, 0.7, seed)
    model = mixed_model(data)
    other = MixedLM(data.y, data.design, groups=data.sites).fit(reml=True)
    assert model.terms["estimate"] == pytest.approx(other.fe_params, rel=1e-4, abs=1e-5)
    assert model.fit["site_variance"] == pytest.approx(float(other.cov_re[0, 0]), rel=1e-3)
    assert model.fit["residual_variance"] == pytest.approx(other.scale, rel=1e-4)


def test_errors_are_those_of_generalised_least_squares():
    data = sites_of(90, 6, 0.5, 7)
    model = mixed_model(data)
    same = data.sites[:, np.newaxis] == data.sites
    covariance = model.fit["site_variance"] * same + model.fit["residual_variance"] * np.eye(90)
    inverse = np.linalg.inv(data.design.T @ np.linalg.solve(covariance, data.design))
    assert model.terms["se"] == pytest.approx(np.sqrt(np.diag(inverse)), rel=1e-8)
    estimate = inverse @ data.design.T @ np.linalg.solve(covariance, data.y)
    assert model.terms["estimate"] == pytest.approx(estimate, rel=1e-8)
    wald = estimate[1:] @ np.linalg.solve(inverse[1:, 1:], estimate[1:])
    assert model.fit["statistic"] == pytest.approx(wald)
    assert model.fit["reason"] == "few_sites"


def test_sites_that_do_not_differ_are_a_singular_fit_with_the_coefficients_of_least_squares():
    rng = np.random.default_rng(1)
    x = rng.normal(size=(120, 2))
    sites = np.repeat(np.arange(4), 30)
    y = 1 + x @ [0.5, 0.2] + rng.normal(size=120)
    y -= np.array([y[sites == s].mean() for s in range(4)])[sites]  # no site lies above another
    x -= np.array([x[sites == s].mean(axis=0) for s in range(4)])[sites]
    model = mixed_model(as_data(y, x, sites))
    least_squares = OLS(y, np.column_stack([np.ones(120), x])).fit()
    assert (model.fit["state"], model.fit["reason"]) == ("singular", "no_site_variance")
    assert (model.fit["icc"], model.fit["site_variance"], model.fit["icc_low"]) == (0, 0, 0)
    assert 0 < model.fit["icc_high"] < 1
    assert (model.fit["site_statistic"], model.fit["site_p"]) == (0, 1)
    assert model.terms["estimate"] == pytest.approx(least_squares.params)
    assert model.terms["se"] == pytest.approx(least_squares.bse)
    assert model.fit["aic"] == pytest.approx(-2 * least_squares.llf + 2 * 5)


def test_the_interval_of_the_intraclass_correlation_is_where_the_likelihood_drops():
    """At the limits, twice the difference of restricted log-likelihoods is the 95th percentile of chi-square."""
    data = sites_of(200, 12, 0.6, 2)
    fit = mixed_model(data).fit

    def restricted(icc: float) -> float:
        same = data.sites[:, np.newaxis] == data.sites
        shape = np.where(same, icc, 0.0)
        np.fill_diagonal(shape, 1.0)
        inverse = np.linalg.inv(shape)
        information = data.design.T @ inverse @ data.design
        estimate = np.linalg.solve(information, data.design.T @ inverse @ data.y)
        residuals = data.y - data.design @ estimate
        df = data.n - 4
        scale = residuals @ inverse @ residuals / df
        logs = np.linalg.slogdet(shape)[1] + np.linalg.slogdet(information)[1]
        return float(-0.5 * (df * np.log(scale) + logs))

    top = restricted(fit["icc"])
    assert 0 < fit["icc_low"] < fit["icc"] < fit["icc_high"] < 1
    for limit in (fit["icc_low"], fit["icc_high"]):
        assert 2 * (top - restricted(limit)) == pytest.approx(stats.chi2.ppf(0.95, 1), abs=1e-4)
    assert fit["site_statistic"] == pytest.approx(2 * (top - restricted(0.0)), abs=1e-6)
    assert fit["site_p"] == pytest.approx(stats.chi2.sf(fit["site_statistic"], 1) / 2)


def test_explained_variance_follows_nakagawa_and_schielzeth():
    data = sites_of(200, 12, 0.6, 3)
    model = mixed_model(data)
    fixed = np.var(data.design @ model.terms["estimate"], ddof=1)
    site, residual = model.fit["site_variance"], model.fit["residual_variance"]
    assert model.fit["r2"] == pytest.approx(fixed / (fixed + site + residual))
    assert model.fit["r2_conditional"] == pytest.approx((fixed + site) / (fixed + site + residual))


def test_one_site_or_one_respondent_a_site_cannot_be_modelled_and_say_so():
    data = sites_of(40, 5, 1, 1)
    one = mixed_model(data._replace(sites=np.zeros(40, dtype=np.int64)))
    assert one.fit == {"state": "impossible", "reason": "one_site"}
    each = mixed_model(data._replace(sites=np.arange(40)))
    assert each.fit == {"state": "impossible", "reason": "one_respondent_a_site"}
