"""What people are told of positions: how they count, where nothing fits, and what could not be placed."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from thongthin.basics.language import one_line
from thongthin.basics.lookalikes import difference_of, find_alike
from thongthin.basics.problems import Problems
from thongthin.read.coding.model import Selection, place_in_thai
from thongthin.read.coding.positions.counting import Convention
from thongthin.read.coding.positions.fit import Fit
from thongthin.read.coding.positions.outcome import Placement, PositionReport, Why
from thongthin.read.coding.positions.snippets import quotes

LISTED = 20  # so many passages of one reason are named
_SOUGHT = 5  # and so many sought in the interview by how they look
_IN_INTERVIEW, _IN_FILE = ("in the interview", "ในบทสัมภาษณ์"), ("in this file", "ในไฟล์นี้")

_UNIT_NAMES = {
    "code_points": ("code points", "จุดรหัส (code point)"),
    "utf16": ("UTF-16 units", "หน่วย UTF-16"),
    "utf8": ("UTF-8 bytes", "ไบต์ UTF-8"),
}
_NEWLINE_NAMES = {
    "stored": ("line ends as stored", "นับการขึ้นบรรทัดตามที่เก็บไว้"),
    "lf": ("a line end as 1", "นับการขึ้นบรรทัดเป็น 1"),
    "crlf": ("a line end as 2", "นับการขึ้นบรรทัดเป็น 2"),
}


def describe(convention: Convention) -> tuple[str, str]:
    """A convention in words, in English and Thai."""
    unit, newlines = _UNIT_NAMES[convention.unit], _NEWLINE_NAMES[convention.newlines]
    mark = (" after a byte-order mark", " โดยนับ byte-order mark ด้วย") if convention.mark else ("", "")
    return f"{unit[0]}{mark[0]}, {newlines[0]}", f"{unit[1]}{mark[1]} {newlines[1]}"


def describe_fit(fit: Fit) -> tuple[str, str]:
    """How well a convention fits, in English and Thai: "8 of 18 read as quoted"."""
    en, th = [], []
    if fit.quoted:
        en.append(f"{fit.matched} of {fit.quoted} read as quoted")
        th.append(f"ตรงกับข้อความที่อ้าง {fit.matched} จาก {fit.quoted}")
    if fit.bare:
        en.append(
            f"{fit.lines} of {fit.bare} are whole lines, {fit.words} whole words, {fit.possible} cut no character"
        )
        th.append(f"จาก {fit.bare} ตรงทั้งบรรทัด {fit.lines} ตรงทั้งคำ {fit.words} และไม่ตัดกลางอักขระ {fit.possible}")
    return ", ".join(en), " ".join(th)


def report_no_convention(report: PositionReport, source: str, problems: Problems) -> None:
    """Add the problem that no convention was found for a source, with all that was tried; nothing if one was.

    Args:
        source: its name, as the tool shows it.
        problems: bound to the file with `Problems.at`.
    """
    if not report.failed:
        return
    ways: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for fit in report.fits:
        ways.setdefault(describe_fit(fit), []).append(describe(fit.convention))
    tried_en = "; ".join(f"{fit} ({' / '.join(en for en, _ in alike)})" for (fit, _), alike in ways.items())
    tried_th = "; ".join(f"{fit} ({' / '.join(th for _, th in alike)})" for (_, fit), alike in ways.items())
    en, th, hint_en, hint_th = _why_no_convention(report, _short(source))
    problems.add(
        "positions",
        f"{en} Tried: {tried_en}.",
        f"{th} ที่ลองแล้ว: {tried_th}",
        hint_en=hint_en,
        hint_th=hint_th,
    )


def _why_no_convention(report: PositionReport, name: str) -> tuple[str, str, str, str]:
    if report.decided:
        unit_en, unit_th = _UNIT_NAMES[report.decided]
        return (
            f'By study.yml, positions in "{name}" count {unit_en}; what is selected there speaks against it.',
            f'study.yml ระบุว่าตำแหน่งใน "{name}" นับเป็น{unit_th} แต่ข้อความที่เลือกไว้ไม่ตรงตามนั้น',
            "Take `unit` out of study.yml (coding.files), or name the one that fits.",
            "ลบ `unit` ออกจาก study.yml (coding.files) หรือระบุหน่วยที่ตรงกับข้อความ",
        )
    if report.ambiguous:
        return (
            f'Several ways of counting positions fit the selections of "{name}", with different passages.',
            f'ข้อความที่เลือกใน "{name}" เข้ากับวิธีนับตำแหน่งได้หลายวิธี และได้ข้อความต่างกัน',
            "Export in a format that holds the text of the selections (a table of segments, or the tool's own file).",
            "ส่งออกในรูปแบบที่มีข้อความที่เลือกด้วย (ตารางข้อความ หรือไฟล์ของโปรแกรมเอง)",
        )
    return (
        f'No way of counting positions fits the selections of "{name}".',
        f'ไม่มีวิธีนับตำแหน่งใดเข้ากับข้อความที่เลือกใน "{name}"',
        "Was the text changed after it was coded? Put the text that was coded in interviews/, and export again.",
        "มีการแก้ข้อความหลังลงรหัสหรือไม่ วางข้อความที่ใช้ลงรหัสไว้ใน interviews/ แล้วส่งออกใหม่",
    )


# What is said of the passages that have one reason, and what would mend it, each in English and Thai.
_REASONS: dict[Why, tuple[str, str, str, str]] = {
    "outside": (
        "Positions outside the text, or within a character",
        "ตำแหน่งอยู่นอกข้อความหรือตัดกลางอักขระ",
        "Was the text changed after it was coded? Mark these passages again in the tool.",
        "มีการแก้ข้อความหลังลงรหัสหรือไม่ เลือกข้อความเหล่านี้ใหม่ในโปรแกรม",
    ),
    "empty": (
        "No text in it",
        "ไม่มีข้อความอยู่ในช่วงที่เลือก",
        "Delete it in the tool, or mark the passage again.",
        "ลบออกในโปรแกรม หรือเลือกข้อความใหม่",
    ),
    "no_text": (
        "Neither positions nor text",
        "ไม่มีทั้งตำแหน่งและข้อความ",
        "Give the text of the passage.",
        "ใส่ข้อความที่เลือก",
    ),
    "not_found": (
        "Nowhere in the transcript",
        "ไม่พบในบทสัมภาษณ์",
        "Were these words changed after they were coded? Mark the passages again in the tool.",
        "มีการแก้คำเหล่านี้หลังลงรหัสหรือไม่ เลือกข้อความใหม่ในโปรแกรม",
    ),
    "repeated": (
        "In several places, and nothing says which one is meant",
        "ปรากฏหลายแห่ง และไม่มีสิ่งใดบอกว่าหมายถึงแห่งใด",
        "Mark a longer passage, which stands only once.",
        "เลือกข้อความให้ยาวขึ้นจนปรากฏเพียงแห่งเดียว",
    ),
    "elsewhere": (
        "In one place, but perhaps not the one that was coded",
        "พบแห่งเดียว แต่อาจไม่ใช่แห่งที่ลงรหัสไว้",
        "Mark these passages again in the tool.",
        "เลือกข้อความเหล่านี้ใหม่ในโปรแกรม",
    ),
    "shortened": (
        "Shortened by the tool, and not in the transcript",
        "โปรแกรมตัดให้สั้นลง และไม่พบในบทสัมภาษณ์",
        "Export the whole text of the selections.",
        "ส่งออกข้อความที่เลือกทั้งหมดโดยไม่ตัด",
    ),
}


def report_unplaced(
    selections: Sequence[Selection],
    placements: Sequence[Placement],
    source: str,
    problems: Problems,
    *,
    transcript: str = "",
    leave_out: bool = False,
) -> int:
    """Add one problem for the selections of a source that were not placed, but for those that lack a convention.

    Args:
        selections, placements: of one source, as for `place` and from it.
        source: its name, as the tool shows it.
        problems: bound to the file with `Problems.at`.
        transcript: the interview, in which texts that only look the same are sought.
        leave_out: whether the study says that they are left out: then it is a notice.

    Returns:
        How many there are.
    """
    groups: dict[Why, list[tuple[Selection, Placement]]] = {}
    for selection, placement in zip(selections, placements, strict=True):
        if placement.why in _REASONS:
            groups.setdefault(placement.why, []).append((selection, placement))
    number = sum(map(len, groups.values()))
    if not number:
        return 0
    told = [_REASONS[why] for why in groups]
    alike = _looks_alike(groups.get("not_found", ()), transcript)
    listed = [_listed(group, alone=number == 1) for group in groups.values()]
    reasons_en = " ".join(f"{told[n][0]}: {listed[n][0]}." for n in range(len(told)))
    reasons_th = " ".join(f"{told[n][1]}: {listed[n][1]}" for n in range(len(told)))
    rows = [selection.row for group in groups.values() for selection, _ in group if selection.row is not None]
    row = min(rows, default=None)
    name, every = _short(source), len(selections)
    if leave_out:
        problems.notice(
            "left-out",
            f'Left out, as study.yml says, {number} of {every} passages in "{name}". {reasons_en}',
            f'ไม่นับรวมข้อความ {number} จาก {every} แห่งใน "{name}" ตามที่ระบุใน study.yml {reasons_th}',
            row=row,
            hint_en="coding_sources.csv counts them (left_out).",
            hint_th="ดูจำนวนใน coding_sources.csv (left_out)",
        )
        return number
    entry = f'coding: {{files: [{{file: "{problems.file.rpartition("/")[2]}", unplaced: leave_out}}]}}'
    problems.add(
        "unplaced",
        f'Cannot place {number} of {every} passages in "{name}". {reasons_en}',
        f'ระบุที่ของข้อความ {number} จาก {every} แห่งใน "{name}" ไม่ได้ {reasons_th}',
        row=row,
        hint_en=f"{alike[0]}{' '.join(one[2] for one in told)} To go on without them, say in study.yml: {entry}",
        hint_th=f"{alike[1]}{' '.join(one[3] for one in told)} หากจะทำต่อโดยไม่นับข้อความเหล่านี้ ให้ระบุใน study.yml: {entry}",
    )
    return number


def _looks_alike(group: Sequence[tuple[Selection, Placement]], transcript: str) -> tuple[str, str]:
    """How the first of these passages that only looks like the interview differs from it; empty if none does."""
    for selection, placement in group[:_SOUGHT]:
        words = (selection.quoted if quotes(selection) else placement.words).strip()
        for start, end in find_alike(transcript, words) if words else ():
            if differ := difference_of(transcript[start:end], words, _IN_INTERVIEW, _IN_FILE):
                return f'"{_short(words)}": {differ[0]} ', f'"{_short(words)}": {differ[1]} '
    return "", ""


def _listed(group: Sequence[tuple[Selection, Placement]], *, alone: bool) -> tuple[str, str]:
    """The passages as a sentence names them, in English and Thai; of one that is `alone`, the problem tells the row."""
    names = []
    for selection, placement in group[:LISTED]:
        words = selection.quoted if quotes(selection) else placement.words
        said = (
            f'"{_short(words)}"' if words else "" if selection.start is None else f"{selection.start}-{selection.end}"
        )
        spot = "" if alone and words and selection.row is not None else _short(selection.place)
        names.append(tuple(" ".join(filter(None, (named, said))) for named in (spot, place_in_thai(spot))))
    more = len(group) - LISTED
    and_en, and_th = (f", and {more} more", f" และอีก {more} แห่ง") if more > 0 else ("", "")
    return ", ".join(name[0] for name in names) + and_en, ", ".join(name[1] for name in names) + and_th


def tell_reanchored(segments: pd.DataFrame, problems: Problems) -> None:
    """Add a notice of the segments of one interview that stand elsewhere than their file says.

    Args:
        segments: `participant_id`, `start`, `end`, `text`, `place` and `row` of each, in order.
        problems: bound to the file with `Problems.at`.
    """
    first, number = segments.iloc[0], len(segments[["start", "end"]].drop_duplicates())
    numbered = pd.notna(first["row"])
    spot = "" if numbered or not first["place"] else f"{first['place']}, "
    person, shown, at = first["participant_id"], _short(first["text"]), f"{first['start']}-{first['end']}"
    problems.notice(
        "reanchored",
        f'{number} passage{"s" * (number > 1)} of "{person}" found elsewhere than this file says; the first: {spot}'
        f'"{shown}", now at {at}.',
        f'พบข้อความ {number} แห่งของ "{person}" ต่างจากตำแหน่งที่ไฟล์นี้ระบุ แห่งแรก: {place_in_thai(spot)}"{shown}"'
        f" ปัจจุบันอยู่ที่ {at}",
        row=int(first["row"]) if numbered else None,
        hint_en="The interview was changed after it was coded, or the positions are wrong; reanchored.csv lists all of"
        " them.",
        hint_th="บทสัมภาษณ์ถูกแก้หลังลงรหัส หรือตำแหน่งไม่ถูกต้อง ดูทั้งหมดได้ใน reanchored.csv",
    )


def _short(text: str) -> str:
    text = one_line(text)
    return text if len(text) <= 60 else f"{text[:40]} ... {text[-15:]}"
