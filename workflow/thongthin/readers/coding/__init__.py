"""Coded segments (`coding/*.csv`, `.xlsx`) and who read what (`coding/coverage.csv`).

Positions are code points, half-open, into the normalised transcript (speaker labels included), and are checked against
the text that the segment quotes. Where there is no coverage table, a coder has read every interview in which he marked
something, for all codes.

Fails, with problems, on an unknown participant or code, positions outside the transcript or where other text stands,
double segments, a coder written in two ways, and segments that the coverage table rules out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from thongthin.language import parse_integer
from thongthin.problems import Problems
from thongthin.readers.interviews import find_passages, same_passage
from thongthin.readers.sheets import by_row, read_columns, report_empty, report_unknown, rows_by_cell

COVERAGE = "coverage"
SEGMENT = ["participant_id", "start", "end", "code_id", "coder"]


def read_coding(
    files: Sequence[Path], codes: pd.DataFrame, transcripts: pd.DataFrame, problems: Problems
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Tables `codings` (by participant, position and codebook) and `coverage`.

    Args:
        files: the tables of the folder; the one called `coverage` says who read what.
        codes, transcripts: the tables of these names; without rows, they are not judged.
        problems: bound to the folder with `Problems.at`.
    """
    texts = dict(zip(transcripts["participant_id"], transcripts["text"], strict=True))
    code_ids = list(codes["code_id"])
    tables = [path for path in files if path.stem != COVERAGE]
    read = [_read_table(path, code_ids, texts, problems.at(f"{problems.file}/{path.name}")) for path in tables]
    if not read:
        problems.add(
            "missing-file",
            "There is no table of coded segments in this folder.",
            "ไม่มีตารางการลงรหัสในโฟลเดอร์นี้",
            hint_en="Put a .csv or .xlsx here with the columns participant, start, end, code, coder, text.",
            hint_th="วางไฟล์ .csv หรือ .xlsx ที่มีคอลัมน์ participant, start, end, code, coder, text",
        )
    coverage_files = [path for path in files if path.stem == COVERAGE]
    covered = [
        _read_coverage(path, code_ids, texts, problems.at(f"{problems.file}/{path.name}")) for path in coverage_files
    ]
    _report_coder_spellings([*read, *covered])

    columns = [*SEGMENT, "text"]
    codings = (
        pd.concat([frame[columns] for frame, _ in read], ignore_index=True) if read else pd.DataFrame(columns=columns)
    )
    if covered:
        coverage = pd.concat([frame for frame, _ in covered], ignore_index=True)
        every = coverage["code_id"] == ""
        coverage = pd.concat(
            [
                coverage[~every].rename(columns={"code_id": "named"}).merge(_codes_within(codes), on="named"),
                coverage.loc[every, ["participant_id", "coder"]].merge(codes[["code_id"]], how="cross"),
            ]
        )
        for frame, here in read:
            _report_uncovered(frame, coverage, here)
    else:
        coverage = codings[["participant_id", "coder"]].drop_duplicates().merge(codes[["code_id"]], how="cross")

    position = {code: n for n, code in enumerate(code_ids)}
    place = {participant: n for n, participant in enumerate(texts)}

    def in_order(column: pd.Series) -> pd.Series:
        return column.map({"participant_id": place, "code_id": position}.get(str(column.name), lambda cell: cell))

    codings = codings.sort_values(SEGMENT, key=in_order, ignore_index=True)
    number = codings.groupby("participant_id").cumcount() + 1
    codings["segment_id"] = codings["participant_id"] + "-s" + number.astype(str).str.zfill(3)
    codings["theme_id"] = codings["code_id"].map(dict(zip(codes["code_id"], codes["theme_id"], strict=True))).fillna("")
    coverage = coverage[["participant_id", "coder", "code_id"]].drop_duplicates()
    return codings, coverage.sort_values(["participant_id", "coder", "code_id"], key=in_order, ignore_index=True)


def _read_table(
    path: Path, code_ids: list[str], texts: dict[str, str], problems: Problems
) -> tuple[pd.DataFrame, Problems]:
    """One table of segments, its columns named as in `codings`, under its row numbers."""
    frame, here = read_columns(path, problems, ("participant", "start", "end", "code", "coder"), ("text",))
    _report_names(frame, code_ids, texts, here)
    report_empty(frame, ("participant", "code", "coder"), here)
    for column in ("start", "end"):
        meant = {cell: parse_integer(cell) for cell in frame[column].unique()}
        for row, cell in by_row(frame.loc[frame[column].map(meant).isna(), column]):
            here.add("position", f'"{cell}" is not a whole number.', f'"{cell}" ไม่ใช่จำนวนเต็ม', row=row, column=column)
        frame[column] = frame[column].map(meant).fillna(-1).astype("int64")
    frame = frame.rename(columns={"participant": "participant_id", "code": "code_id"})
    frame["text"] = [
        _checked_text(row, participant, start, end, text, texts.get(participant), here)
        for row, participant, start, end, text in zip(
            frame.index, frame["participant_id"], frame["start"], frame["end"], frame["text"], strict=True
        )
    ]
    for row in frame.index[frame.duplicated(SEGMENT)]:
        here.add(
            "double-segment",
            "The same coder gave this segment the same code in a row before.",
            "ผู้ลงรหัสคนเดียวกันให้รหัสนี้กับข้อความนี้ไว้แล้วในแถวก่อน",
            row=row,
            hint_en="Take one of the two rows out.",
            hint_th="ลบออกหนึ่งแถว",
        )
    return frame, here


def _checked_text(
    row: int, participant: str, start: int, end: int, quoted: str, transcript: str | None, problems: Problems
) -> str:
    """What stands at the position; a problem is added if there is nothing, or not what the segment quotes."""
    if not transcript or start < 0 or end < 0:
        return quoted
    if start < end <= len(transcript):
        text = transcript[start:end]
        if not quoted or same_passage(text, quoted):
            return text
        kind, column = "text-mismatch", "text"
        en = f'Characters {start} to {end} of "{participant}" read "{_short(text)}", not "{_short(quoted)}".'
        th = f'อักขระที่ {start} ถึง {end} ของ "{participant}" คือ "{_short(text)}" ไม่ใช่ "{_short(quoted)}"'
    else:
        kind, column = "outside-text", "end" if start < end else "start"
        en = f'{start} to {end} is not a segment of "{participant}", whose transcript has {len(transcript)} characters.'
        th = f'ตำแหน่ง {start} ถึง {end} อยู่นอกบทสัมภาษณ์ "{participant}" ซึ่งมี {len(transcript)} อักขระ'
    places = find_passages(transcript, quoted)
    if len(places) == 1:
        hint_en = f"This text stands at {places[0][0]} to {places[0][1]}: are these the positions?"
        hint_th = f"ข้อความนี้อยู่ที่ตำแหน่ง {places[0][0]} ถึง {places[0][1]} ควรใช้ตำแหน่งนี้หรือไม่"
    elif places:
        hint_en = f"This text stands in {len(places)} places of the transcript; positions count characters from 0."
        hint_th = f"ข้อความนี้ปรากฏ {len(places)} แห่งในบทสัมภาษณ์ ตำแหน่งนับอักขระเริ่มจาก 0"
    else:
        hint_en = "This text is nowhere in the transcript; was the interview changed after it was coded?"
        hint_th = "ไม่พบข้อความนี้ในบทสัมภาษณ์ มีการแก้บทสัมภาษณ์หลังลงรหัสหรือไม่"
    if not quoted:
        hint_en = hint_th = ""
    problems.add(kind, en, th, row=row, column=column, hint_en=hint_en, hint_th=hint_th)
    return quoted


def _read_coverage(
    path: Path, code_ids: list[str], texts: dict[str, str], problems: Problems
) -> tuple[pd.DataFrame, Problems]:
    frame, here = read_columns(path, problems, ("participant", "coder"), ("code",))
    _report_names(frame, code_ids, texts, here)
    report_empty(frame, ("participant", "coder"), here)
    return frame.rename(columns={"participant": "participant_id", "code": "code_id"}), here


def _codes_within(codes: pd.DataFrame) -> pd.DataFrame:
    """named, code_id: every code with itself and with each code below it."""
    parents = dict(zip(codes["code_id"], codes["parent_id"], strict=True))
    pairs = []
    for code in parents:
        named, seen = code, set()
        while named in parents and named not in seen:  # a circle is a problem of the codebook, told there
            pairs.append((named, code))
            seen.add(named)
            named = parents[named]
    return pd.DataFrame(pairs, columns=["named", "code_id"], dtype=str)


def _report_names(frame: pd.DataFrame, code_ids: list[str], texts: dict[str, str], problems: Problems) -> None:
    report_unknown(frame, "participant", texts, problems, "unknown-participant",
                   'There is no interview of "{}".', 'ไม่มีบทสัมภาษณ์ของ "{}"')  # fmt: skip
    report_unknown(frame, "code", code_ids, problems, "unknown-code",
                   '"{}" is not a code of the codebook.', 'ไม่มีรหัส "{}" ในสมุดรหัส')  # fmt: skip


def _report_uncovered(frame: pd.DataFrame, coverage: pd.DataFrame, problems: Problems) -> None:
    keys = ["participant_id", "coder", "code_id"]
    known = pd.MultiIndex.from_frame(coverage[keys])
    for row in frame.index[~pd.MultiIndex.from_frame(frame[keys]).isin(known)]:
        participant, coder, code = frame.loc[row, keys]
        problems.add(
            "uncovered-segment",
            f'By the coverage table, "{coder}" did not read "{participant}" for "{code}".',
            f'ตามตาราง coverage "{coder}" ไม่ได้อ่าน "{participant}" สำหรับรหัส "{code}"',
            row=row,
            hint_en="Add a row to the coverage table, or correct this one.",
            hint_th="เพิ่มแถวในตาราง coverage หรือแก้แถวนี้",
        )


def _report_coder_spellings(tables: list[tuple[pd.DataFrame, Problems]]) -> None:
    """Add a problem where one coder seems to be written in two ways, at the first row of the rarer one."""
    spellings: dict[str, dict[str, list[tuple[int, Problems]]]] = {}
    for frame, here in tables:
        for coder, rows in rows_by_cell(frame["coder"]).items():
            ways = spellings.setdefault(re.sub(r"[\W_]", "", coder.casefold()), {})
            ways.setdefault(coder, []).extend((row, here) for row in rows)
    spellings.pop("", None)
    for ways in spellings.values():
        usual, *others = sorted(ways, key=lambda way: (-len(ways[way]), way))
        for other in others:
            row, here = ways[other][0]
            here.add(
                "coder-spelling",
                f'The coder "{other}" (rows: {len(ways[other])}) seems to be "{usual}" (rows: {len(ways[usual])}).',
                f'ผู้ลงรหัส "{other}" ({len(ways[other])} แถว) น่าจะเป็นคนเดียวกับ "{usual}" ({len(ways[usual])} แถว)',
                row=row,
                column="coder",
                hint_en=f'Write "{usual}" everywhere.',
                hint_th=f'เขียน "{usual}" ให้เหมือนกันทุกแห่ง',
            )


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else f"{text[:40]} ... {text[-15:]}"
