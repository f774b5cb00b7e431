"""Where the words of a tree stand in the text that it was read from. pandoc's Markdown tells no positions.

The words of the tree, in the order of the text, are nearly those of the text, whose marks and names come between. Words
that stand once in both are anchors, in their longest increasing order; between two of them each word is the next one
that is alike. The words of notes, which stand elsewhere in the text, are placed among what is left.

Source of the method: patience diff.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

from thongthin.present.render.markup import FRONT_MATTER
from thongthin.present.render.nodes import ASKED, Node
from thongthin.present.render.source import CLOSE, OPEN, Source

# A word, with the vowels and tone marks of Thai, which Python counts among no letters; or the sign of a shortcode.
WORD = re.compile(f"{OPEN}\\d+{CLOSE}|[\\w\u0e31-\u0e3a\u0e47-\u0e4e\u0300-\u036f]+")

Span = tuple[int, int]


def place_nodes(nodes: list[Node], source: Source) -> list[Span]:
    """Give all nodes of a document their places in its text.

    Returns:
        Where words stand in the text of the source that are in none of its nodes, though they are no marks: pandoc
        leaves out what it can't put anywhere, such as a cell too many, without a word.
    """
    return _Placing(source).place(nodes)


# What stands at the beginning of a line, or around a word, where the word is a mark: the number of an item of a list,
# "Table:" before a caption; the label of a note, link or example, the name of a character.
_ITEM = re.compile(r"[\s>*+-]*(?:\(?@?\w+[.)]\s+|\(@[\w-]+\)\s+)*(?:Table:|table:)?")
_LABEL = re.compile(r"\[\^[^\]\n]*\]|(?<=\])\[[^\]\n]+\]|^[ \t>]*\[[^\]\n]+\]:|\(@[\w-]+\)|&#?\w+;", re.MULTILINE)


def _is_mark(text: str, start: int, end: int) -> bool:
    """Whether a word of the text is a mark of Markdown, or part of what is written with marks in it."""
    if "\\" in (text[start - 1 : start], text[end : end + 1]) or text[start - 1 : start] == "@":
        return True
    line, behind = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    item = _ITEM.match(text, line)
    around = _LABEL.finditer(text, line, behind if behind >= 0 else len(text))
    return bool(item and end <= item.end()) or any(own.start() <= start < own.end() for own in around)


class _Placing:
    """The places of all nodes of a document."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.tokens: list[tuple[str, Node, int]] = []  # word, the node it is of, and where it stands in its text
        self.notes: list[Node] = []
        self.elsewhere: Counter[str] = Counter()  # words of nodes that have no place

    def place(self, blocks: list[Node]) -> list[Span]:
        signed = self.source.signed()
        words = _Words(signed)
        origins = _Origins(self.source)
        self.settle(blocks, words, origins)
        while self.notes:
            note = self.notes.pop(0)
            self.settle(note.children, words, origins)
        for block in blocks:
            _enclose(block)
        self.supply(blocks, 0)
        return sorted((origins.of(start), origins.of(end)) for start, end in self.lost(words, signed))

    def lost(self, words: _Words, text: str) -> Iterator[Span]:
        """Where words are left that are words of no node, wherever that stands, and no marks."""
        left = [(word.strip("_"), span) for word, span in words.words if not _is_mark(text, *span)]
        for word, own in Counter(word for word, _ in left if word).items():
            alike = [span for other, span in words.every if other.strip("_") == word and _is_mark(text, *span)]
            # A mark may have been taken for the word, which is left then.
            taken = len(alike) - sum(other.strip("_") == word and _is_mark(text, *span) for other, span in words.words)
            self.elsewhere[word] += taken
            lacking = max(own - self.elsewhere[word], 0)
            yield from [span for other, span in left if other == word][own - lacking :]

    def supply(self, nodes: list[Node], after: int) -> int:
        """Give what has no words (a comma, a line of dashes) the place behind what stands before it."""
        for node in nodes:
            if node.start < 0:
                own = re.compile(r"(?:[^\n]*\n\s*)?" if node.is_block else "").match(self.source.text, after)
                node.start = node.end = own.end() if own else after
            inner = self.supply(node.children, node.start)
            after = after if node.kind == "Note" else max(after, inner, node.end)
        return after

    def settle(self, nodes: list[Node], words: _Words, origins: _Origins) -> None:
        self.tokens = []
        for node in nodes:
            self.collect(node)
        found = words.place([word for word, _, _ in self.tokens])
        for (word, node, offset), span in zip(self.tokens, found, strict=True):
            if span is None:
                self.elsewhere[word.strip("_")] += node.kind != "Header"  # whose id may be made of its words
                continue
            start, end = origins.of(span[0]), origins.of(span[1])
            node.start = start if node.start < 0 else min(node.start, start)
            node.end = max(node.end, end)
            if node.kind == "Text":
                node.offsets.append((offset, start))

    def collect(self, node: Node) -> None:
        """The words of a node in the order in which they are written: what stands in braces comes last."""
        if node.kind == "Note":
            self.notes.append(node)
            return
        # Those of a figure are those of its picture.
        braces = (
            []
            if node.kind == "Figure"
            else [node.identifier, *node.classes, *(word for pair in node.attributes.items() for word in pair)]
        )
        first = node.kind in ("Div", "CodeBlock")
        if first:
            self.add(node, *braces)
        if node.kind in ASKED:
            self.tokens.append((node.more, node, 0))
        elif node.kind not in ("Link", "Image"):
            self.add(node, node.text)
        for child in node.children:
            self.collect(child)
        if node.kind in ("Link", "Image"):
            self.add(node, node.text, node.more)
        if not first:
            self.add(node, *braces)

    def add(self, node: Node, *texts: str) -> None:
        for text in texts:
            self.tokens += [(match[0], node, match.start()) for match in WORD.finditer(text)]


class _Origins:
    """From places of the text that pandoc reads to places of the text with its shortcodes."""

    def __init__(self, source: Source) -> None:
        self.starts, self.shifts = [0], [0]  # signed text is so much longer from each of these places on
        shift = 0
        for number, (start, shortcode) in enumerate(source.shortcodes.items()):
            sign = len(f"{OPEN}{number}{CLOSE}")
            self.starts.append(start + shift + sign)
            shift += sign - len(shortcode.written)
            self.shifts.append(shift)

    def of(self, place: int) -> int:
        number = bisect_right(self.starts, place) - 1
        return place - self.shifts[number]


def _enclose(node: Node) -> None:
    """Let a node reach over what stands in it, but for notes, whose text stands elsewhere."""
    for child in node.children:
        _enclose(child)
    own = [node, *(child for child in node.children if child.kind != "Note")]
    node.start = min((one.start for one in own if one.start >= 0), default=-1)
    node.end = max(one.end for one in own)


class _Words:
    """The words of a text that have not been found in a tree yet."""

    def __init__(self, text: str) -> None:
        head = FRONT_MATTER.match(text)
        self.every = [(match[0], match.span()) for match in WORD.finditer(text, head.end() if head else 0)]
        self.words = self.every

    def place(self, tokens: Sequence[str]) -> list[Span | None]:
        """Where each of these words stands in the text; None for those that can't be found. What is found is taken."""
        own = [word for word, _ in self.words]
        pairs = dict(_matched(tokens, own, (0, len(tokens)), (0, len(own))))
        found = [self.words[pairs[number]][1] if number in pairs else None for number in range(len(tokens))]
        taken = set(pairs.values())
        self.words = [word for number, word in enumerate(self.words) if number not in taken]
        return found


def _matched(here: Sequence[str], there: Sequence[str], own: Span, other: Span) -> Iterator[tuple[int, int]]:
    """Pairs of places that hold the same word, within two stretches, in increasing order on both sides."""
    count_here, count_there = Counter(here[slice(*own)]), Counter(there[slice(*other)])
    at = {there[place]: place for place in range(*other) if count_there[there[place]] == 1}
    once = [(place, at[here[place]]) for place in range(*own) if count_here[here[place]] == 1 and here[place] in at]
    anchors = _increasing(once)
    if not anchors:
        yield from _in_order(here, there, own, other)
        return
    i, j = own[0], other[0]
    for k, m in [*anchors, (own[1], other[1])]:
        if i < k and j < m:
            yield from _matched(here, there, (i, k), (j, m))
        if k < own[1]:
            yield k, m
        i, j = k + 1, m + 1


def _in_order(here: Sequence[str], there: Sequence[str], own: Span, other: Span) -> Iterator[tuple[int, int]]:
    """Each word with the next one that is alike."""
    places: dict[str, list[int]] = {}
    for number in range(*other):
        places.setdefault(there[number], []).append(number)
    at = other[0]
    for place in range(*own):
        known = places.get(here[place], [])
        number = bisect_left(known, at)
        if number < len(known):
            yield place, known[number]
            at = known[number] + 1


def _increasing(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest sequence of these pairs, ordered by the first side, that is in order on the second side, too."""
    ends: list[int] = []  # the least end of a sequence of each length
    last: list[int] = []  # the pair that this end belongs to
    before: list[int] = []
    for number, (_, other) in enumerate(pairs):
        length = bisect_left(ends, other)
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1] = [other]
        last[length : length + 1] = [number]
    found, number = [], last[-1] if last else -1
    while number >= 0:
        found.append(pairs[number])
        number = before[number]
    return found[::-1]
