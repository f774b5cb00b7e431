"""The answers that LimeSurvey exports as .csv (or .xlsx), with codes, questions, or both as headers.

A header is `Q01[SQ001]`, `Question [row]`, or `Q01[SQ001]. Question [row]`; answers are codes (A1, 3, Y) or words. The
code is the header of the frame wherever there is one. Questions with several answers (all columns hold nothing but Y)
become 1 and 0. The structure of the survey (.lss), where there is one, gives the questions and answers in each of its
languages, and says which questions have several answers. The date 1980-01-01, which LimeSurvey writes where a survey
keeps no times, is no time.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from thongthin.read.survey.files.choices import as_names, shown
from thongthin.read.survey.files.formats import FormTool
from thongthin.read.survey.files.limesurvey_form import (
    SEVERAL,
    Form,
    Question,
    asks_for,
    headers_of,
    heading,
    read_structure,
    structure_beside,
)
from thongthin.read.survey.files.limesurvey_names import METADATA, SPELLED, own_words
from thongthin.read.survey.files.model import Kind, SurveyColumn, with_zeros
from thongthin.read.survey.files.tables import Table, unique_headers

_TIMES = {"submitdate", "startdate", "datestamp"}
_NO_TIME = re.compile(r"1980-01-01( 00:00(:00)?)?|1980-01-01T00:00:00")
_CODE = r"[A-Za-z][A-Za-z0-9_]*(?:\[[^\[\]]*\]){0,2}"
_CODE_AND_TEXT = re.compile(rf"(?P<code>{_CODE})\.\s+(?P<text>.+)")
# How an answer that was not ticked is exported; what else stands there, in whatever language, means that it was.
_NOT_TICKED = frozenset(
    {"N", "No", "ไม่ใช่", "ไม่", "0", "Nein", "Non", "Nee", "Nej", "Não", "Tidak", "Không", "N/A", "-"}
)
_OTHER = {"th": "อื่น ๆ", "en": "Other"}
_STEM = re.compile(r"(?P<stem>[A-Za-z][A-Za-z0-9_]*)\[(?P<row>[^\[\]]*)\].*")
_ROW = re.compile(r"(?P<question>.*?\S)\s*(?P<rows>(?:\[[^\[\]]*\])+)")


def is_limesurvey(table: Table) -> bool:
    """Whether the columns that LimeSurvey puts first are there, as codes, as words, or both."""
    codes = {_split(name)[0].casefold() for name in table.written}
    words = {SPELLED.get(name.casefold()) for name in table.written}
    return any({"id", "submitdate", "lastpage"} <= own for own in (codes, words))


def codes_and_texts(table: Table) -> list[str]:
    """The headers of the questions: codes, or where there are none, texts."""
    split = [_split(name) for name in table.written]
    known = METADATA | SPELLED.keys()
    return [code or text for code, text in split if (code or text).casefold() not in known and not _is_timing(code)]


def limesurvey_columns(table: Table, form: Form | None = None) -> list[SurveyColumn]:
    """The columns of the table, whose headers become codes where the file has them.

    Args:
        form: the structure of the survey.
    """
    meant = headers_of(form) if form else {}
    choices: dict[str, list[str]] = defaultdict(list)
    others: dict[str, str] = {}
    split = [_split(name) for name in table.written]
    headers = unique_headers([code or text for code, text in split])
    table.frame.columns = headers
    columns = []
    for header, written, (code, text) in zip(headers, table.written, split, strict=True):
        known = code.casefold() if code.casefold() in METADATA else SPELLED.get(written.casefold(), "")
        kind: Kind = "timestamp" if known in _TIMES else "metadata" if known or _is_timing(code) else ""
        if known in _TIMES:
            table.frame[header] = table.frame[header].mask(table.frame[header].str.fullmatch(_NO_TIME.pattern), "")
        group, row = "", text
        match = _ROW.fullmatch(text)
        if match and not kind and ("[" in code or not code):
            group, row = match["question"], match["rows"][1:-1].replace("][", ", ")
        names = (
            *((written,) if written != header else ()),
            *((known,) if known and known != header.casefold() else ()),
        )
        columns.append(SurveyColumn(header, row, group=group, kind=kind, names=names))
        found = meant.get(heading(code or text))
        if form and found and not kind:
            question, own = form[found[0]], found[1]
            columns[-1] = _asked(table, columns[-1], question, own)
            if question.type in SEVERAL and own in question.rows:
                choices[found[0] if code else shown(question.texts)].append(header)
        elif form and not kind and not code and (several := _with_other(form, group)):
            others[several] = header
    return _with_choices(table, columns, choices, others)


def _asked(table: Table, column: SurveyColumn, question: Question, row: str) -> SurveyColumn:
    """A column of a question that the structure knows; its cells become codes of answers."""
    texts = question.rows[row] if row else question.texts
    labels = {
        language: {code: said[language] for code, said in question.answers.items() if language in said}
        for language in dict.fromkeys(language for said in question.answers.values() for language in said)
    }
    if question.answers and question.type not in SEVERAL:
        spelled = {**labels, **own_words(labels.get("en", {}))}
        as_names(table.frame, column.header, spelled, set(question.answers), several=False)
    else:
        labels = {}
    return replace(
        column,
        text=shown(texts) or column.text,
        texts=texts if len(texts) > 1 else {},
        group=shown(question.texts) if row else column.group,
        values={code: shown(said) or code for code, said in question.answers.items()} if labels else {},
        labels=labels if len(labels) > 1 else {},
        kind="select_one" if labels else column.kind,
    )


def _with_other(form: Form, text: str) -> str:
    """The question with several answers and "other" that has this text, as it is shown; "" if there is none."""
    key = heading(text)
    return next(
        (
            shown(question.texts)
            for question in form.values()
            if question.other and question.type in SEVERAL and key in {heading(own) for own in question.texts.values()}
        ),
        "",
    )


def _split(written: str) -> tuple[str, str]:
    """Code and question of a header; the code is "" where the header is a question."""
    if match := _CODE_AND_TEXT.fullmatch(written):
        return match["code"], match["text"]
    return (written, written) if re.fullmatch(_CODE, written) else ("", written)


def _is_timing(code: str) -> bool:
    return re.fullmatch(r"(groupTime|questionTime|GROUPTIME|QUESTIONTIME)\d+(Time)?", code) is not None


def _with_choices(
    table: Table, columns: list[SurveyColumn], choices: Mapping[str, list[str]], others: Mapping[str, str]
) -> list[SurveyColumn]:
    """Questions with several answers as 1 and 0: those in which every column is Y or empty, and those known to be.

    Args:
        choices: of each question known to have several answers, its columns.
        others: of some of them, the column of "other"; else it is known by its code.
    """
    questions = defaultdict(list)
    known = {header for headers in choices.values() for header in headers}
    for column in columns:
        match = _STEM.fullmatch(column.header)
        if (
            column.header not in known
            and not column.values
            and match
            and match["row"] != "other"
            and not match["row"].endswith("comment")
        ):
            questions[match["stem"]].append(column.header)
    choice_of: dict[str, str] = {}
    ticks: dict[str, frozenset[str]] = {}
    for stem, headers in questions.items():
        if {cell for header in headers for cell in table.frame[header].unique()} - {""} == {"Y"}:
            ticks |= dict.fromkeys(headers, frozenset({"Y"}))
            choices = {**choices, stem: headers}
    for question, headers in choices.items():
        for header in headers:
            ticks.setdefault(header, frozenset(map(str, table.frame[header].unique())) - _NOT_TICKED - {""})
        own = others.get(question, f"{_stem_of(headers[0])}[other]")
        other = _other(table, columns, question, headers, own)
        with_zeros(table.frame, [*headers, *other], ticks | {header: frozenset({"1"}) for header in other})
        choice_of |= dict.fromkeys([*headers, *other], question)
    return [
        replace(c, kind="select_multiple", choice_of=choice_of[c.header]) if c.header in choice_of else c
        for c in columns
    ]


def _other(table: Table, columns: list[SurveyColumn], question: str, headers: Sequence[str], header: str) -> list[str]:
    """The column of "other" of a question with several answers, as a choice like the rest; its text stands beside it.

    Whoever wrote something there answered the question.
    """
    place = next((n for n, own in enumerate(columns) if own.header == header), None)
    if place is None:
        return []
    text = f"{header} (text)"
    at = int(table.frame.columns.get_loc(header))  # type: ignore[arg-type]
    table.frame.insert(at + 1, text, table.frame[header])
    table.frame[header] = table.frame[header].map(lambda cell: "1" if cell else "")
    columns.insert(place + 1, SurveyColumn(text, columns[place].text, group=columns[place].group))
    group = next((own.group for own in columns if own.header == headers[0]), "")
    columns[place] = replace(columns[place], text="other", texts=dict(_OTHER), group=group or question)
    return [header]


def _stem_of(header: str) -> str:
    match = _STEM.fullmatch(header)
    return match["stem"] if match else header


LIMESURVEY = FormTool(
    "limesurvey",
    "LimeSurvey",
    is_limesurvey,
    limesurvey_columns,
    form_endings=(".lss",),
    read_form=read_structure,
    form_beside=lambda path, table, problems: structure_beside(path, codes_and_texts(table), problems),
    asks_for=lambda form, table: asks_for(form, codes_and_texts(table)),
    known_by_form=True,
)
