"""Names in bibliographies: people, bodies that are never taken apart, monks."""

from __future__ import annotations

import re

from thongthin.basics.language import has_thai

# Words with which the name of a body begins (Thai), or that stand in it (English).
_THAI_BODY = re.compile(
    r"(?:สำนัก|เทศบาล|กระทรวง|กรม(?!หลวง|พระ|หมื่น|ขุน)|กอง(?=[ก-ฮ])|มหาวิทยาลัย|วิทยาลัย|สถาบัน|องค์การ|องค์กร|ศูนย์|คณะ|ราชบัณฑิต|ราชกิจจา"
    r"|สภา|ธนาคาร|บริษัท|มูลนิธิ|สมาคม|โรงเรียน|โรงพยาบาล|จังหวัด|อำเภอ|สมัชชา|ชมรม|เครือข่าย|รัฐบาล|ฝ่าย|งาน|โครงการ|หน่วย|การไฟฟ้า|การประปา"
    r"|การรถไฟ|การท่องเที่ยว|ตลาดหลักทรัพย์|ศาล|วัด|หอสมุด|กลุ่ม)"
)
_ENGLISH_BODY = re.compile(
    r"\b(?:Academy|Administration|Agency|Alliance|Association|Authority|Bank|Board|Bureau|Cent(?:er|re)|Club|College|"
    r"Commission|Committee|Company|Consortium|Corporation|Council|Department|Division|Federation|Forum|Foundation|Fund|"
    r"Government|Group|Inc|Institut(?:e|ion|ut)|Laborator(?:y|ies)|Library|Ltd|Ministry|Municipality|Museum|Nations|"
    r"Network|Office|Organi[sz]ations?|Parliament|Press|Programme|Project|Province|School|Secretariat|Senate|Service|"
    r"Society|Team|Trust|UNESCO|OECD|Union|University|World)\b"
)
_MONK = re.compile(r"พระ(?!ราช(?:บัญญัติ|กฤษฎีกา|กำหนด)|บาทสมเด็จ|นคร)|สามเณร|สมเด็จพระ")
_ENGLISH_MONK = re.compile(r"(?:Ven(?:erable|\.)\s+)?(Phra\s?(?:[A-Z][a-z]*|[a-z]+))")
# A particle that belongs to the family name begins with a small letter: van der Berg.
_PARTICLE = re.compile(r"[a-zà-ÿ'’]")

Name = dict[str, str]


def is_body(name: str) -> bool:
    """Whether a name is that of an office, a company or another body."""
    return bool(_THAI_BODY.match(name.strip()) if has_thai(name) else _ENGLISH_BODY.search(name))


def is_monk(name: str) -> bool:
    """Whether a name begins as those of Buddhist monks and novices do."""
    name = name.strip()
    return bool(_MONK.match(name)) if has_thai(name) else bool(_ENGLISH_MONK.match(name))


def without_comma(name: str) -> Name:
    """A name that is written from left to right, as names of references.yml have it.

    A Thai name is parted at its first space, which changes nothing of how it is printed; one without space, and the
    name of a body, stay whole.
    """
    words = name.split()
    if len(words) < 2 or is_body(name):
        return {"literal": " ".join(words)}
    if has_thai(name):
        return {"given": words[0], "family": " ".join(words[1:])}
    particle = next((n for n, word in enumerate(words[1:-1], start=1) if _PARTICLE.match(word)), len(words) - 1)
    return {"given": " ".join(words[:particle]), "family": " ".join(words[particle:])}


def with_comma(parts: list[str]) -> Name:
    """A name whose family name stands first.

    Args:
        parts: family and given name, and perhaps a suffix behind them.
    """
    family, given, *suffix = [part.strip() for part in parts]
    if not given or not family:
        return without_comma(family or given)
    return {"given": given, "family": family, **({"suffix": suffix[0]} if suffix and suffix[0] else {})}


def written_name(name: str) -> Name:
    """A name as reference managers write it: ``Davis, Fred D.``, ``Davis, Fred D., Jr.``, ``สมชาย ใจดี``."""
    parts = name.split(",")
    return with_comma(parts[:3]) if len(parts) in (2, 3) and not is_body(name) else without_comma(name.rstrip(", "))
