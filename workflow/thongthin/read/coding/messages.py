"""What is said of files of coding: files, documents, codes and coders that do not fit the study, and double rows."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

import pandas as pd

from thongthin.basics.language import one_line
from thongthin.basics.nearest import did_you_mean
from thongthin.basics.problems import Problems
from thongthin.basics.records import records
from thongthin.read.coding.model import Format, Selection, Source, ToolCode
from thongthin.read.coding.names import Codebook, Participants
from thongthin.read.coding.recognise import SUFFIXES, also_said
from thongthin.read.files.sheets import also_in, rows_by_cell


def report_files(tables: Sequence[Path], undeclared: Iterable[str], problems: Problems) -> None:
    """Add a problem where there is no coding at all, and where study.yml names a file that is not there."""
    if not tables:
        problems.add(
            "missing-file",
            "There is no coding in this folder.",
            "ไม่มีการลงรหัสในโฟลเดอร์นี้",
            hint_en=f"Put the project of your coding tool here ({', '.join(SUFFIXES)}).",
            hint_th=f"วางไฟล์โครงการจากโปรแกรมลงรหัสไว้ที่นี่ ({', '.join(SUFFIXES)})",
        )
    study_yml = f"{problems.file.rsplit('/', 1)[0]}/study.yml"
    for name in undeclared:
        hint_en, hint_th = did_you_mean(name, [path.name for path in tables])
        problems.add("missing-file", f'There is no file "{name}" in coding/.', f'ไม่มีไฟล์ "{name}" ใน coding/',
                     file=study_yml, column="coding.files", hint_en=hint_en, hint_th=hint_th)  # fmt: skip


def report_code(
    code: ToolCode,
    name: str,
    candidates: Sequence[str],
    selections: Sequence[Selection],
    codebook: Codebook,
    format: Format,
    problems: Problems,
) -> None:
    """Add the problem that a code of the tool is none of the codebook, or could be any of several (`candidates`)."""
    rows = [selection.row for selection in selections if selection.row is not None]
    times = len(selections)
    where_en, where_th = also_in(rows) if rows else (f" Given {times} time{'s' * (times > 1)}.", f" ใช้ {times} ครั้ง")
    row = rows[0] if rows else None
    if candidates:
        listed = ", ".join(f'"{id_}"' for id_ in candidates)
        problems.add(
            "ambiguous-code",
            f'"{name}" could be any of these codes: {listed}.{where_en}',
            f'"{name}" อาจเป็นรหัสใดก็ได้ในนี้: {listed}{where_th}',
            row=row,
            hint_en="Call it by its id, or with the code above it.",
            hint_th="ใช้รหัสประจำตัว (code_id) หรือเขียนรหัสแม่กำกับไว้ด้วย",
        )
        return
    hint_en, hint_th = did_you_mean(code.name, codebook.names)
    more_en, more_th = also_said(format, "unknown-code")
    problems.add(
        "unknown-code",
        f'"{name}" is not a code of the codebook.{where_en}',
        f'ไม่มีรหัส "{name}" ในสมุดรหัส{where_th}',
        row=row,
        hint_en=f"{hint_en} {more_en}".strip(),
        hint_th=f"{hint_th} {more_th}".strip(),
    )


def report_documents(
    unknown: Sequence[Source],
    by_source: Mapping[str, Sequence[Selection]],
    participants: Participants,
    interviews: Collection[str],
    problems: Problems,
) -> None:
    """Add a problem for each document that is nobody's interview, or could be that of several."""
    for source in unknown:
        name = one_line(source.name) or source.id
        rows = [selection.row for selection in by_source[source.id] if selection.row is not None]
        also_en, also_th = also_in(rows) if rows else ("", "")
        row = rows[0] if rows else None
        if candidates := participants.candidates(source):
            listed = ", ".join(f'"{id_}"' for id_ in candidates)
            problems.add(
                "ambiguous-participant",
                f'"{name}" could be the interview of any of these: {listed}.{also_en}',
                f'"{name}" อาจเป็นบทสัมภาษณ์ของคนใดก็ได้ในนี้: {listed}{also_th}',
                row=row,
                hint_en="Name the document in the coding tool by its participant, as the interview file is.",
                hint_th="ตั้งชื่อเอกสารในโปรแกรมลงรหัสตามรหัสผู้ให้ข้อมูล เหมือนชื่อไฟล์บทสัมภาษณ์",
            )
            continue
        hint_en, hint_th = did_you_mean(source.name, interviews)
        problems.add(
            "unknown-participant",
            f'There is no interview of "{name}".{also_en}',
            f'ไม่มีบทสัมภาษณ์ของ "{name}"{also_th}',
            row=row,
            hint_en=hint_en or "Name the document in the coding tool by its participant, as the interview file is.",
            hint_th=hint_th or "ตั้งชื่อเอกสารในโปรแกรมลงรหัสตามรหัสผู้ให้ข้อมูล เหมือนชื่อไฟล์บทสัมภาษณ์",
        )


def report_anonymous(selections: Sequence[Selection], file: str, format: Format, problems: Problems) -> None:
    """Add a problem where nothing tells who coded; tables tell it themselves, row by row."""
    if selections:
        entry = f'coding: {{files: [{{file: "{file}", coder: SK}}]}}'
        more_en, more_th = also_said(format, "no-coder")
        problems.add(
            "no-coder",
            f"This file does not tell who coded (passages: {len(selections)}).",
            f"ไฟล์นี้ไม่บอกว่าใครเป็นผู้ลงรหัส (ข้อความ: {len(selections)})",
            hint_en=f"Say so in study.yml: {entry} {more_en}".strip(),
            hint_th=f"ระบุใน study.yml: {entry} {more_th}".strip(),
        )


def report_double_rows(double: pd.DataFrame, problems: Problems) -> None:
    """Add a problem for a row of a table that says what one before it said; other files may say things twice."""
    for row in records(double[double["row"].notna()]):
        problems.at(row["file"]).add(
            "double-segment",
            "The same coder gave this segment the same code in a row before.",
            "ผู้ลงรหัสคนเดียวกันให้รหัสนี้กับข้อความนี้ไว้แล้วในแถวก่อน",
            row=int(row["row"]),
            hint_en="Take one of the two rows out.",
            hint_th="ลบออกหนึ่งแถว",
        )


def report_coder_spellings(
    segments: pd.DataFrame, covered: Sequence[tuple[pd.DataFrame, Problems]], problems: Problems
) -> None:
    """Add a problem where one coder seems to be written in two ways, at the first place of the rarer one."""
    spellings: dict[str, dict[str, list[tuple[int | None, Problems]]]] = {}

    def note(coder: str, row: int | None, here: Problems) -> None:
        ways = spellings.setdefault(re.sub(r"[\W_]", "", coder.casefold()), {})
        ways.setdefault(coder, []).append((row, here))

    for coder, file, row in zip(segments["coder"], segments["file"], segments["row"], strict=True):
        note(coder, None if pd.isna(row) else int(row), problems.at(file))
    for frame, here in covered:
        for coder, rows in rows_by_cell(frame["coder"]).items():
            for row in rows:
                note(coder, row, here)
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
                column="coder" if row is not None else "",
                hint_en=f'Write "{usual}" everywhere.',
                hint_th=f'เขียน "{usual}" ให้เหมือนกันทุกแห่ง',
            )


def tell_beyond_text(number: int, problems: Problems) -> None:
    """A notice of selections that have no text."""
    if number:
        problems.notice(
            "not-text",
            f"Selections in pictures and recordings are not read ({number} in this file).",
            f"ไม่ได้อ่านส่วนที่เลือกในภาพและไฟล์เสียงหรือวิดีโอ (ในไฟล์นี้ {number} แห่ง)",
            hint_en="Code their transcripts, if they are to count.",
            hint_th="หากต้องการให้นับรวม ให้ลงรหัสในบทถอดเสียง",
        )
