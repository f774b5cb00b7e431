"""Forms of speakers' labels from public sources and from usage: whose each is comes out right, or it is asked."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pandas as pd
import pytest
from speaker_labels import FORMS, Form, made

from thongthin.basics.language import one_line
from thongthin.basics.problems import Problems
from thongthin.read.interviews import read_interviews


def outcome(form: Form, folder: Path) -> str:
    """What becomes of a form: right, asked, told (wrong, but there is a notice) or silent (wrong without a word)."""
    interviews = made(form)
    files = [folder / interview.name for interview in interviews]
    for file, interview in zip(files, interviews, strict=True):
        file.write_bytes(interview.content)
    people = pd.DataFrame({"participant_id": [file.stem for file in files], "consent": "yes"})
    problems = Problems()
    turns = read_interviews(files, people, problems.at("interviews")).turns
    wrong = False
    for file, interview in zip(files, interviews, strict=True):
        file.unlink()
        own = turns[turns["participant_id"] == file.stem]
        found = [(role, one_line(text)) for role, text in zip(own["role"], own["text"], strict=True)]
        wrong |= len(found) != len(interview.turns)
        for (_, role, words), (role_found, text) in zip(interview.turns, found, strict=False):
            wrong |= one_line(words) != text or (bool(role) and role not in ("ask", role_found))
    if form.truth == "ask":
        return "right" if problems.found else "told" if problems.notices else "silent"
    if problems.found:
        return "asked"
    return ("told" if problems.notices else "silent") if wrong else "right"


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Form, str]]:
    folder = tmp_path_factory.mktemp("forms")
    return [(form, outcome(form, folder)) for form in FORMS]


def test_no_label_gets_a_wrong_role_without_a_word(outcomes: list[tuple[Form, str]]) -> None:
    assert [form for form, result in outcomes if result == "silent"] == []


def test_nearly_all_labels_are_right_without_a_question(outcomes: list[tuple[Form, str]]) -> None:
    for what, chosen in (
        ("all", outcomes),
        ("from public sources", [(form, result) for form, result in outcomes if form.source != "usage"]),
        ("Thai", [(form, result) for form, result in outcomes if form.language == "th"]),
    ):
        told = Counter(result for form, result in chosen if form.truth != "ask")
        left = Counter(result for form, result in chosen if form.truth == "ask")
        share = told["right"] / told.total()
        print(f"{what}: {told.total()} forms, {share:.1%} right without a question; {dict(told)};"
              f" of {left.total()} that a label cannot tell {left['right']} are asked")  # fmt: skip
        assert told.total() >= (100 if what == "Thai" else 200)
        assert share >= 0.95
        assert left["right"] == left.total()
