"""Multiple imputation: Rubin's rules by hand, matching and chained equations by what they must give."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from thongthin.survey.imputation import imputation_comparison, impute, nearest, pool
from thongthin.survey.models import fit_outcome_model
from thongthin.survey.scales import scale_scores

ITEMS = pd.DataFrame(
    [(f"{construct}{i}", construct, construct == "b" and i == 2) for construct in ("a", "b", "y") for i in range(1, 5)],
    columns=["item_id", "construct", "reversed"],
).assign(wave="single", minimum=1, maximum=5, numeric=False)
ITEMS["position"] = range(1, len(ITEMS) + 1)


def survey(n: int = 200, seed: int = 1) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    level = {"a": rng.normal(3, 0.8, n), "b": rng.normal(3, 0.8, n)}
    level["y"] = 0.6 * level["a"] + 0.3 * level["b"] + rng.normal(0.3, 0.5, n)
    answers = pd.DataFrame({"respondent_id": [f"R{i}" for i in range(n)], "site_id": [f"S{i % 3}" for i in range(n)]})
    for item in ITEMS.itertuples():
        given = np.clip(np.round(level[item.construct] + rng.normal(0, 0.6, n)), 1, 5)
        answers[item.item_id] = 6 - given if item.reversed else given
    return answers


def gaps(responses: pd.DataFrame, share: float, seed: int = 2) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    items = list(ITEMS["item_id"])
    gone = rng.random((len(responses), len(items))) < share
    return responses.assign(**responses[items].mask(gone))


def compare(responses: pd.DataFrame, **more) -> pd.DataFrame:
    scores = scale_scores(responses, ITEMS)
    return imputation_comparison(responses, ITEMS, scores, "y", ["a", "b"], **{"imputations": 5, "seed": 1} | more)


def test_rubins_rules_by_hand():
    """Three estimates 10, 12, 14 with variances 4, 5, 6: within 5, between 4, total 5 + 4/3 x 4."""
    pooled = pool(np.array([[10.0], [12], [14]]), np.array([[4.0], [5], [6]]), 50)
    total = 5 + 4 / 3 * 4
    assert pooled.estimate == pytest.approx([12])
    assert pooled.se == pytest.approx([np.sqrt(total)])
    share = 16 / 3 / total
    old = 2 / share**2
    observed = 51 / 53 * 50 * (1 - share)
    assert pooled.df == pytest.approx([old * observed / (old + observed)])  # Barnard and Rubin (1999)
    ratio = 16 / 3 / 5
    assert pooled.fmi == pytest.approx([(ratio + 2 / (pooled.df[0] + 3)) / (ratio + 1)])


def test_without_missing_answers_nothing_is_lost_and_nothing_changes():
    table = compare(survey())
    table_of_all, fit = fit_outcome_model(scale_scores(survey(), ITEMS), "y", ["a", "b"])
    assert table["estimate"].tolist() == pytest.approx(table_of_all["estimate"].tolist())
    assert table["se"].tolist() == pytest.approx(table_of_all["se"].tolist())
    assert table["fmi"].tolist() == [0, 0, 0]
    assert table["change"].tolist() == pytest.approx([0, 0, 0], abs=1e-9)
    assert table["n"].tolist() == table["n_complete"].tolist() == [fit.loc[0, "n"]] * 3


def test_imputed_answers_are_answers_that_somebody_gave():
    responses = gaps(survey(), 0.2)
    values = responses[list(ITEMS["item_id"])].to_numpy()
    values = values[~np.isnan(values).all(axis=1)]
    groups = [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10, 11]]
    sets = list(impute(values, groups, ["S1"] * len(values), imputations=2, iterations=2, seed=1))
    for filled in sets:
        assert (filled[~np.isnan(values)] == values[~np.isnan(values)]).all()
        for item in range(12):
            assert set(filled[:, item]) <= set(values[~np.isnan(values[:, item]), item])
    assert (sets[0] != sets[1]).any()


def test_matching_takes_answers_of_the_nearest():
    """With a predictor that tells the answer exactly, a match is the answer but for the choice among five donors."""
    rng = np.random.default_rng(1)
    x = np.linspace(0, 100, 1001)
    wanted = np.array([10.03, 55.55, 99.99, 0.01])
    assert x[nearest(x, wanted, rng)] == pytest.approx(wanted, abs=0.6)


def test_of_equal_predictions_the_first_respondents_give_the_answer():
    """Whatever a processor makes of equal numbers: the five donors are those that come first, either side."""
    predicted = np.random.default_rng(2).integers(0, 3, 3000) / 7
    for value in (0, 1 / 7, 2 / 7):
        found = nearest(predicted, np.full(500, value), np.random.default_rng(1))
        assert set(found) == set(np.flatnonzero(predicted == value)[:5])


def test_matching_keeps_the_spread_of_answers():
    """Regression alone would give every respondent the mean; matched answers vary as the observed do."""
    rng = np.random.default_rng(3)
    x = rng.normal(size=2000)
    y = x + rng.normal(size=2000)
    gaps = np.where(np.arange(2000) < 1000, y, np.nan)
    (filled,) = impute(np.column_stack([gaps, x]), [[0], [1]], ["S1"] * 2000, imputations=1, iterations=1, seed=3)
    found = filled[1000:, 0]
    assert found.std() == pytest.approx(y.std(), rel=0.08)
    assert np.corrcoef(found, x[1000:])[0, 1] == pytest.approx(np.corrcoef(y, x)[0, 1], abs=0.06)


def test_the_same_seed_gives_the_same_numbers_and_another_others():
    responses = gaps(survey(), 0.15)
    pd.testing.assert_frame_equal(compare(responses), compare(responses))
    assert compare(responses)["estimate"].tolist() != compare(responses, seed=2)["estimate"].tolist()


def test_more_missing_answers_leave_less_information():
    few, many = (compare(gaps(survey(), share), imputations=20)["fmi"] for share in (0.03, 0.3))
    assert (few > 0).all()
    assert (few[1:] < many[1:]).all()
    assert (many < 1).all()


def test_imputation_mends_what_complete_respondents_distort():
    """Those with low a seldom answer y; among complete respondents the mean of y is too high, imputed it is not."""
    responses = survey(1500, seed=5)
    scores = scale_scores(responses, ITEMS)
    rng = np.random.default_rng(5)
    silent = rng.random(1500) < np.where(scores["a"] < 3, 0.7, 0.05)
    items = ["y1", "y2", "y3", "y4"]
    responses.loc[silent, items] = np.nan
    truth = scores["y"].mean()
    complete = scale_scores(responses, ITEMS)["y"].mean()
    values = responses[list(ITEMS["item_id"])].to_numpy()
    values[:, 5] = 6 - values[:, 5]
    groups = [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10, 11]]
    sets = impute(values, groups, responses["site_id"], imputations=5, iterations=5, seed=1)
    imputed = np.mean([filled[:, 8:].mean() for filled in sets])
    assert complete - truth > 0.08
    assert abs(imputed - truth) < 0.03


def test_respondents_who_answered_nothing_are_left_out_and_the_rest_counted():
    responses = gaps(survey(), 0.1)
    responses.loc[:9, list(ITEMS["item_id"])] = np.nan
    table = compare(responses)
    assert table["n"].tolist() == [190] * 3
    assert (table["n_complete"] < 190).all()


def test_an_item_that_nobody_answered_does_not_count():
    responses = gaps(survey(), 0.1)
    with_empty = responses.assign(a4=np.nan)
    table = compare(with_empty)
    assert table["estimate"].notna().all()
    assert table["n"].tolist() == [200] * 3


def test_many_respondents_are_sampled():
    responses = gaps(survey(400), 0.05)
    responses.loc[responses.index % 2 == 0, ["y1", "y2", "y3"]] = np.nan  # no score of y
    table = compare(responses, most=150)
    assert table["n"].tolist() == [150] * 3
    assert table["n_complete"].between(50, 100).all()  # of the same 150
