"""Both strands side by side: the numbers are those of each strand by itself, and rankings of sites agree or not."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from result_frames import ANALYSIS, BANDS, CONSTRUCTS, GROUPS, frames, labels
from studies import make_study, replace_text

from thongthin.basics.language import format_number
from thongthin.basics.problems import Problems
from thongthin.commands.check import check_study
from thongthin.contract.tables import ALL, read_table, write_table
from thongthin.present.figures import draw
from thongthin.present.labels import Labels
from thongthin.present.tables.joint import joint_display as display_of_article
from thongthin.synthesis.joint_display import (
    joint_constructs,
    joint_display,
    joint_ranking,
    parts_of_display,
    theme_factors,
)

SITES = ["S01", "S02", "S03", "S04"]


def codes(*rows: tuple[str, str, str]) -> pd.DataFrame:
    """Codes from code, theme and factor."""
    frame = pd.DataFrame(rows, columns=["code_id", "theme_id", "factor"])
    return frame.assign(position=range(1, len(frame) + 1))


def display(made: dict[str, pd.DataFrame], **changed: Any) -> pd.DataFrame:
    about: dict[str, Any] = {"site_ids": SITES, "groups": GROUPS, "constructs": CONSTRUCTS, **changed}
    return joint_display(
        made["themes_by_participant"],
        made["valence_by_participant"],
        made["participants"],
        made["codes"],
        made["quotes"],
        made["scale_statistics"],
        made["group_statistics"],
        **about,
    )


def test_a_theme_speaks_of_its_own_factor_or_of_the_only_one_below_it() -> None:
    of = theme_factors(
        codes(
            ("a", "a", "skills"),
            ("a1", "a", "budget"),
            ("b", "b", ""),
            ("b1", "b", "budget"),
            ("b2", "b", ""),
            ("c", "c", ""),
            ("c1", "c", "budget"),
            ("c2", "c", "skills"),
            ("d", "d", ""),
        )
    )
    assert of == {"a": "skills", "b": "budget"}


def test_only_what_both_strands_speak_of_is_displayed() -> None:
    book = codes(("a", "a", "skills"), ("b", "b", "budget"))
    assert joint_constructs(book, {"skills", "success"}, ["budget", "skills", "success"]) == ["skills"]
    assert list(display(frames())["construct"].unique()) == [c for c in CONSTRUCTS if c not in ("success", "speed")]


def test_parts_are_the_sites_the_groups_and_everybody() -> None:
    assert parts_of_display(["S01"], ["official"]) == [("S01", ALL), (ALL, "official"), (ALL, ALL)]


def test_the_numbers_are_those_of_the_tables_of_each_strand() -> None:
    made = frames()
    found = display(made).set_index(["construct", "site_id", "group"])
    shares = made["themes_by_site"].set_index(["theme_id", "site_id"])
    of_groups = made["themes_by_group"].set_index(["theme_id", "group"])
    balance = made["valence_balance"].set_index(["theme_id", "site_id", "group"])
    means = made["scale_statistics"].set_index(["construct", "wave", "site_id"])[["n", "mean", "low", "high"]]
    by_group = made["group_statistics"].set_index(["construct", "wave", "group"])
    for construct in found.index.unique("construct"):
        for site in [*SITES, ALL]:
            row, share, mean = (
                found.loc[construct, site, ALL],
                shares.loc[construct, site],
                means.loc[construct, "single", site],
            )
            for column in ("participants", "denominator"):
                assert row[column] == share[column]
            assert [row["share"], row["share_low"], row["share_high"]] == pytest.approx(
                [share["share"], share["low"], share["high"]], nan_ok=True
            )
            assert [row["n"], row["mean"], row["mean_low"], row["mean_high"]] == pytest.approx(
                [mean["n"], mean["mean"], mean["low"], mean["high"]], nan_ok=True
            )
        for group in GROUPS:
            row = found.loc[construct, ALL, group]
            assert row["share"] == pytest.approx(of_groups.loc[(construct, group), "share"])
            assert row["mean"] == pytest.approx(by_group.loc[(construct, "single", group), "mean"])
    for site, group in parts_of_display(SITES, GROUPS):
        row, own = found.loc["attitude", site, group], balance.loc["attitude", site, group]
        for column in ("participants_enabling", "participants_hindering", "participants_both"):
            assert row[column] == own[column]
        assert row["index"] == pytest.approx(own["index"], nan_ok=True)
    assert math.isnan(found.loc[("budget", ALL, ALL), "index"])  # no code of this theme takes a side


def test_several_themes_of_one_factor_count_once_for_each_participant() -> None:
    made = frames()
    made["codes"]["factor"] = made["codes"]["factor"].replace({"skills": "attitude"})
    found = display(made).set_index(["construct", "site_id", "group"])
    present = made["themes_by_participant"].query("theme_id in ['attitude', 'skills']")
    by_participant = present.groupby("participant_id")["present"].max()
    assert found.loc[("attitude", ALL, ALL), "participants"] == by_participant.sum()
    assert found.loc[("attitude", ALL, ALL), "denominator"] == len(by_participant)
    assert "skills" not in found.index.unique("construct")


def test_who_was_not_read_for_a_theme_is_counted_only_where_another_one_counts() -> None:
    made = frames()
    made["codes"]["factor"] = made["codes"]["factor"].replace({"skills": "attitude"})
    themes = made["themes_by_participant"]
    about = themes["theme_id"].isin(["attitude", "skills"])
    themes = themes[~(about & themes["participant_id"].isin(["P01", "P02"]) & (themes["theme_id"] == "skills"))].copy()
    themes.loc[(themes["participant_id"] == "P01") & (themes["theme_id"] == "attitude"), "present"] = 0
    themes.loc[(themes["participant_id"] == "P02") & (themes["theme_id"] == "attitude"), "present"] = 1
    made["themes_by_participant"] = themes
    found = display(made).set_index(["construct", "site_id", "group"])
    assert found.loc[("attitude", ALL, ALL), "denominator"] == 11


def test_of_a_construct_asked_twice_the_wave_after_is_shown() -> None:
    made = frames()
    made["codes"].loc[made["codes"]["theme_id"] == "faster", "factor"] = "speed"
    found = display(made).set_index(["construct", "site_id", "group"]).loc[("speed", ALL, ALL)]
    after = made["scale_statistics"].query("construct == 'speed' and wave == 'after' and site_id == 'all'").iloc[0]
    assert (found["wave"], found["mean"]) == ("after", after["mean"])


def test_quotes_are_those_of_the_factor_at_each_place() -> None:
    made = frames()
    found = display(made).set_index(["construct", "site_id", "group"])["quotes"]
    quotes = made["quotes"]
    own = quotes[quotes["code_id"] == "attitude_open"]
    assert found["attitude", ALL, ALL].split() == list(own["quote_id"])
    site = own["site_id"].iloc[0]
    assert found["attitude", site, ALL].split() == list(own.loc[own["site_id"] == site, "quote_id"])
    assert found["communication", ALL, ALL] == ""


def test_rankings_of_sites_agree_as_kendall_says() -> None:
    made = frames()
    shown = display(made)
    values = {"S01": (1.0, 4.0), "S02": (0.5, 3.0), "S03": (-1.0, 2.0)}
    for site, (index, mean) in values.items():
        place = (shown["construct"] == "attitude") & (shown["site_id"] == site) & (shown["group"] == ALL)
        shown.loc[place, ["index", "share", "mean"]] = index, -index, mean
    ranking = joint_ranking(shown, SITES).set_index(["construct", "measure"])
    assert ranking.loc[("attitude", "index"), "tau"] == 1
    assert ranking.loc[("attitude", "share"), "tau"] == -1
    assert ranking.loc[("attitude", "index"), ["n", "p", "method"]].tolist() == [3, pytest.approx(1 / 3), "exact"]
    assert ranking.loc["budget"].loc["index", ["tau", "p"]].isna().all()
    assert ranking.loc[("budget", "index"), "n"] == 0


def test_a_strand_without_data_leaves_its_cells_empty() -> None:
    made = frames()
    nobody = {**made, "themes_by_participant": made["themes_by_participant"].iloc[:0]}
    nobody["valence_by_participant"] = made["valence_by_participant"].iloc[:0]
    found = display(nobody)
    assert (found["denominator"] == 0).all()
    assert found[["share", "share_low", "share_high", "index"]].isna().all(axis=None)
    assert joint_ranking(found, SITES)["tau"].isna().all()
    assert len(display({**made, "codes": made["codes"].assign(factor="")})) == 0


def test_the_tables_fit_their_schema(tmp_path: Path) -> None:
    made = frames()
    for name in (
        "joint_display",
        "joint_ranking",
        "sample_size",
        "survey_response_by_site",
        "survey_representativity",
        "power",
    ):
        write_table(made[name], tmp_path / f"{name}.csv")
        assert len(read_table(tmp_path / f"{name}.csv")) == len(made[name])
    empty = display({**made, "codes": made["codes"].assign(factor="")})
    write_table(empty, tmp_path / "joint_display.csv")
    write_table(joint_ranking(empty, SITES), tmp_path / "joint_ranking.csv")


# --- as people see it -----------------------------------------------------------------------------------------------


def with_inferences(made: dict[str, pd.DataFrame], language: Any, **inferences: str) -> Labels:
    return Labels.of(language, made, GROUPS, CONSTRUCTS, BANDS, {language: inferences})


def rows_of(table: str) -> dict[str, list[str]]:
    rows = [line for line in table.splitlines() if line.startswith("| ")][1:]
    cells = [[cell.strip() for cell in row.strip("| ").split(" | ")] for row in rows]
    return {own[0]: own for own in cells}


def test_the_table_has_a_row_a_factor_with_both_strands_and_the_inference() -> None:
    made = frames()
    conclusion = "Rated high ({{< value joint_display.attitude.all.all.mean >}}) a|b and *spoken of*."
    said = display_of_article(made, with_inferences(made, "en", attitude=conclusion), ANALYSIS)
    rows = rows_of(said)
    assert list(rows) == [CONSTRUCTS[c]["en"] for c in CONSTRUCTS if c not in ("success", "speed")]
    _, interviews, survey, balance, share, inference = rows["Positive attitude and openness"]
    whole = made["joint_display"].set_index(["construct", "site_id", "group"]).loc[("attitude", ALL, ALL)]
    assert interviews.startswith(f"**{whole['participants']}/{whole['denominator']}** (")
    assert "*Officials* 6/6 (+" in interviews
    assert "S04" not in interviews  # nobody was interviewed there
    assert "*Quoted* P01" in interviews
    assert survey.startswith(
        f"**{whole['mean']:.2f}** [{whole['mean_low']:.2f}, {whole['mean_high']:.2f}]; *Officials*"
    )
    tau = made["joint_ranking"].set_index(["construct", "measure"])["tau"]
    assert balance == f"{format_number(tau['attitude', 'index'], 'coefficient', 'en')} (*p*\u00a0=\u00a01.000)"
    assert share.startswith(format_number(tau["attitude", "share"], "coefficient", "en"))
    assert inference == conclusion.replace("a|b", r"a\|b")
    assert rows["Budget"][3:6:2] == ["–", "–"]
    assert "(+" not in rows["Budget"][1]  # its codes take no side
    assert "with 3 sites it cannot be smaller than .333" in said
    assert "S01: Bueng Kaew City Municipality" in said


def test_the_thai_table_says_the_same() -> None:
    made = frames()
    said = display_of_article(made, with_inferences(made, "th", budget="สรุป"), ANALYSIS)
    assert rows_of(said)["งบประมาณ"][5] == "สรุป"
    assert "**เจ้าหน้าที่** 6/6" in said
    assert "ค่า *p* ต่ำกว่า .333 ไม่ได้" in said
    assert "nan" not in said


def test_of_many_sites_the_range_is_given() -> None:
    made = frames()
    many = [f"X{i:02d}" for i in range(12)]
    one = made["joint_display"].query("site_id == 'S01'")
    extra = pd.concat([one.assign(site_id=site, mean=2 + 0.1 * i) for i, site in enumerate(many)])
    made["joint_display"] = pd.concat([made["joint_display"], extra], ignore_index=True)
    made["sites"] = pd.DataFrame({"site_id": [*SITES, *many], "name_th": "ก", "name_en": "A"})
    said = display_of_article(made, with_inferences(made, "en"), ANALYSIS)
    assert "X05" not in said
    assert "*Sites* 2.00 to " in said


@pytest.mark.parametrize("language", ["th", "en"])
def test_the_figure_has_a_mark_for_each_site_and_an_interval_for_each_mean(language: str) -> None:
    made = frames()
    drawn = draw("joint_display", made, labels(language, made))
    lines = drawn.axes[0].lines
    shown = made["joint_display"].query("group == 'all' and site_id in @SITES")
    marks = [line for line in lines if line.get_marker() != "None" and line.get_ydata()[0] > 12]
    expected = shown[["share", "index", "mean"]].notna().to_numpy().sum()
    assert len([line for line in marks if line.get_markersize() == 4]) == expected
    assert np.isfinite([line.get_xdata()[0] for line in marks]).all()


def test_a_study_without_both_strands_shows_why_there_is_no_figure() -> None:
    made = {**frames(), "joint_display": frames()["joint_display"].iloc[:0]}
    said = [text.get_text() for text in draw("joint_display", made, labels("en", made)).axes[0].texts]
    assert "no factor has both a theme" in " ".join(said)


# --- what the check says --------------------------------------------------------------------------------------------


def checked(root: Path, body: str, **study: Any) -> Problems:
    make_study(root, **({"study": study} if study else {}))
    for language in ("th", "en"):
        path = root / "report" / "small" / f"article.{language}.qmd"
        path.write_text(path.read_text(encoding="utf-8") + body, encoding="utf-8")
    problems = Problems()
    check_study(root, "small", problems)
    return problems


DISPLAY = "\n::: {#tbl-joint}\n{{< include tables/joint_display.md >}}\n\nJoint\n:::\n"


def test_a_display_without_inferences_is_noticed_and_their_factors_are_checked(tmp_path: Path) -> None:
    inference = "\n::: {#inference-attitude}\nText {{< value joint_display.attitude.all.all.mean >}}\n:::\n"
    problems = checked(tmp_path, DISPLAY + inference)
    assert problems.found == []
    notices = [notice for notice in problems.notices if notice.kind == "no-inference"]
    assert [notice.en for notice in notices] == ["The joint display has no meta-inference on: skills."] * 2
    assert "{#inference-skills}" in notices[0].hint_en
    wrong = checked(tmp_path / "b", inference.replace("inference-attitude", "inference-atitude"))
    assert [problem.kind for problem in wrong] == ["unknown-inference"] * 2
    assert 'Did you mean "attitude"?' in wrong.found[0].hint_en
    assert [notice for notice in wrong.notices if notice.kind == "no-inference"] == []


@pytest.mark.parametrize(
    ("population", "kind"),
    [
        ("{S01: 100, S02: 100, S9: 100, S03: 100}", "unknown-site"),
        ("{S01: 100, S02: 100}", "missing-population"),
        ("{S01: 100, S02: 100, S03: 3}", "small-population"),
        ("29", "small-population"),
    ],
)
def test_a_population_that_does_not_fit_the_study(tmp_path: Path, population: str, kind: str) -> None:
    raw = make_study(tmp_path)
    replace_text(raw / "study.yml", "survey:\n", f"survey:\n  population: {population}\n")
    problems = Problems()
    check_study(tmp_path, "small", problems)
    assert [problem.kind for problem in problems] == [kind]
    assert problems.found[0].column == "survey.population"


def test_a_population_that_fits(tmp_path: Path) -> None:
    raw = make_study(tmp_path)
    replace_text(raw / "study.yml", "survey:\n", "survey:\n  population: {S01: 100, S02: 100, S03: 90}\n")
    problems = Problems()
    check_study(tmp_path, "small", problems)
    assert problems.found == []
