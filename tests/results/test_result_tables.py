"""The tables hold together: with their schemas, with the transcripts, and with each other."""

from __future__ import annotations

import numpy as np
import pytest
from built import Build

from thongthin.contract.tables import ALL, TABLES
from thongthin.present.values import row_names


@pytest.mark.parametrize("name", list(TABLES))
def test_table_fits_its_schema(build: Build, name: str) -> None:
    frame = build.table(name)  # reading checks columns, types and unique keys
    assert list(frame.columns)[: len(TABLES[name].columns)] == [c.name for c in TABLES[name].columns]


@pytest.mark.parametrize("name", ["turns", "codings", "quotes", "reanchored"])
def test_every_passage_is_what_stands_in_the_transcript(build: Build, name: str) -> None:
    texts = build.table("transcripts").set_index("participant_id")["text"]
    passages = build.table(name)
    wrong = [p for p in passages.itertuples() if texts[p.participant_id][p.start : p.end] != p.text]
    assert not wrong


@pytest.mark.parametrize(("name", "part"), [("themes_by_site", "site_id"), ("themes_by_group", "group")])
def test_theme_counts_add_up(build: Build, name: str, part: str) -> None:
    counts = build.table(name)
    assert (counts["participants"] <= counts["denominator"]).all()
    shares = counts["participants"] / counts["denominator"].where(counts["denominator"] > 0)
    np.testing.assert_allclose(counts["share"], shares, atol=1e-9)
    total = counts[counts[part] == ALL].set_index("theme_id")
    parts = counts[counts[part] != ALL].groupby("theme_id")[["participants", "denominator", "segments"]].sum()
    columns = ["participants", "denominator", "segments"]
    assert (parts.loc[total.index, columns] == total[columns]).all(axis=None)


def test_participants_with_a_theme_have_segments_of_it(build: Build) -> None:
    themes = build.table("themes_by_participant")
    assert ((themes["present"] == 1) == (themes["segments"] > 0)).all()


@pytest.mark.parametrize("name", ["themes_by_site", "themes_by_group", "themes_by_site_group"])
def test_shares_lie_within_their_exact_intervals(build: Build, name: str) -> None:
    counted = build.table(name).dropna(subset=["share"])
    assert ((counted["low"] <= counted["share"]) & (counted["share"] <= counted["high"])).all()
    assert counted[["low", "high"]].stack().between(0, 1).all()


def test_every_segment_was_placed_and_is_told_where_from(build: Build) -> None:
    sources = build.table("coding_sources")
    placed = sources["exact"] + sources["reanchored"] + sources["by_text"]
    assert (placed + sources["left_out"] == sources["selections"]).all()
    assert set(build.table("codings")["participant_id"]) <= set(sources["participant_id"])
    assert set(build.table("reanchored")["segment_id"]) <= set(build.table("codings")["segment_id"])


def test_disagreements_are_what_the_percentage_leaves(build: Build) -> None:
    """With two coders, each decision on which they differ is a row of the list."""
    agreement = build.table("agreement").set_index("code_id")
    overall = agreement.loc[ALL]
    if overall["coders"] != 2 or overall["unit"] == "character":
        pytest.skip("more than two coders, or decisions on characters, are listed in another way")
    assert round(overall["n"] * (1 - overall["percent"])) == len(build.table("disagreements"))


def test_saturation_is_reached_within_the_interviews(build: Build) -> None:
    saturation, curve = build.table("saturation"), build.table("saturation_curve")
    reached = saturation.dropna(subset=["point"])
    assert (reached["point"] <= reached["n"]).all()
    for site, own in curve.groupby("site_id"):
        assert own.sort_values("position")["cumulative"].is_monotonic_increasing, site
    last = curve.sort_values("position").groupby("site_id")["cumulative"].last()
    codes = saturation.set_index("site_id")["codes"]
    assert (last == codes[last.index]).all()


def test_the_framework_matrix_cites_segments_and_quotes_that_are_there(build: Build) -> None:
    matrix = build.table("framework_matrix")
    for column, ids in (
        ("segment_ids", set(build.table("codings")["segment_id"])),
        ("quote_ids", set(build.table("quotes")["quote_id"])),
    ):
        cited = {id_ for cell in matrix[column] for id_ in filter(None, cell.split("; "))}
        assert cited <= ids, column


def test_memberships_and_fits_of_configurations_lie_within_their_bounds(build: Build) -> None:
    assert build.table("qca_calibration")["membership"].dropna().between(0, 1).all()
    for name in ("qca_fit", "qca_solutions", "qca_necessity"):
        table = build.table(name)
        for column in {"inclusion", "pri", "coverage", "raw_coverage", "unique_coverage"} & set(table):
            assert table[column].dropna().between(0, 1).all(), (name, column)


def test_coefficients_lie_within_their_bounds(build: Build) -> None:
    agreement = build.table("agreement")
    for column in ("percent", "kappa", "fleiss_kappa", "ac1", "brennan_prediger", "alpha"):
        values = agreement[column].dropna()
        assert values.between(0 if column == "percent" else -1, 1).all(), column
    interval = agreement.dropna(subset=["alpha_low", "alpha_high"])
    assert (interval["alpha_low"] <= interval["alpha_high"]).all()


def test_answers_add_up(build: Build) -> None:
    answers = build.table("item_answers").groupby("item_id")["n"].sum()
    statistics = build.table("item_statistics").query("site_id == @ALL").set_index("item_id")["n"]
    statistics = statistics.drop(build.table("items").query("numeric")["item_id"])  # amounts have no frequencies
    assert answers.to_dict() == statistics.to_dict()


def test_categories_add_up_to_the_respondents(build: Build) -> None:
    sample = build.table("sample").query("quantity == 'respondents'").set_index("site_id")["n"]
    table = build.table("category_answers")
    for (_, site), own in table.groupby(["item_id", "site_id"]):
        assert own["n"].sum() == sample[site]
        assert sample[site] == 0 or abs(own["share_of_all"].sum() - 1) < 1e-8


def test_scale_means_lie_within_their_scales(build: Build) -> None:
    items = build.table("items").query("construct != ''")
    bounds = items.groupby("construct").agg(lowest=("minimum", "min"), highest=("maximum", "max"))
    scales = build.table("scale_statistics").dropna(subset=["mean"]).join(bounds, on="construct")
    assert ((scales["mean"] >= scales["lowest"]) & (scales["mean"] <= scales["highest"])).all()


def test_p_values_lie_within_their_bounds(build: Build) -> None:
    compared = ("site_comparison", "site_comparison_pairs", "group_comparison", "category_comparison", "before_after")
    names = (
        *compared,
        "before_after_by_group",
        "mcnemar",
        "mcnemar_by_group",
        "outcome_model",
        "model_terms",
        "theme_tests",
    )
    for name in filter(build.has, names):
        p = build.table(name)["p"].dropna()
        assert p.between(0, 1).all(), name


def test_corrected_p_is_never_smaller(build: Build) -> None:
    pairs = build.table("site_comparison_pairs").dropna(subset=["p"])
    assert (pairs["p_corrected"] >= pairs["p"] - 1e-12).all()


def test_every_response_is_analysed_or_left_out_for_a_reason(build: Build) -> None:
    flow = build.table("survey_flow")
    n = flow.groupby(["site_id", "step"], sort=False)["n"].first().unstack()
    left_out = n.drop(columns=["received", "analysed"]).sum(axis=1)
    assert (n["received"] - left_out == n["analysed"]).all()
    responses = len(build.table("responses"))
    if build.has("survey_received"):
        assert n.loc[ALL, "analysed"] == responses
    else:  # a survey of millions of responses: the table holds a draw
        survey = build.settings.study.survey
        assert survey is not None
        assert responses == min(n.loc[ALL, "analysed"], survey.draw)


def test_every_value_is_what_stands_in_its_table(build: Build) -> None:
    for name, of_table in build.table("values").groupby("table"):
        table = build.table(name)
        rows = row_names(table, TABLES[name])
        assert rows[rows != ""].is_unique
        assert set(of_table["rule"]) == {TABLES[name].rule}
        columns = {
            own: dict(zip(rows, table[own].astype(float).tolist(), strict=True)) for own in set(of_table["column"])
        }
        cells = [columns[own][row] for own, row in zip(of_table["column"], of_table["row"], strict=True)]
        np.testing.assert_allclose(of_table["value"], cells, rtol=1e-9, err_msg=str(name))
