"""What the sentences of the demonstration article say, written a second time from the sentences, with pandas.

`mutate_claims.py` holds the claims of `report/khon-kaen/claims.yml` against it. Nothing here knows how claims are
written or judged. What is undefined makes a sentence false.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise

import pandas as pd

FACTORS = ["attitude", "budget", "infrastructure", "skills", "communication"]
CHANGES = ["faster", "fewer_steps", "duplication", "broken_process"]
SITES = ["S01", "S02", "S03"]


class Cells:
    """The numbers of the tables, by what stands in the columns."""

    def __init__(self, tables: Mapping[str, pd.DataFrame]) -> None:
        self.tables = tables

    def of(self, table: str, column: str, by: str, **where: object) -> pd.Series[float]:
        """The numbers of a column by what stands in another, where the rest is as asked for."""
        frame = self.tables[table]
        for name, wanted in where.items():
            frame = frame[frame[name] == wanted]
        return pd.Series(frame[column].astype(float).to_numpy(), frame[by].astype(str))

    def one(self, table: str, column: str, **where: object) -> float:
        frame = self.tables[table]
        for name, wanted in where.items():
            frame = frame[frame[name] == wanted]
        return float(frame[column].astype(float).iloc[0]) if len(frame) else float("nan")

    def effects(self) -> pd.Series[float]:
        return self.of("site_comparison", "epsilon_squared", "construct", wave="single")[FACTORS]

    def means(self, construct: str) -> pd.Series[float]:
        return self.of("scale_statistics", "mean", "site_id", construct=construct, wave="single")[SITES]

    def shares(self, site: str) -> pd.Series[float]:
        return self.of("themes_by_site", "share", "theme_id", site_id=site)

    def said(self, site: str, theme: str) -> float:
        return float(self.shares(site)[theme])

    def by_site(self, theme: str) -> pd.Series[float]:
        return pd.Series([self.said(site, theme) for site in SITES], SITES)

    def group(self, group: str, theme: str) -> float:
        return self.one("themes_by_group", "share", group=group, theme_id=theme)

    def balance(self, theme: str, column: str = "index") -> pd.Series[float]:
        return self.of("valence_balance", column, "site_id", group="all", theme_id=theme)[SITES]

    def joined(self, theme: str, column: str) -> pd.Series[float]:
        return self.of("joint_display", column, "site_id", group="all", construct=theme)[SITES]

    def model(self, column: str) -> pd.Series[float]:
        return self.of("outcome_model", column, "term", model_id="")[FACTORS]

    def item(self, item: str, site: str = "all") -> float:
        return self.one("item_statistics", "mean", item_id=item, site_id=site)

    def alphas(self) -> pd.Series[float]:
        frame = self.tables["scale_reliability"]
        return pd.Series(frame["alpha"].astype(float).to_numpy(), frame["construct"] + "/" + frame["wave"])

    def chosen(self, item: str) -> pd.Series[float]:
        """Shares of those who told."""
        return self.of("category_answers", "share", "category", item_id=item, site_id="all").drop(
            "missing", errors="ignore"
        )

    def alpha(self, code: str) -> float:
        return self.one("agreement", "alpha", code_id=code)

    def paths(self, outcome: str, condition: str, column: str) -> float:
        return self.one("qca_path_conditions", column, outcome=outcome, solution="intermediate", set_id=condition)

    def solution(self, outcome: str, column: str) -> float:
        return self.one("qca_fit", column, outcome=outcome, solution="intermediate")

    def change(self) -> pd.Series[float]:
        return self.of("before_after", "mean_change", "site_id", construct="service")[SITES]


def first(values: pd.Series[float], *names: str) -> bool:
    """Whether these are the largest, each above all others."""
    if values.isna().any():
        return False
    return bool(values[list(names)].min() > values.drop(list(names)).max())


def last(values: pd.Series[float], *names: str) -> bool:
    return first(-values, *names)


def in_order(values: pd.Series[float], *names: str) -> bool:
    return all(values[a] > values[b] for a, b in pairwise(names))


def rose(cells: Cells, before: str, after: str, site: str = "all") -> float:
    return cells.item(after, site) - cells.item(before, site)


def low_agreement(c: Cells) -> bool:
    low = {code for code in [*FACTORS, *CHANGES] if c.alpha(code) < 0.667}
    return low == {"attitude", "fewer_steps"} and not any(c.alpha(code) != c.alpha(code) for code in FACTORS + CHANGES)


def different_themes(c: Cells) -> bool:
    """Which themes as large a share speaks of at every site."""
    shares = {theme: c.by_site(theme) for theme in FACTORS + CHANGES}
    same = {theme for theme, own in shares.items() if own.nunique() == 1}
    return same == {"broken_process"} and not any(own.isna().any() for own in shares.values())


def one_path(c: Cells) -> bool:
    return (
        c.solution("present", "models") == c.solution("present", "terms") == 1
        and c.paths("present", "communication", "with") == 1
        and c.paths("present", "duplication", "without") == 1
        and c.paths("present", "infrastructure", "with") + c.paths("present", "infrastructure", "without") == 0
    )


def common(c: Cells) -> bool:
    return last(c.effects(), "attitude") and bool((c.means("attitude") > 3.5).all())


def mainly(c: Cells, theme: str, of: str, than: str) -> bool:
    return c.group(of, theme) > c.group(than, theme)


def significant(c: Cells) -> bool:
    """Those three, with a positive sign."""
    return bool((c.model("p")[FACTORS[2:]] < 0.05).all() and (c.model("estimate")[FACTORS[2:]] > 0).all())


# Claim -> what its sentence says, of the tables.
BY_HAND: dict[str, Callable[[Cells], bool]] = {
    "agreement_tentative": lambda c: 0.667 <= c.alpha("all") < 0.80,
    "agreement_low": low_agreement,
    "rare_codes": lambda c: c.one("agreement", "ac1", code_id="all") > c.alpha("all"),
    "most_women": lambda c: c.chosen("sex")["female"] > 0.5,
    "largest_ages": lambda c: first(c.chosen("age_band"), "age30_39", "age40_49"),
    "use_often": lambda c: c.chosen("frequency")[["weekly", "monthly"]].sum() > 0.5,
    "reliable": lambda c: bool((c.alphas() >= 0.70).all()),
    "least_reliable": lambda c: last(c.alphas(), "service/before"),
    "most_reliable": lambda c: first(c.alphas(), "budget/single"),
    "nobody_left_out": lambda c: (
        c.one("survey_flow", "n", step="analysed", site_id="all")
        == c.one("survey_flow", "n", step="received", site_id="all")
    ),
    "too_few_a_site": lambda c: bool((c.of("saturation", "runs", "site_id")[SITES] == 0).all()),
    "skills_everyone_S01": lambda c: c.said("S01", "skills") == 1,
    "duplication_widest_S02": lambda c: first(c.shares("S02"), "duplication"),
    "budget_everyone_S03": lambda c: c.said("S03", "budget") == 1 and c.said("S03", "infrastructure") == 1,
    "duplication_rare_S03": lambda c: last(c.shares("S03"), "duplication"),
    "different_themes": different_themes,
    "highest_everywhere": lambda c: all(first(c.means(factor), "S01") for factor in FACTORS),
    "differ_most": lambda c: first(c.effects(), "communication", "infrastructure"),
    "differ_least": lambda c: (
        last(c.effects(), "attitude") and c.one("site_comparison", "p", construct="attitude", wave="single") < 0.05
    ),
    "differ_clearly": lambda c: bool((c.effects() >= 0.14).any() and (c.effects() < 0.14).any()),
    "attitude_officials": lambda c: mainly(c, "attitude", "official", "citizen"),
    "attitude_common": common,
    "attitude_falls": lambda c: last(c.means("attitude"), "S02") and last(c.balance("attitude"), "S02"),
    "not_by_money": lambda c: in_order(c.means("communication"), "S03", "S02") and last(c.means("budget"), "S03"),
    "most_faster": lambda c: c.said("all", "faster") > 0.5 and c.said("all", "fewer_steps") > 0.5,
    "service_rose": lambda c: (
        c.one("before_after", "mean_after", construct="service", site_id="all")
        > c.one("before_after", "mean_before", construct="service", site_id="all")
        and c.one("before_after", "z", construct="service", site_id="all") > 0
        and c.one("before_after", "p", construct="service", site_id="all") < 0.05
    ),
    "alike_before": lambda c: c.one("site_comparison", "p", construct="service", wave="before") >= 0.05,
    "differ_now": lambda c: c.one("site_comparison", "p", construct="service", wave="after") < 0.05,
    "gained": lambda c: in_order(c.change(), "S01", "S03", "S02") and bool((c.change() > 0).all()),
    "speed_rose": lambda c: rose(c, "speed_before", "speed_after") > 0,
    "complete_little": lambda c: (
        0 < rose(c, "complete_before", "complete_after") < rose(c, "speed_before", "speed_after")
    ),
    "complete_not_S02": lambda c: rose(c, "complete_before", "complete_after", "S02") <= 0,
    "broken_even_S01": lambda c: c.said("S01", "broken_process") > 0 and first(c.means("infrastructure"), "S01"),
    "duplication_officials": lambda c: mainly(c, "duplication", "official", "citizen"),
    "broken_citizens": lambda c: mainly(c, "broken_process", "citizen", "official"),
    "steps_citizens": lambda c: mainly(c, "fewer_steps", "citizen", "official"),
    "burdens": lambda c: (
        mainly(c, "duplication", "official", "citizen") and mainly(c, "broken_process", "citizen", "official")
    ),
    "one_path": one_path,
    "partly_covered": lambda c: c.solution("present", "coverage") < 0.75,
    "paths_of_absence": lambda c: (
        c.solution("absent", "models") == 1
        and c.paths("absent", "infrastructure", "without") == c.solution("absent", "terms") > 1
    ),
    "undecided": lambda c: first(c.of("item_answers", "share", "value", item_id="success_1"), "3"),
    "with_success": significant,
    "without_association": lambda c: bool((c.model("p")[["budget", "attitude"]] >= 0.05).all()),
    "no_order_significant": lambda c: (
        not (c.tables["joint_ranking"]["least_p"].astype(float) < 0.05).any()
        and c.one("sample", "n", quantity="sites", site_id="all") < 5
    ),
    "inference_attitude": common,
    "inference_budget": lambda c: (
        last(c.means("budget"), "S03")
        and c.said("S03", "budget") == 1
        and c.joined("budget", "participants_hindering")["S03"] == c.joined("budget", "participants")["S03"]
        and all(c.balance("budget", f"passages_{side}")["S03"] == 0 for side in ("enabling", "both", "neutral"))
    ),
    "inference_infrastructure": lambda c: (
        first(c.means("infrastructure"), "S01")
        and last(c.means("infrastructure"), "S03")
        and last(c.balance("infrastructure"), "S03")
        and bool((c.balance("infrastructure")[["S02", "S03"]] > c.balance("infrastructure")["S01"]).any())
        and c.balance("infrastructure", "passages_hindering")["S01"]
        > c.balance("infrastructure", "passages_enabling")["S01"]
    ),
    "inference_skills": lambda c: all(
        in_order(own, *SITES) for own in (c.by_site("skills"), c.balance("skills"), c.means("skills"))
    ),
    "inference_communication": lambda c: (
        last(c.means("budget"), "S03")
        and in_order(c.means("communication"), "S03", "S02")
        and in_order(c.balance("communication"), "S03", "S02")
    ),
    "stand_out": lambda c: (
        first(c.model("beta"), "skills", "communication")
        and bool((c.model("p")[["skills", "communication"]] < 0.05).all())
        and first(c.shares("all")[FACTORS], "skills", "communication")
    ),
    "faster_and_broken": lambda c: c.said("all", "faster") > 0.5 and c.said("all", "broken_process") > 0.5,
    "few_participants": lambda c: c.one("sample", "n", quantity="participants", site_id="all") < 20,
    # Words that data decide stop a build where the data leave them open.
    "words.differ_little": lambda c: not c.effects().isna().any(),
    "words.differ_clearly": lambda c: not c.effects().isna().any(),
    "words.with_success": lambda c: not c.model("p").isna().any(),
    "words.without_association": lambda c: not c.model("p").isna().any(),
    "words.coders": lambda c: c.one("sample", "n", quantity="coders", site_id="all") > 0,
    "words.saturated": lambda c: c.one("saturation", "point", site_id="all") > 0,
}
