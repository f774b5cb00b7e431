"""The order of answers, read off their words."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from project import ROOT

from thongthin.contract.scale_guess import guess
from thongthin.contract.scale_lexicon import LADDERS
from thongthin.contract.scale_words import order

WORDINGS: list[tuple[str, list[str]]] = []
for line in (Path(ROOT) / "tests" / "data" / "scales" / "wordings.txt").read_text(encoding="utf-8").splitlines():
    if line and not line.startswith("#"):
        part, _, answers = line.split(" ; ")
        WORDINGS.append((part.strip(), answers.strip().split("|")))


def values_of(answers: list[str]) -> list[int] | None:
    """What a guess takes each answer for; None if there is none."""
    found = guess(answers)
    if found is None:
        return None
    values = [found.scale.read(answer).value for answer in answers]
    assert None not in values  # a scale reads the answers that it was guessed from
    return [int(value) for value in values if value is not None]


def test_usual_wordings_are_known_and_none_is_merged_or_uneven() -> None:
    assert len(WORDINGS) >= 150
    known = 0
    for _, answers in WORDINGS:
        values = values_of(answers)
        if values is not None:
            known += 1
            assert values == list(range(values[0], values[0] + len(values))), answers
            assert values_of(answers[::-1]) == values[::-1]
    assert known >= 0.9 * len(WORDINGS)
    assert sum("\u0e00" <= answers[0][0] <= "\u0e7f" for _, answers in WORDINGS) >= 60


def test_an_answer_that_nobody_gave_turns_no_order_round() -> None:
    for _, answers in WORDINGS:
        for left_out in range(1, len(answers), 2):
            values = values_of(answers[:left_out] + answers[left_out + 1 :])
            if values is not None:
                assert values == sorted(set(values)), (answers, left_out)
                assert values[-1] - values[0] == len(values) - 1


@pytest.mark.parametrize(
    "answers",
    [
        ["ชาย", "หญิง", "ไม่ระบุ"],
        ["ชาย", "หญิง", "เพศทางเลือก", "ไม่ประสงค์ระบุ"],
        ["ต่ำกว่าปริญญาตรี", "ปริญญาตรี", "สูงกว่าปริญญาตรี"],
        ["ประถมศึกษา", "มัธยมศึกษา", "ปริญญาตรี", "ปริญญาโท"],
        ["เกษตรกร", "รับจ้าง", "ค้าขาย", "ข้าราชการ", "ไม่ได้ทำงาน"],
        ["โสด", "สมรส", "หย่าร้าง", "หม้าย"],
        ["ไม่เกิน 10,000 บาท", "10,001-20,000 บาท", "มากกว่า 20,000 บาท"],
        ["ต่ำกว่า 20 ปี", "20-29 ปี", "30-39 ปี", "มากกว่า 40 ปี"],
        ["น้อยกว่า 1 ปี", "1-5 ปี", "มากกว่า 5 ปี"],
        ["เฟซบุ๊ก", "ไลน์", "เว็บไซต์", "ไม่ใช้"],
        ["ทุกวัน", "สัปดาห์ละครั้ง", "เดือนละครั้ง", "ปีละครั้ง"],
        ["ทำเอง", "จ้างคนอื่น", "ไม่ได้ทำ"],
        ["พุทธ", "คริสต์", "อิสลาม", "ไม่นับถือศาสนา"],
        ["เทศบาลนคร", "เทศบาลเมือง", "เทศบาลตำบล", "อบต."],
        ["Male", "Female", "Other", "Prefer not to say"],
        ["Primary", "Secondary", "Bachelor", "Master", "Doctorate"],
        ["North", "South", "East", "West"],
        ["Full time", "Part time", "Not working", "Retired"],
        ["Single", "Married", "Divorced", "Widowed"],
        ["Every day", "Once a week", "Once a month"],
        ["Less than 1 year", "1-5 years", "More than 5 years"],
        ["Bus", "Car", "Bicycle", "On foot"],
        ["Yes", "No", "Maybe later, if others do"],
        ["Low income", "Student", "Civil servant"],
        ["Very long text about services", "Services", "Nothing to say about services today"],
        ["นานๆครั้ง", "บ่อยครั้ง", "เว็บไซต์"],
    ],
)
def test_categories_have_no_order(answers: list[str]) -> None:
    assert order(answers) is None
    found = guess(answers)
    assert found is None or found.name == "yes_no"


def test_what_is_told_of_an_order() -> None:
    found = order(["Very helpful", "Moderately helpful", "Slightly helpful", "Extremely helpful"])
    assert found is not None
    assert found.labels[0] == "Not at all helpful"  # nobody's answer, as it would be written
    assert found.values["Extremely helpful"] == 5
    # Two orders are possible: neither is guessed.
    assert order(["Agree", "Mostly agree", "Somewhat agree"]) is None
    # Two spellings of one answer are one answer; two answers of one meaning are not put together.
    assert order(["มากที่สุด", "มาก ที่สุด", "มาก", "ปานกลาง", "น้อย", "น้อยที่สุด"]) is not None
    assert order(["Never", "Rarely", "Seldom", "Sometimes", "Often", "Always"]) is None


def test_rungs_of_a_ladder_differ() -> None:
    for ladder in LADDERS:
        assert 3 <= len(ladder) <= 9
        for one, other in itertools.pairwise(ladder):
            assert set(one) != set(other)
