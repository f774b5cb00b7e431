"""Labels of speakers that were damaged are asked about, so that no words go to somebody else; sound text is not."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest
import yaml
from speaker_labels import SAID

from thongthin.basics.problems import Problems
from thongthin.contract.coding import Interviews
from thongthin.read.interviews import InterviewTables, read_interviews

PAIRS = SAID["th"]


def transcript(asks: str = "ผู้สัมภาษณ์", answers: str = "ผู้ให้ข้อมูล") -> list[str]:
    return [f"{who}: {words}" for pair in PAIRS for who, words in zip((asks, answers), pair, strict=True)]


def read(folder: Path, lines: list[str], not_speakers: list[str] | None = None) -> tuple[InterviewTables, Problems]:
    path = folder / "P01.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    people = pd.DataFrame({"participant_id": ["P01"], "consent": "yes"})
    problems = Problems()
    settings = Interviews(not_speakers=not_speakers or [])
    return read_interviews([path], people, problems.at("raw/interviews"), settings), problems


def with_label(at: int, label: str) -> list[str]:
    lines = transcript()
    lines[at] = f"{label}: {lines[at].split(': ', 1)[1]}"
    return lines


@pytest.mark.parametrize("at", [0, 2, 3, len(PAIRS) * 2 - 1])
@pytest.mark.parametrize(
    "label",
    ["??????", "&amp;", "NaN", "0", "", "=1+1", "#REF!", "{}", "\u0e33\u0e4d", "\ufffd\ufffd", "2566-02-30", "null",
     "-1", "../../../etc/hosts", "ผู" + "ก" * 20, "1e308", "<x>", "\\", "ผ“ู้ให้ข้อมูล"],
)  # fmt: skip
def test_a_damaged_label_is_asked_about(tmp_path: Path, at: int, label: str) -> None:
    _, problems = read(tmp_path, with_label(at, label))
    kinds = [problem.kind for problem in problems]
    assert kinds == ["damaged-label"] or "unknown-speaker" in kinds
    if kinds == ["damaged-label"]:
        (problem,) = problems
        assert f"(P01.txt, line {at + 1})" in problem.en and f"(P01.txt บรรทัดที่ {at + 1})" in problem.th
        # What the hint says mends it: whoever says that this is no label is asked no more.
        written = yaml.safe_load(problem.hint_en.rsplit("not_speakers:", 1)[1])
        assert written == yaml.safe_load(problem.hint_th.rsplit("not_speakers:", 1)[1])
        tables, after = read(tmp_path, with_label(at, label), written)
        assert not after.found and len(tables.turns) == len(PAIRS) * 2 - 1


@pytest.mark.parametrize("line", ["0:** ทำงานอย่างไร", "**??????:** ทำงานอย่างไร", "**:** ทำงานอย่างไร"])
def test_marks_of_markdown_around_it_are_no_part_of_it(tmp_path: Path, line: str) -> None:
    lines = [f"**{who}:** {words}" for who, words in (line.split(": ", 1) for line in transcript())]
    _, problems = read(tmp_path, lines)
    assert not problems.found
    lines[2] = line
    _, problems = read(tmp_path, lines)
    assert [problem.kind for problem in problems] == ["damaged-label"]


@pytest.mark.parametrize(
    "extra",
    [
        "1: ข้อแรก\n2: ข้อสอง\n3: ข้อสาม",
        "10:30 น. เริ่มประชุม",
        "14: 30 น. เลิกประชุม",
        "null: คือคำที่เครื่องบอก",
        "ข้อดี: เร็ว\nข้อเสีย: แพง",
        "(หัวเราะ): เอาใหม่",
        "https://example.org ครับ",
        ":) ยิ้ม",
        '"เขาว่า": ดี',
    ],
)
def test_what_is_said_in_lines_of_its_own_is_not_asked_about(tmp_path: Path, extra: str) -> None:
    lines = transcript()
    lines[3] += f"\n{extra}"
    _, problems = read(tmp_path, lines)
    assert not problems.found
    assert "label-within-line" not in [notice.kind for notice in problems.notices]


def test_a_bold_label_within_a_line_is_told(tmp_path: Path) -> None:
    lines = [re.sub(r"^([^:]+):", r"**\1:**", line) for line in transcript()]
    _, problems = read(tmp_path, lines)
    assert "label-within-line" not in [notice.kind for notice in problems.notices]
    lines[3:5] = ["".join(lines[3:5])]
    _, problems = read(tmp_path, lines)
    assert [notice.kind for notice in problems.notices].count("label-within-line") == 1


def test_a_label_within_a_line_is_told(tmp_path: Path) -> None:
    lines = transcript()
    lines[3:5] = ["".join(lines[3:5])]
    _, problems = read(tmp_path, lines)
    (notice,) = [notice for notice in problems.notices if notice.kind == "label-within-line"]
    assert '"ผู้สัมภาษณ์:" (P01.txt, line 4)' in notice.en and "(P01.txt บรรทัดที่ 4)" in notice.th and notice.hint_th


@pytest.mark.parametrize(
    ("damaged", "row"),
    [
        ("00:00:02,000 -->:00:02,900", 6),
        ("00:00:02,000 00:00:02,900", 6),
        ("00:00:02,000 -> 00:00:02,900", 6),
        ("00:0x:02,000 --> 00:00:02,900", 6),
    ],
)
def test_times_of_cues_that_cannot_be_read_are_told(tmp_path: Path, damaged: str, row: int) -> None:
    lines = [f"{n}\n00:00:{n:02d},000 --> 00:00:{n:02d},900\n{line}\n" for n, line in enumerate(transcript(), start=1)]
    path = tmp_path / "P01.srt"
    people = pd.DataFrame({"participant_id": ["P01"], "consent": "yes"})
    for text, told in (
        ("\n".join(lines), []),
        ("\n".join(lines).replace("00:00:02,000 --> 00:00:02,900", damaged), [row]),
    ):
        path.write_text(text, encoding="utf-8")
        problems = Problems()
        read_interviews([path], people, problems.at("raw/interviews"))
        assert [problem.row for problem in problems if problem.kind == "damaged-time"] == told


def test_a_part_of_subtitles_that_stands_twice_is_told(tmp_path: Path) -> None:
    lines = [f"{n}\n00:00:{n:02d},000 --> 00:00:{n:02d},900\n{line}\n" for n, line in enumerate(transcript(), start=1)]
    path = tmp_path / "P01.srt"
    people = pd.DataFrame({"participant_id": ["P01"], "consent": "yes"})
    for cues, told in ((lines, []), ([*lines[:3], *lines[2:]], [14]), ([*lines[:4], *lines[1:]], [18])):
        path.write_text("\n".join(cues), encoding="utf-8")
        problems = Problems()
        read_interviews([path], people, problems.at("raw/interviews"))
        assert [notice.row for notice in problems.notices if notice.kind == "repeated-time"] == told


def test_a_cue_that_is_missing_is_told_by_the_numbers(tmp_path: Path) -> None:
    lines = [f"{n}\n00:00:{n:02d},000 --> 00:00:{n:02d},900\n{line}\n" for n, line in enumerate(transcript(), start=1)]
    plain = [line.split("\n", 1)[1] for line in lines]
    path = tmp_path / "P01.srt"
    people = pd.DataFrame({"participant_id": ["P01"], "consent": "yes"})
    damaged = [lines[0], lines[1], *lines[3:]], [lines[0], plain[1], *lines[2:]]
    for cues, told in ((lines, []), (plain, []), ([plain[0], *plain[2:]], []), (damaged[0], [10]), (damaged[1], [5])):
        path.write_text("\n".join(cues), encoding="utf-8")
        problems = Problems()
        read_interviews([path], people, problems.at("raw/interviews"))
        assert [notice.row for notice in problems.notices if notice.kind == "cue-missing"] == told
