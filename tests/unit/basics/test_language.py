from __future__ import annotations

import datetime
import math
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongthin.basics.language import (
    DateProblem,
    arabic_digits,
    format_date,
    format_number,
    normalise_text,
    parse_date,
    parse_integer,
    parse_number,
)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("ทํา", "ทำ"),  # nikhahit + sara aa
        ("น้ํา", "น้ำ"),  # tone mark before
        ("นํ้า", "น้ำ"),  # tone mark between
        ("ไทย\u200bแลนด์\ufeff", "ไทยแลนด์"),
        ("ข้อ\u00a0๑๒", "ข้อ ๑๒"),  # Thai digits stay
        ("ก\r\nข\rค\n\n", "ก\nข\nค"),
        ("\ufeffสวัสดี", "สวัสดี"),
    ],
)
def test_text_that_looks_the_same_becomes_the_same(written: str, kept: str) -> None:
    assert normalise_text(written) == kept


@given(st.text(alphabet=st.sampled_from("กนํา้ำ่ \n\r\u200b\ufeff\u00a0x๑"), max_size=30))
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    once = normalise_text(text)
    assert normalise_text(once) == once
    assert unicodedata.normalize("NFC", once) == once


@pytest.mark.parametrize(
    ("text", "iso", "buddhist"),
    [
        ("2023-04-12", "2023-04-12", False),
        ("2566-04-12", "2023-04-12", True),
        ("12/4/2566", "2023-04-12", True),
        ("๑๒ เมษายน ๒๕๖๖", "2023-04-12", True),
        ("12 เม.ย. 2566", "2023-04-12", True),
        ("12 เมย.2566", "2023-04-12", True),
        ("วันพุธที่ 12 เมษายน พ.ศ. 2566", "2023-04-12", True),
        ("12-Apr-2023", "2023-04-12", False),
        ("12 April 2023", "2023-04-12", False),
        ("2023/04/12 2:05:09 PM GMT+7", "2023-04-12", False),
        ("12/4/2023, 14:05:09", "2023-04-12", False),
        ("2023-04-12T14:05:09.123456+07:00", "2023-04-12", False),
        ("12/4/2566 เวลา 14.05 น.", "2023-04-12", True),
        ("12/4/2566 2:05:09 หลังเที่ยง", "2023-04-12", True),
        ("12 April 2023 14:05 GMT+0700 (Indochina Time)", "2023-04-12", False),
        ("12 เม.ย. ๒๕๖๖ ๑๔.๐๕ น.", "2023-04-12", True),
        ("29/02/2567", "2024-02-29", True),  # 2567 is no leap year, but 2024 is
    ],
)
def test_dates_of_both_eras(text: str, iso: str, buddhist: bool) -> None:
    assert parse_date(text) == (datetime.date.fromisoformat(iso), buddhist)


@pytest.mark.parametrize(
    ("text", "en", "th"),
    [
        ("31/02/2566", "February 2023 has no day 31", "เดือนกุมภาพันธ์ พ.ศ. 2566 ไม่มีวันที่ 31"),
        ("29/2/2566", "February 2023 has no day 29", "ไม่มีวันที่ 29"),
        ("3/15/2023", 'no month "15" (the day comes before the month)', 'ไม่มีเดือน "15"'),
        ("12/4/66", 'the year "66" is neither', "ไม่ใช่ ค.ศ. หรือ พ.ศ. สี่หลัก"),
        ("เมื่อวาน", "is not a date", "ไม่ใช่วันที่"),
        ("2023-04-09 10:08:2566-02-30", "is not a date", "ไม่ใช่วันที่"),
        ("2023-04-09 10:08:25 x", "is not a date", "ไม่ใช่วันที่"),
        ("2023-04-09 10:99", "is not a date", "ไม่ใช่วันที่"),
        ("9/4/2566 99:08", "is not a date", "ไม่ใช่วันที่"),
        ("12 เมษา 2566", 'no month "เมษา"', 'ไม่มีเดือน "เมษา"'),
    ],
)
def test_what_is_no_date_is_said(text: str, en: str, th: str) -> None:
    with pytest.raises(DateProblem) as caught:
        parse_date(text)
    assert en in caught.value.en
    assert th in caught.value.th


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2150, 12, 31)))
def test_a_date_written_in_either_language_is_read_back(date: datetime.date) -> None:
    assert parse_date(format_date(date, "th")) == (date, True)
    assert parse_date(format_date(date, "en")) == (date, False)


def test_dates_read_in_the_era_of_the_language() -> None:
    date = datetime.date(2023, 9, 15)
    assert format_date(date, "th") == "15 กันยายน 2566"
    assert format_date(date, "en") == "15 September 2023"


@pytest.mark.parametrize(
    ("value", "format", "th", "en"),
    [
        (1234, "count", "1,234", "1,234"),
        (0.75, "share", "ร้อยละ 75.0", "75.0%"),
        (0.0625, "share", "ร้อยละ 6.3", "6.3%"),  # halves go up, as in a spreadsheet
        (0.285, "share", "ร้อยละ 28.5", "28.5%"),
        (2.675, "decimal", "2.68", "2.68"),
        (-0.001, "decimal", "0.00", "0.00"),
        (0.82, "coefficient", ".82", ".82"),
        (-0.311, "coefficient", "−.31", "−.31"),
        (0.999, "coefficient", "1.00", "1.00"),
        (-0.001, "coefficient", ".00", ".00"),
        (12.345, "statistic", "12.35", "12.35"),
        (0.0004, "p", "< .001", "< .001"),
        (0.0316, "p", ".032", ".032"),
        (1.0, "p", "1.000", "1.000"),
        (math.nan, "p", "–", "–"),
        (None, "share", "–", "–"),
    ],
)
def test_numbers_read_as_journals_print_them(value: float | None, format: str, th: str, en: str) -> None:
    assert (format_number(value, format, "th"), format_number(value, format, "en")) == (th, en)


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(ValueError, match='no number format "money"'):
        format_number(1, "money", "en")


def test_numbers_in_thai_digits_and_with_separators() -> None:
    assert parse_number("๑,๒๓๔.๕") == 1234.5
    assert parse_number("12,34") is None
    assert parse_integer(" ๔ ") == 4
    assert parse_integer("3.0") == 3
    assert parse_integer("3.5") is None
    assert parse_integer("สาม") is None
    assert arabic_digits("ข้อ ๑๐") == "ข้อ 10"


@pytest.mark.parametrize("value", [1e26, -1.7e308, 5e-324, -1e-20, 1e15, 999999999999999.9, float("inf"), 1e22, -0.0])
def test_every_number_can_be_printed(value: float) -> None:
    for format in ("count", "share", "decimal", "coefficient", "statistic", "p"):
        for language in ("th", "en"):
            assert len(format_number(value, format, language)) < 30  # type: ignore[arg-type]


def test_numbers_of_many_digits_are_powers_of_ten_and_no_zero_is_negative() -> None:
    assert format_number(1.234e26, "decimal", "en") == "1.23 × 10²⁶"
    assert format_number(-9.999e26, "statistic", "en") == "−1.00 × 10²⁷"
    assert format_number(123456789012345.678, "decimal", "en") == "123,456,789,012,345.67"
    assert format_number(-0.004, "decimal", "en") == "0.00"
    assert format_number(-0.004, "coefficient", "th") == ".00"
