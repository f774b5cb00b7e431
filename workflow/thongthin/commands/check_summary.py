"""What the check prints of a study in which nothing is wrong: what there is, and whose the speakers' labels are."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from thongthin.basics.problems import (
    printable,
)
from thongthin.basics.quiet import INSTEAD, is_quiet
from thongthin.commands.parts import Part as Section
from thongthin.commands.parts import described, shown
from thongthin.contract.strands import Part

# What a study is summed up in: the part of it that has it, if not every study has, and its name in Thai.
COUNTED: dict[str, tuple[Part | None, str]] = {
    "sites": (None, "พื้นที่"),
    "participants": ("interviews", "ผู้ให้ข้อมูล"),
    "interviews": ("interviews", "บทสัมภาษณ์"),
    "codes": ("coding", "รหัส"),
    "coders": ("coding", "ผู้ลงรหัส"),
    "segments": ("coding", "ข้อความที่ลงรหัส"),
    "quotes": ("interviews", "คำพูดที่ยกมา"),
    "items": ("survey", "ข้อคำถาม"),
    "responses": ("survey", "แบบสอบถาม"),
    "works": (None, "เอกสารอ้างอิง"),
}


# So many labels of speakers are shown; where names label the participants, there is one an interview.
SPEAKERS_LISTED = 24


NO_LABEL = "–"


SPEAKER_ROLES = {
    "interviewer": ("interviewer", "ผู้สัมภาษณ์"),
    "participant": ("participant", "ผู้ให้ข้อมูล"),
    "other": ("other", "ผู้อื่น"),
}


KNOWN_BY = {
    "study": ("study.yml", "study.yml"),
    "word": ("the label says so", "ชื่อบอกเอง"),
    "participants": ("participants.csv", "participants.csv"),
    "head": ("the head of the transcript", "หัวบทสัมภาษณ์"),
    "replies": ("in turn with a known label", "พูดสลับกับชื่อที่รู้แล้ว"),
    "asks": ("asks in several interviews", "เป็นผู้ถามในหลายบทสัมภาษณ์"),
    "unlabelled": ("study.yml: unlabelled", "study.yml: unlabelled"),
    "open": ("NOT KNOWN, a guess", "ยังไม่รู้ เป็นเพียงการเดา"),
}


def summary_lines(name: str, counts: Mapping[str, int]) -> str:
    """What a study holds (as from `check_study`) as people read it, in English and in Thai."""
    english = ", ".join(f"{n:,} {what}" for what, n in counts.items())
    thai = " ".join(f"{COUNTED[what][1]} {n:,}" for what, n in counts.items())
    return f"{name}: nothing is wrong.\n  {english}\n  ไม่พบปัญหา: {thai}"


def _label(label: str) -> str:
    """A speaker's label as it is shown; on a screen that others see, that there is one."""
    return INSTEAD if label and is_quiet() else shown(label) if label else NO_LABEL


def speaker_lines(name: str, speakers: pd.DataFrame) -> str:
    """The labels of the interviews of a study (table `speakers`) as people read them; "" without any."""
    lines = [
        f"{_label(label)}  {' / '.join(SPEAKER_ROLES[role])}  ({' / '.join(KNOWN_BY[evidence])})"
        f"  {turns:,}  {interviews:,}"
        for label, role, evidence, turns, interviews in speakers.head(SPEAKERS_LISTED).itertuples(index=False)
    ]
    if (more := len(speakers) - SPEAKERS_LISTED) > 0:
        lines.append(f"... {more} more / และอีก {more} ชื่อ: data/processed/{name}/speakers.csv")
    return described(
        [
            Section(
                f"{name}: whose words the interviews hold (label; role; known by; turns; interviews)",
                "ใครพูดในบทสัมภาษณ์ (ชื่อผู้พูด บทบาท รู้ได้จาก จำนวนช่วงพูด จำนวนบทสัมภาษณ์)",
                [printable(line) for line in lines],
            )
        ]
    )
