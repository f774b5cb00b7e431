"""A survey as counts: what is counted, kept with all its digits, and put together by site and by group."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from odd_surveys import script
from survey_counts import counts_of, frequencies_of

from thongthin.contract.categories import MISSING
from thongthin.contract.tables import read_table, write_table
from thongthin.contract.units import Unit
from thongthin.survey.comparisons import category_table
from thongthin.survey.counts import TYPES_OF, SurveyCounts, by_unit
from thongthin.survey.scales import scale_scores

ITEMS = pd.DataFrame(
    [
        ("q1", "view", False, 1, 5, False),
        ("q2", "view", True, 1, 5, False),
        ("minutes", "time", False, 0, 10_000, True),
        ("job", "", False, None, None, False),
        ("words", "", False, None, None, False),
    ],
    columns=["item_id", "construct", "reversed", "minimum", "maximum", "numeric"],
)
ITEMS = ITEMS.astype({"minimum": "Int64", "maximum": "Int64"}).assign(wave="single", position=range(5))


def survey(n: int = 40) -> pd.DataFrame:
    rng = np.random.default_rng(5)
    answers = {item: rng.integers(1, 6, n).astype(float) for item in ("q1", "q2")}
    answers["q1"][::7] = np.nan
    return pd.DataFrame(
        {
            "respondent_id": [f"R{i}" for i in range(n)],
            "site_id": rng.choice(["S1", "S2"], n),
            "group": rng.choice(["young", "old", ""], n),
            "weight": rng.uniform(0.3, 3, n),
            **answers,
            "minutes": rng.uniform(0, 10_000, n),
            "job": rng.choice(["farmer", "trader", ""], n),
            "words": [f"คำตอบที่ {i}" for i in range(n)],
        }
    )


def test_counts_read_back_are_the_same_to_the_last_digit(tmp_path: Path) -> None:
    for responses in (survey(), survey().assign(weight=1.0), survey().iloc[:0]):
        counts = counts_of(responses, ITEMS)
        counts.write(tmp_path / "counts.json")
        kept = SurveyCounts.read(tmp_path / "counts.json")
        for name in TYPES_OF:
            pd.testing.assert_frame_equal(getattr(kept, name), getattr(counts, name), check_exact=True)
        assert kept.weighted == counts.weighted
        assert list(kept.covariances) == ["view", "time"]
        for column, own in counts.covariances.items():
            assert np.array_equal(kept.covariances[column].matrix, own.matrix, equal_nan=True)
            assert np.array_equal(kept.covariances[column][1:], own[1:], equal_nan=True)
        counts.write(tmp_path / "again.json")
        assert (tmp_path / "again.json").read_bytes() == (tmp_path / "counts.json").read_bytes()


def test_what_is_counted_is_what_pandas_counts() -> None:
    responses = survey()
    counts = counts_of(responses, ITEMS)
    of_sites = by_unit(counts.answers, Unit.sites(["S1", "S2"])).set_index(["column", "unit", "value"])
    of_groups = by_unit(counts.answers, Unit.groups(["young"])).set_index(["column", "unit", "value"])
    for value in range(1, 6):
        own = responses[responses["q2"] == value]
        assert of_sites.loc[("q2", "all", value), "weight"] == pytest.approx(own["weight"].sum())
        there = own[own["site_id"] == "S1"]
        assert of_sites.loc[("q2", "S1", value), "n"] == len(there)
        young = own[own["group"] == "young"]
        assert of_groups["n"].get(("q2", "young", value), 0) == len(young)
    assert set(of_groups.reset_index()["unit"]) == {"young"}
    amounts = counts.answers[counts.answers["column"] == "minutes"]
    assert sorted(amounts["value"]) == sorted(responses["minutes"])
    given = counts.categories.groupby(["column", "value"])["n"].sum()
    assert given["job"].to_dict() == responses["job"].replace("", MISSING).value_counts().to_dict()
    assert len(given["words"]) == len(responses)
    assert counts.respondents["n"].sum() == len(responses)


def test_words_are_told_from_categories_by_their_number() -> None:
    table = category_table(counts_of(survey(), ITEMS), ITEMS, [Unit.sites(["S1", "S2"])], replicates=50)
    words = table.set_index("item_id").loc["words"]
    assert (words["chosen_because"], words["categories"], words["n"]) == ("free_text", 40, 40)


def test_scores_that_differ_by_rounding_are_one_value_and_sites_without_scores_have_a_row() -> None:
    scores = pd.DataFrame({"site_id": ["S1", "S1", "S2"], "view": [10 / 3, 3.3333333333, 4.0], "time": np.nan})
    found = frequencies_of(scores, ITEMS, Unit.sites(["S2", "S1", "S3"]))
    assert found["view"].counts.tolist() == [[0, 1], [2, 0], [0, 0]]
    assert found["time"].counts.shape == (3, 0)


def test_no_interval_is_drawn_from_a_part_of_the_respondents(tmp_path: Path) -> None:
    responses, files = survey(), {name: str(tmp_path / f"{name}.csv") for name in ("scale_reliability", "item_rest")}
    blank = {"text_th": "ก", "text_en": "A", "scale": "s", "pair": "", "asked_if": "", "choice": "", "column": ""}
    write_table(ITEMS.assign(**blank), tmp_path / "items.csv")
    counts_of(responses, ITEMS, scale_scores(responses, ITEMS)).write(tmp_path / "counts.json")
    known = {"items_table": str(tmp_path / "items.csv"), "counts": str(tmp_path / "counts.json"), **files}
    chosen = {"alpha_interval": "bootstrap", "confidence": 0.95, "replicates": 50, "seed": 1}
    for part, undefined in ((responses, False), (responses.iloc[:30], True)):
        write_table(part.assign(submitted_on=""), tmp_path / "responses.csv")
        script("measure_reliability")(responses=str(tmp_path / "responses.csv"), **known, **chosen)
        row = read_table(files["scale_reliability"]).iloc[0]
        assert np.isnan(row["alpha_low"]) == undefined
        assert row["n"] == responses[["q1", "q2"]].notna().all(axis=1).sum()
