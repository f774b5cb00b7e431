"""Who read what: passages that a coder skipped, and whose coding counts."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from thongthin.basics.problems import CannotAnalyse
from thongthin.interviews.decisions import Decisions, overlaps, unit_decisions

CODES = pd.DataFrame(
    {
        "code_id": ["skills", "training", "budget"],
        "parent_id": ["", "skills", ""],
        "theme_id": ["skills", "skills", "budget"],
        "position": [1, 2, 3],
    }
)
UNITS = pd.DataFrame(
    [("P01-1", "P01", 0, 10), ("P01-2", "P01", 12, 20), ("P01-3", "P01", 20, 30), ("P02-1", "P02", 0, 10)],
    columns=["unit_id", "participant_id", "start", "end"],
)
COVERAGE = pd.DataFrame(
    [(who, coder, code) for who in ("P01", "P02") for coder in ("Ann", "Bo") for code in CODES["code_id"]],
    columns=["participant_id", "coder", "code_id"],
)


def decided(
    *codings: tuple[str, str, str, int, int], skipped: list[tuple[str, str, int, int]] | None = None
) -> Decisions:
    frame = pd.DataFrame(codings, columns=["participant_id", "code_id", "coder", "start", "end"])
    left_out = None if skipped is None else pd.DataFrame(skipped, columns=["participant_id", "coder", "start", "end"])
    # Somebody has to have coded something: Ann gives a code in P02.
    first = pd.DataFrame([("P02", "budget", "Ann", 0, 3)], columns=frame.columns)
    return unit_decisions(UNITS, pd.concat([first, frame]), COVERAGE, CODES, roll_up=True, skipped=left_out)


def read_by(decisions: Decisions, coder: str) -> dict[str, bool]:
    """For each unit whether the coder read it; the same for every code here."""
    read = decisions.read[:, decisions.coders.index(coder)]
    assert (read == read[0]).all()
    return dict(zip(decisions.units["unit_id"], read[0].tolist(), strict=True))


def test_a_unit_wholly_inside_a_skipped_passage_was_not_read_by_that_coder() -> None:
    decisions = decided(skipped=[("P01", "Bo", 11, 25)])
    assert read_by(decisions, "Bo") == {"P01-1": True, "P01-2": False, "P01-3": True, "P02-1": True}
    assert all(read_by(decisions, "Ann").values())


def test_passages_that_touch_or_overlap_skip_together() -> None:
    for second in (16, 14):
        decisions = decided(skipped=[("P01", "Bo", 12, 16), ("P01", "Bo", second, 21)])
        assert not read_by(decisions, "Bo")["P01-2"]
    assert read_by(decided(skipped=[("P01", "Bo", 12, 16), ("P01", "Bo", 17, 21)]), "Bo")["P01-2"]


def test_who_gave_a_code_in_it_did_read_it() -> None:
    decisions = decided(("P01", "training", "Bo", 14, 16), skipped=[("P01", "Bo", 0, 30)])
    assert read_by(decisions, "Bo") == {"P01-1": False, "P01-2": True, "P01-3": False, "P02-1": True}


def test_a_passage_skipped_for_one_code_is_undecided_for_that_code_alone() -> None:
    skipped = pd.DataFrame(
        [("P01", "Bo", "training", 0, 20), ("P02", "Bo", "budget", 0, 10)],
        columns=["participant_id", "coder", "code_id", "start", "end"],
    )
    codings = pd.DataFrame(
        [("P01", "training", "Bo", 14, 16), ("P02", "budget", "Ann", 0, 3)],
        columns=["participant_id", "code_id", "coder", "start", "end"],
    )
    for roll_up, undecided in ((False, {("training", "P01-1"), ("budget", "P02-1")}), (True, None)):
        decisions = unit_decisions(UNITS, codings, COVERAGE, CODES, roll_up=roll_up, skipped=skipped)
        reader = decisions.coders.index("Bo")
        unread = {
            (decisions.codes[code], UNITS["unit_id"][unit])
            for code, unit in np.argwhere(~decisions.read[:, reader]).tolist()
        }
        # In P01-2 Bo gave the code; where the theme counts with its codes, it is as undecided as they are.
        assert unread == (undecided or {("training", "P01-1"), ("skills", "P01-1"), ("budget", "P02-1")})
        assert decisions.read[:, decisions.coders.index("Ann")].all()


def test_a_theme_that_was_skipped_leaves_its_codes_undecided() -> None:
    skipped = pd.DataFrame(
        [("P01", "Bo", "skills", 0, 8), ("P01", "Bo", "", 8, 12)],
        columns=["participant_id", "coder", "code_id", "start", "end"],
    )
    codings = pd.DataFrame(
        [("P01", "budget", "Bo", 2, 4)], columns=["participant_id", "code_id", "coder", "start", "end"]
    )
    decisions = unit_decisions(UNITS, codings, COVERAGE, CODES, roll_up=False, skipped=skipped)
    read = decisions.read[:, decisions.coders.index("Bo"), 0]
    assert dict(zip(decisions.codes, read.tolist(), strict=True)) == {
        "skills": False,
        "training": False,
        "budget": True,
    }


def test_other_interviews_and_other_coders_are_as_before() -> None:
    plain = decided(("P01", "training", "Bo", 14, 16))
    for skipped in ([], [("P03", "Bo", 0, 99)], [("P01", "Cy", 0, 99)]):
        same = decided(("P01", "training", "Bo", 14, 16), skipped=skipped)
        np.testing.assert_array_equal(same.read, plain.read)
        np.testing.assert_array_equal(same.present, plain.present)


def test_whose_coding_counts() -> None:
    decisions = decided(("P01", "training", "Bo", 14, 16), skipped=[("P01", "Ann", 12, 20), ("P01", "Bo", 20, 30)])
    skills = decisions.codes.index("skills")
    expected = {
        "any": ([False, True, False, False], [True] * 4),
        "all": ([False, True, False, False], [True] * 4),  # Ann skipped the turn in which Bo alone gave it
        "Bo": ([False, True, False, False], [True, True, False, True]),
        "Ann": ([False] * 4, [True, False, True, True]),
    }
    for coders, (counts, read) in expected.items():
        found = decisions.counted(coders)
        assert [row[skills].tolist() for row in found] == [counts, read], coders
    with pytest.raises(CannotAnalyse, match=r'"Anne" is not a coder of this study.*"Ann"'):
        decisions.counted("Anne")


def test_overlaps_of_one_theme_of_one_participant() -> None:
    segments = pd.DataFrame(
        [("P01", "a", 3, 5), ("P01", "b", 3, 5), ("P02", "a", 3, 5), ("P01", "a", 9, 30)],
        columns=["participant_id", "theme_id", "start", "end"],
    )
    units = pd.DataFrame(
        [("P01", "a", 0, 4), ("P01", "a", 4, 10), ("P01", "b", 5, 9)],
        columns=["participant_id", "theme_id", "start", "end"],
    )
    segment, unit = overlaps(segments, units, ["participant_id", "theme_id"])
    assert list(zip(segment.tolist(), unit.tolist(), strict=True)) == [(0, 0), (0, 1), (3, 1)]
