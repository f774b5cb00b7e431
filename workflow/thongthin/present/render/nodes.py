"""The elements of a document (see `thongthin.present.render.tree`)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

# What a shortcode is in the tree; one of another name is called by that, and is on no list.
SHORTCODES = {"value": "Value", "quote": "Quote", "include": "Include"}
ASKED = frozenset({*SHORTCODES.values(), "Shortcode"})
BLOCKS = frozenset(
    {
        *("Plain", "Para", "LineBlock", "CodeBlock", "RawBlock", "BlockQuote", "OrderedList", "BulletList"),
        *("DefinitionList", "HorizontalRule", "Header", "Div", "Figure", "Table"),
        *("Caption", "Head", "Row", "Cell", "Item", "Term"),
    }
)


@dataclass(eq=False)
class Node:
    """An element of a document.

    Attributes:
        kind: pandoc's name of it, or `Text`, `Value`, `Quote`, `Include`; `Item`, `Term`, `Row`, `Cell`, `Head` and
            `Caption` are parts of lists, tables and figures; `Citation` is one work of a `Cite`; `Shortcode` is
            one that is none of the three, whose name is its text.
        children: what stands in it.
        text: of `Text`, `Code`, `CodeBlock`, `Math` and raw elements what is written; of `Value` the key, of `Quote`
            the id, of `Include` the file; of `Link` and `Image` the address; of a `Citation` the id of the work.
        identifier, classes, attributes: what stands in braces, `{#identifier .class key="value"}`.
        more: of a shortcode its sign; of a `Header` its level; of `Math` "InlineMath" or "DisplayMath"; of raw
            elements their format; of `Link` and `Image` the title; of a `Citation` its mode; of `Quoted` its marks.
        start, end: where its words stand in `Source.text`, half-open. What has no words stands behind what comes
            before it.
    """

    kind: str
    children: list[Node] = field(default_factory=list)
    text: str = ""
    identifier: str = ""
    classes: tuple[str, ...] = ()
    attributes: dict[str, str] = field(default_factory=dict)
    more: str = ""
    start: int = -1
    end: int = -1
    offsets: list[tuple[int, int]] = field(default_factory=list)  # of `Text`: place in `text`, place in the source

    @property
    def is_block(self) -> bool:
        return self.kind in BLOCKS

    def walk(self) -> Iterator[Node]:
        """This element and all that stands in it, in the order of the text."""
        yield self
        for child in self.children:
            yield from child.walk()

    def inlines(self) -> Iterator[Node]:
        """What stands in it, without what is a block and the notes of its text."""
        for child in self.children:
            if not child.is_block and child.kind != "Note":
                yield child

    def plain(self) -> str:
        """Its text as it is read, without notes: a value as `{{< value key >}}`, a citation as `@id`."""
        if self.kind in SHORTCODES.values():
            return f"{{{{< {self.kind.lower()} {self.text} >}}}}"
        if self.kind in ("Text", "Code", "Math", "CodeBlock"):
            return self.text
        if self.kind == "LineBreak":
            return "\n"
        if self.kind == "Citation":
            return f"{self._joined()}@{self.text}"
        if self.kind == "Quoted":
            marks = "“”" if self.more == "DoubleQuote" else "‘’"
            return f"{marks[0]}{self._joined()}{marks[1]}"
        return "" if self.kind == "Note" else self._joined()

    def _joined(self) -> str:
        pieces = [child.plain() for child in self.children]
        blocks = any(child.is_block for child in self.children)
        return "\n".join(piece for piece in pieces if piece) if blocks else "".join(pieces)

    def at(self, offset: int) -> int:
        """Where the character at this place of its `text` stands in the source, for `Text`."""
        number = bisect_right(self.offsets, offset, key=lambda pair: pair[0]) - 1
        if number < 0:
            return self.start
        own, there = self.offsets[number]
        return there + offset - own


def with_parents(nodes: Iterable[Node], around: tuple[Node, ...] = ()) -> Iterator[tuple[Node, tuple[Node, ...]]]:
    """Every element with those that hold it, the outermost first."""
    for node in nodes:
        yield node, around
        yield from with_parents(node.children, (*around, node))
