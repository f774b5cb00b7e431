"""Works of a bibliography file become entries of references.yml; what stands there stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from thongthin.basics.problems import Problems
from thongthin.commands.import_references import main
from thongthin.read.references import read_references

BIB = """\
@article{thai, author={สมชาย ใจดี}, title={การยอมรับ DGA}, journal={วารสาร}, year=2564, volume=5, number=2, pages={1--9},
  abstract={ยาว}}
@article{english, author={Somchai Jaidee}, title={Accepting the DGA}, journal={Journal}, year=2021, volume=5, number=2,
  pages={1-9}, doi={10.1/x}}
@online{a1, author={{เทศบาลเมือง}}, title={แผน Smart City 2565}, year=2565, url={https://example.org/}}
@online{a2, author={{Town Municipality}}, title={Smart City Plan 2022}, year=2022, url={https://example.org/}, isbn=3}
@patent{fig-x, author={Doe, J}, title={Machine: a "new" one}, year=2001}
@article{, author={สมชาย ใจดี}, title={An English title}, year=2021}
@article{untitled, year=2000, abstract={x}}
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "data/raw/small").mkdir(parents=True)
    (tmp_path / "works.bib").write_text(BIB, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(words)
    said = capsys.readouterr()
    return code, said.out, said.err


def entries(text: str, folder: Path) -> dict[str, tuple[bool, bool]]:
    """The works of a references.yml by id, and whether each has a Thai and an English part."""
    (folder / "references.yml").write_text(text, encoding="utf-8")
    problems = Problems()
    works = read_references(folder / "references.yml", problems)
    assert not problems.found, problems.found
    return {work.id: (work.th is not None, work.en is not None) for work in works}


def test_lines_can_be_read_and_the_rest_is_said_beside_them(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, lines, said = run(capsys, "works.bib")
    assert code == 0
    assert entries(lines, project) == {
        "english": (True, True),
        "a1": (True, False),
        "a2": (False, True),
        "doe2001": (False, True),
        "article2021": (False, True),
    }
    assert "  issued: 2021\n  volume: 5\n  issue: 2\n  page: 1-9\n  DOI: 10.1/x\n  th:\n" in lines
    assert "    author: [{given: สมชาย, family: ใจดี}]\n    title: การยอมรับ DGA\n" in lines
    assert "english: thai / english (the same year, volume and pages / ปี เล่ม และหน้าเดียวกัน)" in said
    assert "--pair a1=a2: a1 / a2 (the same year, and in both titles: 2022, city, smart" in said
    assert "doe2001: @patent → report" in said
    assert "article2021: สมชาย ใจดี" in said, "a Thai name beside an English title"
    assert "abstract: english (ยาว)" in said and "isbn: a2 (3)" in said
    assert "Without a title, left out / ไม่มีชื่อเรื่อง จึงไม่นำเข้า\n  untitled" in said


def test_what_people_say_is_a_pair_is_one(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, lines, said = run(capsys, "works.bib", "--pair", "a1=a2")
    assert code == 0 and entries(lines, project)["a2"] == (True, True)
    assert "a2: a1 / a2 (as said / ตามที่ระบุ)" in said
    code, lines, said = run(capsys, "works.bib", "--pair", "a1=a3")
    assert code == 1 and not lines
    assert 'There is no entry "a3" with an English title.' in said and 'ไม่มีรายการ "a3"' in said


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_written_behind_what_stands_which_stays(project: Path, capsys: pytest.CaptureFixture[str], end: str) -> None:
    path = project / "data/raw/small/references.yml"
    before = end.join(["# mine", "- id: english  # kept", "  type: book", "  en: {title: Old}", "", ""]).encode()
    path.write_bytes(before)
    code, said, _ = run(capsys, "works.bib", "--study", "small", "--write")
    assert code == 0 and "5 works were added to data/raw/small/references.yml." in said
    after = path.read_bytes()
    assert after.startswith(before.rstrip(b"\r\n")) and after.count(b"\r") == (after.count(b"\n") if "\r" in end else 0)
    assert list(entries(after.decode(), project)) == ["english", "englisha", "a1", "a2", "doe2001", "article2021"]
    code, said, told = run(capsys, "works.bib", "--study", "small", "--write")
    assert code == 0 and path.read_bytes() == after, "a second time there is nothing new"
    assert "englisha: thai" in told and "doe2001: fig-x" in told


def test_the_empty_list_of_a_new_study_makes_room(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = project / "data/raw/small/references.yml"
    path.write_text("# - id: example\n[]\n", encoding="utf-8")
    assert run(capsys, "works.bib", "--study", "small", "--write")[0] == 0
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# - id: example\n- id: english\n") and "[]" not in text
    path.unlink()
    assert run(capsys, "works.bib", "--study", "small", "--write")[0] == 0
    assert path.read_text(encoding="utf-8").startswith("# งานที่อ้างอิง") and len(entries(path.read_text(), project)) == 5


def test_a_work_that_stands_in_one_language_is_not_changed_but_told(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = project / "data/raw/small/references.yml"
    own = (
        "- {id: own, type: article-journal, issued: 2021, volume: 5, issue: 2, page: 1-9, th: {title: การยอมรับ DGA}}\n"
    )
    path.write_text(own, encoding="utf-8")
    code, lines, said = run(capsys, "works.bib", "--study", "small")
    assert code == 0 and "english" not in lines and path.read_text(encoding="utf-8") == own
    assert "  own: DOI: 10.1/x\n" in said, "what it does not know"
    assert "  own:\n    en:\n      author: [{given: Somchai, family: Jaidee}]\n      title: Accepting the DGA\n" in said


def test_nothing_is_written_where_something_is_wrong(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = project / "data/raw/small/references.yml"
    path.write_text("- id: x\n  type: film\n", encoding="utf-8")
    code, lines, said = run(capsys, "works.bib", "--study", "small", "--write")
    assert code == 1 and not lines and '"film" is not possible here' in said
    assert path.read_text(encoding="utf-8") == "- id: x\n  type: film\n"
    code, lines, said = run(capsys, "absent.bib")
    assert code == 1 and "This file is missing." in said
    (project / "broken.bib").write_text("@book{a, title={x}", encoding="utf-8")
    code, lines, said = run(capsys, "broken.bib")
    assert code == 1 and "Line 1: The entry that begins here cannot be read" in said and "บรรทัดที่ 1" in said


def test_hostile_text_stays_text(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    title = "- id: x # \\x1b[31m 'a' \"b\": {c} [d] & *e %f @g `h`"
    (project / "works.ris").write_text(
        f"TY  - BOOK\nTI  - {title}\nPY  - 2020\nPB  - no\nCY  - 12:30\nVL  - 007\nID  - y\u202ex\nER  - \n",
        encoding="utf-8",
    )
    code, lines, _ = run(capsys, "works.ris")
    assert code == 0
    (project / "references.yml").write_text(lines, encoding="utf-8")
    (work,) = read_references(project / "references.yml", Problems())
    assert work.en and work.en.title == title
    assert (work.en.publisher, work.en.publisher_place, work.volume, work.id) == ("no", "12:30", "007", "book2020")
