"""Selections whose text stands in several places, placed by those around them.

Where a text was edited after the positions in it were counted, all that stands behind an edit has moved by the same
number. So a selection stands where its text reads as it quotes and its position has moved just as that of its nearest
neighbours whose places are known. Where those moved by different numbers, something was edited between them: what is
long then moved as the one or as the other, and only one place between them may come into question; what is short could
be anything.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from thongthin.read.coding.positions.snippets import GRAM

NEAR = 400  # between neighbours further apart, two paragraphs may have changed places, which leaves both as they were


class Known(NamedTuple):
    """A selection whose place is known: its position as it was counted, and where it stands now, counted so."""

    position: int
    now: int


def moved_alike(known: Iterable[Known]) -> set[Known]:
    """Those of these selections that have moved by the same number as the one before or behind them, and not as one."""
    pairs = pairwise(sorted(set(known)))
    return {
        one
        for pair in pairs
        if pair[0].position != pair[1].position and len({one.now - one.position for one in pair}) == 1
        for one in pair
    }


def by_neighbours(
    known: Sequence[Known],
    positions: Mapping[int, int],
    places: Mapping[int, Sequence[int]],
    lengths: Mapping[int, int],
) -> dict[int, int]:
    """The place of each selection that its neighbours tell, by its number.

    Args:
        known: selections whose places are certain.
        positions: the position of each selection that is sought.
        places: where its text stands now, counted in the same way.
        lengths: visible characters of its text; short ones need neighbours near by on both sides that have moved alike.
    """
    ordered = sorted(set(known))
    found = {}
    for row, position in positions.items():
        number = bisect_left(ordered, (position, -1))
        left, right = ordered[:number][-1:], ordered[number : number + 1]
        moved = {one.now - one.position for one in (*left, *right)}
        first, last = left[0].now if left else 0, right[0].now if right else None
        between = [place for place in places[row] if first <= place and (last is None or place <= last)]
        fitting = [place for place in between if place - position in moved]
        near = bool(left and right) and right[0].position - left[0].position <= NEAR
        sure = lengths[row] >= GRAM or (near and len(moved) == 1)
        if sure and len(fitting) == 1 and (len(moved) == 1 or len(between) == 1):
            found[row] = fitting[0]
    # Two selections of different passages can't stand at one place.
    taken = Counter((place, position) for position, place in {(positions[row], found[row]) for row in found})
    places_taken = Counter(place for place, _ in taken)
    return {row: place for row, place in found.items() if places_taken[place] == 1}
