"""Which numbers an article can ask for, known before anything is computed: keys are checked with the inputs.

A key is the table, the row and the column, joined by dots: ``themes_by_site.S01.attitude.share``. Columns come from the
schema, and so does what a row is named by (`Table.rows`): domains, such as sites or themes, which the study fills
(`domains`). The numbers themselves are collected by `thongthin.present.values`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import get_args

import pandas as pd

from thongthin.basics.nearest import did_you_mean, nearest
from thongthin.basics.records import records
from thongthin.contract.categories import MISSING
from thongthin.contract.checklists import CHECKLISTS
from thongthin.contract.non_answers import REASONS
from thongthin.contract.strands import Part, applies
from thongthin.contract.study import Study
from thongthin.contract.tables import ALL, TABLES
from thongthin.interviews.agreement import COMPARED_TEXTS, COMPARED_UNITS, codes_with_levels
from thongthin.interviews.quote_checks import ARTICLES
from thongthin.interviews.valence import valent_themes
from thongthin.present.values import can_be_named
from thongthin.read.survey.quality import STEPS
from thongthin.statistics.set_agreement import SET_DISTANCES
from thongthin.survey.models.data import INTERCEPT
from thongthin.survey.models.diagnostics import CHECKS
from thongthin.survey.scales import asked_twice, category_items, in_numbers, on_points
from thongthin.synthesis.joint_display import MEASURES, joint_constructs, parts_of_display
from thongthin.synthesis.reporting import applies as reports

# Among more entries than these a word that is like one is not sought.
_SEARCHED = 2000

# Table -> what can stand in each place of its row; a place may hold several key columns, joined by a dot.
Rows = dict[str, Sequence[Sequence[str]]]
# Domain (`Table.rows`) -> what it holds in a study.
Domains = dict[str, Sequence[str]]


def possible_rows(study: Study, tables: Mapping[str, pd.DataFrame]) -> Rows:
    """The rows of every result table that has numbers in this study: what its schema says, of the study's domains.

    Args:
        tables: the tables of data/processed/ by name; without `participants`, the study has no interviews, without
            `codes` they are not coded, without `items` it has no survey.
    """
    there = {"interviews": "participants" in tables, "coding": "codes" in tables, "survey": "items" in tables}
    there |= {"model": bool(study.outcome_models), "qca": study.qca is not None}
    parts = [part for part in get_args(Part) if there[part]]
    known = domains(study, tables)
    rows = {
        name: [known.get(place, ()) if isinstance(place, str) else place for place in table.rows]
        for name, table in TABLES.items()
        if table.rows and applies(table.rule, parts)
    }
    return {table: places for table, places in rows.items() if all(places)}


def domains(study: Study, tables: Mapping[str, pd.DataFrame]) -> Domains:
    """What can stand in the places of the rows of tables, by the names that schemas use; arguments as `possible_rows`.

    Those of a strand that the study does not have are left out.
    """
    sites, groups = list(tables["sites"]["site_id"]), [group.id for group in study.groups]
    own: Domains = {
        "site": sites,
        "site+all": [*sites, ALL],
        "group": groups,
        "group+all": [*groups, ALL],
        "site.group": [f"{site}.{group}" for site, group in parts_of_display(sites, groups)],
        "checklist": [key for key in CHECKLISTS if reports(key, study)],
        "flow step": STEPS,
        "nonanswer": REASONS,
        "compared unit": COMPARED_UNITS,
        "compared text": COMPARED_TEXTS,
        "article": ARTICLES,
        "joint measure": MEASURES,
    }
    if "participants" in tables:
        own["participant"] = list(tables["transcripts"]["participant_id"])
    if "codes" in tables:
        own |= _of_coding(tables["codes"], tables["coverage"])
    if "items" in tables:
        asked = bool(study.survey and study.survey.asks_group)
        own |= _of_survey(tables["items"], tables["categories"], sites, groups if asked else [])
        own |= _of_models(study, tables["items"])
    if "items" in tables and "codes" in tables:
        constructs = set(tables["items"]["construct"])
        own["joint construct"] = joint_constructs(tables["codes"], constructs, study.constructs)
    if study.qca:
        own["qca set"] = [sought.id for sought in study.qca.sets]
        own["qca outcome"] = ["present", "absent"] if study.qca.negated else ["present"]
        own["qca condition"] = [condition.id for condition in study.qca.conditions]
    return own | {"quantity.site+all": _quantities(tables, own["site+all"])}


def _quantities(tables: Mapping[str, pd.DataFrame], all_sites: Sequence[str]) -> list[str]:
    """What is counted of the sample, by site and over all, or over all only."""
    by_site, whole = [], ["sites"]
    if "participants" in tables:
        by_group = (f"participants_{group}" for group in sorted(set(tables["participants"]["group"])))
        by_site += ["participants", *by_group, "interviews", "characters", "turns"]
        if len(tables.get("transcripts", ())):
            whole += ["shortest_interview", "median_interview", "longest_interview"]
    if "codes" in tables:
        by_site.append("segments")
        whole += ["codes", "themes", "coders"]
    if "items" in tables:
        by_site.append("respondents")
        whole.append("items")
    return [f"{quantity}.{site}" for quantity in by_site for site in all_sites] + [f"{q}.{ALL}" for q in whole]


def _of_coding(codes: pd.DataFrame, coverage: pd.DataFrame) -> Domains:
    """Themes, codes, coders; those that two coders can agree on are none where no interview has two."""
    themes = list(codes.loc[codes["code_id"] == codes["theme_id"], "code_id"])
    coders = coverage.groupby(["participant_id", "code_id"])["coder"].nunique()
    agreed = bool((coders > 1).any())
    return {
        "participant read": sorted(set(coverage["participant_id"])),
        "theme": themes,
        "theme+all": [*themes, ALL],
        "theme with valence": valent_themes(codes),
        "pair of themes": _pairs(themes),
        "code": list(codes["code_id"]),
        "pair of codes": _pairs(codes.sort_values("position")["code_id"]),
        "agreed code+all": [*codes["code_id"], ALL] if agreed else [],
        "code with levels": codes_with_levels(codes) if agreed else [],
        "set distance": SET_DISTANCES if agreed else [],
        "pair of coders": _pairs(sorted(set(coverage["coder"]))) if agreed else [],
    }


def _of_survey(
    items: pd.DataFrame, categories: pd.DataFrame, sites: Sequence[str], answering: Sequence[str]
) -> Domains:
    """Items, scales and answers; `answering` are the groups that respondents can say they belong to."""
    all_sites = [*sites, ALL]
    numeric = list(items.loc[items["minimum"].notna(), "item_id"])
    measured = items[items["construct"] != ""]
    scales = list(dict.fromkeys(measured["construct"] + "." + measured["wave"]))
    waves = [scale.rsplit(".", 1)[1] for scale in scales]
    pointed = on_points(items)
    points = {
        item: range(low, high + 1)
        for item, low, high in zip(pointed["item_id"], pointed["minimum"], pointed["maximum"], strict=True)
    }
    chosen = [
        (own["item_id"], category)
        for own in records(categories)
        for category in (own["category"], MISSING)
        if can_be_named(category)
    ]
    return {
        "item": list(items["item_id"]),
        "item of scale": list(measured["item_id"]),
        "item in numbers": numeric,
        "item by category": category_items(items),
        "item asked twice": [before for before, _ in asked_twice(items)],
        "item.point": [f"{item}.{value}" for item, values in points.items() for value in values],
        "item.site.point": [f"{i}.{s}.{value}" for i, v in points.items() for s in sites for value in v],
        "item.group.point": [f"{i}.{g}.{value}" for i, v in points.items() for g in answering for value in v],
        "item.site+all.category": [f"{i}.{site}.{c}" for i, c in chosen for site in all_sites],
        "item.group.category": [f"{i}.{group}.{c}" for i, c in chosen for group in answering],
        "scale": scales,
        "scale by site": scales,
        "scale by group": scales if answering else [],
        "scale or wave": [*scales, *(f"{ALL}.{wave}" for wave in dict.fromkeys(waves) if waves.count(wave) > 1)],
        "construct asked twice": [
            c for c in dict.fromkeys(measured["construct"]) if {f"{c}.before", f"{c}.after"} <= set(scales)
        ],
        "answering group": answering,
        "pair of sites": _pairs(sites),
        "pair of groups": _pairs(answering),
    }


def _of_models(study: Study, items: pd.DataFrame) -> Domains:
    """Terms, kinds and checks of the models; those of one of `models` begin with its id."""
    own: dict[str, list[str]] = {"what may be missing": ["items"]}
    for id_, model in study.outcome_models.items():
        terms, kinds = [INTERCEPT, *model.predictors], model.kinds
        ordinal = "ordinal" in kinds and not in_numbers(items, model.outcome, model.item)
        of_model: dict[str, Sequence[str]] = {
            "model.term": terms,
            "model.outcome": [model.outcome],
            "model.kind": kinds,
            "model.kind.term": [f"{kind}.{term}" for kind in kinds for term in terms],
            "model.check": CHECKS,
            "model.predictor": model.predictors,
            "model.predictor+all": [ALL, *model.predictors] if ordinal else [],
        }
        for domain, names in of_model.items():
            own.setdefault(domain, []).extend(f"{id_}.{name}" if id_ else name for name in names)
        own["what may be missing"].append(f"scores-{id_}" if id_ else "scores")
    return {**own}


def _pairs(ids: Iterable[str]) -> list[str]:
    return [f"{a}.{b}" for a, b in combinations(ids, 2)]


def check_value_key(key: str, rows: Rows) -> tuple[str, str, str, str] | None:
    """What is wrong with a key and the nearest right one (English, Thai, hints in both), or None if nothing is.

    The hint gives a whole key, which is there: its parts in their order, none left out.

    Args:
        rows: as from `possible_rows`.
    """
    table, *rest = key.split(".")
    if table not in rows:
        if table in TABLES and TABLES[table].value_columns:
            reason = f'this study has no numbers in the table "{table}"', f'การศึกษานี้ไม่มีตัวเลขในตาราง "{table}"'
        else:
            reason = f'there is no table "{table}"', f'ไม่มีตาราง "{table}"'
        near = nearest(table, rows, limit=1)
        return _no_value(key, *reason, table, list(rows), _right_key(near[0], rest, rows) if near else "")
    right = _right_key(table, rest, rows)
    for place in rows[table]:
        width = _width(rest, place)
        entry, rest = ".".join(rest[:width]), rest[width:]
        if entry not in place:
            reason = f'the table "{table}" has no row "{entry}"', f'ตาราง "{table}" ไม่มีแถว "{entry}"'
            return _no_value(key, *reason, entry, place, right)
    column, columns = ".".join(rest), [c.name for c in TABLES[table].value_columns]
    if column not in columns:
        reason = f'the table "{table}" has no number "{column}"', f'ตาราง "{table}" ไม่มีตัวเลข "{column}"'
        return _no_value(key, *reason, column, columns, right)
    return None


def _width(words: Sequence[str], place: Sequence[str]) -> int:
    """How many words the entry of a place takes up: as many as the first that is there, else as the first of all."""
    widths = dict.fromkeys(entry.count(".") + 1 for entry in place)
    return next((width for width in widths if ".".join(words[:width]) in place), place[0].count(".") + 1)


def _no_value(key: str, en: str, th: str, wrong: str, known: Sequence[str], right: str) -> tuple[str, str, str, str]:
    hint_en, hint_th = did_you_mean(wrong, known)
    if right:
        hint_en, hint_th = f'{hint_en} Written whole: "{right}".', f'{hint_th} เขียนเต็ม: "{right}"'
    return f'There is no value "{key}": {en}.', f'ไม่มีค่า "{key}": {th}', hint_en.strip(), hint_th.strip()


def _right_key(table: str, words: Sequence[str], rows: Rows) -> str:
    """The key of a table that is most like these words, whatever their order and whichever are missing."""
    columns = [c.name for c in TABLES[table].value_columns]
    left = list(words)
    column = next((word for word in reversed(left) if word in columns), None)
    if column is None and left and (near := nearest(left[-1], columns, limit=1)):
        column = near[0]
        del left[-1]
    chosen = []
    for place in rows[table]:
        entry = _most_like(left, place)
        chosen.append(entry)
        for part in entry.split("."):
            if part in left:
                left.remove(part)
    return ".".join([table, *chosen, column or columns[0]])


def _most_like(words: Sequence[str], place: Sequence[str]) -> str:
    """The entry that shares most words, else one that is alike, else the total, else the first."""
    shared = {entry: sum(part in words for part in entry.split(".")) for entry in place}
    best = max(shared.values())
    if best:
        return next(entry for entry in place if shared[entry] == best)
    alike = [near for word in words if len(place) <= _SEARCHED for near in nearest(word, place, limit=1)]
    return alike[0] if alike else ALL if ALL in place else place[0]
