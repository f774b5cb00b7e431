"""The part of Quarto Markdown that an article may use, and what an article asks the study for.

Quarto knows much more than the embedded renderer. What both do alike is described in `docs/article-format.md`; anything
else is refused here by name, with file and line, before a build begins, so that an article never comes out differently
for want of Quarto. Included files are followed. Code is looked at only for what can be run; shortcodes and citations in
code are text.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path, PurePosixPath

from thongthin.basics.language import Language, has_thai
from thongthin.basics.nearest import did_you_mean
from thongthin.basics.problems import Problems
from thongthin.basics.text import read_text
from thongthin.present.render.blocks import Blocks
from thongthin.present.render.markup import SHORTCODE, blank, mask, optional_blocks, plain, without_blocks
from thongthin.present.render.prose import Prose
from thongthin.present.render.reading import REFERABLE
from thongthin.present.render.requested import Requested

SHORTCODES = {"value", "quote", "include"}


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


class _Check(Blocks, Prose):
    """The check of one article, file by file."""

    def file(self, name: str) -> None:
        self.names.append(name)
        parent = PurePosixPath(self.problems.file).parent
        self.here = self.problems.at((parent / name).as_posix())
        read = read_text(self.folder / name, self.here)
        if read is None:  # nothing more is said of a file that can't be read
            self.complete = False
            self.names.pop()
            return
        text = plain(read)
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
            line = SHORTCODE.sub(blank, line)
            self.raw(number, line)
            self.citations(number, line)
            self.structure.footnotes(number, line, self.here)
            self.lost(number, line)
        self.names.pop()

    def shortcodes(self, number: int, line: str) -> str:
        """Record the shortcodes of a line, and give back the line without them."""
        here = self.here
        for match in SHORTCODE.finditer(line):
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
        rest = SHORTCODE.sub(blank, line)
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
