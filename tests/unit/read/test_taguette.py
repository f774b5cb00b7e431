from __future__ import annotations

import json
import sqlite3
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongthin.basics.language import normalise_text
from thongthin.basics.problems import Problems
from thongthin.read.coding.model import CodedFile, ToolCode
from thongthin.read.coding.positions import Convention, place
from thongthin.read.coding.taguette import read_taguette, text_of_html

# The tables that Taguette 1.4 makes, without those of its users' accounts.
SCHEMA = """
CREATE TABLE projects (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, name VARCHAR(200) NOT NULL,
    description TEXT NOT NULL, created DATETIME NOT NULL);
CREATE TABLE documents (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, name VARCHAR(200) NOT NULL,
    description TEXT NOT NULL, filename VARCHAR(200) NOT NULL, created DATETIME NOT NULL, project_id INTEGER NOT NULL,
    text_direction VARCHAR(13) NOT NULL, contents TEXT NOT NULL,
    FOREIGN KEY(project_id) REFERENCES projects (id) ON DELETE CASCADE);
CREATE TABLE commands (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, date DATETIME NOT NULL,
    user_login VARCHAR(30) NOT NULL, project_id INTEGER NOT NULL, document_id INTEGER, payload TEXT NOT NULL);
CREATE TABLE highlights (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, document_id INTEGER NOT NULL,
    start_offset INTEGER NOT NULL, end_offset INTEGER NOT NULL, snippet TEXT NOT NULL);
CREATE TABLE tags (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, project_id INTEGER NOT NULL,
    path VARCHAR(200) NOT NULL, description TEXT NOT NULL, UNIQUE (project_id, path));
CREATE TABLE highlight_tags (highlight_id INTEGER NOT NULL, tag_id INTEGER NOT NULL,
    PRIMARY KEY (highlight_id, tag_id));
CREATE INDEX ix_documents_project_id ON documents (project_id);
"""
HTML = (
    "<h1>บทสัมภาษณ์ &amp; บันทึก</h1>\n<p>ผู้สัมภาษณ์: ท่าน<b>ทํางาน</b>ที่นี่&nbsp;กี่ปี</p>\n"
    '<p>ผู้ให้ข้อมูล: สิบปี 👍 &lt;ประมาณ&gt; <a href="https://example.org/?a=1&amp;b=2">ดู</a><br/>ต่อ</p>'
)
TEXT = "บทสัมภาษณ์ & บันทึก\nผู้สัมภาษณ์: ท่านทํางานที่นี่\u00a0กี่ปี\nผู้ให้ข้อมูล: สิบปี 👍 <ประมาณ> ดูต่อ"


def insert(path: Path, *rows: tuple) -> None:
    """Rows of a project: the table, and its cells."""
    connection = sqlite3.connect(path)
    for table, *cells in rows:
        connection.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(cells))})", cells)
    connection.commit()
    connection.close()


def document(number: int, name: str, contents: str, project: int = 1) -> tuple:
    return ("documents", number, name, "", f"{name}.txt", "2023-04-12", project, "LEFT_TO_RIGHT", contents)


def added(number: int, login: str, highlight: object) -> tuple:
    payload = {"type": "highlight_add", "highlight_id": highlight, "start_offset": 0, "end_offset": 1, "tags": []}
    return ("commands", number, "2023-04-12", login, 1, 1, json.dumps(payload))


def bytes_at(passage: str) -> tuple[int, int]:
    start = len(TEXT[: TEXT.index(passage)].encode())
    return start, start + len(passage.encode())


@pytest.fixture
def project(tmp_path: Path) -> Path:
    path = tmp_path / "โครงการ.sqlite3"
    connection = sqlite3.connect(path)
    connection.executescript(SCHEMA)
    connection.close()
    insert(
        path,
        ("projects", 1, "ท้องถิ่น", "", "2023-04-12"),
        ("projects", 2, "ว่าง", "", "2023-04-12"),
        document(1, "P01", HTML),
        ("tags", 1, 1, "attitude", "ทัศนคติ"),
        ("tags", 2, 1, "attitude.positive", ""),
        ("tags", 3, 1, "พ.ศ. 2566", ""),
        ("tags", 4, 1, "attitude.positive.very.much", ""),
        ("highlights", 1, 1, *bytes_at("ท่านทํางานที่นี่\u00a0กี่ปี"), "<p>ท่าน<b>ทํางาน</b>ที่นี่&nbsp;กี่ปี</p>"),
        ("highlights", 2, 1, *bytes_at("👍 <ประมาณ>"), "👍 &lt;ประมาณ&gt;"),
        ("highlights", 3, 1, *bytes_at("ดูต่อ"), '<a href="x">ดู</a><br>ต่อ'),
        ("highlight_tags", 1, 2),
        ("highlight_tags", 1, 1),
        ("highlight_tags", 2, 3),
        added(1, "somchai", 1),
        added(2, "somchai", 2),
        added(3, "nok", 1),
        ("commands", 4, "2023-04-12", "nok", 1, 1, '{"type": "highlight_delete", "highlight_id": 2}'),
        ("commands", 5, "2023-04-12", "x", 1, 1, '{"type": "highlight_add", "highlight_id": ["2"]}'),
        ("commands", 6, "2023-04-12", "x", 1, 1, "highlight_add" + "[" * 100_000),
        ("commands", 7, "2023-04-12", "x", 1, 1, '["highlight_add"' + "[" * 100_000),
    )
    return path


def read(path: Path) -> tuple[CodedFile, Problems]:
    problems = Problems()
    coded = read_taguette(path, problems.at(f"coding/{path.name}"))
    assert coded is not None
    return coded, problems


def refused(path: Path) -> str:
    problems = Problems()
    assert read_taguette(path, problems.at(f"coding/{path.name}")) is None
    (problem,) = problems
    assert problem.en and problem.th and problem.hint_en and problem.hint_th and problem.file == f"coding/{path.name}"
    return problem.en


def test_a_project_is_read(project: Path) -> None:
    coded, problems = read(project)
    assert not problems.found
    assert (coded.format, coded.units[0]) == ("taguette", "utf8")
    assert [(s.id, s.name, s.text) for s in coded.sources] == [("1", "P01", TEXT)]
    assert coded.codes == [
        ToolCode("1", "attitude", "", "ทัศนคติ"),
        ToolCode("2", "positive", "1", details={"code_id": "attitude.positive"}),
        ToolCode("3", "พ.ศ. 2566"),  # a full stop in a name is none between names
        ToolCode("4", "very.much", "2", details={"code_id": "attitude.positive.very.much"}),
    ]
    assert [(s.source, s.codes, s.coder, s.quoted, s.place) for s in coded.selections] == [
        ("1", ("1", "2"), "nok", "ท่านทํางานที่นี่\u00a0กี่ปี", "highlight 1"),  # who changed it last
        ("1", ("3",), "somchai", "👍 <ประมาณ>", "highlight 2"),
        ("1", (), "", "ดูต่อ", "highlight 3"),
    ]


def test_its_positions_are_bytes_and_are_found_in_the_transcript(project: Path) -> None:
    coded, _ = read(project)
    transcript = normalise_text(TEXT.replace("\n", "\r\n\r\n"))
    placements, report = place(coded.sources[0].text or "", transcript, coded.selections, coded.units)
    assert report.convention == Convention("utf8")
    assert [p.how for p in placements] == ["exact"] * 3
    assert [transcript[p.start : p.end] for p in placements] == ["ท่านทำงานที่นี่ กี่ปี", "👍 <ประมาณ>", "ดูต่อ"]


def test_several_projects_are_listed(project: Path) -> None:
    insert(project, document(2, "P01", "<p>x</p>", project=2))
    assert refused(project) == 'This file holds several projects: "ท้องถิ่น", "ว่าง".'


def test_what_refers_to_nothing_is_told(project: Path) -> None:
    insert(project, ("highlight_tags", 3, 9), ("highlights", 4, 7, 0, 1, "x"))
    coded, problems = read(project)
    assert [problem.en for problem in problems] == [
        "Highlight 3 belongs to tag 9, which is not in this file.",
        "Highlight 4 belongs to document 7, which is not in this file.",
    ]
    assert len(coded.selections) == 3


def test_html_that_taguette_does_not_write_is_told(project: Path) -> None:
    began = time.process_time()
    for number, html in enumerate(
        ("<p>a<!-- b --></p>", "<![if" * 100_000, "<![x>" * 100_000, "<a " * 200_000, "<?php ?>", "</" * 100_000),
        start=2,
    ):
        insert(project, document(number, f"D{number}", html))
    insert(project, ("highlights", 4, 2, 0, 1, "a"))
    coded, problems = read(project)
    assert [problem.kind for problem in problems] == ["not-taguette-html"] * 6
    assert [source.name for source in coded.sources] == ["P01"]
    assert len(coded.selections) == 3
    assert time.process_time() - began < 5


PIECES = ["ก", "👍", "&amp;", "&lt;", "&#3585;", "&nbsp;", "<p>", "</p>", "<b>", "</b>", "<br>", "\n",
          '<a title="x>y">', "</a>", "&", ">", ";", "a"]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_the_text_of_html_is_all_but_its_tags(pieces: list[str]) -> None:
    plain = {"&amp;": "&", "&lt;": "<", "&#3585;": "ก", "&nbsp;": "\u00a0"}
    text = text_of_html("".join(pieces))
    expected = "".join("" if piece.startswith("<") else plain.get(piece, piece) for piece in pieces)
    if "&" not in pieces:  # a bare "&", which Taguette never writes, may join what follows
        assert text == expected
    assert text is not None


def test_files_that_are_no_projects_are_refused(tmp_path: Path, project: Path) -> None:
    (tmp_path / "a.taguette").write_bytes(b"PK\x03\x04")
    assert "no SQLite file" in refused(tmp_path / "a.taguette")
    connection = sqlite3.connect(project)
    connection.execute("ALTER TABLE highlights RENAME TO h")
    connection.execute("CREATE VIEW highlights AS SELECT * FROM h")
    connection.close()
    assert refused(project) == 'This is no project of Taguette: there is no table "highlights" in it.'
    (tmp_path / "half.sqlite3").write_bytes(project.read_bytes()[:9_000])
    assert refused(tmp_path / "half.sqlite3") == "This SQLite file is damaged or was cut short."


def test_cells_of_another_type_are_told(project: Path) -> None:
    insert(project, ("highlights", 4, 1, "x", 1, "a"), ("highlights", 5, 1, 0, 1, b"\x00"))
    coded, problems = read(project)
    assert [problem.kind for problem in problems] == ["cell-type", "cell-type"]
    assert 'column "start_offset"' in problems.found[0].en
    assert len(coded.selections) == 3
