"""Change from before to after against published worked examples and scipy; the tables made of it."""

from __future__ import annotations

from itertools import combinations_with_replacement

import numpy as np
import pandas as pd
import pytest
from comparison_data import ITEMS, SCORES, SITES
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import nct
from scipy.stats import wilcoxon as scipy_wilcoxon

from thongthin.contract.tables import read_table, write_table
from thongthin.contract.units import Unit
from thongthin.statistics.signed_ranks import hodges_lehmann, standardised_change, wilcoxon
from thongthin.survey.change import (
    asked_twice,
    before_after_table,
    mcnemar_table,
)

BEFORE = np.array([1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30])
AFTER = np.array([0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29])
# Lakens (2013), Frontiers in Psychology 4, 863: ten people rate two films.
FILMS = np.array([[9, 7, 8, 9, 8, 9, 9, 10, 9, 9], [9, 6, 7, 8, 7, 9, 8, 8, 8, 7]], dtype=float)

# --- published examples -----------------------------------------------------------------------------------------------


def test_wilcoxon_of_depression_scores():
    """Hollander and Wolfe (1973), p. 29, as in R's help of wilcox.test: V = 40 of 45."""
    test = wilcoxon(AFTER - BEFORE)
    assert test.w == 5
    assert test.z == pytest.approx((5 - 22.5) / np.sqrt(71.25))
    assert test.r == pytest.approx((5 - 40) / 45)


def test_hodges_lehmann_of_depression_scores():
    """Hollander and Wolfe (1973), p. 33-35: -.46, from -.786 to -.010."""
    shift = hodges_lehmann(AFTER - BEFORE)
    assert (round(shift.value, 2), round(shift.low, 3), round(shift.high, 3)) == (-0.46, -0.786, -0.010)
    # By definition, too: the sixth mean of two from either end, beyond which the exact test rejects.
    means = sorted(sum(pair) / 2 for pair in combinations_with_replacement((AFTER - BEFORE).tolist(), 2))
    assert (shift.value, shift.low, shift.high) == pytest.approx((means[22], means[5], means[39]))
    beyond, within = (scipy_wilcoxon(AFTER - BEFORE - (shift.low + by)).pvalue for by in (-1e-9, 1e-9))
    assert beyond < 0.05 < within


def test_wilcoxon_with_ties_and_a_zero():
    """The worked example of Wikipedia's article on the test: ten pairs, one unchanged, W = 27 - 18 = 9."""
    first = np.array([125, 115, 130, 140, 140, 115, 140, 125, 140, 135])
    second = np.array([110, 122, 125, 120, 140, 124, 123, 137, 135, 145])
    test = wilcoxon(first - second)
    assert test.w == 18
    assert test.z > 0
    assert test.r == pytest.approx((27 - 18) / 45)


def test_standardised_change_of_two_films():
    """Lakens (2013): means 8.7 and 7.7, d_z = 1.50, d_av = 1.13."""
    d_z, d_av = standardised_change(FILMS[1], FILMS[0])
    assert (round(d_z.value, 2), round(d_av.value, 2)) == (1.50, 1.13)
    t = d_z.value * np.sqrt(10)
    assert round(t, 2) == 4.74
    for limit, probability in ((d_z.low, 0.975), (d_z.high, 0.025)):
        assert nct.cdf(t, 9, limit * np.sqrt(10)) == pytest.approx(probability, abs=1e-8)
    # Algina and Keselman (2003): the limits of the noncentrality times this.
    variances, covariance = FILMS.var(axis=1, ddof=1).sum(), np.cov(FILMS)[0, 1]
    scale = np.sqrt(2 * (variances - 2 * covariance) / (10 * variances))
    expected = (limit * np.sqrt(10) * scale for limit in (d_z.low, d_z.high))
    assert (d_av.low, d_av.high) == pytest.approx(tuple(expected))


# --- against scipy and by definition ----------------------------------------------------------------------------------

thirds = st.lists(st.integers(-12, 12), min_size=2, max_size=25).map(np.array)


@given(thirds)
def test_wilcoxon_is_that_of_scipy(changes):
    assume(np.count_nonzero(changes) > 1)
    reference = scipy_wilcoxon(changes, method="approx", correction=False)
    test = wilcoxon(changes / 3)
    expected = (reference.statistic, abs(reference.zstatistic), reference.pvalue)
    assert (test.w, abs(test.z), test.p) == pytest.approx(expected, abs=1e-9)
    assert -1 <= test.r <= 1
    mirrored = wilcoxon(-changes / 3)
    assert (-mirrored.high, -mirrored.low) == pytest.approx((test.low, test.high), abs=1e-9, nan_ok=True)


@given(st.lists(st.integers(-6, 6).filter(bool), min_size=3, max_size=15).map(np.array))
def test_the_interval_of_r_is_the_jackknife(changes):
    test = wilcoxon(changes / 3, confidence=0.9)
    assume(abs(test.r) < 1)
    without = np.array([wilcoxon(np.delete(changes, i) / 3).r for i in range(len(changes))])
    n = len(changes)
    se = np.sqrt((n - 1) / n * ((without - without.mean()) ** 2).sum())
    from scipy.stats import t

    half = t.ppf(0.95, n - 1) * se / (1 - test.r**2)
    expected = np.tanh(np.arctanh(test.r) + np.array([-half, half]))
    assert (test.low, test.high) == pytest.approx(tuple(expected), abs=1e-9)


@given(thirds)
def test_the_shift_is_the_median_of_all_means_of_two(changes):
    means = sorted(sum(pair) / 2 for pair in combinations_with_replacement(changes.tolist(), 2))
    shift = hodges_lehmann(changes)
    assert shift.value == pytest.approx(np.median(means))
    if np.isfinite(shift.low):
        assert shift.low in means
        assert shift.low <= shift.value <= shift.high
        assert means.index(shift.low) + means[::-1].index(shift.high) >= 0
    mirrored = hodges_lehmann(-changes)
    assert (-mirrored.high, -mirrored.low) == pytest.approx((shift.low, shift.high), nan_ok=True)


def test_changes_of_thirds_are_ties_although_rounding_differs():
    """4 - 11/3 and 4/3 - 1 are both a third, but not the same float."""
    changes = np.array([4 - 11 / 3, 4 / 3 - 1, 1 - 4 / 3])
    assert len(set(np.abs(changes))) > 1
    test = wilcoxon(changes)
    assert test.w == 2
    assert test.r == pytest.approx(1 / 3)


# --- too little -------------------------------------------------------------------------------------------------------


def test_changes_are_undefined_where_there_is_too_little():
    assert np.isnan(wilcoxon(np.array([0, 0, 1.0]))).all()
    assert np.isnan(wilcoxon(np.array([]))).all()
    assert np.isnan(hodges_lehmann(np.array([]))).all()
    few = hodges_lehmann(np.array([1.0, 2, 3, 4, 5]))
    assert few.value == 3
    assert np.isnan([few.low, few.high]).all()


def test_where_all_change_one_way_the_interval_is_that_of_pairs():
    """Two pairs of changes rose: their exact lower limit is the square root of .025."""
    test = wilcoxon(np.array([1.0, 2, 3, 1]))
    assert (test.r, test.low, test.high) == (1, pytest.approx(2 * 0.025**0.5 - 1), 1)
    assert wilcoxon(np.array([-1.0, -2, -3, -1]))[3:] == (-1, -1, -test.low)
    assert np.isnan(wilcoxon(np.array([1.0, -2]))[4:]).all()


def test_where_all_change_alike_the_changes_have_no_spread():
    d_z, d_av = standardised_change(np.array([1.0, 2, 3]), np.array([2.0, 3, 4]))
    assert np.isnan(d_z).all()
    assert d_av.value == 1
    assert np.isnan(d_av[1:]).all()
    for before, after in (([1.0], [2.0]), ([1.0, 1], [2.0, 2])):
        for estimate in standardised_change(np.array(before), np.array(after)):
            assert np.isnan(estimate).all()


# --- tables -----------------------------------------------------------------------------------------------------------


def test_scores_from_a_file_have_the_ties_of_the_answers(tmp_path):
    """Scores of three items are thirds; a file holds ten of their digits."""
    thirds = np.array([[6, 7], [7, 9], [9, 8], [11, 12], [10, 13], [8, 12], [13, 14], [12, 12], [9, 13]])
    scores = pd.DataFrame(thirds / 3, columns=["speed_before", "speed_after"])
    scores = scores.assign(respondent_id=[f"R{n}" for n in range(len(scores))], site_id="S01")
    names = ["respondent_id", "site_id", "speed_before", "speed_after"]
    write_table(scores[names], tmp_path / "scale_scores.csv")
    table = before_after_table(read_table(tmp_path / "scale_scores.csv"), ITEMS, Unit.sites(["S01"])).iloc[0]
    test = wilcoxon(np.diff(thirds)[:, 0].astype(float))
    assert (table["w"], table["z"], table["p"], table["r"]) == pytest.approx(test[:4])


def test_change_from_before_to_after_by_site_and_over_all():
    table = before_after_table(SCORES, ITEMS, Unit.sites(SITES)).set_index("site_id")
    assert list(table.index) == [*SITES, "all"]
    assert (table["construct"] == "speed").all()
    assert table["n"].tolist() == [4, 3, 1, 0, 8]
    first = table.loc["S01"]
    assert (first["mean_before"], first["mean_after"], first["mean_change"]) == (1.5, 3, 1.5)
    assert (first["w"], first["r"]) == (0, 1)
    assert first["z"] > 0
    assert table.loc[["S02", "S03", "S04"], ["w", "z", "p", "r"]].isna().all(axis=None)
    assert table.loc["all", "mean_change"] == pytest.approx(7 / 8)
    assert table["p_corrected"].equals(table["p"])  # one site, and one construct over all, has a test
    assert not table["unweighted"].any()


def test_the_table_fits_its_schema_and_corrects_over_sites(tmp_path):
    rng = np.random.default_rng(5)
    before = rng.integers(3, 12, 90) / 3
    scores = pd.DataFrame(
        {
            "site_id": np.repeat(SITES[:3], 30),
            "speed_before": before,
            "speed_after": np.clip(before + rng.integers(-1, 3, 90) / 3, 1, 5),
        }
    )
    table = before_after_table(scores, ITEMS, Unit.sites(SITES), correction="benjamini_hochberg")
    write_table(table, tmp_path / "before_after.csv")
    sites = table[table["n"].between(1, 89)]
    ordered = sites.sort_values("p")
    assert ordered["p_corrected"].iloc[-1] == ordered["p"].iloc[-1]
    assert (ordered["p_corrected"] >= ordered["p"]).all()
    assert table.set_index("site_id").loc["all", "p_corrected"] == table.set_index("site_id").loc["all", "p"]
    limits = [name for name in table if name.endswith("_low")]
    assert limits == ["r_low", "shift_low", "d_z_low", "d_av_low"]
    for low in limits:
        value, high = low.removesuffix("_low"), low.replace("_low", "_high")
        known = table[table[low].notna()]
        assert len(known) == 4
        assert (known[low] <= known[value]).all()
        assert (known[value] <= known[high]).all()


def test_weights_go_into_the_means_and_not_into_the_tests():
    weights = np.array([3.0, 1, 1, 1, 1, 1, 1, 1, 1])
    weighted = before_after_table(SCORES, ITEMS, Unit.sites(SITES), weights=weights).set_index("site_id")
    plain = before_after_table(SCORES, ITEMS, Unit.sites(SITES)).set_index("site_id")
    assert weighted.loc["S01", "mean_before"] == pytest.approx((3 * 1 + 2 + 2 + 1) / 6)
    tests = ["n", "w", "z", "p", "r", "shift", "d_z", "d_av"]
    pd.testing.assert_frame_equal(weighted[tests], plain[tests])
    assert weighted["unweighted"].all()


def test_change_by_group_is_that_of_the_group_alone(tmp_path):
    rng = np.random.default_rng(8)
    before = rng.integers(3, 12, 80) / 3
    after = np.clip(before + rng.integers(-1, 3, 80) / 3, 1, 5)
    groups = pd.Series(np.repeat(["official", "citizen", ""], [30, 45, 5]))
    scores = pd.DataFrame({"site_id": "S01", "speed_before": before, "speed_after": after})
    weights = rng.uniform(0.5, 2, 80)
    table = before_after_table(
        scores.assign(group=groups), ITEMS, Unit.groups(["official", "citizen", "guest"]), weights=weights
    )
    write_table(table, tmp_path / "before_after_by_group.csv")
    assert table[["group", "n"]].to_numpy().tolist() == [["official", 30], ["citizen", 45], ["guest", 0]]
    table = table.set_index("group")
    for group in ("official", "citizen"):
        own = (groups == group).to_numpy()
        alone = (
            before_after_table(scores[own], ITEMS, Unit.sites(["S01"]), weights=weights[own])
            .set_index("site_id")
            .loc["all"]
        )
        numbers = [name for name in alone.index if name not in ("construct", "p_corrected")]
        assert table.loc[group, numbers].tolist() == pytest.approx(alone[numbers].tolist())
        reference = scipy_wilcoxon(np.round(after - before, 6)[own], correction=False, method="asymptotic")
        assert table.loc[group, "p"] == pytest.approx(reference.pvalue)
    p = table["p"].iloc[:2].sort_values()
    assert table["p_corrected"].min() == pytest.approx(min(2 * p.iloc[0], 1))
    assert before_after_table(scores.assign(group=groups), ITEMS, Unit.groups([])).empty


def test_a_survey_that_asks_once_has_no_before_and_after(tmp_path):
    table = before_after_table(SCORES, ITEMS[ITEMS["wave"] == "single"], Unit.sites(SITES))
    assert table.empty
    write_table(table, tmp_path / "before_after.csv")


YES_NO = pd.DataFrame(
    {
        "item_id": ["u1", "v1", "u2", "v2", "w1"],
        "construct": ["", "", "", "", ""],
        "wave": ["before", "before", "after", "after", "single"],
        "pair": ["use", "view", "use", "view", ""],
        "minimum": pd.array([0, 1, 0, 1, 0], dtype="Int64"),
        "maximum": pd.array([1, 5, 1, 5, 1], dtype="Int64"),
        "numeric": False,
        "position": [1, 2, 3, 4, 5],
    }
)


def test_yes_and_no_by_site_and_over_all(tmp_path):
    assert asked_twice(YES_NO) == [("u1", "u2")]
    answers = pd.DataFrame(
        {
            "site_id": ["S01"] * 21 + ["S02"] * 3,
            "u1": [1] * 2 + [0] * 19 + [0, 1, np.nan],
            "u2": [1, 0] + [1] * 7 + [0] * 12 + [1, 1, 1],
        }
    )
    table = mcnemar_table(answers, YES_NO, Unit.sites(SITES))
    write_table(table, tmp_path / "mcnemar.csv")
    table = table.set_index("site_id")
    assert table["n"].tolist() == [21, 2, 0, 0, 23]
    first = table.loc["S01"]
    assert (first["gained"], first["lost"], first["df"]) == (7, 1, 1)
    assert (first["share_before"], first["share_after"]) == pytest.approx((2 / 21, 8 / 21))
    assert round(first["p_mid"], 3) == 0.039  # as published, see test_category_tests
    assert first["p_corrected"] == pytest.approx(2 * first["p_mid"])  # of the two sites where somebody changed
    assert table.loc["all", "p_corrected"] == table.loc["all", "p_mid"]
    assert table.loc[["S03", "S04"], ["share_before", "difference", "p"]].isna().all(axis=None)


def test_yes_and_no_by_group(tmp_path):
    answers = pd.DataFrame(
        {
            "site_id": "S01",
            "group": ["a"] * 21 + ["b"] * 2 + [""],
            "u1": [1] * 2 + [0] * 19 + [0, 1, 0],
            "u2": [1, 0] + [1] * 7 + [0] * 12 + [1, 1, 1],
        }
    )
    table = mcnemar_table(answers, YES_NO, Unit.groups(["a", "b", "c"]))
    write_table(table, tmp_path / "mcnemar_by_group.csv")
    table = table.set_index("group")
    assert table["n"].tolist() == [21, 2, 0]
    alone = mcnemar_table(answers[answers["group"] == "a"], YES_NO, Unit.sites(["S01"])).set_index("site_id").loc["S01"]
    names = ["gained", "lost", "chi2", "p", "p_mid", "difference", "difference_low"]
    assert table.loc["a", names].tolist() == pytest.approx(alone[names].tolist())
    assert table.loc["a", "p_corrected"] == pytest.approx(2 * alone["p_mid"])


def test_a_survey_without_yes_and_no_has_no_such_table(tmp_path):
    table = mcnemar_table(SCORES, ITEMS.assign(pair=["", "x", "x"]), Unit.sites(SITES))
    assert table.empty
    write_table(table, tmp_path / "mcnemar.csv")


def test_the_shift_of_many_amounts_is_the_median_of_all_pairs():
    """By listing all pairs, as the definition has it; the limits as scipy and R choose among them."""
    changes = np.round(np.random.default_rng(5).normal(0.3, 2, 301), 3)
    first, second = np.triu_indices(len(changes))
    means = np.sort((changes[first] + changes[second]) / 2)
    n = len(changes)
    out = round(len(means) / 2 - 1.959963984540054 * np.sqrt(n * (n + 1) * (2 * n + 1) / 24))
    expected = (np.median(means), means[out - 1], means[-out])
    assert tuple(hodges_lehmann(changes)) == pytest.approx(expected)
    # A hundred thousand different changes, of which there are five thousand million pairs.
    many = np.random.default_rng(6).normal(1, 2, 100_000)
    assert hodges_lehmann(many).value == pytest.approx(1, abs=0.03)


def test_amounts_between_0_and_1_are_no_yes_and_no():
    assert asked_twice(YES_NO.assign(numeric=True)) == []
