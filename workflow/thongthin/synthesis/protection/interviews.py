"""What is left out of the tables of interviews: who said what at a site where few were asked, and sensitive themes.

How many of a site or a group speak of a theme stands where participants agreed to be reported by site, and the theme is
not marked sensitive. Otherwise a word stands there (none, some, most, all). Parts of which fewer than k participants
were asked (officials of one site, say) are not told apart at all, nor are the others from which they would follow.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from thongthin.basics.records import records
from thongthin.contract.strands import NEEDS
from thongthin.contract.tables import ALL
from thongthin.statistics.suppression import equations, suppressed
from thongthin.synthesis.protection.masks import Protected, Rules

# Texts that name participants, passages or quotes.
_IDS = {
    "framework_matrix": ("segment_ids", "quote_ids"),
    "qca_fit": ("uncovered_cases",),
    "qca_solutions": ("cases", "deviant_cases"),
}
_SHARES = ("share", "low", "high", "share_low", "share_high")
_COUNTS = ("participants_enabling", "participants_hindering", "participants_both", "participants_neutral")
_THEMES = ("themes_by_site", "themes_by_group", "themes_by_site_group", "codes_by_group", "theme_spread")
_BY_PART = (*_THEMES, "framework_matrix", "valence_balance", "joint_display")
# Of a row of the joint display, what is of the interviews; the rest is of the survey.
_OF_SURVEY = {"n": "n", "mean": "mean", "mean_low": "low", "mean_high": "high"}
_RULES = {*NEEDS["coding"], *NEEDS["interviews"], "describe_sample"}
Part = tuple[str, str]


def protect_interviews(tables: Mapping[str, Protected], frames: Mapping[str, pd.DataFrame], rules: Rules) -> None:
    """Leave out of the tables of interviews what tells of few, or of what is sensitive."""
    for name, columns in _IDS.items():
        if name in tables:
            tables[name].blank(columns)
    if "sample" not in tables:
        return
    few = few_of(tables["sample"], rules)
    _hide_sample(tables["sample"], few)
    themes = _theme_of_codes(frames)
    in_words = _words_everywhere(tables, few, rules)
    for name in _BY_PART:
        if name in tables:
            _hide_parts(tables[name], few, themes, in_words, rules)
    _hide_pairs(tables, themes, rules)
    _hide_of_sites(tables, few, rules)
    _hide_of_survey(tables)


def words(counts: pd.Series, of: pd.Series) -> list[str]:
    """The word of each count: none, some (up to half), most, all; "" of nobody."""
    return [
        "" if not n else "none" if not c else "all" if c == n else "some" if 2 * c <= n else "most"
        for c, n in zip(counts.fillna(0).astype(int), of.fillna(0).astype(int), strict=True)
    ]


def few_of(sample: Protected, rules: Rules) -> set[Part]:
    """The parts, (site, group), that are not told apart: of fewer than k participants, or needed to protect those."""
    prefix = "participants_"
    frame = sample.frame[sample.frame["quantity"].str.startswith("participants")]
    counts = {
        (str(site), ALL if quantity == "participants" else str(quantity).removeprefix(prefix)): int(n)
        for quantity, site, n in zip(frame["quantity"], frame["site_id"], frame["n"], strict=True)
    }
    if not counts:
        return set()
    keys = list(counts)
    values = np.array([counts[key] for key in keys], dtype=float)
    try:
        out = suppressed(values, equations(keys), rules.k)
    except ValueError:  # so few that nothing protects them
        out = np.ones(len(keys), dtype=bool)
    return {key for key, gone in zip(keys, out, strict=True) if gone}


def _hide_sample(sample: Protected, few: set[Part]) -> None:
    frame = sample.frame
    groups = frame["quantity"].where(frame["quantity"].str.startswith("participants"), "")
    sites = frame["site_id"]
    parts = [
        (site, ALL if quantity == "participants" else quantity.removeprefix("participants_"))
        for site, quantity in zip(sites, groups, strict=True)
    ]
    of_people = groups.ne("").to_numpy()
    sample.hide(of_people & [part in few for part in parts], whatever=True)
    # How many interviews, turns and passages a site has, tells how many were asked there.
    whole = frame["quantity"].isin(("interviews", "characters", "turns", "segments")).to_numpy()
    sample.hide(whole & [(site, ALL) in few for site in sites], whatever=True)


def _theme_of_codes(frames: Mapping[str, pd.DataFrame]) -> dict[str, str]:
    if "codes" not in frames:
        return {}
    return dict(zip(frames["codes"]["code_id"], frames["codes"]["theme_id"], strict=True))


def _words_everywhere(tables: Mapping[str, Protected], few: set[Part], rules: Rules) -> set[str]:
    """Themes whose counts are words also of all sites together: sensitive ones, and those that tell a site's count."""
    found = set(rules.sensitive)
    if rules.by_site or "themes_by_site" not in tables:
        return found
    frame = tables["themes_by_site"].frame
    for theme, own in frame.groupby("theme_id"):
        sites = own[own["site_id"].ne(ALL)]
        total = int(own.loc[own["site_id"].eq(ALL), "participants"].sum())
        limits = [
            _limits(word, int(n)) if (site, ALL) not in few else (0, int(n))
            for site, word, n in zip(
                sites["site_id"], words(sites["participants"], sites["denominator"]), sites["denominator"], strict=True
            )
        ]
        for at, (low, high) in enumerate(limits):
            others = limits[:at] + limits[at + 1 :]
            told = max(low, total - sum(h for _, h in others)), min(high, total - sum(least for least, _ in others))
            if told != (low, high):
                found.add(str(theme))
    return found


def _limits(word: str, n: int) -> tuple[int, int]:
    """The least and the greatest count that a word can stand for."""
    return {
        "": (0, 0),
        "none": (0, 0),
        "some": (1, n // 2),
        "most": (n // 2 + 1, max(n - 1, n // 2 + 1)),
        "all": (n, n),
    }[word]


def _hide_parts(
    protected: Protected, few: set[Part], themes: Mapping[str, str], in_words: set[str], rules: Rules
) -> None:
    """Rows of a table by site, group and theme: left out, in words, or as they are."""
    frame = protected.frame
    sites = frame["site_id"] if "site_id" in frame else pd.Series(ALL, index=frame.index)
    groups = frame["group"] if "group" in frame else pd.Series(ALL, index=frame.index)
    column = next(name for name in ("theme_id", "code_id", "construct") if name in frame)
    own = [themes.get(id_, id_) for id_ in frame[column]]
    gone = np.array([part in few for part in zip(sites, groups, strict=True)], dtype=bool)
    by_site = sites.ne(ALL).to_numpy()
    told = by_site if not rules.by_site else np.zeros(len(frame), dtype=bool)
    told = told | [theme in in_words for theme in own]
    numbers = [name for name in protected.numbers if protected.table.name != "joint_display" or name not in _OF_SURVEY]
    protected.hide(gone, numbers, whatever=True)
    of = "denominator"
    counted = [c for c in ("participants", *_SHARES) if c in frame]
    if protected.table.name == "valence_balance":
        protected.hide(told & ~gone, [*_COUNTS, *_SHARES, of], whatever=True)
    else:
        protected.say(told & ~gone, words(frame["participants"], frame[of]), [c for c in counted if c in _SAID])
        protected.hide(told & ~gone, [c for c in counted if c not in _SAID], whatever=True)
        protected.hide(told & ~gone, _COUNTS, whatever=True)
    secret = [theme in rules.sensitive for theme in own]
    protected.hide(np.array(secret) & ~gone, [c for c in numbers if c not in (*counted, of)], whatever=True)
    if protected.table.name == "theme_spread":
        protected.blank(("site_ids", "group_ids", "site_spread", "group_spread"), secret)
    if protected.table.name == "joint_display":
        protected.blank(("quotes",), gone)


# Columns in which the word stands.
_SAID = ("participants", "share")


def _hide_pairs(tables: Mapping[str, Protected], themes: Mapping[str, str], rules: Rules) -> None:
    """Pairs of themes or codes that few speak of both of, or of which one is sensitive."""
    for name, columns in (("theme_cooccurrence", ("theme_a", "theme_b")), ("code_cooccurrence", ("code_a", "code_b"))):
        if name in tables:
            frame = tables[name].frame
            few = (frame["participants"] > 0) & (frame["participants"] < rules.k)
            for column in columns:
                few |= frame[column].map(lambda id_: themes.get(id_, id_) in rules.sensitive)
            tables[name].hide(few)
    if "theme_tests" in tables:
        frame = tables["theme_tests"].frame
        rows = frame["theme_id"].isin(rules.sensitive) | (frame["part"].eq("site") & (not rules.by_site))
        tables["theme_tests"].hide(rows)
    if "qca_sets" in tables:
        frame = tables["qca_sets"].frame
        few = ((frame["members"] < rules.k) & (frame["members"] > 0)) | (frame["n"] - frame["members"]).between(
            1, rules.k - 1
        )
        tables["qca_sets"].hide(few | frame["at_crossover"].between(1, rules.k - 1), ("members", "at_crossover"))


def _hide_of_sites(tables: Mapping[str, Protected], few: set[Part], rules: Rules) -> None:
    """What else is counted by site, of sites where few were asked."""
    if "saturation" in tables:
        sites = {site for site, group in few if group == ALL}
        tables["saturation"].hide(tables["saturation"].frame["site_id"].isin(sites))


def _hide_of_survey(tables: Mapping[str, Protected]) -> None:
    """The survey's side of the joint display: left out where the tables that it is from leave it out."""
    if "joint_display" not in tables:
        return
    told: dict[tuple[str, str, str, str], bool] = {}
    for name, column in (("scale_statistics", "site_id"), ("group_statistics", "group")):
        if name in tables:
            gone = tables[name].hidden[["mean", "low"]].any(axis=1)
            for own, hidden in zip(records(tables[name].frame), gone, strict=True):
                site, group = (own[column], ALL) if column == "site_id" else (ALL, own[column])
                told[own["construct"], own["wave"], site, group] = bool(hidden)
    protected = tables["joint_display"]
    rows = protected.where(lambda own: told.get((own["construct"], own["wave"], own["site_id"], own["group"]), False))
    protected.hide(rows, [c for c in _OF_SURVEY if c != "n"], whatever=True)
