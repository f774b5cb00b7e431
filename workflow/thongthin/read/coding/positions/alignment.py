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

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from thongthin.read.coding.positions.pieces import (
    GRAM,
    MOVED,
    Claims,
    Ink,
    Piece,
    Span,
    gaps_between,
    line_parts,
    pieces_of,
    turned,
)
from thongthin.read.coding.positions.snippets import each_place


class Alignment:
    """The pieces of two texts, and where a stretch of the one stands in the other."""

    def __init__(self, here: Ink, there: Ink) -> None:
        self.here, self.there = here, there
        pieces = pieces_of(here, there)
        self._forth, self._back = Claims(pieces), Claims(map(turned, pieces))
        self._gaps = gaps_between(pieces, here, there)
        self._gap_starts = [gap.start for gap in self._gaps]
        self._edges = {edge for gap in self._gaps if gap.follows for edge in (gap.start, gap.end)}
        self._ties = _Ties(pieces, here, there)

    def find(self, start: int, end: int, *, once: bool) -> int | None:
        """Where a stretch of visible characters stands in the other text; None where nothing proves it.

        Args:
            start, end: half-open, not empty.
            once: whether its words stand exactly once in both texts.
        """
        length = end - start
        # Pieces that overlap often agree on the shift: what differs is places, not pieces.
        claims = sorted({piece.image(start) for piece in self._forth.holding(start, end)})
        if not claims:
            return self._between(start, end, once)
        # Asked from the other text as well: what stands here twice may have but one place there.
        others = {at: {piece.image(at) for piece in self._back.holding(at, at + length)} for at in claims}
        if len(claims) == 1 and others[claims[0]] == {start}:
            at = claims[0]
            # A piece goes on as far as the texts agree, and so by chance beyond what is the same thing: where its
            # words stand elsewhere, too, their lines must belong together.
            sure = once or (self._is_tied(start, at, length) and not self._has_double(start, at, length))
            return at if sure else None
        # Of several claims, one that holds the whole line around is no accident; two such are a real doubt.
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

    def _is_tied(self, start: int, at: int, length: int) -> bool:
        """Whether more than chance holds a stretch to its place: at its first and at its last line."""
        ends = {0, length - 1}
        lines = {(self.here.number(start + by), self.there.number(at + by)) for by in ends}
        if all(self._ties.is_strong(*pair) for pair in lines):
            return True
        # A piece that ends in a line that is not otherwise the same may reach into another line by chance, unless that
        # line stands between the same pieces.
        return all(not self._ties.has_rival(*pair) for pair in lines) and self._is_beside_gap(start, at, length)

    def _has_double(self, start: int, at: int, length: int) -> bool:
        """Whether a stretch stands at the edge of its piece, in a line that is said in another free place, too."""
        begin, end = self.here.said(start, length)
        first, last = max(0, begin - GRAM), min(len(self.here.text), end + GRAM)
        if any(piece.image(start) == at for piece in self._forth.holding(first, last)):
            return False
        numbers = [(self.here.number(start + by), self.there.number(at + by)) for by in {0, length - 1}]
        return any(self._ties.has_double(*pair) for pair in numbers)

    def _is_beside_gap(self, start: int, at: int, length: int) -> bool:
        for piece in self._forth.holding(start, start + length):
            if piece.image(start) == at and {piece.here, piece.here + piece.length} & self._edges:
                return True
        return False

    def _between(self, start: int, end: int, once: bool) -> int | None:
        """The place of a stretch that no piece holds."""
        length, words = end - start, self.here.text[start:end]
        number = bisect_right(self._gap_starts, start) - 1
        gap = self._gaps[number] if number >= 0 else None
        if gap and end <= gap.end:
            # The rest of the line of a piece is the nearest place; the whole gap is trusted for what can't be there by
            # chance only.
            parts = [part for part in line_parts(gap, self.here, self.there) if part[0] <= start and end <= part[1]]
            if not parts and gap.follows and gap.after and (once or length >= MOVED):
                parts = [(gap.start, gap.end, *gap.after)]
            first, last = min((part[0] for part in parts), default=0), max((part[1] for part in parts), default=0)
            # Two places are enough to know that it is not one.
            own = [*islice(each_place(self.here.text[first:last], words), 2)]
            places = {u + at for _, _, u, v in parts for at in islice(each_place(self.there.text[u:v], words), 2)}
            if len(own) == len(places) == 1:
                (at,) = places
                if once or length >= GRAM or self._same_beside(start, at, length):
                    return at
        if not once:
            return None
        # It stands once in both texts and in no gap of its own: it was moved, or its surroundings were rewritten. Short
        # words may have come anew, unless they are a line, or have kept their order.
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


class _Ties:
    """How much of what is said in a line of one text stands in a line of the other, by the pieces."""

    def __init__(self, pieces: Iterable[Piece], here: Ink, there: Ink) -> None:
        self._said: dict[Span, int] = {}
        self._here, self._there = here, there
        for piece in pieces:
            for one, other, first, last in _lines_of(piece, here, there):
                # Labels come back in every line, and tell nothing of it.
                first = max(first, here.after_label[one], there.after_label[other] - piece.there + piece.here)
                self._said[one, other] = self._said.get((one, other), 0) + max(0, last - first)
        self._most_here: dict[int, int] = {}
        self._most_there: dict[int, int] = {}
        for (one, other), said in self._said.items():
            self._most_here[one] = max(said, self._most_here.get(one, 0))
            self._most_there[other] = max(said, self._most_there.get(other, 0))

        self._free_here = _untied(here, self._most_here)
        self._free_there = _untied(there, self._most_there)

    def has_double(self, one: int, other: int) -> bool:
        """Whether the same as in one of the lines is said in another line that has no counterpart."""
        words, says = self._here.words(one), self._there.words(other)
        return (
            any(number != one for number in self._free_here.get(words, ()))
            or any(number != other for number in self._free_there.get(words, ()))
            or any(number != other for number in self._free_there.get(says, ()))
        )

    def is_strong(self, one: int, other: int) -> bool:
        """Whether the two lines share more than could be by chance, or all that is said in them."""
        said = self._said.get((one, other), 0)
        (_, end), (_, ends) = self._here.line(one), self._there.line(other)
        return said >= GRAM or said == end - self._here.after_label[one] == ends - self._there.after_label[other]

    def has_rival(self, one: int, other: int) -> bool:
        """Whether one of the two shares more with a third line."""
        said = self._said.get((one, other), 0)
        return max(self._most_here.get(one, 0), self._most_there.get(other, 0)) > said


def _untied(ink: Ink, most: Mapping[int, int]) -> dict[str, list[int]]:
    """The lines that share nothing, or little by chance, with any of the other text, by what is said in them."""
    found: dict[str, list[int]] = {}
    for number in range(len(ink.begins)):
        words = ink.words(number)
        if most.get(number, 0) < min(GRAM, len(words)):
            found.setdefault(words, []).append(number)
    return found


def _lines_of(piece: Piece, here: Ink, there: Ink) -> Iterator[tuple[int, int, int, int]]:
    """The parts of a piece that lie in one line of both texts: the numbers of the lines, begin and end in the first."""
    at, end = piece.here, piece.here + piece.length
    while at < end:
        one, other = here.number(at), there.number(piece.image(at))
        stop = min(end, here.line(one)[1], there.line(other)[1] - piece.there + piece.here)
        yield one, other, at, stop
        at = stop
