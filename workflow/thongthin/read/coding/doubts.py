"""What a coding says that may be damage or a slip, and is told: coders of next to nothing, passages cut short."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from statistics import median

import pandas as pd

from thongthin.basics.problems import Problems
from thongthin.read.coding.model import Selection, place_in_thai

# A coder of at most so many passages is told where another has coded at least ten times as many.
_FEW, _TIMES = 2, 10
# A passage may be so much shorter than its share of the document says, as a share and in characters: the tool counts
# line ends and what is behind the last word. So many passages tell how long the tool's document is.
_SHORTER, _CHARACTERS, _TELLING = 0.05, 3, 3


def tell_rare_coders(segments: pd.DataFrame, problems: Problems) -> None:
    """A notice of each coder of next to nothing: perhaps the name of another, written wrongly or damaged.

    Args:
        segments: a row for each coded passage, with its `coder`.
        problems: bound to the folder.
    """
    counts = Counter(map(str, segments["coder"]))
    most = max(counts.values(), default=0)
    others = ", ".join(f'"{coder[:40]}"' for coder, count in sorted(counts.items()) if count * _TIMES > most)
    for coder in sorted(coder for coder, count in counts.items() if count <= _FEW and count * _TIMES <= most):
        number = counts[coder]
        problems.notice(
            "rare-coder",
            f'The coder "{coder[:40]}" has coded {number} passage{"s" * (number > 1)}; others up to {most}.',
            f'ผู้ลงรหัส "{coder[:40]}" ลงรหัสไว้ {number} แห่ง ส่วนคนอื่นมากถึง {most} แห่ง',
            hint_en=f"Is the name one of {others}? Then correct it: as it stands, this is a coder of its own.",
            hint_th=f"หมายถึง {others} หรือไม่ หากใช่โปรดแก้ชื่อ เพราะขณะนี้นับเป็นผู้ลงรหัสอีกคนหนึ่ง",
        )


def tell_cut_passages(selections: Sequence[Selection], name: str, transcript: str, problems: Problems) -> None:
    """A notice of the passages of a document that are shorter than the share of it that the file says they are.

    The document may be longer or shorter in the tool than here, by a heading, say. Where there are passages enough, the
    middle one tells its length there; a passage has to be short against both to be told.

    Args:
        selections: those of the document.
        name: of the document.
        transcript: its text in the study.
        problems: bound to the file with `Problems.at`.
    """
    shared = [selection for selection in selections if selection.share and selection.quoted]
    length = float(len(transcript))
    if len(shared) >= _TELLING:
        length = min(length, median(len(selection.quoted) / selection.share for selection in shared))
    cut = [
        selection
        for selection in shared
        if len(selection.quoted) < (1 - _SHORTER) * selection.share * length - _CHARACTERS
    ]
    if not cut:
        return
    first = cut[0]
    should = round(first.share * length)
    problems.notice(
        "cut-passage",
        f'Passages of "{name}" are shorter than their coverage says: {len(cut)}; the first, {first.place}, has'
        f" {len(first.quoted)} characters and should have about {should}.",
        f'ข้อความของ "{name}" สั้นกว่าที่ค่า Coverage บอก {len(cut)} แห่ง แห่งแรก ({place_in_thai(first.place)}) มี'
        f" {len(first.quoted)} อักขระ ทั้งที่ควรมีราว {should} อักขระ",
        hint_en="Lines of them may be lost: export the code from NVivo again. If the interview here is longer than the"
        " document in NVivo, nothing is wrong.",
        hint_th="บางบรรทัดอาจหายไป ให้ส่งออกรหัสนี้จาก NVivo ใหม่ หากบทสัมภาษณ์ในโครงการนี้ยาวกว่าเอกสารใน NVivo ถือว่าไม่มีอะไรผิด",
    )
