"""Surveys in several files: waves joined by the id of the respondent, and parts put one below the other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import yaml
from studies import STUDY, csv_text

from thongthin.basics.problems import Problems
from thongthin.commands.describe_survey import main
from thongthin.contract.study import Study
from thongthin.contract.units import Unit
from thongthin.read.survey.items import read_items
from thongthin.read.survey.places import FILE_ROWS
from thongthin.read.survey.quality import check_responses
from thongthin.read.survey.responses import SurveyTables, read_responses
from thongthin.survey.change import before_after_table
from thongthin.survey.scales import scale_scores

SITES = pd.DataFrame({"site_id": ["S01", "S02"], "name_th": ["น้ำใส", "ทุ่งทอง"], "name_en": ["Nam Sai", "Thung Thong"]})
COLUMNS = ["item_id", "column", "construct", "text_th", "text_en", "scale", "wave", "pair"]
RULES: dict[str, Any] = {"straight_lining": 8, "incomplete": 0.5, "speeding": None, "exclude": []}
ASKED = ("รวดเร็ว", "โปร่งใส")


def waves_items(before: str = "{}", after: str = "{}") -> str:
    """Two questions asked in both waves, and one that was asked once, by the headers of each wave."""
    rows = [
        (f"{id_}_{wave}", header.format(text), "success", text, text, "agree5", wave, id_)
        for id_, text in zip(("f", "t"), ASKED, strict=True)
        for wave, header in (("before", before), ("after", after))
    ]
    return csv_text(COLUMNS, [*rows, ("sex", "เพศ", "", "เพศ", "Sex", "category", "", "")])


def study(**survey: Any) -> Study:
    own = {"scales": STUDY["survey"]["scales"], **survey}
    return Study.model_validate({**STUDY, "survey": own})


def read(folder: Path, contents: dict[str, str], items: str, **survey: Any) -> tuple[SurveyTables, Problems]:
    (folder / "items.csv").write_text(items, encoding="utf-8")
    for name, text in contents.items():
        (folder / name).write_text(text, encoding="utf-8")
    problems, settings = Problems(), study(**survey)
    assert settings.survey
    frame = read_items(folder / "items.csv", settings, problems.at("survey/items.csv"))
    path = folder / settings.survey.file_names[0]
    return read_responses(path, frame, SITES, settings, problems.at(f"survey/{path.name}")), problems


def told(problems: Problems) -> list[tuple[str, str, int | None, str]]:
    return [(p.kind, p.file, p.row, p.column) for p in problems]


def kinds(problems: Problems) -> list[str]:
    return [notice.kind for notice in problems.notices]


def answers(n: int, seed: int) -> list[tuple[str, str]]:
    drawn = np.random.default_rng(seed).integers(1, 6, (n, 2))
    return [(str(one), str(two)) for one, two in drawn]


PEOPLE = [(f"P{n:02d}", "น้ำใส" if n % 3 else "ทุ่งทอง", "หญิง" if n % 2 else "ชาย") for n in range(1, 31)]
BEFORE, AFTER = answers(30, 1), answers(30, 2)
FILES: list[dict[str, Any]] = [{"file": "before.csv", "wave": "before"}, {"file": "after.csv", "wave": "after"}]
WAVES: dict[str, Any] = {"files": FILES, "respondent": "รหัส", "site": "พื้นที่"}


def two_files(first: slice = slice(30), second: slice = slice(30)) -> dict[str, str]:
    """The people of a slice in either wave; the second file holds them in another order, and asks for no more."""
    before = [(*who, *said) for who, said in zip(PEOPLE, BEFORE, strict=True)][first]
    after = [(who[0], *said) for who, said in zip(PEOPLE, AFTER, strict=True)][second]
    return {
        "before.csv": csv_text(["รหัส", "พื้นที่", "เพศ", *ASKED], before),
        "after.csv": csv_text(["รหัส", *ASKED], after[::-1]),
    }


def one_file(first: range = range(30), second: range = range(30)) -> dict[str, str]:
    """The same in one wide file."""
    rows = [
        (*who, *(said if n in first else ("", "")), *(then if n in second else ("", "")))
        for n, (who, said, then) in enumerate(zip(PEOPLE, BEFORE, AFTER, strict=True))
    ]
    return {"wide.csv": csv_text(["รหัส", "พื้นที่", "เพศ", *(f"{a} 1" for a in ASKED), *(f"{a} 2" for a in ASKED)], rows)}


def wide(folder: Path, **people: range) -> SurveyTables:
    tables, problems = read(
        folder, one_file(**people), waves_items("{} 1", "{} 2"), file="wide.csv", respondent="รหัส", site="พื้นที่"
    )
    assert not problems.found
    return tables


def same(one: SurveyTables, other: SurveyTables) -> None:
    """The same tables, but for the numbers of rows, which are those of the files."""
    for name in ("answer_scales", "categories"):
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name))
    items = [own.items.drop(columns="column") for own in (one, other)]
    pd.testing.assert_frame_equal(*items)
    received = [own.received.drop(columns="row") for own in (one, other)]
    pd.testing.assert_frame_equal(*received)
    cells = [own.nonanswer_cells.drop(columns="row", errors="ignore") for own in (one, other)]
    pd.testing.assert_frame_equal(*cells)


def test_waves_in_two_files_are_the_same_as_in_one(tmp_path: Path) -> None:
    tables, problems = read(tmp_path, two_files(), waves_items(), **WAVES)
    assert not problems.found
    expected = wide(tmp_path)
    same(tables, expected)
    change = []
    for own in (tables, expected):
        checked = check_responses(own.received, own.nonanswer_cells, own.items, ["S01", "S02"], **RULES)
        scores = scale_scores(checked.responses, own.items, answered=0.5)
        change.append(before_after_table(scores, own.items, Unit.sites(["S01", "S02"])))
    pd.testing.assert_frame_equal(*change)
    assert list(change[0]["n"]) == [20, 10, 30]
    (joined,) = [notice for notice in problems.notices if notice.kind == "waves-joined"]
    assert joined.en == "Respondents in both waves: 30; in before.csv alone: 0; in after.csv alone: 0."


def test_who_is_in_one_wave_alone_has_no_answers_in_the_other(tmp_path: Path) -> None:
    files = two_files(slice(0, 25), slice(5, 25))
    tables, problems = read(tmp_path, files, waves_items(), **WAVES)
    assert not problems.found
    same(tables, wide_of(tmp_path, 25, range(5, 25)))
    (joined,) = [notice for notice in problems.notices if notice.kind == "waves-joined"]
    assert joined.en == "Respondents in both waves: 20; in before.csv alone: 5; in after.csv alone: 0."
    assert "unmatched: leave_out" in joined.hint_en


def wide_of(folder: Path, n: int, second: range) -> SurveyTables:
    text = one_file(second=second)["wide.csv"].splitlines(keepends=True)
    (folder / "wide.csv").write_text("".join(text[: n + 1]), encoding="utf-8")
    tables, problems = read(folder, {}, waves_items("{} 1", "{} 2"), file="wide.csv", respondent="รหัส", site="พื้นที่")
    assert not problems.found
    return tables


def test_without_a_site_in_the_second_file_who_is_there_alone_is_asked_about(tmp_path: Path) -> None:
    files = two_files(slice(0, 25), slice(5, 30))
    _, problems = read(tmp_path, files, waves_items(), **WAVES)
    assert told(problems) == [("no-site", "survey/after.csv", None, "")]
    assert problems.found[0].en.startswith("5 respondents are in this wave alone")
    # What the hint names works: they are out of the frame ...
    tables, problems = read(tmp_path, files, waves_items(), unmatched="leave_out", **WAVES)
    assert not problems.found
    out = tables.received[tables.received["out_of_frame"] != ""]
    assert list(out["respondent_id"]) == ["P01", "P02", "P03", "P04", "P05", "P30", "P29", "P28", "P27", "P26"]
    assert set(out["out_of_frame"]) == {"survey.waves: before", "survey.waves: after"}
    # ... or they are of one site.
    own = [FILES[0], {**FILES[1], "of_site": "S02"}]
    tables, problems = read(tmp_path, files, waves_items(), **{**WAVES, "files": own})
    assert not problems.found
    assert list(tables.received["site_id"][-5:]) == ["S02"] * 5


def test_a_wrong_answer_is_told_where_it_stands(tmp_path: Path) -> None:
    files = two_files()
    rows = files["after.csv"].splitlines()
    rows[4] = rows[4].split(",")[0] + ",ใช่,ไม่แน่"
    rows[6] = rows[6].split(",")[0] + ",ใช่,1"
    files["after.csv"] = "\n".join(rows) + "\n"
    _, problems = read(tmp_path, files, waves_items(), **WAVES)
    assert told(problems) == [
        ("outside-scale", "survey/after.csv", 7, "รวดเร็ว"),
        ("outside-scale", "survey/after.csv", 5, "โปร่งใส"),
    ]
    assert problems.found[0].en.endswith("Also in row 5.")
    line = problems.found[0].hint_en.split("study.yml: ")[1]
    assert line == "codes: [{values: [ใช่, ไม่แน่], columns: [รวดเร็ว (after), โปร่งใส (after)]}]"
    # The line works, and so does the header alone, for both waves.
    for columns in (["รวดเร็ว (after)", "โปร่งใส (after)"], ["รวดเร็ว", "โปร่งใส"]):
        codes = [{"values": ["ใช่", "ไม่แน่"], "meaning": "missing", "columns": columns}]
        tables, problems = read(tmp_path, files, waves_items(), codes=codes, **WAVES)
        assert not problems.found
        assert tables.received["f_after"].isna().sum() == 2
        assert set(tables.nonanswer_cells["respondent_id"]) == {"P27", "P25"}


def test_a_column_that_is_missing_is_told_of_its_wave(tmp_path: Path) -> None:
    files = two_files()
    files["after.csv"] = files["after.csv"].replace("โปร่งใส", "โปร่งใสมาก")
    _, problems = read(tmp_path, files, waves_items(), **WAVES)
    assert told(problems) == [("missing-column", "survey/after.csv", 1, "โปร่งใส")]
    assert "โปร่งใสมาก" in problems.found[0].hint_en
    _, problems = read(tmp_path, files, waves_items(), **{**WAVES, "site": "ตำบล"})
    assert told(problems) == [("missing-column", "survey/before.csv", 1, "ตำบล")]
    items = waves_items().replace("t_after,โปร่งใส", "t_after,โปร่งใสมาก")
    tables, problems = read(tmp_path, files, items, **WAVES)
    assert not problems.found
    assert tables.received["t_after"].notna().all()


def test_ids_twice_in_a_wave_or_in_no_column(tmp_path: Path) -> None:
    files = two_files()
    files["after.csv"] = files["after.csv"].replace("P29", "P30")
    _, problems = read(tmp_path, files, waves_items(), **WAVES)
    assert told(problems) == [("duplicate-id", "survey/after.csv", 3, "รหัส")]
    assert problems.found[0].en == '"P30" already stands in row 2.'
    # Where the study leaves out repeated ids, the first row is joined.
    tables, problems = read(tmp_path, files, waves_items(), rules={"exclude": ["duplicate"]}, **{**WAVES, "site": None,
        "files": [{**own, "of_site": "S01"} for own in FILES]})  # fmt: skip
    assert not problems.found
    assert list(tables.received["repeats"][-1:]) == ["P30"]
    assert len(tables.received) == 31
    _, problems = read(tmp_path, files, waves_items(), **{**WAVES, "respondent": None})
    assert told(problems) == [("no-respondent", "survey/before.csv", None, "")]
    assert "of_group" in problems.found[0].hint_en


def test_rows_out_of_the_frame_are_joined_to_nobody(tmp_path: Path) -> None:
    files = two_files()
    files["before.csv"] = files["before.csv"].replace("P02,", "P01,", 1).replace("P01,น้ำใส,หญิง", "P01,น้ำใส,ทดสอบ", 1)
    files["after.csv"] = files["after.csv"].replace("P02,", "P31,", 1)
    rules = {"out_of_frame": [{"column": "เพศ", "values": ["ทดสอบ"]}]}
    own = [FILES[0], {**FILES[1], "of_site": "S01"}]
    tables, problems = read(tmp_path, files, waves_items(), rules=rules, **{**WAVES, "files": own})
    assert not problems.found
    test, first = tables.received.iloc[0], tables.received.iloc[1]
    assert test["out_of_frame"] == "เพศ: ทดสอบ"
    assert (first["f_before"], first["f_after"]) == (float(BEFORE[1][0]), float(AFTER[0][0]))
    # Who is alone in the second wave and out of the frame needs no site.
    files = two_files()
    files["after.csv"] += "X99,ทดลอง,1\n"
    for column in ("รวดเร็ว", "รวดเร็ว (after)"):
        rules["out_of_frame"] = [{"column": column, "values": ["ทดลอง"]}]
        tables, problems = read(tmp_path, files, waves_items(), rules=rules, **WAVES)
        assert not problems.found
        assert tables.received["out_of_frame"].iloc[-1] == f"{column}: ทดลอง"


def test_ids_in_another_spelling_are_joined_if_one_alone_fits(tmp_path: Path) -> None:
    files = two_files()
    # Excel lost a zero, somebody wrote small letters and Thai digits; P10 and P010 may both be p 10.
    changed = {"P01": "P1", "P02": "p ๐๒", "P10": "p 10", "P11": "P010"}
    for old, new in changed.items():
        files["after.csv"] = files["after.csv"].replace(old, new)
    own = [FILES[0], {**FILES[1], "of_site": "S01"}]
    tables, problems = read(tmp_path, files, waves_items(), **{**WAVES, "files": own})
    assert not problems.found
    said = [notice.en for notice in problems.notices if notice.kind == "ids-alike"]
    assert '"P01" = "P1"; "P02" = "p ๐๒"' in said[0]
    assert '"P10" = "P010" / "p 10"' in said[1]
    received = tables.received.set_index("respondent_id")
    assert received.at["P01", "f_after"] == float(AFTER[0][0])
    assert received.at["P02", "f_after"] == float(AFTER[1][0])
    assert np.isnan(received.at["P10", "f_after"])
    assert len(received) == 32


def test_other_people_in_each_wave_are_no_waves(tmp_path: Path) -> None:
    files = two_files()
    files["after.csv"] = files["after.csv"].replace("P", "X")
    _, problems = read(tmp_path, files, waves_items(), **WAVES)
    assert told(problems) == [("no-match", "survey/after.csv", None, "รหัส")]
    assert "of_group" in problems.found[0].hint_en
    # What the hint says works: parts with a group each, which the tables compare.
    items = csv_text(COLUMNS[:6], [("f", "รวดเร็ว", "success", "รวดเร็ว", "Fast", "agree5")])
    own = [
        {"file": "before.csv", "of_group": "official"},
        {"file": "after.csv", "of_group": "citizen", "of_site": "S01"},
    ]
    tables, problems = read(tmp_path, files, items, files=own, respondent="รหัส", site="พื้นที่")
    assert not problems.found
    assert list(tables.received["group"]) == ["official"] * 30 + ["citizen"] * 30


def test_what_both_waves_ask_counts_as_in_the_first_and_is_told(tmp_path: Path) -> None:
    files = two_files(slice(0, 20), slice(10, 30))
    after = [(who[0], who[1], "ชาย" if who[0] in ("P11", "P12") else who[2], *said)
             for who, said in zip(PEOPLE, AFTER, strict=True)][10:]  # fmt: skip
    files["after.csv"] = csv_text(["รหัส", "พื้นที่", "เพศ", *ASKED], after)
    tables, problems = read(tmp_path, files, waves_items(), **WAVES)
    assert not problems.found
    (both,) = [notice for notice in problems.notices if notice.kind == "in-both-waves"]
    assert "site, เพศ (1/10)." in both.en
    assert list(tables.received["sex"]) == [who[2] for who in PEOPLE]
    # The column of one wave can be named.
    items = waves_items().replace("sex,เพศ,", "sex,เพศ (after),")
    tables, problems = read(tmp_path, files, items, **WAVES)
    assert not problems.found
    assert list(tables.received["sex"]) == [""] * 10 + ["ชาย"] + [who[2] for who in PEOPLE[11:]]


def test_the_same_ids_of_other_people_are_asked_about(tmp_path: Path) -> None:
    files = two_files()
    after = [(who[0], "ชาย" if who[2] == "หญิง" else "หญิง", *said) for who, said in zip(PEOPLE, AFTER, strict=True)]
    files["after.csv"] = csv_text(["รหัส", "เพศ", *ASKED], after)
    _, problems = read(tmp_path, files, waves_items(), **WAVES)
    assert [p.kind for p in problems] == ["waves-differ"]
    assert "เพศ (30/30)" in problems.found[0].en
    assert '"เพศ (before)"' in problems.found[0].hint_en
    items = waves_items().replace("sex,เพศ,", "sex,เพศ (before),")
    _, problems = read(tmp_path, files, items, **WAVES)
    assert not problems.found


def test_items_without_a_wave_are_told(tmp_path: Path) -> None:
    items = csv_text(COLUMNS[:6], [("f", "รวดเร็ว", "success", "รวดเร็ว", "Fast", "agree5")])
    _, problems = read(tmp_path, two_files(), items, **WAVES)
    assert [p.kind for p in problems] == ["waves-differ"]  # which are no facts about a person
    assert "no-wave" in kinds(problems)


def test_two_sheets_of_a_workbook_and_two_sites_in_each_wave(tmp_path: Path) -> None:
    from openpyxl import Workbook

    whole = two_files()
    book = Workbook()
    book.remove(book.active)
    for name, text in whole.items():
        sheet = book.create_sheet(name.removesuffix(".csv"))
        for line in text.splitlines():
            sheet.append(line.split(","))
    book.save(tmp_path / "r.xlsx")
    sheets = [{"file": "r.xlsx", "sheet": wave, "wave": wave} for wave in ("before", "after")]
    tables, problems = read(tmp_path, {}, waves_items(), **{**WAVES, "files": sheets})
    assert not problems.found
    same(tables, wide(tmp_path))
    header, *rows = whole["before.csv"].splitlines(keepends=True)
    parts = {"b1.csv": header + "".join(rows[:12]), "b2.csv": header + "".join(rows[12:])}
    own = [{"file": "b1.csv", "wave": "before"}, {"file": "b2.csv", "wave": "before"}, FILES[1]]
    tables, problems = read(
        tmp_path, {**parts, "after.csv": whole["after.csv"]}, waves_items(), **{**WAVES, "files": own}
    )
    assert not problems.found
    same(tables, wide(tmp_path))


# --- parts ------------------------------------------------------------------------------------------------------------

PART_ITEMS = csv_text(
    COLUMNS[:6],
    [("f", "รวดเร็ว", "success", "รวดเร็ว", "Fast", "agree5"), ("sex", "เพศ", "", "เพศ", "Sex", "category")],
)
PART_ROWS = [(*who, said[0]) for who, said in zip(PEOPLE, BEFORE, strict=True)]
PART_HEADER = ["รหัส", "พื้นที่", "เพศ", "รวดเร็ว"]
PARTS: dict[str, Any] = {"files": [{"file": "online.csv"}, {"file": "paper.csv"}], "respondent": "รหัส", "site": "พื้นที่"}


def two_parts(header: list[str] = PART_HEADER) -> dict[str, str]:
    return {"online.csv": csv_text(PART_HEADER, PART_ROWS[:18]), "paper.csv": csv_text(header, PART_ROWS[18:])}


def whole_of_parts(folder: Path) -> SurveyTables:
    files = {"all.csv": csv_text(PART_HEADER, PART_ROWS)}
    tables, problems = read(folder, files, PART_ITEMS, file="all.csv", respondent="รหัส", site="พื้นที่")
    assert not problems.found
    return tables


def test_parts_are_the_same_as_one_file(tmp_path: Path) -> None:
    tables, problems = read(tmp_path, two_parts(), PART_ITEMS, **PARTS)
    assert not problems.found
    assert not problems.notices
    same(tables, whole_of_parts(tmp_path))
    assert list(tables.received["row"][[0, 18]]) == [FILE_ROWS + 2, 2 * FILE_ROWS + 2]


def test_other_headers_of_a_part(tmp_path: Path) -> None:
    # Spacing alone is forgiven and told; what looks alike is asked about; the lines of the hint work.
    tables, problems = read(tmp_path, two_parts(["ID", "Site", "เพศ ", "รวด เร็ว"]), PART_ITEMS, **PARTS)
    assert told(problems) == [
        ("missing-column", "survey/paper.csv", 1, "พื้นที่"),
        ("missing-column", "survey/paper.csv", 1, "รหัส"),
    ]
    assert "{file: paper.csv, site: HEADER}" in problems.found[0].hint_en
    assert "of_site: ID" in problems.found[0].hint_en
    own = {**PARTS, "files": [{"file": "online.csv"}, {"file": "paper.csv", "respondent": "ID", "site": "Site"}]}
    tables, problems = read(tmp_path, {}, PART_ITEMS, **own)
    assert not problems.found
    assert kinds(problems) == ["forgiven-column"]
    assert '"รวด เร็ว" = "รวดเร็ว"' in problems.notices[0].en
    same(tables, whole_of_parts(tmp_path))
    _, problems = read(tmp_path, two_parts([*PART_HEADER[:3], "ความรวดเร็ว"]), PART_ITEMS, **PARTS)
    assert told(problems) == [("other-header", "survey/paper.csv", 1, "")]
    assert "columns: {ความรวดเร็ว: รวดเร็ว};" in problems.found[0].hint_en
    own = {**PARTS, "files": [{"file": "online.csv"}, {"file": "paper.csv", "columns": {"ความรวดเร็ว": "รวดเร็ว"}}]}
    tables, problems = read(tmp_path, {}, PART_ITEMS, **own)
    assert not problems.found
    same(tables, whole_of_parts(tmp_path))
    own["files"][1]["columns"] = {"ความรวดเร็ว": "ความรวดเร็ว"}
    tables, problems = read(tmp_path, {}, PART_ITEMS, **own)
    assert not problems.found
    assert kinds(problems) == ["absent-column"]
    assert tables.received["f"].isna().sum() == 12
    own["files"][1]["columns"] = {"รวดเร็วมาก": "รวดเร็ว"}
    _, problems = read(tmp_path, {}, PART_ITEMS, **own)
    assert told(problems) == [("missing-column", "survey/paper.csv", 1, "รวดเร็วมาก")]


def test_a_file_of_one_site_and_group(tmp_path: Path) -> None:
    header, rows = ["รหัส", "เพศ", "รวดเร็ว"], [(row[0], row[2], row[3]) for row in PART_ROWS]
    files = {"a.csv": csv_text(header, rows[:18]), "b.csv": csv_text(header, rows[18:])}
    own = [{"file": "a.csv", "of_site": "S02", "of_group": "citizen"}, {"file": "b.csv", "of_site": "S01"}]
    tables, problems = read(tmp_path, files, PART_ITEMS, files=own)
    assert not problems.found
    assert list(tables.received["site_id"]) == ["S02"] * 18 + ["S01"] * 12
    assert list(tables.received["group"]) == ["citizen"] * 18 + [""] * 12
    own[1]["of_site"] = "S1"
    own[0]["of_group"] = "citizens"
    _, problems = read(tmp_path, files, PART_ITEMS, files=own)
    assert told(problems) == [("unknown-group", "survey/a.csv", None, ""), ("unknown-site", "survey/b.csv", None, "")]
    assert '"S01"' in problems.found[1].hint_en


def test_groups_of_files_that_study_yml_does_not_name(tmp_path: Path) -> None:
    own = [{"file": "online.csv", "of_group": "first"}, {"file": "paper.csv", "of_group": "second"}]
    for name, text in two_parts().items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    settings = {key: value for key, value in STUDY.items() if key != "groups"}
    survey = {"scales": STUDY["survey"]["scales"], "files": own, "site": "พื้นที่"}
    (tmp_path / "items.csv").write_text(PART_ITEMS, encoding="utf-8")
    for groups in (None, [{"id": "first", "label": "first"}, {"id": "second", "label": "second"}]):
        made = Study.model_validate({**settings, "survey": survey, **({"groups": groups} if groups else {})})
        problems = Problems()
        frame = read_items(tmp_path / "items.csv", made, problems.at("survey/items.csv"))
        tables = read_responses(tmp_path / "online.csv", frame, SITES, made, problems.at("survey/online.csv"))
        if groups:
            assert not problems.found
            assert list(tables.received["group"]) == ["first"] * 18 + ["second"] * 12
        else:
            line = "groups: [{id: first, label: first}, {id: second, label: second}]"
            assert {p.hint_en for p in problems} == {f"Add to study.yml: {line}"}


def test_ids_in_two_parts_and_wrong_cells_of_a_part(tmp_path: Path) -> None:
    files = two_parts()
    files["paper.csv"] = files["paper.csv"].replace("P20", "P03").replace("P22,น้ำใส", "P22,น้ำขุ่น")
    files["online.csv"] = files["online.csv"].replace("P04,น้ำใส", "P04,น้ำขุ่น")
    _, problems = read(tmp_path, files, PART_ITEMS, **PARTS)
    assert sorted(told(problems)) == [
        ("duplicate-id", "survey/paper.csv", 3, "รหัส"),
        ("unknown-site", "survey/online.csv", 5, "พื้นที่"),
        ("unknown-site", "survey/paper.csv", 5, "พื้นที่"),
    ]
    duplicate = next(p for p in problems if p.kind == "duplicate-id")
    assert duplicate.en == '"P03" already stands in row 4 of online.csv.'


def test_dates_of_each_file_have_their_own_era(tmp_path: Path) -> None:
    rows = {"online.csv": ["2023-04-12", "2023-04-13"], "paper.csv": ["14/4/2566", "15/4/2566"]}
    files = {
        name: csv_text(["เวลา", *PART_HEADER], [(day, *row) for day, row in zip(days, PART_ROWS, strict=False)])
        for name, days in rows.items()
    }
    own = {**PARTS, "respondent": None, "submitted": "เวลา"}
    tables, problems = read(tmp_path, files, PART_ITEMS, **own)
    assert not problems.found
    assert list(tables.received["submitted_on"]) == ["2023-04-12", "2023-04-13", "2023-04-14", "2023-04-15"]
    files["paper.csv"] = files["paper.csv"].replace("15/4/2566", "31/4/2566")
    _, problems = read(tmp_path, files, PART_ITEMS, **own)
    assert told(problems) == [("date", "survey/paper.csv", 3, "เวลา")]


def test_days_of_the_second_wave_are_held_to_the_fieldwork(tmp_path: Path) -> None:
    files = two_files()
    for name, day in (("before.csv", "2023-04-12"), ("after.csv", "2023-05-12")):
        header, *rows = files[name].splitlines()
        files[name] = "\n".join([f"เวลา,{header}", *(f"{day},{row}" for row in rows)])
    own = {**WAVES, "submitted": "เวลา"}
    tables, problems = read(tmp_path, files, waves_items(), **own)
    assert not problems.found
    assert set(tables.received["submitted_on"]) == {"2023-04-12"}
    files["after.csv"] = files["after.csv"].replace("2023-05-12", "2033-05-12", 1)
    _, problems = read(tmp_path, files, waves_items(), **own)
    assert told(problems) == [("outside-fieldwork", "survey/after.csv", 2, "เวลา")]
    # Without a day of the first wave, the second one's is taken, and told once.
    files["before.csv"] = files["before.csv"].replace("2023-04-12", "")
    _, problems = read(tmp_path, files, waves_items(), **own)
    assert told(problems) == [("outside-fieldwork", "survey/after.csv", 2, "เวลา")]


def test_labels_that_differ_between_files(tmp_path: Path) -> None:
    import pyreadstat

    def sav(name: str, sex: dict[int, str], cells: list[int], fast: dict[int, str] | None = None) -> None:
        frame = pd.DataFrame({"sex": cells, "fast": [1, 2, 5, 4][: len(cells)]})
        labels = {"sex": sex, **({"fast": fast} if fast else {})}
        pyreadstat.write_sav(frame, tmp_path / name, variable_value_labels=labels)

    items = csv_text(COLUMNS[:6], [("sex", "", "", "เพศ", "Sex", "category")])
    sav("a.sav", {1: "ชาย", 2: "หญิง"}, [1, 1, 2])
    sav("b.sav", {1: "หญิง", 2: "ชาย"}, [1, 1, 2, 2])
    own = [{"file": name, "of_site": "S01"} for name in ("a.sav", "b.sav")]
    tables, problems = read(tmp_path, {}, items, files=own)
    assert not problems.found
    assert list(tables.received["sex"]) == ["ชาย", "ชาย", "หญิง", "หญิง", "หญิง", "ชาย", "ชาย"]
    assert list(tables.categories["category"]) == ["ชาย", "หญิง"]
    (notice,) = [own for own in problems.notices if own.kind == "labels-differ"]
    assert (notice.file, notice.column) == ("survey/b.sav", "sex")
    # Codes of a file without labels are taken as the other file's, and told.
    for order in (("a.sav", "c.csv"), ("c.csv", "a.sav")):
        own = [{"file": name, "of_site": "S01"} for name in order]
        tables, problems = read(tmp_path, {"c.csv": "sex\n2\n1\n"}, items, files=own)
        assert not problems.found
        both = {"a.sav": ["ชาย", "ชาย", "หญิง"], "c.csv": ["หญิง", "ชาย"]}
        assert list(tables.received["sex"]) == [*both[order[0]], *both[order[1]]]
        (notice,) = [own for own in problems.notices if own.kind == "labels-of-others"]
        assert (notice.file, notice.column) == ("survey/c.csv", "sex")
    # Asked in two waves by the numbers of the files: turned round is a problem, another wording a notice.
    up, down = (
        dict(enumerate(["น้อย", "กลาง", "มาก", "ยิ่ง", "สุด"], 1)),
        dict(enumerate(["สุด", "ยิ่ง", "มาก", "กลาง", "น้อย"], 1)),
    )
    rows = [(f"f{wave}", "fast", "success", "เร็ว", "Fast", "file", wave, "f") for wave in ("before", "after")]
    other = {**up, 5: "สุดยอด"}
    for labels, found, notices in ((down, ["labels-differ"], 0), (other, [], 1), (up, [], 0)):
        sav("a.sav", {1: "ชาย"}, [1, 2, 3, 4], up)
        sav("b.sav", {1: "ชาย"}, [1, 2, 3, 4], labels)
        own = [
            {"file": f"{name}.sav", "wave": wave, "of_site": "S01"} for name, wave in (("a", "before"), ("b", "after"))
        ]
        _, problems = read(tmp_path, {}, csv_text(COLUMNS, rows), files=own, respondent="sex")
        assert [p.kind for p in problems] == found
        assert kinds(problems).count("labels-differ") == notices


def test_codes_of_missing_answers_are_asked_about_once_for_all_files(tmp_path: Path) -> None:
    files = two_files()
    for name in files:
        files[name] = "\n".join(
            line.rsplit(",", 1)[0] + ",99" if n in (3, 4) else line for n, line in enumerate(files[name].splitlines())
        ) + "\n"  # fmt: skip
    items = waves_items().replace("agree5", "years")
    scales = {"years": {"min": 1, "max": 120, "numeric": True}}
    _, problems = read(tmp_path, files, items, **{**WAVES, "scales": scales})
    assert [p.kind for p in problems] == ["missing-codes"]
    assert "99 (โปร่งใส (before), โปร่งใส (after))" in problems.found[0].en


# --- study.yml --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("survey", "said"),
    [
        ({}, "give file (one file of responses) or files (several)"),
        ({"file": "a.csv", "files": [{"file": "b.csv"}]}, "give file (one file of responses) or files (several)"),
        ({"files": [{"file": "a.csv", "wave": "before"}, {"file": "b.csv"}]}, "give each file its wave, or none"),
        ({"files": [{"file": "a.csv", "wave": "before"}]}, 'all are of the wave "before"'),
        ({"files": [{"file": "a.csv"}, {"file": "a.csv"}]}, '"a.csv" stands twice'),
        ({"files": [{"file": "a.csv"}], "sheet": "x"}, "sheet: write it beside the file"),
        ({"files": [{"file": "a.csv", "site": "x", "of_site": "S01"}]}, "give site or of_site, not both"),
    ],
)
def test_files_that_do_not_go_together(survey: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said.replace("(", r"\(").replace(")", r"\)")):
        Study.model_validate({**STUDY, "survey": survey})


def test_files_that_are_too_large_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("thongthin.read.survey.parts.LARGE_SURVEY", {".csv": 1000})
    _, problems = read(tmp_path, two_parts(), PART_ITEMS, **PARTS)
    assert told(problems) == [("large-files", "survey/online.csv", None, "")]


def test_a_file_that_is_not_there_stops_with_its_name(tmp_path: Path) -> None:
    files = two_parts()
    del files["paper.csv"]
    _, problems = read(tmp_path, files, PART_ITEMS, **PARTS)
    assert [p.file for p in problems] == ["survey/paper.csv"]


# --- drafts -----------------------------------------------------------------------------------------------------------


def words(text: str) -> str:
    """Answers in words in place of numbers, so that a scale can be guessed."""
    labels = ["ไม่เห็นด้วยอย่างยิ่ง", "ไม่เห็นด้วย", "ไม่แน่ใจ", "เห็นด้วย", "เห็นด้วยอย่างยิ่ง"]
    rows = [line.split(",") for line in text.splitlines()]
    return csv_text(
        rows[0], [[labels[int(cell) - 1] if cell.isdecimal() else cell for cell in row] for row in rows[1:]]
    )


def drafted(folder: Path, *arguments: str) -> tuple[pd.DataFrame, dict[str, Any]]:
    assert main([*arguments, "--drafts", str(folder / "study")]) == 0
    text = (folder / "study" / "survey" / "survey.yml").read_text(encoding="utf-8")
    items = pd.read_csv(folder / "study" / "survey" / "items.csv", dtype=str, keep_default_na=False)
    return items, yaml.safe_load(text)["survey"]


def test_drafts_of_two_waves_are_read_as_they_are(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = {name: words(text) for name, text in two_files().items()}
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    paths = [str(tmp_path / name) for name in ("before.csv", "after.csv")]
    items, survey = drafted(tmp_path, *paths, "--waves")
    assert list(items["item_id"]) == ["q01", "q02_before", "q02_after", "q03_before", "q03_after"]
    assert list(items["wave"]) == ["", *["before", "after"] * 2]
    assert list(items["pair"]) == ["", "q02", "q02", "q03", "q03"]
    assert survey == {"files": FILES, "site": "พื้นที่", "respondent": "รหัส"}
    capsys.readouterr()
    tables, problems = read(tmp_path, files, items.to_csv(index=False), **survey)
    assert not problems.found
    expected = wide(tmp_path).received
    assert list(tables.received["q03_after"]) == list(expected["t_after"])
    # Without the word, the ids that come back are told.
    assert main(paths) == 0
    assert "and --waves." in capsys.readouterr().out
    assert main([*paths, paths[0], "--waves"]) == 1


def test_drafts_of_parts_tell_where_they_disagree(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, text in two_parts([*PART_HEADER[:3], "ความรวดเร็ว"]).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    items, survey = drafted(tmp_path, *(str(tmp_path / name) for name in ("online.csv", "paper.csv")))
    assert list(items["column"]) == ["เพศ", "รวดเร็ว", "ความรวดเร็ว"]
    assert survey["files"] == [{"file": "online.csv"}, {"file": "paper.csv"}]
    assert "columns: {ความรวดเร็ว: รวดเร็ว}" in capsys.readouterr().out


def test_check_boxes_of_kobo_and_of_a_typed_table(tmp_path: Path) -> None:
    header = ["_id", "_uuid", "_submission_time", "ways"]
    online = csv_text(header, [(1, "a", "2023-04-12T10:00:00", "line web"), (2, "b", "2023-04-13T10:00:00", "")])
    form = csv_text(["ways"], [("web, phone",), ("line",)])
    items = csv_text(
        ["item_id", "column", "choice", "text_th", "scale"], [(w, "ways", w, w, "") for w in ("line", "web", "phone")]
    )
    own = [{"file": "k.csv", "of_site": "S01", "format": "kobo"}, {"file": "t.csv", "of_site": "S02"}]
    tables, problems = read(tmp_path, {"k.csv": online, "t.csv": form}, items, files=own)
    assert not problems.found
    found = tables.received[["line", "web", "phone"]]
    expected = [[1, 1, 0], [0, 0, 0], [0, 1, 1], [1, 0, 0]]
    assert found.fillna(0).to_numpy().tolist() == expected
