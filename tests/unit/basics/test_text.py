from __future__ import annotations

from pathlib import Path

import pytest

from thongthin.basics.problems import Problems
from thongthin.basics.text import decoded, read_text

DIRTY = Path(__file__).parents[3] / "../shared/data/thai_text_dirty"
THAI = "site_id,name_th\r\nS01,เทศบาลตำบลน้ำใส\r\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp874", "tis-620", "utf-32"]
)
def test_thai_is_read_in_every_encoding_that_is_certain(encoding: str) -> None:
    assert decoded(THAI.encode(encoding)) == THAI


@pytest.mark.parametrize("name", ["question_answer_1.txt", "question_answer_2.txt"])
def test_real_thai_text_is_read_from_the_code_page(name: str) -> None:
    if not DIRTY.is_dir():
        pytest.skip("../shared/data is not here")
    text = (DIRTY / name).read_text(encoding="utf-8")
    data = text.encode("cp874", "ignore")
    assert decoded(data) == data.decode("cp874")
    assert decoded(text.encode("utf-16-le")) == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("café à la façon naïve", "cp1252"),
        ("señor, año, mañana", "latin-1"),
        ("Müller, größer, über", "cp1252"),
        ("Привет, как дела?", "cp1251"),
        ("中文文本测试", "gbk"),
        ("日本語のテキスト", "shift_jis"),
    ],
)
def test_other_code_pages_are_never_taken_for_thai(text: str, encoding: str) -> None:
    assert decoded(text.encode(encoding)) is None


def test_quotation_marks_that_all_windows_code_pages_share_are_read() -> None:
    assert decoded("“yes” – it’s …".encode("cp1252")) == "“yes” – it’s …"


def test_an_uncertain_encoding_is_said_with_the_line(tmp_path: Path) -> None:
    path = tmp_path / "codebook.csv"
    path.write_bytes("code_id\ncafé\n".encode("cp1252"))
    problems = Problems()
    assert read_text(path, problems.at("codebook.csv")) is None
    said = str(problems.found[0])
    assert said.startswith(
        "codebook.csv:\n  Row 2: This file is not UTF-8 (byte 12 is 0xE9), and no other encoding fits"
    )
    assert "ไฟล์นี้ไม่ใช่ UTF-8" in said
    assert "CSV UTF-8" in said


def test_what_is_no_text_is_said(tmp_path: Path) -> None:
    path = tmp_path / "P01.txt"
    path.write_bytes(b"line\n\x00\x01\x02 abc")
    problems = Problems()
    assert read_text(path, problems.at("P01.txt")) is None
    assert "P01.txt:\n  Line 2: This is not a text file" in str(problems.found[0])
    assert "ไม่ใช่ไฟล์ข้อความ" in problems.found[0].th


def test_a_missing_file_names_those_called_alike(tmp_path: Path) -> None:
    (tmp_path / "codebok.csv").write_text("x")
    (tmp_path / "sites.csv").write_text("x")
    problems = Problems()
    assert read_text(tmp_path / "codebook.csv", problems) is None
    assert (problems.found[0].en, problems.found[0].hint_en) == ("This file is missing.", 'Is it "codebok.csv"?')
