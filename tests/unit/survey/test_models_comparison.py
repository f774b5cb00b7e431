"""The models beside each other, and the checks of the linear one against statsmodels and scipy."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.datasets import longley
from statsmodels.stats.diagnostic import het_breuschpagan, linear_reset
from statsmodels.stats.outliers_influence import OLSInfluence, variance_inflation_factor

from thongthin.contract.tables import TABLES, read_table, write_table
from thongthin.survey.models.comparison import MODEL_KINDS, compare_models, of_each
from thongthin.survey.models.data import model_data
from thongthin.survey.models.diagnostics import CHECKS, collinearity_table, model_diagnostics
from thongthin.survey.models.linear import _ols, fit_outcome_model
from thongthin.survey.models.ordinal import ordinal_model

PREDICTORS = ["attitude", "budget"]


def survey(n: int = 120, sites: int = 4, seed: int = 6) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    where = np.arange(n) % sites
    attitude, budget = rng.normal(3.5, 0.8, n), rng.normal(3, 0.6, n)
    success = 1 + 0.5 * attitude + 0.2 * budget + rng.normal(0, 0.5, n) + rng.normal(0, 0.3, sites)[where]
    sites_of = [f"S{s:02d}" for s in where]
    return pd.DataFrame({"site_id": sites_of, "attitude": attitude, "budget": budget, "success": success})


def test_every_model_has_its_rows_in_the_order_asked_for_and_fits_the_schema(tmp_path: Path):
    tables = compare_models(survey(), "success", PREDICTORS, replicates=99, seed=1)
    assert tables["model_fits"]["model"].tolist() == list(MODEL_KINDS)
    assert tables["model_terms"]["term"].tolist() == ["intercept", *PREDICTORS] * 4
    for name, table in tables.items():
        write_table(table.assign(model_id=""), tmp_path / f"{name}.csv")
        assert len(read_table(tmp_path / f"{name}.csv")) == len(table)
    turned = compare_models(survey(), "success", PREDICTORS, kinds=["mixed", "ols"])
    assert turned["model_fits"]["model"].tolist() == ["mixed", "ols"]
    for name in ("model_thresholds", "proportional_odds"):
        assert turned[name].empty
        assert list(turned[name]) == [column.name for column in TABLES[name].columns][1:]


def test_the_linear_model_is_the_one_reported_by_itself():
    table, fit = fit_outcome_model(survey(), "success", PREDICTORS)
    tables = compare_models(survey(), "success", PREDICTORS, kinds=["ols"])
    own = tables["model_terms"]
    for column in ("estimate", "se", "p", "low", "high", "beta", "df"):
        assert own[column].tolist() == pytest.approx(table[column].tolist(), nan_ok=True)
    assert tables["model_fits"].loc[0, "statistic"] == pytest.approx(fit.loc[0, "f"])


def test_least_squares_is_the_same_with_errors_by_site_and_its_aic_counts_the_variance():
    tables = compare_models(survey(), "success", PREDICTORS, replicates=0)
    terms = tables["model_terms"].set_index(["model", "term"])
    assert terms.loc["ols", "estimate"].tolist() == pytest.approx(terms.loc["cluster", "estimate"].tolist())
    fits = tables["model_fits"].set_index("model")
    other = _ols(model_data(survey(), "success", PREDICTORS)).fit()
    assert fits.loc["ols", "aic"] == pytest.approx(other.aic + 2)
    assert fits.loc["ols", "bic"] == pytest.approx(other.bic + np.log(120))
    assert fits.loc["mixed", "parameters"] == fits.loc["ols", "parameters"] + 1


def test_the_ordinal_model_explains_the_score_in_whole_points_or_the_answers_to_an_item():
    data = survey()
    answers = pd.Series(np.clip(np.round(data["success"] + 0.4), 1, 5))
    answers[3] = np.nan
    answers.name = "Q12"
    tables = compare_models(data, "success", PREDICTORS, kinds=["ols", "ordinal"], answers=answers)
    assert tables["model_fits"]["n"].tolist() == [120, 119]
    assert tables["model_fits"]["item"].tolist() == ["", "Q12"]
    expected, _, _ = ordinal_model(model_data(data.assign(success=answers), "success", PREDICTORS))
    own = tables["model_terms"].query("model == 'ordinal'")
    assert own["estimate"].tolist() == pytest.approx(expected.terms["estimate"].tolist(), nan_ok=True)


def test_models_that_one_site_does_not_carry_say_so_and_the_others_are_fitted():
    tables = compare_models(survey(sites=1), "success", PREDICTORS)
    fits = tables["model_fits"].set_index("model")
    assert fits["state"].to_dict() == {
        "ols": "fitted",
        "cluster": "impossible",
        "ordinal": "fitted",
        "mixed": "impossible",
    }
    assert fits.loc[["cluster", "mixed"], "reason"].tolist() == ["one_site", "one_site"]
    assert fits.loc["cluster", "n"] == 0
    numbers = tables["model_terms"].query("model == 'mixed'")[["estimate", "se", "p", "low", "high"]]
    assert numbers.isna().all(axis=None)


def test_an_item_that_few_answered_leaves_out_the_ordinal_model_alone():
    answers = pd.Series(np.nan, index=range(120))
    answers[:3] = [1.0, 2.0, 3.0]
    tables = compare_models(survey(), "success", PREDICTORS, kinds=["ols", "ordinal"], answers=answers)
    assert tables["model_fits"]["state"].tolist() == ["fitted", "impossible"]
    assert tables["model_fits"]["reason"].tolist() == ["", "too_few_answers"]
    assert tables["proportional_odds"]["p"].isna().all()


def test_the_same_seed_gives_the_same_tables():
    first, second = (compare_models(survey(), "success", PREDICTORS, replicates=300, most=80, seed=9) for _ in range(2))
    for name in first:
        pd.testing.assert_frame_equal(first[name], second[name])
    assert first["model_fits"]["n"].tolist() == [80] * 4
    assert first["model_fits"]["available"].tolist() == [120] * 4


@pytest.mark.parametrize(
    ("change", "reason", "ordinal"),
    [
        ({"budget": 3.0}, "constant_predictors", "constant_predictors"),
        ({"success": 4.0}, "constant_outcome", "one_category"),
        ({"site_id": None}, "few_respondents", "too_few_answers"),
    ],
)
def test_data_that_carry_no_model_have_their_rows_with_the_reason(change, reason, ordinal, tmp_path: Path):
    data = survey().assign(**change) if "site_id" not in change else survey(3)
    tables = compare_models(data, "success", PREDICTORS)
    fits = tables["model_fits"].set_index("model")
    assert set(fits["state"]) == {"impossible"}
    assert fits["reason"].to_dict() == {"ols": reason, "cluster": reason, "ordinal": ordinal, "mixed": reason}
    assert tables["model_terms"]["term"].tolist() == ["intercept", *PREDICTORS] * 4
    assert tables["model_terms"]["estimate"].isna().all()
    assert set(tables["model_diagnostics"]["found"]) == {"undefined"}
    assert tables["model_collinearity"]["vif"].isna().all()
    for name, table in tables.items():
        write_table(table.assign(model_id=""), tmp_path / f"{name}.csv")


def test_an_exact_sum_of_predictors_is_tested_by_no_model():
    data = survey().assign(success=lambda d: (d["attitude"] + d["budget"]) / 2)
    tables = compare_models(data, "success", PREDICTORS)
    fits = tables["model_fits"].set_index("model")
    assert fits["state"].to_dict() == {"ols": "exact", "cluster": "exact", "ordinal": "separated", "mixed": "exact"}
    terms = tables["model_terms"]
    assert terms[["se", "statistic", "p", "low", "high", "p_bootstrap", "odds_ratio"]].isna().all(axis=None)
    assert terms.query("model == 'mixed'")["estimate"].tolist() == pytest.approx([0, 0.5, 0.5])


def test_errors_by_site_of_what_is_the_same_within_sites_are_no_errors():
    """Two sites, and a predictor that tells them apart: residuals sum to zero in each, so nothing varies by site."""
    data = survey(sites=2).assign(budget=lambda d: (d["site_id"] == "S01") * 0.3)
    terms = compare_models(data, "success", ["budget"], kinds=["cluster"])["model_terms"]
    assert terms["reason"].tolist() == ["no_error", "no_error"]
    assert terms[["se", "p", "p_bootstrap", "low_bootstrap"]].isna().all(axis=None)


def test_sites_that_explain_all_that_predictors_leave_have_no_mixed_model():
    data = survey().assign(success=lambda d: d["attitude"] + d["site_id"].str[1:].astype(int) ** 2)
    fits = compare_models(data, "success", PREDICTORS, kinds=["mixed"])["model_fits"]
    assert fits.loc[0, ["state", "reason"]].tolist() == ["impossible", "no_variance_within_sites"]


def test_several_models_stand_in_one_table_each_with_its_id():
    models = [{"id": "", "outcome": "success"}, {"id": "short", "outcome": "budget"}]
    tables = of_each(models, lambda own: compare_models(survey(), own["outcome"], ["attitude"], kinds=["ols"]))
    assert tables["model_fits"][["model_id", "outcome"]].to_numpy().tolist() == [["", "success"], ["short", "budget"]]
    assert tables["model_terms"]["model_id"].tolist() == ["", "", "short", "short"]
    assert tables["proportional_odds"].empty


def test_checks_are_those_of_statsmodels_and_scipy():
    data = model_data(survey(), "success", PREDICTORS)
    fit = _ols(data).fit()
    table = model_diagnostics(data).set_index("check")
    assert list(table.index) == list(CHECKS)
    assert table.loc["normality", ["statistic", "p"]].tolist() == pytest.approx(list(stats.shapiro(fit.resid)))
    lm, p, _, _ = het_breuschpagan(fit.resid, data.design)
    assert table.loc["heteroskedasticity", ["statistic", "p"]].tolist() == pytest.approx([lm, p])
    reset = linear_reset(fit, power=3, use_f=True)
    assert table.loc["specification", "statistic"] == pytest.approx(float(np.squeeze(reset.fvalue)))
    assert table.loc["specification", "p"] == pytest.approx(float(reset.pvalue))
    assert table.loc["specification", ["df1", "df2"]].tolist() == [2, 115]
    cook = OLSInfluence(fit).cooks_distance[0]
    assert table.loc["influence", "statistic"] == pytest.approx(cook.max())
    assert table.loc["influence", "cases"] == (cook > 4 / 120).sum()
    assert set(table["found"]) <= {"yes", "no"}


def test_more_than_five_thousand_residuals_are_tested_by_their_moments():
    data = model_data(survey(5200), "success", PREDICTORS)
    row = model_diagnostics(data).set_index("check").loc["normality"]
    assert row["test"] == "dagostino_pearson"
    assert row[["statistic", "p"]].tolist() == pytest.approx(list(stats.normaltest(_ols(data).fit().resid)))


def test_predictors_that_follow_from_each_other_are_found_in_longleys_data():
    """Variance inflation of Longley's predictors, as the R package genridge prints it (vif of the ridge trace at 0):
    135.53, 1788.51, 33.62, 3.59, 399.15, 758.98."""
    data = model_data(longley.load_pandas().data, "TOTEMP", ["GNPDEFL", "GNP", "UNEMP", "ARMED", "POP", "YEAR"])
    table = collinearity_table(data)
    assert table["vif"].tolist() == pytest.approx([135.53, 1788.51, 33.62, 3.59, 399.15, 758.98], abs=0.006)
    others = [variance_inflation_factor(data.design, i) for i in range(1, 7)]
    assert table["vif"].tolist() == pytest.approx(others, rel=1e-6)
    assert table["tolerance"].tolist() == pytest.approx([1 / vif for vif in others], rel=1e-6)
    checks = model_diagnostics(data).set_index("check")
    assert checks.loc[["collinearity", "condition"], "found"].tolist() == ["yes", "yes"]
    # The scaled condition number of Belsley, Kuh and Welsch, as R's packages print it for these data (condition index).
    assert checks.loc["condition", "statistic"] == pytest.approx(43275.0435, rel=1e-6)


def test_what_the_checks_are_for_is_found():
    rng = np.random.default_rng(2)
    x = rng.uniform(1, 5, 400)
    made = {
        "heteroskedasticity": x + x * rng.normal(0, 0.3, 400),
        "specification": (x - 3) ** 2 + rng.normal(0, 0.3, 400),
        "normality": x + rng.exponential(1, 400),
    }
    for check, y in made.items():
        table = model_diagnostics(model_data(pd.DataFrame({"x": x, "y": y}), "y", ["x"])).set_index("check")
        assert table.loc[check, "found"] == "yes"
    y = x + rng.normal(0, 0.3, 400)
    y[0], x[0] = 60, 25
    table = model_diagnostics(model_data(pd.DataFrame({"x": x, "y": y}), "y", ["x"])).set_index("check")
    assert table.loc["influence", "found"] == "yes"


def test_a_perfect_fit_has_no_residuals_to_check():
    data = model_data(pd.DataFrame({"x": np.arange(10.0), "y": 2 * np.arange(10.0)}), "y", ["x"])
    table = model_diagnostics(data).set_index("check")
    assert table.loc[["normality", "heteroskedasticity", "specification", "influence"], "found"].eq("undefined").all()


def test_an_outcome_in_numbers_has_no_ordinal_model_and_says_why(tmp_path: Path):
    tables = compare_models(survey(), "success", PREDICTORS, numeric=True)
    fits = tables["model_fits"].set_index("model")
    assert fits["state"].to_dict() | {"ordinal": ""} == dict.fromkeys(MODEL_KINDS, "fitted") | {"ordinal": ""}
    assert tuple(fits.loc["ordinal", ["state", "reason", "n"]]) == ("impossible", "numbers", 0)
    assert tables["model_thresholds"].empty
    assert tables["proportional_odds"].empty
    for name, table in tables.items():
        write_table(table.assign(model_id=""), tmp_path / f"{name}.csv")
        read_table(tmp_path / f"{name}.csv")
