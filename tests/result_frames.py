"""Result tables of a small made-up study, for tests of what is made from them.

Three sites and one without data, twelve interviews coded by two coders, a survey of 132 answers with scales asked once
and twice. The tables come from the project's own functions; the same every time.
"""

from __future__ import annotations

from collections import UserDict
from collections.abc import Mapping
from functools import cache, partial
from typing import Any

import numpy as np
import pandas as pd
from studies import AGREE, AGREE_EN, STUDY

from thongthin.contract.analysis import Analysis
from thongthin.contract.categories import Category, category_labels
from thongthin.contract.checklists import CHECKLISTS
from thongthin.contract.qca import Configurations
from thongthin.contract.study import Study
from thongthin.contract.tables import ALL, TABLES
from thongthin.contract.units import Unit
from thongthin.interviews.agreement import (
    COMPARED_UNITS,
    agreement_levels_table,
    agreement_pairs_table,
    agreement_sets_table,
    agreement_table,
    agreement_units_table,
    compare,
)
from thongthin.interviews.comparison import deviant_cases, framework_matrix, theme_spread
from thongthin.interviews.cooccurrence import code_cooccurrence, theme_cooccurrence
from thongthin.interviews.disagreements import disagreements_table
from thongthin.interviews.quote_checks import quote_checks, quotes_by_theme
from thongthin.interviews.saturation import presence, saturation_tables
from thongthin.interviews.theme_tests import theme_tests
from thongthin.interviews.themes import (
    codes_by,
    codes_by_participant,
    themes_by,
    themes_by_participant,
)
from thongthin.interviews.unitizing import unitizing_table
from thongthin.interviews.valence import valence_balance, valence_by_participant
from thongthin.present.labels import Labels
from thongthin.read.survey.quality import check_responses
from thongthin.statistics.proportions import clopper_pearson
from thongthin.survey import design_errors
from thongthin.survey.categories import category_answers
from thongthin.survey.change import before_after_table, mcnemar_table
from thongthin.survey.comparisons import category_table, comparison_table, pairs_table
from thongthin.survey.counts import SurveyCounts, count_responses, score_frequencies
from thongthin.survey.description import describe_items, describe_scales, item_answers, item_answers_by
from thongthin.survey.dimensionality import dimensionality_tables, random_eigenvalues
from thongthin.survey.imputation import imputation_comparison
from thongthin.survey.missing_data import missing_data, missing_items
from thongthin.survey.models import fit_outcome_model
from thongthin.survey.models.comparison import compare_models
from thongthin.survey.reliability import drawn_by_scale, item_rest_table, reliability_table
from thongthin.survey.sample_design import design_of
from thongthin.survey.sample_size import power_table, representativity_table, response_table, sample_size_table
from thongthin.survey.scales import scale_scores
from thongthin.synthesis.calibration import case_scores
from thongthin.synthesis.configurations import analyse
from thongthin.synthesis.joint_display import joint_display, joint_ranking
from thongthin.synthesis.reporting import fill_checklist, summary

# Twelve participants; thresholds low enough that data made at random have solutions.
QCA = Configurations.model_validate(
    {
        "cases": "participant",
        "outcome": {
            "id": "faster",
            "theme": "faster",
            "measure": "passages",
            "anchors": {"fully_out": 0, "crossover": 0.5, "fully_in": 2},
        },
        "conditions": [
            {"id": "skilled", "theme": "skills", "measure": "present", "expected": "present"},
            {
                "id": "open",
                "theme": "attitude",
                "measure": "balance",
                "anchors": {"fully_out": -2, "crossover": 0.5, "fully_in": 2},
                "expected": "present",
            },
            {
                "id": "success",
                "construct": "success",
                "anchors": {"fully_out": 4, "crossover": 3.3, "fully_in": 2},
                "expected": "absent",
            },
        ],
        "consistency": 0.6,
        "pri": 0,
    }
)
ANALYSIS: dict[str, Any] = Analysis().model_dump()
BANDS = ANALYSIS["scales"]["bands"]
GROUPS = {
    "official": {"th": "เจ้าหน้าที่", "en": "Officials"},
    "citizen": {"th": "ประชาชน", "en": "Citizens"},
}
CONSTRUCTS = {
    "attitude": {"th": "ทัศนคติเชิงบวกและการเปิดรับ", "en": "Positive attitude and openness"},
    "budget": {"th": "งบประมาณ", "en": "Budget"},
    "infrastructure": {"th": "โครงสร้างพื้นฐานดิจิทัล", "en": "Digital infrastructure"},
    "skills": {"th": "ทักษะดิจิทัลของบุคลากร", "en": "Digital skills of staff"},
    "communication": {"th": "การสื่อสารเชิงรุกกับประชาชน", "en": "Proactive communication with citizens"},
    "success": {"th": "ความสำเร็จของท้องถิ่นดิจิทัล", "en": "Success of digital local government"},
    "speed": {"th": "ความรวดเร็วของบริการ", "en": "Speed of service"},
}
SITES = pd.DataFrame(
    [
        ("S01", "เทศบาลนครบึงแก้ว", "Bueng Kaew City Municipality", "city"),
        ("S02", "เทศบาลตำบลน้ำใส", "Nam Sai Subdistrict Municipality", "subdistrict"),
        ("S03", "องค์การบริหารส่วนตำบลทุ่งทอง", "Thung Thong Subdistrict Administrative Organisation", "organisation"),
        ("S04", "เทศบาลเมืองดอนหวาน", "Don Wan Town Municipality", "town"),
    ],
    columns=["site_id", "name_th", "name_en", "type"],
).assign(short_th="", short_en="")
# The fourth, where nobody was asked, says of itself only in which province it lies.
SITE_PLACES = pd.DataFrame(
    [
        ("S01", 16.43, 102.83, "coordinates", "4001", "เมืองขอนแก่น ขอนแก่น", "Mueang Khon Kaen, Khon Kaen"),
        ("S02", 16.52, 102.71, "coordinates", "", "", ""),
        ("S03", 16.36, 102.95, "coordinates", "", "", ""),
        ("S04", 16.45, 102.83, "code", "40", "ขอนแก่น", "Khon Kaen"),
    ],
    columns=["site_id", "latitude", "longitude", "known_by", "code", "place_th", "place_en"],
)
THEMES = [
    ("attitude", "ทัศนคติเชิงบวกและการเปิดรับ", "Positive attitude and openness", "enabling"),
    ("budget", "งบประมาณ", "Budget", "neutral"),
    ("infrastructure", "โครงสร้างพื้นฐานดิจิทัล", "Digital infrastructure", "neutral"),
    ("skills", "ทักษะดิจิทัลของบุคลากร", "Digital skills of staff", "neutral"),
    ("communication", "การสื่อสารเชิงรุกกับประชาชน", "Proactive communication with citizens", "enabling"),
    ("faster", "บริการรวดเร็วขึ้น", "Faster service", "enabling"),
    ("steps", "ขั้นตอนลดลง", "Fewer steps", "enabling"),
    ("seams", "งานซ้ำซ้อนและรอยต่อของกระบวนการ", "Duplicated work and seams in the process", "hindering"),
]
SUBCODES = [
    ("attitude_open", "attitude", "เปิดรับสิ่งใหม่", "Openness to the new", "enabling"),
    ("attitude_fear", "attitude", "กังวลต่อระบบใหม่", "Fear of new systems", "hindering"),
]
ITEM_TEXTS = [
    (
        "attitude",
        "ผู้บริหารของหน่วยงานเปิดรับเทคโนโลยีดิจิทัลและสนับสนุนให้ทดลองใช้",
        "The leaders welcome digital technology and encourage trying it",
    ),
    ("attitude", "บุคลากรเห็นประโยชน์ของการทำงานแบบดิจิทัล", "Staff see the benefit of working digitally"),
    ("attitude", "บุคลากรกังวลว่าระบบใหม่จะทำให้งานยุ่งยากขึ้น", "Staff worry that new systems will make work harder"),
    ("budget", "หน่วยงานมีงบประมาณเพียงพอสำหรับอุปกรณ์และระบบ", "The office has enough budget for equipment and systems"),
    ("budget", "งบประมาณด้านดิจิทัลมีความต่อเนื่องทุกปี", "The digital budget continues from year to year"),
    ("infrastructure", "สัญญาณอินเทอร์เน็ตในพื้นที่ครอบคลุมและเสถียร", "Internet coverage in the area is wide and stable"),
    ("infrastructure", "ระบบของหน่วยงานเชื่อมโยงข้อมูลกันได้", "The systems of the office exchange data"),
    ("skills", "เจ้าหน้าที่ใช้ระบบดิจิทัลได้คล่อง", "Officials use digital systems with ease"),
    ("skills", "เจ้าหน้าที่แก้ปัญหาเบื้องต้นให้ประชาชนได้", "Officials can solve simple problems for citizens"),
    (
        "communication",
        "หน่วยงานแจ้งข่าวสารผ่านช่องทางออนไลน์อย่างสม่ำเสมอ เช่น LINE และ Facebook",
        "The office regularly sends news through online channels such as LINE and Facebook",
    ),
    ("communication", "ประชาชนรู้ว่าจะใช้บริการออนไลน์ได้อย่างไร", "Citizens know how to use the online services"),
    ("success", "บริการดิจิทัลของหน่วยงานประสบความสำเร็จ", "The digital services of the office are a success"),
    ("success", "ท่านพึงพอใจต่อบริการดิจิทัลของหน่วยงาน", "You are satisfied with the digital services of the office"),
]
CODERS = ("NP", "SK")


@cache
def _frames() -> dict[str, pd.DataFrame]:
    rng = np.random.default_rng(2566)
    codes = pd.DataFrame(
        [(id_, "", id_, th, en, valence) for id_, th, en, valence in THEMES]
        + [(id_, parent, parent, th, en, valence) for id_, parent, th, en, valence in SUBCODES],
        columns=["code_id", "parent_id", "theme_id", "label_th", "label_en", "valence"],
    )
    order = ["attitude", "attitude_open", "attitude_fear", *(theme for theme, *_ in THEMES[1:])]
    codes["position"] = codes["code_id"].map({code: i for i, code in enumerate(order, start=1)})
    codes = codes.sort_values("position", ignore_index=True)
    codes["definition_th"] = "ผู้ให้ข้อมูลกล่าวถึง" + codes["label_th"]
    codes["definition_en"] = "The participant speaks of: " + codes["label_en"].str.lower()
    codes["level"] = codes["code_id"].map({"attitude_fear": 0.0, "attitude_open": 1.0})
    codes["factor"] = codes["theme_id"].where(codes["theme_id"].isin(list(CONSTRUCTS)), "")

    people = pd.DataFrame(
        [(f"P{i:02d}", f"S0{(i - 1) // 4 + 1}", ["official", "citizen"][i % 2]) for i in range(1, 13)],
        columns=["participant_id", "site_id", "group"],
    ).assign(role="", sex="", age_band="", interviewed_on="", consent="yes")
    turns, codings, transcripts = [], [], []
    theme_of = dict(zip(codes["code_id"], codes["theme_id"], strict=True))
    leaves = [code for code in order if code != "attitude"]
    for person in people["participant_id"]:
        transcript = ""
        for turn in range(1, 11):
            role, label = ("interviewer", "ผู้ถาม") if turn % 2 else ("participant", "ผู้ให้ข้อมูล")
            start = len(transcript) + len(label) + 2
            text = f"ข้อความ & <ช่วงที่> {turn} ของ {person}"
            turns.append((f"{person}-{turn:03d}", person, turn, label, role, start, start + len(text), text))
            transcript += f"{label}: {text}\n"
            if role == "interviewer":
                continue
            for code in rng.choice(leaves, size=2, replace=False):
                for coder in CODERS:
                    if rng.random() < 0.8:
                        segment = f"G{len(codings):04d}"
                        codings.append((segment, person, code, theme_of[code], coder, start, start + 14, text[:14]))
        transcript = transcript.removesuffix("\n")
        transcripts.append((person, f"{person}.txt", len(transcript), transcript))
    names = ["turn_id", "participant_id", "turn", "speaker", "role", "start", "end", "text"]
    turns_frame = pd.DataFrame(turns, columns=names)
    names = ["segment_id", "participant_id", "code_id", "theme_id", "coder", "start", "end", "text"]
    codings_frame = pd.DataFrame(codings, columns=names)
    transcripts_frame = pd.DataFrame(transcripts, columns=["participant_id", "file", "characters", "text"])
    coverage = pd.DataFrame(
        [(who, coder, code) for who in people["participant_id"] for coder in CODERS for code in codes["code_id"]],
        columns=["participant_id", "coder", "code_id"],
    )

    items = pd.DataFrame(
        [
            (f"Q{i:02d}", construct, th, en, "agree5", i == 3, "single", "")
            for i, (construct, th, en) in enumerate(ITEM_TEXTS, start=1)
        ]
        + [
            ("Q14", "speed", "ได้รับบริการรวดเร็ว", "Service is fast", "agree5", False, "before", "fast"),
            ("Q15", "speed", "ได้รับบริการรวดเร็ว", "Service is fast", "agree5", False, "after", "fast"),
            ("Q16", "speed", "ขั้นตอนการรับบริการสั้น", "The way to a service is short", "agree5", False, "before", "short"),
            ("Q17", "speed", "ขั้นตอนการรับบริการสั้น", "The way to a service is short", "agree5", False, "after", "short"),
        ],
        columns=["item_id", "construct", "text_th", "text_en", "scale", "reversed", "wave", "pair"],
    ).assign(minimum=1, maximum=5)
    items = items.astype({"minimum": "Int64", "maximum": "Int64"}).assign(numeric=False, asked_if="")
    items["position"] = range(1, len(items) + 1)

    n = 132
    site = np.array([f"S0{1 + i % 3}" for i in range(n)])
    level = {c: rng.normal(3.4 + 0.25 * (i % 3), 0.6, n) + 0.35 * (site == "S01") for i, c in enumerate(CONSTRUCTS)}
    level["success"] = 0.5 * level["attitude"] + 0.4 * level["skills"] + rng.normal(0.4, 0.4, n)
    responses = pd.DataFrame({"respondent_id": [f"R{i:04d}" for i in range(1, n + 1)], "site_id": site})
    answering = np.where(np.arange(n) % 4 == 0, "official", "citizen")
    responses = responses.assign(group=answering, submitted_on="", weight=1.0)
    for item in items.itertuples():
        answers = level[item.construct] + rng.normal(0, 0.7, n) - 1.0 * (item.wave == "before")
        answers = np.clip(np.round(answers), 1, 5)
        responses[item.item_id] = 6 - answers if item.reversed else answers
    responses.loc[[3, 40], "Q05"] = np.nan
    received = responses.assign(row=range(2, n + 2), seconds=np.nan, preview=False, out_of_frame="", repeats="")
    received = received[[*(c.name for c in TABLES["survey_received"].columns), *items["item_id"]]]
    refused = pd.DataFrame({"respondent_id": ["R0004"], "item_id": ["Q05"], "reason": ["refused"]})
    rules = {"straight_lining": 12, "incomplete": 0.5, "speeding": None, "exclude": []}
    checked = check_responses(received, refused, items, list(SITES["site_id"]), **rules)

    quoted = turns_frame[turns_frame["role"] == "participant"].groupby("participant_id").head(1).iloc[:6]
    quotes = quoted.merge(people[["participant_id", "site_id", "group"]], on="participant_id")
    quotes = quotes.assign(quote_id=[f"q{i}" for i in range(1, 7)], code_id=["attitude_open", "budget", "skills"] * 2)
    quotes = quotes.assign(translation_th="", translation_en="A translation")
    quotes = quotes[[column.name for column in TABLES["quotes"].columns]]
    shown = {"th": list(quotes["quote_id"]), "en": list(quotes["quote_id"])}

    site_ids = list(SITES["site_id"])
    by_participant = themes_by_participant(codings_frame, coverage, codes)
    by_site = themes_by(by_participant, people, [Unit.sites(site_ids)], codes)
    by_group = themes_by(by_participant, people, [Unit.groups(GROUPS, total=True)], codes)
    valences = valence_by_participant(codings_frame, coverage, codes)
    scores = scale_scores(responses, items)
    model, fit = fit_outcome_model(scores, "success", ["attitude", "budget", "skills"])
    compared_models = compare_models(scores, "success", ["attitude", "budget", "skills"], replicates=200, seed=1)
    sample = [
        ("participants", {"S01": 4, "S02": 4, "S03": 4}),
        ("participants_official", {"S01": 2, "S02": 2, "S03": 2}),
        ("participants_citizen", {"S01": 2, "S02": 2, "S03": 2}),
        ("interviews", {"S01": 4, "S02": 4, "S03": 4}),
        ("turns", {"S01": 20, "S02": 20, "S03": 20}),
        ("characters", transcripts_frame.merge(people).groupby("site_id")["characters"].sum().to_dict()),
        ("respondents", {"S01": 44, "S02": 44, "S03": 44}),
    ]
    yes_no, told = _yes_no(responses, items)
    categories = category_labels({"X01": [Category("หญิง", "หญิง", "Female"), Category("ชาย", "ชาย", "Male")]})
    sites, groups = Unit.sites(site_ids), Unit.groups(GROUPS)
    unscaled = yes_no.assign(minimum=pd.NA, maximum=pd.NA).astype({"minimum": "Int64", "maximum": "Int64"})
    bands = [band["above"] for band in BANDS]
    counts = count_responses(responses, scores, items)
    by_site_id, by_own_group = (score_frequencies(counts.scores, items, unit) for unit in (sites, groups))
    told_counts = count_responses(told, scores, yes_no)
    by_category = count_responses(told, scores, unscaled).categories
    dimensions, eigenvalues = dimensionality_tables(responses, items, partial(random_eigenvalues, sets=200, seed=1))
    compared = {unit: compare(turns_frame, codings_frame, coverage, codes, unit) for unit in COMPARED_UNITS}
    saturation, saturation_curve = saturation_tables(
        presence(codings_frame, coverage, codes), people, site_ids, base_size=2, run_length=1, orders=200, seed=1
    )
    reported = {
        "sites": SITES,
        "participants": people,
        "codes": codes,
        "saturation": saturation,
        "quote_checks": quote_checks(shown, quotes, codes, len(site_ids)),
        "quotes_by_theme": quotes_by_theme(shown, quotes, codes),
    }
    together = _together(by_participant, valences, people, codes, quotes, counts, items)
    reported |= {"items": items, **{name: together[name] for name in ("sample_size", "joint_display", "joint_ranking")}}
    factors = [{"id": id_, "label": label} for id_, label in CONSTRUCTS.items()]
    answers = {"coreq": {1: {"th": "ผู้เขียน", "en": "The author"}}}
    study = Study.model_validate({**STUDY, "framework": {"factors": factors}, "model": None, "reporting": answers})
    respondents = scores.merge(responses[["respondent_id", "group"]], on="respondent_id")
    checklists = {key: fill_checklist(key, study, reported, ANALYSIS) for key in CHECKLISTS}
    return {
        **reported,
        **together,
        **{f"reporting_{key}": table for key, table in checklists.items()},
        "reporting_summary": summary(checklists),
        "saturation_curve": saturation_curve,
        "quotes": quotes,
        "sites": SITES,
        "site_places": SITE_PLACES,
        "codes": codes,
        "participants": people,
        "transcripts": transcripts_frame,
        "turns": turns_frame,
        "codings": codings_frame,
        "coverage": coverage,
        "skipped": pd.DataFrame(columns=["participant_id", "coder", "code_id", "start", "end"]),
        "coding_sources": pd.DataFrame(
            [
                ("all.qdpx", id_, id_, "refi", "NVivo", "utf16", "stored", "snippets", len(own), len(own), 0, 0, 0)
                for id_, own in codings_frame.groupby("participant_id")
            ],
            columns=[column.name for column in TABLES["coding_sources"].columns],
        ),
        "items": pd.concat([items, unscaled], ignore_index=True),
        "responses": responses,
        "survey_received": received,
        "nonanswer_cells": refused,
        "answer_scales": pd.DataFrame(
            [("agree5", v, th, en) for v, (th, en) in enumerate(zip(AGREE, AGREE_EN, strict=True), start=1)],
            columns=[column.name for column in TABLES["answer_scales"].columns],
        ),
        "survey_flags": checked.flags,
        "survey_flow": checked.flow,
        "survey_nonanswers": checked.nonanswers,
        "sample": pd.DataFrame(
            [(q, s, counts.get(s, 0)) for q, counts in sample for s in site_ids]
            + [(q, ALL, sum(counts.values())) for q, counts in sample],
            columns=["quantity", "site_id", "n"],
        ),
        "interview_lengths": people[["participant_id", "site_id", "group"]].assign(
            turns=2, characters=1200, spoken=600, share=0.75
        ),
        "themes_by_participant": by_participant,
        "themes_by_site": by_site,
        "themes_by_group": by_group,
        "themes_by_site_group": themes_by(
            by_participant, people, [Unit.sites(site_ids, total=False), Unit.groups(GROUPS)], codes
        ),
        "codes_by_group": codes_by(
            codes_by_participant(codings_frame, coverage, codes), people, [Unit.groups(GROUPS, total=True)], codes
        ),
        "theme_cooccurrence": theme_cooccurrence(turns_frame, codings_frame, coverage, codes),
        "code_cooccurrence": code_cooccurrence(turns_frame, codings_frame, coverage, codes),
        "theme_spread": theme_spread(by_site, by_group, codes),
        "deviant_cases": deviant_cases(by_participant, valences, people, codings_frame, quotes, codes),
        "framework_matrix": framework_matrix(by_participant, by_site, valences, people, codings_frame, quotes, codes),
        "valence_by_participant": valences,
        "valence_balance": valence_balance(
            valences, people, [Unit.sites(site_ids), Unit.groups(GROUPS, total=True)], codes
        ),
        "theme_tests": theme_tests(by_participant, people, codes, seed=1),
        "agreement": agreement_table(compared["turn"], replicates=200, seed=1),
        "agreement_units": agreement_units_table(list(compared.values())),
        "agreement_sets": agreement_sets_table(list(compared.values()), replicates=200, seed=1),
        "agreement_levels": agreement_levels_table(compared["turn"], codes, replicates=200, seed=1),
        "agreement_unitizing": unitizing_table(compared["character"], codings_frame, codes, replicates=200, seed=1),
        "agreement_pairs": agreement_pairs_table(compared["turn"]),
        "disagreements": disagreements_table(compared["turn"], codings_frame, codes, transcripts_frame, people),
        **analyse(QCA, case_scores(QCA, people, site_ids, by_participant, valences, respondents)),
        "scale_reliability": reliability_table(
            counts.covariances, items, drawn_by_scale(responses, items, replicates=200, seed=1)
        ),
        "scale_dimensionality": dimensions,
        "scale_eigenvalues": eigenvalues,
        "item_rest": item_rest_table(counts.covariances, items),
        "item_statistics": describe_items(counts.answers, items, sites, bands),
        "item_group_statistics": describe_items(counts.answers, items, groups, bands),
        "item_answers": item_answers(counts.answers, items),
        "categories": categories,
        "category_answers": category_answers(by_category, categories, sites),
        "category_answers_by_group": category_answers(by_category, categories, groups),
        "item_answers_by_site": item_answers_by(counts.answers, items, Unit.sites(site_ids, total=False)),
        "item_answers_by_group": item_answers_by(counts.answers, items, groups),
        "scale_statistics": describe_scales(counts.scores, items, sites, bands),
        "group_statistics": describe_scales(counts.scores, items, groups, bands),
        "site_comparison": comparison_table(by_site_id, items),
        "site_comparison_pairs": pairs_table(by_site_id, items, sites),
        "group_comparison": comparison_table(by_own_group, items),
        "group_comparison_pairs": pairs_table(by_own_group, items, groups),
        "category_comparison": category_table(told_counts, yes_no, [sites, groups], replicates=1000, seed=1),
        "before_after": before_after_table(scores, items, sites),
        "before_after_by_group": before_after_table(scores.assign(group=responses["group"]), items, groups),
        "mcnemar": mcnemar_table(told, yes_no, sites),
        "mcnemar_by_group": mcnemar_table(told, yes_no, groups),
        "outcome_model": model.assign(model_id=""),
        "outcome_model_fit": fit.assign(model_id=""),
        **{name: table.assign(model_id="") for name, table in compared_models.items()},
        "missing_items": missing_items(responses, items, refused, site_ids),
        "missing_data": missing_data({"items": responses[list(items["item_id"])]}),
        "imputation_comparison": imputation_comparison(
            responses, items, scores, "success", ["attitude", "budget", "skills"], imputations=3, iterations=2, seed=1
        ).assign(model_id=""),
    }


def _together(
    by_participant: pd.DataFrame,
    valences: pd.DataFrame,
    people: pd.DataFrame,
    codes: pd.DataFrame,
    quotes: pd.DataFrame,
    counts: SurveyCounts,
    items: pd.DataFrame,
) -> dict[str, pd.DataFrame]:
    """The tables of both strands together, and of the sample."""
    sites = list(SITES["site_id"])
    population = {"S01": 9_000, "S02": 5_000, "S03": 4_000, "S04": 2_000}
    bands = [band["above"] for band in BANDS]
    display = joint_display(
        by_participant,
        valences,
        people,
        codes,
        quotes,
        describe_scales(counts.scores, items, Unit.sites(sites), bands),
        describe_scales(counts.scores, items, Unit.groups(GROUPS), bands),
        site_ids=sites,
        groups=GROUPS,
        constructs=CONSTRUCTS,
    )
    response = response_table(counts.respondents, sites, population)
    return {
        "sample_size": sample_size_table(counts.respondents, sites, population),
        "survey_response_by_site": response,
        "survey_representativity": representativity_table(response),
        "power": power_table(counts.scores, items),
        "joint_display": display,
        "joint_ranking": joint_ranking(display, sites),
    }


def _yes_no(responses: pd.DataFrame, items: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Questions answered by category, one of them by yes or no before and after, and their answers."""
    questions = items.iloc[:3].assign(
        item_id=["X01", "X02", "X03"],
        construct="",
        text_th=["เพศ", "เคยใช้บริการออนไลน์", "ใช้บริการออนไลน์อยู่"],
        text_en=["Sex", "Used an online service", "Uses an online service"],
        scale=["category", "yesno", "yesno"],
        reversed=False,
        wave=["single", "before", "after"],
        pair=["", "used", "used"],
        minimum=pd.array([None, 0, 0], dtype="Int64"),
        maximum=pd.array([None, 1, 1], dtype="Int64"),
        position=[101, 102, 103],
    )
    rng = np.random.default_rng(7)
    n = len(responses)
    told = responses[["respondent_id", "site_id", "group"]].assign(
        X01=rng.choice(["หญิง", "ชาย", ""], n, p=[0.55, 0.4, 0.05]),
        X02=(rng.random(n) < 0.3).astype(float),
        X03=(rng.random(n) < 0.6).astype(float),
    )
    return questions, told


class Copies(UserDict[str, pd.DataFrame]):
    """Tables by name that all tests share, of each of which a copy is made when it is first asked for."""

    def __init__(self, shared: Mapping[str, pd.DataFrame]) -> None:
        self.data, self.own = dict(shared), set()

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name in self.data and name not in self.own:
            self[name] = self.data[name].copy(deep=False)  # made when it is changed
        return super().__getitem__(name)

    def __setitem__(self, name: str, frame: pd.DataFrame) -> None:
        self.own.add(name)
        self.data[name] = frame


def frames() -> Copies:
    """All tables of the made-up study by name; a test may change them."""
    return Copies(_frames())


def designed_frames() -> Copies:
    """The same tables of a sample of 12 clusters in 3 strata."""
    return Copies(_designed_frames())


@cache
def _designed_frames() -> dict[str, pd.DataFrame]:
    tables = dict(frames())
    responses, items = tables["responses"], tables["items"]
    scores = scale_scores(responses, items)
    numbers = np.arange(len(responses)) % 12
    drawn = responses[["respondent_id"]].assign(stratum=np.array(["a", "b", "c"])[numbers % 3])
    drawn = drawn.assign(cluster=(numbers + 1).astype(str), population=np.nan)
    design = design_of(drawn, responses["respondent_id"])
    assert design is not None
    sites = Unit.sites(SITES["site_id"])
    tables["sample_design"] = drawn
    tables["scale_statistics"] = design_errors.of_scales(
        tables["scale_statistics"], scores, items, responses, design, sites
    )
    tables["item_statistics"] = design_errors.of_items(tables["item_statistics"], responses, items, design, sites)
    compared = compare_models(scores, "success", ["attitude", "budget", "skills"], replicates=0, design=design)
    return tables | {name: table.assign(model_id="") for name, table in compared.items()}


def labels(language: str, tables: dict[str, pd.DataFrame] | None = None) -> Labels:
    return Labels.of(language, tables or _frames(), GROUPS, CONSTRUCTS, BANDS)  # type: ignore[arg-type]


def many_sites(sites: int, themes: int, people: int = 4) -> dict[str, pd.DataFrame]:
    """The tables of the study as if it had more sites and themes, with so many participants at each site.

    Those of sites, codes, themes by site, and means of scales and of outcomes at each site.
    """
    rng = np.random.default_rng(1)
    tables = frames()
    names = tables["sites"]
    ids = [f"T{number:02d}" for number in range(sites)]
    called = {f"name_{own}": [f"{names[f'name_{own}'][i % 4]} {i}" for i in range(sites)] for own in ("th", "en")}
    tables["sites"] = pd.DataFrame({"site_id": ids, **called, "short_th": "", "short_en": "", "type": ""})
    own = tables["codes"].query("parent_id == ''").reset_index(drop=True)
    codes = pd.concat([own] * (themes // len(own) + 1), ignore_index=True).head(themes)
    codes["code_id"] = codes["theme_id"] = [f"code{number}" for number in range(themes)]
    tables["codes"] = codes.assign(position=range(themes))
    rows = [(site, code, int(rng.integers(0, people + 1))) for site in ids for code in codes["code_id"]]
    counts = pd.DataFrame(rows, columns=["site_id", "theme_id", "participants"]).assign(denominator=people)
    total = counts.groupby("theme_id", as_index=False)[["participants", "denominator"]].sum().assign(site_id="all")
    counts = pd.concat([counts, total], ignore_index=True)
    low, high = clopper_pearson(counts["participants"], counts["denominator"])
    share = counts["participants"] / counts["denominator"]
    tables["themes_by_site"] = counts.assign(share=share, segments=1, low=low, high=high)
    for name in ("scale_statistics", "before_after"):
        frame = tables[name].query("site_id == 'all'")
        tables[name] = pd.concat([*(frame.assign(site_id=site, n=30) for site in ids), frame], ignore_index=True)
    return tables
