"""The rows of a table of coding as people leave them in a spreadsheet: merged cells filled, what is no data left out.

Where Excel shows one cell for several rows, the file holds it once, in the first of them, and tells how far it reaches:
it counts for all of these rows. A total below the data, and rows at the end that name neither a code nor a passage (a
key, a remark), are no data. Both are told as notices; an empty cell that nothing fills is left as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from thongthin.basics.language import one_line
from thongthin.basics.problems import Problems
from thongthin.contract.identifiers import is_identifier
from thongthin.read.coding.headers import Layout, key
from thongthin.read.files.sheets import also_in, by_row

TOTALS = frozenset({
    *("total", "totals", "grand total", "sum", "sums", "all", "mean", "average", "summe", "gesamt", "n"),
    *("รวม", "รวมทั้งหมด", "ผลรวม", "ทั้งหมด", "เฉลี่ย"),
})  # fmt: skip
# So much of a cell, and so many of them, are shown.
_SHOWN, _LISTED = 30, 3


def filled(frame: pd.DataFrame, path: Path, layout: Layout, problems: Problems) -> pd.DataFrame:
    """The table with merged cells filled into all the rows that they stand for.

    Args:
        path: the file; a .csv has no merged cells.
        problems: bound to the file and sheet.
    """
    wanted = [layout.fields[field] for field in ("document", "coder") if field in layout.fields]
    empty = [column for column in wanted if (frame[column] == "").any()]
    if not empty or path.suffix.lower() != ".xlsx":
        return frame
    frame = frame.copy()
    merged = [part for part in _merged(path, problems.sheet) if part[0] in empty and part[1] in frame.index]
    for column, first, last in sorted(merged, key=lambda part: (empty.index(part[0]), part[1])):
        cells = dict(by_row(frame[column]))
        rows = [row for row, cell in cells.items() if first < row <= last and not cell]
        if rows and (cell := cells[first]):
            frame[column] = frame[column].where(~frame.index.isin(rows), cell)
            also_en, also_th = also_in([first, *rows])
            problems.notice(
                "merged-cells",
                f'A merged cell counts for all its rows: "{_short(cell)}".{also_en}',
                f'ช่องที่ผสานกันนับเป็นของทุกแถวในช่องนั้น: "{_short(cell)}"{also_th}',
                row=first,
                column=column,
            )
    return frame


def _merged(path: Path, sheet: str) -> list[tuple[str, int, int]]:
    """The merged cells of a sheet: header of the column, first and last row as the spreadsheet counts them."""
    from python_calamine import CalamineWorkbook

    # The sheet has been read before, within bounds.
    with path.open("rb") as stream:
        page = CalamineWorkbook.from_filelike(stream).get_sheet_by_name(sheet)
        header = page.to_python(skip_empty_area=False, nrows=1)[0]
        ranges = page.merged_cell_ranges or []
    names = [one_line(str(cell)) for cell in header]
    return [
        (names[column], first + 1, last + 1)
        for (first, column), (last, end) in ranges
        if column == end and column < len(names)
    ]


def nameless(path: Path, sheet: str) -> dict[int, str]:
    """The cells of a first column without header, by row as the spreadsheet counts them; none if it has a header.

    Args:
        path: a file that `read_sheet` has read; a .csv has no such column here.
        sheet: that it read.
    """
    from python_calamine import CalamineWorkbook

    if path.suffix.lower() != ".xlsx":
        return {}
    with path.open("rb") as stream:
        rows = CalamineWorkbook.from_filelike(stream).get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    if not rows or one_line(str(rows[0][0])):
        return {}
    return {number: cell for number, row in enumerate(rows, start=1) if (cell := one_line(str(row[0])))}


def data_rows(frame: pd.DataFrame, layout: Layout, problems: Problems) -> pd.DataFrame:
    """The rows of data: without totals, and without what stands below the data and names neither code nor passage.

    Args:
        problems: bound to the file and sheet.
    """
    document = frame[layout.fields["document"]]
    says = [layout.fields[field] for field in ("text", "start", "turn") if field in layout.fields]
    says += list(dict.fromkeys(layout.code_columns))
    columns = frame.loc[:, ~frame.columns.duplicated()]
    silent = (columns[[name for name in says if name in columns]] == "").all(axis="columns")
    total = document.map(key).isin(TOTALS)
    if "text" in layout.fields:
        total &= frame[layout.fields["text"]] == ""
    last = len(frame)
    while last > 0 and (silent.iloc[last - 1] or total.iloc[last - 1]):
        last -= 1
    # A row of somebody who is coded above is one that was left unfinished.
    coded = set(document.iloc[:last])
    # In a table of 0 and 1, a row without decisions may be somebody whom nobody judged; a remark is no id.
    left = [
        row
        for row in frame.index[last:]
        if total[row] or layout.kind == "segments" or (layout.kind == "binary" and not is_identifier(document[row]))
    ]
    left = [row for row in left if total[row] or (document[row] not in coded and document[row])]
    if not left:
        return frame
    _tell_left_out(left, [document[row] for row in left], problems)
    return frame.drop(index=left)


def _tell_left_out(rows: Sequence[int], cells: Sequence[str], problems: Problems) -> None:
    listed = ", ".join(f'"{_short(cell)}"' for cell in cells[:_LISTED]) + (" ..." if len(cells) > _LISTED else "")
    also_en, also_th = also_in(rows)
    problems.notice(
        "below-the-data",
        f"This row below the data names no passage with a code, and is not read: {listed}.{also_en}",
        f"แถวใต้ข้อมูลนี้ไม่มีข้อความที่ลงรหัส จึงไม่ได้อ่าน: {listed}{also_th}",
        row=rows[0],
        hint_en="Somebody who was read and got no code has a line in coding/coverage.csv, or in study.yml.",
        hint_th="ผู้ที่อ่านแล้วแต่ไม่มีรหัส ให้ระบุใน coding/coverage.csv หรือใน study.yml",
    )


def _short(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"
