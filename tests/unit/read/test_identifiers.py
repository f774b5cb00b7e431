"""The look for identifiers, on the corpus that was written before it, on texts of others, and without a network."""

import socket
import time
from collections import Counter

import pytest
from identifier_corpus import Planted, corpus
from project import ROOT

from thongthin.basics.problems import Problems
from thongthin.read.identifiers import Found, identifiers
from thongthin.read.identifiers.numbers import is_citizen_id
from thongthin.read.interviews import interview_text

OTHERS = ROOT.parent / "shared" / "data" / "thai_text_dirty"
# Least share that is found whole, of the half that nobody looked at.
LEAST = {
    "citizen_id": 1.0,
    "phone": 1.0,
    "email": 1.0,
    "line_id": 1.0,
    "name_titled": 0.98,
    "name_listed": 0.95,
    "nickname": 0.8,
    "bank_account": 0.95,
    "plate": 0.95,
    "address": 0.95,
    "birth_date": 0.95,
    "passport": 0.95,
    "organisation": 0.8,
    "place": 0.75,
    "health": 0.9,
    "account_name": 0.9,
    "name_unlisted": 0.7,
}


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the look for identifiers asked for the network")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)


def is_found(planted: Planted) -> bool:
    """Whether every letter and digit of it lies in something found."""
    covered = {place for found in identifiers(planted.text) for place in range(found.start, found.end)}
    return all(at in covered for at in range(planted.start, planted.end) if planted.text[at].isalnum())


def test_the_corpus_has_two_thousand_identifiers_of_every_kind_in_either_half() -> None:
    seen, unseen = corpus()
    assert len(seen) + len(unseen) == 2000
    assert {p.kind for p in seen} == {p.kind for p in unseen} == set(LEAST)


def test_the_unseen_half_is_found() -> None:
    all_, found = Counter[str](), Counter[str]()
    for planted in corpus()[1]:
        all_[planted.kind] += 1
        found[planted.kind] += is_found(planted)
    # The rates alone are told, so that nobody works on what was missed.
    rates = {kind: round(found[kind] / all_[kind], 3) for kind in LEAST}
    assert not {kind: rate for kind, rate in rates.items() if rate < LEAST[kind] - 0.0005}, rates


def test_the_interviews_of_the_demonstration_raise_few_false_alarms_and_are_quick() -> None:
    files = sorted((ROOT / "data" / "raw" / "khon-kaen" / "interviews").iterdir())
    texts = [interview_text(path, Problems()) or "" for path in files]
    began = time.process_time()
    alarms = sum(len(identifiers(text)) for text in texts)  # nobody is named in them
    assert time.process_time() - began < 2
    assert alarms <= sum(map(len, texts)) / 5000


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("ไปหาป้าแต๋วที่ตลาด", "ป้าแต๋ว"),
        ("พี่ออยมาช่วย", "พี่ออย"),
        ("พี่ป๊อบ", "พี่ป๊อบ"),
        ("ให้พี่ปุ๊ช่วยดู", "พี่ปุ๊"),
        ("ลุงหวังแกไม่เป็นเลย", "ลุงหวัง"),
        ("ป้าแจ่มเล่าให้ฟัง", "ป้าแจ่ม"),
        ("ลุงชัยแกพูด", "ลุงชัย"),
        ("พี่ชัช", "พี่ชัช"),
    ],
)
def test_a_short_name_behind_a_kin_term_is_found_alone_and_on_no_list(said: str, name: str) -> None:
    assert [said[own.start : own.end] for own in identifiers(said)] == [name]


@pytest.mark.parametrize(
    "said",
    [
        *("น้องวิศวกรมาดู", "พี่ปรินต์ให้", "พี่ถามแกว่าทำยังไง", "น้องว่างเขาก็มา", "พี่ร้องไห้เลย", "ป้าหิวข้าว", "ลุงขายของอยู่"),
        *("พี่สาวบอกว่าดี", "น้องใหม่ยังทำไม่เป็น", "ยายเดินมาเอง", "พี่พี่น้องน้อง", "น้าอาเขาช่วยกัน", "ป้าเขาบอก", "พี่ข้างบ้านเล่า"),
        *("ลุงกับป้ามาด้วยกัน", "พี่เจ้าหน้าที่สอน", "น้องนักศึกษาฝึกงานบอก", "พี่ทั้งสองคน", "ป้าดีใจมาก", "พี่ช่วยกดให้"),
    ],
)
def test_what_is_no_name_behind_a_kin_term_is_left(said: str) -> None:
    assert [said[own.start : own.end] for own in identifiers(said)] == []


def test_texts_of_others_raise_few_false_alarms() -> None:
    if not OTHERS.is_dir():
        pytest.skip("the texts of others are not on this machine")
    texts = [path.read_text(encoding="utf-8") for path in sorted(OTHERS.glob("*.txt"))]
    found = [text[f.start : f.end] for text in texts for f in identifiers(text)]
    # Named in them are persons behind titles, universities and places; nothing else is an identifier.
    named = ("นาย", "นาง", "ศาสตราจารย์", "ตำบล", "อำเภอ", "มหาวิทยาลัย")
    assert len([words for words in found if not words.startswith(named)]) <= sum(map(len, texts)) / 5000


@pytest.mark.parametrize(
    ("number", "right"),
    [("1234567890121", True), ("1-2345-67890-12-1", True), ("1234567890122", False), ("123456789012", False)],
)
def test_check_digit_of_a_citizen_id(number: str, right: bool) -> None:
    digits = [int(d) for d in number if d.isdigit()]
    weighted = sum(d * w for d, w in zip(digits, range(13, 1, -1), strict=False))
    assert is_citizen_id(number) is right
    if right:
        assert (11 - weighted % 11) % 10 == digits[12]


def test_places_are_those_of_the_text_as_it_is_written() -> None:
    text = "โทร\u200b ๐๘๑-\u200b๒๓๔-๕๖๗๘ นะ"
    (found,) = identifiers(text)
    assert found.kind == "phone"
    assert text[found.start : found.end] == "๐๘๑-\u200b๒๓๔-๕๖๗๘"


def test_a_decomposed_sara_am_before_it_moves_nothing() -> None:
    text = "ทํางานกับ นายกฤตวรันท์ ทําดี"
    (found,) = identifiers(text)
    assert text[found.start : found.end].startswith("นายกฤตวรันท์")


def test_people_of_the_study_are_found_however_they_are_spaced() -> None:
    assert identifiers("ก็คือพระจันทร์  ยิ้มแย้มนั่นแหละ", ["พระจันทร์ ยิ้มแย้ม"]) == [Found("known_person", 5, 24)]


@pytest.mark.parametrize(
    "text",
    [
        "หน้าที่ของเราคือดูแลน้ำ แม่น้ำก็ดี พี่น้องก็ดี",
        "คุณภาพของบริการดีขึ้น คุณสมบัติครบ",
        "งบประมาณ 12,500,000 บาท ปี 2563 2564 2565",
        "ไลน์โอเอของเทศบาลตอบเร็ว LINE OA ก็ดี",
        "The Smart City programme of the District Office began in March 2021.",
    ],
)
def test_ordinary_sentences_name_nobody(text: str) -> None:
    assert identifiers(text) == []
