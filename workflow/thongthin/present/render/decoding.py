"""Nodes of pandoc's JSON (Text.Pandoc.Definition, https://hackage.haskell.org/package/pandoc-types)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from thongthin.present.render.nodes import SHORTCODES, Node
from thongthin.present.render.source import SIGN, Shortcode


class Decoding:
    """The nodes of one document, which has these shortcodes."""

    def __init__(self, shortcodes: list[Shortcode]) -> None:
        self.shortcodes = shortcodes

    def blocks(self, blocks: list[Any]) -> list[Node]:
        return [self.block(block) for block in blocks]

    def block(self, block: Any) -> Node:
        kind, content = block["t"], block.get("c", [])  # type: str, Any
        if kind in ("Plain", "Para"):
            return Node(kind, self.inlines(content))
        if kind == "Header":
            return _with(content[1], Node(kind, self.inlines(content[2]), more=str(content[0])))
        if kind == "Div":
            return _with(content[0], Node(kind, self.blocks(content[1])))
        if kind == "BlockQuote":
            return Node(kind, self.blocks(content))
        if kind in ("BulletList", "OrderedList"):
            items = content if kind == "BulletList" else content[1]
            return Node(kind, [Node("Item", self.blocks(item)) for item in items])
        if kind == "CodeBlock":
            return _with(content[0], Node(kind, text=content[1]))
        if kind == "RawBlock":
            return Node(kind, text=content[1], more=content[0])
        if kind == "LineBlock":
            return Node(kind, [Node("Item", self.inlines(line)) for line in content])
        if kind == "DefinitionList":
            return Node(kind, [part for term, own in content for part in self.definition(term, own)])
        if kind == "Figure":
            return self.figure(*content)
        return self.table(content) if kind == "Table" else Node(kind)

    def definition(self, term: list[Any], definitions: list[Any]) -> list[Node]:
        return [Node("Term", self.inlines(term)), *(Node("Item", self.blocks(own)) for own in definitions)]

    def figure(self, attributes: list[Any], caption: list[Any], content: list[Any]) -> Node:
        """A picture with its caption; pandoc says the words of the caption twice, and has the id on the figure only."""
        own = self.blocks(content)
        for node in (inner for block in own for inner in block.walk()):
            if node.kind == "Image":
                node.children, node.identifier = [], attributes[0]
        return _with(attributes, Node("Figure", [self.caption(caption), *own]))

    def caption(self, content: list[Any]) -> Node:
        short, long = content
        return Node("Caption", [*(self.inlines(short) if short else []), *self.blocks(long)])

    def table(self, content: list[Any]) -> Node:
        attributes, caption, _, (_, head), bodies, (_, foot) = content
        own = [_with(row[0], Node("Head", [self.cell(cell) for cell in row[1]])) for row in head]
        rows = [row for _, _, heads, body in bodies for row in (*heads, *body)]
        own += [_with(row[0], Node("Row", [self.cell(cell) for cell in row[1]])) for row in (*rows, *foot)]
        said = self.caption(caption)
        return _with(attributes, Node("Table", [*own, *([said] if said.children else [])]))

    def cell(self, content: list[Any]) -> Node:
        return _with(content[0], Node("Cell", self.blocks(content[4])))

    def inlines(self, inlines: list[dict[str, Any]]) -> list[Node]:
        found: list[Node] = []
        text = ""
        for inline in [*inlines, {"t": ""}]:
            if inline["t"] in ("Str", "Space", "SoftBreak"):
                text += inline.get("c", " ")
                continue
            found += self.running(text)
            text = ""
            if inline["t"]:
                found.append(self.inline(inline["t"], inline.get("c")))
        return found

    def running(self, text: str) -> Iterator[Node]:
        """Running text, with what its signs ask for."""
        end = 0
        for sign in SIGN.finditer(text):
            if sign.start() > end:
                yield Node("Text", text=text[end : sign.start()])
            asked = self.shortcodes[int(sign[1])] if int(sign[1]) < len(self.shortcodes) else None
            kind = SHORTCODES.get(asked.name, "") if asked and asked.written.startswith("{{<") else ""
            name = (asked.argument if kind else asked.name) if asked else ""
            yield Node(kind or "Shortcode", text=name, more=sign[0])
            end = sign.end()
        if end < len(text):
            yield Node("Text", text=text[end:])

    def inline(self, kind: str, content: Any) -> Node:
        if kind in ("Emph", "Underline", "Strong", "Strikeout", "Superscript", "Subscript", "SmallCaps"):
            return Node(kind, self.inlines(content))
        if kind == "Span":
            return _with(content[0], Node(kind, self.inlines(content[1])))
        if kind in ("Link", "Image"):
            return _with(content[0], Node(kind, self.inlines(content[1]), text=content[2][0], more=content[2][1]))
        if kind == "Quoted":
            return Node(kind, self.inlines(content[1]), more=content[0]["t"])
        if kind == "Code":
            return _with(content[0], Node(kind, text=content[1]))
        if kind == "Math":
            return Node(kind, text=content[1], more=content[0]["t"])
        if kind == "RawInline":
            return Node(kind, text=content[1], more=content[0])
        if kind == "Note":
            return Node(kind, self.blocks(content))
        return Node(kind, [self.citation(one) for one in content[0]]) if kind == "Cite" else Node(kind)

    def citation(self, content: dict[str, Any]) -> Node:
        around = [*self.inlines(content["citationPrefix"]), *self.inlines(content["citationSuffix"])]
        return Node("Citation", around, text=content["citationId"], more=content["citationMode"]["t"])


def _with(attributes: list[Any], node: Node) -> Node:
    node.identifier, node.classes, node.attributes = attributes[0], tuple(attributes[1]), dict(attributes[2])
    return node
