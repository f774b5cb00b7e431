"""Numbers that were typed: what is certainly a result, what may be one, and what is none."""

from __future__ import annotations

import pytest

from thongthin.basics.language import Language, has_thai
from thongthin.present.manuscript.passages import Manuscript, Passage, Section, Sign, Thing
from thongthin.present.manuscript.typed_numbers import typed_numbers


def found(text: str, language: Language | None = None) -> list[tuple[str, str]]:
    """Certainty and digits of what is found in one paragraph; ``{key}`` is a value, ``[@id]`` a citation."""
    signs = {"{": Sign.VALUE, "[@": Sign.CITED, "@": Sign.CITING, "<": ""}
    things, plain = [], ""
    rest = text
    while rest:
        opening = next((o for o in ("{", "[@", "@") if rest.startswith(o)), "")
        if opening:
            name, end = rest[len(opening) :], {"{": "}", "[@": "]", "@": " "}[opening]
            name, _, rest = name.partition(end)
            things.append(Thing(signs[opening], (name,)))
            plain += signs[opening] + (" " if end == " " else "")
        else:
            plain, rest = plain + rest[0], rest[1:]
    own: Language = language or ("th" if has_thai(text) else "en")
    section = Section("findings", "Findings", 1, "a.qmd", 1)
    section.passages.append(Passage("paragraph", "a.qmd", 3, plain, tuple(things)))
    manuscript = Manuscript("article", own, "a.qmd", [section])
    return [(typed.certainty, typed.number) for typed in typed_numbers(manuscript, lambda key: key.endswith(".share"))]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Of all, 83.3% said so.", "83.3"),
        ("Some 83 percent said so.", "83"),
        ("Some 83 per cent said so.", "83"),
        ("Between 60 and 70% said so.", "60"),
        ("They were many (n = 12).", "12"),
        ("The mean was 3.57 in all.", "3.57"),
        ("They rated it well (M = 3.57).", "3.57"),
        ("It varied (SD = 0.71).", "0.71"),
        ("The sites differ (p = .011).", ".011"),
        ("The sites differ (p < .001).", ".001"),
        ("The sites differ (p<0.05).", "0.05"),
        ("It went with success (r = .52).", ".52"),
        ("It went with success (r = -.52).", "-.52"),
        ("The sites differ (ε² = .04).", ".04"),
        ("We spoke to 12 participants.", "12"),
        ("We heard 1,204 respondents.", "1,204"),
        ("In all, 7 of the participants agreed with 12 officials.", "12"),
        ("ร้อยละ 83.3 เห็นด้วย", "83.3"),
        ("ร้อยละ ๘๓.๓ เห็นด้วย", "83.3"),
        ("มีผู้เห็นด้วย 83.3% ของทั้งหมด", "83.3"),
        ("คิดเป็น 83.3 เปอร์เซ็นต์", "83.3"),
        ("ผู้ให้ข้อมูล 12 คน", "12"),
        ("ผู้ให้ข้อมูล 12คน กล่าวถึง", "12"),
        ("ผู้ให้ข้อมูล ๑๒ ราย กล่าวถึง", "12"),
        ("ค่าเฉลี่ย 3.57 อยู่ในระดับมาก", "3.57"),
        ("ค่าเฉลี่ยเท่ากับ 3.57", "3.57"),
        ("ส่วนเบี่ยงเบนมาตรฐาน 0.71", "0.71"),
        ("มีระดับมาก (x̄ = 3.57)", "3.57"),
        ("มีระดับมาก (S.D. = 0.71)", "0.71"),
        ("แตกต่างกัน (p = .011)", ".011"),
        ("แตกต่างกัน (p < .001)", ".001"),
        ("มี {a.share} ที่เห็นด้วย และ 12 คนไม่เห็นด้วย", "12"),
    ],
)
def test_what_is_certainly_a_result(text: str, number: str) -> None:
    assert ("certain", number) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "We spoke to {sample.participants.all.n} participants.",
        "Half of all, 83.3%, said so [@davis1989].",
        "@davis1989 found that 83.3% of users agreed with 12 people.",
        "The interval is one of 95% confidence (95% CI {a} to {b}; 99% confidence interval).",
        "A 95 % CI was computed.",
        "The level of significance was .05.",
        "Differences at p < .05 are called significant.",
        "* p < .05, ** p < .01",
        "The customary limits are .80 for firm and .667 for tentative conclusions.",
        "The threshold was 5%.",
        "The law of B.E. 2562 (2019) holds; see Section 12, Table 3 and Article 44.",
        "Those of 30–39 and 40–49 years were most; all were 18 years or older.",
        "Items had 5-point scales from 1 to 5, and took 45 minutes.",
        "Interviews were held on 12 April 2023 and from 10.30 a.m. by R 4.3.1 and NVivo 14.",
        "Data are under CC BY 4.0, and agree with COVID-19, S01 and AC1.",
        "The first four interviews were the base, with runs of two.",
        "Five factors and four changes have two kinds of themes.",
        "ช่วงความเชื่อมั่นร้อยละ 95 ตั้งแต่ {a} ถึง {b}",
        "ที่ระดับความเชื่อมั่น 95% และ 95% CI",
        "มีนัยสำคัญทางสถิติที่ระดับ .05",
        "เกณฑ์ร้อยละ 5 ของรหัสใหม่",
        "พระราชบัญญัติ พ.ศ. 2562 มาตรา 12 และตารางที่ 14",
        "อายุ 30–39 ปี ใช้มาตรวัด 5 ระดับ เมื่อวันที่ 12 เมษายน 2566 เวลา 10.30 น.",
        "เปิดโอกาสให้พูดคนละ 10 นาที และรายงาน 3 เรื่อง",
        "ผู้ลงรหัสสองคนลงรหัสทุกฉบับ โดยใช้สี่ฉบับแรกเป็นฐาน",
        "ผลที่ผ่านมาพบว่าร้อยละ 80 มีเว็บไซต์ [@dga2021] ส่วนที่เหลือยังไม่มี",
        "การวิจัยของ @dga2021 พบว่าร้อยละ 80 มีเว็บไซต์",
    ],
)
def test_what_is_no_result(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "More than half use it.",
        "Two of three say so.",
        "Five participants say so.",
        "Budget came to 3.57 in all.",
        "They named 14 themes.",
        "In all, 213 were coded.",
        "ผู้ให้ข้อมูลห้าคนกล่าวถึง",
        "เกินครึ่งใช้บริการ",
        "สองในสามเห็นด้วย",
        "พบ 14 ประเด็น",
        "มีทั้งหมด 213 แห่ง",
    ],
)
def test_what_may_be_a_result(text: str) -> None:
    assert [certainty for certainty, _ in found(text)] == ["doubtful"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("ร้อยละ {a.share} ของผู้ให้ข้อมูล", "th"),
        ("มีผู้เห็นด้วย {a.share}%", "th"),
        ("Of all, {a.share}% said so.", "en"),
        ("Of all, {a.share} percent said so.", "en"),
        ("ร้อยละ ร้อยละ {a.n}", "th"),
        ("{a.n} คน คน", "th"),
    ],
)
def test_a_unit_that_is_said_twice(text: str, language: Language) -> None:
    assert [certainty for certainty, _ in found(text, language)] == ["unit"]


def test_a_citation_in_thai_speaks_for_what_stands_before_it_only() -> None:
    text = "มีเว็บไซต์แล้วร้อยละ 80 [@dga2021] ผลการวิจัยนี้พบร้อยละ 60"
    assert found(text) == [("certain", "60")]
    text = "ผลการวิจัยนี้พบร้อยละ 60 ส่วนงานก่อนหน้าพบร้อยละ 80 [@dga2021]"
    assert found(text) == [("certain", "60")]
