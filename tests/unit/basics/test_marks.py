"""Numbers that carry a mark."""

from __future__ import annotations

import pytest

from thongthin.basics.language import format_number
from thongthin.basics.marks import MARK, marks_in, unmarked, with_mark


@pytest.mark.parametrize("value", [3, 3.5, 0, -2.25])
def test_a_marked_number_is_the_number(value: float) -> None:
    number = with_mark(value, 7)
    assert number == value and number + 1 == value + 1 and hash(number) == hash(value)


@pytest.mark.parametrize(
    ("value", "format_", "reads"), [(0.0004, "p", "< .001"), (4, "count", "4"), (0.5, "share", "50.0%")]
)
def test_the_mark_travels_into_the_text_behind_its_first_character(value: float, format_: str, reads: str) -> None:
    text = format_number(with_mark(value, 65_000), format_, "en")
    assert unmarked(text) == reads and marks_in(text) == [65_000]
    assert not MARK.match(text)


def test_a_whole_number_carries_it_into_any_text() -> None:
    assert marks_in(f"{with_mark(8, 1)}/{with_mark(12, 2)}") == [1, 2]


def test_what_is_undefined_has_no_mark() -> None:
    assert format_number(with_mark(float("nan"), 3), "decimal", "en") == "–"


def test_there_are_no_marks_beyond_the_last() -> None:
    with pytest.raises(ValueError, match="more numbers"):
        with_mark(1, 200_000)
