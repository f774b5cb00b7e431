"""A survey of several response files as one table: parts below each other, waves (before, after) side by side.

In order: the files (`readers.survey_parts`), those of each wave one below the other; who is in both waves, by the id as
it stands there, then by ids that differ in nothing but case, spaces, punctuation, digits or zeros in front; the table,
a row for each respondent. A column that stands in both waves is three columns there: that of either wave, called
`header (before)` and `header (after)`, and `header`, which holds the first wave's cell, or the second's where there is
none. An item with a wave is looked for in the files of that wave alone.

Fails, with problems, where ids are not named, stand twice in a wave, or are in no case the same in both; where what is
asked in both waves differs in so many respondents that they may be other people; and where respondents of one wave have
no site, since only the other wave's file tells it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

import numpy as np
import pandas as pd

from thongthin.basics.language import one_line
from thongthin.basics.problems import Problems
from thongthin.contract.answer_scales import comparable
from thongthin.contract.study import Study
from thongthin.contract.survey import RowsWhere, Survey
from thongthin.read.files.sheets import report_duplicates
from thongthin.read.survey.columns import SurveyColumns, rows_where
from thongthin.read.survey.files import SurveyColumn, SurveyFile
from thongthin.read.survey.items import SINGLE
from thongthin.read.survey.matching import matched
from thongthin.read.survey.parts import Differ, Stack, format_of, merged, read_each, role_headers, stack, survey_of_all
from thongthin.read.survey.places import Part, PartProblems, Places

Wave = Literal["before", "after"]
WAVES: tuple[Wave, ...] = ("before", "after")
# The column that says in which waves a respondent is.
IN_WAVES = "survey.waves"


@dataclass
class WaveFile(SurveyFile):
    """The files of two waves as one, a row for each respondent.

    Attributes:
        parts: the files.
        stacks: those of each wave, one below the other.
        called: by wave, header in the stack -> header of the wave's own column here.
        both: header of a column of both waves -> headers of its columns of either.
        differ: labels that differ between the files of a column, by header.
        partner: row of the first wave -> row of the second that was joined to it.
    """

    parts: list[Part] = field(default_factory=list)
    stacks: dict[Wave, Stack] = field(default_factory=dict)
    called: dict[Wave, dict[str, str]] = field(default_factory=dict)
    both: dict[str, tuple[str, str]] = field(default_factory=dict)
    differ: dict[str, list[Differ]] = field(default_factory=dict)
    partner: dict[int, int] = field(default_factory=dict)


def read_files(
    folder: Path, items: pd.DataFrame, sites: pd.DataFrame, study: Study, problems: Problems
) -> tuple[SurveyFile, Study, Problems] | None:
    """All response files of a survey as one; None, with problems added, if they can't be.

    Args:
        folder: survey/ of the study.
        items, sites: as for `readers.survey.read_responses`.
        problems: bound to the first file.

    Returns:
        The table, the study as it reads that table, and the collector that tells where a cell stands in the files.
    """
    survey = study.survey
    assert survey is not None
    parts = read_each(folder, sites, study, problems)
    if not parts:
        return None
    roles = role_headers(parts)
    questions = dict.fromkeys(items.loc[items["choice"] != "", "column"])
    waves: tuple[Wave | None, ...] = WAVES if survey.in_waves else (None,)
    stacks = [
        stack([n for n, part in enumerate(parts) if part.settings.wave == wave], parts, survey, roles, questions)
        for wave in waves
    ]
    read = [own for own in stacks if own is not None]
    if len(read) < len(stacks):
        return None
    told = len(problems)
    for role, header in roles.items():  # of two waves, one file may hold it alone, but not none
        name = getattr(survey, role)
        if name and not any(header in own.frame for own in read):
            SurveyColumns(parts[0].file, parts[0].problems).find(name, "study.yml")
    if len(problems) > told:
        return None
    before, *after = read
    places = Places(parts, before.headers)
    file: SurveyFile = before
    if after:
        joined = _join(before, after[0], places, survey, roles)
        if joined is None:
            return None
        file = joined
    own = survey_of_all(survey, file.frame.columns, roles)
    if survey.unmatched == "leave_out" and after:
        alone = RowsWhere(column=IN_WAVES, values=list(WAVES))
        own = own.model_copy(
            update={"rules": own.rules.model_copy(update={"out_of_frame": [*own.rules.out_of_frame, alone]})}
        )
    return file, study.model_copy(update={"survey": own}), PartProblems.of(places)


# --- joining two waves ------------------------------------------------------------------------------------------------


def _join(before: Stack, after: Stack, places: Places, survey: Survey, roles: dict[str, str]) -> WaveFile | None:
    """Two waves side by side; None, with problems added, if it is not clear who is who."""
    parts = places.parts
    id_ = roles["respondent"]
    ids, in_frame = [], set[int]()
    for wave, own in zip(WAVES, (before, after), strict=True):
        here = PartProblems.of(Places(parts, own.headers), own.parts[0])
        if id_ not in own.frame:
            _report_no_ids(here)
            return None
        rules = [  # what names the column of this wave alone means its own header here
            rule.model_copy(update={"column": rule.column.removesuffix(f" ({wave})")})
            for rule in survey.rules.out_of_frame
        ]
        why = rows_where(own.frame, SurveyColumns(own, Problems()), rules)
        inside = own.frame[(why == "") & (own.frame[id_] != "")]
        in_frame.update(why.index[why == ""])
        told = len(here)
        if "duplicate" not in survey.rules.exclude:
            report_duplicates(inside, id_, here)
        if len(here) > told:
            return None
        ids.append(inside.loc[~inside[id_].duplicated(), id_])
    partner = matched(ids[0], ids[1], [parts[own.parts[0]].name for own in (before, after)], here)
    if partner is None:
        return None
    places.partner.update(partner)
    joined = _side_by_side(before, after, partner, parts, roles)
    places.headers = {
        **{joined.called["before"].get(header, header): own for header, own in before.headers.items()},
        **{joined.called["after"].get(header, header): own for header, own in after.headers.items()},
        **{header: {**before.headers[b], **after.headers[a]} for header, (b, a) in _both(before, after).items()},
    }
    return None if _report_without(joined, in_frame, survey, roles, places) else joined


def _both(before: Stack, after: Stack) -> dict[str, tuple[str, str]]:
    """Columns that stand in both waves: header before -> header in either; they may differ in spacing, punctuation."""
    there = list(after.frame.columns)
    found = {header: (header, header) for header in before.frame.columns if header in there}
    left = [header for header in before.frame.columns if header not in found]
    free = [header for header in there if header not in found]
    for header in left:
        alike = [other for other in free if comparable(other) == comparable(header)]
        if len(alike) == 1 and sum(comparable(other) == comparable(header) for other in left) == 1:
            found[header] = (header, alike[0])
    return found


def _side_by_side(
    before: Stack, after: Stack, partner: dict[int, int], parts: list[Part], roles: dict[str, str]
) -> WaveFile:
    """The table of two waves: the rows of the first, then those of the second that are joined to none."""
    alone = after.frame.index[~after.frame.index.isin(list(partner.values()))]
    index = before.frame.index.append(alone)
    rows_after = pd.Index([partner.get(int(label), int(label)) for label in index])
    cells = {
        "before": before.frame.reindex(index, fill_value=""),
        "after": after.frame.reindex(rows_after, fill_value="").set_axis(index),
    }
    columns = {wave: {c.header: c for c in own.columns} for wave, own in (("before", before), ("after", after))}
    both = _both(before, after)
    taken = {*before.frame.columns, *after.frame.columns}
    called: dict[Wave, dict[str, str]] = {"before": {}, "after": {}}
    made: dict[str, pd.Series] = {}
    listed: list[SurveyColumn] = []
    differ = {**after.differ, **before.differ}
    twins: dict[str, tuple[str, str]] = {}
    for header, pair in both.items():
        pieces = [
            (parts[own.parts[0]], columns[wave][name], cells[wave][name])
            for wave, own, name in zip(WAVES, (before, after), pair, strict=True)
        ]
        whole = merged(header, pieces)
        first, second = whole.cells[: len(index)], whole.cells[len(index) :]
        made[header] = first.where(first != "", second)
        listed.append(whole.column)
        differ[header] = [*before.differ[pair[0]], *after.differ[pair[1]], *whole.differ]
        if header in roles.values():
            continue
        names = []
        for wave, own, name in zip(WAVES, (before, after), pair, strict=True):
            twin = f"{name} ({wave})" + "*" * (f"{name} ({wave})" in taken)
            called[wave][name], made[twin] = twin, cells[wave][name]
            listed.append(replace(columns[wave][name], header=twin))
            differ[twin] = own.differ[name]
            names.append(twin)
        twins[header] = (names[0], names[1])
    for wave in WAVES:
        for header, column in columns[wave].items():
            if header not in [name for pair in both.values() for name in pair]:
                made[header] = cells[wave][header]
                listed.append(column)
    in_both = index.isin(list(partner))
    made[IN_WAVES] = pd.Series(
        np.where(in_both, "both", np.where(index.isin(before.frame.index), "before", "after")), index=index, dtype=str
    )
    listed.append(SurveyColumn(IN_WAVES))
    frame = pd.DataFrame(made, index=index)
    stacks: dict[Wave, Stack] = {"before": before, "after": after}
    return WaveFile(format_of(parts), frame, listed, before.sheet, parts, stacks, called, twins, differ, partner)


def hidden_cells(file: SurveyFile, header: str, rows: pd.Index) -> tuple[pd.Series, Problems] | None:
    """What the second wave holds in a column of which the first wave's cells were taken, and where to tell of it.

    Args:
        header: of a column of both waves, such as the day of the answers.
        rows: of the joined table; the others are not looked at.

    Returns:
        The cells under their labels in the second wave; None for a file without waves or such a column.
    """
    if not isinstance(file, WaveFile) or any(header not in own.frame for own in file.stacks.values()):
        return None
    first, second = (file.stacks[wave] for wave in WAVES)
    taken = sorted(own for row, own in file.partner.items() if row in rows and first.frame.at[row, header])
    here = PartProblems.of(Places(file.parts, second.headers), second.parts[0])
    return second.frame.loc[taken, header], here


def _report_no_ids(problems: Problems) -> None:
    problems.add(
        "no-respondent",
        "Waves are joined by the id of the respondent, but study.yml does not say which column of this file has it.",
        "การเชื่อมคำตอบสองช่วงใช้รหัสผู้ตอบ แต่ study.yml ไม่ได้ระบุว่าคอลัมน์ใดของไฟล์นี้คือรหัส",
        hint_en='Put its header under `survey:` in study.yml: respondent: "..." . If other people answered in each'
        " wave, there is nothing to join: take `wave` away and give each file a group (of_group), which the tables"
        " compare.",
        hint_th='ระบุหัวคอลัมน์ใต้ `survey:` ใน study.yml: respondent: "..." หากแต่ละช่วงเป็นผู้ตอบคนละกลุ่ม จะเชื่อมกันไม่ได้ ให้ลบ wave'
        " แล้วกำหนดกลุ่มให้แต่ละไฟล์ (of_group) ตารางจะเปรียบเทียบระหว่างกลุ่มให้",
    )


def _report_without(
    joined: WaveFile, in_frame: set[int], survey: Survey, roles: dict[str, str], places: Places
) -> bool:
    """Add a problem where respondents of one wave have no site or weight, since their file has no such column."""
    if survey.unmatched == "leave_out":
        return False
    found = False
    for wave, own in joined.stacks.items():
        n = int(((joined.frame[IN_WAVES] == wave) & joined.frame.index.isin(list(in_frame))).sum())
        for role, th in (("site", "พื้นที่"), ("weight", "น้ำหนัก")):
            if not n or roles[role] not in joined.frame or roles[role] in own.frame:
                continue
            found = True
            how_en, how_th = (" or of_site: ID", " หรือ of_site: รหัส") if role == "site" else ("", "")
            PartProblems.of(Places(places.parts, own.headers), own.parts[0]).add(
                f"no-{role}",
                f"{n:,} respondents are in this wave alone, and its file has no column of the {role}.",
                f"มีผู้ตอบ {n:,} รายที่อยู่เฉพาะช่วงนี้ แต่ไฟล์ของช่วงนี้ไม่มีคอลัมน์{th}",
                hint_en=f"Write beside the file in study.yml: {role}: HEADER{how_en}; or leave out who is in one wave"
                " alone: unmatched: leave_out under `survey:`.",
                hint_th=f"ระบุไว้กับไฟล์นี้ใน study.yml: {role}: หัวคอลัมน์{how_th} หรือตัดผู้ที่อยู่เพียงช่วงเดียวออก:"
                " unmatched: leave_out ใต้ `survey:`",
            )
    return found


# --- columns of items -------------------------------------------------------------------------------------------------


class WaveColumns(SurveyColumns):
    """The columns of two waves: of an item with a wave, in the files of that wave.

    Args:
        problems: bound to the table of both waves.
    """

    def __init__(self, file: WaveFile, problems: Problems) -> None:
        own = {header for pair in file.both.values() for header in pair}
        common = [column for column in file.columns if column.header not in own]
        super().__init__(SurveyFile(file.format, file.frame, common, file.sheet), problems)
        self._both = file.both
        self._here = {column.header: column for column in file.columns}
        self._of_wave = {column.header: column for column in file.columns if column.header in own}
        self._waves = {
            wave: SurveyColumns(own, PartProblems.of(Places(file.parts, own.headers), own.parts[0]))
            for wave, own in file.stacks.items()
        }
        self._called = file.called

    def find(self, name: str, source: str) -> SurveyColumn | None:
        """As of one file; `header (before)` is the column of that wave alone."""
        return self._of_wave.get(one_line(name)) or super().find(name, source)

    def alike(self, column: SurveyColumn) -> list[str]:
        """Headers of the columns that the name of this one stands for: itself and those of either wave."""
        return [column.header, *self._both.get(column.header, ())]

    def of_items(self, items: pd.DataFrame) -> list[SurveyColumn | None]:
        """The column of each item, in the files of its wave."""
        found: dict[str, SurveyColumn | None] = {}
        single = items[items["wave"] == SINGLE]
        found.update(zip(single["item_id"], super().of_items(single), strict=True))
        for wave, columns in self._waves.items():
            own = items[items["wave"] == wave]
            for item, column in zip(own["item_id"], columns.of_items(own), strict=True):
                header = self._called[wave].get(column.header, column.header) if column else ""
                found[item] = self._here[header] if column else None
        return [found[item] for item in items["item_id"]]


def columns_of(file: SurveyFile, problems: Problems) -> SurveyColumns:
    """The columns of a file, or of several, to be found by what people call them."""
    return WaveColumns(file, problems) if isinstance(file, WaveFile) else SurveyColumns(file, problems)
