from __future__ import annotations

import math
from pathlib import Path

import pandas as pd
from studies import STUDY, csv_text, make_study

from thongthin.problems import Problems
from thongthin.readers.survey import read_items, read_responses
from thongthin.study import Study

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


def read(
    folder: Path, header: list[str], rows: list[tuple[str, ...]], **survey: object
) -> tuple[pd.DataFrame, Problems]:
    (folder / "items.csv").write_text(ITEMS, encoding="utf-8")
    (folder / "r.csv").write_text(csv_text(header, rows), encoding="utf-8")
    problems, settings = Problems(), study(**survey)
    items = read_items(folder / "items.csv", settings, problems.at("items.csv"))
    return read_responses(folder / "r.csv", items, SITES, settings, problems.at("r.csv")), problems


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
    from_csv = read_responses(folder / "survey/responses.csv", items, sites, settings, problems)
    book = openpyxl.Workbook()
    for line in (folder / "survey/responses.csv").read_text(encoding="utf-8").splitlines():
        book.active.append(line.split(","))
    book.save(folder / "survey/responses.xlsx")
    from_workbook = read_responses(folder / "survey/responses.xlsx", items, sites, settings, problems)
    assert not problems.found
    pd.testing.assert_frame_equal(from_csv, from_workbook)
    assert from_csv["A1"].between(1, 5).all()
