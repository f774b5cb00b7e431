"""The scales of a survey: reversed items, scores, and what belongs together."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from survey_counts import counts_of

from thongthin.basics.problems import CannotAnalyse
from thongthin.statistics.reliability import cronbach_alpha
from thongthin.survey.reliability import item_rest_table, reliability_table
from thongthin.survey.scales import on_points, reverse_items, scale_scores, survey_scales


def items_of(*rows: tuple[str, str, str, bool, int | None, int | None]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["item_id", "construct", "wave", "reversed", "minimum", "maximum"])
    return table.assign(numeric=False, position=range(1, len(table) + 1)).astype(
        {"minimum": "Int64", "maximum": "Int64"}
    )


def respondents(answers: dict[str, list], sites: list[str] | None = None) -> pd.DataFrame:
    n = len(next(iter(answers.values())))
    ids = {"respondent_id": [f"R{i + 1:04}" for i in range(n)], "site_id": sites or ["S01"] * n}
    return pd.DataFrame({**ids, **answers})


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
    reliability = reliability_table(counts_of(ANSWERS, ITEMS).covariances, ITEMS)
    assert reliability[["construct", "wave", "items", "n"]].to_numpy().tolist() == [
        ["attitude", "single", 3, 3],
        ["speed", "before", 1, 4],
        ["speed", "after", 1, 5],
    ]
    assert reliability["alpha"][0] == pytest.approx(cronbach_alpha([[5, 5, 5], [4, 4, 5], [1, 1, 1]]))
    assert reliability["alpha"][1:].isna().all()
    rest = item_rest_table(counts_of(ANSWERS, ITEMS).covariances, ITEMS)
    assert list(rest["item_id"]) == ["q1", "q2", "q3", "b1", "a1"]
    assert rest["item_rest_r"][0] == pytest.approx(np.corrcoef([5, 4, 1], [10, 9, 2])[0, 1])


def test_items_of_one_scale_must_have_the_same_answers():
    mixed = items_of(("q1", "attitude", "single", False, 1, 5), ("q2", "attitude", "single", False, 1, 7))
    with pytest.raises(ValueError, match=r'construct "attitude": its items \(q1, q2\) have different lowest') as caught:
        survey_scales(mixed)
    assert 'ตัวแปร "attitude"' in str(caught.value)


def test_amounts_are_scored_and_turned_round_between_their_limits() -> None:
    items = items_of(("n1", "wait", "single", False, 0, 100), ("n2", "wait", "single", True, 0, 100))
    items["numeric"] = True
    answers = respondents({"n1": [12.5, 40, np.nan], "n2": [80.5, np.nan, np.nan]})
    assert survey_scales(items)[0].numeric
    assert scale_scores(answers, items)["wait"].tolist()[:2] == [(12.5 + 19.5) / 2, 40]
    with pytest.raises(CannotAnalyse, match="different lowest or highest"):
        survey_scales(items.assign(numeric=[True, False]))
    assert on_points(items).empty


def test_a_score_can_ask_for_all_items_of_a_scale() -> None:
    items = pd.DataFrame({"item_id": ["a", "b", "c"], "construct": "x", "wave": "single", "reversed": False})
    items = items.assign(numeric=False, minimum=1, maximum=5, position=range(3))
    answers = pd.DataFrame({"a": [1, 1, None], "b": [2, None, None], "c": [3, 4, 5]}, dtype=float).assign(
        respondent_id=["R1", "R2", "R3"], site_id="S01"
    )
    scores = {answered: scale_scores(answers, items, answered=answered)["x"].tolist() for answered in (0.3, 0.5, 1)}
    assert scores[0.3] == [2, 2.5, 5]
    assert scores[0.5] == pytest.approx([2, 2.5, float("nan")], nan_ok=True)
    assert scores[1] == pytest.approx([2, float("nan"), float("nan")], nan_ok=True)
