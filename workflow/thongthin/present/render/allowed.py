"""What may stand in a document, and in the braces of each of its elements: the list that every tree is held against.

It names what is allowed, by the elements of pandoc's tree; what is not on it is refused, however it was spelled (see
`thongthin.present.render.refusals`). `docs/article-format.md` says the same for people.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

REFERABLE = ("fig-", "tbl-", "sec-")
# Blocks that are filled from study.yml and references.yml.
FILLED = ("keywords", "keywords-translated", "ethics", "refs", "refs-translated")

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_NAME = re.compile(r"[\w.:-]+")
# The id of a heading may be made of its words by pandoc.
_HEADING = re.compile(r"[^\s{}<>\"'\\#@]+")
FIGURE = re.compile(r"figures/([\w-]+)")
# The width of a figure is given to Typst as it stands.
_WIDTH = re.compile(r"\d{1,4}(?:\.\d{1,3})?(?:%|cm|mm|in|pt|em)")


@dataclass(frozen=True)
class Allowed:
    """What may stand in the braces of an element.

    Attributes:
        classes: by name.
        attributes: key -> what its value must be.
        identifier: what its id must be; None: it has none.
    """

    classes: frozenset[str] = frozenset()
    attributes: tuple[tuple[str, re.Pattern[str]], ...] = ()
    identifier: re.Pattern[str] | None = None


_TEXT = re.compile(r".+", re.DOTALL)
_NOTHING = Allowed()
_OWN_LANGUAGE = (("lang", _LANGUAGE),)
# Every element that a document may have. `claim` names what must hold of the data for the words to be true.
ELEMENTS: dict[str, Allowed] = {
    **dict.fromkeys(
        (
            *("Plain", "Para", "BlockQuote", "BulletList", "OrderedList", "DefinitionList", "Item", "Term"),
            *("LineBlock", "HorizontalRule", "Table", "Head", "Row", "Cell", "Caption"),
            *("Text", "LineBreak", "Emph", "Strong", "Underline", "Strikeout", "Superscript", "Subscript", "SmallCaps"),
            *("Quoted", "Cite", "Citation", "Note", "Math", "Code", "Value", "Quote", "Include"),
        ),
        _NOTHING,
    ),
    "CodeBlock": Allowed(frozenset({"text", "python", "r", "yaml", "json", "bash", "markdown", "sql", "csv", "stata"})),
    "Header": Allowed(frozenset({"unnumbered", "unlisted"}), _OWN_LANGUAGE, _HEADING),
    "Div": Allowed(attributes=_OWN_LANGUAGE, identifier=_NAME),
    "Span": Allowed(frozenset({"interpretation", "fixed"}), (*_OWN_LANGUAGE, ("claim", _NAME))),
    "Link": Allowed(frozenset({"uri", "email"}), _OWN_LANGUAGE),  # classes of an address that stands for itself
    "Figure": Allowed(identifier=re.compile(r"fig-[\w-]+")),
    "Image": Allowed(attributes=(("fig-alt", _TEXT), ("width", _WIDTH)), identifier=re.compile(r"fig-[\w-]+")),
}
# What else there is in a document that the build put together: notes of its tables, the places that their cells lead
# to, and its shortcodes.
MADE = {
    "Div": Allowed(frozenset({"table-note"})),
    "Span": Allowed(
        attributes=(
            ("shortcode", re.compile("value|quote")),
            ("argument", re.compile(r"[^\s\"\\]+")),
            ("evidence", re.compile(r"table/[\w-]+")),
            ("cells", re.compile(r"\d+\.\d+(?: \d+\.\d+)*")),
        )
    ),
}

# What the values of attributes, and ids, have to be: the hints of those that are not.
MEANT = {
    "lang": ("Write the code of a language, such as lang=en.", "ระบุรหัสภาษา เช่น lang=en"),
    "width": (
        "Write a share of the text or a length: width=80% or width=12cm.",
        "ระบุสัดส่วนหรือความยาว เช่น width=80% หรือ width=12cm",
    ),
    "claim": ("Write the name of a claim of claims.yml.", "ระบุชื่อข้ออ้างที่อยู่ใน claims.yml"),
    "fig-alt": ("Say in words what the figure shows.", "บอกเป็นข้อความว่ารูปแสดงอะไร"),
    "id": (
        "Headings, blocks and figures have ids, of letters, digits and hyphens; nothing else has one.",
        "รหัสใช้กับหัวข้อ กล่อง และรูปเท่านั้น ประกอบด้วยตัวอักษร ตัวเลข และขีด",
    ),
    "address": (
        "A link leads to http://, https:// or mailto:; to a table, figure or section refer with @ and its id.",
        "ลิงก์ใช้ได้กับ http:// https:// หรือ mailto: เท่านั้น หากอ้างถึงตาราง รูป หรือหัวข้อ ให้ใช้ @ ตามด้วยรหัส",
    ),
    "image": (
        "Name it as figures/name, without an ending; each format takes its own file.",
        "เขียนเป็น figures/ชื่อ โดยไม่ใส่นามสกุลไฟล์ ระบบเลือกไฟล์ให้แต่ละรูปแบบเอง",
    ),
    "raw": (
        r"Write it in words, or with the marks of docs/article-format.md; put a \ before a sign that is meant as one.",
        r"เขียนเป็นข้อความ หรือใช้เครื่องหมายตาม docs/th/article-format.md หากต้องการเครื่องหมายนั้นเองให้ใส่ \ นำหน้า",
    ),
    "shortcode": (
        "In running text may stand {{< value key >}}; on lines of their own {{< quote id >}} and {{< include file >}}.",
        "ในข้อความใช้ได้เฉพาะ {{< value คีย์ >}} ส่วน {{< quote รหัส >}} และ {{< include ไฟล์ >}} อยู่ในบรรทัดของตัวเอง",
    ),
    "code": (
        "Numbers come from the workflow: {{< value key >}}. Code that is shown stands between signs ` or ```.",
        "ตัวเลขมาจากระบบ: ใช้ {{< value คีย์ >}} ส่วนโค้ดที่ต้องการแสดงให้อยู่ระหว่างเครื่องหมาย ` หรือ ```",
    ),
    "braces": (
        'Write them as {#id .class key="value"}; a value holds no " within.',
        'เขียนเป็น {#id .class key="value"} โดยไม่มีเครื่องหมาย " ในค่า',
    ),
}
