from __future__ import annotations

import pandas as pd
import pytest
from coding_files import TRANSCRIPTS, codes_table

from thongthin.read.coding.model import Source, ToolCode
from thongthin.read.coding.names import Codebook, Participants

PARTICIPANTS = Participants({**TRANSCRIPTS, "P1": "", "P10": "", "site-2_b": ""})


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("P01", ["P01"]),
        ("p01.DOCX", ["P01"]),
        (r"D:\งาน วิจัย\P01.txt", ["P01"]),
        ("interviews/P01.md", ["P01"]),
        (" P01 ", ["P01"]),
        ("P01_SK.docx", ["P01"]),
        ("Interview P01, second.docx", ["P01"]),
        ("บทสัมภาษณ์P10ครั้งที่2", ["P10"]),
        ("P1", ["P1"]),
        ("P1.P01", ["P01", "P1"]),
        ("P01 P02 P03.docx", ["P01", "P02", "P03"]),
        ("talk with site-2_b", ["site-2_b"]),
        ("P100", []),
        ("XP01", []),
        ("สมชาย", []),
        ("", []),
        (".docx", []),
        ("[P01](.*", ["P01"]),
    ],
)
def test_a_document_names_its_participant(name: str, expected: list[str]) -> None:
    source = Source("1", name)
    assert PARTICIPANTS.candidates(source) == expected
    assert PARTICIPANTS.find(source) == (expected[0] if len(expected) == 1 else None)


def test_failing_that_a_document_is_known_by_its_text() -> None:
    text = TRANSCRIPTS["P02"].replace("\n", "\r\n\r\n").replace("นำ", "นํา")
    assert PARTICIPANTS.find(Source("1", "สมชาย", text)) == "P02"
    assert PARTICIPANTS.find(Source("1", "P01 or P03", text)) == "P02"
    assert PARTICIPANTS.find(Source("1", "P03 (?)", text)) == "P03"  # what it is called comes first
    assert PARTICIPANTS.find(Source("1", "สมชาย", text + "x")) is None
    assert PARTICIPANTS.find(Source("1", "สมชาย", "")) is None  # not by having none, as P1 and P10
    twice = Participants({"A": "เหมือน กัน", "B": "เหมือนกัน"})
    assert twice.candidates(Source("1", "x", "เหมือนกัน\n")) == ["A", "B"]
    assert twice.find(Source("1", "x", "เหมือนกัน\n")) is None


CODEBOOK = Codebook(codes_table())
TOOL = {
    code.id: code
    for code in [
        ToolCode("f", "โฟลเดอร์", codable=False),
        ToolCode("b", "งบประมาณ", "f"),
        ToolCode("bn", "ขาดแคลน", "b"),
        ToolCode("s", "SKILLS", "f"),
        ToolCode("sn", "shortage", "s"),
        ToolCode("x", "Shortage", "f"),
        ToolCode("l1", "Shortage", "l2"),  # a file can say that two codes are below each other
        ToolCode("l2", "loop", "l1"),
    ]
}


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (ToolCode("1", "attitude"), ["attitude"]),
        (ToolCode("1", "ทัศนคติ"), ["attitude"]),
        (ToolCode("1", "  ATTITUDE "), ["attitude"]),
        (ToolCode("1", "Shortage"), ["budget_need", "skills_need"]),
        (TOOL["bn"], ["budget_need"]),
        (TOOL["sn"], ["skills_need"]),
        (TOOL["x"], ["budget_need", "skills_need"]),
        (TOOL["l1"], ["budget_need", "skills_need"]),
        (ToolCode("1", "Budget.Shortage"), ["budget_need"]),
        (ToolCode("1", "งบประมาณ::ขาดแคลน"), ["budget_need"]),
        (ToolCode("1", "Skills > ขาดแคลน"), ["skills_need"]),
        (ToolCode("1", "Skills: Shortage"), ["skills_need"]),
        (ToolCode("1", "Other: Shortage"), []),
        (ToolCode("1", r"skills\skills_need"), ["skills_need"]),
        (ToolCode("1", "Skills/Shortage"), ["skills_need"]),
        (ToolCode("1", "Other.Shortage"), []),
        (ToolCode("1", "Other.Attitude"), []),
        (ToolCode("1", "Skills.Budget"), []),
        (ToolCode("1", "new"), []),
        (ToolCode("1", ""), []),
        (ToolCode("1", "anything", details={"code_id": "skills"}), ["skills"]),  # as our own export notes
        (ToolCode("1", "ทักษะ", details={"code_id": "gone"}), ["skills"]),
    ],
)
def test_a_code_of_a_tool_is_a_code_of_the_study(code: ToolCode, expected: list[str]) -> None:
    assert CODEBOOK.candidates(code, TOOL) == expected
    assert CODEBOOK.find(code, TOOL) == (expected[0] if len(expected) == 1 else None)


def test_an_id_is_nobodys_label() -> None:
    frame = pd.DataFrame(
        [["trust", "", "ไว้ใจ", "Trust"], ["t2", "", "อื่น", "trust"]],
        columns=["code_id", "parent_id", "label_th", "label_en"],
    )
    assert Codebook(frame).find(ToolCode("1", "Trust"), {}) == "trust"


def test_the_codes_above_decide_before_an_id_does() -> None:
    """An id made of a label that two codes bear is not taken for both."""
    rows = [["budget", "", "Budget"], ["skills", "", "Skills"], ["shortage", "budget", "Shortage"]]
    frame = pd.DataFrame([*rows, ["s2", "skills", "Shortage"]], columns=["code_id", "parent_id", "label_en"])
    tool = {code.id: code for code in [ToolCode("b", "Budget"), ToolCode("s", "Skills"), ToolCode("f", "Folder")]}
    codebook = Codebook(frame)
    assert codebook.find(ToolCode("1", "Shortage", "s"), tool) == "s2"
    assert codebook.find(ToolCode("1", "Shortage", "b"), tool) == "shortage"
    assert codebook.find(ToolCode("1", "Skills.Shortage"), {}) == "s2"
    assert codebook.find(ToolCode("1", "shortage", "f"), tool) == "shortage"


def test_the_codes_above_decide_as_far_up_as_it_takes() -> None:
    rows = [["a", ""], ["b", ""], ["a1", "a"], ["b1", "b"], ["a2", "a1"], ["b2", "b1"]]
    labels = {"a": "A", "b": "B", "a1": "Same", "b1": "Same", "a2": "Leaf", "b2": "Leaf"}
    frame = pd.DataFrame(rows, columns=["code_id", "parent_id"])
    frame = frame.assign(label_th=frame["code_id"].map(labels), label_en=frame["code_id"].map(labels))
    tool = {code.id: code for code in [ToolCode("1", "B"), ToolCode("2", "Same", "1"), ToolCode("3", "Leaf", "2")]}
    codebook = Codebook(frame)
    assert codebook.find(tool["3"], tool) == "b2"
    assert codebook.find(ToolCode("9", "A.Same.Leaf"), {}) == "a2"
    assert codebook.candidates(ToolCode("9", "Same.Leaf"), {}) == ["a2", "b2"]


def test_a_codebook_without_codes_knows_none() -> None:
    nothing = codes_table().iloc[:0]
    assert Codebook(nothing).candidates(ToolCode("1", "attitude"), {}) == []
