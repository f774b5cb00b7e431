"""The figures: nothing cut off, nothing unreadable, the same bytes every time."""

from __future__ import annotations

import re
import warnings
from dataclasses import replace
from functools import cache
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import matplotlib
import numpy as np
import pandas as pd
import pytest
from drawn import SEEN, cut_off, lab, overlapping, texts
from matplotlib.figure import Figure
from PIL import Image
from result_frames import BANDS, CONSTRUCTS, frames, labels, many_sites

from thongthin.contract.tables import write_table
from thongthin.present.catalogue import figures
from thongthin.present.figures import draw, foremost, save, write_figure
from thongthin.present.figures.board import DIVERGING, INK, MARKS, SEQUENTIAL, TALLEST, WIDTH, is_dark, text_width, wrap
from thongthin.present.figures.foremost import MOST_COLUMNS, MOST_ROWS, MOST_SITES
from thongthin.present.figures.interviews import SIDE_COLOURS
from thongthin.present.figures.said import DRAWN, MAPPED, OTHERWISE, SHOWN, said
from thongthin.present.figures.survey import _scale_axis, mean_axis

MM = 1 / 25.4
LANGUAGES = ("th", "en")


def drawn(name: str, language: str, tables: dict[str, pd.DataFrame] | None = None) -> Figure:
    tables = tables or frames()
    return draw(name, tables, labels(language, tables))


@cache
def usual(name: str, language: str, size: tuple[int, int] | None = None) -> Figure:
    """The figure of the made-up study, or of one with so many sites and themes; tests only look at it."""
    return drawn(name, language, many_sites(*size) if size else None)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sorted(figures()))
def test_everything_is_on_the_sheet_and_apart(name: str, language: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # a letter that no font has is a warning
        figure = usual(name, language)
        figure.canvas.draw()
    assert figure.get_figwidth() == pytest.approx(WIDTH * MM)
    assert figure.get_figheight() <= (TALLEST + 1) * MM
    assert list(cut_off(figure)) == []
    assert list(overlapping(figure)) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("sites", "themes"), [(2, 2), (7, 12), (9, 40), (20, 40), (77, 40)])
def test_large_studies_fit_too(sites: int, themes: int, language: str) -> None:
    for name in ("themes_by_site", "factor_profile", "before_after"):
        figure = usual(name, language, (sites, themes))
        assert figure.get_figheight() <= (TALLEST + 1) * MM, name
        assert list(cut_off(figure)) == [], name
        assert list(overlapping(figure)) == [], name


def test_of_77_sites_those_with_most_participants_are_shown_or_all_together() -> None:
    said = texts(usual("themes_by_site", "en", (77, 40)))
    told = " ".join(" ".join(said).split())
    assert f"{MOST_SITES} of 77 sites: those with most participants" in told
    assert f"{MOST_COLUMNS} of 40 themes: those that most participants speak of" in told
    assert len([text for text in said if text.endswith("%")]) == (MOST_SITES + 1) * MOST_COLUMNS
    assert {"All sites", "Speed of service"} <= set(texts(usual("before_after", "en", (77, 40))))


@pytest.mark.parametrize("name", sorted(figures()))
def test_the_same_bytes_every_time(name: str, tmp_path: Path) -> None:
    for run, figure in (("first", usual(name, "th")), ("second", drawn(name, "th"))):
        save(figure, tmp_path / f"{run}.svg", tmp_path / f"{run}.png")
    for kind in ("svg", "png"):
        assert (tmp_path / f"first.{kind}").read_bytes() == (tmp_path / f"second.{kind}").read_bytes()
    svg = (tmp_path / "first.svg").read_text(encoding="utf-8")
    assert "<text" not in svg
    assert "<dc:date>" not in svg
    with Image.open(tmp_path / "first.png") as image:
        assert image.width == pytest.approx(WIDTH * MM * 300, abs=2)


def test_a_figure_that_shows_nothing_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"none\.png is all but empty"):
        save(Figure(figsize=(6, 2)), tmp_path / "none.svg", tmp_path / "none.png")
    assert not (tmp_path / "none.png").exists()


def test_a_figure_is_written_in_both_languages(tmp_path: Path) -> None:
    tables = frames()
    for name in figures()["factor_profile"].reads:
        write_table(tables[name], tmp_path / f"{name}.csv")
    files = {
        language: [str(tmp_path / f"{language}.{kind}") for kind in ("svg", "png", "txt")] for language in LANGUAGES
    }
    sources = [str(tmp_path / f"{name}.csv") for name in figures()["factor_profile"].reads]
    write_figure("factor_profile", sources, **files, constructs=CONSTRUCTS, bands=BANDS)
    assert Path(files["th"][0]).read_bytes() != Path(files["en"][0]).read_bytes()
    assert Path(files["en"][1]).stat().st_size > 10_000
    assert Path(files["en"][2]).read_text(encoding="utf-8").startswith("Mean: largest for ")
    assert Path(files["th"][2]).read_text(encoding="utf-8").startswith("ค่าเฉลี่ย มากที่สุด ")


def test_words_of_a_figure_follow_the_numbers() -> None:
    tables = frames()
    shares = tables["themes_by_site"]
    rows = shares["site_id"] != "all"
    shares.loc[rows, "share"] = 0.5
    first, other = shares.index[rows][:2]
    own = labels("en", tables)
    assert said("themes_by_site", tables, own) == "all 50.0%."
    shares.loc[first, "share"], shares.loc[other, "share"] = 0.9, 0.125
    theme, site = shares.loc[first, ["theme_id", "site_id"]]
    least = own.themes[shares.loc[other, "theme_id"]]
    told = said("themes_by_site", tables, own)
    assert told.startswith(f"Largest for {own.themes[theme]} at {own.sites[site]} (90.0%), smallest for {least} at ")
    assert told.endswith(" (12.5%), 77.5 percentage points apart.")
    shares.loc[rows, "share"] = np.nan
    assert said("themes_by_site", tables, own) == ""


@pytest.mark.parametrize("name", [*SHOWN, *MAPPED])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_with_numbers_says_what_is_largest(name: str, language: str) -> None:
    tables = frames()
    told = said(name, tables, labels(language, tables))
    assert ("มากที่สุด" if language == "th" else "argest for") in told
    assert "nan" not in told and "–" not in told


@pytest.mark.parametrize("name", ["themes_by_site", "theme_intervals"])
def test_words_of_a_figure_tell_of_what_is_drawn_only(name: str) -> None:
    """Of 77 sites and 40 themes: no theme, site or code is named that the figure leaves out, and it says so."""
    tables = many_sites(77, 40)
    own = labels("en", tables)
    drawn = DRAWN[name](tables, own)
    told = said(name, tables, own)
    for column, called in (("theme_id", own.themes), ("site_id", own.sites), ("code_id", own.codes)):
        if column in drawn.rows:
            left_out = [label for id_, label in called.items() if id_ not in drawn.rows[column]]
            assert [label for label in left_out if re.search(rf"{re.escape(label)}(?![\w ])", told)] == [], column
    assert "argest for" in told
    assert drawn.remark == "" or told.endswith(f"{drawn.remark.removesuffix('.')}.")
    figure = " ".join(texts(usual(name, "en", (77, 40)))).replace("\n", " ")
    assert drawn.remark in figure or drawn.remark == own.all_sites


def test_words_are_of_fewer_codes_and_of_all_sites_together_where_the_figure_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tables = frames()
    own = labels("en", tables)
    monkeypatch.setattr(foremost, "MOST_ROWS", 2)
    kept = DRAWN["codes_by_group"](tables, own).rows["code_id"]
    told = said("codes_by_group", tables, own)
    assert len(kept) == 2 and told.endswith(" codes: those that most participants speak of.")
    assert [label for code, label in own.codes.items() if code not in kept and f"{label}, " in told] == []
    monkeypatch.setattr(foremost, "MOST_ROWS", 30)
    monkeypatch.setattr(foremost, "TALLEST", 30)
    told = said("valence_balance", tables, own)
    assert told.startswith("Balance: largest for ") and told.endswith(" apart. All sites.")
    assert [name for name in own.sites.values() if name in told] == []


def test_every_figure_is_described() -> None:
    assert {*SHOWN, *MAPPED, *OTHERWISE} == {*figures()}
    tables = frames()
    own = labels("en", tables)
    saturation, fits = tables["saturation"], tables["qca_fit"]
    saturation.loc[saturation["site_id"] == "all", ["point", "n"]] = [6, 12]
    assert said("saturation", tables, own) == "Saturation is reached with interview 6 of 12."
    saturation.loc[saturation["site_id"] == "all", "point"] = pd.NA
    assert said("saturation", tables, own) == "Saturation is not reached, or can't be told, in 12 interviews."
    chosen = fits["solution"] == "intermediate"
    fits.loc[chosen, ["inclusion", "coverage"]] = [0.88, 0.504]
    assert said("qca_xy", tables, own).startswith("Outcome: inclusion .88, coverage .50.")
    frame = tables["scale_dimensionality"]
    frame["dimensions"] = ["one"] * (len(frame) - 1) + ["several"]
    of = int((frame["construct"] != "all").sum())
    one = int(((frame["construct"] != "all") & (frame["dimensions"] == "one")).sum())
    assert said("dimensionality", tables, own) == f"{one} of {of} scales are of one dimension."
    assert "มิติเดียว" in said("dimensionality", tables, labels("th", tables))


def test_the_heat_map_prints_the_shares() -> None:
    tables = frames()
    shares = tables["themes_by_site"].query("site_id == 'S02'").set_index("theme_id")["share"]
    said = texts(drawn("themes_by_site", "en", tables))
    assert "(n = 4)".replace(" ", "\u00a0") in said
    assert "(n = 12)".replace(" ", "\u00a0") in said
    assert not [text for text in said if "Don Wan" in text]  # nobody was interviewed there
    for share in shares:
        assert f"{100 * share:.0f}%" in said


def test_of_many_themes_those_spoken_of_most_are_shown() -> None:
    tables = many_sites(3, MOST_ROWS + 10)
    said = texts(drawn("themes_by_site", "en", tables))
    assert f"{MOST_ROWS} of {MOST_ROWS + 10} themes: those that most participants speak of" in said
    assert len([text for text in said if text.endswith("%")]) == MOST_ROWS * 4
    said = texts(drawn("themes_by_site", "th", many_sites(MOST_COLUMNS + 5, MOST_ROWS)))
    assert f"แสดง {MOST_COLUMNS} จาก {MOST_ROWS} ประเด็น คือประเด็นที่มีผู้กล่าวถึงมากที่สุด" in said


def test_printed_shares_stand_out_from_every_shade() -> None:
    def luminance(colour: Any) -> float:
        channels = np.array(matplotlib.colors.to_rgb(colour))
        linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
        return float(linear @ (0.2126, 0.7152, 0.0722))

    before = 2.0
    for share in np.linspace(0, 1, 41):
        shade = matplotlib.colormaps[SEQUENTIAL](0.04 + 0.86 * share)
        ink = "white" if is_dark(shade) else INK
        light, dark = sorted([luminance(shade), luminance(ink)], reverse=True)
        assert (light + 0.05) / (dark + 0.05) > 3.7, share
        assert luminance(shade) < before, "a higher share must be darker, in grey print too"
        before = luminance(shade)


@pytest.mark.parametrize("seen", SEEN)
def test_colours_of_sites_are_told_apart_whatever_colours_somebody_sees(seen: str) -> None:
    for (one, _), (other, _) in combinations(MARKS, 2):
        assert np.linalg.norm(lab(one, seen) - lab(other, seen)) > 15, (one, other)
    for one, other in combinations(SIDE_COLOURS.values(), 2):
        assert np.linalg.norm(lab(one, seen) - lab(other, seen)) > 15, (one, other)


def test_in_grey_the_first_colours_differ_and_all_markers_do() -> None:
    grey = [lab(colour)[0] for colour, _ in MARKS[:3]]
    assert min(abs(one - other) for one, other in combinations(grey, 2)) > 12
    assert len({marker for _, marker in MARKS}) == len(MARKS)


@pytest.mark.parametrize("count", range(2, 8))
def test_answers_darken_to_both_ends_in_grey_and_the_ends_differ_in_colour(count: int) -> None:
    shades = [matplotlib.colormaps[DIVERGING](place) for place in np.linspace(0.12, 0.88, count)]
    half = (count + 1) // 2
    for side in (shades[:half][::-1], shades[-half:]):
        assert all(lab(pale)[0] - lab(dark)[0] > 4 for pale, dark in pairwise(side)), count
    for seen in SEEN:
        assert np.linalg.norm(lab(shades[0], seen) - lab(shades[-1], seen)) > 15, seen


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sorted(figures()))
def test_type_has_seven_points_in_print(name: str, language: str) -> None:
    sizes_of_studies = (
        [None, (20, 40), (77, 40)] if name in ("themes_by_site", "factor_profile", "before_after") else [None]
    )
    for size in sizes_of_studies:
        figure = usual(name, language, size)
        sizes = [text.get_fontsize() for text in figure.findobj(matplotlib.text.Text) if text.get_text().strip()]
        assert sizes and min(sizes) >= 7, name


def test_the_profile_shows_interval_and_bands() -> None:
    said = texts(drawn("factor_profile", "en"))
    assert {"lowest", "low", "moderate", "high", "highest"} <= set(said)
    assert "Mean with 95% confidence interval" in said
    assert "Speed of service (before)" not in said
    tables = frames()
    tables["scale_statistics"]["band"] = pd.array([None] * len(tables["scale_statistics"]), dtype="Int64")
    assert "moderate" not in texts(drawn("factor_profile", "en", tables))


def test_intervals_are_those_of_the_table() -> None:
    tables = frames()
    statistics = tables["scale_statistics"]
    only = statistics.query("construct == 'budget' and site_id in ['S01', 'all']").assign(mean=3.0, low=2.2, high=3.7)
    tables["scale_statistics"] = only
    figure = drawn("factor_profile", "en", tables)
    lines = [line for line in figure.axes[0].lines if line.get_color() == MARKS[0][0]]
    whole = next(line.get_xdata() for line in lines if len(line.get_xdata()) == 2)
    x, _ = _scale_axis(mean_axis(tables["items"], ["budget"], only[["construct", "mean"]]))
    assert list(whole) == pytest.approx([x(2.2), x(3.7)])


def test_answers_diverge_from_the_middle() -> None:
    tables = frames()
    answers = tables["item_answers"]
    tables["item_answers"] = answers[answers["item_id"] == "Q01"].assign(
        n=[10, 20, 40, 20, 10], share=[0.1, 0.2, 0.4, 0.2, 0.1]
    )
    figure = drawn("item_answers", "en", tables)
    boxes = [patch for patch in figure.axes[0].patches if patch.get_width() > 0]
    assert len(boxes) == 5
    left = boxes[0].get_x()
    right = boxes[-1].get_x() + boxes[-1].get_width()
    middle = boxes[2].get_x() + boxes[2].get_width() / 2
    assert middle == pytest.approx((left + right) / 2)
    assert {"Strongly disagree", "Neither", "Strongly agree", "100", "40%"} <= set(texts(figure))


def test_each_answer_scale_has_its_own_legend() -> None:
    tables = frames()
    items, answers = tables["items"], tables["item_answers"]
    seven = items["item_id"].isin(["Q12", "Q13"])
    items.loc[seven, "scale"] = "points7"
    items.loc[seven, "maximum"] = 7
    extra = pd.DataFrame({"item_id": ["Q12", "Q12", "Q13", "Q13"], "value": [6, 7, 6, 7], "n": 0, "share": 0.0})
    tables["item_answers"] = pd.concat([answers, extra], ignore_index=True)
    points, named = pd.DataFrame({"scale": "points7", "value": range(1, 8)}), tables["answer_scales"]
    numbered = points.assign(label_th=points["value"].astype(str), label_en=points["value"].astype(str))
    tables["answer_scales"] = pd.concat([named, numbered], ignore_index=True)
    said = texts(drawn("item_answers", "th", tables))
    assert {"ไม่เห็นด้วยอย่างยิ่ง", "เห็นด้วยอย่างยิ่ง", *"1234567"} <= set(said)


def test_long_questionnaires_are_cut_to_one_line_an_item() -> None:
    tables = frames()
    items, answers = tables["items"], tables["item_answers"]
    tables["items"] = pd.concat(
        [items.assign(item_id=items["item_id"] + f"x{i}", position=items["position"] + 100 * i) for i in range(3)]
    )
    tables["item_answers"] = pd.concat([answers.assign(item_id=answers["item_id"] + f"x{i}") for i in range(3)])
    figure = drawn("item_answers", "en", tables)
    assert figure.get_figheight() <= (TALLEST + 1) * MM
    assert [text for text in texts(figure) if text.startswith("The office regularly sends") and text.endswith(" …")]
    assert list(cut_off(figure)) == []
    assert list(overlapping(figure)) == []


def test_changes_are_printed_with_their_sign() -> None:
    tables = frames()
    tables["before_after"].loc[0, ["mean_before", "mean_after", "mean_change"]] = [4.0, 3.5, -0.5]
    said = texts(drawn("before_after", "th", tables))
    change = tables["before_after"].set_index("site_id").loc["S02", "mean_change"]
    assert f"+{change:.2f}" in said
    assert [text for text in said if re.fullmatch("[-−]0.50", text)]
    assert "ทุกพื้นที่" in said


@pytest.mark.parametrize("name", sorted(figures()))
def test_a_figure_without_data_says_why(name: str) -> None:
    tables = frames()
    for source in figures()[name].sources[:1]:  # the framework, which is of no table, has no outcomes here
        tables[source] = tables[source].iloc[:0]
    assert " ".join(texts(drawn(name, "en", tables))).startswith("There is nothing to show here: ")
    thai = drawn(name, "th", tables)
    assert "".join(texts(thai)).startswith("ไม่มีข้อมูลที่จะแสดง: ")
    assert list(cut_off(thai)) == []


def test_lines_break_between_words() -> None:
    text = "หน่วยงานแจ้งข่าวสารผ่านช่องทางออนไลน์อย่างสม่ำเสมอ เช่น LINE และ Facebook ต่าง ๆ (e.g. OA)"
    lines = wrap(text, 40).split("\n")
    assert len(lines) > 2
    assert max(text_width(line) for line in lines) <= 40
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert not [line for line in lines if line[0] in "ๆ)" or line[-1] == "("]
    assert wrap("องค์การบริหารส่วนตำบลทุ่งทอง", 30) == "องค์การบริหาร\nส่วนตำบลทุ่งทอง"
    assert wrap("Positive attitude and openness", 200) == "Positive attitude and openness"
    assert wrap("Internationalisation", 5) == "Internationalisation"


def in_numbers(constructs: list[str]) -> dict[str, pd.DataFrame]:
    """The tables, with these constructs measured in amounts from 0 to 100000: twenty thousand times the answers."""
    tables = frames()
    items, own = tables["items"].copy(), tables["items"]["construct"].isin(constructs)
    items.loc[own, "numeric"], items.loc[own, "minimum"], items.loc[own, "maximum"] = True, 0, 100_000
    tables["items"] = items
    columns = {"scale_statistics": ["mean", "low", "high"], "joint_display": ["mean", "mean_low", "mean_high"]}
    columns["before_after"] = ["mean_before", "mean_after", "mean_change"]
    for name, means in columns.items():
        table = tables[name].copy()
        table.loc[table["construct"].isin(constructs), means] *= 20_000
        tables[name] = table
    tables["scale_statistics"]["band"] = pd.array([None] * len(tables["scale_statistics"]), dtype="Int64")
    return tables


@pytest.mark.parametrize("name", ["factor_profile", "joint_display"])
def test_amounts_beside_points_of_a_scale_are_left_out_and_named(name: str) -> None:
    said = texts(drawn(name, "en", in_numbers(["budget"])))
    named = CONSTRUCTS["budget"]["en"]
    assert f"Not drawn, being measured in other units: {named}" in " ".join(" ".join(said).split())
    assert (named in said) == (name == "joint_display")  # whose row has the interviews as well
    assert {"1", "2", "3", "4", "5"} <= set(said)


@pytest.mark.parametrize("name", ["factor_profile", "before_after", "joint_display"])
def test_amounts_alone_have_an_axis_that_spans_their_means(name: str) -> None:
    said = texts(drawn(name, "en", in_numbers(list(CONSTRUCTS))))
    assert "60,000" in said
    assert not any("Not drawn" in text for text in said)
    assert "5" not in said


def test_a_scale_of_a_hundred_points_has_few_ticks() -> None:
    items = frames()["items"].assign(minimum=1, maximum=100)
    axis = mean_axis(items, ["budget"], pd.DataFrame({"construct": ["budget"], "mean": [3.0]}))
    assert axis.ticks == [1, 20, 40, 60, 80, 100]


def test_the_framework_leads_from_factors_to_outcomes() -> None:
    for language, words in (("en", ("Factors", "Outcomes")), ("th", ("ปัจจัย", "ผลลัพธ์"))):
        own = replace(labels(language, frames()), outcomes=("success", "speed"))
        figure = draw("framework", {}, own)
        assert not list(cut_off(figure)) and not list(overlapping(figure))
        found = [(re.sub(r"\s", "", text.get_text()), text.get_position()) for text in figure.axes[0].texts]
        everything = "".join(text for text, _ in found)
        assert all(word in everything for word in words)
        assert all(re.sub(r"\s", "", label) in everything for label in own.constructs.values())
        factors = [place[0] for text, place in found if text == re.sub(r"\s", "", own.constructs["budget"])]
        outcomes = [place[0] for text, place in found if text == re.sub(r"\s", "", own.constructs["speed"])]
        assert factors[0] < WIDTH / 2 < outcomes[0]
        told = said("framework", {}, own)
        assert told.index(own.constructs["budget"]) < told.index(own.constructs["success"])
    long = replace(own, constructs={f"f{n}": "ปัจจัยที่มีชื่อยาวมาก" * 6 for n in range(9)} | {"y": "Y"}, outcomes=("y",))
    assert not list(overlapping(draw("framework", {}, long))) and not list(cut_off(draw("framework", {}, long)))
    alone = replace(own, outcomes=())
    assert "framework" in "".join(texts(draw("framework", {}, alone)))
    assert said("framework", {}, alone) == ""
