"""Texts that look alike are told apart: by which character, where, in words of each language."""

from __future__ import annotations

import re
import time

import pytest

from thongthin.basics.lookalikes import alike_among, character_name, difference_of, find_alike, look_alike

PLACES = (("in the interview", "ในบทสัมภาษณ์"), ("in the quote", "ในข้อความที่ยกมา"))

# Two texts, and what the sentences must name: the place of the difference, and words of each language.
ALIKE = [
    ("เเม่บ้าน", "แม่บ้าน", "character 1 ", "sara ae U+0E41", "สระแอ U+0E41"),
    ("พูดท่ี", "พูดที่", 'character 4 ("ท")', "mai ek U+0E48 and sara ii", "ไม้เอก U+0E48 กับ สระอี"),
    ("ดีีมาก", "ดีมาก", "character 3 ", "sara ii", "สระอี"),
    ("ฤๅ", "ฤา", "character 2 ", "lakkhangyao", "ลากข้างยาว"),
    ("น้ำ", "น\u0e4d\u0e49า", "character 2 ", "nikhahit", "นิคหิต"),
    ("a\u200eb", "ab", "character 2 ", "left-to-right mark", "เครื่องหมายกำหนดทิศซ้ายไปขวา"),
    ("ab\u200e", "ab", "character 3 ", "U+200E", "U+200E"),
    ("\u200eab", "ab", "character 1 ", "U+200E", "U+200E"),
    ("co\u00adop", "coop", "character 3 ", "soft hyphen", "ยัติภังค์ซ่อน"),
    ("he said “no”", 'he said "no"', "character 9 ", "curly quotation mark", "เครื่องหมายคำพูดแบบโค้ง"),
    ("don’t", "don't", "character 4 ", "straight apostrophe", "อะพอสทรอฟีแบบตรง"),
    ("a\u00a0b", "a b", "character 2 ", "non-breaking space", "ช่องว่างแบบไม่ตัดบรรทัด"),
    ("a  b", "a b", "character 3 ", "a space U+0020", "ช่องว่าง U+0020"),
    ("1–2", "1-2", "character 2 ", "a dash", "ขีดกลาง"),
    ("so…", "so...", "character 3 ", "ellipsis", "จุดไข่ปลา"),
    ("Р01", "P01", "character 1 ", "Cyrillic letter U+0420", "อักษรซีริลลิก U+0420"),
    ("ΑB", "AB", "character 1 ", "Greek letter", "อักษรกรีก"),
    ("P0l", "P01", "character 3 ", "a digit U+0031", "เลขอารบิก U+0031"),
    ("P๐1", "P01", "character 2 ", "a Thai digit", "เลขไทย"),
    ("Ｐ01", "P01", "character 1 ", "a wide character", "อักขระเต็มความกว้าง"),
    ("e\u0301t", "ét", "character 1 ", "U+0301", "U+0301"),
]


@pytest.mark.parametrize(("a", "b", "place", "english", "thai"), ALIKE, ids=[ascii(case[0]) for case in ALIKE])
def test_the_character_and_its_place_are_named_in_both_languages(a: str, b: str, place: str, english: str, thai: str):
    for one, other in ((a, b), (b, a)):
        en, th = difference_of(one, other, *PLACES) or ("", "")
        assert place.strip() in en and english in en and thai in th
        assert "in the interview" in en and "ในข้อความที่ยกมา" in th
        assert not re.search("[ก-๛]", re.sub(r'"[^"]*"|\("[^)]*', "", en)), "the English sentence is English"
        outside = re.sub(r'"[^"]*"|U\+[0-9A-F]+', "", th)
        assert not re.search("[A-Za-zΑ-я]", outside), "the Thai sentence is Thai"


@pytest.mark.parametrize(
    ("a", "b"), [("a", "b"), ("P01", "P02"), ("same", "same"), ("ดี", "ดื"), ("ไม่", "ใม่"), ("Ab", "ab")]
)
def test_texts_that_differ_to_the_eye_or_not_at_all_are_no_look_alikes(a: str, b: str):
    assert not look_alike(a, b)
    assert difference_of(a, b) is None


def test_white_space_around_a_text_is_named():
    en, th = difference_of("ab ", "ab", *PLACES) or ("", "")
    assert (en, th) == ("In the interview, the text ends with white space.", "ในบทสัมภาษณ์ ข้อความลงท้ายด้วยช่องว่าง")


def test_a_passage_is_found_by_how_it_looks_at_its_own_place():
    text = "ผม “ชอบ” เเม่น\u0e4d\u0e49า มาก ๆ ครับ"
    ((start, end),) = find_alike(text, '"ชอบ" แม่น้ำ')
    assert text[start:end] == "“ชอบ” เเม่น\u0e4d\u0e49า"
    assert find_alike("ดี ดี", "ดี") == [(0, 2), (3, 5)]
    assert find_alike("กี่", "กี") == [], "a letter is not found without its marks"
    assert find_alike("abc", "") == [] and find_alike("", "a") == []


def test_a_long_interview_is_searched_quickly():
    text = "เจ้าหน้าที่ท่ีนี่ใจดี “มาก” เเละช่วยเหลือเสมอ " * 2500
    began = time.process_time()
    for number in range(200):
        assert find_alike(text, f"ไม่มีคำนี้ {number}") == []
    assert time.process_time() - began < 2


def test_known_ids_and_characters():
    assert alike_among("Р01", ["P02", "P01"]) == "P01"
    assert alike_among("P01", ["P01", "P02"]) is None
    assert character_name("ж") == ("a Cyrillic letter U+0436", "อักษรซีริลลิก U+0436")
    assert character_name("\u2005") == ("a space of another width U+2005", "ช่องว่างความกว้างอื่น U+2005")
    assert character_name("\x07")[0] == "a character that cannot be seen U+0007"
