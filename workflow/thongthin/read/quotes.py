"""The quotes that an article may show (`quotes.csv`), each found word for word in what its participant said.

Fails, with problems, on double ids, an unknown participant or code, and a text that is not, more than once, or not in
one turn of the participant.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import pandas as pd

from thongthin.basics.lookalikes import difference_of, find_alike
from thongthin.basics.problems import Problems
from thongthin.contract.tables import TABLES
from thongthin.read.files.sheets import Columns, read_columns, report_empty, report_unknown
from thongthin.read.frame import report_ids
from thongthin.read.interviews import find_passages

QUOTES = Columns(
    ("quote_id", "participant_id", "code_id", "text", "translation_th", "translation_en"),
    required=("quote_id", "participant_id", "text"),
)


_IN_INTERVIEW = ("in the interview", "ในบทสัมภาษณ์")
_IN_QUOTE = ("in the quote", "ในข้อความที่ยกมา")


def read_quotes(
    path: Path | None,
    participants: pd.DataFrame,
    codes: pd.DataFrame | None,
    transcripts: pd.DataFrame,
    turns: pd.DataFrame,
    problems: Problems,
    withdrawn: Collection[str] = (),
) -> pd.DataFrame:
    """Table `quotes`, in the order of the file; without rows if `path` is None.

    Args:
        participants, codes, transcripts, turns: the tables of these names; without `codes`, codes are not judged.
        withdrawn: participants who withdrew: what they said is quoted nowhere.
    """
    columns = [c.name for c in TABLES["quotes"].columns]
    if path is None:
        return pd.DataFrame(columns=columns)
    frame, here = read_columns(path, problems, QUOTES.required, QUOTES.optional, may_be_empty=True)
    frame = frame[~frame["participant_id"].isin([*withdrawn])]
    texts = dict(zip(transcripts["participant_id"], transcripts["text"], strict=True))
    report_ids(frame, "quote_id", here)
    report_empty(frame, ("participant_id", "text"), here)
    report_unknown(frame, "participant_id", texts, here, "unknown-participant",
                   'There is no interview of "{}".', 'ไม่มีบทสัมภาษณ์ของ "{}"')  # fmt: skip
    if codes is not None:
        report_unknown(frame, "code_id", set(codes["code_id"]), here, "unknown-code",
                       '"{}" is not a code of the codebook.', 'ไม่มีรหัส "{}" ในสมุดรหัส')  # fmt: skip
    places = [
        _find(row, texts[who], wanted, turns[turns["participant_id"] == who], here)
        if texts.get(who) and wanted
        else None
        for row, who, wanted in zip(frame.index, frame["participant_id"], frame["text"], strict=True)
    ]
    found = pd.DataFrame(
        [place or ("", 0, 0) for place in places], columns=["turn_id", "start", "end"], index=frame.index
    )
    who = participants.set_index("participant_id")[["site_id", "group"]]
    who = who[~who.index.duplicated()]
    frame = frame.assign(**found).join(who, on="participant_id")
    frame["text"] = [
        texts.get(participant, "")[start:end] or wanted
        for participant, start, end, wanted in zip(
            *(frame[c] for c in ("participant_id", "start", "end", "text")), strict=True
        )
    ]
    return frame[columns]


def _find(row: int, text: str, wanted: str, turns: pd.DataFrame, problems: Problems) -> tuple[str, int, int] | None:
    """Turn, start and end of a quote; None with a problem added if it isn't in one place of one participant's turn."""

    def say(kind: str, en: str, th: str, hint_en: str, hint_th: str) -> None:
        problems.add(kind, en, th, row=row, column="text", hint_en=hint_en, hint_th=hint_th)

    places = find_passages(text, wanted)
    if not places:
        say("quote-not-found", "This text is not in the interview, word for word.",
            "ไม่พบข้อความนี้ตรงตามตัวอักษรในบทสัมภาษณ์", *_where_it_departs(text, wanted))  # fmt: skip
        return None
    if len(places) > 1:
        say(
            "quote-not-unique",
            f"This text stands in {len(places)} places of the interview.",
            f"ข้อความนี้ปรากฏ {len(places)} แห่งในบทสัมภาษณ์",
            "Quote a little more, so that it is one place.",
            "ยกข้อความให้ยาวขึ้น เพื่อให้เหลือเพียงแห่งเดียว",
        )
        return None
    start, end = places[0]
    said = turns[(turns["role"] == "participant") & (turns["start"] <= start) & (turns["end"] >= end)]
    if said.empty:
        say(
            "quote-not-in-turn",
            "This text is not within one turn of the participant.",
            "ข้อความนี้ไม่ได้อยู่ในช่วงพูดเดียวของผู้ให้ข้อมูล",
            "Quote what the participant said, without the interviewer and without the speaker label.",
            "ยกเฉพาะคำพูดของผู้ให้ข้อมูล ไม่รวมคำพูดของผู้สัมภาษณ์และชื่อผู้พูด",
        )
        return None
    return str(said["turn_id"].iloc[0]), start, end


def _where_it_departs(text: str, wanted: str) -> tuple[str, str]:
    """A hint that shows up to where the quote and the interview are the same, and how the interview goes on.

    A passage that looks like the quote is told apart by the character that differs.
    """
    for start, end in find_alike(text, wanted):
        if differ := difference_of(text[start:end], wanted, _IN_INTERVIEW, _IN_QUOTE):
            copy = (" Copy the text from the interview.", " คัดลอกข้อความจากบทสัมภาษณ์มาใช้")
            return differ[0] + copy[0], differ[1] + copy[1]
    low, high = 0, len(wanted)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if find_passages(text, wanted[:middle]) else (low, middle - 1)
    if low < 8:
        return "Is it from another participant?", "เป็นคำพูดของผู้ให้ข้อมูลคนอื่นหรือไม่"
    end = find_passages(text, wanted[:low])[0][1]
    same, goes_on = wanted[max(0, low - 20) : low], " ".join(text[end : end + 20].split())
    return (
        f'It is the same up to "{same}"; the interview goes on "{goes_on}", the quote "{wanted[low : low + 20]}".',
        f'ตรงกันถึง "{same}" จากนั้นบทสัมภาษณ์คือ "{goes_on}" แต่ข้อความที่ยกมาคือ "{wanted[low : low + 20]}"',
    )
