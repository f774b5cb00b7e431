from __future__ import annotations

import random
import re
import time
from dataclasses import replace

import numpy as np
import pytest
from amount import tried
from counted import counted
from hypothesis import given, settings
from hypothesis import strategies as st

from thongthin.basics.language import normalise_text, normalise_with_map
from thongthin.basics.problems import Problems
from thongthin.read.coding.model import Selection, Unit
from thongthin.read.coding.positions import (
    NEWLINES,
    UNITS,
    Convention,
    Placement,
    at_positions,
    describe,
    offsets,
    place,
    report_no_convention,
    report_unplaced,
)

CONVENTIONS = [Convention(unit, newlines, mark) for unit in UNITS for newlines in NEWLINES for mark in (False, True)]

# Decomposed sara am, tone marks, zero-width characters, emoji of one and of several code points, all three line ends.
INTERVIEW = (
    "\ufeffบทสัมภาษณ์ที่ ๑\r\n\r\n"
    "ผู้สัมภาษณ์: ท่านทํางานที่นี่กี่ปีแล้วครับ\r\n"
    "ผู้ให้ข้อมูล: ๑๒ ปี 👍🏽 ทํามา\u200bตั้งแต่ต้น นํ้าไม่ไหล ไฟไม่ดับ\n"
    "ผู้สัมภาษณ์: แล้ว “Smart Office” เป็นอย่างไร\r"
    "ผู้ให้ข้อมูล: ดีครับ 👨‍👩‍👧 ทุกคนชอบ\u00a0ใช้ง่าย\r\n"
    "ผู้สัมภาษณ์: ขอบคุณครับ\r\n"
    "ผู้ให้ข้อมูล: ยินดีครับ 🇹🇭\r\n\r\n"
)
PASSAGES = [
    "ท่านทํางานที่นี่กี่ปีแล้วครับ",
    "๑๒ ปี 👍🏽 ทํามา\u200bตั้งแต่ต้น",
    "นํ้าไม่ไหล ไฟไม่ดับ",
    "“Smart Office”",
    "ดีครับ 👨‍👩‍👧 ทุกคนชอบ\u00a0ใช้ง่าย",
    "ผู้ให้ข้อมูล: ดีครับ 👨‍👩‍👧 ทุกคนชอบ\u00a0ใช้ง่าย\r\nผู้สัมภาษณ์: ขอบคุณครับ",
    "ยินดีครับ 🇹🇭",
]


def marked(text: str, spans: list[tuple[int, int]], convention: Convention, quoted: bool = True) -> list[Selection]:
    """The selections that a tool which counts by `convention` would write."""
    return [
        Selection("s", counted(text, start, convention), counted(text, end, convention), ("c",), "SK",
                  text[start:end] if quoted else "", f"selection {n}")
        for n, (start, end) in enumerate(spans)
    ]  # fmt: skip


def spans_of(text: str, passages: list[str]) -> list[tuple[int, int]]:
    assert all(text.count(passage) == 1 for passage in passages)
    return [(text.index(passage), text.index(passage) + len(passage)) for passage in passages]


def words(transcript: str, placements: list[Placement]) -> list[str]:
    return [transcript[p.start : p.end] if p.start is not None else p.why for p in placements]


# --- the coding of a Thai text, counted in every way ----------------------------------------------------------------


@pytest.mark.parametrize("convention", CONVENTIONS, ids=lambda c: f"{c.unit}-{c.newlines}-{c.mark}")
@pytest.mark.parametrize("quoted", [True, False], ids=["quoted", "bare"])
@pytest.mark.parametrize("text", [INTERVIEW, INTERVIEW.removeprefix("\ufeff")], ids=["mark stored", "no mark stored"])
def test_the_same_coding_in_every_way_of_counting_reads_back_exactly(
    text: str, quoted: bool, convention: Convention
) -> None:
    transcript = normalise_text(text)
    selections = marked(text, spans_of(text, PASSAGES), convention, quoted)
    placements, report = place(text, transcript, selections)
    assert report.convention is not None
    assert report.convention == convention or convention in report.fits[0].same
    assert [p.how for p in placements] == ["exact"] * len(PASSAGES)
    assert words(transcript, placements) == [normalise_text(passage) for passage in PASSAGES]
    assert (report.text, report.settled, report.exact, report.unplaced) == ("same", "fit", len(PASSAGES), 0)


def test_offsets_as_the_codecs_count_them() -> None:
    for convention in CONVENTIONS:
        table = offsets(INTERVIEW, convention)
        whole = [at for at in range(len(INTERVIEW) + 1) if INTERVIEW[at - 1 : at + 1] != "\r\n"]
        assert [int(table[at]) for at in whole if at] == [counted(INTERVIEW, at, convention) for at in whole if at]
        assert (np.diff(table) >= 0).all()


def test_a_position_inside_a_character_or_beyond_the_text_is_nowhere() -> None:
    text = "ก👍\r\nข"
    assert list(at_positions(offsets(text, Convention("utf8")), [0, 1, 3, 5, 7, 8, 9, 12, 13])) == [
        0, -1, 1, -1, 2, 3, 4, 5, -1
    ]  # fmt: skip
    assert list(at_positions(offsets(text, Convention("utf16")), [1, 2, 3])) == [1, -1, 2]
    assert list(at_positions(offsets(text, Convention("code_points", "lf")), [2, 3, 4, 5])) == [2, 4, 5, -1]
    assert list(at_positions(offsets("ก\nข", Convention("code_points", "crlf")), [1, 2, 3])) == [1, -1, 2]


# --- properties -------------------------------------------------------------------------------------------------------

PIECES = ["ก", "ที่", "นํา", "น้ํา", "ั", "abc", "é", "e\u0301", "👍", "👍🏽", "👨‍👩‍👧", " ", "\u00a0", "\u200b", "\ufeff",
          "\r\n", "\n", "\r", "\t", "“", ".", "7"]  # fmt: skip
TEXTS = st.tuples(st.sampled_from(["", "\ufeff"]), st.lists(st.sampled_from(PIECES), max_size=25)).map(
    lambda drawn: drawn[0] + "".join(drawn[1])
)


@given(TEXTS)
def test_the_map_of_the_normalised_text(text: str) -> None:
    normal, starts, ends = normalise_with_map(text)
    assert normal == normalise_text(text)
    for table in (starts, ends):
        assert len(table) == len(text) + 1
        assert (np.diff(table) >= 0).all()
        assert table[-1] == len(normal)
    assert (starts <= ends).all()
    for at in range(len(text) + 1):
        if starts[at] == ends[at]:
            # What stands before the boundary, normalised by itself, ends there.
            alone = normalise_text(text[:at] + "|")[:-1]
            inside_line_end = text[at - 1 : at + 1] == "\r\n"
            assert inside_line_end or normal.startswith(alone[: int(starts[at])])
            assert inside_line_end or min(len(alone), len(normal)) == starts[at]


@settings(max_examples=tried(300))
@given(st.data(), TEXTS, st.sampled_from(CONVENTIONS), st.booleans())
def test_a_selection_is_placed_where_it_was_marked_or_not_at_all(
    data: st.DataObject, text: str, convention: Convention, quoted: bool
) -> None:
    edges = [at for at in range(len(text) + 1) if text[at - 1 : at + 1] != "\r\n"]
    pair = st.tuples(st.sampled_from(edges), st.sampled_from(edges)).map(lambda drawn: (min(drawn), max(drawn)))
    spans = data.draw(st.lists(pair, max_size=8))
    transcript, starts, ends = normalise_with_map(text)
    placements, report = place(text, transcript, marked(text, spans, convention, quoted))
    assert len(placements) == len(spans)
    if not quoted:
        return  # without its text, a selection of such a text can fit several conventions; see the tests below
    for (start, end), placement in zip(spans, placements, strict=True):
        expected = (int(starts[start]), int(ends[end]))
        if placement.how == "exact" and expected != (placement.start, placement.end):
            # Then both read the same to the letter, and no selection speaks for the one or the other.
            raise AssertionError((text, start, end, placement, report))
        if placement.how == "":
            passage = transcript[expected[0] : expected[1]]
            assert placement.why in ("empty", "no_convention", "repeated", "no_text") or not passage.strip()
        if placement.why == "no_convention":
            assert report.ambiguous


@given(st.lists(st.sampled_from(UNITS), min_size=1, max_size=3, unique=True), st.integers(), st.integers())
def test_any_numbers_are_survived(units: list, start: int, end: int) -> None:
    placements, _ = place(INTERVIEW, normalise_text(INTERVIEW), [Selection("s", start, end, ("c",))], units)
    assert (placements[0].start is None) == (placements[0].how == "")


# --- which convention is taken ----------------------------------------------------------------------------------------

LINES = [f"บรรทัดที่ {n} “{n * 7}” กับ 👍 และ{'ก' * (n % 5)} words of line {n}" for n in range(60)]
DOCUMENT = "\r\n".join(LINES)


def line_spans(text: str, chosen: range) -> list[tuple[int, int]]:
    return spans_of(text, [LINES[n] for n in chosen])


def test_without_their_text_selections_are_judged_by_lines_and_words() -> None:
    transcript = normalise_text(DOCUMENT)
    inner = [(start + 3, end - 1) for start, end in line_spans(DOCUMENT, range(50, 53))]  # marked without care
    spans = [*line_spans(DOCUMENT, range(0, 50, 2)), *inner]
    placements, report = place(DOCUMENT, transcript, marked(DOCUMENT, spans, Convention("utf16"), quoted=False))
    assert report.convention == Convention("utf16")
    best, others = report.fits[0], report.fits[1:]
    assert (best.bare, best.lines, best.possible, best.quoted) == (28, 25, 25, 0)
    assert max(fit.lines for fit in others) <= 1
    assert words(transcript, placements[:25]) == [LINES[n] for n in range(0, 50, 2)]


def test_what_fits_no_convention_is_not_placed_and_told() -> None:
    transcript = normalise_text(DOCUMENT)
    spans = line_spans(DOCUMENT, range(0, 20))
    drifted = [replace(s, start=s.start + 11 * n, end=s.end + 11 * n)
               for n, s in enumerate(marked(DOCUMENT, spans, Convention("utf8")), start=1)]  # fmt: skip
    unlike = [replace(s, quoted=f"{s.quoted[:9]} ...?") for s in drifted]  # what they quote is not there either
    for selections in (unlike, [replace(s, quoted="") for s in drifted]):
        placements, report = place(DOCUMENT, transcript, selections)
        assert report.failed and not report.ambiguous
        assert {p.why for p in placements} == {"no_convention"}
        problems = Problems().at("coding/x.qdpx")
        report_no_convention(report, "P01.txt", problems)
        assert report_unplaced(selections, placements, "P01.txt", problems) == 0
        (problem,) = problems
        assert (problem.kind, problem.file) == ("positions", "coding/x.qdpx")
        assert 'No way of counting positions fits the selections of "P01.txt".' in problem.en
        assert "P01.txt" in problem.th and problem.hint_th and problem.hint_en
        for fit in report.fits:  # all that was tried, in both languages
            assert all(
                name in text for name, text in zip(describe(fit.convention), (problem.en, problem.th), strict=True)
            )
        assert "of 20" in problem.en and "20" in problem.th


def test_conventions_that_fit_alike_are_taken_where_they_mean_the_same() -> None:
    text = "plain text\nof two lines"
    placements, report = place(text, text, marked(text, [(0, 5), (11, 13)], Convention("utf8")))
    assert (report.settled, report.convention) == ("fit", Convention("code_points"))
    assert Convention("utf8", "lf") in report.fits[0].same
    assert words(text, placements) == ["plain", "of"]


def test_conventions_that_fit_alike_and_differ_are_not_chosen_from_unless_one_is_usual() -> None:
    text, utf16 = "👍aaaa bb", Convention("utf16")
    selections = [Selection("s", 3, 5, ("c",), quoted="aa")]  # in code points another "aa" than in UTF-16 units
    placements, report = place(text, text, selections)
    assert report.ambiguous
    assert [p.why for p in placements] == ["no_convention"]
    problems = Problems()
    report_no_convention(report, "x", problems)
    assert "Several ways of counting positions fit" in problems.found[0].en
    placements, report = place(text, text, selections, usual=utf16)
    assert (report.convention, report.settled) == (utf16, "usual")
    assert (placements[0].start, placements[0].end) == (2, 4)
    # What is usual decides nothing where another one fits and it does not, nor beyond the units of the format.
    selections.append(Selection("s", 6, 8, ("c",), quoted="bb"))
    assert place(text, text, selections, usual=utf16)[1].convention == Convention("code_points")
    assert place(text, text, selections[:1], ["utf8"], usual=utf16)[1].failed


def test_a_declared_convention_is_taken_unless_the_text_of_the_selections_speaks_against_it() -> None:
    text, declared = "👍 careless marking", Convention("code_points")
    inside = Selection("s", 4, 7, ("c",))
    assert place(text, text, [inside])[1].failed
    placements, report = place(text, text, [inside], declared=declared)
    assert (report.convention, report.settled, len(report.fits)) == (declared, "declared", 1)
    assert words(text, placements) == ["rel"]
    assert place(text, text, [replace(inside, quoted="are")], declared=declared)[1].failed


def test_one_selection_without_its_text_decides_only_if_nothing_else_is_possible() -> None:
    text, utf16 = "ที่ทํางาน👍 กขค กขค กขค กขค", Convention("utf16")
    transcript = normalise_text(text)
    start = text.index("กขค")
    selections = marked(text, [(start + 4, start + 7)], utf16, quoted=False)
    assert place(text, transcript, selections)[1].ambiguous
    placements, report = place(text, transcript, selections, usual=utf16)
    assert report.settled == "usual"
    assert words(transcript, placements) == ["กขค"]
    text = "ที่👍👍ทํางาน\nSmart office\nไม่มี"
    selections = marked(text, spans_of(text, ["Smart office"]), utf16, quoted=False)
    placements, report = place(text, normalise_text(text), selections)
    assert (report.convention, report.settled) == (utf16, "fit")
    assert words(normalise_text(text), placements) == ["Smart office"]


def test_snippets_that_the_tool_changed_still_read_as_quoted() -> None:
    text = "ก: น้ํา  ใส\r\nมาก และสะอาดทุกวันในหมู่บ้านของเรา 👍 ดี"
    transcript = normalise_text(text)
    span = (3, len(text) - 5)
    for quoted in ("น้ำ ใส มาก และสะอาดทุกวันในหมู่บ้านของเรา", "น้ํา  ใส\nมาก และสะอาด...", "น้ํา ใส มาก และสะอาด […]"):
        selections = [replace(s, quoted=quoted) for s in marked(text, [span], Convention("utf8"))]
        placements, report = place(text, transcript, selections)
        assert [p.how for p in placements] == ["exact"], quoted
        assert report.fits[0].matched == 1
    # A beginning alone, or one too short to say anything, is not enough.
    for quoted in ("น้ํา  ใส\nมาก และสะอาด", "น้ํา..."):
        selections = [replace(s, quoted=quoted) for s in marked(text, [span], Convention("utf8"))]
        assert place(text, transcript, selections)[1].failed, quoted


def test_a_wrong_position_among_right_ones_is_found_by_its_text() -> None:
    transcript = normalise_text(DOCUMENT)
    selections = marked(DOCUMENT, line_spans(DOCUMENT, range(0, 20)), Convention("utf8"))
    end_of_text = counted(DOCUMENT, len(DOCUMENT), Convention("utf8"))
    selections[3] = replace(selections[3], start=selections[3].start + 5)
    selections[4] = replace(selections[4], start=end_of_text + 7, end=end_of_text + 9)
    selections[5] = replace(selections[5], start=selections[5].start + 5, quoted="กับ 👍")
    selections[6] = replace(selections[6], start=selections[6].start + 5, quoted="ไม่มีในข้อความ")
    selections[7] = replace(selections[7], start=selections[7].start + 5, quoted="ไม่มีในข้อความ ไม่มีเลย...")
    selections[8] = replace(selections[8], start=selections[8].end)
    placements, report = place(DOCUMENT, transcript, selections)
    assert [p.how for p in placements[:3]] == ["exact"] * 3
    assert [p.how for p in placements[3:5]] == ["reanchored"] * 2
    assert words(transcript, placements[3:5]) == [LINES[3], LINES[4]]
    assert [p.why for p in placements[5:9]] == ["repeated", "not_found", "shortened", "empty"]
    assert (report.exact, report.reanchored, report.unplaced) == (14, 2, 4)
    problems = Problems().at("coding/x.qda")
    assert report_unplaced(selections, placements, "P01", problems) == 4
    (problem,) = problems
    assert problem.en == (
        'Cannot place 4 of 20 passages in "P01". In several places, and nothing says which one is meant: selection 5'
        ' "กับ 👍". Nowhere in the transcript: selection 6 "ไม่มีในข้อความ". Shortened by the tool, and not in the'
        f' transcript: selection 7 "ไม่มีในข้อความ ไม่มีเลย...". No text in it: selection 8 "{LINES[8]}".'
    )
    assert problem.th.startswith(
        'ระบุที่ของข้อความ 4 จาก 20 แห่งใน "P01" ไม่ได้ ปรากฏหลายแห่ง และไม่มีสิ่งใดบอกว่าหมายถึงแห่งใด: ส่วนที่เลือก 5 "กับ 👍"'
    )
    assert problem.hint_en.endswith('say in study.yml: coding: {files: [{file: "x.qda", unplaced: leave_out}]}')
    assert problem.hint_th.endswith('ให้ระบุใน study.yml: coding: {files: [{file: "x.qda", unplaced: leave_out}]}')
    left_out = Problems().at("coding/x.qda")
    assert report_unplaced(selections, placements, "P01", left_out, leave_out=True) == 4
    assert left_out.found == []
    (notice,) = left_out.notices
    assert notice.en.startswith('Left out, as study.yml says, 4 of 20 passages in "P01". In several places')
    assert notice.th.startswith('ไม่นับรวมข้อความ 4 จาก 20 แห่งใน "P01" ตามที่ระบุใน study.yml ปรากฏหลายแห่ง')


# --- from the stored text to the transcript ---------------------------------------------------------------------------


def test_white_space_may_differ_and_even_be_missing() -> None:
    stored = "\n\nผู้สัมภาษณ์: กี่ปีแล้ว\n\n\nผู้ให้ข้อมูล:  สิบปี  ครับ"
    transcript = "ผู้สัมภาษณ์: กี่ปีแล้ว\nผู้ให้ข้อมูล: สิบปี ครับ"
    for text in (stored, "".join(stored.split("\n"))):  # a tool may keep no sign of where a paragraph ends
        spans = spans_of(text, ["กี่ปีแล้ว", "สิบปี  ครับ"])
        spans.append((spans[0][0], spans[1][1]))
        placements, report = place(text, transcript, marked(text, spans, Convention("utf8")))
        assert report.text == "white_space"
        assert [p.how for p in placements] == ["exact"] * 3
        assert words(transcript, placements) == ["กี่ปีแล้ว", "สิบปี ครับ", "กี่ปีแล้ว\nผู้ให้ข้อมูล: สิบปี ครับ"]


@pytest.mark.parametrize("quoted", [True, False])
def test_in_a_text_that_drifted_what_stands_unchanged_is_placed(quoted: bool) -> None:
    stored = "ก: เริ่มงานตอนเช้า\nข: ใช่ครับ\nก: เลิกงานตอนเย็น\nข: ใช่ครับ\nก: วันหยุดไม่มี\nข: ก็เหนื่อย\n"
    transcript = "หัวเรื่องใหม่\nก: เริ่มงานตอนเช้า\nข: ใช่ครับ\nก: เลิกงานตอนค่ำ\nก: วันหยุด ไม่มี\nข: ก็เหนื่อย\nข: ก็เหนื่อย"
    spans = [(stored.index(p), stored.index(p) + len(p)) for p in ("เริ่มงานตอนเช้า", "ใช่ครับ", "เลิกงานตอนเย็น", "ก็เหนื่อย")]
    whole = stored.index("ก: วันหยุด")
    spans.append((whole, stored.index("\nข: ก็")))
    placements, report = place(stored, transcript, marked(stored, spans, Convention("utf8"), quoted))
    assert report.text == "drifted"
    assert report.convention is not None
    # The second stood twice in what was coded: what stands before it tells which one is left. The last but one stands
    # twice now: which of the two is new is not certain.
    assert words(transcript, placements) == [
        "เริ่มงานตอนเช้า", "ใช่ครับ", "not_found", "repeated", "ก: วันหยุด ไม่มี"
    ]  # fmt: skip
    assert placements[2].words == "เลิกงานตอนเย็น"
    assert (report.exact, report.reanchored, report.unplaced) == (0, 3, 2)


# --- text alone -------------------------------------------------------------------------------------------------------


def test_selections_without_positions_are_placed_by_text_that_stands_once() -> None:
    text = "ก: ดี\nข: น้ำใส  ไฟสว่าง\nก: ดี\nข: ดีมาก"
    rows = ["น้ํา\u200bใส ไฟสว่าง", "ดี", "", "ไม่มี"]
    selections = [
        Selection("s", None, None, ("c",), quoted=row, place=f"row {n}", row=n) for n, row in enumerate(rows, 2)
    ]
    placements, report = place(text, text, selections)
    assert words(text, placements) == ["น้ำใส  ไฟสว่าง", "repeated", "no_text", "not_found"]
    assert placements[0].how == "by_text"
    assert (report.convention, report.fits, report.failed) == (None, (), False)
    problems = Problems()
    report_unplaced(selections, placements, "P01", problems)
    (problem,) = problems
    assert problem.row == 3
    assert 'which one is meant: row 3 "ดี". Neither positions nor text: row 4. Nowhere' in problem.en


def test_what_is_selected_as_often_as_it_stands_is_placed_one_by_one() -> None:
    text = "ก: ดี\nข: ไม่\nก: ดี"
    good = Selection("s", None, None, ("c",), "SK", "ดี")
    placements, _ = place(text, text, [good, good, replace(good, coder="NP"), replace(good, codes=("d",))])
    assert [p.start for p in placements] == [text.index("ดี"), text.rindex("ดี"), None, None]


def test_units_in_the_order_of_the_text_are_placed_between_their_neighbours() -> None:
    text = "ครับ\nเริ่มแล้ว\nครับ\nใช่\nครับ\nกลางเรื่อง\nใช่\nครับ\nจบ"
    rows = text.split("\n")
    selections = [Selection("s", None, None, (f"c{n}",), "SK", row) for n, row in enumerate(rows)]
    placements, _ = place(text, text, selections, one_each=True)
    assert words(text, placements) == rows
    assert [p.start for p in placements] == sorted(p.start or 0 for p in placements)
    # With a row taken out, what it leaves uncertain is not placed.
    placements, _ = place(text, text, selections[:4] + selections[5:], one_each=True)
    assert words(text, placements) == [*rows[:2], "repeated", "ใช่", *rows[5:]]
    # In another order than the text, text that stands several times is not placed.
    placements, _ = place(text, text, [selections[5], selections[1], selections[0]], one_each=True)
    assert words(text, placements) == ["กลางเรื่อง", "เริ่มแล้ว", "repeated"]
    # Between its neighbours, too, the order must hold.
    placements, _ = place(
        "จบ ข ก ข ก จบ", "จบ ข ก ข ก จบ", [replace(selections[0], quoted=q) for q in ("ก", "ข")], one_each=True
    )
    assert [p.why for p in placements] == ["repeated", "repeated"]


# --- size -------------------------------------------------------------------------------------------------------------


def big_coding(quoted: bool) -> tuple[str, list[Selection], list[str]]:
    """A text of 1 MB (UTF-8) with 10,000 selections, counted in UTF-16 units."""
    draw = random.Random(7)
    vocabulary = ["นํ้าประปา", "ระบบ", "ออนไลน์", "ช่วย", "ประชาชน", "👍", "“app”", "ทุกวัน", "เจ้าหน้าที่", "ยังไม่"]
    lines = [f"{n} " + "".join(draw.choices(vocabulary, k=3)) + " " + "".join(draw.choices(vocabulary, k=3))
             for n in range(10_000)]  # fmt: skip
    text = "\r\n".join(lines)
    table = offsets(text, Convention("utf16"))
    ends = np.cumsum([len(line) + 2 for line in lines]) - 2
    selections = [
        Selection("s", int(table[end - len(line)]), int(table[end]), ("c",), "SK", line if quoted else "")
        for line, end in zip(lines, ends, strict=True)
    ]
    return text, selections, [normalise_text(line) for line in lines]


@pytest.mark.parametrize("case", ["quoted", "bare", "drifted"])
def test_ten_thousand_selections_in_a_megabyte(case: str, record_property) -> None:
    text, selections, lines = big_coding(case != "bare")
    assert len(text.encode()) > 1_000_000
    transcript = normalise_text(text if case != "drifted" else "เพิ่มเติม\n" + text)
    began = time.process_time()
    placements, report = place(text, transcript, selections)
    seconds = time.process_time() - began
    record_property(f"{len(text.encode()) / 1e6:.1f} MB, 10,000 selections, {case}", f"{seconds:.1f} s")
    assert words(transcript, placements) == lines
    assert report.convention == Convention("utf16")
    assert {p.how for p in placements} == {"reanchored" if case == "drifted" else "exact"}
    assert seconds < 10  # usually about 1; whoever looked at all of the text for each selection would need minutes


def test_one_document_may_count_in_two_units() -> None:
    """As QualCoder's do: what people marked in UTF-16 units, what it found for them in code points."""
    text = "ผู้สัมภาษณ์: สวัสดี 🙏🙏 ครับ\nผู้ให้ข้อมูล: งบไม่พอ คนไม่พอ แต่งบไม่พอ มากกว่า\nผู้สัมภาษณ์: แล้วงบไม่พอ ทำอย่างไร"

    def selected(passage: str, start: int, unit: Unit) -> Selection:
        first, last = (counted(text, at, Convention(unit)) for at in (start, start + len(passage)))
        return Selection("1", first, last, ("c",), quoted=passage)

    marked = [selected(passage, text.index(passage), "utf16") for passage in ("คนไม่พอ", "มากกว่า", "อย่างไร", "ครับ")]
    places = [found.start() for found in re.finditer("งบไม่พอ", text)]
    assert len(places) == 3
    searched = [selected("งบไม่พอ", start, "code_points") for start in places]
    gone = Selection("1", 0, 7, ("c",), quoted="งบไม่พอ")
    for some in (marked, marked[:1]):
        placements, report = place(text, text, [*some, *searched, gone], ("code_points", "utf16"))
        assert report.convention == Convention("utf16" if len(some) > 3 else "code_points")
        assert [p.how for p in placements] == ["exact"] * (len(some) + 3) + [""]
        assert placements[-1].why == "repeated"
        assert [text[p.start : p.end] for p in placements[:-1]] == [s.quoted for s in (*some, *searched)]
        assert [p.start for p in placements[len(some) : -1]] == places
