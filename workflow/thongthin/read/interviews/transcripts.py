"""The text of an interview as its file holds it, and what the file tells of its layout beside the text.

- `.txt`, `.md`: the file.
- `.docx`: its paragraphs, each a line, as `readers.docx` reads them; cells of tables and bold text are the layout.
- `.vtt`, `.srt`: what is said in the cues, without numbers, times and tags. Where cues name the speaker (``<v Name>``,
  ``Name:``, ``[Name]``), cues of one speaker that follow each other become one line ``Name: ...``; without names each
  cue is a line. Subtitle files hold a line break wherever the screen was full, which nobody said.

Fails, with problems, on a file that is unreadable, and on subtitles without cues.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from thongthin.basics.damage import report_damage
from thongthin.basics.language import normalise_text, normalise_with_map, parse_integer
from thongthin.basics.problems import Problems
from thongthin.basics.rows import rows_said
from thongthin.basics.text import read_text
from thongthin.read.files.docx import Mark, docx_text, read_docx, text_and_marks, word_attribute, word_name
from thongthin.read.interviews.words import is_speech

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET

_SUBTITLES = (".vtt", ".srt")
_TIMING = re.compile(
    r"^[ \t]*+(?P<start>(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3})[ \t]*+-->[ \t]*+(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}.*$",
    re.MULTILINE,
)
_ARROW = re.compile(r"-->|\d{2}[.,]\d{1,3}[ \t]*->")
_HALF = re.compile(r"[ \t]*(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}\b[^\w\n]*(?:(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3})?[ \t]*")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]+)>")
_TAG = re.compile(r"</?(?:[a-zA-Z][^>]*|\d[\d:.]*)>|\{\\[^}]*\}")
_NOTE = re.compile(r"(?:NOTE|STYLE|REGION)\b")
_CUE_ID = re.compile(r"\d+|[\w-]*\d[\w-]*(?:/[\w-]+)+|[0-9a-fA-F-]{32,}[\w/-]*")
# A name at the head of a cue, as Zoom and Whisper's companions write it.
_CUE_NAME = re.compile(
    r"\[([^\[\]\n]{1,60})\]\s*:?\s*|([^\s\[(][^:：\n]{0,59}?)\s*(?:(?<!\d):(?!//)|(?<=\d):(?!\d)|：)\s+"
)


class Span(NamedTuple):
    """A stretch of text: code points, half-open."""

    start: int
    end: int


class Layout(NamedTuple):
    """What a Word file shows beside its text.

    Attributes:
        bold: stretches of bold text, in order.
        rows: the cells of each row of its tables, in order.
    """

    bold: tuple[Span, ...] = ()
    rows: tuple[tuple[Span, ...], ...] = ()


def interview_text(path: Path, problems: Problems) -> str | None:
    """The text of an interview as it stands in its file, not normalised; None with a problem if it can't be read.

    Positions of tools that store no text count in it.

    Args:
        problems: bound to the file with `Problems.at`.
    """
    if path.suffix.lower() == ".docx":
        return docx_text(path, problems)
    text = read_text(path, problems)
    return _spoken(text, problems) if text is not None and path.suffix.lower() in _SUBTITLES else text


def read_transcript(path: Path, problems: Problems) -> tuple[str, Layout] | None:
    """The normalised text of an interview, and its layout; None with a problem added if it can't be read.

    Args:
        problems: bound to the file with `Problems.at`.
    """
    if path.suffix.lower() != ".docx":
        text = interview_text(path, problems)
        return None if text is None else (normalise_text(text), Layout())
    read = read_docx(path, problems)
    if read is None:
        return None
    raw, marks = text_and_marks(read[0], ("tr", "tc", "r"))
    return None if report_damage(raw, path, problems) else _with_layout(raw, marks)


def _with_layout(raw: str, marks: list[Mark]) -> tuple[str, Layout]:
    text, starts, ends = normalise_with_map(raw)

    def span(start: int, end: int) -> Span:
        return Span(int(starts[start]), int(ends[max(start, end)]))

    rows: list[list[int]] = []
    bold: list[Span] = []
    for number, mark in enumerate(marks):
        kind = word_name(mark.element)
        if kind == "tr":
            rows.append([])
        elif kind == "tc" and rows:
            rows[-1].append(mark.after)
        elif kind == "r" and _is_bold(mark.element):
            line_end = raw.find("\n", mark.after)
            following = marks[number + 1].before if number + 1 < len(marks) else len(raw)
            end = min(following, line_end if line_end >= 0 else len(raw))
            if end > mark.after:
                bold.append(span(mark.after, end))
    # A cell ends where the next one begins; the last one of a table where its text or the next paragraph does.
    found, last = [], _cell_ends(marks, len(raw))
    for cells in rows:
        found.append(tuple(span(cell, max(cell, last[cell])) for cell in cells))
    return text, Layout(_joined(bold, text), tuple(found))


def _cell_ends(marks: list[Mark], length: int) -> dict[int, int]:
    """Where each cell ends, by where it begins: the text of its own paragraphs."""
    ends: dict[int, int] = {}
    for mark in marks:
        if word_name(mark.element) == "tc":
            own, _ = text_and_marks(mark.element)
            ends[mark.after] = min(length, mark.after + len(own))
    return ends


def _is_bold(run: ET.Element) -> bool:
    for properties in run:
        if word_name(properties) == "rPr":
            for one in properties:
                if word_name(one) == "b":
                    return word_attribute(one, "val") not in ("0", "false", "off")
                if word_name(one) == "rStyle" and word_attribute(one, "val").casefold() == "strong":
                    return True
    return False


def _joined(spans: list[Span], text: str) -> tuple[Span, ...]:
    """Stretches with nothing but spaces between them as one."""
    found: list[Span] = []
    for one in spans:
        if found and not text[found[-1].end : one.start].strip(" \t"):
            found[-1] = Span(found[-1].start, one.end)
        else:
            found.append(one)
    return tuple(found)


# --- subtitles ------------------------------------------------------------------------------------------------------


def _spoken(text: str, problems: Problems) -> str | None:
    """What is said in a subtitle file, one line a turn (or a cue, where none names its speaker)."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    cues = list(_cues(text))
    if not cues:
        problems.add(
            "no-cues",
            "There is no cue in this file: no line such as 00:00:01.000 --> 00:00:04.000.",
            "ไฟล์นี้ไม่มีข้อความคำบรรยาย ไม่พบบรรทัดเวลาแบบ 00:00:01.000 --> 00:00:04.000",
            hint_en="Export the transcript again, or save its text as .txt.",
            hint_th="ส่งออกบทถอดเสียงใหม่ หรือบันทึกเฉพาะข้อความเป็น .txt",
        )
        return None
    _report_timings(text, problems)
    _tell_repeated(text, problems)
    named = sum(bool(name) for name, _ in cues)
    lines: list[str] = []
    speaker = ""
    for name, said in cues:
        if lines and named and (not name or name == speaker):
            lines[-1] = f"{lines[-1]} {said}".rstrip()
        else:
            lines.append(f"{name}: {said}" if name else said)
        speaker = name or speaker
    return "\n".join(lines)


def _report_timings(text: str, problems: Problems) -> None:
    """Add a problem where a line looks like the times of a cue and is none: its words would go to another one."""
    rows = [
        number for number, line in enumerate(text.split("\n"), start=1)
        if not _TIMING.match(line) and (_ARROW.search(line) or _HALF.fullmatch(line))
    ]  # fmt: skip
    if rows:
        en, th = rows_said(rows)
        problems.add(
            "damaged-time",
            f"The times of a cue cannot be read here ({en}), so that its words would be taken for another's.",
            f"อ่านเวลาของคำบรรยายตรงนี้ไม่ได้ ({th}) คำพูดจึงอาจถูกนับเป็นของช่วงอื่น",
            row=rows[0],
            hint_en="Times are written 00:00:01.000 --> 00:00:04.000 on a line of their own. Export the file again.",
            hint_th="เวลาต้องอยู่บรรทัดของตัวเองในรูป 00:00:01.000 --> 00:00:04.000 ให้ส่งออกบทถอดเสียงใหม่",
        )


def _tell_repeated(text: str, problems: Problems) -> None:
    """A notice where a cue begins no later than the one before: a part of the file may stand there twice."""
    timings = list(_TIMING.finditer(text))
    _tell_numbers(text, [match.start() for match in timings], problems)
    starts = [(_seconds(match["start"]), match.start()) for match in timings]
    rows = [text.count("\n", 0, at) + 1 for (before, _), (start, at) in pairwise(starts) if start <= before]
    if rows:
        en, th = rows_said(rows, ("line", "บรรทัดที่"))
        problems.notice(
            "repeated-time",
            f"Cues begin no later than those before them ({en}).",
            f"คำบรรยายเริ่มไม่ช้ากว่าช่วงก่อนหน้า ({th})",
            row=rows[0],
            hint_en="If people spoke at once, nothing is wrong. Else a part of the file stands twice: export it again.",
            hint_th="หากพูดพร้อมกัน ถือว่าไม่มีอะไรผิด หากไม่ใช่ บางส่วนของไฟล์อาจซ้ำกัน ให้ส่งออกใหม่",
        )


def _tell_numbers(text: str, places: Sequence[int], problems: Problems) -> None:
    """A notice where cues are numbered and a number is left out: a part of the file is missing.

    Args:
        places: where the times of each cue begin.
    """
    numbers = [parse_integer(text[:at].rstrip("\n").rpartition("\n")[2]) for at in places]
    gaps = [
        n
        for n, (before, number) in enumerate(pairwise(numbers), start=1)
        if before is not None and number != before + 1
    ]
    # A file without numbers has none to miss; in one that was put together of parts, they begin anew.
    if None in numbers[:1] or not gaps or any(numbers[n] == numbers[0] for n in gaps):
        return
    row = text.count("\n", 0, places[gaps[0]]) + 1
    problems.notice(
        "cue-missing",
        f"The numbers of the cues are not one after the other here ({len(gaps)} in all): a part may be missing.",
        f"เลขลำดับคำบรรยายตรงนี้ไม่ต่อเนื่องกัน (รวม {len(gaps)} แห่ง) อาจมีบางส่วนหายไป",
        row=row,
        hint_en="Compare it with the recording, or export the transcript again.",
        hint_th="เทียบกับไฟล์เสียง หรือส่งออกบทถอดเสียงใหม่",
    )


def _seconds(time: str) -> float:
    """A time of a cue (1:02:03,450 or 02:03.450) in seconds."""
    total = 0.0
    for part in time.replace(",", ".").split(":"):
        total = 60 * total + float(part)
    return total


def _cues(text: str) -> Iterator[tuple[str, str]]:
    """Speaker ("" if not named) and words of each cue."""
    timings = list(_TIMING.finditer(text))
    cues = []
    for timing, following in zip(timings, [*timings[1:], None], strict=False):
        block = text[timing.end() : following.start() if following else len(text)]
        paragraphs = [part.strip() for part in block.split("\n\n") if part.strip()]
        lines = [line for part in paragraphs if not _NOTE.match(part) for line in part.split("\n")]
        if following and lines and _CUE_ID.fullmatch(lines[-1].strip()):
            lines.pop()
        cues.append(" ".join(line.strip() for line in lines if line.strip()))
    found = [_CUE_NAME.match(cue) for cue in cues]
    names = Counter((match[1] or match[2]).strip().casefold() for match in found if match)
    for cue, match in zip(cues, found, strict=True):
        voices = _VOICE.split(cue)
        if len(voices) > 1:
            if said := _untagged(voices[0]):
                yield "", said
            for voice, said in zip(voices[1::2], voices[2::2], strict=True):
                own = _untagged(said)
                inner = _CUE_NAME.match(own)
                # Where the words name their speaker as well, the tag is the account through which both spoke.
                if inner and sum(inner[0].strip() in other for other in cues) > 1:
                    yield (inner[1] or inner[2]).strip(), own[inner.end() :]
                else:
                    yield html.unescape(voice).strip(), own
            continue
        name = (match[1] or match[2]).strip() if match else ""
        if match and (names[name.casefold()] > 1 or not is_speech(name)):
            yield html.unescape(name), _untagged(cue[match.end() :])
        else:
            yield "", _untagged(cue)


def _untagged(text: str) -> str:
    return " ".join(html.unescape(_TAG.sub("", text)).split())
