"""2,000 identifiers planted in Thai and English sentences, written before the rules that look for them.

Nothing here is a person: names are put together from syllables and kept only where no name list has them (`name_listed` alone
is drawn from the lists), citizen ids begin with 9, which the registry never issued. Every sentence is a `Planted` with the
place of what is planted. `corpus()` gives two halves by the hash of each sentence: the first is for whoever works on the
rules; of the second only rates are reported, and no failure of it is ever printed. Both halves share their sentence frames.
"""

# Lists of words read best as lists.
# ruff: noqa: E501

import hashlib
import random
from dataclasses import dataclass
from functools import cache

from pythainlp.corpus.common import thai_family_names, thai_female_names, thai_male_names

THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


@dataclass(frozen=True)
class Planted:
    """A sentence, the kind of identifier in it, and where it stands (half-open, in code points)."""

    kind: str
    text: str
    start: int
    end: int

    @property
    def identifier(self) -> str:
        return self.text[self.start : self.end]


# --- names ------------------------------------------------------------------------------------------------------------
_FIRST = ["กฤต", "ชญา", "ปัณณ", "ธนกร", "พิมพ์", "ณัฏฐ", "อรรถ", "ศุภ", "วริษ", "ภัทร", "จิร", "รุจิ", "นลิน", "กมล", "ธีร", "บุญ", "สิริ", "ปวร", "มณี", "เกศ",
          "วิภา", "สุร", "อัคร", "ทิพย์", "ประ", "คำ", "ทอง", "เพ็ญ", "ดวง", "จันทร์"]  # fmt: skip
_LAST = ["วรันท์", "ดาภา", "ภูมินท์", "ฐิตา", "ธาดา", "เวศน์", "รินทร์ดา", "กานต์ชล", "พิชญ์", "ไพศิลป์", "นิชา", "ลดา", "สรณ์", "วรัช", "ประไพ", "หล้า", "แสง",
         "ปภา", "จักษ์", "ริศา"]  # fmt: skip
_FAMILY_A = [
    "ศรี",
    "วงศ์",
    "แก้ว",
    "บุญ",
    "ธรรม",
    "โพธิ์",
    "คำ",
    "สุวรรณ",
    "ชัย",
    "พล",
    "ทอง",
    "จันทร์",
    "เหล่า",
    "นา",
    "ภู",
    "หนอง",
]
_FAMILY_B = [
    "กุดชุม",
    "ภาคีรัตน์",
    "โนนสังข์",
    "วรเมธ",
    "พิทักษ์วัฒน์",
    "หาญศึก",
    "ประเสริฐกิจ",
    "ดอนหว่าน",
    "เดชาภพ",
    "แสนสีหา",
    "ไชยบาล",
    "ละออเพชร",
]
_EN_FIRST = ["Krittavarun", "Pannathorn", "Somruedi", "Waritsara", "Tanakrit", "Chayada", "Phimlada", "Boonlert", "Siriprapai", "Nattaphon", "Rujinicha",
             "Duangjai", "Anchalee", "Kamolpat", "Theerachok", "Sukanda", "Prapai", "Wipharat"]  # fmt: skip
_EN_FAMILY = ["Srikutchum", "Wongphakhirat", "Kaewnonsang", "Boonworamet", "Thampithak", "Photihansuek", "Khamprasert", "Suwandonwan", "Chaidechaphop",
              "Thongsaensiha", "Laothaiban", "Phulaophet", "Nongchaiban"]  # fmt: skip
_WEST = [
    ("Margarethe", "Okonjo"),
    ("Declan", "Vashti"),
    ("Ingrid", "Holloway"),
    ("Tobias", "Lindqvist"),
    ("Rosalind", "Achterberg"),
    ("Emeka", "Whitford"),
]
_NICK = ["แนน", "บอย", "อ้อม", "ตุ๊ก", "เปิ้ล", "หนึ่ง", "ต้น", "นก", "ฝน", "ปู", "กุ้ง", "ไก่", "เล็ก", "ใหญ่", "น้อย", "แดง", "ดำ", "อ้วน", "จุ๋ม", "แป้ง", "เมย์", "เจี๊ยบ",
         "โอ๋", "หมู", "แอ๊ด", "ติ๋ม", "นิด", "หน่อย", "เอ๋", "มด", "ก้อย", "บี", "เจ", "ตาล", "ส้ม", "ฟ้า", "พลอย", "แจ๋ว", "ต่าย", "โจ้"]  # fmt: skip
_TITLES = ["นาย", "นาง", "นางสาว", "น.ส.", "คุณ", "ดร.", "ผศ.ดร.", "รศ.", "พ.ต.ท.", "ร.ต.อ.", "ส.ต.ต.", "จ.ส.อ.", "ว่าที่ร้อยตรี", "ด.ต.", "ร.ท.", "นพ.", "อาจารย์",
           "ผอ.", "ปลัด", "นายกฯ", "ผู้ใหญ่บ้าน", "กำนัน", "หมอ", "พระครู", "หลวงพ่อ"]  # fmt: skip
_KIN = ["พี่", "น้อง", "ลุง", "ป้า", "น้า", "อา", "ตา", "ยาย", "แม่", "พ่อ"]
_EN_TITLES = [
    "Mr.",
    "Mrs.",
    "Ms",
    "Miss",
    "Dr.",
    "Prof.",
    "Mr",
    "Khun",
    "Pol. Lt. Col.",
    "Ajarn",
    "Mayor",
    "Assoc. Prof.",
]


def _sets() -> tuple[frozenset[str], frozenset[str]]:
    return thai_female_names() | thai_male_names(), thai_family_names()


def _given(rng: random.Random) -> str:
    listed, families = _sets()
    while (name := rng.choice(_FIRST) + rng.choice(_LAST)) in listed | families:
        pass
    return name


def _family(rng: random.Random) -> str:
    listed, families = _sets()
    while (name := rng.choice(_FAMILY_A) + rng.choice(_FAMILY_B)) in listed | families:
        pass
    return name


def _listed(rng: random.Random) -> str:
    given, families = _sets()
    first = rng.choice([n for n in sorted(given) if len(n) >= 5])
    return f"{first} {rng.choice([n for n in sorted(families) if len(n) >= 6])}"


def _digits(rng: random.Random, count: int) -> str:
    return "".join(rng.choice("0123456789") for _ in range(count))


def _citizen(rng: random.Random) -> str:
    body = "9" + _digits(rng, 11)
    check = (11 - sum(int(d) * w for d, w in zip(body, range(13, 1, -1), strict=True)) % 11) % 10
    number = body + str(check)
    shape = rng.randrange(4)
    if shape == 0:
        return number
    sep = "-" if shape < 3 else " "
    parted = sep.join((number[0], number[1:5], number[5:10], number[10:12], number[12]))
    return parted.translate(THAI_DIGITS) if shape == 2 else parted


def _phone(rng: random.Random) -> str:
    mobile = rng.choice(["08", "09", "06"]) + _digits(rng, 8)
    shapes = [
        mobile, f"{mobile[:3]}-{mobile[3:6]}-{mobile[6:]}", f"{mobile[:3]}-{mobile[3:]}", f"{mobile[:3]} {mobile[3:6]} {mobile[6:]}",
        f"+66 {mobile[1:3]} {mobile[3:6]} {mobile[6:]}", f"+66{mobile[1:]}", f"043-{_digits(rng, 6)}", f"0 4332 {_digits(rng, 4)}",
        f"{mobile[:3]}-{mobile[3:6]}-{mobile[6:]}".translate(THAI_DIGITS), f"02-{_digits(rng, 3)}-{_digits(rng, 4)}",
    ]  # fmt: skip
    return rng.choice(shapes)


def _email(rng: random.Random) -> str:
    user = rng.choice(_EN_FIRST).lower() + rng.choice(["", ".s", "_kk", str(rng.randrange(99)), ".w-k"])
    return f"{user}@{rng.choice(['gmail.com', 'hotmail.com', 'kkmail.example.th', 'Yahoo.co.th', 'donkaeo.go.th', 'example.org'])}"


def _line(rng: random.Random) -> str:
    user = rng.choice(_EN_FIRST).lower()[:7] + rng.choice(["", "_", ".", "-"]) + _digits(rng, 3)
    return rng.choice([user, "@" + user])


def _account(rng: random.Random) -> str:
    n = _digits(rng, 10)
    return rng.choice([f"{n[:3]}-{n[3]}-{n[4:9]}-{n[9]}", n, f"{n[:3]}-{n[3:9]}-{n[9]}"])


def _plate(rng: random.Random) -> str:
    letters = rng.choice("กขฆงจฉชฌญฎฐฒณดตถ") + rng.choice("กขคจชตทนบผพมยรวสห")
    return f"{rng.choice(['', '1', '2'])}{letters} {rng.randrange(10, 9999)}"


def _address(rng: random.Random) -> str:
    place = rng.choice(["โนนสะอาด", "หนองกุงใหญ่", "ดอนหว่าน", "กุดชุมพร", "คำแคนเหนือ"])
    return rng.choice(
        [
            f"บ้านเลขที่ {rng.randrange(1, 300)}/{rng.randrange(1, 30)} หมู่ {rng.randrange(1, 15)} ตำบล{place}",
            f"{rng.randrange(1, 300)} หมู่ที่ {rng.randrange(1, 15)} ต.{place}",
            f"{rng.randrange(1, 300)}/{rng.randrange(1, 30)} ม.{rng.randrange(1, 15)} บ้าน{place}",
            f"{rng.randrange(1, 300)} ซอยสุขใจ {rng.randrange(1, 30)} ถนน{place}",
        ]
    )


def _born(rng: random.Random) -> str:
    months = [
        "มกราคม",
        "ก.พ.",
        "มีนาคม",
        "เม.ย.",
        "พฤษภาคม",
        "มิ.ย.",
        "กรกฎาคม",
        "ส.ค.",
        "กันยายน",
        "ต.ค.",
        "พฤศจิกายน",
        "ธ.ค.",
    ]
    day, year = rng.randrange(1, 29), rng.randrange(2490, 2545)
    return rng.choice(
        [
            f"{day} {rng.choice(months)} {year}",
            f"{day}/{rng.randrange(1, 13)}/{year}",
            f"{day}-{rng.randrange(1, 13):02}-{year}",
        ]
    )


# --- sentences: {x} is where the identifier stands --------------------------------------------------------------------
_TH = {
    "citizen_id": ["เลขบัตรประชาชน {x} ค่ะ", "ตอนลงทะเบียนเขาให้กรอก{x}ลงไปเลยครับ", "ผมจำได้ขึ้นใจ {x} นี่แหละเลขของผม", "เขาขอเลขสิบสามหลัก ก็บอกไปว่า {x} แล้วก็เสร็จ",
                   "บัตรของแม่คือ {x} ลองค้นดู"],
    "phone": ["โทรหาผมได้ที่ {x} นะครับ", "เบอร์ {x} ค่ะ", "มีอะไรก็{x} ได้ตลอด", "ติดต่อ{x}ต่อกองช่าง", "เขาให้เบอร์ไว้ {x} แต่ไม่มีคนรับ"],
    "email": ["ส่งมาที่ {x} ได้เลย", "อีเมล {x} ค่ะ", "ผมใช้{x}มาสิบปีแล้ว", "เขียนไปที่ ({x}) ก็ไม่ตอบ"],
    "line_id": ["ไลน์ {x} ค่ะ", "แอดไลน์ไอดี {x} มาก็ได้", "ไอดีไลน์ผม {x} ครับ", "ทักมาทาง LINE ID: {x} นะ", "Line: {x}", "ไลน์ของพี่คือ {x} ส่งรูปมาเลย", "ไลน์กลุ่มเพิ่มได้ที่ {x}"],
    "bank_account": ["โอนเข้าบัญชี {x} ธนาคารกรุงไทย", "เลขบัญชี {x} ค่ะ", "เลขที่บัญชีคือ {x} นะครับ", "พร้อมเพย์ไม่มี มีแต่บัญชีออมสิน {x}"],
    "plate": ["รถทะเบียน {x} จอดขวางหน้าเทศบาล", "ทะเบียนรถผม {x} ขอนแก่น", "กระบะป้ายทะเบียน {x} ของผู้รับเหมา"],
    "address": ["ผมอยู่ {x} ครับ", "บ้านอยู่{x} เลยวัดไปหน่อย", "ที่อยู่ {x} ค่ะ", "เขามาส่งเอกสารถึง {x} เลย"],
    "birth_date": ["เกิดวันที่ {x} ค่ะ", "ผมเกิด {x} ครับ", "วันเกิดหนู {x}", "วันเดือนปีเกิด {x} ตามบัตร"],
    "name_titled": ["เรื่องนี้{x}เป็นคนเซ็น", "ต้องไปถาม{x} ครับ เขารู้ดี", "วันนั้น {x} มาประชุมด้วย", "ก็มี{x}กับลูกน้องอีกสองคน", "หนูเคยทำงานกับ {x} ค่ะ", "“{x} บอกว่าไม่ต้อง”"],
    "name_listed": ["วันนั้น {x} มาประชุมด้วย", "คนที่ร้องเรียนคือ {x} ครับ", "ผมชื่อ {x} ครับ", "เขาไปฟ้อง {x} ว่าระบบล่ม", "มี {x} คนเดียวที่ค้าน"],
    "name_unlisted": ["วันนั้น {x} มาประชุมด้วย", "คนที่ร้องเรียนคือ {x} ครับ", "ผมชื่อ {x} ครับ", "หนู {x} ค่ะ อยู่กองคลัง", "มี {x} คนเดียวที่ค้าน"],
    "nickname": ["ก็{x}เป็นคนสอนใช้แอป", "ต้องรอ{x}มาก่อนค่ะ", "ถาม{x}ดูสิครับ", "{x}บอกว่าไม่ยาก", "วันนั้น{x}กับผมไปด้วยกัน", "เราก็เรียก{x}มาดูเครื่อง", "{x}เขาเก่งคอม", "ส่งให้{x}แล้ว"],
    "place": ["ผมอยู่แถว{x}ครับ", "คนจาก{x}มาร้องเรียนเยอะ", "ตอนนั้นน้ำท่วมที่{x} พอดี", "ย้ายมาจาก {x} ค่ะ"],
    "organisation": ["ก่อนหน้านี้ทำงานที่{x}ครับ", "{x}เป็นคนวางระบบให้", "เคยอยู่ {x} มาก่อนค่ะ", "ลูกเรียนอยู่{x}"],
    "passport": ["หนังสือเดินทางเลขที่ {x} ค่ะ", "พาสปอร์ต {x} หมดอายุแล้ว"],
    "health": ["ผม{x}มาห้าปีแล้วครับ", "คนข้างบ้าน{x} เลยไม่ค่อยออกมา", "แม่{x}ค่ะ ต้องพาไปหาหมอ"],
    "account_name": ["เพจของผมคือ {x} ครับ", "ดูในเฟซ {x} ได้เลย", "ลงไว้ที่ {x} ค่ะ"],
}  # fmt: skip
_EN = {
    "citizen_id": ["My ID number is {x}.", "They typed {x} into the form and it worked.", "Citizen ID: {x}"],
    "phone": ["You can call me at {x}.", "Phone: {x}", "The clerk gave us {x}, but nobody answers.", "Text {x} if you are late."],
    "email": ["Write to {x}.", "My e-mail is {x}, as before.", "She sent it from {x} last week."],
    "line_id": ["My LINE ID is {x}.", "Add me on Line: {x}", "LINE {x} is what everybody uses."],
    "bank_account": ["Account number {x}, Krungthai Bank.", "They paid it into my bank account {x}."],
    "address": ["I live at {x}."],
    "birth_date": ["Born on {x}.", "Date of birth: {x}", "My birthday is {x}."],
    "name_titled": ["It was {x} who signed.", "You have to ask {x} about that.", "{x} came to the meeting.", "I used to work with {x}, in finance."],
    "name_unlisted": ["It was {x} who complained.", "My name is {x}.", "Then {x} came to the meeting.", "I told {x} that it failed."],
    "passport": ["Passport no. {x}.", "passport number {x}"],
    "health": ["I was diagnosed with {x} five years ago.", "My neighbour has {x}."],
    "account_name": ["My page is {x}.", "Look at {x} for the pictures."],
}  # fmt: skip
_PADS_TH = ["", "ครับ ", "ใช่ค่ะ ", "ก็ตอนนั้นระบบเพิ่งเริ่มใช้ ", "เอาจริง ๆ นะ ", "อืม ", "คือพอเปลี่ยนมาใช้แบบออนไลน์แล้วคนก็งงกันหมด "]
_PADS_EN = ["", "Well, ", "Yes. ", "When the system was new, nobody knew. "]


def _titled(rng: random.Random, english: bool) -> str:
    if english:
        whole = f"{rng.choice(_EN_FIRST)} {rng.choice(_EN_FAMILY)}" if rng.random() < 0.6 else rng.choice(_EN_FAMILY)
        return f"{rng.choice(_EN_TITLES)} {whole}"
    title = rng.choice(_TITLES + _KIN)
    name = _given(rng) + (f" {_family(rng)}" if title not in _KIN and rng.random() < 0.5 else "")
    return title + (" " if title.endswith(".") and rng.random() < 0.3 else "") + name


def _english_name(rng: random.Random) -> str:
    if rng.random() < 0.3:
        return " ".join(rng.choice(_WEST))
    return f"{rng.choice(_EN_FIRST)} {rng.choice(_EN_FAMILY)}"


def _of_kind(kind: str, rng: random.Random, english: bool) -> str:
    makers = {
        "citizen_id": _citizen, "phone": _phone, "email": _email, "line_id": _line, "bank_account": _account, "plate": _plate, "address": _address,
        "name_listed": _listed,
    }  # fmt: skip
    if kind in makers:
        return makers[kind](rng)
    if kind == "name_titled":
        return _titled(rng, english)
    if kind == "name_unlisted":
        return _english_name(rng) if english else f"{_given(rng)} {_family(rng)}"
    if kind == "birth_date":
        return (
            _born(rng)
            if not english
            else rng.choice(
                [
                    f"{rng.randrange(1, 29)} March {rng.randrange(1950, 2000)}",
                    f"May {rng.randrange(1, 29)}, 1978",
                    "12/08/1975",
                ]
            )
        )
    if kind == "nickname":
        return rng.choice(_KIN[:8]) + rng.choice(_NICK)
    if kind == "place":
        return rng.choice(["บ้าน", "หมู่บ้าน", "ชุมชน", "ต.", "ตำบล", "วัด", "ซอย", "ถนน"]) + rng.choice(
            ["โนนสะอาด", "หนองกุงใหญ่", "ดอนหว่าน", "คำแคนเหนือ", "ศรีฐาน", "โพธิ์ชัย", "เหล่านาดี"]
        )
    if kind == "organisation":
        return rng.choice(["บริษัท ขอนแก่นซอฟต์ จำกัด", "โรงเรียนบ้านดอนหว่าน", "ห้างหุ้นส่วนจำกัด โนนก่อสร้าง", "สหกรณ์การเกษตรกุดชุม", "โรงพยาบาลหนองกุง", "มูลนิธิคนสู้ชีวิต",
                           "หจก.ทรัพย์ทวี", "สมาคมสตรีดอนหว่าน", "วิทยาลัยเทคนิคหนองกุง"])  # fmt: skip
    if kind == "passport":
        return rng.choice(["A", "B", "AA", "AB"]) + _digits(rng, 7)
    if kind == "health":
        if english:
            return rng.choice(["HIV", "tuberculosis", "depression", "breast cancer", "schizophrenia"])
        return rng.choice(["ติดเชื้อเอชไอวี", "เป็นโรคซึมเศร้า", "เป็นมะเร็งเต้านม", "เป็นวัณโรค", "เป็นโรคจิตเภท", "ติดยาบ้า"])
    name = rng.choice(_EN_FIRST).lower()
    return rng.choice(
        [
            f"facebook.com/{name}.{_digits(rng, 3)}",
            f"https://www.tiktok.com/@{name}{_digits(rng, 2)}",
            f"@{name}_{_digits(rng, 3)}",
        ]
    )


COUNTS = {
    "citizen_id": 200, "phone": 240, "email": 140, "line_id": 140, "bank_account": 100, "plate": 60, "address": 120, "birth_date": 100,
    "name_titled": 340, "name_listed": 120, "name_unlisted": 100, "nickname": 120, "place": 70, "organisation": 60, "passport": 30,
    "health": 30, "account_name": 30,
}  # fmt: skip


def planted() -> list[Planted]:
    """The whole corpus, the same at every call."""
    rng = random.Random(20261130)
    rows = []
    for kind, count in COUNTS.items():
        for _ in range(count):
            english = kind in _EN and rng.random() < 0.35
            frame = rng.choice(_PADS_EN if english else _PADS_TH) + rng.choice((_EN if english else _TH)[kind])
            identifier = _of_kind(kind, rng, english)
            start = frame.index("{x}")
            rows.append(Planted(kind, frame.replace("{x}", identifier), start, start + len(identifier)))
    return rows


@cache
def corpus() -> tuple[list[Planted], list[Planted]]:
    """Two halves: the seen one for work on the rules, and the unseen one, of which only rates are told."""
    rows = sorted(planted(), key=lambda row: hashlib.sha256(row.text.encode()).hexdigest())
    return rows[: len(rows) // 2], rows[len(rows) // 2 :]
