"""Which numbers an article can ask for, known before anything is computed: keys are checked with the inputs.

A key is the table, the row and the column, joined by dots: ``themes_by_site.S01.attitude.share``. Columns come from the
schema; rows follow from the study (its sites, codes, items ...), as the modules of the methods make them. The numbers
themselves are collected by `thongthin.present.values`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

import pandas as pd

from thongthin.basics.problems import did_you_mean, nearest
from thongthin.contract.answer_scales import REASONS
from thongthin.contract.categories import MISSING
from thongthin.contract.reporting_items import CHECKLISTS
from thongthin.contract.study import Study
from thongthin.contract.tables import ALL, TABLES
from thongthin.interviews.agreement import COMPARED_TEXTS, COMPARED_UNITS, SET_DISTANCES
from thongthin.interviews.quote_checks import ARTICLES
from thongthin.interviews.valence import valent_themes
from thongthin.present.values import can_be_named
from thongthin.read.survey.quality import STEPS
from thongthin.survey.change import asked_twice
from thongthin.survey.comparisons import category_items
from thongthin.survey.models.data import INTERCEPT
from thongthin.survey.models.diagnostics import CHECKS
from thongthin.survey.scales import in_numbers, on_points
from thongthin.synthesis.joint_display import MEASURES, joint_constructs, parts_of_display
from thongthin.synthesis.reporting import applies

# Among more entries than these a word that is like one is not sought.
_SEARCHED = 2000

# Table -> what can stand in each place of its row; a place may hold several key columns, joined by a dot.
Rows = dict[str, Sequence[Sequence[str]]]


def possible_rows(study: Study, tables: Mapping[str, pd.DataFrame]) -> Rows:
    """The rows of every result table that has numbers in this study.

    Args:
        tables: the tables of data/processed/ by name; without `participants`, the study has no interviews, without
            `codes` they are not coded, without `items` it has no survey.
    """
    sites = list(tables["sites"]["site_id"])
    all_sites = [*sites, ALL]
    groups = [group.id for group in study.groups]
    by_site: list[str] = []
    whole = ["sites"]
    rows: dict[str, Sequence[Sequence[str]]] = {}
    if "participants" in tables:
        by_site = ["participants", *(f"participants_{g}" for g in sorted(set(tables["participants"]["group"])))]
        by_site += ["interviews", "characters", "turns"]
        rows["interview_lengths"] = [list(tables["transcripts"]["participant_id"])]
        rows["reporting_summary"] = [[key for key in CHECKLISTS if applies(key, study)]]
    if "codes" in tables:
        by_site.append("segments")
        whole += ["codes", "themes", "coders"]
        rows |= _rows_of_coding(study, tables, all_sites, groups)
    if "items" in tables:
        items = tables["items"]
        by_site.append("respondents")
        whole.append("items")
        joint = (
            joint_constructs(tables["codes"], set(items["construct"]), study.constructs) if "codes" in tables else []
        )
        scaled = items[items["minimum"].notna()]
        measured = items[items["construct"] != ""]
        scales = list(dict.fromkeys(measured["construct"] + "." + measured["wave"]))
        twice = [c for c in dict.fromkeys(measured["construct"]) if {f"{c}.before", f"{c}.after"} <= set(scales)]
        waves = [scale.rsplit(".", 1)[1] for scale in scales]
        pointed = on_points(items)
        points = {
            item: range(low, high + 1)
            for item, low, high in zip(pointed["item_id"], pointed["minimum"], pointed["maximum"], strict=True)
        }
        categories = [
            (own["item_id"], category)
            for own in tables["categories"].to_dict("records")
            for category in (own["category"], MISSING)
            if can_be_named(category)
        ]
        answering = groups if study.survey and study.survey.asks_group else []
        rows |= {
            "survey_flow": [STEPS, all_sites],
            "survey_nonanswers": [list(items["item_id"]), REASONS],
            "sample_size": [all_sites],
            "survey_response_by_site": [all_sites],
            "survey_representativity": [[ALL]],
            "power": [scales],
            "joint_display": [joint, [f"{site}.{group}" for site, group in parts_of_display(sites, groups)]],
            "joint_ranking": [joint, MEASURES],
            "scale_reliability": [scales],
            "item_rest": [list(measured["item_id"])],
            "item_statistics": [list(scaled["item_id"]), all_sites],
            "scale_dimensionality": [
                [*scales, *(f"{ALL}.{wave}" for wave in dict.fromkeys(waves) if waves.count(wave) > 1)]
            ],
            "item_group_statistics": [list(scaled["item_id"]), answering],
            "item_answers": [[f"{item}.{value}" for item, values in points.items() for value in values]],
            "item_answers_by_site": [[f"{i}.{s}.{value}" for i, v in points.items() for s in sites for value in v]],
            "item_answers_by_group": [
                [f"{i}.{g}.{value}" for i, v in points.items() for g in answering for value in v]
            ],
            "category_answers": [[f"{i}.{site}.{c}" for i, c in categories for site in all_sites]],
            "category_answers_by_group": [[f"{i}.{group}.{c}" for i, c in categories for group in answering]],
            "group_statistics": [scales, answering],
            "scale_statistics": [scales, all_sites],
            "site_comparison": [scales],
            "site_comparison_pairs": [scales, [f"{a}.{b}" for a, b in combinations(sites, 2)]],
            "group_comparison": [scales if answering else []],
            "group_comparison_pairs": [scales, [f"{a}.{b}" for a, b in combinations(answering, 2)]],
            "category_comparison": [category_items(items), ["site", "group"]],
            "before_after": [twice, all_sites],
            "before_after_by_group": [twice, answering],
            "mcnemar": [[before for before, _ in asked_twice(items)], all_sites],
            "mcnemar_by_group": [[before for before, _ in asked_twice(items)], answering],
        }
        rows["missing_items"] = [list(scaled["item_id"]), all_sites]
        models = study.outcome_models
        rows["missing_data"] = [["items", *(f"scores-{id_}" if id_ else "scores" for id_ in models)]]
        rows |= _rows_of_models(study, items)
    rows["sample"] = [[f"{q}.{s}" for q in by_site for s in all_sites] + [f"{q}.{ALL}" for q in whole]]
    return {table: places for table, places in rows.items() if all(places)}


def _rows_of_coding(
    study: Study, tables: Mapping[str, pd.DataFrame], all_sites: Sequence[str], groups: Sequence[str]
) -> dict[str, Sequence[Sequence[str]]]:
    """The rows of the tables that are made from the coding of interviews."""
    codes, coverage = tables["codes"], tables["coverage"]
    sites = [site for site in all_sites if site != ALL]
    themes = list(codes.loc[codes["code_id"] == codes["theme_id"], "code_id"])
    coders = coverage.groupby(["participant_id", "code_id"])["coder"].nunique()
    agreed = [*codes["code_id"], ALL] if (coders > 1).any() else []
    rows: dict[str, Sequence[Sequence[str]]] = {
        "themes_by_participant": [sorted(set(coverage["participant_id"])), themes],
        "themes_by_site": [all_sites, themes],
        "themes_by_group": [[*groups, ALL], themes],
        "themes_by_site_group": [sites, groups, themes],
        "theme_cooccurrence": [[f"{a}.{b}" for a, b in combinations(themes, 2)]],
        "code_cooccurrence": [[f"{a}.{b}" for a, b in combinations(codes.sort_values("position")["code_id"], 2)]],
        "theme_spread": [themes],
        "valence_balance": [all_sites, [*groups, ALL], valent_themes(codes)],
        "theme_tests": [["site", "group"], themes],
        "agreement": [agreed],
        "agreement_units": [COMPARED_UNITS, COMPARED_TEXTS, agreed],
        "agreement_sets": [COMPARED_UNITS, COMPARED_TEXTS, SET_DISTANCES if agreed else []],
        "agreement_unitizing": [agreed],
        "agreement_pairs": [[f"{a}.{b}" for a, b in combinations(sorted(set(coverage["coder"])), 2)] if agreed else []],
        "saturation": [all_sites],
        "quotes_by_theme": [ARTICLES, [*themes, ALL]],
    }
    if study.qca:
        outcomes = ["present", "absent"] if study.qca.negated else ["present"]
        rows["qca_sets"] = [[own.id for own in study.qca.sets]]
        rows["qca_necessity"] = [outcomes, [c.id for c in study.qca.conditions], ["present", "absent"]]
        rows["qca_fit"] = [outcomes, ["conservative", "parsimonious", "intermediate"]]
    return rows


def _rows_of_models(study: Study, items: pd.DataFrame) -> Rows:
    """The rows of the tables of the models; those of one of `models` begin with its id."""
    rows: dict[str, list[str]] = {}
    for id_, model in study.outcome_models.items():
        terms, kinds = [INTERCEPT, *model.predictors], model.kinds
        ordinal = "ordinal" in kinds and not in_numbers(items, model.outcome, model.item)
        own: dict[str, Sequence[str]] = {
            "outcome_model": terms,
            "outcome_model_fit": [model.outcome],
            "model_terms": [f"{kind}.{term}" for kind in kinds for term in terms],
            "model_fits": kinds,
            "model_diagnostics": CHECKS,
            "model_collinearity": model.predictors,
            "proportional_odds": [ALL, *model.predictors] if ordinal else [],
            "imputation_comparison": terms,
        }
        for table, names in own.items():
            rows.setdefault(table, []).extend(f"{id_}.{name}" if id_ else name for name in names)
    return {table: [names] for table, names in rows.items()}


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
