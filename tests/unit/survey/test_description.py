"""Statistics of items and scales against numpy, statsmodels, published numbers and printed tables."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from amount import tried
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.weightstats import DescrStatsW
from survey_counts import counts_of

from thongthin.contract.bands import band
from thongthin.contract.units import Unit
from thongthin.survey.counts import by_unit
from thongthin.survey.description import (
    describe_items,
    describe_scales,
    item_answers,
    item_answers_by,
    summarise,
)

DATA = Path(__file__).resolve().parents[3] / "../shared/data"
BANDS = [4.5, 3.5, 2.5, 1.5, 0.0]
ITEMS = pd.DataFrame(
    [
        ("q1", "attitude", "single", False, 1, 5),
        ("q2", "attitude", "single", True, 1, 5),
        ("q3", "attitude", "single", False, 1, 5),
        ("b1", "speed", "before", False, 1, 5),
        ("a1", "speed", "after", False, 1, 5),
        ("job", "", "single", False, None, None),
        ("visits", "", "single", False, 1, 7),
        ("used", "", "single", False, 0, 1),
    ],
    columns=["item_id", "construct", "wave", "reversed", "minimum", "maximum"],
).assign(position=range(8), numeric=False)
ITEMS = ITEMS.astype({"minimum": "Int64", "maximum": "Int64"})
ANSWERS = pd.DataFrame(
    {
        "respondent_id": [f"R{i}" for i in range(5)],
        "site_id": ["S01", "S01", "S02", "S02", "S02"],
        "group": ["official", "citizen", "citizen", "", "citizen"],
        "q1": [5, 4, 2, np.nan, 1],
        "q2": [1, 2, 4, np.nan, 5],
        "q3": [5, 5, np.nan, 3, 1],
        "b1": [1, 2, 2, 3, np.nan],
        "a1": [4, 4, 5, 3, 2],
        "job": ["farmer", "trader", "", "farmer", "clerk"],
        "visits": [7, 7, 1, 2, 3],
        "used": [1, 1, 0, 1, 1],
    }
)


COUNTS = counts_of(ANSWERS, ITEMS)
ONE_ITEM = pd.DataFrame({"item_id": ["x"], "minimum": [1], "maximum": [7], "numeric": True})


def summary(values: list[float], weights: list[float] | None = None, confidence: float = 0.95) -> pd.Series:
    """The statistics of one column."""
    answers = pd.DataFrame({"x": values}).assign(weight=1.0 if weights is None else weights)
    return summarise(by_unit(counts_of(answers, ONE_ITEM).answers, Unit.sites([])), confidence).loc[("x", "all")]


# --- published and other answers ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("year", "mean", "n"), [(2019, 4.56, 337), (2021, 3.74, 333)])
def test_index_of_municipal_electronic_government_as_published(year, mean, n):
    """The means and numbers that the authors of the data print."""
    path = DATA / f"municipal_egov_chile/local_gov_indicators_{year}.csv"
    if not path.exists():
        pytest.skip("the municipal e-government data (../shared/data/municipal_egov_chile) are not here")
    found = summary(pd.read_csv(path)["egi"].tolist())
    assert (round(found["mean"], 2), found["n"]) == (mean, n)


def test_interval_of_a_mean_with_a_printed_quantile():
    """2.262 is the 97.5 % point of t with 9 degrees of freedom in every table of t."""
    values = [1, 2, 2, 3, 3, 3, 4, 4, 5, 5]
    found = summary(values)
    reach = 2.262 * np.std(values, ddof=1) / 10**0.5
    assert (found["low"], found["high"]) == pytest.approx((3.2 - reach, 3.2 + reach), abs=1e-3)


@settings(max_examples=tried(30))
@given(st.lists(st.integers(1, 7), min_size=2, max_size=40))
def test_without_weights_all_is_as_numpy_and_statsmodels_have_it(values):
    found = summary(values)
    assert found["mean"] == pytest.approx(np.mean(values))
    assert found["sd"] == pytest.approx(np.std(values, ddof=1), abs=1e-12)
    assert found["n_effective"] == len(values)
    quartiles = np.quantile(values, [0.25, 0.5, 0.75], method="averaged_inverted_cdf")
    assert found[["q1", "median", "q3"]].tolist() == quartiles.tolist()
    assert found["median"] == np.median(values)
    if found["sd"] > 0:
        expected = DescrStatsW(np.array(values, dtype=float)).tconfint_mean()
        assert (found["low"], found["high"]) == pytest.approx(expected)


@settings(max_examples=tried(30))
@given(st.lists(st.tuples(st.integers(1, 5), st.floats(0.1, 9)), min_size=2, max_size=30), st.floats(0.01, 100))
def test_weighted_statistics_are_those_of_numpy_and_do_not_depend_on_the_size_of_the_weights(rows, factor):
    values, weights = (np.array(part, dtype=float) for part in zip(*rows, strict=True))
    found = summary(values.tolist(), weights.tolist())
    assert found["n"] == len(rows)
    assert found["n_effective"] == pytest.approx(weights.sum() ** 2 / (weights**2).sum())
    assert found["mean"] == pytest.approx(np.average(values, weights=weights))
    assert found["sd"] ** 2 == pytest.approx(np.cov(values, aweights=weights), abs=1e-9)
    scaled = summary(values.tolist(), (factor * weights).tolist())
    pd.testing.assert_series_equal(scaled, found)


@settings(max_examples=tried(30))
@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 6)), min_size=1, max_size=20))
def test_a_weight_is_so_many_respondents_for_mean_and_quantiles(rows):
    values, weights = (list(part) for part in zip(*rows, strict=True))
    found, repeated = summary(values, weights), summary(np.repeat(values, weights).tolist())
    names = ["mean", "q1", "median", "q3"]
    assert found[names].tolist() == pytest.approx(repeated[names].tolist())


def test_one_answer_has_no_spread_whatever_its_weight():
    for weight in (1.0, 0.3):
        found = summary([4.0], [weight])
        assert found[["n", "mean", "q1", "median", "q3"]].tolist() == [1, 4, 4, 4, 4]
        assert found[["sd", "low", "high"]].isna().all()


@pytest.mark.parametrize(
    ("mean", "number"),
    [
        (5.0, 1),
        (4.51, 1),
        (4.5, 2),
        (4.504, 2),
        (4.506, 1),
        (4.505, 1),  # printed as 4.51, though the float lies below
        (2.505, 3),
        (3.51, 2),
        (3.5, 3),
        (2.5, 4),
        (1.5, 5),
        (1.0, 5),
        (np.nan, None),
    ],
)
def test_bands_of_boonchom(mean, number):
    """4.51-5.00 highest, 3.51-4.50 high, 2.51-3.50 moderate, 1.51-2.50 low, 1.00-1.50 lowest."""
    assert band(mean, BANDS) == number


# --- tables ---------------------------------------------------------------------------------------------------------


def test_items_are_described_as_answered_by_site_and_over_all():
    table = describe_items(COUNTS.answers, ITEMS, Unit.sites(["S01", "S02", "S03"]), BANDS)
    assert list(dict.fromkeys(table["item_id"])) == ["q1", "q2", "q3", "b1", "a1", "visits", "used"]
    q2 = table[table["item_id"] == "q2"].set_index("site_id")
    assert list(q2.index) == ["S01", "S02", "S03", "all"]
    assert q2["n"].tolist() == [2, 2, 0, 4]
    assert q2["mean"].tolist()[:2] == [1.5, 4.5]
    assert q2["sd"].tolist()[:2] == pytest.approx([0.5**0.5, 0.5**0.5])
    assert q2["median"]["all"] == 3
    assert q2["band"].isna().tolist() == [False, False, True, False]
    assert q2["band"].dropna().tolist() == [5, 2, 3]
    assert q2.loc["S03"].drop(["item_id", "n"]).isna().all()
    assert table.loc[table["item_id"] == "visits", "band"].isna().all()  # seven points have no published bands


def test_the_two_highest_answers_are_counted_with_the_interval_of_wilson():
    table = describe_items(COUNTS.answers, ITEMS, Unit.sites(["S01", "S02"]), BANDS).set_index(["item_id", "site_id"])
    q1 = table.loc[("q1", "all")]
    assert q1["top_two"] == 0.5  # two of four gave 4 or 5
    # Half of four, by the formula for a half: z / (2 sqrt(n + z^2)) to either side.
    reach = 1.959964 / (2 * (4 + 1.959964**2) ** 0.5)
    assert (q1["top_two_low"], q1["top_two_high"]) == pytest.approx((0.5 - reach, 0.5 + reach), abs=1e-6)
    assert table.loc[("visits", "all"), "top_two"] == 0.4
    assert table.loc["used", ["top_two", "top_two_low", "top_two_high"]].isna().all(axis=None)  # yes or no


def test_groups_are_described_without_those_who_name_none():
    table = describe_items(COUNTS.answers, ITEMS, Unit.groups(["official", "citizen", "other"]), BANDS)
    q1 = table[table["item_id"] == "q1"].set_index("group")
    assert q1["n"].to_dict() == {"official": 1, "citizen": 3, "other": 0}
    assert q1["mean"]["citizen"] == pytest.approx(7 / 3)
    scales = describe_scales(COUNTS.scores, ITEMS, Unit.groups(["official", "citizen"]), BANDS)
    after = scales[(scales["construct"] == "speed") & (scales["wave"] == "after")].set_index("group")
    assert after["mean"].to_dict() == pytest.approx({"official": 4, "citizen": 11 / 3})
    assert after["n"].to_dict() == {"official": 1, "citizen": 3}
    nobody = describe_scales(COUNTS.scores, ITEMS, Unit.groups([]), BANDS)
    assert len(nobody) == 0
    assert list(nobody) == list(scales)


def test_scales_are_described_by_site_and_over_all():
    table = describe_scales(COUNTS.scores, ITEMS, Unit.sites(["S01", "S02"]), BANDS)
    after = table[table["wave"] == "after"].set_index("site_id")
    assert after["mean"].tolist() == pytest.approx([4, 10 / 3, 3.6])
    assert after["band"].tolist() == [2, 3, 2]


def test_weights_of_the_responses_go_through_everything_and_equal_ones_change_nothing():
    weights = [1.0, 3.0, 2.0, 1.0, 1.0]
    weighted, plain, equal = ANSWERS.assign(weight=weights), ANSWERS, ANSWERS.assign(weight=0.7)
    for describe in (
        lambda r: describe_items(counts_of(r, ITEMS).answers, ITEMS, Unit.sites(["S01", "S02"]), BANDS),
        lambda r: item_answers(counts_of(r, ITEMS).answers, ITEMS),
        lambda r: item_answers_by(counts_of(r, ITEMS).answers, ITEMS, Unit.sites(["S01", "S02"])),
    ):
        pd.testing.assert_frame_equal(describe(equal), describe(plain))
        assert not describe(weighted).equals(describe(plain))
    q1 = (
        describe_items(counts_of(weighted, ITEMS).answers, ITEMS, Unit.sites(["S01"]), BANDS)
        .query("item_id == 'q1' and site_id == 'all'")
        .iloc[0]
    )
    assert q1["n"] == 4
    assert q1["mean"] == pytest.approx((5 + 3 * 4 + 2 * 2 + 1) / 7)
    assert q1["top_two"] == pytest.approx(4 / 7)
    assert q1["n_effective"] == pytest.approx(49 / 15)
    answers = item_answers(counts_of(weighted, ITEMS).answers, ITEMS).query("item_id == 'q1'").set_index("value")
    assert answers["share"].to_dict() == pytest.approx({1: 1 / 7, 2: 2 / 7, 3: 0, 4: 3 / 7, 5: 1 / 7})
    assert answers["n"].to_dict() == {1: 1, 2: 1, 3: 0, 4: 1, 5: 1}
    scores = counts_of(weighted, ITEMS).scores
    scales = describe_scales(scores, ITEMS, Unit.sites(["S01"]), BANDS).query("wave == 'after'")
    assert scales["mean"].iloc[-1] == pytest.approx((4 + 3 * 4 + 2 * 5 + 3 + 2) / 8)


def test_every_answer_of_a_scale_is_counted_also_those_nobody_gave():
    table = item_answers(COUNTS.answers, ITEMS)
    q1 = table[table["item_id"] == "q1"]
    assert q1[["value", "n", "share"]].to_numpy().tolist() == [
        [1, 1, 0.25],
        [2, 1, 0.25],
        [3, 0, 0],
        [4, 1, 0.25],
        [5, 1, 0.25],
    ]
    assert q1["low"].iloc[2] == 0 < q1["high"].iloc[2] < 0.5
    assert table.groupby("item_id").size().to_dict() == {
        "q1": 5,
        "q2": 5,
        "q3": 5,
        "b1": 5,
        "a1": 5,
        "visits": 7,
        "used": 2,
    }
    empty = item_answers(counts_of(ANSWERS.assign(q1=np.nan), ITEMS).answers, ITEMS)
    assert empty.loc[empty["item_id"] == "q1", ["share", "low", "high"]].isna().all(axis=None)


def test_answers_by_site_and_by_group_add_up_to_those_of_all():
    whole = item_answers(COUNTS.answers, ITEMS).set_index(["item_id", "value"])["n"]
    by_site = item_answers_by(COUNTS.answers, ITEMS, Unit.sites(["S01", "S02", "S03"], total=False))
    assert by_site.groupby(["item_id", "value"])["n"].sum().equals(whole.sort_index())
    assert by_site.query("site_id == 'S03'")["share"].isna().all()
    shares = by_site.groupby(["item_id", "site_id"])["share"].sum(min_count=1).dropna()
    assert shares.tolist() == pytest.approx([1] * len(shares))
    by_group = item_answers_by(COUNTS.answers, ITEMS, Unit.groups(["official", "citizen"]))
    by_group = by_group.set_index(["item_id", "group", "value"])
    assert by_group.loc[("q1", "citizen", 4), ["n", "share"]].tolist() == [1, pytest.approx(1 / 3)]


def test_a_survey_without_scaled_items_has_no_statistics():
    only = ITEMS[ITEMS["item_id"] == "job"]
    assert len(describe_items(counts_of(ANSWERS, only).answers, only, Unit.sites(["S01"]), BANDS)) == 0
    assert len(item_answers(counts_of(ANSWERS, only).answers, only)) == 0
    assert len(describe_scales(counts_of(ANSWERS, only).scores, only, Unit.sites(["S01"]), BANDS)) == 0


def test_amounts_have_statistics_but_no_frequencies_no_top_and_no_band():
    rng = np.random.default_rng(3)
    items = ITEMS.iloc[:1].assign(minimum=1, maximum=5, numeric=True)
    answers = pd.DataFrame({"site_id": ["S01", "S02"] * 100, "group": "", "weight": 1.0, "q1": rng.uniform(1, 5, 200)})
    answers.insert(0, "respondent_id", [f"R{i}" for i in range(200)])
    table = describe_items(counts_of(answers, items).answers, items, Unit.sites(["S01", "S02"]), BANDS).set_index(
        "site_id"
    )
    own = answers["q1"]
    found = table.loc["all", ["n", "mean", "sd", "q1", "median", "q3"]].astype(float).tolist()
    averaged = np.quantile(own, [0.25, 0.5, 0.75], method="averaged_inverted_cdf")
    assert found == pytest.approx([200, own.mean(), own.std(), *averaged])
    assert table[["top_two", "top_two_low", "top_two_high", "band"]].isna().all(axis=None)
    counts = counts_of(answers, items)
    assert describe_scales(counts.scores, items, Unit.sites(["S01", "S02"]), BANDS)["band"].isna().all()
    assert item_answers(counts.answers, items).empty
    assert item_answers_by(counts.answers, items, Unit.sites(["S01", "S02"])).empty


def test_one_value_does_not_vary_whatever_its_weighted_mean_is_off_by() -> None:
    weights = np.random.default_rng(1).uniform(0.2, 3, 7)
    assert summary([0.1] * 7, weights.tolist())["sd"] == 0
