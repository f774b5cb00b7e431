"""Interviews edited at random, with the truth: every character knows where it came from, whatever is done to it.

An edit works on characters that carry the number of their place in the text before, so what became of a passage is
known without any comparison of texts. Where a word is replaced, what it has in common with the new one at its two ends
stays: that is what a person would call unchanged.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from thongthin.basics.language import normalise_text
from thongthin.basics.problems import Problems
from thongthin.read.coding.model import Selection
from thongthin.read.coding.positions import Convention, place
from thongthin.read.interviews import interview_text

Signs = list[tuple[str, int]]  # each character, and its place in the text before the edit; -1 for a new one

HEADS = ["บทสัมภาษณ์เชิงลึก", "วันที่ 12 มีนาคม 2566", "สถานที่: ห้องประชุมเทศบาล", "ผู้ถอดเทป: นางสาวสมใจ",
         "Interview, second version", "ผู้สัมภาษณ์: สวัสดีค่ะ", "ผู้ให้ข้อมูล: ครับ", "* * *"]  # fmt: skip
LABELS = ["ถาม", "ตอบ", "นักวิจัย", "ผู้วิจัย", "P01", "I", "Interviewer", "ผู้ให้ข้อมูลหลัก", "พิธีกร", ""]
WORDS = [
    "ครับ",
    "ค่ะ",
    "ระบบ",
    "ไม่",
    "ใช้",
    "ประชาชน",
    "ก็",
    "คือ",
    "แล้ว",
    "เจ้าหน้าที่",
    "การ",
    "online",
    "2566",
    "มาก ๆ",
    "อันนี้",
    "ที่",
]


class Edited(NamedTuple):
    """A text, what it became, and for each character of it where that stands now (-1 where it is gone)."""

    before: str
    after: str
    now: list[int]

    @classmethod
    def of(cls, before: str, signs: Signs) -> Edited:
        after = "".join(sign[0] for sign in signs).rstrip("\n")
        now = [-1] * len(before)
        for at, (_, place_before) in enumerate(signs[: len(after)]):
            if place_before >= 0:
                now[place_before] = at
        return cls(before, after, now)


@dataclass(frozen=True)
class Case:
    """A passage of the text before (half-open), and what became of it.

    Attributes:
        place: where it stands after; None where the edit touched its own words.
        repeats: whether its words stand in several places before or after.
    """

    start: int
    end: int
    place: tuple[int, int] | None
    repeats: bool


def _lines(signs: Signs) -> list[Signs]:
    lines: list[Signs] = [[]]
    for sign in signs:
        if sign[0] == "\n":
            lines.append([])
        else:
            lines[-1].append(sign)
    return lines


def _joined(lines: list[Signs]) -> Signs:
    return [sign for number, line in enumerate(lines) for sign in (*([("\n", -1)] if number else []), *line)]


def _new(text: str) -> Signs:
    return [(character, -1) for character in text]


def _replaced(old: Signs, new: str) -> Signs:
    """The signs of a word that became another one; what is the same at its two ends stays."""
    text = "".join(sign[0] for sign in old)
    head = 0
    while head < min(len(text), len(new)) and text[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(text), len(new)) - head and text[-1 - tail] == new[-1 - tail]:
        tail += 1
    return [*old[:head], *_new(new[head : len(new) - tail]), *old[len(old) - tail :]]


def add_lines(signs: Signs, draw: random.Random) -> Signs:
    return [*_new("".join(f"{draw.choice(HEADS)}\n" for _ in range(draw.randint(1, 4)))), *signs]


def change_labels(signs: Signs, draw: random.Random) -> Signs:
    lines = _lines(signs)
    labels = sorted({label for line in lines if (label := _label(line))})
    for label in draw.sample(labels, draw.randint(1, len(labels))) if labels else []:
        other = draw.choice(LABELS)
        for number, line in enumerate(lines):
            if _label(line) == label:
                colon = len(label)
                rest = line[colon:] if other else line[colon + 1 :]
                lines[number] = [*_replaced(line[:colon], other), *rest]
    return _joined(lines)


def _label(line: Signs) -> str:
    text = "".join(sign[0] for sign in line[:40])
    return text.partition(":")[0] if ":" in text else ""


def correct_words(signs: Signs, draw: random.Random) -> Signs:
    signs = list(signs)
    for _ in range(draw.randint(1, 12)):
        at = draw.randrange(len(signs))
        end = min(len(signs), at + draw.randint(1, 8))
        if any(sign[0] == "\n" for sign in signs[at:end]):
            continue
        old = "".join(sign[0] for sign in signs[at:end])
        new = draw.choice([old[1:], old + old[-1], draw.choice(WORDS), draw.choice(WORDS) + old, ""])
        signs[at:end] = _replaced(signs[at:end], new)
    return signs


def move_paragraphs(signs: Signs, draw: random.Random) -> Signs:
    lines = _lines(signs)
    for _ in range(draw.randint(1, 3)):
        size = draw.randint(1, 3)
        at = draw.randrange(max(1, len(lines) - size))
        block = lines[at : at + size]
        del lines[at : at + size]
        to = draw.randrange(len(lines) + 1)
        lines[to:to] = block
    return _joined(lines)


def change_white_space(signs: Signs, draw: random.Random) -> Signs:
    signs = list(signs)
    for _ in range(draw.randint(1, 10)):
        at = draw.randrange(len(signs))
        if signs[at][0] == " ":
            signs[at : at + 1] = _new(draw.choice(["", "  ", "\n"]))
    return signs


EDITS: list[Callable[[Signs, random.Random], Signs]] = [
    add_lines,
    change_labels,
    correct_words,
    move_paragraphs,
    change_white_space,
]


def after_edits(text: str, draw: random.Random) -> Edited:
    """A text after one to four edits; now and then the other way round, as if the transcript were the older one."""
    signs = [(character, at) for at, character in enumerate(text)]
    for edit in draw.sample(EDITS, draw.choice([1, 1, 1, 2, 3, 4])):
        signs = edit(signs, draw)
    edited = Edited.of(text, signs)
    if draw.random() < 0.25:
        return Edited(edited.after, text, [at for _, at in signs][: len(edited.after)])
    return edited


def demonstration_interviews(root: Path) -> list[str]:
    """The interviews of the demonstration study, normalised."""
    folder = root / "data" / "raw" / "khon-kaen" / "interviews"
    texts = [interview_text(path, Problems()) for path in sorted(folder.iterdir())]
    return [normalise_text(text) for text in texts if text]


def selections(edit: Edited, marked: Sequence[Case]) -> list[Selection]:
    """The selections that a tool which counts code points would write of passages, with the text it quotes."""
    return [Selection("s", case.start, case.end, ("c",), "SK", edit.before[case.start : case.end]) for case in marked]


def placed(edit: Edited, marked: Sequence[Case]) -> list[tuple[int, int] | None]:
    """Where each passage was placed in the text after the edit, if it was."""
    counted = Convention("code_points")
    placements, _ = place(edit.before, edit.after, selections(edit, marked), declared=counted)
    return [(p.start, p.end) if p.start is not None and p.end is not None else None for p in placements]


def cases(edit: Edited, draw: random.Random, number: int) -> list[Case]:
    """Passages of the text before, as people mark them: turns, parts of them, words, several turns."""
    text = edit.before
    lines = [(0, 0)]
    for at, character in enumerate(text):
        if character == "\n":
            lines.append((at + 1, at + 1))
        else:
            lines[-1] = lines[-1][0], at + 1
    lines = [line for line in lines if text[slice(*line)].strip()]
    seen, seen_after = "".join(text.split()), "".join(edit.after.split())
    found = []
    while len(found) < number:
        line = draw.randrange(len(lines))
        start, end = lines[line]
        kind = draw.randrange(5)
        if kind == 0 and (colon := text.find(":", start, min(end, start + 40))) >= 0:
            start = colon + 1
        elif kind == 1:
            start = draw.randrange(start, end)
            end = draw.randint(start + 1, min(end, start + 60))
        elif kind in (2, 3):
            start = draw.randrange(start, end)
            end = min(end, start + draw.randint(1, 6))
        elif kind == 4:
            end = lines[min(len(lines) - 1, line + draw.randint(1, 3))][1]
        while start < end and text[start].isspace():
            start += 1
        while start < end and text[end - 1].isspace():
            end -= 1
        if start < end:
            words = "".join(text[start:end].split())
            repeats = _often(seen, words) or _often(seen_after, words)
            found.append(Case(start, end, became(edit, start, end), repeats))
    return found


def _often(text: str, words: str) -> bool:
    first = text.find(words)
    return first >= 0 and text.find(words, first + 1) >= 0


def became(edit: Edited, start: int, end: int) -> tuple[int, int] | None:
    """Where a passage stands after the edit, if all its visible characters do, one after the other."""
    places = [edit.now[at] for at in range(start, end) if not edit.before[at].isspace()]
    if min(places) < 0 or any(two <= one for one, two in pairwise(places)):
        return None
    kept = [at for at in range(places[0], places[-1] + 1) if not edit.after[at].isspace()]
    return (places[0], places[-1] + 1) if kept == places else None


def is_right(edit: Edited, case: Case, found: tuple[int, int] | None) -> bool:
    """Whether a passage was placed where it is now.

    Of one that an edit touched, whether what was found reads the same and begins or ends with a character of it: a word
    that was put before its like (good -> good good) cannot be told from one put behind it.
    """
    if found is None or found == case.place:
        return found is not None
    if case.place is not None:
        return False
    alike = "".join(edit.before[case.start : case.end].split()) == "".join(edit.after[slice(*found)].split())
    return alike and (edit.now[case.start] == found[0] or edit.now[case.end - 1] == found[1] - 1)
