"""Where the files of one survey disagree in what the study uses: labels, columns that are not there, waves.

Fails, with problems, where what is taken from both waves differs in so many respondents that they may be other people,
where a column may stand in a file under another header, and where items asked twice are numbered the other way round.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import pandas as pd

from thongthin.basics.nearest import nearest
from thongthin.basics.problems import Problems
from thongthin.basics.records import records
from thongthin.basics.yaml_source import flow_line
from thongthin.contract.answer_scales import FROM_FILE, AnswerScale, comparable
from thongthin.contract.survey import Survey
from thongthin.read.survey.files import SurveyColumn, SurveyFile
from thongthin.read.survey.items import SINGLE
from thongthin.read.survey.parts import CONSTANT, Differ, Stack
from thongthin.read.survey.places import Part, PartProblems
from thongthin.read.survey.waves import IN_WAVES, WAVES, WaveFile

# Answers of the same ids that differ more often than this may be of other people.
_DIFFERING = 0.2
# So many columns are named in a message.
_LISTED = 6


def tell_files(
    file: SurveyFile, items: pd.DataFrame, of_item: Sequence[SurveyColumn | None], survey: Survey, problems: Problems
) -> None:
    """Tell where the files of a survey disagree in what the study uses; nothing of a survey in one file.

    Args:
        of_item: the column of each item.
        survey: as it reads the table of all files.
        problems: of that table.
    """
    used = [column for column in of_item if column is not None]
    if isinstance(problems, PartProblems) and isinstance(file, Stack):
        tell_labels(one for column in used for one in file.differ.get(column.header, ()))
        tell_absent(file, problems.places.parts, used, problems)
    if not isinstance(file, WaveFile):
        return
    told = {header: one for column in used for header in [column.header] for one in file.differ.get(header, ())}
    tell_labels(told.values())
    for wave, own in file.stacks.items():
        names = {here: there for there, here in file.called[wave].items()}
        known = {column.header: column for column in own.columns}
        of_wave = [known[name] for c in used if (name := names.get(c.header, c.header)) in known]
        tell_absent(own, file.parts, of_wave, problems)
    if (items["wave"] == SINGLE).all():
        problems.notice(
            "no-wave",
            "The files are of two waves, but no item has a wave: no change is computed.",
            "ไฟล์เป็นของสองช่วง แต่ไม่มีข้อใดระบุช่วงเวลา (wave) จึงไม่คำนวณการเปลี่ยนแปลง",
            hint_en="Give each question that was asked in both a row for each wave in survey/items.csv, with the same"
            " column and pair.",
            hint_th="ข้อที่ถามทั้งสองช่วง ให้มีสองแถวใน survey/items.csv ช่วงละแถว โดยใช้ column และ pair เดียวกัน",
        )
    roles = [getattr(survey, role) for role in ("site", "group", "weight") if getattr(survey, role)]
    _tell_common(file, roles, [c.header for c in used if c.header in file.both], problems)


def _tell_common(file: WaveFile, roles: Sequence[str], items: Sequence[str], problems: Problems) -> None:
    """Tell what was taken from both waves, and in how many respondents they differ; a problem where in many."""
    in_both = file.frame[IN_WAVES] == "both"
    listed, apart = [], []
    for header in dict.fromkeys([*roles, *items]):
        first, second = _cells_of_both(file, header)
        if first is None or second is None:
            continue
        filled = in_both & (first != "") & (second != "")
        n, differing = int(filled.sum()), int((first != second)[filled].sum())
        name = header.removeprefix("survey.")
        listed.append(f"{name} ({differing:,}/{n:,})" if differing else name)
        if n and differing > max(2, _DIFFERING * n):
            apart.append((header, name, differing, n))
    if apart:
        said = "; ".join(f"{name} ({differing:,}/{n:,})" for _, name, differing, n in apart)
        item = next((name for header, name, *_ in apart if header in items), "HEADER")
        problems.add(
            "waves-differ",
            f"What is taken from both waves differs in many of the respondents who are in both: {said}. Are they the"
            " same people?",
            f"คำตอบที่ใช้ร่วมกันจากทั้งสองช่วงต่างกันในผู้ตอบจำนวนมาก: {said} ใช่คนเดียวกันหรือไม่",
            hint_en="If they are, say whose answers count: for an item, in the column `column` of survey/items.csv:"
            f' "{item} (before)" or "{item} (after)"; for site, group or weight, name the column beside one file only.'
            " If they are other people, take `wave` away and give each file a group (of_group).",
            hint_th="หากใช่ ให้ระบุว่าใช้คำตอบของช่วงใด: ข้อคำถามให้เขียนในคอลัมน์ column ของ survey/items.csv ว่า"
            f' "{item} (before)" หรือ "{item} (after)" ส่วน site, group, weight ให้ระบุไว้กับไฟล์เดียว'
            " หากเป็นคนละคน ให้ลบ wave แล้วกำหนดกลุ่มให้แต่ละไฟล์ (of_group)",
        )
    elif listed:
        said = ", ".join(listed[:_LISTED]) + (f" ... ({len(listed)})" if len(listed) > _LISTED else "")
        problems.notice(
            "in-both-waves",
            "These stand in the files of both waves: the first wave's cell counts, the second's where it is empty (in"
            f" brackets: respondents whose cells differ): {said}.",
            f"คอลัมน์เหล่านี้มีในทั้งสองช่วง ใช้ค่าของช่วงแรก หากว่างใช้ค่าของช่วงหลัง (ในวงเล็บคือจำนวนผู้ตอบที่ค่าต่างกัน): {said}",
            hint_en='"header (after)" in the column `column` of survey/items.csv takes the second wave alone.',
            hint_th='หากต้องการใช้เฉพาะช่วงหลัง ให้เขียน "หัวคอลัมน์ (after)" ในคอลัมน์ column ของ survey/items.csv',
        )


def _cells_of_both(file: WaveFile, header: str) -> tuple[pd.Series | None, pd.Series | None]:
    """The cells of either wave of a column, as far as it stands in both."""
    if header in file.both:
        first, second = file.both[header]
        return file.frame[first], file.frame[second]
    # A role has no columns of its own; one for a whole file is nothing that respondents said.
    if all(header in own.frame and not {*own.headers[header].values()} & {*CONSTANT.values()}
           for own in file.stacks.values()):  # fmt: skip
        own = [file.stacks[wave].frame[header] for wave in WAVES]
        of_after = file.frame.index.map(lambda label: file.partner.get(int(label), int(label)))
        return (
            own[0].reindex(file.frame.index, fill_value=""),
            own[1].reindex(of_after, fill_value="").set_axis(file.frame.index),
        )
    return None, None


def tell_pairs(
    items: pd.DataFrame, names: Sequence[str], scales: dict[str, AnswerScale], file: SurveyFile, problems: Problems
) -> None:
    """Tell of items asked before and after on the scale of the file whose labels are not the same in both files.

    A problem where the same label has another number; otherwise a notice.

    Args:
        names: the scale of each item.
    """
    if not isinstance(file, WaveFile):
        return
    scale_of = dict(zip(items["item_id"], names, strict=True))
    of_pair: dict[tuple[str, str], dict[str, str]] = {}
    for row in records(items[items["wave"] != SINGLE]):
        of_pair.setdefault((row["construct"], row["pair"]), {})[row["wave"]] = row["item_id"]
    for pair in of_pair.values():
        if len(pair) < 2:
            continue
        first, second = (scales.get(scale_of[pair[wave]]) for wave in WAVES)
        if first is None or second is None or not scale_of[pair["before"]].startswith(FROM_FILE):
            continue
        labels = [{p.value: comparable(p.th) for p in scale.points} for scale in (first, second)]
        shared = labels[0].keys() & labels[1].keys()
        differ = sorted(value for value in shared if labels[0][value] != labels[1][value])
        if not differ:
            continue
        moved = any(labels[0][value] in labels[1].values() for value in differ)
        said = [
            ", ".join(f'{p.value} = "{p.th}"' for p in scale.points if p.value in differ) for scale in (first, second)
        ]
        tell = problems.add if moved else problems.notice
        tell(
            "labels-differ",
            f'The items "{pair["before"]}" and "{pair["after"]}" are answered by the numbers of their files, whose'
            f" labels differ: {said[0]} before, {said[1]} after.",
            f'ข้อ "{pair["before"]}" และ "{pair["after"]}" ใช้เลขตามไฟล์ แต่ป้ายของสองไฟล์ไม่ตรงกัน:'
            f" ก่อน {said[0]} หลัง {said[1]}",
            hint_en="Give both items a scale in words in survey/items.csv: its words decide. Or code both files alike.",
            hint_th="ใช้มาตรวัดที่เป็นถ้อยคำกับทั้งสองข้อใน survey/items.csv ถ้อยคำจะเป็นตัวกำหนดค่า หรือลงรหัสทั้งสองไฟล์ให้ตรงกัน",
        )


def tell_labels(differ: Iterable[Differ]) -> None:
    """Tell which answers were taken in words since their labels differ from those of files before."""
    for part, column, before, values in differ:
        if not values:
            _tell_bare(part, column, before)
            continue
        here = ", ".join(f'{value} = "{column.values[value]}"' for value in values[:_LISTED])
        there = ", ".join(f'{value} = "{before.values[value]}"' for value in values[:_LISTED])
        part.problems.notice(
            "labels-differ",
            f"The labels of this column differ between the files: {here} here, {there} in those before. The answers of"
            " this file were taken in words.",
            f"ป้ายของคอลัมน์นี้ในแต่ละไฟล์ไม่ตรงกัน: ไฟล์นี้ {here} ไฟล์ก่อนหน้า {there} จึงอ่านคำตอบของไฟล์นี้ตามถ้อยคำ",
            column=column.header,
            hint_en="If only the wording differs, give the labels one wording, or list both wordings in study.yml"
            " (also).",
            hint_th="หากต่างกันเพียงถ้อยคำ ให้ใช้ถ้อยคำเดียวกัน หรือระบุทั้งสองถ้อยคำใน study.yml (also)",
        )


def _tell_bare(part: Part, column: SurveyColumn, labelled: SurveyColumn) -> None:
    listed = [f'{value} = "{label}"' for value, label in labelled.values.items()]
    said = ", ".join(listed[:_LISTED]) + (f" ... ({len(listed)})" if len(listed) > _LISTED else "")
    part.problems.notice(
        "labels-of-others",
        f"This column has no labels in this file, but codes that another file labels, which were taken so: {said}.",
        f"คอลัมน์นี้ในไฟล์นี้ไม่มีป้าย แต่มีรหัสที่อีกไฟล์มีป้ายกำกับ จึงอ่านตามป้ายนั้น: {said}",
        column=column.header,
        hint_en="If these codes mean something else here, write the answers of this file in words.",
        hint_th="หากรหัสในไฟล์นี้มีความหมายอื่น ให้เขียนคำตอบของไฟล์นี้เป็นถ้อยคำ",
    )


def tell_absent(own: Stack, parts: Sequence[Part], used: Iterable[SurveyColumn], problems: Problems) -> None:
    """Tell which files lack a column that the study uses: a problem if it may stand there under another header.

    Args:
        used: the columns that items are taken from.
        problems: for what is told of all files.
    """
    absent: dict[int, list[str]] = defaultdict(list)
    for column in dict.fromkeys(column.header for column in used):
        if next(c.choice_of for c in own.columns if c.header == column):
            continue
        for place in own.parts:
            if place not in own.headers[column]:
                absent[place].append(column)
    first = parts[own.parts[0]]
    for place, headers in absent.items():
        part = parts[place]
        settled = {*part.settings.columns, *part.settings.columns.values()}
        extra = [
            header for header, there in own.headers.items() if list(there) == [place] and header not in settled
        ] if place != own.parts[0] else []  # fmt: skip
        near = {header: found[0] for header in headers if (found := nearest(header, extra, 1))}
        if near:
            line = flow_line("columns", {theirs: ours for ours, theirs in near.items()})
            alone = flow_line("columns", {theirs: theirs for theirs in near.values()})
            listed = "; ".join(f'"{ours}" ("{theirs}"?)' for ours, theirs in list(near.items())[:_LISTED])
            part.problems.add(
                "other-header",
                f"This file has no such columns, though {first.name} has, but others that look like them: {listed}.",
                f"ไฟล์นี้ไม่มีคอลัมน์เหล่านี้ซึ่งมีใน {first.name} แต่มีคอลัมน์ที่คล้ายกัน: {listed}",
                row=1,
                hint_en=f"If they are the same, put this beside the file in study.yml: {line}; if they are other"
                f" questions: {alone}",
                hint_th=f"หากเป็นข้อเดียวกัน ให้วางบรรทัดนี้ไว้กับไฟล์นี้ใน study.yml: {line} หากเป็นคนละข้อ: {alone}",
            )
        rest = [header for header in headers if header not in near]
        if rest:
            listed = ", ".join(f'"{header}"' for header in rest[:_LISTED])
            more = f" ... ({len(rest)})" if len(rest) > _LISTED else ""
            n = len(part.file.frame)
            part.problems.notice(
                "absent-column",
                f"This file does not have these columns of the other files: {listed}{more}. Its {n:,} respondents have"
                " no answer there.",
                f"ไฟล์นี้ไม่มีคอลัมน์เหล่านี้ซึ่งมีในไฟล์อื่น: {listed}{more} ผู้ตอบ {n:,} รายในไฟล์นี้จึงไม่มีคำตอบในข้อเหล่านั้น",
                row=1,
                hint_en="If one of them has another header here, name it beside the file in study.yml (columns).",
                hint_th="หากคอลัมน์ใดใช้หัวอื่นในไฟล์นี้ ให้ระบุไว้กับไฟล์นี้ใน study.yml (columns)",
            )
