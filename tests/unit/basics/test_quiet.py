"""On a screen that others see, messages say where something is wrong, and nothing of what stands there."""

import pytest

from thongthin.basics.problems import Problem
from thongthin.basics.quiet import VARIABLE, hushed

FOUND = Problem(
    "identifier",
    "data/raw/x/interviews/P01.txt",
    '"สมชาย ใจดี" looks like a name of a person: "ผมชื่อสมชาย ใจดี ครับ".',
    '"สมชาย ใจดี" อาจเป็นชื่อบุคคล: "ผมชื่อสมชาย ใจดี ครับ"',
    "Write: interviews: {participant: [สมชาย, {a: สมหญิง}]}",
    "เขียน: interviews: {participant: [สมชาย]}",
    row=7,
)


def test_nothing_of_the_data_is_quoted(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "สมชาย" in str(FOUND)
    monkeypatch.setenv(VARIABLE, "1")
    said = str(FOUND)
    assert "สมชาย" not in said
    assert "สมหญิง" not in said
    assert "data/raw/x/interviews/P01.txt" in said
    assert "Line 7" in said
    assert "looks like a name of a person" in said


def test_without_the_wish_messages_are_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    assert hushed('the row "P01"') == 'the row "P01"'
