"""Who read which interview for which codes: the coverage, and the interviews that nobody read.

What tables `coding/coverage` say counts; without one, a coder has read every interview in which he marked something
(or, in a table of units, judged a unit), for all codes. What study.yml says of who read what is added to either.

An interview that somebody read and marked nothing in speaks of no theme, and counts in every denominator; one that
nobody read says nothing, and is in none. No file of a coding tool tells the two apart: where nothing at all is marked
in an interview, it is taken for unread, and the check says which these are, what follows, and how to say otherwise.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

import pandas as pd

from thongthin.basics.nearest import did_you_mean
from thongthin.basics.problems import Problems
from thongthin.basics.records import records
from thongthin.read.coding.placing import Study
from thongthin.read.files.sheets import read_columns, report_empty, report_unknown

# What the table of who read what is called, without ending.
COVERAGE = "coverage"
KEYS = ["participant_id", "coder", "code_id"]
# So many participants are listed one by one.
_LISTED = 12


def read_coverage(path: Path, study: Study, problems: Problems) -> tuple[pd.DataFrame, Problems]:
    frame, here = read_columns(path, problems, ("participant", "coder"), ("code",))
    report_unknown(frame, "participant", study.texts, here, "unknown-participant",
                   'There is no interview of "{}".', 'ไม่มีบทสัมภาษณ์ของ "{}"')  # fmt: skip
    report_unknown(frame, "code", study.codebook.ids, here, "unknown-code",
                   '"{}" is not a code of the codebook.', 'ไม่มีรหัส "{}" ในสมุดรหัส')  # fmt: skip
    report_empty(frame, ("participant", "coder"), here)
    return frame.rename(columns={"participant": "participant_id", "code": "code_id"}), here


def covered_by_tables(tables: Sequence[pd.DataFrame], codes: pd.DataFrame) -> pd.DataFrame:
    """participant_id, coder, code_id: what tables of coverage say; a row without code means all codes."""
    coverage = pd.concat(tables, ignore_index=True)
    whole = coverage["code_id"] == ""
    named = coverage[~whole].rename(columns={"code_id": "named"})
    return pd.concat(
        [
            named.merge(_codes_within(codes), on="named"),
            coverage.loc[whole, KEYS[:2]].merge(codes[["code_id"]], how="cross"),
        ]
    )[KEYS]


def covered_by_marks(
    read: Iterable[tuple[str, str]], undecided: Iterable[tuple[str, str, str]], codes: pd.DataFrame
) -> pd.DataFrame:
    """The same without such a table: who marked something in an interview has read it for all codes.

    Args:
        read: participant and coder of each interview in which something is marked.
        undecided: participant, coder and code where an interview as a whole was left open.
    """
    rows = {(participant, coder, code) for participant, coder in read for code in codes["code_id"]}
    return pd.DataFrame(sorted(rows.difference(undecided)), columns=KEYS)


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


def report_uncovered(segments: pd.DataFrame, coverage: pd.DataFrame, problems: Problems) -> None:
    """Add a problem for each segment of a coder who, by the coverage table, did not read there for its code."""
    known = pd.MultiIndex.from_frame(coverage[KEYS])
    for row in records(segments[~pd.MultiIndex.from_frame(segments[KEYS]).isin(known)]):
        participant, coder, code = (row[key] for key in KEYS)
        problems.at(row["file"]).add(
            "uncovered-segment",
            f'By the coverage table, "{coder}" did not read "{participant}" for "{code}".',
            f'ตามตาราง coverage "{coder}" ไม่ได้อ่าน "{participant}" สำหรับรหัส "{code}"',
            row=None if pd.isna(row["row"]) else int(row["row"]),
            hint_en="Add a row to the coverage table, or correct this one.",
            hint_th="เพิ่มแถวในตาราง coverage หรือแก้แถวนี้",
        )


def as_declared(
    read: Mapping[str, Sequence[str]], codes: Sequence[str], participants: Collection[str], problems: Problems
) -> pd.DataFrame:
    """What `coding: read:` of study.yml adds to the coverage: every code, for each coder and participant named.

    Args:
        read: participants by coder.
        codes, participants: those of the study; without participants, none is judged.
        problems: bound to study.yml.

    Returns:
        participant_id, coder, code_id.
    """
    rows = []
    for coder, people in read.items():
        for participant in dict.fromkeys(people):
            if participants and participant not in participants:
                hint_en, hint_th = did_you_mean(participant, participants)
                problems.add(
                    "unknown-participant",
                    f'There is no interview of "{participant}".',
                    f'ไม่มีบทสัมภาษณ์ของ "{participant}"',
                    column=f"coding.read.{coder}",
                    hint_en=hint_en,
                    hint_th=hint_th,
                )
            else:
                rows += [(participant, coder, code) for code in codes]
    return pd.DataFrame(rows, columns=KEYS, dtype=str)


def tell_unread(
    coverage: pd.DataFrame, codings: pd.DataFrame, transcripts: pd.DataFrame, study_yml: str, problems: Problems
) -> None:
    """A notice where nobody read some of the interviews: who they are, and what that means for shares.

    Args:
        coverage, codings, transcripts: the tables of these names.
        study_yml: its path, as the user knows it.
        problems: those of the check.
    """
    read = set(coverage["participant_id"])
    unread = [who for who, text in zip(transcripts["participant_id"], transcripts["text"], strict=True)
              if text and who not in read]  # fmt: skip
    if not unread or not read:
        return
    listed = ", ".join(unread[:_LISTED]) + (" ..." if len(unread) > _LISTED else "")
    coders = codings["coder"].value_counts()
    coder = min(coders.index[coders == coders.max()]) if len(coders) else "SK"
    line = f"coding: {{read: {{{coder}: [{', '.join(unread[:_LISTED])}]}}}}"
    problems.notice(
        "unread-interviews",
        f"In {len(unread)} of {len(transcripts)} interviews nothing is coded: {listed}. They count as not read, and are"
        f" in no count of themes and in no denominator, so that shares are of the other {len(read)}.",
        f"บทสัมภาษณ์ {len(unread)} จาก {len(transcripts)} ฉบับไม่มีการลงรหัสเลย: {listed} จึงถือว่ายังไม่ได้อ่าน"
        f" ไม่อยู่ในจำนวนนับและตัวหารของประเด็นใด ร้อยละจึงคิดจาก {len(read)} ฉบับที่เหลือ",
        file=study_yml,
        column="coding.read",
        hint_en=f"If somebody read them and found nothing, say so in study.yml, and they count: {line}",
        hint_th=f"หากมีผู้อ่านแล้วแต่ไม่พบประเด็น ให้ระบุใน study.yml เพื่อให้นับรวม: {line}",
    )
