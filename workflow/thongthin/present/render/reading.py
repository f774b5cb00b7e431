"""What is known while an article is checked: where one is, what was defined, used and asked for so far."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

from thongthin.basics.language import Language
from thongthin.basics.problems import Problems
from thongthin.present.render.requested import Request, Requested
from thongthin.present.render.structure import Structure

REFERABLE = ("fig-", "tbl-", "sec-")
# What has a name of its own in Quarto, and what to do instead: (class, attribute or shortcode, English, Thai).
INSTEAD = [
    (r"panel-tabset", "Write the parts one after the other.", "เขียนแต่ละส่วนต่อกันไป"),
    (r"columns?|column-.*|layout.*|aside|margin", "The article has one column.", "บทความจัดหน้าเป็นคอลัมน์เดียว"),
    (r"callout-.*|title|icon|collapse|appearance", "Write it as a paragraph.", "เขียนเป็นย่อหน้าธรรมดา"),
    (
        r"content-(visible|hidden)|(when|unless)-.*",
        "The article says the same in every format.",
        "บทความทุกรูปแบบมีเนื้อหาเหมือนกัน",
    ),
    (r"var|meta|env", "Use {{< value key >}}.", "ใช้ {{< value key >}}"),
]


class Reading:
    """The state of checking one article, over all its files."""

    def __init__(self, folder: Path, problems: Problems, language: Language, left_out: Collection[int]) -> None:
        self.folder = folder
        self.problems = problems
        self.here = problems  # bound to the file being read
        self.language = language
        self.requested = Requested()
        self.structure = Structure()
        self.thai = False  # whether the file being read holds Thai
        self.complete = True  # whether every file could be read
        self.defined: dict[str, Request] = {}
        self.used: list[Request] = []
        self.names: list[str] = []  # the file being read, and those that include it
        self.left_out = left_out
        self.within: dict[int, int] = {}  # line of the article: where the block begins that may be left out
        self.line = 0  # of the article

    def at(self, number: int) -> None:
        """Note which line of the article is looked at; what is included stands where it is included."""
        self.line = number if len(self.names) == 1 else self.line

    def request(self, name: str, number: int) -> Request:
        return Request(name, self.here.file, number, within=self.within.get(self.line, 0))

    def refuse(self, line: int, kind: str, name: str, en: str, th: str) -> None:
        """Say that `name` is not part of the format."""
        hints = next(((e, t) for names, e, t in INSTEAD if re.fullmatch(names, name)), ("", ""))
        self.here.add(
            kind,
            f"{en} is not part of the article format.",
            f"{th} ไม่อยู่ในรูปแบบบทความที่ใช้ได้",
            row=line,
            hint_en=hints[0] or "See docs/article-format.md for what can be used.",
            hint_th=hints[1] or "ดูสิ่งที่ใช้ได้ใน docs/th/article-format.md",
        )
