"""What is wrong in a YAML file, in words of each language: its syntax, and values that do not fit.

The YAML library and pydantic speak English, and to developers. Each fault that people make is known here by what they
did; a fault that is not known gets a general sentence, never the words of a library.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

import yaml

# Patterns that a text must match, and what they mean.
IDENTIFIER = r"^[A-Za-z0-9][A-Za-z0-9_-]*$"
ORCID = r"^\d{4}-\d{4}-\d{4}-\d{3}[\dX]$"


class Said(NamedTuple):
    """A fault: what is wrong and what would mend it, in English and in Thai; the line, counted from 1."""

    en: str
    th: str
    hint_en: str
    hint_th: str
    row: int | None = None


_QUOTE = (
    'Put the text in quotation marks: title: "Digital: a study".',
    'ใส่เครื่องหมายคำพูดครอบข้อความ เช่น title: "ดิจิทัล: การศึกษา"',
)
_SPACES = (
    "Indent with spaces, never with tabs; keys of one group begin in the same column.",
    "ย่อหน้าด้วยช่องว่าง ห้ามใช้แท็บ และให้คีย์ในกลุ่มเดียวกันเริ่มตรงกัน",
)
_LIST = (
    "Each entry of a list begins on a line of its own with - and a space.",
    "แต่ละรายการขึ้นบรรทัดใหม่ ตามด้วย - และช่องว่าง",
)
# What the library complains of (its context and problem), and what people did.
_SYNTAX: tuple[tuple[str, tuple[str, str], tuple[str, str]], ...] = (
    (
        "tab character|cannot start any token.*<tab>",
        ("This line is indented with a tab.", "บรรทัดนี้ย่อหน้าด้วยแท็บ"),
        _SPACES,
    ),
    (
        "cannot start any token|scanning an? (anchor|alias|directive)|undefined alias",
        (
            "A text that begins with @, `, %, & or * must stand in quotation marks.",
            "ข้อความที่ขึ้นต้นด้วย @ ` % & หรือ * ต้องอยู่ในเครื่องหมายคำพูด",
        ),
        ('Write it so: email: "@home".', 'เขียนเช่น email: "@home"'),
    ),
    (
        "constructor for the tag|undefined tag|scanning a tag|base64",
        ("A text that begins with ! must stand in quotation marks.", "ข้อความที่ขึ้นต้นด้วย ! ต้องอยู่ในเครื่องหมายคำพูด"),
        ('Write it so: title: "!important".', 'เขียนเช่น title: "!สำคัญ"'),
    ),
    (
        "unexpected end of stream|document indicator",
        (
            "A quotation mark is opened here and not closed.",
            "มีเครื่องหมายคำพูดที่เปิดไว้ตรงนี้แต่ไม่ได้ปิด",
        ),
        (
            "Close it; an apostrophe within '...' is written twice, or the text put in \"...\".",
            "ปิดให้ครบ เครื่องหมาย ' ภายใน '...' ให้พิมพ์สองครั้ง หรือใช้ \"...\" ครอบแทน",
        ),
    ),
    (
        "found unknown escape|hexdecimal|hexadecimal|Unicode character escape|escape sequence",
        (
            'A \\ within "..." means something of its own.',
            'เครื่องหมาย \\ ภายใน "..." มีความหมายพิเศษ',
        ),
        ("Write it twice (\\\\), or put the text in '...'.", "พิมพ์สองครั้ง (\\\\) หรือใช้ '...' ครอบแทน"),
    ),
    (
        "flow sequence|flow mapping|flow node",
        (
            "A bracket [ or { is opened here and not closed, or a comma is missing or too much between its entries.",
            "มีวงเล็บ [ หรือ { ที่เปิดไว้ตรงนี้แต่ไม่ได้ปิด หรือจุลภาคระหว่างรายการขาดหรือเกิน",
        ),
        (
            "Write [a, b] or {th: ..., en: ...}; a text that holds a bracket or comma stands in quotation marks.",
            "เขียน [ก, ข] หรือ {th: ..., en: ...} ข้อความที่มีวงเล็บหรือจุลภาคให้อยู่ในเครื่องหมายคำพูด",
        ),
    ),
    (
        "parsing a block node",
        (
            "A text that begins with ], } or a comma must stand in quotation marks.",
            "ข้อความที่ขึ้นต้นด้วย ] } หรือจุลภาค ต้องอยู่ในเครื่องหมายคำพูด",
        ),
        ('Write it so: title: "], and so on", or take the sign out.', 'เขียนเช่น title: "] ข้อความ" หรือลบเครื่องหมายนั้นออก'),
    ),
    (
        "unhashable key|unacceptable key|mapping keys are not allowed",
        (
            "A key is a word; here a bracket or ? stands in its place.",
            "คีย์ต้องเป็นคำ แต่ตรงนี้เป็นวงเล็บหรือเครื่องหมาย ?",
        ),
        (
            "A text that begins with {, [ or ? stands in quotation marks.",
            "ข้อความที่ขึ้นต้นด้วย { [ หรือ ? ต้องอยู่ในเครื่องหมายคำพูด",
        ),
    ),
    (
        "sequence entries are not allowed|block collection",
        ("A list and something else stand in one place.", "มีรายการกับอย่างอื่นปนกันในที่เดียว"),
        _LIST,
    ),
    (
        "mapping values are not allowed",
        (
            "A colon stands within text without quotation marks, or the line is indented too far.",
            "มีเครื่องหมาย : ในข้อความที่ไม่มีเครื่องหมายคำพูด หรือบรรทัดนี้ย่อหน้ามากเกินไป",
        ),
        _QUOTE,
    ),
    (
        "could not find expected ':'",
        ("This line has no key: a colon and a space are missing.", "บรรทัดนี้ไม่มีคีย์: ขาดเครื่องหมาย : ตามด้วยช่องว่าง"),
        (
            "Write key: value; a text of several lines begins with |, and its lines are indented.",
            "เขียน คีย์: ค่า ข้อความหลายบรรทัดให้ขึ้นต้นด้วย | และย่อหน้าทุกบรรทัด",
        ),
    ),
    (
        "block mapping<quoted>",
        (
            "Something stands after the closing quotation mark.",
            "มีข้อความต่อท้ายเครื่องหมายคำพูดปิด",
        ),
        (
            "Put the whole text in quotation marks; one inside \"...\" is written \\\", inside '...' twice.",
            "ใส่เครื่องหมายคำพูดครอบข้อความทั้งหมด เครื่องหมาย \" ภายใน \"...\" ให้เขียน \\\" และ ' ภายใน '...' ให้พิมพ์สองครั้ง",
        ),
    ),
    (
        "block mapping",
        (
            "This line does not begin where the keys of its group do, or it is no key.",
            "บรรทัดนี้เริ่มไม่ตรงกับคีย์อื่นในกลุ่ม หรือไม่ใช่คีย์",
        ),
        _SPACES,
    ),
    (
        "block scalar",
        ("Text stands behind | or > on the same line.", "มีข้อความอยู่หลัง | หรือ > ในบรรทัดเดียวกัน"),
        ("Begin the text on the next line, indented.", "ขึ้นบรรทัดใหม่แล้วย่อหน้าข้อความ"),
    ),
    (
        "single document|document start",
        ("A line of --- or ... divides the file in two.", "มีบรรทัด --- หรือ ... แบ่งไฟล์เป็นสองส่วน"),
        ("Take the line out.", "ลบบรรทัดนั้นออก"),
    ),
    (
        "duplicate anchor",
        ("The name behind & stands twice.", "ชื่อหลังเครื่องหมาย & ซ้ำกัน"),
        ("Give each its own name, or put the text in quotation marks.", "ตั้งชื่อให้ต่างกัน หรือใส่เครื่องหมายคำพูดครอบข้อความ"),
    ),
)  # fmt: skip


def syntax_fault(error: Exception, text: str) -> Said:
    """What is wrong with the syntax of a YAML file, from what the library raised.

    Args:
        text: the file.
    """
    mark, began = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    told = f"{getattr(error, 'context', '') or ''}|{getattr(error, 'problem', '') or ''}"
    lines = text.split("\n")
    line = lines[mark.line] if mark and mark.line < len(lines) else ""
    if mark and line[mark.column : mark.column + 1] == "\t":
        told += "<tab>"
    if mark and line[: mark.column].rstrip().endswith(('"', "'")):
        told = told.replace("block mapping", "block mapping<quoted>")
    known = next(
        (rest for pattern, *rest in _SYNTAX if isinstance(error, yaml.YAMLError) and re.search(pattern, told)), None
    )
    opened = began and re.search("quoted scalar|flow (sequence|mapping)", told)
    where = began if opened else mark
    row = where.line + 1 if where else None
    if known is None:
        return Said("The structure of this file cannot be read.", "อ่านโครงสร้างของไฟล์นี้ไม่ได้", *_SPACES, row)
    (en, th), (hint_en, hint_th) = known
    return Said(en, th, hint_en, hint_th, row)


# --- values ---------------------------------------------------------------------------------------------------------

_WHOLE = ("must be a whole number", "ต้องเป็นจำนวนเต็ม")
_NUMBER = ("must be a number", "ต้องเป็นตัวเลข")
_TRUTH = ("must be true or false", "ต้องเป็น true หรือ false")
_DATE = ("must be a date such as 2023-09-15 or 15/9/2566", "ต้องเป็นวันที่ เช่น 2023-09-15 หรือ 15/9/2566")
_GROUP = ("must be a group of keys", "ต้องเป็นกลุ่มของคีย์")
_MISSING = ("is missing", "ยังไม่ได้ระบุ")
# By pydantic's type of error; {} stand for its numbers.
VALUES = {
    "missing": _MISSING,
    "none_required": ("must be left out", "ต้องไม่ระบุ"),
    **dict.fromkeys(("int_parsing", "int_type", "int_from_float"), _WHOLE),
    "int_parsing_size": ("is too large a number", "เป็นจำนวนที่มากเกินไป"),
    **dict.fromkeys(("float_parsing", "float_type"), _NUMBER),
    "finite_number": ("must be a finite number", "ต้องเป็นจำนวนที่มีค่าจำกัด"),
    **dict.fromkeys(("bool_parsing", "bool_type"), _TRUTH),
    **dict.fromkeys(("string_type", "string_unicode"), ("must be text", "ต้องเป็นข้อความ")),
    "string_too_short": ("must not be empty", "ต้องไม่ว่าง"),
    "list_type": ("must be a list", "ต้องเป็นรายการ"),
    **dict.fromkeys(("dict_type", "model_type", "model_attributes_type"), _GROUP),
    "too_short": ("needs at least {min_length}", "ต้องมีอย่างน้อย {min_length} รายการ"),
    "too_long": ("may have {max_length} at most", "มีได้ไม่เกิน {max_length} รายการ"),
    "greater_than": ("must be greater than {gt}", "ต้องมากกว่า {gt}"),
    "greater_than_equal": ("must be {ge} or more", "ต้องไม่น้อยกว่า {ge}"),
    "less_than": ("must be less than {lt}", "ต้องน้อยกว่า {lt}"),
    "less_than_equal": ("must be {le} or less", "ต้องไม่เกิน {le}"),
    **dict.fromkeys(("date_from_datetime_parsing", "date_parsing", "date_type", "date_from_datetime_inexact"), _DATE),
}
_PATTERNS = {
    IDENTIFIER: (
        "must be of Latin letters, digits, - and _, and begin with a letter or digit",
        "ใช้ได้เฉพาะอักษรละติน ตัวเลข - และ _ และต้องขึ้นต้นด้วยอักษรหรือตัวเลข",
    ),
    ORCID: ("must be an ORCID such as 0000-0002-1825-0097", "ต้องเป็น ORCID เช่น 0000-0002-1825-0097"),
}
_OTHER = ("does not fit here", "ใช้ในที่นี้ไม่ได้")
_HINTS = {
    **dict.fromkeys(
        ("list_type",),
        (
            'Write "{key}: [a, b]", or each entry on a line of its own below the key, after - and a space.',
            'เขียน "{key}: [ก, ข]" หรือขึ้นบรรทัดใหม่ใต้คีย์ ทีละรายการ โดยขึ้นต้นด้วย - และช่องว่าง',
        ),
    ),
    **dict.fromkeys(
        ("dict_type", "model_type", "model_attributes_type"),
        (
            "Write its keys on the lines below, indented, each with a colon and a space: th: ...",
            "เขียนคีย์ย่อยในบรรทัดถัดไปแบบย่อหน้า แต่ละคีย์ตามด้วย : และช่องว่าง เช่น th: ...",
        ),
    ),
    **dict.fromkeys(("bool_parsing", "bool_type"), ('Write "{key}: true".', 'เขียน "{key}: true"')),
}


def value_fault(kind: str, key: str, found: Any, facts: Mapping[str, Any], *, is_key: bool = False) -> Said:
    """What is wrong with a value, as a sentence about its key.

    Args:
        kind: pydantic's type of the error.
        key: the key, or the number of an entry of a list, counted from 1.
        found: what stands there.
        facts: the numbers of the error (pydantic's `ctx`).
        is_key: it is the key itself that is wrong.
    """
    en, th = _PATTERNS.get(facts.get("pattern", ""), _OTHER) if "pattern" in kind else VALUES.get(kind, _OTHER)
    en, th = en.format(**facts), th.format(**facts)
    here = ("", "") if kind == "missing" or is_key else (f" (here: {short(found)})", f" (ค่าที่พบ: {short(found)})")
    hint_en, hint_th = _HINTS.get(kind, ("", ""))
    return Said(f'"{key}" {en}{here[0]}.', f'"{key}" {th}{here[1]}', hint_en.format(key=key), hint_th.format(key=key))


def short(value: Any) -> str:
    """A value as it would stand in the file, cut where it is long."""
    if isinstance(value, str) and len(value) > 57:
        value = value[:55] + "..."
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else text[:57] + "..."
