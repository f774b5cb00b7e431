"""The selections of a file, placed in the transcripts of the study, each source in the way in which it counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import NamedTuple

import pandas as pd

from thongthin.basics.language import normalise_text, one_line
from thongthin.basics.problems import Problems
from thongthin.read.coding.model import CodedFile, Selection, Source, Unit
from thongthin.read.coding.names import Codebook, Participants
from thongthin.read.coding.positions import Convention, Fit, Placement, PositionReport, place

# Tables of coding count as our documentation says; other files as their tool does.
TABLES_OF_CODING = ("segments", "units")
OURS = Convention("code_points")


class Study:
    """What the files of coding refer to: transcripts, turns, codebook."""

    def __init__(
        self,
        codes: pd.DataFrame,
        transcripts: pd.DataFrame,
        turns: pd.DataFrame,
        interview: Callable[[str], str | None],
    ) -> None:
        self.texts = dict(zip(transcripts["participant_id"], transcripts["text"], strict=True))
        self.turns = {
            key: (start, end)
            for participant, turn_id, number, start, end in zip(
                *(turns[c] for c in ("participant_id", "turn_id", "turn", "start", "end")), strict=True
            )
            for key in ((participant, str(turn_id).casefold()), (participant, str(number)))
        }
        self.participants = Participants(self.texts)
        self.codebook = Codebook(codes)
        self.interview = interview

    def given(self, selection: Selection, participant: str) -> tuple[int, int] | None:
        """The span of a selection that means the whole interview, or one of its turns."""
        if selection.whole:
            return 0, len(self.texts[participant])
        return self.turns.get((participant, selection.turn.casefold())) if selection.turn else None

    def has_turn(self, selection: Selection, participant: str, problems: Problems) -> bool:
        """Whether the turn that a selection means is there, if it means one; otherwise a problem is added."""
        if not selection.turn or self.given(selection, participant):
            return True
        problems.add(
            "unknown-turn",
            f'The interview of "{participant}" has no turn "{selection.turn}".',
            f'บทสัมภาษณ์ของ "{participant}" ไม่มีช่วงพูด "{selection.turn}"',
            row=selection.row,
            hint_en="Give the number of the turn, counted from 1 with the interviewer's, or its text.",
            hint_th="ใส่ลำดับช่วงพูด นับจาก 1 รวมของผู้สัมภาษณ์ หรือใส่ข้อความ",
        )
        return False


class Outcome(NamedTuple):
    """Where the selections of a source stand, the report of that, and what their positions were checked against."""

    placements: list[Placement]
    report: PositionReport
    basis: str


def placed_in(
    coded: CodedFile,
    wanted: Mapping[str, tuple[str, list[Selection]]],
    sources: Mapping[str, Source],
    study: Study,
    decided: Unit | None = None,
) -> dict[str, Outcome]:
    """The outcome for each source that has selections.

    Args:
        wanted: by the id of a source, its participant and its selections.
        decided: the unit that study.yml says positions count, if it does.

    A tool counts in one way: what the selections of most sources say decides where those of another one can't.
    """
    ours = coded.format in TABLES_OF_CODING

    def outcome(id_: str, usual: Convention | None) -> Outcome:
        participant, selections = wanted[id_]
        transcript, stored = study.texts[participant], sources[id_].text
        texts = [stored] if stored is not None else [transcript] if ours else []
        if stored is None and (raw := study.interview(participant)) is not None:
            texts.append(raw)
        given = {n: span for n, s in enumerate(selections) if (span := study.given(s, participant))}
        best: Outcome | None = None
        for text in texts or [transcript]:
            tried = _place(text, transcript, selections, given, coded, usual, decided)
            if not tried.report.fits or tried.report.settled in ("fit", "usual", "declared"):
                return tried
            best = tried if best is None or (best.report.failed and not tried.report.failed) else best
        assert best is not None
        return best

    placed = {id_: outcome(id_, OURS if ours else None) for id_ in wanted}
    reports = [placed[id_].report for id_ in wanted]
    fitting = Counter(way for report in reports if report.settled == "fit" for way in _ways(report.fits[0]))
    most = max(fitting.values(), default=0)
    usual = [way for way, times in fitting.items() if times == most]
    for id_, report in zip(wanted, reports, strict=True):
        # Of several usual ways this source may well be the same passages under all; otherwise it stays undecided.
        meant = [fit for fit in report.fits if not set(usual).isdisjoint(_ways(fit))]
        if report.settled != "fit" and len(meant) == 1:
            placed[id_] = outcome(id_, next(way for way in usual if way in _ways(meant[0])))
    return placed


def _ways(fit: Fit) -> tuple[Convention, ...]:
    return fit.convention, *fit.same


def _place(
    text: str,
    transcript: str,
    selections: list[Selection],
    given: dict[int, tuple[int, int]],
    coded: CodedFile,
    usual: Convention | None,
    decided: Unit | None,
) -> Outcome:
    """Place the selections of one source.

    Args:
        text: what their positions count in.
        given: the spans that need not be looked for, by the number of the selection.
    """
    others = [selection for n, selection in enumerate(selections) if n not in given]
    by_position = [s for s in others if s.start is not None]
    quoting = any(one_line(s.quoted) for s in by_position)
    # Nothing tells whether a table without texts counts as its documentation says, so it is taken at its word.
    declared = OURS if coded.format in TABLES_OF_CODING and not quoting else None
    units = coded.format == "units"
    placements, report = place(
        text, transcript, others, coded.units, usual=usual, declared=declared, decided=decided, one_each=units
    )
    basis = "snippets" if quoting else "text" if not by_position else "declared" if declared else "boundaries"
    left = iter(placements)
    every = [Placement(*given[n], "exact") if n in given else next(left) for n in range(len(selections))]
    return Outcome(every, replace(report, exact=report.exact + len(given)), basis)


def own_positions(coded: CodedFile) -> dict[str, PositionReport]:
    """How positions count in each source whose text the file stores, as far as the file itself can tell.

    Returns:
        By the id of the source, for those in which something is selected.
    """
    texts = {source.id: normalise_text(source.text) for source in coded.sources if source.text}
    nothing = pd.DataFrame(columns=["code_id", "parent_id", "participant_id", "turn_id", "turn", "start", "end"])
    transcripts = pd.DataFrame({"participant_id": list(texts), "text": list(texts.values())})
    wanted: dict[str, tuple[str, list[Selection]]] = {}
    for selection in coded.selections:
        if selection.source in texts and selection.start is not None:
            wanted.setdefault(selection.source, (selection.source, []))[1].append(selection)
    study = Study(nothing, transcripts, nothing, lambda _: None)
    placed = placed_in(coded, wanted, {source.id: source for source in coded.sources}, study)
    return {id_: outcome.report for id_, outcome in placed.items()}
