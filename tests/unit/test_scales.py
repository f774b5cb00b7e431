"""Reliability against published alphas; statistics of items and scales."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from thongthin.scales import (
    alpha_if_dropped,
    band,
    cronbach_alpha,
    describe_items,
    describe_scales,
    item_answers,
    item_rest,
    item_rest_table,
    reliability_table,
    reverse_items,
    scale_scores,
    survey_scales,
)

DATA = Path(__file__).resolve().parents[2] / "../shared/data"
BANDS = [4.5, 3.5, 2.5, 1.5, 0.0]


def items_of(*rows: tuple[str, str, str, bool, int | None, int | None]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["item_id", "construct", "wave", "reversed", "minimum", "maximum"])
    return table.assign(position=range(1, len(table) + 1)).astype({"minimum": "Int64", "maximum": "Int64"})


def respondents(answers: dict[str, list], sites: list[str] | None = None) -> pd.DataFrame:
    n = len(next(iter(answers.values())))
    ids = {"respondent_id": [f"R{i + 1:04}" for i in range(n)], "site_id": sites or ["S01"] * n}
    return pd.DataFrame({**ids, **answers})


# --- reliability: published answers -------------------------------------------------------------------------


def test_alpha_of_technology_adoption_survey():
    """The eight alphas printed in the README of the data."""
    path = DATA / "survey_utaut2/utaut2_216.csv"
    if not path.exists():
        pytest.skip("the technology adoption survey (../shared/data/survey_utaut2) is not here")
    answers = pd.read_csv(path)
    published = {
        "PE": 0.940,
        "EE": 0.933,
        "SI": 0.965,
        "FC": 0.758,
        "HM": 0.930,
        "PV": 0.964,
        "HAB": 0.883,
        "INT": 0.981,
    }
    rows = [(name, name.rstrip("1234"), "single", False, 1, 7) for name in answers if name.rstrip("1234") in published]
    table = reliability_table(answers, items_of(*rows)).set_index("construct")
    assert table["alpha"].round(3).to_dict() == published
    assert table["n"].eq(216).all()
    assert table["items"].sum() == 28


def test_alpha_of_big_five_inventory_after_reversing():
    """The five alphas of the R package psych, printed in the README of the data."""
    path = DATA / "survey_bfi/bfi.csv"
    if not path.exists():
        pytest.skip("the Big Five survey (../shared/data/survey_bfi) is not here")
    answers = pd.read_csv(path)
    turned = {"A1", "C4", "C5", "E1", "E2", "O2", "O5"}
    rows = [(name, name[0], "single", name in turned, 1, 6) for name in answers if name[1:] in set("12345")]
    table = reliability_table(answers, items_of(*rows)).set_index("construct")
    assert table["alpha"].round(2).to_dict() == {"A": 0.70, "C": 0.73, "E": 0.76, "N": 0.81, "O": 0.60}
    complete = {
        scale: int(answers[[f"{scale}{i}" for i in range(1, 6)]].notna().all(axis=1).sum()) for scale in "ACENO"
    }
    assert table["n"].to_dict() == complete


SMALL = np.array([[1, 1, 1], [2, 1, 2], [3, 3, 3], [3, 4, 2], [5, 4, 5], [4, 5, 5]], dtype=float)


def test_alpha_item_rest_and_alpha_if_dropped_by_their_definitions():
    variances, total = SMALL.var(axis=0, ddof=1), SMALL.sum(axis=1)
    assert cronbach_alpha(SMALL) == pytest.approx(3 / 2 * (1 - variances.sum() / total.var(ddof=1)))
    rest = [np.corrcoef(SMALL[:, i], total - SMALL[:, i])[0, 1] for i in range(3)]
    assert item_rest(SMALL) == pytest.approx(rest)
    dropped = [cronbach_alpha(np.delete(SMALL, i, axis=1)) for i in range(3)]
    assert alpha_if_dropped(SMALL) == pytest.approx(dropped)


def test_reliability_is_that_of_complete_respondents():
    with_gaps = np.vstack([SMALL, [5, np.nan, 1], [np.nan, np.nan, np.nan]])
    assert cronbach_alpha(with_gaps) == pytest.approx(cronbach_alpha(SMALL))
    assert item_rest(with_gaps) == pytest.approx(item_rest(SMALL))


def test_reliability_is_undefined_for_one_item_one_respondent_or_no_variation():
    assert np.isnan(cronbach_alpha(SMALL[:, :1]))
    assert np.isnan(cronbach_alpha(SMALL[:1]))
    assert np.isnan(cronbach_alpha(np.full((5, 3), 4.0)))
    assert np.isnan(cronbach_alpha(np.column_stack([SMALL / 3, -SMALL.sum(axis=1) / 3])))  # sums cancel
    assert np.isnan(alpha_if_dropped(SMALL[:, :2])).all()
    constant = np.column_stack([SMALL[:, 0], np.full(6, 3.0)])
    assert np.isnan(item_rest(constant)).all()


@given(
    hnp.arrays(float, st.tuples(st.integers(3, 12), st.integers(2, 6)), elements=st.integers(1, 5).map(float)),
    st.integers(-3, 3),
)
def test_alpha_does_not_depend_on_where_the_scale_starts_and_never_exceeds_one(answers, shift):
    alpha = cronbach_alpha(answers)
    assert np.isnan(alpha) or alpha <= 1 + 1e-12
    assert cronbach_alpha(answers + shift) == pytest.approx(alpha, abs=1e-9, nan_ok=True)


# --- scales of a survey -------------------------------------------------------------------------------------

ITEMS = items_of(
    ("q1", "attitude", "single", False, 1, 5),
    ("q2", "attitude", "single", True, 1, 5),
    ("q3", "attitude", "single", False, 1, 5),
    ("b1", "speed", "before", False, 1, 5),
    ("a1", "speed", "after", False, 1, 5),
    ("job", "", "single", False, None, None),
    ("visits", "", "single", False, 1, 7),
)
ANSWERS = respondents(
    {
        "q1": [5, 4, 2, np.nan, 1],
        "q2": [1, 2, 4, np.nan, 5],
        "q3": [5, 5, np.nan, 3, 1],
        "b1": [1, 2, 2, 3, np.nan],
        "a1": [4, 4, 5, 3, 2],
        "job": ["farmer", "trader", "", "farmer", "clerk"],
        "visits": [7, 7, 1, 2, 3],
    },
    ["S01", "S01", "S02", "S02", "S02"],
)


def test_reversed_items_are_turned_round_and_the_answers_stay_as_they_are():
    turned = reverse_items(ANSWERS, ITEMS)
    assert turned["q2"].dropna().tolist() == [5, 4, 2, 1]
    assert turned["q1"].dropna().tolist() == [5, 4, 2, 1]
    assert ANSWERS["q2"].dropna().tolist() == [1, 2, 4, 5]


def test_a_score_needs_half_of_the_items():
    scores = scale_scores(ANSWERS, ITEMS)
    assert list(scores.columns) == ["respondent_id", "site_id", "attitude", "speed_before", "speed_after"]
    assert scores["attitude"].tolist()[:3] == [5, pytest.approx(13 / 3), 2]
    assert np.isnan(scores["attitude"][3])  # one of three answered
    assert scores["attitude"][4] == 1


def test_reliability_and_item_tables_name_construct_and_wave():
    reliability = reliability_table(ANSWERS, ITEMS)
    assert reliability[["construct", "wave", "items", "n"]].to_numpy().tolist() == [
        ["attitude", "single", 3, 3],
        ["speed", "before", 1, 4],
        ["speed", "after", 1, 5],
    ]
    assert reliability["alpha"][0] == pytest.approx(cronbach_alpha([[5, 5, 5], [4, 4, 5], [1, 1, 1]]))
    assert reliability["alpha"][1:].isna().all()
    rest = item_rest_table(ANSWERS, ITEMS)
    assert list(rest["item_id"]) == ["q1", "q2", "q3", "b1", "a1"]
    assert rest["item_rest_r"][0] == pytest.approx(np.corrcoef([5, 4, 1], [10, 9, 2])[0, 1])


def test_items_of_one_scale_must_have_the_same_answers():
    mixed = items_of(("q1", "attitude", "single", False, 1, 5), ("q2", "attitude", "single", False, 1, 7))
    with pytest.raises(ValueError, match=r'construct "attitude": its items \(q1, q2\) have different lowest') as caught:
        survey_scales(mixed)
    assert 'ตัวแปร "attitude"' in str(caught.value)


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


def test_items_are_described_as_answered_by_site_and_over_all():
    table = describe_items(ANSWERS, ITEMS, ["S01", "S02", "S03"], BANDS)
    assert list(table.columns) == ["item_id", "site_id", "n", "mean", "sd", "median", "band"]
    assert list(dict.fromkeys(table["item_id"])) == ["q1", "q2", "q3", "b1", "a1", "visits"]
    q2 = table[table["item_id"] == "q2"].set_index("site_id")
    assert list(q2.index) == ["S01", "S02", "S03", "all"]
    assert q2["n"].tolist() == [2, 2, 0, 4]
    assert q2["mean"].tolist()[:2] == [1.5, 4.5]
    assert q2["sd"].tolist()[:2] == pytest.approx([0.5**0.5, 0.5**0.5])
    assert q2["median"]["all"] == 3
    assert q2["band"].isna().tolist() == [False, False, True, False]
    assert q2["band"].dropna().tolist() == [5, 2, 3]
    assert table.loc[table["item_id"] == "visits", "band"].isna().all()  # seven points have no published bands


def test_scales_are_described_by_site_and_over_all():
    table = describe_scales(scale_scores(ANSWERS, ITEMS), ITEMS, ["S01", "S02"], BANDS)
    assert list(table.columns) == ["construct", "wave", "site_id", "n", "mean", "sd", "median", "band"]
    after = table[table["wave"] == "after"].set_index("site_id")
    assert after["mean"].tolist() == pytest.approx([4, 10 / 3, 3.6])
    assert after["band"].tolist() == [2, 3, 2]


def test_every_answer_of_a_scale_is_counted_also_those_nobody_gave():
    table = item_answers(ANSWERS, ITEMS)
    q1 = table[table["item_id"] == "q1"]
    assert q1[["value", "n", "share"]].to_numpy().tolist() == [
        [1, 1, 0.25],
        [2, 1, 0.25],
        [3, 0, 0],
        [4, 1, 0.25],
        [5, 1, 0.25],
    ]
    assert table.groupby("item_id").size().to_dict() == {
        "q1": 5,
        "q2": 5,
        "q3": 5,
        "b1": 5,
        "a1": 5,
        "visits": 7,
    }
    empty = item_answers(ANSWERS.assign(q1=np.nan), ITEMS)
    assert empty.loc[empty["item_id"] == "q1", "share"].isna().all()
