"""Counting of themes: what counts, over whom, and what is merged."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongthin.themes import (
    merge_passages,
    theme_cooccurrence,
    themes_by_group,
    themes_by_participant,
    themes_by_site,
)

CODES = pd.DataFrame(
    {
        "code_id": ["skills", "training", "age", "budget"],
        "parent_id": ["", "skills", "skills", ""],
        "theme_id": ["skills", "skills", "skills", "budget"],
        "position": [1, 2, 3, 4],
    }
)
PARTICIPANTS = pd.DataFrame(
    {
        "participant_id": ["P01", "P02", "P03"],
        "site_id": ["S01", "S01", "S02"],
        "group": ["official", "citizen", "official"],
    }
)


def segments(*rows: tuple[str, str, str, int, int]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["participant_id", "code_id", "coder", "start", "end"])
    return table.assign(theme_id=table["code_id"].map(CODES.set_index("code_id")["theme_id"]))


THEMES = ["skills", "budget"]


def read(*rows: tuple[str, str, str]) -> pd.DataFrame:
    """A coverage table; `all` stands for both themes, with the codes below them."""
    named = [(who, coder, code) for who, coder, cell in rows for code in (THEMES if cell == "all" else [cell])]
    return pd.DataFrame(named, columns=["participant_id", "coder", "code_id"])


# P01 and P02 were read by both coders, P03 by Ann alone.
COVERAGE = read(
    ("P01", "Ann", "all"),
    ("P01", "Bo", "all"),
    ("P02", "Ann", "all"),
    ("P02", "Bo", "all"),
    ("P03", "Ann", "all"),
)
CODINGS = segments(
    ("P01", "training", "Ann", 10, 20),
    ("P01", "age", "Bo", 15, 25),
    ("P01", "skills", "Ann", 30, 35),
    ("P02", "age", "Bo", 50, 60),
    ("P03", "budget", "Ann", 0, 8),
    ("P03", "budget", "Ann", 8, 12),
)


def present(coders: str) -> dict[tuple[str, str], tuple[int, int, int]]:
    table = themes_by_participant(CODINGS, COVERAGE, CODES, coders)
    assert list(table.columns) == ["participant_id", "theme_id", "present", "segments", "characters"]
    return {(row[0], row[1]): tuple(row[2:]) for row in table.itertuples(index=False, name=None)}


def test_codes_count_for_their_theme_and_overlapping_segments_are_one_passage():
    assert present("any") == {
        ("P01", "skills"): (1, 2, 20),  # 10-25 of both coders, and 30-35
        ("P01", "budget"): (0, 0, 0),
        ("P02", "skills"): (1, 1, 10),
        ("P02", "budget"): (0, 0, 0),
        ("P03", "skills"): (0, 0, 0),
        ("P03", "budget"): (1, 2, 12),  # passages that only touch stay two
    }


def test_all_coders_who_read_the_interview_must_have_found_it():
    table = present("all")
    assert table["P01", "skills"] == (1, 2, 20)
    assert table["P02", "skills"] == (0, 0, 0)  # Ann did not
    assert table["P03", "budget"] == (1, 2, 12)  # only Ann read it


def test_one_coder_counts_alone_and_only_where_that_coder_read():
    assert present("Bo") == {
        ("P01", "skills"): (1, 1, 10),
        ("P01", "budget"): (0, 0, 0),
        ("P02", "skills"): (1, 1, 10),
        ("P02", "budget"): (0, 0, 0),
    }


def test_unknown_coder_is_refused_with_the_nearest_name():
    with pytest.raises(ValueError, match=r'"Anne" is not a coder of this study.*"Ann"') as caught:
        themes_by_participant(CODINGS, COVERAGE, CODES, "Anne")
    assert 'ไม่มีผู้ลงรหัส "Anne"' in str(caught.value)


def test_every_site_and_theme_has_a_row_with_its_denominator():
    by_participant = themes_by_participant(CODINGS, COVERAGE, CODES)
    table = themes_by_site(by_participant, PARTICIPANTS, ["S01", "S02", "S03"], CODES)
    expected = pd.DataFrame(
        [
            ("S01", "skills", 2, 2, 1.0, 3),
            ("S01", "budget", 0, 2, 0.0, 0),
            ("S02", "skills", 0, 1, 0.0, 0),
            ("S02", "budget", 1, 1, 1.0, 2),
            ("S03", "skills", 0, 0, np.nan, 0),
            ("S03", "budget", 0, 0, np.nan, 0),
            ("all", "skills", 2, 3, 2 / 3, 3),
            ("all", "budget", 1, 3, 1 / 3, 2),
        ],
        columns=["site_id", "theme_id", "participants", "denominator", "share", "segments"],
    )
    pd.testing.assert_frame_equal(table[expected.columns], expected)


def test_a_theme_nobody_read_an_interview_for_is_in_no_denominator():
    coverage = read(("P01", "Ann", "budget"), ("P02", "Ann", "all"), ("P02", "Bo", "age"))
    by_participant = themes_by_participant(segments(("P02", "age", "Bo", 5, 9)), coverage, CODES)
    table = themes_by_group(by_participant, PARTICIPANTS, ["official", "citizen"], CODES).set_index(
        ["group", "theme_id"]
    )
    assert table["denominator"].to_dict() == {
        ("official", "skills"): 0,
        ("official", "budget"): 1,
        ("citizen", "skills"): 1,
        ("citizen", "budget"): 1,
        ("all", "skills"): 1,
        ("all", "budget"): 2,
    }
    assert table.loc[("citizen", "skills"), "share"] == 1


def test_themes_occur_together_in_interviews_and_in_turns():
    turns = pd.DataFrame(
        [
            ("P01-1", "P01", "interviewer", 0, 10),
            ("P01-2", "P01", "participant", 10, 20),
            ("P01-3", "P01", "participant", 20, 40),
            ("P02-1", "P02", "participant", 0, 30),
            ("P02-2", "P02", "participant", 30, 40),
        ],
        columns=["turn_id", "participant_id", "role", "start", "end"],
    )
    codings = segments(
        ("P01", "age", "Ann", 10, 12),
        ("P01", "budget", "Ann", 18, 25),  # reaches into the next turn
        ("P02", "training", "Bo", 0, 5),
        ("P02", "budget", "Bo", 35, 40),
    )
    together = theme_cooccurrence(turns, codings, COVERAGE, CODES)
    # turns with skills: P01-2, P02-1; with budget: P01-2, P01-3, P02-2
    assert together.to_dict("records") == [
        {"theme_a": "skills", "theme_b": "budget", "participants": 2, "turns": 1, "jaccard": 1 / 4}
    ]
    agreed = theme_cooccurrence(turns, codings, COVERAGE, CODES, coders="all").iloc[0]
    assert (agreed["participants"], agreed["turns"]) == (0, 0)
    assert np.isnan(agreed["jaccard"])


def test_no_segments_at_all():
    table = themes_by_participant(segments(), COVERAGE, CODES)
    assert len(table) == 6
    assert (table[["present", "segments", "characters"]] == 0).all(axis=None)
    unread = themes_by_participant(segments(), read(), CODES)
    assert unread.empty
    assert (themes_by_site(unread, PARTICIPANTS, ["S01"], CODES)["denominator"] == 0).all()


ranges = st.lists(
    st.tuples(
        st.sampled_from(["P01", "P02"]),
        st.sampled_from(["age", "budget"]),
        st.integers(0, 39),
        st.integers(1, 12),
    ),
    min_size=1,
    max_size=25,
)


@given(ranges)
def test_merged_passages_cover_the_same_characters_once(found):
    rows = [(participant, code, "Ann", start, min(start + length, 40)) for participant, code, start, length in found]
    codings = segments(*rows)
    merged = merge_passages(codings)
    covered = {
        (p, theme, at) for p, theme, start, end in merged.itertuples(index=False, name=None) for at in range(start, end)
    }
    coded = set()
    for participant, theme, start, end in codings[["participant_id", "theme_id", "start", "end"]].itertuples(
        index=False
    ):
        coded |= {(participant, theme, at) for at in range(start, end)}
    assert covered == coded
    assert (merged["end"] - merged["start"]).sum() == len(coded)
    by_theme = (
        merged.assign(length=merged["end"] - merged["start"]).groupby(["participant_id", "theme_id"])["length"].sum()
    )
    assert (by_theme <= 40).all()
