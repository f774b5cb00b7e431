"""The coding of a study as tables for people: one quote a row, and codes by respondent in 0, 1 and blank.

`quote_table` and `code_table` make the tables from those of `data/processed`; `write_csv` and `write_workbook` write
them for a spreadsheet. Whatever stands in a cell stays text: in a .csv, what a spreadsheet would take for a formula
gets an apostrophe in front, as in every table of the workflow; a workbook holds numbers and texts and no formula at
all, and texts that look like one are marked as text, so that they stay text when somebody edits them. The same tables
give the same bytes. `readers.coding.tables` reads both back.

Fails where a coder is asked for who coded nothing, and where a worksheet would be too long for Excel.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import xlsxwriter

from thongthin.basics.files import write_bytes, write_text
from thongthin.contract.study import Group
from thongthin.contract.tables import FORMULA
from thongthin.interviews.decisions import unit_decisions

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

# What Excel takes: rows of a sheet, UTF-16 units of a cell.
MAX_ROWS = 1_048_576
MAX_CELL = 32_767

# Width of a column in characters, where the contents ask for no other; text is as wide as a page is read.
_WIDTHS = {"text": 80, "segment_id": 11, "participant_id": 14}
_WIDTH = 12
_WIDEST = 30
# What XML cannot hold; tab and line ends stand as they are.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# A date of no clock: what the workbook says it was made on.
_EARLIEST = datetime(1980, 1, 1)


def quote_table(
    codings: pd.DataFrame, codes: pd.DataFrame, participants: pd.DataFrame, sites: pd.DataFrame, groups: Sequence[Group]
) -> pd.DataFrame:
    """Every coded segment with its text and all that says where it comes from: one row a segment, code and coder.

    Args:
        codings, codes, participants, sites: the tables of these names.
        groups: the groups of the study, for their labels.

    Returns:
        segment_id, participant_id, site_id, site_th, site_en, group, group_th, group_en, theme_id, theme_th, theme_en,
        code_id, code_th, code_en, coder, start, end (code points into the transcript, half-open), text; in the order
        of `codings`.
    """
    people = participants.set_index("participant_id")
    labels = codes.set_index("code_id")
    names = sites.set_index("site_id")
    site = codings["participant_id"].map(people["site_id"])
    group = codings["participant_id"].map(people["group"])
    return pd.DataFrame(
        {
            "segment_id": codings["segment_id"],
            "participant_id": codings["participant_id"],
            "site_id": site,
            "site_th": site.map(names["name_th"]),
            "site_en": site.map(names["name_en"]),
            "group": group,
            "group_th": group.map({g.id: g.label.th for g in groups}),
            "group_en": group.map({g.id: g.label.en for g in groups}),
            "theme_id": codings["theme_id"],
            "theme_th": codings["theme_id"].map(labels["label_th"]),
            "theme_en": codings["theme_id"].map(labels["label_en"]),
            "code_id": codings["code_id"],
            "code_th": codings["code_id"].map(labels["label_th"]),
            "code_en": codings["code_id"].map(labels["label_en"]),
            "coder": codings["coder"],
            "start": codings["start"],
            "end": codings["end"],
            "text": codings["text"],
        }
    ).reset_index(drop=True)


def code_table(
    codings: pd.DataFrame,
    coverage: pd.DataFrame,
    codes: pd.DataFrame,
    participants: pd.DataFrame,
    coders: str = "any",
) -> pd.DataFrame:
    """Who speaks of what: one row a participant, one column a code; 1 given, 0 not given, missing where nobody read.

    A code also counts as given where a code below it was given, as for themes (see `decisions.unit_decisions`).

    Args:
        codings, coverage, codes, participants: the tables of these names.
        coders: who decides: `any` of those who read the interview for the code gave it, `all` of them did, or the one
            coder named.

    Returns:
        participant_id, site_id, group, then the codes by id in the order of the codebook (Int64); in the order of
        `participants`.

    Raises:
        CannotAnalyse: `coders` is not one of the coders.
    """
    ids = participants["participant_id"].reset_index(drop=True)
    end = codings["end"].max() + 1 if len(codings) else 1
    units = pd.DataFrame({"unit_id": ids, "participant_id": ids, "start": 0, "end": end})
    decisions = unit_decisions(units, codings, coverage, codes, roll_up=True)
    present, read = decisions.counted(coders)
    cells = pd.DataFrame(np.where(read, present & read, -1).T, columns=decisions.codes).astype("Int64")
    return pd.concat(
        [participants[["participant_id", "site_id", "group"]].reset_index(drop=True), cells.mask(cells < 0)],
        axis="columns",
    )


# --- files --------------------------------------------------------------------------------------------------


def write_csv(frame: pd.DataFrame, path: Path | str) -> None:
    """Write a table as .csv: UTF-8 with byte-order mark, without which Excel garbles Thai, and no cell a formula.

    Missing numbers and texts are empty cells.
    """
    harmless = frame.rename(columns=lambda name: _harmless(str(name)))
    for name in harmless.columns:
        if not pd.api.types.is_numeric_dtype(harmless[name].dtype):
            harmless[name] = harmless[name].map(lambda cell: _harmless(str(cell)), na_action="ignore")
    write_text(path, "\ufeff" + harmless.to_csv(index=False, lineterminator="\n", float_format="%.10g"))


def _harmless(text: str) -> str:
    text = re.sub("[\ud800-\udfff]", "\N{REPLACEMENT CHARACTER}", text)
    return f"'{text}" if FORMULA.match(text) else text


def write_workbook(sheets: Mapping[str, pd.DataFrame], path: Path | str) -> None:
    """Write tables as the worksheets of one .xlsx: header frozen, numbers as numbers, everything else as text.

    A text longer than Excel takes is cut, with … at its end; characters that XML cannot hold become
    \N{REPLACEMENT CHARACTER}.

    Args:
        sheets: by name of the worksheet (up to 31 characters, without : \\ / ? * [ ]).

    Raises:
        ValueError: a table has more rows than a worksheet.
    """
    for name, frame in sheets.items():
        if len(frame) >= MAX_ROWS:
            raise ValueError(f'sheet "{name}": {len(frame)} rows; Excel takes {MAX_ROWS - 1} below the header')
    data = io.BytesIO()
    # Nothing is written to a folder for temporary files, whose names and times would be those of the machine.
    book = xlsxwriter.Workbook(data, {"in_memory": True})
    book.set_properties({"created": _EARLIEST})
    styles = {
        "header": book.add_format({**_TOP, "bold": True, **_TEXT}),
        "number": book.add_format({"valign": "top"}),
        "plain": book.add_format(_TOP),
        "quoted": book.add_format({**_TOP, **_TEXT}),
    }
    for name, frame in sheets.items():
        _fill(book.add_worksheet(_writable(name)), frame, styles)
    book.close()
    write_bytes(path, _of_no_system(data))


# How cells look; a text that a spreadsheet would take for a formula has the format of text and is marked as quoted.
_TOP = {"valign": "top", "text_wrap": True}
_TEXT = {"num_format": "@", "quote_prefix": True}


def _fill(sheet: Worksheet, frame: pd.DataFrame, styles: Mapping[str, Format]) -> None:
    """Write a table into a worksheet, the header in its first row."""
    sheet.freeze_panes(1, 0)
    for place, name in enumerate(map(str, frame.columns)):
        column = frame.iloc[:, place]
        sheet.set_column(place, place, _width(name, column))
        sheet.write_string(0, place, _writable(name), styles["header"])
        numeric = pd.api.types.is_numeric_dtype(column.dtype) and not pd.api.types.is_bool_dtype(column.dtype)
        for row, (value, missing) in enumerate(zip(column.tolist(), column.isna().tolist(), strict=True), start=1):
            if missing or value in ("", np.inf, -np.inf):
                continue
            if numeric:
                sheet.write_number(row, place, value, styles["number"])
            else:
                text = str(value)
                sheet.write_string(row, place, _writable(text), styles["quoted" if FORMULA.match(text) else "plain"])


def _of_no_system(book: io.BytesIO) -> bytes:
    """The same file without the name of the operating system that each member carries."""
    data = io.BytesIO()
    with zipfile.ZipFile(book) as made, zipfile.ZipFile(data, "w") as archive:
        for info in made.infolist():
            content = made.read(info)
            info.create_system = 0
            archive.writestr(info, content)
    return data.getvalue()


def _writable(text: str) -> str:
    """The text as a cell can hold it (see `write_workbook`)."""
    if len(text) > MAX_CELL // 2 and len(units := text.encode("utf-16-le", "surrogatepass")) > 2 * MAX_CELL:
        text = units[: 2 * (MAX_CELL - 1)].decode("utf-16-le", "ignore") + "…"
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", text)


def _width(name: str, column: pd.Series) -> int:
    """Characters: as wide as the header and the first contents, within reason."""
    if name in _WIDTHS:
        return _WIDTHS[name]
    first = column.iloc[:200].dropna().astype(str).map(len)
    return int(min(max(_WIDTH, len(name) + 2, first.max() + 1 if len(first) else 0), _WIDEST))
