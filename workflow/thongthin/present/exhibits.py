"""What a document shows of its study: its tables, figures, quotes and numbers, and the sentences that these stand in.

Tables and figures have their number in the order in which they come, as both engines count them. What stands in a
sentence is what a reader sees there: requests are replaced by what they read, and Markdown is taken off.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from thongthin.basics.language import Language
from thongthin.contract.documents import Document
from thongthin.present.claims.words import TABLE as WORDS
from thongthin.present.render.markup import DIV, SHORTCODE, mask
from thongthin.present.render.source import read_source

Kind = Literal["table", "figure", "quote", "value", "word"]

_FIGURE = re.compile(
    r"!\[(?P<caption>(?:[^\[\]]|\[[^\[\]]*\])*)\]\((?:\./)?figures/(?P<name>[^)\s.]+)(?:\.\w+)?\)(?:\{(?P<attributes>[^}]*)\})?"
)
_TABLE = re.compile(r"tables/(?P<name>[\w-]+)\.md")
_ID = re.compile(r"#(?P<id>(?:tbl|fig)-[\w-]+)")
# The end of an English sentence; Thai has no sign for it, and a sentence there is what stands between two spaces.
_END = re.compile(r"(?<=[.!?])[\"”’)]*\s+(?=[A-Z“\"(*@\[])")
# What refers elsewhere, in brackets of its own or behind other words within them.
_CITED = re.compile(r" ?\(@(?:tbl|fig|sec)-[\w-]+\)|[;,] @(?:tbl|fig|sec)-[\w-]+(?=\))| ?\[-?@[^\]]*\]")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# Of a Thai paragraph, so many characters on either side of a number are shown, up to the next space.
_AROUND = 110


@dataclass(frozen=True)
class Exhibit:
    """Something that a document shows.

    Attributes:
        number: of a table or figure with an id, as printed; else 0.
        id: by which the text refers to it ("tbl-agreement"), or "".
        name: of the article table or figure, the id of the quote, or the key of the value or of words from data.
        said: the caption of a table or figure; the sentence that a value stands in.
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
    """
    text = read_source(path, left_out).text
    lines = mask(text).split("\n")
    found: list[Exhibit] = []
    counted = {"table": 0, "figure": 0}

    def add(kind: Kind, id_: str, name: str, said: str, line: int) -> None:
        if kind in counted and id_:
            counted[kind] += 1
        number = counted[kind] if kind in counted and id_ else 0
        found.append(Exhibit(document, language, kind, number, id_, name, said, line))

    for number, line in enumerate(lines, start=1):
        for figure in _FIGURE.finditer(line):
            id_ = _ID.search(figure["attributes"] or "")
            add("figure", id_["id"] if id_ else "", figure["name"], readable(figure["caption"], reads), number)
        for request in SHORTCODE.finditer(line):
            name, argument = request["name"], request["arguments"]
            if name == "value":
                kind: Kind = "word" if argument.startswith(f"{WORDS}.") else "value"
                add(kind, "", argument, sentence(line, request.start(), language, reads), number)
            elif name == "quote":
                add("quote", "", argument, "", number)
            elif table := _TABLE.match(argument):
                id_text, caption = _float_around(lines, number)
                add("table", id_text, table["name"], readable(caption, reads), number)
    return found


def _float_around(lines: list[str], number: int) -> tuple[str, str]:
    """The id of the block that a line stands in, and its caption, which is its last paragraph; "" if none."""
    for start in range(number - 2, -1, -1):
        div = DIV.match(lines[start])
        if div and not div["rest"]:
            return "", ""
        if div and (id_ := _ID.search(div["rest"])):
            break
    else:
        return "", ""
    caption = ""
    for line in lines[number:]:
        if (div := DIV.match(line)) and not div["rest"]:
            break
        caption = line.strip() or caption
    return id_["id"], caption


def readable(markdown: str, reads: Mapping[str, str]) -> str:
    """A piece of an article as plain text."""
    text = SHORTCODE.sub(lambda request: reads.get(request["arguments"], f"[{request['arguments']}]"), markdown)
    text = _CITED.sub("", text)
    text = re.sub(r"\^([0-9]+)\^", lambda power: power[1].translate(_RAISED), text)
    text = re.sub(r"\[([^\[\]]*)\]\{[^}]*\}", r"\1", text)
    text = re.sub(r"\[([^\[\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"(?<!\\)\*+|(?<!\\)\^|(?<!\\)`", "", text)
    return re.sub(r"\\(.)", r"\1", text).strip()


def sentence(line: str, at: int, language: Language, reads: Mapping[str, str]) -> str:
    """The sentence of a paragraph that has a request at a place, as plain text."""
    if language == "en":
        start = max((end.end() for end in _END.finditer(line[:at])), default=0)
        end = _END.search(line, at)
        return readable(line[start : end.start() if end else len(line)], reads)
    start = line.rfind(" ", 0, max(0, at - _AROUND)) + 1
    end_at = line.find(" ", min(len(line), at + _AROUND))
    # A request is not cut in two.
    for request in SHORTCODE.finditer(line):
        start = request.end() if request.start() < start < request.end() else start
        end_at = request.end() if request.start() < end_at < request.end() else end_at
    piece = readable(line[start : end_at if end_at >= 0 else len(line)], reads)
    return ("… " * (start > 0)) + piece + (" …" * (end_at >= 0))


def shown(
    exhibits: Iterator[Exhibit] | list[Exhibit],
) -> dict[tuple[Document, Kind, str, str], dict[Language, list[Exhibit]]]:
    """The same exhibits of both languages together: by document, kind, id and name, as often as they are shown."""
    together: dict[tuple[Document, Kind, str, str], dict[Language, list[Exhibit]]] = {}
    for own in exhibits:
        together.setdefault((own.document, own.kind, own.id, own.name), {}).setdefault(own.language, []).append(own)
    return together
