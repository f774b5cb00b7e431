"""What wrote a file of coding, by what stands in it and by its ending; and the reader for it.

`.qdpx` is a REFI-QDA project; a sqlite file is RQDA's, QualCoder's or Taguette's by its tables, whatever it is called;
a folder `.qda` is QualCoder's; `.docx` is a coder's copy with comments, Taguette's list of highlights or NVivo's of the
passages of a code, which may be `.txt`, too; `.html` is Taguette's page of highlights; a table is known by its headers.
A format that study.yml names is taken at its word.

Fails, with problems, on a file that is none of these. Of those that only their own tool can open, and of packed ones,
the message names the tool and what to do there.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

from thongthin.basics.problems import Problems
from thongthin.basics.text import read_text
from thongthin.read.coding import rqda
from thongthin.read.coding.codebooks import without_root
from thongthin.read.coding.model import CodedFile, Format
from thongthin.read.coding.nvivo_report import is_report, read_report
from thongthin.read.coding.qualcoder import DATA, read_qualcoder
from thongthin.read.coding.refi import read_refi
from thongthin.read.coding.tables import read_coding_table
from thongthin.read.coding.taguette import read_taguette
from thongthin.read.coding.taguette_exports import read_taguette_page
from thongthin.read.coding.word import read_word
from thongthin.read.files.archive import Archive, Refused
from thongthin.read.files.database import Database, is_sqlite
from thongthin.read.files.docx import docx_text

TABLES = (".csv", ".xlsx", ".ods", ".xls")
PAGES = (".html", ".htm")
DATABASES = (".qda", ".rqda", ".sqlite3", ".sqlite", ".db", ".taguette")
# What a folder of coding may hold; other files there are told.
SUFFIXES = (".qdpx", ".qde", *DATABASES, ".docx", ".txt", *PAGES, *TABLES)


class _Tool(NamedTuple):
    """A tool whose own projects no other program can open, and what to export from it."""

    name: str
    endings: re.Pattern[str]
    table_en: str = ""
    table_th: str = ""


_TOOLS = (
    _Tool(
        "NVivo",
        re.compile(r"\.nv[pbx]x?"),
        "each code with its passages as .docx or .txt, as on a Mac",
        "รหัสแต่ละรหัสพร้อมข้อความเป็น .docx หรือ .txt เช่นบนเครื่อง Mac",
    ),
    _Tool(
        "MAXQDA",
        re.compile(r"\.(mx\d+|mx[34]|mqda?|mex)"),
        "the retrieved segments as Excel",
        "ตารางข้อความที่ลงรหัส (Retrieved Segments) เป็น Excel",
    ),
    _Tool(
        "ATLAS.ti",
        re.compile(r"\.(atlproj\w*|atlcb\w*|hpr\d*|aprx?\d*)"),
        "the quotations as Excel",
        "รายการข้อความ (Quotations) เป็น Excel",
    ),
    _Tool("QDA Miner", re.compile(r"\.(ppj|wpj|ppz)")),
    _Tool("Quirkos", re.compile(r"\.qrk")),
    _Tool("f4analyse", re.compile(r"\.f4[ap]")),
    _Tool("Transana", re.compile(r"\.tra")),
    _Tool("HyperRESEARCH", re.compile(r"\.hs[2-5]?")),
)
# Endings that Word and Excel can turn into one that is read.
_OFFICE = {".xls": ".xlsx", ".ods": ".xlsx", ".doc": ".docx", ".odt": ".docx", ".rtf": ".docx"}


def recognised(path: Path) -> Format | None:
    """The format of a file; None if it is none that can be read."""
    suffix = path.suffix.lower()
    if path.is_dir():
        return "qualcoder" if suffix == ".qda" else None
    if is_sqlite(path) and (tables := _tables(path)):
        if tables >= rqda.TABLES:
            return "rqda"
        if "code_text" in tables:
            return "qualcoder"
        if "highlights" in tables:
            return "taguette"
    if suffix == ".txt":
        return "nvivo" if is_report(read_text(path, Problems()) or "") else None
    if suffix in TABLES:
        return "segments"  # the reader tells tables of segments from those of units, and from Taguette's
    if suffix in PAGES:
        return "taguette"
    by_suffix: dict[str, Format] = {
        ".qdpx": "refi", ".qde": "refi", ".docx": "word", ".qda": "qualcoder", ".rqda": "rqda",
        ".taguette": "taguette", ".sqlite3": "taguette", ".sqlite": "taguette", ".db": "taguette",
    }  # fmt: skip
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
        _report_unknown_format(path, problems)
        return None
    coded = _read(path, problems, format, coder, known)
    if coded and not known:  # once there is a codebook, it says what the themes are
        coded.codes = without_root(coded.codes, problems)
    return coded


def _read(
    path: Path, problems: Problems, format: Format, coder: str | None, known: Collection[str]
) -> CodedFile | None:
    if format == "refi":
        return read_refi(path, problems)
    if format == "qualcoder":
        return read_qualcoder(path, problems)
    if format == "rqda":
        return rqda.read_rqda(path, problems)
    if format == "nvivo":
        text = docx_text(path, problems) if path.suffix.lower() == ".docx" else read_text(path, problems)
        return None if text is None else read_report(text, path, problems, coder)
    suffix = path.suffix.lower()
    if format == "word" or suffix == ".docx":
        return read_word(path, problems, coder, known)
    if format in ("segments", "units") or suffix in TABLES:
        return read_coding_table(path, problems, coder, known)
    if suffix in PAGES:
        return read_taguette_page(path, problems, coder, known)
    return read_taguette(path, problems)


def _tables(path: Path) -> frozenset[str]:
    try:
        with Database(path, "SQLite") as database:
            return frozenset(database.tables)
    except Refused:
        return frozenset()


# --- what is told -----------------------------------------------------------------------------------------------------


def _report_unknown_format(path: Path, problems: Problems) -> None:
    suffix = path.suffix.lower()
    if tool := next((tool for tool in _TOOLS if tool.endings.fullmatch(suffix)), None):
        or_en = f"; or export {tool.table_en}" if tool.table_en else ""
        or_th = f" หรือส่งออก{tool.table_th}" if tool.table_th else ""
        problems.add(
            "unknown-format",
            f"This is a project of {tool.name}, which only {tool.name} itself can open.",
            f"ไฟล์นี้เป็นโครงการของ {tool.name} ซึ่งเปิดได้ด้วย {tool.name} เท่านั้น",
            hint_en=f"In {tool.name}, export the project for other programs, in the format REFI-QDA (.qdpx){or_en}.",
            hint_th=f"ใน {tool.name} ให้ส่งออกโครงการสำหรับโปรแกรมอื่นในรูปแบบ REFI-QDA (.qdpx){or_th}",
        )
        return
    hint_en, hint_th = _way(path, suffix)
    listed = ", ".join(SUFFIXES)
    problems.add(
        "unknown-format",
        f'Coding is read from {listed}; this is "{path.suffix}".',
        f'อ่านการลงรหัสได้จากไฟล์ {listed} แต่ไฟล์นี้เป็น "{path.suffix}"',
        hint_en=hint_en,
        hint_th=hint_th,
    )


def _way(path: Path, suffix: str) -> tuple[str, str]:
    """What makes a file of it that can be read."""
    if suffix == ".qdc":
        return (
            "A .qdc is a codebook: move it beside study.yml and call it codebook.qdc.",
            "ไฟล์ .qdc คือสมุดรหัส ให้ย้ายไปไว้ข้าง study.yml แล้วตั้งชื่อว่า codebook.qdc",
        )
    if other := _OFFICE.get(suffix):
        return f"Open it and save it as {other}.", f"เปิดไฟล์แล้วบันทึกเป็น {other}"
    members = _members(path)
    if any(name.lower() == "project.qde" for name in members):
        return (
            f"It is a REFI-QDA project: call it {path.stem}.qdpx.",
            f"ไฟล์นี้คือโครงการ REFI-QDA ให้เปลี่ยนชื่อเป็น {path.stem}.qdpx",
        )
    if any(name.rpartition("/")[2] == DATA for name in members):
        return (
            "It is a packed project of QualCoder: unpack it, and put the folder .qda in here.",
            "ไฟล์นี้คือโครงการของ QualCoder ที่บีบอัดไว้ ให้ขยายไฟล์แล้ววางโฟลเดอร์ .qda ไว้ที่นี่",
        )
    if suffix == ".txt":
        return (
            "Of plain texts only NVivo's passages of a code are read; interviews belong in interviews/.",
            "ไฟล์ .txt อ่านได้เฉพาะข้อความของรหัสที่ส่งออกจาก NVivo ส่วนบทสัมภาษณ์ให้วางใน interviews/",
        )
    if members:
        return "Unpack it, and put in here what is in it.", "ขยายไฟล์ แล้ววางไฟล์ข้างในไว้ที่นี่"
    return (
        "Export the project from the coding tool in one of these formats (REFI-QDA .qdpx, if it can).",
        "ส่งออกจากโปรแกรมลงรหัสเป็นรูปแบบดังกล่าว (REFI-QDA .qdpx หากทำได้)",
    )


def _members(path: Path) -> tuple[str, ...]:
    """The names of the files in a zip archive; none if it is no such archive."""
    try:
        with Archive(path) as archive:
            return archive.names
    except Refused:
        return ()
