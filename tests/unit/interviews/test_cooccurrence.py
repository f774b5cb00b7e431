"""What occurs together: in interviews, in turns, in overlapping passages, nearby."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongthin.contract.tables import TABLES, check
from thongthin.interviews.cooccurrence import code_cooccurrence, shared_of_either, theme_cooccurrence

CODES = pd.DataFrame(
    {
        "code_id": ["skills", "training", "age", "budget"],
        "parent_id": ["", "skills", "skills", ""],
        "theme_id": ["skills", "skills", "skills", "budget"],
        "position": [1, 2, 3, 4],
    }
)
TURNS = pd.DataFrame(
    [
        ("P01-1", "P01", "interviewer", 0, 10),
        ("P01-2", "P01", "participant", 10, 20),
        ("P01-3", "P01", "participant", 20, 40),
        ("P02-1", "P02", "participant", 0, 30),
        ("P02-2", "P02", "participant", 30, 40),
    ],
    columns=["turn_id", "participant_id", "role", "start", "end"],
)
COVERAGE = pd.DataFrame(
    [(who, coder, code) for who in ("P01", "P02") for coder in ("Ann", "Bo") for code in CODES["code_id"]],
    columns=["participant_id", "coder", "code_id"],
)


def segments(*rows: tuple[str, str, str, int, int]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["participant_id", "code_id", "coder", "start", "end"])
    return table.assign(theme_id=table["code_id"].map(CODES.set_index("code_id")["theme_id"]))


def pair(*rows: tuple[str, str, str, int, int], within: int = 5, coders: str = "any") -> dict[str, float]:
    """The row of the two themes."""
    table = theme_cooccurrence(TURNS, segments(*rows), COVERAGE, CODES, coders, within)
    check(table, TABLES["theme_cooccurrence"])
    (row,) = table.to_dict("records")
    return {str(name): value for name, value in row.items()}


def test_coefficient_of_the_atlasti_manual() -> None:
    """100 quotations with code A, 10 with code B, 5 co-occurrences: printed as 5/105 = 0.048 (manual of ATLAS.ti 22 for
    Windows, "Code co-occurrence coefficient")."""
    assert round(float(shared_of_either(100, 10, 5)), 3) == 0.048


def test_a_coefficient_of_nothing_is_undefined() -> None:
    np.testing.assert_array_equal(shared_of_either([0, 2], [0, 2], [0, 2]), [np.nan, 1])


def test_themes_occur_together_in_interviews_and_in_turns() -> None:
    rows = (
        ("P01", "age", "Ann", 10, 12),
        ("P01", "budget", "Ann", 18, 25),  # reaches into the next turn
        ("P02", "training", "Bo", 0, 5),
        ("P02", "budget", "Bo", 35, 40),
    )
    # turns with skills: P01-2, P02-1; with budget: P01-2, P01-3, P02-2
    assert pair(*rows) == {
        "theme_a": "skills",
        "theme_b": "budget",
        "participants": 2,
        "turns": 1,
        "jaccard": 1 / 4,
        "passages_a": 2,
        "passages_b": 2,
        "overlapping": 0,
        "near": 0,
        "c": 0,
    }
    assert pair(*rows, within=6)["near"] == 1
    agreed = pair(*rows, coders="all")
    assert (agreed["participants"], agreed["turns"], agreed["passages_a"]) == (0, 0, 0)
    assert np.isnan(agreed["jaccard"])
    assert np.isnan(agreed["c"])


@pytest.mark.parametrize(
    ("start", "end", "overlapping", "near"),
    [(10, 15, 0, 1), (9, 15, 1, 1), (13, 15, 0, 1), (14, 15, 0, 0), (0, 2, 0, 1), (0, 1, 0, 0), (0, 40, 1, 1)],
)
def test_where_overlap_and_nearness_end(start: int, end: int, overlapping: int, near: int) -> None:
    """One passage from 5 to 10; near is up to three characters between."""
    found = pair(("P01", "skills", "Ann", 5, 10), ("P01", "budget", "Bo", start, end), within=3)
    assert (found["overlapping"], found["near"]) == (overlapping, near)
    elsewhere = pair(("P01", "skills", "Ann", 5, 10), ("P02", "budget", "Bo", start, end), within=1000)
    assert (elsewhere["overlapping"], elsewhere["near"]) == (0, 0)


def test_a_long_passage_that_meets_many_counts_once() -> None:
    """Counted by pairs, c would be 3 / (1 + 3 - 3) = 3."""
    short = [("P01", "budget", "Ann", at, at + 2) for at in (0, 10, 20)]
    found = pair(("P01", "skills", "Ann", 0, 30), *short)
    assert (found["passages_a"], found["passages_b"], found["overlapping"], found["c"]) == (1, 3, 1, 1 / 3)


def test_codes_count_as_they_were_given() -> None:
    codings = segments(
        ("P01", "training", "Ann", 10, 20), ("P01", "age", "Bo", 15, 25), ("P01", "budget", "Ann", 24, 30)
    )
    table = code_cooccurrence(TURNS, codings, COVERAGE, CODES, within=5).set_index(["code_a", "code_b"])
    check(table.reset_index(), TABLES["code_cooccurrence"])
    assert list(table.index) == [
        ("skills", "training"),
        ("skills", "age"),
        ("skills", "budget"),
        ("training", "age"),
        ("training", "budget"),
        ("age", "budget"),
    ]
    assert (table.loc["skills", ["participants", "turns", "passages_a", "near"]] == 0).all(axis=None)
    assert tuple(table.loc[("training", "age"), ["participants", "turns", "overlapping", "c"]]) == (1, 1, 1, 1)
    assert tuple(table.loc[("training", "budget"), ["turns", "overlapping", "near"]]) == (0, 0, 1)
    assert table.loc[("skills", "training"), "c"] == 0


def test_who_skipped_a_turn_is_not_asked_to_agree_on_it() -> None:
    codings = segments(("P01", "skills", "Ann", 10, 20), ("P01", "budget", "Ann", 12, 14), ("P02", "age", "Bo", 0, 5))
    skipped = pd.DataFrame([("P01", "Bo", 10, 20)], columns=["participant_id", "coder", "start", "end"])
    turns = [
        theme_cooccurrence(TURNS, codings, COVERAGE, CODES, "all", 5, left_out)["turns"].item()
        for left_out in (None, skipped)
    ]
    assert turns == [0, 1]


def test_no_segments_and_a_single_theme() -> None:
    empty = theme_cooccurrence(TURNS, segments(), COVERAGE, CODES)
    assert (empty[["participants", "turns", "passages_a", "near"]] == 0).all(axis=None)
    assert empty[["jaccard", "c"]].isna().all(axis=None)
    assert theme_cooccurrence(TURNS, segments(), COVERAGE, CODES[CODES["theme_id"] == "skills"]).empty


ranges = st.lists(
    st.tuples(
        st.sampled_from(["P01", "P02"]), st.sampled_from(["skills", "budget"]), st.integers(0, 39), st.integers(1, 9)
    ),
    max_size=20,
)


@given(ranges, st.integers(0, 12))
def test_sweeps_find_what_comparing_all_pairs_finds(found: list[tuple[str, str, int, int]], within: int) -> None:
    from thongthin.interviews.passages import merge_passages

    rows = [(who, code, "Ann", start, start + length) for who, code, start, length in found]
    row = pair(*rows, within=within)
    passages = merge_passages(segments(*rows)) if rows else pd.DataFrame(columns=["participant_id", "theme_id"])
    own, other = (list(passages[passages["theme_id"] == t].itertuples(index=False)) for t in ("skills", "budget"))

    def met(ours: list, theirs: list, most: int) -> int:
        return sum(
            any(p.participant_id == q.participant_id and max(p.start - q.end, q.start - p.end) <= most for q in theirs)
            for p in ours
        )

    assert row["overlapping"] == min(met(own, other, -1), met(other, own, -1))
    assert row["near"] == min(met(own, other, within), met(other, own, within))
    assert np.isnan(row["c"]) or 0 <= row["c"] <= 1
