"""Who read which interview: what study.yml says of it, and the interviews that nobody read.

An interview that somebody read and marked nothing in speaks of no theme, and counts in every denominator; one that
nobody read says nothing, and is in none. No file of a coding tool tells the two apart: where nothing at all is marked
in an interview, it is taken for unread, and the check says which these are, what follows, and how to say otherwise.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import pandas as pd

from thongthin.basics.problems import Problems, did_you_mean

KEYS = ["participant_id", "coder", "code_id"]
# So many participants are listed one by one.
_LISTED = 12


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
