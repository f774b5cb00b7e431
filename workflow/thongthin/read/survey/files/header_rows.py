"""Rows of a survey table that are no respondents: a second row of headers, and a key or totals below the data.

A second row of headers (the question under its code, the code under its question) is told from an answer by its
columns: all other cells there are numbers, dates or the answers of a scale, and this one is not. Rows at the end are a
key ("1 = least") or totals ("Total", "รวม") where they say so. Both are taken off and told, once a file.
"""

from __future__ import annotations

import re

import pandas as pd

from thongthin.basics.language import one_line, parse_number
from thongthin.contract.answer_scales import is_a_point, number_and_words
from thongthin.contract.non_answers import non_answer
from thongthin.contract.scale_guess import guess
from thongthin.read.survey.files.tables import Table, unique_headers

# Columns that LimeSurvey puts first: in a "VV" export their codes stand in the second row.
_LIMESURVEY = {"id", "submitdate", "lastpage"}
_TOTAL = re.compile(
    r"(grand\s+)?(sub)?total|sum|average|mean|count|s\.?d\.?|std\.?\s*dev.*|รวม(ทั้งหมด|ทั้งสิ้น)?|ผลรวม|ค่าเฉลี่ย(รวม)?|เฉลี่ย|จำนวน(รวม|ทั้งหมด)"
    r"|ส่วนเบี่ยงเบนมาตรฐาน",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"(note|notes|key|legend|source|remark|หมายเหตุ|คำอธิบาย|เกณฑ์|ที่มา)([\s:：].*)?|.+[:：]$", re.IGNORECASE | re.DOTALL
)
_DATE = re.compile(r"[\d๐-๙]{1,4}[-/.][\d๐-๙]{1,2}[-/.][\d๐-๙]{1,4}.*")
# Rows at the end that are looked at, and columns that must speak for a second row of headers.
_BOTTOM, _LEAST = 40, 2
# So few rows tell nothing.
_ROWS = 3


def take_off_key(table: Table) -> None:
    """Take a key or totals off the end of the table."""
    frame = table.frame
    filled = (frame != "").sum(axis=1)
    few = max(2, int(0.25 * filled.median())) if len(frame) else 0
    taken: list[int] = []
    for row in reversed(frame.index[-_BOTTOM:]):
        cells = [cell for cell in frame.loc[row] if cell]
        first = one_line(cells[0]) if cells else ""
        sparse = len(cells) <= few < frame.shape[1]
        keyed = all("=" in cell and number_and_words(cell) for cell in cells)
        if _TOTAL.fullmatch(first) or (sparse and (not cells or keyed or _NOTE.fullmatch(first))):
            taken.append(int(row))
        else:
            break
    if not taken or len(taken) == len(frame):
        return
    taken.sort()
    table.frame = frame.drop(index=taken)
    said = one_line(str(next((cell for cell in frame.loc[taken[0]] if cell), "")))
    rows = f"{taken[0]}" if len(taken) == 1 else f"{taken[0]}-{taken[-1]}"
    table.here.notice(
        "key-below",
        f'Below the data stands a key or a sum ("{said}"), rows {rows}: they were not counted as respondents.',
        f'ใต้ข้อมูลมีคำอธิบายหรือผลรวม ("{said}") แถว {rows} จึงไม่นับเป็นผู้ตอบ',
        row=taken[0],
        hint_en="If one of them is a respondent, take these words out of the file.",
        hint_th="หากแถวใดเป็นผู้ตอบ ให้ลบข้อความดังกล่าวออกจากไฟล์",
    )


def second_header(table: Table) -> dict[str, str]:
    """The other names of the columns, by header, if the first row below the headers holds such; it is taken off.

    Where that row holds the codes of LimeSurvey, these become the headers.
    """
    frame = table.frame
    if len(frame) < 2:
        return {}
    first = {str(header): one_line(str(cell)) for header, cell in frame.iloc[0].items()}
    codes = {cell.casefold() for cell in first.values()} >= _LIMESURVEY
    if not codes and (len(frame) <= _ROWS or not _names_columns(frame, first)):
        return {}
    row = int(frame.index[0])
    table.frame = frame.iloc[1:].copy()
    if codes:
        texts = list(table.written)
        table.written = [first[str(header)] or str(header) for header in frame.columns]
        table.frame.columns = pd.Index(unique_headers(table.written))
        first = dict(zip(map(str, table.frame.columns), texts, strict=True))
    table.here.notice(
        "second-header",
        f"Row {row} holds names of the columns, too: it was not counted as a respondent.",
        f"แถว {row} เป็นชื่อคอลัมน์อีกแถวหนึ่ง จึงไม่นับเป็นผู้ตอบ",
        row=row,
    )
    return {header: text for header, text in first.items() if text}


def _names_columns(frame: pd.DataFrame, first: dict[str, str]) -> bool:
    """Whether the cells of the first row are of another kind than those below them, wherever these are of one kind."""
    other = alike = 0
    for header, cell in first.items():
        below = [str(own) for own in frame[header].iloc[1:].unique() if own]
        if not cell or not below or is_a_point(cell):
            continue
        if all(parse_number(own) is not None or _DATE.fullmatch(own) for own in below if not non_answer(own)):
            is_other = parse_number(cell) is None and not _DATE.fullmatch(cell) and not non_answer(cell)
        elif len(below) <= 12 and (scale := guess(below)):
            is_other = scale.scale.read(cell).value is None and not non_answer(cell)
        else:
            continue
        other, alike = other + is_other, alike + (not is_other)
    return other >= _LEAST and other >= 4 * alike
