"""Where a sentence of a passage begins and ends, in English and in Thai.

Thai ends no sentence with a mark. What is asked here is which words a citation speaks for: those before it, if it
stands in brackets, those behind it, if it is the subject, and not what follows a word with which a new thought begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from thongthin.basics.language import Language
from thongthin.present.manuscript.passages import Sign

_END = re.compile(
    rf"(?<!\be\.g)(?<!\bi\.e)(?<!\bal)(?<!\bvs)(?<!\bcf)(?<!\bDr)(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bNo)(?<!\bFig)(?<!\bca)"
    rf"(?<!\bapprox)(?<!\bpp)(?<!\bB\.E)(?<!\bS\.D)(?<!\b[A-Z])[.!?][”’\"')\]{Sign.NOTE}]*\s+(?=[^a-z\s])"
)
# With these a new thought begins, where they stand behind a space.
_THAI_BEGINNINGS = (
    "นอกจาก|อย่างไรก็|ทั้งนี้|ขณะ|ส่วน|แต่|ประการ|โดยสรุป|สรุป|กล่าวคือ|ดังนั้น|ผลการ|ในการวิจัย|การวิจัยนี้|งานวิจัยนี้|การศึกษานี้|"
    "บทความนี้|ในทางกลับกัน|ในที่นี้|ข้อมูล|ต่อมา|ทว่า|อีกทั้ง|ในขณะ"
)
_THAI_END = re.compile(rf"(?<={Sign.CITED})[.]?\s+|\s+(?={Sign.CITING})|[ \n]+(?=(?:{_THAI_BEGINNINGS}))|[?!]\s+")


def sentences(text: str, language: Language) -> Iterator[tuple[int, str]]:
    """The sentences of a passage, each with where it begins in the text."""
    start = 0
    for match in (_THAI_END if language == "th" else _END).finditer(text):
        yield start, text[start : match.end()]
        start = match.end()
    if start < len(text):
        yield start, text[start:]
