"""The copy for reviewers who are not to know who wrote the article: no names, affiliations, ethics number, thanks.

What the study says of its authors is left out, so that no template can print it and no file have it among its
properties. In the text, sections and paragraphs that speak of the authors by their office (acknowledgements, funding,
contributions) go, and so does each name wherever else it stands. References are left as they are: works of one's own
are cited like those of others, as journals ask.

Coders, who often are the authors, are called C1, C2 ... in their tables and wherever else they are named.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import accumulate

from thongthin.basics.language import Language
from thongthin.basics.markdown import escape_markdown
from thongthin.basics.yaml_models import Bilingual
from thongthin.contract.study import Study
from thongthin.present.render.nodes import Node
from thongthin.present.render.requested import Named, named_in
from thongthin.present.render.tree import Document

WITHHELD: dict[Language, str] = {"th": "[ปกปิดไว้ระหว่างการประเมิน]", "en": "[withheld for review]"}

# How headings and bold beginnings of paragraphs that speak of the authors begin, in small letters.
OF_AUTHORS = (
    *(
        "acknowledg",
        "funding",
        "financial support",
        "author contribution",
        "authors' contribution",
        "authors’ contribution",
    ),
    *("contributions of", "about the author", "author note", "author information", "orcid", "correspond"),
    *("กิตติกรรมประกาศ", "คำขอบคุณ", "ขอขอบคุณ", "แหล่งทุน", "แหล่งเงินทุน", "ทุนสนับสนุน", "ทุนวิจัย", "การสนับสนุนทุน"),
    *("การสนับสนุนทางการเงิน", "บทบาทของผู้", "บทบาทผู้", "การมีส่วนร่วมของผู้", "ประวัติผู้", "เกี่ยวกับผู้", "ผู้ประพันธ์บรรณกิจ"),
)
# The number of an approval: digits with a letter, a point, a stroke ... among them ("HE663001", "COA 12/2566").
_NUMBER = re.compile(r"[A-Za-z\u0e00-\u0e7f]*\d[\w./-]*\d|[A-Za-z]{2,}\d+")
_LEAST_NUMBER = 5
# A coder in a table (`present.tables.parts.coders_named`).
_CODER = re.compile(r"\[((?:[^\[\]\\]|\\.)*)\]\{\.coder\}")
# The line that closes a block.
_CLOSED = re.compile(r" {0,3}:{3,}[ \t]*$")


def without_authors(study: Study) -> Study:
    """A study that says nothing of its authors, nor of the committee that approved it."""
    ethics = Bilingual(th=WITHHELD["th"], en=WITHHELD["en"]) if study.ethics else None
    return study.model_copy(update={"authors": [], "ethics": ethics})


def identifying(study: Study, besides: Collection[str] = ()) -> list[str]:
    """What tells who wrote an article: names, affiliations, addresses, ORCID iDs, ethics numbers; the longest first.

    Args:
        besides: what the study speaks of itself, such as the names of its sites: these are no secret.
    """
    found: set[str] = set()
    for author in study.authors:
        for own in (author.name, author.affiliation):
            found |= {own.th, own.en} if own else set()
        found |= {text for text in (author.email, author.orcid) if text}
    for text in (study.ethics.th, study.ethics.en) if study.ethics else ():
        numbers = (number for number in _NUMBER.findall(text) if not number.isdecimal())
        found |= {number for number in numbers if len(number) >= _LEAST_NUMBER}
    return sorted(found - {*besides}, key=lambda text: (-len(text), text))


def withheld(
    text: str,
    names: Collection[str],
    language: Language,
    *,
    coders: Mapping[str, str] | None = None,
    markdown: bool = True,
) -> str:
    """The text with what stands in place of each of the names.

    Args:
        coders: ids that tell who coders are -> what these are called instead.
        markdown: whether the text is Markdown, in which names may be escaped.
    """
    instead = escape_markdown(WITHHELD[language]) if markdown else WITHHELD[language]
    for name in names:
        text = _standing(name).sub(lambda _: instead, text)
    for id_, called in (coders or {}).items():
        text = _standing(id_).sub(called, text)
    return text


def with_coders(text: str, called: Mapping[str, str] | None = None) -> str:
    """The text of a document in whose tables coders stand as they are called; by their ids, where nothing is said."""

    def name(found: re.Match[str]) -> str:
        return found[1] if called is None else called.get(re.sub(r"\\(.)", r"\1", found[1]), "C0")

    return _CODER.sub(name, text)


def coders_called(coders: Collection[str]) -> dict[str, str]:
    """What the coders of a study are called in a copy without names, by their ids."""
    return {id_: f"C{number}" for number, id_ in enumerate(sorted(coders), start=1)}


def told_by(text: str, called: Mapping[str, str]) -> dict[str, str]:
    """The coders whose ids tell, outside of tables, who they are: initials and names.

    A letter or a number tells nothing, and could stand for anything in a text; so could an id that is a word of the
    text in small letters ("Will", where something will happen).
    """
    words = {id_: f"(?<!\\w){re.escape(id_.lower())}(?!\\w)" for id_ in called}
    return {
        id_: name
        for id_, name in called.items()
        if len(re.findall(r"[^\W\d_]", id_)) > 1
        and not re.search(r"\d", id_)
        and (id_ != id_.lower() or not id_.isascii())
        and (id_.lower() == id_ or not re.search(words[id_], text))
    }


def _standing(name: str) -> re.Pattern[str]:
    """Where a name stands, escaped or not. One of a single word must stand alone: it may be a part of another word."""
    own = r"\s+".join("".join(rf"\\?{re.escape(sign)}" for sign in word) for word in name.split())
    thai = re.search(r"[\u0e00-\u0e7f]", name) and " " in name  # words of Thai prose stand next to each other
    return re.compile(own if thai else rf"(?<!\w){own}(?!\w)")


def without_names(
    document: Document, names: Collection[str], language: Language, coders: Collection[str] = ()
) -> tuple[str, Named]:
    """The text of a document as reviewers read it, and what it shows of its study: each line stands where it stood.

    Args:
        document: with its tables in place.
        names: what tells who wrote it (`identifying`).
        coders: ids of those who coded its interviews.
    """
    text, source = document.source.text, document.source
    called = coders_called(coders)
    telling = told_by(text, called)
    offices = _Offices(document)
    offices.look(document.blocks, -1, len(offices.starts))

    def hidden(part: str) -> str:
        return withheld(with_coders(part, called), names, language, coders=telling)

    # Of what is asked for by name, the name stays: an author can be called like the beginning of a key.
    asked = {start: start + len(asked.written) for start, asked in source.shortcodes.items()}
    for node in document.walk():
        if node.kind == "Citation" and text.startswith(node.text, max(node.start, 0)):
            asked[max(node.start, 0)] = max(node.start, 0) + len(node.text)
    gone = {*offices.spans()}
    kept = [own for own in asked.items() if offices.line(own[0]) not in offices.gone]
    pieces, end = [], 0
    for start, behind in sorted([*gone, *kept]):
        pieces += [hidden(text[end:start]), "" if (start, behind) in gone else text[start:behind]]
        end = behind
    return "".join([*pieces, hidden(text[end:])]), named_in(offices.kept)


class _Offices:
    """The parts of a document that speak of its authors: sections and paragraphs that begin with what they are of."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.lines = document.source.text.split("\n")
        self.starts = [0, *accumulate(len(line) + 1 for line in self.lines[:-1])]
        self.gone: set[int] = set()  # lines, from 0
        self.kept: list[Node] = []
        self.left: list[Node] = []

    def line(self, place: int) -> int:
        return bisect_right(self.starts, place) - 1

    def spans(self) -> Iterator[tuple[int, int]]:
        """Where what goes stands, line by line; notes stay or go with the text that they are of."""
        for blocks, change in ((self.left, self.gone.update), (self.kept, self.gone.difference_update)):
            for note in (node for block in blocks for node in block.walk() if node.kind == "Note" and node.children):
                change(range(self.line(note.children[0].start), self.line(note.children[-1].end) + 1))
        for number in sorted(self.gone):
            yield self.starts[number], self.starts[number] + len(self.lines[number])

    def look(self, blocks: Sequence[Node], above: int, end: int) -> None:
        """Go through the blocks of the document, or of a block of it, which stand below and before these lines."""
        under = 0  # level of the heading whose section goes
        for number, block in enumerate(blocks):
            first, behind = self.first_line(block, above), end
            above = max(above, self.line(block.end))
            if number + 1 < len(blocks):
                behind = self.first_line(blocks[number + 1], above)
            level = int(block.more) if block.kind == "Header" else 0
            if level and level <= under:
                under = 0
            if level and not under and _speaks_of_authors(block.plain()):
                under = level
            bold = block.children[0] if block.kind == "Para" and block.children else None
            if under or (bold and bold.kind == "Strong" and _speaks_of_authors(bold.plain())):
                self.gone.update(range(first, behind))
                self.left.append(block)
            elif block.kind == "Div":
                closed = [own for own in range(first, behind) if _CLOSED.match(self.lines[own])]
                self.look(block.children, first, closed[-1] if closed else behind)
            else:
                self.kept.append(block)

    def first_line(self, block: Node, above: int) -> int:
        """The line on which a block begins: with the signs above its first word, which are no words (a fence)."""
        line = self.line(block.start)
        while line - 1 > above and self.lines[line - 1].strip() and not _CLOSED.match(self.lines[line - 1]):
            line -= 1
        return line


def _speaks_of_authors(title: str) -> bool:
    return re.sub(r"^[\d.\s]+", "", title).strip().lower().startswith(OF_AUTHORS)
