"""Labels of speakers that were damaged: the words behind them would be read as those of whoever spoke before.

A line that begins with what no label and no word is, and a colon (`??????: ...`, `&amp;: ...`, `: ...`), is asked
about. What may as well be a count or a word ("1: ...", "null: ...") is asked about only where a turn is missing: where
the same role speaks in front of it and behind it, or where an interviewer would have the last word or a participant the
first. A label that stands
within a line, where a line end was lost, is told.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import yaml

from thongthin.basics.problems import Problems, printable
from thongthin.read.interviews.labelled import Interview
from thongthin.read.interviews.labels import LONGEST
from thongthin.read.interviews.speakers import Speakers
from thongthin.read.interviews.words import key_of, role_of_word

# So many are listed.
_SHOWN = 5
_MARKS = r"(?:\*\*|__)?"
_LINE = re.compile(
    rf"^[ \t]*{_MARKS}(?P<name>[^\s:：]{{0,{LONGEST}}}?){_MARKS}[ \t]*[:：]{_MARKS}[ \t]+(?=\S)", re.MULTILINE
)
# What no name has: lost letters, a mark without a letter, signs of programs, one letter over and over.
_DAMAGED = re.compile(
    r"\?\?|\ufffd|(?<![\u0e01-\u0e4e])[\u0e31\u0e33-\u0e3a\u0e47-\u0e4e]|\w[“”«»]\w|[#=\\{}<>&@$%^|~]|\.\./|([^\W_])\1{9}|^[^\w\"'“‘(\[*•–—-]"
)
_PROGRAMS = {"nan", "null", "none", "nil", "true", "false", "undefined", "inf", "n/a", "#n/a"}
_NUMBER = re.compile(r"[+-]?[\d.,/-]*\d(?:e[+-]?\d+)?", re.IGNORECASE)


class Place(NamedTuple):
    """A label and where its line begins in the text of an interview."""

    label: str
    at: int


def damaged_labels(speakers: Speakers, interview: Interview) -> list[Place]:
    """The labels of an interview that look damaged, in the order of the text."""
    shapes = Counter(one.shape for one in interview.sequence)
    if not interview.known or shapes.most_common(1)[0][0] != "colon":
        return []
    turns = [(one.at, interview.known[one.key].role) for one in interview.sequence if one.key in interview.known]
    begins = {at for at, _ in turns}
    none = {key_of(label) for label in speakers.settings.not_speakers}
    none |= {key_of(label.partition("/")[2]) for label in speakers.settings.not_speakers}
    found = []
    for match in _LINE.finditer(interview.text):
        name, at = match["name"], match.start()
        if at in begins or key_of(name) in none:
            continue
        before = next((role for start, role in reversed(turns) if start < at), None)
        after = next((role for start, role in turns if start > at), None)
        missing = before == after or (after is None and before == "interviewer")
        if before is None:  # above the first turn stands the head of the page
            missing = after == "participant" and not interview.text[match.end() : turns[0][0]].strip().count("\n")
        weak = name.casefold() in _PROGRAMS or _NUMBER.fullmatch(name)
        if (weak and missing) or (not weak and (not name or _DAMAGED.search(name))):
            found.append(Place(name, at))
    return found


def labels_within(interview: Interview) -> list[Place]:
    """Labels of the interview that stand within a line, where the end of the line before was lost."""
    names = [interview.shown[key] for key in interview.known if len(key) > 4 and role_of_word(key)]
    if not names:
        return []
    longest_first = "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))
    inside = re.finditer(
        rf"(?<=\S)[ \t]*{_MARKS}(?P<name>{longest_first}){_MARKS}[ \t]*[:：]{_MARKS}[ \t]+\S", interview.text
    )
    begins = [one.said for one in interview.sequence]
    return [Place(match["name"], match.start("name")) for match in inside if match.end() - 1 not in begins]


def report_damaged_labels(speakers: Speakers, files: Mapping[str, str], problems: Problems) -> None:
    """Ask about damaged labels, and tell of labels within lines.

    Args:
        files: name of the file of each participant.
        problems: bound to the folder of the interviews.
    """
    found = [(one, place) for one in speakers.interviews for place in damaged_labels(speakers, one)]
    if found:
        labels = list(dict.fromkeys(place.label for _, place in found))
        written = yaml.safe_dump(
            [*speakers.settings.not_speakers, *labels], default_flow_style=True, allow_unicode=True, width=10_000
        ).strip()
        en, th = _listed(found, files)
        problems.add(
            "damaged-label",
            f"The label of a speaker seems to be damaged here, and the words behind it would be another's: {en}.",
            f"ชื่อผู้พูดตรงนี้น่าจะเสียหาย คำพูดที่ตามมาจึงอาจถูกนับเป็นของผู้อื่น: {th}",
            hint_en="Correct it in the interview. If it is no label, put this line under `interviews:` in study.yml:\n"
            f"      not_speakers: {written}",
            hint_th="แก้ชื่อในบทสัมภาษณ์ หากไม่ใช่ชื่อผู้พูด ให้ใส่บรรทัดนี้ใต้ `interviews:` ใน study.yml:\n"
            f"      not_speakers: {written}",
        )
    within = [(one, place) for one in speakers.interviews for place in labels_within(one)]
    if within:
        en, th = _listed(within, files)
        problems.notice(
            "label-within-line",
            f"Labels of speakers stand within a line, and are read as words of whoever speaks there: {en}.",
            f"มีชื่อผู้พูดอยู่กลางบรรทัด จึงอ่านเป็นคำพูดของผู้ที่พูดอยู่: {th}",
            hint_en="If a turn begins there, begin a new line in front of the label.",
            hint_th="หากเป็นจุดเปลี่ยนผู้พูด ให้ขึ้นบรรทัดใหม่ก่อนชื่อ",
        )


def _listed(found: Sequence[tuple[Interview, Place]], files: Mapping[str, str]) -> tuple[str, str]:
    en, th = [], []
    for interview, (label, at) in found[:_SHOWN]:
        file, line = files[interview.participant], interview.text.count("\n", 0, at) + 1
        shown = printable(label if len(label) <= 30 else f"{label[:30]}...")
        en.append(f'"{shown}:" ({file}, line {line})')
        th.append(f'"{shown}:" ({file} บรรทัดที่ {line})')
    rest = len(found) - _SHOWN
    more = (f" and {rest} more", f" และอีก {rest} แห่ง") if rest > 0 else ("", "")
    return ", ".join(en) + more[0], ", ".join(th) + more[1]
