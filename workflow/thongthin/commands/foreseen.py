"""What will be undefined, foreseen from the answers: told before anything is built, and no reason not to build.

Models that the data do not carry, separation, scales that cannot be reliable, constructs that do not vary, sites and
groups too small to be compared. Each has its rows in the tables of results, without numbers and with the reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from thongthin.contract.study import OutcomeModel, Study
from thongthin.statistics.weights import varies
from thongthin.survey.models.data import Array, ModelData, explained, is_exact, model_data
from thongthin.survey.models.separation import separating
from thongthin.survey.scales import in_numbers, reverse_items, scale_scores, survey_scales


class Foreseen(NamedTuple):
    """Something that will be undefined, in English and Thai; what to do about it; the key of study.yml it is about."""

    en: str
    th: str
    hint_en: str
    hint_th: str
    column: str


# Why a model has no numbers -> what is wrong and what helps, in English and Thai; {of}: the constructs concerned.
_MODELS: dict[str, tuple[str, str, str, str]] = {
    "few_respondents": (
        "only {n} respondents have all of its scores, fewer than it has terms",
        "มีผู้ตอบที่มีคะแนนครบเพียง {n} คน น้อยกว่าจำนวนพจน์ของตัวแบบ",
        "Name fewer predictors.",
        "ลดจำนวนตัวแปรทำนาย",
    ),
    "constant_outcome": (
        "all respondents have the same score in the outcome ({of})",
        "ผู้ตอบทุกคนได้คะแนนเท่ากันในตัวแปรตาม ({of})",
        "Explain another outcome, or look whether the answers were read as they were meant.",
        "เลือกตัวแปรตามอื่น หรือตรวจสอบว่าอ่านคำตอบถูกต้องหรือไม่",
    ),
    "constant_predictors": (
        "all respondents have the same score in: {of}",
        "ผู้ตอบทุกคนได้คะแนนเท่ากันในตัวแปรทำนาย: {of}",
        "Take that predictor out of the model.",
        "ตัดตัวแปรทำนายนั้นออกจากตัวแบบ",
    ),
    "dependent_predictors": (
        "one of these predictors follows exactly from the others: {of}",
        "ตัวแปรทำนายตัวหนึ่งในกลุ่มนี้คำนวณได้จากตัวอื่นทั้งหมด: {of}",
        "Take one of them out of the model.",
        "ตัดออกหนึ่งตัวแปร",
    ),
    "one_respondent_decides": (
        "one respondent alone decides a coefficient ({of}), which has no robust error",
        "มีผู้ตอบเพียงคนเดียวที่กำหนดค่าสัมประสิทธิ์ ({of}) จึงหาค่าคลาดเคลื่อนแบบทนทานไม่ได้",
        "Take that predictor out of the model.",
        "ตัดตัวแปรทำนายนั้นออกจากตัวแบบ",
    ),
    "exact": (
        "the outcome follows from the predictors without error, so that nothing can be tested",
        "ตัวแปรตามคำนวณได้จากตัวแปรทำนายโดยไม่มีความคลาดเคลื่อน จึงทดสอบไม่ได้",
        "Look whether the same items measure the outcome and a predictor.",
        "ตรวจสอบว่าใช้ข้อคำถามชุดเดียวกันวัดตัวแปรตามและตัวแปรทำนายหรือไม่",
    ),
    "separation": (
        "the ordinal model has no odds ratios: {of} tell the answers apart without error (separation)",
        "ตัวแบบเรียงลำดับไม่มีอัตราส่วนออดส์ เพราะ {of} แยกคำตอบได้โดยไม่มีความคลาดเคลื่อน (separation)",
        "Leave ordinal out of the kinds of the model, or name fewer predictors.",
        "ตัด ordinal ออกจาก kinds ของตัวแบบ หรือลดจำนวนตัวแปรทำนาย",
    ),
}


def foresee(
    study: Study, tables: Mapping[str, pd.DataFrame], *, answered: float, most: int, seed: int
) -> list[Foreseen]:
    """What will be undefined in the results of a survey.

    Args:
        tables: `items` and `responses` (those that are analysed).
        answered: as for `scale_scores`.
        most, seed: as for `model_data`.

    Raises:
        CannotAnalyse: the items of a scale have different lowest or highest values.
    """
    items, responses = tables["items"], tables["responses"]
    scores = scale_scores(responses, items, answered=answered)
    found = _scales(responses, items, scores)
    found += _members(study, tables)
    turned = reverse_items(responses, items)
    for id_, model in study.outcome_models.items():
        if not {model.outcome, *model.predictors} <= set(items["construct"]):
            continue  # a problem of its own
        data = model_data(scores, model.outcome, model.predictors, most=most, seed=seed)
        numeric = in_numbers(items, model.outcome, model.item)
        answers = turned[model.item].to_numpy(dtype=float) if model.item in turned else None
        found += _model(study, id_, model, data, None if numeric else _of_answers(data, answers))
    return found


def _of_answers(data: ModelData, answers: Array | None) -> ModelData:
    """The respondents with their answers to the item that the ordinal model explains."""
    if answers is None:
        return data
    y = answers[data.rows]
    there = ~np.isnan(y)
    return explained(data._replace(y=y[there], x=data.x[there], sites=data.sites[there], rows=data.rows[there]))


def _model(study: Study, id_: str, model: OutcomeModel, data: ModelData, ordinal: ModelData | None) -> list[Foreseen]:
    reason, concerned = data.reason, list(data.concerned)
    if not reason and is_exact(data):
        reason = "exact"
    if not reason and ordinal and "ordinal" in model.kinds and not ordinal.reason:
        places = np.unique(np.floor(ordinal.y + 0.5), return_inverse=True)[1]
        apart = separating(ordinal.x, places) if places.max() else np.zeros(len(model.predictors), dtype=bool)
        if apart.any():
            reason = "separation"
            concerned = [name for name, own in zip(model.predictors, apart, strict=True) if own]
    if not reason:
        return []
    en, th, hint_en, hint_th = _MODELS[reason]
    labels = {"n": f"{data.n:,}", "of": ", ".join(concerned)}
    of = f'"{model.outcome}"' + (f' (models, "{id_}")' if id_ else "")
    undefined = "has no numbers" if reason not in ("exact", "separation") else "is incomplete"
    return [
        Foreseen(
            f"The model of {of} {undefined}: {en.format(**labels)}.",
            f"ตัวแบบของ {of} {'ไม่มีตัวเลข' if undefined == 'has no numbers' else 'มีตัวเลขไม่ครบ'}: {th.format(**labels)}",
            hint_en,
            hint_th,
            "models" if id_ else "model",
        )
    ]


def _scales(responses: pd.DataFrame, items: pd.DataFrame, scores: pd.DataFrame) -> list[Foreseen]:
    """Scales of one item, and scores and items that do not vary: one notice each, with all that it is about."""
    scales = survey_scales(items)
    single = [scale.column for scale in scales if len(scale.items) == 1]
    constant = [scale.column for scale in scales if _is_constant(scores[scale.column])]
    among = [item for scale in scales for item in scale.items if len(scale.items) > 1 and _is_constant(responses[item])]
    told = [
        (
            single,
            "have one item: no reliability, and no dimension",
            "มีข้อคำถามเดียว จึงไม่มีค่าความเที่ยงและมิติ",
            "Scales",
            "ตัวแปร",
        ),
        (
            constant,
            "have the same score for all respondents: no test and no model",
            "มีคะแนนเท่ากันทุกคน จึงทดสอบและวิเคราะห์ตัวแบบไม่ได้",
            "Scales",
            "ตัวแปร",
        ),
        (
            among,
            "were answered alike by all: no correlations of their scales",
            "ทุกคนตอบเหมือนกัน จึงหาสหสัมพันธ์ของตัวแปรนั้นไม่ได้",
            "Items",
            "ข้อคำถาม",
        ),
    ]
    hint_en = "Nothing has to be done: what is undefined is a dash in the tables. Say so in the article."
    hint_th = "ไม่ต้องแก้ไข ค่าที่หาไม่ได้จะแสดงเป็นขีดในตาราง โปรดกล่าวถึงในบทความ"
    return [
        Foreseen(
            f"{what_en} that {en}: {', '.join(ids)}.",
            f"{what_th}ต่อไปนี้{th}: {', '.join(ids)}",
            hint_en,
            hint_th,
            "survey",
        )
        for ids, en, th, what_en, what_th in told
        if ids
    ]


def _is_constant(column: pd.Series[float]) -> bool:
    known: Array = np.asarray(column.dropna(), dtype=np.float64)
    return len(known) > 1 and not varies(known[:, np.newaxis])[0]


def _members(study: Study, tables: Mapping[str, pd.DataFrame]) -> list[Foreseen]:
    """Sites and groups of one respondent, which take no part in comparisons."""
    responses = tables["responses"]
    alone = []
    for column in ("site_id", "group") if study.survey and study.survey.asks_group else ("site_id",):
        counts = responses[column].value_counts()
        several = counts[counts.index != ""]
        if len(several) > 1:
            alone += sorted(several.index[several == 1].astype(str))
    if not alone:
        return []
    listed = ", ".join(alone)
    return [
        Foreseen(
            f"One respondent alone answered for: {listed}; they take no part in comparisons.",
            f"มีผู้ตอบเพียงคนเดียวใน: {listed} จึงไม่นำมาเปรียบเทียบ",
            "Collect more answers there, or leave them out of what the article compares.",
            "เก็บคำตอบเพิ่ม หรือไม่กล่าวถึงในการเปรียบเทียบ",
            "survey",
        )
    ]
