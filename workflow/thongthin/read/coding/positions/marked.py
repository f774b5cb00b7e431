"""The passages of selections that have positions: in the text that they count in, and from there in the transcript."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from thongthin.read.coding.model import Selection, Unit
from thongthin.read.coding.positions.counting import Convention, IntArray, offsets
from thongthin.read.coding.positions.fit import AS_IT_READS, Trial
from thongthin.read.coding.positions.neighbours import Known, by_neighbours, moved_alike
from thongthin.read.coding.positions.outcome import How, Placement, Why
from thongthin.read.coding.positions.pieces import Span
from thongthin.read.coding.positions.snippets import GRAM, passages_in, quotes, stem_of, visible_text
from thongthin.read.coding.positions.way import Way


@dataclass(frozen=True)
class Marked:
    """The selections of a source that have positions, and the ways of counting that were tried on them.

    Attributes:
        text: what the positions count in.
        conventions: those that may be meant, the most likely first.
        taken: the trial of the one that fits; None if none does.
    """

    text: str
    way: Way
    transcript: str
    selections: Sequence[Selection]
    conventions: Sequence[Convention]
    trials: Sequence[Trial]
    taken: Trial | None

    def placements(self) -> tuple[list[Placement], Convention | None]:
        """A placement for each selection, and a convention that was found out by the texts of the selections alone."""
        known = self._by_position()
        lost = {
            row: visible_text(selection.quoted)
            for row, selection in enumerate(self.selections)
            if row not in known and quotes(selection)
        }
        here = passages_in(self.way.normal, lost.values())
        convention: Convention | None = None
        if self.taken:
            # Where the convention fits most others, a text that stands once is the one that is meant.
            once = {row: here[snippet][0] for row, snippet in lost.items() if len(here[snippet]) == 1}
            found = self._by_quote(self.taken.fit.convention, once, lost, here)
        else:
            found, convention = self._by_quotes_alone(lost, here)
        placements = self._in_transcript({**known, **found}, set(known))
        there = passages_in(self.transcript, [snippet for row, snippet in lost.items() if row not in found])
        for row in range(len(self.selections)):
            if row in known or row in found:
                continue
            if row not in lost or (self.taken is None and not found):
                placements[row] = Placement(why="outside" if self.taken else "no_convention")
            # The words were changed in the tool's text and not in the transcript: only there do they read as quoted.
            elif self.taken and not here[lost[row]] and len(there[lost[row]]) == 1:
                placements[row] = placed(self.transcript, there[lost[row]][0], "reanchored")
            else:
                alone = len(there[lost[row]]) == 1
                placements[row] = Placement(why="elsewhere" if alone else why_not(there[lost[row]], lost[row]))
        return [placements[row] for row in range(len(self.selections))], convention

    # --- in the text that they count in ----------------------------------------------------------------------

    def _by_position(self) -> dict[int, Span]:
        """The passages, in the normalised text, of the selections that the convention taken places."""
        if self.taken is None:
            return {}
        found = {}
        for row, selection in enumerate(self.selections):
            start, end = int(self.taken.starts[row]), int(self.taken.ends[row])
            if quotes(selection) and not self.taken.weights[row]:
                start, end = self._counted_otherwise(self.taken, row)
            if start >= 0:
                found[row] = self.way.normal_span(start, end)
        return found

    def _counted_otherwise(self, taken: Trial, row: int) -> Span:
        """Where a selection reads as it quotes, counted in the other of code points and UTF-16 units, or -1, -1.

        QualCoder counts UTF-16 units where people mark text in its window, and code points where it codes by itself
        what they search for, in one document. The two differ by the signs beyond U+FFFF in front, so little that no
        other place where the same words stand could be met by chance.
        """
        units: dict[Unit, Unit] = {"code_points": "utf16", "utf16": "code_points"}
        others = {replace(c, unit=units[c.unit]) for c in (taken.fit.convention, *taken.fit.same) if c.unit in units}
        # Only what reads as it quotes: counted in a unit that is not the one of the document, nothing else vouches for
        # it.
        for trial in self.trials:
            if trial.weights[row] >= AS_IT_READS and not others.isdisjoint((trial.fit.convention, *trial.fit.same)):
                return int(trial.starts[row]), int(trial.ends[row])
        return -1, -1

    def _by_quote(
        self,
        convention: Convention,
        sure: Mapping[int, Span],
        lost: Mapping[int, str],
        here: Mapping[str, Sequence[Span]],
    ) -> dict[int, Span]:
        """The passages of selections that do not read as they quote: those that are sure, and what these tell."""
        found = dict(sure)
        several = {row: here[snippet] for row, snippet in lost.items() if here[snippet] and row not in found}
        if several:
            table = offsets(self.text, convention)
            known = self._known(found, table)
            # Positions of those that read well mean themselves: they have not moved, and say so of what stands near.
            if self.taken:
                known += [
                    Known(position, position)
                    for row, selection in enumerate(self.selections)
                    if self.taken.weights[row] and quotes(selection) and (position := selection.start) is not None
                ]
            places = {row: {self._counted(span, table): span for span in spans} for row, spans in several.items()}
            told = by_neighbours(
                known,
                {row: self.selections[row].start or 0 for row in several},
                {row: list(spans) for row, spans in places.items()},
                {row: len(lost[row]) for row in several},
            )
            found.update({row: places[row][place] for row, place in told.items()})
        return found

    def _by_quotes_alone(
        self, lost: Mapping[int, str], here: Mapping[str, Sequence[Span]]
    ) -> tuple[dict[int, Span], Convention | None]:
        """The passages of selections whose text was edited since, so that no convention fits, by what they quote.

        A convention is meant if texts that stand once are as long, so counted, as their positions say; of several, the
        one in which most of them have moved alike. A short one may be another that reads the same, unless it has moved
        just as the one before or behind it.
        """
        once = {row: here[snippet][0] for row, snippet in lost.items() if len(here[snippet]) == 1}
        best: list[tuple[Convention, dict[int, Span]]] = []
        most = (0, 0)
        for convention in self.conventions:
            table = offsets(self.text, convention)
            long = {row: span for row, span in once.items() if self._is_as_long(row, span, table)}
            known = dict(zip(long, self._known(long, table), strict=True))
            alike = moved_alike(known.values())
            sure = {row: span for row, span in long.items() if len(lost[row]) >= GRAM or known[row] in alike}
            evidence = (len(alike), len(sure))
            # Equal evidence keeps all: they may differ in nothing that is asked here, which the agreement below finds
            # out.
            if sure and evidence >= most:
                best = [*(best if evidence == most else []), (convention, sure)]
                most = evidence
        if not best:
            return {}, None
        ways = [self._by_quote(convention, sure, lost, here) for convention, sure in best]
        agreed = {row: span for row, span in ways[0].items() if all(way.get(row) == span for way in ways[1:])}
        return agreed, best[0][0]

    def _known(self, spans: Mapping[int, Span], table: IntArray) -> list[Known]:
        return [Known(self.selections[row].start or 0, self._counted(span, table)) for row, span in spans.items()]

    def _counted(self, span: Span, table: IntArray) -> int:
        return int(table[self.way.stored_start(span[0])])

    def _is_as_long(self, row: int, span: Span, table: IntArray) -> bool:
        """Whether a passage is as long as the positions say, but for white space and the like around it."""
        selection = self.selections[row]
        first, last = self.way.stored_start(span[0]), self.way.stored_start(span[1] - 1) + 1
        length = (selection.end or 0) - (selection.start or 0)
        return 0 <= length - int(table[last] - table[first]) <= length // 20 + 2

    # --- in the transcript -----------------------------------------------------------------------------------

    def _in_transcript(self, spans: Mapping[int, Span], by_position: set[int]) -> dict[int, Placement]:
        """The placements of passages of the normalised text; `by_position`: rows whose positions gave them."""
        placements = {}
        unsure: dict[int, str] = {}
        for row, span in spans.items():
            target = self.way.to_transcript(span)
            if target:
                # In an edited text the same numbers may be chance; only where the passage came out at its own place is
                # it exact.
                exact = row in by_position and (self.way.kind != "drifted" or target == span)
                placements[row] = placed(self.transcript, target, "exact" if exact else "reanchored")
            elif words := self.way.words(span):
                unsure[row] = words
            else:
                placements[row] = Placement(why="empty")
        # Words that stand once in both texts are the same words, wherever the text around them went.
        here = passages_in(self.way.normal, unsure.values())
        there = passages_in(self.transcript, unsure.values())
        for row, words in unsure.items():
            once = len(here[words]) == len(there[words]) == 1
            if target := self.way.to_transcript(spans[row], once=True) if once else None:
                placements[row] = placed(self.transcript, target, "reanchored")
            else:
                places = len(there[words])
                why: Why = "repeated" if places > 1 else "elsewhere" if places else "not_found"
                placements[row] = Placement(why=why, words=self.way.normal[slice(*spans[row])])
        return placements


def placed(transcript: str, span: Span, how: How) -> Placement:
    """The placement of a passage, if there is anything to read in it."""
    start, end = span
    return Placement(start, end, how) if transcript[start:end].strip() else Placement(why="empty")


def why_not(places: Sequence[Span], snippet: str) -> Why:
    """Why a text that stands at these places could not be placed."""
    if places:
        return "repeated"
    return "shortened" if stem_of(snippet) else "not_found"
