"""Numbers of which one moves: what conditions are evaluated with to learn where their verdict changes.

A condition adds values, takes some away, picks the largest, compares. If one value moves and all others stand, each
number on the way is a straight line until two of those that were compared meet; until then every comparison comes out
as before, and with them the verdict. So it is enough to evaluate a condition just behind the first meeting, then just
behind the next one, and so on: no meeting is passed over, whatever the condition is made of.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass
class Meeting:
    """Where two numbers that were compared meet first, as the value moves on.

    Attributes:
        after: how far the value has to move until then; infinite where none meet.
        own, other: the numbers that were compared, that with the moving value first.
    """

    after: float = math.inf
    own: float = math.nan
    other: float = math.nan

    def see(self, one: Moving, other: float) -> None:
        """Take note of two numbers that are compared."""
        slope = one.slope - slope_of(other)
        if slope == 0:
            return
        after = (float(other) - float(one)) / slope
        if 0 <= after < self.after:
            pair = one.apart or (one, other)
            if slope_of(pair[0]) == 0:
                pair = pair[1], pair[0]
            self.after, self.own, self.other = after, *pair


class Moving(float):
    """A number that changes as the value moves: by `slope` where that moves by 1.

    Attributes:
        key: of the value that it is; "" of what is computed.
        apart: of a difference, the two numbers that lie so far apart.
    """

    slope: float
    key: str
    meeting: Meeting
    apart: tuple[float, float] | None

    def __new__(
        cls, value: float, slope: float, meeting: Meeting, key: str = "", apart: tuple[float, float] | None = None
    ) -> Moving:
        own = super().__new__(cls, value)
        own.slope, own.meeting, own.key, own.apart = slope, meeting, key, apart
        return own

    def __add__(self, other: float) -> Moving:
        return Moving(float(self) + float(other), self.slope + slope_of(other), self.meeting)

    __radd__ = __add__

    def __sub__(self, other: float) -> Moving:
        return Moving(float(self) - float(other), self.slope - slope_of(other), self.meeting, "", (self, other))

    def __rsub__(self, other: float) -> Moving:
        return Moving(float(other) - float(self), slope_of(other) - self.slope, self.meeting, "", (self, other))

    def __mul__(self, other: float) -> Moving:
        """Times a number that stands."""
        return Moving(float(self) * float(other), self.slope * float(other), self.meeting)

    __rmul__ = __mul__

    def __neg__(self) -> Moving:
        return Moving(-float(self), -self.slope, self.meeting, self.key, self.apart)

    def __abs__(self) -> Moving:
        self.meeting.see(self, 0.0)
        return -self if float(self) < 0 else self

    def __lt__(self, other: float) -> bool:
        self.meeting.see(self, other)
        return float(self) < float(other)

    def __le__(self, other: float) -> bool:
        self.meeting.see(self, other)
        return float(self) <= float(other)

    def __gt__(self, other: float) -> bool:
        self.meeting.see(self, other)
        return float(self) > float(other)

    def __ge__(self, other: float) -> bool:
        self.meeting.see(self, other)
        return float(self) >= float(other)


def slope_of(number: float) -> float:
    """How a number changes with the value that moves; 0 where it stands."""
    return number.slope if isinstance(number, Moving) else 0.0


def total(values: Iterable[float]) -> float:
    """The sum, rounded once."""
    every = list(values)
    added = math.fsum(every)
    moving = [own for own in every if isinstance(own, Moving)]
    return Moving(added, math.fsum(own.slope for own in moving), moving[0].meeting) if moving else added
