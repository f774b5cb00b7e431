"""Places below the site, organisations, and the health of a person, in Thai and in English."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from thongthin.read.identifiers.names import Line
from thongthin.read.identifiers.numbers import Hit
from thongthin.read.identifiers.words import as_set, dictionary

# Words behind "บ้าน", "วัด", "โรงเรียน" ... that name no place and no organisation.
_NO_PLACE = as_set(
    "ของ นี้ นั้น เรา ผม หนู เขา ตัวเอง เมือง เดียว เดิม ใหม่ เก่า อื่น ต่าง ทุก หลัง"
    " ใกล้ ไหน ไกล เลขที่ พัก เรือน แต่ เช่า ผล ความ การ ระดับ ใด นอก ร่วม แห่ง"
    " ท้องถิ่น เอง แรก ถูก พระ สาย หลัก ชนบท เข้า ออก ซ่อม พัง เสีย ทั้ง ริม ข้าง"
    " หนึ่ง สอง ขนาด ขนาดกลาง ขนาดเล็ก ขนาดใหญ่ ประเภท ประกอบ อุตสาหกรรม เอกชน รัฐ"
    " รัฐบาล แม่ อนุบาล ประถม มัธยม เล็ก ใหญ่ พยาบาล จดทะเบียน มหาชน จำกัด ประกัน"
    " ธุรกิจ กาแฟ อาหาร ขาย ค้า ขายของ สะดวกซื้อ ซัก ตัด ทอง ยา หนังสือ คอม มือถือ"
    " ไฟฟ้า ของชำ ผู้ ประจำ จังหวัด ประจำจังหวัด อำเภอ ตำบล ศูนย์ ส่วน เพิ่มเติม ภาย"
    " ภายใน ป้องกัน เสนอ รายการ แพทย์ พาณิชย์ เพื่อ เพื่อน สงเคราะห์ ครอง เศรษฐกิจ"
    " ออมสิน โลก กลาง ชาติ แห่งประเทศไทย พัฒนา สด สดใส นัด โต้รุ่ง ทุน หุ้น น้ำ คน ใด"
    " พา สมาคม มูลนิธิ ดับ มัน ดี นี่แหละ คลัง นักเรียน อีก อีกรอบ ครู ควบคุม แปรรูป"
    " นอกจาก แล้วแต่"
)
# How names of places end, though the words belong to sentences, too.
_ENDINGS = ("ใหญ่", "น้อย", "เหนือ", "ใต้", "กลาง", "ใหม่", "เก่า")
_WORDS = as_set(
    "บ้านเมือง บ้านนอก บ้านเรือน บ้านพัก บ้านเดียว บ้านเกิด บ้านใหม่ วัดวาอาราม วัดผล วัดระดับ ตลาดนัด ตลาดสด ตลาดหุ้น ชุมชนแออัด ถนนหนทาง"
)

# How names of places in the country begin.
_SIGNED = tuple(
    sorted(
        as_set(
            "โนน หนอง ดอน กุด โคก นา ห้วย คำ เหล่า โพธิ์ ป่า ท่า บึง ศรี ภู สระ วัง ดง ม่วง"
            " แก่ง โพน หัว ปาก บ่อ ทุ่ง สาม สี่ ไผ่ พระ สะ เมือง เวียง เชียง บาง คลอง ยาง ค้อ"
            " ขาม ชัย ไชย สวน แดง"
        )
    )
)
# What stands before a name of a place, and whether any name behind it is one.
_PLACE = re.compile(
    r"หมู่บ้าน|บ้าน(?!เลข)|ชุมชน|คุ้ม|ตลาด|วัด|ซอย|ถนน|ตำบล|แขวง|อำเภอ|กิ่งอำเภอ|(?<![ก-๛.])(?:ต\.|อ\.|ถ\.|ซ\.|บ\.)|(?<=จาก)ต\.|(?<=แถว)ต\."
)
_SURE = ("ตำบล", "แขวง", "ต.", "อำเภอ", "อ.", "กิ่งอำเภอ")
_PLACE_EN = re.compile(
    r"\b(?:Ban|Baan|Tambon|Wat|Soi|Thanon|Amphoe|Nong|Non|Moo Ban) [A-Z][a-z]+(?: [A-Z][a-z]+)?|"
    r"\b[A-Z][a-z]+ (?:Village|Temple|Subdistrict)\b"
)
_ORGANISATION = re.compile(
    r"บริษัท|บจก\.?|หจก\.?|ห้างหุ้นส่วน(?:จำกัด)?|โรงเรียน|รร\.|โรงพยาบาล|รพ\.สต\.|รพ\.|รพสต\.?|วิทยาลัย(?:เทคนิค|อาชีวศึกษา|การอาชีพ)?|มหาวิทยาลัย|สหกรณ์(?:การเกษตร)?"
    r"|มูลนิธิ|สมาคม|ชมรม|ธนาคาร|ร้าน|โรงแรม|โรงงาน|อบต\.|เทศบาลตำบล|เทศบาลเมือง"
)
# Behind these every name is one of an organisation.
_NAMED = ("มูลนิธิ", "หจก", "บจก", "ห้างหุ้นส่วน")
_ORGANISATION_EN = re.compile(
    r"\b(?:[A-Z][\w&.\-]+ ){1,4}(?:Co\.?,? ?Ltd\.?|Company|Limited|Ltd\.?|Inc\.?|Corporation|"
    r"Hospital|School|College|University|Foundation|Bank|Temple|Association|Cooperative)\b"
)
_DISEASE = (
    r"(?:เอชไอวี|HIV|เอดส์|โรคซึมเศร้า|ซึมเศร้า|มะเร็ง[ก-๎]{0,12}|วัณโรค|(?:โรค)?จิตเภท|โรคจิต|ไบโพลาร์|ยาบ้า|ยาเสพติด|โรคหัวใจ|เบาหวาน|ความดัน|โรคไต|ไตวาย|ตับอักเสบ|ซิฟิลิส|หนองใน|ลมชัก|อัมพาต|อัมพฤกษ์|สโตรก|พิการ"
    r"|ตาบอด|หูหนวก|ออทิสติก|สมาธิสั้น|โรคเรื้อน|โควิด|อัลไซเมอร์|สมองเสื่อม|แท้ง|โรคประสาท|เหล้า|แพนิก|พาร์กินสัน|ธาลัสซีเมีย)"
)
_HEALTH = re.compile(
    rf"(?:ผม|ดิฉัน|ฉัน|หนู|แม่|พ่อ|พี่|น้อง|ลุง|ป้า|ยาย|ตา|ลูก|สามี|ภรรยา|แฟน|เขา|แก|เธอ|คนข้างบ้าน|เพื่อน|หลาน)[ก-๎ ]{{0,16}}?"
    rf"(?:เป็น|ติด(?:เชื้อ)?|ป่วย(?:เป็น)?(?:ด้วย)?|รักษา|วินิจฉัย(?:ว่าเป็น)?|ตรวจ(?:พบ|เจอ)(?:ว่าเป็น)?|ทำ) ?(?:โรค)?{_DISEASE}"
)
_DISEASE_EN = (
    r"(?:HIV(?:[ -]positive)?|AIDS|tuberculosis|TB|depression|bipolar disorder"
    r"|schizophrenia|(?:\w+ )?cancer|diabetes|epilepsy|hepatitis(?: [ABC])?|syphilis"
    r"|dementia|leprosy|autism|an abortion|a stroke|addiction)"
)
_HEALTH_EN = re.compile(rf"\b(?:has|have|had|with|from|for|is|am|was|of) {_DISEASE_EN}\b")


def places(text: str, lines: list[tuple[int, Line]]) -> Iterator[Hit]:
    """Kind (`place`, `organisation`, `health`), start and end of each, half-open; `text` is that of `Searched`."""
    for at, line in lines:
        for kind, start, end in [*_places(line), *_organisations(line)]:
            yield kind, at + start, at + end
    for kind, pattern in (
        ("place", _PLACE_EN), ("organisation", _ORGANISATION_EN), ("health", _HEALTH), ("health", _HEALTH_EN),
    ):  # fmt: skip
        for match in pattern.finditer(text):
            yield kind, *match.span()


def _places(line: Line) -> Iterator[Hit]:
    for match in _PLACE.finditer(line.text):
        end = _named(line, match)
        if not end:
            continue
        name = line.text[match.end() : end].strip()
        number = re.match(r" ?\d{1,3}(?![\d,])", line.text[end:])
        road = match[0] in ("ซอย", "ถนน", "ถ.", "ซ.")
        if match[0] in _SURE or name.startswith(_SIGNED) or (road and (number or _is_strange(line, match.end(), end))):
            yield "place", match.start(), end + (number.end() if number and road else 0)


def _organisations(line: Line) -> Iterator[Hit]:
    for match in _ORGANISATION.finditer(line.text):
        end = _named(line, match)
        if not end:
            continue
        limited = re.match(r"(?: [ก-๎]{2,20})? ?จำกัด", line.text[end:])
        name = line.text[match.end() : end].strip()
        pieces = line.inside(match.end(), end)
        known = (
            name.startswith((*_SIGNED, "บ้าน"))
            or any(len(p) > 2 and p.startswith(_SIGNED) for p in pieces[1:])
            or name in provinces()
        )
        if limited or match[0].startswith(_NAMED) or known or (name and _is_strange(line, match.end(), end)):
            yield "organisation", match.start(), end + (limited.end() if limited else 0)


def _named(line: Line, match: re.Match[str]) -> int:
    """Where the name behind a word for a place or an organisation ends; 0 where none is there."""
    if line.inside_word(match.start()) or next(
        (
            True
            for w, s, e in line.tokens
            if s == match.start() and e > match.end() + 1 and w in dictionary() and w in _WORDS
        ),
        False,
    ):
        return 0
    begin = match.end() + (
        line.text[match.end() : match.end() + 1] == " "
        and (match[0].endswith(".") or match[0].startswith(("บริษัท", "ห้าง")))
    )
    end = line.name_end(begin)
    first = next((word for word, start, _ in line.tokens if start == begin), "")
    end = next((end + len(word) for word in _ENDINGS if line.text.startswith(word, end) and end > begin), end)
    if not first and any(line.text.startswith(word, begin) for word in _NO_PLACE if len(word) > 2):
        return 0
    if end - begin < 2 or first in _NO_PLACE or any(first.startswith(word) for word in _NO_PLACE if len(word) > 3):
        return 0
    return end


def _is_strange(line: Line, start: int, end: int) -> bool:
    """Whether a piece of it is in no dictionary."""
    return any(piece.strip() and piece not in dictionary() for piece in line.inside(start, end))


@functools.cache
def provinces() -> frozenset[str]:
    """Names of the provinces of Thailand."""
    from pythainlp.corpus.common import provinces as listed

    return frozenset(map(str, listed()))
