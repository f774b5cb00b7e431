"""Survey files as people's tools write them: Google Forms, KoboToolbox and ODK, LimeSurvey, Qualtrics, SPSS, Stata,
jamovi, R, tables.

In order: the format is recognised by the ending of the file and by what stands in it, unless study.yml names it; the
file is read in its own terms (a module a format), which gives cells of text and what the file says of its columns;
times are written as ISO 8601; headers that stand twice are numbered, and told as notices. Rows of a table that are no
respondents (`header_rows`) are taken off and told.

Fails, with problems, on a file that can't be read or has no rows, on a sheet or form that is not there or could be
one of several, on names of columns that stand below titles, and on a file that is not of the format named.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

from thongthin.basics.problems import Problems
from thongthin.read.files.sheets import FORMATS as TABLES
from thongthin.read.survey.files.damage import tell_damaged
from thongthin.read.survey.files.formats import FormTool
from thongthin.read.survey.files.google_forms import GOOGLE_FORMS
from thongthin.read.survey.files.header_rows import second_header, take_off_key
from thongthin.read.survey.files.jamovi import JAMOVI
from thongthin.read.survey.files.kobo import KOBO
from thongthin.read.survey.files.limesurvey import LIMESURVEY
from thongthin.read.survey.files.model import Format, SurveyColumn, SurveyFile
from thongthin.read.survey.files.other_formats import how_to_export
from thongthin.read.survey.files.parquet import PARQUET
from thongthin.read.survey.files.qualtrics import QUALTRICS
from thongthin.read.survey.files.r_data import R
from thongthin.read.survey.files.spss import SPSS
from thongthin.read.survey.files.stata import STATA
from thongthin.read.survey.files.tables import Table, read_table
from thongthin.read.survey.files.times import with_iso_times

__all__ = ["NAMES", "SUFFIXES", "Format", "SurveyColumn", "SurveyFile", "read_survey_file"]

# Every format: a new one is its module, which says what its files are, and an entry here. Of several tools that would
# take a table, the first one does.
PROGRAMS = (SPSS, STATA, JAMOVI, R, PARQUET)
TOOLS = (QUALTRICS, LIMESURVEY, KOBO, GOOGLE_FORMS)
# What a survey file may be.
SUFFIXES = (*TABLES, *(ending for program in PROGRAMS for ending in program.endings))
# What people call each format.
NAMES: dict[Format, str] = {
    "csv": "CSV",
    "xlsx": "Excel, OpenDocument",
    **{tool.format: tool.name for tool in TOOLS},
    **{program.format: program.name for program in PROGRAMS},
}


def read_survey_file(
    path: Path,
    problems: Problems,
    *,
    sheet: str | None = None,
    form: Path | None = None,
    format: Format | None = None,
) -> SurveyFile | None:
    """A survey file in its own terms.

    Args:
        problems: bound to the file with `Problems.at`.
        sheet: name of the worksheet; None finds the one with the answers.
        form: the XLSForm of KoboToolbox or ODK, or LimeSurvey's structure (.lss); None looks for it in the file and
            beside it.
        format: as study.yml names it; None recognises it.

    Returns:
        None, with a problem added, if the file can't be read. A file without rows is a problem, and returned.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        _report_format(path, problems)
        return None
    program = next((program for program in PROGRAMS if suffix in program.endings), None)
    of_a_program = format in {own.format for own in PROGRAMS}
    if format is not None and format != (program and program.format) and (program or of_a_program):
        _report_other_format(format, suffix, problems)
        return None
    file = program.read(path, problems) if program else _from_table(path, problems, sheet, form, format)
    if file is None:
        return None
    here = problems.at(problems.file, file.sheet)
    if file.frame.empty:
        _report_no_rows(here)
    for column in file.columns:
        if column.kind == "timestamp":
            file.frame[column.header] = with_iso_times(file.frame[column.header], here)
    tell_damaged(file, here)
    return file


def recognised(table: Table) -> FormTool | None:
    """The tool that exported a table, by what it adds to the questions; None if it is a table like any other."""
    return next((tool for tool in TOOLS if tool.is_own(table)), None)


def _from_table(
    path: Path, problems: Problems, sheet: str | None, form: Path | None, format: Format | None
) -> SurveyFile | None:
    table = read_table(path, problems, sheet)
    if table is None:
        return None
    take_off_key(table)
    has_own = any(tool.has_texts_below and tool.is_own(table) for tool in TOOLS)
    texts = {} if has_own else second_header(table)
    doubled = sorted({w for w, header in zip(table.written, table.frame.columns, strict=True) if w != header})
    asked = len(problems)
    tool, its_form = _tool_of(table, path, problems, form, format)
    plain: Format = "csv" if path.suffix.lower() == ".csv" else "xlsx"
    found = tool.format if tool else format or plain
    if len(problems) > asked and tool:
        return None
    columns = tool.columns(table, its_form) if tool else _plain_columns(table)
    if columns is None:
        return None
    columns = [
        replace(own, text=texts[own.header], names=(*own.names, texts[own.header]))
        if own.header in texts and own.text in ("", own.header, texts[own.header])
        else own
        for own in columns
    ]
    for header in doubled:
        _tell_double(header, table)
    return SurveyFile(found, table.frame, columns, table.here.sheet)


def _tool_of(
    table: Table, path: Path, problems: Problems, form: Path | None, format: Format | None
) -> tuple[FormTool | None, Any]:
    """The tool that a table is from and its form, as its module reads it; None for a table like any other.

    A problem is added where the form can't be read, or could be one of several.
    """
    if format:
        tool = next((own for own in TOOLS if own.format == format), None)
    elif form:
        # An XLSForm may be in any format of tables; what is none is told when it is read.
        tool = next((own for own in TOOLS if form.suffix.lower() in own.form_endings), KOBO)
    else:
        tool = recognised(table)
    if tool is None and not format:  # headers in a language that is not known here
        for own in TOOLS:
            if own.known_by_form and own.form_beside and (found := own.form_beside(path, table, problems)):
                return own, found
    if tool is None or tool.read_form is None or tool.form_beside is None:
        return tool, None
    if form is None:
        return tool, tool.form_beside(path, table, problems)
    named = problems.at((PurePosixPath(problems.file).parent / form.name).as_posix())
    its_form = tool.read_form(form, named)
    if its_form is not None and tool.asks_for:
        _report_other_form(*tool.asks_for(its_form, table), path.name, named)
    return tool, its_form


def _plain_columns(table: Table) -> list[SurveyColumn]:
    return [
        SurveyColumn(header, written, names=(written,) if written != header else ())
        for header, written in zip(table.frame.columns, table.written, strict=True)
    ]


# --- what is told ---------------------------------------------------------------------------------------------------


def _report_format(path: Path, problems: Problems) -> None:
    listed = ", ".join(SUFFIXES)
    hint_en, hint_th = how_to_export(path)
    problems.add(
        "unknown-format",
        f'Surveys are read from {listed}; this is "{path.suffix or path.name}".',
        f'อ่านแบบสอบถามได้จากไฟล์ {listed} แต่ไฟล์นี้เป็น "{path.suffix or path.name}"',
        hint_en=hint_en,
        hint_th=hint_th,
    )


def _report_other_format(format: Format, suffix: str, problems: Problems) -> None:
    problems.add(
        "unknown-format",
        f'This file ends in "{suffix}", so it is not of the format "{format}".',
        f'ไฟล์นี้ลงท้ายด้วย "{suffix}" จึงไม่ใช่รูปแบบ "{format}"',
        hint_en="Correct the format, or leave it out: it is recognised.",
        hint_th="แก้ format หรือลบออก โปรแกรมรู้จักรูปแบบได้เอง",
    )


def _report_other_form(found: int, asked: int, survey: str, problems: Problems) -> None:
    """Tell of a form that was named and asks for little of what stands in the survey; of one that asks for nothing, as
    a problem: labels and languages would be missing without a word.
    """
    if 2 * found >= asked and found:
        return
    (problems.notice if found else problems.add)(
        "other-form",
        f'Few questions of this form stand in "{survey}": {found} of {asked}.'
        if found
        else f'No question of this form stands in "{survey}".',
        f'แบบฟอร์มนี้ตรงกับ "{survey}" เพียง {found} จาก {asked} คำถาม'
        if found
        else f'ไม่มีคำถามใดของแบบฟอร์มนี้อยู่ใน "{survey}"',
        hint_en="Is it the form of this survey, in its present version, and undamaged? Download it again.",
        hint_th="เป็นแบบฟอร์มของแบบสอบถามนี้ ฉบับปัจจุบัน และไฟล์ไม่เสียหายใช่หรือไม่ ให้ดาวน์โหลดใหม่",
    )


def _report_no_rows(problems: Problems) -> None:
    problems.add(
        "no-rows",
        "This survey has no answers: there is no row below the header.",
        "แบบสอบถามนี้ไม่มีคำตอบ: ไม่มีแถวใดใต้หัวตาราง",
        row=1,
        hint_en="Is it the right sheet, and the right export?",
        hint_th="เป็นแผ่นงานและไฟล์ที่ถูกต้องหรือไม่",
    )


def _tell_double(header: str, table: Table) -> None:
    times = table.written.count(header)
    table.here.notice(
        "double-column",
        f'The column "{header}" stands {times} times; the columns are called "{header} (1)", "{header} (2)" ... here.',
        f'คอลัมน์ "{header}" ปรากฏ {times} ครั้ง ในที่นี้จึงเรียกว่า "{header} (1)", "{header} (2)" ...',
        row=1,
        column=header,
    )
