"""What words say of a label by themselves: whose it is, that it heads a page, that it is no label but speech.

Labels are compared by `key_of`: without brackets, marks, case, doubled spaces and Thai digits. Nothing here knows of
transcripts; what a label means by its place among others is in `speakers`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from thongthin.basics.language import arabic_digits, has_thai, one_line

Role = Literal["interviewer", "participant", "other"]

# Words for people, as base forms: numbers, what stands in brackets, and what `_BESIDE` names are taken off first.
# fmt: off
_WORDS: dict[Role, tuple[str, ...]] = {
    "interviewer": (
        "interviewer", "interviewers", "int", "intr", "intv", "intvr", "iv", "ivr", "ivw", "iver",
        "moderator", "mod", "facilitator", "fac", "facil", "researcher", "investigator", "research assistant",
        "research team", "ra", "pi", "question", "questioner", "host", "presenter", "reporter", "journalist",
        "evaluator", "enumerator", "fieldworker", "ai", "bot", "chatbot", "assistant moderator", "co-moderator",
        "co-facilitator", "co-interviewer", "ai interviewer",
        "ผู้สัมภาษณ์", "คนสัมภาษณ์", "ผู้ถาม", "คนถาม", "ถาม", "คำถาม", "ผู้วิจัย", "นักวิจัย", "คณะผู้วิจัย", "ทีมวิจัย", "คณะวิจัย",
        "ผู้ช่วยวิจัย", "ผู้ช่วยนักวิจัย", "ผู้ช่วยผู้วิจัย", "พิธีกร", "ผู้ดำเนินรายการ", "ผู้ดำเนินการสนทนา", "ผู้ดำเนินการอภิปราย",
        "ผู้ดำเนินการสัมภาษณ์", "ผู้นำสนทนา", "ผู้นำการสนทนา", "ผู้นำกลุ่ม", "ผู้สนทนา (ผู้วิจัย)", "ผู้ดำเนินการ", "ผู้สื่อข่าว", "นักข่าว",
        "ผู้เก็บข้อมูล", "พนักงานสัมภาษณ์", "วิทยากรกระบวนการ", "โมเดอเรเตอร์",
        "ผู้ซักถาม", "ผู้ประเมิน", "ผู้สำรวจ", "ส.", "ผส", "ผส.", "ผถ", "ผถ.",
    ),
    "participant": (
        "interviewee", "interviewees", "ie", "ivee", "respondent", "respondents", "resp", "res", "rsp",
        "participant", "participants", "part", "ppt", "pt", "informant", "inf", "key informant", "ki", "narrator",
        "subject", "answer", "user", "contributor", "guest", "candidate", "interview partner", "storyteller",
        "discussant", "attendee", "audience member", "panelist", "panellist", "focus group member",
        "ผู้ให้ข้อมูล", "ผู้ให้ข้อมูลหลัก", "ผู้ให้ข้อมูลสำคัญ", "ผู้ให้สัมภาษณ์", "ผู้ถูกสัมภาษณ์", "ผู้รับการสัมภาษณ์", "ผู้รับสัมภาษณ์",
        "ผู้เข้ารับการสัมภาษณ์", "ผู้ตอบ", "คนตอบ", "ตอบ", "คำตอบ", "ผู้ตอบแบบสัมภาษณ์", "ผู้ตอบคำถาม", "ผู้ร่วมสนทนา", "ผู้เข้าร่วม",
        "ผู้เข้าร่วมสนทนา", "ผู้เข้าร่วมการสนทนา", "ผู้เข้าร่วมวิจัย", "ผู้เข้าร่วมการวิจัย", "ผู้เข้าร่วมกลุ่ม", "ผู้เข้าร่วมประชุม", "ผู้ร่วมวิจัย",
        "ผู้มีส่วนร่วมในการวิจัย", "อาสาสมัคร", "กลุ่มตัวอย่าง", "แขกรับเชิญ", "ผู้ร่วมรายการ", "ผู้บอกเล่า", "ผู้เล่า", "สมาชิกกลุ่ม",
        "ผห", "ผห.", "ผต", "ผต.",
    ),
    "other": (
        "observer", "note taker", "notetaker", "note-taker", "scribe", "recorder", "transcriber", "transcriptionist",
        "announcer", "timekeeper", "system",
        "ผู้สังเกตการณ์", "ผู้สังเกต", "ผู้จดบันทึก", "ผู้บันทึก", "ผู้ถอดเทป", "ผู้ถอดความ", "ผู้จด", "ผู้บันทึกเทป",
    ),
}
# Of these, what is said of other things, too ("User: ...", "คำถาม: ..."): it must take its part in the conversation.
_COMMON = {
    "question", "answer", "user", "host", "guest", "system", "subject", "candidate", "ai", "bot", "part", "pt",
    "presenter", "reporter", "recorder", "contributor", "attendee", "inf", "res", "int", "mod", "fac", "ra", "pi", "ie",
    "iv", "ki", "คำถาม", "คำตอบ", "ถาม", "ตอบ", "ผู้ตอบ", "กลุ่มตัวอย่าง", "อาสาสมัคร", "ผู้ประเมิน", "นักข่าว", "ผู้สื่อข่าว", "พิธีกร",
    "ผู้เข้าร่วม", "ผู้เข้าร่วมประชุม", "แขกรับเชิญ", "ผู้ดำเนินการ", "ผู้บันทึก", "ส.", "ผส", "ผถ", "ผห", "ผต",
}
# Words that mark people whose words are nobody's own: what an interpreter says may stand for the participant's.
_ASKED = {"interpreter", "translator", "ล่าม", "ผู้แปล", "ผู้ช่วยแปล"}
# What stands beside such a word without changing whose it is.
_BESIDE = re.compile(
    r"^(?:(?:fe)?male|man|woman|first|second|third|lead|main|senior|junior|student|unidentified|unknown|another|the|"
    r"secondary|เสียง|รหัส)\s+|^เสียง|\s*(?:หญิง|ชาย|หลัก|สำคัญ|ร่วม|ท่านหนึ่ง|คนหนึ่ง|(?:ลำดับ)?(?:คน|ท่าน|ราย)?ที่|คน|ท่าน|ราย)$"
    r"|\s+(?:no\.?|number|male|female|[a-h]|[ก-ฮ])$"
)
_NUMBER = re.compile(r"[\s_#.\-–/]*(?:no\.?\s*)?#?\d+\s*$")
# Letters that stand for people: certain beside a name or a longer word, or beside each other in these pairs.
_LETTERS: dict[str, Role] = {"i": "interviewer", "q": "interviewer", "p": "participant"}
_PAIRS: dict[frozenset[str], dict[str, Role]] = {
    frozenset(pair): {pair[0]: "interviewer", pair[1]: "participant"}
    for pair in ("ip", "ir", "ib", "ia", "ie", "is", "it", "qa", "qr", "qp", "mp", "mr", "rp", "fp", "dp")
}
# Forms of address and kinship, which mark a name.
_TITLES = re.compile(
    r"(?:mr|mrs|ms|miss|dr|prof|professor|pastor|mayor|sir|madam|rev|father|sister)\b\.?\s*\S"
    r"|(?:คุณ|นาย|นางสาว|นาง|น\.ส\.|ด\.ช\.|ด\.ญ\.|ดร\.|ผศ\.|รศ\.|ศ\.|อ\.|อาจารย์|ครู|หมอ|ลุง|ป้า|น้า|อา|ตา|ยาย|ปู่|ย่า|พี่|น้อง|พ่อ|แม่|"
    r"เจ๊|เฮีย|กำนัน|ผู้ใหญ่|ปลัด|ผอ\.|ท่าน|พระ|หลวง)\s*[ก-๙]"
)
_GENERIC = re.compile(
    r"(?:(?:unknown|unidentified)\s+)?(?:speaker|spk|spkr|voice|person|ผู้พูด|เสียง|ลำโพง|คนที่)[\s_\-#]*[a-z0-9]*"
    r"|unknown|unidentified|(?:fe)?male(?: \d+)?|man(?: \d+)?|woman(?: \d+)?|[a-z]\d{0,2}|[ก-ฮ]\d{0,2}|\d{1,2}"
)
# What heads a page or a form, by how it begins.
_HEADS = re.compile(
    r"(?:date|time|place|location|venue|site|setting|duration|length|start(?:ed)? time|end time|started|ended|file|"
    r"audio|recording|recorded|project|study|title|topic|theme|session|format|mode|language|consent|age|gender|sex|"
    r"occupation|position|job|role|organi[sz]ation|company|department|education|experience|persona|context|name|"
    r"pseudonym|alias|id|code|depositor|collection|transcri(?:ber|bed|ption|pt)|typed|checked|edited|translated|"
    r"interview(?:ed)? (?:by|id|no|number|date|time|duration|location|place|type|guide|method|setting|language)|"
    r"interview(?:er|ee)?'?s? (?:name|id|code)|participant (?:id|name|code|number)|respondent (?:id|name|code|number)|"
    r"date of|number of|group|province|district|village|attendees|present|notes?|remarks?|keywords?|version|source|"
    r"email|phone|tel)\b"
    r"|(?:วัน|เวลา|สถานที่|สถานศึกษา|สถานะ|ระยะเวลา|ความยาว|ชื่อ|นามสมมติ|นามแฝง|อายุ|เพศ|อาชีพ|ตำแหน่ง|หน่วยงาน|บริษัท|องค์กร|สังกัด|ที่อยู่|"
    r"จังหวัด|อำเภอ|ตำบล|หมู่บ้าน|พื้นที่|การศึกษา|ระดับ|ประสบการณ์|รหัส|เลขที่|ลำดับที่|ครั้งที่|บทสัมภาษณ์|แบบสัมภาษณ์|การสัมภาษณ์|สัมภาษณ์|"
    r"หัวข้อ|เรื่อง|โครงการ|คำสำคัญ|ไฟล์|เทป|ผู้ถอด|ผู้พิมพ์|ผู้ตรวจ|ผู้บันทึก|ผู้แปล|อาจารย์ที่ปรึกษา|ภาษา|ความยินยอม|หมายเหตุ|ที่มา|อ้างอิง|"
    r"โทร|อีเมล|ประเภท|กลุ่มที่|รูปแบบ|ช่องทาง|จำนวน)"
)
_SPEECH = frozenset({
    "i", "i'm", "im", "me", "my", "we", "our", "you", "your", "he", "she", "it", "its", "they", "them", "so", "and",
    "but", "or", "because", "if", "that", "this", "these", "those", "there", "here", "is", "are", "was", "were",
    "be", "been", "have", "has", "had", "do", "does", "did", "will", "would", "could", "should", "can", "to", "of",
    "for", "with", "about", "from", "as", "then", "in", "on", "at", "by", "well", "okay", "ok", "yes", "yeah", "no",
    "not", "just", "like", "what", "which", "when", "where", "why", "how", "says", "said", "goes", "think", "know",
    "mean", "first", "second", "third", "finally", "lastly", "pros", "cons", "advantages", "summary", "example",
})
_THAI_SPEECH = (
    "ครับ", "ค่ะ", "ว่า", "คือ", "แล้ว", "ก็", "ได้", "ไม่", "ใช่", "มัน", "เรา", "เขา", "ฉัน", "ข้อ", "อย่าง", "สรุป", "เช่น",
    "ตัวอย่าง", "ปัญหา", "สิ่ง", "เรื่อง", "ส่วน", "ลำดับ", "ประเด็น", "เพราะ", "ถ้า", "ต่อมา", "สุดท้าย",
)
# fmt: on
_BY_WORD: dict[str, Role] = {word: role for role, words in _WORDS.items() for word in words}
# Words that say it whatever follows: ผู้ตอบแบบสอบถาม, ผู้ให้ข้อมูลกลุ่มเปราะบาง.
_FAMILIES = re.compile(
    r"(?:(ผู้สัมภาษณ์|ผู้วิจัย|นักวิจัย|ผู้ดำเนินการสนทนา|ผู้ดำเนินการสัมภาษณ์)|ผู้ตอบ|ผู้ให้ข้อมูล|ผู้ให้สัมภาษณ์|ผู้ถูกสัมภาษณ์|ผู้รับการสัมภาษณ์|ผู้เข้าร่วม|"
    r"ผู้ร่วมสนทนา|ผู้สมัคร)[^:：]{0,25}$"
)
_MARKS = re.compile(r"[\[\]()<>{}«»“”\"'*_`]+")
_QUESTION = re.compile(
    r"[?？]|(?:ไหม|มั้ย|หรือไม่|หรือเปล่า|หรือยัง|อย่างไร|ยังไง|อะไร|ทำไม|เพราะอะไร|เท่าไร|เท่าไหร่|เมื่อไร|เมื่อไหร่|ที่ไหน|ตรงไหน|แค่ไหน|ใคร|ช่วยเล่า)"
    r"|(?<!ค่)คะ(?=\s|$)|^(?:what|how|why|when|where|who|which|can you|could you|do you|did you|are you|is there|"
    r"tell me|would you|have you)\b",
    re.IGNORECASE,
)


@cache
def key_of(label: str) -> str:
    """The label as labels are compared: lower case, plain digits, no marks around it, one space between words."""
    text = arabic_digits(one_line(label)).casefold().strip(" \t*_`#:：.,;-–—")
    inner = text.strip("[]()<>{}\"'“”«»").strip()
    return inner if "(" not in inner or inner.endswith(")") or ")" not in text else text


@cache
def _bases(key: str) -> tuple[str, ...]:
    """The words that a label consists of, most telling first: without brackets; then what stands in them."""
    inside = re.findall(r"[(\[]([^()\[\]]*)[)\]]", key)
    outside = re.sub(r"[(\[][^()\[\]]*[)\]]", " ", key)
    found = []
    for text in (outside, *inside):
        plain = " ".join(_MARKS.sub(" ", text.replace("_", " ")).split())
        for _ in range(4):
            if plain in _BY_WORD or plain in _ASKED:
                break
            shorter = _NUMBER.sub("", plain).strip(" -–#.")
            if shorter == plain:
                shorter = _BESIDE.sub("", plain, count=1).strip(" -–#.")
            if shorter == plain or not shorter:
                break
            plain = shorter
        found.append(plain)
    return tuple(found)


@cache
def role_of_word(key: str) -> Role | None:
    """Whose a label is by the word that it is; None if the word does not say."""
    for base in (key, *_bases(key)):
        if base in _BY_WORD and base != "":
            return _BY_WORD[base]
    if (family := _FAMILIES.match(key)) and not is_speech(key):
        return "interviewer" if family[1] else "participant"
    first = re.match(r"(.+?)\s*(?:/|,|&|\band/or\b|\band\b|\bwith\b|และ|กับ)\s*(.+)", key)
    if first:  # "Interviewee 1 and/or Interviewee 2"
        roles = {role_of_word(part) for part in first.groups()}
        return roles.pop() if len(roles) == 1 else None
    words = key.split()
    # "Participant P04", "Interviewer SJ": the word, and who it is.
    if len(words) == 2 and words[0] in _BY_WORD and re.fullmatch(r"[a-z]{0,3}[-_]?\d{0,3}", words[1]):
        return _BY_WORD[words[0]]
    return None


def is_common(key: str) -> bool:
    """Whether it is a word for a role that is said of other things, too."""
    return bool(letter_of(key)) or any(base in _COMMON for base in (key, *_bases(key)))


def is_asked(key: str) -> bool:
    """Whether it is a word for somebody whose words may count as another's, such as an interpreter."""
    return any(base in _ASKED for base in _bases(key))


def letter_of(key: str) -> str:
    """The letter that a label is, with or without a number; "" if it is more."""
    found = re.fullmatch(r"([a-z])\d{0,3}", key)
    return found[1] if found else ""


def role_of_letter(letter: str, others: frozenset[str]) -> Role | None:
    """Whose a single letter is, beside the other labels of its transcript: letters, and "" for what is longer."""
    letters = others - {"", letter}
    if not letters:
        return _LETTERS.get(letter)
    pairs = {_PAIRS.get(frozenset((letter, other)), {}).get(letter) for other in letters}
    return pairs.pop() if len(pairs) == 1 else None


def is_generic(key: str) -> bool:
    """Whether it names nobody: Speaker 1, ผู้พูด 2, Female, A."""
    return _GENERIC.fullmatch(key) is not None


def is_titled(key: str) -> bool:
    """Whether it begins as a name does: คุณสมชาย, นาย ก, Dr. Lee."""
    return _TITLES.match(key) is not None


def is_head(key: str) -> bool:
    """Whether it is what heads a page or a form: date, place, duration, transcriber."""
    return _HEADS.match(key) is not None and role_of_word(key) is None


@cache
def is_speech(label: str) -> bool:
    """Whether what stands before a colon reads as part of a sentence rather than as a label."""
    text = one_line(label).strip()
    if has_thai(text):
        told = ("ว่า", "บอก", "พูด") if is_titled(key_of(text)) else _THAI_SPEECH
        return len(text) > 40 or any(word in text for word in told)
    words = text.split()
    if re.search(r"[,;!?…]|\.\s+[A-Z]?[a-z]{3,}", text):
        return True
    return (
        len(words) > 9
        or any(word.casefold() in _SPEECH for word in words[:6])
        or (len(words) > 1 and text[:1].islower())
    )


def looks_like_name(label: str) -> bool:
    """Whether a label that stands once could well be a person's: a title, initials, or one to three names."""
    text = one_line(label).strip()
    key = key_of(text)
    if is_speech(text) or is_head(key):
        return False
    if is_titled(key) or is_generic(key) or role_of_word(key):
        return True
    if has_thai(text):
        return False
    words = text.split()
    return len(words) <= 3 and len(text) <= 30 and all(re.match(r"[A-Z][\w.'’-]*$", word) for word in words)


def asks(text: str) -> bool:
    """Whether what is said holds a question, as far as its words and signs tell."""
    return _QUESTION.search(text) is not None


def is_namelike_value(text: str) -> bool:
    """Whether what stands behind a label of a page's head could be who it was: short, and no sentence."""
    text = one_line(text).strip()
    if not text or len(text) > 60 or asks(text) or re.search(r"[!…;]|\.\s+\S+\s+\S+|(?<=[a-z]{3})\.$", text):
        return False
    if has_thai(text):
        return not any(word in text for word in ("ครับ", "ค่ะ", "คะ", "นะ", "สวัสดี", "ผม", "ดิฉัน", "ขอบคุณ", "แล้ว", "ไม่"))
    words = [word for word in re.split(r"[\s,]+", text) if word]
    return len(words) <= 8 and not {word.casefold().strip(".") for word in words} & (
        _SPEECH | {"hello", "hi", "thanks"}
    )
