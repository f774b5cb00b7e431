"""The answers of a Google Form, as the form (.csv) or its spreadsheet (.csv, .xlsx) exports them.

The header is the question; of a grid each row is a column, `question [row]`; the first column is the time, in the
locale of the owner. Answers to a question with check boxes stand in one cell, `a, b, c`: nothing in the file says which
questions these are, so a column counts as one where its cells are made up of the same few answers (see `choices`).
"""

from __future__ import annotations

import re
from collections import Counter

from thongthin.read.survey.files.choices import answers_in_cells, split_column
from thongthin.read.survey.files.formats import FormTool
from thongthin.read.survey.files.model import Kind, SurveyColumn
from thongthin.read.survey.files.tables import Table

TIMESTAMPS = {"timestamp", "ประทับเวลา", "การประทับเวลา", "เวลาประทับ"}
# What Google adds to the questions.
METADATA = {"email address", "username", "ที่อยู่อีเมล", "ชื่อผู้ใช้"}
_SCORE = re.compile(r"\d+(\.\d+)? / \d+")
_GRID = re.compile(r"(?P<question>.*\S)\s*\[(?P<row>[^\[]*)\]")


def is_google_form(table: Table) -> bool:
    """Whether the first column is the one that Google puts there."""
    return table.written[0].casefold() in TIMESTAMPS


def google_columns(table: Table) -> list[SurveyColumn]:
    """The columns of the table, each choice of check boxes as a column of its own behind its question."""
    grids = Counter(match["question"] for name in table.written if (match := _GRID.fullmatch(name)))
    columns: list[SurveyColumn] = []
    for header, written in zip(list(table.frame.columns), table.written, strict=True):
        names = (written,) if written != header else ()
        cells = table.frame[header]
        match = _GRID.fullmatch(written)
        group = match["question"] if match and grids[match["question"]] > 1 else ""
        text = match["row"] if match and group else written
        kind: Kind = "timestamp" if written.casefold() in TIMESTAMPS else ""
        given = [str(cell) for cell in cells.unique() if cell]
        if written.casefold() in METADATA or (given and all(map(_SCORE.fullmatch, given))):
            kind = "metadata"
        answers = answers_in_cells(cells, ", ") if not kind else []
        kind = "select_multiple" if answers else kind
        column = SurveyColumn(header, text, group=group, kind=kind, names=names)
        columns.append(column)
        columns += split_column(table.frame, column, {answer: answer for answer in answers}, ", ")
    return columns


GOOGLE_FORMS = FormTool("google_forms", "Google Forms", is_google_form, lambda table, _: google_columns(table))
