"""Texts that were damaged on their way: told as what they are, since they read like any other text.

Known are the marks that git leaves where two versions met; a web page saved in a file's place; UTF-8 that was read in
another encoding and saved again; Thai letters saved where there are none, which leaves question marks; the sign for
a character that could not be read; characters that control writing and are none themselves; and a letter that is
repeated without end. What fills much of a text is a problem; what stands here and there (a respondent may have pasted
it) is a notice.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import NamedTuple

from thongthin.basics.problems import Problems
from thongthin.basics.rows import rows_said

# Damaged characters that are less than this share of a text's letters are a notice.
_MUCH = 0.05

_MERGE = re.compile(r"^(?:<{7}|>{7})(?: |$)", re.MULTILINE)
_PAGE_END = re.compile(r"</html\s*>", re.IGNORECASE)
_PARAGRAPH = re.compile(r"<(?P<close>/?)p(?:\s[^<>]*)?>", re.IGNORECASE)
_PAGE = re.compile(r"\s*<(?:!doctype\s+html|html[\s>])", re.IGNORECASE)
# Thai in UTF-8 is E0 B8 xx and E0 B9 xx: read as Thai (cp874) เธ. and เน., as Western à¸. and à¹.
_AS_THAI = re.compile("(?:เ[ธน][\u0e01-\u0e1f\u20ac\u2026\u2018-\u201d\u2022\u2013\u2014\u00a0 \x80-\x9f\ufffd]?){3,}")
_AS_WESTERN = re.compile("(?:à[¸¹][^\\sa-z]?){2,}|â€[œ™˜“”¦\x9d]|Ã[\u00a0-\u00bf]")
# The bytes of Thai in TIS-620 and cp874, read as Western.
_THAI_AS_WESTERN = re.compile("[¡-¬®-û]{6,}")
# Nothing but question marks; or words of them among others, which no question ends in.
_LOST = re.compile(r"(?:\?{2,}[\s\d.,;:/()&-]*)+")
_LOST_WORD = re.compile(r"(?:^|[\s(\[,])\?{4,}")
_UNREADABLE = re.compile("\ufffd+")
# Controls of old encodings and of the direction of writing, and signs that only one font has (old Thai fonts, from
# which PDF programs copy). U+2029, which QualCoder writes at a line end, is sound.
_UNSEEN = re.compile("[\x80-\x9f\u2028\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\ue000-\uf8ff]")
# Nobody types a letter so often; from so many on, what is wrong is no slip.
_OFTEN, _ENDLESS = 100, 1000
# So many are named in a message.
_NAMED = 4

_SAVE_EN = "Take the file as it was before, and save it as UTF-8 (in Excel: “CSV UTF-8”)."
_SAVE_TH = "ใช้ไฟล์ก่อนเกิดความเสียหาย แล้วบันทึกเป็น UTF-8 (ใน Excel เลือก “CSV UTF-8”)"


class _Garbled(NamedTuple):
    """A way in which text is garbled: its kind, its pattern, and what is said of it."""

    kind: str
    pattern: re.Pattern[str]
    en: str
    th: str


_GARBLED = (
    _Garbled(
        "garbled",
        _AS_THAI,
        "This text is UTF-8 that was opened as Thai (Windows-874) and saved again",
        "ข้อความนี้เป็น UTF-8 ที่ถูกเปิดเป็นภาษาไทยแบบ Windows-874 แล้วบันทึกซ้ำ",
    ),
    _Garbled(
        "garbled",
        _AS_WESTERN,
        "This text is UTF-8 that was opened as Western (Windows-1252) and saved again",
        "ข้อความนี้เป็น UTF-8 ที่ถูกเปิดเป็นภาษายุโรปตะวันตกแบบ Windows-1252 แล้วบันทึกซ้ำ",
    ),
    _Garbled(
        "garbled",
        _THAI_AS_WESTERN,
        "This text is Thai (TIS-620 or Windows-874) that was opened as Western and saved again",
        "ข้อความนี้เป็นภาษาไทยแบบ TIS-620 หรือ Windows-874 ที่ถูกเปิดเป็นภาษายุโรปตะวันตกแล้วบันทึกซ้ำ",
    ),
    _Garbled(
        "lost-text",
        _UNREADABLE,
        "Characters could not be read when this text was saved, and are lost",
        "อักขระบางตัวอ่านไม่ได้ตอนบันทึก และสูญหายไปแล้ว",
    ),
)


def is_garbled(text: str) -> bool:
    """Whether a short text, such as a label, is garbled, or holds what is no writing."""
    if text.isascii():
        return False
    return any(garbled.pattern.search(text) for garbled in _GARBLED) or bool(_unseen(text))


def _unseen(text: str) -> list[str]:
    """The different characters of a text that are no writing, in their order.

    Those that Unicode has given to nobody count only in its first plane, which is all but full: a new emoji, which this
    Python does not know yet, stands behind it.
    """
    odd = [
        character
        for character in set(text)
        if _UNSEEN.match(character) or (character <= "\uffff" and unicodedata.category(character) == "Cn")
    ]
    return sorted(odd, key=text.index)


def report_damage(text: str, path: Path, problems: Problems) -> bool:
    """Add what is damaged in a text, at its first line; whether it can't be read on (a web page, marks of git).

    Args:
        text: a file as it stands, or the rows of a table as lines.
        path: the file, whose ending tells whether it may be a web page.
        problems: bound to the file with `Problems.at`.
    """
    if _PAGE.match(text) and path.suffix.lower() not in (".html", ".htm"):
        problems.add(
            "web-page",
            "This is a web page (HTML), not the file that belongs here.",
            "ไฟล์นี้เป็นหน้าเว็บ (HTML) ไม่ใช่ไฟล์ที่ควรอยู่ตรงนี้",
            row=1,
            hint_en="Perhaps the page of a log-in was saved in its place: sign in, and download the file again.",
            hint_th="อาจบันทึกหน้าเข้าสู่ระบบมาแทน ให้เข้าสู่ระบบแล้วดาวน์โหลดไฟล์ใหม่",
        )
        return True
    if merge := _MERGE.search(text):
        problems.add(
            "merge-marks",
            "Two versions of this file meet here, and nobody has chosen between them (marks <<<<<<< and >>>>>>>).",
            "มีสองฉบับของไฟล์นี้ปนกันตรงนี้ และยังไม่ได้เลือก (เครื่องหมาย <<<<<<< และ >>>>>>>)",
            row=_line(text, merge.start()),
            hint_en="Keep one of the two texts, and take out the lines that begin with <<<<<<<, ======= and >>>>>>>.",
            hint_th="เก็บไว้ฉบับเดียว แล้วลบบรรทัดที่ขึ้นต้นด้วย <<<<<<< ======= และ >>>>>>>",
        )
        return True
    _report_repeated(text, problems)
    if text.isascii():
        return False
    whole = True
    for garbled in _GARBLED:
        found = list(garbled.pattern.finditer(text))
        if not found or (garbled.pattern is _THAI_AS_WESTERN and _AS_WESTERN.search(text)):
            continue
        whole = False
        size = sum(len(match[0]) for match in found)
        add = problems.add if size >= _MUCH * len(text) else problems.notice
        sample = found[0][0][:30].strip()
        shown = f': "{sample}"' if sample else ""
        was = _restored(sample, garbled.pattern)
        add(
            garbled.kind,
            f"{garbled.en}{shown}{f' was {chr(34)}{was}{chr(34)}' if was else ''}.",
            f"{garbled.th}{shown}{f' เดิมคือ {chr(34)}{was}{chr(34)}' if was else ''}",
            row=_line(text, found[0].start()),
            hint_en=_SAVE_EN,
            hint_th=_SAVE_TH,
        )
    if whole and (unseen := _unseen(text)):
        _notice_unseen(text, unseen, problems)
    return False


def _notice_unseen(text: str, unseen: Sequence[str], problems: Problems) -> None:
    """Tell of characters that are no writing, all at the first one's line."""
    listed = ", ".join(f"U+{ord(character):04X}" for character in unseen[:_NAMED])
    more = " ..." if len(unseen) > _NAMED else ""
    number = sum(map(text.count, unseen))
    problems.notice(
        "unseen-character",
        f"Characters stand in this text that are no letters, and that cannot be seen or look different in every"
        f" program: {listed}{more} ({number} in all).",
        f"มีอักขระที่ไม่ใช่ตัวอักษร ซึ่งมองไม่เห็นหรือแสดงต่างกันในแต่ละโปรแกรม: {listed}{more} (รวม {number} แห่ง)",
        row=_line(text, text.index(unseen[0])),
        hint_en="They often come with text that was copied out of a PDF or a chat: type it anew there.",
        hint_th="มักติดมากับข้อความที่คัดลอกจาก PDF หรือแชต ให้พิมพ์ใหม่ตรงนั้น",
    )


def _report_repeated(text: str, problems: Problems) -> None:
    """Tell of the longest run of one letter, if it is longer than anybody types."""
    half = _OFTEN // 2
    seen = text[::half]  # a long run shows in two letters of these that follow each other
    longest = (0, 0)
    for match in re.finditer(r"([^\W\d_])\1+", seen):
        at = match.start() * half
        if text[at : at + half] == match[1] * half:
            start, end = at, at
            while start and text[start - 1] == match[1]:
                start -= 1
            while end < len(text) and text[end] == match[1]:
                end += 1
            longest = max(longest, (end - start, -start))
    n, start = longest[0], -longest[1]
    if n < _OFTEN:
        return
    (problems.add if n >= _ENDLESS else problems.notice)(
        "repeated-letter",
        f'The letter "{text[start]}" stands {n:,} times in a row.',
        f'ตัวอักษร "{text[start]}" เรียงซ้ำกัน {n:,} ตัว',
        row=_line(text, start),
        hint_en="Was a key held down, or the file damaged? Take it out, or use the file as it was before.",
        hint_th="กดแป้นค้างไว้หรือไฟล์เสียหายหรือไม่ ให้ลบออก หรือใช้ไฟล์ก่อนหน้า",
    )


def report_cut_page(page: str, problems: Problems) -> bool:
    """Add a problem where a web page that a tool wrote does not end as pages do: what stood behind is lost.

    Tools close every paragraph; where one is not, a notice tells that words of it may be lost.

    Args:
        problems: bound to the file.
    """
    if not page.strip():
        return False
    if _PAGE_END.search(page):
        _tell_unclosed(page, problems)
        return False
    problems.add(
        "cut-short",
        "This page is cut short: it does not end with </html>, so what stood behind its last line is missing.",
        "หน้านี้ถูกตัดขาด ไม่ได้จบด้วย </html> เนื้อหาหลังบรรทัดสุดท้ายจึงหายไป",
        row=page.rstrip().count("\n") + 1,
        hint_en="Was it copied or downloaded whole? Export it again.",
        hint_th="คัดลอกหรือดาวน์โหลดไฟล์มาไม่ครบหรือไม่ ให้ส่งออกใหม่",
    )
    return True


def _tell_unclosed(page: str, problems: Problems) -> None:
    opened: re.Match[str] | None = None
    for tag in _PARAGRAPH.finditer(page):
        if opened and not tag["close"]:
            problems.notice(
                "unclosed-paragraph",
                "A paragraph of this page is not closed: words at its end may be lost.",
                "มีย่อหน้าในหน้านี้ที่ไม่ได้ปิด คำท้ายย่อหน้าอาจหายไป",
                row=_line(page, opened.start()),
                hint_en="Look whether its text is whole, or export the page again.",
                hint_th="ตรวจว่าข้อความครบหรือไม่ หรือส่งออกหน้านี้ใหม่",
            )
        opened = None if tag["close"] else tag


def report_lost(cells: Collection[str], column: str, rows_of: dict[str, list[int]], problems: Problems) -> None:
    """Add what is lost in a column of a table: cells of question marks, where letters were saved as what has none.

    Args:
        cells: the different cells of the column.
        rows_of: the rows of each cell.
    """
    lost = [cell for cell in cells if "??" in cell and (_LOST.fullmatch(cell) or _LOST_WORD.search(cell))]
    if not lost:
        return
    rows = sorted(row for cell in lost for row in rows_of[cell])
    filled = sum(len(rows_of[cell]) for cell in cells if cell)
    en, th = rows_said(rows)
    add = problems.add if 2 * len(rows) >= filled else problems.notice
    add(
        "lost-text",
        f"The letters of this column are lost: question marks stand in their place ({en}).",
        f"ตัวอักษรในคอลัมน์นี้สูญหาย มีเครื่องหมายคำถามแทน ({th})",
        row=rows[0],
        column=column,
        hint_en="The file was saved in an encoding without Thai letters (ANSI). " + _SAVE_EN,
        hint_th="ไฟล์ถูกบันทึกด้วยรหัสอักขระที่ไม่มีอักษรไทย (ANSI) " + _SAVE_TH,
    )


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def _restored(garbled: str, pattern: re.Pattern[str]) -> str:
    """What garbled UTF-8 said, as far as it can be told; "" if it cannot."""
    encoding = {_AS_THAI: "cp874", _AS_WESTERN: "cp1252"}.get(pattern)
    if encoding is None:
        return garbled.encode("latin-1", "ignore").decode("cp874", "ignore") if pattern is _THAI_AS_WESTERN else ""
    data = b"".join(_byte(character, encoding) for character in garbled)
    return data.decode("utf-8", "ignore").strip()


def _byte(character: str, encoding: str) -> bytes:
    try:
        return character.encode(encoding)
    except UnicodeEncodeError:
        return bytes([ord(character)]) if ord(character) < 256 else b""
