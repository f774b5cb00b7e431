"""Who answered, where, in which group and when, from the columns that study.yml names; what weighs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from thongthin.basics.language import one_line, parse_number
from thongthin.basics.nearest import did_you_mean, nearest
from thongthin.basics.problems import Problems
from thongthin.basics.yaml_source import flow_line
from thongthin.contract.answer_scales import comparable
from thongthin.contract.identifiers import new_id
from thongthin.contract.study import Fieldwork, Study
from thongthin.contract.survey import RowsWhere, Survey
from thongthin.read.files.dates import read_dates
from thongthin.read.files.sheets import add_for_rows, report_duplicates, report_empty, rows_by_cell
from thongthin.read.frame import ONE_SITE
from thongthin.read.survey.columns import SurveyColumns, rows_where
from thongthin.read.survey.files import SurveyColumn, SurveyFile
from thongthin.read.survey.waves import hidden_cells

# So many names of sites or groups are listed in a message.
_NAMED = 8
# So many cells may be other names of sites; more are rather of another column.
_OTHER_NAMES = 40
# How Qualtrics marks the rows of those who tried a form out, in numbers and in words.
_PREVIEWS = {
    "Status": ["1", "2", "9", "Survey Preview", "Survey Test", "Preview", "Test", "Spam Survey Preview"],
    "DistributionChannel": ["preview", "test"],
}


def read_respondents(
    file: SurveyFile, columns: SurveyColumns, sites: pd.DataFrame, study: Study, problems: Problems
) -> pd.DataFrame:
    """The columns of table `survey_received` before the items, one row each of the file."""
    survey = study.survey
    assert survey is not None
    found = {
        name: columns.find(header, "study.yml") if header else None
        for name in ("site", "group", "respondent", "submitted", "started", "duration", "weight")
        for header in [getattr(survey, name)]
    }
    why = rows_where(file.frame, columns, survey.rules.out_of_frame)
    frame = file.frame[why == ""]

    def cells(name: str) -> pd.Series:
        column = found[name]
        return frame[column.header] if column else pd.Series("", index=frame.index, dtype=str)

    known = {
        "site_id": _sites_of(cells("site"), found["site"], sites, survey, problems),
        "group": _recognised(
            cells("group"),
            found["group"],
            _names((g.id, g.label.th, g.label.en) for g in study.groups),
            [g.label.th for g in study.groups],
            ("group", "กลุ่ม"),
            problems,
            listed="groups" in study.model_fields_set,
        ),
    }
    if column := found["submitted"]:
        known["submitted_on"] = _dates(frame[column.header], study.fieldwork, problems)
        if second := hidden_cells(file, column.header, frame.index):
            _dates(second[0], study.fieldwork, second[1])  # nothing is made of these days, but they can be wrong
    else:
        known["submitted_on"] = cells("submitted")
    ids, repeats = _ids(file.frame, found["respondent"], why == "", "duplicate" in survey.rules.exclude, problems)
    rows = file.frame.index
    return pd.DataFrame(
        {
            "respondent_id": ids,
            "row": rows,
            **{name: own.reindex(rows, fill_value="") for name, own in known.items()},
            "weight": (_weights(cells("weight"), problems) if found["weight"] else pd.Series(1.0, frame.index)).reindex(
                rows
            ),
            "seconds": _seconds(cells("duration"), cells("started"), cells("submitted")).reindex(rows),
            "preview": _previews(file, columns, survey.rules.preview),
            "out_of_frame": why,
            "repeats": repeats,
        }
    )


def _sites_of(
    cells: pd.Series, column: SurveyColumn | None, sites: pd.DataFrame, survey: Survey, problems: Problems
) -> pd.Series:
    """The id of each respondent's site; a problem for each that is none, and for other names of a site that is none."""
    known = _recognised(
        cells,
        column,
        _names(
            (row["site_id"], row["name_th"], row["name_en"], *survey.sites.get(str(row["site_id"]), ()))
            for _, row in sites.iterrows()
        ),
        list(sites["name_th"]),
        ("site", "พื้นที่"),
        problems,
        listed=list(sites["site_id"]) != [ONE_SITE],
    )
    if column:
        report_empty(cells.to_frame(), [column.header], problems)
    elif not survey.site:
        known = _only_site(cells.to_frame(), sites, problems)
    for site in survey.sites:
        if len(sites) and site not in set(sites["site_id"]):
            hint_en, hint_th = did_you_mean(site, sites["site_id"])
            problems.add(
                "unknown-site",
                f'"{site}" of survey.sites in study.yml is the id of no site.',
                f'"{site}" ใน survey.sites ของ study.yml ไม่ใช่รหัสของพื้นที่ใด',
                hint_en=hint_en,
                hint_th=hint_th,
            )
    return known


def _only_site(frame: pd.DataFrame, sites: pd.DataFrame, problems: Problems) -> pd.Series:
    """The one site of the study for every row; a problem where it has several."""
    ids = list(sites["site_id"])
    if len(ids) > 1:
        problems.add(
            "no-site",
            f"The study has {len(ids)} sites, but study.yml does not say which column of this file holds the site.",
            f"การศึกษามี {len(ids)} พื้นที่ แต่ study.yml ไม่ได้ระบุว่าคอลัมน์ใดของไฟล์นี้คือพื้นที่",
            hint_en='Put its header under `survey:` in study.yml: site: "..." .',
            hint_th='ระบุหัวคอลัมน์ใต้ `survey:` ใน study.yml: site: "..."',
        )
    return pd.Series(ids[0] if len(ids) == 1 else "", index=frame.index, dtype=str)


def _dates(cells: pd.Series, fieldwork: Fieldwork | None, problems: Problems) -> pd.Series:
    """Dates as ISO dates, each file's by themselves: one may have been typed in another era."""
    read = [pd.Series("", index=cells.index[:0], dtype=str)]
    for here, labels, rows, header in problems.of_rows(cells.index, str(cells.name)):
        frame = pd.DataFrame({header: cells[labels].to_numpy()}, index=rows, dtype=object)
        read.append(read_dates(frame, header, fieldwork, here).set_axis(labels))
    return pd.concat(read).reindex(cells.index)


def _previews(file: SurveyFile, columns: SurveyColumns, rules: Sequence[RowsWhere]) -> pd.Series:
    """Which rows are of people who tried the form out."""
    usual = []
    if file.format == "qualtrics":
        headers = {column.header for column in file.columns}
        usual = [RowsWhere(column=name, values=values) for name, values in _PREVIEWS.items() if name in headers]
    return rows_where(file.frame, columns, [*usual, *rules]) != ""


def _ids(
    frame: pd.DataFrame, column: SurveyColumn | None, in_frame: pd.Series, may_repeat: bool, problems: Problems
) -> tuple[pd.Series, pd.Series]:
    """Ids of the respondents, which are unique, and the first of those who wrote the same one before.

    Rows without one are numbered as they stand in the file, so that rows added below change no id.
    """
    numbers = pd.Series([f"R{n:04d}" for n in range(1, len(frame) + 1)], index=frame.index, dtype=str)
    nobody = pd.Series("", index=frame.index, dtype=str)
    if column is None:
        return numbers, nobody
    written = frame[column.header]
    report_empty(frame[in_frame], [column.header], problems)
    if not may_repeat:
        report_duplicates(frame[in_frame], column.header, problems)
    ids = written.where(written != "", numbers)
    again = ids.groupby(ids).cumcount()
    ids = ids.where(again == 0, ids + "-" + (again + 1).astype(str))
    while (double := ids.duplicated()).any():
        ids = ids.where(~double, ids + "-2")
    own = written[in_frame & (written != "")]
    first = ids[own.index].groupby(own).transform("first")
    repeats = nobody.copy()
    repeats[own.index] = first.where(first != ids[own.index], "")
    return ids, repeats


def _names(entries: Iterable[tuple[str, ...]]) -> dict[str, str]:
    """Id by every name of it, exactly and as `comparable` has it; the first of each tuple is the id."""
    entries = list(entries)
    loose = {comparable(name): own[0] for own in reversed(entries) for name in own}
    return loose | {one_line(name).casefold(): own[0] for own in reversed(entries) for name in own}


def _recognised(
    cells: pd.Series,
    column: SurveyColumn | None,
    names: dict[str, str],
    shown: list[str],
    called: tuple[str, str],
    problems: Problems,
    *,
    listed: bool,
) -> pd.Series:
    """Ids of sites or groups from ids, names, or codes whose labels in the file are either; a problem where none is.

    Args:
        names: as from `_names`.
        called: what they are, in English and in Thai.
        listed: whether the study lists any; else it has the only one that it is taken to have.
    """
    meant = {}
    for cell in cells.unique():
        ways = [cell, *((column.values[cell],) if column and cell in column.values else ())]
        keys = [key for way in ways if way for key in (one_line(way).casefold(), comparable(way))]
        meant[cell] = next((names[key] for key in keys if key in names), "")
    en, th = called
    unknown = cells[(cells != "") & (cells.map(meant) == "")] if names else cells[:0]
    if column and not listed and len(unknown):
        _report_none_listed(unknown, column, en, problems)
        unknown = unknown[:0]
    cells_of = rows_by_cell(unknown)
    also = (
        _other_names(list(cells_of), names, shown) if en == "site" and 0 < len(cells_of) <= _OTHER_NAMES else ("", "")
    )
    for cell, rows in cells_of.items():
        hint_en, hint_th = did_you_mean(cell, shown) if len(cells_of) == 1 or not also[0] else ("", "")
        hint_en, hint_th = f"{hint_en} {also[0]}".strip(), f"{hint_th} {also[1]}".strip()
        add_for_rows(problems, f"unknown-{en}", f'"{cell}" is no {en} of this study.',
                     f'"{cell}" ไม่ใช่{th}ของการศึกษานี้', rows, str(cells.name),
                     hint_en=hint_en, hint_th=hint_th)  # fmt: skip
    return cells.map(meant).astype(str)


def _other_names(cells: Sequence[str], names: Mapping[str, str], shown: Sequence[str]) -> tuple[str, str]:
    """How study.yml says that cells are other names of sites, in English and in Thai: a line for all of them at once.

    The id is that of the site whose name is nearest, if one is near, for a person to judge.
    """
    by_id: dict[str, list[str]] = {}
    for cell in cells:
        near = nearest(cell, shown)
        by_id.setdefault(names[comparable(near[0])] if near else "ID", []).append(cell)
    line = flow_line("sites", by_id)
    which_en, which_th = ("it is another name of a site", "เป็นอีกชื่อหนึ่งของพื้นที่")
    if len(cells) > 1:
        which_en, which_th = "these are other names of sites", "เป็นชื่ออื่นของพื้นที่"
    return (
        f"If {which_en}, put this under `survey:` in study.yml, with the right ids: {line}",
        f"หาก{which_th} ให้วางบรรทัดนี้ใต้ `survey:` ใน study.yml โดยใส่รหัสพื้นที่ให้ถูกต้อง: {line}",
    )


def _report_none_listed(cells: pd.Series, column: SurveyColumn, called: str, problems: Problems) -> None:
    """Add a problem for sites or groups that a column names in a study that lists none, with how to list them."""
    names = [column.values.get(cell, cell) for cell in dict.fromkeys(cells)]
    named = ", ".join(f'"{name}"' for name in names[:_NAMED]) + (" ..." if len(names) > _NAMED else "")
    if called == "site":
        en, th = "sites, but sites.csv lists none", "ระบุพื้นที่ แต่ sites.csv ไม่มีรายการใด"
        hint_en = "List them in sites.csv, one a row: site_id, name_th, name_en."
        hint_th = "ใส่ใน sites.csv แถวละหนึ่งแห่ง: site_id, name_th, name_en"
    else:
        ids: list[str] = []
        for name in names:
            ids.append(new_id(name, "g", len(ids) + 1, ids).lower())
        groups = [{"id": id_, "label": name} for id_, name in zip(ids, names, strict=True)]
        en, th = "groups, but study.yml names none", "ระบุกลุ่ม แต่ study.yml ไม่มีรายการใด"
        hint_en = hint_th = flow_line("groups", groups)
        hint_en, hint_th = f"Add to study.yml: {hint_en}.", f"เพิ่มใน study.yml: {hint_th}"
    problems.add(
        f"no-{called}s",
        f"This column holds {en}: {named}.",
        f"คอลัมน์นี้{th}: {named}",
        row=int(cells.index[0]),
        column=column.header,
        hint_en=f"{hint_en} If it holds none, take `{called}` out of `survey:` in study.yml.",
        hint_th=f"{hint_th} หากไม่ใช่ ให้ลบบรรทัด {called} ใต้ `survey:` ใน study.yml",
    )


def _weights(cells: pd.Series, problems: Problems) -> pd.Series:
    """Weights as they stand in the file; a problem for each that is no positive number."""
    meant = {cell: parse_number(cell) for cell in cells.unique()}
    for cell, rows in rows_by_cell(cells[[not (meant[cell] or 0) > 0 for cell in cells]]).items():
        add_for_rows(
            problems,
            "weight",
            f'"{cell}" is no weight: weights are positive numbers.',
            f'"{cell}" ไม่ใช่น้ำหนัก น้ำหนักต้องเป็นจำนวนบวก',
            rows,
            str(cells.name),
            hint_en="Respondents who are not of the population are left out by survey.rules.out_of_frame.",
            hint_th="ผู้ตอบที่อยู่นอกกรอบประชากรให้ตัดออกด้วย survey.rules.out_of_frame",
        )
    return cells.map(meant).astype("float64")


def _seconds(duration: pd.Series, started: pd.Series, submitted: pd.Series) -> pd.Series:
    """The time taken, in seconds: as it stands there (612, 0:10:12), or from start to end; NaN where not known."""
    known = duration.map({cell: _as_seconds(cell) for cell in duration.unique()}).astype("float64")
    begin, end = (pd.to_datetime(c, format="ISO8601", errors="coerce", utc=True) for c in (started, submitted))
    taken = (end - begin).dt.total_seconds()
    return known.where(known.notna(), taken.where(taken >= 0))


def _as_seconds(cell: str) -> float:
    parts = [parse_number(part) for part in cell.split(":")]
    if not cell or len(parts) > 3 or None in parts:
        return np.nan
    return float(sum(part * 60**power for power, part in enumerate(reversed(parts)) if part is not None))
