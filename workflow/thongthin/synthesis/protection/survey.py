"""What is left out of the tables of a survey: answers that few gave, units of few respondents, and what tells of them.

Units are the sites, and the groups that respondents say they belong to. Not protected: how many gave no answer, and how
many responses were left out by which rule; neither says what anybody answered. Coefficients of models, of reliability
and of tests over all respondents stand where enough answered: no cell can be computed from them.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from thongthin.basics.records import records
from thongthin.contract.categories import MISSING
from thongthin.contract.strands import NEEDS
from thongthin.contract.tables import ALL
from thongthin.synthesis.protection.items import REST, TOTAL, Item, LeftOut, Unit, protect_item
from thongthin.synthesis.protection.masks import Protected, Rules

# Where the answers to items are counted: the table, the column of the answer, the column of the unit and which part.
_COUNTS = (
    ("item_answers", "value", "", ""),
    ("item_answers_by_site", "value", "site_id", "site"),
    ("item_answers_by_group", "value", "group", "group"),
    ("category_answers", "category", "site_id", "site"),
    ("category_answers_by_group", "category", "group", "group"),
)
_STATISTICS = (("item_statistics", "site_id", "site"), ("item_group_statistics", "group", "group"))
_SCALES = (("scale_statistics", "site_id", "site"), ("group_statistics", "group", "group"))
# Columns of statistics that stand where counts are left out, and where the standard deviation is, too.
_MOMENTS = ("n", "n_effective", "mean", "sd", "se", "df", "deff", "low", "high", "band")
_MEAN_ONLY = ("n", "mean", "band")
# Counts of people that say nothing of what they answered.
_OPEN_TABLES = ("survey_flow", "missing_items", "missing_data")
_RULES = {*NEEDS["survey"], *NEEDS["model"], "assess_sample"} - {"join_strands"}


def protect_survey(tables: Mapping[str, Protected], rules: Rules) -> None:
    """Leave out of the tables of a survey what tells of few."""
    _drop_units(tables, rules)
    items = items_of(tables)
    left = {name: protect_item(item, rules.k, rules.least) for name, item in items.items()}
    for name, own in left.items():
        _hide_counts(tables, name, own, items[name])
        _hide_statistics(tables, name, own)
    for name, protected in tables.items():
        if protected.table.rule in _RULES and name not in _OPEN_TABLES and "n" in protected.frame:
            n = protected.frame["n"].fillna(0)
            protected.hide((n > 0) & (n < rules.least), keep=() if name.endswith("answers") else ("n",))
    scales = _hide_scales(tables, left, rules)
    _hide_comparisons(tables, left, scales)
    _hide_changes(tables, left, rules)
    _hide_reasons(tables, rules)


def unit_sizes(tables: Mapping[str, Protected], part: str) -> dict[str, int]:
    """How many answered of each site, or most answered an item of each group."""
    if part == "site" and "survey_response_by_site" in tables:
        frame = tables["survey_response_by_site"].frame
        return {site: int(n) for site, n in zip(frame["site_id"], frame["n"], strict=True) if site != ALL}
    sizes: dict[str, int] = {}
    for name, column, of in (*_STATISTICS, *_SCALES):
        if of == part and name in tables:
            for unit, n in tables[name].frame.groupby(column)["n"].max().items():
                if unit != ALL:
                    sizes[str(unit)] = max(sizes.get(str(unit), 0), int(n))
    return sizes


def _drop_units(tables: Mapping[str, Protected], rules: Rules) -> None:
    """Units of fewer than k respondents are not counted anywhere, nor is the next one, from which they would follow."""
    for part, column in (("site", "site_id"), ("group", "group")):
        sizes = unit_sizes(tables, part)
        gone = {unit for unit, n in sizes.items() if 0 < n < rules.k}
        others = sorted((n, unit) for unit, n in sizes.items() if n >= rules.k)
        while gone and others and (len(gone) < 2 or sum(sizes[unit] for unit in gone) < 2 * rules.k):
            gone.add(others.pop(0)[1])
        for protected in tables.values() if gone else ():
            frame = protected.frame
            if protected.table.rule in _RULES:
                for name in (column, f"{column.removesuffix('_id')}_a", f"{column.removesuffix('_id')}_b"):
                    if name in frame:
                        protected.hide(frame[name].isin(gone), whatever=True)
            if protected.table.name == "sample" and part == "site":
                rows = frame["quantity"].eq("respondents") & frame["site_id"].isin(gone)
                protected.hide(rows, whatever=True)


def items_of(tables: Mapping[str, Protected]) -> dict[str, Item]:
    """The answers to each item, from all tables that count them; those who gave none are no answer."""
    found: dict[str, Item] = {}
    for name, answer, column, part in _COUNTS:
        if name not in tables:
            continue
        frame, allowed = tables[name].frame, tables[name].allowed
        units = frame[column] if column else [ALL] * len(frame)
        for id_, unit, given, n, may in zip(frame["item_id"], units, frame[answer], frame["n"], allowed, strict=True):
            if str(given) == MISSING:
                continue
            item = found.setdefault(str(id_), Item({}))
            cell = item.add(TOTAL if unit == ALL else (part, str(unit)), str(given), int(n))
            if may:
                item.allowed.add(cell)
    for name, column, part in _STATISTICS:
        if name in tables:
            frame = tables[name].frame
            for id_, unit, mean in zip(frame["item_id"], frame[column], frame["mean"], strict=True):
                if id_ in found:
                    _add_mean(found[id_], TOTAL if unit == ALL else (part, str(unit)), float(mean))
    return found


def _add_mean(item: Item, unit: Unit, mean: float) -> None:
    """Take up that a mean is published, where it is that of the counts: with weights, it is not."""
    counts = np.array(item.counts.get(unit, []), dtype=float)
    if not counts.sum() or not all(answer.lstrip("-").isdecimal() for answer in item.answers):
        return
    if abs(np.dot([int(answer) for answer in item.answers], counts) / counts.sum() - mean) < 1e-6:
        item.means.add(unit)


def _hide_counts(tables: Mapping[str, Protected], id_: str, own: LeftOut, item: Item) -> None:
    gone = {(unit, item.answers[at]) for unit, at in own.counts if unit[1] != REST}
    for name, answer, column, part in _COUNTS:
        if name in tables and gone:
            frame = tables[name].frame
            units = frame[column] if column else pd.Series(ALL, index=frame.index)
            cells = [
                of == id_ and _is_gone(TOTAL if unit == ALL else (part, str(unit)), str(given), gone, own)
                for of, unit, given in zip(frame["item_id"], units, frame[answer], strict=True)
            ]
            tables[name].hide(cells, whatever=True)


def _is_gone(unit: Unit, answer: str, gone: set[tuple[Unit, str]], own: LeftOut) -> bool:
    """Whether a count is left out; of units whose size is, those who gave no answer are, too."""
    return (unit, answer) in gone or (answer == MISSING and unit in own.sizes)


def _hide_statistics(tables: Mapping[str, Protected], id_: str, own: LeftOut) -> None:
    """Where a count is left out of a unit, its quartiles and top answers go, too; where its mean is, all but n."""
    for name, column, part in _STATISTICS:
        if name not in tables:
            continue
        frame = tables[name].frame
        units = [TOTAL if unit == ALL else (part, str(unit)) for unit in frame[column]]
        of_item = frame["item_id"].eq(id_).to_numpy()
        tables[name].hide(of_item & [unit in own.units for unit in units], keep=_MOMENTS, whatever=True)
        tables[name].hide(of_item & [unit in own.spreads for unit in units], keep=_MEAN_ONLY, whatever=True)
        tables[name].hide(of_item & [unit in own.means for unit in units], keep=("n",), whatever=True)
        tables[name].hide(of_item & [unit in own.sizes for unit in units], whatever=True)
    if "missing_items" in tables and own.sizes:
        frame = tables["missing_items"].frame
        gone = {site for part, site in own.sizes if part == "site"}
        tables["missing_items"].hide(frame["item_id"].eq(id_) & frame["site_id"].isin(gone), whatever=True)


def _hide_scales(
    tables: Mapping[str, Protected], left: Mapping[str, LeftOut], rules: Rules
) -> set[tuple[str, str, str]]:
    """Scores of scales of which an item's mean is not told.

    Returns:
        (construct, wave, part) of which any unit is left out.
    """
    scales = _scales_of(tables)
    gone: set[tuple[str, str, Unit]] = {
        (*scales[id_], unit) for id_, own in left.items() if id_ in scales for unit in own.means
    }
    found = set()
    for name, column, part in _SCALES:
        if name not in tables:
            continue
        protected = tables[name]
        frame = protected.frame
        for (construct, wave), own in frame.groupby(["construct", "wave"], sort=False):
            units = {u: (TOTAL if u == ALL else (part, str(u))) for u in own[column]}
            n = dict(zip(own[column], own["n"].astype(int), strict=True))
            out = {u for u, unit in units.items() if (construct, wave, unit) in gone or 0 < n[u] < rules.least}
            out = _with_further(out - {ALL}, {u: n[u] for u in units if u != ALL}, rules.least) | (out & {ALL})
            if out:
                found.add((str(construct), str(wave), part))
                rows = frame["construct"].eq(str(construct)) & frame["wave"].eq(str(wave)) & frame[column].isin(out)
                protected.hide(rows, keep=("n",), whatever=True)
    return found


def _with_further(out: set[str], sizes: Mapping[str, int], least: int) -> set[str]:
    """Units to leave out so that what is told of the others and of all tells of no fewer than `least`."""
    others = sorted((n, unit) for unit, n in sizes.items() if n and unit not in out)
    while out and others and (len(out) < 2 or sum(sizes[unit] for unit in out) < least):
        out = out | {others.pop(0)[1]}
    return out


def _scales_of(tables: Mapping[str, Protected]) -> dict[str, tuple[str, str]]:
    """The scale of each item: construct and wave."""
    if "item_rest" not in tables:
        return {}
    frame = tables["item_rest"].frame
    return {i: (c, w) for i, c, w in zip(frame["item_id"], frame["construct"], frame["wave"], strict=True)}


def _hide_comparisons(
    tables: Mapping[str, Protected], left: Mapping[str, LeftOut], scales: set[tuple[str, str, str]]
) -> None:
    """Tests and differences between units of which any is left out."""
    for name in ("site_comparison", "site_comparison_pairs", "group_comparison", "group_comparison_pairs"):
        if name in tables:
            part = name.partition("_")[0]
            of_scale = zip(tables[name].frame["construct"], tables[name].frame["wave"], strict=True)
            tables[name].hide([(construct, wave, part) in scales for construct, wave in of_scale], keep=("n", "k"))
    if "category_comparison" in tables:
        parts = {(id_, unit[0]) for id_, own in left.items() for unit in own.units}
        frame = tables["category_comparison"].frame
        rows = [pair in parts for pair in zip(frame["item_id"], frame["part"], strict=True)]
        tables["category_comparison"].hide(rows, keep=("n", "k", "categories"))


def _hide_changes(tables: Mapping[str, Protected], left: Mapping[str, LeftOut], rules: Rules) -> None:
    """Changes of the same people: who gained and who lost are counts of few, and means are those of scales."""
    hidden_scales = {
        (own["construct"], own[column])
        for name, column, _ in _SCALES
        if name in tables
        for own, gone in zip(records(tables[name].frame), tables[name].hidden["mean"], strict=True)
        if gone
    }
    for name, column in (("mcnemar", "site_id"), ("mcnemar_by_group", "group")):
        if name not in tables:
            continue
        protected, part = tables[name], column.removesuffix("_id")
        frame = protected.frame
        few = ((frame[["gained", "lost"]] > 0) & (frame[["gained", "lost"]] < rules.k)).any(axis=1)
        pairs = zip(frame[column], frame["item_id"], frame["item_after"], strict=True)
        few |= np.array(
            [
                any((TOTAL if unit == ALL else (part, unit)) in left[i].units for i in (before, after) if i in left)
                for unit, before, after in pairs
            ],
            dtype=bool,
        )
        for _, own in frame[few].groupby("item_id"):
            # One item after the other: if any unit goes, all do; only all together may stand.
            rows = frame["item_id"].eq(own["item_id"].iloc[0])
            protected.hide(rows & (frame[column].ne(ALL) | few), keep=("n",), whatever=True)
    for name, column in (("before_after", "site_id"), ("before_after_by_group", "group")):
        if name in tables:
            frame = tables[name].frame
            of_unit = zip(frame["construct"], frame[column], strict=True)
            gone = pd.Series([own in hidden_scales for own in of_unit], index=frame.index, dtype=bool)
            # Whole constructs: their units follow from each other and from all.
            units = frame.loc[gone & frame[column].ne(ALL), "construct"]
            rows = gone | (frame["construct"].isin(units) & frame[column].ne(ALL))
            tables[name].hide(rows, keep=("n",), whatever=True)


def _hide_reasons(tables: Mapping[str, Protected], rules: Rules) -> None:
    """Why few gave no answer to an item: all its reasons go, since how many gave none is told."""
    if "survey_nonanswers" in tables:
        protected = tables["survey_nonanswers"]
        n = protected.frame["n"]
        items = set(protected.frame.loc[(n > 0) & (n < rules.k) & ~protected.allowed, "item_id"])
        protected.hide(protected.frame["item_id"].isin(items), whatever=True)
