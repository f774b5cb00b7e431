"""Codes of missing answers: asked about by how they lie, once a file; the lines that a message gives work."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml
from amount import some
from studies import STUDY

from thongthin.basics.problems import Problems
from thongthin.commands.survey_drafts import survey_part
from thongthin.commands.survey_guesses import draft
from thongthin.contract.study import Study
from thongthin.read.survey.files import SurveyColumn, SurveyFile
from thongthin.read.survey.files.suspicions import suspicious_values
from thongthin.read.survey.items import read_items
from thongthin.read.survey.responses import SurveyTables, responses_of

SITES = pd.DataFrame({"site_id": ["S01"], "name_th": ["น้ำใส"], "name_en": ["Nam Sai"]})
N = 120
WORDS5 = ["น้อยที่สุด", "น้อย", "ปานกลาง", "มาก", "มากที่สุด"]


def a_file(cells: dict[str, list[str]], labels: dict[str, dict[str, str]] | None = None) -> SurveyFile:
    frame = pd.DataFrame({"place": ["S01"] * N, **cells}, dtype=str)
    frame.index = pd.RangeIndex(2, N + 2)
    columns = [SurveyColumn(name, name, values=(labels or {}).get(name, {})) for name in frame.columns]
    return SurveyFile("spss" if labels else "csv", frame, columns)


def read(file: SurveyFile, scale: str, folder: Path, **survey: Any) -> tuple[SurveyTables, Problems]:
    """The file read, every column but the place as an item of one scale (or each of its own)."""
    items = [name for name in file.frame.columns if name != "place"]
    text = "item_id,text_th,text_en,scale\n" + "".join(f"{name},{name},{name},{scale}\n" for name in items)
    (folder / "items.csv").write_text(text, encoding="utf-8")
    scales = {"points5": {"min": 1, "max": 5}, "points7": {"min": 1, "max": 7}, "points4": {"min": 1, "max": 4},
              "points10": {"min": 0, "max": 10}, "points9": {"min": 1, "max": 9}, "three": {"min": 0, "max": 3},
              "years": {"min": 0, "max": 120, "numeric": True}, "money": {"min": 0, "max": 10_000_000, "numeric": True},
              "agree": "agreement5", "around": {"min": -3, "max": 3}, "two": {"min": 0, "max": 1}}  # fmt: skip
    study = Study.model_validate({**STUDY, "survey": {"file": "r.csv", "site": "place", "scales": scales, **survey}})
    problems = Problems()
    frame = read_items(folder / "items.csv", study, problems.at("items.csv"))
    return responses_of(file, frame, SITES, study, problems.at("r.csv")), problems


def drawn(seed: int, values: list[Any], codes: list[Any] = [], share: float = 0.06) -> list[str]:  # noqa: B006
    """Answers, all values among them, and a few codes."""
    rng = random.Random(seed)
    cells = [rng.choice(codes) if codes and rng.random() < share else rng.choice(values) for _ in range(N)]
    for place, own in enumerate([*values[:60], *codes]):
        cells[place] = own
    return [str(cell) for cell in cells]


def run(low: int, high: int) -> list[int]:
    return list(range(low, high + 1))


def labelled(words: list[str], codes: dict[int, str], start: int = 1) -> dict[str, str]:
    return {str(n): word for n, word in enumerate(words, start)} | {str(n): word for n, word in codes.items()}


AGES = [*range(18, 70)]
INCOME = [*range(5000, 60_000, 1500)]
# (scale, values, codes): without labels.
UNLABELLED: list[tuple[str, list[int], list[int]]] = [
    *[("points5", run(1, 5), codes) for codes in ([9], [99], [88, 99], [-1], [0], [77], [999], [8, 9], [-9], [98, 99])],
    *[("points7", run(1, 7), codes) for codes in ([9], [99], [88, 99], [-1], [0], [-99], [77, 88, 99])],
    *[("points4", run(1, 4), codes) for codes in ([9], [7, 8, 9], [99], [-8, -9], [0])],
    *[("points10", run(0, 10), codes) for codes in ([99], [77, 88], [-1], [88])],
    ("points9", run(1, 5), [9]),
    ("two", [0, 1], [9]),
    *[("years", AGES, codes) for codes in ([99], [999], [-1], [99, 98], [-9])],
    *[("money", INCOME, codes) for codes in ([999999], [-1], [99999])],
    *[("category", [1, 2], codes) for codes in ([9], [99], [-1])],
    ("category", [1, 2, 3, 4], [9]),
]
SEVEN = ["Nada", "2", "3", "4", "5", "6", "Mucho"]
LABELLED: list[tuple[str, list[str], dict[int, str]]] = [
    ("file", SEVEN, {88: "NO SABE", 99: "NO RESPONDE"}),
    ("file", SEVEN, {88: "xx", 99: "yy"}),
    ("file", WORDS5, {9: "ไม่ตอบคำถาม"}),
    ("file", WORDS5, {99: "ไม่ทราบ/ไม่ตอบ"}),
    ("file", WORDS5, {88: "Refused to answer", 99: "DK/NA"}),
    ("file", WORDS5, {9: "MD"}),
    ("file", WORDS5, {77: "ผู้ตอบเดินหนี"}),
    ("file", WORDS5, {-1: "Filtered"}),
    ("file", WORDS5, {0: "ไม่ตอบ"}),
    ("file", WORDS5, {6: "ไม่ทราบ"}),
    ("file", ["ไม่เคย", "บางครั้ง", "บ่อยครั้ง", "เป็นประจำ"], {8: "NS", 9: "NC"}),
    ("agree", ["1", "2", "3", "4", "5"], {99: "Interviewer error"}),
    ("category", ["ชาย", "หญิง"], {9: "Interviewer error"}),
    ("category", ["ชาย", "หญิง"], {99: "ไม่ตอบ"}),
]
IN_WORDS = ["ไม่ตอบคำถาม", "ไม่ทราบ/ไม่ตอบ", "Refused to answer", "DK/NA", "NO SABE", "ไม่ประสงค์ตอบ", "No answer", "N/A"]


def asked(problems: Problems) -> list[str]:
    """The values that are asked about, in all messages."""
    return [v for p in problems.found for v in re.findall(r"values: \[(-?\d+)\]", p.hint_en)]


@pytest.mark.parametrize(("scale", "values", "codes"), some(UNLABELLED, least=20))
def test_codes_without_labels(tmp_path: Path, scale: str, values: list[int], codes: list[int]) -> None:
    columns = 1 if scale in ("years", "money", "category", "two") else 6
    file = a_file({f"q{n}": drawn(n, values, codes, 0.15 if scale == "years" else 0.06) for n in range(columns)})
    given = file.frame.drop(columns="place").isin(list(map(str, values))).to_numpy().sum()
    tables, problems = read(file, scale, tmp_path)
    assert [p.kind for p in problems.found] == ["missing-codes"]  # once a file
    assert asked(problems) == [str(code) for code in sorted(codes)]
    # The lines that the message gives are all that it takes.
    lines = problems.found[0].hint_en.split("\n", 1)[1]
    survey = yaml.safe_load("survey:\n" + lines)["survey"]
    tables, problems = read(file, scale, tmp_path, **survey)
    assert not problems.found
    assert not problems.notices
    items = tables.received[tables.items["item_id"]]
    answered = (items != "") if scale == "category" else items.notna()
    assert answered.to_numpy().sum() == given
    assert (tables.nonanswer_cells["reason"] == "missing").sum() == items.size - given
    # And they are no trap where the values are answers after all, if the scale has them.
    answers = {"codes": [{**entry, "meaning": "answer"} for entry in survey["codes"]]}
    _, problems = read(file, scale, tmp_path, **answers)
    assert "missing-codes" not in {p.kind for p in problems.found}


@pytest.mark.parametrize(("scale", "words", "codes"), LABELLED)
def test_codes_with_labels(tmp_path: Path, scale: str, words: list[str], codes: dict[int, str]) -> None:
    values = run(1, len(words))
    cells = {f"q{n}": drawn(n, values, list(codes)) for n in range(4)}
    file = a_file(cells, dict.fromkeys(cells, labelled(words, codes)))
    tables, problems = read(file, scale, tmp_path)
    told = [n.en for n in problems.notices if n.kind == "suspicious-value"]
    of_labels = [code for code in map(str, codes) if any(f"{code} " in text for text in told)]
    assert sorted([*asked(problems), *of_labels]) == sorted(map(str, codes))  # asked, or told to be no answer
    assert len(problems.found) == bool(asked(problems))
    assert len(told) == bool(of_labels)  # once a file, not once a column
    if problems.found:
        survey = yaml.safe_load("survey:\n" + problems.found[0].hint_en.split("\n", 1)[1])["survey"]
    else:
        survey = {"codes": [{"values": list(codes)}]}
    tables, problems = read(file, scale, tmp_path, **survey)
    assert not problems.found
    assert [n.kind for n in problems.notices if n.kind == "suspicious-value"] == []
    if scale != "category":
        assert tables.received[list(cells)].max().max() == len(words)
        assert list(tables.items["maximum"]) == [len(words)] * 4
    else:
        assert set(tables.received["q0"]) == {*words, ""}


@pytest.mark.parametrize("word", IN_WORDS)
def test_words_for_no_answer(tmp_path: Path, word: str) -> None:
    file = a_file({f"q{n}": drawn(n, WORDS5, [word]) for n in range(3)})
    tables, problems = read(file, "level5", tmp_path)
    assert not problems.found
    assert tables.received[["q0", "q1", "q2"]].isna().to_numpy().sum() == len(tables.nonanswer_cells) > 0
    assert {own.scale for own in draft(file).guesses if own.column.header != "place"} == {"level5"}


def test_how_many_files_were_tried() -> None:
    assert len(UNLABELLED) + len(LABELLED) + len(IN_WORDS) >= 60


WEEKS, VISITS = run(0, 7), [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 30]
HOUSEHOLD = [1] * 15 + [2] * 25 + [3] * 30 + [4] * 25 + [5] * 12 + [6] * 8 + [7] * 3 + [9]
SOUND: list[tuple[str, list[Any]]] = [
    *[("points10", run(low, high)) for low, high in ((0, 10), (1, 10), (0, 9), (1, 9), (0, 8))],
    *[("points9", run(1, high)) for high in (9, 8, 7, 6)],
    *[("points7", run(1, high)) for high in (7, 6, 5)],
    *[("points5", values) for values in (run(1, 5), [1, 2, 4, 5], [1, 3, 5], [2, 3, 4])],
    *[("three", values) for values in (run(0, 3), [0, 1, 3], [0, 1])],
    *[("around", values) for values in (run(-3, 3), run(-2, 2), [-1, 0, 1], run(-2, 3))],
    *[("two", values) for values in ([0, 1], [1, 0, 0])],
    *[
        ("years", values)
        for values in (AGES, run(60, 99), run(15, 103), [*AGES, 71, 75, 77, 80], [*AGES, 72, 80, 88], run(1, 12))
    ],
    ("years", VISITS),
    ("years", HOUSEHOLD),
    ("years", WEEKS),
    ("years", [0, 1, 2, 3, 4, 5, 6, 8, 9, 11]),
    *[("money", values) for values in (INCOME, [2560, 2561, 2562, 2563, 2564], run(1940, 2005), [*run(2000, 2024)])],
    ("money", [0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100]),
    ("money", [1.5, 2.25, 3.75, 99.5]),
    *[("category", values) for values in ([1, 2], [1, 2, 3, 4, 5, 6], [10, 11, 12, 13, 50, 77, 90])],
    ("category", ["ชาย", "หญิง"]),
    ("level5", WORDS5),
]


@pytest.mark.parametrize(("scale", "values"), SOUND)
def test_sound_files_are_not_asked_about(tmp_path: Path, scale: str, values: list[Any]) -> None:
    file = a_file({f"q{n}": drawn(n, values) for n in range(1 if values is HOUSEHOLD else 2)})
    _, problems = read(file, scale, tmp_path)
    assert not [p.en for p in problems.found if p.kind == "missing-codes"]
    part = survey_part(draft(file), "r.csv", None)
    assert "codes:" not in part


def test_there_are_forty_sound_files() -> None:
    assert len(SOUND) + len(SOUND_LABELLED) >= 40


SOUND_LABELLED: list[dict[str, str]] = [
    labelled(WORDS5, {}),
    labelled(["ไม่เลย", "เล็กน้อย", "มาก", "มากที่สุด"], {}, start=0),
    {"1": "Strongly disagree", "7": "Strongly agree"},
    {"0": "Not at all likely", "10": "Extremely likely"},
    {"1": "Low", "3": "Middle", "5": "High"},
]


@pytest.mark.parametrize("labels", SOUND_LABELLED)
def test_sound_labelled_files_are_not_asked_about(tmp_path: Path, labels: dict[str, str]) -> None:
    numbers = sorted(map(int, labels))
    cells = {f"q{n}": drawn(n, run(numbers[0], numbers[-1])) for n in range(3)}
    tables, problems = read(a_file(cells, dict.fromkeys(cells, labels)), "file", tmp_path)
    assert not problems.found
    assert not problems.notices
    assert set(tables.items["maximum"]) == {numbers[-1]}


def test_a_point_of_the_declared_scale_is_no_undeclared_code(tmp_path: Path) -> None:
    words = ["ไม่เห็นด้วยอย่างยิ่ง", "ไม่เห็นด้วย", "ไม่แน่ใจ", "เห็นด้วย", "เห็นด้วยอย่างยิ่ง"]
    cells = {"q0": drawn(0, run(1, 5))}
    _, problems = read(a_file(cells, {"q0": labelled(words, {})}), "agree", tmp_path)
    assert not problems.found
    assert not problems.notices


def test_many_columns_are_one_message_and_ages_are_left_alone(tmp_path: Path) -> None:
    cells = {f"q{n}": drawn(n, run(1, 5), [99]) for n in range(128)}
    cells["q200"] = drawn(200, run(90, 104))  # 99 is a number here
    file = a_file(cells)
    text = "".join(f"q{n},t,t,{'points5' if n < 200 else 'years'}\n" for n in [*range(128), 200])
    _, problems = read(file, "points5", tmp_path)
    (tmp_path / "items.csv").write_text("item_id,text_th,text_en,scale\n" + text, encoding="utf-8")
    study = Study.model_validate({**STUDY, "survey": {"file": "r", "site": "place", "scales": {
        "points5": {"min": 1, "max": 5}, "years": {"min": 0, "max": 120, "numeric": True}}}})  # fmt: skip
    problems = Problems()
    items = read_items(tmp_path / "items.csv", study, problems)
    responses_of(file, items, SITES, study, problems)
    [problem] = problems.found
    assert "99 (q0, q1, q2, q3, q4, q5 ... (128))" in problem.en
    [entry] = yaml.safe_load(problem.hint_en.split("\n", 1)[1])["codes"]
    assert len(entry["columns"]) == 128
    assert "q200" not in entry["columns"]


AGREE7 = ["ไม่เห็นด้วยอย่างยิ่ง", "ไม่เห็นด้วย", "ค่อนข้างไม่เห็นด้วย", "เฉย ๆ", "ค่อนข้างเห็นด้วย", "เห็นด้วย", "เห็นด้วยอย่างยิ่ง"]


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        (AGREE7, {8: "ว่างไว้"}),
        (AGREE7, {0: "ว่างไว้"}),
        (WORDS5, {6: "กรณีอื่น", 7: "รหัสพิเศษ"}),
        (WORDS5[::-1], {6: "xx"}),
        (["Never", "Rarely", "Sometimes", "Often", "Always"], {6: "See comment"}),
    ],
)
def test_a_code_right_beside_the_points_is_asked_about_where_its_label_is_no_point(
    tmp_path: Path, words: list[str], codes: dict[int, str]
) -> None:
    cells = {f"q{n}": drawn(n, run(1, len(words)), list(codes)) for n in range(3)}
    file = a_file(cells, dict.fromkeys(cells, labelled(words, codes)))
    _, problems = read(file, "file", tmp_path)
    assert asked(problems) == [str(code) for code in sorted(codes)]
    assert all(label in problems.found[0].en for label in codes.values())
    # The lines of the hint mend it; and so does saying that they are answers.
    lines = yaml.safe_load(problems.found[0].hint_en.split("\n", 1)[1])
    tables, problems = read(file, "file", tmp_path, **lines)
    assert not problems.found and set(tables.items["maximum"]) == {len(words)}
    _, problems = read(file, "file", tmp_path, codes=[{**entry, "meaning": "answer"} for entry in lines["codes"]])
    assert not problems.found


def test_two_wrong_answers_of_a_column_are_one_line_for_study_yml(tmp_path: Path) -> None:
    cells = {"q0": drawn(0, WORDS5, ["กรณีอื่น", "รหัสพิเศษ"])}
    scales = {"points5": {"answers": [{"value": n, "th": word, "en": f"w{n}"} for n, word in enumerate(WORDS5, 1)]}}
    _, problems = read(a_file(cells), "points5", tmp_path, scales=scales)
    lines = {problem.hint_en.rsplit("study.yml: ", 1)[1] for problem in problems.found}
    assert len(problems.found) == 2 and len(lines) == 1
    _, problems = read(a_file(cells), "points5", tmp_path, scales=scales, **yaml.safe_load(lines.pop()))
    assert not problems.found


def test_any_number_that_a_damaged_file_holds_is_looked_at_in_no_time() -> None:
    column = SurveyColumn("q", "q", values={"1": "a", "5": "b"})
    frame = pd.DataFrame({"q": [*map(str, run(1, 5)), "123456789012345"]})
    assert suspicious_values(frame, [column]) is not None
    assert suspicious_values(frame, [SurveyColumn("q", "q")]) is not None
