"""A document as pandoc reads it: its blocks and what stands in them, each with its place in the files of the document.

This is what all checks of documents go by, and what the embedded renderer writes. A walk over `Document.blocks` meets
every element once, in the order of the text; kinds are those of pandoc (`Para`, `Header`, `Span`, `Cite`, `Link` ...),
but for four: `Text` is running text with its spaces, and `Value`, `Quote` and `Include` are what the shortcodes ask
for.
"""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from thongthin.present.render import kept_trees, pandoc
from thongthin.present.render.decoding import Decoding
from thongthin.present.render.nodes import Node
from thongthin.present.render.places import place_nodes
from thongthin.present.render.source import Place, Source, read_source

_READING = threading.Lock()  # a text that is being read is waited for, and not read twice
_TOO_DEEP = "too many elements within each other"


@dataclass(eq=False)
class Document:
    """A document that was read.

    Attributes:
        source: its text, with the place of each line.
        blocks: what stands in it.
        meta: what its head says, as pandoc has it: key -> value.
        json: pandoc's tree, with signs for shortcodes.
        warnings: what pandoc said of it.
        lost: where words stand in the text of the source that are nowhere in the tree.
    """

    source: Source
    blocks: list[Node]
    meta: dict[str, Any]
    json: dict[str, Any]
    warnings: str
    lost: list[tuple[int, int]]

    def walk(self) -> Iterator[Node]:
        """Every element, in the order of the text."""
        for block in self.blocks:
            yield from block.walk()

    def place(self, node: Node, offset: int = 0) -> Place:
        """Where an element begins, or in running text the character at this place of it."""
        return self.source.place(node.at(offset) if offset else node.start)

    @cached_property
    def paragraphs(self) -> dict[int, Node]:
        """Of each element, by its `id()`, the innermost block that holds it."""
        found: dict[int, Node] = {}

        def look(node: Node, around: Node) -> None:
            own = node if node.is_block else around
            found[id(node)] = own
            for child in node.children:
                look(child, own)

        for block in self.blocks:
            look(block, block)
        return found


def read_document(path: Path, left_out: Collection[int] = ()) -> Document:
    """A document as it will be rendered, but for its tables.

    Args:
        path: `report/<study>/article.<language>.qmd`, or another text in this format.
        left_out: first lines of the blocks that the study has not what it takes for.

    Raises:
        OSError: it can't be read.
        PandocFailed: pandoc can't read it, or not in time.
    """
    return tree_of(read_source(path, left_out))


def tree_of(source: Source) -> Document:
    """The tree of a text; the same text of the same files is read once.

    Raises:
        PandocFailed: as `read_document`.
    """
    with _READING:
        return _read(source.signed(), _Key(source))


def read_ahead(paths: Iterable[Path]) -> None:
    """Read documents beside what else is done, so that nobody waits for pandoc; what can't be read is told later."""

    def read() -> None:
        for path in paths:
            with contextlib.suppress(OSError, pandoc.PandocFailed):
                read_document(path)

    threading.Thread(target=read, daemon=True).start()


class _Key:
    """A source, as what is kept is found by: by its text and where it comes from."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self._own = (source.text, source.lines, source.within, source.tables)

    def __hash__(self) -> int:
        return hash(self.source.text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self._own == other._own


def blocks_of(source: Source) -> list[Node]:
    """The elements of a text without their places, which takes half of the time.

    Raises:
        PandocFailed: as `read_document`.
    """
    return _parsed(source.signed(), source)[0]


@lru_cache(maxsize=32)
def _read(signed: str, key: _Key) -> Document:
    blocks, parsed, said = _parsed(signed, key.source)
    try:
        lost = place_nodes(blocks, key.source)
    except RecursionError:
        raise pandoc.PandocFailed(_TOO_DEEP) from None
    return Document(key.source, blocks, parsed["meta"], parsed, said, lost)


def _parsed(signed: str, source: Source) -> tuple[list[Node], dict[str, Any], str]:
    data, said = kept_trees.read(signed.encode("utf-8"))
    try:
        parsed = json.loads(data)
        return Decoding([*source.shortcodes.values()]).blocks(parsed["blocks"]), parsed, said
    except RecursionError:
        raise pandoc.PandocFailed(_TOO_DEEP) from None
