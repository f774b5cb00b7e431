"""Changes that are only supposed: made in the file that is meant, in the words of the file, and nowhere else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml

from thongthin.commands.setup import Stop
from thongthin.commands.supposed import suppose
from thongthin.present.evidence.made import Made

STUDY = "village"
ANSWERS = [["เวลา", "เปิดรับ"], ["1", "เห็นด้วย"], ["2", "ไม่เห็นด้วย"], ["3", "เห็นด้วย"]]


@pytest.fixture(name="root")
def _root(tmp_path: Path) -> Path:
    raw, processed = tmp_path / "data" / "raw" / STUDY, tmp_path / "data" / "processed" / STUDY
    (raw / "survey").mkdir(parents=True)
    processed.mkdir(parents=True)
    (raw / "study.yml").write_text("title: ก\nanalysis:\n  seed: 1\n", encoding="utf-8")
    (raw / "survey" / "items.csv").write_text("item_id,column\natt_1,เปิดรับ\n", encoding="utf-8")
    text = "\ufeff" + "\r\n".join(";".join(row) for row in ANSWERS) + "\r\n"
    (raw / "survey" / "responses.csv").write_bytes(text.encode("utf-8"))
    received = "respondent_id,att_1\nR1,4\nR2,2\nR3,4\n"
    (processed / "survey_received.csv").write_text(received, encoding="utf-8")
    (processed / "participants.csv").write_text("participant_id\nP01\nP02\n", encoding="utf-8")
    (tmp_path / "results" / STUDY).mkdir(parents=True)
    inputs: dict[str, Any] = {f"data/raw/{STUDY}/survey/{name}.csv": {} for name in ("items", "responses")}
    record = tmp_path / "results" / STUDY / "made_from.json"
    record.write_text(json.dumps({"inputs": inputs}), encoding="utf-8")
    return tmp_path


def answers(root: Path) -> list[list[str]]:
    text = (root / "data" / "raw" / STUDY / "survey" / "responses.csv").read_text(encoding="utf-8-sig")
    return [line.split(";") for line in text.splitlines()]


@pytest.mark.parametrize("column", ["att_1", "เปิดรับ"])
@pytest.mark.parametrize(("value", "written"), [("4", "เห็นด้วย"), ("ไม่แน่ใจ", "ไม่แน่ใจ")])
def test_an_answer_is_written_as_the_file_writes_it(root: Path, column: str, value: str, written: str) -> None:
    suppose(f"set responses.csv row 3 {column} = {value}", Made(root, STUDY), root)
    expected = [list(row) for row in ANSWERS]
    # By its header, the column is that of the file, and a number is what was said.
    expected[2][1] = written if column == "att_1" else value
    assert answers(root) == expected


def test_a_row_a_respondent_and_a_participant_are_left_out(root: Path) -> None:
    suppose("drop responses.csv row 2", Made(root, STUDY), root)
    assert answers(root) == [ANSWERS[0], *ANSWERS[2:]]
    suppose("drop P02", Made(root, STUDY), root)
    study = yaml.safe_load((root / "data" / "raw" / STUDY / "study.yml").read_text(encoding="utf-8"))
    assert study["participants"]["withdrawn"] == ["P02"] and study["title"] == "ก"


def test_the_quotes_of_a_participant_fall_away_with_them(root: Path) -> None:
    processed, report = root / "data" / "processed" / STUDY, root / "report" / STUDY
    for folder in (processed, report):
        folder.mkdir(parents=True, exist_ok=True)
    (processed / "participants.csv").write_text("participant_id\nP01\nP02\n", encoding="utf-8")
    (processed / "quotes.csv").write_text("quote_id,participant_id\nold,P02\nold.2,P01\n", encoding="utf-8")
    article = report / "article.th.qmd"
    article.write_text("กล่าวว่า\n\n{{< quote old >}}\n\nและ\n\n{{< quote old.2 >}}\n", encoding="utf-8")
    suppose("drop P02", Made(root, STUDY), root)
    assert article.read_text(encoding="utf-8") == "กล่าวว่า\n\n\n\nและ\n\n{{< quote old.2 >}}\n"


def test_a_respondent_is_found_by_the_row_that_was_read(root: Path) -> None:
    suppose("drop R3", Made(root, STUDY), root)
    assert answers(root) == ANSWERS[:3]


def test_a_setting_is_set_and_the_others_stay(root: Path) -> None:
    suppose("analysis.themes.coders = all", Made(root, STUDY), root)
    suppose("analysis.seed = 7", Made(root, STUDY), root)
    study = yaml.safe_load((root / "data" / "raw" / STUDY / "study.yml").read_text(encoding="utf-8"))
    assert study["analysis"] == {"seed": 7, "themes": {"coders": "all"}}


def test_a_workbook_is_changed_in_its_cell_and_its_row(root: Path) -> None:
    path = root / "data" / "raw" / STUDY / "survey" / "responses.csv"
    path.unlink()
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in ANSWERS:
        sheet.append(row)
    book.save(path.with_suffix(".xlsx"))
    suppose("set responses.xlsx row 4 att_1 = 2", Made(root, STUDY), root)
    suppose("drop responses.xlsx row 2", Made(root, STUDY), root)
    found = openpyxl.load_workbook(path.with_suffix(".xlsx")).worksheets[0]
    rows = [[cell.value for cell in row] for row in found.iter_rows()]
    assert rows == [ANSWERS[0], ANSWERS[2], ["3", "ไม่เห็นด้วย"]]


@pytest.mark.parametrize(
    "words",
    [
        "set nothing.csv row 2 att_1 = 1",
        "set responses.csv row 1 att_1 = 1",
        "set responses.csv row 99 att_1 = 1",
        "set responses.csv row 2 nothing = 1",
        "drop P99",
        "drop responses.csv row 9",
        "make it better",
    ],
)
def test_what_is_not_there_is_said_in_both_languages(root: Path, words: str) -> None:
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    with pytest.raises(Stop) as stop:
        suppose(words, Made(root, STUDY), root)
    en, th = stop.value.args
    assert en and any("ก" <= letter <= "๙" for letter in th)
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before
