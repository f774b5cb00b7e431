"""Text files whatever their encoding: UTF-8, UTF-16, or the Thai code pages TIS-620 and cp874 (Windows-874).

UTF-8 is tried first: it can hardly be taken for anything else. A file that isn't UTF-8 is read in another encoding only
where the result is certain: a byte-order mark, or bytes that make up plausible text in that one encoding. Nothing is
guessed: what is not certain becomes a problem that says how to save the file again.
"""

from __future__ import annotations

import codecs
import errno
import re
import zipfile
import zlib
from pathlib import Path

from thongthin.basics.console import command
from thongthin.basics.damage import report_damage
from thongthin.basics.files import FILES_OF_A_STUDY
from thongthin.basics.nearest import nearest
from thongthin.basics.problems import Problems

# Tab, line ends and form feed are text; other control characters are not.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
# In Thai a mark follows a consonant (or another mark), and single letters don't stand inside Latin words. Text of
# other code pages read as Thai breaks these rules all the time: é and ñ become a tone mark and a digit.
_MARK = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
_NOT_THAI = re.compile(f"(?<![\u0e01-\u0e4e])[{_MARK}]|(?<=[A-Za-z])[\u0e01-\u0e5b](?=[A-Za-z\\s]|$)|[เ-ไ](?![ก-ฮ])")
_THAI = re.compile("[\u0e01-\u0e5b]")
_EXPECTED = re.compile("[\t\n\r -~\u00a0-\u00ff\u0e01-\u0e5b\u2000-\u206f\u20ac]")

# What opening an office file (a zip archive of XML) raises where it is damaged, cut short or something else.
BROKEN_ARCHIVE = (zipfile.BadZipFile, zlib.error, KeyError, ValueError, SyntaxError, NotImplementedError, OSError)

# Why the system does not open a file.
_REASONS = {
    errno.EACCES: ("it may not be read, or is open in another program", "ไม่มีสิทธิ์อ่าน หรือไฟล์เปิดอยู่ในโปรแกรมอื่น"),
    errno.EPERM: ("it may not be read", "ไม่มีสิทธิ์อ่าน"),
    errno.EISDIR: ("it is a folder", "เป็นโฟลเดอร์"),
    errno.ENOTDIR: ("a folder on the way to it is none", "โฟลเดอร์ที่เก็บไฟล์ไม่ใช่โฟลเดอร์"),
    errno.ELOOP: ("it is a link that leads to itself", "เป็นลิงก์ที่วนกลับมาหาตัวเอง"),
    errno.EIO: ("the disk cannot be read", "อ่านดิสก์ไม่ได้"),
    errno.ENAMETOOLONG: ("its name is too long", "ชื่อไฟล์ยาวเกินไป"),
    errno.EMFILE: ("too many files are open", "เปิดไฟล์ไว้มากเกินไป"),
}

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with the one of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def read_text(path: Path, problems: Problems) -> str | None:
    """Text of a file, without byte-order mark, otherwise as it stands; None with a problem added if it can't be read.

    Args:
        problems: bound to the file with `Problems.at`.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        report_missing(path, problems)
        return None
    except OSError as error:
        problems.add("unreadable", *cannot_open(error))
        return None
    text = decoded(data)
    if text is not None and not _CONTROL.search(text):
        return None if report_damage(text, path, problems) else text
    save_en = "Save it again as UTF-8: in Excel as “CSV UTF-8”, in Notepad and Word by choosing the encoding UTF-8."
    save_th = "บันทึกไฟล์ใหม่เป็น UTF-8: ใน Excel เลือก “CSV UTF-8” ใน Notepad หรือ Word เลือกการเข้ารหัส UTF-8"
    if text is not None:
        problems.add(
            "encoding",
            "This is not a text file: it holds control characters.",
            "ไฟล์นี้ไม่ใช่ไฟล์ข้อความ: มีอักขระควบคุมอยู่",
            row=text.count("\n", 0, next(_CONTROL.finditer(text)).start()) + 1,
            hint_en=save_en,
            hint_th=save_th,
        )
        return None
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        problems.add(
            "encoding",
            f"This file is not UTF-8 (byte {error.start + 1} is 0x{data[error.start]:02X}), and no other encoding fits "
            "with certainty.",
            f"ไฟล์นี้ไม่ใช่ UTF-8 (ไบต์ที่ {error.start + 1} คือ 0x{data[error.start]:02X}) และระบุรหัสอักขระอื่นให้แน่ชัดไม่ได้",
            row=data.count(b"\n", 0, error.start) + 1,
            hint_en=save_en,
            hint_th=save_th,
        )
    return None


def cannot_open(error: OSError) -> tuple[str, str]:
    """Why a file cannot be opened, as a sentence in English and in Thai."""
    en, th = _REASONS.get(error.errno or 0, ("the system does not say why", "ระบบไม่ได้แจ้งสาเหตุ"))
    return f"This file cannot be opened: {en}.", f"เปิดไฟล์นี้ไม่ได้: {th}"


def called_alike(path: Path) -> str:
    """The name of the file beside a missing one that is called most alike; empty if none is.

    The other files of a study are what they are.
    """
    others = FILES_OF_A_STUDY - {path.stem}
    beside = {p.stem: p.name for p in path.parent.glob("*.*") if p.is_file() and p.stem not in others}
    works = sorted(name for name in beside.values() if name.endswith(".bib")) if path.stem == "references" else []
    return next(iter(works), "") or next((beside[stem] for stem in nearest(path.stem, beside, limit=1)), "")


def report_missing(path: Path, problems: Problems) -> None:
    """Add the problem that a file is missing, with the file beside it that is called most alike."""
    bibliography = next(iter(sorted(path.parent.glob("*.bib"))), None) if path.stem == "references" else None
    if bibliography:
        words = command("import-references", bibliography.as_posix(), path.parent.name, "--write")
        problems.add(
            "missing-file",
            f'This file is missing; "{bibliography.name}" is BibTeX, of which it can be made.',
            f'ไม่พบไฟล์นี้ ส่วน "{bibliography.name}" เป็น BibTeX ซึ่งแปลงเป็นไฟล์นี้ได้',
            hint_en=f"{words} makes an entry of each work.",
            hint_th=f"{words} จะแปลงเป็นรายการของแต่ละงาน",
        )
        return
    near = called_alike(path)
    hint_en, hint_th = (f'Is it "{near}"?', f'ใช่ "{near}" หรือไม่') if near else ("", "")
    problems.add("missing-file", "This file is missing.", "ไม่พบไฟล์นี้", hint_en=hint_en, hint_th=hint_th)


def decoded(data: bytes) -> str | None:
    """The bytes as text in the one encoding that fits with certainty, or None if none does."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decode(data[len(mark) :], encoding)
    text = _decode(data, "utf-8")
    if text is not None and not _CONTROL.search(text):
        return text
    # UTF-16 without its mark is full of zero bytes (Latin) or of 0x0E (Thai); only one byte order makes text of it.
    wide = [t for e in ("utf-16-le", "utf-16-be") if (t := _decode(data, e)) and _share(_EXPECTED, t) == 1]
    if len(wide) == 1:
        return wide[0]
    return text if text is not None else _thai_code_page(data)


def _thai_code_page(data: bytes) -> str | None:
    """The bytes as cp874 (which includes TIS-620), or None unless the text is certainly Thai."""
    text = _decode(data, "cp874")
    if text is None or _CONTROL.search(text):
        return None
    thai = len(_THAI.findall(text))
    if thai == 0:  # quotation marks and dashes, which stand at the same places in all Windows code pages
        return text
    return text if thai >= 4 and len(_NOT_THAI.findall(text)) * 50 <= thai else None


def _decode(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _share(pattern: re.Pattern[str], text: str) -> float:
    return len(pattern.findall(text)) / len(text)
