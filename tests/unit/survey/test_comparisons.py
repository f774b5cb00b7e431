"""Comparison of sites and groups: which test counts by which rule, the tables, and real surveys."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from comparison_data import ITEMS, SCORES, SITES
from scipy.stats import kruskal, mannwhitneyu, ttest_ind, tukey_hsd
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.oneway import anova_oneway
from survey_counts import counts_of, frequencies_of

from thongthin.contract.tables import write_table
from thongthin.contract.units import Unit
from thongthin.statistics.frequencies import frequencies
from thongthin.statistics.weights import carries_weights
from thongthin.survey.comparisons import (
    Basis,
    basis_of,
    category_items,
    category_table,
    choose_test,
    comparison_table,
    pairs_table,
)
from thongthin.survey.scales import survey_scales

DATA = Path(__file__).resolve().parents[3] / "../shared/data"

# --- which test counts ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "chosen"),
    [
        ({}, ("welch", "unequal_spread")),
        ({"variance_ratio": 3.0}, ("ranks", "similar_spread")),
        ({"variance_ratio": np.nan}, ("ranks", "no_spread")),
        ({"points": 10}, ("ranks", "few_points")),
        ({"smallest_n": 14}, ("ranks", "few_respondents")),
        ({"skewness": -1.2}, ("ranks", "skewed")),
    ],
)
def test_the_rule_of_choice(changes: dict[str, Any], chosen: tuple[str, str]) -> None:
    basis = Basis(points=13, smallest_n=40, skewness=0.5, variance_ratio=3.5)._replace(**changes)
    assert choose_test("auto", basis) == chosen
    assert choose_test("ranks", basis) == ("ranks", "asked")
    assert choose_test("welch", basis) == ("welch", "asked")


def test_unequal_spread_leads_to_welch_and_is_told():
    rng = np.random.default_rng(1)
    items = pd.concat([ITEMS.iloc[:1].assign(item_id=f"q{i}", position=i) for i in range(3)])
    spread = np.repeat([0.2, 0.9], 60)
    scores = pd.DataFrame(
        {"site_id": np.repeat(SITES[:2], 60), "attitude": np.round(3 * np.clip(rng.normal(3, spread), 1, 5)) / 3}
    )
    by_site = frequencies_of(scores, items, Unit.sites(SITES))
    row = comparison_table(by_site, items).iloc[0]
    assert (row["test"], row["chosen_because"], row["points"], row["smallest_n"]) == ("welch", "unequal_spread", 13, 60)
    groups = [own.to_numpy() for _, own in scores.groupby("site_id")["attitude"]]
    assert row["variance_ratio"] == pytest.approx(groups[1].var(ddof=1) / groups[0].var(ddof=1))
    assert row["p_corrected"] == row["p_welch"] == pytest.approx(ttest_ind(*groups, equal_var=False).pvalue)
    assert comparison_table(by_site, items, test="ranks").iloc[0]["test"] == "ranks"


def test_pairs_have_the_test_of_games_and_howell_where_that_of_welch_counts():
    scores = SCORES.assign(site_id=[*["S01"] * 3, *["S02"] * 3, *["S03"] * 3])
    by_site = frequencies_of(scores, ITEMS, Unit.sites(SITES))
    own = ["p_games_howell", "games_howell_low", "games_howell_high"]
    assert pairs_table(by_site, ITEMS, Unit.sites(SITES))[own].isna().all(axis=None)
    pairs = (
        pairs_table(by_site, ITEMS, Unit.sites(SITES), test="welch", confidence=0.9)
        .iloc[:6]
        .set_index(["site_a", "site_b"])
    )
    groups = [scores.loc[scores["site_id"] == site, "attitude"].to_numpy() for site in SITES[:3]]
    reference = tukey_hsd(*groups, equal_var=False)
    interval = reference.confidence_interval(0.9)
    for (a, b), row in pairs.iterrows():
        if "S04" in (a, b):  # nobody answered there
            assert row[own].isna().all()
            continue
        place = SITES.index(a), SITES.index(b)
        expected = (reference.pvalue[place], interval.low[place], interval.high[place])
        assert tuple(row[own]) == pytest.approx(expected, abs=1e-4)


# --- tables -----------------------------------------------------------------------------------------------------------


def test_sites_with_one_respondent_or_none_take_no_part_in_the_comparison(tmp_path):
    table = comparison_table(frequencies_of(SCORES, ITEMS, Unit.sites(SITES)), ITEMS)
    write_table(table, tmp_path / "site_comparison.csv")
    assert table[["construct", "wave", "n", "k", "df"]].to_numpy().tolist() == [
        ["attitude", "single", 8, 2, 1],
        ["speed", "before", 7, 2, 1],
        ["speed", "after", 8, 2, 1],
    ]
    reference = kruskal([1, 2, 2, 3], [4, 4, 5, 3])
    assert table.loc[0, "h"] == pytest.approx(reference.statistic)
    assert table.loc[0, "p"] == pytest.approx(reference.pvalue)
    alone = comparison_table(frequencies_of(SCORES[SCORES["site_id"] == "S01"], ITEMS, Unit.sites(SITES)), ITEMS)
    write_table(alone, tmp_path / "site_comparison.csv")
    assert alone["k"].tolist() == [1, 1, 1]
    assert alone[["h", "df", "p", "epsilon_squared", "f", "p_corrected"]].isna().all(axis=None)
    assert (alone[["test", "chosen_because"]] == "").all(axis=None)


def test_p_is_corrected_over_the_scales_for_two_sites_that_of_the_pair():
    by_site = frequencies_of(SCORES, ITEMS, Unit.sites(SITES[:2]))
    table, pairs = comparison_table(by_site, ITEMS), pairs_table(by_site, ITEMS, Unit.sites(SITES[:2]))
    assert table["p_corrected"].tolist() == pytest.approx(multipletests(pairs["p"], method="holm")[1])
    rates = comparison_table(by_site, ITEMS, correction="benjamini_hochberg")
    assert rates["p_corrected"].tolist() == pytest.approx(multipletests(pairs["p"], method="fdr_bh")[1])


def test_every_pair_of_sites_has_a_row_corrected_within_its_scale(tmp_path):
    table = pairs_table(frequencies_of(SCORES, ITEMS, Unit.sites(SITES)), ITEMS, Unit.sites(SITES))
    write_table(table, tmp_path / "site_comparison_pairs.csv")
    assert len(table) == 3 * 6
    first = table.iloc[0]
    assert (first["site_a"], first["site_b"], first["n_a"], first["n_b"]) == ("S01", "S02", 4, 4)
    assert first["u"] == 0.5  # one tie in 16 pairs
    assert first["r"] == pytest.approx(2 * 0.5 / 16 - 1)
    assert first["difference"] == -2
    assert first["p_corrected"] == first["p"]  # the only test of this scale that can be made
    assert table.iloc[1:6][["u", "p", "p_corrected", "r", "t", "g"]].isna().all(axis=None)


def test_groups_are_compared_like_sites(tmp_path):
    scores = SCORES.assign(group=["a", "b", "", "a", "b", "c", "c", "b", "c"])
    by_group = frequencies_of(scores, ITEMS, Unit.groups(["a", "b", "c"]))
    table = comparison_table(by_group, ITEMS, unweighted=True)
    write_table(table, tmp_path / "group_comparison.csv")
    assert table["n"].tolist() == [8, 7, 8]
    assert table["unweighted"].all()
    reference = kruskal([1, 3], [2, 4, 3], [4, 5, 5])
    assert (table.loc[0, "h"], table.loc[0, "p"]) == pytest.approx(tuple(reference))
    pairs = pairs_table(by_group, ITEMS, Unit.groups(["a", "b", "c"]))
    write_table(pairs, tmp_path / "group_comparison_pairs.csv")
    assert pairs[["group_a", "group_b"]].iloc[:3].to_numpy().tolist() == [["a", "b"], ["a", "c"], ["b", "c"]]


def test_a_survey_without_groups_or_scales_has_nothing_to_compare(tmp_path):
    scores = SCORES.assign(group="")
    tables = {
        "group_comparison": comparison_table(frequencies_of(scores, ITEMS, Unit.groups([])), ITEMS),
        "group_comparison_pairs": pairs_table(frequencies_of(scores, ITEMS, Unit.groups([])), ITEMS, Unit.groups([])),
        "site_comparison": comparison_table({}, ITEMS.iloc[:0]),
        "site_comparison_pairs": pairs_table({}, ITEMS.iloc[:0], Unit.sites(SITES)),
        "category_comparison": category_table(
            counts_of(scores, ITEMS, scores), ITEMS, [Unit.sites(SITES), Unit.groups([])]
        ),
    }
    for name, table in tables.items():
        assert table.empty, name
        write_table(table, tmp_path / f"{name}.csv")


CATEGORIES = pd.DataFrame(
    {
        "item_id": ["sex", "q1", "used", "words", "coded"],
        "minimum": pd.array([None, 1, 0, None, None], dtype="Int64"),
        "maximum": pd.array([None, 5, 1, None, None], dtype="Int64"),
        "numeric": False,
        "position": [1, 2, 3, 4, 5],
    }
)


def test_categories_by_site_and_by_group(tmp_path):
    rng = np.random.default_rng(2)
    n = 200
    answers = pd.DataFrame(
        {
            "site_id": rng.choice(SITES[:3], n),
            "group": rng.choice(["official", "citizen", ""], n),
            "sex": rng.choice(["หญิง", "ชาย", ""], n),
            "used": rng.choice([0, 1, np.nan], n),
            "words": [f"answer {i}" for i in range(n)],
            "coded": rng.choice([1.0, 2.0, 3.0], n),
        }
    )
    assert category_items(CATEGORIES) == ["sex", "used", "words", "coded"]
    counts, units = counts_of(answers, CATEGORIES), [Unit.sites(SITES), Unit.groups(["official", "citizen"])]
    table = category_table(counts, CATEGORIES, units, seed=1)
    write_table(table, tmp_path / "category_comparison.csv")
    assert table["part"].tolist() == ["site"] * 4 + ["group"] * 4
    by_site = table.iloc[:4].set_index("item_id")
    assert by_site.loc["sex", "n"] == (answers["sex"] != "").sum()
    assert by_site["categories"].tolist() == [2, 2, 200, 3]
    assert by_site["df"].tolist() == [2, 2, pd.NA, 4]
    assert by_site["chosen_because"].tolist() == ["expected_enough", "expected_enough", "free_text", "expected_enough"]
    assert np.isnan(by_site.loc["words", "p"])
    known = by_site.drop("words")
    assert known["p_corrected"].tolist() == pytest.approx(multipletests(known["p"], method="holm")[1])
    assert table.iloc[4]["k"] == 2
    again = category_table(counts, CATEGORIES, units, seed=1)
    pd.testing.assert_frame_equal(table, again)


def test_weights_are_noticed():
    assert not carries_weights(pd.DataFrame({"site_id": ["S01"]}))
    assert not carries_weights(pd.DataFrame({"weight": [1.0, 1.0]}))
    assert carries_weights(pd.DataFrame({"weight": [1.0, 1.2]}))


# --- real surveys -----------------------------------------------------------------------------------------------------


def test_journalists_of_five_countries_as_scipy_and_statsmodels_compare_them():
    path = DATA / "survey_woj/WoJ.csv"
    if not path.exists():
        pytest.skip("the survey of journalists (../shared/data/survey_woj) is not here")
    answers = pd.read_csv(path)
    trust = [c for c in answers if c.startswith("trust")]
    scores = pd.DataFrame({"site_id": answers["country"], "trust": answers[trust].mean(axis=1)})
    items = pd.concat([ITEMS.iloc[:1].assign(construct="trust", item_id=item) for item in trust])
    countries = sorted(answers["country"].unique())
    groups = [scores.loc[scores["site_id"] == country, "trust"].dropna() for country in countries]
    by_country = frequencies_of(scores, items, Unit.sites(countries))
    row = comparison_table(by_country, items).iloc[0]
    assert (row["n"], row["k"], row["df"]) == (sum(map(len, groups)), 5, 4)
    assert (row["h"], row["p"]) == pytest.approx(tuple(kruskal(*groups)), rel=1e-9)
    welch = anova_oneway(groups, use_var="unequal", welch_correction=True)
    assert (row["f"], row["df2"], row["p_welch"]) == pytest.approx((welch.statistic, welch.df[1], welch.pvalue))
    assert (row["test"], row["chosen_because"]) == ("ranks", "similar_spread")
    pairs = pairs_table(by_country, items, Unit.sites(countries))
    assert len(pairs) == 10
    assert pairs["u"][0] == mannwhitneyu(groups[0], groups[1]).statistic
    t = ttest_ind(groups[0], groups[1], equal_var=False)
    assert (pairs["t"][0], pairs["df"][0], pairs["p_welch"][0]) == pytest.approx((t.statistic, t.df, t.pvalue))
    assert (pairs["p_corrected"] >= pairs["p"]).all()
    about = answers.rename(columns={"country": "site_id"}).assign(group="")
    categories = pd.DataFrame(
        {"item_id": ["reach", "employment", "temp_contract"], "numeric": False, "position": [1, 2, 3]}
    )
    categories[["minimum", "maximum"]] = pd.NA
    counts = counts_of(about, categories)
    table = category_table(counts, categories, [Unit.sites(countries)]).set_index("item_id")
    assert table["n"].tolist() == answers[["reach", "employment", "temp_contract"]].notna().sum().tolist()
    assert (table["test"] == "chi_square").all()


def test_municipal_e_government_of_chile():
    """The published means of the index: 4.56 in 2019 (n = 337), 3.74 in 2021 (n = 333); its regions compared."""
    from thongthin.survey.change import before_after_table

    folder = DATA / "municipal_egov_chile"
    if not folder.is_dir():
        pytest.skip("the municipalities of Chile (../shared/data/municipal_egov_chile) are not here")
    years = {y: pd.read_csv(folder / f"local_gov_indicators_{y}.csv").set_index("cut_com") for y in (2019, 2021)}
    scores = pd.DataFrame(
        {
            "site_id": "R" + years[2019]["cut_reg"].astype(str),
            "egov_before": years[2019]["egi"],
            "egov_after": years[2021]["egi"],
        }
    )
    items = ITEMS.iloc[1:].assign(construct="egov", minimum=0, maximum=10)
    before, after = scores["egov_before"], scores["egov_after"]
    assert (round(before.mean(), 2), before.count()) == (4.56, 337)
    assert (round(after.mean(), 2), after.count()) == (3.74, 333)
    regions = sorted(scores["site_id"].unique())
    table = comparison_table(frequencies_of(scores, items, Unit.sites(regions)), items)
    assert table["n"].tolist() == [337, 333]
    groups = [own.dropna() for _, own in scores.groupby("site_id")["egov_before"]]
    assert (table.loc[0, "h"], table.loc[0, "p"]) == pytest.approx(tuple(kruskal(*groups)))
    changed = before_after_table(scores, items, Unit.sites(regions)).set_index("site_id").loc["all"]
    both = scores.dropna()
    assert changed["n"] == len(both)
    assert changed["mean_change"] == pytest.approx((both["egov_after"] - both["egov_before"]).mean())
    assert changed["p"] < 0.001
    assert changed["r"] < 0


def test_amounts_are_compared_with_as_many_points_as_occur():
    scale = survey_scales(ITEMS)[0]._replace(numeric=True)
    assert basis_of(frequencies([[0.5, 1.25, 1.25], [2.75, 3.5]]), scale).points == 4
    shares = CATEGORIES.iloc[[2]].assign(numeric=True)  # from 0 to 1
    assert category_items(shares) == []
