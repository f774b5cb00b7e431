"""The tables of the article: what they say in both languages, and that every reader of Markdown sees a table."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import pypandoc
import pytest
from pipe_tables import cells, note
from result_frames import ANALYSIS, designed_frames, frames, labels

from thongthin.present.catalogue import article_tables, why_not
from thongthin.present.tables import article_table
from thongthin.present.tables.cooccurrence import MOST_PAIRS
from thongthin.present.tables.parts import MOST_COLUMNS

Cells = list[list[str]]


def made(name: str, language: str, tables: dict[str, pd.DataFrame] | None = None, analysis: Any = ANALYSIS) -> str:
    tables = tables or frames()
    return article_table(name, tables, labels(language, tables), analysis)


def shown_in(name: str) -> dict[str, pd.DataFrame]:
    """Tables in which the table `name` has something to show."""
    return designed_frames() if name == "design_effects" else frames()


def rows(markdown: str) -> dict[str, list[str]]:
    """First cell -> the other cells of each row."""
    return {first.strip("*"): rest for first, *rest in cells(markdown)[1:]}


def as_pandoc_reads(markdown: str) -> list[dict[str, Any]]:
    blocks = json.loads(pypandoc.convert_text(markdown, "json", "markdown"))["blocks"]
    return [block for block in blocks if block["t"] == "Table"]


@pytest.mark.parametrize("language", ["th", "en"])
def test_every_table_is_a_table_of_full_width(language: str) -> None:
    found = as_pandoc_reads("\n\n".join(made(name, language, shown_in(name)) for name in article_tables()))
    assert len(found) == len(article_tables())
    for name, table in zip(article_tables(), found, strict=True):
        specs, header, body = table["c"][2], table["c"][3][1][0][1], table["c"][4][0][3]
        assert specs[0][0]["t"] == "AlignLeft", name
        assert sum(width["c"] for _, width in specs) == pytest.approx(1), name
        assert {len(row[1]) for row in body} == {len(header)} == {len(specs)}, name


def test_no_table_speaks_the_other_language() -> None:
    thai = [
        name for name in article_tables() if any("\u0e01" <= c <= "\u0e2e" for c in made(name, "en", shown_in(name)))
    ]
    assert thai == ["disagreements"]  # it quotes what was said
    for name in article_tables():
        assert any("\u0e01" <= c <= "\u0e2e" for c in cells(made(name, "th", shown_in(name)))[0][0]), name


def test_themes_are_counted_with_shares_in_the_order_of_the_codebook() -> None:
    table = made("themes_by_site", "en")
    assert cells(table)[0] == [
        "Theme",
        "Bueng Kaew City Municipality (*n* = 4)",
        "Nam Sai Subdistrict Municipality (*n* = 4)",
        "Thung Thong Subdistrict Administrative Organisation (*n* = 4)",
        "All sites (*n* = 12)",
    ]
    found = rows(table)
    assert next(iter(found)) == "Positive attitude and openness"
    assert list(found)[-1] == "Duplicated work and seams in the process"
    counts = frames()["themes_by_site"].set_index(["theme_id", "site_id"])
    attitude = counts.loc["attitude"]
    assert found["Positive attitude and openness"] == [
        f"{attitude.loc[site, 'participants']} ({100 * attitude.loc[site, 'share']:.1f})"
        for site in ("S01", "S02", "S03", "all")
    ]
    assert "at least one coder found it" in note(table)


def test_the_note_follows_the_rule_of_counting() -> None:
    analysis = {**ANALYSIS, "themes": {"coders": "SK"}}
    assert "if coder [SK]{.coder} found it" in note(made("themes_by_group", "en", analysis=analysis))
    assert "ผู้ลงรหัสทุกคนพบ" in note(made("themes_by_group", "th", analysis={**ANALYSIS, "themes": {"coders": "all"}}))


def test_denominators_that_differ_are_given_as_a_range() -> None:
    tables = frames()
    counts = tables["themes_by_site"]
    one = (counts["site_id"] == "S01") & (counts["theme_id"] == "budget")
    counts.loc[one, ["participants", "denominator", "share"]] = [1, 3, 1 / 3]
    header = cells(made("themes_by_site", "en", tables))[0]
    assert header[1] == "Bueng Kaew City Municipality (*n* = 3–4)"


def test_heads_have_the_short_names_of_sites_and_rows_the_whole() -> None:
    tables = frames()
    tables["sites"]["short_en"] = ["Kaew", *[""] * (len(tables["sites"]) - 1)]
    header = cells(made("themes_by_site", "en", tables))[0]
    assert header[1].startswith("Kaew (*n*") and header[2].startswith("Nam Sai Subdistrict Municipality (*n*")
    assert "Bueng Kaew City Municipality" in rows(made("participants", "en", tables))
    assert cells(made("themes_by_site", "th", tables))[0][1].startswith(tables["sites"]["name_th"][0])


def test_of_one_site_there_is_no_total() -> None:
    tables = frames()
    for name in ("sites", "sample", "themes_by_site"):
        own = tables[name][tables[name]["site_id"] == "S01"]
        tables[name] = pd.concat([own, own.assign(site_id="all")], ignore_index=True) if name != "sites" else own
    site = "Bueng Kaew City Municipality"
    assert cells(made("themes_by_site", "en", tables))[0] == ["Theme", f"{site} (*n* = 4)"]
    assert [row[0] for row in cells(made("participants", "en", tables))] == ["Site", site]


def test_many_sites_become_rows() -> None:
    tables = frames()
    ids = [f"T{i:02d}" for i in range(MOST_COLUMNS + 1)]
    tables["sites"] = pd.DataFrame(
        {"site_id": ids, "name_th": ids, "name_en": [f"Town {i}" for i in ids], "type": "town"}
    )
    counts = tables["themes_by_site"].query("site_id == 'S01'")
    tables["themes_by_site"] = pd.concat([counts.assign(site_id=id_) for id_ in [*ids, "all"]])
    table = made("themes_by_site", "en", tables)
    assert cells(table)[0][:2] == ["Site", "Positive attitude and openness"]
    assert next(iter(rows(table))) == "Town T00 (*n* = 4)"
    assert list(rows(table))[-1] == "All sites (*n* = 4)"


def test_participants_have_a_total_and_no_column_without_content() -> None:
    table = made("participants", "en")
    assert cells(table)[0] == ["Site", "Officials", "Citizens", "All interviewed", "Survey respondents"]
    assert rows(table)["Nam Sai Subdistrict Municipality"] == ["2", "2", "4", "44"]
    assert cells(table)[-1] == ["**Total**", "**6**", "**6**", "**12**", "**132**"]
    tables = frames()
    tables["sample"] = tables["sample"].query("quantity != 'respondents'")
    assert cells(made("participants", "th", tables))[0][-1] == "ผู้ให้ข้อมูลรวม"


def test_codes_stand_below_their_theme() -> None:
    found = cells(made("codebook", "en"))
    assert found[1] == [
        "**Positive attitude and openness**",
        "The participant speaks of\\: positive attitude and openness",
        "enabling",
    ]
    assert made("codebook", "en").splitlines()[3].startswith("| \u2003Openness to the new |")
    assert cells(made("codebook", "th"))[3][2] == "ขัดขวาง"


def test_agreement_ends_with_all_codes_and_explains_its_interval() -> None:
    table = made("agreement", "en")
    assert cells(table)[0][-1] == "95% CI"
    last = cells(table)[-1]
    row = frames()["agreement"].set_index("code_id").loc["all"]
    assert last[0] == "**All codes**"
    assert last[1] == f"**{row['n']}**"
    assert last[-1].strip("*").replace("\\", "").startswith("[.")
    assert "1,000 draws of whole interviews" in note(table)


def test_agreement_without_interval_and_with_codes_that_one_coder_read() -> None:
    tables = frames()
    agreement = tables["agreement"]
    agreement[["alpha_low", "alpha_high"]] = float("nan")
    agreement.loc[agreement["code_id"] == "budget", "n"] = 0
    agreement.loc[agreement["code_id"] == "steps", ["kappa", "ac1", "alpha"]] = float("nan")
    table = made("agreement", "en", tables)
    assert cells(table)[0][-1] == "Krippendorff’s α"
    assert "Budget" not in rows(table)
    assert rows(table)["Fewer steps"][-2:] == ["–", "–"]
    assert "–: not defined" in note(table)


def test_themes_that_occur_together_fill_the_lower_half() -> None:
    table = cells(made("theme_cooccurrence", "en"))
    pairs = frames()["theme_cooccurrence"].set_index(["theme_a", "theme_b"])
    first = pairs.loc[("attitude", "budget")]
    assert table[0] == ["Theme", *"1234567"]
    assert table[1][1:] == [""] * 7
    assert table[2][:2] == ["2. Budget", f"{first['turns']:.0f} ({first['jaccard']:.2f})".replace("(0.", "(.")]
    assert table[2][2:] == [""] * 6


def test_of_many_themes_the_pairs_that_occur_most_are_listed() -> None:
    tables = frames()
    codes = tables["codes"]
    more = [
        codes.iloc[[1]].assign(
            code_id=f"more{i}", theme_id=f"more{i}", parent_id="", position=100 + i, label_en=f"M{i}"
        )
        for i in range(4)
    ]
    tables["codes"] = pd.concat([codes, *more])
    table = made("theme_cooccurrence", "en", tables)
    turns = [int(row[3]) for row in cells(table)[1:]]
    assert len(turns) == MOST_PAIRS
    assert turns == sorted(turns, reverse=True)
    assert "The 20 of 28 pairs" in note(table)


def test_scales_show_each_site_and_how_the_mean_is_read() -> None:
    table = made("scale_statistics", "th")
    assert cells(table)[0][-2:] == ["ทุกพื้นที่ (*n* = 132)", "การแปลผล (รวม)"]
    statistics = frames()["scale_statistics"].set_index(["construct", "wave", "site_id"])
    row = statistics.loc[("infrastructure", "single", "S01")]
    assert rows(table)["โครงสร้างพื้นฐานดิจิทัล"][0] == f"{row['mean']:.2f} ({row['sd']:.2f})"
    assert rows(table)["โครงสร้างพื้นฐานดิจิทัล"][-1] == "มาก"
    assert {"ความรวดเร็วของบริการ \\(ก่อน\\)", "ความรวดเร็วของบริการ \\(หลัง\\)"} <= set(rows(table))
    assert "มากที่สุด > 4.50" in note(table)
    tables = frames()
    tables["scale_statistics"]["band"] = pd.array([None] * len(tables["scale_statistics"]), dtype="Int64")
    assert cells(made("scale_statistics", "en", tables))[0][-1] == "All sites (*n* = 132)"


def test_items_stand_under_their_construct_with_waves_and_reversal() -> None:
    table = made("item_statistics", "en")
    found = cells(table)
    assert found[1] == ["**Positive attitude and openness**", *[""] * 6]
    assert "Staff worry that new systems will make work harder (R)" in rows(table)
    assert {"Service is fast \\(before\\)", "Service is fast \\(after\\)"} <= set(rows(table))
    rest = frames()["item_rest"].set_index("item_id").loc["Q01", "item_rest_r"]
    assert found[2][5] == f"{rest:.2f}".removeprefix("0")


def test_sites_that_differ_are_named_by_number_the_higher_first() -> None:
    tables = frames()
    pairs = tables["site_comparison_pairs"]
    budget = pairs["construct"] == "budget"
    pairs.loc[budget, "p_corrected"] = 0.5
    one = budget & (pairs["site_a"] == "S01") & (pairs["site_b"] == "S03")
    pairs.loc[one, ["p_corrected", "r"]] = [0.01, -0.4]
    table = made("site_comparison", "en", tables)
    assert rows(table)["Budget"][-1] == "3 \\> 1"
    assert "1 = Bueng Kaew City Municipality; 2 = Nam Sai Subdistrict Municipality; 3 = Thung Thong" in note(table)
    assert "Don Wan" not in note(table)  # nobody answered there
    assert "*p* < .05" in note(table)


def test_before_and_after() -> None:
    table = made("before_after", "en")
    row = frames()["before_after"].set_index(["construct", "site_id"]).loc[("speed", "all")]
    assert cells(table)[1][0] == "**Speed of service**"
    assert rows(table)["All sites"][:4] == [
        "132",
        *(f"{row[c]:.2f}" for c in ("mean_before", "mean_after", "mean_change")),
    ]
    assert rows(table)["All sites"][5] == "< .001"


def test_the_model_has_intervals_and_a_line_of_fit() -> None:
    table = made("outcome_model", "en")
    term = frames()["outcome_model"].set_index("term").loc["attitude"]
    assert rows(table)["Positive attitude and openness"][2] == f"\\[{term['low']:.2f}, {term['high']:.2f}\\]"
    assert rows(table)["Intercept"][3] == "–"
    fit = frames()["outcome_model_fit"].iloc[0]
    assert f"*n* = 132, *R* = {fit['r']:.2f}, *R*^2^ = {fit['r2']:.2f}".replace("0.", ".") in note(table)
    assert f"standard error of the estimate = {fit['see']:.2f}" in note(table)
    assert f"*F*(3, 128) = {fit['f']:.2f}, *p* < .001" in note(table)
    assert "(HC3)" in note(table)


def test_labels_cannot_break_a_table() -> None:
    tables = frames()
    hostile = "a|b {{< value x >}} <script>alert(1)</script> *x* $y$ [z](http://w)\n\n# Heading"
    tables["sites"].loc[0, "name_en"] = hostile
    tables["codes"].loc[0, "label_en"] = hostile
    markdown = made("themes_by_site", "en", tables)
    (table,) = as_pandoc_reads(markdown)
    assert len(table["c"][2]) == 5
    plain = pypandoc.convert_text(markdown, "plain", "markdown", extra_args=["--columns=1000"])
    assert "a|b {{< value x >}} <script>alert(1)</script> *x* $y$ [z](http://w) # Heading" in plain


@pytest.mark.parametrize("name", article_tables())
def test_a_table_without_data_says_why(name: str) -> None:
    tables = shown_in(name)
    source = article_tables()[name].sources[0]
    tables[source] = tables[source].iloc[:0]
    en, th = made(name, "en", tables), made(name, "th", tables)
    reason = why_not(article_tables()[name], set(tables) - {source})
    assert reason is not None
    assert en == f"There is nothing to show here: {reason[0]}.\n"
    assert th == f"ไม่มีข้อมูลที่จะแสดง: {reason[1]}\n"


def test_agreement_of_a_single_coder_is_nothing_to_show() -> None:
    tables = frames()
    tables["agreement"]["n"] = 0
    assert "no interview was coded by two coders" in made("agreement", "en", tables)
