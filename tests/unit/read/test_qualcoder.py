from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from thongthin.basics.language import normalise_text
from thongthin.basics.problems import Problems
from thongthin.read.coding.model import Case, CodedFile, Memo, ToolCode
from thongthin.read.coding.positions import Convention, place
from thongthin.read.coding.qualcoder import SPEAKER_CODER, read_qualcoder

# The tables that QualCoder 4.0 makes (database v17), those that are read; and those of its version 1.0.
SCHEMA = """
CREATE TABLE project (databaseversion text, date text, memo text, about text, bookmarkfile integer,
    bookmarkpos integer, codername text, recently_used_codes text);
CREATE TABLE source (id integer primary key, name text, fulltext text, mediapath text, memo text, owner text,
    date text, av_text_id integer, risid integer, unique(name));
CREATE TABLE annotation (anid integer primary key, fid integer, pos0 integer, pos1 integer, memo text, owner text,
    date text, unique(fid, pos0, pos1, owner));
CREATE TABLE attribute (attrid integer primary key, name text, attr_type text, value text, id integer, date text,
    owner text, unique(name, attr_type, id));
CREATE TABLE case_text (id integer primary key, caseid integer, fid integer, pos0 integer, pos1 integer, owner text,
    date text, memo text);
CREATE TABLE cases (caseid integer primary key, name text, memo text, owner text, date text,
    constraint ucm unique(name));
CREATE TABLE code_cat (catid integer primary key, name text, owner text, date text, memo text, supercatid integer,
    unique(name));
CREATE TABLE code_text (ctid integer primary key, cid integer, fid integer, seltext text, pos0 integer, pos1 integer,
    owner text, date text, memo text, avid integer, important integer, unique(cid, fid, pos0, pos1, owner));
CREATE TABLE code_name (cid integer primary key, name text, memo text, catid integer, owner text, date text,
    color text, supercid integer, unique(name));
CREATE TABLE journal (jid integer primary key, name text, jentry text, date text, owner text, unique(name));
CREATE VIEW code_text_visible AS SELECT * FROM code_text;
"""
OLD_SCHEMA = """
CREATE TABLE source (id integer primary key, name text, fulltext text, mediapath text, memo text, owner text,
    date text);
CREATE TABLE code_text (cid integer, fid integer, seltext text, pos0 integer, pos1 integer, owner text, date text,
    memo text);
CREATE TABLE code_name (cid integer primary key, name text, memo text, catid integer, owner text, date text,
    color text);
CREATE TABLE code_cat (catid integer primary key, name text, owner text, date text, memo text, supercatid integer);
"""
TEXT = "ผู้สัมภาษณ์: ทํางาน 👍 กี่ปี\nผู้ให้ข้อมูล: สิบปี\nแล้วครับ"


def make(path: Path, schema: str, **tables: list[dict]) -> Path:
    connection = sqlite3.connect(path)
    connection.executescript(schema)
    for table, rows in tables.items():
        for row in rows:
            marks = ", ".join("?" * len(row))
            connection.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", tuple(row.values()))
    connection.commit()
    connection.close()
    return path


def coding(number: int, code: int, passage: str, owner: str = "SK", utf16: bool = False, **more: object) -> dict:
    def position(at: int) -> int:
        return len(TEXT[:at].encode("utf-16-le")) // 2 if utf16 else at

    start = TEXT.index(passage)
    return {"ctid": number, "cid": code, "fid": 1, "seltext": passage, "pos0": position(start),
            "pos1": position(start + len(passage)), "owner": owner, "memo": "", **more}  # fmt: skip


def project(path: Path, codings: list[dict]) -> Path:
    return make(
        path,
        SCHEMA,
        project=[{"about": "QualCoder 4.0", "memo": "เรื่องโครงการ", "databaseversion": "v17"}],
        source=[
            {"id": 1, "name": "P01.txt", "fulltext": TEXT, "mediapath": None, "memo": "บันทึก"},
            {"id": 2, "name": "site.png", "fulltext": None, "mediapath": "/images/site.png"},
            {"id": 3, "name": "talk.mp3", "fulltext": None, "mediapath": "audio:/etc/passwd"},
            {"id": 4, "name": "plan.pdf", "fulltext": "แผน", "mediapath": "/docs/plan.pdf"},
        ],
        code_cat=[{"catid": 1, "name": "ปัจจัย", "memo": ""}, {"catid": 2, "name": "คน", "supercatid": 1}],
        code_name=[
            {"cid": 1, "name": "ทัศนคติ", "memo": "นิยาม", "catid": 2},
            {"cid": 2, "name": "เวลา", "catid": None},
            {"cid": 3, "name": "นาน", "supercid": 2, "catid": 1},
            {"cid": 4, "name": "หลง", "catid": 99},
        ],
        code_text=codings,
        cases=[{"caseid": 1, "name": "P01", "memo": "เรื่องกรณี"}],
        case_text=[{"caseid": 1, "fid": 1, "pos0": 0, "pos1": 9}, {"caseid": 1, "fid": 1}, {"caseid": 1, "fid": 77}],
        attribute=[
            {"name": "site", "attr_type": "case", "value": "S01", "id": 1},
            {"name": "age", "attr_type": "case", "value": "41", "id": 1},
            {"name": "empty", "attr_type": "case", "value": "", "id": 1},
            {"name": "site", "attr_type": "file", "value": "S02", "id": 4},
        ],
        journal=[{"jid": 1, "name": "วันแรก", "jentry": "เริ่มลงรหัส", "owner": "NP"}],
        annotation=[{"fid": 1, "pos0": 0, "pos1": 3, "memo": "ตรวจอีกครั้ง", "owner": "NP"}],
    )


def read(path: Path) -> tuple[CodedFile, Problems]:
    problems = Problems()
    coded = read_qualcoder(path, problems.at(f"coding/{path.name}"))
    assert coded is not None
    return coded, problems


@pytest.mark.parametrize("as_folder", [True, False])
def test_a_project_is_read_from_its_folder_or_its_file(tmp_path: Path, as_folder: bool) -> None:
    path = tmp_path / "งาน วิจัย.qda"
    if as_folder:
        path.mkdir()
    codings = [coding(2, 1, "สิบปี\nแล้วครับ", "NP", memo="แน่ใจ"), coding(1, 3, "👍 กี่ปี")]
    project(path / "data.qda" if as_folder else path, codings)
    coded, problems = read(path)
    assert not problems.found
    assert (coded.tool, coded.format) == ("QualCoder 4.0", "qualcoder")
    assert [(s.id, s.name, s.kind, s.text) for s in coded.sources] == [
        ("1", "P01.txt", "text", TEXT),
        ("2", "site.png", "picture", None),
        ("3", "talk.mp3", "audio", None),
        ("4", "plan.pdf", "text", "แผน"),
    ]
    assert coded.codes == [
        ToolCode("category 1", "ปัจจัย", codable=False),
        ToolCode("category 2", "คน", "category 1", codable=False),
        ToolCode("code 1", "ทัศนคติ", "category 2", "นิยาม"),
        ToolCode("code 2", "เวลา"),
        ToolCode("code 3", "นาน", "code 2"),
        ToolCode("code 4", "หลง"),
    ]
    assert [(s.source, s.codes, s.coder, s.quoted, s.place) for s in coded.selections] == [
        ("1", ("code 3",), "SK", "👍 กี่ปี", "coding 1"),
        ("1", ("code 1",), "NP", "สิบปี\nแล้วครับ", "coding 2"),
    ]
    assert coded.cases == [
        Case("case 1", "P01", ("1",), {"age": "41", "site": "S01"}),
        Case("file 4", "plan.pdf", ("4",), {"site": "S02"}),
    ]
    assert coded.memos == [
        Memo("project", "", "เรื่องโครงการ"),
        Memo("project", "", "เริ่มลงรหัส", "วันแรก", "NP"),
        Memo("source", "1", "บันทึก"),
        Memo("source", "1", "ตรวจอีกครั้ง", coder="NP"),
        Memo("case", "case 1", "เรื่องกรณี"),
        Memo("selection", "2", "แน่ใจ", coder="NP"),
    ]


@pytest.mark.parametrize("utf16", [True, False])
def test_positions_are_code_points_or_those_of_its_text_window(tmp_path: Path, utf16: bool) -> None:
    passages = ["ทํางาน 👍", "กี่ปี", "สิบปี\nแล้วครับ"]
    codings = [coding(n, 1, passage, utf16=utf16) for n, passage in enumerate(passages, 1)]
    codings[2]["seltext"] = "สิบปี\u2029แล้วครับ"  # so Qt writes a line end
    coded, _ = read(project(tmp_path / "data.qda", codings))
    transcript = normalise_text(TEXT)
    placements, report = place(TEXT, transcript, coded.selections, coded.units)
    assert report.convention == Convention("utf16" if utf16 else "code_points")
    assert [transcript[p.start : p.end] for p in placements] == ["ทำงาน 👍", "กี่ปี", "สิบปี\nแล้วครับ"]


def test_what_tells_the_speakers_apart_is_no_coding(tmp_path: Path) -> None:
    """QualCoder 4.0 marks speakers in a name of its own; a person may use their codes as well."""
    speakers = [coding(1, 6, TEXT[:24], SPEAKER_CODER), coding(2, 7, "สิบปี", SPEAKER_CODER), coding(3, 7, "กี่ปี", "SK")]
    path = project(tmp_path / "data.qda", [*speakers, coding(4, 1, "สิบปี")])
    connection = sqlite3.connect(path)
    connection.execute("INSERT INTO code_cat (catid, name) VALUES (9, '📌 ผู้พูด'), (8, '📌 ของฉัน')")
    connection.execute("INSERT INTO code_name (cid, name, catid) VALUES (6, 'ผู้สัมภาษณ์', 9), (7, 'ผู้ให้ข้อมูล', 8)")
    connection.commit()
    connection.close()
    coded, problems = read(path)
    assert not problems.found
    assert [(s.codes, s.coder, s.quoted) for s in coded.selections] == [
        (("code 7",), "SK", "กี่ปี"),
        (("code 1",), "SK", "สิบปี"),
    ]
    names = [code.name for code in coded.codes]
    assert names == ["ปัจจัย", "คน", "📌 ของฉัน", "ทัศนคติ", "เวลา", "นาน", "หลง", "ผู้ให้ข้อมูล"]


def test_an_old_project_lacks_columns_and_tables(tmp_path: Path) -> None:
    row = coding(1, 1, "สิบปี")
    del row["ctid"]
    path = make(
        tmp_path / "data.qda",
        OLD_SCHEMA,
        source=[{"id": 1, "name": "P01", "fulltext": TEXT}],
        code_name=[{"cid": 1, "name": "เวลา", "catid": 5}],
        code_cat=[{"catid": 5, "name": "ปัจจัย"}],
        code_text=[row],
    )
    coded, problems = read(path)
    assert not problems.found
    assert [(s.codes, s.quoted, s.start) for s in coded.selections] == [(("code 1",), "สิบปี", TEXT.index("สิบปี"))]
    assert coded.codes[1].parent == "category 5"
    assert (coded.tool, coded.cases, coded.memos) == ("QualCoder", [], [])


def test_codings_of_nothing_are_told(tmp_path: Path) -> None:
    codings = [coding(1, 8, "สิบปี"), coding(2, 1, "สิบปี", fid=9), coding(3, 1, "สิบปี")]
    coded, problems = read(project(tmp_path / "data.qda", codings))
    assert [problem.en for problem in problems] == [
        "Coding 1 belongs to code 8, which is not in this file.",
        "Coding 2 belongs to file 9, which is not in this file.",
    ]
    assert all(problem.th and problem.hint_en and problem.hint_th for problem in problems)
    assert len(coded.selections) == 1


def test_what_is_no_project_is_refused(tmp_path: Path) -> None:
    empty = tmp_path / "empty.qda"
    empty.mkdir()
    view = make(
        tmp_path / "view.qda", OLD_SCHEMA.replace("code_text", "t") + "CREATE VIEW code_text AS SELECT * FROM t;"
    )
    whole = project(tmp_path / "whole.qda", [coding(1, 1, "สิบปี")])
    (tmp_path / "half.qda").write_bytes(whole.read_bytes()[:20_000])
    (tmp_path / "text.qda").write_bytes(b"text")
    for path, told in (
        (empty, "cannot be opened"),
        (view, 'there is no table "code_text"'),
        (tmp_path / "half.qda", "damaged or was cut short"),
        (tmp_path / "text.qda", "no SQLite file"),
    ):
        problems = Problems()
        assert read_qualcoder(path, problems.at(path.name)) is None
        (problem,) = problems
        assert told in problem.en and problem.th, path.name
