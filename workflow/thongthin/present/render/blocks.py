"""The blocks of an article, its figures, and the attributes in braces: what may stand there, and what is asked for."""

from __future__ import annotations

import re

from thongthin.basics.nearest import did_you_mean
from thongthin.present.render.markup import DIV
from thongthin.present.render.reading import REFERABLE, Reading
from thongthin.present.render.requested import INFERENCE, Inference
from thongthin.read.references import CROSS_REFERENCE

# Blocks that are filled from study.yml and references.yml.
FILLED = ("keywords", "keywords-translated", "ethics", "refs", "refs-translated")
CLASSES = {"unnumbered", "unlisted", "underline", "smallcaps", "fixed", "interpretation"}
ATTRIBUTES = {"lang", "fig-alt", "width", "claim"}
IMAGE = re.compile(r"!\[(?P<caption>(?:[^\[\]]|\[[^\]]*\])*)\]\((?P<path>[^)\s]*)[^)]*\)(?P<attributes>\{[^{}]*\})?")
_ATTRIBUTES = re.compile(r"(?<![\\{])\{(?=[ \t]*[#.=\w:-])(?P<inside>[^{}]*)\}")
_ATTRIBUTE = re.compile(r"""#(?P<id>[^\s}#.]+)|\.(?P<class>[^\s}#.]+)|(?P<key>[\w:-]+)=("[^"]*"|'[^']*'|\S*)""")
_CAPTION = re.compile(r"\n[ \t]*\n(?!\s*(?:\||\{\{<|!\[|:))[^\n]+\Z")
# What cannot be printed a second time, in a cell of a table: blocks, footnotes, references, formulas.
_NOT_PLAIN_PROSE = re.compile(
    r"^\s*(?:[#|>!]|:::|(?:[-*+]|\d+[.)])\s|\{\{<\s*(?:quote|include)\b)|\[\^|(?<![\w\\])@|(?<!\\)\$", re.MULTILINE
)


class Blocks(Reading):
    """Checks of blocks, figures and attributes."""

    def blocks(self, lines: list[tuple[int, str]]) -> None:
        """Divs: known ones only, closed, and a caption at the end of those that are tables or figures."""
        open_divs: list[tuple[int, str]] = []
        for number, line in lines:
            div = DIV.match(line)
            if div and div["rest"]:
                rest = div["rest"]
                if not rest.startswith("{"):
                    self.refuse(number, "div", rest, f'The block "{rest}"', f'กล่อง "{rest}"')
                name = re.search(r"#(\S+?)[\s}]", rest)
                open_divs.append((number, name[1] if name else ""))
            elif div and open_divs:
                start, identifier = open_divs.pop()
                content = "\n".join(text for _, text in lines[start : number - 1]).rstrip()
                if identifier.startswith(("tbl-", "fig-")) and not _CAPTION.search(content):
                    self.here.add(
                        "no-caption",
                        f'"{identifier}" has no caption.',
                        f'"{identifier}" ไม่มีคำบรรยาย',
                        row=start,
                        hint_en="Write the caption as the last paragraph before the closing :::, after an empty line.",
                        hint_th="เขียนคำบรรยายเป็นย่อหน้าสุดท้ายก่อนเครื่องหมาย ::: ปิด โดยเว้นบรรทัดว่างไว้ก่อนหน้า",
                    )
                elif identifier in FILLED and content.strip():
                    self.here.add(
                        "filled-block",
                        f'The block "{identifier}" is filled by the build, and must be empty.',
                        f'กล่อง "{identifier}" ระบบเป็นผู้เติม จึงต้องว่างไว้',
                        row=start,
                        hint_en="Close it with ::: on the next line, and write above or below it.",
                        hint_th="ปิดด้วย ::: ในบรรทัดถัดไป แล้วเขียนไว้ก่อนหรือหลังกล่องนี้",
                    )
                elif not content.strip() and identifier not in FILLED and not identifier.startswith(INFERENCE):
                    hint_en, hint_th = did_you_mean(identifier, FILLED)
                    self.here.add(
                        "empty-block",
                        f'The block "{identifier}" is empty, and nothing fills it.',
                        f'กล่อง "{identifier}" ว่างเปล่า และระบบไม่ได้เติมให้',
                        row=start,
                        hint_en=hint_en,
                        hint_th=hint_th,
                    )
                elif identifier.startswith(INFERENCE):
                    self.inference(start, identifier.removeprefix(INFERENCE), content)
            elif div:
                self.here.add("div", "This ::: closes nothing.", "เครื่องหมาย ::: นี้ไม่ได้ปิดกล่องใด", row=number)
        for number, _ in open_divs:
            self.here.add("div", "This block is never closed with :::.", "กล่องนี้ไม่มีเครื่องหมาย ::: ปิด", row=number)

    def inference(self, line: int, factor: str, content: str) -> None:
        text = " ".join(content.split())
        if text and not _NOT_PLAIN_PROSE.search(content):
            self.requested.inferences.append(Inference(factor, self.here.file, line, text))
            return
        self.here.add(
            "inference",
            f'"{INFERENCE}{factor}" must hold prose and values, and nothing else.',
            f'"{INFERENCE}{factor}" ต้องมีเพียงข้อความร้อยแก้วและค่าตัวเลข',
            row=line,
            hint_en="The joint display prints it as well: put citations, notes, lists, quotes and formulas outside.",
            hint_th="ตารางแสดงผลร่วมพิมพ์ข้อความนี้ด้วย จึงให้ย้ายการอ้างอิง เชิงอรรถ รายการ คำพูด และสูตรไปไว้นอกกล่อง",
        )

    def images(self, number: int, line: str) -> None:
        for match in IMAGE.finditer(line):
            attributes = match["attributes"] or ""
            figure = re.fullmatch(r"figures/([\w-]+)", match["path"])
            if not figure:
                self.here.add(
                    "image",
                    f'"{match["path"]}" is not a figure of the study.',
                    f'"{match["path"]}" ไม่ใช่รูปของการศึกษานี้',
                    row=number,
                    hint_en="Name it as figures/name, without an ending; each format takes its own file.",
                    hint_th="เขียนเป็น figures/ชื่อ โดยไม่ใส่นามสกุลไฟล์ ระบบเลือกไฟล์ให้แต่ละรูปแบบเอง",
                )
                continue
            self.requested.figures.append(self.request(figure[1], number))
            described = re.search(r'fig-alt="[^"]+"', attributes) and match["caption"].strip()
            if not described or "#fig-" not in attributes or match[0] != line.strip():
                self.here.add(
                    "figure",
                    f'The figure "{figure[1]}" needs a caption, an id, a description, and a line of its own.',
                    f'รูป "{figure[1]}" ต้องมีคำบรรยาย รหัส ข้อความสำหรับผู้ที่มองไม่เห็นรูป และอยู่ในบรรทัดของตัวเอง',
                    row=number,
                    hint_en=f'Write ![caption](figures/{figure[1]}){{#fig-{figure[1]} fig-alt="what it shows"}}.',
                    hint_th=f'เขียนเป็น ![คำบรรยาย](figures/{figure[1]}){{#fig-{figure[1]} fig-alt="รูปแสดงอะไร"}}',
                )

    def attributes(self, number: int, line: str) -> None:
        for block in _ATTRIBUTES.finditer(line):
            if _ATTRIBUTE.sub("", block["inside"]).strip(" \t-"):
                self.here.add(
                    "attribute",
                    f"The attributes {block[0]} can't be read.",
                    f"อ่านแอตทริบิวต์ {block[0]} ไม่ได้",
                    row=number,
                    hint_en='Write them as {#id .class key="value"}; a value holds no " within.',
                    hint_th='เขียนเป็น {#id .class key="value"} โดยไม่มีเครื่องหมาย " ในค่า',
                )
            for match in _ATTRIBUTE.finditer(block["inside"]):
                self.bearer(number, line, match["id"] or "")
                if match["id"] and not (match["id"].startswith("sec-") and ".unnumbered" in block["inside"]):
                    self.identifier(number, match["id"])
                elif match["class"] and match["class"] not in CLASSES:
                    name = match["class"]
                    self.refuse(number, "class", name, f'The class "{name}"', f'คลาส "{name}"')
                elif match["key"] and match["key"] not in ATTRIBUTES:
                    name = match["key"]
                    self.refuse(number, "attribute", name, f'The attribute "{name}"', f'แอตทริบิวต์ "{name}"')

    def bearer(self, number: int, line: str, identifier: str) -> None:
        """Report an id that can be referred to where it stands on something else than its kind says."""
        kind = identifier[:4]
        figure = kind == "fig-" and any(f"#{identifier}" in (m["attributes"] or "") for m in IMAGE.finditer(line))
        if kind not in REFERABLE or figure or DIV.match(line) or (kind == "sec-" and re.match(" {0,3}#", line)):
            return
        what = {
            "fig-": ("a figure", "รูป"),
            "tbl-": ("the block of a table", "กล่องของตาราง"),
            "sec-": ("a heading", "หัวข้อ"),
        }
        self.here.add(
            "misplaced-id",
            f'The id "{identifier}" does not stand on {what[kind][0]}.',
            f'รหัส "{identifier}" ไม่ได้อยู่กับ{what[kind][1]}',
            row=number,
            hint_en="See docs/article-format.md for how headings, tables and figures are written.",
            hint_th="ดูวิธีเขียนหัวข้อ ตาราง และรูปใน docs/th/article-format.md",
        )

    def identifier(self, number: int, identifier: str) -> None:
        kind = CROSS_REFERENCE.match(identifier)
        if kind and not identifier.startswith(REFERABLE):
            self.refuse(number, "cross-reference", kind[0], f'A numbered "{kind[1]}"', f'การให้เลข "{kind[1]}"')
            return
        if identifier in FILLED:
            self.requested.filled.append(self.request(identifier, number))
        first = self.defined.setdefault(identifier, self.request(identifier, number))
        if (first.file, first.line) != (self.here.file, number):
            self.here.add(
                "duplicate-id",
                f'The id "{identifier}" stands twice; first in {first.file}, line {first.line}.',
                f'รหัส "{identifier}" ซ้ำกัน ครั้งแรกอยู่ใน {first.file} บรรทัด {first.line}',
                row=number,
            )
