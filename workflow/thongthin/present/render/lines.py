"""What the lines of an article say that its tree does not: what was meant as one thing and is read as another.

Files are looked through one by one, those that are included where they are included. Code is left aside.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path, PurePosixPath

import yaml

from thongthin.basics.language import Language, has_thai
from thongthin.basics.problems import Problems
from thongthin.basics.text import read_text
from thongthin.present.render.characters import notice_missing
from thongthin.present.render.markup import (
    CODE,
    COMMENT,
    DIV,
    FRONT_MATTER,
    SHORTCODE,
    blank,
    mask,
    plain,
    without_blocks,
)
from thongthin.present.render.seen import seen_otherwise
from thongthin.present.render.source import CLOSE, MOST_FILES, OPEN, included_file
from thongthin.present.render.structure import Structure

FRONT_MATTER_KEYS = {"lang"}
_MATH = re.compile(r"\$\$(?:(?!\n[ \t]*\n).)+?\$\$|(?<![\\$])\$(?=\S)[^$\n]*?(?<=[^\s\\])\$(?!\d)", re.DOTALL)
_LOST = re.compile(r"\?{4,}|#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NULL!|NUM!)")
_LIST_ITEM = re.compile(r"^ {0,3}(?:[-*+]|\(?\w{1,4}[.)]|\[\^\S+\]:)[ \t]")
_BLOCK_START = re.compile(r"\s|$|[#|>!:$]|\{\{<|[-*+] |\(?\w{1,4}[.)] |\[\^")
THAI = "\u0e00-\u0e7f"
# What is seen otherwise than its lines show it: what is said of it in English and in Thai, and the hints.
_OTHERWISE = {
    "comment": (
        "From this <!-- to the next --> is no comment: it stands in code, a formula, an address or a title, or the"
        " comment ends before. Words would be lost.",
        "ข้อความตั้งแต่ <!-- นี้ถึง --> ถัดไปไม่ใช่หมายเหตุ เพราะอยู่ในโค้ด สูตร ที่อยู่ หรือชื่อลิงก์ หรือหมายเหตุจบก่อนหน้านั้น"
        " ข้อความบางส่วนจะหายไป",
        r"Write a comment as <!-- words -->, on lines of its own; where the signs are meant, write \<!--.",
        r"เขียนหมายเหตุเป็น <!-- ข้อความ --> ในบรรทัดของตัวเอง หากต้องการเครื่องหมายนั้นเอง ให้เขียน \<!--",
    ),
    "code": (
        "The code that begins here ends elsewhere than it seems to, or is none.",
        "โค้ดที่เริ่มตรงนี้จบที่อื่นต่างจากที่เห็น หรือไม่ใช่โค้ด",
        r"Put lines of code between two lines ```, at the left margin; where the sign ` is meant, write \`.",
        r"วางโค้ดไว้ระหว่างบรรทัด ``` สองบรรทัดที่ชิดซ้าย หากต้องการเครื่องหมาย ` เอง ให้เขียน \`",
    ),
    "block": (
        "This block that may be left out begins or ends elsewhere than its marks seem to say.",
        "กล่องที่อาจตัดออกนี้เริ่มหรือจบที่อื่นต่างจากที่เครื่องหมายบอก",
        "Put its two marks at the left margin, each with an empty line before it.",
        "วางเครื่องหมายทั้งสองชิดซ้าย และเว้นบรรทัดว่างก่อนแต่ละเครื่องหมาย",
    ),
}


class Lines:
    """The lines of an article, over all its files."""

    def __init__(self, path: Path, problems: Problems, language: Language, left_out: Collection[int]) -> None:
        self.path = path
        self.problems = problems
        self.here = problems  # bound to the file being read
        self.language = language
        self.left_out = left_out
        self.structure = Structure()
        self.thai = False  # whether the file being read holds Thai
        self.names: list[str] = []  # the file being read, and those that include it
        self.files = 0

    def check(self) -> bool:
        """Add what is wrong; False where a file can't be read."""
        complete = self.file(self.path.name)
        if complete:
            self.structure.finish(self.problems)
        return complete

    def file(self, name: str) -> bool:
        """Check one file and those that it includes."""
        around = self.here
        self.here = self.problems.at((PurePosixPath(self.problems.file).parent / name).as_posix())
        found = read_text(self.path.parent / name, self.here)
        if found is None:  # nothing more is said of a file that can't be read
            self.here = around
            return False
        self.names.append(name)
        self.files += 1
        text = plain(found)
        self.otherwise(text)
        if len(self.names) == 1:
            text = without_blocks(text, self.left_out)
        complete = self.text(text)
        self.names.pop()
        self.here = around
        return complete

    def text(self, text: str) -> bool:
        self.thai = has_thai(text)
        self.characters(text)
        self.front_matter(text)
        self.comments(text)
        lines = list(enumerate(mask(text).split("\n"), start=1))
        self.divs(lines)
        self.paragraphs(text.split("\n"), lines)
        self.structure.blocks(text, lines, self.here)
        complete = True
        for number, line in lines:
            self.structure.heading(number, line, self.here)
            self.halves(number, line)
            target = included_file(line, self.path.parent, tuple(self.names))
            if target and self.files < MOST_FILES:
                complete &= self.file(target)
        visible = _MATH.sub(blank, "\n".join(SHORTCODE.sub(blank, line) for _, line in lines))
        for number, line in enumerate(visible.split("\n"), start=1):
            self.structure.footnotes(number, line, self.here)
            self.lost(number, line)
        return complete

    def comments(self, text: str) -> None:
        """Report a comment that never ends, behind which nothing would be printed; and signs that nobody can type."""
        for comment in CODE.finditer(text):
            if comment["comment"] and not comment[0].endswith("-->"):
                self.here.add(
                    "comment",
                    "This comment is never closed, so that nothing behind it would be printed.",
                    "หมายเหตุนี้ไม่ได้ปิด ข้อความทั้งหมดที่ตามมาจึงจะไม่ถูกพิมพ์",
                    row=text.count("\n", 0, comment.start()) + 1,
                    hint_en="Close it with -->.",
                    hint_th="ปิดด้วย -->",
                )
        for number, line in enumerate(text.split("\n"), start=1):
            if OPEN in line or CLOSE in line:
                self.here.add(
                    "private-character",
                    "This line holds a character for private use (U+10F001 or U+10F002), which has no meaning.",
                    "บรรทัดนี้มีอักขระส่วนตัว (U+10F001 หรือ U+10F002) ซึ่งไม่มีความหมาย",
                    row=number,
                    hint_en="Type the line anew.",
                    hint_th="พิมพ์บรรทัดนี้ใหม่",
                )

    def otherwise(self, text: str) -> None:
        """Report comments, code and blocks that pandoc takes for something else than their lines show."""
        for own in seen_otherwise(text, self.names[-1]):
            self.here.add(
                "seen-otherwise",
                *_OTHERWISE[own.kind][:2],
                row=own.line,
                hint_en=_OTHERWISE[own.kind][2],
                hint_th=_OTHERWISE[own.kind][3],
            )

    def divs(self, lines: list[tuple[int, str]]) -> None:
        """Report blocks that are never closed, and marks that close nothing."""
        opened: list[int] = []
        for number, line in lines:
            div = DIV.match(line)
            if div and div["rest"]:
                opened.append(number)
            elif div and opened:
                opened.pop()
            elif div:
                self.here.add("div", "This ::: closes nothing.", "เครื่องหมาย ::: นี้ไม่ได้ปิดกล่องใด", row=number)
        for number in opened:
            self.here.add("div", "This block is never closed with :::.", "กล่องนี้ไม่มีเครื่องหมาย ::: ปิด", row=number)

    def halves(self, number: int, line: str) -> None:
        """Report half a shortcode."""
        rest = SHORTCODE.sub(blank, line)
        if "{{<" in rest or " >}}" in rest:
            self.here.add(
                "shortcode",
                "This line holds half of {{< ... >}}, which would be printed as it stands.",
                "บรรทัดนี้มี {{< ... >}} ไม่ครบ จึงจะถูกพิมพ์ตามที่เขียน",
                row=number,
                hint_en="Write it whole and on one line: {{< value key >}}, {{< quote id >}}, {{< include file >}}.",
                hint_th="เขียนให้ครบในบรรทัดเดียว: {{< value คีย์ >}} {{< quote รหัส >}} {{< include ไฟล์ >}}",
            )

    def lost(self, number: int, line: str) -> None:
        """A notice of signs that stand where letters, or the result of a spreadsheet, were lost."""
        if lost := _LOST.search(line):
            # Without any Thai letter, a Thai text was saved where there are none.
            all_lost = self.language == "th" and not self.thai
            (self.here.add if all_lost else self.here.notice)(
                "lost-text",
                f'"{lost[0]}" stands here; was a text or a number lost?',
                f'ตรงนี้มี "{lost[0]}" ข้อความหรือตัวเลขหายไปหรือไม่',
                row=number,
            )

    def characters(self, text: str) -> None:
        """A notice of each line with characters that the PDF shows otherwise."""
        for number, line in enumerate(COMMENT.sub(blank, text).split("\n"), start=1):
            notice_missing(line, self.here, row=number)

    def front_matter(self, text: str) -> None:
        match = FRONT_MATTER.match(text)
        if self.names[1:]:
            if match:
                self.here.add(
                    "included-front-matter",
                    "An included file has no head of its own (the lines between ---).",
                    "ไฟล์ที่นำมารวมมีส่วนหัวของตัวเอง (บรรทัดระหว่าง ---) ไม่ได้",
                    row=1,
                    hint_en="Take these lines out.",
                    hint_th="ลบบรรทัดเหล่านี้",
                )
            return
        if match and re.match(r"[ \t]*\n", match[1]):
            self.here.add(
                "front-matter",
                "The line after the opening --- is empty: then what follows is no head of the file, but text.",
                "บรรทัดหลัง --- เปิดเป็นบรรทัดว่าง สิ่งที่ตามมาจึงไม่ใช่ส่วนหัวของไฟล์ แต่กลายเป็นเนื้อความ",
                row=2,
                hint_en="Take the empty line out.",
                hint_th="ลบบรรทัดว่างนี้",
            )
        try:
            node = yaml.compose(match[1], Loader=yaml.SafeLoader) if match else None
        except (yaml.YAMLError, RecursionError):
            self.here.add("yaml", "The front matter is not valid YAML.", "ส่วนหัว YAML ไม่ถูกต้อง", row=1)
            return
        keys = (
            {k.value: (v, k.start_mark.line + 2) for k, v in node.value} if isinstance(node, yaml.MappingNode) else {}
        )
        for key, (_, line) in keys.items():
            if key not in FRONT_MATTER_KEYS:
                self.here.add(
                    "front-matter-key",
                    f'The key "{key}" does not belong in the front matter of an article.',
                    f'คีย์ "{key}" ใช้ในส่วนหัวของบทความไม่ได้',
                    row=line,
                    hint_en="Title, authors, keywords and date come from study.yml; formats from config/config.yml.",
                    hint_th="ชื่อเรื่อง ผู้เขียน คำสำคัญ และวันที่มาจาก study.yml ส่วนรูปแบบไฟล์ตั้งใน config/config.yml",
                )
        value, line = keys.get("lang", (None, 1))
        if value is None or value.value != self.language:
            self.here.add(
                "article-language",
                f'The front matter must say "lang: {self.language}".',
                f'ส่วนหัวของบทความต้องระบุ "lang: {self.language}"',
                row=line,
            )

    def paragraphs(self, written: list[str], lines: list[tuple[int, str]]) -> None:
        in_list = False
        before = ""
        for number, line in lines:
            if _LIST_ITEM.match(line):
                in_list = True
            elif re.match(r"\S", line):
                in_list = False
            # Where code or a comment stood at the margin, there are spaces now.
            indented = re.match(r" {4,}\S|\t", line) and written[number - 1][:1] in (" ", "\t")
            if indented and not before.strip() and not in_list and number > 1:
                self.here.add(
                    "indented",
                    "A paragraph that begins with four spaces or a tab becomes program code.",
                    "ย่อหน้าที่ขึ้นต้นด้วยช่องว่างสี่ช่องหรือแท็บจะกลายเป็นรหัสโปรแกรม",
                    row=number,
                    hint_en="Begin it at the left margin; paragraphs are indented by themselves.",
                    hint_th="เริ่มบรรทัดชิดซ้าย ระบบจะย่อหน้าให้เอง",
                )
            joined = re.search(rf"[{THAI}]$", before) and re.match(rf"[{THAI}]", line)
            if joined and not _BLOCK_START.match(before) and not _BLOCK_START.match(line):
                self.here.add(
                    "broken-thai-paragraph",
                    "A line break inside a Thai paragraph would become a space.",
                    "การขึ้นบรรทัดใหม่กลางย่อหน้าภาษาไทยจะกลายเป็นช่องว่าง",
                    row=number,
                    hint_en="Write a paragraph on one line, or leave an empty line between two paragraphs.",
                    hint_th="เขียนย่อหน้าละหนึ่งบรรทัด หรือเว้นบรรทัดว่างระหว่างย่อหน้า",
                )
            before = line
