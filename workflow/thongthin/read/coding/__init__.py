"""The coding of a study (`coding/`), whatever tool it was made in, and who read what.

In order: each file is read in the tool's own terms (`recognise`, and a module a format); its documents are matched
with participants and its codes with the codebook (`names`); positions are converted to those of the transcript
(`positions`): code points, half-open, into the normalised text. How that went is a table of its own, a row for each
document.

Where there is no table `coding/coverage`, a coder has read every interview in which he marked something (or, in a
table of units, judged a unit), for all codes. What study.yml says of who read what is added to either (`who_read`).
Units that a coder left blank are in the table `skipped`.

Fails, with problems, on a file that can't be read, a document that is no participant's, an unknown code, positions that
fit the text in no way of counting, passages that stand nowhere or in several places, a coder written in two ways, and
segments that the coverage table rules out. Segments that had to be placed anew are told as notices.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from thongthin.basics.language import one_line
from thongthin.basics.problems import Problems, did_you_mean
from thongthin.contract.study import Coding as Settings
from thongthin.contract.study import CodingFile
from thongthin.contract.tables import TABLES
from thongthin.read.coding.doubts import tell_rare_coders
from thongthin.read.coding.model import CodedFile, Selection, Source, ToolCode
from thongthin.read.coding.names import Codebook, path_of
from thongthin.read.coding.placing import TABLES_OF_CODING, Study, own_positions, placed_in
from thongthin.read.coding.positions import report_no_convention, report_unplaced, tell_reanchored
from thongthin.read.coding.recognise import SUFFIXES, read_file
from thongthin.read.coding.who_read import as_declared
from thongthin.read.files.sheets import also_in, read_columns, report_empty, report_unknown, rows_by_cell

COVERAGE = "coverage"
SEGMENT = ["participant_id", "start", "end", "code_id", "coder"]
PASSAGE = ["participant_id", "coder", "code_id", "start", "end"]

__all__ = ["Coding", "own_positions", "read_coding"]


class Coding(NamedTuple):
    """The tables of the same names (`reanchored`: of the segments that were placed anew)."""

    codings: pd.DataFrame
    coverage: pd.DataFrame
    skipped: pd.DataFrame
    coding_sources: pd.DataFrame
    reanchored: pd.DataFrame
    memos: pd.DataFrame
    case_variables: pd.DataFrame


@dataclass
class _Found:
    """What was found in the files so far, as rows of tables."""

    segments: list[dict[str, Any]] = field(default_factory=list)
    read: set[tuple[str, str]] = field(default_factory=set)  # participant, coder
    undecided: set[tuple[str, str, str]] = field(default_factory=set)  # participant, coder, code: of whole interviews
    skipped: list[tuple[str, str, str, int, int]] = field(default_factory=list)
    sources: list[dict[str, Any]] = field(default_factory=list)
    memos: list[dict[str, Any]] = field(default_factory=list)
    variables: list[dict[str, Any]] = field(default_factory=list)


def read_coding(
    files: Sequence[Path],
    codes: pd.DataFrame,
    transcripts: pd.DataFrame,
    turns: pd.DataFrame,
    problems: Problems,
    *,
    settings: Settings | None = None,
    interview: Callable[[str], str | None] = lambda participant: None,
) -> Coding:
    """All that is coded: `codings` by participant, position and codebook, and the tables beside it.

    Args:
        files: those of the folder; the table called `coverage` says who read what.
        codes, transcripts, turns: the tables of these names; without rows, they are not judged.
        problems: bound to the folder with `Problems.at`.
        settings: what study.yml says of the coding.
        interview: gives the text of a participant's interview as it stands in its file, before it was normalised:
            positions of a tool that stores no text count in it.
    """
    settings = settings or Settings()
    study = Study(codes, transcripts, turns, interview)
    declared = {entry.file: entry for entry in settings.files}
    found = _Found()
    tables = [path for path in files if path.stem != COVERAGE]
    for path in tables:
        here = problems.at(f"{problems.file}/{path.name}")
        entry = declared.pop(path.name, None) or CodingFile(file=path.name)
        known = study.codebook.names
        entry = entry.model_copy(update={"coder": entry.coder or settings.coder})
        if coded := read_file(path, here, format=entry.format, coder=entry.coder, known=known):
            _add(coded, path, entry, study, found, here)
    _report_files(tables, declared, problems)

    covered = [
        _read_coverage(path, study, problems.at(f"{problems.file}/{path.name}"))
        for path in files
        if path.stem == COVERAGE
    ]
    segments = pd.DataFrame(found.segments, columns=[*SEGMENT, "text", "file", "place", "row", "how"])
    _report_coder_spellings(segments, covered, problems)
    tell_rare_coders(segments, problems)
    twice = segments.duplicated(SEGMENT)
    _report_double_rows(segments[twice], problems)
    segments = segments[~twice]

    keys = ["participant_id", "coder", "code_id"]
    every = codes["code_id"].tolist()
    if covered:
        coverage = pd.concat([frame for frame, _ in covered], ignore_index=True)
        whole = coverage["code_id"] == ""
        coverage = pd.concat(
            [
                coverage[~whole].rename(columns={"code_id": "named"}).merge(_codes_within(codes), on="named"),
                coverage.loc[whole, keys[:2]].merge(codes[["code_id"]], how="cross"),
            ]
        )[keys]
        _report_uncovered(segments, coverage, problems)
    else:
        rows = {(participant, coder, code) for participant, coder in found.read for code in every}
        coverage = pd.DataFrame(sorted(rows - found.undecided), columns=keys)
    if settings.read:
        study_yml = problems.at(f"{problems.file.rsplit('/', 1)[0]}/study.yml")
        coverage = pd.concat([coverage, as_declared(settings.read, every, study.texts, study_yml)], ignore_index=True)

    place_of = {participant: n for n, participant in enumerate(study.texts)}
    position = {code: n for n, code in enumerate(every)}

    def in_order(column: pd.Series) -> pd.Series:
        return column.map({"participant_id": place_of, "code_id": position}.get(str(column.name), lambda cell: cell))

    codings = segments.sort_values(SEGMENT, key=in_order, ignore_index=True)
    number = codings.groupby("participant_id").cumcount() + 1
    codings["segment_id"] = codings["participant_id"] + "-s" + number.astype(str).str.zfill(3)
    codings["theme_id"] = codings["code_id"].map(dict(zip(codes["code_id"], codes["theme_id"], strict=True))).fillna("")
    reanchored = codings[codings["how"] == "reanchored"]
    for _, moved in reanchored.groupby(["file", "participant_id"], sort=False):
        tell_reanchored(moved, problems.at(moved["file"].iloc[0]))
    kept = set(settings.keep)
    return Coding(
        codings=_columns(codings, "codings"),
        coverage=coverage.drop_duplicates().sort_values(keys, key=in_order, ignore_index=True),
        skipped=pd.DataFrame(sorted(set(found.skipped)), columns=PASSAGE),
        coding_sources=_columns(pd.DataFrame(found.sources), "coding_sources"),
        reanchored=_columns(reanchored, "reanchored").reset_index(drop=True),
        memos=_columns(pd.DataFrame(found.memos if "memos" in kept else []), "memos"),
        case_variables=_columns(
            pd.DataFrame([row for row in found.variables if row["kind"] in kept]), "case_variables"
        ).drop_duplicates(["participant_id", "variable"], ignore_index=True),
    )


def _columns(frame: pd.DataFrame, table: str) -> pd.DataFrame:
    return frame.reindex(columns=[column.name for column in TABLES[table].columns])


# --- a file ---------------------------------------------------------------------------------------------------------


def _add(coded: CodedFile, path: Path, entry: CodingFile, study: Study, found: _Found, problems: Problems) -> None:
    """Everything that one file holds, in terms of the study."""
    code_of = _code_ids(coded, study, problems)
    sources = {source.id: source for source in coded.sources}
    by_source: dict[str, list[Selection]] = {}
    # A document that the reader could not take in is a problem already.
    selections = [selection for selection in coded.selections if selection.source in sources]
    texts = [selection for selection in selections if not _beyond_text(selection)]
    _tell_beyond_text(len(selections) - len(texts), problems)
    for selection in texts:
        coder = selection.coder or entry.coder or ""
        by_source.setdefault(selection.source, []).append(replace(selection, coder=coder))
    if coded.format not in TABLES_OF_CODING:
        anonymous = [s for own in by_source.values() for s in own if not s.coder]
        _report_anonymous(anonymous, path.name, coded.format, problems)
    participant_of = {id_: study.participants.find(source) for id_, source in sources.items()}
    if study.texts:
        _report_documents([sources[id_] for id_ in by_source if not participant_of[id_]], by_source, study, problems)
    # An interview that could not be read has no text; what was coded in it isn't judged.
    wanted = {
        id_: (p, [s for s in own if study.has_turn(s, p, problems)])
        for id_, own in by_source.items()
        if (p := participant_of[id_]) and study.texts[p]
    }
    names = Counter(source.name for source in coded.sources)
    for id_, (placements, report, basis) in placed_in(coded, wanted, sources, study, entry.unit).items():
        participant, selections = wanted[id_]
        name = one_line(sources[id_].name) or id_
        report_no_convention(report, name, problems)
        leave_out = entry.unplaced == "leave_out"
        transcript = study.texts[participant]
        unplaced = report_unplaced(selections, placements, name, problems, transcript=transcript, leave_out=leave_out)
        for selection, placement in zip(selections, placements, strict=True):
            if placement.start is None or placement.end is None:
                continue
            text = study.texts[participant][placement.start : placement.end]
            codes = [code_of[code] for code in selection.codes if code in code_of]
            undecided = [code_of[code] for code in selection.undecided if code in code_of]
            span = (placement.start, placement.end)
            _keep(selection, span, placement.how, participant, codes, undecided, text, coded.file, found)
        convention = report.convention
        found.sources.append(
            {
                "file": path.name,
                "source": name if names[name] == 1 else f"{name} ({id_})",
                "participant_id": participant,
                "format": coded.format,
                "tool": coded.tool,
                "unit": convention.unit if convention else "",
                "newlines": convention.newlines if convention else "",
                "basis": basis,
                "selections": len(selections),
                "exact": report.exact,
                "reanchored": report.reanchored,
                "by_text": report.by_text,
                "left_out": unplaced if leave_out else 0,
            }
        )
    _keep_notes(coded, participant_of, found)


def _beyond_text(selection: Selection) -> bool:
    """Whether it is part of a picture or recording, which has neither position nor text."""
    return (
        selection.start is None
        and selection.row is None
        and not (selection.whole or selection.turn or one_line(selection.quoted))
    )


def _keep(
    selection: Selection,
    span: tuple[int, int],
    how: str,
    participant: str,
    codes: list[str],
    undecided: list[str],
    text: str,
    file: str,
    found: _Found,
) -> None:
    """Keep what a placed selection says: who read this, which codes stand here, what was left out."""
    start, end = span
    if not selection.judged:
        found.skipped.append((participant, selection.coder, "", start, end))
        return
    found.read.add((participant, selection.coder))
    for code in undecided:
        if selection.whole:
            found.undecided.add((participant, selection.coder, code))
        else:
            found.skipped.append((participant, selection.coder, code, start, end))
    for code in dict.fromkeys(codes):
        found.segments.append(
            {
                "participant_id": participant,
                "start": start,
                "end": end,
                "code_id": code,
                "coder": selection.coder,
                "text": text,
                "file": file,
                "place": selection.place,
                "row": selection.row,
                "how": how,
            }
        )


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
            _report_code(code, path_of(code, tool), candidates, selections, study.codebook, coded.format, problems)
    return found


def _keep_notes(coded: CodedFile, participant_of: Mapping[str, str | None], found: _Found) -> None:
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


# --- coverage ---------------------------------------------------------------------------------------------------------


def _read_coverage(path: Path, study: Study, problems: Problems) -> tuple[pd.DataFrame, Problems]:
    frame, here = read_columns(path, problems, ("participant", "coder"), ("code",))
    report_unknown(frame, "participant", study.texts, here, "unknown-participant",
                   'There is no interview of "{}".', 'ไม่มีบทสัมภาษณ์ของ "{}"')  # fmt: skip
    report_unknown(frame, "code", study.codebook.ids, here, "unknown-code",
                   '"{}" is not a code of the codebook.', 'ไม่มีรหัส "{}" ในสมุดรหัส')  # fmt: skip
    report_empty(frame, ("participant", "coder"), here)
    return frame.rename(columns={"participant": "participant_id", "code": "code_id"}), here


def _codes_within(codes: pd.DataFrame) -> pd.DataFrame:
    """named, code_id: every code with itself and with each code below it."""
    parents = dict(zip(codes["code_id"], codes["parent_id"], strict=True))
    pairs = []
    for code in parents:
        named, seen = code, set()
        while named in parents and named not in seen:  # a circle is a problem of the codebook, told there
            pairs.append((named, code))
            seen.add(named)
            named = parents[named]
    return pd.DataFrame(pairs, columns=["named", "code_id"], dtype=str)


# --- what is told -----------------------------------------------------------------------------------------------------


def _report_files(tables: Sequence[Path], undeclared: Iterable[str], problems: Problems) -> None:
    """Add a problem where there is no coding at all, and where study.yml names a file that is not there."""
    if not tables:
        problems.add(
            "missing-file",
            "There is no coding in this folder.",
            "ไม่มีการลงรหัสในโฟลเดอร์นี้",
            hint_en=f"Put the project of your coding tool here ({', '.join(SUFFIXES)}).",
            hint_th=f"วางไฟล์โครงการจากโปรแกรมลงรหัสไว้ที่นี่ ({', '.join(SUFFIXES)})",
        )
    study_yml = f"{problems.file.rsplit('/', 1)[0]}/study.yml"
    for name in undeclared:
        hint_en, hint_th = did_you_mean(name, [path.name for path in tables])
        problems.add("missing-file", f'There is no file "{name}" in coding/.', f'ไม่มีไฟล์ "{name}" ใน coding/',
                     file=study_yml, column="coding.files", hint_en=hint_en, hint_th=hint_th)  # fmt: skip


def _report_code(
    code: ToolCode,
    name: str,
    candidates: Sequence[str],
    selections: Sequence[Selection],
    codebook: Codebook,
    format: str,
    problems: Problems,
) -> None:
    rows = [selection.row for selection in selections if selection.row is not None]
    times = len(selections)
    where_en, where_th = also_in(rows) if rows else (f" Given {times} time{'s' * (times > 1)}.", f" ใช้ {times} ครั้ง")
    row = rows[0] if rows else None
    if candidates:
        listed = ", ".join(f'"{id_}"' for id_ in candidates)
        problems.add(
            "ambiguous-code",
            f'"{name}" could be any of these codes: {listed}.{where_en}',
            f'"{name}" อาจเป็นรหัสใดก็ได้ในนี้: {listed}{where_th}',
            row=row,
            hint_en="Call it by its id, or with the code above it.",
            hint_th="ใช้รหัสประจำตัว (code_id) หรือเขียนรหัสแม่กำกับไว้ด้วย",
        )
        return
    hint_en, hint_th = did_you_mean(code.name, codebook.names)
    if format == "word":
        hint_en = f'{hint_en} A mere remark begins with "note:".'.strip()
        hint_th = f'{hint_th} ข้อสังเกตที่ไม่ใช่รหัสให้ขึ้นต้นด้วย "หมายเหตุ:"'.strip()
    problems.add(
        "unknown-code",
        f'"{name}" is not a code of the codebook.{where_en}',
        f'ไม่มีรหัส "{name}" ในสมุดรหัส{where_th}',
        row=row,
        hint_en=hint_en,
        hint_th=hint_th,
    )


def _report_documents(
    unknown: Sequence[Source], by_source: Mapping[str, Sequence[Selection]], study: Study, problems: Problems
) -> None:
    for source in unknown:
        name = one_line(source.name) or source.id
        rows = [selection.row for selection in by_source[source.id] if selection.row is not None]
        also_en, also_th = also_in(rows) if rows else ("", "")
        row = rows[0] if rows else None
        if candidates := study.participants.candidates(source):
            listed = ", ".join(f'"{id_}"' for id_ in candidates)
            problems.add(
                "ambiguous-participant",
                f'"{name}" could be the interview of any of these: {listed}.{also_en}',
                f'"{name}" อาจเป็นบทสัมภาษณ์ของคนใดก็ได้ในนี้: {listed}{also_th}',
                row=row,
                hint_en="Name the document in the coding tool by its participant, as the interview file is.",
                hint_th="ตั้งชื่อเอกสารในโปรแกรมลงรหัสตามรหัสผู้ให้ข้อมูล เหมือนชื่อไฟล์บทสัมภาษณ์",
            )
            continue
        hint_en, hint_th = did_you_mean(source.name, study.texts)
        problems.add(
            "unknown-participant",
            f'There is no interview of "{name}".{also_en}',
            f'ไม่มีบทสัมภาษณ์ของ "{name}"{also_th}',
            row=row,
            hint_en=hint_en or "Name the document in the coding tool by its participant, as the interview file is.",
            hint_th=hint_th or "ตั้งชื่อเอกสารในโปรแกรมลงรหัสตามรหัสผู้ให้ข้อมูล เหมือนชื่อไฟล์บทสัมภาษณ์",
        )


def _report_anonymous(selections: Sequence[Selection], file: str, format: str, problems: Problems) -> None:
    """Add a problem where nothing tells who coded; tables tell it themselves, row by row."""
    if selections:
        entry = f'coding: {{files: [{{file: "{file}", coder: SK}}]}}'
        more_en, more_th = "", ""
        if format == "taguette":
            more_en = " Taguette's exports don't tell several people apart: each codes in a project of their own."
            more_th = " ไฟล์ส่งออกของ Taguette ไม่แยกผู้ลงรหัสหลายคน แต่ละคนต้องลงรหัสในโครงการของตนเอง"
        problems.add(
            "no-coder",
            f"This file does not tell who coded (passages: {len(selections)}).",
            f"ไฟล์นี้ไม่บอกว่าใครเป็นผู้ลงรหัส (ข้อความ: {len(selections)})",
            hint_en=f"Say so in study.yml: {entry}{more_en}",
            hint_th=f"ระบุใน study.yml: {entry}{more_th}",
        )


def _report_double_rows(double: pd.DataFrame, problems: Problems) -> None:
    """Add a problem for a row of a table that says what one before it said; other files may say things twice."""
    for row in double[double["row"].notna()].to_dict("records"):
        problems.at(row["file"]).add(
            "double-segment",
            "The same coder gave this segment the same code in a row before.",
            "ผู้ลงรหัสคนเดียวกันให้รหัสนี้กับข้อความนี้ไว้แล้วในแถวก่อน",
            row=int(row["row"]),
            hint_en="Take one of the two rows out.",
            hint_th="ลบออกหนึ่งแถว",
        )


def _report_uncovered(segments: pd.DataFrame, coverage: pd.DataFrame, problems: Problems) -> None:
    keys = ["participant_id", "coder", "code_id"]
    known = pd.MultiIndex.from_frame(coverage[keys])
    for row in segments[~pd.MultiIndex.from_frame(segments[keys]).isin(known)].to_dict("records"):
        participant, coder, code = (row[key] for key in keys)
        problems.at(row["file"]).add(
            "uncovered-segment",
            f'By the coverage table, "{coder}" did not read "{participant}" for "{code}".',
            f'ตามตาราง coverage "{coder}" ไม่ได้อ่าน "{participant}" สำหรับรหัส "{code}"',
            row=None if pd.isna(row["row"]) else int(row["row"]),
            hint_en="Add a row to the coverage table, or correct this one.",
            hint_th="เพิ่มแถวในตาราง coverage หรือแก้แถวนี้",
        )


def _report_coder_spellings(
    segments: pd.DataFrame, covered: Sequence[tuple[pd.DataFrame, Problems]], problems: Problems
) -> None:
    """Add a problem where one coder seems to be written in two ways, at the first place of the rarer one."""
    spellings: dict[str, dict[str, list[tuple[int | None, Problems]]]] = {}

    def note(coder: str, row: int | None, here: Problems) -> None:
        ways = spellings.setdefault(re.sub(r"[\W_]", "", coder.casefold()), {})
        ways.setdefault(coder, []).append((row, here))

    for coder, file, row in zip(segments["coder"], segments["file"], segments["row"], strict=True):
        note(coder, None if pd.isna(row) else int(row), problems.at(file))
    for frame, here in covered:
        for coder, rows in rows_by_cell(frame["coder"]).items():
            for row in rows:
                note(coder, row, here)
    spellings.pop("", None)
    for ways in spellings.values():
        usual, *others = sorted(ways, key=lambda way: (-len(ways[way]), way))
        for other in others:
            row, here = ways[other][0]
            here.add(
                "coder-spelling",
                f'The coder "{other}" (rows: {len(ways[other])}) seems to be "{usual}" (rows: {len(ways[usual])}).',
                f'ผู้ลงรหัส "{other}" ({len(ways[other])} แถว) น่าจะเป็นคนเดียวกับ "{usual}" ({len(ways[usual])} แถว)',
                row=row,
                column="coder" if row is not None else "",
                hint_en=f'Write "{usual}" everywhere.',
                hint_th=f'เขียน "{usual}" ให้เหมือนกันทุกแห่ง',
            )


def _tell_beyond_text(number: int, problems: Problems) -> None:
    if number:
        problems.notice(
            "not-text",
            f"Selections in pictures and recordings are not read ({number} in this file).",
            f"ไม่ได้อ่านส่วนที่เลือกในภาพและไฟล์เสียงหรือวิดีโอ (ในไฟล์นี้ {number} แห่ง)",
            hint_en="Code their transcripts, if they are to count.",
            hint_th="หากต้องการให้นับรวม ให้ลงรหัสในบทถอดเสียง",
        )
