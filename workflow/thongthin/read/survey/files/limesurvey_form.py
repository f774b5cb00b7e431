"""The structure of a LimeSurvey survey (.lss): its questions, rows and answers, in each of its languages.

The file is XML: tables of rows, in which texts stand beside the questions (LimeSurvey 3 and before) or in tables of
their own (`question_l10ns`, `answer_l10ns`, since 4). Texts are HTML, of which the words are kept. Read within the
bounds of `readers.archive`; nothing in the file is followed or run.

Fails, with a problem, on a file that is not read (`archive.Refused`), or is no structure of a survey.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

from thongthin.basics.language import one_line, parse_integer
from thongthin.basics.problems import Problems
from thongthin.basics.rows import rows_said
from thongthin.read.files.archive import Refused, file_chunks, joined
from thongthin.read.files.xml_records import parse_xml
from thongthin.read.survey.files.choices import only_form

Texts = dict[str, str]  # language -> text

# Types of questions whose answers LimeSurvey itself names: code -> label.
_OWN_ANSWERS: dict[str, dict[str, Texts]] = {
    "Y": {"Y": {"th": "ใช่", "en": "Yes"}, "N": {"th": "ไม่ใช่", "en": "No"}},
    "G": {"F": {"th": "หญิง", "en": "Female"}, "M": {"th": "ชาย", "en": "Male"}},
    "C": {
        "Y": {"th": "ใช่", "en": "Yes"},
        "U": {"th": "ไม่แน่ใจ", "en": "Uncertain"},
        "N": {"th": "ไม่ใช่", "en": "No"},
    },
    "E": {
        "I": {"th": "เพิ่มขึ้น", "en": "Increase"},
        "S": {"th": "เท่าเดิม", "en": "Same"},
        "D": {"th": "ลดลง", "en": "Decrease"},
    },
}
# Several answers, without and with comments.
SEVERAL = {"M", "P"}
_WITHIN_LINES = re.compile(r"</?(b|i|u|s|em|strong|span|font|a|small|big|mark|sup|sub)(\s[^<>]*)?>", re.IGNORECASE)
# Arrays of two scales, on which one code may mean two things.
_TWO_SCALES = {"1"}


@dataclass
class Question:
    """A question.

    Attributes:
        type: the letter that LimeSurvey has for its type.
        texts: the question.
        rows: the rows of an array, or the answers of a question with several: code -> text.
        answers: what is chosen from, in order: code -> label.
        other: whether people could write another one.
    """

    type: str
    texts: Texts = field(default_factory=dict)
    rows: dict[str, Texts] = field(default_factory=dict)
    answers: dict[str, Texts] = field(default_factory=dict)
    other: bool = False


Form = dict[str, Question]


def read_structure(path: Path, problems: Problems) -> Form | None:
    """The questions of a .lss file by their codes; None with a problem added if it can't be read.

    Args:
        problems: bound to the file with `Problems.at`.
    """
    try:
        root = parse_xml([joined(file_chunks(path), path.name)])
    except Refused as refused:
        problems.add(refused.kind, refused.en, refused.th, hint_en=refused.hint_en, hint_th=refused.hint_th)
        return None
    questions = _rows(root, "questions")
    if root.findtext("LimeSurveyDocType") != "Survey" or not questions:
        problems.add(
            "no-form",
            "This is no structure of a LimeSurvey survey.",
            "ไฟล์นี้ไม่ใช่โครงสร้างแบบสอบถามของ LimeSurvey",
            hint_en="Export it from LimeSurvey: Display/Export, Survey structure (.lss).",
            hint_th="ส่งออกจาก LimeSurvey: Display/Export, Survey structure (.lss)",
        )
        return None
    _report_lacking(root, problems)
    texts = _by_id([*questions, *_rows(root, "subquestions"), *_rows(root, "question_l10ns")], "qid", "question")
    form: Form = {}
    code_of: dict[str, str] = {}
    for row in _in_order(questions, "question_order"):
        if row.get("parent_qid", "0") in ("", "0") and row.get("title"):
            code_of[row["qid"]] = row["title"]
            form.setdefault(row["title"], Question(row.get("type", ""), texts.get(row["qid"], {})))
    for row in _in_order([*questions, *_rows(root, "subquestions")], "question_order"):
        if (code := code_of.get(row.get("parent_qid", ""))) and row.get("title"):
            form[code].rows.setdefault(row["title"], texts.get(row["qid"], {}))
    answers = _rows(root, "answers")
    in_table = _by_id(_rows(root, "answer_l10ns"), "aid", "answer")
    for row in _in_order(answers, "sortorder"):
        if (code := code_of.get(row.get("qid", ""))) and row.get("code"):
            label = form[code].answers.setdefault(row["code"], {})
            label |= in_table.get(row.get("aid", ""), {}) or _one(row, "answer")
    with_other = {code_of[row["qid"]] for row in questions if row.get("other") == "Y" and row["qid"] in code_of}
    for code, question in form.items():
        question.other = code in with_other
        if question.type in _TWO_SCALES:
            question.answers = {}
        question.answers = question.answers or _OWN_ANSWERS.get(question.type, {})
        if question.answers and question.other:
            question.answers["-oth-"] = {"th": "อื่น ๆ", "en": "Other"}
    return form


# What every row of a table has, if any has: LimeSurvey writes them all.
_NEEDED = {
    "questions": ("qid", "title", "type"),
    "subquestions": ("qid", "title"),
    "question_l10ns": ("qid", "language"),
    "answers": ("qid", "code"),
    "answer_l10ns": ("aid", "language"),
}


def _report_lacking(root: ET.Element, problems: Problems) -> None:
    """Add a problem where rows of a table lack what others have: what they say would be another's, or nobody's."""
    for table, needed in _NEEDED.items():
        rows = _rows(root, table)
        for name in needed:
            without = [number for number, row in enumerate(rows, start=1) if not row.get(name)]
            if 0 < len(without) < len(rows):
                en, th = rows_said(without)
                problems.add(
                    "damaged-form",
                    f'The structure is damaged: the entry "{name}" is missing in its table "{table}" ({en}).',
                    f'โครงสร้างแบบสอบถามเสียหาย: ไม่มีค่า "{name}" ในตาราง "{table}" ({th})',
                    hint_en="Export it from LimeSurvey again: Display/Export, Survey structure (.lss).",
                    hint_th="ส่งออกจาก LimeSurvey ใหม่: Display/Export, Survey structure (.lss)",
                )
    worded = {row.get("aid") for row in _rows(root, "answer_l10ns")}
    wordless = [number for number, row in enumerate(_rows(root, "answers"), start=1) if row.get("aid") not in worded]
    if worded and wordless:
        en, th = rows_said(wordless)
        problems.add(
            "damaged-form",
            f'The structure is damaged: answers of its table "answers" have no text ({en}).',
            f'โครงสร้างแบบสอบถามเสียหาย: คำตอบในตาราง "answers" ไม่มีข้อความ ({th})',
            hint_en="Export it from LimeSurvey again: Display/Export, Survey structure (.lss).",
            hint_th="ส่งออกจาก LimeSurvey ใหม่: Display/Export, Survey structure (.lss)",
        )


def _rows(root: ET.Element, table: str) -> list[dict[str, str]]:
    return [{cell.tag: (cell.text or "").strip() for cell in row} for row in root.iterfind(f"{table}/rows/row")]


def _in_order(rows: Sequence[dict[str, str]], column: str) -> list[dict[str, str]]:
    """Rows by a column of whole numbers; those without one come first."""
    return sorted(rows, key=lambda row: parse_integer(row.get(column, "")) or 0)


def _by_id(rows: Sequence[Mapping[str, str]], key: str, column: str) -> dict[str, Texts]:
    """The text of each row by language, for each id."""
    found: dict[str, Texts] = {}
    for row in rows:
        if row.get(key):
            found.setdefault(row[key], {}).update(_one(row, column))
    return found


def _one(row: Mapping[str, str], column: str) -> Texts:
    text = plain(row.get(column, ""))
    return {row.get("language", "").split("-")[0].lower() or "en": text} if text else {}


def plain(text: str) -> str:
    """The words of HTML on one line; tags within a line part no words."""
    return one_line(html.unescape(re.sub(r"<[^<>]*>", " ", _WITHIN_LINES.sub("", text))))


def heading(text: str) -> str:
    """A header or a question without case and white space, as which LimeSurvey does not keep what tags parted."""
    return re.sub(r"\s", "", text).casefold()


def headers_of(form: Form) -> dict[str, tuple[str, str]]:
    """What each header of an export may mean: the code of a question and that of its row ("" where it has none).

    Headers are codes (`Q1`, `Q1[SQ001]`) or texts in any language (`Question [row]`), as `heading` has them; what could
    mean several things is left out.
    """
    meant: dict[str, set[tuple[str, str]]] = {}
    for code, question in form.items():
        spelled = {(code, ""), *((text, "") for text in question.texts.values())}
        for row, texts in question.rows.items():
            spelled.add((f"{code}[{row}]", row))
            both = ((question.texts.get(language), text) for language, text in texts.items())
            spelled |= {(f"{above} [{text}]", row) for above, text in both if above}
        for header, row in spelled:
            meant.setdefault(heading(header), set()).add((code, row))
    return {header: next(iter(found)) for header, found in meant.items() if len(found) == 1}


def asks_for(form: Form, headers: Sequence[str]) -> tuple[int, int]:
    """How many of the headers name a question of the structure, and how many there are."""
    named = {heading(header) for header in headers}
    return len(named & headers_of(form).keys()), len(named)


def structure_beside(path: Path, headers: Sequence[str], problems: Problems) -> Form | None:
    """The structure that stands beside an export: the one that asks for what most of its headers name.

    A problem is added where several fit; which one was taken is told as a notice.
    """
    fitting = []
    for candidate in sorted(path.parent.glob("*.lss")):
        form = read_structure(candidate, Problems())
        if form and 2 * (found := asks_for(form, headers))[0] >= found[1]:
            fitting.append(candidate)
    return only_form(fitting, path, read_structure, problems)
