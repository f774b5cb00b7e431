"""What a document shows of its study: its tables, figures, quotes, numbers and claims, and the sentences of these.

Tables and figures have their number in the order in which they come, as both engines count them. What stands in a
sentence is what a reader sees there: values are what they read, and what refers elsewhere in brackets is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from thongthin.basics.language import Language
from thongthin.contract.documents import Document
from thongthin.present.claims.bound import CLAIM
from thongthin.present.render.allowed import FIGURE
from thongthin.present.render.nodes import Node, with_parents
from thongthin.present.render.requested import WORDS
from thongthin.present.render.source import TABLE
from thongthin.present.render.tree import Document as Read
from thongthin.present.render.tree import read_document

Kind = Literal["table", "figure", "quote", "value", "word", "claim"]

# In a text under way: what refers elsewhere, as part of a sentence or in brackets; a space that no sentence ends at.
_NAMED, _CITED, _UP_TO, _SPACE = "\ue001", "\ue002", "\ue003", "\ue004"
_NAMES, _CITES = (rf"{sign}[^{_UP_TO}]*{_UP_TO}" for sign in (_NAMED, _CITED))
_LEFT_OUT = re.compile(rf" ?\({_NAMES}\)|[;,] {_NAMES}(?=\))| ?{_CITES}")
# The end of an English sentence; Thai has no sign for it, and a sentence there is what stands between two spaces.
_END = re.compile(rf"(?<=[.!?])[\"”’)]*\s+(?=[A-Z“\"({_NAMED}])")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# Of a Thai paragraph, so many characters on either side of a number are shown, up to the next space.
_AROUND = 110


@dataclass(frozen=True)
class Exhibit:
    """Something that a document shows.

    Attributes:
        number: of a table or figure with an id, as printed; else 0.
        id: by which the text refers to it ("tbl-agreement"), or "".
        name: of the article table or figure, the id of the quote or claim, the key of the value or of words from data.
        said: the caption of a table or figure; the sentence that a value stands in; what is bound to a claim.
        line: of the source of the document, counted from 1; in an included file, that of the request for it.
    """

    document: Document
    language: Language
    kind: Kind
    number: int
    id: str
    name: str
    said: str
    line: int


def exhibits_of(
    path: Path, document: Document, language: Language, reads: Mapping[str, str], left_out: list[int]
) -> list[Exhibit]:
    """What a document shows, in the order in which it comes.

    Args:
        path: its source, which has passed the check.
        reads: how each value reads in this language, by its key.
        left_out: first lines of the blocks that are left out.

    Raises:
        OSError, PandocFailed: it can't be read.
    """
    read = read_document(path, left_out)
    found: list[Exhibit] = []
    counted = {"table": 0, "figure": 0}

    def add(kind: Kind, id_: str, name: str, said: str, node: Node) -> None:
        if kind in counted and id_:
            counted[kind] += 1
        number = counted[kind] if kind in counted and id_ else 0
        found.append(Exhibit(document, language, kind, number, id_, name, said, _line(read, node, path.name)))

    for node, around in with_parents(read.blocks):
        if node.kind == "Image" and (figure := FIGURE.fullmatch(node.text)):
            holder = next((one for one in around if one.kind == "Figure"), None)
            add("figure", node.identifier, figure[1], _spoken(holder.children[:1] if holder else [], reads), node)
        elif node.kind == "Value":
            kind: Kind = "word" if node.text.startswith(f"{WORDS}.") else "value"
            add(kind, "", node.text, sentence(read.paragraphs[id(node)], node, language, reads), node)
        elif node.kind == "Span" and (claim := node.attributes.get(CLAIM)):
            add("claim", "", claim, _spoken(node.children, reads), node)
        elif node.kind == "Quote":
            add("quote", "", node.text, "", node)
        elif node.kind == "Include" and (table := TABLE.fullmatch(node.text)):
            holder = next((one for one in reversed(around) if one.identifier.startswith("tbl-")), None)
            caption = holder.children[-1:] if holder else []
            add("table", holder.identifier if holder else "", table[1], _spoken(caption, reads), node)
    return found


def _line(read: Read, node: Node, name: str) -> int:
    """The line of the document in which an element stands, or the file that holds it is asked for."""
    lines = read.source.lines
    place = read.source.text.count("\n", 0, node.start)
    own = next((n for n in range(place, -1, -1) if lines[n][0] == name), None)
    return 1 if own is None else lines[own][1] + (own < place)


def _spoken(nodes: Iterable[Node], reads: Mapping[str, str]) -> str:
    """What elements say, as a reader sees it."""
    return _cleaned(_raw(nodes, reads)).strip()


def _raw(nodes: Iterable[Node], reads: Mapping[str, str]) -> str:
    text = ""
    for node in nodes:
        if node.kind in ("Text", "Code", "Math"):
            text += node.text
        elif node.kind == "Value":
            text += reads.get(node.text, f"[{node.text}]").replace(" ", _SPACE)
        elif node.kind == "Cite":
            named = all(one.more == "AuthorInText" for one in node.children)
            ids = ", ".join(f"@{one.text}" for one in node.children)
            text += f"{_NAMED if named else _CITED}{ids}{_UP_TO}"
        elif node.kind == "Superscript":
            text += _raw(node.children, reads).translate(_RAISED)
        elif node.kind == "Quoted":
            marks = "“”" if node.more == "DoubleQuote" else "‘’"
            text += f"{marks[0]}{_raw(node.children, reads)}{marks[1]}"
        elif node.kind == "LineBreak":
            text += " "
        elif node.kind != "Note":
            text += _raw(node.children, reads)
    return text


def _cleaned(text: str) -> str:
    return re.sub(f"[{_NAMED}{_CITED}{_UP_TO}]", "", _LEFT_OUT.sub("", text)).replace(_SPACE, " ")


def sentence(block: Node, value: Node, language: Language, reads: Mapping[str, str]) -> str:
    """The sentence of a paragraph that a value stands in, as a reader sees it."""
    own = reads.get(value.text, f"[{value.text}]").replace(" ", _SPACE)
    before = _raw(_until(block, value), reads)
    whole = _raw([block], reads)
    at = whole.find(own, len(before))
    if language == "en":
        start = max((end.end() for end in _END.finditer(whole[:at])), default=0)
        end = _END.search(whole, at + len(own))
        return _cleaned(whole[start : end.start() if end else len(whole)]).strip()
    start = whole.rfind(" ", 0, max(0, at - _AROUND)) + 1
    end_at = whole.find(" ", min(len(whole), at + len(own) + _AROUND))
    piece = _cleaned(whole[start : end_at if end_at >= 0 else len(whole)]).strip()
    return ("… " * (start > 0)) + piece + (" …" * (end_at >= 0))


def _until(block: Node, value: Node) -> list[Node]:
    """The elements of a block up to a value: leaves, in the order of the text."""
    found: list[Node] = []

    def look(node: Node) -> bool:
        if node is value:
            return True
        if node.kind == "Note":
            return False
        if not node.children or node.kind in ("Cite", "Superscript"):
            found.append(node)
            return False
        return any(look(child) for child in node.children)

    look(block)
    return found


def shown(
    exhibits: Iterator[Exhibit] | list[Exhibit],
) -> dict[tuple[Document, Kind, str, str], dict[Language, list[Exhibit]]]:
    """The same exhibits of both languages together: by document, kind, id and name, as often as they are shown."""
    together: dict[tuple[Document, Kind, str, str], dict[Language, list[Exhibit]]] = {}
    for own in exhibits:
        together.setdefault((own.document, own.kind, own.id, own.name), {}).setdefault(own.language, []).append(own)
    return together
