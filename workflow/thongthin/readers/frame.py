"""Who and where: sites and participants (`sites.csv`, `participants.csv`).

Fails, with problems, on empty or double ids, ids that cannot stand in file names and keys, a participant of an unknown
site or group, dates that are none or outside the fieldwork, and a `consent` that is neither yes nor no.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from thongthin.problems import Problems
from thongthin.readers.dates import read_dates
from thongthin.readers.sheets import Columns, by_row, read_columns, report_duplicates, report_empty, report_unknown
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
    report_unknown(frame, "consent", {"yes", "no"}, here, "consent",
                   '"{}" is not possible here; write yes or no.', 'ใช้ "{}" ไม่ได้ ให้เขียน yes หรือ no')  # fmt: skip
    dates = read_dates(frame, "interviewed_on", study.fieldwork if study else None, here)
    return frame.assign(interviewed_on=dates)


def report_ids(frame: pd.DataFrame, column: str, problems: Problems) -> None:
    """Add a problem for every id that is empty, double, reserved, or no identifier (letters, digits, - and _)."""
    report_empty(frame, (column,), problems)
    report_duplicates(frame, column, problems)
    for row, id_ in by_row(frame[column]):
        if id_ == ALL:
            problems.add(
                "reserved-id", f'"{ALL}" is reserved for totals.', f'"{ALL}" สงวนไว้สำหรับผลรวม', row=row, column=column
            )
        elif id_ and not is_identifier(id_):
            problems.add(
                "wrong-id",
                f'"{id_}" cannot be an id.',
                f'ใช้ "{id_}" เป็นรหัสไม่ได้',
                row=row,
                column=column,
                hint_en="Use Latin letters, digits, - and _ only.",
                hint_th="ใช้เฉพาะอักษรละติน ตัวเลข - และ _",
            )
