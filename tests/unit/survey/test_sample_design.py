"""Errors by the design of the sample against what R's survey and Stata print, the definition, and their limits."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.regression.linear_model import OLS
from survey_counts import counts_of

from thongthin.contract.units import Unit
from thongthin.read.survey.design import no_design
from thongthin.statistics.weights import respondent_weights
from thongthin.survey import description, design_errors
from thongthin.survey.categories import category_answers
from thongthin.survey.models.comparison import compare_models
from thongthin.survey.models.data import model_data
from thongthin.survey.models.linear import clustered_model
from thongthin.survey.sample_design import (
    NO_DEGREES,
    SINGLE_UNIT,
    SampleDesign,
    design_of,
    mean_errors,
    share_errors,
)
from thongthin.survey.scales import scale_scores

DATA = Path(__file__).resolve().parents[2] / "data"
SCHOOLS = pd.read_csv(DATA / "california_schools.csv", dtype={"dnum": str}, keep_default_na=False)
CLUSTERED = SCHOOLS[SCHOOLS["sample"] == "clus1"].reset_index(drop=True)
STRATIFIED = SCHOOLS[SCHOOLS["sample"] == "strat"].reset_index(drop=True)
BANDS = [4.5, 3.5, 2.5, 1.5, 0.0]


def drawn(
    strata: object = "", clusters: object = "", population: object = np.nan, n: int | None = None
) -> pd.DataFrame:
    """Table `sample_design` of respondents R0, R1 ..."""
    table = pd.DataFrame({"stratum": strata, "cluster": clusters, "population": population}, index=n and range(n))
    table = table.astype({"stratum": str, "cluster": str, "population": float})
    return table.assign(respondent_id=[f"R{i}" for i in range(len(table))])


def design(*args: object, n: int | None = None) -> SampleDesign:
    table = drawn(*args, n=n)
    found = design_of(table, table["respondent_id"])
    assert found is not None
    return found


# --- against other programs -------------------------------------------------------------------------------------------


def test_a_cluster_sample_has_the_errors_that_r_prints() -> None:
    """Lumley's example of the survey package: svymean(~api00 + api99, dclus1), 15 of 757 districts (14 df)."""
    own = design("", CLUSTERED["dnum"], CLUSTERED["fpc"])
    found = mean_errors(CLUSTERED[["api00"]], CLUSTERED["pw"], own).loc[("api00", "all")]
    assert found["se"] == pytest.approx(23.5422, abs=5e-5)
    # confint(svymean(~api00, dclus1), df = degf(dclus1))
    assert [found["low"], found["high"], found["df"]] == pytest.approx([593.6763, 694.6625, 14], abs=5e-5)
    # deff 9.3459 is to a sample without replacement of 183 out of 6,194 schools.
    assert found["deff"] == pytest.approx(9.3459 * (1 - 183 / 6194), abs=5e-4)


def test_shares_of_a_cluster_sample_have_the_errors_and_logit_intervals_that_r_prints() -> None:
    """svymean(~stype, dclus1) and svyciprop(method = "logit")."""
    own = design("", CLUSTERED["dnum"], CLUSTERED["fpc"])
    found = share_errors(pd.get_dummies(CLUSTERED["stype"]).astype(float), CLUSTERED["pw"], own)
    assert found["se"].tolist() == pytest.approx([0.0463, 0.0268, 0.0296], abs=5e-5)
    limits = [[0.671, 0.870], [0.035, 0.158], [0.084, 0.213]]
    assert found[["low", "high"]].to_numpy() == pytest.approx(np.array(limits), abs=6e-4)


def test_domains_count_the_units_that_have_nobody_in_them() -> None:
    """svyby(~api00, ~stype, dclus1, svymean), with t on the df of each domain (7 to 14)."""
    own = design("", CLUSTERED["dnum"], CLUSTERED["fpc"])
    found = mean_errors(CLUSTERED[["api00"]], CLUSTERED["pw"], own, CLUSTERED["stype"], ["E", "H", "M"])
    limits = {"E": (600.91, 696.83), "H": (528.67, 708.48), "M": (561.87, 701.01)}
    for level, expected in limits.items():
        assert found.loc[("api00", level), ["low", "high"]].tolist() == pytest.approx(expected, abs=6e-3)
    assert found["df"].tolist() == [14, 14, 7, 11]


def test_a_stratified_sample_has_the_errors_that_r_prints() -> None:
    """svymean(~api00, dstrat): 662.29 (9.4089), 200 schools less 3 strata."""
    own = design(STRATIFIED["stype"], "", STRATIFIED["fpc"])
    found = mean_errors(STRATIFIED[["api00"]], STRATIFIED["pw"], own).loc[("api00", "all")]
    assert [found["se"], found["df"]] == pytest.approx([9.4089, 197], abs=5e-5)


def test_a_regression_of_a_stratified_sample_has_the_errors_that_r_prints() -> None:
    """summary(svyglm(api00 ~ ell + meals + mobility, dstrat)) of the survey package."""
    own = design(STRATIFIED["stype"], "", STRATIFIED["fpc"])
    x = np.column_stack([np.ones(200), STRATIFIED[["ell", "meals", "mobility"]].astype(float)])
    y, w = STRATIFIED["api00"].to_numpy(dtype=float), STRATIFIED["pw"].to_numpy()
    inverse = np.linalg.inv(x.T @ (x * w[:, np.newaxis]))
    estimates = inverse @ x.T @ (w * y)
    parts = (w * (y - x @ estimates))[:, np.newaxis] * x @ inverse
    assert estimates == pytest.approx([820.8873, -0.4806, -3.1415, 0.2257], abs=5e-5)
    assert np.sqrt(np.diag(own.covariance(parts))) == pytest.approx([10.0777, 0.3920, 0.2839, 0.3932], abs=5e-5)


def test_strata_of_two_clusters_have_the_errors_that_stata_prints() -> None:
    """svy: mean zinc (nhanes2f): 87.18207 (.4944827) [86.17356, 88.19057], 31 strata, 62 PSUs, 31 df.

    The mean is a ratio of sums over clusters, so that one respondent a cluster, with its sums, has the same error.
    """
    sums = pd.read_csv(DATA / "nhanes2_zinc.csv")
    own = design(sums["stratum"], sums["stratum"].astype(str) + "." + sums["psu"].astype(str))
    zinc = pd.DataFrame({"zinc": sums["weighted_zinc"] / sums["weight"]})
    found = mean_errors(zinc, sums["weight"], own).loc[("zinc", "all")]
    assert found["se"] == pytest.approx(0.4944827, abs=5e-8)
    assert [found["low"], found["high"], found["df"]] == pytest.approx([86.17356, 88.19057, 31], abs=6e-6)


# --- by definition ----------------------------------------------------------------------------------------------------


def test_respondents_drawn_one_by_one_have_the_errors_of_the_plain_mean() -> None:
    x = np.array([1.0, 2, 2, 3, 5, 4])
    found = mean_errors(pd.DataFrame({"x": x}), np.ones(6), design(n=6)).loc[("x", "all")]
    assert found["se"] == pytest.approx(x.std(ddof=1) / np.sqrt(6))
    assert (found["df"], found["deff"]) == (5, pytest.approx(1))


def test_weights_count_by_their_proportions_only_and_rows_in_any_order() -> None:
    rng = np.random.default_rng(4)
    x, w = pd.DataFrame({"x": rng.normal(3, 1, 40)}), rng.uniform(0.5, 3, 40)
    table = drawn(np.arange(40) // 20, np.arange(40) // 4)
    first = design_of(table, table["respondent_id"])
    shuffled = rng.permutation(40)
    second = design_of(table.sample(frac=1, random_state=3), table["respondent_id"].iloc[shuffled])
    assert first is not None
    assert second is not None
    of_first = mean_errors(x, w, first)
    again = mean_errors(x.iloc[shuffled], 7 * w[shuffled], second)
    pd.testing.assert_frame_equal(of_first, again)


def test_everybody_of_a_population_leaves_no_error() -> None:
    found = mean_errors(pd.DataFrame({"x": [1.0, 2, 4, 8]}), np.ones(4), design("", "", 4, n=4)).loc[("x", "all")]
    assert (found["se"], found["low"], found["high"]) == (0, 3.75, 3.75)


def test_a_stratum_of_one_unit_has_no_error_unless_there_is_no_other() -> None:
    x = pd.DataFrame({"x": [1.0, 2, 4, 8, 3]})
    strata, clusters = ["a", "a", "a", "a", "b"], ["1", "1", "2", "2", "3"]
    site = pd.Series(["S1", "S1", "S1", "S1", "S2"])
    found = mean_errors(x, np.ones(5), design(strata, clusters), site, ["S1", "S2"])
    assert found["reason"].to_dict() == {("x", "all"): SINGLE_UNIT, ("x", "S1"): "", ("x", "S2"): SINGLE_UNIT}
    assert found.loc[("x", "all"), ["se", "low", "high"]].isna().all()
    certain = mean_errors(x, np.ones(5), design(strata, clusters, [9, 9, 9, 9, 1]), site, ["S1", "S2"])
    assert certain["reason"].to_dict() == {("x", "all"): "", ("x", "S1"): "", ("x", "S2"): NO_DEGREES}


def test_a_site_that_is_one_cluster_has_no_degrees_of_freedom() -> None:
    x = pd.DataFrame({"x": [1.0, 2, 4, 8]})
    site = pd.Series(["S1", "S1", "S2", "S2"])
    found = mean_errors(x, np.ones(4), design("", ["1", "1", "2", "2"]), site, ["S1", "S2", "S3"])
    assert found["reason"].tolist() == ["", NO_DEGREES, NO_DEGREES]
    assert found["df"].tolist() == [1, 0, 0]


def test_nobody_or_everybody_has_no_logit_interval() -> None:
    found = share_errors(pd.DataFrame({"x": [1.0, 1, 1], "y": [0.0, 0, 0]}), np.ones(3), design(n=3))
    assert found["se"].tolist() == [0, 0]
    assert found[["low", "high", "deff"]].isna().all(axis=None)


def test_no_rows_are_no_design() -> None:
    assert design_of(no_design(), ["R1"]) is None


def test_nominal_intervals_hold_what_they_claim_of_clusters_and_plain_ones_do_not() -> None:
    rng = np.random.default_rng(11)
    clusters, draws = np.repeat(np.arange(20), 8), 1000
    x = rng.normal(0, 1, (20, draws))[clusters] + rng.normal(0, 1, (160, draws))
    frame = pd.DataFrame(x[:, :2], columns=["x", "y"])
    own = design("", clusters)
    errors = np.sqrt(np.diag(own.covariance((x - x.mean(axis=0)) / 160)))
    assert errors[:2] == pytest.approx(mean_errors(frame, np.ones(160), own)["se"].to_numpy())
    held = np.abs(x.mean(axis=0)) < stats.t.ppf(0.975, own.degrees()) * errors
    plain = np.abs(x.mean(axis=0)) < stats.t.ppf(0.975, 159) * x.std(axis=0, ddof=1) / np.sqrt(160)
    assert 0.93 < held.mean() < 0.97
    assert plain.mean() < 0.75


# --- tables -----------------------------------------------------------------------------------------------------------

ITEMS = pd.DataFrame(
    [("q1", "view", False, 1, 5), ("q2", "view", True, 1, 5), ("job", "", False, None, None)],
    columns=["item_id", "construct", "reversed", "minimum", "maximum"],
).assign(wave="single", position=range(3), numeric=False)
ITEMS = ITEMS.astype({"minimum": "Int64", "maximum": "Int64"})
CATEGORIES = pd.DataFrame({"item_id": "job", "category": ["farmer", "a trader"], "position": [1, 2]})


def survey(n: int = 60) -> pd.DataFrame:
    rng = np.random.default_rng(8)
    answers = {"q1": rng.integers(1, 6, n).astype(float), "q2": rng.integers(1, 6, n).astype(float)}
    answers["q1"][3] = np.nan
    frame = pd.DataFrame({"respondent_id": [f"R{i}" for i in range(n)], "site_id": ["S1", "S2", "S2"] * (n // 3)})
    jobs = rng.choice(["farmer", "a trader", ""], n)
    groups = rng.choice(["young", "old", ""], n)
    return frame.assign(group=groups, weight=rng.uniform(0.5, 2, n), **answers, job=jobs)


def test_tables_change_in_their_errors_and_in_nothing_else() -> None:
    answers = survey()
    own = design(answers["site_id"], np.arange(60) // 3 % 10, n=60)
    scores, weights = scale_scores(answers, ITEMS), respondent_weights(answers)
    counts = counts_of(answers, ITEMS)
    sites, groups = Unit.sites(["S1", "S2", "S3"]), Unit.groups(["young", "old"])
    before = {
        "items": description.describe_items(counts.answers, ITEMS, sites, BANDS),
        "groups": description.describe_items(counts.answers, ITEMS, groups, BANDS),
        "scales": description.describe_scales(counts.scores, ITEMS, sites, BANDS),
        "answers": description.item_answers(counts.answers, ITEMS),
        "categories": category_answers(counts.categories, CATEGORIES, sites),
    }
    after = {
        "items": design_errors.of_items(before["items"], answers, ITEMS, own, sites),
        "groups": design_errors.of_items(before["groups"], answers, ITEMS, own, groups),
        "scales": design_errors.of_scales(before["scales"], scores, ITEMS, answers, own, sites),
        "answers": design_errors.of_answers(before["answers"], answers, ITEMS, own),
        "categories": design_errors.of_categories(before["categories"], answers, own, sites),
    }
    changed = {"se", "df", "deff", "low", "high", "reason", "top_two_low", "top_two_high"}
    for name, table in after.items():
        kept = [column for column in table if column not in changed]
        assert list(table) == list(before[name])
        pd.testing.assert_frame_equal(table[kept], before[name][kept])
        there = table["n"] > 0
        assert not np.isclose(table.loc[there, "low"], before[name].loc[there, "low"]).any(), name
    one = after["items"].set_index(["item_id", "site_id"])
    expected = mean_errors(answers[["q1"]], weights, own, answers["site_id"], ["S1", "S2"])
    assert one.loc[("q1", "S2"), ["se", "low"]].tolist() == expected.loc[("q1", "S2"), ["se", "low"]].tolist()
    assert np.isnan(one.loc[("q1", "S3"), "se"])
    high = (answers[["q2"]] >= 4).astype(float)
    shares = share_errors(high, weights, own, answers["site_id"], ["S1", "S2"])
    assert one.loc[("q2", "S1"), "top_two_low"] == shares.loc[("q2", "S1"), "low"]
    trader = (answers["job"] == "a trader").astype(float).where(answers["job"] != "").to_frame("x")
    of_all = after["categories"].set_index(["item_id", "site_id", "category"]).loc[("job", "all", "a trader")]
    assert of_all["se"] == share_errors(trader, weights, own).loc[("x", "all"), "se"]
    assert of_all["share"] - of_all["low"] != pytest.approx(of_all["high"] - of_all["share"])


def test_tables_of_nothing_stay_as_they_are() -> None:
    answers = survey()
    own = design(n=60)
    nothing = ITEMS[ITEMS["item_id"] == "job"]
    site, counts = Unit.sites(["S1"]), counts_of(answers, nothing).answers
    table = description.describe_items(counts, nothing, site, BANDS)
    assert design_errors.of_items(table, answers, nothing, own, site).empty
    assert design_errors.of_answers(description.item_answers(counts, nothing), answers, nothing, own).empty
    nobody = answers.assign(job="", q1=np.nan)
    counted = counts_of(nobody, ITEMS)
    told = category_answers(counted.categories, CATEGORIES, site)
    assert design_errors.of_categories(told, nobody, own, site)["low"].isna().all()
    table = description.describe_items(counted.answers, ITEMS, site, BANDS)
    found = design_errors.of_items(table, nobody, ITEMS, own, site).set_index(["item_id", "site_id"])
    assert np.isnan(found.loc[("q1", "all"), "se"])


# --- models -----------------------------------------------------------------------------------------------------------


def scored(n: int = 120, clusters: int = 30) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Table `scale_scores` with respondents in clusters, and how they were drawn."""
    rng = np.random.default_rng(2)
    where = np.arange(n) % clusters
    a = rng.normal(3, 1, n) + rng.normal(0, 0.7, clusters)[where]
    y = 1 + 0.4 * a + rng.normal(0, 0.7, clusters)[where] + rng.normal(0, 1, n)
    scores = pd.DataFrame({"respondent_id": [f"R{i}" for i in range(n)], "site_id": "S1", "a": a, "y": y})
    return scores, drawn(where % 3, where)


def test_a_model_by_cluster_has_the_sandwich_of_its_strata() -> None:
    scores, table = scored()
    own = design_of(table, scores["respondent_id"])
    assert own is not None
    model = clustered_model(model_data(scores, "y", ["a"]), design=own)
    x, y = np.column_stack([np.ones(120), scores["a"]]), scores["y"].to_numpy()
    inverse = np.linalg.inv(x.T @ x)
    residuals = y - x @ inverse @ x.T @ y
    meat = np.zeros((2, 2))
    for _, rows in table.groupby("stratum"):
        sums = np.array([(x * residuals[:, None])[i.index].sum(axis=0) for _, i in rows.groupby("cluster")])
        apart = sums - sums.mean(axis=0)
        meat += 10 / 9 * apart.T @ apart
    assert model.terms["se"] == pytest.approx(np.sqrt(np.diag(inverse @ meat @ inverse)))
    assert model.terms["df"] == 30 - 3
    assert (model.fit["clusters"], model.fit["strata"], model.fit["reason"]) == (30, 3, "few_clusters")
    assert "draws" not in model.fit  # the bootstrap knows no strata


def test_a_model_by_cluster_without_strata_is_that_of_statsmodels_but_for_its_correction() -> None:
    scores, table = scored(clusters=45)
    own = design_of(table.assign(stratum=""), scores["respondent_id"])
    model = clustered_model(model_data(scores, "y", ["a"]), design=own)
    x = np.column_stack([np.ones(120), scores["a"]])
    chosen = {"groups": np.arange(120) % 45, "use_correction": False}
    plain = OLS(scores["y"].to_numpy(), x).fit(cov_type="cluster", cov_kwds=chosen)
    assert model.terms["se"] == pytest.approx(np.sqrt(45 / 44) * plain.bse)
    assert model.fit.get("reason", "") == ""


def test_few_clusters_without_strata_are_tested_by_the_bootstrap() -> None:
    scores, table = scored(clusters=12)
    own = design_of(table.assign(stratum=""), scores["respondent_id"])
    fits = compare_models(scores, "y", ["a"], kinds=["cluster", "ols"], replicates=99, design=own)["model_fits"]
    assert fits["draws"].tolist() == [99, 0]
    assert fits["clusters"].tolist() == [12, 0]


def test_a_model_by_cluster_says_why_its_design_gives_no_errors() -> None:
    scores, table = scored()
    alone = table.assign(stratum=np.where(table["cluster"] == "7", "alone", "rest"))
    one = table.assign(cluster="1", stratum="")
    for frame, reason in ((alone, SINGLE_UNIT), (one, SINGLE_UNIT)):
        fit = clustered_model(model_data(scores, "y", ["a"]), design=design_of(frame, scores["respondent_id"])).fit
        assert (fit["state"], fit["reason"]) == ("impossible", reason)
    own = table.assign(stratum=table["cluster"], population=1.0)
    fit = clustered_model(model_data(scores, "y", ["a"]), design=design_of(own, scores["respondent_id"])).fit
    assert fit["reason"] == NO_DEGREES


def test_strata_without_clusters_leave_the_model_by_site() -> None:
    scores, table = scored()
    scores = scores.assign(site_id=[f"S{i % 4}" for i in range(120)])
    own = design_of(table.assign(cluster=""), scores["respondent_id"])
    data = model_data(scores, "y", ["a"])
    assert clustered_model(data, replicates=0, design=own).fit == clustered_model(data, replicates=0).fit
