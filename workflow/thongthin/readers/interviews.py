"""Interviews (`interviews/<participant_id>.docx`, `.txt`, `.md`) as normalised text, whole and in speaker turns.

A turn starts where a line starts with a speaker label: up to 30 characters and a colon, ASCII or full-width. Its role
is `interviewer` if the label says so, otherwise `participant`. What stands before the first label (a title, a date)
belongs to no turn. Of Word files see `readers.docx`.

Fails, with problems, on an interview without participant and a participant without interview, two files of one
participant, an interview without consent, and a file that is unreadable, empty, or without speakers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd

from thongthin.language import normalise_text
from thongthin.problems import Problems, did_you_mean
from thongthin.readers.docx import docx_text
from thongthin.readers.text import read_text

FORMATS = (".docx", ".txt", ".md")

# A colon within a time (10:30) or an address (https://) ends no label.
_LABEL = re.compile(
    r"^[ \t]*(?P<label>(?=[^:：\n]*[^\W\d_])[^\s:：][^:：\n]{0,29}?)[ \t]*(?:(?<!\d):(?!//)|(?<=\d):(?!\d)|：)[ \t]*",
    re.MULTILINE,
)
_INTERVIEWER = re.compile(r"(ผู้สัมภาษณ์|ผู้ถาม|interviewer|q)\s*\d*", re.IGNORECASE)


def read_interviews(
    files: Sequence[Path], participants: pd.DataFrame, problems: Problems
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Tables `transcripts` and `turns`, in the order of the participants.

    An interview that is missing or can't be used has a row without text, so that what refers to it isn't judged.

    Args:
        files: the interviews, named by participant.
        participants: table `participants`; without rows, names of files are not judged.
        problems: bound to the folder of the interviews with `Problems.at`.
    """
    consent = dict(zip(participants["participant_id"], participants["consent"], strict=True))
    transcripts: dict[str, tuple[str, str]] = {}
    seen: dict[str, str] = {}
    for path in files:
        here = problems.at(f"{problems.file}/{path.name}")
        participant = path.stem
        if path.suffix.lower() not in FORMATS:
            here.add(
                "unknown-format",
                f'Interviews are read from {", ".join(FORMATS)}; this is "{path.suffix}".',
                f'อ่านบทสัมภาษณ์ได้จากไฟล์ {", ".join(FORMATS)} แต่ไฟล์นี้เป็น "{path.suffix}"',
                hint_en="Save it in one of these formats, or move it out of this folder.",
                hint_th="บันทึกเป็นรูปแบบดังกล่าว หรือย้ายออกจากโฟลเดอร์นี้",
            )
            continue
        if participant in seen:
            here.add(
                "two-interviews",
                f'There are two interviews of "{participant}": {seen[participant]} and {path.name}.',
                f'มีบทสัมภาษณ์ของ "{participant}" สองไฟล์: {seen[participant]} และ {path.name}',
                hint_en="Keep the one that was coded.",
                hint_th="เก็บไว้เฉพาะไฟล์ที่ใช้ลงรหัส",
            )
            continue
        seen[participant] = path.name
        if consent and participant not in consent:
            hint_en, hint_th = did_you_mean(participant, consent)
            here.add(
                "interview-without-participant",
                f'There is no participant "{participant}" in participants.csv.',
                f'ไม่มีผู้ให้ข้อมูล "{participant}" ใน participants.csv',
                hint_en=hint_en,
                hint_th=hint_th,
            )
        if consent.get(participant) == "no":
            here.add(
                "no-consent",
                f'Participant "{participant}" did not consent, but the interview is here.',
                f'ผู้ให้ข้อมูล "{participant}" ไม่ได้ให้ความยินยอม แต่มีบทสัมภาษณ์อยู่',
                hint_en="Take the interview and its coding out, or correct the consent in participants.csv.",
                hint_th="นำบทสัมภาษณ์และการลงรหัสออก หรือแก้คอลัมน์ consent ใน participants.csv",
            )
        transcripts[participant] = (path.name, "")
        raw = interview_text(path, here)
        if raw is None:
            continue
        text = normalise_text(raw)
        if not text.strip():
            here.add("empty-interview", "This interview is empty.", "บทสัมภาษณ์นี้ว่างเปล่า")
            continue
        if consent.get(participant, "yes") != "no":
            transcripts[participant] = (path.name, text)
        if not any(role == "participant" for _, role, _, _ in _turns(text)):
            here.add(
                "no-speaker",
                "No line of this interview starts with the label of a participant.",
                "ไม่มีบรรทัดใดขึ้นต้นด้วยชื่อผู้พูดที่เป็นผู้ให้ข้อมูล",
                hint_en='Begin each turn on a new line: "ผู้สัมภาษณ์: ..." and "ผู้ให้ข้อมูล: ...".',
                hint_th='ขึ้นบรรทัดใหม่ทุกครั้งที่เปลี่ยนผู้พูด: "ผู้สัมภาษณ์: ..." และ "ผู้ให้ข้อมูล: ..."',
            )
    if not seen and not consent:
        problems.add(
            "missing-file",
            "There is no interview in this folder.",
            "ไม่มีบทสัมภาษณ์ในโฟลเดอร์นี้",
            hint_en="Put one file a participant here, named by the id: P01.docx, P02.txt, P03.md.",
            hint_th="วางไฟล์คนละหนึ่งไฟล์ไว้ที่นี่ ตั้งชื่อตามรหัสผู้ให้ข้อมูล: P01.docx, P02.txt, P03.md",
        )
    for participant in consent:
        if participant and participant not in seen and consent[participant] != "no":
            hint_en, hint_th = did_you_mean(participant, [s for s in seen if s not in consent])
            problems.add(
                "participant-without-interview",
                f'There is no interview of participant "{participant}".',
                f'ไม่มีบทสัมภาษณ์ของผู้ให้ข้อมูล "{participant}"',
                hint_en=hint_en
                or f"Put {participant}.docx, .txt or .md here, or take the row out of participants.csv.",
                hint_th=hint_th or f"วางไฟล์ {participant}.docx, .txt หรือ .md ไว้ที่นี่ หรือลบแถวออกจาก participants.csv",
            )
            transcripts[participant] = ("", "")
    order = [p for p in dict.fromkeys([*consent, *sorted(transcripts)]) if p in transcripts]
    rows = [(p, transcripts[p][0], len(transcripts[p][1]), transcripts[p][1]) for p in order]
    turns = [
        (f"{p}-{number:03d}", p, number, speaker, role, start, end, transcripts[p][1][start:end])
        for p in order
        for number, (speaker, role, start, end) in enumerate(_turns(transcripts[p][1]), start=1)
    ]
    return (
        pd.DataFrame(rows, columns=["participant_id", "file", "characters", "text"]),
        pd.DataFrame(turns, columns=["turn_id", "participant_id", "turn", "speaker", "role", "start", "end", "text"]),
    )


def interview_text(path: Path, problems: Problems) -> str | None:
    """The text of an interview as it stands in its file, not normalised; None with a problem if it can't be read.

    Args:
        problems: bound to the file with `Problems.at`.
    """
    return docx_text(path, problems) if path.suffix.lower() == ".docx" else read_text(path, problems)


def find_passages(text: str, wanted: str) -> list[tuple[int, int]]:
    """Start and end (code points, half-open) of each place where `wanted` stands in `text`, white space alike."""
    words = normalise_text(wanted).split()
    return [m.span() for m in re.finditer(r"\s+".join(map(re.escape, words)), text)] if words else []


def _turns(text: str) -> Iterator[tuple[str, str, int, int]]:
    """Speaker, role, start and end of what is said (without label and white space around) for each turn."""
    labels = list(_LABEL.finditer(text))
    for label, next_ in zip(labels, [*labels[1:], None], strict=False):
        start, end = label.end(), next_.start() if next_ else len(text)
        said = text[start:end]
        start += len(said) - len(said.lstrip())
        role = "interviewer" if _INTERVIEWER.fullmatch(label["label"]) else "participant"
        yield label["label"], role, start, start + len(said.strip())
