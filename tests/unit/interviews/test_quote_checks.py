"""The balance of quotes: who is quoted how much, from how many sites, and what is said where a rule is not met."""

from __future__ import annotations

from math import isnan
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from result_frames import ANALYSIS, frames, labels

from thongthin.contract.tables import read_table, write_table
from thongthin.interviews.quote_checks import quote_checks, quotes_by_theme, shortfalls
from thongthin.present.tables.reporting import quotes_by_theme as article_table

CODES = pd.DataFrame(
    {
        "code_id": ["skills", "training", "budget", "speed"],
        "theme_id": ["skills", "skills", "budget", "speed"],
        "position": [2, 3, 1, 4],
    }
)
# q1 to q3 from P1 at A, q4 from P2 at B, q5 from P3 at B, q6 from P4 at A without a code.
QUOTES = pd.DataFrame(
    [
        ("q1", "P1", "training", "A"),
        ("q2", "P1", "budget", "A"),
        ("q3", "P1", "skills", "A"),
        ("q4", "P2", "skills", "B"),
        ("q5", "P3", "speed", "B"),
        ("q6", "P4", "", "A"),
    ],
    columns=["quote_id", "participant_id", "code_id", "site_id"],
).assign(group="official")
ALL_SIX = [f"q{i}" for i in range(1, 7)]


def checked(*ids: str, sites: int = 2, **rules: Any) -> dict[tuple[str, str], dict[str, Any]]:
    """Row of each check and subject for an English article with these quotes."""
    table = quote_checks({"en": ids}, QUOTES, CODES, sites, **rules)
    return {(row["check"], row["subject"]): row for row in table.to_dict("records")}


def test_nobody_supplies_more_than_the_limit() -> None:
    found = checked(*ALL_SIX)
    one = found["participant_share", "P1"]
    assert (one["n"], one["share"], one["limit"], one["met"]) == (3, 0.5, 0.3, False)
    assert found["participant_share", "P2"]["met"]
    assert checked(*ALL_SIX, most_from_one=0.5)["participant_share", "P1"]["met"]


def test_a_share_that_is_the_limit_is_within_it() -> None:
    quotes = pd.concat([QUOTES.assign(quote_id=QUOTES["quote_id"] + str(i), participant_id=f"R{i}") for i in range(9)])
    own = [*quotes["quote_id"].iloc[:3], *quotes.loc[quotes["participant_id"] != "R0", "quote_id"].iloc[:7]]
    table = quote_checks({"en": own}, quotes, CODES, 2)
    row = table[(table["check"] == "participant_share") & (table["subject"] == "R0")].iloc[0]
    assert (row["share"], row["met"]) == (0.3, True)


def test_a_single_quote_is_always_allowed() -> None:
    assert checked("q1", "q4")["participant_share", "P1"]["share"] == 0.5
    assert checked("q1", "q4")["participant_share", "P1"]["met"]


def test_a_quoted_theme_comes_from_two_sites_or_is_local() -> None:
    found = checked(*ALL_SIX, local_themes=["speed"])
    themes = [subject for check, subject in found if check == "theme_sites"]
    assert themes == ["budget", "skills", "speed"]  # in the order of the codebook; a quote without code has none
    assert (found["theme_sites", "skills"]["n"], found["theme_sites", "skills"]["met"]) == (2, True)
    assert (found["theme_sites", "budget"]["n"], found["theme_sites", "budget"]["met"]) == (1, False)
    assert found["theme_sites", "speed"]["local"]
    assert found["theme_sites", "speed"]["met"]
    assert isnan(found["theme_sites", "speed"]["share"])


def test_in_a_study_of_one_site_all_its_sites_will_do() -> None:
    assert checked("q1", sites=1)["theme_sites", "skills"]["met"]
    assert checked("q1", sites=1)["theme_sites", "skills"]["limit"] == 1


def test_a_quote_without_group_is_told() -> None:
    quotes = QUOTES.assign(group=["", *["official"] * 5])
    table = quote_checks({"en": ["q1", "q4"]}, quotes, CODES, 2)
    row = table[table["check"] == "attribution"].iloc[0]
    assert (row["n"], row["share"], row["met"]) == (1, 0.5, False)
    assert "Only 1 of the quotes name participant, group and site." in [en for en, _ in shortfalls(table, "en")]


def test_each_article_is_judged_by_itself_and_a_repeated_quote_counts_once() -> None:
    table = quote_checks({"th": ["q1", "q1", "q4"], "en": []}, QUOTES, CODES, 2)
    assert set(table["article"]) == {"th"}
    assert list(table.loc[table["check"] == "participant_share", "n"]) == [1, 1]
    assert shortfalls(table, "en") == []
    counts = quotes_by_theme({"th": ["q1", "q4", "q6"]}, QUOTES, CODES).set_index(["article", "theme_id"])
    assert counts.loc[("th", "skills")].to_dict() == {"n": 2, "participants": 2, "sites": 2}
    assert counts.loc[("th", "all")].to_dict() == {"n": 3, "participants": 3, "sites": 2}
    assert counts.loc[("en", "all"), "n"] == 0
    assert list(counts.loc["en"].index) == ["budget", "skills", "speed", "all"]


def test_what_is_not_met_is_said_in_both_languages() -> None:
    said = shortfalls(quote_checks({"en": ALL_SIX}, QUOTES, CODES, 2), "en")
    assert said == [
        (
            "P1 supplies 50.0% of the quotes; at most 30.0% should be from one participant.",
            "คำพูดของ P1 คิดเป็นร้อยละ 50.0 ของคำพูดทั้งหมด แต่ละคนไม่ควรเกินร้อยละ 30.0",
        ),
        ("Quoted from fewer than 2 sites: budget, speed.", "ประเด็นที่มีคำพูดจากพื้นที่ไม่ถึง 2 แห่ง: budget, speed"),
    ]


@pytest.mark.parametrize("ids", [(), tuple(ALL_SIX)])
def test_the_tables_fit_their_schema_also_without_quotes(tmp_path: Path, ids: tuple[str, ...]) -> None:
    write_table(quote_checks({"en": ids}, QUOTES, CODES, 2), tmp_path / "quote_checks.csv")
    write_table(quotes_by_theme({"en": ids}, QUOTES, CODES), tmp_path / "quotes_by_theme.csv")
    assert len(read_table(tmp_path / "quote_checks.csv")) == (8 if ids else 0)


def test_the_article_table_marks_themes_of_too_few_sites() -> None:
    tables = frames()
    choices = {**ANALYSIS, "quotes": {**ANALYSIS["quotes"], "local_themes": ["budget"]}}
    said = article_table(tables, labels("en"), choices).replace("\u00a0", " ")
    assert "| Budget |" in said or "| Budget^L^ |" in said
    assert "| **All quotes** | **6** | **6** |" in said
    counts = tables["quotes_by_theme"].set_index(["article", "theme_id"])
    counts.loc[("en", "budget"), "sites"] = counts.loc[("en", "skills"), "sites"] = 1
    tables["quotes_by_theme"] = counts.reset_index()
    said = article_table(tables, labels("en"), choices)
    assert "Budget^L^" in said
    assert "Digital skills of staff^†^" in said
    assert "from fewer than 2 sites" in said
