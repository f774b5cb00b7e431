"""Whether claims are judged rightly when results change: result tables of a built study, disturbed at random.

Run:  .venv/bin/python benchmarks/mutate_claims.py [--count 1000] [--seed 1] [--results results/khon-kaen/tables]

Each time some tables of results are disturbed in one way: sites exchanged, factors exchanged, groups turned round,
numbers of a column shuffled, or a column left undefined. Claims of the demonstration study are then judged as a build
does, and a second time by `BY_HAND`: written from the sentences alone, with pandas, on the tables themselves. What is
counted: how often both say that a claim holds, that it does not, and how often they differ. Ends with 1 if they ever
do.

What is disturbed are result tables, not raw answers: this tries the judgement, not the statistics before it.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "workflow"))

from thongthin.basics.problems import Problems  # noqa: E402
from thongthin.contract.analysis import bands_of  # noqa: E402
from thongthin.contract.tables import TABLES, read_table  # noqa: E402
from thongthin.present.claims.evaluation import Evaluation  # noqa: E402
from thongthin.present.claims.file import read_claims  # noqa: E402
from thongthin.present.claims.known import Known  # noqa: E402
from thongthin.present.values import collect  # noqa: E402

FACTORS = ["attitude", "budget", "infrastructure", "skills", "communication"]
SITES = ["S01", "S02", "S03"]
READ = ("site_comparison", "scale_statistics", "themes_by_site", "themes_by_group", "before_after", "outcome_model")
Frames = dict[str, pd.DataFrame]


class Cells:
    """The numbers of the tables, by what stands in the columns."""

    def __init__(self, tables: Frames) -> None:
        self.tables = tables

    def one(self, table: str, column: str, **where: object) -> float:
        frame = self.tables[table]
        for name, wanted in where.items():
            frame = frame[frame[name] == wanted]
        return float(frame[column].astype(float).iloc[0]) if len(frame) else float("nan")

    def effects(self) -> pd.Series[float]:
        own = [self.one("site_comparison", "epsilon_squared", construct=f, wave="single") for f in FACTORS]
        return pd.Series(own, FACTORS)

    def means(self, construct: str) -> pd.Series[float]:
        own = [self.one("scale_statistics", "mean", construct=construct, wave="single", site_id=s) for s in SITES]
        return pd.Series(own, SITES)

    def said(self, site: str, theme: str) -> float:
        return self.one("themes_by_site", "share", site_id=site, theme_id=theme)

    def group(self, group: str, theme: str) -> float:
        return self.one("themes_by_group", "share", group=group, theme_id=theme)

    def p_of(self, factor: str) -> float:
        return self.one("outcome_model", "p", term=factor)


def first(values: pd.Series[float], *names: str) -> bool:
    """Whether these are the largest, each above all others."""
    if values.isna().any():
        return False
    return bool(values[list(names)].min() > values.drop(list(names)).max())


def last(values: pd.Series[float], *names: str) -> bool:
    return first(-values, *names)


def in_order(values: pd.Series[float], *names: str) -> bool:
    return all(values[a] > values[b] for a, b in pairwise(names))


def change(cells: Cells) -> pd.Series[float]:
    return pd.Series([cells.one("before_after", "mean_change", construct="service", site_id=s) for s in SITES], SITES)


# Claim -> what its sentence says, of the tables.
BY_HAND: dict[str, Callable[[Cells], bool]] = {
    "differ_most": lambda c: first(c.effects(), "communication", "infrastructure"),
    "differ_clearly": lambda c: bool((c.effects().drop("attitude") >= 0.14).all()) and c.effects()["attitude"] < 0.14,
    "differ_least": lambda c: (
        last(c.effects(), "attitude") and c.one("site_comparison", "p", construct="attitude", wave="single") < 0.05
    ),
    "highest_everywhere": lambda c: all(first(c.means(factor), "S01") for factor in FACTORS),
    "attitude_common": lambda c: last(c.effects(), "attitude") and bool((c.means("attitude") > 3.5).all()),
    "inference_attitude": lambda c: last(c.effects(), "attitude") and bool((c.means("attitude") > 3.5).all()),
    "better_than_S02": lambda c: c.means("communication")["S03"] > c.means("communication")["S02"],
    "not_by_money": lambda c: (
        c.means("communication")["S03"] > c.means("communication")["S02"] and last(c.means("budget"), "S03")
    ),
    "skills_everyone_S01": lambda c: c.said("S01", "skills") == 1,
    "budget_everyone_S03": lambda c: c.said("S03", "budget") == 1 and c.said("S03", "infrastructure") == 1,
    "most_faster": lambda c: c.said("all", "faster") > 0.5 and c.said("all", "fewer_steps") > 0.5,
    "faster_and_broken": lambda c: c.said("all", "faster") > 0.5 and c.said("all", "broken_process") > 0.5,
    "attitude_officials": lambda c: c.group("official", "attitude") > c.group("citizen", "attitude"),
    "duplication_officials": lambda c: c.group("official", "duplication") > c.group("citizen", "duplication"),
    "broken_citizens": lambda c: c.group("citizen", "broken_process") > c.group("official", "broken_process"),
    "steps_citizens": lambda c: c.group("citizen", "fewer_steps") > c.group("official", "fewer_steps"),
    "burdens": lambda c: (
        c.group("official", "duplication") > c.group("citizen", "duplication")
        and c.group("citizen", "broken_process") > c.group("official", "broken_process")
    ),
    "gained": lambda c: in_order(change(c), "S01", "S03", "S02") and bool((change(c) > 0).all()),
    "service_rose": lambda c: (
        c.one("before_after", "mean_after", construct="service", site_id="all")
        > c.one("before_after", "mean_before", construct="service", site_id="all")
        and c.one("before_after", "p", construct="service", site_id="all") < 0.05
    ),
    "alike_before": lambda c: c.one("site_comparison", "p", construct="service", wave="before") >= 0.05,
    "differ_now": lambda c: c.one("site_comparison", "p", construct="service", wave="after") < 0.05,
    "with_success": lambda c: (
        all(c.p_of(f) < 0.05 and c.one("outcome_model", "estimate", term=f) > 0 for f in FACTORS[2:])
        and all(c.p_of(f) >= 0.05 for f in FACTORS[:2])
    ),
    "without_association": lambda c: all(c.p_of(f) >= 0.05 for f in FACTORS[:2]),
}


def disturbed(tables: Frames, random: np.random.Generator) -> Frames:
    """The tables, some of them with one thing changed."""
    found = {name: frame.copy() for name, frame in tables.items()}
    kind = random.choice(["sites", "factors", "groups", "shuffle", "undefined"])
    for name in random.choice(list(found), size=int(random.integers(1, len(found) + 1)), replace=False):
        frame = found[name]
        columns = [c.name for c in TABLES[name].value_columns if c.kind == "number"]
        if kind in ("sites", "factors", "groups"):
            ids = {"sites": SITES, "factors": FACTORS, "groups": ["official", "citizen"]}[kind]
            to = dict(zip(ids, random.permutation(ids), strict=True))
            for column in {"sites": ["site_id"], "factors": ["construct", "term"], "groups": ["group"]}[kind]:
                if column in frame:
                    frame[column] = frame[column].map(lambda own, to=to: to.get(own, own))
        elif columns:
            column = str(random.choice(columns))
            frame[column] = random.permutation(frame[column].to_numpy()) if kind == "shuffle" else float("nan")
    return found


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--results", type=Path, default=ROOT / "results" / "khon-kaen" / "tables")
    given = parser.parse_args()
    names = [
        "site_comparison",
        "scale_statistics",
        "themes_by_site",
        "themes_by_group",
        "before_after",
        "outcome_model",
    ]
    tables = {name: read_table(given.results / f"{name}.csv") for name in names}
    file = read_claims(ROOT / "report" / "khon-kaen" / "claims.yml", Problems())
    bands = [band.model_dump() for band in bands_of("rounding")]
    random = np.random.default_rng(given.seed)
    counts: Counter[str] = Counter()
    stopped, took, judged = 0, 0.0, 0
    for number in range(given.count):
        own = disturbed(tables, random) if number else tables
        known = Known.computed(collect(own, bands), {"sites": SITES, "factors": FACTORS})
        cells, stops = Cells(own), False
        for claim, by_hand in BY_HAND.items():
            began = time.perf_counter()
            holds = all(Evaluation(known).holds(condition.text) is True for condition in file.claims[claim])
            took, judged = took + time.perf_counter() - began, judged + 1
            expected = bool(by_hand(cells))
            stops = stops or not holds
            counts[
                f"{'holds' if expected else 'does not hold'}, judged {'so' if holds == expected else 'OTHERWISE'}"
            ] += 1
            if holds != expected:
                print(number, claim, expected, holds)
        stopped += stops
    print(f"{given.count} disturbed data sets, {len(BY_HAND)} claims; a build stops for {stopped}")
    for said, count in sorted(counts.items()):
        print(f"  {said}: {count}")
    print(f"  {took / judged * 1000:.3f} ms a claim")
    return int(any(said.endswith("OTHERWISE") for said in counts))


if __name__ == "__main__":
    sys.exit(main())
