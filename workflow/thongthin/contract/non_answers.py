"""What people write in place of an answer, and for which reason there is none."""

from __future__ import annotations

import re
from collections.abc import Mapping

from thongthin.contract.answer_scales import comparable, number_and_words

# Why there is no answer: the respondent does not know, the question does not apply, the respondent refuses; a code or
# word that stands for missing; the question was not asked by design; the cell is empty.
REASONS = ("dont_know", "not_applicable", "refused", "missing", "not_asked", "empty")
_NO_ANSWER = {
    "dont_know": "ไม่ทราบ|ไม่รู้|ไม่แน่ใจ|ไม่ทราบคำตอบ|ไม่ทราบแน่ชัด|จำไม่ได้|ตอบไม่ได้|ไม่สามารถตอบได้|ไม่มีความเห็น|ไม่มีความคิดเห็น|ບໍ່ຮູ້"
    "|Don't know|Don’t know|Do not know|I don't know|I don’t know|Doesn't know|DK|Not sure|Unsure|Can't say|Can’t say"
    "|Cannot say|Hard to say|Can't choose|Can’t choose|Cannot choose|Can't remember|Can’t remember|Don't remember"
    "|Don’t remember|No opinion|No sabe|NS|Weiß nicht|Ne sait pas|NSP|Tidak tahu|Không biết",
    "not_applicable": "ไม่เกี่ยวข้อง|ไม่เข้าข่าย|ไม่มีกรณีนี้|ใช้ไม่ได้กับกรณีนี้|Not applicable|N/A|Does not apply|Doesn't apply"
    "|Doesn’t apply|Not relevant|Inapplicable|No aplica|Trifft nicht zu|Sans objet",
    "refused": "ไม่ประสงค์ตอบ|ไม่ประสงค์จะตอบ|ไม่ประสงค์ระบุ|ไม่ประสงค์จะระบุ|ไม่ประสงค์ให้ข้อมูล|ไม่ประสงค์ตอบคำถาม|ไม่ต้องการตอบ"
    "|ไม่ต้องการตอบคำถาม|ไม่ต้องการระบุ|ไม่ต้องการเปิดเผย|ไม่สะดวกตอบ|ไม่สะดวกระบุ|ไม่สะดวกให้ข้อมูล|ไม่ขอตอบ|ไม่ขอระบุ|ไม่อยากตอบ|ปฏิเสธ"
    "|ปฏิเสธที่จะตอบ|ปฏิเสธการตอบ|ปฏิเสธไม่ตอบ|ไม่ยินดีตอบ|Refused|Refusal|Refuse|Refuse to answer|Refused to answer"
    "|Refused to say|Prefer not to say|Prefer not to answer|I prefer not to say|I prefer not to answer|Rather not say"
    "|Would rather not say|Prefer not to disclose|Declined|Decline to answer|Declined to answer|Rehúsa|Rehusó|Refus"
    "|Verweigert",
    "missing": "ไม่ตอบ|ไม่ตอบคำถาม|ไม่ตอบข้อนี้|ไม่ได้ตอบ|ไม่ระบุ|ไม่มีคำตอบ|ไม่มีข้อมูล|ไม่ให้ข้อมูล|ข้อมูลขาดหาย|ข้อมูลสูญหาย|ค่าสูญหาย|ບໍ່ຕອບ"
    "|No answer|Not answered|No response|No reply|No data|Not stated|Not ascertained|Not reported|Not available|Blank"
    "|Left blank|Unspecified|Missing|Missing value|System missing|No responde|No contesta|NC|NR|Keine Angabe|k. A."
    "|Sans réponse|Tidak menjawab|Không trả lời",
}


# Words of no answer -> reason; where a word is a point of the item's scale, it is an answer.
NON_ANSWERS: dict[str, str] = {
    comparable(word): reason for reason, words in _NO_ANSWER.items() for word in words.split("|")
}


_SEVERAL_REASONS = re.compile(r"[/,;|]|หรือ|\bor\b", re.IGNORECASE)
# What programs write where there is nothing; not the N/A that people write.
_NOTHING = {"NA", "NaN", "nan", "NULL", "null", ".", "-", "–", "—"}


def non_answer(answer: str, further: Mapping[str, str] | None = None) -> str | None:
    """Why an answer that is no point of its scale is none: one of `REASONS`; None if it is an answer after all.

    Args:
        further: words and codes that the study declares, as `comparable` has them, and their reasons.
    """
    if not answer or answer in _NOTHING:
        return "empty"
    known = {**NON_ANSWERS, **further} if further else NON_ANSWERS
    both = number_and_words(answer)
    for words in (answer, *((both[1],) if both else ())):
        if reason := known.get(comparable(words)):
            return reason
        parts = [part for part in _SEVERAL_REASONS.split(words) if part.strip()]
        reasons = [known.get(comparable(part)) or ("missing" if part.strip() in _NOTHING else None) for part in parts]
        if len(parts) > 1 and all(reasons):  # "Don't know / Refused"
            return reasons[0]
    return None
