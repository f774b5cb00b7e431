from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from coding_files import MARKS, PARENT, RQDA, codes_table, database, expected, transcripts_table, turns_table
from coding_files import rqda as made

from thongthin.basics.problems import Problems
from thongthin.read.coding import read_coding
from thongthin.read.coding.model import Case, CodedFile, Memo, NamedSet, ToolCode
from thongthin.read.coding.recognise import read_file, recognised
from thongthin.read.coding.rqda import read_rqda

TEXT = "ผู้ให้ข้อมูล: สิบปี 👍 แล้วครับ\nน้ำใสดี"


def row(table: str, **cells: object) -> tuple[Any, ...]:
    """A row of a table of RQDA, whose status is 1 unless told otherwise."""
    declared = RQDA.split(f"CREATE TABLE {table} (")[1].split(");")[0]
    columns = [column.split()[0] for column in declared.split(",")]
    assert set(cells) <= set(columns), (table, cells)
    return (table, *(cells.get(column, 1 if column == "status" else None) for column in columns))


def coding(passage: str, cid: int = 1, table: str = "coding", **more: object) -> tuple[Any, ...]:
    start = float(TEXT.index(passage))
    cells = {"fid": 1, "owner": "SK", "selfirst": start, "selend": start + len(passage), "seltext": passage, **more}
    return row(table, cid=cid, **cells)


BASE = [
    row("source", id=1, name="P01", file=TEXT, owner="SK", memo="เสียงชัด"),
    row("freecode", id=1, name="skills", memo="ทักษะที่ใช้"),
    row("freecode", id=2, name="budget"),
]


def read(folder: Path, *rows: tuple[Any, ...]) -> tuple[CodedFile, Problems]:
    path = folder / "project.rqda"
    path.write_bytes(database(RQDA, [*BASE, *rows]))
    problems = Problems()
    coded = read_rqda(path, problems.at("coding/project.rqda"))
    assert coded is not None
    assert [str(problem) for problem in problems] == []
    return coded, problems


def test_a_project_as_a_study_reads_it(tmp_path: Path) -> None:
    (path,) = made().write(tmp_path)
    problems = Problems()
    read = read_coding([path], codes_table(), transcripts_table(), turns_table(), problems.at("coding"))
    assert [str(problem) for problem in [*problems, *problems.notices]] == []
    segment = ["participant_id", "start", "end", "code_id", "coder", "text"]
    assert list(read.codings[segment].itertuples(index=False, name=None)) == expected(MARKS)
    assert read.coding_sources[["format", "tool", "unit"]].drop_duplicates().values.tolist() == [
        ["rqda", "RQDA", "code_points"]
    ]
    assert [code for code, parent in PARENT.items() if parent] == ["budget_need", "skills_need"]


def test_what_was_deleted_is_left_out(tmp_path: Path) -> None:
    coded, problems = read(
        tmp_path,
        row("source", id=2, name="P02", file="น้ำ", status=0),
        row("freecode", id=3, name="old", status=0),
        coding("สิบปี"),
        coding("แล้วครับ", status=-1),
        coding("น้ำใสดี", status=0),
        coding("น้ำใสดี", cid=3),
        coding("น้ำ", fid=2),
        coding("👍", status=None),
    )
    assert [(s.quoted, s.place) for s in coded.selections] == [("สิบปี", "coding 1"), ("👍", "coding 6")]
    assert [source.name for source in coded.sources] == ["P01"]
    assert [code.name for code in coded.codes] == ["skills", "budget"]
    assert problems.notices == []


def test_codings_whose_code_is_gone_for_good_are_told_once(tmp_path: Path) -> None:
    coded, problems = read(tmp_path, coding("สิบปี"), coding("แล้วครับ", cid=18), coding("น้ำใสดี", fid=9))
    assert len(coded.selections) == 1
    (notice,) = problems.notices
    assert notice.en == (
        "2 codings belong to a text or code that was deleted for good. RQDA does not show them, and they are not read"
        " (table coding, rows 2, 3)."
    )
    assert "ตาราง coding แถวที่ 2, 3" in notice.th


def test_a_code_of_one_category_stands_below_it_and_one_of_several_does_not(tmp_path: Path) -> None:
    coded, _ = read(
        tmp_path,
        row("codecat", catid=5, name="People", memo="คน"),
        row("codecat", catid=6, name="Money"),
        row("codecat", catid=7, name="Deleted", status=0),
        row("treecode", cid=1, catid=5),
        row("treecode", cid=1, catid=7),
        row("treecode", cid=2, catid=5),
        row("treecode", cid=2, catid=6),
        row("treecode", cid=2, catid=6),
    )
    assert coded.codes == [
        ToolCode("category 5", "People", "", "คน", codable=False),
        ToolCode("code 1", "skills", "category 5", "ทักษะที่ใช้"),
        ToolCode("code 2", "budget"),
    ]
    assert coded.sets == [NamedSet("People", codes=("code 2",)), NamedSet("Money", codes=("code 2",))]


def test_the_second_coding_of_the_same_name_is_kept_apart(tmp_path: Path) -> None:
    coded, _ = read(
        tmp_path,
        coding("สิบปี"),
        coding("สิบปี", table="coding2"),
        coding("น้ำใสดี", table="coding2", owner="NP", memo="ชัดเจน"),
    )
    assert [(s.coder, s.place) for s in coded.selections] == [
        ("SK", "coding 1"),
        ("SK (coding2)", "second coding 1"),
        ("NP", "second coding 2"),
    ]
    assert Memo("selection", "second coding 2", "ชัดเจน", coder="NP") in coded.memos


def test_the_user_that_rqda_calls_default_is_nobody(tmp_path: Path) -> None:
    coded, _ = read(tmp_path, coding("สิบปี", owner="default"))
    assert [s.coder for s in coded.selections] == [""]
    problems = Problems()
    transcripts = transcripts_table().iloc[:1].assign(text=TEXT)
    read_coding([tmp_path / "project.rqda"], codes_table(), transcripts, turns_table(), problems.at("coding"))
    assert [p.kind for p in problems] == ["no-coder"]
    assert 'coding: {files: [{file: "project.rqda", coder: SK}]}' in problems.found[0].hint_en


def test_cases_sets_memos_and_pictures(tmp_path: Path) -> None:
    coded, _ = read(
        tmp_path,
        row("cases", id=4, name="Nam Sai", memo="ตำบล"),
        row("cases", id=5, name="Gone", status=0),
        row("caselinkage", caseid=4, fid=1),
        row("caselinkage", caseid=4, fid=9),
        row("caseAttr", variable="type", value="อบต.", caseID=4),
        row("fileAttr", variable="sex", value="หญิง", fileID=1),
        row("fileAttr", variable="age", value="40", fileID=1, status=0),
        row("filecat", catid=1, name="officials"),
        row("treefile", fid=1, catid=1),
        row("journal", name="วันแรก", journal="เริ่มอ่าน", owner="SK"),
        row("annotation", fid=1, position=3, annotation="เงียบนาน", owner="SK"),
        row("image", id=2, name="map.png"),
        row("imageCoding", cid=1, iid=2, owner="SK"),
        row("project", memo="งานวิจัย"),
    )
    assert coded.cases == [
        Case("case 4", "Nam Sai", ("1",), {"type": "อบต."}),
        Case("file 1", "P01", ("1",), {"sex": "หญิง"}),
    ]
    assert coded.sets == [NamedSet("officials", sources=("1",))]
    assert [(memo.on, memo.text) for memo in coded.memos] == [
        ("project", "งานวิจัย"),
        ("project", "เริ่มอ่าน"),
        ("source", "เสียงชัด"),
        ("source", "เงียบนาน"),
        ("case", "ตำบล"),
    ]
    assert [(s.source, s.start, s.quoted) for s in coded.selections] == [("image 2", None, "")]


@pytest.mark.parametrize("name", ["project.rqda", "backup.db", "x.sqlite3", "x.qda"])
def test_a_project_is_known_by_its_tables_whatever_its_name(tmp_path: Path, name: str) -> None:
    (path,) = made(name).write(tmp_path)
    assert recognised(path) == "rqda"


def test_a_file_that_is_no_project_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.rqda").write_bytes(b"nothing")
    (tmp_path / "b.rqda").write_bytes(database("CREATE TABLE source (id integer)", []))
    kinds = []
    for name in ("a.rqda", "b.rqda"):
        problems = Problems()
        assert read_file(tmp_path / name, problems.at(name), format=None, coder=None, known=()) is None
        kinds += [problem.kind for problem in problems]
        assert "RQDA" in problems.found[0].en
    assert kinds == ["not-sqlite", "not-the-tool"]
