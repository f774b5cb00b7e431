"""The proportional odds model and Brant's test, against published results and against statsmodels."""

from __future__ import annotations

from importlib.resources import files

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.discrete.discrete_model import Logit
from statsmodels.miscmodels.ordinal_model import OrderedModel

from thongthin.survey.models import separation
from thongthin.survey.models.data import ModelData, model_data
from thongthin.survey.models.ordinal import brant_test, categories, ordinal_model
from thongthin.survey.models.separation import separating

# 1,681 tenants by satisfaction (low, medium, high): influence, type of housing, contact. Madsen (1976), as in Venables
# and Ripley (2002), Modern Applied Statistics with S, 4th ed., sec. 7.3.
HOUSING = {
    "low": {
        "tower": [(21, 21, 28), (34, 22, 36), (10, 11, 36)],
        "apartment": [(61, 23, 17), (43, 35, 40), (26, 18, 54)],
        "atrium": [(13, 9, 10), (8, 8, 12), (6, 7, 9)],
        "terrace": [(18, 6, 7), (15, 13, 13), (7, 5, 11)],
    },
    "high": {
        "tower": [(14, 19, 37), (17, 23, 40), (3, 5, 23)],
        "apartment": [(78, 46, 43), (48, 45, 86), (15, 25, 62)],
        "atrium": [(20, 23, 20), (10, 22, 24), (7, 10, 21)],
        "terrace": [(57, 23, 13), (31, 21, 13), (5, 6, 13)],
    },
}


def as_data(y: np.ndarray, x: np.ndarray, names: list[str]) -> ModelData:
    sites = np.zeros(len(y), dtype=np.int64)
    return ModelData("y", names, y.astype(float), x.astype(float), sites, np.arange(len(y)), len(y))


def graduates() -> ModelData:
    """Whether 400 students will apply to graduate school: the example of UCLA's statistical consulting group."""
    source = files("statsmodels.miscmodels.tests.results").joinpath("ologit_ucla.csv")
    with source.open(encoding="utf-8") as stream:
        data = pd.read_csv(stream)
    y = data["apply"].map({"unlikely": 1, "somewhat likely": 2, "very likely": 3}).to_numpy()
    return as_data(y, data[["pared", "public", "gpa"]].to_numpy(), ["pared", "public", "gpa"])


def test_the_model_of_graduate_school_as_ucla_prints_it():
    """https://stats.oarc.ucla.edu/stata/dae/ordered-logistic-regression/"""
    model, thresholds, _ = ordinal_model(graduates())
    assert model.terms["estimate"][1:] == pytest.approx([1.047664, -0.0586828, 0.6157458], abs=2e-6)
    assert model.terms["se"][1:] == pytest.approx([0.2657891, 0.2978588, 0.2606311], rel=1e-4)
    assert thresholds["estimate"].tolist() == pytest.approx([2.203323, 4.298767], abs=2e-5)
    assert thresholds["se"].tolist() == pytest.approx([0.7795353, 0.8043146], rel=1e-4)
    assert thresholds["threshold"].tolist() == ["1|2", "2|3"]
    assert thresholds["n"].tolist() == [220, 360]
    assert model.terms["odds_ratio"][1:] == pytest.approx([2.851, 0.943, 1.851], abs=1e-3)
    assert model.terms["odds_low"][1:] == pytest.approx([1.693381, 0.5259, 1.1107], abs=2e-3)
    assert model.fit["log_likelihood"] == pytest.approx(-358.51244, abs=1e-5)
    assert model.fit["statistic"] == pytest.approx(24.18, abs=0.005)
    assert model.fit["r2"] == pytest.approx(0.0326, abs=5e-5)
    assert (model.fit["df1"], model.fit["categories"], model.fit["parameters"]) == (3, 3, 5)
    assert np.isnan(model.terms["estimate"][0])
    assert "state" not in model.fit


def test_brants_test_of_graduate_school_from_its_definition():
    """Brant (1990) compares the slopes of the binary logits of the two splits; the rounded figures are only ours."""
    data = graduates()
    _, _, tests = ordinal_model(data)
    assert tests["term"].tolist() == ["all", "pared", "public", "gpa"]
    fits = [Logit((data.y > split).astype(float), data.design).fit(disp=False) for split in (1, 2)]
    # Respondent by respondent: the chances of being above the first split and above both.
    shared = np.zeros((4, 4))
    for row, first, second in zip(data.design, fits[0].predict(), fits[1].predict(), strict=True):
        shared += np.outer(row, row) * second * (1 - first)
    across = fits[0].cov_params() @ shared @ fits[1].cov_params()
    variance = fits[0].cov_params() + fits[1].cov_params() - across - across.T
    difference = (fits[0].params - fits[1].params)[1:]
    expected = [difference @ np.linalg.solve(variance[1:, 1:], difference), *difference**2 / np.diag(variance)[1:]]
    assert tests["statistic"].tolist() == pytest.approx(expected)
    assert tests["statistic"].tolist() == pytest.approx([4.34, 0.13, 3.44, 0.18], abs=0.005)
    assert tests["df"].tolist() == [3, 1, 1, 1]
    assert tests["p"].tolist() == pytest.approx(stats.chi2.sf(expected, [3, 1, 1, 1]))
    assert tests["p"].tolist() == pytest.approx([0.227, 0.716, 0.064, 0.672], abs=0.001)


def test_the_model_of_housing_as_venables_and_ripley_print_it():
    rows = []
    for contact, types in HOUSING.items():
        for kind, levels in types.items():
            for influence, counts in zip(("low", "medium", "high"), levels, strict=True):
                types_of = [kind == other for other in ("apartment", "atrium", "terrace")]
                row = [influence == "medium", influence == "high", *types_of, contact == "high"]
                rows += [[s, *row] for s, count in enumerate(counts) for _ in range(count)]
    data = np.array(rows, dtype=float)
    assert len(data) == 1681
    names = ["medium", "high", "apartment", "atrium", "terrace", "contact"]
    model, thresholds, _ = ordinal_model(as_data(data[:, 0], data[:, 1:], names))
    published = [0.5663937, 1.2888191, -0.5723501, -0.3661866, -1.0910149, 0.3602841]
    assert model.terms["estimate"][1:] == pytest.approx(published, abs=2e-5)
    assert thresholds["estimate"].tolist() == pytest.approx([-0.4961353, 0.6907083], abs=2e-5)
    assert -2 * model.fit["log_likelihood"] == pytest.approx(3479.149, abs=5e-4)


def answers(n: int = 300, seed: int = 3) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    x = rng.normal(3, 1, (n, 2))
    latent = x @ [0.8, -0.4] + rng.logistic(size=n)
    return pd.DataFrame({"a": x[:, 0], "b": x[:, 1], "y": np.clip(np.round(latent), 1, 4)})


def test_intervals_and_thresholds_are_those_of_statsmodels():
    data = model_data(answers(), "y", ["a", "b"])
    model, thresholds, _ = ordinal_model(data, confidence=0.9)
    points, y = categories(data.y)
    other = OrderedModel(y, data.x, distr="logit").fit(method="bfgs", gtol=1e-8, maxiter=500, disp=False)
    assert model.terms["estimate"][1:] == pytest.approx(other.params[:2], abs=1e-5)
    assert model.terms["low"][1:] == pytest.approx(other.conf_int(0.1)[:2, 0], abs=1e-4)
    cuts = other.model.transform_threshold_params(other.params)[1:-1]
    assert thresholds["estimate"].tolist() == pytest.approx(cuts, abs=1e-5)
    assert points.tolist() == [1, 2, 3, 4]


def test_moving_the_predictors_moves_the_thresholds_and_nothing_else():
    data = model_data(answers(), "y", ["a", "b"])
    model, thresholds, _ = ordinal_model(data)
    centre = data.x.mean(axis=0)
    moved, shifted, _ = ordinal_model(data._replace(x=data.x - centre))
    expected = thresholds["estimate"] - centre @ model.terms["estimate"][1:]
    assert shifted["estimate"].tolist() == pytest.approx(expected.tolist(), abs=1e-5)
    assert moved.terms["se"][1:] == pytest.approx(model.terms["se"][1:], rel=1e-4)


def test_beta_is_in_standard_deviations_of_the_latent_outcome():
    """McKelvey and Zavoina (1975): the latent outcome varies by its prediction and by pi squared / 3."""
    data = model_data(answers(), "y", ["a", "b"])
    model, _, _ = ordinal_model(data)
    slopes = model.terms["estimate"][1:]
    latent = np.sqrt(np.var(data.x @ slopes, ddof=1) + np.pi**2 / 3)
    assert model.terms["beta"][1:] == pytest.approx(slopes * data.x.std(axis=0, ddof=1) / latent)


def test_half_points_are_rounded_up():
    points, places = categories(np.array([1.5, 2.49, 2.5, 4.0, 1.4]))
    assert points.tolist() == [1, 2, 3, 4]
    assert places.tolist() == [1, 1, 2, 3, 0]


def test_brants_statistic_of_two_splits_is_the_squared_difference_over_its_variance():
    data = model_data(answers(), "y", ["a"])
    y = np.searchsorted([2.5, 3.5], data.y)
    table = brant_test(data.x, y, ["a"])
    fits = [Logit((y > split).astype(float), data.design).fit(disp=False) for split in (0, 1)]
    low, high = (fit.predict() for fit in fits)
    inverses = [fit.cov_params() for fit in fits]
    shared = inverses[0] @ (data.design.T @ ((high - low * high)[:, np.newaxis] * data.design)) @ inverses[1]
    variance = inverses[0][1, 1] + inverses[1][1, 1] - 2 * shared[1, 1]
    expected = (fits[0].params[1] - fits[1].params[1]) ** 2 / variance
    assert table["statistic"].tolist() == pytest.approx([expected, expected])
    assert table["df"].tolist() == [1, 1]
    assert table["p"][0] == pytest.approx(stats.chi2.sf(expected, 1))


def test_brants_test_has_the_size_it_claims():
    """Under proportional odds, about 5 percent of 400 samples are rejected."""
    rng = np.random.default_rng(8)
    rejected = 0
    for _ in range(400):
        x = rng.normal(size=(150, 1))
        y = np.searchsorted([-0.7, 0.8], x[:, 0] + rng.logistic(size=150))
        rejected += brant_test(x, y, ["x"])["p"][0] < 0.05
    assert 8 <= rejected <= 36


def test_brants_test_finds_odds_that_are_not_proportional():
    rng = np.random.default_rng(5)
    x = rng.normal(size=(800, 1))
    higher = rng.random(800) < 1 / (1 + np.exp(-1.5 * x[:, 0] - 1))
    highest = higher & (rng.random(800) < 0.5)
    assert brant_test(x, higher.astype(np.int64) + highest, ["x"])["p"][0] < 0.001


def test_brants_test_is_undefined_with_two_categories_and_with_a_split_that_is_separated():
    data = model_data(answers(), "y", ["a"])
    two = brant_test(data.x, (data.y > 2).astype(np.int64), ["a"])
    assert two[["statistic", "df", "p"]].isna().all(axis=None)
    separated = np.array([0, 0, 1, 1, 2, 2])
    table = brant_test(np.array([[1.0], [2], [3], [4], [5], [6]]), separated, ["a"])
    assert table["df"].tolist() == [1, 1]
    assert table[["statistic", "p"]].isna().all(axis=None)


def test_one_category_cannot_be_modelled_and_says_so():
    data = as_data(np.array([3.0, 3.1, 2.9, 3.2, 3.0]), np.arange(10.0).reshape(5, 2) ** 2, ["a", "b"])
    model, thresholds, tests = ordinal_model(data)
    assert (model.fit["state"], model.fit["reason"]) == ("impossible", "one_category")
    assert thresholds.empty
    assert tests["p"].isna().all()


def of_scores(n: int = 30) -> pd.DataFrame:
    """Answers 5 where two scores are above 3 on average, else 3: any multiple of their sum tells them apart."""
    rng = np.random.default_rng(8)
    scores = pd.DataFrame(rng.integers(1, 6, (n, 3)).astype(float), columns=["k1", "k2", "k3"])
    return scores.assign(y=np.where((scores["k1"] + scores["k2"]) / 2 > 3, 5.0, 3.0))


@pytest.mark.parametrize(
    ("data", "predictors", "concerned"),
    [
        (of_scores(), ["k1", "k2", "k3"], {"k1", "k2"}),
        (pd.DataFrame({"a": np.linspace(1, 5, 30), "y": np.repeat([1.0, 2, 3], 10)}), ["a"], {"a"}),
        # Quasi-complete: nobody who says yes gives the lowest answer; those who say no give all.
        (pd.DataFrame({"a": [0.0] * 12 + [1.0] * 12, "y": [1.0, 2, 3] * 4 + [2.0, 3] * 6}), ["a"], set()),
        (pd.DataFrame({"a": [0.0] * 12 + [1.0] * 12, "y": [1.0, 2, 3] * 4 + [3.0] * 12}), ["a"], {"a"}),
    ],
)
def test_predictors_that_tell_categories_apart_are_named_and_have_no_coefficients(data, predictors, concerned):
    model, thresholds, _ = ordinal_model(model_data(data, "y", predictors))
    if not concerned:  # the middle category still limits the coefficient
        assert "state" not in model.fit
        assert np.isfinite(model.terms["estimate"][1])
        return
    assert (model.fit["state"], model.fit["reason"]) == ("separated", "separation")
    assert concerned <= set(model.fit["concerned"].split("; "))
    assert set(model.terms) == {"n"}
    assert thresholds.empty


def test_no_separation_is_proved_where_the_linear_programme_finds_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """Random small tables, ties among them: what is proved is never what the programme finds separated."""
    rng = np.random.default_rng(1)
    proves, proved = separation._are_balanced, []
    for _ in range(150):
        n, k = int(rng.integers(6, 40)), int(rng.integers(1, 4))
        x = np.round(rng.normal(size=(n, k)), rng.integers(0, 2))
        told = x @ (rng.normal(size=k) * rng.choice([0, 1, 5])) + rng.normal(size=n) * rng.choice([0, 0.1, 1, 3])
        y = np.unique(np.digitize(told, np.quantile(told, [1 / 3, 2 / 3])), return_inverse=True)[1]
        if y.max() == 0 or np.linalg.matrix_rank(x - x.mean(axis=0)) < k:
            continue
        with monkeypatch.context() as programme:
            programme.setattr(separation, "_are_balanced", lambda sides: proved.append(proves(sides)) or False)
            apart = separating(x, y).any()
        assert not (apart and proved[-1])
        assert separating(x, y).any() == apart
    assert 30 < sum(proved) < len(proved) - 30


def test_separation_of_a_binary_outcome_is_that_of_albert_and_anderson():
    """Random small tables of two predictors: separated exactly where no logit has a finite maximum."""
    rng = np.random.default_rng(4)
    found = []
    for _ in range(24):
        x, y = rng.integers(0, 4, (8, 2)).astype(float), rng.integers(0, 2, 8)
        if np.ptp(y) == 0 or (x.std(axis=0) == 0).any() or abs(np.corrcoef(x.T)[0, 1]) > 0.999:
            continue
        z = np.column_stack([np.ones(8), x - x.mean(axis=0)])
        b = np.zeros(3)
        for _ in range(2500):  # plain ascent: it never stops where the maximum is at infinity
            b += 0.05 * z.T @ (y - 1 / (1 + np.exp(-z @ b)))
        gradient = np.abs(z.T @ (y - 1 / (1 + np.exp(-z @ b)))).max()
        assert separating(x, y).any() == (gradient > 1e-6)
        found.append(gradient > 1e-6)
    assert 2 < sum(found) < len(found) - 2
