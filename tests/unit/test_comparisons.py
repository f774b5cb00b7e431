"""Rank tests against published worked examples and scipy; the tables made of them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.stats import kruskal, mannwhitneyu
from scipy.stats import wilcoxon as scipy_wilcoxon
from statsmodels.stats.multitest import multipletests

from thongthin.comparisons import (
    before_after_table,
    holm,
    kruskal_wallis,
    kruskal_wallis_table,
    mann_whitney,
    pairwise_table,
    wilcoxon,
)
from thongthin.tables import read_table, write_table

DATA = Path(__file__).resolve().parents[2] / "../shared/data"


def values(*numbers: float) -> np.ndarray:
    return np.array(numbers, dtype=float)


# --- published examples -------------------------------------------------------------------------------------


def test_kruskal_wallis_of_mucociliary_efficiency():
    """Hollander and Wolfe (1973), p. 116, as in R's help of kruskal.test: H = 0.7714, df = 2, p = .68."""
    normal = values(2.9, 3.0, 2.5, 2.6, 3.2)
    obstructed = values(3.8, 2.7, 4.0, 2.4)
    asbestosis = values(2.8, 3.4, 3.7, 2.2, 2.0)
    h, p, epsilon_squared = kruskal_wallis([normal, obstructed, asbestosis])
    assert round(h, 4) == 0.7714
    assert round(p, 2) == 0.68
    assert epsilon_squared == pytest.approx(h / ((14**2 - 1) / (14 + 1)))  # Tomczak and Tomczak (2014)


def test_mann_whitney_of_placental_permeability():
    """Hollander and Wolfe (1973), p. 69, as in R's help of wilcox.test: W = 35."""
    at_term = values(0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46)
    early = values(1.15, 0.88, 0.90, 0.74, 1.21)
    u, _, r = mann_whitney(at_term, early)
    assert u == 35
    assert r == pytest.approx(0.40)  # 35 of 50 pairs for, 15 against


def test_wilcoxon_of_depression_scores():
    """Hollander and Wolfe (1973), p. 29, as in R's help of wilcox.test: V = 40 of 45."""
    before = values(1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30)
    after = values(0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29)
    w, z, _, r = wilcoxon(after - before)
    assert w == 5
    assert z == pytest.approx((5 - 22.5) / np.sqrt(71.25))
    assert r == pytest.approx((5 - 40) / 45)


def test_wilcoxon_with_ties_and_a_zero():
    """The worked example of Wikipedia's article on the test: ten pairs, one unchanged, W = 27 - 18 = 9."""
    first = values(125, 115, 130, 140, 140, 115, 140, 125, 140, 135)
    second = values(110, 122, 125, 120, 140, 124, 123, 137, 135, 145)
    w, z, _, r = wilcoxon(first - second)
    assert w == 18
    assert z > 0
    assert r == pytest.approx((27 - 18) / 45)


def test_holm_on_four_p_values():
    """Worked through by Holm's steps: .005 x 4, .01 x 3, .03 x 2, .04 x 1 but not below the one before."""
    assert holm(values(0.01, 0.04, 0.03, 0.005)) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm(values(0.01, np.nan, 0.03)) == pytest.approx([0.02, np.nan, 0.03], nan_ok=True)
    assert holm(values(0.6, 0.9)).tolist() == [1, 1]


# --- against scipy and statsmodels --------------------------------------------------------------------------

likert_means = st.lists(st.integers(3, 15).map(lambda total: total / 3), min_size=2, max_size=20).map(np.array)


@given(st.lists(likert_means, min_size=2, max_size=5))
def test_kruskal_wallis_is_that_of_scipy(groups):
    assume(len(np.unique(np.concatenate(groups))) > 1)
    h, p, epsilon_squared = kruskal_wallis(groups)
    assert (h, p) == pytest.approx(tuple(kruskal(*groups)), abs=1e-6)  # scipy's H is up to 1e-13 off 0
    assert 0 <= epsilon_squared <= 1 + 1e-12


@given(likert_means, likert_means)
def test_mann_whitney_is_that_of_scipy_and_changes_sign_with_the_order(a, b):
    assume(len(np.unique(np.concatenate([a, b]))) > 1)
    u, p, r = mann_whitney(a, b)
    assert (u, p) == pytest.approx(tuple(mannwhitneyu(a, b, method="asymptotic")), abs=1e-9)
    u_other, p_other, r_other = mann_whitney(b, a)
    assert (u_other, p_other, r_other) == pytest.approx((len(a) * len(b) - u, p, -r), abs=1e-9)


@given(st.lists(st.integers(-12, 12), min_size=2, max_size=25).map(np.array))
def test_wilcoxon_is_that_of_scipy(changes):
    assume(np.count_nonzero(changes) > 1)
    reference = scipy_wilcoxon(changes, method="approx", correction=False)
    w, z, p, r = wilcoxon(changes / 3)
    assert (w, abs(z), p) == pytest.approx((reference.statistic, abs(reference.zstatistic), reference.pvalue), abs=1e-9)
    assert -1 <= r <= 1


@settings(max_examples=20, deadline=None)  # statsmodels collects garbage on every call
@given(st.lists(st.floats(0, 1), min_size=1, max_size=12).map(np.array))
def test_holm_is_that_of_statsmodels(p):
    assert holm(p) == pytest.approx(multipletests(p, method="holm")[1])


def test_changes_of_thirds_are_ties_although_rounding_differs():
    """4 - 11/3 and 4/3 - 1 are both a third, but not the same float."""
    changes = values(4 - 11 / 3, 4 / 3 - 1, 1 - 4 / 3)
    assert len(set(np.abs(changes))) > 1
    w, _, _, r = wilcoxon(changes)
    assert w == 2
    assert r == pytest.approx(1 / 3)


def test_scores_from_a_file_have_the_ties_of_the_answers(tmp_path):
    """Scores of three items are thirds; a file holds ten of their digits."""
    thirds = np.array([[6, 7], [7, 9], [9, 8], [11, 12], [10, 13], [8, 12], [13, 14], [12, 12], [9, 13]])
    scores = pd.DataFrame(thirds / 3, columns=["speed_before", "speed_after"])
    scores = scores.assign(respondent_id=[f"R{n}" for n in range(len(scores))], site_id="S01")
    write_table(scores[["respondent_id", "site_id", "speed_before", "speed_after"]], tmp_path / "scale_scores.csv")
    table = before_after_table(read_table(tmp_path / "scale_scores.csv"), ITEMS, ["S01"]).iloc[0]
    w, z, p, r = wilcoxon(np.diff(thirds)[:, 0].astype(float))
    assert (table["w"], table["z"], table["p"], table["r"]) == pytest.approx((w, z, p, r))


@pytest.mark.parametrize("groups", [[], [values(1, 2, 3)], [values(4, 4), values(4, 4, 4)]])
def test_kruskal_wallis_is_undefined_without_groups_or_variation(groups):
    assert np.isnan(kruskal_wallis(groups)).all()


def test_pairs_and_changes_are_undefined_where_there_is_too_little():
    assert np.isnan(mann_whitney(values(1), values(2, 3))).all()
    assert np.isnan(mann_whitney(values(2, 2), values(2, 2))).all()
    assert np.isnan(wilcoxon(values(0, 0, 1))).all()
    assert np.isnan(wilcoxon(values())).all()


# --- tables -------------------------------------------------------------------------------------------------

ITEMS = pd.DataFrame(
    {
        "item_id": ["q1", "b1", "a1"],
        "construct": ["attitude", "speed", "speed"],
        "wave": ["single", "before", "after"],
        "minimum": [1, 1, 1],
        "maximum": [5, 5, 5],
        "position": [1, 2, 3],
    }
)
SCORES = pd.DataFrame(
    {
        "site_id": ["S01"] * 4 + ["S02"] * 4 + ["S03"],
        "attitude": [1, 2, 2, 3, 4, 4, 5, 3, 5],
        "speed_before": [1, 2, 2, 1, 3, 3, np.nan, 2, 1],
        "speed_after": [3, 4, 2, 3, 3, 3, 4, 2, 2],
    }
)
SITES = ["S01", "S02", "S03", "S04"]


def test_sites_with_one_respondent_or_none_take_no_part_in_the_comparison():
    table = kruskal_wallis_table(SCORES, ITEMS, SITES)
    assert table[["construct", "wave", "n", "k", "df"]].to_numpy().tolist() == [
        ["attitude", "single", 8, 2, 1],
        ["speed", "before", 7, 2, 1],
        ["speed", "after", 8, 2, 1],
    ]
    reference = kruskal([1, 2, 2, 3], [4, 4, 5, 3])
    assert table.loc[0, "h"] == pytest.approx(reference.statistic)
    assert table.loc[0, "p"] == pytest.approx(reference.pvalue)
    alone = kruskal_wallis_table(SCORES[SCORES["site_id"] == "S01"], ITEMS, SITES)
    assert alone["k"].tolist() == [1, 1, 1]
    assert alone[["h", "df", "p", "epsilon_squared"]].isna().all(axis=None)


def test_every_pair_of_sites_has_a_row_corrected_within_its_scale():
    table = pairwise_table(SCORES, ITEMS, SITES)
    assert len(table) == 3 * 6
    first = table.iloc[0]
    assert (first["site_a"], first["site_b"], first["n_a"], first["n_b"]) == ("S01", "S02", 4, 4)
    assert first["u"] == 0.5  # one tie in 16 pairs
    assert first["r"] == pytest.approx(2 * 0.5 / 16 - 1)
    assert first["p_corrected"] == first["p"]  # the only test of this scale that can be made
    assert table.iloc[1:6][["u", "p", "p_corrected", "r"]].isna().all(axis=None)


def test_change_from_before_to_after_by_site_and_over_all():
    table = before_after_table(SCORES, ITEMS, SITES).set_index("site_id")
    assert list(table.index) == [*SITES, "all"]
    assert (table["construct"] == "speed").all()
    assert table["n"].tolist() == [4, 3, 1, 0, 8]
    first = table.loc["S01"]
    assert (first["mean_before"], first["mean_after"], first["mean_change"]) == (1.5, 3, 1.5)
    assert (first["w"], first["r"]) == (0, 1)
    assert first["z"] > 0
    assert table.loc[["S02", "S03", "S04"], ["w", "z", "p", "r"]].isna().all(axis=None)
    assert table.loc["all", "mean_change"] == pytest.approx(7 / 8)


def test_a_survey_that_asks_once_has_no_before_and_after():
    table = before_after_table(SCORES, ITEMS[ITEMS["wave"] == "single"], SITES)
    assert table.empty
    assert list(table.columns)[:3] == ["construct", "site_id", "n"]


def test_journalists_of_five_countries_as_scipy_compares_them():
    path = DATA / "survey_woj/WoJ.csv"
    if not path.exists():
        pytest.skip("the survey of journalists (../shared/data/survey_woj) is not here")
    answers = pd.read_csv(path)
    trust = [c for c in answers if c.startswith("trust")]
    scores = pd.DataFrame({"site_id": answers["country"], "trust": answers[trust].mean(axis=1)})
    items = ITEMS.iloc[:1].assign(construct="trust")
    countries = sorted(answers["country"].unique())
    groups = [scores.loc[scores["site_id"] == country, "trust"].dropna() for country in countries]
    row = kruskal_wallis_table(scores, items, countries).iloc[0]
    assert (row["n"], row["k"], row["df"]) == (sum(map(len, groups)), 5, 4)
    assert (row["h"], row["p"]) == pytest.approx(tuple(kruskal(*groups)), rel=1e-9)
    pairs = pairwise_table(scores, items, countries)
    assert len(pairs) == 10
    assert pairs["u"][0] == mannwhitneyu(groups[0], groups[1]).statistic
    assert (pairs["p_corrected"] >= pairs["p"]).all()
