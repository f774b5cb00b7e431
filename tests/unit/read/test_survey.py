"""The answers of a survey as numbers, whatever file they stand in."""

from __future__ import annotations

import io
import math
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import yaml
from project import ROOT
from studies import STUDY, csv_text, make_study

from thongthin.basics.problems import Problems
from thongthin.contract.study import Study
from thongthin.read.survey.columns import without_numbering
from thongthin.read.survey.files import SurveyColumn, SurveyFile
from thongthin.read.survey.items import read_items
from thongthin.read.survey.quality import check_responses
from thongthin.read.survey.responses import SurveyTables, read_responses, responses_of
from thongthin.survey.scales import scale_scores

DATA = ROOT.parent / "shared" / "data"
SITES = pd.DataFrame({"site_id": ["S01", "S02"], "name_th": ["น้ำใส", "ทุ่งทอง"], "name_en": ["Nam Sai", "Thung Thong"]})
ITEMS = csv_text(
    ["item_id", "column", "construct", "text_th", "text_en", "scale", "reversed"],
    [
        ("q1", "ข้อ 1", "attitude", "หนึ่ง", "One", "agree5", "yes"),
        ("q2", "", "skills", "สอง", "Two", "likert7", ""),
        ("sex", "เพศ", "", "เพศ", "Sex", "category", ""),
    ],
)


def study(**survey: object) -> Study:
    scales = {**STUDY["survey"]["scales"], "likert7": {"min": 1, "max": 7}}
    return Study.model_validate({**STUDY, "survey": {"file": "r.csv", "site": "พื้นที่", "scales": scales, **survey}})


def read_all(
    folder: Path, header: list[str], rows: list[tuple[str, ...]], items: str = ITEMS, **survey: object
) -> tuple[SurveyTables, Problems]:
    (folder / "items.csv").write_text(items, encoding="utf-8")
    (folder / "r.csv").write_text(csv_text(header, rows), encoding="utf-8")
    problems, settings = Problems(), study(**survey)
    frame = read_items(folder / "items.csv", settings, problems.at("items.csv"))
    return read_responses(folder / "r.csv", frame, SITES, settings, problems.at("r.csv")), problems


def read(
    folder: Path, header: list[str], rows: list[tuple[str, ...]], items: str = ITEMS, **survey: object
) -> tuple[pd.DataFrame, Problems]:
    tables, problems = read_all(folder, header, rows, items, **survey)
    return tables.received, problems


def items_text(*rows: tuple[str, str, str], **columns: list[str]) -> str:
    """items.csv of items (id, column, scale), which measure attitude unless they are categories or choices."""
    frame = pd.DataFrame(rows, columns=["item_id", "column", "scale"]).assign(**columns)
    texts = frame.assign(text_th=frame["item_id"], text_en=frame["item_id"])
    measures = ~frame["scale"].isin(["category", "", "file", "yes_no"])
    return str(texts.assign(construct=np.where(measures, "attitude", "")).to_csv(index=False))


def from_file(file: SurveyFile, items: str, folder: Path, **survey: object) -> tuple[SurveyTables, Problems]:
    """The tables of a file that was read already."""
    (folder / "items.csv").write_text(items, encoding="utf-8")
    problems, settings = Problems(), study(**survey)
    frame = read_items(folder / "items.csv", settings, problems.at("items.csv"))
    return responses_of(file, frame, SITES, settings, problems.at("r.sav")), problems


def file_of(format_: Any, cells: dict[str, list[str]], *columns: SurveyColumn) -> SurveyFile:
    """A file with these cells; columns of which nothing is said are plain ones."""
    known = {column.header: column for column in columns}
    frame = pd.DataFrame(cells, dtype=str)
    frame.index = pd.RangeIndex(1, len(frame) + 1)
    return SurveyFile(format_, frame, [known.get(header, SurveyColumn(header, header)) for header in cells])


def test_answers_in_words_numbers_and_thai_digits(tmp_path: Path) -> None:
    frame, problems = read(
        tmp_path,
        ["พื้นที่", " ข้อ  1\u200b", "q2", "เพศ", "ข้อเสนอแนะ"],
        [
            ("S01", "เห็นด้วยอย่างยิ่ง", "๗", "หญิง", "=1+1"),
            ("ทุ่งทอง", "strongly  DISAGREE", "3.0", "", ""),
            ("thung thong", "4", "", "ชาย", ""),
        ],
    )
    assert not problems.found
    assert list(frame["respondent_id"]) == ["R0001", "R0002", "R0003"]
    assert list(frame["site_id"]) == ["S01", "S02", "S02"]
    assert list(frame["q1"]) == [5, 1, 4]  # reversed items stay as answered
    assert list(frame["q2"][:2]) == [7, 3]
    assert math.isnan(frame["q2"][2])
    assert list(frame["sex"]) == ["หญิง", "", "ชาย"]


def test_groups_respondents_and_times(tmp_path: Path) -> None:
    header = ["id", "เวลา", "พื้นที่", "กลุ่ม", "ข้อ 1", "q2", "เพศ"]
    rows = [("a", "12/4/2566, 14:05:09", "S01", "Citizens", "1", "1", ""), ("b", "13/4/2566", "S01", "", "1", "1", "")]
    frame, problems = read(tmp_path, header, rows, respondent="id", submitted="เวลา", group="กลุ่ม")
    assert not problems.found
    assert list(frame["respondent_id"]) == ["a", "b"]
    assert list(frame["submitted_on"]) == ["2023-04-12", "2023-04-13"]
    assert list(frame["group"]) == ["citizen", ""]


def test_every_wrong_answer_is_listed_once_with_its_rows(tmp_path: Path) -> None:
    rows = [("S01", "ใช่", "8", ""), ("S01", "ใช่", "0", ""), ("", "1", "1", "")]
    _, problems = read(tmp_path, ["พื้นที่", "ข้อ 1", "q2", "เพศ"], rows)
    assert sorted((p.column, p.row, p.en.split("(")[0]) for p in problems) == [
        ("q2", 2, '"8" is not an answer of the scale "likert7" '),
        ("q2", 3, '"0" is not an answer of the scale "likert7" '),
        ("ข้อ 1", 2, '"ใช่" is not an answer of the scale "agree5" '),
        ("พื้นที่", 4, "This cell must not be empty."),
    ]
    assert next(p.en for p in problems if p.column == "ข้อ 1").endswith("Also in row 3.")


def test_wrong_headers_duplicates_and_respondents(tmp_path: Path) -> None:
    header = ["id", "พื้นที่", "ข้อ 1", "ข้อ 1", "q2", "เพศสภาพ"]
    rows = [("a", "S01", "1", "1", "1", ""), ("a", "S03", "1", "1", "1", "")]
    _, problems = read(tmp_path, header, rows, respondent="id")
    assert sorted((p.kind, p.column, p.row) for p in problems) == [
        ("double-column", "ข้อ 1", 1),
        ("duplicate-id", "id", 3),
        ("missing-column", "เพศ", 1),
        ("unknown-site", "พื้นที่", 3),
    ]


def test_one_construct_on_two_scales_is_refused(tmp_path: Path) -> None:
    (tmp_path / "items.csv").write_text(ITEMS.replace("skills", "attitude"), encoding="utf-8")
    problems = Problems()
    read_items(tmp_path / "items.csv", study(), problems.at("items.csv"))
    said = [p for p in problems if p.kind == "mixed-scales"]
    assert said[0].en == 'The construct "attitude" is measured 1-5 elsewhere, but 1-7 here: there is no mean.'
    assert "จึงหาค่าเฉลี่ยร่วมกันไม่ได้" in said[0].th


def test_the_small_study_reads_the_same_from_a_workbook(tmp_path: Path) -> None:
    import openpyxl

    folder = make_study(tmp_path)
    settings, problems = Study.model_validate(STUDY), Problems()
    sites = pd.read_csv(folder / "sites.csv", dtype=str)
    items = read_items(folder / "survey/items.csv", settings, problems)
    from_csv = read_responses(folder / "survey/responses.csv", items, sites, settings, problems).received
    book = openpyxl.Workbook()
    for line in (folder / "survey/responses.csv").read_text(encoding="utf-8").splitlines():
        book.active.append(line.split(","))
    book.save(folder / "survey/responses.xlsx")
    from_workbook = read_responses(folder / "survey/responses.xlsx", items, sites, settings, problems).received
    assert not problems.found
    pd.testing.assert_frame_equal(from_csv, from_workbook)
    assert from_csv["A1"].between(1, 5).all()


# --- columns ------------------------------------------------------------------------------------------------------

ROWS = [("S01", "1", "1", "")]


@pytest.mark.parametrize(
    "header",
    ["ข้อ  1", "ข้อ๑", "ข้อ-1:", "ข\u0e49อ 1\u200b"],
)
def test_small_differences_of_a_header_are_forgiven_and_told(tmp_path: Path, header: str) -> None:
    frame, problems = read(tmp_path, ["พื้นที่", header, "q2", "เพศ"], ROWS)
    assert not problems.found
    assert list(frame["q1"]) == [1]
    told = [(n.kind, n.en) for n in problems.notices]
    exact = " ".join(header.replace("\u200b", "").split()) == "ข้อ 1"
    assert told == ([] if exact else [("forgiven-column", '"ข้อ 1" of survey/items.csv was taken for this column.')])


def test_a_number_in_front_of_a_question_is_forgiven(tmp_path: Path) -> None:
    items = items_text(("q1", "ระบบใช้ง่าย", "agree5"), ("q2", "3. ระบบรวดเร็ว", "agree5"))
    frame, problems = read(tmp_path, ["พื้นที่", "ข้อ 1.2 ระบบใช้ง่าย", "4) ระบบรวดเร็ว"], [("S01", "4", "5")], items)
    assert not problems.found
    assert frame[["q1", "q2"]].to_numpy().tolist() == [[4, 5]]
    assert [notice.column for notice in problems.notices] == ["ข้อ 1.2 ระบบใช้ง่าย", "4) ระบบรวดเร็ว"]


def test_a_number_that_begins_a_sentence_is_no_numbering(tmp_path: Path) -> None:
    items = items_text(("q1", "5 ปีที่ผ่านมาดีขึ้น", "agree5"))
    _, problems = read(tmp_path, ["พื้นที่", "3 ปีที่ผ่านมาดีขึ้น"], [("S01", "4")], items)
    (problem,) = problems
    assert problem.kind == "missing-column"
    assert problem.hint_en == 'Did you mean "3 ปีที่ผ่านมาดีขึ้น"?'
    assert without_numbering("แผนที่ 1. ดี") != without_numbering("แผนที่ 2. ดี")
    assert without_numbering("ข้อ ๓") == "ข้อ3"


def test_what_fits_several_columns_is_a_problem(tmp_path: Path) -> None:
    items = items_text(("q1", "ระบบ รวดเร็ว", "agree5"))
    header = ["พื้นที่", "1. ระบบรวดเร็ว", "2. ระบบรวดเร็ว"]
    _, problems = read(tmp_path, header, [("S01", "4", "5")], items)
    (problem,) = problems
    assert problem.kind == "ambiguous-column"
    assert problem.en.endswith('may be any of these columns: "1. ระบบรวดเร็ว", "2. ระบบรวดเร็ว".')
    assert "อาจเป็นคอลัมน์ใดก็ได้ใน" in problem.th


def test_two_items_of_one_column_are_a_problem(tmp_path: Path) -> None:
    items = items_text(("q1", "ระบบรวดเร็ว", "agree5"), ("q2", "ระบบ รวดเร็ว", "agree5"))
    _, problems = read(tmp_path, ["พื้นที่", "ระบบรวดเร็ว"], [("S01", "4")], items)
    assert [(p.kind, p.column) for p in problems] == [("same-column", "ระบบรวดเร็ว")]


def test_columns_are_found_by_question_and_grid(tmp_path: Path) -> None:
    columns = [
        SurveyColumn("v1", "ระบบใช้ง่าย", {"en": "The system is easy"}),
        SurveyColumn("v2", "รวดเร็ว", group="ก่อนมีระบบ"),
        SurveyColumn("v3", "รวดเร็ว", group="หลังมีระบบ"),
    ]
    file = file_of("spss", {"พื้นที่": ["S01"], "v1": ["1"], "v2": ["2"], "v3": ["3"]}, *columns)
    items = items_text(
        ("q1", "The system is easy", "agree5"),
        ("q2", "ก่อนมีระบบ [รวดเร็ว]", "agree5"),
        ("q3", "หลังมีระบบ รวดเร็ว", "agree5"),
    )
    tables, problems = from_file(file, items, tmp_path)
    assert not problems.found
    assert not problems.notices
    assert tables.received[["q1", "q2", "q3"]].to_numpy().tolist() == [[1, 2, 3]]
    _, problems = from_file(file, items_text(("q2", "รวดเร็ว", "agree5")), tmp_path)
    assert [p.kind for p in problems] == ["ambiguous-column"]


# --- scales and non-answers ---------------------------------------------------------------------------------------


def test_built_in_scales_need_no_declaration(tmp_path: Path) -> None:
    items = items_text(("q1", "", "level5"), ("q2", "", "agreement5"), ("q3", "", "mine"), ("used", "", "yes_no"))
    rows = [("S01", "5 = มากที่สุด", "Somewhat agree", "ไม่เห็นด้วยเลย", "มี"), ("S01", "๒", "(3) เฉย ๆ", "5", "ไม่มี")]
    tables, problems = read_all(tmp_path, ["พื้นที่", "q1", "q2", "q3", "used"], rows, items, scales={"mine": "agreement5"})
    assert not problems.found
    assert tables.received[["q1", "q2", "q3", "used"]].to_numpy().tolist() == [[5, 4, 1, 1], [2, 3, 5, 0]]
    assert list(tables.items["minimum"]) == [1, 1, 1, 0]
    points = tables.answer_scales.set_index(["scale", "value"])
    assert points.loc[("level5", 5)].tolist() == ["มากที่สุด", "Highest"]
    assert points.loc[("yes_no", 0)].tolist() == ["ไม่ใช่", "No"]


def test_a_number_beside_words_that_is_not_their_value_is_told_once(tmp_path: Path) -> None:
    items = items_text(("q1", "", "level5"), ("q2", "", "level5"))
    rows = [("S01", "1. มากที่สุด", "1. มากที่สุด"), ("S01", "1. มากที่สุด", "5. น้อยที่สุด")]
    frame, problems = read(tmp_path, ["พื้นที่", "q1", "q2"], rows, items)
    assert not problems.found
    assert frame[["q1", "q2"]].to_numpy().tolist() == [[5, 5], [5, 1]]
    assert [(n.kind, n.row, n.column) for n in problems.notices] == [
        ("number-beside-words", 2, "q1"),
        ("number-beside-words", 3, "q2"),
    ]


def test_reasons_of_no_answer_are_kept_apart(tmp_path: Path) -> None:
    rows = [
        ("S01", "ไม่ทราบ", "N/A", "ไม่ประสงค์ระบุ"),
        ("S01", "ไม่แน่ใจ", "99", "หญิง"),
        ("S01", "", "-", "98"),
        ("S01", "NA", "7", "ไม่มีศาสนา"),
    ]
    declared = {"refused": [99], "dont_know": ["98"]}
    tables, problems = read_all(tmp_path, ["พื้นที่", "ข้อ 1", "q2", "เพศ"], rows, nonanswers=declared)
    assert not problems.found
    assert tables.received["q1"].fillna(-1).tolist() == [-1, 3, -1, -1]  # unsure is a point of this scale
    assert tables.received["q2"].fillna(-1).tolist() == [-1, -1, -1, 7]
    assert tables.received["sex"].tolist() == ["", "หญิง", "", "ไม่มีศาสนา"]
    assert list(tables.nonanswer_cells.itertuples(index=False, name=None)) == [
        ("R0001", "q1", "dont_know"),
        ("R0001", "q2", "not_applicable"),
        ("R0001", "sex", "refused"),
        ("R0002", "q2", "refused"),
        ("R0003", "sex", "dont_know"),
    ]


def test_numbers_in_front_of_categories_go_if_all_have_one(tmp_path: Path) -> None:
    items = items_text(("sex", "", "category"), ("age", "", "category"))
    rows = [("S01", "1. ชาย", "1) 18-29 ปี"), ("S01", "2.หญิง", "30-39 ปี"), ("S01", "หญิง", "")]
    frame, problems = read(tmp_path, ["พื้นที่", "sex", "age"], rows, items)
    assert not problems.found
    assert list(frame["sex"]) == ["ชาย", "หญิง", "หญิง"]
    assert list(frame["age"]) == ["1) 18-29 ปี", "30-39 ปี", ""]


def test_labels_of_the_file_make_a_scale(tmp_path: Path) -> None:
    agree = {"1": "ไม่เห็นด้วย", "2": "ไม่แน่ใจ", "3": "เห็นด้วย", "8": "ไม่ทราบ", "9": "ไม่ตอบ"}
    ends = {"1": "แย่ที่สุด", "7": "ดีที่สุด", "-1": "skipped"}
    file = file_of(
        "spss",
        {
            "site": ["1", "2", "1"],
            "v1": ["1", "2", "8"],
            "v2": ["1", "3", "9"],
            "v3": ["4", "7", "-1"],
            "v4": ["a1", "a3", ""],
            "sex": ["1", "2", "9"],
        },
        SurveyColumn("site", values={"1": "น้ำใส", "2": "Thung Thong"}),
        SurveyColumn(
            "v1", values=agree, missing=frozenset({"9"}), labels={"en": {"1": "No", "2": "Unsure", "3": "Yes"}}
        ),
        SurveyColumn("v2", values=agree, missing=frozenset({"9"})),
        SurveyColumn("v3", values=ends, missing=frozenset({"-1"})),
        SurveyColumn("v4", values={"a1": "Strongly disagree", "a2": "Disagree", "a3": "Agree", "a4": "Strongly agree"}),
        SurveyColumn("sex", values={"1": "ชาย", "2": "หญิง", "9": "ไม่ตอบ"}),
    )
    items = items_text(*((f"q{i}", f"v{i}", "file") for i in range(1, 5)), ("sex", "sex", "category"))
    tables, problems = from_file(file, items, tmp_path, site="site")
    assert not problems.found
    answers = tables.received[["q1", "q2", "q3", "q4"]].fillna(-1).to_numpy().tolist()
    assert answers == [[1, 1, 4, 1], [2, 3, 7, 3], [-1, -1, -1, -1]]
    assert list(tables.received["site_id"]) == ["S01", "S02", "S01"]
    assert list(tables.received["sex"]) == ["ชาย", "หญิง", ""]
    assert [tuple(row) for row in tables.items[["scale", "minimum", "maximum"]].itertuples(index=False)] == [
        ("file_q1", 1, 3),
        ("file_q2", 1, 3),
        ("file_q3", 1, 7),
        ("file_q4", 1, 4),
        ("category", pd.NA, pd.NA),
    ]
    points = tables.answer_scales.set_index(["scale", "value"])
    assert points.loc[("file_q1", 2)].tolist() == ["ไม่แน่ใจ", "Unsure"]
    assert points.loc[("file_q3", 4)].tolist() == ["4", "4"]  # only the ends have labels
    reasons = tables.nonanswer_cells.set_index(["respondent_id", "item_id"])["reason"]
    assert reasons.loc["R0003"].to_dict() == {"q1": "dont_know", "q2": "missing", "q3": "missing", "sex": "missing"}


def test_conditions_and_constructs_are_judged_by_the_labels_of_the_file(tmp_path: Path) -> None:
    uses = SurveyColumn("used", values={"1": "ใช้", "2": "ไม่ใช้"})
    seven = SurveyColumn("v", values={"1": "แย่ที่สุด", "7": "ดีที่สุด"})
    file = file_of("spss", {"พื้นที่": ["S01", "S01"], "used": ["1", "2"], "v": ["7", ""], "w": ["", "5"]}, uses, seven)
    rows = [("used", "used", "file"), ("q1", "v", "file"), ("q2", "w", "agree5")]
    tables, problems = from_file(file, items_text(*rows, asked_if=["", "used=ใช้", ""]), tmp_path)
    assert not problems.found
    assert list(tables.items["asked_if"]) == ["", "used=1", ""]
    assert list(tables.nonanswer_cells.itertuples(index=False, name=None)) == [("R0002", "q1", "not_asked")]
    wrong = items_text(*rows, asked_if=["", "used=เคย", ""])
    frame = pd.read_csv(io.StringIO(wrong), dtype=str, keep_default_na=False).assign(construct=["", "skills", "skills"])
    _, problems = from_file(file, str(frame.to_csv(index=False)), tmp_path)
    assert {(p.kind, p.file, p.column) for p in problems} == {
        ("condition", "items.csv", "asked_if"),
        ("mixed-scales", "items.csv", "scale"),
    }


def test_labels_decide_where_they_are_words_of_the_scale(tmp_path: Path) -> None:
    falling = {"1": "มากที่สุด", "2": "มาก", "3": "ปานกลาง", "4": "น้อย", "5": "น้อยที่สุด"}
    file = file_of("spss", {"พื้นที่": ["S01", "S01"], "v": ["1", "5"]}, SurveyColumn("v", values=falling))
    tables, _ = from_file(file, items_text(("words", "v", "level5")), tmp_path)
    assert list(tables.received["words"]) == [5, 1]
    scales = {"digits": {"min": 1, "max": 5}}
    tables, _ = from_file(file, items_text(("digits", "v", "digits")), tmp_path, scales=scales)
    assert list(tables.received["digits"]) == [1, 5]


def test_a_file_that_gives_no_scale_is_told(tmp_path: Path) -> None:
    file = file_of("csv", {"พื้นที่": ["S01"], "v": ["ชอบ"]})
    _, problems = from_file(file, items_text(("q1", "v", "file")), tmp_path)
    assert [(p.kind, p.column) for p in problems] == [("no-scale", "v")]


# --- several choices, skip patterns -------------------------------------------------------------------------------


def choices(*rows: tuple[str, str, str]) -> str:
    """items.csv of choices: id, column, choice."""
    items = items_text(*((item, column, "") for item, column, _ in rows), choice=[choice for *_, choice in rows])
    assert "attitude" not in items
    return items


def test_choices_of_one_cell_become_items(tmp_path: Path) -> None:
    items = choices(
        ("line", "ช่องทาง", "ไลน์"),
        ("web", "ช่องทาง", "เว็บไซต์, แอป"),
        ("walk", "ช่องทาง", "มาเอง"),
        ("fax", "ช่องทาง", "โทรสาร"),
    )
    rows = [("S01", "ไลน์, เว็บไซต์, แอป"), ("S01", "มาเอง"), ("S01", ""), ("S01", "ไม่ทราบ"), ("S01", "เว็บไซต์, โทร")]
    tables, problems = read_all(tmp_path, ["พื้นที่", "ช่องทาง"], rows, items)
    assert not problems.found
    assert tables.received[["line", "web", "walk"]].fillna(-1).to_numpy().tolist() == [
        [1, 1, 0],
        [0, 0, 1],
        [-1, -1, -1],
        [-1, -1, -1],
        [0, 0, 0],
    ]
    assert set(tables.nonanswer_cells["reason"]) == {"dont_know"}
    assert list(tables.items["scale"].unique()) == ["chosen"]
    left_over, notice = problems.notices
    assert left_over.en.startswith("1 cells hold answers that no choice of survey/items.csv explains: ")
    assert notice.en == 'Nobody chose "โทรสาร".'
    assert "โทร" in notice.hint_en


def test_choices_of_kobo_in_one_column_or_in_many(tmp_path: Path) -> None:
    whole = SurveyColumn("channel", kind="select_multiple", values={"line": "ไลน์", "web": "เว็บไซต์", "app": "แอป"})
    file = file_of("kobo", {"พื้นที่": ["S01", "S01"], "channel": ["line web", "webmaster"]}, whole)
    tables, problems = from_file(file, choices(("c1", "channel", "ไลน์"), ("c2", "channel", "web")), tmp_path)
    assert not problems.found
    assert tables.received[["c1", "c2"]].to_numpy().tolist() == [[1, 1], [0, 0]]
    apart = [
        SurveyColumn(f"channel/{name}", text, group="ช่องทางใด", choice_of="channel", kind="select_multiple")
        for name, text in (("line", "ไลน์"), ("web", "เว็บไซต์"))
    ]
    cells = {"พื้นที่": ["S01", "S01"], "channel/line": ["1", ""], "channel/web": ["0", ""]}
    for rows in (
        [("c1", "channel", "line"), ("c2", "channel", "web")],
        [("c1", "ช่องทางใด", "ไลน์"), ("c2", "ช่องทางใด", "เว็บไซต์")],
    ):
        tables, problems = from_file(file_of("kobo", cells, *apart), choices(*rows), tmp_path)
        assert not problems.found
        assert tables.received[["c1", "c2"]].fillna(-1).to_numpy().tolist() == [[1, 0], [-1, -1]]
    tables, problems = from_file(file_of("kobo", cells, *apart), choices(("c3", "channel", "ไลน")), tmp_path)
    assert tables.received["c3"].fillna(-1).tolist() == [0, -1]
    assert [(n.kind, n.hint_en) for n in problems.notices] == [("never-chosen", 'Did you mean "ไลน์"?')]


def test_check_boxes_of_google_forms(tmp_path: Path) -> None:
    items = choices(*((item, "ช่องทางใด", choice) for item, choice in
                      (("line", "ไลน์"), ("walk", "มาเอง"), ("web", "เว็บ"), ("fax", "โทรสาร"))))  # fmt: skip
    header = ["ประทับเวลา", "พื้นที่", "ช่องทางใด"]
    rows = [
        ("15/3/2566, 9:05:12", "S01", "ไลน์, มาเอง"),
        ("15/3/2566, 9:06:00", "S01", "ไลน์"),
        ("15/3/2566, 9:07:00", "S02", ""),
        ("16/3/2566, 9:08:00", "S02", "มาเอง"),
        ("16/3/2566, 9:09:00", "S02", "มาเอง, ไลน์, เว็บ"),
        ("16/3/2566, 9:10:00", "S02", "มาเอง, ไลน์"),
        ("16/3/2566, 9:11:00", "S02", "ไม่ทราบ"),
    ]
    frame, problems = read(tmp_path, header, rows, items, submitted="ประทับเวลา")
    assert not problems.found
    assert frame[["line", "walk", "web", "fax"]].fillna(-1).to_numpy().tolist() == [
        [1, 1, 0, 0],
        [1, 0, 0, 0],
        [-1, -1, -1, -1],
        [0, 1, 0, 0],
        [1, 1, 1, 0],
        [1, 1, 0, 0],
        [-1, -1, -1, -1],
    ]
    assert list(frame["submitted_on"]) == ["2023-03-15"] * 3 + ["2023-03-16"] * 4
    assert [notice.kind for notice in problems.notices] == ["never-chosen"]


def test_what_was_not_asked_is_told_from_what_was_left_empty(tmp_path: Path) -> None:
    items = items_text(
        ("used", "", "yes_no"),
        ("sex", "", "category"),
        ("q1", "", "agree5"),
        ("q2", "", "agree5"),
        asked_if=["", "", "used = เคย", "used=1 & sex=หญิง"],
    )
    rows = [("S01", "เคย", "หญิง", "", "5"), ("S01", "ไม่เคย", "หญิง", "", ""), ("S01", "", "ชาย", "4", "ไม่ทราบ")]
    tables, problems = read_all(tmp_path, ["พื้นที่", "used", "sex", "q1", "q2"], rows, items)
    assert not problems.found
    assert list(tables.items["asked_if"]) == ["", "", "used=1", "used=1&sex=หญิง"]
    assert list(tables.nonanswer_cells.itertuples(index=False, name=None)) == [
        ("R0002", "q1", "not_asked"),
        ("R0002", "q2", "not_asked"),
        ("R0003", "q2", "dont_know"),
    ]


def test_wrong_conditions(tmp_path: Path) -> None:
    items = items_text(
        ("used", "", "yes_no"),
        ("q1", "", "agree5"),
        ("q2", "", "agree5"),
        ("q3", "", "agree5"),
        ("q4", "", "agree5"),
        asked_if=["", "use=1", "used", "used=บางครั้ง", "q4=1"],
    )
    _, problems = read(tmp_path, ["พื้นที่", "used", "q1", "q2", "q3", "q4"], [("S01", *"11111")], items)
    assert [(p.row, p.kind, p.en.split(":")[0]) for p in problems] == [
        (3, "unknown-item", '"use" is no other item of this table.'),
        (4, "condition", '"used" is not a condition.'),
        (5, "condition", '"used=บางครั้ง" can never be met'),
        (6, "unknown-item", '"q4" is no other item of this table.'),
    ]
    assert problems.found[0].hint_en == 'Did you mean "used"?'


# --- respondents --------------------------------------------------------------------------------------------------


def test_rows_out_of_the_frame_are_not_read(tmp_path: Path) -> None:
    rules = {
        "out_of_frame": [{"column": "พื้นที่", "values": ["อื่น ๆ", ""]}, {"column": "อายุ", "below": 18}],
        "straight_lining": 3,
    }
    header = ["พื้นที่", "อายุ", "ข้อ 1", "q2", "เพศ"]
    rows = [
        ("S01", "17", "1", "1", "ชาย"),
        ("อื่นๆ", "30", "ขยะ", "9", ""),
        ("", "40", "1", "1", "ชาย"),
        ("S02", "๑๘", "2", "2", "ชาย"),
    ]
    frame, problems = read(tmp_path, header, rows, rules=rules)
    assert not problems.found
    assert list(frame["respondent_id"]) == ["R0001", "R0002", "R0003", "R0004"]
    assert list(frame["row"]) == [2, 3, 4, 5]
    assert list(frame["out_of_frame"]) == ["อายุ: 17", "พื้นที่: อื่นๆ", "พื้นที่: ", ""]
    assert list(frame["site_id"]) == ["", "", "", "S02"]
    assert frame["q1"].fillna(-1).tolist() == [-1, -1, -1, 2]
    assert list(frame["sex"]) == ["", "", "", "ชาย"]


def test_previews_of_qualtrics_are_known_and_others_declared(tmp_path: Path) -> None:
    cells = {"พื้นที่": ["S01"] * 3, "Status": ["IP Address", "Survey Preview", "0"], "q": ["1", "2", "3"]}
    tables, _ = from_file(file_of("qualtrics", cells), items_text(("q1", "q", "agree5")), tmp_path)
    assert list(tables.received["preview"]) == [False, True, False]
    rules = {"preview": [{"column": "q", "values": [3]}]}
    tables, _ = from_file(file_of("csv", cells), items_text(("q1", "q", "agree5")), tmp_path, rules=rules)
    assert list(tables.received["preview"]) == [False, False, True]


def test_one_respondent_twice_is_a_problem_unless_the_study_leaves_the_second_out(tmp_path: Path) -> None:
    header, rows = ["id", "พื้นที่", "ข้อ 1", "q2", "เพศ"], [("a", "S01", str(n), "1", "") for n in (1, 2, 3)]
    _, problems = read(tmp_path, header, rows, respondent="id")
    assert {p.kind for p in problems} == {"duplicate-id"}
    frame, problems = read(tmp_path, header, rows, respondent="id", rules={"exclude": ["duplicate"]})
    assert not problems.found
    assert list(frame["respondent_id"]) == ["a", "a-2", "a-3"]
    assert list(frame["repeats"]) == ["", "a", "a"]


def test_rows_added_below_change_no_id(tmp_path: Path) -> None:
    few, _ = read(tmp_path, ["พื้นที่", "ข้อ 1", "q2", "เพศ"], ROWS * 3)
    many, _ = read(tmp_path, ["พื้นที่", "ข้อ 1", "q2", "เพศ"], ROWS * 10_001)
    assert list(few["respondent_id"]) == list(many["respondent_id"][:3])
    assert many["respondent_id"].is_unique
    assert many["respondent_id"].iloc[-1] == "R10001"


def test_weights_are_positive_numbers(tmp_path: Path) -> None:
    header = ["พื้นที่", "ข้อ 1", "q2", "เพศ", "w"]
    rows = [("S01", "1", "1", "", w) for w in ("1.5", "๒", "0", "-1", "x", "")]
    frame, problems = read(tmp_path, header, rows, weight="w")
    assert list(frame["weight"][:2]) == [1.5, 2]
    assert sorted((p.kind, p.row, p.en.split(":")[0]) for p in problems) == [
        ("weight", 4, '"0" is no weight'),
        ("weight", 5, '"-1" is no weight'),
        ("weight", 6, '"x" is no weight'),
        ("weight", 7, '"" is no weight'),
    ]


def test_the_time_taken_stands_there_or_follows_from_start_and_end(tmp_path: Path) -> None:
    header = ["พื้นที่", "ข้อ 1", "q2", "เพศ", "took", "from", "to"]
    rows = [
        ("S01", "1", "1", "", "0:02:05", "", "2023-04-01"),
        ("S01", "1", "1", "", "๖๐", "", "2023-04-01"),
        ("S01", "1", "1", "", "", "2023-04-01T10:00:00", "2023-04-01T10:01:30"),
        ("S01", "1", "1", "", "", "", "2023-04-01"),
        ("S01", "1", "1", "", "ครู่หนึ่ง", "2023-04-02T10:00:00", "2023-04-01T10:01:30"),
    ]
    frame, problems = read(tmp_path, header, rows, duration="took", started="from", submitted="to")
    assert not problems.found
    assert frame["seconds"].fillna(-1).tolist() == [125, 60, 90, -1, -1]


# --- real data ----------------------------------------------------------------------------------------------------


@pytest.mark.skipif(not (DATA / "survey_bfi").is_dir(), reason="the real data do not stand beside the project")
def test_the_big_five_are_read_as_published(tmp_path: Path) -> None:
    """2800 respondents of the SAPA project: means of the first items as `psych::describe(bfi)` prints them."""
    raw = pd.read_csv(DATA / "survey_bfi" / "bfi.csv", dtype=str, keep_default_na=False)
    names = [name for name in raw if name[1:].isdigit() and name[0] in "ACENO"]
    raw.assign(site=raw["gender"].map({"1": "S01", "2": "S02"})).to_csv(tmp_path / "r.csv", index=False)
    items = items_text(*((name, name, "six") for name in names))
    (tmp_path / "items.csv").write_text(items, encoding="utf-8")
    settings = study(site="site", respondent="rownames", scales={"six": {"min": 1, "max": 6}})
    problems = Problems()
    frame = read_items(tmp_path / "items.csv", settings, problems)
    tables = read_responses(tmp_path / "r.csv", frame, SITES, settings, problems)
    assert not problems.found
    assert tables.received.shape == (2800, 10 + 25)
    assert tables.received[["A1", "A2", "C4", "O5"]].mean().round(2).tolist() == [2.41, 4.80, 2.55, 2.49]
    assert tables.received[["A1", "A2"]].notna().sum().tolist() == [2784, 2773]
    assert tables.nonanswer_cells.empty
    checked = check_responses(
        tables.received, tables.nonanswer_cells, tables.items, ["S01", "S02"], **settings.survey.rules.thresholds
    )
    empty = checked.nonanswers.query("reason == 'empty'").set_index("item_id")["n"]
    assert empty["A1"] == 16
    answers = tables.received[names]
    lines = answers.notna().all(axis=1) & answers.eq(answers["A1"], axis=0).all(axis=1)
    assert (checked.flags["rule"] == "straight_lining").sum() == lines.sum()
    assert len(scale_scores(checked.responses, tables.items)) == 2800


@pytest.mark.skipif(not (DATA / "survey_woj").is_dir(), reason="the real data do not stand beside the project")
def test_journalists_are_read_the_same_from_spss_as_from_a_table(tmp_path: Path) -> None:
    pyreadstat = pytest.importorskip("pyreadstat")
    raw = pd.read_csv(DATA / "survey_woj" / "WoJ.csv")
    names = [name for name in raw if name.startswith(("ethics_", "trust_", "autonomy_"))]
    countries = sorted(raw["country"].unique())
    sites = pd.DataFrame(
        {"site_id": [f"S{i}" for i in range(len(countries))], "name_th": countries, "name_en": countries}
    )
    settings = study(site="country", scales={"likert": {"min": 1, "max": 5}})
    items = items_text(*((name, name, "likert") for name in names), ("job", "employment", "category"))
    (tmp_path / "items.csv").write_text(items, encoding="utf-8")
    raw.to_csv(tmp_path / "r.csv", index=False)
    coded = raw[["country", "employment", *names]].copy()
    labels: dict[str, dict[int | float, str]] = {}
    for name in ("country", "employment"):
        words = sorted(coded[name].unique())
        labels[name] = {code: word for code, word in enumerate(words, start=1)}
        coded[name] = coded[name].map({word: code for code, word in labels[name].items()}).astype(float)
    labels |= {name: {1: "ต่ำสุด", 5: "สูงสุด", 9: "ไม่ตอบ"} for name in names}
    coded[names] = coded[names].fillna(9)
    missing = {name: [9] for name in names}
    pyreadstat.write_sav(coded, tmp_path / "r.sav", variable_value_labels=labels, missing_ranges=missing)
    problems = Problems()
    frame = read_items(tmp_path / "items.csv", settings, problems)
    table = read_responses(tmp_path / "r.csv", frame, sites, settings, problems)
    spss = read_responses(tmp_path / "r.sav", frame, sites, settings, problems)
    assert not problems.found
    pd.testing.assert_frame_equal(table.received.drop(columns="row"), spss.received.drop(columns="row"))
    assert len(spss.nonanswer_cells) == raw[names].isna().sum().sum()
    assert set(spss.nonanswer_cells["reason"]) <= {"missing"}
    assert table.received["site_id"].nunique() == 5
    # Digits and value labels make the same scale.
    labelled = read_items(tmp_path / "items.csv", settings, problems).assign(
        scale=lambda own: own["scale"].replace("likert", "file"), construct=""
    )
    from_labels = read_responses(tmp_path / "r.sav", labelled, sites, settings, problems)
    assert not problems.found
    pd.testing.assert_frame_equal(from_labels.received, spss.received)
    assert set(from_labels.items["maximum"].dropna()) == {5}


# --- amounts ------------------------------------------------------------------------------------------------------

AMOUNTS = {
    "index": {"min": 0, "max": 8, "numeric": True},
    "years": {"min": 18, "max": 120, "numeric": True, "unit": {"th": "ปี", "en": "years"}},
}


def test_amounts_are_numbers_with_decimals_and_their_unit_stands_behind_the_question(tmp_path: Path) -> None:
    items = csv_text(
        ["item_id", "construct", "text_th", "text_en", "scale", "asked_if"],
        [
            ("i1", "attitude", "ดัชนี", "Index", "index", ""),
            ("age", "", "อายุ", "Age", "years", ""),
            ("q3", "", "สาม", "Three", "category", "age>=60"),
        ],
    )
    rows = [
        ("S01", "4.25", "๖๕ ปี", "x"),
        ("S01", "8", "35", ""),
        ("S02", "ไม่ทราบ", "1e2", "y"),
        ("S02", "", "99", "z"),
        ("S02", "0", "999", "z"),
    ]
    nonanswers = {"missing": [999]}
    tables, problems = read_all(
        tmp_path, ["พื้นที่", "i1", "age", "q3"], rows, items, scales=AMOUNTS, nonanswers=nonanswers
    )
    assert not problems.found, [str(p) for p in problems]
    about = tables.items.set_index("item_id")
    assert about["numeric"].to_dict() == {"i1": True, "age": True, "q3": False}
    assert about.loc["age", ["minimum", "maximum"]].tolist() == [18, 120]
    assert about.loc["age", ["text_th", "text_en"]].tolist() == ["อายุ (ปี)", "Age (years)"]
    assert tables.answer_scales.empty
    assert tables.received["i1"].tolist()[:2] == [4.25, 8]
    # A number within the limits is an answer, whatever it is a code for elsewhere; 999 is not, and was declared.
    assert tables.received["age"].tolist()[:4] == [65, 35, 100, 99]
    told = tables.nonanswer_cells[["respondent_id", "item_id", "reason"]].values.tolist()
    assert told == [["R0002", "q3", "not_asked"], ["R0003", "i1", "dont_know"], ["R0005", "age", "missing"]]


def test_one_line_of_study_yml_takes_all_answers_outside_a_scale(tmp_path: Path) -> None:
    items = items_text(("i1", "", "index"), ("i2", "", "index"))
    _, problems = read(
        tmp_path, ["พื้นที่", "i1", "i2"], [("S01", "8,5", "7"), ("S02", "7", "-1.5")], items, scales=AMOUNTS
    )
    assert [(p.row, p.column) for p in problems] == [(2, "i1"), (3, "i2")]
    lines = {p.hint_en.split("study.yml: ")[1] for p in problems}
    assert lines == {"codes: [{values: ['8,5', '-1.5'], columns: [i1, i2]}]"}


def test_wrong_amounts_are_told_with_their_limits(tmp_path: Path) -> None:
    items = items_text(("i1", "", "index"))
    rows = [("S01", "8.5"), ("S02", "4,5"), ("S01", "8.5"), ("S01", "7")]
    _, problems = read(tmp_path, ["พื้นที่", "i1"], rows, items, scales=AMOUNTS)
    assert [(p.kind, p.row, p.column) for p in problems] == [("outside-numbers", 2, "i1"), ("outside-numbers", 3, "i1")]
    first = str(problems.found[0])
    assert '"8.5" is not a number of the scale "index" (0-8). Also in row 4.' in first
    assert '"8.5" ไม่ใช่จำนวนตามมาตรวัด "index" (0-8)' in first
    assert "widen min and max in study.yml" in first


def test_amounts_and_points_have_no_common_mean(tmp_path: Path) -> None:
    scales = {"number": {"min": 1, "max": 5, "numeric": True}, "points": {"min": 1, "max": 5}}
    items = items_text(("p1", "", "points"), ("p2", "", "points"), ("n1", "", "number"))
    _, problems = read(tmp_path, ["พื้นที่", "p1", "p2", "n1"], [("S01", "1", "2", "3")], items, scales=scales)
    assert [(p.kind, p.row) for p in problems] == [("mixed-scales", 4)]
    assert "is measured 1-5 elsewhere, but 1-5 (numeric) here" in str(problems.found[0])


def test_codes_of_a_spss_file_are_no_amounts(tmp_path: Path) -> None:
    """Declared missing or labelled as no answer, they are none, though they lie within the limits."""
    column = SurveyColumn("age", "age", values={"98": "Refused", "99": "-"}, missing=frozenset({"99"}))
    file = file_of("spss", {"พื้นที่": ["S01"] * 3, "age": ["45", "98", "99"]}, column)
    tables, problems = from_file(file, items_text(("age", "", "years")), tmp_path, scales=AMOUNTS)
    assert not problems.found
    assert tables.received["age"].isna().tolist() == [False, True, True]
    assert tables.nonanswer_cells["reason"].tolist() == ["refused", "missing"]


@pytest.mark.parametrize("labels", [{"1": "ใช่", "2": "ไม่ใช่"}, {"1": "Yes", "2": "No"}, {"1": "เคย", "0": "ไม่เคย"}])
def test_yes_is_what_is_counted_whatever_its_number_in_the_file(tmp_path: Path, labels: dict[str, str]) -> None:
    yes, no = labels
    cells = {"พื้นที่": ["S01"] * 4, "used": [yes, yes, yes, no]}
    file = file_of("spss", cells, SurveyColumn("used", "ใช้หรือไม่", values=labels))
    tables, problems = from_file(file, items_text(("used", "", "file")), tmp_path)
    assert not problems.found
    assert list(tables.received["used"]) == [1, 1, 1, 0]
    assert list(tables.items["maximum"]) == [1]


def test_items_of_one_language_stand_for_both_and_are_told_once(tmp_path: Path) -> None:
    items = csv_text(["item_id", "text_th", "scale"], [("q1", "หนึ่ง", "agree5"), ("q2", "สอง", "agree5")])
    tables, problems = read_all(tmp_path, ["พื้นที่", "q1", "q2"], [("S01", "1", "2")], items)
    assert not problems.found
    assert list(tables.items["text_en"]) == ["หนึ่ง", "สอง"]
    assert [n.en for n in problems.notices] == [
        'Given in Thai only, which stands for both languages: there is no column "text_en".'
    ]


def test_a_condition_may_name_the_group(tmp_path: Path) -> None:
    items = items_text(("q1", "", "agree5"), ("q2", "", "agree5"), asked_if=["", "group=ประชาชน"])
    header = ["พื้นที่", "กลุ่ม", "q1", "q2"]
    rows = [("S01", "Citizens", "1", "2"), ("S01", "Officials", "3", "")]
    tables, problems = read_all(tmp_path, header, rows, items, group="กลุ่ม")
    assert not problems.found
    assert list(tables.items["asked_if"]) == ["", "group=citizen"]
    assert tables.nonanswer_cells[["item_id", "reason"]].to_numpy().tolist() == [["q2", "not_asked"]]
    _, problems = read_all(tmp_path, header, rows, items.replace("ประชาชน", "nobody"), group="กลุ่ม")
    assert "the groups are citizen, official" in problems.found[0].en


def test_answers_after_the_fieldwork_are_one_message_with_a_period_that_takes_them_in(tmp_path: Path) -> None:
    rows = [("S01", f"2030-01-{day:02d}", "1") for day in range(1, 29)]
    _, problems = read(tmp_path, ["พื้นที่", "when", "q1"], rows, items_text(("q1", "", "agree5")), submitted="when")
    [problem] = problems.found
    assert problem.kind == "outside-fieldwork"
    assert "to: 2030-01-28" in problem.hint_en


def test_a_scale_of_the_file_that_runs_downwards_is_told(tmp_path: Path) -> None:
    labels = {"1": "มากที่สุด", "2": "มาก", "3": "ปานกลาง", "4": "น้อย", "5": "น้อยที่สุด"}
    cells = {"พื้นที่": ["S01"] * 2, "q1": ["1", "5"]}
    file = file_of("spss", cells, SurveyColumn("q1", "", values=labels))
    tables, problems = from_file(file, items_text(("q1", "", "file")), tmp_path)
    assert list(tables.received["q1"]) == [1, 5]
    assert [n.kind for n in problems.notices] == ["downwards"]
    tables, problems = from_file(file, items_text(("q1", "", "level5")), tmp_path)  # the remedy that the hint names
    assert list(tables.received["q1"]) == [5, 1]
    assert not problems.notices


def test_a_study_of_one_site_needs_no_column_of_sites(tmp_path: Path) -> None:
    (tmp_path / "items.csv").write_text(items_text(("q1", "", "agree5")), encoding="utf-8")
    (tmp_path / "r.csv").write_text(csv_text(["q1"], [("1",), ("2",)]), encoding="utf-8")
    for sites in (SITES[:1], SITES):
        settings = study(site=None)
        problems = Problems()
        frame = read_items(tmp_path / "items.csv", settings, problems)
        tables = read_responses(tmp_path / "r.csv", frame, sites, settings, problems.at("r.csv"))
        if len(sites) == 1:
            assert not problems.found
            assert list(tables.received["site_id"]) == ["S01", "S01"]
        else:
            assert [p.kind for p in problems.found] == ["no-site"]


def test_a_site_under_another_name_is_told_with_the_line_that_mends_it(tmp_path: Path) -> None:
    header, rows = ["พื้นที่", "q1"], [("S01", "1"), ("อบต.หนองจำลอง", "2"), ("อบต.หนองจำลอง", "3")]
    items = items_text(("q1", "", "agree5"))
    _, problems = read(tmp_path, header, rows, items)
    [problem] = problems.found
    assert "sites: {ID: [อบต.หนองจำลอง]}" in problem.hint_en
    frame, problems = read(tmp_path, header, rows, items, sites={"S02": ["อบต.หนองจำลอง"]})
    assert not problems.found
    assert list(frame["site_id"]) == ["S01", "S02", "S02"]
    _, problems = read(tmp_path, header, rows[:1], items, sites={"S09": ["x"]})
    assert [p.kind for p in problems.found] == ["unknown-site"]


@pytest.mark.parametrize("date", ["2023-12-10", "10-ธ.ค.", "10-Dec", "Dec-10"])
def test_an_answer_that_a_spreadsheet_made_a_date_is_told(tmp_path: Path, date: str) -> None:
    rows = [("S01", "7-9"), ("S01", date), ("S01", "13-15")]
    _, problems = read(tmp_path, ["พื้นที่", "age"], rows, items_text(("age", "", "category")))
    assert [(n.kind, n.row) for n in problems.notices] == [("date-among-text", 3)]


def test_open_answers_are_in_no_table_and_that_is_told(tmp_path: Path) -> None:
    rows = [("S01", f"ความเห็นที่ {n}") for n in range(15)] + [("S01", "ดี"), ("S01", "ดี")]
    tables, problems = read_all(tmp_path, ["พื้นที่", "why"], rows, items_text(("why", "", "category")))
    assert [n.kind for n in problems.notices] == ["own-words"]
    assert tables.categories.empty


@pytest.mark.parametrize("cell", ["asdf", "4: no", "250"])
def test_a_wrong_cell_is_told_with_the_line_that_makes_it_no_answer(tmp_path: Path, cell: str) -> None:
    header, rows = ["พื้นที่", "q1"], [("S01", "1"), ("S01", cell)]
    items = items_text(("q1", "", "agree5"))
    _, problems = read(tmp_path, header, rows, items)
    [problem] = problems.found
    line = problem.hint_en.split("study.yml: ", 1)[-1] if "study.yml: " in problem.hint_en else problem.hint_en
    survey = yaml.safe_load(line[line.index("codes:") :])
    tables, problems = read_all(tmp_path, header, rows, items, **survey)
    assert not problems.found
    assert list(tables.nonanswer_cells["reason"]) == ["missing"]


def test_columns_of_choices_without_a_form_are_named_with_what_to_do(tmp_path: Path) -> None:
    header, rows = ["place", "use/road", "use/tax"], [("S01", "1", "0")]
    items = items_text(("road", "use", ""), choice=["road"])
    tool = ["start", "end", "_uuid", "_id"]  # of an export of KoboToolbox the columns tell what they are
    written = [("2023-03-15", "2023-03-15", "u1", "1", *rows[0])]
    frame, problems = read(tmp_path, [*tool, *header], written, items, site="place")
    assert not problems.found and frame["road"].tolist() == [1]
    _, problems = read(tmp_path, header, rows, items, site="place")
    [problem] = problems.found
    assert 'columns that begin with it: "use/road", "use/tax"' in problem.en
    items = items_text(("road", "use/road", "yes_no"), ("tax", "use/tax", "yes_no"))  # what the hint names
    frame, problems = read(tmp_path, header, rows, items, site="place")
    assert not problems.found
    assert frame[["road", "tax"]].to_numpy().tolist() == [[1, 0]]
