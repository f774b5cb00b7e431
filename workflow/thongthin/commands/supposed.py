"""A change that is only supposed, made in a copy of the project: a cell, a row or a person left out, a setting.

    set responses.xlsx row 17 q3 = 5
    drop responses.xlsx row 17
    drop P07
    analysis.themes.coders = all

Rows are counted as a spreadsheet shows them, the header being row 1. A column is named by its header or, in the survey,
by the id of its item; a number where the file has words means the answer of that value.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from thongthin.basics.nearest import did_you_mean
from thongthin.basics.text import decoded
from thongthin.commands.setup import Stop
from thongthin.present.evidence.made import Made, cells_of
from thongthin.read.files.csv_text import layout_of, rows_of

_SET = re.compile(r"set (?P<file>\S+) row (?P<row>\d+) (?P<column>.+?) *= *(?P<value>.*)")
_DROP_ROW = re.compile(r"drop (?P<file>\S+) row (?P<row>\d+)")
_DROP = re.compile(r"drop (?P<id>[\w.-]+)")
_SETTING = re.compile(r"(?P<key>analysis(?:\.\w+)+) *= *(?P<value>.+)")

# The rows of a table as text, header first; changed in place.
Rows = list[list[Any]]


def suppose(words: str, made: Made, copy: Path) -> None:
    """Make the change in a copy of the project.

    Args:
        words: as above.
        made: the study as it was built, where ids and answers are looked up.

    Raises:
        Stop: the words mean nothing, or the file, row, column or person is not there.
    """
    raw = copy / "data" / "raw" / made.study
    words = " ".join(words.split())
    if said := _SETTING.fullmatch(words):
        value = yaml.safe_load(said["value"])
        _in_study(raw, said["key"].split("."), lambda _: value)
    elif said := _SET.fullmatch(words):
        _set_cell(_file(raw, said["file"]), int(said["row"]), said["column"], said["value"], made)
    elif said := _DROP_ROW.fullmatch(words):
        _drop_row(_file(raw, said["file"]), int(said["row"]))
    elif said := _DROP.fullmatch(words):
        _drop_person(raw, copy / "report" / made.study, said["id"], made)
    else:
        raise Stop(
            f'"{words}" is no change that is known here. Write: set FILE row N COLUMN = VALUE; drop FILE row N;'
            " drop ID; or analysis.KEY = VALUE",
            f'ไม่เข้าใจ "{words}" เขียนดังนี้: set ไฟล์ row แถว คอลัมน์ = ค่า; drop ไฟล์ row แถว; drop รหัส; หรือ analysis.คีย์ = ค่า',
        )


def _in_study(raw: Path, key: list[str], change: Callable[[Any], Any]) -> None:
    """Change a key of study.yml; sections on the way that are not there are made."""
    path = raw / "study.yml"
    data = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    place = data
    for name in key[:-1]:
        place[name] = place.get(name) or {}
        place = place[name]
    place[key[-1]] = change(place.get(key[-1]))
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")


def _file(raw: Path, name: str) -> Path:
    """A table of the study by its name, or by its path; Stop unless there is exactly one."""
    tables = [path for path in sorted(raw.rglob("*")) if path.suffix in (".csv", ".xlsx")]
    found = [
        path for path in tables if path.name == Path(name).name and path.as_posix().endswith(Path(name).as_posix())
    ]
    if len(found) == 1:
        return found[0]
    hint_en, hint_th = did_you_mean(name, [path.relative_to(raw).as_posix() for path in found or tables])
    raise Stop(f'There is no one table "{name}" in the study. {hint_en}', f'ไม่พบตาราง "{name}" ในการศึกษา {hint_th}')


def _set_cell(path: Path, row: int, column: str, value: str, made: Made) -> None:
    def change(rows: Rows) -> None:
        place = _column(rows[0], column, path)
        _need_row(rows, row, path)
        rows[row - 1] += [""] * (place + 1 - len(rows[row - 1]))
        rows[row - 1][place] = _as_written(rows, place, value, column, made)

    _change_rows(path, change)


def _drop_row(path: Path, row: int) -> None:
    def change(rows: Rows) -> None:
        _need_row(rows, row, path)
        del rows[row - 1]

    _change_rows(path, change)


def _drop_person(raw: Path, report: Path, id_: str, made: Made) -> None:
    """Leave out a participant as one who withdrew, with their quotes in the documents; or a respondent by their row."""
    if any(own["participant_id"] == id_ for own in _processed(made, "participants")):
        _in_study(raw, ["participants", "withdrawn"], lambda listed: [*(listed or []), id_])
        quotes = [own["quote_id"] for own in _processed(made, "quotes") if own["participant_id"] == id_]
        for path in sorted(report.glob("*.qmd")):
            text = path.read_text(encoding="utf-8-sig")
            for quote in quotes:
                text = re.sub(rf"[ \t]*\{{\{{< *quote +{re.escape(quote)} *>\}}\}}[ \t]*", "", text)
            path.write_text(text, encoding="utf-8")
        return
    ids = [own["respondent_id"] for own in _processed(made, "survey_received")]
    files = [name for name in made.record["inputs"] if "/survey/" in name and not Path(name).stem.startswith("items")]
    if id_ in ids and len(files) == 1:
        _drop_row(raw / "survey" / Path(files[0]).name, ids.index(id_) + 2)
        return
    people = [own["participant_id"] for own in _processed(made, "participants")]
    hint_en, hint_th = did_you_mean(id_, [*people, *ids])
    raise Stop(f'There is nobody "{id_}" in the study. {hint_en}', f'ไม่มี "{id_}" ในการศึกษา {hint_th}')


def _processed(made: Made, name: str) -> list[dict[str, str]]:
    path = made.processed / f"{name}.csv"
    return cells_of(path) if path.is_file() else []


def _column(header: list[Any], name: str, path: Path) -> int:
    """The place of a column by its header, or by the item whose answers it holds."""
    named = [str(own or "").strip() for own in header]
    items = path.parent / "items.csv"
    wanted = {name, *(own.get("column", "") for own in _table(items) if own.get("item_id") == name)} - {""}
    for place, own in enumerate(named):
        if own in wanted:
            return place
    hint_en, hint_th = did_you_mean(name, named)
    raise Stop(f'"{path.name}" has no column "{name}". {hint_en}', f'"{path.name}" ไม่มีคอลัมน์ "{name}" {hint_th}')


def _table(path: Path) -> list[dict[str, str]]:
    """A small table of people as text; nothing where it can't be read as CSV."""
    text = decoded(path.read_bytes()) if path.is_file() else None
    if text is None:
        return []
    plain = text.replace("\r\n", "\n")
    header, *rows = rows_of(plain, layout_of(plain), strict=False)
    return [dict(zip(header, row, strict=False)) for row in rows]


def _as_written(rows: Rows, place: int, value: str, column: str, made: Made) -> str:
    """The value as the file writes it: of an answer in words, what somebody wrote who gave the answer of that value."""
    received = _processed(made, "survey_received")
    cells = [str(row[place] if place < len(row) and row[place] is not None else "") for row in rows[1:]]
    if column not in (received[0] if received else {}) or len(received) != len(cells) or value in cells:
        return value
    return next((cell for cell, own in zip(cells, received, strict=True) if own[column] == value and cell), value)


def _need_row(rows: Rows, row: int, path: Path) -> None:
    if not 2 <= row <= len(rows):
        raise Stop(
            f'"{path.name}" has rows 2 to {len(rows)}; there is no row {row}.',
            f'"{path.name}" มีแถวที่ 2 ถึง {len(rows)} ไม่มีแถวที่ {row}',
        )


def _change_rows(path: Path, change: Callable[[Rows], None]) -> None:
    """Read a CSV file or the first sheet of a workbook, change its rows, and write it."""
    if path.suffix == ".xlsx":
        import openpyxl

        book = openpyxl.load_workbook(path)
        sheet = book.worksheets[0]
        rows: Rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        before = [list(row) for row in rows]
        change(rows)
        if len(rows) < len(before):
            gone = next(at for at, row in enumerate(before) if at >= len(rows) or rows[at] != row)
            sheet.delete_rows(gone + 1)
        else:
            for at, row in enumerate(rows, start=1):
                for place, value in enumerate(row, start=1):
                    if at > len(before) or place > len(before[at - 1]) or value != before[at - 1][place - 1]:
                        sheet.cell(at, place).value = value
        book.save(path)
        return
    text = decoded(path.read_bytes())
    if text is None:
        raise Stop(f'"{path.name}" can\'t be read as text.', f'อ่าน "{path.name}" เป็นข้อความไม่ได้')
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    layout = layout_of(plain)
    rows = [list(row) for row in rows_of(plain, layout, strict=False)]
    change(rows)
    out = io.StringIO()
    csv.writer(out, delimiter=layout.separator, lineterminator="\n").writerows(rows)
    path.write_bytes(("\ufeff" + out.getvalue()).encode("utf-8"))
