"""The stretches that two texts have in common, by what stands once in both; see `alignment`."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np

from thongthin.read.coding.positions.counting import by_character, code_points
from thongthin.read.coding.positions.snippets import is_visible

# Characters of the grams that are sought in the whole of both texts, and between two pieces.
GRAMS, GRAM = (96, 24, 10), 8
MOVED = 24  # what is shorter and not the whole of a line cannot be told from the same words written elsewhere
ROUNDS = 50  # of looking between pieces; texts of people need two or three
LABEL = 40  # a colon further from the beginning of its line ends no label

Span = tuple[int, int]


class Piece(NamedTuple):
    """A stretch that is the same in both texts."""

    here: int
    there: int
    length: int

    def image(self, start: int) -> int:
        """Where the character `start` of the one text stands in the other."""
        return start - self.here + self.there


class Ink:
    """The visible characters of a text, and the lines they stand in.

    Attributes:
        at: where each stands in the text.
        text, backward: all of them, forward and backward.
        begins: the first of each line that has any.
        after_label: where what is said in each line begins, after the label of its speaker.
    """

    def __init__(self, text: str) -> None:
        codes = code_points(text)
        self.at = np.flatnonzero(by_character(text, codes, is_visible))
        self.text = codes[self.at].tobytes().decode("utf-32-le", "surrogatepass")
        self.backward = self.text[::-1]
        line = np.cumsum(codes == ord("\n"))[self.at]
        self.begins: list[int] = np.flatnonzero(np.diff(line, prepend=-1)).tolist()
        self.after_label = [self._after_label(*self.line(number)) for number in range(len(self.begins))]

    def _after_label(self, begin: int, end: int) -> int:
        colon = self.text.find(":", begin, min(end, begin + LABEL))
        return begin if colon < 0 else colon + 1

    def number(self, at: int) -> int:
        """The number of the line that holds a character, from 0."""
        return bisect_right(self.begins, at) - 1

    def line(self, number: int) -> Span:
        """Begin and end of a line."""
        return self.begins[number], self.begins[number + 1] if number + 1 < len(self.begins) else len(self.text)

    def words(self, number: int) -> str:
        """What is said in a line."""
        return self.text[self.after_label[number] : self.line(number)[1]]

    def said(self, start: int, length: int) -> Span:
        """A stretch with all that is said in the lines it stands in; with the label only if the stretch has it."""
        first, last = self.number(start), self.number(start + length - 1)
        return min(start, self.after_label[first]), self.line(last)[1]

    def is_edge(self, at: int) -> bool:
        """Whether a line begins, or the text ends, before this character."""
        number = bisect_left(self.begins, at)
        return at == len(self.text) or (number < len(self.begins) and self.begins[number] == at)

    def rest(self, start: int, end: int) -> Span:
        """What is left of the line before a stretch, at the beginning of that stretch."""
        return start, start if self.is_edge(start) else min(end, self.line(self.number(start))[1])

    def lead(self, start: int, end: int) -> Span:
        """What belongs to the line behind a stretch, at the end of that stretch."""
        return end if self.is_edge(end) else max(start, self.line(self.number(end))[0]), end


class Claims:
    """Pieces by where they stand in the first text."""

    def __init__(self, pieces: Iterable[Piece]) -> None:
        self.pieces = sorted(pieces)
        self.starts = [piece.here for piece in self.pieces]
        self.furthest: list[int] = []  # the furthest end of the pieces up to each
        for piece in self.pieces:
            end = piece.here + piece.length
            self.furthest.append(max(end, self.furthest[-1]) if self.furthest else end)

    def holding(self, start: int, end: int) -> Iterator[Piece]:
        """The pieces that hold all of a stretch."""
        number = bisect_right(self.starts, start) - 1
        while number >= 0 and self.furthest[number] >= end:
            if self.pieces[number].here + self.pieces[number].length >= end:
                yield self.pieces[number]
            number -= 1

    def before(self, at: int) -> Piece | None:
        """The last piece that begins before a character."""
        number = bisect_left(self.starts, at)
        return self.pieces[number - 1] if number else None

    def behind(self, at: int) -> Piece | None:
        """The first piece that begins at a character or behind it."""
        number = bisect_left(self.starts, at)
        return self.pieces[number] if number < len(self.pieces) else None

    def gaps(self, length: int) -> list[Span]:
        """The stretches of a text of this length that no piece holds."""
        found, reached = [], 0
        for start, furthest in [*zip(self.starts, self.furthest, strict=True), (length, length)]:
            if start > reached:
                found.append((reached, start))
            reached = max(reached, furthest)
        return found


# --- pieces -------------------------------------------------------------------------------------------------------


class Gap(NamedTuple):
    """A stretch of the first text that no piece holds.

    `after` and `before`: what no piece holds in the second text after the piece that is in front of the gap, and before
    the one behind it.
    """

    start: int
    end: int
    after: Span | None
    before: Span | None

    @property
    def follows(self) -> bool:
        """Whether the pieces around it stand around a gap in the second text, too."""
        return self.after is not None and self.after == self.before


def turned(piece: Piece) -> Piece:
    return Piece(piece.there, piece.here, piece.length)


def pieces_of(here: Ink, there: Ink) -> list[Piece]:
    """The pieces of two texts that hold."""
    length, length_there = len(here.text), len(there.text)
    head, tail = _alike(here.text, there.text, 0, 0), _alike(here.backward, there.backward, 0, 0)
    # What both ends hold needs no anchors; most edits leave little between them.
    found = {Piece(0, 0, head), Piece(length - tail, length_there - tail, tail)}
    # Long grams are unique even in texts that repeat themselves; short ones find what lies between many edits.
    for size in GRAMS:
        found.update(_anchors(here, there, (head, length - tail), (head, length_there - tail), size))
    # Edits keep the order of most of a text. What stands out of order was moved, or is a coincidence: only what is too
    # long for one holds.
    held = set(_in_order(found))
    held.update(piece for piece in found if piece.length >= MOVED or _is_line(piece, here, there))
    tried: set[Gap] = set()
    for _ in range(ROUNDS):
        gaps = [gap for gap in gaps_between(held, here, there) if gap.follows and gap not in tried]
        if not gaps:
            break
        tried.update(gaps)
        # What repeats in the whole text may stand once between two neighbours; each piece found there makes new gaps.
        for gap in gaps:
            held.update(_within(gap, here, there))
    return sorted(held)


def _is_line(piece: Piece, here: Ink, there: Ink) -> bool:
    """Whether a piece holds all that is said in the line of its middle, in both texts."""
    if not piece.length:
        return False
    middle = piece.here + piece.length // 2
    (begin, end), (begins, ends) = here.said(middle, 1), there.said(piece.image(middle), 1)
    shift = piece.there - piece.here
    return piece.here <= min(begin, begins - shift) and max(end, ends - shift) <= piece.here + piece.length


def _anchors(here: Ink, there: Ink, part: Span, part_there: Span, size: int) -> list[Piece]:
    """The pieces around each gram that stands once in a part of either text, in the order of the first.

    They go as far as the texts agree, beyond those parts too.
    """
    opposite = _standing_once(there.text, part_there, size)
    found = []
    reached: dict[int, int] = {}  # the end of the last piece on each diagonal
    for gram, at in _standing_once(here.text, part, size).items():
        at_there = opposite.get(gram, -1)
        # A gram within a piece that was found would give that piece again.
        if at < 0 or at_there < 0 or at < reached.get(at - at_there, 0):
            continue
        before = _alike(here.backward, there.backward, len(here.text) - at, len(there.text) - at_there)
        length = before + size + _alike(here.text, there.text, at + size, at_there + size)
        found.append(Piece(at - before, at_there - before, length))
        reached[at - at_there] = at - before + length
    return found


def _standing_once(text: str, part: Span, size: int) -> dict[str, int]:
    """Where each gram with a character of that part of the text stands; -1 for one that stands there several times."""
    found: dict[str, int] = {}
    for at in range(max(0, part[0] - size + 1), min(part[1], len(text) - size + 1)):
        gram = text[at : at + size]
        found[gram] = -1 if gram in found else at
    return found


def _alike(one: str, other: str, at: int, there: int) -> int:
    """How many characters are the same from two places on."""
    # Slices are compared in C: ever longer ones while they agree, then half as long back to the first difference.
    limit = min(len(one) - at, len(other) - there)
    reach, step = 0, 16
    while reach < limit and step:
        stop = min(reach + step, limit)
        if one[at + reach : at + stop] == other[there + reach : there + stop]:
            reach, step = stop, 2 * step
        else:
            limit, step = stop - 1, step // 2
    return reach


def _in_order(pieces: Iterable[Piece]) -> list[Piece]:
    """Of pieces, those of the heaviest chain in which each begins behind the one before in both texts."""
    # Longest increasing subsequence, weighted: in the order of the first text, the best chain that ends at a smaller
    # place of the second is looked up by rank. Equal beginnings come with the later place first, so as not to chain.
    waiting = sorted((piece for piece in pieces if piece.length), key=lambda piece: (piece.here, -piece.there))
    ranks = {there: n for n, there in enumerate(sorted({piece.there for piece in waiting}), start=1)}
    best: list[tuple[int, int]] = [(0, -1)] * (len(ranks) + 1)  # a Fenwick tree of weight and last piece, by rank
    before: list[int] = []
    chains: list[tuple[int, int]] = []
    for number, piece in enumerate(waiting):
        rank, chain = ranks[piece.there] - 1, (0, -1)
        while rank > 0:
            chain, rank = max(chain, best[rank]), rank & (rank - 1)
        before.append(chain[1])
        rank, mine = ranks[piece.there], (chain[0] + piece.length, number)
        chains.append(mine)
        while rank < len(best):
            best[rank], rank = max(best[rank], mine), rank + (rank & -rank)
    number, found = max(chains, default=(0, -1))[1], []
    while number >= 0:
        found.append(waiting[number])
        number = before[number]
    return found[::-1]


# --- between pieces -----------------------------------------------------------------------------------------------


def gaps_between(pieces: Iterable[Piece], here: Ink, there: Ink) -> list[Gap]:
    """The stretches of the first text that no piece holds."""
    bounded = [*pieces, Piece(0, 0, 0), Piece(len(here.text), len(there.text), 0)]
    opposite = Claims(map(turned, bounded)).gaps(len(there.text))
    by_start, by_end = {gap[0]: gap for gap in opposite}, {gap[1]: gap for gap in opposite}
    after: dict[int, set[Span]] = {}
    before: dict[int, set[Span]] = {}
    for piece in bounded:
        if gap := by_start.get(piece.there + piece.length):
            after.setdefault(piece.here + piece.length, set()).add(gap)
        if gap := by_end.get(piece.there):
            before.setdefault(piece.here, set()).add(gap)
    found = []
    for start, end in Claims(bounded).gaps(len(here.text)):
        one, other = after.get(start, set()), before.get(end, set())
        # Pieces that overlap give several neighbours; a gap that both sides name is the one that is meant.
        if len(both := one & other) == 1:
            one = other = both
        single = [next(iter(gaps)) if len(gaps) == 1 else None for gaps in (one, other)]
        found.append(Gap(start, end, single[0], single[1]))
    return found


def line_parts(gap: Gap, here: Ink, there: Ink) -> list[tuple[int, int, int, int]]:
    """The parts of a gap that belong to the lines of the pieces around it: begin and end in both texts."""
    parts = set()
    if gap.after:
        parts.add((*here.rest(gap.start, gap.end), *there.rest(*gap.after)))
    if gap.before:
        parts.add((*here.lead(gap.start, gap.end), *there.lead(*gap.before)))
    return sorted(part for part in parts if part[0] < part[1] and part[2] < part[3])


def _within(gap: Gap, here: Ink, there: Ink) -> list[Piece]:
    """The pieces of a gap that lies between the same pieces in both texts."""
    assert gap.after is not None
    anchors = _anchors(here, there, (gap.start, gap.end), gap.after, GRAM)
    found = [piece for piece in anchors if piece.length >= MOVED or _is_line(piece, here, there)]
    found += _same_lines(here, there, (gap.start, gap.end), gap.after)
    for first, last, begin, end in line_parts(gap, here, there):
        found += _anchors(here, there, (first, last), (begin, end), GRAM)
    return _in_order(set(found)) or _relabelled(gap, here, there)


def _same_lines(here: Ink, there: Ink, part: Span, part_there: Span) -> list[Piece]:
    """What is said in each whole line of a part, where it is said once in that part of either text."""
    said, opposite = _lines_said(here, part), _lines_said(there, part_there)
    return [
        Piece(lines[0], opposite[words][0], len(words))
        for words, lines in said.items()
        if len(lines) == 1 and len(opposite.get(words, ())) == 1
    ]


def _lines_said(ink: Ink, part: Span) -> dict[str, list[int]]:
    """Where what is said in the whole lines of a part begins, by what it is."""
    found: dict[str, list[int]] = {}
    for number in range(bisect_left(ink.begins, part[0]), len(ink.begins)):
        end = ink.line(number)[1]
        if end > part[1]:
            break
        if words := ink.words(number):
            found.setdefault(words, []).append(ink.after_label[number])
    return found


def _relabelled(gap: Gap, here: Ink, there: Ink) -> list[Piece]:
    """What is said in each line of a gap, if there are as many in both texts and nothing but labels was changed."""
    assert gap.after is not None
    said, opposite = _lines_said(here, (gap.start, gap.end)), _lines_said(there, gap.after)
    places = sorted((at, words) for words, begins in said.items() for at in begins)
    others = sorted((at, words) for words, begins in opposite.items() for at in begins)
    if [words for _, words in places] != [words for _, words in others]:
        return []
    return [Piece(at, other, len(words)) for (at, words), (other, _) in zip(places, others, strict=True)]
