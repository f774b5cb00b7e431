"""A coder's copy of a transcript in Word (`P01.docx`, `P01_SK.docx`): passages carry comments that name the codes.

The text comes from `readers.docx`, as it does for interviews, and positions are code points into it, half-open. Each
comment is a selection: what its text names becomes codes (see `code_names`), what it says besides becomes a memo, and
so do the replies to it. A comment that is marked as resolved counts like any other. The coder is the comment's author.
Passages may overlap, stand in tables, and go on over paragraphs; in text that was deleted with tracked changes there
is none. Dedoose exports its documents in this way, too: a comment begins with "Codes (485-522)", which are positions
of its own, and names a code on each further line. A document without comments may be Taguette's list of highlights, or
NVivo's of the passages of a code.

Source of Dedoose's comments: github.com/mereditharmcgee/dedoose-irr-tool, `docs/dedoose_format.md`.

Fails, with problems, on a file that can't be read, one without comments, and comments that are empty, stand twice, or
stand at no text.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from thongthin.basics.language import one_line
from thongthin.basics.problems import Problems
from thongthin.read.coding.code_names import CodeNames, Comment, tool_codes
from thongthin.read.coding.model import CodedFile, Memo, Reader, Selection, Source
from thongthin.read.coding.nvivo_report import is_report, read_report
from thongthin.read.coding.taguette_exports import read_taguette_document
from thongthin.read.files.docx import Mark, read_docx, text_and_marks, word_attribute, word_name

_DEDOOSE = re.compile(r"Codes\s*\(\s*\d+\s*-\s*\d+\s*\)")
_RANGE_START, _RANGE_END, _REFERENCE = "commentRangeStart", "commentRangeEnd", "commentReference"
_PARAGRAPH_ID = "{http://schemas.microsoft.com/office/word/2010/wordml}paraId"
_EXTENDED = "{http://schemas.microsoft.com/office/word/2012/wordml}"
# What Word and LibreOffice write where they don't know the author, or were told to take personal data out.
_NOBODY = {"", "author", "unknown author"}
# So much of a comment is shown in a message.
_SHOWN = 40


@dataclass
class _Comment:
    """A comment as Word keeps it: its id, the id of its last paragraph (replies go by that), author and text."""

    id: str
    paragraph: str
    author: str
    text: str
    replies: list[_Comment] = field(default_factory=list)


def read_word(
    path: Path, problems: Problems, coder: str | None = None, known: Collection[str] = ()
) -> CodedFile | None:
    """The comments of a Word document as coded passages; None if the file can't be read or has no comments.

    Args:
        path: its name without ending is the name of the source.
        problems: bound to the file with `Problems.at`.
        coder: who coded, where a comment does not tell its author.
        known: ids and labels of the codebook: they tell codes from remarks (see `CodeNames.comment`).
    """
    read = read_docx(path, problems, ("comments", "commentsExtended"))
    if read is None:
        return None
    document, parts = read
    comments = _threads(parts["comments"], parts.get("commentsExtended"), problems) if "comments" in parts else []
    if not comments and (listed := read_taguette_document(document, problems, coder, known)):
        return listed
    if not comments and is_report(text := text_and_marks(document)[0]):
        return read_report(text, path, problems, coder)
    if not comments:
        problems.add(
            "no-comments",
            "No passage of this document carries a comment.",
            "ไม่มีข้อความใดในเอกสารนี้ที่มีความคิดเห็น (comment)",
            hint_en="Name the codes in comments on the passages; an interview without coding belongs in interviews/.",
            hint_th="เลือกข้อความแล้วพิมพ์รหัสในความคิดเห็น ส่วนบทสัมภาษณ์ที่ไม่มีการลงรหัสให้วางใน interviews/",
        )
        return None
    text, marks = text_and_marks(document, (_RANGE_START, _RANGE_END, _REFERENCE))
    coded = CodedFile(problems.file, "word", "Word", [Source(path.stem, path.stem, text)], units=("code_points",))
    _add_comments(comments, _ranges(marks), coder or "", CodeNames(known), coded, problems)
    coded.codes = tool_codes((code for selection in coded.selections for code in selection.codes), known)
    return coded


def _add_comments(
    comments: Sequence[_Comment],
    ranges: Mapping[str, tuple[int, int]],
    coder: str,
    names: CodeNames,
    coded: CodedFile,
    problems: Problems,
) -> None:
    """Add the comments as selections of the one source, in the order of their passages, and remarks as memos.

    Args:
        ranges: begin and end of the passages, by the id of the comment.
        coder: who coded, where a comment does not tell its author.
    """
    (source,) = coded.sources
    text = source.text or ""
    beyond = len(text) + 1  # comments without a place come last
    ordered = sorted(comments, key=lambda comment: ranges.get(comment.id) or (beyond, beyond))
    for number, comment in enumerate(ordered, start=1):
        start, end = ranges.get(comment.id) or (0, 0)
        quoted = text[start:end]
        if not quoted.strip():
            _report_nowhere(number, comment, text, ranges.get(comment.id), problems)
            continue
        if not comment.text.strip():
            en, th = _called(number, comment)
            problems.add(
                "empty-comment",
                f'{en} on "{_short(quoted)}" is empty.',
                f'{th} ที่ข้อความ "{_short(quoted)}" ว่างเปล่า',
                hint_en="Write the code in it, or delete it.",
                hint_th="พิมพ์รหัสในความคิดเห็นนี้ หรือลบออก",
            )
            continue
        said = _of_dedoose(comment.text, names) or names.comment(comment.text)
        place = f"comment {number}"
        author = comment.author or coder
        coded.selections.append(Selection(source.id, start, end, said.codes, author, quoted, place))
        if said.remark:
            coded.memos.append(Memo("selection", place, said.remark, coder=author))
        for reply in comment.replies:
            if reply.text.strip():
                coded.memos.append(Memo("selection", place, reply.text.strip(), "reply", reply.author))


def _of_dedoose(text: str, names: CodeNames) -> Comment | None:
    """What a comment of Dedoose says: a code on each line below the first; None if it is none of Dedoose's."""
    first, *codes = text.strip().splitlines()
    if not _DEDOOSE.fullmatch(first.strip()):
        return None
    return Comment(tuple(dict.fromkeys(names.find(code) or one_line(code) for code in codes if code.strip())), "")


def _threads(comments: ET.Element, extended: ET.Element | None, problems: Problems) -> list[_Comment]:
    """The comments that are no replies, each with the replies to it, in the order of the file."""
    every: list[_Comment] = []
    for element in comments.iter():
        if word_name(element) == "comment":
            paragraphs = [p for p in element.iter() if word_name(p) == "p"]
            every.append(
                _Comment(
                    word_attribute(element, "id"),
                    paragraphs[-1].get(_PARAGRAPH_ID, "") if paragraphs else "",
                    "" if (author := one_line(word_attribute(element, "author"))).lower() in _NOBODY else author,
                    text_and_marks(element)[0],
                )
            )
    for id_, times in Counter(comment.id for comment in every).items():
        if times > 1:
            problems.add(
                "double-comment",
                f'{times} comments of this document have the same id "{id_}".',
                f'ความคิดเห็น {times} รายการในเอกสารนี้มีหมายเลข "{id_}" ซ้ำกัน',
                hint_en="Open the document in Word, save it, and try again.",
                hint_th="เปิดเอกสารใน Word บันทึกใหม่ แล้วลองอีกครั้ง",
            )
    parents = {
        entry.get(f"{_EXTENDED}paraId", ""): entry.get(f"{_EXTENDED}paraIdParent", "")
        for entry in (extended if extended is not None else ())
    }
    by_paragraph = {comment.paragraph: comment for comment in every if comment.paragraph}
    first: list[_Comment] = []
    for comment in every:
        top, seen = comment, {comment.paragraph}
        while (above := by_paragraph.get(parents.get(top.paragraph, ""))) and above.paragraph not in seen:
            top = above
            seen.add(above.paragraph)
        if top is comment:
            first.append(comment)
        else:
            top.replies.append(comment)
    return first


def _ranges(marks: list[Mark]) -> dict[str, tuple[int, int]]:
    """Start and end of the passage of each comment; equal for one that only stands at a place."""
    starts: dict[str, int] = {}
    ends: dict[str, int] = {}
    points: dict[str, int] = {}
    for mark in marks:
        id_ = word_attribute(mark.element, "id")
        match word_name(mark.element):
            case "commentRangeStart":
                starts.setdefault(id_, mark.after)
            case "commentRangeEnd":
                ends[id_] = mark.before
            case _:
                points.setdefault(id_, mark.before)
    alone = {id_: (at, at) for id_, at in points.items()}
    return {**alone, **{id_: (start, ends[id_]) for id_, start in starts.items() if id_ in ends}}


def _report_nowhere(
    number: int, comment: _Comment, text: str, place: tuple[int, int] | None, problems: Problems
) -> None:
    en, th = _called(number, comment)
    if place is None:
        where_en, where_th = "", ""
    else:
        line = text[text.rfind("\n", 0, place[0]) + 1 :].partition("\n")[0]
        where_en, where_th = f', in the paragraph "{_short(line)}"', f' ในย่อหน้า "{_short(line)}"'
    problems.add(
        "comment-without-text",
        f"{en} marks no text{where_en}.",
        f"{th} ไม่ได้กำกับข้อความใด{where_th}",
        hint_en="Select the passage in Word and make the comment anew; or delete it, if its passage was deleted.",
        hint_th="เลือกข้อความใน Word แล้วใส่ความคิดเห็นใหม่ หรือลบออกหากข้อความถูกลบไปแล้ว",
    )


def _called(number: int, comment: _Comment) -> tuple[str, str]:
    """What to call a comment in English and Thai."""
    by_en, by_th = (f" by {comment.author}", f" ของ {comment.author}") if comment.author else ("", "")
    said = f' ("{_short(comment.text)}")' if comment.text.strip() else ""
    return f"Comment {number}{by_en}{said}", f"ความคิดเห็นที่ {number}{by_th}{said}"


def _short(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"


WORD = Reader(
    "word",
    "Word, comments / ความคิดเห็นใน Word",
    (".docx",),
    read_word,
    hints={"unknown-code": ('A mere remark begins with "note:".', 'ข้อสังเกตที่ไม่ใช่รหัสให้ขึ้นต้นด้วย "หมายเหตุ:"')},
)
