"""Which Thai words are kept whole."""

from __future__ import annotations

import pytest

from thongthin.present.render.thai_words import names_of_places, unbroken_words

SITES = ["เทศบาลเมืองดอกคูน", "เทศบาลตำบลโนนสะแบง", "องค์การบริหารส่วนตำบลทุ่งดอกจาน", "โรงเรียนบ้านหนองแวง"]


def kept(text: str, *names: str) -> list[str]:
    return [piece for pieces in unbroken_words(text, names).values() for piece in pieces[1::2]]


def test_the_name_of_a_place_is_what_follows_its_kind() -> None:
    assert set(names_of_places(SITES)) == {"ดอกคูน", "โนนสะแบง", "ทุ่งดอกจาน", "บ้านหนองแวง"}
    assert list(names_of_places(["School 1", "P-2", ""])) == []


def test_pieces_are_the_run_in_order() -> None:
    text = "องค์กรปกครองส่วนท้องถิ่นในเขตอำเภอเมือง **จังหวัดขอนแก่น** (โนนสะแบง) 12 แห่ง และเทศบาล๒แห่ง"
    runs = unbroken_words(text, ["โนนสะแบง"])
    assert {"".join(pieces) for pieces in runs.values()} == set(runs)
    assert all(run in text and len(pieces) % 2 == 1 for run, pieces in runs.items())
    assert {"โนนสะแบง", "องค์กรปกครองส่วนท้องถิ่น", "เทศบาล"} <= set(kept(text, "โนนสะแบง"))


@pytest.mark.parametrize("word", ["แบบสอบถาม", "บทสัมภาษณ์", "คลาดเคลื่อน", "ผู้ดูแล", "ความเชื่อมั่น", "งบประมาณ", "ร้อยละ"])
def test_compounds_are_one_word(word: str) -> None:
    assert word in kept(f"และ{word}ของ")


def test_a_word_is_taken_only_where_both_readings_agree() -> None:
    assert kept("วิธีดำเนินการวิจัย") == ["วิธี"], "ดำเนินการ|วิจัย or ดำเนิน|การวิจัย"
    assert not [word for word in kept("คำถามเดียวกันลงมาสู่") if word in ("กันลง", "เดียว")]


def test_a_name_that_no_dictionary_has_is_kept_and_a_long_one_is_not() -> None:
    assert kept("โดยสีสุพรรณ์และคณะ", "สุภาภรณ์ สีสุพรรณ์").count("สีสุพรรณ์") == 1
    agency = "สำนักงานพัฒนารัฐบาลดิจิทัล"
    assert agency not in kept(f"โดย{agency}", agency)


def test_an_abbreviation_is_kept_whole() -> None:
    assert {"กศน", "อบต"} <= set(kept("และ อบต. ทุ่งดอกจาน (กศน.) ของ อ.เมือง พ.ศ. 2566"))
    assert "อบต" not in kept("อบตัว และ อบต")


def test_text_without_thai_has_no_words() -> None:
    assert unbroken_words("Digital Government 2562, กข", []) == {}
