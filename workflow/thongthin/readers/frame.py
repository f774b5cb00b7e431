"""Who and where: sites and participants (`sites.csv`, `participants.csv`).

Fails, with problems, on empty or double ids, ids that cannot stand in file names and keys, a participant of an unknown
site or group, dates that are none or outside the fieldwork, and a `consent` that says neither yes nor no.
"""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from thongthin.language import arabic_digits
from thongthin.lookalikes import character_name, difference_of, pieces
from thongthin.problems import Problems
from thongthin.readers.dates import read_dates
from thongthin.readers.sheets import (
    Columns,
    also_in,
    by_row,
    read_columns,
    report_duplicates,
    report_empty,
    report_unknown,
    rows_by_cell,
)
from thongthin.study import Study, is_identifier
from thongthin.tables import ALL, TABLES


def _as_published(table: str) -> Columns:
    """The columns of a table that is published as people filled it in."""
    columns = TABLES[table].columns
    return Columns(tuple(c.name for c in columns), tuple(c.name for c in columns if not c.empty))


SITES = _as_published("sites")
PARTICIPANTS = _as_published("participants")


def read_sites(path: Path, problems: Problems) -> pd.DataFrame:
    """Table `sites`, in the order of the file."""
    names = ("name_th", "name_en")
    frame, here = read_columns(path, problems, SITES.required, SITES.optional, in_languages=[names])
    report_ids(frame, "site_id", here)
    nameless = frame.loc[frame["name_th"] == ""]  # in neither language
    report_empty(nameless, ("name_th",), here)
    same = frame["name_th"].equals(frame["name_en"])
    for name in names[: 1 if same else 2]:
        report_duplicates(frame, name, here)
    return frame


def read_participants(path: Path, sites: pd.DataFrame, study: Study | None, problems: Problems) -> pd.DataFrame:
    """Table `participants`, in the order of the file.

    Args:
        sites: table `sites`; without rows, sites are not judged.
        study: gives the groups and the period of fieldwork; None judges neither.
    """
    frame, here = read_columns(path, problems, PARTICIPANTS.required, PARTICIPANTS.optional)
    frame = frame[list(PARTICIPANTS.all)]
    report_ids(frame, "participant_id", here)
    report_empty(frame, ("site_id", "group", "consent"), here)
    report_unknown(frame, "site_id", set(sites["site_id"]), here, "unknown-site",
                   '"{}" is not a site of sites.csv.', 'ไม่มีพื้นที่ "{}" ใน sites.csv')  # fmt: skip
    groups = {group.id for group in study.groups} if study else set()
    report_unknown(frame, "group", groups, here, "unknown-group",
                   '"{}" is not a group of study.yml.', 'ไม่มีกลุ่ม "{}" ใน study.yml')  # fmt: skip
    frame = frame.assign(consent=_consent(frame["consent"], here))
    dates = read_dates(frame, "interviewed_on", study.fieldwork if study else None, here)
    return frame.assign(interviewed_on=dates)


# Usual words for consent, without case, white space and full stops.
_CONSENT = {
    **dict.fromkeys(
        ("yes", "y", "true", "consent", "consented", "agree", "agreed", "given", "signed", "1", "✓", "✔"), "yes"
    ),
    **dict.fromkeys(("ใช่", "ยินยอม", "ยินยอมแล้ว", "ให้ความยินยอม", "ให้คำยินยอม", "ยินดี", "ตกลง", "มี", "ลงนามแล้ว"), "yes"),
    **dict.fromkeys(("no", "n", "false", "refused", "declined", "withdrawn", "notgiven", "0", "✗", "✘"), "no"),
    **dict.fromkeys(("ไม่", "ไม่ใช่", "ไม่ยินยอม", "ไม่ให้ความยินยอม", "ปฏิเสธ", "ไม่มี", "ไม่ตกลง", "ถอนความยินยอม"), "no"),
}
# Of these, people should see what they were taken for.
_GUESSED = {"1", "0", "✓", "✔", "✗", "✘", "มี", "ไม่มี", "n", "y"}


def _consent(cells: pd.Series, problems: Problems) -> pd.Series:
    """The column `consent` as yes and no; a word that is neither becomes a problem, and "yes" for the time being."""
    words = {cell: re.sub(r"[\s.]", "", arabic_digits(cell)).casefold() for cell in cells.unique() if cell}
    unknown = [cell for cell, word in words.items() if word not in _CONSENT]
    for cell, rows in rows_by_cell(cells[cells.isin(unknown)]).items():
        also_en, also_th = also_in(rows)
        problems.add(
            "consent",
            f'"{cell}" does not say whether consent was given.{also_en}',
            f'"{cell}" ไม่ได้บอกว่าให้ความยินยอมหรือไม่{also_th}',
            row=rows[0],
            column="consent",
            hint_en="Write yes or no.",
            hint_th="เขียน ยินยอม หรือ ไม่ยินยอม",
        )
    guessed = {cell: _CONSENT[word] for cell, word in words.items() if word in _GUESSED}
    if guessed:
        taken = {said: ", ".join(f'"{cell}"' for cell in guessed if guessed[cell] == said) for said in ("yes", "no")}
        en = ", ".join(f"{cells} for {said}" for said, cells in taken.items() if cells)
        th = " ".join(
            f"{cells} หมายถึง{'ยินยอม' if said == 'yes' else 'ไม่ยินยอม'}" for said, cells in taken.items() if cells
        )
        problems.notice("consent", f"Taken for consent: {en}.", f"การให้ความยินยอม: {th}", column="consent",
                        hint_en="If that is wrong, write yes or no.",
                        hint_th="หากไม่ถูกต้อง ให้เขียน ยินยอม หรือ ไม่ยินยอม")  # fmt: skip
    meant = {cell: _CONSENT.get(word, "yes") for cell, word in words.items()}
    return cells.map(lambda cell: meant.get(cell, cell))


def report_ids(frame: pd.DataFrame, column: str, problems: Problems) -> None:
    """Add a problem for every id that is empty, double, reserved, or no identifier (letters, digits, - and _).

    Two ids that look alike (P0l and P01) are a notice.
    """
    report_empty(frame, (column,), problems)
    report_duplicates(frame, column, problems)
    _notice_alike(frame[column], problems)
    for row, id_ in by_row(frame[column]):
        if id_ == ALL:
            problems.add(
                "reserved-id", f'"{ALL}" is reserved for totals.', f'"{ALL}" สงวนไว้สำหรับผลรวม', row=row, column=column
            )
        elif id_ and not is_identifier(id_):
            odd = _odd_character(id_)
            problems.add(
                "wrong-id",
                f'"{id_}" cannot be an id.',
                f'ใช้ "{id_}" เป็นรหัสไม่ได้',
                row=row,
                column=column,
                hint_en=f"Use Latin letters, digits, - and _ only.{odd[0]}",
                hint_th=f"ใช้เฉพาะอักษรละติน ตัวเลข - และ _{odd[1]}",
            )


def _notice_alike(ids: pd.Series, problems: Problems) -> None:
    seen: dict[str, tuple[int, str]] = {}
    for row, id_ in by_row(ids[ids != ""]):
        first, other = seen.setdefault(pieces(id_).look, (row, id_))
        if other != id_ and is_identifier(id_):
            en, th = difference_of(id_, other, ("here", "ในที่นี้"), ("there", "ในแถวนั้น")) or ("", "")
            problems.notice(
                "alike-ids",
                f'"{id_}" looks like "{other}" in row {first}. {en}',
                f'"{id_}" ดูเหมือน "{other}" ในแถวที่ {first} {th}',
                row=row,
                column=str(ids.name),
                hint_en="If one of them is mistyped, correct it; else nothing is to be done.",
                hint_th="หากพิมพ์ผิดให้แก้ไข หากตั้งใจให้ต่างกันไม่ต้องแก้",
            )


def _odd_character(id_: str) -> tuple[str, str]:
    """The first character of an id that may not stand there, by name: it may look like one that may."""
    position, odd = next(((n, c) for n, c in enumerate(id_, start=1) if not is_identifier(f"a{c}")), (1, id_[0]))
    en, th = character_name(odd)
    return f" Character {position} is {en}.", f" อักขระที่ {position} คือ {th}"
