"""Counting of themes: what counts, over whom, and what is merged."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from thongthin.contract.tables import TABLES, check
from thongthin.contract.units import Unit
from thongthin.interviews.themes import (
    codes_by,
    codes_by_participant,
    counted_segments,
    themes_by,
    themes_by_participant,
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
    table = themes_by(by_participant, PARTICIPANTS, [Unit.sites(["S01", "S02", "S03"])], CODES)
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
    table = themes_by(
        by_participant, PARTICIPANTS, [Unit.groups(["official", "citizen"], total=True)], CODES
    ).set_index(["group", "theme_id"])
    assert table["denominator"].to_dict() == {
        ("official", "skills"): 0,
        ("official", "budget"): 1,
        ("citizen", "skills"): 1,
        ("citizen", "budget"): 1,
        ("all", "skills"): 1,
        ("all", "budget"): 2,
    }
    assert table.loc[("citizen", "skills"), "share"] == 1


def test_codes_by_group_count_what_is_coded_below_them() -> None:
    """Of themes they are the counts of themes; a code has its own passages and those of codes below it."""
    by_participant = codes_by_participant(CODINGS, COVERAGE, CODES)
    table = codes_by(by_participant, PARTICIPANTS, [Unit.groups(["official", "citizen"], total=True)], CODES)
    check(table, TABLES["codes_by_group"])
    assert list(table["code_id"][:4]) == list(CODES["code_id"])
    counts = table.set_index(["group", "code_id"])[["participants", "denominator", "segments"]]
    found = {place: tuple(map(int, row)) for place, row in zip(counts.index, counts.to_numpy(), strict=True)}
    assert found["official", "training"] == (1, 2, 1)
    assert found["official", "age"] == (1, 2, 1)
    assert found["official", "skills"] == (1, 2, 2)
    assert found["citizen", "training"] == (0, 1, 0)
    assert found["all", "age"] == (2, 3, 2)
    by_theme = themes_by(
        themes_by_participant(CODINGS, COVERAGE, CODES), PARTICIPANTS, [Unit.groups(["official"], total=True)], CODES
    )
    of_themes = table[table["code_id"].isin(THEMES) & table["group"].isin(["official", "all"])]
    same = of_themes.rename(columns={"code_id": "theme_id"}).reset_index(drop=True)
    pd.testing.assert_frame_equal(same, by_theme)


def test_shares_carry_their_exact_interval() -> None:
    by_participant = themes_by_participant(CODINGS, COVERAGE, CODES)
    table = themes_by(by_participant, PARTICIPANTS, [Unit.sites(["S01", "S02", "S03"])], CODES).set_index(
        ["site_id", "theme_id"]
    )
    # By hand: 2 of 2 have the lower limit .025 ** (1/2), 0 of 2 the upper limit 1 - .025 ** (1/2).
    assert tuple(table.loc[("S01", "skills"), ["low", "high"]]) == pytest.approx((0.025**0.5, 1))
    assert tuple(table.loc[("S01", "budget"), ["low", "high"]]) == pytest.approx((0, 1 - 0.025**0.5))
    assert table.loc["S03", ["share", "low", "high"]].isna().all(axis=None)
    narrower = themes_by(by_participant, PARTICIPANTS, [Unit.sites(["S01"])], CODES, confidence=0.8).iloc[0]
    assert narrower["low"] == pytest.approx(0.1**0.5)


def test_groups_of_a_site_add_up_to_the_site() -> None:
    by_participant = themes_by_participant(CODINGS, COVERAGE, CODES)
    sites, groups = ["S01", "S02", "S03"], ["official", "citizen"]
    table = themes_by(by_participant, PARTICIPANTS, [Unit.sites(sites, total=False), Unit.groups(groups)], CODES)
    assert list(table[["site_id", "group", "theme_id"]].itertuples(index=False, name=None))[:3] == [
        ("S01", "official", "skills"),
        ("S01", "official", "budget"),
        ("S01", "citizen", "skills"),
    ]
    check(table, TABLES["themes_by_site_group"])
    counts = ["participants", "denominator", "segments"]
    of_sites = themes_by(by_participant, PARTICIPANTS, [Unit.sites(sites)], CODES).set_index(["site_id", "theme_id"])[
        counts
    ]
    summed = table.groupby(["site_id", "theme_id"])[counts].sum()
    pd.testing.assert_frame_equal(summed, of_sites.loc[summed.index])


def test_counted_segments_are_those_behind_the_counts() -> None:
    both = CODINGS.assign(segment_id=[f"s{i}" for i in range(len(CODINGS))])
    for coders, expected in (
        ("any", ["s0", "s1", "s2", "s3", "s4", "s5"]),
        ("all", ["s0", "s1", "s2", "s4", "s5"]),  # Ann found no skills with P02
        ("Bo", ["s1", "s3"]),
    ):
        by_participant = themes_by_participant(both, COVERAGE, CODES, coders)
        assert list(counted_segments(both, by_participant, coders)["segment_id"]) == expected


def test_no_segments_at_all():
    table = themes_by_participant(segments(), COVERAGE, CODES)
    assert len(table) == 6
    assert (table[["present", "segments", "characters"]] == 0).all(axis=None)
    unread = themes_by_participant(segments(), read(), CODES)
    assert unread.empty
    assert (themes_by(unread, PARTICIPANTS, [Unit.sites(["S01"])], CODES)["denominator"] == 0).all()
