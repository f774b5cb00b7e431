"""Passages in interviews that were edited after they were coded: placed where their own words stand, or named."""

from __future__ import annotations

import random
import time
from dataclasses import replace
from pathlib import Path

import pytest
from amount import tried
from counted import counted
from edited_interviews import EDITS, Edited, after_edits, cases, demonstration_interviews, is_right, placed, selections

from thongthin.basics.language import normalise_text
from thongthin.read.coding.model import Selection
from thongthin.read.coding.positions import UNITS, Convention, place
from thongthin.read.coding.positions.neighbours import Known, by_neighbours, moved_alike
from thongthin.read.coding.positions.way import Way

ROOT = Path(__file__).parents[3]


def found(before: str, after: str, passage: str, nth: int = 0) -> str:
    """What stands where the nth place of a passage went, behind ten characters; "" if that is not known."""
    at = -1
    for _ in range(nth + 1):
        at = before.index(passage, at + 1)
    span = Way(before, after).to_transcript((at, at + len(passage)))
    return f"{after[max(0, span[0] - 10) : span[0]]}[{after[slice(*span)]}]" if span else ""


# --- edits at random ------------------------------------------------------------------------------------------------


def test_a_thousand_edits_of_the_demonstration(record_property) -> None:
    """All passages whose own words an edit left alone are placed, or nearly all where these repeat; none wrongly."""
    interviews = demonstration_interviews(ROOT)
    assert len(interviews) == 12
    there, missed = [0, 0], [0, 0]
    edits = tried(1_000)
    for seed in range(edits):
        draw = random.Random(seed)
        edit = after_edits(interviews[seed % 12], draw)
        marked = cases(edit, draw, 12)
        for case, place_found in zip(marked, placed(edit, marked), strict=True):
            assert place_found is None or is_right(edit, case, place_found), (seed, case, place_found)
            there[case.repeats] += case.place is not None
            missed[case.repeats] += case.place is not None and place_found is None
    record_property("placed of those that repeat", f"{1 - missed[1] / there[1]:.2%}")
    assert there[0] > 5 * edits and there[1] > 2 * edits
    assert missed[0] == 0
    assert missed[1] <= 0.01 * there[1]


def test_a_long_interview_that_was_edited_everywhere(record_property) -> None:
    draw = random.Random(2)
    text = "\n".join(
        line[: len(line) // 2 + draw.randrange(20)] + f" {n % 7}"
        for _ in range(8)
        for interview in demonstration_interviews(ROOT)
        for n, line in enumerate(interview.split("\n"))
    )[:100_000]
    signs = [(character, at) for at, character in enumerate(text)]
    for edit in (*EDITS, *[EDITS[2]] * 50):
        signs = edit(signs, draw)
    edited = Edited.of(text, signs)
    marked = cases(edited, draw, 2_000)
    own = selections(edited, marked)
    began = time.process_time()
    placements, _ = place(edited.before, edited.after, own)
    seconds = time.process_time() - began
    record_property(f"{len(text):,} characters, 2,000 passages", f"{seconds:.1f} s")
    for case, placement in zip(marked, placements, strict=True):
        span = None if placement.start is None or placement.end is None else (placement.start, placement.end)
        assert span is None or is_right(edited, case, span)
        assert span or case.place is None or case.repeats
        assert placement.how or placement.why in ("not_found", "repeated", "elsewhere")
    assert seconds < 10  # usually well below 1; see benchmarks/measure_alignment.py


# --- edits as people make them --------------------------------------------------------------------------------------

SHORT = "\n".join(
    f"{who}: {words}"
    for n in range(20)
    for who, words in (("Q", f"And what about the matter of {'abcdefghijklmnopqrst'[n] * 3}?"), ("A", "Well, yes."))
)


def test_short_answers_are_known_by_what_stands_around_them() -> None:
    yes = [n for n in range(len(SHORT)) if SHORT.startswith("yes", n)]
    assert len(yes) == 20
    changed = {
        "a line at the top": "Interview of 12 March\n" + SHORT,
        "other labels": SHORT.replace("Q:", "Interviewer:").replace("A:", "P01:"),
        "no labels": SHORT.replace("Q: ", "").replace("A: ", ""),
        "a question": SHORT.replace("the matter of jjj", "the question of jjj"),
        "line ends": SHORT.replace("\n", " "),
    }
    for what, after in changed.items():
        now = [n for n in range(len(after)) if after.startswith("yes", n)]
        own = [Selection("s", at, at + 3, ("c",)) for at in yes]
        placements, report = place(SHORT, after, own, declared=Convention("code_points"))
        assert [placement.start for placement in placements] == now, what
        assert report.text == ("white_space" if what == "line ends" else "drifted")


def test_the_example_of_an_answer_coded_without_its_label() -> None:
    """Coded as it stood without a label; "yes" stands twice in it."""
    coded, now = "Well, yes. Or no. Then yes again.", "Participant: Well, yes. Or no. Then yes again."
    assert found(coded, now, "yes") == "nt: Well, [yes]"
    assert found(coded, now, "yes", 1) == " no. Then [yes]"


def test_a_paragraph_that_was_moved() -> None:
    lines = SHORT.split("\n")
    moved = "\n".join([*lines[:6], *lines[8:30], *lines[6:8], *lines[30:]])
    assert found(SHORT, moved, lines[6]) == f"ell, yes.\n[{lines[6]}]"
    assert found(SHORT, moved, "ddd?") == "matter of [ddd?]"
    # Its answer stands twenty times and went with it; but whether that or another one is not certain.
    assert found(SHORT, moved, "yes", 3) in ("", "A: Well, [yes]")


def test_what_was_changed_inside_is_not_found_nor_what_could_be_two() -> None:
    text = "ก: เริ่มงานตอนเช้าที่สำนักงานเทศบาล\nข: ดีมาก\nก: เลิกงานตอนเย็นแล้วไปตลาดนัด\nข: พอใช้\nก: วันหยุดทำอะไรบ้าง"
    assert found(text, text.replace("ตอนเช้าที่", "ตอนเที่ยงที่"), "เริ่มงานตอนเช้าที่สำนักงาน") == ""
    assert found(text, text.replace("ดีมาก", "ไม่ดีเลย"), "ดีมาก") == ""
    # Another answer in its place, and the words elsewhere.
    swapped = text.replace("พอใช้", "-").replace("ดีมาก", "พอใช้").replace("-", "ดีมาก")
    assert found(text, swapped, "ดีมาก") == ""
    # Written twice where it stood once.
    assert found(text, text.replace("ข: ดีมาก", "ข: ดีมาก ดีมาก"), "ดีมาก") == ""
    # Copied: both places read the same.
    answer = "ข: ดีมาก\n"
    assert found(text, text.replace(answer, f"{answer}{answer}"), "ดีมาก") == ""
    # Nothing of it is left.
    assert found(text, "ข้อความอื่นทั้งหมด", "ดีมาก") == ""


# --- texts that no file stores --------------------------------------------------------------------------------------


@pytest.mark.parametrize("unit", UNITS)
def test_where_no_text_is_stored_the_quotes_tell_how_far_the_text_has_moved(unit: str) -> None:
    """The positions count in a text that is gone: a line was added at the top of the interview since."""
    convention = Convention(unit)
    text = SHORT.replace("yes", "ใช่ 👍").replace("\n", "\r\n")
    now = "สัมภาษณ์เมื่อ 12 มีนาคม 👍\r\n" + text
    wanted = [*(f"{'abcdefghijklmnopqrst'[n] * 3}?" for n in range(20)), *["ใช่"] * 20]
    spans, at = [], -1
    for passage in wanted:
        at = text.index(passage, at + 1) if passage != "aaa?" else text.index(passage)
        at = text.index(passage) if passage == "ใช่" and wanted[len(spans) - 1] != "ใช่" else at
        spans.append((at, at + len(passage)))
    own = [
        Selection("s", counted(text, a, convention), counted(text, b, convention), ("c",), "SK", text[a:b])
        for a, b in spans
    ]
    transcript = normalise_text(now)
    placements, report = place(now, transcript, own)
    assert (report.settled, report.failed, report.convention) == ("quotes", False, convention)
    shift = len(normalise_text(now)) - len(normalise_text(text))
    expected = [(len(normalise_text(text[:a])) + shift, text[a:b]) for a, b in spans]
    got = [(p.start, transcript[p.start : p.end]) if p.start is not None else p.why for p in placements]
    # Behind the last that stands once nothing tells; every other "yes" lies between two that moved alike.
    assert got[:-1] == expected[:-1]
    assert got[-1] == "repeated"


def test_where_no_text_is_stored_nothing_is_placed_wrongly_either() -> None:
    interviews = demonstration_interviews(ROOT)
    there = kept = 0
    for seed in range(60):
        draw = random.Random(seed)
        edit = after_edits(interviews[seed % 12], draw)
        marked = cases(edit, draw, 20)
        placements, _ = place(edit.after, edit.after, selections(edit, marked), ("code_points",))
        for case, placement in zip(marked, placements, strict=True):
            there += case.place is not None
            if placement.start is not None and placement.end is not None:
                # Where its position still reads as it quotes, nothing but a stored text could tell that it has moved.
                right = is_right(edit, case, (placement.start, placement.end))
                assert right or placement.how == "exact", (seed, case, placement)
                kept += case.place is not None
    assert kept > 0.6 * there  # with the text stored, all of them


def test_neighbours_that_moved_differently_tell_only_what_is_alone() -> None:
    known = [Known(0, 0), Known(10, 10), Known(50, 57), Known(60, 67)]
    assert moved_alike(known) == set(known)
    assert moved_alike([Known(5, 9), Known(0, 0), Known(7, 9)]) == set()
    positions, short, long = {1: 20}, {1: 3}, {1: 12}
    assert by_neighbours(known, positions, {1: [20, 90]}, long) == {1: 20}
    assert by_neighbours(known, positions, {1: [27, 5]}, long) == {1: 27}
    assert by_neighbours(known, positions, {1: [27, 5]}, short) == {}
    assert by_neighbours(known, positions, {1: [20, 27]}, long) == {}  # as the one, or as the other
    assert by_neighbours(known, positions, {1: [20, 40]}, long) == {}  # two between them
    assert by_neighbours(known, positions, {1: [24]}, long) == {}  # as neither
    assert by_neighbours(known, {1: 5}, {1: [5, 7]}, short) == {1: 5}
    # Behind the last one, only what is long.
    assert by_neighbours(known, {1: 70}, {1: [77, 90]}, short) == {}
    assert by_neighbours(known, {1: 70}, {1: [77, 90]}, long) == {1: 77}
    far = [Known(0, 0), Known(900, 900)]
    assert by_neighbours(far, positions, {1: [20, 90]}, short) == {}
    assert by_neighbours(far, positions, {1: [20, 90]}, long) == {1: 20}
    # Two passages at one place.
    assert by_neighbours(known, {1: 20, 2: 27}, {1: [27], 2: [27]}, {1: 12, 2: 12}) == {}


# --- one bad selection, and a unit that a person decided on ----------------------------------------------------------

LINES = [f"line {n} of the board 👍 says that {n * 7} is a number" for n in range(60)]
BOARD = "\r\n".join(LINES)


def board(convention: Convention, numbers: range) -> list[Selection]:
    """Whole lines, counted so, without their text."""
    spans = [(BOARD.index(LINES[n]), BOARD.index(LINES[n]) + len(LINES[n])) for n in numbers]
    return [
        Selection("s", counted(BOARD, a, convention), counted(BOARD, b, convention), ("c",), place=f"selection {n}")
        for n, (a, b) in zip(numbers, spans, strict=True)
    ]


def test_one_bad_quote_vetoes_nothing() -> None:
    own = board(Convention("utf16"), range(50))
    bad = replace(own[7], quoted="line:113")
    placements, report = place(BOARD, normalise_text(BOARD), [*own, bad])
    assert (report.convention, report.settled) == (Convention("utf16"), "fit")
    assert [p.how for p in placements] == ["exact"] * 50 + [""]
    assert placements[-1].why == "not_found"
    # But where the quotes are the bulk of the evidence, they decide.
    placements, report = place(
        BOARD, normalise_text(BOARD), [*own[:3], *[replace(bad, end=bad.end + n) for n in range(9)]]
    )
    assert report.failed


def test_a_unit_that_was_decided_on_is_taken_unless_the_texts_speak_against_it() -> None:
    text = "👍 careless marking"
    inside = Selection("s", 4, 7, ("c",))
    assert place(text, text, [inside])[1].failed
    for unit, words in (("code_points", "rel"), ("utf16", "are")):
        placements, report = place(text, text, [inside], decided=unit)
        assert (report.settled, report.convention) == ("declared", Convention(unit)) or report.failed
        if placements[0].start is not None:
            assert text[placements[0].start : placements[0].end] == words
    quoting = replace(inside, quoted="rel")
    assert place(text, text, [quoting], decided="code_points")[1].convention == Convention("code_points")
    placements, report = place(text, text, [quoting], decided="utf16")
    assert report.failed and report.decided == "utf16" and not report.ambiguous
    assert placements[0].why == "no_convention"
