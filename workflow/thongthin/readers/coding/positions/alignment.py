"""Where the stretches of a text stand in another one that was made of it by editing.

White space is left out of both: tools and people change it. In order:

1. What stands exactly once in both texts is the same thing, wherever it went. So grams that do are sought, and each is
   followed to both sides as far as the texts agree: a `Piece`. The heaviest chain of pieces that follow each other in
   both texts holds; a piece outside of it was moved, and holds only if it is long, or the whole of a line.
2. Between two pieces that follow each other in both texts, the same again with what stands once there; and where as
   many lines stand there as before, all with the same words after their labels, each is the one at its place.
3. A stretch is found where one piece holds it and nothing else claims either side. Of several claims, the one to whose
   piece the whole line belongs is meant: a piece that ends within another line reaches into it by chance. A stretch
   that lies in no piece is found where it stands once between the pieces around it, in both texts, and the same stands
   beside it, or it is long.

Nothing is found by likeness: what was changed inside, or could be two things, is not found.

Source of the method: patience diff (unique lines as anchors, in their longest increasing order, then again between
them) and the unique matches of genome aligners; here with grams for lines, and with pieces that were moved.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np

from thongthin.readers.coding.positions.counting import by_character, code_points
from thongthin.readers.coding.positions.snippets import each_place, is_visible

# Characters of the grams that are sought in the whole of both texts, and between two pieces.
GRAMS, GRAM = (24, 10), 8
MOVED = 24  # what is shorter and not the whole of a line cannot be told from the same words written elsewhere
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
    """

    def __init__(self, text: str) -> None:
        codes = code_points(text)
        self.at = np.flatnonzero(by_character(text, codes, is_visible))
        self.text = codes[self.at].tobytes().decode("utf-32-le", "surrogatepass")
        self.backward = self.text[::-1]
        line = np.cumsum(codes == ord("\n"))[self.at]
        self.begins: list[int] = np.flatnonzero(np.diff(line, prepend=-1)).tolist()

    def line(self, at: int) -> Span:
        """Begin and end of the line that holds a character."""
        number = bisect_right(self.begins, at)
        return self.begins[number - 1], self.begins[number] if number < len(self.begins) else len(self.text)

    def after_label(self, begin: int, end: int) -> int:
        """Where what is said in a line begins, after the label of its speaker."""
        colon = self.text.find(":", begin, min(end, begin + LABEL))
        return begin if colon < 0 else colon + 1

    def said(self, start: int, length: int) -> Span:
        """A stretch with all that is said in the lines it stands in; with the label only if the stretch has it."""
        return min(start, self.after_label(*self.line(start))), self.line(start + length - 1)[1]

    def is_edge(self, at: int) -> bool:
        """Whether a line begins, or the text ends, before this character."""
        number = bisect_left(self.begins, at)
        return at == len(self.text) or (number < len(self.begins) and self.begins[number] == at)


class Alignment:
    """The pieces of two texts, and where a stretch of the one stands in the other."""

    def __init__(self, here: Ink, there: Ink) -> None:
        self.here, self.there = here, there
        pieces = _pieces(here, there)
        self._forth, self._back = _Claims(pieces), _Claims(map(_turned, pieces))
        self._gaps = _gaps(pieces, len(here.text), len(there.text))
        self._gap_starts = [gap.start for gap in self._gaps]

    def find(self, start: int, end: int, *, once: bool) -> int | None:
        """Where a stretch of visible characters stands in the other text; None where nothing proves it.

        Args:
            start, end: half-open, not empty.
            once: whether its words stand exactly once in both texts.
        """
        length = end - start
        claims = sorted({piece.image(start) for piece in self._forth.holding(start, end)})
        if not claims:
            return self._between(start, end, once)
        others = {at: {piece.image(at) for piece in self._back.holding(at, at + length)} for at in claims}
        if len(claims) == 1 and others[claims[0]] == {start}:
            return claims[0]
        whole = [at for at in claims if self._has_lines(start, at, length)]
        if len(whole) != 1:
            return None
        rivals = others[whole[0]] - {start}
        return None if any(self._has_lines(rival, whole[0], length) for rival in rivals) else whole[0]

    def _has_lines(self, start: int, at: int, length: int) -> bool:
        """Whether a piece that maps `start` to `at` holds all that is said in the lines around, in both texts."""
        shift = at - start
        (begin, end), (begins, ends) = self.here.said(start, length), self.there.said(at, length)
        holding = self._forth.holding(min(begin, begins - shift), max(end, ends - shift))
        return any(piece.there - piece.here == shift for piece in holding)

    def _between(self, start: int, end: int, once: bool) -> int | None:
        """The place of a stretch that no piece holds."""
        length, words = end - start, self.here.text[start:end]
        number = bisect_right(self._gap_starts, start) - 1
        gap = self._gaps[number] if number >= 0 else None
        if gap and end <= gap.end:
            own = [*each_place(self.here.text[gap.start : gap.end], words)]
            places = [u + at for u, v in gap.there for at in each_place(self.there.text[u:v], words)]
            if len(own) == len(places) == 1 and (once or length >= GRAM or self._same_beside(start, places[0], length)):
                return places[0]
        if not once:
            return None
        at = self.there.text.find(words)
        is_line = self.here.said(start, length) == (start, end) and self.there.said(at, length) == (at, at + length)
        return at if length >= MOVED or is_line or self._in_order(start, at, length) else None

    def _same_beside(self, start: int, at: int, length: int) -> bool:
        """Whether the same character, or the edge of a line, stands at both sides of a stretch in both texts."""
        here, there = self.here, self.there
        before = (here.is_edge(start) and there.is_edge(at)) or (
            start > 0 and at > 0 and here.text[start - 1] == there.text[at - 1]
        )
        end, ends = start + length, at + length
        after = (here.is_edge(end) and there.is_edge(ends)) or here.text[end : end + 1] == there.text[ends : ends + 1]
        return before and after

    def _in_order(self, start: int, at: int, length: int) -> bool:
        """Whether a place lies between the pieces that begin before the stretch and behind it."""
        before, after = self._forth.before(start), self._forth.behind(start + length)
        first = before.there if before else 0
        last = after.there + after.length if after else len(self.there.text)
        return first <= at and at + length <= last


class _Claims:
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


class _Gap(NamedTuple):
    """A stretch between pieces of the first text, and those of the second that lie beside the same pieces.

    `follows`: whether both pieces stand beside the one stretch that there is.
    """

    start: int
    end: int
    there: tuple[Span, ...]
    follows: bool


def _turned(piece: Piece) -> Piece:
    return Piece(piece.there, piece.here, piece.length)


def _pieces(here: Ink, there: Ink) -> list[Piece]:
    """The pieces of two texts that hold."""
    length, length_there = len(here.text), len(there.text)
    head, tail = _alike(here.text, there.text, 0, 0), _alike(here.backward, there.backward, 0, 0)
    # What both ends hold needs no anchors; most edits leave little between them.
    found = {Piece(0, 0, head), Piece(length - tail, length_there - tail, tail)}
    for size in GRAMS:
        found.update(_anchors(here, there, (head, length - tail), (head, length_there - tail), size))
    held = set(_in_order(found))
    held.update(piece for piece in found if piece.length >= MOVED or _is_line(piece, here, there))
    tried: set[_Gap] = set()
    while gaps := [gap for gap in _gaps(held, length, length_there) if gap.follows and gap not in tried]:
        tried.update(gaps)
        for gap in gaps:
            held.update(_within(gap, here, there))
    return sorted(held)


def _is_line(piece: Piece, here: Ink, there: Ink) -> bool:
    """Whether a piece holds all that is said in the line of its middle, in both texts."""
    middle = piece.here + piece.length // 2
    if middle == piece.here + piece.length:
        return False
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
        if at < 0 or at_there < 0 or at < reached.get(at - at_there, 0):
            continue
        before = _alike(here.backward, there.backward, len(here.text) - at, len(there.text) - at_there)
        length = before + size + _alike(here.text, there.text, at + size, at_there + size)
        found.append(Piece(at - before, at_there - before, length))
        reached[at - at_there] = at - before + length
    return found


def _standing_once(text: str, part: Span, size: int) -> dict[str, int]:
    """Where each gram of a part of the text stands; -1 for one that stands there several times."""
    found: dict[str, int] = {}
    for at in range(part[0], part[1] - size + 1):
        gram = text[at : at + size]
        found[gram] = -1 if gram in found else at
    return found


def _alike(one: str, other: str, at: int, there: int) -> int:
    """How many characters are the same from two places on."""
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


def _gaps(pieces: Iterable[Piece], length: int, length_there: int) -> list[_Gap]:
    """The stretches of the first text that no piece holds."""
    bounded = [*pieces, Piece(0, 0, 0), Piece(length, length_there, 0)]
    opposite = _Claims(map(_turned, bounded)).gaps(length_there)
    by_start = {gap[0]: gap for gap in opposite}
    by_end = {gap[1]: gap for gap in opposite}
    left: dict[int, set[Span]] = {}
    right: dict[int, set[Span]] = {}
    for piece in bounded:
        if gap := by_start.get(piece.there + piece.length):
            left.setdefault(piece.here + piece.length, set()).add(gap)
        if gap := by_end.get(piece.there):
            right.setdefault(piece.here, set()).add(gap)
    found = []
    for start, end in _Claims(bounded).gaps(length):
        one, other = left.get(start, set()), right.get(end, set())
        there = tuple(sorted(one & other or one | other))
        found.append(_Gap(start, end, there, len(one & other) == 1))
    return found


def _within(gap: _Gap, here: Ink, there: Ink) -> list[Piece]:
    """The pieces of a gap that lies between the same pieces in both texts."""
    ((start, end),) = gap.there
    found = _in_order(_anchors(here, there, (gap.start, gap.end), (start, end), GRAM))
    return found or _lines_within(gap, here, there)


def _lines_within(gap: _Gap, here: Ink, there: Ink) -> list[Piece]:
    """What is said in each line of a gap, if there are as many in both texts and nothing but labels was changed."""
    ((start, end),) = gap.there
    lines, opposite = _lines(here, gap.start, gap.end), _lines(there, start, end)
    if len(lines) != len(opposite):
        return []
    found = []
    for (begin, end), (begins, ends) in zip(lines, opposite, strict=True):
        said, says = here.after_label(begin, end), there.after_label(begins, ends)
        if here.is_edge(begin) and here.is_edge(end):
            if here.text[said:end] != there.text[says:ends]:
                return []
            found.append(Piece(said, says, end - said))
    return [piece for piece in found if piece.length]


def _lines(ink: Ink, start: int, end: int) -> list[Span]:
    """The lines of a stretch, the first and the last of which may be parts."""
    inner = ink.begins[bisect_right(ink.begins, start) : bisect_left(ink.begins, end)]
    return [*zip([start, *inner], [*inner, end], strict=True)]
