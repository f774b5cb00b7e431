from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from thongthin.problems import Problems
from thongthin.readers.codebook import read_codebook
from thongthin.readers.coding import read_coding

HEADER = "participant,start,end,code,coder,text\n"
CODES = pd.DataFrame({"code_id": ["b", "a", "a1"], "parent_id": ["", "", "a"], "theme_id": ["b", "a", "a"]})
TRANSCRIPTS = pd.DataFrame({"participant_id": ["P2", "P10"], "text": ["ก: น้ำ  ใส\nข: ดี ดี", "ก: 👍 เร็วขึ้น"]})


def read(folder: Path, **files: str) -> tuple[pd.DataFrame, pd.DataFrame, Problems]:
    for name, content in files.items():
        (folder / f"{name}.csv").write_text(content, encoding="utf-8")
    problems = Problems()
    paths = sorted(folder.glob("*.csv"))
    return *read_coding(paths, CODES, TRANSCRIPTS, problems.at("coding")), problems


def test_segments_of_several_files_in_order(tmp_path: Path) -> None:
    codings, coverage, problems = read(
        tmp_path,
        SK=HEADER + "P10,3,4,a1,SK,👍\nP2,3,10,a,SK,น้ำ ใส\nP2,3,10,b,SK,\n",
        NP=HEADER + "P2,๓,10.0,a,NP,น้ํา\nใส\n".replace("\nใส", " ใส"),
    )
    assert not problems.found
    # Offsets are code points: the emoji is one; white space of the quoted text doesn't count.
    assert list(codings[["segment_id", "code_id", "theme_id", "coder", "text"]].itertuples(index=False, name=None)) == [
        ("P2-s001", "b", "b", "SK", "น้ำ  ใส"),
        ("P2-s002", "a", "a", "NP", "น้ำ  ใส"),
        ("P2-s003", "a", "a", "SK", "น้ำ  ใส"),
        ("P10-s001", "a1", "a", "SK", "👍"),
    ]
    # Without a coverage table, who marked something has read the interview for all codes.
    assert list(coverage[["participant_id", "coder"]].drop_duplicates().itertuples(index=False, name=None)) == [
        ("P2", "NP"),
        ("P2", "SK"),
        ("P10", "SK"),
    ]
    assert len(coverage) == 9


def test_a_coverage_table_says_who_read_what(tmp_path: Path) -> None:
    _, coverage, problems = read(
        tmp_path, coding=HEADER + "P2,3,10,a,SK,\n", coverage="participant,coder,code\nP2,SK,\nP2,NP,a\n"
    )
    assert not problems.found
    assert list(coverage.itertuples(index=False, name=None)) == [
        ("P2", "NP", "a"),
        ("P2", "NP", "a1"),  # a code stands for those below it
        ("P2", "SK", "b"),
        ("P2", "SK", "a"),
        ("P2", "SK", "a1"),
    ]


def test_a_segment_that_the_coverage_rules_out(tmp_path: Path) -> None:
    *_, problems = read(
        tmp_path, coding=HEADER + "P2,3,10,b,NP,\n", coverage="participant,coder,code\nP2,SK,\nP2,NP,a\n"
    )
    assert [(p.file, p.row) for p in problems] == [("coding/coding.csv", 2)]
    assert problems.found[0].en == 'By the coverage table, "NP" did not read "P2" for "b".'
    assert problems.found[0].th == 'ตามตาราง coverage "NP" ไม่ได้อ่าน "P2" สำหรับรหัส "b"'


@pytest.mark.parametrize(
    ("row", "column", "en", "hint"),
    [
        ("P2,3,99,a,SK,", "end", '3 to 99 is not a segment of "P2", whose transcript has 19 characters.', ""),
        ("P2,9,3,a,SK,", "start", '9 to 3 is not a segment of "P2"', ""),
        ("P2,x,3,a,SK,", "start", '"x" is not a whole number.', ""),
        ("P2,0,3,a,SK,ใส", "text", 'Characters 0 to 3 of "P2" read "ก:", not "ใส".', "This text stands at 8 to 10"),
        ("P2,0,3,a,SK,ดี", "text", 'read "ก:", not "ดี"', "This text stands in 2 places"),
        ("P2,0,3,a,SK,ไม่มี", "text", 'read "ก:", not "ไม่มี"', "This text is nowhere in the transcript"),
        ("P3,0,3,a,SK,", "participant", 'There is no interview of "P3".', 'Did you mean "P2"'),
        ("P2,0,3,c,SK,", "code", '"c" is not a code of the codebook.', 'Known names: "a", "a1", "b".'),
        ("P2,0,3,a,,", "coder", "This cell must not be empty.", ""),
    ],
)
def test_wrong_segments_are_said(tmp_path: Path, row: str, column: str, en: str, hint: str) -> None:
    *_, problems = read(tmp_path, coding=f"{HEADER}{row}\n")
    assert [(p.file, p.row, p.column) for p in problems] == [("coding/coding.csv", 2, column)]
    assert en in problems.found[0].en
    assert hint in problems.found[0].hint_en


def test_the_same_segment_twice(tmp_path: Path) -> None:
    *_, problems = read(tmp_path, coding=HEADER + "P2,3,10,a,SK,\nP2,3,10,a,SK,\n")
    assert [(p.kind, p.row) for p in problems] == [("double-segment", 3)]


def test_a_folder_without_coding(tmp_path: Path) -> None:
    codings, coverage, problems = read(tmp_path)
    assert [p.en for p in problems] == ["There is no table of coded segments in this folder."]
    assert codings.empty
    assert coverage.empty


def test_codes_belong_to_the_uppermost_code(tmp_path: Path) -> None:
    (tmp_path / "codebook.csv").write_text(
        "code_id,parent_id,label_th,label_en\nc,b,ค,C\nb,a,ข,B\na,,ก,A\nd,,ง,D\n", encoding="utf-8"
    )
    codes = read_codebook(tmp_path / "codebook.csv", None, Problems())
    assert list(codes["theme_id"]) == ["a", "a", "a", "d"]
    assert list(codes["position"]) == [1, 2, 3, 4]
