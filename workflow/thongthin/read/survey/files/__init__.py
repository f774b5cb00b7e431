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

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from thongthin.basics.problems import Problems
from thongthin.read.files.sheets import WORKBOOKS
from thongthin.read.survey.files.damage import tell_damaged
from thongthin.read.survey.files.google_forms import google_columns, is_google_form
from thongthin.read.survey.files.header_rows import second_header, take_off_key
from thongthin.read.survey.files.jamovi import read_jamovi
from thongthin.read.survey.files.kobo import form_beside, is_kobo, kobo_columns, read_form
from thongthin.read.survey.files.limesurvey import codes_and_texts, is_limesurvey, limesurvey_columns
from thongthin.read.survey.files.limesurvey_form import read_structure, structure_beside
from thongthin.read.survey.files.model import Format, SurveyColumn, SurveyFile
from thongthin.read.survey.files.other_formats import how_to_export
from thongthin.read.survey.files.parquet import read_parquet
from thongthin.read.survey.files.qualtrics import is_qualtrics, qualtrics_columns
from thongthin.read.survey.files.r_data import read_r
from thongthin.read.survey.files.spss import read_spss
from thongthin.read.survey.files.stata import read_stata
from thongthin.read.survey.files.tables import Table, read_table
from thongthin.read.survey.files.times import with_iso_times

__all__ = ["SUFFIXES", "Format", "SurveyColumn", "SurveyFile", "read_survey_file"]

# Files of one program each: the format that they are of, and their reader.
_OF_PROGRAMS: dict[str, tuple[Format, Callable[[Path, Problems], SurveyFile | None]]] = {
    ".sav": ("spss", read_spss),
    ".zsav": ("spss", read_spss),
    ".dta": ("stata", read_stata),
    ".omv": ("jamovi", read_jamovi),
    ".rds": ("r", read_r),
    ".parquet": ("parquet", read_parquet),
}
# What a survey file may be.
SUFFIXES = (".csv", *WORKBOOKS, *_OF_PROGRAMS)


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
    of_program, read = _OF_PROGRAMS.get(suffix, (None, None))
    only = {own for own, _ in _OF_PROGRAMS.values()}
    if format is not None and format != of_program and (of_program or format in only):
        _report_other_format(format, suffix, problems)
        return None
    file = read(path, problems) if read else _from_table(path, problems, sheet, form, format)
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


def recognised(table: Table) -> Format | None:
    """The tool that exported a table, by what it adds to the questions; None if it is a table like any other."""
    if is_qualtrics(table):
        return "qualtrics"
    if is_limesurvey(table):
        return "limesurvey"
    if is_kobo(table):
        return "kobo"
    return "google_forms" if is_google_form(table) else None


def _from_table(
    path: Path, problems: Problems, sheet: str | None, form: Path | None, format: Format | None
) -> SurveyFile | None:
    table = read_table(path, problems, sheet)
    if table is None:
        return None
    take_off_key(table)
    texts = {} if is_qualtrics(table) else second_header(table)
    plain: Format = "csv" if path.suffix.lower() == ".csv" else "xlsx"
    of_form: Format | None = None if form is None else "limesurvey" if form.suffix.lower() == ".lss" else "kobo"
    found = format or of_form or recognised(table) or plain
    structure = None
    if found in ("csv", "xlsx") and not format:  # headers in a language that is not known here
        structure = structure_beside(path, codes_and_texts(table), problems)
        found = "limesurvey" if structure else found
    doubled = sorted({w for w, header in zip(table.written, table.frame.columns, strict=True) if w != header})
    columns: Sequence[SurveyColumn] | None
    if found == "qualtrics":
        columns = qualtrics_columns(table)
    elif found == "limesurvey":
        asked = len(problems)
        if form:
            structure = read_structure(form, problems.at(form.name))
        elif structure is None:
            structure = structure_beside(path, codes_and_texts(table), problems)
        columns = limesurvey_columns(table, structure) if len(problems) == asked else None
    elif found == "google_forms":
        columns = google_columns(table)
    elif found == "kobo":
        asked = len(problems)
        xlsform = read_form(form, problems.at(form.name)) if form else form_beside(path, table.written, problems)
        columns = kobo_columns(table, xlsform) if len(problems) == asked else None
    else:
        columns = [
            SurveyColumn(header, written, names=(written,) if written != header else ())
            for header, written in zip(table.frame.columns, table.written, strict=True)
        ]
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
    return SurveyFile(found, table.frame, list(columns), table.here.sheet)


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
