"""Two small sets of interviews, made up here, and what two coders marked in them.

Teachers tell in English of lessons from home, health volunteers in Thai of an app. They hold what real ones hold and
readers stumble over: answers that begin with a dash, a passage of one word, a code whose name begins with a plus, and
names of codes in one language only. Whatever tool the coding went through, the same must come out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Turn(NamedTuple):
    """What somebody says; `asked` by the interviewer."""

    asked: bool
    text: str


class Mark(NamedTuple):
    """A passage of an interview with one code, by one coder."""

    participant: str
    passage: str
    code: str
    coder: str


@dataclass(frozen=True)
class Talks:
    """Interviews and their coding.

    Attributes:
        turns: by participant.
        codes: name -> name of the code above it, "" for a theme.
        marks: what the coders SK and NP marked; NP marked nothing in the last interview.
        line: what somebody puts above a transcript after it was coded.
    """

    turns: dict[str, list[Turn]]
    codes: dict[str, str]
    marks: list[Mark]
    line: str

    def code_of(self, name: str) -> str:
        """A code with those above it."""
        return f"{self.code_of(self.codes[name])} > {name}" if self.codes[name] else name


def _talk(questions: tuple[str, ...], *answers: str) -> list[Turn]:
    pairs = zip(questions, answers, strict=True)
    return [turn for question, answer in pairs for turn in (Turn(True, question), Turn(False, answer))]


def _both(participant: str, passage: str, code: str) -> list[Mark]:
    return [Mark(participant, passage, code, coder) for coder in ("SK", "NP")]


_ENGLISH = ("How did the lessons from home begin?", "Who or what helped you?", "And what is left of it today?")
ENGLISH = Talks(
    turns={
        "P01": _talk(
            _ENGLISH,
            "We moved every lesson online within a week, and nobody had shown us how.",
            "- Yes, honestly, the children taught me.",
            "I still plan on paper, but the screen has become a habit.",
        ),
        "P02": _talk(
            _ENGLISH,
            "Some pupils had no internet at home, so I printed the sheets.",
            "My head teacher called each of us every evening. That kept me going.",
            "Now I use the platform every day.",
        ),
        "P03": _talk(
            _ENGLISH,
            "At first I was afraid of the camera.",
            "A colleague sat with me for two evenings.",
            "- No, I would not go back.",
        ),
        "P04": _talk(
            _ENGLISH,
            "The network broke down on every rainy day.",
            "Nobody, to be frank.",
            "We share our lessons now, which saves hours.",
        ),
    },
    codes={
        "Support": "",
        "Colleagues": "Support",
        "Head of school": "Support",
        "Network and devices": "",
        "+Motivation": "",
        "Worry": "",
    },
    marks=[
        Mark("P01", "nobody had shown us how", "Support", "SK"),
        *_both("P01", "- Yes, honestly, the children taught me.", "+Motivation"),
        Mark("P01", "Yes", "+Motivation", "SK"),
        *_both("P02", "Some pupils had no internet at home", "Network and devices"),
        *_both("P02", "My head teacher called each of us every evening.", "Head of school"),
        Mark("P02", "That kept me going.", "+Motivation", "NP"),
        *_both("P03", "I was afraid of the camera", "Worry"),
        *_both("P03", "A colleague sat with me for two evenings.", "Colleagues"),
        Mark("P03", "- No, I would not go back.", "+Motivation", "SK"),
        Mark("P04", "The network broke down on every rainy day.", "Network and devices", "SK"),
        Mark("P04", "We share our lessons now", "Colleagues", "SK"),
    ],
    line="Checked against the recording, second version",
)

_THAI = ("งานของอาสาสมัครเป็นอย่างไรบ้างคะ", "ใช้แอปแล้วเป็นอย่างไรคะ", "มีใครหรืออะไรช่วยบ้างคะ")
THAI = Talks(
    turns={
        "P01": _talk(
            _THAI,
            "เราเดินเยี่ยมบ้านทุกเช้า ชาวบ้านรู้จักเราดี",
            "- ค่ะ บันทึกความดันได้เลย ไม่ต้องจดสมุดแล้ว",
            "สัญญาณไม่ค่อยมี ต้องเดินไปหน้าวัด แต่เพื่อนช่วยกัน",
        ),
        "P02": _talk(
            _THAI,
            "ทำมาสิบปีแล้ว มีความสุขดี",
            "ตอนแรกกลัวกดผิด ลูกสอนให้กดส่งข้อมูล",
            "หัวหน้าโทรมาถามไถ่ตลอด มีกำลังใจ",
        ),
        "P03": _talk(
            _THAI,
            "อบรมครั้งเดียวจำไม่ได้ ต้องถามเพื่อน",
            "คนไข้ส่งรูปแผลมาให้ดู หมอตอบกลับเร็ว",
            "- ไม่เคยเบื่อค่ะ ทำด้วยใจ",
        ),
        "P04": _talk(
            _THAI,
            "งานเยอะขึ้นทุกปี",
            "โทรศัพท์เก่าแล้ว เปิดแอปช้ามาก",
            "เพื่อนในกลุ่มช่วยกันกรอกตอนเย็น",
        ),
    },
    codes={
        "แรงสนับสนุน": "",
        "เพื่อน": "แรงสนับสนุน",
        "ครอบครัว": "แรงสนับสนุน",
        "สัญญาณและอุปกรณ์": "",
        "+กำลังใจ": "",
        "ความกังวล": "",
    },
    marks=[
        *_both("P01", "- ค่ะ บันทึกความดันได้เลย", "+กำลังใจ"),
        Mark("P01", "ค่ะ", "+กำลังใจ", "SK"),
        *_both("P01", "สัญญาณไม่ค่อยมี", "สัญญาณและอุปกรณ์"),
        Mark("P01", "เพื่อนช่วยกัน", "เพื่อน", "SK"),
        *_both("P02", "ตอนแรกกลัวกดผิด", "ความกังวล"),
        *_both("P02", "ลูกสอนให้กดส่งข้อมูล", "ครอบครัว"),
        Mark("P02", "หัวหน้าโทรมาถามไถ่ตลอด", "แรงสนับสนุน", "SK"),
        Mark("P02", "มีกำลังใจ", "+กำลังใจ", "NP"),
        *_both("P03", "ต้องถามเพื่อน", "เพื่อน"),
        Mark("P03", "- ไม่เคยเบื่อค่ะ ทำด้วยใจ", "+กำลังใจ", "SK"),
        Mark("P04", "โทรศัพท์เก่าแล้ว", "สัญญาณและอุปกรณ์", "SK"),
        Mark("P04", "เพื่อนในกลุ่มช่วยกันกรอกตอนเย็น", "เพื่อน", "SK"),
    ],
    line="ตรวจทานกับเสียงแล้ว ฉบับที่สอง",
)
