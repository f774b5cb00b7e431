"""The regression against NIST's certified values and against the definition of its robust errors."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import t
from statsmodels.datasets import longley

from thongthin.basics.problems import CannotAnalyse
from thongthin.survey.models import fit_outcome_model


def survey(n: int = 80, seed: int = 4) -> pd.DataFrame:
    generator = np.random.default_rng(seed)
    attitude, budget = generator.normal(3.5, 0.8, n), generator.normal(3, 0.6, n)
    success = 1 + 0.5 * attitude + 0.2 * budget + generator.normal(0, 0.2 + 0.2 * np.abs(attitude - 3), n)
    return pd.DataFrame({"site_id": "S01", "attitude": attitude, "budget": budget, "success": success})


def test_longley_to_nists_certified_values():
    """NIST Statistical Reference Datasets, Longley: certified estimates, standard errors, R squared and F."""
    data = longley.load_pandas().data
    predictors = ["GNPDEFL", "GNP", "UNEMP", "ARMED", "POP", "YEAR"]
    table, fit = fit_outcome_model(data, "TOTEMP", predictors, robust="nonrobust")
    certified = {
        "intercept": (-3482258.63459582, 890420.383607373),
        "GNPDEFL": (15.0618722713733, 84.9149257747669),
        "GNP": (-0.358191792925910e-01, 0.334910077722432e-01),
        "UNEMP": (-2.02022980381683, 0.488399681651699),
        "ARMED": (-1.03322686717359, 0.214274163161675),
        "POP": (-0.511041056535807e-01, 0.226073200069370),
        "YEAR": (1829.15146461355, 455.478499142212),
    }
    assert list(table["term"]) == list(certified)
    for row in table.itertuples(index=False):
        assert (row.estimate, row.se) == pytest.approx(certified[row.term], rel=1e-6)
    assert fit.loc[0, "r2"] == pytest.approx(0.995479004577296)
    assert fit.loc[0, "f"] == pytest.approx(330.285339234588, rel=1e-6)
    assert fit.loc[0, ["n", "df1", "df2"]].tolist() == [16, 6, 9]


def test_robust_errors_are_hc3():
    """MacKinnon and White (1985): each squared residual over (1 - leverage) squared; t with n - k - 1 df."""
    data = survey()
    table, fit = fit_outcome_model(data, "success", ["attitude", "budget"], confidence=0.9)
    x = np.column_stack([np.ones(80), data["attitude"], data["budget"]])
    y = data["success"].to_numpy()
    inverse = np.linalg.inv(x.T @ x)
    estimate = inverse @ x.T @ y
    leverage = np.einsum("ij,jk,ik->i", x, inverse, x)
    meat = x.T @ (((y - x @ estimate) / (1 - leverage)) ** 2 * x.T).T
    se = np.sqrt(np.diag(inverse @ meat @ inverse))
    assert table["estimate"].to_numpy() == pytest.approx(estimate)
    assert table["se"].to_numpy() == pytest.approx(se)
    assert table["p"].to_numpy() == pytest.approx(2 * t.sf(np.abs(estimate / se), 77))
    assert table["low"].to_numpy() == pytest.approx(estimate - t.ppf(0.95, 77) * se)
    assert table["high"].to_numpy() == pytest.approx(estimate + t.ppf(0.95, 77) * se)
    assert fit.loc[0, ["n", "df1", "df2"]].tolist() == [80, 2, 77]


def test_beta_is_the_coefficient_of_standardised_scores():
    data = survey()
    table, _ = fit_outcome_model(data, "success", ["attitude", "budget"])
    names = ["success", "attitude", "budget"]
    standardised = (data[names] - data[names].mean()) / data[names].std()
    again, _ = fit_outcome_model(standardised, "success", ["attitude", "budget"])
    assert np.isnan(table["beta"][0])
    assert table["beta"][1:].to_numpy() == pytest.approx(again["estimate"][1:].to_numpy())


def test_incomplete_respondents_are_left_out_and_the_rest_counted():
    data = survey()
    with_gaps = data.copy()
    with_gaps.loc[:4, "budget"] = np.nan
    with_gaps.loc[5, "success"] = np.nan
    table, fit = fit_outcome_model(with_gaps, "success", ["attitude", "budget"])
    expected, _ = fit_outcome_model(data.iloc[6:], "success", ["attitude", "budget"])
    assert fit.loc[0, "n"] == 74
    pd.testing.assert_frame_equal(table, expected)


def test_an_outcome_asked_twice_enters_with_its_score_after():
    data = survey().rename(columns={"success": "success_after"}).assign(success_before=1.0)
    _, fit = fit_outcome_model(data, "success", ["attitude"])
    assert fit.loc[0, "outcome"] == "success"
    assert fit.loc[0, "n"] == 80


one_of_a_kind = survey().assign(budget=[1.0] + [0.0] * 79)


@pytest.mark.parametrize(
    ("data", "reason", "concerned"),
    [
        (survey(3), "few_respondents", ""),
        (survey(0), "few_respondents", ""),
        (survey().assign(budget=3.0), "constant_predictors", "budget"),
        (survey().assign(budget=1 / 3, attitude=0.1), "constant_predictors", "attitude; budget"),
        (survey().assign(success=4.1), "constant_outcome", "success"),
        (survey().assign(budget=lambda d: 6 - d["attitude"]), "dependent_predictors", "attitude; budget"),
        # A file keeps ten digits: what follows exactly does so but for the last of them.
        (survey().assign(budget=lambda d: (d["attitude"] / 3).round(9)), "dependent_predictors", "attitude; budget"),
        (one_of_a_kind, "one_respondent_decides", "budget"),
    ],
)
def test_data_that_carry_no_model_give_rows_without_numbers_and_the_reason(data, reason, concerned):
    table, fit = fit_outcome_model(data, "success", ["attitude", "budget"])
    assert fit.loc[0, ["state", "reason", "concerned"]].tolist() == ["impossible", reason, concerned]
    assert fit.loc[0, "n"] == len(data)
    assert table["term"].tolist() == ["intercept", "attitude", "budget"]
    assert table.drop(columns=["term", "n", "reason"]).isna().all(axis=None)


def test_a_construct_without_items_is_refused():
    with pytest.raises(CannotAnalyse, match=r'The model of "success" .*no items of: budget') as caught:
        fit_outcome_model(survey().drop(columns="budget"), "success", ["attitude", "budget"])
    assert "ไม่มีข้อคำถามของ: budget" in str(caught.value)


@pytest.mark.parametrize("digits", [16, 9])
def test_nothing_is_tested_where_the_outcome_is_an_exact_sum_of_predictors(digits):
    """Scores as a file keeps them; in binary, the third coefficient is -1.6e-14 with an error as small, and no zero."""
    rng = np.random.default_rng(5)
    data = pd.DataFrame(rng.integers(1, 6, (40, 3)) / 3, columns=["a", "b", "c"])
    data["y"] = ((data["a"] + data["b"]) / 2).round(digits)
    table, fit = fit_outcome_model(data.round(digits), "y", ["a", "b", "c"])
    assert table["estimate"].tolist() == pytest.approx([0, 0.5, 0.5, 0], abs=1e-8)
    assert table["estimate"][3] == 0
    assert table[["se", "t", "p", "low", "high", "se_classical", "p_classical"]].isna().all(axis=None)
    assert fit.loc[0, ["state", "reason", "r", "r2", "see"]].tolist() == ["exact", "exact", 1, 1, 0]
    assert fit.loc[0, ["f", "p", "f_classical"]].isna().all()


def test_a_coefficient_whose_robust_error_is_zero_is_not_tested():
    """All of the first group give 3: the intercept, their mean, has no robust error; the classical one it has."""
    rng = np.random.default_rng(1)
    data = pd.DataFrame({"x": [0.0] * 20 + [1.0] * 20, "y": [0.3] * 20 + list(rng.normal(0.8, 0.1, 20))})
    table, fit = fit_outcome_model(data, "y", ["x"])
    assert table["reason"].tolist() == ["no_error", ""]
    assert table["se"].isna().tolist() == [True, False]
    assert table["se_classical"].notna().all()
    assert fit.loc[0, "state"] == "fitted"


def test_classical_errors_and_the_error_of_the_estimate_are_those_that_nist_certifies():
    """NIST, Longley: standard errors, the residual standard deviation, F."""
    data = longley.load_pandas().data
    table, fit = fit_outcome_model(data, "TOTEMP", ["GNPDEFL", "GNP", "UNEMP", "ARMED", "POP", "YEAR"])
    assert table["se_classical"].iloc[0] == pytest.approx(890420.383607373, rel=1e-6)
    assert table["se_classical"].iloc[6] == pytest.approx(455.478499142212, rel=1e-6)
    assert table["t_classical"].iloc[6] == pytest.approx(1829.15146461355 / 455.478499142212, rel=1e-6)
    assert table["p_classical"].iloc[6] == pytest.approx(2 * t.sf(1829.15146461355 / 455.478499142212, 9), rel=1e-5)
    assert fit.loc[0, "see"] == pytest.approx(304.854073561965, rel=1e-6)
    assert fit.loc[0, "r"] == pytest.approx(0.995479004577296**0.5)
    assert fit.loc[0, "f_classical"] == pytest.approx(330.285339234588, rel=1e-6)


def test_every_coefficient_says_how_many_respondents_and_degrees_of_freedom_it_has():
    table, fit = fit_outcome_model(survey(), "success", ["attitude", "budget"])
    assert table["n"].tolist() == [80] * 3
    assert table["df"].tolist() == [77] * 3
    assert fit.loc[0, "available"] == 80


def test_of_many_respondents_a_random_sample_is_taken_and_counted():
    data = survey(500)
    data.loc[:9, "budget"] = np.nan
    table, fit = fit_outcome_model(data, "success", ["attitude", "budget"], most=200, seed=3)
    again, _ = fit_outcome_model(data, "success", ["attitude", "budget"], most=200, seed=3)
    other, _ = fit_outcome_model(data, "success", ["attitude", "budget"], most=200, seed=4)
    whole, _ = fit_outcome_model(data, "success", ["attitude", "budget"])
    assert fit.loc[0, ["n", "available"]].tolist() == [200, 490]
    pd.testing.assert_frame_equal(table, again)
    assert table["estimate"].tolist() != other["estimate"].tolist()
    assert (np.abs(table["estimate"] - whole["estimate"]) < 3 * table["se"]).all()
