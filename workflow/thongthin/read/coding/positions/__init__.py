"""From positions as a coding tool counted them to positions in the transcript.

Tools count different things: Unicode code points, UTF-16 code units or bytes of UTF-8; a line end as it is stored, as
one or as two; a byte-order mark or none; and no file says which. So every way of counting (`Convention`) is tried on
the selections of one source, in three steps:

1. How well does it fit? Where a selection carries the text it quotes, that text must stand at the positions. Where it
   doesn't, selections must begin and end where people begin and end: at lines above all, at words, and never between a
   letter and the vowel or tone mark on it.
2. The one that fits best is taken, if it fits well enough and no other one fits as well with other passages (`fit`).
   A selection that does not read as it quotes is found by its text, where that stands once or its neighbours tell the
   place (`neighbours`). If there is no such convention, nothing but such texts can place anything (`marked`), and the
   report says what was tried and how well each fitted.
3. From the text that the tool stored to the transcript: exactly, where both read the same but for white space. Where
   one of them was edited since, both are aligned, and a selection is placed where the alignment proves that its own
   words stand unchanged (`alignment`).

Nothing fails here: what could not be placed is told with its reason, and becomes a problem by
`report_no_convention` and `report_unplaced`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from thongthin.read.coding.model import Selection, Unit
from thongthin.read.coding.positions.counting import NEWLINES, UNITS, Convention, at_positions, offsets
from thongthin.read.coding.positions.fit import QUOTED_FIT, Fit, Settled, Trial, can_be_taken, choose, trials_of
from thongthin.read.coding.positions.marked import Marked, placed, why_not
from thongthin.read.coding.positions.messages import (
    describe,
    describe_fit,
    report_no_convention,
    report_unplaced,
    tell_reanchored,
)
from thongthin.read.coding.positions.outcome import Placement, PositionReport
from thongthin.read.coding.positions.snippets import (
    as_often,
    in_order,
    passages_in,
    quotes,
    quotes_nothing,
    visible_text,
)
from thongthin.read.coding.positions.way import Way

__all__ = [
    "NEWLINES",
    "UNITS",
    "Convention",
    "Fit",
    "Placement",
    "PositionReport",
    "at_positions",
    "describe",
    "describe_fit",
    "offsets",
    "place",
    "report_no_convention",
    "report_unplaced",
    "tell_reanchored",
]


def place(
    text: str,
    transcript: str,
    selections: Sequence[Selection],
    units: Sequence[Unit] = UNITS,
    *,
    usual: Convention | None = None,
    declared: Convention | None = None,
    decided: Unit | None = None,
    one_each: bool = False,
) -> tuple[list[Placement], PositionReport]:
    """Place the selections of one source in its transcript.

    Args:
        text: what the positions count in: the text as the tool stored it or, where it stored none, that of the
            interview's file before it was normalised.
        transcript: the interview as `read_interviews` gives it.
        units: that the format may count in, the most usual first (`CodedFile.units`).
        usual: the convention of the other sources of the file, if known; it decides where the selections of this one
            leave several, and nothing else.
        declared: the convention, where the format itself says how it counts; nothing else is tried, and only the text
            that selections carry can speak against it.
        decided: the unit that a person decided on: of several conventions that fit it the best is taken, unless the
            text that selections carry fits another unit better.
        one_each: whether each selection without positions has a passage of its own, as in a table with one row a unit.

    Returns:
        A placement for each selection, and the report.
    """
    counted = [n for n, s in enumerate(selections) if s.start is not None and s.end is not None]
    # Empty selections and those of white space fit any convention, and would speak for a wrong one.
    rows = [n for n in counted if selections[n].start != selections[n].end and not quotes_nothing(selections[n])]
    own = [selections[n] for n in rows]
    # Byte-order marks come last: where nothing tells, the text counts from its first character.
    ways = [Convention(u, n, m) for m in (False, True) for u in units or UNITS for n in NEWLINES]
    choice = _chosen(text, own, [declared] if declared else ways, usual, declared, decided)
    way = Way(text, transcript)

    placements = [Placement(why="no_text") for _ in selections]
    for n in counted:
        placements[n] = Placement(why="empty")
    # What speaks against a person's word is told, not mended.
    likely = [] if choice.against else sorted(choice.ways, key=lambda convention: convention != usual)
    marked = Marked(text, way, transcript, own, likely, choice.trials, choice.taken)
    by_position, by_quotes = marked.placements()
    for n, placement in zip(rows, by_position, strict=True):
        placements[n] = placement

    alone = {
        n: visible_text(s.quoted) for n, s in enumerate(selections) if (s.start is None or s.end is None) and quotes(s)
    }
    there = passages_in(transcript, alone.values())
    by_text = in_order(selections, alone, there) if one_each else as_often(selections, alone, there)
    for n, snippet in alone.items():
        if n in by_text:
            placements[n] = placed(transcript, by_text[n], "by_text")
        else:
            placements[n] = Placement(why=why_not(there[snippet], snippet))
    return placements, _report(choice, by_quotes, usual, way, placements)


@dataclass(frozen=True)
class _Choice:
    """The conventions that were tried and the one that was taken, as in `PositionReport`."""

    ways: list[Convention]
    trials: list[Trial]
    taken: Trial | None
    settled: Settled
    against: Unit | None = None


def _chosen(
    text: str,
    selections: Sequence[Selection],
    ways: list[Convention],
    usual: Convention | None,
    declared: Convention | None,
    decided: Unit | None,
) -> _Choice:
    if not selections:
        return _Choice(ways, [], None, "")
    quoted = np.array([quotes(selection) for selection in selections], dtype=bool)
    if declared:
        trials = trials_of(text, selections, ways)
        fits = trials[0].fit.matched >= QUOTED_FIT * trials[0].fit.quoted
        return _Choice(ways, trials, trials[0] if fits else None, "declared" if fits else "")
    if not decided:
        trials = trials_of(text, selections, ways)
        return _Choice(ways, trials, *choose(trials, quoted, usual))
    ways = [Convention(decided, newlines, mark) for mark in (False, True) for newlines in NEWLINES]
    trials = trials_of(text, selections, ways)
    taken, settled = choose(trials, quoted, usual)
    if taken is None:
        # A person's word decides where conventions tie, never that a bad fit is a good one.
        best = max(trials, key=lambda trial: (can_be_taken(trial.fit), trial.fit.weight))
        taken, settled = (best, "declared") if can_be_taken(best.fit) else (None, "")
    others = [Convention(u, n, m) for m in (False, True) for u in UNITS if u != decided for n in NEWLINES]
    rivals = trials_of(text, selections, others)
    # Quotes that read well in another unit are evidence, and a unit that was named a claim: it is told, and nothing
    # placed.
    if taken is None or any(rival.fit.matched > taken.fit.matched for rival in rivals):
        return _Choice(ways, [*trials, *rivals], None, "", decided)
    return _Choice(ways, trials, taken, settled)


def _report(
    choice: _Choice,
    by_quotes: Convention | None,
    usual: Convention | None,
    way: Way,
    placements: Sequence[Placement],
) -> PositionReport:
    fits = sorted((trial.fit for trial in choice.trials), key=lambda fit: (not can_be_taken(fit), -fit.weight))
    convention, settled = by_quotes, choice.settled
    if by_quotes:
        settled = "quotes"
    if taken := choice.taken:
        fits.sort(key=lambda fit: fit is not taken.fit)
        convention = usual if usual in taken.fit.same else taken.fit.convention
    hows = [placement.how for placement in placements]
    return PositionReport(
        convention=convention,
        settled=settled,
        fits=tuple(fits),
        text=way.kind,
        exact=hows.count("exact"),
        reanchored=hows.count("reanchored"),
        by_text=hows.count("by_text"),
        unplaced=hows.count(""),
        failed=any(placement.why == "no_convention" for placement in placements),
        decided=choice.against,
    )
