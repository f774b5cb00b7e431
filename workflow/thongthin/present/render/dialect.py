"""The part of Quarto Markdown that an article may use, and what an article asks the study for.

Quarto knows much more than the embedded renderer. What both do alike is described in `docs/article-format.md`; anything
else is refused here by name, with file and line, before a build begins, so that an article never comes out differently
for want of Quarto. Included files are followed. Code is looked at only for what can be run; shortcodes and citations in
code are text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

import yaml

from thongthin.basics.language import Language, has_thai
from thongthin.basics.problems import Problems, did_you_mean
from thongthin.basics.text import decoded, read_text
from thongthin.present.render.characters import notice_missing
from thongthin.present.render.structure import Structure
from thongthin.read.references import CROSS_REFERENCE

FRONT_MATTER_KEYS = {"lang"}
SHORTCODES = {"value", "quote", "include"}
# A block of this class is part of the document only where the study has all that it asks for.
IF_AVAILABLE = "if-available"
# Blocks that are filled from study.yml and references.yml.
FILLED = ("keywords", "keywords-translated", "ethics", "refs", "refs-translated")
CLASSES = {"unnumbered", "unlisted", "underline", "smallcaps"}
ATTRIBUTES = {"lang", "fig-alt", "width"}
REFERABLE = ("fig-", "tbl-", "sec-")
# A block whose id begins so is what the researchers conclude from both strands, on the factor that follows.
INFERENCE = "inference-"

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

_CODE = re.compile(
    r"\\`"
    r"|^(?P<indent> {0,3})(?P<fence>`{3,}|~{3,})(?P<info>[^\n]*)\n.*?(?:^ {0,3}(?P=fence)[`~]*[ \t]*$|\Z)"
    r"|<!--.*?(?:-->|\Z)"
    r"|(?<!`)(?P<ticks>`+)(?!`)(?P<inline>(?:(?!\n[ \t]*\n).)+?)(?<!`)(?P=ticks)(?!`)(?P<raw>\{=\w+\})?",
    re.MULTILINE | re.DOTALL,
)
_MATH = re.compile(r"\$\$(?:(?!\n[ \t]*\n).)+?\$\$|(?<![\\$])\$(?=\S)[^$\n]*?(?<=[^\s\\])\$(?!\d)", re.DOTALL)
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*$", re.MULTILINE | re.DOTALL)
_LOST = re.compile(r"\?{4,}|#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NULL!|NUM!)")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_SHORTCODE = re.compile(r"(?P<open>\{+)\{<\s*(?P<name>[^\s>]*)\s*(?P<arguments>.*?)\s*>\}\}+")
_IMAGE = re.compile(r"!\[(?P<caption>(?:[^\[\]]|\[[^\]]*\])*)\]\((?P<path>[^)\s]*)[^)]*\)(?P<attributes>\{[^{}]*\})?")
_ATTRIBUTES = re.compile(r"(?<![\\{])\{(?=[ \t]*[#.=\w:-])(?P<inside>[^{}]*)\}")
_ATTRIBUTE = re.compile(r"""#(?P<id>[^\s}#.]+)|\.(?P<class>[^\s}#.]+)|(?P<key>[\w:-]+)=("[^"]*"|'[^']*'|\S*)""")
_DIV = re.compile(r"^ {0,3}:{3,}[ \t]*(?P<rest>.*?)[ \t]*:*$")
_CAPTION = re.compile(r"\n[ \t]*\n(?!\s*(?:\||\{\{<|!\[|:))[^\n]+\Z")
_CITATION = re.compile(r"(?P<before>^|.)-?@\{?(?P<key>\w(?:\w|[:.#$%&+?<>~/-](?=\w))*)", re.DOTALL)
_HTML = re.compile(r"</?([A-Za-z][\w-]*)(?:\s[^<>]*)?/?>")
_TEX = re.compile(r"(?<!\\)\\[A-Za-z]+")
_LIST_ITEM = re.compile(r"^ {0,3}(?:[-*+]|\(?\w{1,4}[.)]|\[\^\S+\]:)[ \t]")
# What cannot be printed a second time, in a cell of a table: blocks, footnotes, references, formulas.
_NOT_PLAIN_PROSE = re.compile(
    r"^\s*(?:[#|>!]|:::|(?:[-*+]|\d+[.)])\s|\{\{<\s*(?:quote|include)\b)|\[\^|(?<![\w\\])@|(?<!\\)\$", re.MULTILINE
)
_BLOCK_START = re.compile(r"\s|$|[#|>!:$]|\{\{<|[-*+] |\(?\w{1,4}[.)] |\[\^")
# Blocks that the build fills.
_FILLED = ("keywords", "keywords-translated", "ethics", "refs", "refs-translated")
# Behind a reference, pandoc takes brackets for what is said of the same work.
_BRACKETS_BEHIND = re.compile(r"(?<![\w\\])@\{?(?P<key>(?:fig|tbl|sec)-[\w-]+)\}?[ \t]+\[")
_THAI = "\u0e00-\u0e7f"


@dataclass(frozen=True)
class Request:
    """Something that an article asks for by name, and where.

    Attributes:
        within: line of the article at which a block that may be left out begins, if it stands in one; otherwise 0.
    """

    name: str
    file: str
    line: int
    within: int = field(default=0, kw_only=True)


@dataclass(frozen=True)
class Inference(Request):
    """A meta-inference of the article, on the factor `name`: its text, in Markdown on one line."""

    text: str


@dataclass
class Requested:
    """What an article asks the study for: keys of values, ids of quotes, names of tables and figures, ids of works,
    and blocks that are filled from study.yml and references.yml.

    And what it gives: its meta-inferences, which the joint display prints as well.
    """

    values: list[Request] = field(default_factory=list)
    quotes: list[Request] = field(default_factory=list)
    tables: list[Request] = field(default_factory=list)
    figures: list[Request] = field(default_factory=list)
    works: list[Request] = field(default_factory=list)
    filled: list[Request] = field(default_factory=list)
    inferences: list[Inference] = field(default_factory=list)


def mask(text: str) -> str:
    """The text with front matter, code and comments blanked out: every other character stands where it stood."""

    return _CODE.sub(lambda m: m[0] if m[0] == "\\`" else _blank(m), _FRONT_MATTER.sub(_blank, text, count=1))


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def replace_shortcodes(text: str, replacement: Callable[[str, str], str]) -> str:
    """The text with each shortcode outside code replaced.

    Args:
        replacement: gets the name and the arguments of a shortcode as they are written.
    """
    pieces, end = [], 0
    for match in _SHORTCODE.finditer(mask(text)):
        pieces += [text[end : match.start()], replacement(match["name"], match["arguments"])]
        end = match.end()
    return "".join([*pieces, text[end:]])


def optional_blocks(text: str) -> list[tuple[int, int]]:
    """The first and the last line of each block that may be left out, counted from 1."""
    blocks: list[tuple[int, int]] = []
    open_divs: list[tuple[int, bool]] = []
    for number, line in enumerate(mask(text).split("\n"), start=1):
        div = _DIV.match(line)
        if div and div["rest"]:
            open_divs.append((number, not open_divs and div["rest"] == f"{{.{IF_AVAILABLE}}}"))
        elif div and open_divs:
            start, optional = open_divs.pop()
            if optional:
                blocks.append((start, number))
    return blocks


def without_blocks(text: str, left_out: Collection[int]) -> str:
    """The text without the blocks that begin at these lines, and without the marks of the other blocks that may be
    left out; each line stands where it stood."""
    lines = text.split("\n")
    for start, end in optional_blocks(text):
        for number in range(start, end + 1) if start in left_out else (start, end):
            lines[number - 1] = ""
    return "\n".join(lines)


def without_comments(text: str) -> str:
    """The text without comments, which renderers would put into a page unseen; each line stands where it stood."""
    return _CODE.sub(lambda m: re.sub(r"[^\n]", "", m[0]) if m[0].startswith("<!--") else m[0], text)


def with_includes(path: Path, tables: Path, left_out: Collection[int] = ()) -> str:
    """The article with its included files and tables in it, and without comments; for an article that was checked.

    Args:
        tables: folder of the tables that `{{< include tables/name.md >}}` names.
        left_out: first lines of the blocks that the study has not what it takes for (see `optional_blocks`).

    Raises:
        OSError: an included file or a table can't be read.
    """

    def content(name: str, argument: str) -> str:
        if name != "include":
            return f"{{{{< {name} {argument} >}}}}"
        if argument.startswith("tables/"):
            return (tables / argument.removeprefix("tables/")).read_text(encoding="utf-8").strip("\n")
        return with_includes(path.parent / argument, tables).strip("\n")

    return replace_shortcodes(without_comments(without_blocks(_read(path), left_out)), content)


def _read(path: Path) -> str:
    """A file of an article that was checked."""
    return _plain(decoded(path.read_bytes()) or "")


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def check_article(path: Path, language: Language, problems: Problems, left_out: Collection[int] = ()) -> Requested:
    """Check an article against the format, and list what it asks for.

    Args:
        path: the article, `report/<study>/article.<language>.qmd`.
        language: which it is written in.
        problems: collector, already bound to the article with `Problems.at`.
        left_out: first lines of blocks that are no part of it, since the study has not what it takes for them.

    Returns:
        What is asked for, in the order of the text. Whether the study has it is for the caller to check.
    """
    check = _Check(path.parent, problems, language, left_out)
    check.file(path.name)
    check.cross_references()
    return check.requested


class _Check:
    """The state of checking one article: what was defined, used and asked for so far, over all its files."""

    def __init__(self, folder: Path, problems: Problems, language: Language, left_out: Collection[int]) -> None:
        self.folder = folder
        self.problems = problems
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

    def file(self, name: str) -> None:
        self.names.append(name)
        parent = PurePosixPath(self.problems.file).parent
        self.here = self.problems.at((parent / name).as_posix())
        read = read_text(self.folder / name, self.here)
        if read is None:  # nothing more is said of a file that can't be read
            self.complete = False
            self.names.pop()
            return
        text = _plain(read)
        if len(self.names) == 1:
            spans = [range(start, end + 1) for start, end in optional_blocks(text)]
            self.within = {line: span[0] for span in spans for line in span}
            text = without_blocks(text, self.left_out)
        self.thai = has_thai(text)
        self.characters(text)
        self.front_matter(text)
        self.code(text)
        lines = list(enumerate(mask(text).split("\n"), start=1))
        self.blocks(lines)
        self.paragraphs(lines)
        self.structure.blocks(text, lines, self.here)
        for number, line in lines:
            self.at(number)
            self.structure.heading(number, line, self.here)
            line = self.shortcodes(number, line)
            self.images(number, line)
            self.attributes(number, line)
        visible = self.math("\n".join(line for _, line in lines))
        for number, line in enumerate(visible.split("\n"), start=1):
            self.at(number)
            line = _SHORTCODE.sub(_blank, line)
            self.raw(number, line)
            self.citations(number, line)
            self.structure.footnotes(number, line, self.here)
            self.lost(number, line)
        self.names.pop()

    def at(self, number: int) -> None:
        """Note which line of the article is looked at; what is included stands where it is included."""
        self.line = number if len(self.names) == 1 else self.line

    def request(self, name: str, number: int) -> Request:
        return Request(name, self.here.file, number, within=self.within.get(self.line, 0))

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
        for number, line in enumerate(_COMMENT.sub(_blank, text).split("\n"), start=1):
            notice_missing(line, self.here, row=number)

    def math(self, text: str) -> str:
        """The text without its formulas."""
        for match in _MATH.finditer(text):
            if "{{<" in match[0]:
                line = text.count("\n", 0, match.start()) + 1
                self.refuse(line, "shortcode", "", "A shortcode in a formula", "ชอร์ตโค้ดในสูตร")
        return _MATH.sub(_blank, text)

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

    def front_matter(self, text: str) -> None:
        match = _FRONT_MATTER.match(text)
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
        for match in _CODE.finditer(text):
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

    def blocks(self, lines: list[tuple[int, str]]) -> None:
        """Divs: known ones only, closed, and a caption at the end of those that are tables or figures."""
        open_divs: list[tuple[int, str]] = []
        for number, line in lines:
            div = _DIV.match(line)
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
                elif identifier in _FILLED and content.strip():
                    self.here.add(
                        "filled-block",
                        f'The block "{identifier}" is filled by the build, and must be empty.',
                        f'กล่อง "{identifier}" ระบบเป็นผู้เติม จึงต้องว่างไว้',
                        row=start,
                        hint_en="Close it with ::: on the next line, and write above or below it.",
                        hint_th="ปิดด้วย ::: ในบรรทัดถัดไป แล้วเขียนไว้ก่อนหรือหลังกล่องนี้",
                    )
                elif not content.strip() and identifier not in _FILLED and not identifier.startswith(INFERENCE):
                    hint_en, hint_th = did_you_mean(identifier, _FILLED)
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
            joined = re.search(rf"[{_THAI}]$", before) and re.match(rf"[{_THAI}]", line)
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

    def shortcodes(self, number: int, line: str) -> str:
        """Record the shortcodes of a line, and give back the line without them."""
        here = self.here
        for match in _SHORTCODE.finditer(line):
            name, arguments = match["name"], match["arguments"]
            alone = match[0] == line.strip()
            if re.search(r'=["\'][^"\']*$', line[: match.start()]) or line[: match.start()].endswith("]("):
                self.refuse(number, "shortcode", "", "A shortcode in an attribute", "ชอร์ตโค้ดในแอตทริบิวต์")
            elif match["open"] != "{" or name not in SHORTCODES:
                self.refuse(number, "shortcode", name, f'The shortcode "{name}"', f'ชอร์ตโค้ด "{name}"')
            elif not arguments or re.search(r"\s", arguments):
                here.add(
                    "shortcode",
                    f"{{{{< {name} >}}}} takes one name.",
                    f"{{{{< {name} >}}}} ต้องมีชื่อหนึ่งชื่อ",
                    row=number,
                )
            elif name == "value":
                self.requested.values.append(self.request(arguments, number))
            elif not alone:
                here.add(
                    "shortcode",
                    f"{{{{< {name} {arguments} >}}}} must stand on a line of its own.",
                    f"{{{{< {name} {arguments} >}}}} ต้องอยู่ในบรรทัดของตัวเอง",
                    row=number,
                )
            elif name == "quote":
                self.requested.quotes.append(self.request(arguments, number))
            else:
                self.include(number, arguments)
                self.here = here
        rest = _SHORTCODE.sub(_blank, line)
        if "{{<" in rest or " >}}" in rest:
            here.add(
                "shortcode",
                "This line holds half of {{< ... >}}, which would be printed as it stands.",
                "บรรทัดนี้มี {{< ... >}} ไม่ครบ จึงจะถูกพิมพ์ตามที่เขียน",
                row=number,
                hint_en="Write it whole and on one line: {{< value key >}}, {{< quote id >}}, {{< include file >}}.",
                hint_th="เขียนให้ครบในบรรทัดเดียว: {{< value คีย์ >}} {{< quote รหัส >}} {{< include ไฟล์ >}}",
            )
        return rest

    def include(self, number: int, target: str) -> None:
        table = re.fullmatch(r"tables/([\w-]+)\.md", target)
        if table:
            self.requested.tables.append(self.request(table[1], number))
        elif not re.fullmatch(r"[^/\\:]+\.q?md", target) or not (self.folder / target).is_file():
            self.here.add(
                "include",
                f'"{target}" can\'t be included.',
                f'นำ "{target}" มารวมไม่ได้',
                row=number,
                hint_en="Name a table (tables/name.md) or a Markdown file in the folder of the article.",
                hint_th="ระบุตาราง (tables/ชื่อ.md) หรือไฟล์ Markdown ที่อยู่ในโฟลเดอร์เดียวกับบทความ",
            )
        elif target in self.names:
            self.here.add("include", f'"{target}" includes itself.', f'"{target}" นำตัวเองมารวม', row=number)
        else:
            self.file(target)

    def images(self, number: int, line: str) -> None:
        for match in _IMAGE.finditer(line):
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
        figure = kind == "fig-" and any(f"#{identifier}" in (m["attributes"] or "") for m in _IMAGE.finditer(line))
        if kind not in REFERABLE or figure or _DIV.match(line) or (kind == "sec-" and re.match(" {0,3}#", line)):
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
        for match in _CITATION.finditer(line):
            before, key = match["before"], match["key"]
            latin = re.match(rf"[^{_THAI}]*", key)
            assert latin is not None
            if re.match(rf"[{_THAI}]", before) or (latin[0] and latin[0] != key):
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

    def cross_references(self) -> None:
        """What can only be known at the end: references to nothing, and citations without a list."""
        if not self.complete:
            return
        self.structure.finish(self.problems)
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
