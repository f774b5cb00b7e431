"""What wrote a file of coding, by its ending and by what stands in it; and the reader for it.

`.qdpx` is a REFI-QDA project; a sqlite file is Taguette's or QualCoder's by its tables, a folder `.qda` QualCoder's;
`.docx` a coder's copy with comments; `.html` Taguette's page of highlights; a table is known by its headers. A format
that study.yml names is taken at its word.

Fails, with problems, on a file that is none of these.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from thongthin.problems import Problems
from thongthin.readers.archive import Refused
from thongthin.readers.coding.model import CodedFile, Format
from thongthin.readers.coding.qualcoder import read_qualcoder
from thongthin.readers.coding.refi import read_refi
from thongthin.readers.coding.tables import read_coding_table
from thongthin.readers.coding.taguette import read_taguette
from thongthin.readers.coding.taguette_exports import read_taguette_page
from thongthin.readers.coding.word import read_word
from thongthin.readers.database import Database

TABLES = (".csv", ".xlsx", ".ods", ".xls")
PAGES = (".html", ".htm")
# What a folder of coding may hold; other files there are told.
SUFFIXES = (".qdpx", ".qde", ".qda", ".sqlite3", ".sqlite", ".db", ".taguette", ".docx", *PAGES, *TABLES)


def recognised(path: Path) -> Format | None:
    """The format of a file, by its ending and, of a database, by its tables; None if it is none that can be read."""
    suffix = path.suffix.lower()
    if suffix in TABLES:
        return "segments"  # the reader tells tables of segments from those of units, and from Taguette's
    if suffix in PAGES or suffix == ".taguette":
        return "taguette"
    if suffix in (".sqlite3", ".sqlite", ".db"):
        return "qualcoder" if _has_table(path, "code_text") else "taguette"
    by_suffix: dict[str, Format] = {".qdpx": "refi", ".qde": "refi", ".qda": "qualcoder", ".docx": "word"}
    return by_suffix.get(suffix)


def read_file(
    path: Path, problems: Problems, *, format: Format | None, coder: str | None, known: Collection[str]
) -> CodedFile | None:
    """A file of coding; None, with a problem, if it can't be read.

    Args:
        problems: bound to the file with `Problems.at`.
        format: as study.yml names it; None recognises it.
        coder: who coded, where the file does not say.
        known: ids and labels of the codebook.
    """
    format = format or recognised(path)
    if format is None:
        listed = ", ".join(SUFFIXES)
        is_codebook = path.suffix.lower() == ".qdc"
        problems.add(
            "unknown-format",
            f'Coding is read from {listed}; this is "{path.suffix}".',
            f'อ่านการลงรหัสได้จากไฟล์ {listed} แต่ไฟล์นี้เป็น "{path.suffix}"',
            hint_en="A .qdc is a codebook: move it beside study.yml and call it codebook.qdc."
            if is_codebook
            else "Export the project from the coding tool in one of these formats (REFI-QDA .qdpx, if it can).",
            hint_th="ไฟล์ .qdc คือสมุดรหัส ให้ย้ายไปไว้ข้าง study.yml แล้วตั้งชื่อว่า codebook.qdc"
            if is_codebook
            else "ส่งออกจากโปรแกรมลงรหัสเป็นรูปแบบดังกล่าว (REFI-QDA .qdpx หากทำได้)",
        )
        return None
    if format in ("segments", "units"):
        return read_coding_table(path, problems, coder, known)
    if format == "word":
        return read_word(path, problems, coder, known)
    if format == "refi":
        return read_refi(path, problems)
    if format == "qualcoder":
        return read_qualcoder(path, problems)
    if path.suffix.lower() in TABLES:
        return read_coding_table(path, problems, coder, known)
    if path.suffix.lower() in PAGES:
        return read_taguette_page(path, problems, coder, known)
    return read_taguette(path, problems)


def _has_table(path: Path, table: str) -> bool:
    """Whether a file is a sqlite file with this table."""
    try:
        with Database(path, "SQLite") as database:
            return table in database.tables
    except Refused:
        return False
