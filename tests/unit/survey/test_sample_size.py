"""Sample sizes as published tables print them, response by site, detectable effects as published analyses have them."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from result_frames import ANALYSIS, frames, labels
from survey_counts import counts_of

from thongthin.contract.survey import Survey
from thongthin.present.tables.joint import power as power_of_article
from thongthin.present.tables.joint import sample_size as sample_of_article
from thongthin.survey.sample_size import (
    cochran,
    detectable_f,
    margin_reached,
    representativity_table,
    response_table,
    sample_size_table,
    yamane,
)

SITES = ["S01", "S02", "S03"]
UNLIMITED = math.inf

NO_ITEMS = pd.DataFrame({"item_id": [], "minimum": [], "maximum": []})


def responses(**n: int) -> pd.DataFrame:
    sites = [site for site, times in n.items() for _ in range(times)]
    return pd.DataFrame({"respondent_id": [f"R{i}" for i in range(len(sites))], "site_id": sites, "group": ""})


def test_yamane_gives_the_sizes_of_his_printed_table() -> None:
    # Precision of 5 %, and of 10 %, after the reprint in Israel (1992), Determining sample size, University of Florida.
    # No copy of it was seen; what stands here is also held to the formula, N / (1 + N e^2) to the nearest number.
    five = {500: 222, 600: 240, 700: 255, 800: 267, 900: 277, 1_000: 286, 2_000: 333, 3_000: 353, 4_000: 364}
    five |= {5_000: 370, 6_000: 375, 7_000: 378, 8_000: 381, 9_000: 383, 10_000: 385, 15_000: 390, 20_000: 392}
    five |= {25_000: 394, 50_000: 397, 100_000: 398, UNLIMITED: 400}
    assert {population: yamane(population, 0.05) for population in five} == five
    ten = {500: 83, 1_000: 91, 2_000: 95, 10_000: 99, UNLIMITED: 100}
    assert {population: yamane(population, 0.10) for population in ten} == ten
    for margin, sizes in ((0.05, five), (0.10, ten)):
        assert {n: int(1 / (1 / n + margin**2) + 0.5) for n in sizes} == sizes


def test_cochran_gives_the_sizes_of_krejcie_and_morgan_rounded_up() -> None:
    # Krejcie and Morgan (1970), table 1, to the nearest whole number; where they round down, one more is needed.
    printed = {10: 10, 100: 80, 200: 132, 500: 217, 1_000: 278, 2_000: 322, 10_000: 370, 1_000_000: 384}
    sizes = {population: cochran(population, 0.05) for population in printed}
    assert sizes[500] == 218
    assert all(0 <= sizes[population] - size <= 1 for population, size in printed.items())
    assert cochran(UNLIMITED, 0.05) == 385
    assert cochran(2_000, 0.05) == 323  # Israel (1992), the worked example


@given(st.integers(2, 10**7), st.floats(0.01, 0.2), st.floats(0.8, 0.99))
def test_the_size_needed_reaches_the_margin_asked_for_and_one_less_does_not(
    n: int, margin: float, level: float
) -> None:
    size = cochran(n, margin, level)
    assert size <= n
    assert margin_reached(size, n, level) <= margin + 1e-9
    if size > 1:
        assert margin_reached(size - 1, n, level) > margin - 1e-9


def test_a_margin_is_undefined_without_respondents_and_with_more_of_them_than_people() -> None:
    assert math.isnan(margin_reached(0, 100))
    assert math.isnan(margin_reached(math.nan, 100))
    assert math.isnan(margin_reached(101, 100))
    assert margin_reached(100, 100) == 0
    assert margin_reached(1, 1) == 0


def respondents(answers: pd.DataFrame) -> pd.DataFrame:
    return counts_of(answers, NO_ITEMS).respondents


def test_sizes_by_site_and_for_all() -> None:
    table = sample_size_table(respondents(responses(S01=100, S02=50)), SITES, {"S01": 1_000, "S02": 600, "S03": 400})
    rows = table.set_index("site_id")
    assert list(table["site_id"]) == [*SITES, "all"]
    assert rows["n"].tolist() == [100, 50, 0, 150]
    assert rows["yamane"].tolist() == [286, 240, 200, 333]
    assert rows["allocated"].tolist() == [167, 100, 67, 333]  # 333.5 / 2: halves are rounded up
    assert rows.loc["S01", "margin"] == pytest.approx(1.959964 * math.sqrt(0.25 / 100 * 900 / 999), abs=1e-6)
    assert math.isnan(rows.loc["S03", "margin"])


def test_a_population_for_all_leaves_the_sites_unlimited_and_none_leaves_all_so() -> None:
    for populations, people, size in (({"all": 2_000}, 2_000, 333), ({}, np.nan, 400)):
        rows = sample_size_table(respondents(responses(S01=10)), SITES, populations).set_index("site_id")
        assert rows.loc["S01", ["yamane", "cochran"]].tolist() == [400, 385]
        assert rows.loc["all", "yamane"] == size
        np.testing.assert_equal(rows["population"].tolist(), [np.nan] * 3 + [people])
        assert rows.loc[SITES, "allocated"].isna().all()
        response = response_table(respondents(responses(S01=10)), SITES, populations)
        assert math.isnan(representativity_table(response)["p"][0])
        assert response.set_index("site_id").loc["S01", "share"] == 1
        assert response[["population_share", "expected", "residual"]].isna().all(axis=None)


def test_weights_lower_the_effective_number() -> None:
    weighted = responses(S01=4).assign(weight=[1.0, 1.0, 1.0, 3.0])
    row = sample_size_table(respondents(weighted), SITES, {}).set_index("site_id").loc["S01"]
    assert row["n"] == 4
    assert row["n_effective"] == pytest.approx(36 / 12)
    assert row["margin"] == pytest.approx(margin_reached(3, UNLIMITED))


def test_the_spread_over_sites_is_held_against_the_population() -> None:
    from scipy.stats import chisquare, ncx2

    response = response_table(
        respondents(responses(S01=30, S02=50, S03=20)), SITES, {"S01": 500, "S02": 300, "S03": 200}
    )
    rows = response.set_index("site_id")
    assert rows["expected"].tolist() == pytest.approx([50, 30, 20, 100])
    assert rows.loc["S01", "residual"] == pytest.approx(-20 / math.sqrt(25))
    assert rows.loc["S02", "rate"] == pytest.approx(50 / 300)
    assert math.isnan(rows.loc["all", "residual"])
    test = representativity_table(response).iloc[0]
    expected = chisquare([30, 50, 20], [50, 30, 20])
    assert (test["chi2"], test["p"]) == (pytest.approx(expected.statistic), pytest.approx(expected.pvalue))
    assert test["w"] == pytest.approx(math.sqrt(expected.statistic / 100))
    assert ncx2.cdf(test["chi2"], 2, 100 * test["low"] ** 2) == pytest.approx(0.975)
    assert ncx2.cdf(test["chi2"], 2, 100 * test["high"] ** 2) == pytest.approx(0.025)
    assert (test["n"], test["k"], test["df"], test["least_expected"]) == (100, 3, 2, 20)


def test_a_spread_like_that_of_the_population_has_a_w_of_nothing() -> None:
    response = response_table(
        respondents(responses(S01=50, S02=30, S03=20)), SITES, {"S01": 500, "S02": 300, "S03": 200}
    )
    test = representativity_table(response).iloc[0]
    assert (test["chi2"], test["p"], test["w"], test["low"], test["high"]) == (0, 1, 0, 0, 0)


@pytest.mark.parametrize("n", [{}, {"S01": 5}])
def test_no_respondents_or_one_site_have_no_test(n: dict[str, int]) -> None:
    sites = ["S01"]
    test = representativity_table(response_table(respondents(responses(**n)), sites, {"S01": 10})).iloc[0]
    assert test[["chi2", "p", "w", "low", "high", "df"]].isna().all()


def test_detectable_effects_are_those_that_published_power_analyses_ask_the_same_sample_for() -> None:
    from statsmodels.stats.power import FTestAnovaPower

    # G*Power reference manual: f = .25, 10 groups, power .95: 390 in all, of which the actual power is .9524.
    assert detectable_f(390, 10, power=0.9523634) == pytest.approx(0.25, abs=1e-5)
    # Wuensch, G*Power for one-way ANOVA: f = .0996126, 3 groups, power .80: 975 in all, actual power .8004415.
    assert detectable_f(975, 3, power=0.8004415) == pytest.approx(0.0996126, abs=1e-5)
    # Cohen (1988), table 8.4.4: f = .25, 3 groups, power .80: 52 in each; R's pwr.anova.test prints 52.3966.
    assert detectable_f(3 * 52, 3) == pytest.approx(0.25, abs=0.002)
    assert FTestAnovaPower().power(0.25, nobs=3 * 52.3966, alpha=0.05, k_groups=3) == pytest.approx(0.8, abs=1e-5)


def test_detectable_effects_agree_with_statsmodels() -> None:
    from statsmodels.stats.power import FTestAnovaPower

    for n, k in ((60, 3), (170, 5), (400, 20)):
        power = FTestAnovaPower().power(detectable_f(n, k, power=0.9), nobs=n, alpha=0.05, k_groups=k)
        assert power == pytest.approx(0.9, abs=1e-5)


@pytest.mark.parametrize(("n", "k"), [(0, 0), (10, 1), (3, 3)])
def test_nothing_is_detectable_without_groups_or_respondents(n: int, k: int) -> None:
    assert math.isnan(detectable_f(n, k))


def test_the_power_table_counts_the_sites_that_are_compared() -> None:
    made = frames()
    table, compared = made["power"], made["site_comparison"]
    assert table[["construct", "wave", "n", "k"]].equals(compared[["construct", "wave", "n", "k"]])
    row = table.iloc[0]
    assert (row["df1"], row["df2"]) == (2, 129)
    assert row["f"] == pytest.approx(detectable_f(132, 3))
    assert row["f_ranks"] == pytest.approx(row["f"] * math.sqrt(math.pi / 3))
    assert row["eta_squared"] == pytest.approx(row["f"] ** 2 / (1 + row["f"] ** 2))


@pytest.mark.parametrize("language", ["th", "en"])
def test_the_tables_of_the_article(language: str) -> None:
    shown = frames()
    said = sample_of_article(shown, labels(language), ANALYSIS)
    assert said.count("\n| ") == 1 + len(shown["sites"]) + 1 - 1
    assert "χ^2^" in said
    assert "±" in said
    assert "Yamane (1967)" in said or "ยามาเน่ (Yamane, 1967)" in said
    said = power_of_article(shown, labels(language), ANALYSIS)
    assert said.count("\n| ") == len(shown["power"])
    assert "0.25" not in said  # no zero before the point


def test_an_unknown_population_is_said_to_count_as_unlimited() -> None:
    shown = frames()
    sites = list(shown["sites"]["site_id"])
    shown["sample_size"] = sample_size_table(respondents(shown["responses"]), sites, {})
    shown["survey_response_by_site"] = response_table(respondents(shown["responses"]), sites, {})
    shown["survey_representativity"] = representativity_table(shown["survey_response_by_site"])
    said = sample_of_article(shown, labels("en"), ANALYSIS)
    assert "counts as unlimited" in said
    assert "χ" not in said
    assert "nan" not in said


def survey(population: Any) -> Survey:
    scales = {"agree": {"min": 1, "max": 5}}
    return Survey.model_validate({"file": "r.csv", "site": "s", "scales": scales, "population": population})


def test_a_population_is_one_number_or_one_a_site() -> None:
    assert survey(2_000).population == {"all": 2_000}
    assert survey({"S01": 5, 2: 7}).population == {"S01": 5, "2": 7}
    for wrong in (0, {"S01": 0}, {"all": 5, "S01": 3}, True, 2.5, "many"):
        with pytest.raises(ValueError, match="population"):
            survey(wrong)
