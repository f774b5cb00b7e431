"""A document as its sections, and the passages of each: text in which everything asked for is one sign.

A passage is what is read in one go: a paragraph, an entry of a list, a caption, a note, the description of a figure.
Its text holds what the author typed, and nothing else: each value, citation, reference, note and formula is one
character of `Sign`, and stands in order in `things`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from thongthin.basics.language import Language

PassageKind = Literal["paragraph", "heading", "item", "caption", "description", "note", "cell"]
ShownKind = Literal["table", "figure", "quote"]


class Sign:
    """What stands in the text of a passage for what its author did not type; of the private use area of Unicode."""

    VALUE = "\ue000"
    CITED = "\ue001"  # in brackets, behind what is said
    CITING = "\ue002"  # a work as the subject of a sentence
    REFERENCE = "\ue003"  # to a figure, table or section
    NOTE = "\ue004"
    FIXED = "\ue005"  # marked as no result of the study
    OTHER = "\ue006"  # a formula, code, an address


class Thing(NamedTuple):
    """What a sign stands for.

    Attributes:
        sign: one of `Sign`.
        names: the key of the value, the ids of the works, the id that is referred to.
        text: of what is marked as fixed, its words; otherwise "".
    """

    sign: str
    names: tuple[str, ...]
    text: str = ""


@dataclass(frozen=True)
class Passage:
    """One piece of text.

    Attributes:
        text: what was typed, with a sign for each thing.
        things: what the signs stand for, in order.
        claims: those that stretches of it are bound to, in order.
        bound: the stretches bound to a claim, or marked as interpretation: where each begins, ends, and its claim (""
            of an interpretation).
        lines: where each further line of the file begins in the text: place and line.
    """

    kind: PassageKind
    file: str
    line: int
    text: str
    things: tuple[Thing, ...] = ()
    claims: tuple[str, ...] = ()
    lines: tuple[tuple[int, int], ...] = ()
    bound: tuple[tuple[int, int, str], ...] = ()

    def line_at(self, place: int) -> int:
        """The line of the file on which this place of the text stands."""
        return max((line for start, line in self.lines if start <= place), default=self.line)


class Shown(NamedTuple):
    """A table, figure or quote that stands in a section."""

    kind: ShownKind
    name: str
    line: int


@dataclass
class Section:
    """A section of a document, without those below it.

    Attributes:
        id: as the author gave it, without "sec-"; "" for one without.
        title: what its heading says; "" for what stands before the first.
    """

    id: str
    title: str
    level: int
    file: str
    line: int
    passages: list[Passage] = field(default_factory=list)
    shown: list[Shown] = field(default_factory=list)


@dataclass
class Manuscript:
    """A document in one language."""

    document: str
    language: Language
    file: str
    sections: list[Section] = field(default_factory=list)

    def passages(self) -> Iterator[tuple[Section, Passage]]:
        for section in self.sections:
            for passage in section.passages:
                yield section, passage
