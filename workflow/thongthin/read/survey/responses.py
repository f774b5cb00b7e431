"""The answers of the survey, whatever tool they come from, coded as numbers.

In order: the response file (`readers.survey_files`); the columns that items and study.yml name
(`readers.survey_columns`); rows that are out of the frame of the study, which are not read further; site, group, time
and weight; the answers, each as the value of its scale, a choice out of several as 0 or 1, a category as text
(`readers.survey_answers`); why there is none where there is none. Reversed items stay as answered.

Fails, with problems, on columns that are not in the file or may be several, a survey without rows, sites and groups
that aren't recognised, answers outside their scale, scales that the file does not give, weights that are not positive,
and dates.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from thongthin.basics.problems import Problems
from thongthin.contract.answer_scales import FROM_FILE, AnswerScale, comparable
from thongthin.contract.categories import Category, DeclaredCategories, category_labels
from thongthin.contract.study import Study
from thongthin.contract.survey import Survey
from thongthin.contract.tables import TABLES
from thongthin.read.survey.answers import AnswerReader, NonAnswers
from thongthin.read.survey.codes import with_codes
from thongthin.read.survey.design import no_design, read_sample_design
from thongthin.read.survey.file_checks import tell_files, tell_pairs
from thongthin.read.survey.file_scales import runs_down, scale_in_file
from thongthin.read.survey.files import SurveyColumn, SurveyFile, read_survey_file
from thongthin.read.survey.items import conditions_of, groups_of, report_mixed_scales, set_limits
from thongthin.read.survey.respondents import read_respondents
from thongthin.read.survey.skip_patterns import asked
from thongthin.read.survey.waves import columns_of, read_files


class SurveyTables(NamedTuple):
    """What the response file makes of a survey.

    Attributes:
        items: table `items`, complete with the limits of scales that stand in the file.
        answer_scales, categories, received, nonanswer_cells, sample_design: the tables `answer_scales`, `categories`,
            `survey_received`, `nonanswer_cells`, `sample_design`.
    """

    items: pd.DataFrame
    answer_scales: pd.DataFrame
    categories: pd.DataFrame
    received: pd.DataFrame
    nonanswer_cells: pd.DataFrame
    sample_design: pd.DataFrame


# --- answers ------------------------------------------------------------------------------------------------------


def read_responses(
    path: Path, items: pd.DataFrame, sites: pd.DataFrame, study: Study, problems: Problems
) -> SurveyTables:
    """The answers in the order of the file: one column an item, numbers, or text for the scale `category`.

    Args:
        items: as from `readers.survey_items`.
        sites: table `sites`; without rows, sites are not judged.
        problems: bound to the response file with `Problems.at`; of several, to the first.
    """
    survey = study.survey
    assert survey is not None
    if survey.files:
        several = read_files(path.parent, items, sites, study, problems)
        return responses_of(several[0], items, sites, *several[1:]) if several else _nothing(items)
    form = path.parent / survey.form if survey.form else None
    file = read_survey_file(path, problems, sheet=survey.sheet, form=form, format=survey.format)
    return _nothing(items) if file is None else responses_of(file, items, sites, study, problems)


def responses_of(
    file: SurveyFile,
    items: pd.DataFrame,
    sites: pd.DataFrame,
    study: Study,
    problems: Problems,
    *,
    counted: bool = True,
) -> SurveyTables:
    """The same from a file that was read (see `read_responses` for the other arguments).

    Args:
        counted: whether the rows are all respondents, so that it means something how often an answer was given.
    """
    survey = study.survey
    assert survey is not None
    here = problems.at(problems.file, file.sheet)
    columns = columns_of(file, here)
    of_item = columns.of_items(items)
    respondents = read_respondents(file, columns, sites, study, here)
    if file.frame.empty:
        return _nothing(items)
    drawn = read_sample_design(file.frame, columns, respondents, survey, here)
    frame = file.frame[respondents["out_of_frame"] == ""]
    tell_files(file, items, of_item, survey, here)

    of_item = with_codes(items, of_item, columns, frame, survey, here)
    further = {comparable(word): reason for reason, words in survey.nonanswers.items() for word in words}
    scales, names = _scales_of(items, of_item, frame, survey, further, here)
    tell_pairs(items, names, scales, file, here)
    items = items.assign(scale=names)
    set_limits(items, scales)
    if any(name not in survey.answer_scales for name in scales):  # some stand in the file
        of_items_file = problems.at(items.attrs.get("file", problems.file))
        report_mixed_scales(items, of_items_file)
        groups = groups_of(study)
        items["asked_if"] = conditions_of(items, scales, survey.declared_categories, of_items_file, groups)
    reader = AnswerReader(further, here, counted=counted)
    read, categories = _answers(
        reader, items, of_item, frame, scales, survey.declared_categories, spaced=file.format == "kobo"
    )
    reader.outside.report()
    answered = read.reindex(file.frame.index)
    for item in answered.columns[[pd.api.types.is_string_dtype(dtype) for dtype in answered.dtypes]]:
        answered[item] = answered[item].fillna("")
    received = pd.concat([respondents, answered], axis=1)
    points = [(name, *p[:3]) for name in dict.fromkeys(names) if name in scales for p in scales[name].points]
    return SurveyTables(
        items,
        pd.DataFrame(points, columns=[c.name for c in TABLES["answer_scales"].columns]),
        category_labels(categories),
        received.reset_index(drop=True),
        _nonanswer_cells(received, items, reader.non_answers),
        drawn,
    )


def _answers(
    reader: AnswerReader,
    items: pd.DataFrame,
    of_item: Sequence[SurveyColumn | None],
    frame: pd.DataFrame,
    scales: Mapping[str, AnswerScale],
    declared: Mapping[str, DeclaredCategories],
    *,
    spaced: bool,
) -> tuple[pd.DataFrame, dict[str, list[Category]]]:
    """The answers, a column an item, and the categories of the items that are answered by category.

    Args:
        items: with the scale of each.
        of_item: the column of each item in `frame`.
        scales, declared: by name; by item.
        spaced: whether several choices in a cell are parted by spaces.
    """
    answers: dict[str, pd.Series] = {}
    categories: dict[str, list[Category]] = {}
    options: dict[str, list[str]] = {}
    for choice, column in zip(items["choice"], of_item, strict=True):
        if choice and column is not None:
            options.setdefault(column.header, []).append(choice)
    of_items = zip(items["item_id"], items["scale"], items["choice"], of_item, strict=True)
    for item, name, choice, column in of_items:
        if column is None:
            answers[item] = pd.Series(np.nan, index=frame.index)
        elif choice:
            of_column = options[column.header]
            answers[item] = reader.chosen(item, frame[column.header], column, choice, of_column, spaced=spaced)
        elif name in scales:
            answers[item] = reader.values(item, frame[column.header], column, name, scales[name])
        elif item in declared:
            answers[item], categories[item] = reader.declared(item, frame[column.header], column, declared[item])
        else:
            answers[item], categories[item] = reader.categories(item, frame[column.header], column)
    return pd.DataFrame(answers, index=frame.index), categories


def _nothing(items: pd.DataFrame) -> SurveyTables:
    """The tables of a survey whose response file can't be read, or is empty."""
    empty = [pd.DataFrame(columns=[c.name for c in TABLES[t].columns]) for t in ("answer_scales", "nonanswer_cells")]
    received = pd.DataFrame(columns=[*(c.name for c in TABLES["survey_received"].columns), *items["item_id"]])
    return SurveyTables(items, empty[0], category_labels({}), received, empty[1], no_design())


def _scales_of(
    items: pd.DataFrame,
    of_item: Sequence[SurveyColumn | None],
    frame: pd.DataFrame,
    survey: Survey,
    further: Mapping[str, str],
    problems: Problems,
) -> tuple[dict[str, AnswerScale], list[str]]:
    """The answer scales by name, and the name of each item's; those of the file are called after their first item."""
    scales = dict(survey.answer_scales)
    names: list[str] = []
    known: dict[AnswerScale, str] = {}
    downwards: dict[AnswerScale, list[str]] = {}
    for item, name, column in zip(items["item_id"], items["scale"], of_item, strict=True):
        if name == FROM_FILE and column:
            scale = scale_in_file(column, frame[column.header], further)
            if scale:
                if runs_down(scale):
                    downwards.setdefault(scale, []).append(column.header)
                name = known.setdefault(scale, f"{FROM_FILE}_{item}")
                scales[name] = scale
            else:
                problems.add(
                    "no-scale",
                    f"The file gives no numbers for the answers of this column, which are of the scale `{FROM_FILE}`.",
                    f"ไฟล์ไม่ได้ให้ค่าตัวเลขของคำตอบในคอลัมน์นี้ ซึ่งใช้มาตรวัด {FROM_FILE}",
                    row=1,
                    column=column.header,
                    hint_en="Name a built-in scale in survey/items.csv, or declare one in study.yml.",
                    hint_th="ระบุมาตรวัดสำเร็จรูปใน survey/items.csv หรือประกาศมาตรวัดใน study.yml",
                )
        names.append(str(name))
    for scale, headers in downwards.items():
        first, last = scale.points[0], scale.points[-1]
        problems.notice(
            "downwards",
            f"The file numbers these answers downwards ({first.value} = {first.en} ... {last.value} = {last.en}), and"
            f" its numbers were taken: a higher mean says less. Columns: {', '.join(headers)}.",
            f"ไฟล์ให้เลขคำตอบเรียงจากมากไปน้อย ({first.value} = {first.th} ... {last.value} = {last.th}) และใช้เลขตามไฟล์"
            f" ค่าเฉลี่ยที่สูงกว่าจึงหมายถึงน้อยกว่า คอลัมน์: {', '.join(headers)}",
            hint_en="If more should be higher, give the items a scale in words in survey/items.csv: its words decide.",
            hint_th="หากต้องการให้เลขมากหมายถึงมาก ให้ใช้มาตรวัดที่เป็นถ้อยคำใน survey/items.csv ถ้อยคำจะเป็นตัวกำหนดค่า",
        )
    return scales, names


def _nonanswer_cells(received: pd.DataFrame, items: pd.DataFrame, non_answers: Sequence[NonAnswers]) -> pd.DataFrame:
    """Table `nonanswer_cells`, in the order of the rows and items; what was not asked is left empty by design."""
    place = {item: position for position, item in enumerate(items["item_id"])}
    parts = [pd.DataFrame({"row": n.rows, "item_id": n.item, "reason": n.reasons}) for n in non_answers]
    said = {n.item: n.rows for n in non_answers}
    in_frame = (received["out_of_frame"] == "").to_numpy()
    for item, truth in asked(items, received).items():
        empty = (received[item].isna() | (received[item] == "")).to_numpy()
        rows = received["row"].to_numpy()[~truth & empty & in_frame]
        rows = rows[~np.isin(rows, said[item])] if item in said else rows
        parts.append(pd.DataFrame({"row": rows, "item_id": item, "reason": "not_asked"}))
    names = [c.name for c in TABLES["nonanswer_cells"].columns]
    if not parts:
        return pd.DataFrame(columns=names, dtype=str)
    cells = pd.concat(parts, ignore_index=True)
    cells["place"] = cells["item_id"].map(place)
    cells = cells.sort_values(["row", "place"], ignore_index=True)
    respondent = pd.Series(received["respondent_id"].to_numpy(), index=received["row"].to_numpy())
    return cells.assign(respondent_id=cells["row"].map(respondent))[names]


# --- respondents --------------------------------------------------------------------------------------------------
