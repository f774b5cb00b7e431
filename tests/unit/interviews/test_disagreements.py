"""The list of disagreements: who said what, what stood there instead, and the text around it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from thongthin.interviews.agreement import ComparedUnit, agreement_table, compare
from thongthin.interviews.disagreements import CONTEXT, disagreements_table

# Theme `skills` with two codes, theme `budget` without any.
CODES = pd.DataFrame(
    {
        "code_id": ["skills", "training", "age", "budget"],
        "parent_id": ["", "skills", "skills", ""],
        "theme_id": ["skills", "skills", "skills", "budget"],
        "position": [1, 2, 3, 4],
    }
)
PEOPLE = ("P01", "P02")
PARTICIPANTS = pd.DataFrame({"participant_id": PEOPLE, "site_id": ["S01", "S02"]})
# Two interviews: in each the interviewer asks (0-10), the participant answers twice (10-20, 20-40).
TURNS = pd.DataFrame(
    [
        (f"{who}-{turn}", who, role, start, end)
        for who in PEOPLE
        for turn, role, start, end in (
            (1, "interviewer", 0, 10),
            (2, "participant", 10, 20),
            (3, "participant", 20, 40),
        )
    ],
    columns=["turn_id", "participant_id", "role", "start", "end"],
)
TEXT = "Why is it?\nHere we do\nit as we did it before."
COVERAGE = pd.DataFrame(
    [(who, coder, code) for who in PEOPLE for coder in ("Ann", "Bo") for code in ("skills", "budget")],
    columns=["participant_id", "coder", "code_id"],
)


def segments(*rows: tuple[str, str, str, int, int], text: str = TEXT) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["participant_id", "code_id", "coder", "start", "end"])
    return table.assign(text=[text[start:end] for start, end in zip(table["start"], table["end"], strict=True)])


def listed(codings: pd.DataFrame, unit: ComparedUnit = "turn", text: str = TEXT, **further: Any) -> pd.DataFrame:
    comparison = compare(TURNS, codings, further.get("coverage", COVERAGE), CODES, unit)
    transcripts = pd.DataFrame({"participant_id": PEOPLE, "text": text})
    return disagreements_table(comparison, codings, CODES, transcripts, PARTICIPANTS)


def test_they_name_who_said_what_and_show_the_passages_in_their_context():
    codings = segments(
        ("P01", "age", "Ann", 16, 18),
        ("P01", "age", "Ann", 10, 15),
        ("P01", "training", "Bo", 12, 19),
        ("P02", "age", "Ann", 12, 13),
        ("P02", "age", "Bo", 12, 13),
        ("P02", "age", "Cy", 12, 13),
    )
    coverage = pd.concat(
        [COVERAGE, pd.DataFrame({"participant_id": ["P01"], "coder": ["Cy"], "code_id": ["age"]})], ignore_index=True
    )
    assert listed(codings, coverage=coverage).to_dict("records") == [
        {
            "code_id": "training",
            "unit_id": "P01-2",
            "site_id": "S01",
            "participant_id": "P01",
            "start": 10,
            "end": 20,
            "kind": "boundary",
            "coders_yes": "Bo",
            "coders_no": "Ann",
            "instead": "age",
            "before": "Why is it? H",
            "text": "ere we ",
            "after": "do it as we did it before.",
        },
        {
            "code_id": "age",
            "unit_id": "P01-2",
            "site_id": "S01",
            "participant_id": "P01",
            "start": 10,
            "end": 20,
            "kind": "boundary",
            "coders_yes": "Ann",
            "coders_no": "Bo; Cy",
            "instead": "training",
            "before": "Why is it?",
            "text": "\nHere … we",
            "after": "do it as we did it before.",
        },
    ]


@pytest.mark.parametrize(
    ("other", "kind", "instead"),
    [
        (("P01", "training", "Bo", 12, 14), "boundary", "training"),
        (("P01", "skills", "Bo", 12, 14), "boundary", "skills"),
        (("P01", "budget", "Bo", 12, 14), "other_theme", "budget"),
        (("P01", "budget", "Bo", 15, 19), "uncoded", ""),  # in the same turn, but not where Ann coded
        (("P01", "budget", "Ann", 12, 14), "uncoded", ""),  # not by the one who disagrees
    ],
)
def test_kinds_of_disagreement(other, kind, instead):
    found = listed(segments(("P01", "age", "Ann", 10, 15), other)).set_index("code_id").loc["age"]
    assert (found["kind"], found["instead"]) == (kind, instead)


def test_codes_given_instead_stand_in_the_order_of_the_codebook():
    marks = [("P01", code, "Bo", 12, 14) for code in ("budget", "age", "skills")]
    found = listed(segments(("P01", "training", "Ann", 10, 15), *marks)).set_index("code_id")
    assert found.loc["training", "instead"] == "skills; age; budget"


def context(text: str, passage: str) -> tuple[str, str]:
    """What stands before and after a passage that Ann marked."""
    start = text.index(passage)
    row = listed(segments(("P01", "age", "Ann", start, start + len(passage)), text=text), "segment", text).iloc[0]
    return row["before"], row["after"]


def test_context_is_cut_between_words_of_thai():
    words = ["ประชาชน", "เทศบาล", "ตลาด", "โรงเรียน", "น้ำ", "หนังสือ", "ต่าง ๆ "] * 6
    for shift in range(12):
        before, after = context("ก" * shift + "".join(words) + "#" + "".join(words) + "จบ", "#")
        assert before.startswith("… ") and after.endswith(" …")
        for side in (before, after):
            rest = side.strip("… ")
            assert CONTEXT - 12 <= len(rest) <= CONTEXT
            assert "".join(words).replace(" ", "").find(rest.replace(" ", "")) >= 0
        assert any(before[2:].startswith(word.strip()) for word in words)
        assert any(after[:-2].endswith(word.strip()) for word in words), after


def test_context_is_cut_between_words_of_english():
    text = "the quick brown fox " * 10
    before, after = context(text + "#" + text, "#")
    assert before == "… " + ("the quick brown fox " * 4).strip()
    assert after == ("the quick brown fox " * 4).strip() + " …"
    before, after = context("a" * 200 + "# " + "a" * 200, "#")  # one word without end
    assert (before, after) == ("…", "…")


def test_context_ends_with_a_turn_where_one_ends_near_its_end():
    text = f"Ann: {'no ' * 40}\nBo: {'yes ' * 15}#{' yes' * 16}\nAnn: {'no ' * 40}"
    before, after = context(text, "#")
    assert before == f"Bo: {'yes ' * 15}".strip()
    assert after == f"{'yes ' * 16}".strip()
    assert context("Bo: yes # no", "#") == ("Bo: yes", "no")  # the whole interview


def test_of_two_coders_there_are_as_many_as_the_percentage_leaves():
    generator = np.random.default_rng(1)
    rows = []
    for _ in range(30):
        start = int(generator.integers(0, 38))
        participant, coder = str(generator.choice(PEOPLE)), str(generator.choice(["Ann", "Bo"]))
        rows.append((participant, str(generator.choice(["training", "age", "budget"])), coder, start, start + 2))
    codings = segments(*rows)
    for unit in ("turn", "participant", "segment"):
        comparison = compare(TURNS, codings, COVERAGE, CODES, unit)
        overall = agreement_table(comparison, replicates=0).set_index("code_id").loc["all"]
        assert len(listed(codings, unit)) == round((1 - overall["percent"]) * overall["n"]), unit


def test_agreement_and_a_single_coder_leave_none():
    agreed = segments(("P01", "age", "Ann", 12, 13), ("P01", "age", "Bo", 11, 14))
    assert listed(agreed).empty
    alone = COVERAGE[COVERAGE["coder"] == "Ann"]
    assert listed(segments(("P01", "age", "Ann", 12, 13)), coverage=alone).empty
    assert listed(segments(), coverage=COVERAGE.iloc[:0]).empty
