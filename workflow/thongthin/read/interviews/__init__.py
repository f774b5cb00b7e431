"""Interviews (`interviews/<participant_id>.docx`, `.txt`, `.md`, `.vtt`, `.srt`) as normalised text and in turns.

`transcripts` reads the files, `labels` finds where speakers' labels could stand, `words` and `speakers` say which of
them are labels and whose, and `questions` and `damaged_labels` ask what they cannot say. What stands before the first
turn (a title, a date) belongs to no turn, nor do times and numbers around it.

Fails, with problems, on an interview without participant and a participant without interview, two files of one
participant, an interview without consent, a file that is unreadable or empty, labels of which nothing says whose they
are, and transcripts without a participant's turn.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from thongthin.basics.files import INTERVIEWS
from thongthin.basics.language import normalise_text
from thongthin.basics.nearest import did_you_mean
from thongthin.basics.problems import Problems
from thongthin.contract.coding import Interviews as Settings
from thongthin.contract.tables import TABLES
from thongthin.read.interviews.damaged_labels import report_damaged_labels
from thongthin.read.interviews.labelled import Interview, Turn
from thongthin.read.interviews.questions import report_speakers
from thongthin.read.interviews.speakers import Speakers
from thongthin.read.interviews.transcripts import Layout, interview_text, read_transcript
from thongthin.read.interviews.words import key_of

__all__ = ["InterviewTables", "find_passages", "interview_text", "read_interviews"]


class InterviewTables(NamedTuple):
    """The tables of these names."""

    transcripts: pd.DataFrame
    turns: pd.DataFrame
    speakers: pd.DataFrame


def read_interviews(
    files: Sequence[Path], participants: pd.DataFrame, problems: Problems, settings: Settings | None = None
) -> InterviewTables:
    """The tables `transcripts`, `turns` and `speakers`, in the order of the participants.

    An interview that is missing or can't be used has a row without text, so that what refers to it isn't judged.

    Args:
        files: the interviews, named by participant.
        participants: table `participants`; without rows, names of files are not judged.
        problems: bound to the folder of the interviews with `Problems.at`.
        settings: what study.yml says of the interviews.
    """
    consent = dict(zip(participants["participant_id"], participants["consent"], strict=True))
    roles = dict.fromkeys(consent, "")
    if "role" in participants:
        roles = dict(zip(participants["participant_id"], participants["role"], strict=True))
    read: dict[str, tuple[str, Layout]] = {}
    transcripts: dict[str, tuple[str, str]] = {}
    of_participant = _files(files, consent, problems)
    for participant, path in of_participant.items():
        transcripts[participant] = (path.name, "")
        here = problems.at(f"{problems.file}/{path.name}")
        found = read_transcript(path, here)
        if found is None:
            continue
        if not found[0].strip():
            here.add("empty-interview", "This interview is empty.", "บทสัมภาษณ์นี้ว่างเปล่า")
        elif consent.get(participant, "yes") != "no":
            transcripts[participant] = (path.name, found[0])
            read[participant] = found
    _report_missing(of_participant, consent, problems)
    for participant in consent:
        if participant and participant not in of_participant and consent[participant] != "no":
            transcripts[participant] = ("", "")
    order = [p for p in dict.fromkeys([*consent, *sorted(transcripts)]) if p in transcripts]
    speakers = Speakers({p: read[p] for p in order if p in read}, settings or Settings(), roles)
    turns = {interview.participant: speakers.turns(interview) for interview in speakers.interviews}
    names = {p: transcripts[p][0] for p in order}
    report_speakers(speakers, turns, names, problems)
    report_damaged_labels(speakers, names, problems)
    return InterviewTables(
        pd.DataFrame(
            [(p, transcripts[p][0], len(transcripts[p][1]), transcripts[p][1]) for p in order],
            columns=_columns("transcripts"),
        ),
        pd.DataFrame(
            [
                (f"{p}-{number:03d}", p, number, *turn, transcripts[p][1][turn.start : turn.end])
                for p in order
                for number, turn in enumerate(turns.get(p, ()), start=1)
            ],
            columns=_columns("turns"),
        ),
        _table(speakers, turns),
    )


def find_passages(text: str, wanted: str) -> list[tuple[int, int]]:
    """Start and end (code points, half-open) of each place where `wanted` stands in `text`, white space alike."""
    words = normalise_text(wanted).split()
    return [m.span() for m in re.finditer(r"\s+".join(map(re.escape, words)), text)] if words else []


def _columns(table: str) -> list[str]:
    return [column.name for column in TABLES[table].columns]


def _table(speakers: Speakers, turns: Mapping[str, Sequence[Turn]]) -> pd.DataFrame:
    """Table `speakers`: by role, then those with most turns first."""

    def evidence(interview: Interview, turn: Turn) -> str:
        if not turn.speaker:
            return "unlabelled"
        known = interview.known.get(key_of(turn.speaker))
        return known.evidence if known else "open"

    spoken: Counter[tuple[str, str, str]] = Counter()
    within: Counter[tuple[str, str, str]] = Counter()
    shown: dict[tuple[str, str, str], str] = {}
    for interview in speakers.interviews:
        rows = [(key_of(t.speaker), t.role, evidence(interview, t), t.speaker) for t in turns[interview.participant]]
        for key, role, known, label in rows:
            shown.setdefault((key, role, known), label)
        own = Counter((key, role, known) for key, role, known, _ in rows)
        spoken.update(own)
        within.update(own.keys())
    rank = {"interviewer": 0, "participant": 1, "other": 2}
    ordered = sorted(spoken, key=lambda row: (rank[row[1]], -within[row], -spoken[row], row))
    labels = Counter((shown[row], *row[1:]) for row in ordered)
    return pd.DataFrame(
        [
            (shown[row] if labels[shown[row], *row[1:]] == 1 else row[0], row[1], row[2], spoken[row], within[row])
            for row in ordered
        ],
        columns=_columns("speakers"),
    )


def _files(files: Sequence[Path], consent: Mapping[str, str], problems: Problems) -> dict[str, Path]:
    """Participant -> file, of the files that can be an interview."""
    found: dict[str, Path] = {}
    for path in files:
        here = problems.at(f"{problems.file}/{path.name}")
        participant = path.stem
        if path.suffix.lower() not in INTERVIEWS:
            here.add(
                "unknown-format",
                f'Interviews are read from {", ".join(INTERVIEWS)}; this is "{path.suffix}".',
                f'อ่านบทสัมภาษณ์ได้จากไฟล์ {", ".join(INTERVIEWS)} แต่ไฟล์นี้เป็น "{path.suffix}"',
                hint_en="Save it as a Word document (.docx) or as plain text (.txt), or move it out of this folder.",
                hint_th="บันทึกเป็นเอกสาร Word (.docx) หรือข้อความล้วน (.txt) หรือย้ายออกจากโฟลเดอร์นี้",
            )
            continue
        if participant in found:
            here.add(
                "two-interviews",
                f'There are two interviews of "{participant}": {found[participant].name} and {path.name}.',
                f'มีบทสัมภาษณ์ของ "{participant}" สองไฟล์: {found[participant].name} และ {path.name}',
                hint_en="Keep the one that was coded.",
                hint_th="เก็บไว้เฉพาะไฟล์ที่ใช้ลงรหัส",
            )
            continue
        found[participant] = path
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
    return found


def _report_missing(found: Mapping[str, Path], consent: Mapping[str, str], problems: Problems) -> None:
    if not found and not consent:
        problems.add(
            "missing-file",
            "There is no interview in this folder.",
            "ไม่มีบทสัมภาษณ์ในโฟลเดอร์นี้",
            hint_en="Put one file a participant here, named by the id: P01.docx, P02.txt, P03.md.",
            hint_th="วางไฟล์คนละหนึ่งไฟล์ไว้ที่นี่ ตั้งชื่อตามรหัสผู้ให้ข้อมูล: P01.docx, P02.txt, P03.md",
        )
    for participant in consent:
        if participant and participant not in found and consent[participant] != "no":
            hint_en, hint_th = did_you_mean(participant, [s for s in found if s not in consent])
            problems.add(
                "participant-without-interview",
                f'There is no interview of participant "{participant}".',
                f'ไม่มีบทสัมภาษณ์ของผู้ให้ข้อมูล "{participant}"',
                hint_en=hint_en
                or f"Put {participant}.docx, .txt or .md here, or take the row out of participants.csv.",
                hint_th=hint_th or f"วางไฟล์ {participant}.docx, .txt หรือ .md ไว้ที่นี่ หรือลบแถวออกจาก participants.csv",
            )
