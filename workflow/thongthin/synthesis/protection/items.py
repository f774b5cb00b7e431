"""How the answers to an item are protected over all tables that count them.

The answers of all, of each site and of each group are bound by their totals, and by the means and standard deviations
that are published. A count of few is left out with so many others that the answers could have been different ones, k
apart at that count, and everything that is published the same (see `statistics.exchanges`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise, product

import numpy as np

from thongthin.contract.tables import ALL
from thongthin.statistics.exchanges import MEAN, SPREAD, Counts, N, Prices, Witnesses, witnesses

# A unit: which of the two parts it is of ("" for all together), and its id.
Unit = tuple[str, str]
TOTAL: Unit = ("", ALL)
# Who is in none of the units that are told apart: nobody publishes them, everybody can compute them.
REST = "(rest)"
# How dear it is to leave out a count of a unit, one of all, a standard deviation, and a mean.
_OF_UNIT, _OF_ALL, _SPREAD, _MEAN = 20.0, 60.0, 300.0, 900.0


@dataclass
class Item:
    """The answers to an item.

    Attributes:
        counts: unit -> how many gave each answer, in the order of the answers.
        answers: the answers, as tables name them.
        means: units whose mean is published and follows from the counts.
        allowed: cells that may stand though they count few.
    """

    counts: dict[Unit, list[int]]
    answers: list[str] = field(default_factory=list)
    means: set[Unit] = field(default_factory=set)
    allowed: set[tuple[Unit, int]] = field(default_factory=set)

    def add(self, unit: Unit, answer: str, n: int) -> tuple[Unit, int]:
        """Add a count; returns its cell."""
        if answer not in self.answers:
            self.answers.append(answer)
        for row in (*self.counts.values(), self.counts.setdefault(unit, [])):
            row.extend([0] * (len(self.answers) - len(row)))
        at = self.answers.index(answer)
        self.counts[unit][at] = n
        return unit, at

    @property
    def in_order(self) -> bool:
        """Whether the answers are points one apart, in their order: then means tell sums."""
        numbers = [int(answer) for answer in self.answers if answer.lstrip("-").isdecimal()]
        return len(numbers) == len(self.answers) and all(b - a == 1 for a, b in pairwise(numbers))


@dataclass
class LeftOut:
    """What is left out of an item.

    Attributes:
        counts: cells: unit and place of the answer.
        spreads: units whose standard deviation is not told.
        means: units whose mean is not told, nor the standard deviation.
        sizes: units of which not even is told how many answered.
    """

    counts: set[tuple[Unit, int]] = field(default_factory=set)
    spreads: set[Unit] = field(default_factory=set)
    means: set[Unit] = field(default_factory=set)
    sizes: set[Unit] = field(default_factory=set)

    @property
    def units(self) -> set[Unit]:
        """The units of which any count is left out."""
        return {unit for unit, _ in self.counts}


def protect_item(item: Item, k: int, least: int) -> LeftOut:
    """What to leave out of an item.

    Args:
        k: fewest persons that a cell may count, and the least width of what can be known of one that is left out.
        least: answers that a unit needs before it is told apart.
    """
    search = _Search(item, k, least)
    if TOTAL in item.counts and sum(item.counts[TOTAL]) < least:
        return search.everything()
    for unit, at in search.targets():
        if not search.protect(unit, at):
            # Whatever tells units apart goes; where that is of no help, the item does.
            return search.everything()
    return search.found


class _Search:
    """The search for what protects the counts of an item."""

    def __init__(self, item: Item, k: int, least: int) -> None:
        self.item, self.k = item, k
        self.found = LeftOut(sizes=_too_small(item.counts, k))
        told = {unit: own for unit, own in item.counts.items() if unit not in self.found.sizes}
        self.counts = {unit: np.array(own, dtype=np.int64) for unit, own in _with_rests(told, item.counts).items()}
        self.small = {unit for unit, own in self.counts.items() if 0 < own.sum() < least}
        self.parts = sorted({part for part, _ in self.counts} - {""})
        for unit in self.found.sizes:
            self._leave_out(unit)
        for unit in self.small:
            self._leave_out(unit)

    def _leave_out(self, unit: Unit) -> None:
        self.found.counts |= {(unit, at) for at in range(len(self.item.answers))}
        self.found.spreads.add(unit)
        self.found.means.add(unit)

    def everything(self) -> LeftOut:
        """Nothing of the item is told but how many answered it."""
        for unit in (*self.counts, *self.item.counts):
            self._leave_out(unit)
        return self.found

    def targets(self) -> list[tuple[Unit, int]]:
        """The cells that are to be protected: of few, and of all answers of units that are not told apart."""
        cells = [
            (unit, at)
            for unit, own in self.counts.items()
            for at, n in enumerate(own)
            if (0 < n < self.k and (unit, at) not in self.item.allowed) or (n and unit in self.small)
        ]
        self.found.counts |= set(cells)
        return cells

    def protect(self, unit: Unit, at: int) -> bool:
        """Leave out what protects a cell, in the cheapest way that is found; whether there is one."""
        best: tuple[float, int, list[Unit], Witnesses] | None = None
        for keeps in (SPREAD, MEAN, N) if self.item.in_order else (N,):
            for units, signs in self._together(unit):
                besides = sum(self._price_beside(own, keeps) for own in units)
                if best and besides >= best[0]:
                    continue
                rows = [self.counts[own] for own in units]
                found = witnesses(rows, signs, [self._prices(own) for own in units], at, self.k, keeps)
                if found and np.isfinite(found.price) and (best is None or found.price + besides < best[0]):
                    best = (found.price + besides, keeps, units, found)
        if best is None:
            return False
        _, keeps, units, found = best
        for own in units:
            self.found.counts |= {(own, int(place)) for place in np.flatnonzero(found.touched)}
            if keeps < SPREAD:
                self.found.spreads.add(own)
            if keeps < MEAN:
                self.found.means.add(own)
        return True

    def _together(self, unit: Unit) -> Iterator[tuple[list[Unit], list[int]]]:
        """Rows of counts that can change together so that all totals hold, and the signs of their changes."""
        part = unit[0]
        for other in self.counts:
            if part and other[0] == part and other != unit:
                yield [unit, other], [1, -1]
        if TOTAL in self.counts:
            choices = [[own for own in self.counts if own[0] == of] for of in self.parts if of != part]
            for others in product(*choices):
                own = list(dict.fromkeys([unit, TOTAL, *others]))
                yield own, [1] * len(own)

    def _prices(self, unit: Unit) -> Prices:
        price = 0.0 if unit[1] == REST else _OF_ALL if unit == TOTAL else _OF_UNIT
        prices = np.full(len(self.item.answers), price)
        if price:
            prices += np.sqrt(self.counts[unit])
        for at in range(len(prices)):
            if (unit, at) in self.found.counts:
                prices[at] = 0
            elif (unit, at) in self.item.allowed:
                prices[at] = np.inf
        return prices

    def _price_beside(self, unit: Unit, keeps: int) -> float:
        """What it costs that a mean or a standard deviation is not told."""
        if unit[1] == REST or unit not in self.item.means:
            return 0.0
        spread = _SPREAD if keeps < SPREAD and unit not in self.found.spreads else 0.0
        return spread + (_MEAN if keeps < MEAN and unit not in self.found.means else 0.0)


def _too_small(counts: Mapping[Unit, list[int]], k: int) -> set[Unit]:
    """Units in which fewer than k answered, and one more of their part, so that nobody computes how many did."""
    gone = set()
    for part in {part for part, _ in counts} - {""}:
        sizes = sorted((sum(own), unit) for unit, own in counts.items() if unit[0] == part)
        few = [unit for n, unit in sizes if 0 < n < k]
        others = [unit for n, unit in sizes if n >= k]
        total = sum(n for n, _ in sizes if 0 < n < k)
        while few and others and (len(few) < 2 or total < 2 * k):
            few.append(others.pop(0))
            total += sum(counts[few[-1]])
        gone |= set(few)
    return gone


def _with_rests(told: Mapping[Unit, list[int]], counts: Mapping[Unit, list[int]]) -> dict[Unit, list[int]]:
    """The counts, and those of who is in none of the units of a part that are told apart."""
    found = dict(told)
    for part in sorted({part for part, _ in counts} - {""}):
        own = np.array([row for (of, _), row in told.items() if of == part], dtype=np.int64)
        whole = np.array(counts.get(TOTAL, []), dtype=np.int64)
        left: Counts = whole - own.sum(axis=0) if len(own) else whole
        if len(left) and left.any():
            found[part, REST] = [int(n) for n in left]
    return found
