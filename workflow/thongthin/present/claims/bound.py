"""Which sentences of a document are bound to claims: the spans `[...]{claim=id}` of its tree."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from thongthin.present.render.requested import WORDS, Request
from thongthin.present.render.tree import Document, read_document

# The attribute of a span that names its claim, and the class of one that says what its authors think.
CLAIM, INTERPRETATION = "claim", "interpretation"


@dataclass(frozen=True)
class Bound:
    """A sentence, or part of one, that is bound to a claim: where it stands, and what it says."""

    claim: str
    file: str
    line: int
    text: str


def bound_of(path: Path, left_out: Collection[int], asked: Iterable[Request]) -> list[Bound]:
    """The sentences of a document that was checked, and the words that it asks for.

    Args:
        path: of the document, below the project folder.
        left_out: first lines of the blocks of it that are left out.
        asked: the values that it asks for.
    """
    return [*bound_in(read_document(path, left_out), path.parent.as_posix()), *words_asked(asked)]


def bound_in(document: Document, folder: str) -> list[Bound]:
    """The sentences of a document that are bound to a claim, in the order of the text.

    Args:
        folder: of the document, as messages name it.
    """
    found = []
    for node in document.walk():
        claim = node.attributes.get(CLAIM)
        if node.kind == "Span" and claim is not None:
            place = document.place(node)
            file, line = (place.file, place.line) if place else (document.source.lines[0][0], 1)
            found.append(Bound(claim, f"{folder}/{file}", line, " ".join(node.plain().split())))
    return found


def words_asked(requests: Iterable[Request]) -> list[Bound]:
    """The words that an article asks for as values, as sentences bound to them; see `words.reads`."""
    front = f"{WORDS}."
    return [
        Bound(word_of(request.name), request.file, request.line, f"{{{{< value {request.name} >}}}}")
        for request in requests
        if request.name.startswith(front)
    ]


def word_of(key: str) -> str:
    """The key of a word as it is defined: one with a capital is said at the beginning of a sentence."""
    name = key.removeprefix(f"{WORDS}.")
    return f"{WORDS}.{name[:1].lower()}{name[1:]}"
