"""Rows of a survey table that are no respondents."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from thongthin.basics.problems import Problems
from thongthin.read.survey.files import SurveyFile, read_survey_file

ROWS = [["1", "5", "เห็นด้วย", "น้ำใส"], ["2", "4", "ไม่เห็นด้วย", "ทุ่งทอง"], ["3", "3", "ไม่แน่ใจ", "น้ำใส"]]
HEADER = ["no", "q1", "q2", "place"]


def read(folder: Path, rows: list[list[str]], delimiter: str = ",") -> tuple[SurveyFile, Problems]:
    path = folder / "r.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter=delimiter).writerows(rows)
    problems = Problems()
    file = read_survey_file(path, problems)
    assert file is not None
    assert not problems.found
    return file, problems


def test_the_question_under_its_code(tmp_path: Path) -> None:
    under = ["ลำดับ", "ระบบใช้ง่าย", "ท่านเห็นด้วยหรือไม่", "หน่วยงาน"]
    file, problems = read(tmp_path, [HEADER, under, *ROWS])
    assert list(file.frame.index) == [3, 4, 5]
    assert [column.text for column in file.columns] == under
    assert [(n.kind, n.row) for n in problems.notices] == [("second-header", 2)]


@pytest.mark.parametrize("first", [["1", "5", "เห็นด้วย", "น้ำใส"], ["1", "", "", "x"], ["1", "ไม่ทราบ", "ไม่ทราบ", "y"]])
def test_a_first_respondent_is_no_header(tmp_path: Path, first: list[str]) -> None:
    file, problems = read(tmp_path, [HEADER, first, *ROWS])
    assert len(file.frame) == 4
    assert not problems.notices


def test_qualtrics_without_its_third_row(tmp_path: Path) -> None:
    header = ["StartDate", "EndDate", "ResponseId", "Q1_1", "Q1_2"]
    questions = ["Start Date", "End Date", "Response ID", "Services - Fast", "Services - Easy"]
    rows = [["2023-03-15 09:00:00", "2023-03-15 09:05:00", f"R_{n}", "4", "5"] for n in range(3)]
    file, problems = read(tmp_path, [header, questions, *rows])
    assert (file.format, len(file.frame)) == ("qualtrics", 3)
    assert [column.text for column in file.columns[3:]] == ["Fast", "Easy"]
    assert not problems.notices


def test_limesurvey_vv(tmp_path: Path) -> None:
    texts = ["Response ID", "Date submitted", "Last page", "How satisfied are you?", "Where do you live?"]
    codes = ["id", "submitdate", "lastpage", "Q1", "place"]
    rows = [[str(n), "2023-03-15 09:05:00", "3", str(1 + n), "S01"] for n in range(3)]
    file, problems = read(tmp_path, [texts, codes, *rows], "\t")
    assert (file.format, len(file.frame)) == ("limesurvey", 3)
    assert list(file.frame.columns) == codes
    assert file.columns[3].text == "How satisfied are you?"
    assert [n.kind for n in problems.notices] == ["second-header"]


@pytest.mark.parametrize(
    "below",
    [
        [["Total", "12", "", ""]],
        [["รวม", "12", "3", "3"]],
        [["", "", "", ""], ["1 = น้อยที่สุด", "", "", ""], ["5 = มากที่สุด", "", "", ""]],
        [["หมายเหตุ: เก็บข้อมูลเดือนมีนาคม", "", "", ""], ["ค่าเฉลี่ย", "4.0", "", ""]],
        [["Key:", "", "", ""], ["1 = least", "", "", ""], ["2 = less", "", "", ""]],
    ],
)
def test_a_key_below_the_data(tmp_path: Path, below: list[list[str]]) -> None:
    file, problems = read(tmp_path, [HEADER, *ROWS, *below])
    assert list(file.frame["no"]) == ["1", "2", "3"]
    assert [n.kind for n in problems.notices] == ["key-below"]


@pytest.mark.parametrize("last", [["4", "", "", ""], ["", "5 = มากที่สุด", "เห็นด้วย", "น้ำใส"], ["ก", "1", "เห็นด้วย", "รวม"]])
def test_a_last_respondent_is_no_key(tmp_path: Path, last: list[str]) -> None:
    file, problems = read(tmp_path, [HEADER, *ROWS, last])
    assert len(file.frame) == 4
    assert not problems.notices
