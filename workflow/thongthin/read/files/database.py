"""SQLite files that a stranger made: real tables, read row by row within bounds, and nothing else.

A project of Taguette, QualCoder or RQDA is one sqlite file, and anybody may have made it. It is opened read-only and as
it stands, so that nothing is ever written beside it; whatever its schema defines besides plain tables (views, virtual
tables, triggers, generated columns) is never run, and no statement but the reading of the tables is allowed.

Raised as `Refused`, which says in both languages what is wrong: a file that is no sqlite file, damaged or cut short;
one that its program has still open, so that part of it stands elsewhere; a table that is missing or no plain table;
a table whose pages are damaged;
cells that are larger than `MAX_MEMBER`, more text than `MAX_TOTAL`, and more rows than `MAX_ELEMENTS`. Cells of the
wrong type become problems, row by row.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

from thongthin.basics.problems import Problems
from thongthin.read.files.archive import MAX_MEMBER, MAX_TOTAL, MIB, Refused
from thongthin.read.files.xml_records import MAX_ELEMENTS

_MAGIC = b"SQLite format 3\x00"
_JOURNAL_MAGIC = bytes.fromhex("d9d505f920a163d7")
# What sqlite says of a damaged file can itself be no text.
_DAMAGED = (sqlite3.Error, UnicodeError, OverflowError)
_ALLOWED = (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ)


class Database:
    """A sqlite file that is open for reading; a context manager.

    Args:
        path: may hold any characters.
        tool: what makes such files, for messages.

    Attributes:
        tables: the plain tables, each with its plain columns, all in lower case.

    Raises:
        Refused: as the module says.
    """

    tables: Mapping[str, frozenset[str]]

    def __init__(self, path: Path, tool: str) -> None:
        self.tool = tool
        self._rows = self._characters = 0
        _look_at(path, tool)
        # Windows has drive letters and \\server\share; all of them are absolute after "file://".
        posix = path.absolute().as_posix()
        address = quote(posix if posix.startswith("/") else f"/{posix}")
        try:
            self._connection = sqlite3.connect(f"file://{address}?mode=ro&immutable=1", uri=True, isolation_level=None)
        except _DAMAGED as error:
            raise _damaged(tool) from error
        try:
            self._connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_MEMBER)
            self._connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
            for pragma in (
                "trusted_schema = OFF",
                "query_only = ON",
                "cell_size_check = ON",
                "mmap_size = 0",
                "ignore_check_constraints = ON",  # what a schema checks with is code of a stranger
            ):
                self._connection.execute(f"PRAGMA {pragma}")
            self._checkable: set[str] = set()
            self.tables = self._plain_tables()
            self._connection.set_authorizer(_only_reading)
        except _DAMAGED as error:
            self._connection.close()
            raise _damaged(tool) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def rows(
        self, table: str, columns: Mapping[str, type[int] | type[str]], problems: Problems, *, required: bool = True
    ) -> list[dict[str, Any]]:
        """All rows of a table, in the order in which they stand.

        Args:
            columns: names in lower case, and what they hold. A column that the table hasn't is empty throughout.
            problems: bound to the file; a row with a cell of another type is told and left out.
            required: without it, a missing table has no rows.

        Returns:
            For each row its cells by column: str, "" where there is nothing; int, or None where there is nothing.

        Raises:
            Refused: the table is missing or no plain table, the file is damaged, or there is more than the limits
                allow.
        """
        if table not in self.tables:
            if required:
                raise Refused(
                    "not-the-tool",
                    f'This is no project of {self.tool}: there is no table "{table}" in it.',
                    f'ไฟล์นี้ไม่ใช่โครงการของ {self.tool}: ไม่มีตาราง "{table}"',
                    f"Export the project from {self.tool} again.",
                    f"ส่งออกโครงการจาก {self.tool} อีกครั้ง",
                )
            return []
        self._check(table)
        there = [column for column in columns if column in self.tables[table]]
        listed = ", ".join(f'"{column}"' for column in there) or "NULL"
        nothing = {column: "" if kind is str else None for column, kind in columns.items()}
        rows: list[dict[str, Any]] = []
        try:
            # Not by an index: a damaged one could tell something else than the table.
            for number, cells in enumerate(self._connection.execute(f'SELECT {listed} FROM "{table}" NOT INDEXED'), 1):
                self._rows += 1
                self._characters += sum(len(cell) for cell in cells if isinstance(cell, str | bytes))
                if self._rows > MAX_ELEMENTS or self._characters > MAX_TOTAL:
                    raise _too_large(self.tool)
                row: dict[str, Any] = dict(nothing)
                for column, cell in zip(there, cells, strict=False):
                    value = _as(columns[column], cell)
                    if value is None and cell is not None:
                        _report_type(table, number, column, columns[column], problems)
                        break
                    row[column] = nothing[column] if cell is None else value
                else:
                    rows.append(row)
        except sqlite3.DataError as error:  # larger than SQLITE_LIMIT_LENGTH
            raise _too_large(self.tool) from error
        except _DAMAGED as error:
            raise _damaged(self.tool) from error
        return rows

    def _check(self, table: str) -> None:
        """Refuse a table whose pages are damaged: sqlite reads rows of zeros, or passes rows over, without a word.

        Not done where a column is generated, since sqlite would compute it for the check.
        """
        if table not in self._checkable:
            return
        self._checkable.remove(table)
        self._connection.set_authorizer(None)
        try:
            told = [str(row[0]) for row in self._connection.execute(f'PRAGMA quick_check("{table}")')]
        except sqlite3.DataError:  # larger than SQLITE_LIMIT_LENGTH, which is told when the rows are read
            return
        except _DAMAGED as error:
            raise _damaged(self.tool) from error
        finally:
            self._connection.set_authorizer(_only_reading)
        # What else is told, such as an empty cell in a column that allows none, is judged by whoever reads the rows.
        if any(line.startswith("***") for line in told):
            raise _damaged(self.tool)

    def _plain_tables(self) -> dict[str, frozenset[str]]:
        tables = {}
        listed = self._connection.execute("SELECT name, rootpage, sql FROM sqlite_master WHERE type = 'table'")
        for name, rootpage, sql in listed.fetchall():
            virtual = not rootpage or not isinstance(sql, str) or sql.upper().split()[1:2] == ["VIRTUAL"]
            if virtual or not isinstance(name, str) or not name.isidentifier():
                continue
            columns = self._connection.execute(f'PRAGMA table_xinfo("{name}")').fetchall()
            # The last field: 1 for hidden, 2 and 3 for generated columns.
            tables[name.lower()] = frozenset(str(column[1]).lower() for column in columns if column[6] == 0)
            if not any(column[6] for column in columns):
                self._checkable.add(name.lower())
        return tables


def is_sqlite(path: Path) -> bool:
    """Whether a file begins as sqlite files do."""
    try:
        with path.open("rb") as stream:
            return stream.read(len(_MAGIC)) == _MAGIC
    except OSError:
        return False


def _only_reading(action: int, *_: object) -> int:
    return sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY


def _look_at(path: Path, tool: str) -> None:
    """What can be told before sqlite opens the file."""
    try:
        with path.open("rb") as stream:
            header = stream.read(100)
            magic = header[: len(_MAGIC)]
            size = stream.seek(0, os.SEEK_END)
        journals = [path.with_name(path.name + suffix) for suffix in ("-wal", "-journal")]
        for journal in journals:
            if not journal.is_file():
                continue
            with journal.open("rb") as stream:
                begins = stream.read(8)
            # An empty log is done with, and so is a journal whose beginning was wiped.
            if begins and (journal.name.endswith("-wal") or begins == _JOURNAL_MAGIC):
                raise Refused(
                    "open-database",
                    f'{tool} has this project still open: part of it stands in "{journal.name}".',
                    f'{tool} ยังเปิดโครงการนี้อยู่: ข้อมูลบางส่วนอยู่ใน "{journal.name}"',
                    f"Close {tool} and copy the project again.",
                    f"ปิด {tool} แล้วคัดลอกโครงการใหม่",
                )
    except OSError as error:
        raise Refused(
            "unreadable", f"This file cannot be opened: {error.strerror}.", f"เปิดไฟล์นี้ไม่ได้: {error.strerror}"
        ) from error
    if magic != _MAGIC:
        raise Refused(
            "not-sqlite",
            f"This is no SQLite file, as projects of {tool} are.",
            f"ไฟล์นี้ไม่ใช่ไฟล์ SQLite ซึ่งเป็นรูปแบบของโครงการ {tool}",
            f"Export the project from {tool} again, and don't pack or encrypt it.",
            f"ส่งออกโครงการจาก {tool} อีกครั้ง โดยไม่บีบอัดหรือเข้ารหัส",
        )
    # Of a last page that is cut short, sqlite reads the rest as zeros, and so as rows that are not there.
    page = int.from_bytes(header[16:18], "big") if len(header) == 100 else 0
    page = 65536 if page == 1 else page
    if page < 512 or size % page or size < page * _pages(header):
        raise _damaged(tool)


def _pages(header: bytes) -> int:
    """The pages that a file should have; 0 where its header does not tell, as older versions of sqlite leave it."""
    return int.from_bytes(header[28:32], "big") if header[24:28] == header[92:96] else 0


def _as(kind: type[int] | type[str], cell: object) -> int | str | None:
    """The cell as a value of that type, None if it is none: sqlite keeps any type in any column."""
    if kind is int:
        if isinstance(cell, float) and cell.is_integer():
            return int(cell)
        return cell if isinstance(cell, int) else None
    if isinstance(cell, int | float):
        return str(cell)
    return cell if isinstance(cell, str) else None


def _report_type(table: str, row: int, column: str, kind: type[int] | type[str], problems: Problems) -> None:
    en, th = ("a whole number", "จำนวนเต็ม") if kind is int else ("text", "ข้อความ")
    problems.add(
        "cell-type",
        f'Row {row} of the table "{table}" does not hold {en} in the column "{column}".',
        f'แถวที่ {row} ของตาราง "{table}" ไม่ใช่{th}ในคอลัมน์ "{column}"',
        hint_en="Was the file changed by another program? Export the project again.",
        hint_th="มีโปรแกรมอื่นแก้ไฟล์นี้หรือไม่ ส่งออกโครงการใหม่",
    )


def _damaged(tool: str) -> Refused:
    return Refused(
        "damaged",
        "This SQLite file is damaged or was cut short.",
        "ไฟล์ SQLite นี้เสียหายหรือไม่สมบูรณ์",
        f"Take a fresh copy of the project, with {tool} closed.",
        f"คัดลอกโครงการใหม่ขณะที่ปิด {tool}",
    )


def _too_large(tool: str) -> Refused:
    return Refused(
        "too-large",
        f"A text in this file is larger than {MAX_MEMBER // MIB} MB, or all of them than {MAX_TOTAL // MIB} MB.",
        f"ข้อความในไฟล์นี้ใหญ่กว่า {MAX_MEMBER // MIB} MB หรือรวมกันใหญ่กว่า {MAX_TOTAL // MIB} MB",
        f"Is it a project of {tool}? Split it in two.",
        f"เป็นโครงการของ {tool} หรือไม่ แบ่งเป็นสองโครงการ",
    )
