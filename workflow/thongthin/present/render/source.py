"""The text of a document as it is read: included files in it, shortcodes as signs that nobody can type.

What stands in `{{< ... >}}` is nothing that pandoc knows. Before it reads, each shortcode becomes one sign; in the tree
each sign is a value, a quote or an include again where it stands in the text, and is found out wherever else it was put
(in code, an address, a formula). Nothing here decides what is text and what is not: pandoc does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from thongthin.present.render.markup import SHORTCODE, mask, optional_blocks, read, without_blocks, without_comments

# Around the number of a shortcode: characters of the last plane for private use, which no font and no keyboard has.
OPEN, CLOSE = "\U0010f001", "\U0010f002"
SIGN = re.compile(f"{OPEN}(\\d+){CLOSE}")
# What can be included: a table of the study, a file beside the document.
TABLE = re.compile(r"tables/([\w-]+)\.md")
FILE = re.compile(r"[^/\\:]+\.q?md")
# A file that includes others, which include others: more is taken for a trap.
MOST_FILES = 200


@dataclass(frozen=True)
class Shortcode:
    """`{{< name argument >}}` as it is written; `written` is all of it."""

    name: str
    argument: str
    written: str


@dataclass(frozen=True)
class Place:
    """Where something stands: the name of a file in the folder of the document, a line and a column, from 1."""

    file: str
    line: int
    column: int


@dataclass(frozen=True)
class Source:
    """The text of a document, and where each of its lines comes from.

    Attributes:
        text: with included files in it; comments and blocks that are left out are blank.
        lines: file and number of each line.
        within: for each line, the first line of the block of the document that may be left out; 0 outside of any.
        shortcodes: those that stand in `text`, in its order, by where they begin.
        tables: the lines, from 0, in place of which a table is set.
    """

    text: str
    lines: tuple[tuple[str, int], ...]
    within: tuple[int, ...]
    shortcodes: dict[int, Shortcode]
    tables: frozenset[int] = frozenset()

    def signed(self) -> str:
        """The text with a sign in place of each shortcode: what pandoc reads."""
        return self.replaced(lambda number, _: f"{OPEN}{number}{CLOSE}")

    def replaced(self, replacement: Callable[[int, Shortcode], str]) -> str:
        """The text with something else in place of each shortcode, which has a number from 0."""
        pieces, end = [], 0
        for number, (start, shortcode) in enumerate(self.shortcodes.items()):
            pieces += [self.text[end:start], replacement(number, shortcode)]
            end = start + len(shortcode.written)
        return "".join([*pieces, self.text[end:]])

    def place(self, offset: int) -> Place:
        """Where the character at this place of `text` was written."""
        line = self.text.count("\n", 0, offset)
        file, number = self.lines[line]
        return Place(file, number, offset - self.text.rfind("\n", 0, offset))

    def optional(self, offset: int) -> int:
        """First line of the block that may be left out and holds this place of `text`; 0 if none does."""
        return self.within[self.text.count("\n", 0, offset)]

    def is_table(self, offset: int) -> bool:
        """Whether a table is set in place of the line of this place of `text`."""
        return self.text.count("\n", 0, offset) in self.tables


def read_source(path: Path, left_out: Collection[int] = (), tables: Path | None = None) -> Source:
    """The text of a document, as both engines are given it.

    Args:
        path: the document. What it includes stands in its folder.
        left_out: first lines of the blocks that the study has not what it takes for.
        tables: folder of the tables that `{{< include tables/name.md >}}` names; None leaves these as they are.

    Raises:
        OSError: the document or a table can't be read. Another include that can't be followed stays as it is.
    """
    text = read(path)
    lines = _Expansion(tables).lines(path, without_blocks(text, left_out), ())
    blocks = {number: start for start, end in optional_blocks(text) for number in range(start, end + 1)}
    within = tuple(blocks.get(line.of_document, 0) for line in lines)
    set_ = frozenset(number for number, line in enumerate(lines) if line.table)
    return _source([line.text for line in lines], tuple((line.file, line.number) for line in lines), within, set_)


def included_file(line: str, folder: Path, names: tuple[str, ...]) -> str:
    """The file of this folder that a line (without code) includes; "" where it includes none.

    Args:
        names: of the file in which the line stands, and of those that include it: none of them is included again.
    """
    target = _included(line)
    return target if FILE.fullmatch(target) and target not in names and (folder / target).is_file() else ""


def _included(line: str) -> str:
    alone = SHORTCODE.fullmatch(line.strip())
    return alone["arguments"] if alone and (alone["open"], alone["name"]) == ("{", "include") else ""


def source_of_text(text: str, name: str) -> Source:
    """A text without includes, such as one that is put together already, as that of a file of this name."""
    lines = text.split("\n")
    return _source(lines, tuple((name, number) for number in range(1, len(lines) + 1)), (0,) * len(lines))


def _source(
    lines: list[str],
    places: tuple[tuple[str, int], ...],
    within: tuple[int, ...],
    tables: frozenset[int] = frozenset(),
) -> Source:
    text = "\n".join(lines)
    found = {
        match.start(): Shortcode(match["name"], match["arguments"], match[0]) for match in SHORTCODE.finditer(text)
    }
    return Source(text, places, within, found, tables)


@dataclass(frozen=True)
class _Line:
    text: str
    file: str
    number: int
    of_document: int  # the line of the document in which, or in whose include, it stands
    table: bool = False  # whether it is where a table is set


class _Expansion:
    """The lines of a document with those of its includes in place of them."""

    def __init__(self, tables: Path | None) -> None:
        self.tables = tables
        self.files = 1

    def lines(self, path: Path, text: str, around: tuple[str, ...], of_document: int = 0) -> list[_Line]:
        """The lines of one file.

        Args:
            around: names of the files that include this one.
            of_document: the line of the document that does, if it is not the document itself.
        """
        text, names = without_comments(text), (*around, path.name)
        found: list[_Line] = []
        for number, (line, seen) in enumerate(zip(text.split("\n"), mask(text).split("\n"), strict=True), start=1):
            place = (path.name, number, of_document or number)
            target = _included(seen)
            if self.tables and TABLE.fullmatch(target):
                table = (self.tables / target.removeprefix("tables/")).read_text(encoding="utf-8")
                found += [_Line(row, *place) for row in table.strip("\n").split("\n")]
            elif self.files < MOST_FILES and included_file(seen, path.parent, names):
                self.files += 1
                own = self.lines(path.parent / target, read(path.parent / target), names, place[2])
                found += _without_blank_ends(own) or [_Line("", *place)]
            else:
                found.append(_Line(line, *place, bool(TABLE.fullmatch(target))))
        return found


def _without_blank_ends(lines: list[_Line]) -> list[_Line]:
    kept = [place for place, line in enumerate(lines) if line.text]
    return lines[kept[0] : kept[-1] + 1] if kept else []
