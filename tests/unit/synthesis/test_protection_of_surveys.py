"""Nobody computes what is left out of the tables of a survey: attacked with whole numbers, from the published files."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from attack import Cell, intervals, published

from thongthin.contract.privacy import AllowedCell
from thongthin.contract.published import write_published
from thongthin.contract.tables import TABLES
from thongthin.synthesis.protection.masks import Protected, Rules, protected_of
from thongthin.synthesis.protection.survey import protect_survey

SITES, GROUPS, POINTS = ("S01", "S02", "S03"), ("official", "citizen"), (1, 2, 3, 4, 5)


def frame(name: str, rows: list[dict[str, object]]) -> pd.DataFrame:
    """A result table with these cells; all others are empty, 0 or no."""
    plain: dict[str, object] = {"text": "", "date": "", "integer": 0, "number": float("nan"), "flag": False}
    full = [{c.name: row.get(c.name, plain[c.kind]) for c in TABLES[name].columns} for row in rows]
    return pd.DataFrame(full, columns=[c.name for c in TABLES[name].columns])


def described(answers: pd.Series) -> dict[str, object]:
    sd = float(answers.std(ddof=1)) if len(answers) > 1 else float("nan")
    return {"n": len(answers), "mean": float(answers.mean()), "sd": sd, "median": float(answers.median())}


def tables_of(people: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The tables that count the answers to an item, its statistics, and those of its scale."""
    answers = frame("item_answers", [{"item_id": "q", "value": v, "n": int((people.q == v).sum())} for v in POINTS])
    by_site = [
        {"item_id": "q", "site_id": s, "value": v, "n": int(((people.site == s) & (people.q == v)).sum())}
        for s in SITES
        for v in POINTS
    ]
    by_group = [
        {"item_id": "q", "group": g, "value": v, "n": int(((people.group == g) & (people.q == v)).sum())}
        for g in GROUPS
        for v in POINTS
    ]
    sites = {**{s: people[people.site == s].q for s in SITES}, "all": people.q}
    groups = {g: people[people.group == g].q for g in GROUPS}
    return {
        "item_answers": answers,
        "item_answers_by_site": frame("item_answers_by_site", by_site),
        "item_answers_by_group": frame("item_answers_by_group", by_group),
        "item_statistics": frame(
            "item_statistics", [{"item_id": "q", "site_id": s, **described(own)} for s, own in sites.items()]
        ),
        "item_group_statistics": frame(
            "item_group_statistics", [{"item_id": "q", "group": g, **described(own)} for g, own in groups.items()]
        ),
    }


def people_of(seed: int, n: int, shares: tuple[float, ...], unequal: bool = False) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    sizes = (0.8, 0.14, 0.06) if unequal else (0.4, 0.33, 0.27)
    return pd.DataFrame(
        {
            "site": rng.choice(SITES, n, p=sizes),
            "group": rng.choice([*GROUPS, ""], n, p=(0.25, 0.65, 0.1)),
            "q": rng.choice(POINTS, n, p=shares),
        }
    )


def publish(tables: dict[str, Protected], folder: Path) -> None:
    for name, own in tables.items():
        write_published(folder / f"{name}.csv", own.frame, own.hidden, own.words)


def few(tables: dict[str, pd.DataFrame], k: int) -> set[Cell]:
    found = set()
    for name, part, column in (
        ("item_answers", "all", ""),
        ("item_answers_by_site", "site", "site_id"),
        ("item_answers_by_group", "group", "group"),
    ):
        for row in tables[name].to_dict("records"):
            if 0 < row["n"] < k:
                found.add((part, row[column] if column else "all", str(row["value"])))
    return found


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(
    ("n", "shares", "unequal"),
    [
        (170, (0.02, 0.06, 0.3, 0.4, 0.22), False),
        (90, (0.03, 0.02, 0.05, 0.3, 0.6), False),
        (200, (0.01, 0.05, 0.24, 0.4, 0.3), True),
    ],
)
def test_no_count_of_few_can_be_computed(
    tmp_path: Path, seed: int, n: int, shares: tuple[float, ...], unequal: bool
) -> None:
    k = 3
    tables = tables_of(people_of(seed, n, shares, unequal))
    protected = protected_of(tables, Rules(k=k))
    protect_survey(protected, Rules(k=k))
    publish(protected, tmp_path)
    counts, told = published(tmp_path)
    wanted = {cell for cell in few(tables, k) if np.isnan(counts["q"][cell])}
    assert wanted == few(tables, k), "a count of few stands"
    for cell, (low, high) in intervals(counts["q"], told["q"], wanted).items():
        assert high - low >= k, f"{cell} is known to lie from {low} to {high}"


def test_units_of_few_respondents_are_not_told_apart(tmp_path: Path) -> None:
    people = people_of(1, 200, (0.1, 0.1, 0.3, 0.3, 0.2), unequal=True)
    people = people[(people.site != "S03") | (people.index % 3 == 0)]
    small = int((people.site == "S03").sum())
    assert 0 < small < 20
    protected = protected_of(tables_of(people), Rules())
    protect_survey(protected, Rules())
    publish(protected, tmp_path)
    counts, told = published(tmp_path)
    own = {cell for cell in counts["q"] if cell[1] == "S03"}
    assert all(np.isnan(counts["q"][cell]) for cell in own)
    assert "mean" not in told["q"]["site", "S03"]
    true = people[people.site == "S03"].q.value_counts()
    wanted = {cell for cell in own if true.get(int(cell[2]), 0)}
    for low, high in intervals(counts["q"], told["q"], wanted).values():
        assert high - low >= 3


def test_a_survey_of_few_publishes_no_answers() -> None:
    protected = protected_of(tables_of(people_of(3, 12, (0.1, 0.2, 0.3, 0.2, 0.2))), Rules())
    protect_survey(protected, Rules())
    assert protected["item_answers"].hidden["n"].all()
    assert protected["item_statistics"].hidden["mean"].all()


def test_where_nobody_is_few_everything_stands() -> None:
    tables = tables_of(people_of(5, 900, (0.2, 0.2, 0.2, 0.2, 0.2)))
    assert not few(tables, 3)
    protected = protected_of(tables, Rules())
    protect_survey(protected, Rules())
    assert sum(own.left_out for own in protected.values()) == 0


def test_a_cell_that_the_study_allows_stands() -> None:
    tables = tables_of(people_of(0, 170, (0.02, 0.06, 0.3, 0.4, 0.22)))
    cell = sorted(own for own in few(tables, 3) if own[0] == "site")[0]
    row = {"item_id": "q", "site_id": cell[1], "value": cell[2]}
    rules = Rules(allow=(AllowedCell(table="item_answers_by_site", row=row, reason="told in the annual report"),))
    protected = protected_of(tables, rules)
    protect_survey(protected, rules)
    own = protected["item_answers_by_site"]
    place = own.where(lambda r: r["site_id"] == cell[1] and str(r["value"]) == cell[2])
    assert not own.hidden.loc[place, "n"].any()
