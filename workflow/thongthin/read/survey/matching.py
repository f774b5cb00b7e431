"""Who is in both waves of a survey: by the id as it stands there, then by ids that differ in their spelling alone.

Fails, with a problem, where nobody is in both.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

from thongthin.basics.language import arabic_digits, one_line
from thongthin.basics.problems import Problems
from thongthin.read.files.sheets import by_row

# So many pairs are named in a message.
_LISTED = 6


def _loose(id_: str) -> str:
    """An id without case, spaces, punctuation and zeros in front of its numbers, in Arabic digits."""
    plain = re.sub(r"[\W_]+", "", arabic_digits(one_line(id_)).casefold())
    return re.sub(r"(?<!\d)0+(?=\d)", "", plain)


def matched(first: pd.Series, second: pd.Series, names: Sequence[str], problems: Problems) -> dict[int, int] | None:
    """The row of the second wave for each of the first that has one; None, with a problem added, if there is none.

    Args:
        first, second: ids by label of the row, each once.
        names: of the files.
        problems: bound to the second file.
    """
    of_id = {id_: label for label, id_ in by_row(second)}
    partner = {label: of_id[id_] for label, id_ in by_row(first) if id_ in of_id}
    loose: list[dict[str, list[tuple[int, str]]]] = [{}, {}]
    for own, found in zip((first, second), loose, strict=True):
        for label, id_ in by_row(own):
            found.setdefault(_loose(id_), []).append((label, id_))
    pairs: list[tuple[str, ...]] = []
    doubtful: list[tuple[str, ...]] = []
    joined = {*partner, *partner.values()}
    for key, ours in loose[0].items():
        theirs = loose[1].get(key, [])
        free = [[one for one in side if one[0] not in joined] for side in (ours, theirs)]
        if not (free[0] and free[1] and key):
            continue
        if len(ours) == len(theirs) == 1:
            partner[ours[0][0]] = theirs[0][0]
            pairs.append((ours[0][1], theirs[0][1]))
        else:
            doubtful.append(tuple('" / "'.join(id_ for _, id_ in side) for side in (ours, theirs)))
    if not partner:
        _report_nobody(first, second, names, problems)
        return None
    _tell_matches(len(partner), len(first) - len(partner), len(second) - len(partner), names, problems)
    _tell_spelling(pairs, doubtful, names, problems)
    return partner


def _report_nobody(first: pd.Series, second: pd.Series, names: Sequence[str], problems: Problems) -> None:
    ours, theirs = (", ".join(f'"{id_}"' for id_ in own[:3]) for own in (first, second))
    problems.add(
        "no-match",
        f"Nobody is in both waves: {len(first):,} ids in {names[0]} ({ours} ...), {len(second):,} in {names[1]}"
        f" ({theirs} ...), none of them the same.",
        f"ไม่มีผู้ใดอยู่ในทั้งสองช่วง: {names[0]} มี {len(first):,} รหัส ({ours} ...)"
        f" {names[1]} มี {len(second):,} รหัส ({theirs} ...) ไม่มีรหัสใดตรงกัน",
        column=str(second.name),
        hint_en="Name the column with the same ids in both files (respondent). If other people answered in each wave,"
        " take `wave` away and give each file a group (of_group), which the tables compare.",
        hint_th="ระบุคอลัมน์ที่มีรหัสเดียวกันในทั้งสองไฟล์ (respondent) หากแต่ละช่วงเป็นผู้ตอบคนละกลุ่ม ให้ลบ wave แล้วกำหนดกลุ่มให้แต่ละไฟล์"
        " (of_group) ตารางจะเปรียบเทียบระหว่างกลุ่มให้",
    )


def _tell_matches(both: int, first: int, second: int, names: Sequence[str], problems: Problems) -> None:
    hints = ("", "")
    if first or second:
        hints = (
            "What they did not answer counts as not given. To leave them out: unmatched: leave_out under `survey:`.",
            "ข้อที่ไม่ได้ตอบนับเป็นไม่มีคำตอบ หากต้องการตัดออก ให้ระบุ unmatched: leave_out ใต้ `survey:`",
        )
    problems.notice(
        "waves-joined",
        f"Respondents in both waves: {both:,}; in {names[0]} alone: {first:,}; in {names[1]} alone: {second:,}.",
        f"ผู้ตอบทั้งสองช่วง {both:,} ราย เฉพาะ {names[0]} {first:,} ราย เฉพาะ {names[1]} {second:,} ราย",
        hint_en=hints[0],
        hint_th=hints[1],
    )


def _tell_spelling(
    pairs: Sequence[tuple[str, ...]], doubtful: Sequence[tuple[str, ...]], names: Sequence[str], problems: Problems
) -> None:
    listed = [
        "; ".join(f'"{ours}" = "{theirs}"' for ours, theirs in own[:_LISTED])
        + (f" ... ({len(own)})" if len(own) > _LISTED else "")
        for own in (pairs, doubtful)
    ]
    if pairs:
        problems.notice(
            "ids-alike",
            f"Ids that are spelled differently in {names[0]} and {names[1]} were taken for the same: {listed[0]}.",
            f"รหัสที่เขียนต่างกันใน {names[0]} และ {names[1]} ถือเป็นรหัสเดียวกัน: {listed[0]}",
            hint_en="If they are other people, give them ids that differ in more than zeros, spaces or case.",
            hint_th="หากเป็นคนละคน ให้ใช้รหัสที่ต่างกันมากกว่าเลขศูนย์ข้างหน้า ช่องว่าง หรืออักษรพิมพ์เล็กใหญ่",
        )
    if doubtful:
        problems.notice(
            "ids-alike",
            f"Ids that look alike in {names[0]} and {names[1]} may be those of several people, and were not joined:"
            f" {listed[1]}.",
            f"รหัสที่คล้ายกันใน {names[0]} และ {names[1]} ไม่ได้เชื่อมกัน เพราะอาจตรงได้หลายรหัส: {listed[1]}",
            hint_en="If they are the same person, write the id in one way in both files.",
            hint_th="หากเป็นคนเดียวกัน ให้เขียนรหัสแบบเดียวกันในทั้งสองไฟล์",
        )
