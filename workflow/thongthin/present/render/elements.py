"""What the tree of an article asks the study for, and whether its elements stand where and as they have to."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from thongthin.basics.nearest import did_you_mean
from thongthin.basics.problems import Problems
from thongthin.present.render.allowed import FIGURE, FILLED, MEANT, REFERABLE, Allowed
from thongthin.present.render.lines import FRONT_MATTER_KEYS
from thongthin.present.render.nodes import Node, with_parents
from thongthin.present.render.refusals import Refusal, no_part, refusals, refused_identifier, said
from thongthin.present.render.requested import INFERENCE, Inference, Request, Requested
from thongthin.present.render.source import FILE, TABLE
from thongthin.present.render.tree import Document
from thongthin.read.references import CROSS_REFERENCE

THAI = "\u0e00-\u0e7f"
# An @ right behind a Thai letter, which is none of a citation; behind Latin letters it is that of a mailbox.
_GLUED = re.compile(rf"(?<=[{THAI}])@\{{?(?P<key>\w(?:[\w:.#$%&+?<>~/-]*\w)?)")
# Braces that pandoc took for no attributes, which Quarto may read otherwise.
_BRACES = re.compile(r"\{\s*(?:[#.=][^\s{}]|[\w:-]+=)[^{}]*\}?")
# What can be printed a second time, in a cell of a table.
_PROSE = {
    *("Para", "Text", "Emph", "Strong", "Underline", "Strikeout", "Superscript", "Subscript", "SmallCaps", "Quoted"),
    *("Span", "Value", "Code", "Link"),
}

_LOST = (
    "They stand where nothing can: in a cell more than the head of the table has, in HTML in a table, in"
    " a note or the address of a link that nothing uses. Put them elsewhere.",
    "อยู่ในตำแหน่งที่วางข้อความไม่ได้ เช่น ช่องที่เกินจำนวนหัวตาราง แท็ก HTML ในตาราง เชิงอรรถหรือที่อยู่ของลิงก์ที่ไม่มีการอ้างถึง ให้ย้ายไปไว้ที่อื่น",
)


class Elements:
    """The elements of one article."""

    def __init__(self, document: Document, problems: Problems, before: int) -> None:
        """Take the elements of `document`; `before` is how many problems there were before anything of it was told."""
        self.document = document
        self.problems = problems
        # Lines of which is told already that they need an empty line, or are no text.
        self.told = {(p.file, p.row) for p in problems.found if p.kind in ("no-empty-line", "second-head")}
        self.before = before
        self.folder = PurePosixPath(problems.file).parent
        self.requested = Requested()
        self.defined: dict[str, Request] = {}
        self.used: list[Request] = []

    def check(self) -> None:
        """Add everything that is wrong, and collect what is asked for."""
        self.metadata()
        for refusal in refusals(self.document.blocks):
            self.refuse(refusal)
        for node, around in with_parents(self.document.blocks):
            judge = getattr(self, node.kind.lower(), None) if node.kind in _JUDGED else None
            if judge:
                judge(node, around)
        self.cross_references()
        if len(self.problems.found) == self.before:
            self.lost()

    def request(self, name: str, node: Node, offset: int = 0) -> Request:
        place = self.document.place(node, offset)
        within = self.document.source.optional(node.start)
        return Request(name, (self.folder / place.file).as_posix(), place.line, within=within)

    def add(self, node: Node, kind: str, en: str, th: str, hint: tuple[str, str] = ("", ""), offset: int = 0) -> None:
        """Add a problem that stands at an element, or at this place of its text."""
        place = self.document.place(node, offset)
        file = (self.folder / place.file).as_posix()
        if kind in ("shortcode", "figure") and {(file, place.line), (file, place.line + 1)} & self.told:
            return
        self.problems.add(
            kind,
            en,
            th,
            row=place.line,
            character=place.column,
            file=file,
            hint_en=hint[0],
            hint_th=hint[1],
        )

    def refuse(self, refusal: Refusal) -> None:
        self.add(refusal.node, refusal.kind, refusal.en, refusal.th, refusal.hint)

    def metadata(self) -> None:
        """Settings that stand elsewhere than in the head, where `Lines` has looked."""
        head = self.document.source.text.split("\n---", 1)[0]
        for key in self.document.meta.keys() - FRONT_MATTER_KEYS:
            if re.search(rf"^[\"']?{re.escape(key)}", head, re.MULTILINE):
                continue
            found = re.search(rf"^[\"']?{re.escape(key)}", self.document.source.text, re.MULTILINE)
            place = self.document.source.place(found.start() if found else 0)
            file = (self.folder / place.file).as_posix()
            if any(own == file and row is not None and row <= place.line for own, row in self.told):
                continue
            self.problems.add(
                "second-head",
                f'"{key}" is read as a setting of the document, not as text.',
                f'"{key}" ถูกอ่านเป็นการตั้งค่าของเอกสาร ไม่ใช่เนื้อความ',
                row=place.line,
                file=file,
                hint_en="Title, authors and date come from study.yml; take these lines out.",
                hint_th="ชื่อเรื่อง ผู้เขียน และวันที่มาจาก study.yml ให้ลบบรรทัดเหล่านี้",
            )

    def lost(self) -> None:
        """Words that are in no element. What else is wrong with the document, which may be why, is told first."""
        for (file, row), words in self.by_line(self.document.lost).items():
            shown = said(" ".join(words))
            self.problems.add(
                "lost-words",
                f'pandoc leaves out these words of the line: "{shown}".',
                f'pandoc จะตัดข้อความเหล่านี้ในบรรทัดนี้ทิ้ง: "{shown}"',
                row=row,
                file=file,
                hint_en=_LOST[0],
                hint_th=_LOST[1],
            )

    def by_line(self, spans: list[tuple[int, int]]) -> dict[tuple[str, int], list[str]]:
        found: dict[tuple[str, int], list[str]] = {}
        for start, end in spans:
            place = self.document.source.place(start)
            own = found.setdefault(((self.folder / place.file).as_posix(), place.line), [])
            own.append(self.document.source.text[start:end])
        return found

    # What asks the study for something.

    def value(self, node: Node, around: list[Node]) -> None:
        if self.one_name(node):
            self.requested.values.append(self.request(node.text, node))

    def quote(self, node: Node, around: list[Node]) -> None:
        if self.one_name(node) and self.alone(node, around):
            self.requested.quotes.append(self.request(node.text, node))

    def include(self, node: Node, around: list[Node]) -> None:
        if not self.one_name(node) or not self.alone(node, around):
            return
        table = TABLE.fullmatch(node.text)
        if table and not self.document.source.is_table(node.start):
            self.add(
                node,
                "include",
                "No table would be set here: its line stands in a quotation, in a list, or behind code that lines show"
                " otherwise.",
                "จะไม่มีตารางในตำแหน่งนี้ เพราะบรรทัดนี้อยู่ในข้อความยกมา ในรายการ หรือหลังโค้ดที่ไม่ได้ปิด",
                ("Write it on a line of its own, at the left margin.", "เขียนในบรรทัดของตัวเอง ชิดซ้าย"),
            )
        elif table:
            self.requested.tables.append(self.request(table[1], node))
        elif FILE.fullmatch(node.text) and node.text in {file for file, _ in self.document.source.lines}:
            self.add(node, "include", f'"{node.text}" includes itself.', f'"{node.text}" นำตัวเองมารวม')
        else:
            self.add(
                node,
                "include",
                f'"{said(node.text)}" can\'t be included.',
                f'นำ "{said(node.text)}" มารวมไม่ได้',
                (
                    "Name a table (tables/name.md) or a Markdown file in the folder of the article.",
                    "ระบุตาราง (tables/ชื่อ.md) หรือไฟล์ Markdown ที่อยู่ในโฟลเดอร์เดียวกับบทความ",
                ),
            )

    def one_name(self, node: Node) -> bool:
        if node.text and not re.search(r"\s", node.text):
            return True
        name = node.kind.lower()
        en, th = f"{{{{< {name} >}}}} takes one name.", f"{{{{< {name} >}}}} ต้องมีชื่อหนึ่งชื่อ"
        self.add(node, "shortcode", en, th)
        return False

    def alone(self, node: Node, around: list[Node]) -> bool:
        """Whether a quote or include is a paragraph of its own."""
        if around and around[-1].kind == "Para" and len(around[-1].children) == 1:
            return True
        written = f"{{{{< {node.kind.lower()} {node.text} >}}}}"
        self.add(
            node,
            "shortcode",
            f"{written} must stand on a line of its own.",
            f"{written} ต้องอยู่ในบรรทัดของตัวเอง",
            ("Put an empty line above and below it.", "เว้นบรรทัดว่างไว้ข้างบนและข้างล่าง"),
        )
        return False

    def image(self, node: Node, around: list[Node]) -> None:
        figure = FIGURE.fullmatch(node.text)
        if not figure:
            return  # refused by its address
        self.requested.figures.append(self.request(figure[1], node))
        holder = next((one for one in around if one.kind == "Figure"), None)
        caption = holder.children[0].plain().strip() if holder else ""
        if caption and node.attributes.get("fig-alt", "").strip() and node.identifier.startswith("fig-"):
            self.define(node)
            return
        name = figure[1]
        self.add(
            node,
            "figure",
            f'The figure "{name}" needs a caption, an id, a description, and a line of its own.',
            f'รูป "{name}" ต้องมีคำบรรยาย รหัส ข้อความสำหรับผู้ที่มองไม่เห็นรูป และอยู่ในบรรทัดของตัวเอง',
            (
                f'Write ![caption](figures/{name}){{#fig-{name} fig-alt="what it shows"}}.',
                f'เขียนเป็น ![คำบรรยาย](figures/{name}){{#fig-{name} fig-alt="รูปแสดงอะไร"}}',
            ),
        )

    def cite(self, node: Node, around: list[Node]) -> None:
        """Works that are cited, and references to tables, figures and sections, which look alike."""
        to_parts = [one for one in node.children if CROSS_REFERENCE.match(one.text)]
        for one in node.children:
            key = one.text
            latin = re.match(rf"[^{THAI}]*", key)
            behind = re.search(rf"[{THAI}]-?@\{{?{re.escape(key)}", self.document.source.text[one.start - 3 : one.end])
            if latin and latin[0] and (latin[0] != key or behind):
                self.glued(one, latin[0])
            elif one not in to_parts:
                self.requested.works.append(self.request(key, one))
            elif key.startswith(REFERABLE):
                self.used.append(self.request(key, one))
                self.bare(one, len(to_parts) < len(node.children))
            else:
                kind = key.split("-")[0] + "-"
                self.refuse(no_part(one, "cross-reference", kind, f'The reference "@{key}"', f'การอ้างถึง "@{key}"'))

    def bare(self, citation: Node, mixed: bool) -> None:
        """Report what stands in the brackets of a reference to a table, figure or section, where it would be lost."""
        if not citation.children and not mixed:
            return
        key = citation.text
        self.add(
            citation,
            "citation-spacing",
            f'Between "@{key}" and the brackets behind it there must be a word or a comma.'
            if citation.more == "AuthorInText"
            else f'In the brackets of "@{key}" nothing else can stand.',
            f'ระหว่าง "@{key}" กับวงเล็บที่ตามมาต้องมีคำหรือจุลภาคคั่น'
            if citation.more == "AuthorInText"
            else f'ในวงเล็บของ "@{key}" มีข้อความหรือการอ้างอิงอื่นไม่ได้',
            (f"Write the words outside: see [@{key}].", f"เขียนข้อความไว้นอกวงเล็บ เช่น ดู [@{key}]"),
        )

    def glued(self, node: Node, key: str, offset: int = 0) -> None:
        en = f'"@{key}" must be set off from Thai text by spaces.'
        th = f'"@{key}" ต้องเว้นวรรคจากข้อความภาษาไทยทั้งข้างหน้าและข้างหลัง'
        self.add(node, "citation-spacing", en, th, offset=offset)

    def text(self, node: Node, around: list[Node]) -> None:
        for found in _GLUED.finditer(node.text):
            latin = re.match(rf"[^{THAI}]*", found["key"])
            if not self.escaped(node, found.start()):
                self.glued(node, latin[0] if latin and latin[0] else found["key"], found.start())
        for found in _BRACES.finditer(node.text):
            if not self.escaped(node, found.start()):
                self.braces(node, found[0], found.start())

    def escaped(self, node: Node, offset: int) -> bool:
        r"""Whether a sign of the text is written with a \ before it."""
        at = node.at(offset)
        return "\\" in self.document.source.text[max(0, at - 1) : at + 1]

    def braces(self, node: Node, written: str, offset: int) -> None:
        """Report braces that were meant for attributes and are read as text."""
        identifier = re.fullmatch(r"\{\s*#([^\s{}]+)\s*\}", written)
        if identifier and CROSS_REFERENCE.match(identifier[1]):
            bearer = Node(node.kind, identifier=identifier[1], start=node.at(offset))
            for refusal in refused_identifier(bearer, Allowed()):
                self.refuse(refusal)
            return
        en, th = f"The attributes {said(written)} can't be read.", f"อ่านแอตทริบิวต์ {said(written)} ไม่ได้"
        self.add(node, "attribute", en, th, MEANT["braces"], offset)

    # Headings and blocks.

    def header(self, node: Node, around: list[Node]) -> None:
        name, kind = node.identifier, CROSS_REFERENCE.match(node.identifier)
        line = self.document.source.text[node.start :].split("\n", 1)[0]
        if kind and f"#{name}" in line and not name.startswith(REFERABLE):
            self.refuse(no_part(node, "cross-reference", kind[0], f'A numbered "{kind[1]}"', f'การให้เลข "{kind[1]}"'))
        elif name.startswith("sec-") and "unnumbered" not in node.classes:
            self.define(node)

    def div(self, node: Node, around: list[Node]) -> None:
        name = node.identifier
        if name and not name.startswith(INFERENCE):
            self.define(node)
        if name.startswith(("tbl-", "fig-")) and not _has_caption(node):
            self.add(
                node,
                "no-caption",
                f'"{name}" has no caption.',
                f'"{name}" ไม่มีคำบรรยาย',
                (
                    "Write the caption as the last paragraph before the closing :::, after an empty line.",
                    "เขียนคำบรรยายเป็นย่อหน้าสุดท้ายก่อนเครื่องหมาย ::: ปิด โดยเว้นบรรทัดว่างไว้ก่อนหน้า",
                ),
            )
        elif name in FILLED:
            self.requested.filled.append(self.request(name, node))
            if node.children:
                self.add(
                    node,
                    "filled-block",
                    f'The block "{name}" is filled by the build, and must be empty.',
                    f'กล่อง "{name}" ระบบเป็นผู้เติม จึงต้องว่างไว้',
                    (
                        "Close it with ::: on the next line, and write above or below it.",
                        "ปิดด้วย ::: ในบรรทัดถัดไป แล้วเขียนไว้ก่อนหรือหลังกล่องนี้",
                    ),
                )
        elif name.startswith(INFERENCE):
            self.inference(node, name.removeprefix(INFERENCE))
        elif not node.children:
            en, th = f'The block "{name}" is empty, and nothing fills it.', f'กล่อง "{name}" ว่างเปล่า และระบบไม่ได้เติมให้'
            self.add(node, "empty-block", en, th, did_you_mean(name, FILLED))

    def inference(self, node: Node, factor: str) -> None:
        inner = [one for child in node.children for one in child.walk()]
        if inner and all(one.kind in _PROSE for one in inner):
            text = self.document.source.text
            start, end = text.rfind("\n", 0, node.children[0].start) + 1, text.find("\n", node.children[-1].end)
            asked = self.request(factor, node)
            written = " ".join(text[start:end].split())
            values = tuple(one.text for one in inner if one.kind == "Value")
            self.requested.inferences.append(Inference(factor, asked.file, asked.line, written, values))
            return
        self.add(
            node,
            "inference",
            f'"{INFERENCE}{factor}" must hold prose and values, and nothing else.',
            f'"{INFERENCE}{factor}" ต้องมีเพียงข้อความร้อยแก้วและค่าตัวเลข',
            (
                "The joint display prints it as well: put citations, notes, lists, quotes and formulas outside.",
                "ตารางแสดงผลร่วมพิมพ์ข้อความนี้ด้วย จึงให้ย้ายการอ้างอิง เชิงอรรถ รายการ คำพูด และสูตรไปไว้นอกกล่อง",
            ),
        )

    def define(self, node: Node) -> None:
        """Note an id, and report one that stands twice."""
        name, own = node.identifier, self.request(node.identifier, node)
        first = self.defined.setdefault(name, own)
        if first is not own:
            self.add(
                node,
                "duplicate-id",
                f'The id "{name}" stands twice; first in {first.file}, line {first.line}.',
                f'รหัส "{name}" ซ้ำกัน ครั้งแรกอยู่ใน {first.file} บรรทัด {first.line}',
            )

    def cross_references(self) -> None:
        """What can only be known at the end: references to nothing, and citations without a list."""
        known = {identifier for identifier in self.defined if identifier.startswith(REFERABLE)}
        for request in self.used:
            if request.name not in known:
                hint_en, hint_th = did_you_mean(request.name, known)
                self.problems.add(
                    "unresolved-reference",
                    f'There is no figure, table or section "{request.name}".',
                    f'ไม่มีรูป ตาราง หรือหัวข้อ "{request.name}"',
                    row=request.line,
                    file=request.file,
                    hint_en=hint_en,
                    hint_th=hint_th,
                )
        if self.requested.works and "refs" not in self.defined:
            first = self.requested.works[0]
            self.problems.add(
                "no-reference-list",
                "The article cites works but has no place for their list.",
                "บทความอ้างอิงงาน แต่ไม่มีที่สำหรับรายการเอกสารอ้างอิง",
                row=first.line,
                file=first.file,
                hint_en="Add a block ::: {#refs} closed with ::: where the list shall stand.",
                hint_th="เพิ่มกล่อง ::: {#refs} ปิดด้วย ::: ในตำแหน่งของรายการ",
            )


_JUDGED = {"Value", "Quote", "Include", "Image", "Cite", "Text", "Header", "Div"}


def _has_caption(block: Node) -> bool:
    """Whether the last part of a block is a paragraph of words, and something stands above it."""
    last = block.children[-1] if len(block.children) > 1 else None
    return last is not None and last.kind == "Para" and not {one.kind for one in last.children} & {"Include", "Quote"}
