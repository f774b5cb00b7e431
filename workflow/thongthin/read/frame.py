"""Who and where: sites and participants (`sites.csv`, `participants.csv`).

What there is only one of need not be said: without sites, everybody is of one site, which is called after the
place of the study; where there is one site or one group, an empty cell means it. Where study.yml says that everybody
consented, an empty `consent` means yes.

Fails, with problems, on empty or double ids, ids that cannot stand in file names and keys, a participant of an unknown
site or group, dates that are none or outside the fieldwork, and a `consent` that says neither yes nor no, or a no where
study.yml says that everybody consented.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from thongthin.basics.files import files_in, suffixes_of
from thongthin.basics.language import arabic_digits
from thongthin.basics.lookalikes import character_name, difference_of, pieces
from thongthin.basics.problems import Problems
from thongthin.basics.text import called_alike, report_missing
from thongthin.basics.yaml_source import flow_line
from thongthin.contract.identifiers import is_identifier
from thongthin.contract.study import Study
from thongthin.contract.tables import ALL, TABLES
from thongthin.read.files.dates import read_dates
from thongthin.read.files.sheets import (
    Columns,
    also_in,
    by_row,
    read_columns,
    report_duplicates,
    report_empty,
    report_unknown,
    rows_by_cell,
)
from thongthin.read.places import COLUMNS as PLACE
from thongthin.read.places import places_of, report_places


def _as_published(table: str) -> Columns:
    """The columns of a table that is published as people filled it in."""
    columns = TABLES[table].columns
    return Columns(tuple(c.name for c in columns), tuple(c.name for c in columns if not c.empty))


_SITES = _as_published("sites")
# How many people live or work at a site, all or by group ("official 180, citizen 21450"): see `read_people`.
PEOPLE = "people"
SITES = Columns((*_SITES.all, PEOPLE, *PLACE), _SITES.required)
# What the others say can follow from study.yml, or from there being one site or one group.
PARTICIPANTS = Columns(_as_published("participants").all, required=("participant_id",))
# The id of the only site of a study that lists none.
ONE_SITE = "site"


def read_sites(path: Path | None, study: Study | None, problems: Problems) -> pd.DataFrame:
    """Table `sites`, in the order of the file.

    Args:
        path: None, a file that isn't there, and a table without rows mean that there is one site only, which a notice
            names; a file beside it that is called alike is a problem.
        study: gives the only site its name.
    """
    if path is None or not path.is_file():
        if path is None or not called_alike(path):
            return _one_site(study, problems)
        report_missing(path, problems)
        return pd.DataFrame(columns=list(_SITES.all), dtype=str)
    wrong, names = len(problems), ("name_th", "name_en")
    frame, here = read_columns(path, problems, SITES.required, SITES.optional, may_be_empty=True, in_languages=[names])
    if frame.empty and len(problems) == wrong:
        return _one_site(study, here)
    report_ids(frame, "site_id", here)
    nameless = frame.loc[frame["name_th"] == ""]  # in neither language
    report_empty(nameless, ("name_th",), here)
    same = frame["name_th"].equals(frame["name_en"])
    for name in names[: 1 if same else 2]:
        report_duplicates(frame, name, here)
    for short in ("short_th", "short_en"):
        report_duplicates(frame[frame[short] != ""], short, here)
    for row, cell in by_row(frame[PEOPLE]):
        if cell and not _people_of(cell):
            here.add(
                "people",
                f'"{cell}" does not say how many people there are.',
                f'"{cell}" ไม่ได้บอกจำนวนคน',
                row=row,
                column=PEOPLE,
                hint_en='Write a number, or one for each group: "official 180, citizen 21450".',
                hint_th='เขียนจำนวนคน หรือจำนวนคนของแต่ละกลุ่ม: "official 180, citizen 21450"',
            )
    report_places(frame, here)
    return frame[list(_SITES.all)]


def read_people(path: Path | None) -> dict[str, dict[str, int]]:
    """How many people hold a role at a site: site -> group ("" for all at the site) -> people; of sites that say so.

    Args:
        path: of sites.csv, which `read_sites` judges.
    """
    if path is None or not path.is_file():
        return {}
    frame, _ = read_columns(path, Problems(), SITES.required, SITES.optional, may_be_empty=True)
    return {
        site: people for site, cell in zip(frame["site_id"], frame[PEOPLE], strict=True) if (people := _people_of(cell))
    }


def read_places(path: Path | None) -> pd.DataFrame:
    """Table `site_places`: where the sites lie that say so.

    Args:
        path: of sites.csv, which `read_sites` judges.
    """
    if path is None or not path.is_file():
        return places_of(pd.DataFrame(columns=list(SITES.all), dtype=str))
    return places_of(read_columns(path, Problems(), SITES.required, SITES.optional, may_be_empty=True)[0])


def people_of(folder: Path) -> dict[str, dict[str, int]]:
    """The same of a study folder, whatever the format of its table of sites."""
    names = (path for path in files_in(folder, *suffixes_of("sites")) if Path(path).stem == "sites")
    return read_people(next(map(Path, names), None))


def _people_of(cell: str) -> dict[str, int]:
    """Group -> people of a cell: one number for all, under "", or one a group; nothing where it says neither."""
    written = arabic_digits(cell)
    if re.fullmatch(r"\d[\d,]*", written):
        return {"": int(written.replace(",", ""))}
    parts = re.findall(r"([A-Za-z][\w-]*)\s*[:= ]\s*(\d[\d,]*\d|\d)", written)
    left = re.sub(r"([A-Za-z][\w-]*)\s*[:= ]\s*(\d[\d,]*\d|\d)", "", written)
    return {group: int(number.replace(",", "")) for group, number in parts} if not left.strip(" ,;\n") else {}


def _one_site(study: Study | None, problems: Problems) -> pd.DataFrame:
    """Table `sites` with the only site of a study, called after its district or province."""
    place = (study.district or study.province) if study else None
    th, en = (place.th, place.en) if place else ("พื้นที่ศึกษา", "Study site")
    problems.notice(
        "one-site",
        f'No site is listed: everybody is taken to be of one site, "{en}".',
        f'ไม่มีรายการพื้นที่ จึงถือว่าทุกคนอยู่ในพื้นที่เดียว คือ "{th}"',
        hint_en="If there are several, list them in sites.csv. The name of a single one is the district or province of"
        " study.yml.",
        hint_th="หากมีหลายแห่ง ให้ระบุใน sites.csv ส่วนชื่อของพื้นที่เดียวมาจาก district หรือ province ใน study.yml",
    )
    only = {"site_id": ONE_SITE, "name_th": th, "name_en": en}
    return pd.DataFrame([only], columns=list(_SITES.all), index=[2], dtype=str).fillna("")


def read_participants(path: Path, sites: pd.DataFrame, study: Study | None, problems: Problems) -> pd.DataFrame:
    """Table `participants`, in the order of the file.

    Args:
        sites: table `sites`; without rows, sites are not judged.
        study: gives the groups, the period of fieldwork, whether everybody consented, and who withdrew (they are left
            out); None judges none of them.
    """
    frame, here = read_columns(path, problems, PARTICIPANTS.required, PARTICIPANTS.optional)
    frame = frame[list(PARTICIPANTS.all)]
    report_ids(frame, "participant_id", here)
    places = list(sites["site_id"])
    frame = _only_one(frame, "site_id", places)
    if places == [ONE_SITE] and not frame["site_id"].isin(places).all():
        _report_no_sites(frame["site_id"], here)
        places = []
    groups = [group.id for group in study.groups] if study else []
    if study and "groups" not in study.model_fields_set and any(frame["group"]):
        _report_no_groups(frame["group"], here)
        groups = []
    frame = _only_one(frame, "group", groups)
    report_empty(frame, ("site_id", *(["group"] if groups else [])), here)
    report_unknown(frame, "site_id", set(places), here, "unknown-site",
                   '"{}" is not a site of sites.csv.', 'ไม่มีพื้นที่ "{}" ใน sites.csv')  # fmt: skip
    report_unknown(frame, "group", set(groups), here, "unknown-group",
                   '"{}" is not a group of study.yml.', 'ไม่มีกลุ่ม "{}" ใน study.yml')  # fmt: skip
    frame = frame.assign(consent=_consent(frame["consent"], here))
    if study:
        frame = _with_consent(frame, study, here)
    dates = read_dates(frame, "interviewed_on", study.fieldwork if study else None, here)
    frame = frame.assign(interviewed_on=dates)
    return frame[~frame["participant_id"].isin(study.participants.withdrawn)] if study else frame


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


def _only_one(frame: pd.DataFrame, column: str, known: Sequence[str]) -> pd.DataFrame:
    """The frame with empty cells of a column filled where they can mean one thing only."""
    return frame.assign(**{column: frame[column].replace("", known[0])}) if len(known) == 1 else frame


def _report_no_sites(named: pd.Series, problems: Problems) -> None:
    """Add a problem for sites that participants are of and sites.csv does not list, where it lists none."""
    known = sorted(set(named) - {"", ONE_SITE})
    problems.add(
        "no-sites",
        f"Participants are of sites, but sites.csv lists none: {', '.join(known)}.",
        f"มีผู้ให้ข้อมูลระบุพื้นที่ แต่ sites.csv ไม่มีรายการใด: {', '.join(known)}",
        row=next(row for row, name in by_row(named) if name in known),
        column="site_id",
        hint_en="List them in sites.csv, one a row: site_id, name_th, name_en. Of one place, leave this column empty.",
        hint_th="ใส่ใน sites.csv แถวละหนึ่งแห่ง: site_id, name_th, name_en หากมีแห่งเดียว ให้เว้นคอลัมน์นี้ว่าง",
    )


def _report_no_groups(named: pd.Series, problems: Problems) -> None:
    """Add a problem for groups that participants are of and study.yml does not declare, with the line that does."""
    known = sorted(set(named) - {""})
    ids = [name if is_identifier(name) else f"g{number:02d}" for number, name in enumerate(known, start=1)]
    line = flow_line("groups", [{"id": id_, "label": name} for id_, name in zip(ids, known, strict=True)])
    same = ids == known
    problems.add(
        "no-groups",
        f"Participants are of groups that study.yml does not name: {', '.join(known)}.",
        f"มีผู้ให้ข้อมูลอยู่ในกลุ่มที่ study.yml ไม่ได้ระบุ: {', '.join(known)}",
        row=next(row for row, name in by_row(named) if name),
        column="group",
        hint_en=f"Add to study.yml: {line}" + ("" if same else "  and write the ids into this column."),
        hint_th=f"เพิ่มใน study.yml: {line}" + ("" if same else "  และพิมพ์ id ในคอลัมน์นี้"),
    )


def _with_consent(frame: pd.DataFrame, study: Study, problems: Problems) -> pd.DataFrame:
    """The frame with the consent that study.yml states; a problem where the table says otherwise, or nobody does."""
    rows = {said: [row for row, own in by_row(frame["consent"]) if own == said] for said in ("", "no")}
    line = flow_line("participants", {"consent": "all"})
    if study.participants.consent == "all":
        if rows["no"]:
            also_en, also_th = also_in(rows["no"])
            problems.add(
                "consent",
                f"study.yml says that everybody consented, but here stands no.{also_en}",
                f"study.yml ระบุว่าทุกคนยินยอม แต่ช่องนี้เป็น no{also_th}",
                row=rows["no"][0],
                column="consent",
                hint_en=f"Take {line} out of study.yml, and write yes or no for each participant.",
                hint_th=f"ลบ {line} ออกจาก study.yml แล้วเขียน yes หรือ no ให้ผู้ให้ข้อมูลแต่ละคน",
            )
        return frame.assign(consent=frame["consent"].replace("", "yes"))
    if rows[""]:
        also_en, also_th = also_in(rows[""])
        problems.add(
            "empty-cell",
            f"Nothing says whether this participant consented.{also_en}",
            f"ไม่ได้ระบุว่าผู้ให้ข้อมูลคนนี้ยินยอมหรือไม่{also_th}",
            row=rows[""][0],
            column="consent",
            hint_en=f"Write yes or no; or, if everybody consented, add to study.yml: {line}",
            hint_th=f"เขียน yes หรือ no หรือหากทุกคนยินยอม ให้เพิ่มใน study.yml: {line}",
        )
    return frame


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
