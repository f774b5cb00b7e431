"""How themes compare: spread, deviant cases, framework matrix, and the evidence in them."""

from __future__ import annotations

import pandas as pd
import pytest

from thongthin.contract.tables import TABLES, check
from thongthin.contract.units import Unit
from thongthin.interviews.comparison import deviant_cases, framework_matrix, theme_spread
from thongthin.interviews.evidence import evidence, quotes_of_themes
from thongthin.interviews.themes import themes_by, themes_by_participant
from thongthin.interviews.valence import valence_by_participant

CODES = pd.DataFrame(
    [
        ("attitude", "", "attitude", ""),
        ("open", "attitude", "attitude", "enabling"),
        ("fear", "attitude", "attitude", "hindering"),
        ("budget", "", "budget", ""),
    ],
    columns=["code_id", "parent_id", "theme_id", "valence"],
).assign(position=range(4))
PEOPLE = pd.DataFrame(
    [(f"P{i}", "S1" if i < 5 else "S2", "official" if i % 2 else "citizen") for i in range(1, 9)],
    columns=["participant_id", "site_id", "group"],
)
SITES, GROUPS = ["S1", "S2", "S3"], ["official", "citizen"]
COVERAGE = pd.DataFrame(
    [(who, coder, code) for who in PEOPLE["participant_id"] for coder in ("Ann", "Bo") for code in CODES["code_id"]],
    columns=["participant_id", "coder", "code_id"],
)
NO_QUOTES = pd.DataFrame(columns=["quote_id", "participant_id", "code_id", "start", "end"]).astype(
    {"quote_id": "str", "participant_id": "str", "code_id": "str", "start": "int64", "end": "int64"}
)


def segments(*rows: tuple[str, str, str, int, int]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["participant_id", "code_id", "coder", "start", "end"])
    table.insert(0, "segment_id", [f"s{i}" for i in range(1, len(table) + 1)])
    return table.assign(theme_id=table["code_id"].map(CODES.set_index("code_id")["theme_id"]))


def quoted(*rows: tuple[str, str, str, int, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["quote_id", "participant_id", "code_id", "start", "end"])


class Compared:
    """The tables made from some segments."""

    def __init__(self, codings: pd.DataFrame, quotes: pd.DataFrame = NO_QUOTES, coverage: pd.DataFrame = COVERAGE):
        self.by_participant = themes_by_participant(codings, coverage, CODES)
        self.by_site = themes_by(self.by_participant, PEOPLE, [Unit.sites(SITES)], CODES)
        self.by_group = themes_by(self.by_participant, PEOPLE, [Unit.groups(GROUPS, total=True)], CODES)
        self.by_valence = valence_by_participant(codings, coverage, CODES)
        self.said = (PEOPLE, codings, quotes, CODES)

    def spread(self) -> pd.DataFrame:
        table = theme_spread(self.by_site, self.by_group, CODES)
        check(table, TABLES["theme_spread"])
        return table.set_index("theme_id")

    def deviant(self, **rule: float) -> dict[tuple[str, str, str, str], tuple[int, int, str, str]]:
        """(theme, part, reason, participant) -> how many of how many, segments, quotes."""
        table = deviant_cases(self.by_participant, self.by_valence, *self.said, **rule)  # type: ignore[arg-type]
        check(table, TABLES["deviant_cases"])
        columns = ["theme_id", "part", "reason", "participant_id"]
        columns += ["participants", "denominator", "segment_ids", "quote_ids"]
        return {tuple(row[:4]): tuple(row[4:]) for row in table[columns].itertuples(index=False, name=None)}

    def matrix(self) -> pd.DataFrame:
        table = framework_matrix(self.by_participant, self.by_site, self.by_valence, *self.said)
        check(table, TABLES["framework_matrix"])
        return table.set_index(["site_id", "theme_id"])


# --- spread -------------------------------------------------------------------------------------------------------


def test_themes_are_shared_distinct_or_absent() -> None:
    table = Compared(segments(("P1", "open", "Ann", 0, 5), ("P6", "fear", "Ann", 0, 5))).spread()
    assert table.loc["attitude"].to_dict() == {
        "participants": 2,
        "denominator": 8,
        "sites": 2,
        "sites_read": 2,  # nobody was read at S3
        "site_ids": "S1; S2",
        "site_spread": "shared",
        "groups": 2,
        "groups_read": 2,
        "group_ids": "official; citizen",
        "group_spread": "shared",
    }
    assert table.loc["budget", ["sites", "site_ids", "site_spread", "group_spread"]].tolist() == [
        0,
        "",
        "absent",
        "absent",
    ]
    distinct = Compared(segments(("P1", "open", "Ann", 0, 5), ("P3", "fear", "Ann", 0, 5))).spread().loc["attitude"]
    assert distinct[["site_spread", "site_ids", "group_spread"]].tolist() == ["distinct", "S1", "distinct"]


def test_some_sites_of_several_are_partial() -> None:
    people = pd.concat([PEOPLE, pd.DataFrame({"participant_id": ["P9"], "site_id": ["S3"], "group": ["official"]})])
    coverage = pd.concat([COVERAGE, COVERAGE[COVERAGE["participant_id"] == "P1"].assign(participant_id="P9")])
    codings = segments(("P1", "open", "Ann", 0, 5), ("P9", "fear", "Ann", 0, 5))
    by_participant = themes_by_participant(codings, coverage, CODES)
    by_site = themes_by(by_participant, people, [Unit.sites(SITES)], CODES)
    table = theme_spread(
        by_site, themes_by(by_participant, people, [Unit.groups(GROUPS, total=True)], CODES), CODES
    ).iloc[0]
    assert table[["sites", "sites_read", "site_spread", "site_ids"]].tolist() == [2, 3, "partial", "S1; S3"]


def test_one_site_shares_with_none() -> None:
    coverage = COVERAGE[COVERAGE["participant_id"].isin(["P1", "P2"])]
    table = Compared(segments(("P1", "open", "Ann", 0, 5)), coverage=coverage).spread().loc["attitude"]
    assert table[["sites", "sites_read", "site_spread"]].tolist() == [1, 1, ""]


# --- deviant cases ------------------------------------------------------------------------------------------------


def test_who_speaks_alone_and_who_alone_does_not() -> None:
    codings = segments(*((f"P{i}", "open", "Ann", 10 * i, 10 * i + 5) for i in (2, 5, 6, 7)))
    assert Compared(codings).deviant() == {
        ("attitude", "site", "present", "P2"): (1, 4, "s1", ""),
        ("attitude", "site", "absent", "P8"): (3, 4, "", ""),
    }
    assert Compared(codings).deviant(members=5) == {}
    assert Compared(codings).deviant(share=0.2) == {}


def test_who_names_the_other_side() -> None:
    codings = segments(
        *((f"P{i}", "open", "Ann", 0, 5) for i in (1, 2, 3)),
        ("P4", "fear", "Bo", 0, 5),
        ("P4", "open", "Bo", 20, 29),
        ("P4", "fear", "Ann", 50, 60),
        *((f"P{i}", "fear", "Ann", 0, 5) for i in (5, 6, 7)),
        ("P8", "open", "Bo", 7, 9),
    )
    quotes = quoted(("q1", "P4", "fear", 0, 5), ("q2", "P4", "open", 20, 29), ("q3", "P4", "", 52, 55))
    found = Compared(codings, quotes).deviant()
    assert found == {
        ("attitude", "site", "enabling", "P8"): (3, 4, "s10", ""),
        # Of P4 the hindering passages and quotes only; both were quoted, so the longer one is first.
        ("attitude", "site", "hindering", "P4"): (3, 4, "s6; s4", "q1; q3"),
    }


def test_nobody_stands_out_where_nobody_was_coded() -> None:
    nothing = Compared(segments(), coverage=COVERAGE.iloc[:0])
    assert nothing.deviant() == {}
    assert (nothing.matrix()["denominator"] == 0).all()
    assert nothing.spread()["site_spread"].tolist() == ["", ""]


# --- framework matrix ---------------------------------------------------------------------------------------------


def test_the_cells_of_the_framework_matrix() -> None:
    codings = segments(
        ("P1", "open", "Ann", 0, 10),
        ("P1", "open", "Bo", 5, 20),
        ("P2", "fear", "Ann", 0, 30),
        ("P2", "open", "Ann", 29, 40),
        ("P5", "budget", "Ann", 3, 5),
    )
    matrix = Compared(codings, quoted(("q", "P5", "budget", 3, 5))).matrix()
    assert list(matrix.index)[:3] == [("S1", "attitude"), ("S1", "budget"), ("S2", "attitude")]
    assert matrix.loc[("S1", "attitude")].to_dict() == {
        "participants": 2,
        "denominator": 4,
        "segments": 2,
        "characters": 60,
        "enabling": 1,
        "hindering": 0,
        "both": 1,
        "segment_ids": "s2; s3",  # two coders marked the first, though the second is longer
        "quote_ids": "",
    }
    assert matrix.loc[("S2", "budget"), ["segments", "segment_ids", "quote_ids"]].tolist() == [1, "s5", "q"]
    assert matrix.loc[("S3", "attitude"), ["participants", "denominator", "segment_ids"]].tolist() == [0, 0, ""]


# --- evidence -----------------------------------------------------------------------------------------------------


def test_quotes_belong_to_the_theme_of_their_code_or_to_those_they_meet() -> None:
    codings = segments(("P1", "open", "Ann", 0, 10), ("P1", "budget", "Ann", 5, 20))
    quotes = quoted(("coded", "P1", "budget", 0, 3), ("open", "P1", "", 8, 9), ("elsewhere", "P2", "", 8, 9))
    found = quotes_of_themes(quotes, codings, CODES)
    assert list(zip(found["theme_id"], found["quote_id"], strict=True)) == [
        ("attitude", "open"),
        ("budget", "coded"),
        ("budget", "open"),
    ]


@pytest.mark.parametrize("order", [[0, 1, 2, 3], [3, 2, 1, 0]])
def test_the_best_evidence_is_quoted_then_marked_by_more_then_longer(order: list[int]) -> None:
    codings = segments(
        ("P1", "open", "Ann", 0, 50),
        ("P1", "open", "Ann", 60, 70),
        ("P1", "fear", "Bo", 60, 69),
        ("P2", "open", "Ann", 0, 5),
    )
    quotes = quotes_of_themes(quoted(("q", "P2", "open", 2, 4)), codings, CODES)
    best = evidence(codings.iloc[order], quotes)
    assert list(best["segment_id"]) == ["s4", "s2", "s1"]
    assert list(best["characters"]) == [5, 10, 50]
