"""What must stand in a document: its paragraphs with their numbers, and the rows of its tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from thongthin.present.render.nodes import Node


class Piece(NamedTuple):
    """A stretch of a paragraph.

    Attributes:
        text: as it is printed; "" where that is only known when it is printed (a citation, the number of a table, a
            formula, the mark of a note).
        key: of the value that it is; "" for words.
    """

    text: str
    key: str = ""


@dataclass(frozen=True)
class Passage:
    """A paragraph, heading, caption or cell that asks for values, piece by piece."""

    pieces: tuple[Piece, ...]


class Row(NamedTuple):
    """A row of a table: the texts of its cells that hold something."""

    cells: tuple[str, ...]


# What holds words that are printed where they stand.
_WORDS = {
    *("Emph", "Strong", "Underline", "Strikeout", "Superscript", "Subscript", "SmallCaps", "Quoted", "Span", "Link"),
    *("Item", "Term"),
}


def passages_of(blocks: Sequence[Node], reads: Mapping[str, str]) -> tuple[list[Passage], list[Row]]:
    """The passages of a document that ask for values, and all rows of its tables.

    Args:
        blocks: its tree as it was rendered, with its tables in place.
        reads: how each value reads.

    Raises:
        KeyError: a value is asked for that there is not; nothing like it is composed.
    """
    passages, rows = [], []
    for node in (inner for block in blocks for inner in block.walk()):
        if node.kind in ("Row", "Head"):
            cells = tuple(text for cell in node.children if (text := _cell(cell, reads)))
            rows += [Row(cells)] if cells else []
        elif node.is_block:
            pieces = tuple(_pieces(node, reads))
            if any(piece.key for piece in pieces):
                passages.append(Passage(pieces))
    return passages, rows


def _pieces(node: Node, reads: Mapping[str, str]) -> Iterator[Piece]:
    for child in node.children:
        if child.kind in ("Text", "Code"):
            yield Piece(child.text)
        elif child.kind == "LineBreak":
            yield Piece(" ")
        elif child.kind == "Span" and "shortcode" in child.attributes:
            key = child.attributes["argument"] if child.attributes["shortcode"] == "value" else ""
            yield Piece(reads[key], key) if key else Piece("")
        elif child.kind in _WORDS and not child.is_block:
            yield from _pieces(child, reads)
        elif not child.is_block:
            yield Piece("")


def _cell(cell: Node, reads: Mapping[str, str]) -> str:
    pieces = [piece.text for block in cell.children for piece in _pieces(block, reads)]
    return "".join(pieces)
