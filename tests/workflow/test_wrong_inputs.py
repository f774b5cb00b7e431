"""Every mistake that people make in a study, and the message that it is answered with.

Each case takes the small valid study, makes one mistake in it, and names the whole of what is then said: the place,
what is wrong, and what would mend it, in English and in Thai. Nothing else may be said.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from coding_files import Mark, refi
from project import copy_project
from studies import (
    ANSWERS,
    CODES,
    MARKS,
    REFERENCES,
    STUDY,
    docx_bytes,
    make_study,
    replace_text,
    responses,
    transcript,
)

from thongthin.basics.problems import Problems
from thongthin.commands.check import check_study, main
from thongthin.commands.check_summary import summary_lines
from thongthin.read.coding.positions import Convention

# (file in the study folder, text that is there, text instead of it)
ENTRY = 'coding: {files: [{file: "coding.csv", unplaced: leave_out}]}'
LEAVE_OUT = f" To go on without them, say in study.yml: {ENTRY}"
LEAVE_OUT_TH = f" หากจะทำต่อโดยไม่นับข้อความเหล่านี้ ให้ระบุใน study.yml: {ENTRY}"

Edit = tuple[str, str, str]


def said(root: Path, edits: list[Edit] | None = None, **changes: object) -> list[str]:
    """What is said of the small study after `edits`, and `changes` as for `make_study`."""
    folder = make_study(root, **changes)  # type: ignore[arg-type]
    for file, old, new in edits or []:
        article = file.startswith("article.")
        replace_text(root / "report" / "small" / file if article else folder / file, old, new)
    problems = Problems()
    check_study(root, "small", problems)
    return [str(problem) for problem in problems]


def test_the_small_study_is_valid_and_is_summed_up(tmp_path: Path) -> None:
    make_study(tmp_path)
    problems = Problems()
    summary = check_study(tmp_path, "small", problems)
    assert [str(p) for p in problems] == []
    assert summary_lines("small", summary) == (
        "small: nothing is wrong.\n"
        "  3 sites, 6 participants, 6 interviews, 5 codes, 2 coders, 21 segments, 2 quotes, 12 items, 30 responses, "
        "3 works\n"
        "  ไม่พบปัญหา: พื้นที่ 3 ผู้ให้ข้อมูล 6 บทสัมภาษณ์ 6 รหัส 5 ผู้ลงรหัส 2 ข้อความที่ลงรหัส 21 คำพูดที่ยกมา 2 "
        "ข้อคำถาม 12 แบบสอบถาม 30 เอกสารอ้างอิง 3"
    )


def test_a_study_may_do_without_survey_and_quotes(tmp_path: Path) -> None:
    bare = "---\nlang: th\n---\n\n# บทนำ\n\nผู้ให้ข้อมูล {{< value sample.participants.all.n >}} คน\n"
    english = bare.replace("lang: th", "lang: en")
    files = {"quotes.csv": None, "article.th.qmd": bare, "article.en.qmd": english}
    assert said(tmp_path, study={"survey": None, "model": None}, files=files) == []


def test_files_of_a_survey_that_study_yml_does_not_name_are_told(tmp_path: Path) -> None:
    make_study(tmp_path, study={"survey": None, "model": None})
    problems = Problems()
    check_study(tmp_path, "small", problems)
    assert [n.en for n in problems.notices if n.kind == "survey-not-read"] == [
        "There are files in survey/, but study.yml has no survey: they are not read."
    ]


def test_items_left_open_are_told_to_stop_the_build_where_they_will(tmp_path: Path) -> None:
    for choice in ("report", "stop"):
        make_study(tmp_path, study={"analysis": {"reporting": {"open_items": choice}}})
        problems = Problems()
        check_study(tmp_path, "small", problems)
        later = {notice.stops_later for notice in problems.notices if notice.kind == "open-items"}
        assert later == {choice == "stop"}


def test_what_office_programs_leave_behind_is_passed_over(tmp_path: Path) -> None:
    litter = {"interviews/~$P05.docx": b"\x00", "interviews/.DS_Store": b"\x00", "coding/~$coding.xlsx": b"\x00"}
    assert said(tmp_path, files=litter) == []


# --- files ------------------------------------------------------------------------------------------------------------


def test_a_missing_file(tmp_path: Path) -> None:
    assert said(tmp_path, files={"sites.csv": None, "site.csv": "site_id\n"}) == [
        'data/raw/small/sites.csv:\n  This file is missing.\n  Hint: Is it "site.csv"?\n'
        '  ไม่พบไฟล์นี้\n  คำแนะนำ: ใช่ "site.csv" หรือไม่'
    ]


@pytest.mark.parametrize("encoding", ["cp874", "utf-16", "utf-16-le"])
def test_thai_in_another_encoding_is_read_where_it_is_certain(tmp_path: Path, encoding: str) -> None:
    folder = make_study(tmp_path)
    for file in ("study.yml", "sites.csv", "codebook.csv", "interviews/P01.txt"):
        text = (folder / file).read_text(encoding="utf-8")
        (folder / file).write_bytes(text.encode(encoding))
    problems = Problems()
    check_study(tmp_path, "small", problems)
    assert [str(p) for p in problems] == []


def test_an_encoding_that_is_not_certain_is_said(tmp_path: Path) -> None:
    sites = "site_id,name_th,name_en\nS01,x,Café\n".encode("cp1252")
    assert said(tmp_path, files={"sites.csv": sites}) == [
        "data/raw/small/sites.csv:\n"
        "  Row 2: This file is not UTF-8 (byte 34 is 0xE9), and no other encoding fits with certainty.\n"
        "  Hint: Save it again as UTF-8: in Excel as “CSV UTF-8”, in Notepad and Word by choosing the encoding "
        "UTF-8.\n"
        "  แถวที่ 2: ไฟล์นี้ไม่ใช่ UTF-8 (ไบต์ที่ 34 คือ 0xE9) และระบุรหัสอักขระอื่นให้แน่ชัดไม่ได้\n"
        "  คำแนะนำ: บันทึกไฟล์ใหม่เป็น UTF-8: ใน Excel เลือก “CSV UTF-8” ใน Notepad หรือ Word เลือกการเข้ารหัส "
        "UTF-8"
    ]


@pytest.mark.parametrize(
    ("file", "en", "th"),
    [
        ("interviews/P05.docx", "cannot be read as a Word document", "อ่านไฟล์นี้ในรูปแบบ Word ไม่ได้"),
        ("coding/coding.xlsx", "cannot be read as an Excel workbook", "อ่านไฟล์นี้ในรูปแบบ Excel ไม่ได้"),
    ],
)
def test_a_file_that_is_cut_short(tmp_path: Path, file: str, en: str, th: str) -> None:
    (problem,) = said(tmp_path, files={file: docx_bytes("x")[:200]})
    assert problem.startswith(f"data/raw/small/{file}:\n  This file {en}.")
    assert th in problem


@pytest.mark.parametrize("file", ["sites.csv", "codebook.csv", "quotes.csv", "survey/responses.csv", "references.yml"])
def test_what_cannot_be_read_is_told_once_and_not_missed_elsewhere(tmp_path: Path, file: str) -> None:
    """The documents show its quotes and numbers, which nobody can know then."""
    folder = make_study(tmp_path)
    (folder / file).write_bytes(b"\x00\xff\x00garbage\x00\x01" * 20)
    problems = Problems()
    check_study(tmp_path, "small", problems)
    assert {problem.file for problem in problems} == {f"data/raw/small/{file}"}


def test_a_table_both_as_csv_and_as_workbook(tmp_path: Path) -> None:
    (problem,) = said(tmp_path, files={"sites.xlsx": b"PK"})
    assert "There are both sites.csv and sites.xlsx." in problem
    assert "มีทั้ง sites.csv และ sites.xlsx" in problem


# --- study.yml --------------------------------------------------------------------------------------------------------


def test_an_unknown_key(tmp_path: Path) -> None:
    (problem,) = said(tmp_path, study={"districts": {"th": "เมือง", "en": "Mueang"}})
    place, *lines = problem.split("\n")
    assert place == "data/raw/small/study.yml:"
    (number,) = set(re.findall(r"^  (?:Line|บรรทัดที่) (\d+)[, ]", problem, flags=re.MULTILINE))
    assert lines == [
        f'  Line {number}, key "districts": "districts" is not a known key here.',
        '  Hint: Did you mean "district", "ethics", "interviews"?',
        f'  บรรทัดที่ {number} คีย์ "districts": ไม่รู้จักคีย์ "districts" ในตำแหน่งนี้',
        '  คำแนะนำ: หมายถึง "district", "ethics", "interviews" หรือไม่',
    ]


def test_what_is_wrong_in_study_yml_hides_nothing_else(tmp_path: Path) -> None:
    problems = said(tmp_path, [("participants.csv", "P02,S01", "P02,S09")], study={"districts": "x"})
    assert [p.split(":")[0] for p in problems] == ["data/raw/small/study.yml", "data/raw/small/participants.csv"]


def test_an_analysis_that_the_data_cannot_carry(tmp_path: Path) -> None:
    model = {"outcome": "success", "predictors": ["attitude", "skills"]}
    coders = {"themes": {"coders": "NPP"}}
    problems = said(
        tmp_path, [("survey/items.csv", ",skills,", ",attitude,")], study={"model": model, "analysis": coders}
    )
    assert problems == [
        "data/raw/small/study.yml:\n"
        '  Key "analysis.themes.coders": "NPP" is not a coder of this study.\n'
        '  Hint: Did you mean "NP"?\n'
        '  คีย์ "analysis.themes.coders": ไม่มีผู้ลงรหัส "NPP" ในการศึกษานี้\n'
        '  คำแนะนำ: หมายถึง "NP" หรือไม่',
        "data/raw/small/study.yml:\n"
        '  Key "model": The model needs "skills", but no item of the survey measures it.\n'
        '  Hint: Known names: "attitude", "speed", "success".\n'
        '  คีย์ "model": ตัวแบบใช้ "skills" แต่ไม่มีข้อคำถามใดในแบบสอบถามวัดตัวแปรนี้\n'
        '  คำแนะนำ: ชื่อที่ใช้ได้: "attitude", "speed", "success"',
    ]


# --- sites, participants, codebook ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "column", "id_", "other"),
    [
        ("sites.csv", "site_id", "S01", "S02"),
        ("participants.csv", "participant_id", "P01", "P02"),
        ("codebook.csv", "code_id", "attitude", "attitude_open"),
        ("quotes.csv", "quote_id", "q_open", "q_fast"),
        ("survey/items.csv", "item_id", "A1", "A2"),
    ],
)
def test_duplicate_ids(tmp_path: Path, file: str, column: str, id_: str, other: str) -> None:
    problems = said(tmp_path, [(file, f"{other},", f"{id_},")])
    assert (
        f'data/raw/small/{file}:\n  Row 3, column "{column}": "{id_}" already stands in row 2.\n'
        f'  Hint: Each row needs its own.\n  แถวที่ 3 คอลัมน์ "{column}": "{id_}" ซ้ำกับแถวที่ 2\n'
        "  คำแนะนำ: แต่ละแถวต้องไม่ซ้ำกัน"
    ) in problems


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (
            ("participants.csv", "P02,S01", "P02,S1"),
            "data/raw/small/participants.csv:\n"
            '  Row 3, column "site_id": "S1" is not a site of sites.csv.\n'
            '  Hint: Did you mean "S01"?\n'
            '  แถวที่ 3 คอลัมน์ "site_id": ไม่มีพื้นที่ "S1" ใน sites.csv\n'
            '  คำแนะนำ: หมายถึง "S01" หรือไม่',
        ),
        (
            ("participants.csv", "5/3/2566", "31/02/2566"),
            "data/raw/small/participants.csv:\n"
            '  Row 2, column "interviewed_on": "31/02/2566" is not a date: February 2023 has no day 31.\n'
            "  Hint: Look the date up in the original record.\n"
            '  แถวที่ 2 คอลัมน์ "interviewed_on": "31/02/2566" ไม่ใช่วันที่: เดือนกุมภาพันธ์ พ.ศ. 2566 '
            "ไม่มีวันที่ 31\n"
            "  คำแนะนำ: ตรวจสอบวันที่จากบันทึกต้นฉบับ",
        ),
        (
            ("participants.csv", "2566-03-10", "2023-03-10"),
            "data/raw/small/participants.csv:\n"
            '  Row 5, column "interviewed_on": This column mixes Buddhist Era (first in rows 2, 3, 4, 6, 7) '
            "and Common Era (first in rows 5).\n"
            "  Hint: Write all dates of a column in one era.\n"
            '  แถวที่ 5 คอลัมน์ "interviewed_on": คอลัมน์นี้มีทั้ง พ.ศ. (เริ่มที่แถว 2, 3, 4, 6, 7) และ ค.ศ. '
            "(เริ่มที่แถว 5) ปนกัน\n"
            "  คำแนะนำ: เขียนวันที่ทั้งคอลัมน์ด้วยศักราชเดียวกัน",
        ),
        (
            ("participants.csv", "5/3/2566", "5/3/2565"),
            "data/raw/small/participants.csv:\n"
            '  Row 2, column "interviewed_on": "5/3/2565" is outside the fieldwork of study.yml (2023-03-01 to '
            "2023-05-31).\n"
            "  Hint: Correct the date, or the period in study.yml.\n"
            '  แถวที่ 2 คอลัมน์ "interviewed_on": "5/3/2565" อยู่นอกช่วงเก็บข้อมูลใน study.yml (1 มีนาคม 2566 '
            "ถึง 31 พฤษภาคม 2566)\n"
            "  คำแนะนำ: แก้วันที่ หรือแก้ช่วงเวลาใน study.yml",
        ),
        (
            ("participants.csv", "P02,S01,citizen", "P02,S01,citizens"),
            "data/raw/small/participants.csv:\n"
            '  Row 3, column "group": "citizens" is not a group of study.yml.\n'
            '  Hint: Did you mean "citizen"?\n'
            '  แถวที่ 3 คอลัมน์ "group": ไม่มีกลุ่ม "citizens" ใน study.yml\n'
            '  คำแนะนำ: หมายถึง "citizen" หรือไม่',
        ),
        (
            ("codebook.csv", "skills,neutral", "skill,neutral"),
            "data/raw/small/codebook.csv:\n"
            '  Row 5, column "factor": "skill" is neither a factor nor an outcome of the framework in study.yml.\n'
            '  Hint: Did you mean "skills"?\n'
            '  แถวที่ 5 คอลัมน์ "factor": ไม่มี "skill" ใน framework ของ study.yml\n'
            '  คำแนะนำ: หมายถึง "skills" หรือไม่',
        ),
        (
            ("codebook.csv", "faster,,", "faster,faster,"),
            "data/raw/small/codebook.csv:\n"
            '  Row 6, column "parent_id": The parents of this code run in a circle: faster > faster.\n'
            "  Hint: Leave the parent of the uppermost code empty.\n"
            '  แถวที่ 6 คอลัมน์ "parent_id": รหัสแม่ของรหัสนี้วนกลับมาหาตัวเอง: faster > faster\n'
            "  คำแนะนำ: เว้นว่าง parent_id ของรหัสบนสุด",
        ),
    ],
)
def test_sites_participants_and_codebook(tmp_path: Path, edit: Edit, expected: str) -> None:
    assert said(tmp_path, [edit]) == [expected]


def test_a_circle_of_codes_is_said_of_each_of_them(tmp_path: Path) -> None:
    problems = said(
        tmp_path, [("codebook.csv", "skills,,", "skills,faster,"), ("codebook.csv", "faster,,", "faster,skills,")]
    )
    assert "circle: skills > faster > skills." in problems[0]
    assert "circle: faster > skills > faster." in problems[1]


# --- interviews -------------------------------------------------------------------------------------------------------


def test_an_interview_without_participant_and_the_reverse(tmp_path: Path) -> None:
    assert said(tmp_path, files={"interviews/P06.md": None, "interviews/P6.md": transcript("P06")}) == [
        'data/raw/small/interviews:\n  There is no interview of participant "P06".\n  Hint: Did you mean "P6"?\n'
        '  ไม่มีบทสัมภาษณ์ของผู้ให้ข้อมูล "P06"\n  คำแนะนำ: หมายถึง "P6" หรือไม่',
        'data/raw/small/interviews/P6.md:\n  There is no participant "P6" in participants.csv.\n'
        '  Hint: Did you mean "P06"?\n  ไม่มีผู้ให้ข้อมูล "P6" ใน participants.csv\n  คำแนะนำ: หมายถึง "P06" หรือไม่',
    ]


@pytest.mark.parametrize(
    ("file", "content", "expected"),
    [
        (
            "interviews/P01.txt",
            " \n",
            "data/raw/small/interviews/P01.txt:\n  This interview is empty.\n  บทสัมภาษณ์นี้ว่างเปล่า",
        ),
        (
            "interviews/P01.docx",
            docx_bytes(transcript("P01")),
            'data/raw/small/interviews/P01.txt:\n  There are two interviews of "P01": P01.docx and P01.txt.\n'
            '  Hint: Keep the one that was coded.\n  มีบทสัมภาษณ์ของ "P01" สองไฟล์: P01.docx และ P01.txt\n'
            "  คำแนะนำ: เก็บไว้เฉพาะไฟล์ที่ใช้ลงรหัส",
        ),
        (
            "interviews/P01.pdf",
            b"%PDF",
            "data/raw/small/interviews/P01.pdf:\n  Interviews are read from .docx, .txt, .md, .vtt, .srt; this is "
            '".pdf".\n'
            "  Hint: Save it as a Word document (.docx) or as plain text (.txt), or move it out of this folder.\n"
            '  อ่านบทสัมภาษณ์ได้จากไฟล์ .docx, .txt, .md, .vtt, .srt แต่ไฟล์นี้เป็น ".pdf"\n'
            "  คำแนะนำ: บันทึกเป็นเอกสาร Word (.docx) หรือข้อความล้วน (.txt) หรือย้ายออกจากโฟลเดอร์นี้",
        ),
    ],
)
def test_interviews(tmp_path: Path, file: str, content: str | bytes, expected: str) -> None:
    assert said(tmp_path, files={file: content}) == [expected]


def test_an_interview_without_speakers(tmp_path: Path) -> None:
    problems = said(tmp_path, files={"interviews/P04.txt": transcript("P04").replace(":", " ")}, study=None)
    assert problems[0] == (
        'data/raw/small/interviews:\n  The labels of speakers have no colon in P04.txt: "ผู้สัมภาษณ์".\n'
        '  Hint: Put a colon behind each label: "ผู้สัมภาษณ์: ...".\n'
        '  ชื่อผู้พูดไม่มีเครื่องหมาย : ตามหลังใน P04.txt: "ผู้สัมภาษณ์"\n'
        '  คำแนะนำ: เติมเครื่องหมาย : หลังชื่อผู้พูดทุกแห่ง: "ผู้สัมภาษณ์: ..."'
    )
    assert len(problems) == 1


def test_an_interview_of_somebody_who_did_not_consent(tmp_path: Path) -> None:
    assert said(tmp_path, [("participants.csv", "21/4/2566,yes", "21/4/2566,no")]) == [
        'data/raw/small/interviews/P06.md:\n  Participant "P06" did not consent, but the interview is here.\n'
        "  Hint: Take the interview and its coding out, or correct the consent in participants.csv.\n"
        '  ผู้ให้ข้อมูล "P06" ไม่ได้ให้ความยินยอม แต่มีบทสัมภาษณ์อยู่\n'
        "  คำแนะนำ: นำบทสัมภาษณ์และการลงรหัสออก หรือแก้คอลัมน์ consent ใน participants.csv"
    ]


# --- coding and quotes ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (
            ("coding/coding.csv", "attitude_fear,SK", "attitude_fears,SK"),
            "data/raw/small/coding/coding.csv:\n"
            '  Row 9: "attitude_fears" is not a code of the codebook.\n'
            '  Hint: Did you mean "attitude_fear", "attitude_open", "attitude"?\n'
            '  แถวที่ 9: ไม่มีรหัส "attitude_fears" ในสมุดรหัส\n'
            '  คำแนะนำ: หมายถึง "attitude_fear", "attitude_open", "attitude" หรือไม่',
        ),
        (
            ("coding/coding.csv", "P02,67,110,attitude_open,SK", "P2,67,110,attitude_open,SK"),
            "data/raw/small/coding/coding.csv:\n"
            '  Row 6: There is no interview of "P2".\n'
            '  Hint: Did you mean "P02"?\n'
            '  แถวที่ 6: ไม่มีบทสัมภาษณ์ของ "P2"\n'
            '  คำแนะนำ: หมายถึง "P02" หรือไม่',
        ),
        (
            (
                "coding/coding.csv",
                "P01,67,106,attitude_open,SK,ผู้บริหารของเราเปิดรับเทคโนโลยีใหม่เสมอ",
                "P01,67,1060,attitude_open,SK,ผู้บริหารของเรายินดีรับเทคโนโลยีใหม่เสมอ",
            ),
            "data/raw/small/coding/coding.csv:\n"
            '  Row 2: Cannot place 1 of 4 passages in "P01". Nowhere in the transcript: '
            '"ผู้บริหารของเรายินดีรับเทคโนโลยีใหม่เสมอ".\n'
            "  Hint: Were these words changed after they were coded? Mark the passages again in the tool."
            f"{LEAVE_OUT}\n"
            '  แถวที่ 2: ระบุที่ของข้อความ 1 จาก 4 แห่งใน "P01" ไม่ได้ ไม่พบในบทสัมภาษณ์: '
            '"ผู้บริหารของเรายินดีรับเทคโนโลยีใหม่เสมอ"\n'
            "  คำแนะนำ: มีการแก้คำเหล่านี้หลังลงรหัสหรือไม่ เลือกข้อความใหม่ในโปรแกรม"
            f"{LEAVE_OUT_TH}",
        ),
        (
            (
                "coding/coding.csv",
                "P01,67,106,attitude_open,SK,ผู้บริหารของเราเปิดรับเทคโนโลยีใหม่เสมอ",
                "P01,7,16,attitude_open,SK,ผู้ให้ข้อมูล",
            ),
            "data/raw/small/coding/coding.csv:\n"
            '  Row 2: Cannot place 1 of 4 passages in "P01". In several places, and nothing says which one is meant: '
            '"ผู้ให้ข้อมูล".\n'
            f"  Hint: Mark a longer passage, which stands only once.{LEAVE_OUT}\n"
            '  แถวที่ 2: ระบุที่ของข้อความ 1 จาก 4 แห่งใน "P01" ไม่ได้ ปรากฏหลายแห่ง '
            'และไม่มีสิ่งใดบอกว่าหมายถึงแห่งใด: "ผู้ให้ข้อมูล"\n'
            f"  คำแนะนำ: เลือกข้อความให้ยาวขึ้นจนปรากฏเพียงแห่งเดียว{LEAVE_OUT_TH}",
        ),
        (
            ("coding/coding.csv", "participant,start,end,code,coder,text", "participant,start,end,code,codr,text"),
            "data/raw/small/coding/coding.csv:\n"
            '  Row 1, column "codr": "codr" is not a column of this table.\n'
            '  Hint: Did you mean "coder"?\n'
            '  แถวที่ 1 คอลัมน์ "codr": ตารางนี้ไม่มีคอลัมน์ชื่อ "codr"\n'
            '  คำแนะนำ: หมายถึง "coder" หรือไม่',
        ),
        (
            ("coding/coding.csv", "P01,67,106,attitude_open,SK", "P01,67,106,attitude_open,s.k"),
            "data/raw/small/coding/coding.csv:\n"
            '  Row 2, column "coder": The coder "s.k" (rows: 1) seems to be "SK" (rows: 10).\n'
            '  Hint: Write "SK" everywhere.\n'
            '  แถวที่ 2 คอลัมน์ "coder": ผู้ลงรหัส "s.k" (1 แถว) น่าจะเป็นคนเดียวกับ "SK" (10 แถว)\n'
            '  คำแนะนำ: เขียน "SK" ให้เหมือนกันทุกแห่ง',
        ),
        (
            ("quotes.csv", "ทุกคนเลยกล้าลองทำ", "ทุกคนจึงกล้าลองทำ"),
            "data/raw/small/quotes.csv:\n"
            '  Row 2, column "text": This text is not in the interview, word for word.\n'
            '  Hint: It is the same up to "โนโลยีใหม่เสมอ ทุกคน"; the interview goes on "เลยกล้าลองทำ '
            'ผู้สัมภ", the quote "จึงกล้าลองทำ".\n'
            '  แถวที่ 2 คอลัมน์ "text": ไม่พบข้อความนี้ตรงตามตัวอักษรในบทสัมภาษณ์\n'
            '  คำแนะนำ: ตรงกันถึง "โนโลยีใหม่เสมอ ทุกคน" จากนั้นบทสัมภาษณ์คือ "เลยกล้าลองทำ ผู้สัมภ" '
            'แต่ข้อความที่ยกมาคือ "จึงกล้าลองทำ"',
        ),
        (
            (
                "quotes.csv",
                "q_open,P01,attitude_open,ผู้บริหารของเราเปิดรับเทคโนโลยีใหม่เสมอ ทุกคนเลยกล้าลองทำ",
                "q_open,P01,,ผู้ให้ข้อมูล",
            ),
            "data/raw/small/quotes.csv:\n"
            '  Row 2, column "text": This text stands in 2 places of the interview.\n'
            "  Hint: Quote a little more, so that it is one place.\n"
            '  แถวที่ 2 คอลัมน์ "text": ข้อความนี้ปรากฏ 2 แห่งในบทสัมภาษณ์\n'
            "  คำแนะนำ: ยกข้อความให้ยาวขึ้น เพื่อให้เหลือเพียงแห่งเดียว",
        ),
    ],
)
def test_coding_and_quotes(tmp_path: Path, edit: Edit, expected: str) -> None:
    assert said(tmp_path, [edit]) == [expected]


def test_a_row_whose_positions_are_wrong_is_placed_by_its_text_and_told(tmp_path: Path) -> None:
    folder = make_study(tmp_path)
    replace_text(folder / "coding/coding.csv", "P01,67,106,attitude_open,SK", "P01,65,104,attitude_open,SK")
    problems = Problems()
    check_study(tmp_path, "small", problems)
    assert [str(problem) for problem in problems] == []
    (notice,) = [notice for notice in problems.notices if notice.kind == "reanchored"]
    assert str(notice) == (
        "data/raw/small/coding/coding.csv:\n"
        '  Row 2: 1 passage of "P01" found elsewhere than this file says; the first: '
        '"ผู้บริหารของเราเปิดรับเทคโนโลยีใหม่เสมอ", now at 67-106.\n'
        "  Hint: The interview was changed after it was coded, or the positions are wrong; reanchored.csv lists all of"
        " them.\n"
        '  แถวที่ 2: พบข้อความ 1 แห่งของ "P01" ต่างจากตำแหน่งที่ไฟล์นี้ระบุ แห่งแรก: "ผู้บริหารของเราเปิดรับเทคโนโลยีใหม่เสมอ"'
        " ปัจจุบันอยู่ที่ 67-106\n"
        "  คำแนะนำ: บทสัมภาษณ์ถูกแก้หลังลงรหัส หรือตำแหน่งไม่ถูกต้อง ดูทั้งหมดได้ใน reanchored.csv"
    )


def project(**changes: Any) -> bytes:
    """The coding of the small study as a .qdpx that counts UTF-16 units; `changes` as for `refi`."""
    answers = {who: [answer.split()[0] for answer in both] for who, both in ANSWERS.items()}
    marks = [
        Mark(who, answers[who][answer], (code,), coder)
        for who, answer, *codes in MARKS
        for coder, code in zip(["SK", "NP"], codes, strict=True)
        if code
    ]
    texts = {who: transcript(who).replace("\n", "\r\n") for who in ANSWERS}
    given: dict[str, Any] = {"texts": texts, "counted_in": texts, "marks": marks, "quoted": True}
    given |= {
        "parents": {code: parent for code, parent, *_ in CODES},
        "called": {c: label for c, _, label, *_ in CODES},
    }
    return refi(Convention("utf16", "crlf"), **{**given, **changes})


@pytest.fixture
def checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str]]:
    """What `paper.py check` ends with and prints, with the coding of the small study in these files instead."""

    def check(study: dict[str, Any] | None = None, **coding: bytes) -> tuple[int, str]:
        files = {"coding/coding.csv": None, **{f"coding/{name}": data for name, data in coding.items()}}
        make_study(tmp_path, study=study, files=files)
        monkeypatch.chdir(tmp_path)
        return main([]), capsys.readouterr().out

    return check


def test_a_study_may_bring_the_project_of_its_coding_tool(checked: Callable[..., tuple[int, str]]) -> None:
    code, printed = checked(**{"โครงการ.qdpx": project()})
    assert code == 0
    assert printed.startswith(
        "small: nothing is wrong.\n  3 sites, 6 participants, 6 interviews, 5 codes, 2 coders, 21 segments"
    )
    assert "coding/" not in printed  # no notice either


def test_a_project_that_does_not_fit_the_study_is_told_in_one_list(checked: Callable[..., tuple[int, str]]) -> None:
    data = project(names={"P01": "ปลัด.docx"}, called={**{c: label for c, _, label, *_ in CODES}, "skills": "ทักษะ"})
    code, printed = checked(**{"x.qdpx": data})
    assert code == 1
    assert printed == (
        'data/raw/small/coding/x.qdpx:\n  "ทักษะ" is not a code of the codebook. Given 8 times.\n'
        '  Hint: Did you mean "ทักษะดิจิทัล"?\n'
        '  ไม่มีรหัส "ทักษะ" ในสมุดรหัส ใช้ 8 ครั้ง\n  คำแนะนำ: หมายถึง "ทักษะดิจิทัล" หรือไม่\n\n'
        "1 problem in 1 file. Nothing was built.\nพบปัญหา 1 จุด ใน 1 ไฟล์ ยังไม่มีการสร้างผลลัพธ์ใด ๆ\n"
    )


def test_a_project_that_is_cut_short(checked: Callable[..., tuple[int, str]]) -> None:
    code, printed = checked(**{"x.qdpx": project()[:-100]})
    assert code == 1
    assert "data/raw/small/coding/x.qdpx:\n  This archive is damaged" in printed


def test_a_file_of_coding_that_study_yml_names_and_that_is_not_there(checked: Callable[..., tuple[int, str]]) -> None:
    code, printed = checked({"coding": {"files": [{"file": "y.qdpx", "coder": "SK"}]}}, **{"x.qdpx": project()})
    assert code == 1
    assert 'data/raw/small/study.yml:\n  Key "coding.files": There is no file "y.qdpx" in coding/.\n' in printed
    assert 'คีย์ "coding.files": ไม่มีไฟล์ "y.qdpx" ใน coding/\n  คำแนะนำ: หมายถึง "x.qdpx" หรือไม่' in printed


def test_a_quote_of_the_interviewer(tmp_path: Path) -> None:
    edit = ("quotes.csv", "ใบอนุญาตออกภายในวันเดียวจากเดิมเจ็ดวัน ร้านผมเปิดได้เร็ว", "อะไรทำให้งานดิจิทัล")
    (problem,) = said(tmp_path, [edit])
    assert "This text is not within one turn of the participant." in problem
    assert "ข้อความนี้ไม่ได้อยู่ในช่วงพูดเดียวของผู้ให้ข้อมูล" in problem


# --- survey -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (
            (
                "survey/responses.csv",
                "เห็นด้วยอย่างยิ่ง,เห็นด้วย,เห็นด้วย,ไม่แน่ใจ,เห็นด้วย,",
                "เห็นด้วยมาก,เห็นด้วย,เห็นด้วย,ไม่แน่ใจ,เห็นด้วย,",
            ),
            "data/raw/small/survey/responses.csv:\n"
            '  Row 2, column "เจ้าหน้าที่แก้ปัญหาได้": "เห็นด้วยมาก" is not an answer of the scale "agree5" '
            "(ไม่เห็นด้วยอย่างยิ่ง, ไม่เห็นด้วย, ไม่แน่ใจ, เห็นด้วย, เห็นด้วยอย่างยิ่ง).\n"
            '  Hint: Did you mean "เห็นด้วย", "ไม่เห็นด้วย", "เห็นด้วยอย่างยิ่ง"? If it is no answer, put this under '
            "`survey:` in study.yml: codes: [{values: [เห็นด้วยมาก], columns: [เจ้าหน้าที่แก้ปัญหาได้]}]\n"
            '  แถวที่ 2 คอลัมน์ "เจ้าหน้าที่แก้ปัญหาได้": "เห็นด้วยมาก" ไม่ใช่คำตอบของมาตรวัด "agree5" '
            "(ไม่เห็นด้วยอย่างยิ่ง, ไม่เห็นด้วย, ไม่แน่ใจ, เห็นด้วย, เห็นด้วยอย่างยิ่ง)\n"
            '  คำแนะนำ: หมายถึง "เห็นด้วย", "ไม่เห็นด้วย", "เห็นด้วยอย่างยิ่ง" หรือไม่ หากไม่ใช่คำตอบ ให้วางบรรทัดนี้ใต้ `survey:` ใน '
            "study.yml: codes: [{values: [เห็นด้วยมาก], columns: [เจ้าหน้าที่แก้ปัญหาได้]}]",
        ),
        (
            ("survey/responses.csv", "10:00:00,เทศบาลตำบลน้ำใส", "10:00:00,ทต.น้ำใส"),
            "data/raw/small/survey/responses.csv:\n"
            '  Row 2, column "ท่านอยู่ในพื้นที่ใด": "ทต.น้ำใส" is no site of this study.\n'
            '  Hint: Did you mean "เทศบาลตำบลน้ำใส"? If it is another name of a site, put this under `survey:` in '
            "study.yml, with the right ids: sites: {S01: [ทต.น้ำใส]}\n"
            '  แถวที่ 2 คอลัมน์ "ท่านอยู่ในพื้นที่ใด": "ทต.น้ำใส" ไม่ใช่พื้นที่ของการศึกษานี้\n'
            '  คำแนะนำ: หมายถึง "เทศบาลตำบลน้ำใส" หรือไม่ หากเป็นอีกชื่อหนึ่งของพื้นที่ ให้วางบรรทัดนี้ใต้ `survey:` ใน study.yml '
            "โดยใส่รหัสพื้นที่ให้ถูกต้อง: sites: {S01: [ทต.น้ำใส]}",
        ),
        (
            ("survey/items.csv", "A1,บุคลากรเปิดรับเทคโนโลยี,", "A1,บุคลากรเปิดรับเทคโนโลยีใหม่,"),
            "data/raw/small/survey/responses.csv:\n"
            '  Row 1, column "บุคลากรเปิดรับเทคโนโลยีใหม่": There is no column "บุคลากรเปิดรับเทคโนโลยีใหม่", '
            "which survey/items.csv names.\n"
            '  Hint: Did you mean "บุคลากรเปิดรับเทคโนโลยี"?\n'
            '  แถวที่ 1 คอลัมน์ "บุคลากรเปิดรับเทคโนโลยีใหม่": ไม่มีคอลัมน์ "บุคลากรเปิดรับเทคโนโลยีใหม่" '
            "ตามที่ระบุใน survey/items.csv\n"
            '  คำแนะนำ: หมายถึง "บุคลากรเปิดรับเทคโนโลยี" หรือไม่',
        ),
        (
            ("survey/items.csv", ",skills,เจ้าหน้าที่ใช้ระบบเป็น", ",skils,เจ้าหน้าที่ใช้ระบบเป็น"),
            "data/raw/small/survey/items.csv:\n"
            '  Row 5, column "construct": "skils" is neither a factor nor an outcome of the framework in '
            "study.yml.\n"
            '  Hint: Did you mean "skills"?\n'
            '  แถวที่ 5 คอลัมน์ "construct": ไม่มี "skils" ใน framework ของ study.yml\n'
            '  คำแนะนำ: หมายถึง "skills" หรือไม่',
        ),
    ],
)
def test_survey(tmp_path: Path, edit: Edit, expected: str) -> None:
    assert said(tmp_path, [edit]) == [expected]


def test_a_survey_with_no_rows(tmp_path: Path) -> None:
    assert said(tmp_path, files={"survey/responses.csv": responses(0)}) == [
        "data/raw/small/survey/responses.csv:\n"
        "  Row 1: This survey has no answers: there is no row below the header.\n"
        "  Hint: Is it the right sheet, and the right export?\n"
        "  แถวที่ 1: แบบสอบถามนี้ไม่มีคำตอบ: ไม่มีแถวใดใต้หัวตาราง\n"
        "  คำแนะนำ: เป็นแผ่นงานและไฟล์ที่ถูกต้องหรือไม่"
    ]


def test_before_and_after_without_pair(tmp_path: Path) -> None:
    problems = said(tmp_path, [("survey/items.csv", "after,fast", "after,quick")])
    assert problems[0] == (
        "data/raw/small/survey/items.csv:\n"
        '  Row 9, column "pair": This item is asked "before", but there is no single "after" item of its '
        "construct, scale and pair.\n"
        '  Hint: Give both items the same word in the column "pair".\n'
        '  แถวที่ 9 คอลัมน์ "pair": ข้อนี้เป็นข้อ "before" แต่ไม่มีข้อ "after" หนึ่งข้อที่มี construct, scale '
        "และ pair เดียวกัน\n"
        '  คำแนะนำ: ใส่คำเดียวกันในคอลัมน์ "pair" ของทั้งสองข้อ'
    )
    assert len(problems) == 2


# --- the articles -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edit", "en", "th"),
    [
        (
            ("article.en.qmd", "[@somchai2021; @wipa2022]", "[@somchai2021; @wipa2020]"),
            'The work "wipa2020" is not in references.yml.\n  Hint: Did you mean "wipa2022", "agency2020"?',
            'ไม่มีงาน "wipa2020" ใน references.yml\n  คำแนะนำ: หมายถึง "wipa2022", "agency2020" หรือไม่',
        ),
        (
            ("article.th.qmd", "value themes_by_site.all.attitude.share", "value themes_by_site.all.atitude.share"),
            'There is no value "themes_by_site.all.atitude.share": the table "themes_by_site" has no row "atitude".\n'
            '  Hint: Did you mean "attitude"?',
            'ไม่มีค่า "themes_by_site.all.atitude.share": ตาราง "themes_by_site" ไม่มีแถว "atitude"',
        ),
        (
            ("article.th.qmd", "scale_reliability.attitude.single.alpha", "scale_reliability.attitude.alpha"),
            'There is no value "scale_reliability.attitude.alpha": '
            'the table "scale_reliability" has no row "attitude.alpha".\n'
            '  Hint: Did you mean "attitude.single"?',
            'ตาราง "scale_reliability" ไม่มีแถว "attitude.alpha"',
        ),
        (
            ("article.th.qmd", "agreement.all.alpha", "agreement.all.alfa"),
            'the table "agreement" has no number "alfa".\n  Hint: Did you mean "alpha"',
            'ตาราง "agreement" ไม่มีตัวเลข "alfa"',
        ),
        (
            ("article.en.qmd", "tables/themes_by_site.md", "tables/theme_by_site.md"),
            'There is no table "theme_by_site".\n  Hint: Did you mean "themes_by_site"',
            'ไม่มีตาราง "theme_by_site"\n  คำแนะนำ: หมายถึง "themes_by_site"',
        ),
        (
            ("article.en.qmd", "figures/themes_by_site", "figures/themes_per_site"),
            'There is no figure "themes_per_site".\n'
            '  Hint: Did you mean "themes_by_site", "theme_intervals", "theme_map"?',
            'ไม่มีรูป "themes_per_site"\n  คำแนะนำ: หมายถึง "themes_by_site", "theme_intervals", "theme_map" หรือไม่',
        ),
        (
            ("article.en.qmd", "quote q_fast", "quote q_faster"),
            'There is no quote "q_faster" in the table of quotes.\n  Hint: Did you mean "q_fast"?',
            'ไม่มีคำพูด "q_faster" ในตาราง quotes\n  คำแนะนำ: หมายถึง "q_fast" หรือไม่',
        ),
        (
            ("quotes.csv", "The licence came within a day instead of seven; my shop opened early.", ""),
            'The quote "q_fast" has no translation for this article.\n'
            '  Hint: Fill in the column "translation_en" of the table of quotes.',
            'คำพูด "q_fast" ไม่มีคำแปลสำหรับบทความภาษานี้',
        ),
    ],
)
def test_what_an_article_asks_for_and_is_not_there(tmp_path: Path, edit: Edit, en: str, th: str) -> None:
    (problem,) = said(tmp_path, [edit])
    assert problem.startswith("report/small/article.")
    assert ".qmd:\n  Line " in problem
    assert "\n  บรรทัดที่ " in problem
    assert en in problem
    assert th in problem


def test_what_a_study_without_survey_cannot_show(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    problems = said(tmp_path, study={"survey": None, "model": None})
    values = [p for p in problems if 'this study has no numbers in the table "scale_reliability"' in p]
    assert len(values) == 2
    table = ("article.th.qmd", "tables/themes_by_site.md", "tables/scale_statistics.md")
    files = {"survey/items.csv": None}
    problems = said(tmp_path / "one", [table], study={"survey": None, "model": None}, files=files)
    assert any('The table "scale_statistics" would be empty: ' in p and "จะว่างเปล่า" in p for p in problems)


def test_a_missing_article(tmp_path: Path) -> None:
    (problem,) = said(tmp_path, files={"article.en.qmd": None})
    assert problem == (
        "report/small/article.en.qmd:\n  This article is missing.\n"
        '  Hint: Write it, or take "en" out of the languages in config/config.yml.\n'
        '  ไม่พบไฟล์บทความนี้\n  คำแนะนำ: เขียนบทความ หรือลบ "en" ออกจาก languages ใน config/config.yml'
    )


# --- the whole list ---------------------------------------------------------------------------------------------------


def test_everything_is_in_one_list_in_the_order_of_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = make_study(tmp_path, files={"references.yml": REFERENCES.replace("id: wipa2022", "id: somchai2021")})
    replace_text(folder / "survey/responses.csv", "10:00:00,เทศบาลตำบลน้ำใส", "10:00:00,ที่อื่น")
    replace_text(folder / "sites.csv", "S03", "S 3")
    (folder / "interviews" / "P03.txt").unlink()
    for language in ("th", "en"):
        replace_text(tmp_path / f"report/small/article.{language}.qmd", "agreement.all.", "agreement.al.")
    monkeypatch.chdir(tmp_path)
    assert main([]) == 1
    printed = capsys.readouterr().out
    places = [line for line in printed.split("\n") if line.startswith(("data/", "report/"))]
    assert [place.rstrip(":") for place in places] == [
        "data/raw/small/sites.csv",
        "data/raw/small/participants.csv",
        "data/raw/small/interviews",
        "data/raw/small/survey/responses.csv",
        "data/raw/small/references.yml",
        "report/small/article.th.qmd",
        "report/small/article.en.qmd",
    ]
    assert "7 problems in 7 files. Nothing was built." in printed
    assert "พบปัญหา 7 จุด ใน 7 ไฟล์" in printed


def test_a_wrong_configuration_hides_no_problem_of_a_study(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = make_study(tmp_path)
    replace_text(tmp_path / "config" / "config.yml", "studies:", "languges: [th]\nstudies:")
    replace_text(folder / "participants.csv", "P02,S01", "P02,S1")
    monkeypatch.chdir(tmp_path)
    assert main([]) == 1
    printed = capsys.readouterr().out
    assert 'key "languges": "languges" is not a known key here.\n  Hint: Did you mean "languages"?' in printed
    assert '"S1" is not a site of sites.csv.' in printed
    assert "2 problems in 2 files. Nothing was built." in printed


def test_nothing_is_built_from_wrong_inputs(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    folder = make_study(project.root, config={})
    replace_text(folder / "participants.csv", "P02,S01", "P02,S1")
    run = project.snakemake()
    assert run.status != 0
    assert 'data/raw/small/participants.csv:\n  Row 3, column "site_id": "S1" is not a site of sites.csv.' in run.output
    assert "1 problem in 1 file. Nothing was built." in run.output
    assert "Traceback" not in run.output
    assert not (project.root / "data" / "processed" / "small").exists()
    assert not (project.root / "results").exists()


def test_a_study_that_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    make_study(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert main(["smal"]) == 1
    assert 'data/raw/smal:\n  There is no such study folder.\n  Hint: Did you mean "small"?' in capsys.readouterr().out
    assert main(["small"]) == 0
    assert capsys.readouterr().out.startswith("small: nothing is wrong.")


def test_nothing_is_read_from_outside_the_folder_of_the_study(tmp_path: Path) -> None:
    outside = tmp_path / "elsewhere" / "P01.txt"
    outside.parent.mkdir()
    outside.write_text("ผู้สัมภาษณ์: ...\nผู้ให้ข้อมูล: ...", encoding="utf-8")

    def linked(name: str, target: Path) -> list[str]:
        root = tmp_path / name.replace("/", "_")
        folder = make_study(root)
        (folder / name).unlink(missing_ok=True)
        (folder / name).symlink_to(target)
        problems = Problems()
        check_study(root, "small", problems)
        return [str(problem) for problem in problems]

    first = linked("interviews/P01.txt", outside)[0]
    assert f"This is a link to {outside}, which is not in the folder of the study." in first
    assert "Copy the file here in place of the link" in first
    assert "This is a link to a file that is not there." in linked("quotes.xlsx", tmp_path / "gone.xlsx")[0]

    survey = {**STUDY["survey"], "file": "../../../elsewhere/responses.csv"}
    [wrong] = [line for line in said(tmp_path / "named", study={"survey": survey}) if "study.yml" in line]
    assert '"../../../elsewhere/responses.csv" is no name of a file in the folder of the study' in wrong
