"""Signs that were typed before a value that brings its own: "p = {{< value ....p >}}" would be printed "p = < .001"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from thongthin.contract.tables import TABLES
from thongthin.present.render.nodes import Node
from thongthin.present.render.tree import Document
from thongthin.present.values import SIGNED

_SIGN = re.compile(r"(?:[=<>≤≥≈]|&[lg]t;)\s*$")


def brings_sign(key: str) -> bool:
    """Whether a value reads with its sign, by its key."""
    table, column = key.partition(".")[0], key.rpartition(".")[2]
    return table in TABLES and any(c.name == column and c.format in SIGNED for c in TABLES[table].value_columns)


def typed_before(document: Document) -> Iterator[Node]:
    """The values that bring their sign and stand behind one that was typed."""
    for block in document.blocks:
        before = ""
        for node in block.walk():
            if node.is_block:
                before = ""
            if node.kind == "Text":
                before = node.text if node.text.strip() else before + node.text
            elif node.kind == "Math":
                before = node.text
            elif node.kind == "Value":
                if brings_sign(node.text) and _SIGN.search(before):
                    yield node
                before = ""
