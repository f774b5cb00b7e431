"""What answers mean on a scale, and what is no answer."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongthin.contract.answer_scales import (
    BUILT_IN,
    CHOSEN,
    AnswerScale,
    NumericScale,
    Point,
    comparable,
    number_and_words,
)
from thongthin.contract.non_answers import NON_ANSWERS, REASONS, non_answer
from thongthin.contract.scale_guess import guess

RANGE = AnswerScale.of_range(1, 5)


def test_no_spelling_stands_for_two_points_of_a_built_in_scale() -> None:
    for name, scale in BUILT_IN.items():
        value_of = Counter(
            (comparable(word), point.value) for point in scale.points for word in {point.th, point.en, *point.also}
        )
        words = Counter(word for word, _ in value_of)
        assert not {word for word, n in words.items() if n > 1}, name
        assert [point.value for point in scale.points] == sorted(scale.values)
        assert "" not in scale.words


def test_built_in_scales_have_the_points_that_their_names_say() -> None:
    for name, scale in BUILT_IN.items():
        expected = 2 if name in ("yes_no", CHOSEN) else int(name[-1])
        assert len(scale.points) == expected
        assert scale.lowest == (0 if expected == 2 else 1)
    families = {name.rstrip("0123456789") for name in BUILT_IN}
    assert {"agreement", "satisfaction", "frequency", "level", "quality", "likelihood", "yes_no"} <= families


# The anchors of Vagias (2006), Clemson University, by their published numbers.
@pytest.mark.parametrize(
    ("name", "anchors"),
    [
        ("agreement5", ["Strongly disagree", "Disagree", "Neither agree or disagree", "Agree", "Strongly agree"]),
        (
            "agreement7",
            [
                "Strongly disagree",
                "Disagree",
                "Somewhat disagree",
                "Neither agree or disagree",
                "Somewhat agree",
                "Agree",
                "Strongly agree",
            ],
        ),
        ("frequency5", ["Never", "Rarely", "Sometimes", "Often", "Always"]),
        ("level5", ["น้อยที่สุด", "น้อย", "ปานกลาง", "มาก", "มากที่สุด"]),
        ("satisfaction5", ["Very dissatisfied", "Dissatisfied", "Neutral", "Satisfied", "Very satisfied"]),
    ],
)
def test_the_usual_anchors(name: str, anchors: list[str]) -> None:
    assert [BUILT_IN[name].read(anchor).value for anchor in anchors] == list(range(1, len(anchors) + 1))


@pytest.mark.parametrize(
    "answer",
    [
        "มากที่สุด",
        " มาก ที่สุด ",
        "มากที่สุด.",
        "5",
        "๕",
        "5.0",
        "5 = มากที่สุด",
        "5=มากที่สุด",
        "5มากที่สุด",
        "(5) มากที่สุด",
        "[๕] มากที่สุด",
        "5. มากที่สุด",
        "5) มากที่สุด",
        "5: มากที่สุด",
        "5 - มากที่สุด",
        "มากที่สุด (5)",
        "มากที่สุด = ๕",
        "ระดับมากที่สุด",
        "VERY  HIGH",
    ],
)
def test_one_answer_in_many_spellings(answer: str) -> None:
    assert BUILT_IN["level5"].read(answer).value == 5


def test_words_decide_where_the_number_beside_them_is_another() -> None:
    assert BUILT_IN["level5"].read("1. มากที่สุด") == (5, 1)
    assert BUILT_IN["level5"].read("5. มากที่สุด") == (5, 5)


def test_what_is_outside_a_scale() -> None:
    for answer in ("6", "0", "4.5", "5 ปีขึ้นไป", "4-5", "มากมาย", "2.หญิง", ""):
        assert BUILT_IN["level5"].read(answer).value is None
        assert RANGE.read(answer).value is None


def test_a_scale_of_numbers_takes_the_ends_that_forms_name() -> None:
    assert RANGE.read("5 = มากที่สุด").value == 5
    assert RANGE.read("1 (Strongly disagree)").value == 1
    assert RANGE.read("ระดับ 3").value == 3
    assert RANGE.read("3 ดาว").value == 3
    assert RANGE.read("3 คน").value is None
    assert RANGE.read("7 = มากที่สุด").value is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2.หญิง", (2, "หญิง")),
        ("(2) หญิง", (2, "หญิง")),
        ("หญิง (2)", (2, "หญิง")),
        ("30-39 ปี", None),
        ("1.5 ชั่วโมง", None),
        ("หญิง", None),
        ("12", None),
        ("9" * 5000 + " คน", None),
    ],
)
def test_number_and_words(text: str, expected: tuple[int, str] | None) -> None:
    assert number_and_words(text) == expected


def test_texts_that_look_the_same_compare_as_the_same() -> None:
    assert comparable("นาน ๆ ครั้ง") == comparable("นานๆครั้ง")
    assert comparable("เเย่มาก") == comparable("แย่มาก")  # two sara e for one sara ae
    assert comparable("ทําน้อย") == comparable("ทำน้อย")  # sara am in two characters
    assert comparable("ข้อ ๑๐") == comparable("ข้อ 10")
    assert comparable("Don’t know") == comparable("dont know")
    assert comparable("ไม่ดี") != comparable("ไมดี")  # tone marks count


@given(st.text(max_size=30))
def test_comparable_settles_and_holds_no_white_space(text: str) -> None:
    once = comparable(text)
    assert not any(character.isspace() for character in once)
    assert comparable(f"  {text}\n") == once


@given(st.sampled_from(sorted(BUILT_IN)), st.data())
def test_every_way_to_write_a_point_reads_as_it(name: str, data: st.DataObject) -> None:
    point: Point = data.draw(st.sampled_from(BUILT_IN[name].points))
    word = data.draw(st.sampled_from([point.th, point.en, *point.also]))
    assert BUILT_IN[name].read(word).value == point.value
    assert BUILT_IN[name].read(f"{point.value} = {word}") == (point.value, point.value)


def test_non_answers_by_reason() -> None:
    assert set(NON_ANSWERS.values()) < set(REASONS)
    assert non_answer("ไม่ทราบ") == "dont_know"
    assert non_answer("9 = ไม่ทราบ") == "dont_know"
    assert non_answer("N/A") == "not_applicable"
    assert non_answer("ไม่ประสงค์จะตอบ") == "refused"
    assert non_answer("No answer") == "missing"
    assert [non_answer(cell) for cell in ("", "NA", "NaN", "-", ".")] == ["empty"] * 5
    assert non_answer("ปานกลาง") is None
    assert non_answer("99") is None
    assert non_answer("99", {comparable("99"): "refused"}) == "refused"


def test_unsure_is_a_point_where_the_scale_has_it() -> None:
    assert BUILT_IN["agreement5"].read("ไม่แน่ใจ").value == 3
    assert BUILT_IN["agreement4"].read("ไม่แน่ใจ").value is None
    assert non_answer("ไม่แน่ใจ") == "dont_know"


@pytest.mark.parametrize(
    ("answers", "name"),
    [
        (["เห็นด้วย", "ไม่แน่ใจ", "เห็นด้วยอย่างยิ่ง", ""], "agreement5"),
        (["Agree", "Strongly agree", "Disagree", "Strongly disagree"], "agreement4"),
        (["มาก", "น้อย", "ปานกลาง", "ไม่ทราบ"], "level3"),
        (["5 = มากที่สุด", "4 = มาก", "3 = ปานกลาง", "2 = น้อย"], "level5"),
        (["ใช่", "ไม่ใช่"], "yes_no"),
        (["ควรปรับปรุง", "พอใช้", "ปานกลาง", "ดี", "ดีมาก"], "performance5"),
        (["ควรปรับปรุง", "พอใช้", "ปานกลาง", "ดีมาก"], None),  # one between is left out: of which scale?
        (["Agree", "Disagree"], "agreement2"),
        (["พอใจ", "พึงพอใจ", "ไม่พอใจ"], None),  # two answers on one point
        (["ชาย", "หญิง"], None),
        (["1", "2", "3"], None),
        (["มาก"], None),
        ([], None),
    ],
)
def test_the_scale_is_guessed_from_the_answers(answers: list[str], name: str | None) -> None:
    found = guess(answers)
    assert (found and found.name) == name


AMOUNTS = NumericScale(limits=(0, 5000), units=("บาท", "baht"))


@pytest.mark.parametrize(
    ("answer", "number"),
    [
        *[("1,250", 1250), ("๑,๒๕๐", 1250), ("1 250", 1250), ("1\u00a0250.75", 1250.75), (" ๔.๕ ", 4.5)],
        *[(".5", 0.5), ("5.", 5), ("+5", 5), ("1E+03", 1000), ("0", 0), ("5000", 5000)],
        *[("350 บาท", 350), ("350บาท.", 350), ("1,250 Baht", 1250)],
    ],
)
def test_amounts_are_read_as_people_and_programs_write_them(answer: str, number: float) -> None:
    assert AMOUNTS.read(answer).value == number


@pytest.mark.parametrize(
    "answer",
    [
        *[
            "-1",
            "\u22121",
            "5001",
            "1e9",
            "4,5",
            "12,50",
            "1,2500",
            "1.250,5",
            "3-4",
            "5 - 6",
            ">5",
            "5+",
            "5 ?",
            "(5)",
        ],
        *["", ".", "e3", "nan", "inf", "มาก", "5 ปี", "5 5", "บาท", "5%"],
    ],
)
def test_what_is_no_amount_within_the_limits_is_not_read(answer: str) -> None:
    assert AMOUNTS.read(answer).value is None


def test_a_sign_can_be_the_unit_of_amounts_and_limits_can_be_negative() -> None:
    assert NumericScale(limits=(0, 100), units=("ร้อยละ", "%")).read("45.5 %").value == 45.5
    assert NumericScale(limits=(-3, 3)).read("\u22122.5").value == -2.5


@given(st.floats(0, 5000))
def test_every_amount_is_read_as_python_writes_it(number: float) -> None:
    assert AMOUNTS.read(str(number)).value == number
    assert AMOUNTS.read(f"{number:,.2f}").value == round(number, 2)
