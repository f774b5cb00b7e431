"""The article's tables of scales and items: what is shown, in which order, and what the notes say."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd
import pytest
from pipe_tables import cells, note
from result_frames import ANALYSIS, CONSTRUCTS, frames, labels

from thongthin.present.tables import article_table
from thongthin.present.tables.scales import MOST_POINTS

NAMES = (
    "scale_reliability",
    "scale_dimensionality",
    "scale_summary",
    "scale_statistics",
    "group_statistics",
    "item_statistics",
    "item_answers",
)


def made(name: str, language: str = "en", tables: dict[str, pd.DataFrame] | None = None, **scales: Any) -> str:
    tables = tables or frames()
    analysis = {**ANALYSIS, "scales": {**ANALYSIS["scales"], **scales}}
    return article_table(name, tables, labels(language, tables), analysis)


@pytest.mark.parametrize("name", NAMES)
def test_they_fit_the_page_in_both_languages(name: str) -> None:
    widths = {len(cells(made(name, language))[0]) for language in ("th", "en")}
    assert len(widths) == 1
    assert widths <= set(range(3, 10))


def test_reliability_has_alpha_and_omega_with_their_intervals() -> None:
    found = cells(made("scale_reliability"))
    assert found[0] == ["Scale", "Items", "*n*", "α", "95% CI", "ω", "95% CI", "Mean *r*"]
    row = frames()["scale_reliability"].set_index("construct").loc["attitude"]
    shown = {name: f"{row[name]:.2f}".lstrip("0") for name in row.index if name not in ("wave", "items", "n")}
    assert found[1] == [
        "Positive attitude and openness",
        "3",
        "132",
        shown["alpha"],
        f"\\[{shown['alpha_low']}, {shown['alpha_high']}\\]",
        shown["omega"],
        f"\\[{shown['omega_low']}, {shown['omega_high']}\\]",
        shown["mean_r"],
    ]
    assert found[2][5:7] == ["–", "–"]  # two items have no omega
    assert "CI of α: Feldt’s distribution; of ω: a bootstrap of 1,000 draws." in note(made("scale_reliability"))
    drawn = note(made("scale_reliability", alpha_interval="bootstrap", replicates=500))
    assert "CI of α: a bootstrap of 500 draws; of ω: a bootstrap of 500 draws." in drawn
    assert "bootstrap" not in note(made("scale_reliability", replicates=0))


@pytest.mark.parametrize(("found", "en"), [("several", "More than one dimension"), ("none", "No dimension")])
def test_a_scale_that_is_not_of_one_dimension_is_warned_of_beside_its_reliability(found: str, en: str) -> None:
    tables = frames()
    assert "dimension by parallel analysis" not in note(made("scale_reliability", tables=tables))
    of_attitude = tables["scale_dimensionality"]["construct"] == "attitude"
    tables["scale_dimensionality"].loc[of_attitude, "dimensions"] = found
    for name in ("scale_reliability", "scale_dimensionality"):
        warned = note(made(name, tables=tables))
        assert f"**{en} by parallel analysis:** Positive attitude and openness;" in warned
        assert "การวิเคราะห์คู่ขนาน" in note(made(name, "th", tables))


def test_dimensions_are_those_of_each_scale_and_of_all_items() -> None:
    tables = frames()
    found = cells(made("scale_dimensionality", tables=tables))
    row = tables["scale_dimensionality"].set_index("construct").loc["attitude"]
    assert found[1][4:6] == [f"{row['chi_square']:.2f} (3)", "< .001"]
    assert found[1][-2:] == ["1", "1"]
    assert found[2][-2:] == ["–", "–"]  # two items cannot show their dimensions
    assert found[-1][0] == "**All items**"
    assert found[-1][1] == "13"
    assert "95th percentile of 1,000 random data sets" in note(made("scale_dimensionality", tables=tables))


def test_the_summary_has_interval_quartiles_and_level() -> None:
    found = cells(made("scale_summary"))
    row = frames()["scale_statistics"].query("construct == 'budget' and site_id == 'all'").iloc[0]
    assert found[2] == [
        "Budget",
        "132",
        f"{row['mean']:.2f}",
        f"\\[{row['low']:.2f}, {row['high']:.2f}\\]",
        f"{row['sd']:.2f}",
        f"{row['median']:.2f}",
        f"{row['q1']:.2f}–{row['q3']:.2f}",
        "high",
    ]
    assert cells(made("scale_summary", confidence=0.9))[0][3] == "90% CI"


def test_groups_stand_beside_each_other() -> None:
    found = cells(made("group_statistics"))
    assert found[0] == ["Scale", "Officials (*n* = 33)", "Citizens (*n* = 99)"]
    row = frames()["group_statistics"].query("construct == 'budget' and group == 'citizen'").iloc[0]
    assert found[2][2] == f"{row['mean']:.2f} ({row['sd']:.2f})"


def test_answers_are_percentages_with_the_top_two() -> None:
    tables = frames()
    found = cells(made("item_answers", tables=tables))
    assert found[0] == ["Item", "*n*", "1", "2", "3", "4", "5", "Top two", "95% CI"]
    shares = tables["item_answers"].query("item_id == 'Q01'")["share"]
    assert found[2][2:7] == [f"{100 * share:.1f}" for share in shares]
    assert float(found[2][7]) == pytest.approx(100 * shares.tail(2).sum(), abs=0.051)
    assert found[4][0].endswith("(R)")
    assert "(R): negative item" in note(made("item_answers", tables=tables))


def test_items_of_other_scales_have_empty_cells_and_very_long_scales_are_left_out() -> None:
    tables = frames()
    answers = tables["item_answers"]
    tables["item_answers"] = answers[~((answers["item_id"] == "Q01") & (answers["value"] > 3))]
    tables["items"].loc[tables["items"]["item_id"] == "Q02", "maximum"] = MOST_POINTS + 1
    found = cells(made("item_answers", tables=tables))
    assert found[2][5:7] == ["", ""]
    texts = [row[0] for row in found]
    assert "Staff see the benefit of working digitally" not in texts
    assert "not shown: 1." in note(made("item_answers", tables=tables))


def test_wide_amounts_have_no_decimals_and_may_fill_two_lines() -> None:
    tables = frames()
    numbers = ["mean", "sd", "low", "high", "q1", "median", "q3"]
    tables["scale_statistics"][numbers] *= 1_234_567
    summary, by_site = (
        next(row for row in cells(made(name, tables=tables)) if row[0] == CONSTRUCTS["budget"]["en"])
        for name in ("scale_summary", "scale_statistics")
    )
    whole = tables["scale_statistics"].query("construct == 'budget' and site_id == 'all'").iloc[0]
    assert summary[2:4] == [f"{whole['mean']:,.0f}", f"\\[{whole['low']:,.0f}, {whole['high']:,.0f}\\]"]
    assert f"{whole['mean']:,.0f} ({whole['sd']:,.0f})" in by_site


def test_amounts_have_no_row_among_the_answers() -> None:
    tables = frames()
    amount = tables["items"]["item_id"] == "Q02"
    tables["items"] = tables["items"].assign(numeric=amount)
    tables["item_answers"] = tables["item_answers"].query("item_id != 'Q02'")
    texts = [row[0] for row in cells(made("item_answers", tables=tables))]
    assert "Staff see the benefit of working digitally" not in texts
    assert len(texts) > 10
    assert "not shown" not in note(made("item_answers", tables=tables))
    assert "Staff see the benefit of working digitally" in str(made("item_statistics", tables=tables))


@pytest.mark.parametrize("name", ["scale_reliability", "scale_summary", "group_statistics", "item_answers"])
def test_weights_are_said_where_there_are_any(name: str) -> None:
    assert "weighted" not in note(made(name))
    tables = frames()
    for table in ("scale_reliability", "scale_statistics", "group_statistics", "item_statistics"):
        tables[table]["n_effective"] *= 0.8
    assert "Answers are weighted; *n* counts respondents" in note(made(name, tables=tables))
    assert "ถ่วงน้ำหนัก" in note(made(name, "th", tables))
    # What the effective number is used for is said only where the table shows it.
    intervals = name != "group_statistics"
    assert (
        "and intervals use the effective *n*, which is 80.0% of it." in note(made(name, tables=tables))
    ) == intervals
    assert ("ซึ่งเท่ากับร้อยละ 80.0 ของ *n*" in note(made(name, "th", tables))) == intervals


def test_a_range_of_effective_numbers_has_one_sign() -> None:
    tables = frames()
    tables["scale_statistics"]["n_effective"] *= [0.8, *[0.9] * (len(tables["scale_statistics"]) - 1)]
    frame = tables["scale_statistics"]
    tables["scale_statistics"] = frame.assign(n=100, n_effective=[80.0, *[90.0] * (len(frame) - 1)])
    both = [note(made("scale_summary", language, tables)) for language in ("en", "th")]
    assert re.search(r"which is (80\.0–)?90\.0% of it", both[0]) and "%–" not in both[0]
    assert re.search(r"เท่ากับร้อยละ (80\.0–)?90\.0 ของ", both[1]) and "–ร้อยละ" not in both[1]


def means(**of: float) -> dict[str, pd.DataFrame]:
    """The tables, with these means of all respondents, read by the bands of the configuration."""
    tables = frames()
    table = tables["scale_statistics"].copy()
    for construct, mean in of.items():
        rows = (table["construct"] == construct) & (table["site_id"] == "all")
        table.loc[rows, "mean"] = mean
    return {**tables, "scale_statistics": table}


def test_the_convention_of_the_bands_is_named_with_the_means_that_the_other_would_read_otherwise() -> None:
    """4.30 lies between both limits (4.20, 4.50), 4.60 above both; 2.55 is moderate by one, low by the other."""
    tables = means(attitude=4.30, budget=4.60, skills=2.55, success=3.0, speed=3.0)
    text = note(made("scale_summary", "en", tables))
    assert "Levels: highest > 4.50, high > 3.50" in text.replace("\u00a0", " ")
    assert "by limits halfway between answers (4.51–5.00 is the highest level)." in text
    assert (
        "equal class intervals of (5 − 1)/5 = 0.80 (4.21–5.00 is the highest level) these would read otherwise" in text
    )
    listed = text.split("would read otherwise: ")[1]
    assert listed.startswith("Positive attitude and openness (highest)")
    assert "(low)" in listed
    assert "Budget" not in listed
    assert "เกณฑ์จุดกึ่งกลางระหว่างคำตอบ (ระดับสูงสุด 4.51–5.00)" in note(made("scale_summary", "th", tables))
    alike = means(**dict.fromkeys(("attitude", "budget", "skills", "success", "speed"), 3.0))
    assert "every mean here would read the same" in note(made("scale_summary", "en", alike))
