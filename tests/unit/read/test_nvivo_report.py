from __future__ import annotations

from pathlib import Path

import pytest

from thongthin.basics.problems import Problems
from thongthin.read.coding.doubts import tell_cut_passages
from thongthin.read.coding.model import CodedFile, Selection
from thongthin.read.coding.nvivo_report import is_report
from thongthin.read.coding.recognise import read_file, recognised

# As NVivo 12 writes them, and as older versions call a document.
REPORT = (
    "<Files\\\\Round 1\\\\P01> - § 2 references coded  [ 3.21% Coverage]\r\n\r\n"
    "Reference 1 - 1.60% Coverage\r\n\r\nงบไม่พอ\r\n- แต่คนพร้อม\r\n\r\n"
    "Reference 2 - 1.61% Coverage\r\n\r\nคนรุ่นใหม่พร้อม\r\n\r\n"
    "<Internals\\\\P02> - § 1 reference coded  [ 0,38% Coverage]\r\n\r\n"
    "Reference 1 - 0,38% Coverage\r\n\r\nไฟไม่ดับ\r\n"
)


def read(folder: Path, text: str, name: str = "Budget.txt") -> tuple[CodedFile, Problems]:
    (folder / name).write_bytes(text.encode())
    problems = Problems()
    coded = read_file(folder / name, problems.at(f"coding/{name}"), format=None, coder="SK", known=())
    assert coded is not None
    return coded, problems


def test_passages_of_a_code_that_the_file_is_called_by(tmp_path: Path) -> None:
    coded, problems = read(tmp_path, REPORT)
    assert [str(problem) for problem in problems] == []
    assert (coded.format, coded.tool, coded.units) == ("nvivo", "NVivo", ())
    assert [(s.source, s.codes, s.coder, s.quoted, s.place) for s in coded.selections] == [
        ("P01", ("Budget",), "SK", "งบไม่พอ\n- แต่คนพร้อม", "passage 1"),
        ("P01", ("Budget",), "SK", "คนรุ่นใหม่พร้อม", "passage 2"),
        ("P02", ("Budget",), "SK", "ไฟไม่ดับ", "passage 3"),
    ]


def test_a_code_is_called_with_those_above_it(tmp_path: Path) -> None:
    coded, _ = read(tmp_path, f"Name: Nodes\\\\Budget\\\\Shortage\r\n\r\n{REPORT}")
    assert [(code.name, code.parent) for code in coded.codes] == [("Budget", ""), ("Shortage", "Budget")]


def test_a_document_with_fewer_or_more_passages_than_it_says_is_a_problem(tmp_path: Path) -> None:
    _, problems = read(tmp_path, REPORT.replace("§ 2", "§ 3"))
    assert [p.en for p in problems] == ['"P01" should have 3 passages here, and has 2.']
    assert '"P01" ควรมีข้อความ 3 แห่ง' in problems.found[0].th


def test_a_passage_that_two_users_coded_counts_as_two_references(tmp_path: Path) -> None:
    text = "<Files\\P01> - § 3 references coded [ 3% Coverage]\n\nReferences 1-2 - 1.88% Coverage\n\nงบไม่พอ\n\n"
    coded, problems = read(tmp_path, f"{text}Reference 3 - 1.12% Coverage\n\nไฟไม่ดับ\n")
    assert [str(problem) for problem in problems] == []
    assert [selection.quoted for selection in coded.selections] == ["งบไม่พอ", "ไฟไม่ดับ"]


def test_the_share_of_a_passage_is_what_its_rounded_coverage_may_mean_at_least(tmp_path: Path) -> None:
    coded, _ = read(tmp_path, REPORT)
    assert [s.share for s in coded.selections] == pytest.approx([0.01595, 0.01605, 0.00375])


@pytest.mark.parametrize(("kept", "told"), [(60, 0), (58, 0), (40, 1), (20, 1)])
def test_a_passage_that_lost_some_of_its_text_is_told_by_its_coverage(kept: int, told: int) -> None:
    words = "ก" * 60
    problems = Problems()
    cut = Selection("P01", None, None, ("Budget",), "SK", words[:kept], "passage 2", share=0.0995)
    tell_cut_passages([cut], "P01", words * 10, problems.at("coding/Budget.txt"))
    assert [notice.kind for notice in problems.notices] == ["cut-passage"] * told
    if told:
        assert f"passage 2, has {kept} characters and should have about 60" in problems.notices[0].en
        assert f"(ข้อความที่ 2) มี {kept} อักขระ ทั้งที่ควรมีราว 60 อักขระ" in problems.notices[0].th


def test_a_document_that_is_shorter_in_the_tool_makes_no_passage_short() -> None:
    problems = Problems()
    whole = [Selection("P01", None, None, (), "SK", "ก" * n, f"passage {n}", share=n / 1000) for n in (50, 80, 120)]
    tell_cut_passages(whole, "P01", "ข" * 1500, problems)
    assert problems.notices == []


@pytest.mark.parametrize(
    "text", ["", "Reference 1 - 1.60% Coverage\nx", "<Files\\P01> - § 1 reference coded [ 1% Coverage]\nx"]
)
def test_other_texts_are_no_such_report(tmp_path: Path, text: str) -> None:
    assert not is_report(text)
    (tmp_path / "x.txt").write_text(text, encoding="utf-8")
    assert recognised(tmp_path / "x.txt") is None
