"""What a file of coding holds, in terms of the study: its documents as participants, its codes as the codebook's.

The positions of a document are those of the transcript by then (`placing`). Whatever fits nothing of the study is told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from thongthin.basics.language import one_line
from thongthin.basics.problems import Problems
from thongthin.contract.coding import CodingFile
from thongthin.read.coding.doubts import tell_cut_passages
from thongthin.read.coding.messages import report_anonymous, report_code, report_documents, tell_beyond_text
from thongthin.read.coding.model import CodedFile, Selection, ToolCode
from thongthin.read.coding.names import path_of
from thongthin.read.coding.placing import TABLES_OF_CODING, Outcome, Study, placed_in
from thongthin.read.coding.positions import Placement, report_no_convention, report_unplaced

COLUMNS = ["participant_id", "start", "end", "code_id", "coder", "text", "file", "place", "row", "how"]


@dataclass
class Found:
    """What was found in the files so far, as rows of tables."""

    segments: list[dict[str, Any]] = field(default_factory=list)
    read: set[tuple[str, str]] = field(default_factory=set)  # participant, coder
    undecided: set[tuple[str, str, str]] = field(default_factory=set)  # participant, coder, code: of whole interviews
    skipped: list[tuple[str, str, str, int, int]] = field(default_factory=list)
    sources: list[dict[str, Any]] = field(default_factory=list)
    memos: list[dict[str, Any]] = field(default_factory=list)
    variables: list[dict[str, Any]] = field(default_factory=list)


def add_file(coded: CodedFile, path: Path, entry: CodingFile, study: Study, found: Found, problems: Problems) -> None:
    """Add everything that one file holds to what was found.

    Args:
        entry: what study.yml says of the file.
        problems: bound to the file with `Problems.at`.
    """
    code_of = _code_ids(coded, study, problems)
    sources = {source.id: source for source in coded.sources}
    by_source = _by_source(coded, entry.coder or "", problems)
    if coded.format not in TABLES_OF_CODING:
        anonymous = [s for own in by_source.values() for s in own if not s.coder]
        report_anonymous(anonymous, path.name, coded.format, problems)
    participant_of = {id_: study.participants.find(source) for id_, source in sources.items()}
    if study.texts:
        unknown = [sources[id_] for id_ in by_source if not participant_of[id_]]
        report_documents(unknown, by_source, study.participants, study.texts, problems)
    # An interview that could not be read has no text; what was coded in it isn't judged.
    wanted = {
        id_: (participant, [s for s in own if study.has_turn(s, participant, problems)])
        for id_, own in by_source.items()
        if (participant := participant_of[id_]) and study.texts[participant]
    }
    names = Counter(source.name for source in coded.sources)
    leave_out = entry.unplaced == "leave_out"
    for id_, outcome in placed_in(coded, wanted, sources, study, entry.unit).items():
        participant, selections = wanted[id_]
        transcript = study.texts[participant]
        name = one_line(sources[id_].name) or id_
        report_no_convention(outcome.report, name, problems)
        tell_cut_passages(selections, name, transcript, problems)
        unplaced = report_unplaced(
            selections, outcome.placements, name, problems, transcript=transcript, leave_out=leave_out
        )
        for selection, placement in zip(selections, outcome.placements, strict=True):
            _keep(selection, placement, participant, transcript, code_of, coded.file, found)
        found.sources.append(
            {
                "file": path.name,
                "source": name if names[name] == 1 else f"{name} ({id_})",
                "participant_id": participant,
                "format": coded.format,
                "tool": coded.tool,
                **_counts(outcome),
                "selections": len(selections),
                "left_out": unplaced if leave_out else 0,
            }
        )
    _keep_notes(coded, participant_of, found)


def _by_source(coded: CodedFile, coder: str, problems: Problems) -> dict[str, list[Selection]]:
    """The selections in each document that was taken in, with the coder where the file does not tell."""
    known = {source.id for source in coded.sources}  # a document that the reader could not take in is a problem already
    selections = [selection for selection in coded.selections if selection.source in known]
    texts = [selection for selection in selections if not _beyond_text(selection)]
    tell_beyond_text(len(selections) - len(texts), problems)
    by_source: dict[str, list[Selection]] = {}
    for selection in texts:
        by_source.setdefault(selection.source, []).append(replace(selection, coder=selection.coder or coder))
    return by_source


def _beyond_text(selection: Selection) -> bool:
    """Whether it is part of a picture or recording, which has neither position nor text."""
    return (
        selection.start is None
        and selection.row is None
        and not (selection.whole or selection.turn or one_line(selection.quoted))
    )


def _keep(
    selection: Selection,
    placement: Placement,
    participant: str,
    transcript: str,
    code_of: Mapping[str, str],
    file: str,
    found: Found,
) -> None:
    """Keep what a placed selection says: who read this, which codes stand here, what was left out."""
    start, end = placement.start, placement.end
    if start is None or end is None:
        return
    if not selection.judged:
        found.skipped.append((participant, selection.coder, "", start, end))
        return
    found.read.add((participant, selection.coder))
    for code in (code_of[code] for code in selection.undecided if code in code_of):
        if selection.whole:
            found.undecided.add((participant, selection.coder, code))
        else:
            found.skipped.append((participant, selection.coder, code, start, end))
    # Two codes of the tool may be one of the codebook.
    for code in dict.fromkeys(code_of[code] for code in selection.codes if code in code_of):
        found.segments.append(
            {
                "participant_id": participant,
                "start": start,
                "end": end,
                "code_id": code,
                "coder": selection.coder,
                "text": transcript[start:end],
                "file": file,
                "place": selection.place,
                "row": selection.row,
                "how": placement.how,
            }
        )


def _counts(outcome: Outcome) -> dict[str, Any]:
    """How the positions of a document count, and how its selections were placed."""
    convention = outcome.report.convention
    return {
        "unit": convention.unit if convention else "",
        "newlines": convention.newlines if convention else "",
        "basis": outcome.basis,
        "exact": outcome.report.exact,
        "reanchored": outcome.report.reanchored,
        "by_text": outcome.report.by_text,
    }


def _code_ids(coded: CodedFile, study: Study, problems: Problems) -> dict[str, str]:
    """The code of the study for each code of the tool that was given; the others are told."""
    tool = {code.id: code for code in coded.codes}
    used: dict[str, list[Selection]] = {}
    for selection in coded.selections:
        for id_ in dict.fromkeys((*selection.codes, *selection.undecided)):
            used.setdefault(id_, []).append(selection)
    found: dict[str, str] = {}
    for id_, selections in used.items():
        code = tool.get(id_) or ToolCode(id_, id_)
        candidates = study.codebook.candidates(code, tool)
        if len(candidates) == 1:
            found[id_] = candidates[0]
        elif study.codebook.ids:
            report_code(code, path_of(code, tool), candidates, selections, study.codebook, coded.format, problems)
    return found


def _keep_notes(coded: CodedFile, participant_of: Mapping[str, str | None], found: Found) -> None:
    """Memos, variables of cases, and sets, which study.yml may ask to keep."""
    names = {
        **{source.id: source.name for source in coded.sources},
        **{code.id: code.name for code in coded.codes},
        **{case.id: case.name for case in coded.cases},
    }
    for memo in coded.memos:
        found.memos.append(
            {
                "memo_id": f"M{len(found.memos) + 1:04d}",
                "about": memo.on,
                "name": names.get(memo.about, memo.about),
                "coder": memo.coder,
                "title": memo.title,
                "text": memo.text,
            }
        )
    for case in coded.cases:
        people = {participant_of.get(source) for source in case.sources} - {None}
        for name, value in case.variables.items():
            found.variables += [
                {"kind": "variables", "participant_id": person, "variable": name, "value": value}
                for person in sorted(map(str, people))
            ]
    for group in coded.sets:
        people = {participant_of.get(source) for source in group.sources} - {None}
        found.variables += [
            {"kind": "sets", "participant_id": person, "variable": f"set: {group.name}", "value": "yes"}
            for person in sorted(map(str, people))
        ]
