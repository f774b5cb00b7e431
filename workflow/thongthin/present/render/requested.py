"""What an article asks the study for, and what it gives it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, NamedTuple

from thongthin.present.render.nodes import Node

# A block whose id begins so is what the researchers conclude from both strands, on the factor that follows.
INFERENCE = "inference-"
# What stands in the place of a table in the keys of words that data decide (`claims.words`).
WORDS = "words"


@dataclass(frozen=True)
class Request:
    """Something that an article asks for by name, and where.

    Attributes:
        within: line of the article at which a block that may be left out begins, if it stands in one; otherwise 0.
    """

    name: str
    file: str
    line: int
    within: int = field(default=0, kw_only=True)


@dataclass(frozen=True)
class Inference(Request):
    """A meta-inference of the article, on the factor `name`: its text, in Markdown on one line, and its values."""

    text: str
    values: tuple[str, ...] = ()


@dataclass
class Requested:
    """What an article asks the study for: keys of values, ids of quotes, names of tables and figures, ids of works,
    and blocks that are filled from study.yml and references.yml.

    And what it gives: its meta-inferences, which the joint display prints as well.
    """

    values: list[Request] = field(default_factory=list)
    quotes: list[Request] = field(default_factory=list)
    tables: list[Request] = field(default_factory=list)
    figures: list[Request] = field(default_factory=list)
    works: list[Request] = field(default_factory=list)
    filled: list[Request] = field(default_factory=list)
    inferences: list[Inference] = field(default_factory=list)

    def all(self) -> Iterator[Request]:
        """Every request."""
        for part in fields(self):
            yield from getattr(self, part.name)

    def plain(self) -> dict[str, list[dict[str, Any]]]:
        """The same as plain data, for JSON."""
        return asdict(self)

    @classmethod
    def of(cls, plain: Mapping[str, Iterable[Mapping[str, Any]]]) -> Requested:
        """From plain data."""
        found = cls()
        for part, every in plain.items():
            kind = Inference if part == "inferences" else Request
            for own in every:
                plainly: dict[str, Any] = {
                    name: tuple(said) if isinstance(said, list) else said for name, said in own.items()
                }
                getattr(found, part).append(kind(**plainly))
        return found


class Named(NamedTuple):
    """What a document shows of its study: keys of values, ids of quotes, ids of works."""

    values: frozenset[str]
    quotes: frozenset[str]
    works: frozenset[str]


def named_by(asked: Requested, concluded: Iterable[Inference]) -> Named:
    """What a document names that asks for this.

    Args:
        concluded: the meta-inferences in its language, which the joint display prints.
    """
    values = {request.name for request in asked.values}
    if any(request.name == "joint_display" for request in asked.tables):
        values |= {key for inference in concluded for key in inference.values}
    quotes, works = ({request.name for request in requests} for requests in (asked.quotes, asked.works))
    return Named(frozenset(values), frozenset(quotes), frozenset(works))


def named_in(blocks: Iterable[Node]) -> Named:
    """What a document with its tables in place names; among the works are the ids of its own parts."""
    found: dict[str, set[str]] = {"Value": set(), "Quote": set(), "Citation": set()}
    for node in (inner for block in blocks for inner in block.walk()):
        if node.kind in found:
            found[node.kind].add(node.text)
    return Named(*map(frozenset, found.values()))
