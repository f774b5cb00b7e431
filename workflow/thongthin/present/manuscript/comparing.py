"""Sentences that compare or count and are bound to nothing: what they say may stop being true without a word.

A word that compares or counts is covered where it stands in what is bound to a claim or marked as interpretation, or in
a sentence whose words come from data; what a cited work found is of that work. Only where results are told are such
words looked for: in the abstract, the findings, the discussion, the conclusion, and what describes a figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from thongthin.basics.language import Language
from thongthin.present.manuscript.passages import Manuscript, Passage, Section, Sign
from thongthin.present.manuscript.sentences import sentences

# Words that compare or count, as pieces of a regular expression; they grow by what is met. Those in the first list do
# by themselves, those of the second where what is counted follows.
ENGLISH = (
    r"more|less|fewer|most|mostly|least|mainly|highest|lowest|higher|lower|largest|smallest|larger|smaller|greatest|"
    r"greater|strongest|weakest|stronger|weaker|better|worse|best|worst|above|below|exceeds?|exceeded|"
    r"than|differs?|differed|differences?|alike|similar(?:ly)?|equal(?:ly)?|unequal(?:ly)?|uneven|"
    r"rose|rises?|fell|falls?|declined?|increased?|decreased?|grew|gained|dropped|became faster|took fewer|"
    r"significant(?:ly)?|associated|association|related to|correlated?|correlation|went with|goes? with|stand out|"
    r"majority|minority|half|thirds?|quarters?|twice|doubled?|tripled?|everybody|nobody|everywhere|"
    r"rare(?:ly)?|widespread|confirm each other|followed by|comes? before|far apart|spread out|close together"
)
ENGLISH_COUNTING = r"all|none|every|both|few|many|several|only"
ENGLISH_COUNTED = (
    r"(?:of )?(?:the |other |these |those )?(?:(?:five|six|three|two|four|ten|twelve|study|survey) )?(?:participants?|"
    r"respondents?|informants?|sites?|municipalit(?:y|ies)|officials?|citizens?|people|speak|factors?|themes?|codes?|"
    r"scales?|items?|interviews?|groups?|coders?|rows?|strands?|comparisons?|differences?)"
)
THAI = (
    r"มากกว่า|น้อยกว่า|สูงกว่า|ต่ำกว่า|ดีกว่า|แย่กว่า|เร็วกว่า|เหนือกว่า|อยู่เหนือ|มากที่สุด|น้อยที่สุด|สูงที่สุด|ต่ำที่สุด|สูงสุด|ต่ำสุด|ดีที่สุด|ทั่วถึงที่สุด|"
    r"ส่วนใหญ่|ส่วนมาก|ส่วนน้อย|เป็นหลัก|ต่างกัน|แตกต่าง|ไม่เท่ากัน|เท่ากัน|เหมือนกัน|คล้ายกัน|ใกล้เคียงกัน|เพิ่มขึ้น|เพิ่มจาก|ลดลง|ลดจาก|สูงขึ้น|ต่ำลง|แย่ลง|"
    r"รวดเร็วขึ้น|มีนัยสำคัญ|มีความสัมพันธ์|ความสัมพันธ์|สัมพันธ์กับ|พบร่วมกับ|ครึ่งหนึ่ง|เกินครึ่ง|ทุกคน|ทุกปัจจัย|ทุกแถว|ทุกเส้นทาง|ไม่มีใคร|พบน้อย|"
    r"หลายคน|จำนวนมาก|เพียงจาก|ตามด้วย|เด่นชัด|ยืนยันกัน|วิธีตรงกัน|ไม่ตรงกัน|กระจายออก"
)
_WORDS = {
    "en": re.compile(rf"\b(?:{ENGLISH}|(?:{ENGLISH_COUNTING})(?= {ENGLISH_COUNTED}\b))\b", re.IGNORECASE),
    "th": re.compile(THAI),
}
_RESULTS = re.compile(
    r"abstract|findings?|results?|discussion|conclusions?|บทคัดย่อ|ผลการ|ผลวิจัย|ข้อค้นพบ|อภิปราย|สรุป", re.IGNORECASE
)
_KINDS = ("paragraph", "item", "description", "note")
# Quoted words and those of others are no findings of the study.
_QUOTED = re.compile(r"“[^”]*”|‘[^’]*’")


class Unbound(NamedTuple):
    """A sentence that compares or counts, and is bound to nothing.

    Attributes:
        word: the first that does.
    """

    section: Section
    passage: Passage
    line: int
    text: str
    word: str


class Comparing(NamedTuple):
    """How the sentences of a document that compare or count are covered: how many by what."""

    bound: int
    worded: int
    interpretation: int
    unbound: int


def unbound(manuscript: Manuscript) -> Iterator[Unbound]:
    """The sentences of a document that compare or count and are bound to nothing, in the order of the text."""
    for section, passage, start, text in _told(manuscript):
        for word in _words(text, manuscript.language):
            if _cover(passage, start, word.start(), text) == "":
                yield Unbound(section, passage, passage.line_at(start + word.start()), _shown(text), word[0])
                break


def counted(manuscript: Manuscript) -> Comparing:
    """How many sentences of a document compare or count, by what covers them; the weakest cover of each counts."""
    found = dict.fromkeys(Comparing._fields, 0)
    for _, passage, start, text in _told(manuscript):
        covers = {_cover(passage, start, word.start(), text) for word in _words(text, manuscript.language)}
        for name, cover in (("unbound", ""), ("interpretation", ".interpretation"), ("bound", "bound")):
            if cover in covers:
                found[name] += 1
                break
        else:
            found["worded"] += "worded" in covers
    return Comparing(**found)


def _told(manuscript: Manuscript) -> Iterator[tuple[Section, Passage, int, str]]:
    """Where results are told: each sentence with where it begins in its passage."""
    told = False
    for section in manuscript.sections:
        if section.level <= 1:
            told = bool(_RESULTS.search(f"{section.id} {section.title}"))
        for passage in section.passages:
            if passage.kind == "description" or (told and passage.kind in _KINDS):
                for start, text in sentences(passage.text, manuscript.language):
                    yield section, passage, start, text


def _words(text: str, language: Language) -> Iterator[re.Match[str]]:
    """The words of a sentence that compare or count; none where it cites a work, whose findings they may be."""
    if Sign.CITED in text or Sign.CITING in text:
        return
    quoted = [match.span() for match in _QUOTED.finditer(text)]
    for word in _WORDS[language].finditer(text):
        if not any(start <= word.start() < end for start, end in quoted):
            yield word


def _cover(passage: Passage, start: int, at: int, text: str) -> str:
    """What covers a word: "bound", "worded", ".interpretation"; "" if nothing does."""
    place = start + at
    around = [claim for begin, end, claim in passage.bound if begin <= place < end]
    if any(around):
        return "bound"
    if around:
        return ".interpretation"
    before = sum(character in _SIGNS for character in passage.text[:start])
    own = passage.things[before : before + sum(character in _SIGNS for character in text)]
    return "worded" if any(t.sign == Sign.VALUE and t.names[0].startswith("words.") for t in own) else ""


_SIGNS = frozenset(value for name, value in vars(Sign).items() if name.isupper())
_GAPS = str.maketrans(dict.fromkeys(_SIGNS, "…"))


def _shown(text: str, most: int = 90) -> str:
    """A sentence as it is told: what is asked for as a gap."""
    plain = " ".join(text.translate(_GAPS).split())
    return plain if len(plain) <= most else f"{plain[: most - 1]}…"
