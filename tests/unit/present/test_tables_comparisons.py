"""The tables of tests in the article: APA numbers, which test was chosen and why, and what is left out."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from pipe_tables import note
from result_frames import ANALYSIS, frames, labels

from thongthin.present.tables import article_table
from thongthin.present.tables.comparisons import MOST_PAIRS
from thongthin.survey.comparisons import choose_test

Tables = dict[str, pd.DataFrame]


def made(name: str, language: str, tables: Tables | None = None, analysis: Any = ANALYSIS) -> str:
    tables = tables or frames()
    return article_table(name, tables, labels(language, tables), analysis).replace("\u00a0", " ").replace("\\", "")


def rows(markdown: str) -> dict[str, list[str]]:
    """First cell -> the other cells of each row, header included."""
    lines = [line for line in markdown.splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return {first.strip("*"): rest for first, *rest in cells}


def with_test(test: str, because: str, scales: slice, name: str = "site_comparison") -> Tables:
    tables = frames()
    compared = tables[name]
    compared.loc[compared.index[scales], ["test", "chosen_because"]] = [test, because]
    return tables


def test_numbers_read_as_apa_asks() -> None:
    tables = frames()
    row = tables["site_comparison"].iloc[0]
    found = rows(made("site_comparison", "en", tables))
    assert found["Scale"] == ["*n*", "*H*", "*df*", "*p*", "*p* corr.", "ε^2^ [95% CI]", "Sites that differ"]
    interval = [f"{row[f'epsilon_squared{end}']:.2f}".removeprefix("0") for end in ("", "_low", "_high")]
    assert found["Positive attitude and openness"][:6] == [
        "132",
        f"{row['h']:.2f}",
        "2",
        f"{row['p']:.3f}".removeprefix("0"),
        f"{row['p_corrected']:.3f}".removeprefix("0"),
        f"{interval[0]} [{interval[1]}, {interval[2]}]",
    ]


def test_one_reason_for_all_scales_is_said_once() -> None:
    table = note(made("site_comparison", "en"))
    assert table.startswith("*Note.* Kruskal–Wallis tests, since the largest variance of a site is at most 3 times the")
    assert table.count("Kruskal") == 1
    assert "Holm’s correction" in table
    thai = note(made("site_comparison", "th"))
    assert "การทดสอบครัสคัล-วัลลิส เพราะความแปรปรวนของพื้นที่ที่มากที่สุดไม่เกิน 3 เท่าของที่น้อยที่สุด" in thai


def test_tests_that_differ_have_their_symbols_and_their_scales() -> None:
    tables = with_test("welch", "unequal_spread", slice(0, 1))
    row = tables["site_comparison"].iloc[0]
    table = made("site_comparison", "en", tables)
    first = rows(table)["Positive attitude and openness"]
    assert first[1] == f"*F* = {row['f']:.2f}"
    assert first[2] == f"2, {row['df2']:.2f}"
    assert first[5].startswith("ω^2^ = .")
    assert rows(table)["Budget"][1].startswith("*H* = ")
    assert (
        "Welch’s analysis of variance, since the largest variance of a site is more than 3 times the smallest:" in table
    )
    assert "smallest: Positive attitude and openness." in note(table)
    assert "smallest: Budget; Digital infrastructure;" in note(table)
    pairs = made("site_comparison_pairs", "en", tables)
    assert "*g* = " in pairs
    assert "*U* = " in pairs


def test_welch_alone_has_its_symbols_in_the_header() -> None:
    tables = with_test("welch", "asked", slice(None))
    assert rows(made("site_comparison", "en", tables))["Scale"][1:3] == ["*F*", "*df*"]
    pairs = made("site_comparison_pairs", "th", tables)
    assert rows(pairs)["ตัวแปรและพื้นที่"][2:4] == ["*t*", "*df*"]
    assert "การทดสอบทีของเวลช์ ตามที่กำหนดในการตั้งค่า" in note(pairs)


def test_pairs_by_means_are_those_of_games_and_howell() -> None:
    tables = with_test("welch", "asked", slice(None))
    pairs = tables["site_comparison_pairs"]
    pairs["p_games_howell"] = [0.049] + [0.9] * (len(pairs) - 1)
    pairs["p_corrected"] = 0.001
    pairs.loc[0, "g"] = -0.5
    shown = rows(made("site_comparison", "en", tables))
    assert shown["Positive attitude and openness"][-1] == "2 > 1"
    assert [row[-1] for name, row in shown.items() if name not in ("Scale", "Positive attitude and openness")] == [
        "–" for _ in list(shown)[2:]
    ]
    said = note(made("site_comparison", "en", tables))
    assert "*p* < .05 (Games and Howell’s test of the means)" in said
    assert "*p* corr.: Games and Howell’s test of the means." in note(made("site_comparison_pairs", "en", tables))
    assert "ได้จากการทดสอบค่าเฉลี่ยรายคู่ของเกมส์-ฮาวเวลล์" in note(made("site_comparison_pairs", "th", tables))
    both = note(made("site_comparison", "en", with_test("welch", "unequal_spread", slice(0, 1))))
    assert "(Holm’s correction within the scale, or Games and Howell’s test of the means)" in both


@pytest.mark.parametrize(
    "because", ["asked", "no_spread", "similar_spread", "few_points", "few_respondents", "skewed", "unequal_spread"]
)
@pytest.mark.parametrize("language", ["en", "th"])
def test_every_reason_of_the_rule_has_a_sentence(because: str, language: str) -> None:
    said = {
        note(made("site_comparison", language, with_test("ranks", code, slice(None)))) for code in (because, "asked")
    }
    assert len(said) == (1 if because == "asked" else 2)
    assert because in str(choose_test.__doc__)


def test_two_groups_stand_in_one_table() -> None:
    tables = frames()
    pair = tables["group_comparison_pairs"].iloc[0]
    table = made("group_comparison", "en", tables)
    found = rows(table)
    assert found["Scale"][:4] == ["*n* Officials", "*n* Citizens", "*U*", "*z*"]
    assert found["Positive attitude and openness"][:2] == [str(pair["n_a"]), str(pair["n_b"])]
    assert found["Positive attitude and openness"][2] == f"{pair['u']:,.2f}"
    assert "Mann–Whitney tests" in note(table)
    assert "Positive: higher in Officials." in note(table)


def test_the_correction_of_the_configuration_is_named() -> None:
    analysis = {**ANALYSIS, "comparison": {**ANALYSIS["comparison"], "correction": "benjamini_hochberg"}}
    assert "Benjamini and Hochberg’s correction" in note(made("site_comparison", "en", analysis=analysis))
    assert "วิธีของเบนจามินีและฮอคเบิร์ก" in note(made("category_comparison", "th", analysis=analysis))


def test_tests_that_leave_weights_out_say_so() -> None:
    for name in ("site_comparison", "site_comparison_pairs", "group_comparison", "category_comparison", "mcnemar"):
        tables = frames()
        source = name.removesuffix("_pairs")
        assert "weights" not in made(name, "en", tables)
        tables[source]["unweighted"] = True
        assert "leave the weights of respondents out" in note(made(name, "en", tables)), name
        assert ("Percentages and tests leave" in note(made(name, "en", tables))) == (name == "mcnemar")
        assert "ไม่ได้ถ่วงน้ำหนัก" in note(made(name, "th", tables)), name
    tables["before_after"]["unweighted"] = True
    assert "Means are weighted; tests and *r* are not." in note(made("before_after", "en", tables))


def test_many_pairs_are_cut_to_those_that_differ() -> None:
    tables = frames()
    ids = [f"T{i:02d}" for i in range(12)]
    tables["sites"] = pd.DataFrame({"site_id": ids, "name_th": ids, "name_en": ids, "type": "town"})
    one = tables["site_comparison_pairs"].iloc[[0]]
    pairs = [one.assign(site_a=a, site_b=b, p_corrected=0.01) for i, a in enumerate(ids) for b in ids[i + 1 :]]
    tables["site_comparison_pairs"] = pd.concat(pairs, ignore_index=True)
    tables["site_comparison_pairs"].loc[2:3, "p_corrected"] = 0.5
    table = made("site_comparison_pairs", "en", tables)
    assert sum(line.startswith("| T") for line in table.splitlines()) == MOST_PAIRS
    assert "T00 – T04" not in table
    assert f"{MOST_PAIRS} of 66 pairs, of those that differ" in note(table)


def test_an_exact_test_has_no_statistic() -> None:
    tables = frames()
    compared = tables["category_comparison"]
    compared.loc[0, ["test", "chosen_because"]] = ["monte_carlo", "expected_small"]
    table = made("category_comparison", "en", tables)
    lines = [line for line in table.splitlines() if line.startswith("| Sex")]
    assert [cell.strip() for cell in lines[0].strip("|").split("|")][2:4] == ["–", "–"]
    assert "10,000 are drawn at random" in note(table)


def test_effects_of_the_change_with_their_intervals() -> None:
    tables = frames()
    row = tables["before_after"].set_index("site_id").loc["all"]
    found = rows(made("before_after_effects", "en", tables))["All sites"]
    cells = [f"{row[c]:.2f} [{row[f'{c}_low']:.2f}, {row[f'{c}_high']:.2f}]" for c in ("shift", "d_z", "d_av")]
    assert found[2:] == cells
    tables["before_after"].loc[0, ["r", "r_low", "r_high"]] = [1, 0.8, 1]
    tables["before_after"].loc[1, ["r", "r_low", "r_high"]] = [0.33, None, None]
    change = rows(made("before_after", "en", tables))
    assert change["Bueng Kaew City Municipality"][-1] == "1.00 [.80, 1.00]"
    assert change["Nam Sai Subdistrict Municipality"][-1] == ".33"


def test_who_changed_between_yes_and_no() -> None:
    tables = frames()
    row = tables["mcnemar"].set_index("site_id").loc["all"]
    found = rows(made("mcnemar", "en", tables))
    assert "Used an online service" in found
    assert found["All sites"][:6] == [
        "132",
        *(f"{100 * row[c]:.1f}" for c in ("share_before", "share_after")),
        *(str(row[c]) for c in ("gained", "lost")),
        f"{row['chi2']:.2f}",
    ]
    limits = [f"{100 * row[f'difference{end}']:.1f}" for end in ("", "_low", "_high")]
    assert found["All sites"][7] == f"{limits[0]} [{limits[1]}, {limits[2]}]"


def test_change_by_group_has_the_groups_in_place_of_the_sites() -> None:
    tables = frames()
    row = tables["before_after_by_group"].set_index("group").loc["official"]
    for language, heading, name in (("en", "Scale and group", "Officials"), ("th", "ตัวแปรและกลุ่ม", "เจ้าหน้าที่")):
        found = rows(made("before_after_by_group", language, tables))
        assert found[heading][:4] == rows(made("before_after", language, tables))[heading.replace(
            "group", "site").replace("กลุ่ม", "พื้นที่")][:4]  # fmt: skip
        assert found[name][:3] == [str(row["n"]), f"{row['mean_before']:.2f}", f"{row['mean_after']:.2f}"]
    assert "All sites" not in rows(made("before_after_by_group", "en", tables))
    yes = tables["mcnemar_by_group"].set_index("group").loc["citizen"]
    found = rows(made("mcnemar_by_group", "en", tables))
    assert found["Citizens"][:3] == [str(yes["n"]), *(f"{100 * yes[f'share_{w}']:.1f}" for w in ("before", "after"))]
    tables["before_after_by_group"] = tables["before_after_by_group"].iloc[:0]
    assert "or the survey does not say who belongs to which group" in made("before_after_by_group", "en", tables)
