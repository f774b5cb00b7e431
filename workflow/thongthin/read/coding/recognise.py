"""What wrote a file of coding, by what stands in it and by its ending; and the reader for it.

Each format is a module here, which registers what its files are (`model.Reader`): a sqlite file is known by its tables,
whatever it is called, any other by its ending and, where that is not enough, by a look inside. What a Word document is
(a coder's copy with comments, Taguette's list of highlights, NVivo's of the passages of a code), and what a table is,
their readers find out. A format that study.yml names is taken at its word.

Fails, with problems, on a file that is none of these. Of those that only their own tool can open, and of packed ones,
the message names the tool and what to do there.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

from thongthin.basics.problems import Problems
from thongthin.read.coding.codebooks import without_root
from thongthin.read.coding.model import CodedFile, Format, Reader
from thongthin.read.coding.nvivo_report import NVIVO
from thongthin.read.coding.qualcoder import DATA, QUALCODER
from thongthin.read.coding.refi import REFI
from thongthin.read.coding.rqda import RQDA
from thongthin.read.coding.tables import SEGMENTS, UNITS
from thongthin.read.coding.taguette import TAGUETTE
from thongthin.read.coding.taguette_exports import TAGUETTE_PAGE
from thongthin.read.coding.word import WORD
from thongthin.read.files.archive import Archive, Refused
from thongthin.read.files.database import Database, is_sqlite

# Every format: a new one is its module, which says what its files are, and an entry here. Of several that would take a
# file, the first one does.
READERS = (REFI, QUALCODER, RQDA, TAGUETTE, WORD, NVIVO, TAGUETTE_PAGE, SEGMENTS, UNITS)
# What a folder of coding may hold; other files there are told.
SUFFIXES = tuple(dict.fromkeys(ending for reader in READERS for ending in reader.endings))
# What people call each format.
NAMES = {reader.format: reader.name for reader in READERS}


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
        return next((reader.format for reader in READERS if suffix in reader.folders), None)
    tables = _tables(path) if is_sqlite(path) else frozenset()
    for reader in READERS:
        if reader.tables and reader.tables <= tables:
            return reader.format
    taker = _of_ending(suffix)
    return taker.format if taker and (taker.is_own is None or taker.is_own(path)) else None


def also_said(format: Format, kind: str) -> tuple[str, str]:
    """What the hint of a kind of problem says besides, for a format; empty where there is nothing."""
    return next(
        (reader.hints[kind] for reader in READERS if reader.format == format and kind in reader.hints), ("", "")
    )


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
    coded = _reader(format, path.suffix.lower()).read(path, problems, coder, known)
    if coded and not known:  # once there is a codebook, it says what the themes are
        coded.codes = without_root(coded.codes, problems)
    return coded


def _of_ending(suffix: str) -> Reader | None:
    return next((reader for reader in READERS if suffix in reader.endings), None)


def _reader(format: Format, suffix: str) -> Reader:
    """The reader for a file of a format: the tool's own for this ending, else the one that reads such exports of it."""
    own = [reader for reader in READERS if reader.format == format]
    for reader in own:
        if suffix in reader.endings:
            return reader
    other = _of_ending(suffix) if any(suffix in reader.also for reader in own) else None
    return other or own[0]


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
