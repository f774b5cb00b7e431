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
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import numpy as np
import pandas as pd

from thongthin.basics.files import write_bytes, write_text
from thongthin.contract.study import Group
from thongthin.contract.tables import FORMULA
from thongthin.interviews.decisions import unit_decisions

# What Excel takes: rows of a sheet, UTF-16 units of a cell.
MAX_ROWS = 1_048_576
MAX_CELL = 32_767

# Width of a column in characters, where the contents ask for no other; text is as wide as a page is read.
_WIDTHS = {"text": 80, "segment_id": 11, "participant_id": 14}
_WIDTH = 12
_WIDEST = 30
# What XML cannot hold; tab and line ends stand as they are.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Excel reads _x0041_ as a character by its number, unless the first sign is written so itself.
_LIKE_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_EARLIEST = (1980, 1, 1, 0, 0, 0)


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

    Written out here, row by row, because openpyxl takes a text that begins with = for a formula, puts the clock into
    the file, and needs four times as long. A text longer than Excel takes is cut, with … at its end; characters that
    XML cannot hold become \N{REPLACEMENT CHARACTER}. Source of the format: ECMA-376, part 1, SpreadsheetML.

    Args:
        sheets: by name of the worksheet (up to 31 characters, without : \\ / ? * [ ]).

    Raises:
        ValueError: a table has more rows than a worksheet.
    """
    for name, frame in sheets.items():
        if len(frame) >= MAX_ROWS:
            raise ValueError(f'sheet "{name}": {len(frame)} rows; Excel takes {MAX_ROWS - 1} below the header')
    numbers = range(1, len(sheets) + 1)
    parts = {
        "[Content_Types].xml": _xml(
            "Types",
            "http://schemas.openxmlformats.org/package/2006/content-types",
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            + "".join(
                f'<Override PartName="/xl/{part}.xml" ContentType="application/vnd.openxmlformats-officedocument'
                f'.spreadsheetml.{kind}+xml"/>'
                for part, kind in (
                    ("workbook", "sheet.main"),
                    ("styles", "styles"),
                    *((f"worksheets/sheet{n}", "worksheet") for n in numbers),
                )
            ),
        ),
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": _xml(
            f'workbook xmlns:r="{_OFFICE}"',
            _MAIN,
            f"<bookViews><workbookView/></bookViews><sheets>{''.join(map(_sheet_entry, numbers, sheets))}</sheets>",
        ),
        "xl/_rels/workbook.xml.rels": _relations(
            [*(("worksheet", f"worksheets/sheet{n}.xml") for n in numbers), ("styles", "styles.xml")]
        ),
        "xl/styles.xml": _xml("styleSheet", _MAIN, _STYLES),
    }
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in parts.items():
            archive.writestr(_member(name), content)
        for n, frame in zip(numbers, sheets.values(), strict=True):
            with archive.open(_member(f"xl/worksheets/sheet{n}.xml"), "w") as stream:
                pieces = _worksheet(frame)
                while piece := "".join(islice(pieces, 1000)):
                    stream.write(piece.encode("utf-8"))
    write_bytes(path, data.getvalue())


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
# Styles by number: 0 as usual, 1 header, 2 text, 3 text that looks like a formula.
_HEADER, _PLAIN, _QUOTED = 1, 2, 3
_TOP = '<alignment vertical="top" wrapText="1"/>'
_STYLES = (
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1">'
    '<alignment vertical="top"/></xf>'
    '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1"'
    f' applyFont="1" applyAlignment="1">{_TOP}</xf>'
    f'<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1">{_TOP}</xf>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1"'
    f' applyAlignment="1">{_TOP}</xf></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
)


def _xml(root: str, namespace: str, inside: str) -> str:
    """A document; `root` may carry attributes."""
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f'{head}\n<{root} xmlns="{namespace}">{inside}</{root.split()[0]}>'


def _relations(targets: list[tuple[str, str]]) -> str:
    return _xml(
        "Relationships",
        "http://schemas.openxmlformats.org/package/2006/relationships",
        "".join(
            f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
            for n, (kind, target) in enumerate(targets, start=1)
        ),
    )


def _sheet_entry(number: int, name: str) -> str:
    return f'<sheet name={quoteattr(_writable(name))} sheetId="{number}" r:id="rId{number}"/>'


def _member(name: str) -> zipfile.ZipInfo:
    """A member that depends on nothing but its name and content: no clock, no operating system."""
    member = zipfile.ZipInfo(name, _EARLIEST)
    member.compress_type = zipfile.ZIP_DEFLATED
    member.create_system = 0
    return member


def _worksheet(frame: pd.DataFrame) -> Iterator[str]:
    """A worksheet as XML in pieces, the header in row 1."""
    before, after = _xml("worksheet", _MAIN, "\0").split("\0")
    columns = range(frame.shape[1])
    widths = "".join(
        f'<col min="{n + 1}" max="{n + 1}" width="{_width(str(frame.columns[n]), frame.iloc[:, n])}" customWidth="1"/>'
        for n in columns
    )
    yield (
        f'{before}<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft"'
        f' state="frozen"/></sheetView></sheetViews><cols>{widths}</cols><sheetData>'
    )
    starts = [f'<c r="{_letters(n)}' for n in columns]
    headers = [_text_cell(str(name), _HEADER) for name in frame.columns]
    rows = zip(*[_cells(frame.iloc[:, n]) for n in columns], strict=True)
    for number, cells in enumerate(chain([headers], rows), start=1):
        row = str(number)
        inside = "".join([start + row + cell for start, cell in zip(starts, cells, strict=True) if cell])
        yield f'<row r="{row}">{inside}</row>'
    yield f"</sheetData>{after}"


def _cells(column: pd.Series) -> list[str]:
    """Each cell as XML from behind the number of its row; empty where there is none."""
    missing = column.isna().tolist()
    if pd.api.types.is_numeric_dtype(column.dtype) and not pd.api.types.is_bool_dtype(column.dtype):
        return [
            "" if gone or value in (np.inf, -np.inf) else f'"><v>{value:.15g}</v></c>'
            for value, gone in zip(column.tolist(), missing, strict=True)
        ]
    texts = ["" if gone else str(value) for value, gone in zip(column.tolist(), missing, strict=True)]
    written = {text: _text_cell(text, _PLAIN) if text else "" for text in set(texts)}
    return [written[text] for text in texts]


def _text_cell(text: str, style: int) -> str:
    """A cell of text that is no formula, whatever it looks like, from behind the number of its row."""
    if style == _PLAIN and FORMULA.match(text):
        style = _QUOTED
    return f'" s="{style}" t="inlineStr"><is><t xml:space="preserve">{escape(_writable(text))}</t></is></c>'


def _writable(text: str) -> str:
    """The text as a cell can hold it (see `write_workbook`)."""
    if len(text) > MAX_CELL // 2 and len(units := text.encode("utf-16-le", "surrogatepass")) > 2 * MAX_CELL:
        text = units[: 2 * (MAX_CELL - 1)].decode("utf-16-le", "ignore") + "…"
    text = _NO_XML.sub("\N{REPLACEMENT CHARACTER}", text)
    return _LIKE_ESCAPE.sub("_x005F_", text).replace("\r", "_x000D_")


def _letters(number: int) -> str:
    """The name of a column by its number, from 0: A, B ... Z, AA."""
    return (_letters(number // 26 - 1) if number >= 26 else "") + chr(ord("A") + number % 26)


def _width(name: str, column: pd.Series) -> int:
    """Characters: as wide as the header and the first contents, within reason."""
    if name in _WIDTHS:
        return _WIDTHS[name]
    first = column.iloc[:200].dropna().astype(str).map(len)
    return int(min(max(_WIDTH, len(name) + 2, first.max() + 1 if len(first) else 0), _WIDEST))
