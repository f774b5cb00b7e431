from __future__ import annotations

import random
import shutil
import sqlite3
from pathlib import Path

import pytest

from thongthin.basics.problems import Problems
from thongthin.read.files import database as module
from thongthin.read.files.archive import Refused
from thongthin.read.files.database import Database

COLUMNS = {"id": int, "name": str}


def make(path: Path, *statements: str) -> Path:
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()
    return path


def rows(path: Path, table: str = "t", problems: Problems | None = None) -> list:
    with Database(path, "Taguette") as database:
        return database.rows(table, COLUMNS, problems if problems is not None else Problems())


def refusal(path: Path, table: str = "t") -> Refused:
    with pytest.raises(Refused) as caught:
        rows(path, table)
    assert caught.value.en and caught.value.th and caught.value.hint_en and caught.value.hint_th
    return caught.value


TABLE = ("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT)", "INSERT INTO t VALUES (2, 'ข'), (1, 'a'), (3, NULL)")


@pytest.mark.parametrize("name", ["a.sqlite3", "โครงการ 1?mode=rwc&x#y%41 '.sqlite3"])
def test_a_table_is_read_and_nothing_is_written_beside_it(tmp_path: Path, name: str) -> None:
    path = make(tmp_path / name, *TABLE)
    before = {p: (p.stat().st_mtime_ns, p.read_bytes()) for p in tmp_path.iterdir()}
    assert rows(path) == [{"id": 1, "name": "a"}, {"id": 2, "name": "ข"}, {"id": 3, "name": ""}]
    assert {p: (p.stat().st_mtime_ns, p.read_bytes()) for p in tmp_path.iterdir()} == before


def test_a_file_in_wal_mode_is_read_unless_part_of_it_stands_in_the_log(tmp_path: Path) -> None:
    path = make(tmp_path / "a.sqlite3", "PRAGMA journal_mode = WAL", *TABLE)
    assert len(rows(path)) == 3
    assert list(tmp_path.iterdir()) == [path]
    connection = sqlite3.connect(path)
    connection.execute("INSERT INTO t VALUES (4, 'd')")
    connection.commit()
    assert refusal(path).kind == "open-database"
    connection.close()
    assert len(rows(path)) == 4
    (tmp_path / "a.sqlite3-journal").write_bytes(bytes(512))  # a journal that is done with
    assert len(rows(path)) == 4


def test_a_missing_column_is_empty_and_a_missing_table_is_told(tmp_path: Path) -> None:
    path = make(tmp_path / "a.sqlite3", "CREATE TABLE t (NAME TEXT)", "INSERT INTO t VALUES ('a')")
    assert rows(path) == [{"id": None, "name": "a"}]
    assert 'there is no table "u"' in refusal(path, "u").en
    with Database(path, "Taguette") as database:
        assert database.rows("u", COLUMNS, Problems(), required=False) == []


@pytest.mark.parametrize(
    "schema",
    [
        "CREATE VIEW t AS SELECT 1 AS id, 'a' AS name",
        "CREATE VIEW t AS WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT n id, n name FROM r",
        "CREATE VIRTUAL TABLE t USING fts4(id, name)",
        "CREATE TABLE x (id)",
    ],
)
def test_what_only_looks_like_a_table_is_none(tmp_path: Path, schema: str) -> None:
    assert refusal(make(tmp_path / "a.sqlite3", schema)).kind == "not-the-tool"


def test_generated_columns_are_not_computed(tmp_path: Path) -> None:
    path = make(
        tmp_path / "a.sqlite3",
        "CREATE TABLE t (id INTEGER, name TEXT AS (hex(zeroblob(40000000))))",
        "INSERT INTO t VALUES (1)",
    )
    assert rows(path) == [{"id": 1, "name": ""}]


def test_conditions_of_a_schema_are_not_computed(tmp_path: Path) -> None:
    path = make(
        tmp_path / "a.sqlite3",
        "CREATE TABLE t (id INTEGER, name TEXT)",
        "INSERT INTO t VALUES (1, 'a')",
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_master SET sql = 'CREATE TABLE t (id INTEGER, name TEXT CHECK (abs(-9223372036854775808)))'",
    )
    assert rows(path) == [{"id": 1, "name": "a"}]  # the abs of that number is an error to sqlite


@pytest.mark.parametrize("size", [30, 100])
def test_a_table_with_zeros_in_its_pages_is_refused_and_one_beside_it_read(tmp_path: Path, size: int) -> None:
    """As sqlite would have it, there are three rows whose cells hold nothing."""
    path = make(
        tmp_path / "a.sqlite3",
        "CREATE TABLE t (id INTEGER NOT NULL, name INTEGER NOT NULL)",
        "INSERT INTO t VALUES (2, 5), (7, 8), (3, 4)",
        "CREATE TABLE u (id INTEGER)",
        "INSERT INTO u VALUES (1)",
    )
    whole = path.read_bytes()
    page = whole.index(bytes([3, 1, 1, 3, 4])) // 4096
    path.write_bytes(whole[: (page + 1) * 4096 - size] + bytes(size) + whole[(page + 1) * 4096 :])
    assert refusal(path).kind == "damaged"
    assert rows(path, "u") == [{"id": 1, "name": ""}]


def test_nothing_but_reading_is_allowed(tmp_path: Path) -> None:
    other = make(tmp_path / "other.sqlite3", *TABLE)
    with Database(make(tmp_path / "a.sqlite3", *TABLE), "Taguette") as database:
        for statement in (
            "INSERT INTO t VALUES (9, 'x')",
            "DELETE FROM t",
            f"ATTACH '{other}' AS o",
            "PRAGMA query_only = OFF",
            "SELECT load_extension('x')",
            "CREATE TABLE u (id)",
        ):
            with pytest.raises(sqlite3.DatabaseError):
                database._connection.execute(statement)


def test_cells_of_another_type_are_told_row_by_row(tmp_path: Path) -> None:
    path = make(
        tmp_path / "a.sqlite3",
        "CREATE TABLE t (id, name)",
        "INSERT INTO t VALUES (1, 'a'), (2, x'00ff'), ('three', 'c'), (4.0, 4), (5.5, 'e'), (6, 2.5)",
    )
    problems = Problems().at("coding/a.sqlite3")
    assert rows(path, problems=problems) == [{"id": 1, "name": "a"}, {"id": 4, "name": "4"}, {"id": 6, "name": "2.5"}]
    assert [problem.kind for problem in problems] == ["cell-type"] * 3
    assert problems.found[0].en == 'Row 2 of the table "t" does not hold text in the column "name".'
    assert all(problem.th and problem.hint_th for problem in problems)


def test_texts_and_rows_beyond_the_limits_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = make(
        tmp_path / "a.sqlite3",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT)",
        "INSERT INTO t SELECT value, printf('%.*c', 4000, 'x') FROM (WITH RECURSIVE r(value) AS "
        "(SELECT 1 UNION ALL SELECT value + 1 FROM r LIMIT 50) SELECT value FROM r)",
    )
    assert len(rows(path)) == 50
    for limit, value in (("MAX_MEMBER", 3_999), ("MAX_TOTAL", 100_000), ("MAX_ELEMENTS", 49)):
        with monkeypatch.context() as patched:
            patched.setattr(module, limit, value)
            assert refusal(path).kind == "too-large"


def test_files_that_are_no_sqlite_files_are_refused(tmp_path: Path) -> None:
    path = make(tmp_path / "a.sqlite3", *TABLE, "INSERT INTO t SELECT id + 10, hex(zeroblob(3000)) FROM t")
    whole = path.read_bytes()
    for name, content, kind in (
        ("empty", b"", "not-sqlite"),
        ("text", "ไม่ใช่".encode(), "not-sqlite"),
        ("zip", b"PK\x03\x04" + whole, "not-sqlite"),
        ("head", whole[:100], "damaged"),
        ("half", whole[: len(whole) // 2], "damaged"),
        ("almost", whole[:-4096], "damaged"),
        ("schema", whole[:4000] + b"\xff" * 96 + whole[4096:], "damaged"),
    ):
        (tmp_path / name).write_bytes(content)
        assert refusal(tmp_path / name).kind == kind, name
    make(tmp_path / "encoding", "CREATE TABLE t (id, name)", "INSERT INTO t VALUES (1, CAST(x'ff41' AS TEXT))")
    assert refusal(tmp_path / "encoding").kind == "damaged"
    for missing in (tmp_path / "missing", tmp_path):
        with pytest.raises(Refused, match="cannot be opened"):
            rows(missing)


def test_a_file_damaged_anywhere_is_read_or_refused(tmp_path: Path) -> None:
    path = make(tmp_path / "a.sqlite3", *TABLE, "CREATE INDEX i ON t (name)",
                "INSERT INTO t SELECT id + 10, hex(zeroblob(3000)) FROM t")  # fmt: skip
    whole = path.read_bytes()
    draw = random.Random(5)
    for n in range(300):
        damaged = bytearray(whole)
        for _ in range(draw.randrange(1, 30)):
            damaged[draw.randrange(16, 4096 if n % 2 else len(whole))] = draw.randrange(256)
        path.write_bytes(damaged)
        try:
            rows(path)
        except Refused as refused:
            assert refused.kind in ("damaged", "too-large", "not-the-tool")
    shutil.rmtree(tmp_path)


@pytest.mark.parametrize("lost", [1, 300, 4095, 4096, 9000])
def test_a_file_whose_end_is_missing_is_refused_and_no_row_is_lost(tmp_path: Path, lost: int) -> None:
    path = make(tmp_path / "a.sqlite3", *TABLE, "CREATE TABLE u (x)", "INSERT INTO u VALUES (hex(zeroblob(9000)))")
    assert len(rows(path)) == 3
    path.write_bytes(path.read_bytes()[:-lost])
    assert refusal(path).kind == "damaged"
