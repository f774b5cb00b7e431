"""The coding of a study (`coding/`), whatever tool it was made in, and who read what.

In order: each file is read in the tool's own terms (`recognise`, and a module a format); its documents are matched
with participants and its codes with the codebook (`in_study`, `names`); positions are converted to those of the
transcript (`placing`, `positions`): code points, half-open, into the normalised text. How that went is a table of its
own, a row for each document. Who read what is the coverage (`who_read`). Units that a coder left blank are in the table
`skipped`.

Fails, with problems, on a file that can't be read, a document that is no participant's, an unknown code, positions that
fit the text in no way of counting, passages that stand nowhere or in several places, a coder written in two ways, and
segments that the coverage table rules out. Segments that had to be placed anew are told as notices.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from thongthin.basics.problems import Problems
from thongthin.contract.coding import Coding as Settings
from thongthin.contract.coding import CodingFile
from thongthin.contract.tables import TABLES
from thongthin.read.coding.doubts import tell_rare_coders
from thongthin.read.coding.in_study import COLUMNS, Found, add_file
from thongthin.read.coding.messages import report_coder_spellings, report_double_rows, report_files
from thongthin.read.coding.placing import Study, own_positions
from thongthin.read.coding.positions import tell_reanchored
from thongthin.read.coding.recognise import read_file
from thongthin.read.coding.who_read import (
    COVERAGE,
    KEYS,
    as_declared,
    covered_by_marks,
    covered_by_tables,
    read_coverage,
    report_uncovered,
)

SEGMENT = ["participant_id", "start", "end", "code_id", "coder"]
PASSAGE = ["participant_id", "coder", "code_id", "start", "end"]

__all__ = ["COVERAGE", "Coding", "own_positions", "read_coding"]


class Coding(NamedTuple):
    """The tables of the same names (`reanchored`: of the segments that were placed anew)."""

    codings: pd.DataFrame
    coverage: pd.DataFrame
    skipped: pd.DataFrame
    coding_sources: pd.DataFrame
    reanchored: pd.DataFrame
    memos: pd.DataFrame
    case_variables: pd.DataFrame


def read_coding(
    files: Sequence[Path],
    codes: pd.DataFrame,
    transcripts: pd.DataFrame,
    turns: pd.DataFrame,
    problems: Problems,
    *,
    settings: Settings | None = None,
    interview: Callable[[str], str | None] = lambda participant: None,
    withdrawn: Collection[str] = (),
) -> Coding:
    """All that is coded: `codings` by participant, position and codebook, and the tables beside it.

    Args:
        files: those of the folder; the table called `coverage` says who read what.
        codes, transcripts, turns: the tables of these names; without rows, they are not judged.
        problems: bound to the folder with `Problems.at`.
        settings: what study.yml says of the coding.
        interview: gives the text of a participant's interview as it stands in its file, before it was normalised:
            positions of a tool that stores no text count in it.
        withdrawn: participants who withdrew: what is coded in their interviews is neither judged nor kept.
    """
    settings = settings or Settings()
    gone = pd.DataFrame({"participant_id": [*withdrawn], "text": [""] * len(withdrawn)})
    transcripts = pd.concat([transcripts, gone[~gone["participant_id"].isin(transcripts["participant_id"])]])
    study = Study(codes, transcripts, turns, interview)
    found = _found_in([path for path in files if path.stem != COVERAGE], study, settings, problems)
    covered = [
        read_coverage(path, study, problems.at(f"{problems.file}/{path.name}"))
        for path in files
        if path.stem == COVERAGE
    ]
    segments = pd.DataFrame(found.segments, columns=COLUMNS)
    report_coder_spellings(segments, covered, problems)
    tell_rare_coders(segments, problems)
    twice = segments.duplicated(SEGMENT)
    report_double_rows(segments[twice], problems)
    segments = segments[~twice]
    coverage = _coverage(segments, found, [frame for frame, _ in covered], codes, problems)
    if settings.read:
        study_yml = problems.at(f"{problems.file.rsplit('/', 1)[0]}/study.yml")
        declared = as_declared(settings.read, codes["code_id"].tolist(), study.texts, study_yml)
        coverage = pd.concat([coverage, declared], ignore_index=True)

    in_order = _order_of(study, codes)
    codings = _numbered(segments.sort_values(SEGMENT, key=in_order, ignore_index=True), codes)
    reanchored = codings[codings["how"] == "reanchored"]
    for _, moved in reanchored.groupby(["file", "participant_id"], sort=False):
        tell_reanchored(moved, problems.at(moved["file"].iloc[0]))
    kept = set(settings.keep)
    variables = pd.DataFrame([row for row in found.variables if row["kind"] in kept])
    coding = Coding(
        codings=_columns(codings, "codings"),
        coverage=coverage.drop_duplicates().sort_values(KEYS, key=in_order, ignore_index=True),
        skipped=pd.DataFrame(sorted(set(found.skipped)), columns=PASSAGE),
        coding_sources=_columns(pd.DataFrame(found.sources), "coding_sources"),
        reanchored=_columns(reanchored, "reanchored").reset_index(drop=True),
        memos=_columns(pd.DataFrame(found.memos if "memos" in kept else []), "memos"),
        case_variables=_columns(variables, "case_variables").drop_duplicates(
            ["participant_id", "variable"], ignore_index=True
        ),
    )
    return Coding(*(_without(own, withdrawn) for own in coding)) if withdrawn else coding


def _without(table: pd.DataFrame, withdrawn: Collection[str]) -> pd.DataFrame:
    """A table without the rows of some participants."""
    return table[~table["participant_id"].isin([*withdrawn])] if "participant_id" in table else table


def _found_in(files: Sequence[Path], study: Study, settings: Settings, problems: Problems) -> Found:
    """What all files hold; what study.yml says of a file that isn't there is a problem."""
    declared = {entry.file: entry for entry in settings.files}
    found = Found()
    for path in files:
        here = problems.at(f"{problems.file}/{path.name}")
        entry = declared.pop(path.name, None) or CodingFile(file=path.name)
        entry = entry.model_copy(update={"coder": entry.coder or settings.coder})
        if coded := read_file(path, here, format=entry.format, coder=entry.coder, known=study.codebook.names):
            add_file(coded, path, entry, study, found, here)
    report_files(files, declared, problems)
    return found


def _coverage(
    segments: pd.DataFrame, found: Found, tables: Sequence[pd.DataFrame], codes: pd.DataFrame, problems: Problems
) -> pd.DataFrame:
    """Who read what, from tables of coverage, which segments may not contradict, or else from what was marked."""
    if not tables:
        return covered_by_marks(found.read, found.undecided, codes)
    coverage = covered_by_tables(tables, codes)
    report_uncovered(segments, coverage, problems)
    return coverage


def _order_of(study: Study, codes: pd.DataFrame) -> Callable[[pd.Series], pd.Series]:
    """The key by which rows are sorted: participants as in their table, codes as in the codebook, else as it is."""
    places = {
        "participant_id": {participant: n for n, participant in enumerate(study.texts)},
        "code_id": {code: n for n, code in enumerate(codes["code_id"])},
    }
    return lambda column: column.map(places[str(column.name)]) if column.name in places else column


def _numbered(codings: pd.DataFrame, codes: pd.DataFrame) -> pd.DataFrame:
    """The segments with an id, counted within each interview, and the theme of their code."""
    number = codings.groupby("participant_id").cumcount() + 1
    theme_of = dict(zip(codes["code_id"], codes["theme_id"], strict=True))
    return codings.assign(
        segment_id=codings["participant_id"] + "-s" + number.astype(str).str.zfill(3),
        theme_id=codings["code_id"].map(theme_of).fillna(""),
    )


def _columns(frame: pd.DataFrame, table: str) -> pd.DataFrame:
    return frame.reindex(columns=[column.name for column in TABLES[table].columns])
