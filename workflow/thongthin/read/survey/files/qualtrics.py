"""The answers that Qualtrics exports as .csv: three rows of headers (names, questions, ids of the import).

The second row gives the questions, the third shows that it is such a file; both are taken off the answers. Columns of
one matrix (`Q5_1`, `Q5_2`, whose questions begin alike up to a " - ") get their question as group. Questions with
several answers, one column a choice, become 1 and 0; where all choices share a cell, it is split at its commas.
Preview rows stay: `readers.survey` decides about them.

Fails, with a problem, where study.yml calls a file Qualtrics that has no such rows.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace

import pandas as pd

from thongthin.basics.language import one_line
from thongthin.read.survey.files.choices import answers_in_cells, spelled, split_column
from thongthin.read.survey.files.formats import FormTool
from thongthin.read.survey.files.model import Kind, SurveyColumn, with_zeros
from thongthin.read.survey.files.tables import Table

TIMES = {"StartDate", "EndDate", "RecordedDate"}
METADATA = {
    "Status", "IPAddress", "Progress", "Duration (in seconds)", "Finished", "ResponseId", "RecipientLastName",
    "RecipientFirstName", "RecipientEmail", "ExternalReference", "LocationLatitude", "LocationLongitude",
    "DistributionChannel", "UserLanguage", "Q_RecaptchaScore", "Q_DuplicateRespondent", "Q_BallotBoxStuffing",
}  # fmt: skip
_ID = re.compile(r'\{\s*"ImportId"\s*:')
_DASH = " - "
_NUMBERED = re.compile(r"(?P<question>.+)_(?P<number>\d+)")


def is_qualtrics(table: Table) -> bool:
    """Whether a row of import ids stands below the questions."""
    return _rows_of_header(table.frame) is not None


def qualtrics_columns(table: Table) -> list[SurveyColumn] | None:
    """The columns of the table, without the two more rows of headers; None with a problem if they aren't there."""
    rows = _rows_of_header(table.frame)
    if rows is None:
        table.here.add(
            "no-qualtrics",
            "This is no Qualtrics export with its three rows of headers (names, questions, ids).",
            "ไฟล์นี้ไม่ใช่ไฟล์ส่งออกของ Qualtrics ที่มีหัวตารางสามแถว (ชื่อ คำถาม รหัส)",
            row=3,
            hint_en="Export again as CSV and keep all rows; or take the format out of study.yml.",
            hint_th="ส่งออกใหม่เป็น CSV โดยไม่ลบแถวใด หรือลบ format ออกจาก study.yml",
        )
        return None
    questions = {header: one_line(str(table.frame.at[rows[0], header])) for header in table.frame.columns}
    table.frame = table.frame.drop(index=rows)
    columns = []
    for header, written in zip(list(table.frame.columns), table.written, strict=True):
        kind: Kind = "timestamp" if header in TIMES else "metadata" if header in METADATA else ""
        column = SurveyColumn(header, questions[header] or header, kind=kind, names=(written,) * (written != header))
        columns.append(column)
    columns = _in_groups(table.frame, columns)
    split: list[SurveyColumn] = []
    for column in columns:
        answers = answers_in_cells(table.frame[column.header], ",") if not column.kind else []
        column = replace(column, kind="select_multiple") if answers else column
        ways = {answer: spelled(table.frame[column.header], answer, ",") for answer in answers}
        split += [column, *split_column(table.frame, column, ways, ",")]
    return split


def _rows_of_header(frame: pd.DataFrame) -> list[int] | None:
    """The rows of questions and of ids below the names; that of questions alone, where somebody took the ids out."""
    top = [int(row) for row in frame.index[:2]]
    if len(top) == 2 and any(_ID.match(str(cell)) for cell in frame.loc[top[1]]):
        return top
    known = [header for header in frame.columns if header in METADATA | TIMES]
    spelled = [_letters(str(frame.at[top[0], header])) == _letters(header) for header in known] if top else []
    return top[:1] if len(spelled) >= 3 and sum(spelled) >= 2 else None


def _letters(text: str) -> str:
    return re.sub(r"[^a-z]", "", text.lower())


def _in_groups(frame: pd.DataFrame, columns: list[SurveyColumn]) -> list[SurveyColumn]:
    """Rows of one matrix under their question; choices as 1 and 0."""
    members = defaultdict(list)
    for column in columns:
        if not column.kind and (match := _NUMBERED.fullmatch(column.header)):
            members[match["question"]].append(column)
    changed: dict[str, SurveyColumn] = {}
    for question, own in members.items():
        common = _common_question([column.text for column in own])
        if len(own) < 2 or not common:
            continue
        rows = {c.header: replace(c, text=c.text[len(common) + len(_DASH) :], group=common) for c in own}
        chosen = {header: _chosen(frame[header], column) for header, column in rows.items()}
        if all(cells is not None for cells in chosen.values()) and any(chosen.values()):
            with_zeros(frame, list(rows), {header: cells or frozenset() for header, cells in chosen.items()})
            rows = {h: replace(c, kind="select_multiple", choice_of=question) for h, c in rows.items()}
        changed |= rows
    return [changed.get(column.header, column) for column in columns]


def _common_question(texts: list[str]) -> str:
    """The longest beginning before a dash that all texts share, "" if there is none."""
    parts = texts[0].split(_DASH)
    heads = (_DASH.join(parts[:n]) for n in range(len(parts) - 1, 0, -1))
    return next((head for head in heads if all(text.startswith(head + _DASH) for text in texts)), "")


def _chosen(cells: pd.Series, column: SurveyColumn) -> frozenset[str] | None:
    """What means chosen, if all that stands in the column is the choice itself; None if it is no choice."""
    given = {str(cell) for cell in cells.unique()} - {""}
    match = _NUMBERED.fullmatch(column.header)
    own = {column.text.casefold(), "1", match["number"] if match else ""}
    return frozenset(given) if len(given) <= 1 and all(cell.casefold() in own for cell in given) else None


QUALTRICS = FormTool(
    "qualtrics", "Qualtrics", is_qualtrics, lambda table, _: qualtrics_columns(table), has_texts_below=True
)
