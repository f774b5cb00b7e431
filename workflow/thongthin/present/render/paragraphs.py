"""Paragraphs by name: what comes back from a co-author in Word is found again in the source.

The hash of what a paragraph says names it, wherever it moves. In Word the name is a bookmark around the paragraph, on a
screen an id; values and quotes have such names, too. `setting.requests`, which sees the same tree, gives the names to
the documents; here they are those of the source.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator

from thongthin.present.render.nodes import Node

# What holds no paragraphs that are named: tables have the names of their cells, figures those of their data.
_NOT_WITHIN = {"Table", "Figure"}
# What a paragraph that consists of nothing else is not: a request, a picture, a formula.
_ALONE = {"Quote", "Include", "Image", "Math"}


def paragraphs(blocks: Iterable[Node]) -> Iterator[tuple[Node, str]]:
    """Each paragraph of a document, also of its lists and notes, and its name."""
    seen: Counter[str] = Counter()
    for node in _named(blocks):
        digest = hashlib.sha1(_said(node.children).encode("utf-8"), usedforsecurity=False).hexdigest()[:8]
        seen[digest] += 1
        yield node, f"p_{digest}" + (f"_{seen[digest]}" if seen[digest] > 1 else "")


def _named(nodes: Iterable[Node]) -> Iterator[Node]:
    for node in nodes:
        alone = len(node.children) == 1 and node.children[0].kind in _ALONE
        if node.kind in ("Para", "Plain") and node.children and not alone:
            yield node
        if node.kind not in _NOT_WITHIN:
            yield from _named(node.children)


def _said(nodes: Iterable[Node]) -> str:
    """What a paragraph says: its words, and the names of what it asks for and cites."""
    pieces = []
    for node in nodes:
        if node.kind in ("Text", "Code", "Math", "Value", "Quote"):
            pieces.append(node.text)
        elif node.kind == "LineBreak":
            pieces.append(" ")
        elif node.kind == "Citation":
            pieces.append(f"@{node.text}")
        elif node.kind != "Note":
            pieces.append(_said(node.children))
    return "".join(pieces)
