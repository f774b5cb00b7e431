"""From the tree of a document to its sections and passages."""

from __future__ import annotations

from collections.abc import Iterable

from thongthin.basics.language import Language
from thongthin.present.manuscript.passages import Manuscript, Passage, PassageKind, Section, Shown, Sign, Thing
from thongthin.present.render.nodes import Node
from thongthin.present.render.tree import Document
from thongthin.read.references import CROSS_REFERENCE

FIXED = "fixed"
CLAIM, INTERPRETATION = "claim", "interpretation"
_QUOTES = {"DoubleQuote": ("“", "”"), "SingleQuote": ("‘", "’")}
_TABLES, _FIGURES = "tables/", "figures/"


def read_manuscript(document: Document, name: str, language: Language, file: str) -> Manuscript:
    """The sections of a document, in order.

    Args:
        name: whether it is the article or the supplement.
        file: path of the document in the project folder.
    """
    reader = _Reader(document, Manuscript(name, language, file))
    reader.blocks(document.blocks, "paragraph")
    return reader.read


class _Text:
    """A passage under way."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = ""
        self.things: list[Thing] = []
        self.claims: list[str] = []
        self.bound: list[tuple[int, int, str]] = []
        self.lines: list[tuple[int, int]] = []
        self.notes: list[Node] = []
        self.asked: list[Node] = []  # quotes, tables and figures

    def thing(self, sign: str, *names: str, text: str = "") -> None:
        self.text += sign
        self.things.append(Thing(sign, names, text))

    def inlines(self, nodes: Iterable[Node]) -> None:
        for node in nodes:
            self.note_lines(node)
            self.inline(node)

    def note_lines(self, node: Node) -> None:
        """Where the lines of the file begin on which an element stands: its first, and those of its words."""
        place = self.document.source.place
        if node.start is not None:
            self.lines.append((len(self.text), place(node.start).line))
        if node.offsets and place(node.offsets[0][1]).line != place(node.offsets[-1][1]).line:
            self.lines += ((len(self.text) + own, place(there).line) for own, there in node.offsets)

    def inline(self, node: Node) -> None:
        kind = node.kind
        if kind == "Text":
            self.text += node.text
        elif kind == "LineBreak":
            self.text += "\n"
        elif kind == "Value":
            self.thing(Sign.VALUE, node.text)
        elif kind in ("Quote", "Include", "Image"):
            self.asked.append(node)
        elif kind == "Quoted":
            before, after = _QUOTES[node.more]
            self.text += before
            self.inlines(node.children)
            self.text += after
        elif kind == "Cite":
            self.citations(node.children)
        elif kind == "Note":
            self.thing(Sign.NOTE)
            self.notes.append(node)
        elif kind in ("Math", "Code", "RawInline"):
            self.thing(Sign.OTHER)
        elif kind == "Span" and FIXED in node.classes:
            inside = _Text(self.document)
            inside.inlines(node.children)
            self.thing(Sign.FIXED, text=inside.text)
        else:
            start = len(self.text)
            claim = node.attributes.get(CLAIM, "") if kind == "Span" else ""
            self.claims += [claim] if claim else []
            self.inlines(node.children)
            if claim or (kind == "Span" and INTERPRETATION in node.classes):
                self.bound.append((start, len(self.text), claim))

    def citations(self, cited: list[Node]) -> None:
        works = [one.text for one in cited if not CROSS_REFERENCE.match(one.text)]
        others = [one.text for one in cited if CROSS_REFERENCE.match(one.text)]
        if others:
            self.thing(Sign.REFERENCE, *others)
        if works:
            subject = cited[0].more == "AuthorInText"
            self.thing(Sign.CITING if subject else Sign.CITED, *works)


class _Reader:
    def __init__(self, document: Document, read: Manuscript) -> None:
        self.document = document
        self.read = read
        self.folder = read.file.rpartition("/")[0]
        self.last = (read.file, 1)

    def place(self, node: Node) -> tuple[str, int]:
        """File and line of an element; of what came before it, where that can't be told."""
        if found := self.document.place(node):
            self.last = (f"{self.folder}/{found.file}" if self.folder else found.file, found.line)
        return self.last

    def section(self) -> Section:
        """The section under way; one without a title for what stands before the first heading."""
        if not self.read.sections:
            self.read.sections.append(Section("", "", 0, self.read.file, 1))
        return self.read.sections[-1]

    def blocks(self, nodes: Iterable[Node], kind: PassageKind) -> None:
        for node in nodes:
            self.block(node, kind)

    def block(self, node: Node, kind: PassageKind) -> None:
        if node.kind == "Header":
            title = _Text(self.document)
            title.inlines(node.children)
            own = node.identifier.removeprefix("sec-") if node.identifier.startswith("sec-") else ""
            self.read.sections.append(Section(own, title.text.strip(), int(node.more), *self.place(node)))
            self.passage(node, "heading")
        elif any(not child.is_block for child in node.children):
            self.passage(node, kind)
        elif node.kind == "Div" and node.identifier.startswith(("tbl-", "fig-")) and node.children:
            self.blocks(node.children[:-1], kind)
            last = node.children[-1]
            self.block(last, "caption" if last.kind in ("Para", "Plain") else kind)
        else:
            below: dict[str, PassageKind] = {"Item": "item", "Caption": "caption", "Cell": "cell"}
            self.blocks(node.children, below.get(node.kind, kind))

    def passage(self, node: Node, kind: PassageKind) -> None:
        read = _Text(self.document)
        read.inlines(child for child in node.children if not child.is_block)
        section, place = self.section(), self.place(node)
        for asked in read.asked:
            self.shown(asked, section, place)
        if read.text.strip():
            passage = Passage(
                kind, *place, read.text, tuple(read.things), tuple(read.claims), tuple(read.lines), tuple(read.bound)
            )
            section.passages.append(passage)
        self.blocks((child for child in node.children if child.is_block), kind)
        for note in read.notes:
            self.blocks(note.children, "note")

    def shown(self, node: Node, section: Section, place: tuple[str, int]) -> None:
        if node.kind == "Quote":
            section.shown.append(Shown("quote", node.text, place[1]))
        elif node.kind == "Include" and node.text.startswith(_TABLES):
            section.shown.append(Shown("table", node.text.removeprefix(_TABLES).removesuffix(".md"), place[1]))
        elif node.kind == "Image":
            section.shown.append(Shown("figure", node.text.removeprefix(_FIGURES), place[1]))
            if described := node.attributes.get("fig-alt", ""):
                section.passages.append(Passage("description", *place, described))
