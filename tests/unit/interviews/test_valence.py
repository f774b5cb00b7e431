"""Enabling and hindering: who takes which side, in how many statements, and the balance."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from thongthin.contract.tables import TABLES, check
from thongthin.contract.units import Unit
from thongthin.interviews.valence import SIDES, valence_balance, valence_by_participant, valent_themes

CODES = pd.DataFrame(
    [
        ("attitude", "", "attitude", "neutral"),
        ("open", "attitude", "attitude", "enabling"),
        ("fear", "attitude", "attitude", "hindering"),
        ("age", "attitude", "attitude", ""),
        ("budget", "", "budget", "hindering"),
        ("faster", "", "faster", "neutral"),
        ("plain", "", "plain", ""),
    ],
    columns=["code_id", "parent_id", "theme_id", "valence"],
).assign(position=range(7))
PEOPLE = pd.DataFrame(
    [("P1", "S1", "official"), ("P2", "S1", "citizen"), ("P3", "S2", "official"), ("P4", "S2", "citizen")],
    columns=["participant_id", "site_id", "group"],
)
COVERAGE = pd.DataFrame(
    [(who, coder, code) for who in PEOPLE["participant_id"] for coder in ("Ann", "Bo") for code in CODES["code_id"]],
    columns=["participant_id", "coder", "code_id"],
)
CODINGS = [
    ("P1", "open", "Ann", 0, 10),
    ("P1", "open", "Bo", 5, 15),  # with the one before: one enabling passage
    ("P1", "fear", "Ann", 30, 40),
    ("P1", "attitude", "Bo", 50, 55),
    ("P2", "open", "Ann", 0, 10),
    ("P2", "fear", "Bo", 9, 12),  # shares a character: a passage that is both
    ("P3", "fear", "Bo", 0, 4),
    ("P3", "age", "Bo", 10, 14),
    ("P4", "attitude", "Ann", 0, 4),
    ("P4", "budget", "Ann", 0, 4),
    ("P4", "faster", "Ann", 0, 4),
]


def segments(*rows: tuple[str, str, str, int, int]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["participant_id", "code_id", "coder", "start", "end"])
    return table.assign(theme_id=table["code_id"].map(CODES.set_index("code_id")["theme_id"]))


def sides(coders: str = "any") -> dict[tuple[str, str], tuple[str, int, int, int, int]]:
    """(participant, theme) -> valence, and passages that are enabling, hindering, both, neutral."""
    table = valence_by_participant(segments(*CODINGS), COVERAGE, CODES, coders)
    check(table, TABLES["valence_by_participant"])
    return {(row[0], row[1]): tuple(row[2:]) for row in table.itertuples(index=False, name=None)}


def test_who_takes_which_side_in_how_many_passages() -> None:
    assert sides() == {
        ("P1", "attitude"): ("both", 1, 1, 0, 1),
        ("P2", "attitude"): ("both", 0, 0, 1, 0),
        ("P3", "attitude"): ("hindering", 0, 1, 0, 0),
        ("P4", "attitude"): ("neutral", 0, 0, 0, 1),
        ("P4", "budget"): ("hindering", 0, 1, 0, 0),
    }


def test_only_themes_with_a_side_take_part() -> None:
    assert valent_themes(CODES) == ["attitude", "budget"]
    nothing = valence_by_participant(segments(*CODINGS), COVERAGE, CODES.assign(valence=""))
    assert nothing.empty
    check(nothing, TABLES["valence_by_participant"])


def test_each_valence_counts_by_the_rule_of_coders() -> None:
    assert sides("Bo") == {
        ("P1", "attitude"): ("enabling", 1, 0, 0, 1),
        ("P2", "attitude"): ("hindering", 0, 1, 0, 0),
        ("P3", "attitude"): ("hindering", 0, 1, 0, 0),
    }
    assert sides("all") == {("P1", "attitude"): ("enabling", 1, 0, 0, 0)}  # the only valence that both found
    with pytest.raises(ValueError, match='"Cy" is not a coder'):
        sides("Cy")


@pytest.fixture
def balance() -> pd.DataFrame:
    by_participant = valence_by_participant(segments(*CODINGS), COVERAGE, CODES)
    table = valence_balance(
        by_participant,
        PEOPLE,
        [Unit.sites(["S1", "S2", "S3"]), Unit.groups(["official", "citizen"], total=True)],
        CODES,
    )
    check(table, TABLES["valence_balance"])
    return table.set_index(["theme_id", "site_id", "group"])


def test_the_balance_of_a_theme(balance: pd.DataFrame) -> None:
    own = balance.loc[("attitude", "all", "all")]
    assert [own[f"participants_{side}"] for side in SIDES] == [0, 1, 2, 1]
    assert [own[f"passages_{side}"] for side in SIDES] == [1, 2, 1, 2]
    assert own["denominator"] == 3
    assert own["share"] == pytest.approx(2 / 3)
    assert own["index"] == pytest.approx((1 - 2) / (1 + 2))
    # By hand: 0 of 1 has the upper limit 1 - .025.
    assert tuple(balance.loc[("budget", "all", "all"), ["share", "low", "high", "index"]]) == (0, 0, 0.975, -1)


def test_parts_add_up_and_what_is_empty_is_undefined(balance: pd.DataFrame) -> None:
    counts = [f"{what}_{side}" for what in ("participants", "passages") for side in SIDES]
    inner = balance.drop(index="all", level="site_id").drop(index="all", level="group")
    assert len(inner) == 2 * 3 * 2
    pd.testing.assert_series_equal(
        inner[counts].groupby("theme_id").sum().stack(),
        balance.xs(("all", "all"), level=("site_id", "group"))[counts].stack(),
    )
    nobody = balance.xs("S3", level="site_id")
    assert (nobody[[*counts, "denominator"]] == 0).all(axis=None)
    assert nobody[["share", "low", "high", "index"]].isna().all(axis=None)
    neutral = balance.loc[("attitude", "S2", "citizen")]
    assert neutral["participants_neutral"] == 1
    assert np.isnan(neutral["share"])


def test_passages_that_are_both_favour_neither_side() -> None:
    codings = segments(("P1", "open", "Ann", 0, 9), ("P1", "fear", "Ann", 5, 12), ("P1", "open", "Ann", 20, 25))
    by_participant = valence_by_participant(codings, COVERAGE, CODES)
    own = valence_balance(
        by_participant, PEOPLE, [Unit.sites(["S1"]), Unit.groups(["official"], total=True)], CODES
    ).iloc[0]
    assert (own["passages_both"], own["passages_enabling"], own["index"]) == (1, 1, 1)
