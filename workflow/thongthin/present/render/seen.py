"""Whether a file is to pandoc what its lines show: its code, its comments, the blocks of it that may be left out.

Comments are taken out before pandoc reads a document, files are included, blocks left out; where these begin and end is
seen line by line (`markup`). Were pandoc to see code or words there, these would be gone without a word. So pandoc
reads the file once as it stands, and every comment, all code and each such block has to be in its tree.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from thongthin.present.render.markup import CODE, COMMENT, FRONT_MATTER, IF_AVAILABLE, SHORTCODE, blank, optional_blocks
from thongthin.present.render.nodes import Node
from thongthin.present.render.pandoc import PandocFailed
from thongthin.present.render.source import SIGN, source_of_text
from thongthin.present.render.tree import Document, tree_of

# Without any of these there is nothing that lines and pandoc could see otherwise.
_MARK = re.compile(rf"<!--|[`~]|{IF_AVAILABLE}")
# What pandoc takes away before the lines of code and comments in a quotation or a list, or puts for others.
_AROUND = re.compile(rf"[\s>]|{SIGN.pattern}")
_LEAVES = frozenset({"Text", "Math", "Code", "CodeBlock", "Value", "Quote", "Include"})


@dataclass(frozen=True)
class Otherwise:
    """What pandoc does not see as its lines show it: "comment", "code" or "block", and the line at which it begins."""

    kind: str
    line: int


def seen_otherwise(text: str, name: str) -> list[Otherwise]:
    """What begins or ends elsewhere in a file than its lines show; in a text that pandoc can't read, nothing.

    Args:
        text: of the file, with one kind of line end.
        name: of the file.
    """
    if not _MARK.search(text):
        return []
    try:
        document = tree_of(source_of_text(text, name))
    except PandocFailed:
        return []
    there = Counter(_written(document.blocks))
    found = []
    for match in CODE.finditer(FRONT_MATTER.sub(blank, text, count=1)):
        part = match["comment"] or match["block"] or match["inline"] or ""
        own = _bare(SHORTCODE.sub("", part))
        never_closed = match["comment"] and not match[0].endswith("-->")  # which is told of by itself
        if own and not there[own] and not never_closed:
            kind = "comment" if match["comment"] else "code"
            found.append(Otherwise(kind, text.count("\n", 0, match.start()) + 1))
        there[own] -= 1
    return found or list(_blocks(text, document))


def _written(nodes: list[Node]) -> Iterator[str]:
    """All code, and all comments."""
    for node in (inner for block in nodes for inner in block.walk()):
        if node.kind in ("Code", "CodeBlock"):
            yield _bare(node.text)
        elif node.kind in ("RawBlock", "RawInline"):
            comments = COMMENT.findall(node.text) if node.more == "html" else []
            yield from map(_bare, comments or [node.text])


def _bare(part: str) -> str:
    return _AROUND.sub("", part)


def _blocks(text: str, document: Document) -> Iterator[Otherwise]:
    """The first block that may be left out within the marks of which stands what is to pandoc in no such block."""
    lines = {number: start for start, end in optional_blocks(text) for number in range(start, end + 1)}
    for node, inside in _leaves(document.blocks, False) if lines else ():
        line = document.place(node).line
        if line in lines and not inside:
            yield Otherwise("block", lines[line])
            return


def _leaves(nodes: list[Node], inside: bool) -> Iterator[tuple[Node, bool]]:
    """What stands in the text, and whether in a block that may be left out; without notes, which stand elsewhere."""
    for node in nodes:
        if node.kind in _LEAVES and node.start >= 0:
            yield node, inside
        if node.kind not in ("Note", "Cite", "Caption"):
            yield from _leaves(node.children, inside or IF_AVAILABLE in node.classes)
