"""The answers of KoboToolbox and ODK (.xlsx, .csv), and the XLSForm that they were asked with.

The form (sheets `survey` and `choices`) gives the questions and choices in each of its languages. Headers of the
answers may be names or labels, with or without the groups around them (`group/field`); they are matched with the form
whatever they are, and choices that were exported as labels become names again. A question with several answers is one
column of names, one 0/1 column for each choice, or both; what is missing of these 0/1 columns is added. Without a form,
names and 0/1 columns are all that is known.

Fails, with problems, on a form that can't be read or has no sheet `survey`, and where several forms could be meant.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from thongthin.basics.language import has_thai, one_line
from thongthin.basics.problems import Problems
from thongthin.read.files.sheets import WORKBOOKS, read_sheet
from thongthin.read.survey.files.choices import as_names, only_form, shown, split_column
from thongthin.read.survey.files.formats import FormTool
from thongthin.read.survey.files.model import Kind, SurveyColumn
from thongthin.read.survey.files.tables import Table, sheet_names

# What the servers and phones add to the questions.
TIMES = {"start", "end", "today", "_submission_time", "submissiondate"}
METADATA = {
    "_id", "_uuid", "_index", "_parent_index", "_parent_table_name", "_status", "_submitted_by", "_tags", "_notes",
    "_validation_status", "_version_", "__version__", "_attachments", "_geolocation", "_xform_id_string",
    "_submission__id", "_submission__uuid", "deviceid", "subscriberid", "simserial", "phonenumber", "username", "audit",
    "rootuuid", "instanceid", "instancename", "formhub/uuid", "meta/instanceid", "meta/rootuuid", "meta/instancename",
    "meta-instanceid", "meta-instancename", "key", "submitterid", "submittername", "attachmentspresent",
    "attachmentsexpected", "reviewstate", "edits", "formversion",
}  # fmt: skip
_MARKS = ("/", "-", ".", ":", "_")
_YES, _NO = {"1", "TRUE", "true", "True"}, {"0", "FALSE", "false", "False"}
_LANGUAGES = {"thai": "th", "ไทย": "th", "ภาษาไทย": "th", "english": "en", "อังกฤษ": "en", "ภาษาอังกฤษ": "en"}


@dataclass(frozen=True)
class Choice:
    """A choice of a list: its name, and its label by language ("" where the form names none)."""

    name: str
    labels: Mapping[str, str]


@dataclass(frozen=True)
class Field:
    """A question: its name, the names and labels of the groups around it, what is chosen from."""

    name: str
    kind: Kind
    labels: Mapping[str, str]
    groups: tuple[str, ...] = ()
    group_labels: tuple[Mapping[str, str], ...] = ()
    choices: tuple[Choice, ...] = ()


@dataclass
class Form:
    """An XLSForm: its questions in order."""

    fields: list[Field] = field(default_factory=list)

    @property
    def languages(self) -> list[str]:
        """The languages of the questions, in the order of the form."""
        return list(dict.fromkeys(language for f in self.fields for language in f.labels))


def is_kobo(table: Table) -> bool:
    """Whether the columns that KoboToolbox or ODK adds are there."""
    names = {name.casefold() for name in table.written}
    return ("_uuid" in names and bool(names & {"_submission_time", "_index", "_id"})) or (
        "key" in names and bool(names & {"submissiondate", "meta-instanceid", "meta/instanceid", "instanceid"})
    )


# --- the form -------------------------------------------------------------------------------------------------------


def read_form(path: Path, problems: Problems) -> Form | None:
    """An XLSForm; None with a problem added if it can't be read.

    Args:
        problems: bound to the form with `Problems.at`.
    """
    survey, here = read_sheet(path, problems, "survey" if path.suffix.lower() in WORKBOOKS else None)
    if survey.columns.empty:
        return None
    if not {"type", "name"} <= set(survey.columns):
        here.add(
            "no-form",
            "The sheet `survey` of an XLSForm has the columns `type` and `name`; this one has not.",
            "แผ่นงาน `survey` ของ XLSForm ต้องมีคอลัมน์ `type` และ `name`",
            row=1,
            hint_en="Download the form as XLSForm from KoboToolbox or ODK.",
            hint_th="ดาวน์โหลดแบบฟอร์มเป็น XLSForm จาก KoboToolbox หรือ ODK",
        )
        return None
    lists = _lists(read_sheet(path, problems, "choices")[0]) if "choices" in sheet_names(path) else {}
    labels = _labels(survey)
    form, groups = Form(), list[tuple[str, Mapping[str, str]]]()
    for type_, name, own in zip(survey["type"], survey["name"], labels, strict=True):
        words = type_.replace("_", " ", 1).split() if type_.startswith(("begin", "end")) else type_.split()
        if not words:
            continue
        if words[0] == "begin":
            groups.append((name, own))
        elif words[0] == "end" and len(words) > 1 and words[1] in ("group", "repeat"):
            del groups[-1:]
        elif name:
            form.fields.append(_field(words, name, own, groups, lists))
    return form


def form_beside(path: Path, headers: Sequence[str], problems: Problems) -> Form | None:
    """The form that stands in the file itself or beside it: the one that asks for what most headers name.

    A problem is added where several fit; which one was taken is told as a notice.
    """
    fitting = []
    for candidate in sorted({path, *(p for p in path.parent.iterdir() if p.suffix.lower() in WORKBOOKS)}):
        if candidate.name.startswith("~$") or candidate.suffix.lower() not in WORKBOOKS or not candidate.is_file():
            continue
        if "survey" not in {name.casefold() for name in sheet_names(candidate)}:
            continue
        form = read_form(candidate, Problems())
        if form and form.fields and 2 * asks_for(form, headers)[0] >= len(form.fields):
            fitting.append(candidate)
    return only_form(fitting, path, read_form, problems)


def _field(
    words: Sequence[str],
    name: str,
    labels: Mapping[str, str],
    groups: Sequence[tuple[str, Mapping[str, str]]],
    lists: Mapping[str, list[Choice]],
) -> Field:
    kind: Kind = ""
    choices: list[Choice] = []
    if words[0] in ("select_one", "select_multiple") and len(words) > 1:
        kind = "select_one" if words[0] == "select_one" else "select_multiple"
        choices = lists.get(words[1], [])
        if words[-1] == "or_other":
            choices = [*choices, Choice("other", {"th": "อื่น ๆ", "en": "Other"})]
    elif words[0] in ("start", "end", "today"):
        kind = "timestamp"
    elif words[0] in ("deviceid", "username", "phonenumber", "audit", "note", "calculate", "hidden"):
        kind = "metadata"
    outer = [(group, said) for group, said in groups if group]
    return Field(name, kind, labels, tuple(g for g, _ in outer), tuple(said for _, said in outer), tuple(choices))


def _lists(frame: pd.DataFrame) -> dict[str, list[Choice]]:
    """The choices of each list, in order."""
    key = next((name for name in ("list_name", "list name") if name in frame.columns), "")
    if not key or "name" not in frame.columns:
        return {}
    lists: dict[str, list[Choice]] = {}
    for list_, name, labels in zip(frame[key], frame["name"], _labels(frame), strict=True):
        if list_ and name:
            lists.setdefault(list_, []).append(Choice(name, labels))
    return lists


def _labels(frame: pd.DataFrame) -> list[dict[str, str]]:
    """The label of each row by language; the language of a plain `label` is the one that it is written in."""
    columns: dict[str, str] = {}
    for header in map(str, frame.columns):
        match = re.fullmatch(r"label(?:\s*::?\s*(?P<language>.+))?", header, re.IGNORECASE)
        if match:
            language = _language(match["language"] or "", list(frame[header]))
            columns.setdefault(language, header)
    return [
        {language: label for language, header in columns.items() if (label := one_line(row[header]))}
        for _, row in frame.iterrows()
    ]


def _language(written: str, texts: Iterable[str]) -> str:
    """The code of a language: "ไทย (th)" is th, "English" is en; where none is named, what the texts are written in."""
    name = written.strip()
    code = re.search(r"\(([A-Za-z]{2,3})\)\s*$", name)
    if code:
        return code[1].lower()
    if name.casefold() in ("", "default"):
        return "th" if any(map(has_thai, texts)) else "en"
    return _LANGUAGES.get(name.casefold(), name.casefold())


# --- the answers ----------------------------------------------------------------------------------------------------


def kobo_columns(table: Table, form: Form | None) -> list[SurveyColumn]:
    """The columns of the table, with what the form says of them; 0/1 columns are added where they are missing."""
    known = _known(form) if form else {}
    whole = {_key(name): header for header, name in zip(table.frame.columns, table.written, strict=True)}
    alone = _choices_alone(table, {*known, *whole})
    columns = []
    for header, written in zip(list(table.frame.columns), table.written, strict=True):
        names = (written,) if written != header else ()
        key = _key(written)
        if key in TIMES or key in METADATA:
            kind: Kind = "timestamp" if key in TIMES else "metadata"
            columns.append(SurveyColumn(header, written, kind=kind, names=names))
        elif key in known:
            columns.append(_asked(table.frame, header, names, *known[key], whole))
        else:
            columns.append(_unasked(table.frame, header, written, names, whole | alone))
    split = {column.choice_of for column in columns if column.choice_of}
    complete: list[SurveyColumn] = []
    for column in columns:
        complete.append(column)
        if column.kind == "select_multiple" and not column.choice_of and column.header not in split and column.values:
            complete += split_column(table.frame, column, column.values, None)
    return complete


def _known(form: Form) -> dict[str, tuple[Field, Choice | None]]:
    """What each possible header means; headers that could mean several things mean none."""
    meant: dict[str, list[tuple[Field, Choice | None]]] = {}
    for asked in form.fields:
        spellings = _spellings(asked.name, asked.groups)
        for language, label in asked.labels.items():
            spellings |= _spellings(label, [said.get(language, "") for said in asked.group_labels])
        for spelling in spellings:
            meant.setdefault(_key(spelling), []).append((asked, None))
            if asked.kind == "select_multiple":
                for choice in asked.choices:
                    for word in {choice.name, *choice.labels.values()}:
                        for mark in _MARKS[:4]:
                            meant.setdefault(_key(f"{spelling}{mark}{word}"), []).append((asked, choice))
    return {key: found[0] for key, found in meant.items() if len({(id(a), id(c)) for a, c in found}) == 1}


def _spellings(name: str, groups: Sequence[str]) -> set[str]:
    """A field by itself and behind its groups, which exports join in several ways."""
    return {name, *(mark.join([*groups, name]) for mark in _MARKS)}


def _key(header: str) -> str:
    return one_line(header).casefold()


def asks_for(form: Form, headers: Sequence[str]) -> tuple[int, int]:
    """How many questions of the form some header names, and how many it has."""
    known = _known(form)
    asked = {id(known[key][0]) for header in headers if (key := _key(header)) in known}
    matches = [id(field) in asked for field in form.fields if field.kind not in ("timestamp", "metadata")]
    return sum(matches), len(matches)


def _asked(
    frame: pd.DataFrame,
    header: str,
    names: tuple[str, ...],
    asked: Field,
    choice: Choice | None,
    whole: Mapping[str, str],
) -> SurveyColumn:
    """A column that the form knows; its cells become names of choices, or 1 and 0."""
    names = tuple(name for name in dict.fromkeys((*names, asked.name)) if name != header) if not choice else names
    if choice:
        _as_ones(frame, header)
        question = next((whole[_key(s)] for s in _spellings(asked.name, asked.groups) if _key(s) in whole), asked.name)
        for language, label in asked.labels.items():
            spelled = _spellings(label, [said.get(language, "") for said in asked.group_labels])
            question = next((whole[_key(s)] for s in sorted(spelled) if _key(s) in whole), question)
        return SurveyColumn(
            header,
            shown(choice.labels) or choice.name,
            choice.labels if len(choice.labels) > 1 else {},
            group=shown(asked.labels) or asked.name,
            kind="select_multiple",
            names=names,
            choice_of=question,
        )
    labels: dict[str, dict[str, str]] = {}
    for language in dict.fromkeys(language for c in asked.choices for language in c.labels):
        labels[language] = {c.name: c.labels[language] for c in asked.choices if language in c.labels}
    if asked.choices:
        as_names(frame, header, labels, {c.name for c in asked.choices}, several=asked.kind == "select_multiple")
    return SurveyColumn(
        header,
        shown(asked.labels) or asked.name,
        asked.labels if len(asked.labels) > 1 else {},
        group=shown(asked.group_labels[-1]) if asked.group_labels else "",
        values={c.name: shown(c.labels) or c.name for c in asked.choices},
        labels=labels if len(labels) > 1 else {},
        kind=asked.kind,
        names=names,
    )


def _choices_alone(table: Table, known: Collection[str]) -> dict[str, str]:
    """Questions with several answers of which only the 0/1 columns were exported, by key; told as a notice.

    They are columns of one name in front ("used/tax", "used/waste") that hold 1 and 0, all or none of them in a row.
    """
    beside: dict[str, list[str]] = {}
    for header, written in zip(table.frame.columns, table.written, strict=True):
        above, mark, _ = written.rpartition("/")
        if mark and _key(written) not in {*METADATA, *TIMES} and _key(above) not in known:
            beside.setdefault(above, []).append(header)
    found = {}
    for above, headers in beside.items():
        cells = table.frame[headers]
        empty = cells == ""
        ticked = cells.isin([*_YES, *_NO, ""]).all(axis=None) and not empty.all(axis=None)
        if len(headers) > 1 and ticked and (empty.all(axis=1) | ~empty.any(axis=1)).all():
            found[_key(above)] = above
    if found:
        listed = ", ".join(f'"{name}"' for name in found.values())
        table.here.notice(
            "choices-alone",
            f"The columns of 1 and 0 below {listed} were taken for the choices of a question with several answers.",
            f"คอลัมน์ 1 และ 0 ที่อยู่ใต้ {listed} ถือเป็นตัวเลือกของคำถามที่ตอบได้หลายข้อ",
            hint_en="With the XLSForm beside the file (KoboToolbox: Form > Download XLS) nothing is guessed.",
            hint_th="วางไฟล์ XLSForm ไว้ข้างกัน (KoboToolbox: Form > Download XLS) แล้วโปรแกรมไม่ต้องเดา",
        )
    return found


def _unasked(
    frame: pd.DataFrame, header: str, written: str, names: tuple[str, ...], whole: Mapping[str, str]
) -> SurveyColumn:
    """A column without a form: a choice where it is named after another column and holds 1 and 0."""
    above, mark, last = written.rpartition("/")
    if not mark:
        return SurveyColumn(header, written, names=names)
    question = whole.get(_key(above))
    given = set(frame[header].unique()) - {""}
    if question and question != header and given <= _YES | _NO:
        _as_ones(frame, header)
        name = above if question in frame.columns else above.rpartition("/")[2]
        return SurveyColumn(header, last, group=name, kind="select_multiple", names=names, choice_of=question)
    return SurveyColumn(header, last, group=above, names=(*names, last))


def _as_ones(frame: pd.DataFrame, header: str) -> None:
    frame[header] = frame[header].map(lambda cell: "1" if cell in _YES else "0" if cell in _NO else cell)


KOBO = FormTool(
    "kobo",
    "KoboToolbox, ODK",
    is_kobo,
    kobo_columns,
    form_endings=(*WORKBOOKS, ".csv"),
    read_form=read_form,
    form_beside=lambda path, table, problems: form_beside(path, table.written, problems),
    asks_for=lambda form, table: asks_for(form, table.written),
)
