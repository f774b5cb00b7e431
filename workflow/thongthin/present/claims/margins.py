"""How near a claim is to turning: the smallest change of one value by which a condition would come out otherwise.

Told from the values alone: one of them moves, all others stand as they are. What has to happen in the data for a value
to move so far, and what else would then move with it, is not told: nobody knows it without computing anew. Counts move
by whole steps, and so do shares of participants; shares and p values stay between 0 and 1.

Of several values that could turn a condition, that is named which is nearest in proportion: the change by the sum of
change and value (0: at once; a half: as much as there is of the value), since an effect size, a mean and a p value have
no other measure in common.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field

from thongthin.contract.tables import TABLES, Column
from thongthin.present.claims.conditions import Call, Joined, Node, parsed
from thongthin.present.claims.evaluation import Evaluation, Result, plain
from thongthin.present.claims.known import Known
from thongthin.present.claims.moving import Meeting, Moving
from thongthin.present.claims.narrowing import Unmoved, unmoved, with_moved

# So many values are looked at while a margin is sought, all repetitions counted, and no more: some ten seconds.
MOST_LOOKS = 20_000_000
# A meeting is passed by so much of what meets; values that are the same to a condition may lie 1000 times as far apart.
_PAST, _TINY = 1e-12, 1e-290
# A change by no more than this share is any change at all; see `evaluation.compare`.
_ANY = 4e-9
# What the limits of a table that are called `low` and `high` and no more are limits of.
_ESTIMATES = ("share", "mean", "estimate")
# So many meetings of one value are followed.
_MOST_MEETINGS = 5000

Truth = Callable[[Evaluation], bool | None]


@dataclass(frozen=True)
class Turn:
    """A change of one value by which something turns.

    Attributes:
        key: of the value.
        start: what it is.
        by: how far it has to move, at least 0; 0 where any change will do.
        rises: whether upwards.
        past: key of the value that it meets there; "" where it meets a number, or no value by itself.
        steps: of a count, or a share of participants: how many steps of how many (0: of a count). None: it has none.
        point: whether it turns there only, and not beyond.
        interval: how wide the confidence interval of the value is; None where the tables hold none.
    """

    key: str
    start: float
    by: float
    rises: bool
    past: str = ""
    steps: tuple[int, int] | None = None
    point: bool = False
    interval: float | None = None

    @property
    def end(self) -> float:
        """What the value would be."""
        return self.start + self.by if self.rises else self.start - self.by

    @property
    def proportion(self) -> float:
        """How large the change is for such a value, from 0 to 1."""
        return _proportion(self.start, self.by)


@dataclass(frozen=True)
class Margin:
    """How near a condition is to turning.

    Attributes:
        turns: the nearest change; where no value by itself turns the condition, the nearest that do so together. None
            where no such are known.
        needed: how many of a family would have to turn, at least 2, and of how many; None where it is one value.
        given_up: whether it was not found, since that would take too long.
    """

    turns: tuple[Turn, ...] = ()
    needed: tuple[int, int] | None = None
    given_up: bool = False

    @property
    def order(self) -> tuple[int, float]:
        """What comes first is nearer."""
        if not self.turns:
            return (10**6, 1.0)
        return (len(self.turns), max(turn.proportion for turn in self.turns))


class TakesTooLong(Exception):
    """A condition of so many values, or whose values meet so often, that nobody would wait for its margin."""


@dataclass
class Patience:
    """How much may still be looked at while the margin of a condition is sought."""

    left: int

    def spend(self, looks: int) -> None:
        """Raises TakesTooLong where none is left."""
        self.left -= looks
        if self.left < 0:
            raise TakesTooLong


@dataclass
class _Sweep(Evaluation):
    """Evaluates with one value on its way, so far after its start."""

    moving: str = ""
    slope: float = 1.0
    after: float = 0.0
    meeting: Meeting = field(default_factory=Meeting)

    def value(self, key: str) -> float:
        own = self.known.value(key)
        if key != self.moving:
            return Moving(own, 0.0, self.meeting, key)
        return Moving(own + self.slope * self.after, self.slope, self.meeting, key)

    def judged(self, truth: Truth, after: float) -> tuple[bool | None, Meeting]:
        """Whether something holds so far after the start, and where the numbers that this hangs on meet next."""
        self.after, self.meeting = after, Meeting()
        return truth(self), self.meeting


@dataclass
class _Quick(_Sweep):
    """The same with less work, and without the names of what is met: only what the moving value touches is new."""

    unmoved: Unmoved = field(default_factory=lambda: Unmoved(Known({})))
    patience: Patience = field(default_factory=lambda: Patience(0))

    def value(self, key: str) -> float:
        return super().value(key) if key == self.moving else self.known.value(key)

    def judged(self, truth: Truth, after: float) -> tuple[bool | None, Meeting]:
        self.patience.spend(len(self.unmoved.used))
        return super().judged(truth, after)

    def result(self, node: Node) -> Result:
        found = self.unmoved.kept(node)
        if found is None:
            return super().result(node)
        names = self.unmoved.touched(node, self.moving)
        if names is None:
            return super().result(node)
        if not names:
            return found
        return with_moved(found, {name: self.result(self.unmoved.narrow(node, name)) for name in names})


def margin_of(condition: str, known: Known, level: float) -> Margin | None:
    """The margin of a condition; None where it is undefined.

    Raises:
        Fault: it can't be judged.
    """
    node = parsed(condition)
    now = unmoved(node, known, level)
    if plain(now.truths(node), node) is None:
        return None
    patience = Patience(MOST_LOOKS)
    try:
        turn = nearest(lambda own: plain(own.truths(node), node), now, patience)
        return Margin((turn,)) if turn else _together(node, now, patience) or Margin()
    except TakesTooLong:
        return Margin(given_up=True)


def nearest(truth: Truth, now: Unmoved, patience: Patience) -> Turn | None:
    """The nearest change of one value by which something turns; None where none does.

    Args:
        truth: whether it holds; not None as the values are.
        now: what its condition comes to as they are.

    Raises:
        TakesTooLong: see there.
    """
    holds = truth(now)
    best: Turn | None = None
    for key in now.used:
        for slope in (-1.0, 1.0) if not math.isnan(now.known.value(key)) else ():
            sweep = _Quick(now.known, now.level, moving=key, slope=slope, unmoved=now, patience=patience)
            turn = _first_turn(truth, sweep, holds, best.proportion if best else 1.0)
            if turn and (best is None or _is_nearer(turn, best)):
                best = turn
    if best is None:
        return None
    whole = _Sweep(now.known, now.level, moving=best.key, slope=1.0 if best.rises else -1.0)
    return _first_turn(truth, whole, holds, best.proportion)


def _is_nearer(turn: Turn, best: Turn) -> bool:
    """Whether a turn comes first; of two as near, that of the value that falls, since it is the one spoken of."""
    apart = turn.proportion - best.proportion
    return apart < 0 if abs(apart) > _ANY else best.rises and not turn.rises


def _first_turn(truth: Truth, sweep: _Sweep, holds: bool | None, most: float) -> Turn | None:
    """Where something turns first as a value moves one way: just behind one of the meetings on it.

    Args:
        holds: whether it does as the values are.
        most: the proportion beyond which nobody wants to know.
    """
    start, past = sweep.known.value(sweep.moving), 0.0
    room, steps_of = _room(sweep), _steps_of(sweep.moving, sweep.known)
    _, met = sweep.judged(truth, past)
    for _ in range(_MOST_MEETINGS):
        at, here = past + met.after, met
        if past >= room or at > room or math.isinf(at) or _proportion(start, at) > most + _ANY:
            return None
        size = max(_TINY, *map(abs, (start, start + at, float(met.own), float(met.other))))
        past = min(at + _PAST * size, room)
        verdict, met = sweep.judged(truth, past)
        if verdict == holds:
            continue
        if steps_of is None:
            return _turn(truth, sweep, here, at, size)
        if steps := _steps(truth, sweep, (at, past + met.after, room), steps_of):
            by = steps / (steps_of or 1)
            return Turn(sweep.moving, start, by, sweep.slope > 0, _past(sweep, here), (steps, steps_of))
    raise TakesTooLong


def _turn(truth: Truth, sweep: _Sweep, met: Meeting, at: float, size: float) -> Turn:
    """The turn behind a meeting."""
    start, by = sweep.known.value(sweep.moving), at
    if (
        isinstance(met.own, Moving) and met.own.key == sweep.moving
    ):  # where they meet, not where they begin to be the same
        straight = abs(float(met.other) * met.own.slope * sweep.slope - start)
        by = straight if abs(straight - at) <= _ANY * size else at
    beyond, back = (sweep.judged(truth, after)[0] for after in (at + 2 * _ANY * size, 0.0))
    return Turn(
        sweep.moving,
        start,
        by if by > _ANY * size else 0.0,
        sweep.slope > 0,
        _past(sweep, met),
        point=by > _ANY * size and beyond == back,
        interval=_interval(sweep.moving, sweep.known),
    )


def _steps(truth: Truth, sweep: _Sweep, region: tuple[float, float, float], steps_of: int) -> int | None:
    """The least number of whole steps by which something turns within a region; None where none lies in it.

    Args:
        region: where it begins, where it ends, and how far the value can move.
    """
    begins, ends, room = region
    unit = 1 / (steps_of or 1)
    back, _ = sweep.judged(truth, 0.0)
    first = max(1, math.ceil(begins / unit - _ANY))
    for steps in (first, first + 1):
        if steps * unit <= min(ends, room) + _ANY * unit and sweep.judged(truth, steps * unit)[0] != back:
            return steps
    return None


def _past(sweep: _Sweep, met: Meeting) -> str:
    """The key of the value that the moving one meets; "" where it meets a number, or is part of something that does."""
    own, other = met.own, met.other
    if isinstance(own, Moving) and own.key == sweep.moving and isinstance(other, Moving):
        return other.key
    return ""


def _proportion(start: float, by: float) -> float:
    return by / (abs(start) + by) if by else 0.0


# What a value can be -------------------------------------------------------------------------------------------------


def column_of_key(key: str) -> Column | None:
    """The column of a value, by its key."""
    table = TABLES.get(key.partition(".")[0])
    return next((own for own in table.columns if own.name == key.rpartition(".")[2]), None) if table else None


def _room(sweep: _Sweep) -> float:
    """How far a value can move its way: counts and shares are not below 0, shares and p values not above 1."""
    start, column = sweep.known.value(sweep.moving), column_of_key(sweep.moving)
    bounded = column is not None and (column.format == "p" or (column.format == "share" and "share" in column.name))
    if column is None or not (bounded or column.kind == "integer") or start < 0 or (bounded and start > 1):
        return math.inf
    if sweep.slope < 0 or bounded:
        return start if sweep.slope < 0 else 1 - start
    of = sweep.known.value(f"{sweep.moving.rpartition('.')[0]}.denominator")
    return of - start if column.name.startswith("participants") and of >= start else math.inf


def _steps_of(key: str, known: Known) -> int | None:
    """Of a share of participants, how many these are; 0 for a count; None for what moves by no steps."""
    column, row = column_of_key(key), key.rpartition(".")[0]
    if column is not None and column.kind == "integer":
        return 0
    count, of = (known.value(f"{row}.{name}") for name in ("participants", "denominator"))
    if key.endswith(".share") and of >= 1 and abs(count / of - known.value(key)) <= 1e-9:
        return int(of)
    return None


def _interval(key: str, known: Known) -> float | None:
    """How wide the confidence interval of a value is; None where the tables hold none, or it is none."""
    row, _, name = key.rpartition(".")
    for low, high in ((f"{name}_low", f"{name}_high"), ("low", "high") if name in _ESTIMATES else ("", "")):
        width = known.value(f"{row}.{high}") - known.value(f"{row}.{low}")
        if width > 0:
            return width
    return None


# Several at once -----------------------------------------------------------------------------------------------------

_QUANTIFIERS = ("all", "none", "some", "most", "half")


def _together(node: Node, now: Unmoved, patience: Patience) -> Margin | None:
    """What has to turn together where no value by itself turns a condition: so many of a family.

    A part turns the whole where all parts hold that `and` joins, or none of those that `or` does.
    """
    if isinstance(node, Joined):
        holds = plain(now.truths(node), node)
        if node.word != "not" and holds is not (node.word == "and"):
            return None
        found = [_together(part, now, patience) for part in node.parts]
        return min((own for own in found if own), key=lambda own: own.order, default=None)
    if not isinstance(node, Call) or node.name not in _QUANTIFIERS:
        return None
    (argument,) = node.arguments
    of = now.truths(argument).of
    if None in of.values():
        return None
    needed, turned = _needed(node.name, list(of.values()).count(True), len(of))
    each = [_of_one(now.narrow(argument, name), now, patience) for name, own in of.items() if own is turned]
    known = sorted((turn for turn in each if turn), key=lambda turn: turn.proportion)[:needed]
    whole = len(known) == needed == len({turn.key for turn in known})
    return Margin(tuple(known) if whole else (), (needed, len(of)))


def _of_one(node: Node, now: Unmoved, patience: Patience) -> Turn | None:
    return nearest(lambda own: own.truths(node).of[""], unmoved(node, now.known, now.level), patience)


def _needed(quantifier: str, true: int, n: int) -> tuple[int, bool]:
    """How many of a family of n have to turn for a quantifier to turn, and whether those that hold."""
    least = {"all": n, "none": 1, "some": 1, "most": n // 2 + 1, "half": (n + 1) // 2}[quantifier]
    return (true - least + 1, True) if true >= least else (least - true, False)
