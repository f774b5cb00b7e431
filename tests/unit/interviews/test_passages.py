"""Distinct passages: what shares a character is one, and nothing is lost or counted twice."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongthin.interviews.passages import merge_passages, number_passages


def segments(*rows: tuple[str, str, int, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["participant_id", "theme_id", "start", "end"])


def test_what_shares_a_character_directly_or_through_others_is_one_passage() -> None:
    found = segments(("P1", "a", 8, 12), ("P1", "a", 0, 5), ("P1", "a", 4, 9), ("P1", "b", 4, 9), ("P2", "a", 4, 9))
    assert list(merge_passages(found).itertuples(index=False, name=None)) == [
        ("P1", "a", 0, 12),
        ("P1", "b", 4, 9),
        ("P2", "a", 4, 9),
    ]
    numbered = number_passages(found)
    assert list(numbered["passage"]) == [0, 0, 0, 1, 2]
    assert list(numbered["start"]) == [0, 4, 8, 4, 4]


@pytest.mark.parametrize(("touching", "passages"), [(False, [(0, 5), (5, 8)]), (True, [(0, 8)])])
def test_segments_that_only_touch(touching: bool, passages: list[tuple[int, int]]) -> None:
    merged = merge_passages(segments(("P1", "a", 0, 5), ("P1", "a", 5, 8)), touching=touching)
    assert list(merged[["start", "end"]].itertuples(index=False, name=None)) == passages


def test_other_columns_stay_and_other_keys_divide() -> None:
    found = segments(("P1", "a", 0, 5), ("P1", "b", 3, 8)).assign(coder=["Ann", "Bo"])
    assert list(number_passages(found, ["participant_id"])["coder"]) == ["Ann", "Bo"]
    assert len(merge_passages(found, ["participant_id"])) == 1
    assert list(merge_passages(found, ["participant_id", "coder"]).columns) == [
        "participant_id",
        "coder",
        "start",
        "end",
    ]


def test_no_segments() -> None:
    assert merge_passages(segments()).empty
    assert list(number_passages(segments()).columns) == ["participant_id", "theme_id", "start", "end", "passage"]


ranges = st.lists(
    st.tuples(st.sampled_from(["P1", "P2"]), st.sampled_from(["a", "b"]), st.integers(0, 39), st.integers(1, 12)),
    min_size=1,
    max_size=25,
)


@given(ranges)
def test_passages_cover_the_characters_of_their_segments_once(found: list[tuple[str, str, int, int]]) -> None:
    given_ = segments(*((who, theme, start, start + length) for who, theme, start, length in found))
    merged = merge_passages(given_)

    def characters(frame: pd.DataFrame) -> list[tuple[str, str, int]]:
        rows = frame.itertuples(index=False, name=None)
        return [(who, theme, at) for who, theme, start, end in rows for at in range(start, end)]

    covered = characters(merged)
    assert len(covered) == len(set(covered))
    assert set(covered) == set(characters(given_))
