"""Identifiers that are numbers or made like them: citizen ids, phones, accounts, plates, addresses of mail and LINE.

The check digit of a Thai citizen id is eleven minus the weighted sum of the first twelve digits (weights 13 to 2)
modulo eleven, its last digit (Department of Provincial Administration). Phones are those of the national numbering
plan: ten digits of a mobile (06, 08, 09), nine of a line."""

from __future__ import annotations

import re
from collections.abc import Iterator

Hit = tuple[str, int, int]

_SEP = r"[ .\-]?"
_CITIZEN = re.compile(r"(?<![\d,.])\d(?:[ .\-]?\d){12}(?!\d)")
_CITIZEN_SHAPE = re.compile(r"\d{13}|\d([ .\-])\d{4}\1\d{5}\1\d{2}\1\d")
_ID_CUE = re.compile(r"บัตรประ|บัตรปชช|ประจำตัว|สิบสามหลัก|13 หลัก|\bID\b|citizen|national", re.IGNORECASE)
_PHONE = re.compile(
    rf"(?<![\d,/])(?:(?:\+|00)66{_SEP}(?:\(0\){_SEP})?[2-9](?:{_SEP}\d){{7,8}}"
    rf"|\(?0{_SEP}[689](?:\)?{_SEP}\d){{8}}|\(?0{_SEP}[2-57](?:\)?{_SEP}\d){{7}})(?:\s?ต่อ\s?\d{{1,5}})?(?!\d)"
)
_FOREIGN_PHONE = re.compile(r"(?<![\d+])\+\d{1,3}(?:[ .\-]?\(?\d{1,4}\)?){2,5}(?!\d)")
_EMAIL = re.compile(r"[A-Za-z0-9._%+\-]+ ?(?:@|\[at\]|\(at\)) ?[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)*\.[A-Za-z]{2,}")
_HANDLE = r"@?[A-Za-z0-9][A-Za-z0-9._\-]*[A-Za-z0-9_]"
# Behind a cue, up to an id: words of either language that stand between, but no other thing that is named.
_LINE = re.compile(
    r"(?:(?<!ออน)ไลน์|แอดไลน์|(?<![A-Za-z])(?:LINE|Line|line(?= ?(?:id|:|@))))"
    rf"(?P<between>[ก-๛ :=\-]{{0,24}}(?:\b(?:ID|Id|id)\b)?[ก-๛ :=\-]{{0,12}}?(?:\bis )?)(?P<id>{_HANDLE})"
)
_LINE_WORDS = re.compile(
    r"(?:OA|O\.A|Official|official|Account|Notify|notify|group|Group|Application|app|App|Today|Pay|BK|Man|MAN|Shopping|Me|TV"
    r"|Bot|bot|Chat|chat|ID|id|is|was|and|or|to|for|with|in|on|of|at|we|they|it|the|a)",
)
_AT = re.compile(r"(?<![\w.@])@[A-Za-z0-9][A-Za-z0-9._\-]+")
_PAGE = re.compile(
    r"(?:https?://)?(?:www\.|m\.)?(?:facebook|fb|instagram|tiktok|twitter|x|youtube|line|linkedin|lin|threads)\.(?:com|me|ee)"
    r"/[^\s\u0e00-\u0e7f)”\"]+"
)
_PAGE_NAME = re.compile(
    r"(?:เฟซ(?:บุ๊ก|บุ๊ค)?|เฟส(?:บุ๊ก|บุ๊ค)?|เพจ|ไอจี|ติ๊กต็อก|\bIG\b|\bFB\b|Facebook)(?:ชื่อ|ของ|ผม|หนู|คือ|[ :])*"
    r"(?P<id>[A-Za-z][A-Za-z0-9._\-]*[0-9._\-][A-Za-z0-9._\-]*)"
)
_LONG = re.compile(r"(?<![\d.,/+])\d(?:[ \-]?\d){8,17}(?!\d|,\d)")
_ACCOUNT = re.compile(
    r"(?<![\d,])\d{3}-\d-\d{5}-\d(?!\d)|(?<![\d,])\d{3}-\d{6}-\d(?!\d)|(?<![\d,])\d{3}-\d-\d{6}-?\d?(?!\d)"
)
_ACCOUNT_CUE = re.compile(r"บัญชี|ธนาคาร|ธกส|พร้อมเพย์|ออมสิน|account|\bbank\b|โอนเข้า|โอนมา", re.IGNORECASE)
_PLATE = re.compile(
    r"(?:ทะเบียน|ป้ายแดง|plate)(?:รถ)?(?:[ก-๛]{0,6}(?:คือ|[ :]|is )+)?(?P<id>[0-9]{0,2}[ก-ฮ]{1,3}[ \-]?\d{1,4})(?!\d|,\d)"
)
_PLATE_ALONE = re.compile(r"(?<![\dก-๛])\d[ก-ฮ]{2}[ \-]?\d{1,4}(?![\d/])")
_PASSPORT = re.compile(
    r"(?:หนังสือเดินทาง|พาสปอร์ต|พาสพอร์ต|[Pp]assport)[^\n\d]{0,18}?(?P<id>[A-Z]{1,2}\d{6,8})(?!\d)|(?<![A-Za-z\d])[A-Z]{2}\d{7}(?!\d)"
)
_COORDINATES = re.compile(r"(?<![\d.])-?\d{1,3}\.\d{4,}\s?[,/ ]\s?-?\d{1,3}\.\d{4,}")
_DEVICE = re.compile(
    r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])|(?<![\w:])(?:[0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}(?![\w:])"
)
_RECORD = re.compile(
    r"(?:\bHN\b|\bAN\b|รหัสนักศึกษา|รหัสพนักงาน|รหัสสมาชิก|เลขผู้ป่วย|student id|employee id)[ .:]*(?P<id>[\w\-/]*\d[\w\-/]*)",
    re.IGNORECASE,
)

_MONTH = (
    r"(?:มกราคม|กุมภาพันธ์|มีนาคม|เมษายน|พฤษภาคม|มิถุนายน|กรกฎาคม|สิงหาคม|กันยายน|ตุลาคม|พฤศจิกายน|ธันวาคม"
    r"|ม\.?ค\.?|ก\.?พ\.?|มี\.?ค\.?|เม\.?ย\.?|พ\.?ค\.?|มิ\.?ย\.?|ก\.?ค\.?|ส\.?ค\.?|ก\.?ย\.?|ต\.?ค\.?|พ\.?ย\.?|ธ\.?ค\.?"
    r"|(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?)"
)
_DATE = (
    rf"(?:\d{{1,2}} ?{_MONTH} ?(?:พ\.ศ\. ?|,? )?\d{{2,4}}|{_MONTH} \d{{1,2}},? \d{{4}}|"
    rf"\d{{1,2}}[/.\-]\d{{1,2}}[/.\-]\d{{2,4}}"
    rf"|\d{{4}}-\d{{1,2}}-\d{{1,2}}|\d{{1,2}} ?{_MONTH})"
)
_BORN = re.compile(
    rf"(?:เกิด|คลอด|\b[Bb]orn\b|[Bb]irthday|[Dd]ate of [Bb]irth|\bDOB\b|"
    rf"\bd\.o\.b\.)[^\d\n]{{0,24}}?(?P<id>{_DATE})(?!\d)"
)
_ADDRESS = re.compile(
    r"(?:บ้าน)?เลขที่ ?\d{1,4}(?:/\d{1,4})?(?![\d\-])(?:,? ?(?:หมู่(?:ที่)? ?|ม\. ?)\d{1,2})?"
    r"|(?<![\d/.])\d{1,4}(?:/\d{1,4})? ?(?:หมู่(?:ที่)? ?|ม\. ?)\d{1,2}(?!\d)|"
    r"(?<![\d/.])\d{1,4}(?:/\d{1,4})? (?=(?:ซอย|ซ\.|ถนน|ถ\.)(?!สาย)[ก-๛])"
    r"|(?<![\d/.])\d{1,4}(?:/\d{1,4})?,? (?:Moo|M\.|Soi|Village No\.?) ?\d{1,2}(?!\d)"
    r"|(?<![\d/.])\d{1,4}(?:/\d{1,4})? [A-Z][a-z]+(?: [A-Z][a-z]+)? (?:Road|Rd\.?|Street|St\.|Lane|Avenue)\b"
)
# Kinds whose pattern is the identifier, and those whose pattern has it behind a cue, as the group "id".
_WHOLE = (
    ("email", _EMAIL),
    ("phone", _PHONE),
    ("phone", _FOREIGN_PHONE),
    ("account_name", _PAGE),
    ("bank_account", _ACCOUNT),
    ("account_name", _AT),
    ("coordinates", _COORDINATES),
    ("network_address", _DEVICE),
    ("address", _ADDRESS),
    ("plate", _PLATE_ALONE),
)
_CUED = (
    ("plate", _PLATE),
    ("passport", _PASSPORT),
    ("number", _RECORD),
    ("birth_date", _BORN),
    ("account_name", _PAGE_NAME),
)
# Characters in which a cue stands before a number.
_CUES = 34


def numbers(text: str) -> Iterator[Hit]:
    """Kind, start and end of each, half-open; `text` is that of `Searched`."""
    for match in _CITIZEN.finditer(text):
        before = text[max(0, match.start() - _CUES) : match.start()]
        if _ID_CUE.search(before) or (_CITIZEN_SHAPE.fullmatch(match[0]) and is_citizen_id(match[0])):
            yield "citizen_id", *match.span()
    for kind, pattern in _WHOLE:
        for match in pattern.finditer(text):
            yield kind, *match.span()
    for kind, pattern in _CUED:
        for match in pattern.finditer(text):
            yield kind, *(match.span("id") if match["id"] else match.span())
    yield from _line_ids(text)
    for match in _LONG.finditer(text):
        before = text[max(0, match.start() - _CUES) : match.start()]
        if not _is_list(match[0]):
            yield "bank_account" if _ACCOUNT_CUE.search(before) else "number", *match.span()


def is_citizen_id(text: str) -> bool:
    """Whether the thirteen digits in it have the right check digit."""
    digits = [int(d) for d in re.sub(r"\D", "", text)]
    return (
        len(digits) == 13
        and (11 - sum(d * w for d, w in zip(digits, range(13, 1, -1), strict=False)) % 11) % 10 == digits[12]
    )


def _line_ids(text: str) -> Iterator[Hit]:
    for match in _LINE.finditer(text):
        id_, between = match["id"], match["between"]
        if _LINE_WORDS.fullmatch(id_):
            continue
        said = re.search(r"(?i)id|ไอดี|คือ|ชื่อ|[:=]", between) is not None
        if id_.isdigit() and len(id_) < 5:
            continue
        if said or re.search(r"[\d@_.]", id_):
            yield "line_id", *match.span("id")


def _is_list(text: str) -> bool:
    """Whether the digits are a row of small numbers or years ("1 2 3 4 5 6 7 8 9", "2563 2564 2565")."""
    parts = re.split(r"[ \-]", text)
    return len(parts) > 2 and (
        max(map(len, parts)) <= 2 or all(len(p) == 4 and p[:2] in ("19", "20", "25") for p in parts)
    )
