"""The running text of an article: its head, code, formulas, citations, and what would print otherwise than meant."""

from __future__ import annotations

import re

import yaml

from thongthin.present.render.characters import notice_missing
from thongthin.present.render.markup import CODE, COMMENT, FRONT_MATTER, blank
from thongthin.present.render.reading import REFERABLE, Reading
from thongthin.read.references import CROSS_REFERENCE

FRONT_MATTER_KEYS = {"lang"}
_MATH = re.compile(r"\$\$(?:(?!\n[ \t]*\n).)+?\$\$|(?<![\\$])\$(?=\S)[^$\n]*?(?<=[^\s\\])\$(?!\d)", re.DOTALL)
_LOST = re.compile(r"\?{4,}|#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NULL!|NUM!)")
CITATION = re.compile(r"(?P<before>^|.)-?@\{?(?P<key>\w(?:\w|[:.#$%&+?<>~/-](?=\w))*)", re.DOTALL)
_HTML = re.compile(r"</?([A-Za-z][\w-]*)(?:\s[^<>]*)?/?>")
_TEX = re.compile(r"(?<!\\)\\[A-Za-z]+")
_LIST_ITEM = re.compile(r"^ {0,3}(?:[-*+]|\(?\w{1,4}[.)]|\[\^\S+\]:)[ \t]")
_BLOCK_START = re.compile(r"\s|$|[#|>!:$]|\{\{<|[-*+] |\(?\w{1,4}[.)] |\[\^")
# Behind a reference, pandoc takes brackets for what is said of the same work.
_BRACKETS_BEHIND = re.compile(r"(?<![\w\\])@\{?(?P<key>(?:fig|tbl|sec)-[\w-]+)\}?[ \t]+\[")
THAI = "\u0e00-\u0e7f"


class Prose(Reading):
    """Checks of running text."""

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

    def math(self, text: str) -> str:
        """The text without its formulas."""
        for match in _MATH.finditer(text):
            if "{{<" in match[0]:
                line = text.count("\n", 0, match.start()) + 1
                self.refuse(line, "shortcode", "", "A shortcode in a formula", "ชอร์ตโค้ดในสูตร")
        return _MATH.sub(blank, text)

    def front_matter(self, text: str) -> None:
        match = FRONT_MATTER.match(text)
        if len(self.names) > 1:
            if match:
                self.refuse(
                    1, "included-front-matter", "", "Front matter in an included file", "ส่วนหัว YAML ในไฟล์ที่นำมารวม"
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

    def code(self, text: str) -> None:
        for match in CODE.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            info = (match["info"] or "").strip()
            if re.match(r"\{[^.#]", info):
                name = info.strip("{}").split(",")[0].strip()
                if name.startswith("="):
                    self.refuse(line, "raw-block", name, f'Raw "{name[1:]}" code', f'รหัส "{name[1:]}" โดยตรง')
                else:
                    self.refuse(line, "code-cell", name, f'A code cell ("{name}")', f'ช่องรหัสที่สั่งให้ทำงาน ("{name}")')
            elif match["raw"]:
                self.refuse(
                    line, "raw-block", "", f'Raw "{match["raw"][2:-1]}" code', f'รหัส "{match["raw"][2:-1]}" โดยตรง'
                )
            elif match["inline"] and re.match(r"\{\w+\}\s|r\s", match["inline"]):
                self.refuse(line, "inline-code-cell", "", "Inline code that is run", "รหัสในบรรทัดที่สั่งให้ทำงาน")

    def paragraphs(self, lines: list[tuple[int, str]]) -> None:
        in_list = False
        before = ""
        for number, line in lines:
            if _LIST_ITEM.match(line):
                in_list = True
            elif re.match(r"\S", line):
                in_list = False
            if re.match(r" {4,}\S|\t", line) and not before.strip() and not in_list and number > 1:
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

    def raw(self, number: int, line: str) -> None:
        for match in _HTML.finditer(line):
            self.refuse(number, "raw-html", match[1], f'The HTML tag "{match[0]}"', f'แท็ก HTML "{match[0]}"')
        for match in _TEX.finditer(line):
            self.refuse(number, "raw-tex", match[0], f'The TeX command "{match[0]}"', f'คำสั่ง TeX "{match[0]}"')

    def citations(self, number: int, line: str) -> None:
        for behind in _BRACKETS_BEHIND.finditer(line):
            self.here.add(
                "citation-spacing",
                f'Between "@{behind["key"]}" and the brackets behind it there must be a word or a comma.',
                f'ระหว่าง "@{behind["key"]}" กับวงเล็บที่ตามมาต้องมีคำหรือจุลภาคคั่น',
                row=number,
            )
        for match in CITATION.finditer(line):
            before, key = match["before"], match["key"]
            latin = re.match(rf"[^{THAI}]*", key)
            assert latin is not None
            if re.match(rf"[{THAI}]", before) or (latin[0] and latin[0] != key):
                self.here.add(
                    "citation-spacing",
                    f'"@{latin[0]}" must be set off from Thai text by spaces.',
                    f'"@{latin[0]}" ต้องเว้นวรรคจากข้อความภาษาไทยทั้งข้างหน้าและข้างหลัง',
                    row=number,
                )
                continue
            if re.match(r"[\w\\]", before):  # an e-mail address, or an @ that is meant as one
                continue
            kind = CROSS_REFERENCE.match(key)
            request = self.request(key, number)
            if not kind:
                self.requested.works.append(request)
            elif key.startswith(REFERABLE):
                self.used.append(request)
            else:
                self.refuse(number, "cross-reference", kind[0], f'The reference "@{key}"', f'การอ้างถึง "@{key}"')
