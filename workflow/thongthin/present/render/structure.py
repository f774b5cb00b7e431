"""What stands on the lines of an article: blocks set off by empty lines, headings in order, footnotes with their text.

Markdown forgives what people did not mean: a table right below a sentence is a sentence with bars in it, a note that no
text refers to is left out, a heading two levels down is printed as it stands. Both engines print such things without a
word, or stop in the middle of a build. They are found here, line by line; code, comments and the head of the file have
been blanked out before (`thongthin.present.render.markup.mask`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from thongthin.basics.problems import Problems

_HEADING = re.compile(r"^ {0,3}(?P<marks>#+)(?:[ \t]+(?P<text>.*?))?[ \t]*$")
_NO_HEADING = re.compile(r"^#{1,6}[^#\s]")
_ATTRIBUTES = re.compile(r"[ \t]*\{[^{}]*\}$|^\{[^{}]*\}$")
_UNDERLINE = re.compile(r"^(?:=+|-+)[ \t]*$")
_FIGURE = re.compile(r"^!\[.*\]\([^)]*\)(?:\{[^{}]*\})?[ \t]*$")
_ALONE = re.compile(r"^\{\{<\s*(?P<name>quote|include)\s[^{}]*>\}\}[ \t]*$")
_DIV = re.compile(r"^ {0,3}:{3,}[ \t]*(?P<rest>.*?)[ \t]*:*$")
_NOTE = re.compile(r"^ {0,3}\[\^(?P<id>[^\]\s]+)\]:")
_NOTE_USED = re.compile(r"(?<!\\)\[\^(?P<id>[^\]\s]+)\](?!:)")
_LIST = re.compile(r"^ {0,3}(?:[-*+]|\(?(?:\d{1,2}|#)[.)])[ \t]+\S")
_DASHES = re.compile(r"^\s*\|?(?:\s*:?-+:?\s*\|)*\s*:?-+:?\s*\|?\s*$")
_ESCAPED = re.compile(r"\\.")
_FORMULA = re.compile(r"(?<!\$)\$(?=\S)[^$\n]*?(?<=\S)\$(?!\d)")

# What a line begins, in English and in Thai; the last three stand alone, with an empty line below as well.
_BLOCKS = {
    "heading": ("A heading", "หัวข้อ"),
    "citation": ("A quotation (>)", "ข้อความที่ยกมา (>)"),
    "list": ("A list", "รายการ"),
    "table": ("A table", "ตาราง"),
    "note": ("The text of a footnote", "ข้อความของเชิงอรรถ"),
    "div": ("A block (:::)", "กล่อง (:::)"),
    "figure": ("A figure", "รูป"),
    "quote": ("A quote", "คำพูดของผู้ให้ข้อมูล"),
    "include": ("What is included", "ตารางหรือไฟล์ที่นำมารวม"),
}
_FIRST_HEADING = (
    ("The first heading", "หัวข้อแรก"),
    ("a document begins with a heading of the first level", "เอกสารต้องเริ่มด้วยหัวข้อระดับแรก"),
)
_LATER_HEADING = (("This heading", "หัวข้อนี้"), ("no level is left out", "ข้ามระดับหัวข้อไม่ได้"))
_STANDS_ALONE = ("figure", "quote", "include")


@dataclass
class Structure:
    """The headings and footnotes of a document so far, over all its files in the order of the text."""

    level: int = 0  # of the last heading
    notes: dict[str, tuple[str, int]] = field(default_factory=dict)  # where the text of each footnote stands
    references: dict[str, tuple[str, int]] = field(default_factory=dict)  # where each is first referred to

    def blocks(self, text: str, lines: list[tuple[int, str]], problems: Problems) -> None:
        """Check what must be set off by empty lines in one file.

        Args:
            text: the file as it stands.
            lines: its lines, with code, comments and front matter blanked out, and their numbers.
            problems: bound to the file.
        """
        written = text.split("\n")
        block = ""  # what the lines since the last empty one belong to
        for number, line in lines:
            if not line.strip():
                if not written[number - 1].strip():
                    block = ""
                continue  # code and comments neither end a paragraph nor begin one
            kind = _kind(line)
            if kind == "end":
                block = ""
                continue
            if block in _STANDS_ALONE:
                _report_close(number, *_BLOCKS[block], problems)
            elif block and kind in _STANDS_ALONE:
                _report_no_line(number, *_BLOCKS[kind], problems)
            elif block and _UNDERLINE.match(line):
                _report_underline(number, problems)
            elif kind and block not in ("", kind, "table"):
                _report_no_line(number, *_BLOCKS[kind], problems)
            elif block == "citation" and not kind:
                _report_close(number, *_BLOCKS["citation"], problems)
            elif not block and _second_head(written[number - 1 :]):
                _report_second_head(number, problems)
            if kind == "table" and block != "table":
                _check_table(lines[number - 1 :], problems)
            block = "" if kind in ("heading", "div") else kind or block or "text"

    def heading(self, number: int, line: str, problems: Problems) -> None:
        """Check a line if it is a heading: that it says something, and stands at most one level below the last."""
        if _NO_HEADING.match(line):
            problems.add(
                "heading",
                "A heading needs a space after its #; without one it is text.",
                "หลังเครื่องหมาย # ของหัวข้อต้องเว้นวรรค มิฉะนั้นจะกลายเป็นข้อความธรรมดา",
                row=number,
                hint_en=r"Put a space there; where # is meant as a sign, write \#.",
                hint_th=r"เว้นวรรคหลัง # หรือหากต้องการเครื่องหมาย # จริง ๆ ให้เขียน \#",
            )
            return
        match = _HEADING.match(line)
        if not match:
            return
        level, said = len(match["marks"]), _ATTRIBUTES.sub("", match["text"] or "").strip("# \t")
        if not said:
            problems.add(
                "heading",
                "This heading is empty.",
                "หัวข้อนี้ว่างเปล่า",
                row=number,
                hint_en="Write its words after the #, or take the line out.",
                hint_th="เขียนข้อความหลัง # หรือลบบรรทัดนี้",
            )
        if level > min(self.level, 5) + 1:
            most = min(self.level, 5) + 1
            which, why = _FIRST_HEADING if self.level == 0 else _LATER_HEADING
            problems.add(
                "heading",
                f"{which[0]} has {level} signs #, where at most {most} may stand: {why[0]}.",
                f"{which[1]}มี # {level} ตัว แต่ตรงนี้มีได้ไม่เกิน {most} ตัว เพราะ{why[1]}",
                row=number,
                hint_en=f"Begin the line with {'#' * most}.",
                hint_th=f"ขึ้นต้นบรรทัดด้วย {'#' * most}",
            )
        self.level = level

    def footnotes(self, number: int, line: str, problems: Problems) -> None:
        """Note the footnotes of a line without code and formulas, and report a text that stands twice."""
        note = _NOTE.match(line)
        if note:
            first = self.notes.setdefault(note["id"], (problems.file, number))
            if first != (problems.file, number):
                problems.add(
                    "footnote",
                    f"The footnote [^{note['id']}] has two texts; the first is in {first[0]}, line {first[1]}.",
                    f"เชิงอรรถ [^{note['id']}] มีข้อความสองแห่ง แห่งแรกอยู่ใน {first[0]} บรรทัดที่ {first[1]}",
                    row=number,
                    hint_en="Give one of them another name.",
                    hint_th="ตั้งชื่ออื่นให้เชิงอรรถหนึ่งในสองแห่งนี้",
                )
        for used in _NOTE_USED.finditer(line, note.end() if note else 0):
            self.references.setdefault(used["id"], (problems.file, number))

    def finish(self, problems: Problems) -> None:
        """Report footnotes without a text, and texts that nothing refers to; once all files were read."""
        for name, (file, line) in self.references.items():
            if name not in self.notes:
                problems.add(
                    "footnote",
                    f"The footnote [^{name}] has no text.",
                    f"เชิงอรรถ [^{name}] ไม่มีข้อความ",
                    row=line,
                    file=file,
                    hint_en=f"Write its text on a line of its own: [^{name}]: ...",
                    hint_th=f"เขียนข้อความในบรรทัดของตัวเอง: [^{name}]: ...",
                )
        for name, (file, line) in self.notes.items():
            if name not in self.references:
                problems.add(
                    "footnote",
                    f"No text refers to the footnote [^{name}], so it would not be printed.",
                    f"ไม่มีข้อความใดอ้างถึงเชิงอรรถ [^{name}] จึงจะไม่ถูกพิมพ์",
                    row=line,
                    file=file,
                    hint_en=f"Write [^{name}] where it belongs, or take this text out.",
                    hint_th=f"เขียน [^{name}] ในตำแหน่งที่ต้องการ หรือลบข้อความนี้",
                )


def _kind(line: str) -> str:
    """What a line begins or goes on with, as in `_BLOCKS`; "end" for the end of a block; "" for text."""
    div = _DIV.match(line)
    if div:
        return "div" if div["rest"] else "end"
    if _HEADING.match(line):
        return "heading"
    if _FIGURE.match(line.strip()):
        return "figure"
    alone = _ALONE.match(line.strip())
    if alone:
        return alone["name"]
    starts = {"citation": r" {0,3}>", "table": r" {0,3}\|"}
    for kind, start in starts.items():
        if re.match(start, line):
            return kind
    return "note" if _NOTE.match(line) else "list" if _LIST.match(line) else ""


def _second_head(written: list[str]) -> bool:
    """Whether these lines begin with settings between dashes, which pandoc reads anywhere in a document."""
    if not re.match(r"---[ \t]*$", written[0]) or not "".join(written[1:2]).strip():
        return False
    return any(re.match(r"(?:---|\.\.\.)[ \t]*$", line) for line in written[1:])


def _check_table(lines: list[tuple[int, str]], problems: Problems) -> None:
    """Check the table that begins with the first of these lines: its line of dashes, and the cells of its rows."""
    rows = []
    for number, line in lines:
        if not re.match(r" {0,3}\|", line):
            break
        rows.append((number, line))
    if len(rows) < 2 or not _DASHES.match(rows[1][1]):
        problems.add(
            "table",
            "This table has no line of dashes below its first row, so it is no table.",
            "ตารางนี้ไม่มีบรรทัดขีดใต้แถวแรก จึงไม่ถูกอ่านเป็นตาราง",
            row=rows[0][0],
            hint_en=f"Write a line such as {'|---' * _cells(rows[0][1])}| there.",
            hint_th=f"เพิ่มบรรทัดเช่น {'|---' * _cells(rows[0][1])}| ใต้แถวแรก",
        )
        return
    columns = _cells(rows[0][1])
    for number, row in rows[1:]:
        if _cells(row) != columns and (number == rows[1][0] or _cells(row) > columns):
            problems.add(
                "table",
                f"This row has {_cells(row)} cells, and the first row of the table {columns}.",
                f"แถวนี้มี {_cells(row)} ช่อง แต่แถวแรกของตารางมี {columns} ช่อง",
                row=number,
                hint_en=r"Give all rows the same cells; a bar that is meant as one is written \|.",
                hint_th=r"ทำให้ทุกแถวมีจำนวนช่องเท่ากัน หากต้องการเครื่องหมายขีดตั้งจริง ๆ ให้เขียน \|",
            )


def _cells(row: str) -> int:
    plain = _FORMULA.sub("", _ESCAPED.sub("", row)).strip()
    return plain.removeprefix("|").removesuffix("|").count("|") + 1


def _report_no_line(number: int, en: str, th: str, problems: Problems) -> None:
    problems.add(
        "no-empty-line",
        f"{en} needs an empty line above it: as it stands, it is read as part of the text above.",
        f"{th}ต้องมีบรรทัดว่างคั่นข้างบน มิฉะนั้นจะถูกอ่านรวมกับข้อความก่อนหน้า",
        row=number,
        hint_en="Put an empty line above this line.",
        hint_th="เว้นบรรทัดว่างไว้เหนือบรรทัดนี้",
    )


def _report_close(number: int, en: str, th: str, problems: Problems) -> None:
    problems.add(
        "no-empty-line",
        f"{en} needs an empty line below it: as it stands, this line is read as part of it.",
        f"{th}ต้องมีบรรทัดว่างคั่นข้างล่าง มิฉะนั้นบรรทัดนี้จะถูกอ่านรวมเข้าไปด้วย",
        row=number,
        hint_en="Put an empty line above this line.",
        hint_th="เว้นบรรทัดว่างไว้เหนือบรรทัดนี้",
    )


def _report_underline(number: int, problems: Problems) -> None:
    problems.add(
        "heading",
        "A line of dashes or equals signs below a text makes a heading of it.",
        "บรรทัดที่มีแต่ขีดหรือเครื่องหมายเท่ากับใต้ข้อความจะทำให้ข้อความนั้นกลายเป็นหัวข้อ",
        row=number,
        hint_en="Begin a heading with #; put an empty line above a line that is to divide the text.",
        hint_th="หากเป็นหัวข้อให้ขึ้นต้นด้วย # หากเป็นเส้นคั่นให้เว้นบรรทัดว่างไว้ข้างบน",
    )


def _report_second_head(number: int, problems: Problems) -> None:
    problems.add(
        "second-head",
        "What follows this line is read as settings of the document, not as text.",
        "ข้อความที่ตามหลังบรรทัดนี้จะถูกอ่านเป็นการตั้งค่าของเอกสาร ไม่ใช่เนื้อความ",
        row=number,
        hint_en="Put an empty line below a line that is to divide the text, or take it out.",
        hint_th="หากเป็นเส้นคั่นให้เว้นบรรทัดว่างไว้ข้างล่าง หรือลบบรรทัดนี้",
    )
