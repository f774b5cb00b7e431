"""A survey too large for a frame of text: from Parquet or CSV to the table `responses` as Parquet.

What a cell means does not depend on its row. So the rows in which a cell stands that did not stand in its column before
(some hundreds, of millions) are judged by `readers.survey` as a file of their own, under their row numbers; what it
makes of each cell is then done to the whole file. Words, digits, names of sites, non-answers and messages are thus the
same for surveys of all sizes.

In order: the columns that items and study.yml name; a CSV file as Parquet, in a temporary folder; the different cells
of each column; what they mean; ids of respondents; weights, divided by their mean; the table.

Fails, with problems, on what `readers.survey` tells; on items that are answered with numbers, which are not a few
values to count; on a file that is no Parquet, or no CSV in UTF-8; on a column with a great many different cells; on ids
that are missing or stand twice; and where study.yml leaves out responses by rules that look at several cells of a row
or at other rows, which is not done here. A notice says that skip patterns are not either: what was not asked counts as
left empty.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from thongthin.basics.language import TIME, one_line
from thongthin.basics.problems import Problems
from thongthin.contract.non_answers import REASONS
from thongthin.contract.study import Study
from thongthin.contract.survey import ResponseRules
from thongthin.contract.tables import TABLES
from thongthin.read.survey.columns import SurveyColumns
from thongthin.read.survey.files import SurveyColumn, SurveyFile
from thongthin.read.survey.large_files import ROW, Columns, as_parquet, as_text, count_rows, scan_csv, scan_parquet
from thongthin.read.survey.large_output import write
from thongthin.read.survey.responses import SurveyTables, responses_of

if TYPE_CHECKING:
    import polars as pl

# A column with more different cells holds no answers to choose from, no sites and no days.
MOST_CELLS = 10_000
# The time behind the day, in a cell with both; what is no time stays, and is told.
CLOCK = rf"{TIME}\s*$"


class LargeResponses(NamedTuple):
    """What was read of a large survey beside the table `responses`.

    Attributes:
        items, answer_scales, categories: the tables of these names.
        nonanswers: table `survey_nonanswers`.
        respondents: how many there are.
    """

    items: pd.DataFrame
    answer_scales: pd.DataFrame
    categories: pd.DataFrame
    nonanswers: pd.DataFrame
    respondents: int


def read_large_responses(
    path: Path,
    items: pd.DataFrame,
    sites: pd.DataFrame,
    study: Study,
    problems: Problems,
    destination: Path | None = None,
) -> LargeResponses | None:
    """Write the table `responses` as Parquet, its rows in the order of the file.

    Args:
        path: .parquet, or .csv in UTF-8 with the names of the columns in its first row.
        items, sites, problems: as for `readers.survey.read_responses`.
        destination: where the table goes; None only checks.

    Returns:
        None, and no file is written, if there is a problem.
    """
    before = len(problems)
    _report_rules(items, study, problems)
    is_csv = path.suffix.lower() == ".csv"
    first_row = 2 if is_csv else 1
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:  # Windows keeps what is still mapped
        found = scan_csv(path, problems) if is_csv else scan_parquet(path, problems)
        if found is None:
            return None
        headers = found.collect_schema().names()
        columns = _columns(headers, items, study, Problems())
        if not columns.judged:
            _columns(headers, items, study, problems)
            return None
        if is_csv:
            found = as_parquet(path, columns, Path(folder) / "cells.parquet", problems)
            if found is None:
                return None
        cells = _cells(found, columns)
        rows = count_rows(cells)
        if not rows:
            problems.add(
                "no-rows",
                "This survey has no answers: there is no row below the header.",
                "แบบสอบถามนี้ไม่มีคำตอบ: ไม่มีแถวใดใต้หัวตาราง",
                hint_en="Is it the right export?",
                hint_th="เป็นไฟล์ที่ส่งออกถูกต้องหรือไม่",
            )
            return None
        different = _different_cells(cells, columns, problems)
        if different is None:
            return None
        numbers = sorted({row for frame in different.values() for row in frame[ROW]})
        sample = _rows(cells, [*numbers, *_without_weight(cells, columns)], first_row)
        tables = responses_of(_as_file(sample, headers), items, sites, _for_sample(study), problems, counted=False)
        _report_ids(cells, columns, first_row, problems)
        if len(problems) > before:
            return None
        read = tables.received.set_index(sample.index)
        header_of = {"site_id": columns.site, "group": columns.group, "submitted_on": columns.submitted}
        header_of |= dict(zip(items["item_id"], columns.items, strict=True))
        if destination is not None:
            write(cells, columns, header_of, sample, read, different, destination)
        nonanswers = _nonanswers(tables, header_of, sample, different, rows)
        return LargeResponses(tables.items, tables.answer_scales, tables.categories, nonanswers, rows)


def _report_rules(items: pd.DataFrame, study: Study, problems: Problems) -> None:
    """Add a problem, or a notice, for what is asked of responses but can't be told from single cells."""
    assert study.survey is not None
    rules = study.survey.rules
    if rules.exclude or rules.out_of_frame:
        problems.add(
            "large-rules",
            "This file is too large for responses to be left out by rule (survey.rules in study.yml).",
            "ไฟล์นี้ใหญ่เกินกว่าจะตัดคำตอบออกตามกฎ (survey.rules ใน study.yml)",
            hint_en="Take the rows out before, and remove exclude and out_of_frame from survey.rules.",
            hint_th="ตัดแถวออกก่อน แล้วลบ exclude และ out_of_frame ใน survey.rules",
        )
    if study.survey.design:
        problems.add(
            "large-design",
            "This file is too large for errors that follow from the design of the sample (survey.design in study.yml).",
            "ไฟล์นี้ใหญ่เกินกว่าจะคิดค่าคลาดเคลื่อนตามแบบแผนการสุ่มตัวอย่าง (survey.design ใน study.yml)",
            hint_en="Take `design` out of `survey:`; intervals then take respondents to be drawn one by one. Or take"
            " whole clusters drawn at random, so that fewer responses are left.",
            hint_th="ลบ design ใต้ survey: ช่วงความเชื่อมั่นจะถือว่าผู้ตอบถูกสุ่มมาทีละคน หรือสุ่มมาเพียงบางคลัสเตอร์ (ทั้งคลัสเตอร์)"
            " ให้จำนวนคำตอบน้อยลง",
        )
    numeric = list(items.loc[items["numeric"], "item_id"])
    if numeric:
        named = ", ".join(numeric)
        problems.add(
            "large-numbers",
            f"This file is too large for items that are answered with numbers: {named}.",
            f"ไฟล์นี้ใหญ่เกินกว่าจะใช้ข้อคำถามที่ตอบเป็นจำนวน: {named}",
            hint_en="Whole numbers can be points of a scale (min and max without numeric); else leave these items out"
            " of survey/items.csv, or take a random part of the rows.",
            hint_th="จำนวนเต็มใช้เป็นระดับของมาตรวัดได้ (min และ max โดยไม่มี numeric) มิฉะนั้นให้ตัดข้อเหล่านี้ออกจาก survey/items.csv"
            " หรือสุ่มแถวมาบางส่วน",
        )
    if "asked_if" in items and (items["asked_if"] != "").any():
        problems.notice(
            "large-skips",
            "In a file of this size, items that were not asked by design count as left empty.",
            "ในไฟล์ขนาดนี้ ข้อที่ไม่ได้ถามตามเงื่อนไขนับเป็นข้อที่เว้นว่าง",
        )


# --- the file -----------------------------------------------------------------------------------------------------


def _columns(headers: Sequence[str], items: pd.DataFrame, study: Study, problems: Problems) -> Columns:
    """The columns that are meant. (What is not found is also told when the sample is read.)"""
    survey = study.survey
    assert survey is not None
    names = _names(headers)
    raw = dict(zip(names, headers, strict=True))
    columns = SurveyColumns(SurveyFile("csv", pd.DataFrame(columns=names), list(map(SurveyColumn, names))), problems)

    def header(name: str | None) -> str:
        column = columns.find(name, "study.yml") if name else None
        return raw[column.header] if column else ""

    of_items = [raw[column.header] if column else "" for column in columns.of_items(items)]
    named = (survey.site, survey.group, survey.submitted, survey.respondent, survey.weight)
    return Columns(of_items, *map(header, named))


def _names(headers: Sequence[str]) -> list[str]:
    """Headers on one line; one that is empty, or stands before, stays as it is in the file."""
    lined = [one_line(header) for header in headers]
    return [n if n and lined.count(n) == 1 else h for n, h in zip(lined, headers, strict=True)]


def _cells(frame: pl.LazyFrame, columns: Columns) -> pl.LazyFrame:
    """The columns that are read; NaN is an empty cell, and of times the day is left."""
    import polars as pl
    import polars.selectors as cs

    frame = frame.select(columns.read).with_columns(cs.float().fill_nan(None))
    if columns.submitted:
        frame = frame.with_columns(pl.col(columns.submitted).cast(pl.String).str.replace(CLOCK, ""))
    return frame


# --- what cells mean ----------------------------------------------------------------------------------------------


def _different_cells(cells: pl.LazyFrame, columns: Columns, problems: Problems) -> dict[str, pd.DataFrame] | None:
    """Of each column, its different cells: column `cell`, number `n`, and the first row (from 0) in `ROW`.

    None, with a problem added, if a column has too many.
    """
    import polars as pl

    numbered = cells.with_row_index(ROW)
    counted = pl.collect_all(
        [
            numbered.group_by(pl.col(name).alias("cell")).agg(pl.len().alias("n"), pl.col(ROW).min())
            for name in columns.judged
        ],
        engine="streaming",
    )
    different = {}
    for name, frame in zip(columns.judged, counted, strict=True):
        if len(frame) > MOST_CELLS:
            problems.add(
                "many-answers",
                f"This column has {len(frame):,} different cells; answers to choose from are far fewer.",
                f"คอลัมน์นี้มีข้อความต่างกัน {len(frame):,} แบบ มากเกินกว่าจะเป็นตัวเลือกคำตอบ",
                row=1,
                column=one_line(name),
                hint_en="Is it the right column? Free text is no item of a survey of this size.",
                hint_th="เป็นคอลัมน์ที่ถูกต้องหรือไม่ คำตอบปลายเปิดไม่ใช่ข้อคำถามของแบบสอบถามขนาดนี้",
            )
            continue
        ordered = frame.sort(ROW)
        different[name] = pd.DataFrame({part: ordered[part].to_list() for part in ("cell", "n", ROW)}, dtype=object)
    return different if len(different) == len(columns.judged) else None


def _without_weight(cells: pl.LazyFrame, columns: Columns) -> list[int]:
    """Some rows, from 0, whose weight is no positive number."""
    import polars as pl

    if not columns.weight:
        return []
    weight = pl.col(columns.weight).cast(pl.Float64, strict=False)
    wrong = cells.with_row_index(ROW).filter((weight > 0).fill_null(False).not_() | weight.is_infinite())
    return wrong.select(pl.col(ROW)).head(10).collect(engine="streaming")[ROW].to_list()


def _rows(cells: pl.LazyFrame, numbers: Iterable[int], first_row: int) -> pd.DataFrame:
    """Some rows as text, in the order of the file, under their numbers there."""
    import polars as pl

    wanted = pl.Series(sorted(set(numbers)), dtype=pl.UInt32)
    rows = cells.with_row_index(ROW).filter(pl.col(ROW).is_in(wanted.implode())).sort(ROW).collect(engine="streaming")
    text = {name: pd.Series([as_text(cell) for cell in rows[name]], dtype=str) for name in rows.columns if name != ROW}
    return pd.DataFrame(text).set_axis(pd.Index([row + first_row for row in rows[ROW]], dtype=int))


def _as_file(sample: pd.DataFrame, headers: Sequence[str]) -> SurveyFile:
    """The sample as a file with all columns; those that are not read are empty."""
    names = _names(headers)
    frame = sample.reindex(columns=list(headers), fill_value="").set_axis(names, axis=1)
    return SurveyFile("csv", frame, list(map(SurveyColumn, names)))


def _for_sample(study: Study) -> Study:
    """The study, without what looks at other rows."""
    assert study.survey is not None
    update = {"respondent": None, "started": None, "duration": None, "rules": ResponseRules(), "design": None}
    return study.model_copy(update={"survey": study.survey.model_copy(update=update)})


def _report_ids(cells: pl.LazyFrame, columns: Columns, first_row: int, problems: Problems) -> None:
    """Add a problem for the first respondents without id, and for the first ids that stood before."""
    import polars as pl

    if not columns.respondent:
        return
    id_ = pl.col(columns.respondent).cast(pl.String).str.strip_chars()
    name = one_line(columns.respondent)
    own = cells.with_row_index(ROW).select(ROW, id_.alias("id"))
    for row in own.filter(pl.col("id").fill_null("") == "").head(10).collect(engine="streaming")[ROW]:
        problems.add("empty-cell", "This cell must not be empty.", "ช่องนี้ต้องไม่ว่าง", row=row + first_row, column=name)
    # Eight bytes an id are compared first, and only then the ids that may be the same.
    hashes = own.select(pl.col("id").hash(seed=0)).collect(engine="streaming")["id"].to_numpy()
    ordered = np.sort(hashes)
    twice = pl.Series(np.unique(ordered[1:][ordered[1:] == ordered[:-1]])[:1000])
    if not len(twice):
        return
    suspects = own.filter(pl.col("id").hash(seed=0).is_in(twice.implode())).drop_nulls().collect(engine="streaming")
    first: dict[str, int] = {}
    for row, written in suspects.sort(ROW).iter_rows():
        if written in first and written:
            problems.add(
                "duplicate-id",
                f'"{written}" already stands in row {first[written]}.',
                f'"{written}" ซ้ำกับแถวที่ {first[written]}',
                row=row + first_row,
                column=name,
                hint_en="Each row needs its own.",
                hint_th="แต่ละแถวต้องไม่ซ้ำกัน",
            )
        first.setdefault(written, row + first_row)


# --- the table ----------------------------------------------------------------------------------------------------


def _nonanswers(
    tables: SurveyTables,
    header_of: Mapping[str, str],
    sample: pd.DataFrame,
    different: Mapping[str, pd.DataFrame],
    rows: int,
) -> pd.DataFrame:
    """Table `survey_nonanswers`; what was not asked by design is not told apart from what was left empty."""
    row_of = dict(zip(tables.received["respondent_id"], sample.index, strict=True))
    told = tables.nonanswer_cells[tables.nonanswer_cells["reason"] != "not_asked"]
    read = tables.received.set_index(sample.index)
    counted = []
    for item in tables.items["item_id"]:
        header = header_of[item]
        own = told[told["item_id"] == item]
        reason_of = {
            sample.at[row_of[respondent], header]: reason
            for respondent, reason in zip(own["respondent_id"], own["reason"], strict=True)
        }
        counts = dict.fromkeys(REASONS, 0)
        answered = dict(zip(sample[header], read[item].notna() & (read[item] != ""), strict=True))
        for cell, n in zip(different[header]["cell"], different[header]["n"], strict=True):
            if not answered[as_text(cell)]:
                counts[reason_of.get(as_text(cell), "empty")] += n
        counted += [(item, reason, n, n / rows if rows else np.nan) for reason, n in counts.items()]
    return pd.DataFrame(counted, columns=[column.name for column in TABLES["survey_nonanswers"].columns])
