"""What has to be known of a workbook before a library reads it, and old Excel files (.xls).

A sheet of a few kilobytes can claim its last cell in column XFD, row 1,048,576; a library that lays out the whole
rectangle then takes all memory and dies. So the places of all cells with content are looked at first, in `.xlsx` and
`.ods` (`check_bounds`), and a sheet of more than `MAX_CELLS` is refused. Formatting of empty cells, which people apply
to whole columns, does not count.

Old `.xls` files are read by xlrd, which is Python and keeps what formulas that fail say.
"""

from __future__ import annotations

import datetime
import hashlib
import io
import re
import struct
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from thongthin.read.files.archive import MAX_CELLS, Archive, Refused, file_chunks
from thongthin.read.files.xml_records import MAX_TOKEN, local_name, records

# Of a sheet of .xlsx: a cell that says where it stands, as Excel and most programs write it; and any other cell.
_PLACED = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,9})"')
_OTHERWISE = re.compile(rb'<(?:c(?! r="[A-Z]{1,3}[0-9]{1,9}")[\s/>]|\w+:c[\s/>])')
# How many texts a workbook claims to share, for which the library makes room at once: 100 million or more.
_CLAIMED = re.compile(rb"""uniqueCount\s*=\s*["'][^"']{9,}["']""")
_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,9})")
# The hashes of workbooks that were looked at.
_within_bounds: set[bytes] = set()
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_EXTENSION = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
# What xlrd raises on files that are damaged or made to do harm.
_BROKEN = (
    ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError, NotImplementedError, RecursionError,
    EOFError, OverflowError, OSError, MemoryError, struct.error, UnboundLocalError, ZeroDivisionError,
)  # fmt: skip


def check_bounds(path: Path) -> None:
    """Raise `Refused` where a workbook (.xlsx, .ods) unpacks to too much, or a sheet has more than `MAX_CELLS`."""
    try:
        with path.open("rb") as stream:
            content = hashlib.file_digest(stream, "sha256").digest()
    except OSError:
        content = b""  # opening the archive tells
    if content in _within_bounds:  # a workbook is opened once for each of its sheets
        return
    with Archive(path) as archive:
        for member in archive.names:
            if path.suffix.lower() == ".ods" and member == "content.xml":
                _check_ods(archive.chunks(member))
            elif not _is_small(archive.chunks(member)):  # sheets may be called anything
                _check_sheet(archive.chunks(member))
    _within_bounds.add(content)


def is_panic(error: BaseException) -> bool:
    """Whether an error is a panic of a library in Rust, which no class that can be imported tells."""
    return type(error).__name__ == "PanicException"


# --- .xlsx ----------------------------------------------------------------------------------------------------------


def _is_small(chunks: Iterable[bytes]) -> bool:
    """Whether the rectangle of all cells, empty ones included, is within bounds.

    Quick, and sure where the answer is yes; no where cells do not say where they stand.
    """
    rows, columns = set[bytes](), set[bytes]()
    for piece in _pieces(chunks):
        if _CLAIMED.search(piece):
            raise Refused.too_many_cells()
        if _OTHERWISE.search(piece):
            return False
        found = _PLACED.findall(piece)
        columns.update(letters for letters, _ in found)
        rows.update(number for _, number in found)
    widest = max((_column(letters.decode()) for letters in columns), default=0)
    return max(map(int, rows), default=0) * widest <= MAX_CELLS


def _pieces(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The chunks, cut before a tag rather than within one."""
    rest = b""
    for chunk in chunks:
        whole, mark, rest = (rest + chunk).rpartition(b"<")
        rest = mark + rest
        if len(rest) > MAX_TOKEN:
            whole, rest = whole + rest, b""
        yield whole
    yield rest


def _check_sheet(chunks: Iterable[bytes]) -> None:
    """Raise `Refused` where the rectangle of the cells with content is too large."""
    row = column = rows = columns = 0
    last: ET.Element | None = None
    for cell, around in records(chunks, {"c"}):
        if not around or around[-1] is not last:
            last = around[-1] if around else None
            number = last.get("r", "") if last is not None else ""
            row, column = int(number) if number.isdecimal() and len(number) < 10 else row + 1, 0
        placed = _REFERENCE.fullmatch(cell.get("r", ""))
        column = _column(placed[1]) if placed else column + 1
        if len(cell):
            rows, columns = max(rows, int(placed[2]) if placed else row), max(columns, column)
            if rows * columns > MAX_CELLS:
                raise Refused.too_many_cells()


def _column(letters: str) -> int:
    """The number of a column, from 1, by its letters."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


# --- .ods -----------------------------------------------------------------------------------------------------------


def _check_ods(chunks: Iterable[bytes]) -> None:
    """Raise `Refused` where a table, with all that is repeated written out, is too large."""
    row = width = rows = laid_out = 0
    for element, _ in records(chunks, {"table-row", "table"}):
        if local_name(element) == "table":
            row = width = rows = laid_out = 0
            continue
        times = _repeated(element, "rows")
        last = at = 0
        for cell in element:
            at += _repeated(cell, "columns")
            last = at if _has_content(cell) else last
        row += times
        if last:
            rows, width, laid_out = row, max(width, last), laid_out + last * times
        if max(laid_out, rows * width) > MAX_CELLS:
            raise Refused.too_many_cells()


def _repeated(element: ET.Element, what: str) -> int:
    number = element.get(f"{_TABLE}number-{what}-repeated", "1")
    return int(number) if number.isdecimal() and len(number) < 12 else 1


def _has_content(cell: ET.Element) -> bool:
    return len(cell) > 0 or cell.get(f"{_OFFICE}value-type") is not None


def failed_formulas(path: Path, sheet: str) -> list[tuple[int, int, str]]:
    """Row and column (from 0) of every formula of an .ods that fails, and what it says, such as "#NAME?"."""
    failed: list[tuple[int, int, str]] = []
    with Archive(path) as archive:
        if not any(b'value-type="error"' in piece for piece in _pieces(archive.chunks("content.xml"))):
            return []
        row = 0
        for element, around in records(archive.chunks("content.xml"), {"table-row", "table"}):
            if local_name(element) == "table":
                row = 0
                continue
            if any(one.get(f"{_TABLE}name") == sheet for one in around if local_name(one) == "table"):
                column = 0
                for cell in element:
                    if cell.get(f"{_EXTENSION}value-type") == "error":
                        failed.append((row, column, "".join(cell.itertext()).strip() or "#VALUE!"))
                    column += _repeated(cell, "columns")
            row += _repeated(element, "rows")
    return failed


# --- .xls -----------------------------------------------------------------------------------------------------------


def old_sheet_names(path: Path) -> list[str]:
    """The worksheets of an .xls, in order; raises `Refused` if it can't be read."""
    return list(_opened(path).sheet_names())


def old_rows(path: Path, sheet: str) -> list[list[Any]]:
    """The cells of a sheet of an .xls: str, float, bool, dates and times; errors as Excel shows them; "" if empty.

    Raises:
        Refused: it can't be read, or has more than `MAX_CELLS`.
    """
    import xlrd

    book = _opened(path)

    def rows() -> list[list[Any]]:
        table = book.sheet_by_name(sheet)
        width = max((table.row_len(n) for n in range(table.nrows)), default=0)
        if table.nrows * width > MAX_CELLS:
            raise Refused.too_many_cells()
        return [
            [_value(cell, book.datemode, xlrd) for cell in table.row(n)] + [""] * (width - table.row_len(n))
            for n in range(table.nrows)
        ]

    read: list[list[Any]] = _guarded(rows)
    return read


def _opened(path: Path) -> Any:
    import xlrd

    data = b"".join(file_chunks(path))
    return _guarded(
        lambda: xlrd.open_workbook(file_contents=data, logfile=io.StringIO(), on_demand=False, ragged_rows=True)
    )


def _guarded(read: Callable[[], Any]) -> Any:
    """What a call of xlrd gives, which raises all sorts of errors on damaged files."""
    import xlrd

    try:
        return read()
    except (xlrd.XLRDError, xlrd.compdoc.CompDocError, *_BROKEN) as error:
        raise Refused(
            "unreadable",
            "This file cannot be read as an Excel workbook.",
            "อ่านไฟล์นี้ในรูปแบบ Excel ไม่ได้",
            "Open it in Excel, take any password off, and save it as .xlsx; or take a fresh copy.",
            "เปิดใน Excel ยกเลิกรหัสผ่าน แล้วบันทึกเป็น .xlsx หรือใช้สำเนาที่ไม่เสีย",
        ) from error


def _value(cell: Any, datemode: int, xlrd: Any) -> Any:
    """A cell of xlrd as calamine gives cells."""
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return xlrd.error_text_from_code.get(cell.value, "#VALUE!")
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            moment = xlrd.xldate_as_datetime(cell.value, datemode)
        except (xlrd.XLDateError, OverflowError, ValueError):
            return cell.value
        return moment.time() if 0 <= cell.value < 1 else moment.replace(microsecond=0) + _half_up(moment)
    return cell.value


def _half_up(moment: datetime.datetime) -> datetime.timedelta:
    """What rounds a moment to the second: Excel keeps times as fractions of a day."""
    return datetime.timedelta(seconds=round(moment.microsecond / 1_000_000))
