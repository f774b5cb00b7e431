"""Several response files of one survey, put one below the other, each row under a label that tells its file.

In order: each file in its own terms (`readers.survey_files`); the columns of site, group, id, times and weight, by the
headers that count for each file; the columns of the first file and those of the others laid together, by header, by a
header that differs in spacing and punctuation, or as study.yml says; what the files say of a column, made one. Where a
value has another label in another file, that file's answers are taken in words.

Files of several waves are joined in `readers.survey_waves`.

Fails, with problems, on a file that cannot be read, on one that has not the columns that study.yml names, on sites and
groups that are none, and on files that are large enough to be counted and not held.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import numpy as np
import pandas as pd

from thongthin.basics.files import LARGE_SURVEY
from thongthin.basics.language import one_line
from thongthin.basics.nearest import did_you_mean, nearest
from thongthin.basics.problems import Problems
from thongthin.basics.yaml_source import flow_line
from thongthin.contract.answer_scales import comparable
from thongthin.contract.study import Study
from thongthin.contract.survey import ResponseFile, Survey
from thongthin.read.frame import ONE_SITE
from thongthin.read.survey.columns import SurveyColumns
from thongthin.read.survey.files import Format, SurveyColumn, SurveyFile, read_survey_file
from thongthin.read.survey.places import FILE_ROWS, Part

# What study.yml names a column for, beside the items; the site and the group may be the same for a whole file.
ROLES = ("site", "group", "respondent", "submitted", "started", "duration", "weight")
CONSTANT = {"site": "of_site", "group": "of_group"}
_LISTED = 6


class Differ(NamedTuple):
    """Labels of a column that differ between files.

    Attributes:
        part, column: the file whose answers were taken in words, and its column.
        before: the column as files before have it.
        values: those whose labels differ, in order; none: the file has no labels at all, and codes of the others.
    """

    part: Part
    column: SurveyColumn
    before: SurveyColumn
    values: list[str]


class Merged(NamedTuple):
    """A column of several files as one, its cells one below the other, and the labels that differ."""

    column: SurveyColumn
    cells: pd.Series
    differ: list[Differ]


@dataclass
class Stack(SurveyFile):
    """Files put one below the other, in the shape of one.

    Attributes:
        parts: places of the files in study.yml.
        headers: as those of `Places`.
        differ: labels that differ between the files, by header.
    """

    parts: list[int] = field(default_factory=list)
    headers: dict[str, dict[int, str]] = field(default_factory=dict)
    differ: dict[str, list[Differ]] = field(default_factory=dict)


# --- reading ----------------------------------------------------------------------------------------------------------


def read_each(folder: Path, sites: pd.DataFrame, study: Study, problems: Problems) -> list[Part] | None:
    """Every file of the survey in its own terms; None, with problems added, if one can't be read.

    Args:
        folder: survey/ of the study.
        problems: bound to the first file.
    """
    survey = study.survey
    assert survey is not None
    if _report_large(folder, survey, problems):
        return None
    before = len(problems)
    parts: list[Part] = []
    beside = PurePosixPath(problems.file).parent
    for own in survey.files:
        here = problems.at((beside / own.file).as_posix())
        form = folder / own.form if own.form else None
        file = read_survey_file(folder / own.file, here, sheet=own.sheet, form=form, format=own.format)
        if file is not None and not file.frame.empty:
            parts.append(Part(own, file, here.at(here.file, file.sheet)))
        _report_constants(own, sites, study, here)
    return parts if len(problems) == before else None


def _report_large(folder: Path, survey: Survey, problems: Problems) -> bool:
    """A problem where files are so large, alone or together, that one such file would be counted and not held."""
    paths = [folder / name for name in survey.file_names]
    share = sum(
        path.stat().st_size / LARGE_SURVEY[path.suffix.lower()]
        for path in paths
        if path.is_file() and path.suffix.lower() in LARGE_SURVEY
    )
    if share <= 1:
        return False
    problems.add(
        "large-files",
        "These files are together too large to be held, and only a survey in one file is counted without being held.",
        "ไฟล์เหล่านี้รวมกันใหญ่เกินกว่าจะอ่านทั้งหมดได้ และระบบนับคำตอบจำนวนมากได้เฉพาะแบบสอบถามที่อยู่ในไฟล์เดียว",
        hint_en="Put them into one .csv or .parquet, waves side by side by the id, and name it: file: ... in place of"
        " files.",
        hint_th="รวมเป็นไฟล์ .csv หรือ .parquet ไฟล์เดียว (หากเก็บสองช่วง ให้วางคอลัมน์เคียงกันตามรหัสผู้ตอบ) แล้วระบุ file: แทน files",
    )
    return True


def _report_constants(own: ResponseFile, sites: pd.DataFrame, study: Study, problems: Problems) -> None:
    """Add a problem for a site or group of a whole file that the study does not have."""
    files = study.survey.files if study.survey else []
    known = {
        "of_site": (own.of_site, list(sites["site_id"]), "site", "พื้นที่"),
        "of_group": (own.of_group, [group.id for group in study.groups], "group", "กลุ่ม"),
    }
    for key, (id_, ids, en, th) in known.items():
        if id_ and ids and id_ not in ids:
            hint_en, hint_th = did_you_mean(id_, ids)
            if key == "of_site" and ids == [ONE_SITE]:
                hint_en, hint_th = "List the sites in sites.csv.", "ระบุพื้นที่ใน sites.csv"
            elif key == "of_group" and "groups" not in study.model_fields_set:
                named = dict.fromkeys(file.of_group for file in files if file.of_group)
                line = flow_line("groups", [{"id": one, "label": one} for one in named])
                hint_en, hint_th = f"Add to study.yml: {line}", f"เพิ่มใน study.yml: {line}"
            problems.add(
                f"unknown-{en}",
                f'{key} of this file in study.yml is "{id_}", which is the id of no {en}.',
                f'{key} ของไฟล์นี้ใน study.yml คือ "{id_}" ซึ่งไม่ใช่รหัสของ{th}ใด',
                hint_en=hint_en,
                hint_th=hint_th,
            )


def role_headers(parts: Sequence[Part]) -> dict[str, str]:
    """What the columns of site, group, id ... are called in the table of all files: as no column of any file is."""
    taken = {header for part in parts for header in part.file.frame.columns}
    return {role: f"survey.{role}" + "*" * (f"survey.{role}" in taken) for role in ROLES}


def survey_of_all(survey: Survey, headers: Iterable[str], roles: Mapping[str, str]) -> Survey:
    """The part `survey` of study.yml as it reads the table of all files."""
    there = set(headers)
    named = {role: header if header in there else None for role, header in roles.items()}
    return survey.model_copy(update=named)


# --- putting together -------------------------------------------------------------------------------------------------


def stack(
    places: Sequence[int],
    parts: Sequence[Part],
    survey: Survey,
    roles: Mapping[str, str],
    questions: Collection[str] = (),
) -> Stack | None:
    """Files put one below the other; None, with problems added, if a column that study.yml names is not there.

    Args:
        places: which of the parts; the first of them gives names and order of the columns.
        roles: as from `role_headers`.
        questions: those whose cells hold several answers, as items name them.
    """
    own = [parts[place] for place in places]
    before = sum(len(part.problems) for part in own)
    mixed = len({part.file.format for part in parts}) > 1
    first = own[0]
    called: list[dict[str, str]] = [{header: header for header in first.file.frame.columns}]
    for part in own[1:]:
        called.append(_called(part, first, own))
    pieces: dict[str, list[tuple[int, SurveyColumn, pd.Series]]] = defaultdict(list)
    for place, part, names in zip(places, own, called, strict=True):
        labels = (place + 1) * FILE_ROWS + part.file.frame.index.to_numpy(dtype=np.int64)
        spaced = _spaced(part, questions) if mixed else set()
        for column in part.file.columns:
            cells = part.file.frame[column.header].set_axis(labels)
            if column.header in spaced:  # beside files that separate answers otherwise
                cells = cells.map(lambda cell: ";".join(cell.split()))
            pieces[names[column.header]].append((place, column, cells))
        for role, header in roles.items():
            found_role, cells = _role(role, part, survey, alone=not survey.in_waves)
            if found_role is not None:
                plain = replace(found_role, header=header, text="", texts={}, group="", names=(), choice_of="", kind="")
                pieces[header].append((place, plain, cells.set_axis(labels)))
    if sum(len(part.problems) for part in own) > before:
        return None
    index = np.concatenate(
        [(place + 1) * FILE_ROWS + parts[place].file.frame.index.to_numpy(dtype=np.int64) for place in places]
    )
    columns: list[SurveyColumn] = []
    frames: dict[str, pd.Series] = {}
    differ: dict[str, list[Differ]] = {}
    for header, found in pieces.items():
        made = merged(header, [(parts[place], column, cells) for place, column, cells in found])
        frames[header], differ[header] = made.cells, made.differ
        columns.append(made.column)
    frame = pd.DataFrame({header: cells.reindex(index, fill_value="") for header, cells in frames.items()}, index=index)
    _with_choices_nobody_made(frame, columns)
    headers = {
        header: {place: column.header for place, column, _ in found}
        for header, found in pieces.items()
        if header not in roles.values()
    }
    for role, header in roles.items():
        if header in pieces:
            headers[header] = {place: _header_of(role, parts[place], survey) for place, _, _ in pieces[header]}
    return Stack(format_of(own), frame, columns, first.file.sheet, list(places), headers, differ)


def _spaced(part: Part, questions: Collection[str]) -> set[str]:
    """Headers of the columns of a file whose cells hold several answers with spaces between, as KoboToolbox does."""
    if part.file.format != "kobo":
        return set()
    columns = SurveyColumns(part.file, Problems())
    found = {column.header for name in questions if (column := columns.find(name, "")) and not column.choice_of}
    return found | {column.header for column in part.file.columns if column.kind == "select_multiple"}


def format_of(parts: Sequence[Part]) -> Format:
    """The format of files together: what the reader does for one of these alone, it has to do."""
    formats = [part.file.format for part in parts]
    special: tuple[Format, ...] = ("qualtrics", "google_forms")
    if len(set(formats)) == 1:
        return formats[0]
    return next((own for own in special if own in formats), "xlsx")


def _role(role: str, part: Part, survey: Survey, *, alone: bool) -> tuple[SurveyColumn | None, pd.Series]:
    """The column of a file that holds the site, the id ..., and its cells; None, perhaps with a problem, if none does.

    Args:
        alone: whether it must be in this file, rather than in one of its wave or the other.
    """
    frame = part.file.frame
    nothing = pd.Series("", index=frame.index, dtype=str)
    constant = getattr(part.settings, CONSTANT.get(role, ""), None)
    if constant:
        return SurveyColumn(role), pd.Series(constant, index=frame.index, dtype=str)
    name = getattr(part.settings, role) or getattr(survey, role)
    if not name:
        return None, nothing
    must = alone or bool(getattr(part.settings, role)) or role == "respondent"
    added = len(part.problems)
    column = SurveyColumns(part.file, part.problems if must else Problems()).find(name, "study.yml")
    if column is not None:
        return column, frame[column.header]
    if len(part.problems) > added:
        _add_other_name(role, part)
    return None, nothing


def _add_other_name(role: str, part: Part) -> None:
    """Say in the last problem how study.yml names another column, or one site or group, for a whole file."""
    problem = part.problems.found[-1]
    own = {"file": part.settings.file, role: "HEADER"}
    line = flow_line("files", [own]).removeprefix("files: [").removesuffix("]")
    en = f"If it has another header in this file, name it under files in study.yml: {line}."
    th = f"หากไฟล์นี้ใช้หัวคอลัมน์อื่น ให้ระบุใต้ files ใน study.yml: {line}"
    if role in CONSTANT:
        en += f" If all of this file are of one {role}: {CONSTANT[role]}: ID."
        th += f" หากทั้งไฟล์เป็น{'พื้นที่' if role == 'site' else 'กลุ่ม'}เดียวกัน ให้ระบุ {CONSTANT[role]}: รหัส"
    part.problems.found[-1] = replace(
        problem, hint_en=f"{problem.hint_en} {en}".strip(), hint_th=f"{problem.hint_th} {th}".strip()
    )


def _header_of(role: str, part: Part, survey: Survey) -> str:
    """The header of the column that holds the site, the id ... in a file; the key of study.yml that says it for all."""
    column, _ = _role(role, part, survey, alone=False)
    return CONSTANT[role] if column is None or (column.header == role and role in CONSTANT) else column.header


def _called(part: Part, first: Part, own: Sequence[Part]) -> dict[str, str]:
    """What each column of a file is called in the table: as in the first file, or by its own header."""
    theirs, ours = list(part.file.frame.columns), list(first.file.frame.columns)
    said: dict[str, str] = {}
    for written, meant in part.settings.columns.items():
        for name, headers, of in ((written, theirs, part), (meant, ours if meant != written else theirs, first)):
            if one_line(name) not in headers:
                near = ", ".join(f'"{header}"' for header in nearest(name, headers))
                of.problems.add(
                    "missing-column",
                    f'There is no column "{name}", which study.yml names under columns of {part.settings.file}.',
                    f'ไม่มีคอลัมน์ "{name}" ตามที่ระบุใน columns ของ {part.settings.file} ใน study.yml',
                    row=1,
                    column=name,
                    hint_en=f"Did you mean {near}?" if near else "Copy the header from this file, letter by letter.",
                    hint_th=f"หมายถึง {near} หรือไม่" if near else "คัดลอกหัวคอลัมน์จากไฟล์นี้ให้ตรงทุกตัวอักษร",
                )
        said[one_line(written)] = one_line(meant)
    called = {header: said.get(header, header) for header in theirs}
    left = [header for header in theirs if header not in said and header not in ours]
    free = [header for header in ours if header not in called.values()]
    alike = {key: [h for h in free if comparable(h) == key] for key in {comparable(header) for header in free}}
    pairs = []
    for header in left:
        fitting = alike.get(comparable(header), [])
        if len(fitting) == 1 and sum(comparable(other) == comparable(header) for other in left) == 1:
            called[header] = fitting[0]
            pairs.append((header, fitting[0]))
    if pairs:
        listed = "; ".join(f'"{theirs}" = "{ours}"' for theirs, ours in pairs[:_LISTED])
        more = f" ... ({len(pairs)})" if len(pairs) > _LISTED else ""
        part.problems.notice(
            "forgiven-column",
            f"These headers differ in spacing or punctuation from those of {own[0].name}, and were taken for the same:"
            f" {listed}{more}.",
            f"หัวคอลัมน์เหล่านี้ต่างจากใน {own[0].name} เพียงช่องว่างหรือเครื่องหมาย จึงถือว่าเป็นคอลัมน์เดียวกัน: {listed}{more}",
            row=1,
        )
    return called


def merged(header: str, pieces: Sequence[tuple[Part, SurveyColumn, pd.Series]]) -> Merged:
    """A column that stands in several files as one.

    A value with another label than in a file before is taken in words, and so are all answers of its file: these mean
    what their own file says.
    """
    (first, column, cells), *others = pieces
    column = replace(column, header=header, names=_names(column, header))
    frames, told = [cells], list[Differ]()
    for part, other, own in others:
        differ = [
            value
            for value in column.values
            if value in other.values
            and (
                comparable(column.values[value]) != comparable(other.values[value])
                or (value in column.missing) != (value in other.missing)
            )
        ]
        if differ:
            told.append(Differ(part, other, column, differ))
            frames.append(own.map(lambda cell, values=other.values: values.get(cell, cell)))
            continue
        frames.append(own)
        for bare, there, mine, labelled in ((part, other, own, column), (first, column, cells, other)):
            if not there.values and mine.isin(list(labelled.values)).any():
                told.append(Differ(bare, there, labelled, []))
        languages = {*column.labels, *other.labels}
        column = replace(
            column,
            values={**column.values, **{v: label for v, label in other.values.items() if v not in column.values}},
            labels={lang: {**other.labels.get(lang, {}), **column.labels.get(lang, {})} for lang in languages},
            missing=column.missing | other.missing,
            reasons={**other.reasons, **column.reasons},
            kept=column.kept | other.kept,
            names=tuple(dict.fromkeys([*column.names, *_names(other, header)])),
            text=column.text or other.text,
            texts={**other.texts, **column.texts},
            group=column.group or other.group,
            kind=column.kind or other.kind,
            choice_of=column.choice_of or other.choice_of,
        )
    return Merged(column, pd.concat(frames), told)


def _names(column: SurveyColumn, header: str) -> tuple[str, ...]:
    """Other names of a column under a new header."""
    return tuple(name for name in dict.fromkeys([*column.names, column.header]) if name != header)


def _with_choices_nobody_made(frame: pd.DataFrame, columns: Sequence[SurveyColumn]) -> None:
    """Put 0 where a file lacks the column of a choice because nobody made it, and the question was answered."""
    questions: dict[str, list[str]] = defaultdict(list)
    for column in columns:
        if column.choice_of:
            questions[column.choice_of].append(column.header)
    for headers in questions.values():
        answered = (frame[headers] != "").any(axis=1)
        for header in headers:
            frame[header] = frame[header].where((frame[header] != "") | ~answered, "0")
