"""Participants and their dates, consent and ids as people write them; what is taken for what is shown, or asked."""

from __future__ import annotations

import datetime
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from studies import make_study, replace_text

from thongthin.basics.nearest import did_you_mean
from thongthin.basics.problems import Problem, Problems
from thongthin.commands.check import check_study
from thongthin.read.coding.tables import read_coding_table
from thongthin.read.frame import read_participants, read_sites

SITES = pd.DataFrame({"site_id": ["S1"]})
HEADER = ["participant_id", "site_id", "group", "role", "sex", "age_band", "interviewed_on", "consent"]


def participants(path: Path, rows: list[tuple[object, object]]) -> tuple[pd.DataFrame, Problems]:
    """The participants with these dates and words for consent, from a workbook."""
    book = openpyxl.Workbook()
    book.active.append(HEADER)
    for number, (date, consent) in enumerate(rows, start=1):
        book.active.append([f"P{number}", "S1", "citizen", "", "", "", date, consent])
    book.save(path / "participants.xlsx")
    problems = Problems(file="participants.xlsx")
    return read_participants(path / "participants.xlsx", SITES, None, problems), problems


YES = ["yes", "YES", "Yes.", "ใช่", "ยินยอม", "ให้ความยินยอม", "true", True, "1", 1, "๑", "agreed", "✓"]
NO = ["no", "No", "ไม่", "ไม่ใช่", "ไม่ยินยอม", "ปฏิเสธ", False, 0, "0", "refused"]


def test_usual_words_of_consent_are_known(tmp_path: Path) -> None:
    found, problems = participants(tmp_path, [("", word) for word in [*YES, *NO]])
    assert not problems.found
    assert found["consent"].tolist() == ["yes"] * len(YES) + ["no"] * len(NO)
    (notice,) = problems.notices
    assert notice.en == 'Taken for consent: "1", "๑", "✓" for yes, "0" for no.'


def test_plain_words_are_not_told(tmp_path: Path) -> None:
    _, problems = participants(tmp_path, [("", "ยินยอม"), ("", "ไม่ยินยอม"), ("", "yes")])
    assert not problems.found and not problems.notices


@pytest.mark.parametrize("word", ["2", "x", "บางส่วน", "partly", "?", "verbal", "ไม่แน่ใจ"])
def test_what_may_mean_either_is_asked_once(tmp_path: Path, word: str) -> None:
    _, problems = participants(tmp_path, [("", word), ("", "yes"), ("", word)])
    (problem,) = problems
    assert problem.en == f'"{word}" does not say whether consent was given. Also in row 4.'
    assert problem.hint_th == "เขียน ยินยอม หรือ ไม่ยินยอม"


def test_true_dates_among_dates_typed_in_the_buddhist_era_are_both_read(tmp_path: Path) -> None:
    day = datetime.date(2024, 3, 12)
    found, problems = participants(tmp_path, [(day, "yes"), ("13 มี.ค. 2567", "yes"), ("14/3/2567", "yes")])
    assert not problems.found
    assert found["interviewed_on"].tolist() == ["2024-03-12", "2024-03-13", "2024-03-14"]
    (notice,) = problems.notices
    assert "row 2 is read as 12 March 2024" in notice.en.replace("Row", "row")
    assert 'row 3 ("13 มี.ค. 2567") as 13 March 2024' in notice.en and "12 มีนาคม 2567" in notice.th


def test_eras_mixed_in_one_way_of_writing_are_still_asked(tmp_path: Path) -> None:
    for dates in (["12/3/2567", "13/3/2024"], [datetime.date(2024, 3, 12), datetime.date(2567, 3, 12)]):
        _, problems = participants(tmp_path, [(date, "yes") for date in dates])
        assert [p.kind for p in problems] == ["mixed-eras"]


def said(root: Path, file: str, old: str, new: str) -> list[Problem]:
    replace_text(make_study(root) / file, old, new)
    problems = Problems()
    check_study(root, "small", problems)
    return [p for p in problems if p.file.endswith(file)]


def test_an_id_with_a_letter_of_another_script_names_it(tmp_path: Path) -> None:
    (problem,) = said(tmp_path, "sites.csv", "S01", "Ѕ01")
    assert "Character 1 is a Cyrillic letter U+0405." in problem.hint_en
    assert "อักขระที่ 1 คือ อักษรซีริลลิก U+0405" in problem.hint_th


def test_two_ids_that_look_alike_are_a_notice(tmp_path: Path) -> None:
    path = tmp_path / "sites.csv"
    path.write_text("site_id,name_th\nS01,ก\nS0l,ข\nS02,ค\n", encoding="utf-8")
    problems = Problems(file="sites.csv")
    read_sites(path, None, problems)
    notices = [n for n in problems.notices if n.kind == "alike-ids"]
    assert not problems.found and [(n.row, n.en[:31]) for n in notices] == [(3, '"S0l" looks like "S01" in row 2')]


def test_an_id_that_looks_like_a_known_one_is_told_apart(tmp_path: Path) -> None:
    (problem,) = said(tmp_path, "participants.csv", "P01,S01", "P01,SO1")
    assert 'Did you mean "S01"?' in problem.hint_en
    assert 'character 2 (after "S") is "O" (a Latin letter U+004F) here and "0" (a digit U+0030)' in problem.hint_en
    assert did_you_mean("ท่ี", ["ที่"])[1].startswith('หมายถึง "ที่" หรือไม่ ข้อความดูเหมือนกัน')


@pytest.mark.parametrize(
    ("old", "new", "english"),
    [
        ("เปิดรับเทคโนโลยี", "เปิดรับเทคโนโลยี\u00ad", "soft hyphen"),
        ("เปิดรับ", "เปิดร\u200eับ", "left-to-right mark"),
        ("เสมอ", "เสมอ ", "a space"),
        ("เทคโนโลยี", "เทคโนโลยีี", "sara ii"),
    ],
)
def test_a_quote_that_looks_like_the_interview_is_told_apart(tmp_path: Path, old: str, new: str, english: str) -> None:
    problems = said(tmp_path, "quotes.csv", old, new)
    if old == "เสมอ":  # runs of spaces are no difference in a quote
        assert not problems
        return
    (problem,) = problems
    assert problem.kind == "quote-not-found"
    assert "The texts look alike" in problem.hint_en and english in problem.hint_en, problem.hint_en
    assert "in the interview" in problem.hint_en and "ในข้อความที่ยกมา" in problem.hint_th


def test_a_table_of_coding_without_participant_says_just_that(tmp_path: Path) -> None:
    path = tmp_path / "coding.csv"
    path.write_text("text," + ",".join(f"Code {n}" for n in range(1, 9)) + "\nx" + "," * 8 + "\n", encoding="utf-8")
    problems = Problems(file="coding.csv")
    assert read_coding_table(path, problems) is None
    assert [p.en for p in problems] == ['The column "participant" is missing.']


def test_sites_may_have_short_names_and_no_two_the_same(tmp_path: Path) -> None:
    lines = ["site_id,name_th,name_en,short_en", "S1,ก,Town A,A", "S2,ข,Town B,", "S3,ค,Town C,", "S4,ง,Town D,A"]
    (tmp_path / "sites.csv").write_text("\n".join(lines), encoding="utf-8")
    problems = Problems(file="sites.csv")
    frame = read_sites(tmp_path / "sites.csv", None, problems)
    assert list(frame["short_en"]) == ["A", "", "", "A"] and list(frame["short_th"]) == [""] * 4
    assert [(one.column, one.row) for one in problems.found] == [("short_en", 5)]
