"""The tables that compare themes: what their cells say, in both languages, and that they stay within a page."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import pypandoc
import pytest
from pipe_tables import cells, note
from result_frames import ANALYSIS, frames, labels

from thongthin.present.tables import article_table, themes
from thongthin.present.tables.themes import MOST_CASES, MOST_IDS, ZERO_WIDTH_SPACE

NAMES = [
    "themes_by_site_group",
    "theme_spread",
    "deviant_cases",
    "framework_matrix",
    "valence_balance",
    "theme_tests",
]


def made(name: str, language: str, tables: dict[str, pd.DataFrame] | None = None) -> str:
    tables = tables or frames()
    return article_table(name, tables, labels(language, tables), ANALYSIS)


def below(markdown: str, heading: str) -> dict[str, list[str]]:
    """First cell -> other cells of the rows below a heading."""
    found: dict[str, list[str]] = {}
    current = ""
    for first, *rest in cells(markdown)[1:]:
        if first.startswith("**"):
            current = first.strip("*")
        elif current == heading:
            found[first] = rest
    return found


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_every_table_is_a_table_of_at_most_seven_columns(name: str, language: str) -> None:
    blocks = json.loads(pypandoc.convert_text(made(name, language), "json", "markdown"))["blocks"]
    (table,) = [block["c"] for block in blocks if block["t"] == "Table"]
    specs, body = table[2], table[4][0][3]
    assert len(specs) <= 7
    assert sum(width["c"] for _, width in specs) == pytest.approx(1)
    assert {len(row[1]) for row in body} == {len(specs)}
    thai = [any("\u0e01" <= letter <= "\u0e2e" for letter in row[0]) for row in cells(made(name, language))]
    assert any(thai) == (language == "th")


def test_groups_of_a_site_have_share_and_interval() -> None:
    table = made("themes_by_site_group", "en")
    assert cells(table)[0] == ["Theme and site", "Officials", "Citizens"]
    rows = below(table, "Digital skills of staff")
    counts = frames()["themes_by_site_group"].query("theme_id == 'skills' and site_id == 'S02'")
    own = counts.set_index("group")
    said = [
        f"{row['participants']:.0f}/{row['denominator']:.0f}, {100 * row['share']:.1f}"
        rf" \[{100 * row['low']:.1f}, {100 * row['high']:.1f}\]"
        for row in (own.loc["official"], own.loc["citizen"])
    ]
    assert rows["Nam Sai Subdistrict Municipality"] == said
    assert "exact (Clopper–Pearson) 95% confidence interval" in note(table)
    assert "at least one coder found it" in note(table)


def test_spread_names_the_sites_that_not_all_share() -> None:
    tables = frames()
    spread = tables["theme_spread"]
    spread.loc[1, ["sites", "site_ids", "site_spread"]] = [2, "S01; S03", "partial"]
    spread.loc[2, ["groups", "group_ids", "group_spread"]] = [1, "citizen", "distinct"]
    spread.loc[3, ["sites_read", "site_spread"]] = [1, ""]
    rows = {first: rest for first, *rest in cells(made("theme_spread", "en", tables))}
    assert rows["Budget"][1:3] == ["2/3", "partial (1, 3)"]
    assert rows["Digital infrastructure"][3:] == ["1/2", "distinct (Citizens)"]
    assert rows["Digital skills of staff"][2] == "–"
    assert "1 = Bueng Kaew City Municipality; 2 = Nam Sai" in note(made("theme_spread", "en", tables))


def test_deviant_cases_say_how_they_differ_from_whom() -> None:
    tables = frames()
    case = tables["deviant_cases"].iloc[[0]].assign(theme_id="budget")
    rows = [
        case.assign(part="site", reason="present", participants=1, segment_ids="G1; G2; G3; G4", quote_ids="q_one"),
        case.assign(part="group", reason="hindering", group="official", participants=3, segment_ids="G4"),
    ]
    tables["deviant_cases"] = pd.concat(rows, ignore_index=True)
    table = made("deviant_cases", "en", tables)
    assert [row[1:] for row in cells(table)[2:]] == [
        [
            "speaks of it",
            "Thung Thong Subdistrict Administrative Organisation",
            "1/4",
            rf"G1, G2, G3 (+1); *q\_{ZERO_WIDTH_SPACE}one*",
        ],
        ["says what hinders", "Officials", "3/4 only enabling", "G4"],
    ]
    assert "at most 25%" in note(table)
    tables["deviant_cases"] = pd.concat([case] * (MOST_CASES + 2), ignore_index=True)
    assert f"The first {MOST_CASES} of {MOST_CASES + 2} cases." in note(made("deviant_cases", "en", tables))


def test_cells_of_the_framework_matrix() -> None:
    table = made("framework_matrix", "en")
    matrix = frames()["framework_matrix"].set_index(["theme_id", "site_id"])
    own = matrix.loc[("attitude", "S01")]
    evidence, *counts = below(table, "Positive attitude and openness")["Bueng Kaew City Municipality"]
    assert counts == [
        f"{own['participants']}/{own['denominator']}",
        *(str(own[name]) for name in ("segments", "enabling", "hindering", "both")),
    ]
    ids = own["segment_ids"].split("; ")
    assert evidence.startswith(f"{', '.join(ids[:MOST_IDS])} (+{len(ids) - MOST_IDS})")
    assert below(table, "Budget")["Nam Sai Subdistrict Municipality"][3:] == ["–", "–", "–"]
    assert "Don Wan" not in table  # nobody was interviewed there


def test_the_balance_of_sites_groups_and_all() -> None:
    table = made("valence_balance", "en")
    rows = below(table, "Positive attitude and openness")
    assert list(rows) == [
        "Bueng Kaew City Municipality",
        "Nam Sai Subdistrict Municipality",
        "Thung Thong Subdistrict Administrative Organisation",
        "Officials",
        "Citizens",
        "All sites",
    ]
    own = frames()["valence_balance"].set_index(["theme_id", "site_id", "group"]).loc[("attitude", "all", "all")]
    counts = [f"{own[f'participants_{side}']:.0f}" for side in ("enabling", "both", "hindering")]
    passages = " : ".join(f"{own[f'passages_{side}']:.0f}" for side in ("enabling", "both", "hindering"))
    assert rows["All sites"][:3] == counts
    assert rows["All sites"][3].startswith(f"{100 * own['share']:.1f} \\[")
    assert rows["All sites"][4:] == [passages, f"{own['index']:.2f}".replace("-", "−")]
    assert below(table, "Budget") == {}


def test_tests_are_labelled_as_exploratory_and_one_group_has_none() -> None:
    for language, word in (("en", "Exploratory"), ("th", "เชิงสำรวจ")):
        assert word in note(made("theme_tests", language))
    tables = frames()
    tests = tables["theme_tests"]
    tests.loc[tests["part"] == "group", ["p", "p_corrected", "v"]] = float("nan")
    tests.loc[0, ["p", "p_corrected", "v", "method"]] = [0.012, 0.0004, 0.5, "monte_carlo"]
    tests.loc[1, ["p", "p_corrected", "v"]] = float("nan")
    table = made("theme_tests", "en", tables)
    assert cells(table)[0] == ["Theme", "*p*, sites", "*p* corr.", "*V*"]
    assert cells(table)[1][1:] == [".012", "< .001", ".50"]
    assert cells(table)[2][1:] == ["–", "–", "–"]
    assert "10,000 random tables" in note(table)
    assert "–: everybody or nobody speaks of it" in note(table)


def test_labels_and_ids_cannot_break_a_table() -> None:
    hostile = "a|b *x* <script>alert(1)</script> [z](http://w)"
    tables: dict[str, Any] = frames()
    tables["codes"].loc[0, "label_en"] = hostile
    tables["sites"].loc[0, "name_en"] = hostile
    tables["framework_matrix"].loc[0, ["segment_ids", "quote_ids"]] = [hostile, hostile]
    for name in NAMES:
        blocks = json.loads(pypandoc.convert_text(made(name, "en", tables), "json", "markdown"))["blocks"]
        (table,) = [block["c"] for block in blocks if block["t"] == "Table"]
        assert {len(row[1]) for row in table[4][0][3]} == {len(table[2])}, name
        assert "RawInline" not in json.dumps(table), name
        assert '"Link"' not in json.dumps(table), name


@pytest.mark.parametrize("name", NAMES)
def test_a_table_is_made_by_the_function_of_its_name(name: str) -> None:
    assert made(name, "th") == getattr(themes, name)(frames(), labels("th"), ANALYSIS)
