"""Errors clustered by site, and the wild cluster bootstrap against another program and its definition: every draw
refitted."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
import pytest
from amount import tried
from scipy.stats import t
from statsmodels.datasets import grunfeld

from thongthin.survey.models.data import model_data
from thongthin.survey.models.linear import clustered_model
from thongthin.survey.models.wild_bootstrap import RADEMACHER, WEBB, wild_cluster_bootstrap


def survey(n: int = 60, sites: int = 4, seed: int = 2, spread: float = 0.5) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    where = np.concatenate([np.arange(sites), rng.integers(0, sites, n - sites)])
    shared = rng.normal(0, spread, (2, sites))
    a = rng.normal(3, 1, n) + shared[0][where]
    b = rng.normal(3, 1, n)
    y = 1 + 0.3 * a + rng.normal(0, 1, n) + shared[1][where]
    return pd.DataFrame({"site_id": [f"S{s:02d}" for s in where], "a": a, "b": b, "y": y})


def clustered(y, x, sites):
    """Coefficients and clustered standard errors by their definition, with the usual small-sample correction."""
    inverse = np.linalg.inv(x.T @ x)
    estimate = inverse @ x.T @ y
    scores = [x[sites == s].T @ (y - x @ estimate)[sites == s] for s in np.unique(sites)]
    meat = sum(np.outer(score, score) for score in scores)
    g, n, k = len(scores), *x.shape
    return estimate, np.sqrt(np.diag(inverse @ meat @ inverse) * g / (g - 1) * (n - 1) / (n - k))


def refitted(y, x, sites, j, value, points):
    """p by the definition of Cameron, Gelbach and Miller: impose the hypothesis, draw, fit again."""
    others = np.delete(x, j, axis=1)
    target = y - value * x[:, j]
    restricted = others @ np.linalg.lstsq(others, target, rcond=None)[0] + value * x[:, j]
    residuals = y - restricted
    estimate, se = clustered(y, x, sites)
    observed = abs((estimate[j] - value) / se[j])
    draws = []
    for weights in product(points, repeat=int(sites.max()) + 1):
        estimate, se = clustered(restricted + np.array(weights)[sites] * residuals, x, sites)
        draws.append(abs((estimate[j] - value) / se[j]) >= observed * (1 - 1e-9))
    return np.mean(draws)


# --- against another program ------------------------------------------------------------------------------------------


def investment() -> tuple[pd.DataFrame, np.ndarray]:
    """Grunfeld's data (11 firms, 1935 to 1954), and the design: intercept, value, capital."""
    data = grunfeld.load_pandas().data
    return data, np.column_stack([np.ones(len(data)), data["value"], data["capital"]])


@pytest.mark.parametrize(
    ("j", "value", "larger"),
    [(1, 0.10, 3512), (2, 0.10, 604), (1, 0.09, 606), (2, 0.12, 2150)][: tried(4, least=2)],
    ids=str,
)
def test_all_draws_of_rademacher_weights_as_the_package_wildboottest_counts_them(j, value, larger):
    """Python package wildboottest 0.3.2 (bootstrap_type 11): Grunfeld's first 12 years as clusters, all 4,096 draws.

    It counts the draws whose t is larger than the one observed, and leaves to rounding whether the two that give this
    very t are among them; here they are.
    """
    data, design = investment()
    early = (data["year"] < 1947).to_numpy()
    y = (data["invest"].to_numpy() - value * design[:, j])[early]
    years = data["year"].to_numpy(dtype=np.int64)[early] - 1935
    found = wild_cluster_bootstrap(y, design[early], years)
    assert (found.weights, found.draws) == ("rademacher", 4096)
    assert round(found.p[j] * 4096) - larger in (0, 1, 2)


def test_webb_weights_as_the_package_wildboottest_has_them():
    """wildboottest 0.3.2 with Webb's weights and 11 firms as clusters, mean of three runs of 499,999 draws."""
    data, design = investment()
    firms = data["firm"].astype("category").cat.codes.to_numpy(dtype=np.int64)
    draws = tried(49_999)
    found = wild_cluster_bootstrap(data["invest"].to_numpy(), design, firms, replicates=draws, seed=1)
    assert found.weights == "webb"
    for j, p in ((1, 0.02071), (2, 0.03265)):
        assert found.p[j] == pytest.approx(p, abs=3 * (p * (1 - p) / draws) ** 0.5)


# --- by definition ----------------------------------------------------------------------------------------------------


def test_errors_are_clustered_and_tested_with_sites_less_one():
    data = model_data(survey(), "y", ["a", "b"])
    model = clustered_model(data, confidence=0.9, replicates=0)
    estimate, se = clustered(data.y, data.design, data.sites)
    assert model.terms["estimate"] == pytest.approx(estimate)
    assert model.terms["se"] == pytest.approx(se)
    assert model.terms["p"] == pytest.approx(2 * t.sf(np.abs(estimate / se), 3))
    assert model.terms["low"] == pytest.approx(estimate - t.ppf(0.95, 3) * se)
    assert (model.terms["df"], model.fit["df1"], model.fit["df2"]) == (3, 2, 3)
    assert model.fit["reason"] == "few_sites"
    assert "p_bootstrap" not in model.terms


def test_the_bootstrap_is_that_of_refitting_every_draw():
    data = model_data(survey(), "y", ["a", "b"])
    found = wild_cluster_bootstrap(data.y, data.design, data.sites)
    assert (found.weights, found.draws) == ("webb", 6**4)
    expected = [refitted(data.y, data.design, data.sites, j, 0.0, WEBB) for j in range(3)]
    assert found.p == pytest.approx(expected)


def test_limits_of_the_interval_are_where_values_begin_to_be_rejected():
    data = model_data(survey(), "y", ["a", "b"])
    found = wild_cluster_bootstrap(data.y, data.design, data.sites, confidence=0.9)
    width = found.high[1] - found.low[1]
    for limit, outward in ((found.low[1], -1), (found.high[1], 1)):
        inside, outside = (limit - sign * outward * 1e-3 * width for sign in (1, -1))
        assert refitted(data.y, data.design, data.sites, 1, inside, WEBB) > 0.1
        assert refitted(data.y, data.design, data.sites, 1, outside, WEBB) <= 0.1


def test_from_twelve_sites_weights_are_rademachers_and_all_draws_are_used_where_they_are_few():
    data = model_data(survey(150, 12), "y", ["a"])
    found = wild_cluster_bootstrap(data.y, data.design, data.sites)
    assert (found.weights, found.draws) == ("rademacher", 2**12)
    again = wild_cluster_bootstrap(data.y, data.design, data.sites, seed=99)
    assert found.p.tolist() == again.p.tolist()  # nothing is random
    assert refitted(data.y, data.design, data.sites, 1, 0.0, RADEMACHER) == pytest.approx(found.p[1])


def test_random_draws_come_from_the_seed_and_agree_with_all_draws():
    data = model_data(survey(), "y", ["a"])
    exact = wild_cluster_bootstrap(data.y, data.design, data.sites)
    random = wild_cluster_bootstrap(data.y, data.design, data.sites, replicates=1200, seed=5)
    assert random.draws == 1200
    assert random.p == pytest.approx(exact.p, abs=0.05)
    assert (
        random.p.tolist() == wild_cluster_bootstrap(data.y, data.design, data.sites, replicates=1200, seed=5).p.tolist()
    )
    assert (random.p > 0).all()


def test_few_sites_are_rejected_too_often_by_t_and_about_right_by_the_bootstrap():
    """Cameron, Gelbach and Miller (2008), table 2, in kind: few clusters, a predictor that varies between them."""
    rejected = np.zeros(2)
    for seed in range(150):
        frame = survey(80, 6, seed, spread=1.0)
        frame["y"] -= 0.3 * frame["a"]
        data = model_data(frame, "y", ["a"])
        # 10 percent of t with many degrees of freedom, as if errors were known; and of the bootstrap.
        estimate, se = clustered(data.y, data.design, data.sites)
        rejected[0] += abs(estimate[1] / se[1]) > 1.645
        rejected[1] += wild_cluster_bootstrap(data.y, data.design, data.sites, replicates=199, seed=seed).p[1] <= 0.1
    assert rejected[0] / 150 > 0.15
    assert 0.04 <= rejected[1] / 150 <= 0.18


def test_intervals_without_an_end_are_undefined_at_that_end():
    """With two sites no value is ever rejected at 5 percent."""
    data = model_data(survey(30, 2), "y", ["a"])
    found = wild_cluster_bootstrap(data.y, data.design, data.sites)
    assert np.isnan(found.low[1])
    assert np.isnan(found.high[1])
    assert 0 < found.p[1] <= 1


def test_f_is_undefined_with_as_many_predictors_as_sites_allow():
    data = model_data(survey(60, 2), "y", ["a", "b"])
    model = clustered_model(data)
    assert np.isnan(model.fit["statistic"])
    assert np.isnan(model.fit["p"])
    assert model.terms["p_bootstrap"].shape == (3,)


def test_many_sites_need_no_bootstrap():
    model = clustered_model(model_data(survey(400, 40), "y", ["a"]))
    assert "reason" not in model.fit
    assert "p_bootstrap" not in model.terms
    assert model.fit["p"] == pytest.approx(float(model.terms["p"][1]))  # F of one predictor is its t squared


def test_one_site_cannot_be_clustered_and_says_so():
    model = clustered_model(model_data(survey(30, 1), "y", ["a"]))
    assert model.fit == {"state": "impossible", "reason": "one_site"}
    assert model.terms == {}
